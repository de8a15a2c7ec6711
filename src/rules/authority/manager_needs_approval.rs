//! A product manager who has to ask for most decisions.

use crate::document::Position;
use crate::rules::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub static RULE: Rule = Rule {
    name: "manager-needs-approval",
    group: Group::Authority,
    severity: Severity::Error,
    otherwise: "warning where more than half of the recorded decisions need approval, but not all",
    summary: "a product manager needs approval for most decisions",
    why: "A product manager who has to ask every time adds a step to each decision instead of taking one out.",
    question: "What may the product manager decide without asking, and up to what size?",
    fix: "Keep `approves` for major scope or spend only; `escalates-to` keeps a last resort.",
    passages: &["D4-198", "D4-269", "D4-197"],
    also: &["D4-088", "D4-091", "D4-092"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
people: {kim: Kim, ann: Ann, vera: {name: Vera, position: leader}}
products:
  checkout:
    name: Checkout
    product-manager: kim
    responsibilities:
      strategy.*: {decides: kim, approves: vera}            #~ both decisions recorded for Kim, product manager of Checkout, need approval from Vera (leader)
      roadmap.*: {decides: product-manager, approves: vera}
  search:
    name: Search
    product-manager: ann
    responsibilities:
      strategy.product: {decides: ann, approves: vera}      #~ 2 of the 3 decisions recorded for Ann, product manager of Search, need approval from Vera (leader)
      strategy.vision: {decides: ann, approves: vera}
      market.*: ann
"#,
    clean: r#"
people: {kim: Kim, ann: Ann, vera: {name: Vera, position: leader}, finn: {name: Finn, position: founder}}
products:
  checkout:
    product-manager: kim
    product-owner: ann
    responsibilities:
      strategy.*: {decides: kim, approves: vera}
      roadmap.*: {decides: kim, approves: ann}
      market.*: {decides: kim, escalates-to: vera}
  search:
    product-manager: finn
    responsibilities: {strategy.*: {decides: finn, approves: vera}, roadmap.*: {decides: finn, approves: vera}}
  maps:
    product-manager: ann
    responsibilities: {strategy.*: {decides: ann, approves: vera}}
"#,
    check,
};

/// The records in which a product manager decides, each with the leaders who must say yes to it.
type Decided = BTreeMap<RecordIx, BTreeSet<Actor>>;

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let managers = org.audited_products().flat_map(|(product, _)| org.managers(product));
    let bound = deciders_with_approval(org);
    let mut asked: BTreeMap<PersonIx, Decided> = managers
        .filter(|person| bound.contains(person) && org[*person].position() != Some(Position::Founder))
        .map(|person| (person, Decided::new()))
        .collect();
    for (_, subject, decision) in org.all_decisions() {
        for decider in decision.deciders() {
            let Some(decided) = decider.actor.person().and_then(|person| asked.get_mut(&person)) else { continue };
            for record in records(decision, decider) {
                let approvers = org.actors_of(org[record].approves.as_deref(), subject);
                decided.entry(record).or_default().extend(approvers.into_iter().filter(|actor| is_leader(org, *actor)));
            }
        }
    }
    gaps.extend(asked.iter().filter_map(|(person, decided)| gap(org, *person, decided)));
}

/// Everyone who decides something that anyone approves. They are few, so that few records need to be counted.
fn deciders_with_approval(org: &Org<'_>) -> BTreeSet<PersonIx> {
    let is_approved = |decision: &Decision| decision.records.iter().any(|record| org[*record].approves.is_some());
    let approved = org.all_decisions().filter(|(_, _, decision)| is_approved(decision));
    approved.flat_map(|(_, _, decision)| decision.deciders()).filter_map(|decider| decider.actor.person()).collect()
}

/// The records that speak for a decider: the one that names the decider, or the narrower ones that leave the decider to it.
fn records(decision: &Decision, decider: &Decider) -> impl Iterator<Item = RecordIx> {
    let names_another = |record: &RecordIx| *record != decider.record && decision.answered_by.contains(record);
    decision.records.iter().copied().filter(move |record| !names_another(record))
}

/// Whether an actor approves from outside of the product people.
fn is_leader(org: &Org<'_>, actor: Actor) -> bool {
    let Actor::Person(person) = actor else { return false };
    let person = &org[person];
    matches!(person.position(), Some(Position::Founder | Position::Leader))
        && !SeatKind::PRODUCT.iter().any(|seat| person.holds(*seat))
}

fn gap(org: &Org<'_>, person: PersonIx, decided: &Decided) -> Option<Gap> {
    let all = decided.len();
    let approved = || decided.iter().filter(|(_, leaders)| !leaders.is_empty());
    let count = approved().count();
    if all < 2 || count * 2 <= all {
        return None;
    }
    let (severity, share) = match (count, all) {
        (2, 2) => (Severity::Error, "both".to_owned()),
        _ if count == all => (Severity::Error, format!("all {all}")),
        _ => (Severity::Warning, format!("{count} of the {all}")),
    };
    let leaders: BTreeSet<Actor> = approved().flat_map(|(_, leaders)| leaders).copied().collect();
    let mut names: Vec<String> = leaders.into_iter().map(|leader| org.name_in_role(leader)).collect();
    names.sort_unstable();
    let message = format!(
        "{share} decisions recorded for {}, {}, need approval from {}",
        org[person].name(),
        org.seats_title(person, &[SeatKind::ProductManager]),
        joined(&names)
    );
    let mut places = approved().map(|(record, _)| org[*record].at);
    let at = places.next()?;
    let gap = Gap::new(Subject::Person(person), at, message).severity(severity);
    Some(places.fold(gap, |gap, at| gap.label(at, "needs approval too")))
}
