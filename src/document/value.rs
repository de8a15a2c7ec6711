//! The values of a team file: texts, ids, dates, intervals, actors, seats and lists.

use super::hints;
use super::read::{Read, Reader};
use super::table::{Of, Shape, Word};
use crate::source::Span;
use crate::yaml::{Entry, Kind, Node};
use jiff::civil::Date;
use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfc_quick};

/// A value that was given under a key.
#[derive(Clone, Debug)]
pub struct Given<T> {
    /// Where the key stands.
    pub key: Span,
    /// The value.
    pub value: T,
}

/// What a record says under one of its keys, if it says anything. Most keys of most records are absent: such a one costs a word.
pub type Said<T> = Option<Box<Given<T>>>;

/// Free text.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    /// The text as it is written.
    pub text: Cow<'a, str>,
    /// Where it stands.
    pub at: Span,
}

/// Free text that says why: more than a word that keeps its place.
#[derive(Clone, Debug)]
pub struct Reason<'a>(pub Text<'a>);

/// Free text that says why there is nothing to be decided: more than that it is so.
#[derive(Clone, Debug)]
pub struct Ground<'a>(pub Text<'a>);

/// The subject of a finding, such as `products.checkout`.
#[derive(Clone, Debug)]
pub struct SubjectName<'a>(pub Text<'a>);

/// An id, where it is declared or where it is used.
#[derive(Clone, Debug)]
pub struct Id<'a> {
    /// The id, in Unicode normalization form C.
    pub id: Cow<'a, str>,
    /// Where it stands.
    pub at: Span,
}

/// Writes a type for the id of one kind of thing; which things there are is known after linking.
macro_rules! reference {
    ($($name:ident => $of:ident,)*) => {$(
        #[doc = concat!("An id that stands for something declared elsewhere (`Of::", stringify!($of), "`).")]
        #[derive(Clone, Debug)]
        pub struct $name<'a>(pub Id<'a>);

        impl<'a> Read<'a> for $name<'a> {
            const SHAPE: Shape = Shape::Id(Of::$of);

            fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
                Id::read(node, reader).map($name)
            }
        }
    )*};
}

reference! {
    PersonId => Person,
    ProductId => Product,
    TeamId => Team,
    BacklogId => Backlog,
    DutyId => Duty,
    DutyOrArea => DutyOrArea,
    RuleName => Rule,
}

/// A whole number from 0.
#[derive(Clone, Copy, Debug)]
pub struct Count(pub u32);

/// A whole number from 0 to 100.
#[derive(Clone, Copy, Debug)]
pub struct Percent(pub u32);

/// A day, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Where it stands.
    pub at: Span,
}

/// The end of something temporary.
#[derive(Clone, Copy, Debug)]
pub enum Until {
    /// It ends after this day.
    Day(Day),
    /// It ends, and nobody knows when.
    Unknown,
}

/// A time between two events, in minutes: `day` is 1,440, `month` 30 days, `quarter` 91, `year` 365.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// Its length.
    pub minutes: u32,
}

/// Actors as they are written: ids of people, groups and teams, and seat words; empty for `nobody`.
#[derive(Clone, Debug)]
pub struct Actors<'a> {
    /// The ids and seat words.
    pub named: Vec<Id<'a>>,
    /// The whole value.
    pub at: Span,
}

/// Who meets, as it is written: actors, and the word [`CUSTOMERS`].
#[derive(Clone, Debug)]
pub struct Participants<'a>(pub Actors<'a>);

/// A seat as it is written: who holds it; empty for `nobody`.
#[derive(Clone, Debug)]
pub struct Seat<'a> {
    /// Who holds it.
    pub holders: Vec<Holder<'a>>,
    /// The whole value.
    pub at: Span,
}

/// One holder of a seat.
#[derive(Clone, Debug)]
pub struct Holder<'a> {
    /// The holder's id.
    pub person: Id<'a>,
    /// When an interim holder leaves.
    pub until: Option<Until>,
}

