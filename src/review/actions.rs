//! What to write, as a checklist.

use super::findings::{Chapter, Concern};
use crate::finding::Severity;
use crate::org::{Actor, Org, PersonIx, each_once};
use crate::redact::{Pseudonyms, Redact};
use crate::report::Report;
use crate::sections::{Named, Names, Place};

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
    /// How much the gravest gap matters that it closes.
    pub severity: Severity,
    /// What to do, in a sentence or two.
    pub fix: String,
    /// The findings that it closes: positions in the audit.
    pub closes: Vec<usize>,
    /// Whom it concerns.
    pub people: Vec<Named>,
}

impl Redact for Actions {
    fn redact(&mut self, names: &Pseudonyms) {
        self.of.redact(names);
        for action in &mut self.actions {
            action.fix = names.sentence(&action.fix);
            action.people.iter_mut().for_each(|person| person.redact(names));
        }
    }
}

/// The fixes of all findings that count and are worth more than knowing, in the order of the chapters.
pub fn actions(audit: &Report<'_>, concerns: &[Concern], chapters: &[Chapter], org: &Org<'_>) -> Vec<Actions> {
    let names = Names::of(org);
    let of_chapter = |chapter: &Chapter| {
        let mut found: Vec<usize> = chapter.findings().filter(|at| audit.findings[*at].is_to_settle()).collect();
        found.sort_by_key(|at| std::cmp::Reverse(audit.findings[*at].severity));
        let same = crate::sections::alike(found, |at| &audit.findings[*at].fix);
        let action = |closes: Vec<usize>| {
            let first = &audit.findings[*closes.first()?];
            let people: Vec<PersonIx> = each_once(closes.iter().flat_map(|at| concerns[*at].people.iter().copied()), |it| *it);
            let people = names.all(people.into_iter().map(Actor::Person));
            Some(Action { severity: first.severity, fix: first.fix.clone(), closes, people })
        };
        Actions { of: chapter.of.clone(), actions: same.into_iter().filter_map(action).collect() }
    };
    chapters.iter().map(of_chapter).filter(|actions| !actions.actions.is_empty()).collect()
}
