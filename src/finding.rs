//! What an audit finds, ready for every output: nothing in here needs the organization any more.

use crate::catalogue::{Passage, Stance};
use crate::rules::Rule;
use crate::source::Span;
use jiff::civil::Date;
use serde::Serialize;

/// How much a finding matters. Orders from the least to the most severe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Likely to cost the team time.
    Warning,
    /// A gap that the documents call a fault.
    Error,
}

impl Severity {
    /// The severities, the most severe first.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];

    /// The word that users write and read.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        }
    }
}

/// One gap in the decision rights of an organization.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How much it matters here.
    pub severity: Severity,
    /// What it is about: `products.ID`, `teams.ID`, `people.ID`, `backlogs.ID`, `openings.ID` or `organization`.
    pub subject: String,
    /// The one duty it is about, if there is one.
    pub duty: Option<String>,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What leads to the duties of further findings of this kind at the same place, such as "also not recorded:".
    pub also: &'static str,
    /// Where it stands; for something absent, the subject's key in its map.
    pub at: Span,
    /// Whether it comes from a vacant seat, which then is the place: filling the seat closes all such gaps there.
    pub of_vacant_seat: bool,
    /// Other places involved, each with a few words.
    pub labels: Vec<Label>,
    /// What the record itself says under `note`.
    pub note: Option<String>,
    /// What to write instead.
    pub fix: String,
    /// The passages for it, then those against it.
    pub passages: Vec<(&'static Passage, Stance)>,
    /// Who took the risk knowingly, and why: such a finding is shown and does not count.
    pub accepted: Option<Acceptance>,
}

/// Why a finding does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The id and the name of the person who accepts it.
    pub by: Option<(String, String)>,
    /// Why it is accepted.
    pub because: String,
    /// The last day on which it is accepted.
    pub until: Option<Date>,
}

/// A place that a finding involves, and what it has to do with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub at: Span,
    /// A few words, such as "also holds the seat".
    pub text: String,
}

impl Finding {
    /// What makes it the same finding in another version of the files: never a place or a wording.
    pub fn identity(&self) -> (&'static str, &str, Option<&str>) {
        (self.rule.name, &self.subject, self.duty.as_deref())
    }
}
