//! The field table: what every key of a team file is called, holds and means. It drives loading, hints and the schema.
//!
//! A record is written once, with `record!`: its struct, its part of the table and its reading
//! come from the same lines, so they cannot disagree. `such as` gives an example where the shape of a key shows none, and
//! `else` the value that an absent key stands for.

/// A kind of map with fixed keys, such as a team.
#[derive(Debug)]
pub struct Record {
    /// What it is called in messages, with its article: `a team`.
    pub name: &'static str,
    /// What it is, as a sentence.
    pub about: &'static str,
    /// Its keys, in the order in which they are usually written.
    pub keys: &'static [Key],
}

impl Record {
    /// Its key of this name.
    pub fn key(&self, name: &str) -> Option<&Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// One key of a record.
#[derive(Debug)]
pub struct Key {
    /// The key as it is written.
    pub name: &'static str,
    /// What it means, as sentences.
    pub meaning: &'static str,
    /// What stands there.
    pub shape: Shape,
    /// Whether the record is no record without it.
    pub required: bool,
    /// A value, as it is written in a file; absent where the shape shows what to write.
    pub example: Option<&'static str>,
    /// The value that an absent key stands for, as it is written in a file. Most absent keys stand for none: what is absent is unknown.
    pub default: Option<&'static str>,
}

/// What can stand as a value.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Free text.
    Text,
    /// Free text that says why a risk is taken.
    Reason,
    /// Free text that says why there is nothing to be decided.
    Ground,
    /// `true` or `false`.
    Bool,
    /// The version of the format.
    Format,
    /// A whole number from 0.
    Count,
    /// A whole number from 0 to 100.
    Percent,
    /// A day, such as 2026-11-21.
    Date,
    /// A day, or `unknown`.
    Until,
    /// A time between two events, such as `2 weeks`.
    Interval,
    /// The id of something that stands elsewhere in the organization.
    Id(Of),
    /// One or more actors, or `nobody`: ids of people and teams, and seat words.
    Actors,
    /// Actors, and the word `customers`.
    Participants,
    /// Ids of people, or how many they are.
    Developers,
    /// Who holds a seat: an id, a list of ids, `nobody`, or `{person: id, until: date}`.
    Seat,
    /// One word of a list.
    Word(&'static [Word]),
    /// A symptom of the catalogue that people can observe.
    Signal,
    /// What a finding is about, such as `products.checkout`.
    Subject,
    /// A value, or a list of such values.
    List(&'static Shape),
    /// A map from keys, which it declares, to values.
    Map(Keys, &'static Shape),
    /// A map from duties and areas to rights.
    Rights(Reach, &'static Shape),
    /// A record.
    Record(&'static Record),
    /// One of several shapes.
    Either(&'static [Shape]),
}

impl Shape {
    /// Whether a list can stand here.
    pub fn takes_list(&self) -> bool {
        match self {
            Shape::Actors | Shape::Participants | Shape::Developers | Shape::Seat | Shape::List(_) => true,
            Shape::Either(shapes) => shapes.iter().any(Shape::takes_list),
            _ => false,
        }
    }
}

/// What an id stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A person or group.
    Person,
    /// A product.
    Product,
    /// A team.
    Team,
    /// A backlog: a product's, a team's, or an entry of `backlogs`.
    Backlog,
    /// A duty.
    Duty,
    /// A duty, or `area.*` for all of an area.
    DutyOrArea,
    /// A rule.
    Rule,
}

/// What the keys of a map are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// Ids that the map declares.
    Ids,
    /// The company's own duties, which the map declares.
    OwnDuties,
    /// Rules.
    Rules,
}

/// Which duties a map of responsibilities can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of them.
    Everything,
    /// Those whose decider is looked up on a team, or on the backlog that it works from.
    Team,
}

/// A word with a fixed meaning, such as a stage.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// The word as it is written.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// Writes a record: the struct that holds what a file says, the record's part of the field table, and how it is read.
macro_rules! record {
    (
        $(#[doc = $about:literal])*
        $name:ident $article:literal {
            $(
                $(#[doc = $meaning:literal])*
                $key:literal $($required:ident)? => $field:ident: $type:ty $(, such as $example:literal)? $(, else $default:literal)?,
            )*
        }
    ) => {
        $(#[doc = $about])*
        #[derive(Debug)]
        pub struct $name<'a> {
            /// The whole record, without its own key.
            pub at: $crate::source::Span,
            $( $(#[doc = $meaning])* pub $field: $crate::document::value::Said<$type>, )*
            /// Ties the record to the text it was read from, also where no key borrows.
            pub text: std::marker::PhantomData<&'a str>,
        }

        impl<'a> $name<'a> {
            /// Its part of the field table.
            pub const RECORD: $crate::document::table::Record = $crate::document::table::Record {
                name: $article,
                about: concat!($($about),*),
                keys: &[ $( $crate::document::table::Key {
                    name: $key,
                    meaning: concat!($($meaning),*),
                    shape: <$type as $crate::document::read::Read<'a>>::SHAPE,
                    required: $crate::document::table::required!($($required)?),
                    example: $crate::document::table::written!($($example)?),
                    default: $crate::document::table::written!($($default)?),
                }, )* ],
            };

            /// The record that says nothing.
            pub fn empty(at: $crate::source::Span) -> Self {
                $name { at, $( $field: None, )* text: std::marker::PhantomData }
            }

            /// Reads what stands under one of its keys.
            pub fn set(&mut self, entry: $crate::yaml::Entry<'a>, reader: &mut $crate::document::read::Reader) {
                match entry.key.as_ref() {
                    $( $key => self.$field = reader.given(entry), )*
                    _ => {}
                }
            }

            /// Reads one more entry of the map under one of its keys.
            pub fn add(
                &mut self,
                key: &$crate::yaml::Key<'a>,
                entry: $crate::yaml::Entry<'a>,
                reader: &mut $crate::document::read::Reader,
            ) {
                match key.key.as_ref() {
                    $( $key => $crate::document::read::Read::add(&mut self.$field, key.at, entry, reader), )*
                    _ => {}
                }
            }

            /// The keys under which something is said, in the order of the table.
            pub fn said(&self) -> Vec<&'static str> {
                let keys = [ $( ($key, self.$field.is_some()), )* ];
                keys.into_iter().filter(|(_, is_said)| *is_said).map(|(key, _)| key).collect()
            }
        }

        impl<'a> $crate::document::read::Read<'a> for $name<'a> {
            const SHAPE: $crate::document::table::Shape = $crate::document::table::Shape::Record(&Self::RECORD);

            fn read(node: $crate::yaml::Node<'a>, reader: &mut $crate::document::read::Reader) -> Option<Self> {
                let mut record = Self::empty(node.at);
                for entry in reader.record(node, &Self::RECORD)? {
                    record.set(entry, reader);
                }
                Some(record)
            }

            fn blank(at: $crate::source::Span) -> Option<Self> {
                Some(Self::empty(at))
            }
        }
    };
}
pub(crate) use record;

/// Whether a key of [`record!`] is followed by the word `required`.
macro_rules! required {
    () => {
        false
    };
    (required) => {
        true
    };
}
pub(crate) use required;

/// The value behind `such as` or `else` in [`record!`], as a file would have it.
macro_rules! written {
    () => {
        None
    };
    ($value:literal) => {
        Some(concat!($value))
    };
}
pub(crate) use written;

/// Writes an enum whose variants are words of the team file.
macro_rules! words {
    (
        $(#[doc = $about:literal])*
        $name:ident { $( $(#[doc = $meaning:literal])* $word:literal => $variant:ident, )* }
    ) => {
        $(#[doc = $about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $( $(#[doc = $meaning])* $variant, )* }

        impl $name {
            /// The words, with their meanings.
            pub const WORDS: &'static [$crate::document::table::Word] = &[
                $( $crate::document::table::Word { name: $word, meaning: concat!($($meaning),*) }, )*
            ];

            /// The value that a word stands for.
            pub fn of_word(word: &str) -> Option<Self> {
                match word { $( $word => Some($name::$variant), )* _ => None }
            }

            /// The word as it is written.
            pub fn word(self) -> &'static str {
                match self { $( $name::$variant => $word, )* }
            }
        }

        impl<'a> $crate::document::read::Read<'a> for $name {
            const SHAPE: $crate::document::table::Shape = $crate::document::table::Shape::Word(Self::WORDS);

            fn read(node: $crate::yaml::Node<'a>, reader: &mut $crate::document::read::Reader) -> Option<Self> {
                reader.word(node, Self::WORDS).and_then(|word| Self::of_word(word))
            }
        }
    };
}
pub(crate) use words;
