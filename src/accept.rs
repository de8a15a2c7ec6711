//! Risks taken knowingly: which entry of `accepted` covers which finding, and the entry that would cover one.

use crate::catalogue::DutyIx;
use crate::finding::{Acceptance, Finding};
use crate::org::{Accepted, Actor, Org, Subject};
use crate::rules::Rule;
use crate::rules::upkeep::acceptance_expired;
use rustc_hash::FxHashMap;

/// The entries of `accepted` that hold on the day of the audit, by what they cover: rule, subject, and the duty if one is named.
#[derive(Debug, Default)]
pub struct Acceptances<'o, 'a> {
    valid: FxHashMap<(&'static str, Subject, Option<DutyIx>), &'o Accepted<'a>>,
}

impl<'o, 'a> Acceptances<'o, 'a> {
    /// Those of an organization. Of several that cover the same, the first one holds.
    pub fn of(org: &'o Org<'a>) -> Self {
        let mut valid = FxHashMap::default();
        for accepted in org.accepted.iter().filter(|accepted| !has_expired(accepted, org)) {
            if let Ok(rule) = &accepted.rule {
                valid.entry((rule.name, accepted.subject, accepted.duty)).or_insert(accepted);
            }
        }
        Acceptances { valid }
    }

    /// The first entry that covers what a rule found.
    pub fn covering(&self, rule: &Rule, subject: Subject, duty: Option<DutyIx>) -> Option<&'o Accepted<'a>> {
        let of_duty = duty.and_then(|_| self.valid.get(&(rule.name, subject, duty)));
        let of_all = self.valid.get(&(rule.name, subject, None));
        of_duty.into_iter().chain(of_all).copied().min_by_key(|accepted| (accepted.at.file, accepted.at.start))
    }
}

/// Whether an entry does not hold any more. On its last day it still does.
pub fn has_expired(accepted: &Accepted<'_>, org: &Org<'_>) -> bool {
    accepted.until.is_some_and(|until| org.is_past(until))
}

/// The finding that an entry names, in words: `duty-unowned of scope.changes for Checkout`.
pub fn named(accepted: &Accepted<'_>, org: &Org<'_>) -> String {
    let rule = accepted.rule.as_ref().map_or_else(|name| name.id.as_ref(), |rule| rule.name);
    let duty = accepted.duty.map(|duty| format!(" of {}", org[duty].id)).unwrap_or_default();
    format!("{rule}{duty} for {}", org.title(accepted.subject))
}

/// What a finding says of the entry that covers it.
pub fn acceptance(accepted: &Accepted<'_>, org: &Org<'_>) -> Acceptance {
    Acceptance {
        by: accepted.by.map(|by| (org[by].id.id.to_string(), org.name(Actor::Person(by)).to_owned())),
        because: accepted.because.text.to_string(),
        until: accepted.until.map(|until| until.date),
    }
}

/// The entry of `accepted` that covers findings of one rule and subject, but for the reason. Of a single finding, and where there are
/// others among `all`, it names the duty of one.
pub fn entry<'f>(findings: &[&Finding], all: impl Iterator<Item = &'f Finding>) -> Option<String> {
    let (first, others) = findings.split_first()?;
    // An acceptance whose time is over is renewed where it stands.
    if first.rule.name == acceptance_expired::RULE.name {
        return None;
    }
    let is_like = |other: &&Finding| other.rule.name == first.rule.name && other.subject == first.subject;
    if !others.iter().all(is_like) {
        return None;
    }
    let names_duty = others.is_empty() || all.filter(is_like).nth(findings.len()).is_some();
    let duty = findings.iter().find_map(|finding| finding.duty.as_deref()).filter(|_| names_duty);
    let duty = duty.map(|duty| format!(", duty: {}", word(duty))).unwrap_or_default();
    Some(format!("- {{rule: {}, at: {}{duty}, because: …}}", first.rule.name, word(&first.subject)))
}

/// An id as a value of YAML: in quotes where it might be read as something else than a word.
fn word(id: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.') || !c.is_ascii();
    if id.starts_with(char::is_alphabetic) && id.chars().all(is_plain) {
        id.to_owned()
    } else {
        serde_json::Value::from(id).to_string()
    }
}
