//! An order of the backlog that others go around.

use crate::org::signals::Observed;
use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "owner-overruled",
    group: Group::Authority,
    severity: Severity::Warning,
    otherwise: "",
    summary: "others go around the order of the backlog",
    why: "An order that can be got around is a suggestion; developers stop looking at it.",
    question: "Who may overrule the order of the backlog, and in which cases?",
    fix: "Agree that every request goes through the product owner, and name one person who has the final call.",
    passages: &["D4-218", "D0-008"],
    also: &["D0-009"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
organization: {signals: [order-not-respected]}              #~ it was observed that stakeholders go around the order of the backlogs of the organization
people: {ann: Ann, kim: Kim}
products:
  checkout:
    name: Checkout
    product-owner: ann
    signals: [order-not-respected]                          #~ it was observed that stakeholders go around the order of the backlog of Checkout; Kim has the final call
    responsibilities: {priorities.conflict: kim}
teams:
  core: {name: Core, product: checkout, signals: [order-not-respected]}   #~ go around the order of the backlog of Core
"#,
    clean: r#"
people: {ann: Ann}
products:
  checkout: {product-owner: ann, signals: [priorities-inconsistent]}
  search: {stage: retired, product-owner: ann, signals: [order-not-respected]}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let products = org.audited_products().map(|(product, _)| Subject::Product(product));
    let teams = org.audited_teams().map(|(team, _)| Subject::Team(team));
    let people = org.people().map(|(person, _)| Subject::Person(person));
    for subject in [Subject::Organization].into_iter().chain(products).chain(teams).chain(people) {
        let observed = org.signals_on(subject).find(|observed| observed.signal == signals::ORDER_NOT_RESPECTED);
        gaps.extend(observed.map(|observed| gap(org, subject, observed)));
    }
}

fn gap(org: &Org<'_>, subject: Subject, observed: Observed) -> Gap {
    let whose = match subject {
        Subject::Organization => format!("the backlogs of {}", org.title(subject)),
        Subject::Person(_) => format!("the backlog that {} looks after", org.title(subject)),
        _ => format!("the backlog of {}", org.title(subject)),
    };
    let product = match subject {
        Subject::Product(product) => Some(product),
        Subject::Team(team) => match org[team].products.as_slice() {
            [only] => Some(*only),
            _ => None,
        },
        _ => None,
    };
    let message = format!("it was observed that stakeholders go around the order of {whose}");
    let gap = Gap::new(subject, observed.at, message);
    let call = product.map(|product| org.decision(duties::PRIORITIES_CONFLICT, Subject::Product(product)));
    let Some([Decider { actor, .. }]) = call.map(Decision::deciders) else { return gap };
    let name = org.name(*actor);
    let gap = gap.adding(&format!("; {name} has the final call when priorities conflict"));
    let is_owner = org.seat_at(subject, SeatKind::ProductOwner).iter().any(|owner| owner.actor == *actor);
    gap.fix(if is_owner {
        format!("Agree that every request goes through {name}, the product owner, whose word is the last.")
    } else {
        format!("Agree that every request goes through the product owner, and that {name} backs the order.")
    })
}
