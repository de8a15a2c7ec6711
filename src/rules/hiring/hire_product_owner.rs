//! Signals of unclear delivery, a strategy that stands, and no product owner who may decide.

use crate::advise::situation::{Held, Situation};
use crate::document::Role;
use crate::rules::prelude::*;
use crate::rules::{authority, hiring, signs};

/// The rule.
pub static RULE: Rule = Rule {
    name: "hire-product-owner",
    group: Group::Hiring,
    severity: Severity::Info,
    otherwise: "",
    summary: "the signals speak for a product owner",
    why: "A strategy that nobody turns into ordered work reaches the developers as questions.",
    question: "Who should turn plans into ordered work: someone here, or a new product owner?",
    fix: "Open the role of a product owner, with authority over the order of the backlog.",
    passages: &["D4-200", "D4-201"],
    also: &[
        "D4-011", "D4-164", "D4-202", "D4-204", "D4-205", "D4-206", "D4-207", "D4-208", "D4-209", "D4-210", "D4-211", "D4-212",
        "D4-213", "D4-214", "D4-227", "D4-275", "D4-276", "D4-299", "D4-304", "D4-305", "D4-306", "D4-307", "D4-308", "D4-309",
        "D4-312", "D4-313",
    ],
    dissent: &["D4-315"],
    yields_to: &[
        &hiring::opening_mismatch::RULE,
        &hiring::split_combined_role::RULE,
        &hiring::first_hire::RULE,
        &authority::owner_without_decisions::RULE,
    ],
    fires: r#"
people: {kim: Kim}
products:
  checkout:                          #~ 2 signals of unclear delivery are recorded for Checkout; its strategy stands, and nobody is product owner
    name: Checkout
    definition: Everything between a full basket and a paid order
    customers: [shoppers]
    goal: Halve the number of abandoned baskets
    metrics: [{name: conversion, owner: kim}]
    product-manager: kim
    responsibilities: {strategy.*: kim}
    signals: [developers-wait, items-not-ready]
"#,
    clean: r#"
people: {kim: Kim, ann: Ann}
products:
  checkout:
    definition: Everything between a full basket and a paid order
    customers: [shoppers]
    goal: Halve the number of abandoned baskets
    metrics: [{name: conversion, owner: kim}]
    product-manager: kim
    product-owner: ann
    responsibilities: {strategy.*: kim}
    signals: [developers-wait, items-not-ready]
  billing:
    product-manager: kim
    signals: [developers-wait, items-not-ready]
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (product, facts) in org.audited_products() {
        let situation = gaps.situation(org, product);
        let enough = gaps.numbers().hire_threshold as usize;
        let points_here = situation.delivery.len() >= enough && situation.delivery.len() >= situation.direction.len();
        let is_ruled_out = || signs::is_opened(org, product, Role::ProductOwner) || signs::is_told(org, situation, gaps);
        if !points_here || !situation.has_strategy() || is_ruled_out() {
            continue;
        }
        let Some((ground, fix)) = ground(org, situation, gaps) else { continue };
        let message =
            format!("{} recorded for {}; its strategy stands, and {ground}", signs::counted_with_verb(situation), facts.name());
        let subject = Subject::Product(product);
        let gap = Gap::new(subject, org.place(subject), message).fix(fix);
        gaps.add(signs::labelled(gap, &situation.delivery));
    }
}

/// Why a product owner is missing, and what to do: nobody holds the seat, its holder may not decide, or a manager does the work.
fn ground(org: &Org<'_>, situation: &Situation, gaps: &Gaps<'_>) -> Option<(String, &'static str)> {
    let unempowered = || {
        let owners = org.seated(situation.product, SeatKind::ProductOwner);
        let signal = situation.delivery.iter().any(|observed| observed.signal == signals::NO_EMPOWERED_OWNER);
        let is_administrator = |owner: &PersonIx| gaps.fired(&authority::owner_without_decisions::RULE, Subject::Person(*owner));
        (signal || owners.iter().any(is_administrator)).then(|| {
            let fix = "No hire: give the product owner the decisions of backlog.order and delivery.tradeoffs instead.";
            ("the product owner may not decide".to_owned(), fix)
        })
    };
    let busy = org.managers(situation.product).into_iter().find_map(|person| Some((person, org.week_of_delivery(person)?)));
    let manager =
        || busy.map(|(person, share)| format!("{} spends {share} % of the week on backlog and delivery", org[person].name()));
    let overloaded = || Some((manager()?, "Hand the work on the backlog to a product owner who has the time for it."));
    match situation.held {
        Held::Nobody | Held::Founder | Held::Manager => {
            let manager = manager().map_or(String::new(), |manager| format!("; {manager}"));
            Some((format!("nobody is product owner{manager}"), RULE.fix))
        }
        Held::Combined => overloaded(),
        Held::Both => overloaded().or_else(unempowered),
        Held::Owner => unempowered(),
    }
}