/// One value, or a list of them.
#[derive(Clone, Debug)]
pub struct List<T> {
    /// The values.
    pub items: Vec<T>,
    /// The whole list.
    pub at: Span,
}

/// A map whose keys are ids that it declares.
#[derive(Clone, Debug)]
pub struct IdMap<'a, T> {
    /// Ids and what is said of them, in the order of the file.
    pub entries: Vec<(Id<'a>, T)>,
}

/// Either of two kinds of value.
#[derive(Clone, Debug)]
pub enum Either<A, B> {
    /// The first kind.
    One(A),
    /// The other kind.
    Other(B),
}

impl<T> IdMap<'_, T> {
    /// The map that declares nothing.
    pub fn empty() -> Self {
        IdMap { entries: Vec::new() }
    }
}

impl<'a> Read<'a> for Text<'a> {
    const SHAPE: Shape = Shape::Text;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let (text, at) = reader.text(node, "a text")?;
        if hints::is_placeholder(&text) {
            reader.error(at, format!("`{text}` only keeps the place of a text"), "Delete the line as long as it is not known.");
            return None;
        }
        Some(Text { text, at })
    }
}

/// What to write where a risk is taken without a reason.
pub const SAY_WHY: &str = "Write why the risk is taken, such as `A Product Owner starts in February`.";

impl<'a> Read<'a> for Reason<'a> {
    const SHAPE: Shape = Shape::Reason;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let Kind::Scalar { text, .. } = node.kind else { return reader.wrong(&node, "a reason", SAY_WHY) };
        if hints::is_no_reason(&text) {
            let what = if text.trim().is_empty() { "a blank text".to_owned() } else { format!("`{}`", hints::shortened(&text)) };
            reader.error(node.at, format!("{what} is no reason"), SAY_WHY);
            return None;
        }
        Some(Reason(Text { text, at: node.at }))
    }
}

impl<'a> Read<'a> for Ground<'a> {
    const SHAPE: Shape = Shape::Ground;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let text = Text::read(node, reader)?;
        if hints::is_no_ground(&text.text) {
            let message = format!("`{}` does not say why this is not applicable", hints::shortened(&text.text));
            reader.error(text.at, message, "Write the reason, such as `not-applicable: internal tool`.");
            return None;
        }
        Some(Ground(text))
    }
}

impl<'a> Read<'a> for SubjectName<'a> {
    const SHAPE: Shape = Shape::Subject;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        Text::read(node, reader).map(SubjectName)
    }
}

impl<'a> Read<'a> for bool {
    const SHAPE: Shape = Shape::Bool;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let Kind::Scalar { text, .. } = &node.kind else {
            return reader.wrong(&node, "`true` or `false`", "Write `true` or `false`; delete the line if it is not known.");
        };
        match text.as_ref() {
            "true" => Some(true),
            "false" => Some(false),
            other => {
                let help = match hints::folded(other).as_str() {
                    "yes" | "y" | "on" | "true" | "1" => "Write `true`.",
                    "no" | "n" | "off" | "false" | "0" => "Write `false`.",
                    _ => "Write `true` or `false`; delete the line if it is not known.",
                };
                reader.wrong(&node, "`true` or `false`", help)
            }
        }
    }
}

/// A whole number from 0 up to a limit.
fn number(node: &Node<'_>, most: u32, reader: &mut Reader) -> Option<u32> {
    let wanted = if most == u32::MAX { "a whole number".to_owned() } else { format!("a whole number from 0 to {most}") };
    let digits = match &node.kind {
        Kind::Scalar { text, .. } => text.as_ref(),
        _ => "",
    };
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.parse::<u32>() {
        Ok(number) if is_number && number <= most => Some(number),
        _ => {
            let bare = digits.trim_end_matches('%').trim_end();
            let help = match bare.parse::<u32>() {
                Ok(number) if number <= most && bare != digits => format!("Write `{number}`, without the sign."),
                _ if is_number => format!("Write {most} or less."),
                _ => "Write digits only, such as `20`; delete the line if it is not known.".to_owned(),
            };
            reader.wrong(node, &wanted, help)
        }
    }
}

