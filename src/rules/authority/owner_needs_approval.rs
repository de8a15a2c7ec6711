//! Day-to-day decisions that need somebody else's yes.

use crate::org::Party;
use crate::org::decide::Word;
use crate::rules::authority::people_manager_decides_product;
use crate::rules::prelude::*;
use crate::rules::structure::scaling_dilutes_owner;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "owner-needs-approval",
    group: Group::Authority,
    severity: Severity::Error,
    otherwise: "warning for roadmap decisions of a product owner who also leads the strategy",
    summary: "a product owner needs approval for day-to-day decisions",
    why: "Who has to ask every time does not decide; the queue in front of the approver does.",
    question: "Does the owner need approval for this at all, and from whom?",
    fix: "Delete `approves` from the record; `escalates-to` keeps a last resort for what is contested or major.",
    passages: &["D3-029", "D0-009", "D4-217"],
    also: &["D0-007", "D0-018", "D0-028", "D4-043", "D4-047", "D4-055", "D4-121", "D4-155", "D4-212", "D4-254", "D4-267"],
    dissent: &[],
    yields_to: &[&people_manager_decides_product::RULE, &scaling_dilutes_owner::RULE],
    fires: r#"
people: {ann: Ann, kim: {name: Kim, position: leader}, lee: Lee}
products:
  checkout:
    name: Checkout
    product-owner: ann
    responsibilities:
      strategy.*: ann
      roadmap.priorities: {decides: ann, approves: [kim]}    #~ Ann needs approval from Kim (leader) for roadmap.priorities of Checkout
      backlog.order: {decides: ann, approves: [kim]}         #~ Ann needs approval from Kim (leader) for backlog.order of Checkout
      delivery.sprint: {decides: ann, approves: [kim, lee]}  #~ Ann needs 2 approvals for delivery.sprint of Checkout, from Kim (leader) and Lee
teams:
  core: {product: checkout}
"#,
    clean: r#"
people: {ann: Ann, kim: {name: Kim, position: leader}}
products:
  checkout:
    product-owner: ann
    responsibilities:
      strategy.*: kim
      roadmap.priorities: {decides: kim, approves: [ann]}
      backlog.order: {decides: ann, approves: [ann], input: [kim], escalates-to: kim}
      scope.changes: {decides: ann, approves: [kim]}
teams:
  core: {product: checkout}
"#,
    check,
};

/// The decisions of a day.
const DAILY: [DutyIx; 4] =
    [duties::BACKLOG_ORDER, duties::DELIVERY_SPRINT, duties::DELIVERY_TRADEOFFS, duties::DELIVERY_QUESTIONS];

/// The decisions about the roadmap, which are a product owner's where that owner leads the strategy too.
const ROADMAP: [DutyIx; 3] = [duties::ROADMAP_SHAPE, duties::ROADMAP_PRIORITIES, duties::ROADMAP_INITIATIVES];

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for duty in DAILY {
        let mut told = BTreeSet::new();
        for subject in org.subjects(org[duty].level) {
            approvals(org, duty, subject, Severity::Error, &mut told, gaps);
        }
    }
    for duty in ROADMAP {
        let mut told = BTreeSet::new();
        for (product, _) in org.audited_products().filter(|(product, _)| is_led_by_owner(org, *product, duty)) {
            approvals(org, duty, Subject::Product(product), Severity::Warning, &mut told, gaps);
        }
    }
}

/// Whether a strong or combined product owner decides the duty.
fn is_led_by_owner(org: &Org<'_>, product: ProductIx, duty: DutyIx) -> bool {
    let owners = match org.model(product) {
        Model::Combined => org.combined_people(product),
        Model::StrongOwner => org.seated(product, SeatKind::ProductOwner),
        _ => return false,
    };
    let decision = org.decision(duty, Subject::Product(product));
    owners.iter().any(|owner| decision.is_decided_by(Actor::Person(*owner)))
}

/// Tells each record that asks for approval once, however many subjects inherit it.
fn approvals(
    org: &Org<'_>,
    duty: DutyIx,
    subject: Subject,
    severity: Severity,
    told: &mut BTreeSet<RecordIx>,
    gaps: &mut Gaps<'_>,
) {
    let owners = org.owners_of(duty, subject);
    if owners.is_empty() {
        return;
    }
    let decision = org.decision(duty, subject);
    for record in decision.records.iter().copied() {
        let about = Subject::from(org[record].scope);
        if gaps.fired_for(&people_manager_decides_product::RULE, about, duty) {
            continue;
        }
        let mut approvers = approvers(org, record, subject, &owners);
        if gaps.fired_for(&scaling_dilutes_owner::RULE, about, duty) {
            approvers.retain(|party| !is_coordination(org, party, subject));
        }
        if !approvers.is_empty() && told.insert(record) {
            gaps.add(gap(org, duty, record, subject, decision, &approvers).severity(severity));
        }
    }
}

/// Those who must say yes and do not decide themselves.
fn approvers<'o>(org: &'o Org<'_>, record: RecordIx, subject: Subject, owners: &[Actor]) -> Vec<&'o Party> {
    let is_other = |party: &&Party| match party.who {
        Who::Actor(actor) => !owners.contains(&actor),
        Who::Seat(seat) => org.seat_at(subject, seat).iter().any(|holder| !owners.contains(&holder.actor)),
        Who::Developers => !owners.iter().any(|owner| matches!(owner, Actor::Team(_))),
    };
    org[record].approves.iter().flat_map(|approves| &approves.named).filter(is_other).collect()
}

/// Whether one who is named is, or stands for, a body that coordinates teams.
fn is_coordination(org: &Org<'_>, party: &Party, subject: Subject) -> bool {
    let is_body = |actor: Actor| actor.person().is_some_and(|person| org[person].coordinates);
    match party.who {
        Who::Actor(actor) => is_body(actor),
        Who::Seat(seat) => org.seat_at(subject, seat).iter().any(|holder| is_body(holder.actor)),
        Who::Developers => false,
    }
}

fn gap(org: &Org<'_>, duty: DutyIx, record: RecordIx, subject: Subject, decision: &Decision, approvers: &[&Party]) -> Gap {
    let about = Subject::from(org[record].scope);
    let id = &org[duty].id;
    let names: Vec<String> = approvers.iter().map(|party| org.party_in_role(party)).collect();
    let owners = org.owners_of(duty, subject);
    let by_word = decision.deciders().first().is_some_and(|decider| decider.word.is_some());
    let need = if by_word || owners.len() == 1 { "needs" } else { "need" };
    let who = match decision.deciders().first().map(|decider| decider.word) {
        Some(Some(Word::Seat(seat, _))) => format!("the {}", seat.title()),
        Some(Some(Word::Developers)) => "the team".to_owned(),
        _ => org.names(owners),
    };
    let whose = org.reach_title(org[record].scope, subject);
    let message = match names.as_slice() {
        [one] => format!("{who} {need} approval from {one} for {id} of {whose}"),
        several => format!("{who} {need} {} approvals for {id} of {whose}, from {}", several.len(), joined(several)),
    };
    let at = approvers.first().map_or(org[record].at, |party| party.at);
    let gap = Gap::new(about, at, message).duty(duty).note_of(&org[record]);
    let gap = gap.label(org[record].at, "for every such decision");
    let fix = format!(
        "Delete `approves` from `{}`; `escalates-to` keeps a last resort for what is contested or major.",
        org.covered(org[record].covers)
    );
    approvers.iter().fold(gap, |gap, party| gap.label(party.at, "must say yes too")).fix(fix)
}
