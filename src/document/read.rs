//! From the tree to records: every mistake is reported, and reading goes on behind it.

use super::hints;
use super::table::{Record, Shape, Word};
use super::value::Given;
use crate::problem::Problem;
use crate::source::Span;
use crate::yaml::{Entry, Kind, Node};
use std::borrow::Cow;

/// Something that can stand as a value in a team file.
pub trait Read<'a>: Sized {
    /// Its shape in the field table.
    const SHAPE: Shape;

    /// Reads it. `None` says that the value was no good and that this was reported.
    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self>;

    /// What a blank entry of an id map means, if it may be blank: "the id is name enough".
    fn blank(_at: Span) -> Option<Self> {
        None
    }
}

/// Collects what is wrong while a document is read.
#[derive(Debug, Default)]
pub struct Reader {
    /// Input errors so far.
    pub errors: Vec<Problem>,
}

impl Reader {
    /// Reports an input error.
    pub fn error(&mut self, at: Span, message: impl Into<String>, help: impl Into<String>) {
        self.errors.push(Problem::new(at, message, help));
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
    pub fn given<'a, T: Read<'a>>(&mut self, entry: Entry<'a>) -> Option<Given<T>> {
        T::read(entry.value, self).map(|value| Given { key: entry.key_at, value })
    }

    /// The entries of a record under the keys of the field table. Unknown, blank and missing keys are reported; a key that is
    /// plainly misspelled is read as the one that was meant, so that what stands below it is checked too.
    pub fn record<'a>(&mut self, node: Node<'a>, record: &'static Record) -> Option<Vec<(&'static str, Entry<'a>)>> {
        let at = node.at;
        let Kind::Map { entries, flow } = node.kind else {
            let example = record.keys.first().map_or("", |key| key.name);
            return self.wrong(
                &node,
                &format!("{} (a map)", record.name),
                format!("Write keys below it, such as `{example}: …`."),
            );
        };
        let errors_before = self.errors.len();
        let mut known: Vec<(&'static str, Entry<'a>)> = Vec::with_capacity(entries.len());
        let mut misspelled = Vec::new();
        for entry in entries {
            if entry.key.starts_with("x-") {
                continue;
            }
            match record.keys.iter().find(|key| key.name == entry.key) {
                Some(key) if matches!(entry.value.kind, Kind::Blank) => self.blank(&entry, &key.shape),
                Some(key) => known.push((key.name, entry)),
                None => {
                    let meant = self.unknown_key(&entry, record, flow);
                    misspelled.extend(meant.map(|meant| (meant, entry)));
                }
            }
        }
        for (meant, entry) in misspelled {
            if !matches!(entry.value.kind, Kind::Blank) && known.iter().all(|(name, _)| *name != meant) {
                known.push((meant, entry));
            }
        }
        for key in record.keys.iter().filter(|key| key.required) {
            if known.iter().all(|(name, _)| *name != key.name) && self.errors.len() == errors_before {
                let help = format!("Add `{}: …`.", key.name);
                self.error(at.start_point(), format!("{} needs the key `{}`", record.name, key.name), help);
            }
        }
        Some(known)
    }

    /// Reports a key without a value.
    pub fn blank(&mut self, entry: &Entry<'_>, shape: &Shape) {
        let help = match shape {
            Shape::Seat | Shape::Actors => "Say `nobody` if it is vacant; delete the line if it is not known.",
            Shape::Map(_) | Shape::Rights(_) | Shape::Record(_) => "Write its entries below it, indented; or delete the line.",
            _ => "Write a value, or delete the line if it is not known.",
        };
        self.error(entry.key_at, format!("`{}` has no value", entry.key), help);
    }

    /// Reports a key that the record does not have; returns the one that was plainly meant.
    fn unknown_key(&mut self, entry: &Entry<'_>, record: &'static Record, flow: bool) -> Option<&'static str> {
        let key = entry.key.as_ref();
        if flow && matches!(entry.value.kind, Kind::Blank) && entry.value.at.start == entry.value.at.end {
            let message =
                format!("the comma ends the value before it, so that `{}` became a key of its own", hints::shortened(key));
            self.error(entry.key_at, message, "Put the whole text in quotes: `title: \"VP, Product\"`.");
            return None;
        }
        let hint = hints::key(key, record);
        self.error(entry.key_at, format!("{} has no key `{}`", record.name, hints::shortened(key)), hint.help);
        hint.meant
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