impl<'a> Read<'a> for Count {
    const SHAPE: Shape = Shape::Count;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        number(&node, u32::MAX, reader).map(Count)
    }
}

impl<'a> Read<'a> for Percent {
    const SHAPE: Shape = Shape::Percent;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        number(&node, 100, reader).map(Percent)
    }
}

/// The day that a text names: four digits, two and two.
///
/// # Errors
/// What is wrong with it, as a sentence without a full stop.
pub fn day(text: &str) -> Result<Date, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        [year, month, day]
            if (year.len(), month.len(), day.len()) == (4, 2, 2) && [year, month, day].iter().all(|part| digits(part)) =>
        {
            let (year, month, day) = (year.parse().unwrap_or(0), month.parse().unwrap_or(0), day.parse().unwrap_or(0));
            Date::new(year, month, day).map_err(|_| format!("there is no day `{text}` in the calendar"))
        }
        _ => Err(format!("a day should stand here, not `{}`", hints::shortened(text))),
    }
}

impl<'a> Read<'a> for Day {
    const SHAPE: Shape = Shape::Date;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let (text, at) = reader.text(node, "a day")?;
        match day(&text) {
            Ok(date) => Some(Day { date, at }),
            Err(message) => {
                reader.error(at, message, "Write year, month and day, such as `2026-11-21`.");
                None
            }
        }
    }
}

impl<'a> Read<'a> for Until {
    const SHAPE: Shape = Shape::Until;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, .. } if text == "unknown" => Some(Until::Unknown),
            Kind::Scalar { text, .. } if hints::closest(text, ["unknown"].into_iter()).is_some() => {
                reader.wrong(&node, "a day, or `unknown`,", "Did you mean `unknown`?")
            }
            _ => Day::read(node, reader).map(Until::Day),
        }
    }
}

const MINUTES: &[(&str, u32)] =
    &[("minute", 1), ("hour", 60), ("day", 1_440), ("week", 10_080), ("month", 43_200), ("quarter", 131_040), ("year", 525_600)];

impl Interval {
    /// Its length in days, rounded up.
    pub fn days(self) -> u32 {
        self.minutes.div_ceil(1_440)
    }

    /// Its length in hours, rounded up.
    pub fn hours(self) -> u32 {
        self.minutes.div_ceil(60)
    }

    fn of_text(text: &str) -> Option<Interval> {
        let (number, unit) = match text.split_once(' ') {
            Some((number, unit)) => (positive(number)?, unit.trim()),
            None => (1, text),
        };
        let singular = if text.contains(' ') { unit.strip_suffix('s').unwrap_or(unit) } else { unit };
        let (_, minutes) = MINUTES.iter().find(|(name, _)| *name == singular)?;
        number.checked_mul(*minutes).map(|minutes| Interval { minutes })
    }
}

/// A whole number above zero, written in digits alone.
fn positive(number: &str) -> Option<u32> {
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit());
    number.parse().ok().filter(|number| is_plain && *number > 0)
}

impl<'a> Read<'a> for Interval {
    const SHAPE: Shape = Shape::Interval;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let (text, at) = reader.text(node, "an interval")?;
        Interval::of_text(&text).or_else(|| {
            let units = ["day", "week", "2 weeks", "month", "quarter", "year"];
            let plurals = ["minutes", "hours", "days", "weeks", "months", "quarters", "years"];
            let counted = text.split_once(' ').filter(|(number, _)| positive(number).is_some());
            let close = match counted {
                Some((number, unit)) => hints::closest(unit, plurals.into_iter()).map(|unit| format!("{number} {unit}")),
                // A number is never guessed.
                None if text.contains(|c: char| c.is_ascii_digit()) => None,
                None => hints::closest(&text, units.into_iter()).map(str::to_owned),
            };
            let help = match close {
                Some(close) => format!("Did you mean `{close}`?"),
                None => "Write `day`, `week`, `month`, `quarter` or `year`, or a whole number before one: `2 weeks`, `4 hours`."
                    .to_owned(),
            };
            reader.error(at, format!("`{}` is no interval", hints::shortened(&text)), help);
            None
        })
    }
}

