//! A technical solution that is chosen outside of the developers.

use crate::document::Position;
use crate::org::Covers;
use crate::org::decide::Word;
use crate::org::seats::HeldSeat;
use crate::rules::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub static RULE: Rule = Rule {
    name: "solution-dictated",
    group: Group::Strategy,
    severity: Severity::Warning,
    otherwise: "info where it is the product owner, because the documents disagree on that",
    summary: "somebody other than the developers decides how the product is built",
    why: "Who writes down the solution takes the problem away from those who could solve it better.",
    question: "Who decides how it is built, and who says what it has to achieve?",
    fix: "Leave `delivery.how` to the developers, and keep the need and the outcome with the product people.",
    passages: &["D1-016", "D1-018"],
    also: &["D1-050", "D4-033"],
    dissent: &["D2-025", "D2-005"],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, kim: Kim, sales: {name: Sales, kind: group, position: stakeholder}}
products:
  checkout:
    name: Checkout
    product-manager: kim
    product-owner: ann
    responsibilities:
      delivery.how: kim              #~ Kim (product manager) decides delivery.how for Checkout, so the solution is not the developers' to choose
teams:
  core: {name: Core, product: checkout}
  web: {name: Web, product: checkout, responsibilities: {delivery.how: ann}}   #~ Ann (product owner) decides delivery.how for Web
  ops:
    name: Ops
    product: checkout
    responsibilities:
      delivery.how: {decides: developers, approves: [sales]}   #~ Sales (stakeholder) approves delivery.how for Ops
"#,
    clean: r#"
people: {ann: Ann, kim: Kim, finn: {name: Finn, position: founder}}
products:
  checkout: {product-manager: kim, product-owner: ann, responsibilities: {delivery.*: ann}}
  billing: {product-manager: finn, product-owner: finn, responsibilities: {delivery.how: finn}}
teams:
  core: {product: checkout, responsibilities: {delivery.how: {decides: developers, input: [kim]}}}
  web: {product: checkout}
  bills: {product: billing, developers: [finn]}
"#,
    check,
};

/// One who has a say in how a team builds.
struct Say {
    /// The name and the role.
    who: String,
    approves: bool,
    severity: Severity,
}

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let mut told: BTreeMap<RecordIx, (Severity, Gap)> = BTreeMap::new();
    for (team, _) in org.audited_teams() {
        let decision = org.decision(duties::DELIVERY_HOW, Subject::Team(team));
        let deciding = decision.deciders().iter().map(|decider| decider.record);
        let records = decision.records.iter().copied().chain(deciding).collect::<BTreeSet<_>>();
        // What an area says of all its duties is not meant for this one.
        for record in records.into_iter().filter(|record| org[*record].covers == Covers::Duty(duties::DELIVERY_HOW)) {
            let says = says(org, team, record, decision);
            let Some(severity) = says.iter().map(|say| say.severity).max() else { continue };
            if told.get(&record).is_none_or(|(known, _)| *known < severity) {
                told.insert(record, (severity, gap(org, team, record, &says).severity(severity)));
            }
        }
    }
    gaps.extend(told.into_values().map(|(_, gap)| gap));
}

/// Those who decide or approve by a record, although they do not build.
fn says(org: &Org<'_>, team: TeamIx, record: RecordIx, decision: &Decision) -> Vec<Say> {
    let deciders = decision.deciders().iter().filter(|decider| decider.record == record);
    let deciders = deciders.map(|decider| (decider.actor, matches!(decider.word, Some(Word::Seat(..))), false));
    let approvers = org.actors_of(org[record].approves.as_deref(), Subject::Team(team));
    let approvers = approvers.into_iter().map(|actor| (actor, false, true));
    let say = |(actor, by_seat, approves): (Actor, bool, bool)| {
        let (role, severity) = role(org, team, actor)?;
        let who = if by_seat { format!("the {role}") } else { format!("{} ({role})", org.name(actor)) };
        Some(Say { who, approves, severity })
    };
    deciders.chain(approvers).filter_map(say).collect()
}

/// The role in which somebody speaks to a team without building with it, and how much that weighs. The seats of the team and its
/// products count before those held elsewhere, and the owner's before the manager's.
fn role(org: &Org<'_>, team: TeamIx, actor: Actor) -> Option<(&'static str, Severity)> {
    let person = actor.person()?;
    let facts = &org[person];
    if facts.position() == Some(Position::Developer) || org[team].developers.contains(&person) {
        return None;
    }
    let is_here = |held: &HeldSeat| match held.of {
        Subject::Team(of) => of == team,
        Subject::Product(of) => org[team].products.contains(&of),
        _ => false,
    };
    let weighty = [SeatKind::ProductOwner, SeatKind::ProductManager, SeatKind::ProjectManager];
    let seat = |is_near: bool| {
        let holds = |kind: &SeatKind| facts.seats.iter().any(|held| held.kind == *kind && is_here(held) == is_near);
        weighty.into_iter().find(holds)
    };
    match seat(true).or_else(|| seat(false)) {
        Some(SeatKind::ProductOwner) => Some((SeatKind::ProductOwner.title(), Severity::Info)),
        Some(other) => Some((other.title(), Severity::Warning)),
        None if facts.position() == Some(Position::Stakeholder) => Some((Position::Stakeholder.word(), Severity::Warning)),
        None => None,
    }
}

fn gap(org: &Org<'_>, team: TeamIx, record: RecordIx, says: &[Say]) -> Gap {
    let scope = org[record].scope;
    let whose = org.reach_title(scope, Subject::Team(team));
    let say = |approves: bool, [one, several]: [&str; 2]| {
        let who: Vec<&str> = says.iter().filter(|say| say.approves == approves).map(|say| say.who.as_str()).collect();
        match who.as_slice() {
            [] => None,
            [who] => Some(format!("{who} {one}")),
            who => Some(format!("{} {several}", joined(who))),
        }
    };
    let deciders = say(false, ["decides", "decide"]);
    let words: Vec<String> = deciders.into_iter().chain(say(true, ["approves", "approve"])).collect();
    let message = format!("{} delivery.how for {whose}, so the solution is not the developers' to choose", joined(&words));
    let fix = format!("Write `delivery.how: developers` under `responsibilities` of {}.", org.path(scope.into()));
    Gap::new(scope.into(), org[record].at, message).duty(duties::DELIVERY_HOW).note_of(&org[record]).fix(fix)
}
