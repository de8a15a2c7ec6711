//! Somebody who does a product manager's work without the seat.

use crate::document::Position;
use crate::org::Scope;
use crate::rules::ownership::stakeholder_decides;
use crate::rules::prelude::*;
use crate::rules::structure::project_manager_holds_product;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "product-work-without-role",
    group: Group::Ownership,
    severity: Severity::Info,
    otherwise: "",
    summary: "somebody decides strategy, market or roadmap without a product seat",
    why: "Whoever does this work is a product manager in all but name, and is left out wherever product people meet.",
    question: "Should this work come with a product role, or go to someone who has one?",
    fix: "Record the seat that the person fills, or let a product person decide.",
    passages: &["D1-010"],
    also: &["D3-027"],
    dissent: &[],
    yields_to: &[&stakeholder_decides::RULE, &project_manager_holds_product::RULE],
    fires: r#"
people: {ann: Ann, kim: Kim, dev: {name: Dev, position: developer}}
products:
  checkout:
    name: Checkout
    product-manager: kim
    responsibilities:
      strategy.product: kim
      market.research: dev         #~ Dev decides market.research for Checkout, and so acts as a product manager without a product seat
      roadmap.initiatives: ann     #~ Ann decides roadmap.initiatives for Checkout
"#,
    clean: r#"
organization: {responsibilities: {strategy.product: lou, people.manage: lou}}
people: {ann: Ann, kim: Kim, lou: {name: Lou, position: leader}, finn: {name: Finn, position: founder}}
products:
  checkout:
    product-owner: ann
    product-marketing-manager: kim
    responsibilities: {strategy.vision: finn, roadmap.*: ann, market.*: kim}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let mut told = BTreeSet::new();
    for (product, _) in org.audited_products() {
        let subject = Subject::Product(product);
        for (duty, decision) in org.decisions_on(subject).filter(|(duty, _)| is_direction(org, *duty)) {
            for decider in decision.deciders() {
                let Actor::Person(person) = decider.actor else { continue };
                if is_without_role(org, person)
                    && !may_decide(org, person, duty, decider.record)
                    && !is_reported(org, duty, decider.record, gaps)
                    && told.insert((person, duty, decider.record))
                {
                    gaps.add(gap(org, person, duty, subject, decider));
                }
            }
        }
    }
}

/// The work by which document 001 knows a product manager (D1-010).
fn is_direction(org: &Org<'_>, duty: DutyIx) -> bool {
    org[duty].built_in.is_some_and(|duty| matches!(duty.area(), "strategy" | "market" | "roadmap"))
}

/// Whether this is a person with neither a product seat nor the position of a founder.
fn is_without_role(org: &Org<'_>, person: PersonIx) -> bool {
    let person = &org[person];
    !person.is_group()
        && !SeatKind::PRODUCT.iter().any(|seat| person.holds(*seat))
        && person.position() != Some(Position::Founder)
}

/// A leader may decide the strategy of the whole organization.
fn may_decide(org: &Org<'_>, person: PersonIx, duty: DutyIx, record: RecordIx) -> bool {
    let is_leader = org[person].position() == Some(Position::Leader);
    duty == duties::STRATEGY_PRODUCT && is_leader && org[record].scope == Scope::Organization
}

/// Whether another rule speaks of the same record.
fn is_reported(org: &Org<'_>, duty: DutyIx, record: RecordIx, gaps: &Gaps<'_>) -> bool {
    let about = Subject::from(org[record].scope);
    [&stakeholder_decides::RULE, &project_manager_holds_product::RULE].into_iter().any(|rule| gaps.fired_for(rule, about, duty))
}

fn gap(org: &Org<'_>, person: PersonIx, duty: DutyIx, subject: Subject, decider: &Decider) -> Gap {
    let record = &org[decider.record];
    let name = org[person].name();
    let whose = org.reach_title(record.scope, subject);
    let message = format!("{name} decides {} for {whose}, and so acts as a product manager without a product seat", org[duty].id);
    let person_id = &org[person].id.id;
    let fix = match org.seat_at(subject, SeatKind::ProductManager).first() {
        Some(manager) => format!(
            "Let {}, the product manager, decide, and keep `{person_id}` under `does` or `input`; or record the product seat that \
             {name} holds.",
            org.name(manager.actor)
        ),
        None => format!(
            "Let a product person decide, and keep `{person_id}` under `does` or `input`; or, if {name} is to lead the product, write \
             `product-manager: {person_id}` under {}.",
            org.path(subject)
        ),
    };
    Gap::new(Subject::Person(person), decider.at, message).duty(duty).note_of(record).fix(fix)
}
