//! What to write, as a checklist.

use super::findings::{Chapter, Concern};
use crate::finding::Finding;
use crate::org::{Actor, Org, PersonIx, each_once, some_joined};
use crate::redact::{Pseudonyms, Redact};
use crate::report::Report;
use crate::sections::{Named, Place, alike};
use std::borrow::Cow;

/// The actions for one product, for a team without one, or for the organization.
#[derive(Debug)]
pub struct Actions {
    /// What it is.
    pub of: Place,
    /// What to do, the most severe gaps first; each once.
    pub actions: Vec<Action>,
}

/// Something to do.
#[derive(Debug)]
pub struct Action {
    /// What it is about, where the advice itself does not say it: duties and places.
    pub about: Option<String>,
    /// What to do, in a sentence or two.
    pub fix: String,
    /// The duty that the sentences speak of, if they speak of one.
    pub duty: Option<String>,
    /// Whom it concerns.
    pub people: Vec<Named>,
}

impl Redact for Actions {
    fn redact(&mut self, names: &Pseudonyms) {
        self.of.redact(names);
        for action in &mut self.actions {
            names.texts(&mut action.about);
            action.fix = names.fix(&action.fix, action.duty.as_deref());
            action.duty = action.duty.take().map(|duty| names.duty(duty));
            action.people.iter_mut().for_each(|person| person.redact(names));
        }
    }
}

/// The fixes of all findings that count and are worth more than knowing, in the order of the chapters.
pub fn actions(audit: &Report<'_>, concerns: &[Concern], chapters: &[Chapter], org: &Org<'_>) -> Vec<Actions> {
    let of_chapter = |chapter: &Chapter| {
        let mut found: Vec<usize> = chapter.findings().filter(|at| audit.findings[*at].is_to_settle()).collect();
        found.sort_by_key(|at| std::cmp::Reverse(audit.findings[*at].severity));
        let same = alike(found, |at| &audit.findings[*at].fix);
        let action = |closes: Vec<usize>| {
            let first = &audit.findings[*closes.first()?];
            let people: Vec<PersonIx> = each_once(closes.iter().flat_map(|at| concerns[*at].people.iter().copied()), |it| *it);
            let people = org.all_named(people.into_iter().map(Actor::Person));
            // The general advice of a rule says neither duty nor place.
            let about = (first.fix == first.rule.fix).then(|| about(org, closes.iter().map(|at| &audit.findings[*at])));
            Some(Action { about, fix: first.fix.clone(), duty: first.duty.clone(), people })
        };
        Actions { of: chapter.of.clone(), actions: same.into_iter().filter_map(action).collect() }
    };
    chapters.iter().map(of_chapter).filter(|actions| !actions.actions.is_empty()).collect()
}

/// What some findings are about: their duties, and the places.
fn about<'f>(org: &Org<'_>, findings: impl Iterator<Item = &'f Finding> + Clone) -> String {
    const NAMED: usize = 3;
    let duties: Vec<&str> = each_once(findings.clone().filter_map(|finding| finding.duty.as_deref()), |duty| *duty);
    let places: Vec<Cow<'_, str>> = each_once(findings.map(|finding| org.title(finding.of)), Cow::clone);
    let places = some_joined(&places, NAMED);
    if duties.is_empty() { places } else { format!("{} of {places}", some_joined(&duties, NAMED)) }
}
