//! A duty that several people decide.

use crate::org::decide::{Few, Word};
use crate::org::{Duty, Party};
use crate::rules::backlog::backlog_shared_owner;
use crate::rules::prelude::*;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "duty-contested",
    group: Group::Ownership,
    severity: Severity::Error,
    otherwise: "",
    summary: "several people decide the same duty",
    why: "Two final says are none: whoever is asked second can undo the first answer.",
    fix: "Keep one name under `decides` and move the others to `input`.",
    passages: &["D4-104", "D3-008"],
    also: &["D1-029", "D1-031", "D1-034", "D1-043", "D3-004", "D4-071", "D4-246", "D4-247", "D4-349"],
    dissent: &["D4-123"],
    yields_to: &[&backlog_shared_owner::RULE],
    fires: r#"
people: {ann: Ann, kim: Kim, lee: Lee}
products:
  checkout:
    name: Checkout
    product-manager: kim
    product-owner: ann
    responsibilities:
      strategy.*: kim
      release.decision: [kim, ann]     #~ Ann and Kim both decide release.decision for Checkout
      scope.changes: {decides: [kim, ann, lee], note: agreed in May}  #~ Ann, Kim and Lee all decide scope.changes for Checkout
teams:
  core: {product: checkout}
"#,
    clean: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout:
    product-manager: kim
    product-owner: ann
    responsibilities:
      strategy.*: kim
      release.decision: {decides: kim, input: [ann]}
      delivery.how: developers
      delivery.sprint: ann
teams:
  core: {product: checkout}
  web: {product: checkout, responsibilities: {delivery.sprint: kim}}
"#,
    check,
};

/// Duties whose contest another rule reports.
const ELSEWHERE: [DutyIx; 3] = [duties::PRIORITIES_CONFLICT, duties::ROADMAP_SHAPE, duties::BACKLOG_ORDER];

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let mut told: BTreeSet<(DutyIx, RecordIx)> = BTreeSet::new();
    for level in Level::ALL {
        let here = |(duty, facts): &(DutyIx, &Duty<'_>)| facts.level == level && !ELSEWHERE.contains(duty);
        let asked: Vec<DutyIx> = org.duties().filter(here).map(|(duty, _)| duty).collect();
        for subject in org.subjects(level) {
            for duty in &asked {
                let decision = org.decision(*duty, subject);
                if let [first, second, ..] = claimants(decision).as_slice() {
                    match in_one_record(decision.deciders()) {
                        // However many inherit the record, it is one mistake, told where it stands.
                        Some(record) => gaps.extend(told.insert((*duty, record)).then(|| of_record(org, *duty, record, subject))),
                        None if is_shared_seat(org, subject, decision, gaps) => {}
                        None => gaps.add(of_lookup(org, *duty, subject, decision, first, second)),
                    }
                }
            }
        }
    }
}

/// The deciders, with the developers of several teams counted as one.
fn claimants(decision: &Decision) -> Few<Decider> {
    let mut claimants: Few<Decider> = Few::new();
    for decider in decision.deciders() {
        let developers = |decider: &Decider| decider.word == Some(Word::Developers);
        if !(developers(decider) && claimants.iter().any(developers)) {
            claimants.push(*decider);
        }
    }
    claimants
}

/// Whether the deciders are the several holders of one product-owner seat: that the seat is shared is told of the backlog.
fn is_shared_seat(org: &Org<'_>, subject: Subject, decision: &Decision, gaps: &Gaps<'_>) -> bool {
    let by_seat = |decider: &Decider| matches!(decider.word, Some(Word::Seat(SeatKind::ProductOwner, _)));
    let is_told = |backlog| gaps.fired(&backlog_shared_owner::RULE, Subject::Backlog(backlog));
    let is_shared = match subject {
        Subject::Backlog(backlog) => is_told(backlog),
        Subject::Team(team) => org[team].backlog.is_some_and(is_told),
        Subject::Product(product) => org.own_backlog(product).is_some_and(is_told),
        Subject::Organization | Subject::Person(_) | Subject::Opening(_) => false,
    };
    is_shared && decision.deciders().iter().all(by_seat)
}

/// The record that names several deciders, by id or by seat.
fn in_one_record(deciders: &[Decider]) -> Option<RecordIx> {
    let several = |one: &&Decider| deciders.iter().any(|other| other.record == one.record && other.at != one.at);
    deciders.iter().find(several).map(|decider| decider.record)
}

fn of_record(org: &Org<'_>, duty: DutyIx, record: RecordIx, subject: Subject) -> Gap {
    let about = Subject::from(org[record].scope);
    let whose = org.reach_title(org[record].scope, subject);
    let named: Vec<Party> = org[record].decides.iter().flat_map(|decides| &decides.named).copied().collect();
    let mut names: Vec<String> = named.iter().map(|party| org.party_name(party)).collect();
    names.sort_unstable();
    names.dedup();
    let message = message(&names, &org[duty].id, &whose);
    let mut places = named.iter().rev().map(|party| party.at);
    let at = places.next().unwrap_or(org[record].at);
    let gap = Gap::new(about, at, message).duty(duty).note_of(&org[record]);
    places.fold(gap, |gap, at| gap.label(at, "also decides"))
}

fn of_lookup(org: &Org<'_>, duty: DutyIx, subject: Subject, decision: &Decision, first: &Decider, second: &Decider) -> Gap {
    let mut names: Vec<String> = decision.deciders().iter().map(|decider| org.name(decider.actor).to_owned()).collect();
    names.sort_unstable();
    let message = message(&names, &org[duty].id, &org.title(subject));
    let place = |decider: &Decider| match decider.word {
        Some(Word::Seat(_, held_at)) => held_at,
        Some(Word::Developers) | None => decider.at,
    };
    let gap = Gap::new(subject, place(second), message).duty(duty).label(place(first), "also decides");
    let by_seat = [first, second].into_iter().filter(|decider| decider.word.is_some());
    by_seat.fold(gap, |gap, decider| gap.label(decider.at, "decided by whoever holds the seat"))
}

fn message(names: &[String], duty: &str, whose: &str) -> String {
    let quantifier = if names.len() > 2 { "all" } else { "both" };
    format!("{} {quantifier} decide {duty} for {whose}", joined(names))
}
