//! A duty that several people decide.

use crate::org::decide::{Few, Word};
use crate::org::{Duty, Party};
use crate::rules::backlog::backlog_shared_owner;
use crate::rules::prelude::*;
use crate::rules::unowned;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "duty-contested",
    group: Group::Ownership,
    severity: Severity::Error,
    otherwise: "",
    summary: "several people decide the same duty",
    why: "Two final says are none: whoever is asked second can undo the first answer.",
    question: "Which one of them decides, after hearing the others?",
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
  search:
    name: Search
    product-manager: [kim, lee]        #~ Kim and Lee both decide roadmap.priorities for Search; each of them holds the seat of the product manager
    responsibilities: {roadmap.priorities: product-manager}
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
                let claimants = claimants(decision);
                if let [first, second, ..] = claimants.as_slice()
                    && !is_shared_seat(org, &claimants, subject, gaps)
                {
                    match in_one_record(&claimants) {
                        // However many inherit the record, it is one mistake, told where it stands.
                        Some(record) if !told.insert((*duty, record)) => {}
                        Some(record) if names_several(org, record) => gaps.add(of_record(org, *duty, record, subject)),
                        Some(record) => {
                            gaps.add(of_lookup(org, *duty, org[record].scope.into(), subject, decision, [first, second]));
                        }
                        None => gaps.add(of_lookup(org, *duty, subject, subject, decision, [first, second])),
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

/// Whether all there is to it is that the owner's seat is shared, which is told of the backlog: the mistake is one, whatever else the
/// seat decides.
fn is_shared_seat(org: &Org<'_>, claimants: &[Decider], subject: Subject, gaps: &Gaps<'_>) -> bool {
    let backlog = match subject {
        Subject::Backlog(backlog) => Some(backlog),
        Subject::Team(team) => org[team].backlog,
        Subject::Product(product) => org.own_backlog(product),
        Subject::Organization | Subject::Person(_) | Subject::Opening(_) => None,
    };
    let is_owner = |decider: &Decider| matches!(decider.word, Some(Word::Seat(SeatKind::ProductOwner, _)));
    claimants.iter().all(is_owner)
        && backlog.is_some_and(|backlog| gaps.fired(&backlog_shared_owner::RULE, Subject::Backlog(org.shown(backlog))))
}

/// The record that leads to several claimants, by id or by seat.
fn in_one_record(claimants: &[Decider]) -> Option<RecordIx> {
    let several = |one: &&Decider| claimants.iter().any(|other| other.record == one.record && other.actor != one.actor);
    claimants.iter().find(several).map(|claimant| claimant.record)
}

/// Whether a record itself names several, and not one seat that several hold.
fn names_several(org: &Org<'_>, record: RecordIx) -> bool {
    let named = org[record].decides.as_ref().map_or(&[][..], |decides| &decides.named);
    named.first().is_some_and(|first| named.iter().any(|party| party.who != first.who))
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

/// The gap of a lookup that leads to several people; `about` is what the record of all of them stands on, or what was looked up.
fn of_lookup(
    org: &Org<'_>,
    duty: DutyIx,
    about: Subject,
    looked_up: Subject,
    decision: &Decision,
    [first, second]: [&Decider; 2],
) -> Gap {
    let mut names: Vec<String> = decision.deciders().iter().map(|decider| org.name(decider.actor).to_owned()).collect();
    names.sort_unstable();
    let message = message(&names, &org[duty].id, &org.title(looked_up));
    let place = |decider: &Decider| match decider.word {
        Some(Word::Seat(_, held_at)) => held_at,
        Some(Word::Developers) | None => decider.at,
    };
    let gap = Gap::new(about, place(second), message).duty(duty).note_of(&org[second.record]).label(place(first), "also decides");
    let gap = match seat_of_all(decision) {
        Some(seat) => {
            let fix = format!(
                "Keep one person under `{}`, or name one under `{}` in the `responsibilities` of {}.",
                seat.word(),
                org[duty].id,
                org.path(unowned::home_of_rights(org, looked_up))
            );
            gap.adding(&format!("; each of them holds the seat of the {}", seat.title())).fix(fix)
        }
        None => gap,
    };
    let by_seat = [first, second].into_iter().filter(|decider| decider.word.is_some());
    by_seat.fold(gap, |gap, decider| gap.label(decider.at, "decided by whoever holds the seat"))
}

/// The one seat that all deciders hold, if the seat is what makes them decide.
fn seat_of_all(decision: &Decision) -> Option<SeatKind> {
    let mut seats = decision.deciders().iter().map(|decider| match decider.word {
        Some(Word::Seat(seat, _)) => Some(seat),
        Some(Word::Developers) | None => None,
    });
    let first = seats.next().flatten()?;
    seats.all(|seat| seat == Some(first)).then_some(first)
}

fn message(names: &[String], duty: &str, whose: &str) -> String {
    let quantifier = if names.len() > 2 { "all" } else { "both" };
    format!("{} {quantifier} decide {duty} for {whose}", joined(names))
}