/// An id in normalization form C, so that the same letters are the same id however they were typed.
pub fn normalized(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes { text } else { text.nfc().collect::<String>().into() }
}

/// The word for a vacant seat and an unowned duty.
pub const NOBODY: &str = "nobody";

/// The word for those who use the products, where people meet.
pub const CUSTOMERS: &str = "customers";

/// Words that mean something everywhere, and so cannot name a person, product or team. So do the [`SEAT_WORDS`].
pub const RESERVED: &[&str] = &[NOBODY, "none", "unknown", CUSTOMERS, "organization"];

/// The words that stand for whoever holds a seat.
pub const SEAT_WORDS: &[Word] = &[
    Word { name: "product-manager", meaning: "Whoever holds the seat of the product manager where the duty is looked up." },
    Word { name: "product-owner", meaning: "Whoever holds the seat of the product owner where the duty is looked up." },
    Word {
        name: "product-marketing-manager",
        meaning: "Whoever holds the seat of the product marketing manager where the duty is looked up.",
    },
    Word { name: "project-manager", meaning: "Whoever holds the seat of the project manager where the duty is looked up." },
    Word { name: "scrum-master", meaning: "Whoever holds the seat of the Scrum Master where the duty is looked up." },
    Word { name: "developers", meaning: "The developers, as one actor: those of the team, or of all teams of the product." },
];

/// Whether an id means something everywhere.
pub fn is_reserved(id: &str) -> bool {
    RESERVED.contains(&id) || SEAT_WORDS.iter().any(|word| word.name == id)
}

/// Whether a key is the user's own: everything under it is ignored, everywhere.
pub fn is_ignored(key: &str) -> bool {
    key.starts_with("x-")
}

/// Whether an id can hold a character: letters of any script, digits, `-`, `_` and `.`.
fn is_of_id(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '-' | '_' | '.')
}

/// Whether an id can be declared as it is written.
pub fn is_declarable(id: &str) -> bool {
    !id.is_empty() && !is_ignored(id) && id.chars().all(is_of_id) && !hints::is_placeholder(id) && !is_reserved(id)
}

impl<'a> Id<'a> {
    /// An id where something is named by it.
    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let (text, at) = reader.text(node, "an id")?;
        if hints::is_placeholder(&text) {
            reader.error(at, format!("`{text}` names nothing"), "Write an id, or delete the line as long as it is not known.");
            return None;
        }
        if text == NOBODY {
            reader.error(at, "`nobody` cannot stand here", "Write an id, or delete the line.");
            return None;
        }
        Some(Id { id: normalized(text), at })
    }

    /// An id where it is declared: no character that none can hold, and no word with a meaning of its own.
    fn declared(text: Cow<'a, str>, at: Span, reader: &mut Reader) -> Option<Self> {
        let id = normalized(text);
        if let Some(bad) = id.chars().find(|c| !is_of_id(*c)) {
            let better: String = id.chars().map(|c| if is_of_id(c) { c } else { '-' }).collect();
            let message = format!("an id cannot hold {}", if bad == ' ' { "a blank".to_owned() } else { format!("`{bad}`") });
            let help = match better.trim_matches(['-', '.']) {
                "" => "Write a short word for it, and the full text behind the colon.".to_owned(),
                better => format!("Write an id such as `{}`, and the full text behind the colon.", better.to_lowercase()),
            };
            reader.error(at, message, help);
            // It is declared all the same, so that its uses are not reported as well.
            return Some(Id { id, at });
        }
        if hints::is_placeholder(&id) {
            reader.error(
                at,
                format!("`{id}` names nobody and nothing"),
                "Write an id, or delete the entry as long as it is not known.",
            );
            return None;
        }
        if id.is_empty() {
            reader.error(at, "an id cannot be blank", "Write a short word for it.");
            return None;
        }
        if is_reserved(&id) {
            let help = "Choose another id; the full name can stand under `name`.";
            reader.error(at, format!("`{id}` has a meaning of its own and cannot be an id"), help);
            return None;
        }
        Some(Id { id, at })
    }

    /// An id where an actor is named. Words that hold the place of a name are refused.
    fn actor(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let (text, at) = match node.kind {
            Kind::Scalar { text, .. } => (text, node.at),
            _ => return reader.wrong(&node, "the id of a person or team", "Write an id, or a list of ids."),
        };
        if text.trim().is_empty() || hints::is_no_actor(&text) {
            let help = "Say `nobody` if it is vacant; delete the line if it is not known.";
            let what = if text.trim().is_empty() { "a blank text".to_owned() } else { format!("`{text}`") };
            reader.error(at, format!("{what} names nobody"), help);
            return None;
        }
        Some(Id { id: normalized(text), at })
    }
}

