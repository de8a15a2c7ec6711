//! What an audit finds, ready for every output: no format needs the organization any more.

use crate::catalogue::{Passage, Stance};
use crate::org::Subject;
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
    /// What it is about, in the organization that was audited.
    pub of: Subject,
    /// The same for every output: `products.ID`, `teams.ID`, `people.ID`, `backlogs.ID`, `openings.ID` or `organization`.
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
    /// Its number, from 0, among those of the same identity.
    pub ordinal: usize,
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
    /// Whether people have to settle it: it counts, and is more than worth knowing.
    pub fn is_to_settle(&self) -> bool {
        self.accepted.is_none() && self.severity > Severity::Info
    }

    /// The message without its duty: findings of one sentence differ in their duties only.
    pub fn sentence(&self) -> String {
        let duty = self.duty.as_deref().unwrap_or_default();
        if duty.is_empty() { self.message.clone() } else { self.message.replacen(duty, "", 1) }
    }

    /// What makes it the same finding in another version of the files: never a place or a wording.
    pub fn identity(&self) -> (&'static str, &str, Option<&str>) {
        (self.rule.name, &self.subject, self.duty.as_deref())
    }

    /// The identity with the ordinal, for programs that follow a finding through versions: 32 digits. Where names are redacted it
    /// stands for the pseudonyms, so that nobody can find a name by trying.
    pub fn fingerprint(&self) -> String {
        let (rule, subject, duty) = self.identity();
        let text = [&self.ordinal.to_string(), rule, subject, duty.unwrap_or_default()].join("\0");
        format!("{:032x}", fnv_1a(text.as_bytes()))
    }
}

/// Numbers the findings of each identity by their words, so that no number changes where lines or files move.
pub fn number(findings: &mut [Finding]) {
    let mut all: Vec<&mut Finding> = findings.iter_mut().collect();
    all.sort_by(|a, b| (a.identity(), &a.message).cmp(&(b.identity(), &b.message)));
    for alike in all.chunk_by_mut(|one, next| one.identity() == next.identity()) {
        alike.iter_mut().enumerate().for_each(|(ordinal, finding)| finding.ordinal = ordinal);
    }
}

/// The hash of Fowler, Noll and Vo in 128 bits: a fingerprint has to stay the same for years, and need not withstand an attack.
fn fnv_1a(bytes: &[u8]) -> u128 {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    bytes.iter().fold(OFFSET, |hash, byte| (hash ^ u128::from(*byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv_1a(b""), 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d);
        assert_eq!(fnv_1a(b"a"), 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964);
    }

    #[test]
    fn a_fingerprint_tells_findings_apart_wherever_they_stand() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let [one, other] = ["of Ann", "of Bob"].map(|message| {
            let finding = sample::findings(&sources).remove(0);
            Finding { message: message.into(), ..finding }
        });
        let fingerprints = |mut findings: Vec<Finding>| {
            number(&mut findings);
            findings.sort_by(|a, b| a.message.cmp(&b.message));
            findings.iter().map(Finding::fingerprint).collect::<Vec<_>>()
        };
        let found = fingerprints(vec![one.clone(), other.clone()]);
        assert_eq!(found, fingerprints(vec![other, Finding { at: sample::span(&sources, "bob"), ..one }]));
        assert_eq!(found, ["ef925010ac6cba9e820526d1ef5af5bd", "125f5e9b79fcd19cf2304906a14259bc"]);
    }
}
