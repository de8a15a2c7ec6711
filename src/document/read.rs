//! From the tree to records: every mistake is reported, and reading goes on behind it.

use super::hints;
use super::table::{Key, Keys, Record, Shape, Word};
use super::value::{self, Given, SAY_WHY, Said};
use crate::problem::Problem;
use crate::source::Span;
use crate::yaml::{Entry, Kind, Node};
use std::borrow::Cow;

/// Something that can stand as a value in a team file.
pub trait Read<'a>: Sized {
    /// Its shape in the field table.
    const SHAPE: Shape;
    /// What the keys of a map of such values are.
    const KEYS: Keys = Keys::Ids;

    /// Reads it. `None` says that the value was no good and that this was reported.
    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self>;

    /// Reads one more entry of a map of ids, which stands under `key`. Nothing else has entries that are read one by one.
    fn add(_said: &mut Said<Self>, _key: Span, _entry: Entry<'a>, _reader: &mut Reader) {}

    /// What a blank entry of an id map means, if it may be blank: "the id is name enough".
    fn blank(_at: Span) -> Option<Self> {
        None
    }
}

/// What is large stands in a box, so that it stays where it is when lists of it grow and move.
impl<'a, T: Read<'a>> Read<'a> for Box<T> {
    const SHAPE: Shape = T::SHAPE;
    const KEYS: Keys = T::KEYS;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        T::read(node, reader).map(Box::new)
    }

    fn blank(at: Span) -> Option<Self> {
        T::blank(at).map(Box::new)
    }
}

/// Collects what is wrong while a document is read.
#[derive(Debug, Default)]
pub struct Reader {
    /// Input errors so far.
    pub errors: Vec<Problem>,
    /// Whether a map of ids could not be read at all, so that ids may be missing that somebody meant to declare.
    pub lost_ids: bool,
}

impl Reader {
    /// Reports an input error.
    pub fn error(&mut self, at: Span, message: impl Into<String>, help: impl Into<String>) {
        self.errors.push(Problem::new(at, message, help));
    }

    /// Whether so much is wrong already that looking for what was meant helps nobody any more, and takes long.
    pub fn has_very_many(&self) -> bool {
        const VERY_MANY: usize = 1_000;
        self.errors.len() >= VERY_MANY
    }

    /// Reports that something else should stand here, and says what does.
    pub fn wrong<T>(&mut self, node: &Node<'_>, wanted: &str, help: impl Into<String>) -> Option<T> {
        let found = match &node.kind {
            Kind::Broken => return None,
            Kind::Blank => "nothing".to_owned(),
            Kind::List(_) => "a list".to_owned(),
            Kind::Map { .. } => "a map".to_owned(),
            Kind::Scalar { text, .. } => format!("`{}`", hints::shortened(text)),
        };
        self.error(node.at, format!("{wanted} should stand here, not {found}"), help);
        None
    }

    /// Reads the value of a known key.
    pub fn given<'a, T: Read<'a>>(&mut self, entry: Entry<'a>) -> Said<T> {
        T::read(entry.value, self).map(|value| Box::new(Given { key: entry.key_at, value }))
    }

    /// The entries of a record under the keys of the field table. Unknown, blank and missing keys are reported; a key that is
    /// plainly misspelled is read as the one that was meant, so that what stands below it is checked too.
    pub fn record<'a>(&mut self, node: Node<'a>, record: &'static Record) -> Option<Vec<Entry<'a>>> {
        let at = node.at;
        let Kind::Map { entries, flow } = node.kind else {
            let example = record.keys.first().map_or("", |key| key.name);
            return self.wrong(
                &node,
                &format!("{} (a map)", record.name),
                format!("Write keys below it, such as `{example}: …`."),
            );
        };
        let is_fine = |entry: &Entry<'a>| !matches!(entry.value.kind, Kind::Blank) && record.key(&entry.key).is_some();
        let has_key = |key: &Key| !key.required || entries.iter().any(|entry| entry.key == key.name);
        if entries.iter().all(is_fine) && record.keys.iter().all(has_key) {
            return Some(entries);
        }
        Some(self.mended(entries, flow, at, record))
    }