/// The items of a list, or the one value that stands in its place.
fn items<'a>(node: Node<'a>) -> Vec<Node<'a>> {
    match node.kind {
        Kind::List(items) => items,
        _ => vec![node],
    }
}

/// The most ids that one list may hold. Whoever needs more means a group; and what rules compare stays quick, whatever a file holds.
pub const MOST_NAMED: usize = 1_000;

/// Reports a list of too many ids, at the first that is too many.
fn refuse_crowd(items: &[Node<'_>], help: &str, reader: &mut Reader) -> bool {
    let Some(item) = items.get(MOST_NAMED) else { return false };
    reader.error(item.at, format!("this list names more than {MOST_NAMED}"), help);
    true
}

fn is_nobody(node: &Node<'_>) -> bool {
    matches!(&node.kind, Kind::Scalar { text, .. } if text == NOBODY)
}

/// One value, several in a list, or `nobody`: how actors and the holders of seats are written. `read` reads one of them. Empty for
/// `nobody`; nothing if no value was any good.
fn some_or_nobody<'a, T>(
    node: Node<'a>,
    reader: &mut Reader,
    read: impl Fn(Node<'a>, &mut Reader) -> Option<T>,
) -> Option<Vec<T>> {
    if is_nobody(&node) {
        return Some(Vec::new());
    }
    let at = node.at;
    let items = items(node);
    if items.is_empty() {
        reader.error(at, "this list is empty", "Say `nobody` if there is none; delete the line if it is not known.");
        return None;
    }
    if refuse_crowd(&items, "Declare a group under `people` with `kind: group`, and name that.", reader) {
        return None;
    }
    let mut some = Vec::with_capacity(items.len());
    for item in items {
        if is_nobody(&item) {
            reader.error(item.at, "`nobody` stands in a list", "Write `nobody` alone, without a list; or only the ids.");
        } else {
            some.extend(read(item, reader));
        }
    }
    (!some.is_empty()).then_some(some)
}

impl<'a> Read<'a> for Actors<'a> {
    const SHAPE: Shape = Shape::Actors;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let at = node.at;
        some_or_nobody(node, reader, Id::actor).map(|named| Actors { named, at })
    }
}

impl<'a> Read<'a> for Participants<'a> {
    const SHAPE: Shape = Shape::Participants;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let help = "Name those who meet, or delete the entry.";
        match &node.kind {
            Kind::Scalar { text, .. } if is_nobody(&node) || hints::is_no_actor(text) => {
                return reader.wrong(&node, "who meets", help);
            }
            Kind::List(items) if items.is_empty() => {
                reader.error(node.at, "this list is empty", help);
                return None;
            }
            _ => {}
        }
        Actors::read(node, reader).map(Participants)
    }
}

