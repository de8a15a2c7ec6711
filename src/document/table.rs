//! The field table: what every key of a team file is called, holds and means. It drives loading, hints and the schema.
//!
//! A record is written once, with `record!`: its struct, its part of the table and its reading
//! come from the same lines, so they cannot disagree.

/// A kind of map with fixed keys, such as a team.
#[derive(Debug)]
pub struct Record {
    /// What it is called in messages, with its article: `a team`.
    pub name: &'static str,
    /// Its keys, in the order in which they are usually written.
    pub keys: &'static [Key],
}

impl Record {
    /// Whether it has a key of this name.
    pub fn has(&self, name: &str) -> bool {
        self.keys.iter().any(|key| key.name == name)
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
}

/// What can stand as a value.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Free text.
    Text,
    /// Free text that says why.
    Reason,
    /// `true` or `false`.
    Bool,
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
    /// Who holds a seat: an id, a list of ids, `nobody`, or `{person: id, until: date}`.
    Seat,
    /// One word of a list.
    Word(&'static [Word]),
    /// A value, or a list of such values.
    List(&'static Shape),
    /// A map from ids, which it declares, to values.
    Map(&'static Shape),
    /// A map from duties and areas to rights.
    Rights(&'static Shape),
    /// A record.
    Record(&'static Record),
    /// One of several shapes.
    Either(&'static [Shape]),
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
    /// A rule.
    Rule,
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
            $( $(#[doc = $meaning:literal])* $key:literal $($required:ident)? => $field:ident: $type:ty, )*
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
                keys: &[ $( $crate::document::table::Key {
                    name: $key,
                    meaning: concat!($($meaning),*),
                    shape: <$type as $crate::document::read::Read<'a>>::SHAPE,
                    required: $crate::document::table::required!($($required)?),
                }, )* ],
            };

            /// The record that says nothing.
            pub fn empty(at: $crate::source::Span) -> Self {
                $name { at, $( $field: None, )* text: std::marker::PhantomData }
            }
        }

        impl<'a> $crate::document::read::Read<'a> for $name<'a> {
            const SHAPE: $crate::document::table::Shape = $crate::document::table::Shape::Record(&Self::RECORD);

            fn read(node: $crate::yaml::Node<'a>, reader: &mut $crate::document::read::Reader) -> Option<Self> {
                let mut record = Self::empty(node.at);
                let entries = reader.record(node, &Self::RECORD)?;
                for entry in entries {
                    match entry.key.as_ref() {
                        $( $key => record.$field = reader.given(entry), )*
                        _ => {}
                    }
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