    /// The entries of a record in which something is wrong, or that has keys of its owner's.
    fn mended<'a>(&mut self, entries: Vec<Entry<'a>>, flow: bool, at: Span, record: &'static Record) -> Vec<Entry<'a>> {
        let mut known: Vec<Entry<'a>> = Vec::with_capacity(entries.len());
        let mut misspelled = Vec::new();
        let mut blank = Vec::new();
        let mut has_foreign_keys = false;
        let mut entries = entries.into_iter().peekable();
        while let Some(entry) = entries.next() {
            if value::is_ignored(&entry.key) {
                continue;
            }
            match record.key(&entry.key) {
                Some(key) if matches!(entry.value.kind, Kind::Blank) => {
                    self.blank(&entry, &key.shape);
                    blank.push(key.name);
                }
                Some(key) => {
                    let is_word = |entry: &Entry<'a>| flow && is_bare(entry) && record.key(&entry.key).is_none();
                    let cut: Vec<Entry<'a>> = std::iter::from_fn(|| entries.next_if(is_word)).collect();
                    self.cut_by_commas(&entry, &cut, &key.shape);
                    known.push(entry);
                }
                None => {
                    let meant = self.unknown_key(&entry, record);
                    has_foreign_keys |= meant.is_none();
                    misspelled.extend(meant.map(|meant| (meant, entry)));
                }
            }
        }
        for (meant, entry) in misspelled {
            if !matches!(entry.value.kind, Kind::Blank) && known.iter().all(|known| known.key != meant) {
                known.push(Entry { key: meant.into(), ..entry });
            }
        }
        let is_missing = |name: &str| known.iter().all(|known| known.key != name) && !blank.contains(&name);
        let missing: Vec<&str> =
            record.keys.iter().filter(|key| key.required).map(|key| key.name).filter(|key| is_missing(key)).collect();
        // A key that means nothing here may be a required one under another name.
        if !missing.is_empty() && !has_foreign_keys {
            let named = hints::all_of(missing.iter().copied());
            let lines: Vec<String> = missing.iter().map(|key| format!("{key}: …")).collect();
            let help = format!("Add {}.", hints::all_of(lines.iter().map(String::as_str)));
            let keys = if missing.len() == 1 { "key" } else { "keys" };
            self.error(at.start_point(), format!("{} needs the {keys} {named}", record.name), help);
        }
        known
    }

    /// Reports a key without a value.
    pub fn blank(&mut self, entry: &Entry<'_>, shape: &Shape) {
        let help = match shape {
            Shape::Seat | Shape::Actors | Shape::Participants => {
                "Say `nobody` if it is vacant; delete the line if it is not known."
            }
            Shape::Map(..) | Shape::Rights(..) | Shape::Record(_) => "Write its entries below it, indented; or delete the line.",
            Shape::Reason => SAY_WHY,
            _ => "Write a value, or delete the line if it is not known.",
        };
        self.error(entry.key_at, format!("`{}` has no value", entry.key), help);
    }

    /// Reports the words behind a value that commas made keys of their own: `{title: VP, Product}`.
    pub fn cut_by_commas(&mut self, before: &Entry<'_>, cut: &[Entry<'_>], shape: &Shape) {
        let Some(first) = cut.first() else { return };
        let value = match &before.value.kind {
            Kind::Scalar { text, .. } => text.as_ref(),
            _ => "…",
        };
        let whole = std::iter::once(value).chain(cut.iter().map(|entry| entry.key.as_ref())).collect::<Vec<_>>().join(", ");
        let (key, whole) = (&before.key, hints::shortened(&whole));
        let help = match shape {
            shape if shape.takes_list() => format!("Put several values in brackets: `{key}: [{whole}]`."),
            _ => format!("Put the whole text in quotes: `{key}: \"{whole}\"`."),
        };
        let key = hints::shortened(&first.key);
        self.error(first.key_at, format!("the comma ends the value before it, so that `{key}` became a key of its own"), help);
    }

    /// Reports a key that the record does not have; returns the one that was plainly meant.
    fn unknown_key(&mut self, entry: &Entry<'_>, record: &'static Record) -> Option<&'static str> {
        let key = entry.key.as_ref();
        let hint = match self.has_very_many() {
            false => hints::key(key, record),
            true => hints::KeyHint { help: "Keys of your own begin with `x-`.".to_owned(), meant: None },
        };
        self.error(entry.key_at, format!("{} has no key `{}`", record.name, hints::shortened(key)), hint.help);
        hint.meant
    }

    /// Reports that a map of ids should stand here. What it was to declare is not known then.
    pub fn wrong_map<T>(&mut self, node: &Node<'_>, wanted: &str, example: &str) -> Option<T> {
        self.lost_ids = true;
        let help = match node.kind {
            Kind::List(_) => format!("Write keys instead of list items, without the `-`: `{example}`."),
            _ => format!("Write one per line below it, such as `{example}`."),
        };
        self.wrong(node, wanted, help)
    }

    /// One word of a list.
    pub fn word(&mut self, node: Node<'_>, words: &'static [Word]) -> Option<&'static str> {
        let Kind::Scalar { text, .. } = &node.kind else {
            return self.wrong(
                &node,
                "one word",
                format!("Write one of: {}.", hints::listed(words.iter().map(|word| word.name))),
            );
        };
        match words.iter().find(|word| word.name == text) {
            Some(word) => Some(word.name),
            None => {
                let help = hints::word(text, words.iter().map(|word| word.name));
                self.error(node.at, format!("`{}` is not a word that can stand here", hints::shortened(text)), help);
                None
            }
        }
    }

    /// A text that is not blank. `what` names it in messages.
    pub fn text<'a>(&mut self, node: Node<'a>, what: &str) -> Option<(Cow<'a, str>, Span)> {
        match node.kind {
            Kind::Scalar { text, .. } if text.trim().is_empty() => {
                self.error(node.at, format!("{what} is blank"), "Write a value, or delete the line if it is not known.");
                None
            }
            Kind::Scalar { text, .. } => Some((text, node.at)),
            _ => self.wrong(&node, what, "Write a single value; in quotes if it holds special characters."),
        }
    }
}

/// Whether an entry is a key without so much as a colon, which only braces allow.
pub fn is_bare(entry: &Entry<'_>) -> bool {
    matches!(entry.value.kind, Kind::Blank) && entry.value.at.start == entry.key_at.end
}