impl<'a> Read<'a> for Seat<'a> {
    const SHAPE: Shape = Shape::Seat;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let at = node.at;
        some_or_nobody(node, reader, holder).map(|holders| Seat { holders, at })
    }
}

/// Where a holder is written as nobody, or as a word that keeps the place of one.
fn person_who_is_nobody(node: &Node<'_>) -> Option<Span> {
    let Kind::Map { entries, .. } = &node.kind else { return None };
    let person = &entries.iter().find(|entry| entry.key == "person")?.value;
    let Kind::Scalar { text, .. } = &person.kind else { return None };
    (is_nobody(person) || hints::is_no_actor(text)).then_some(person.at)
}

/// One holder of a seat: an id, or `{person: id, until: date}`.
fn holder<'a>(node: Node<'a>, reader: &mut Reader) -> Option<Holder<'a>> {
    if !matches!(node.kind, Kind::Map { .. }) {
        return Id::actor(node, reader).map(|person| Holder { person, until: None });
    }
    if let Some(nobody) = person_who_is_nobody(&node) {
        let help = "Write `nobody` as the whole value if the seat is vacant; delete the line if it is not known.";
        reader.error(nobody, "this names nobody as the holder of a seat", help);
        return None;
    }
    let interim = super::Interim::read(node, reader)?;
    Some(Holder { person: interim.person?.value.0, until: interim.until.map(|until| until.value) })
}

impl<'a, T: Read<'a>> Read<'a> for List<T> {
    const SHAPE: Shape = Shape::List(&T::SHAPE);

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let at = node.at;
        if let (Kind::Map { .. }, false) = (&node.kind, matches!(T::SHAPE, Shape::Record(_))) {
            return reader.wrong(&node, "a list", "Write the values in brackets, with commas between them: `[…, …]`.");
        }
        let nodes = items(node);
        if matches!(T::SHAPE, Shape::Id(_)) && refuse_crowd(&nodes, "Name those that matter most here.", reader) {
            return None;
        }
        // Collected into the nodes' own place, the items would keep all of it.
        let mut items = Vec::with_capacity(nodes.len());
        items.extend(nodes.into_iter().filter_map(|node| T::read(node, reader)));
        Some(List { items, at })
    }
}

impl<'a, T: Read<'a>> Read<'a> for IdMap<'a, T> {
    const SHAPE: Shape = Shape::Map(T::KEYS, &T::SHAPE);

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let Kind::Map { entries, .. } = node.kind else {
            let example = match T::SHAPE {
                Shape::Record(_) => "checkout: {…}",
                _ => "dana: Dana Ruiz",
            };
            return reader.wrong_map(&node, "a map of ids", example);
        };
        let mut map = IdMap { entries: Vec::with_capacity(entries.len()) };
        for entry in entries {
            map.declare(entry, reader);
        }
        Some(map)
    }

    fn add(said: &mut Said<Self>, key: Span, entry: Entry<'a>, reader: &mut Reader) {
        said.get_or_insert_with(|| Box::new(Given { key, value: IdMap::empty() })).value.declare(entry, reader);
    }
}

impl<'a, T: Read<'a>> IdMap<'a, T> {
    /// Reads one more id, and what is said of it.
    fn declare(&mut self, entry: Entry<'a>, reader: &mut Reader) {
        if is_ignored(&entry.key) {
            return;
        }
        let value = if matches!(entry.value.kind, Kind::Blank) {
            let value = T::blank(entry.value.at);
            if value.is_none() {
                reader.blank(&entry, &T::SHAPE);
            }
            value
        } else {
            T::read(entry.value, reader)
        };
        // An id whose value is no good is declared all the same, so that its uses are not reported as well.
        let value = value.or_else(|| T::blank(entry.key_at));
        let id = Id::declared(entry.key, entry.key_at, reader);
        self.entries.extend(id.zip(value));
    }
}
