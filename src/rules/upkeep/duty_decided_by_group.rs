//! A duty that a group decides, where no other rule says so.

use crate::org::Party;
use crate::org::decide::Word;
use crate::rules::backlog::backlog_shared_owner;
use crate::rules::prelude::*;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "duty-decided-by-group",
    group: Group::Upkeep,
    severity: Severity::Warning,
    otherwise: "",
    summary: "a group decides a duty",
    why: "A group has to agree before it can decide, and nobody in it answers for the answer.",
    question: "Who in the group decides, and who gives advice?",
    fix: "Name one person of the group under `decides`, and the group under `input`.",
    passages: &["D4-055", "D4-281"],
    also: &[],
    dissent: &[],
    yields_to: &[&backlog_shared_owner::RULE],
    fires: r#"
duties: {compliance.pci-signoff: Signs the yearly PCI statement}
people: {ann: Ann, board: {name: Board, kind: group}}
products:
  checkout:
    name: Checkout
    product-owner: ann
    responsibilities:
      release.decision: board          #~ release.decision of Checkout is decided by Board, a group
      compliance.pci-signoff: board    #~ compliance.pci-signoff of Checkout is decided by Board, a group
teams:
  core: {product: checkout}
"#,
    clean: r#"
duties: {compliance.pci-signoff: Signs the yearly PCI statement}
people: {ann: Ann, board: {name: Board, kind: group}}
products:
  checkout:
    product-owner: ann
    responsibilities:
      compliance.pci-signoff: {decides: ann, input: [board]}
      backlog.acceptance: board
      release.decision: ann
teams:
  core: {product: checkout, responsibilities: {delivery.how: developers}}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    if !can_decide(org) {
        return;
    }
    let is_asked = |duty: DutyIx| org[duty].built_in.is_none() || org[duty].is_core();
    let mut told = BTreeSet::new();
    for (duty, subject, decision) in org.all_decisions().filter(|(duty, ..)| is_asked(*duty)) {
        let [decider] = decision.deciders() else { continue };
        let is_group = decider.actor.person().is_some_and(|person| org[person].is_group());
        if !is_group || is_told_of_seat(org, subject, decider, gaps) {
            continue;
        }
        // One record is told once, wherever another rule has not told it yet.
        let about = Subject::from(org[decider.record].scope);
        if !gaps.is_told(subject, duty) && !gaps.is_told(about, duty) && told.insert((decider.record, duty)) {
            gaps.add(gap(org, duty, subject, decider));
        }
    }
}

/// Whether the group decides by the seat of the product owner, and that has been told of the seat.
fn is_told_of_seat(org: &Org<'_>, subject: Subject, decider: &Decider, gaps: &Gaps<'_>) -> bool {
    let is_told = |backlog: BacklogIx| gaps.fired(&backlog_shared_owner::RULE, Subject::Backlog(backlog));
    matches!(decider.word, Some(Word::Seat(SeatKind::ProductOwner, _)))
        && match subject {
            Subject::Backlog(backlog) => is_told(backlog),
            Subject::Team(team) => org[team].backlog.is_some_and(|backlog| is_told(org.shown(backlog))),
            Subject::Product(product) => org.real_backlogs(product).any(is_told),
            Subject::Organization | Subject::Person(_) | Subject::Opening(_) => false,
        }
}

/// Whether any group could: one holds a seat, or is named as a decider.
fn can_decide(org: &Org<'_>) -> bool {
    let is_group = |person: PersonIx| org[person].is_group();
    let names_group = |party: &Party| matches!(party.who, Who::Actor(Actor::Person(person)) if is_group(person));
    org.people.iter().any(|person| person.is_group() && !person.seats.is_empty())
        || org.records.iter().flat_map(|record| &record.decides).any(|decides| decides.named.iter().any(names_group))
}

fn gap(org: &Org<'_>, duty: DutyIx, subject: Subject, decider: &Decider) -> Gap {
    let record = &org[decider.record];
    let (id, name) = (&org[duty].id, org.name(decider.actor));
    let whose = org.reach_title(record.scope, subject);
    let message = format!("{id} of {whose} is decided by {name}, a group");
    let fix =
        format!("Write one person of {name} under `decides` of {}, and the group under `input`.", org.covered(record.covers));
    Gap::new(record.scope.into(), decider.at, message).duty(duty).note_of(record).fix(fix)
}
