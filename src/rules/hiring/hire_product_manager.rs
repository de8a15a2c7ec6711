//! Signals of missing direction, and nobody who does the work of a product manager.

use crate::document::Role;
use crate::org::each_once;
use crate::org::model::STRATEGY_CORE;
use crate::rules::prelude::*;
use crate::rules::{hiring, signs};

/// The rule.
pub static RULE: Rule = Rule {
    name: "hire-product-manager",
    group: Group::Hiring,
    severity: Severity::Info,
    otherwise: "",
    summary: "the signals speak for a product manager",
    why: "Where nobody settles whom to build for and why, better order in the work only speeds up the wrong work.",
    question: "Should a product manager be hired, or someone here get the time and the say?",
    fix: "Assign the work to a person, or open a role with a mandate.",
    passages: &["D4-183", "D4-182"],
    also: &[
        "D2-002", "D4-010", "D4-184", "D4-185", "D4-186", "D4-187", "D4-188", "D4-189", "D4-190", "D4-191", "D4-192", "D4-193",
        "D4-194", "D4-273", "D4-298", "D4-300", "D4-301", "D4-302", "D4-303", "D4-308", "D4-311", "D4-315", "D4-346",
    ],
    dissent: &["D3-027"],
    yields_to: &[&hiring::opening_mismatch::RULE, &hiring::split_combined_role::RULE, &hiring::first_hire::RULE],
    fires: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout:                          #~ 2 signals of missing direction and 1 of unclear delivery are recorded for Checkout, and nobody does the work of a product manager
    name: Checkout
    product-owner: ann
    signals: [decisions-scattered, roadmap-unclear, developers-wait]
  billing:                           #~ 2 signals of missing direction are recorded for Billing although Kim is its product manager
    name: Billing
    product-manager: kim
    product-owner: ann
    signals: [decisions-scattered, roadmap-unclear]
"#,
    clean: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout: {product-owner: ann, signals: [decisions-scattered]}
  billing: {product-owner: ann, signals: [decisions-scattered, roadmap-unclear, developers-wait, items-not-ready]}
  search: {product-owner: ann, signals: [decisions-scattered, roadmap-unclear]}
openings:
  manager: {role: product-manager, product: search, gap: [roadmap-ownership]}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (product, facts) in org.audited_products() {
        let situation = gaps.situation(org, product);
        let enough = gaps.numbers().hire_threshold as usize;
        let points_here = situation.direction.len() >= enough && situation.direction.len() > situation.delivery.len();
        let is_ruled_out = || signs::is_opened(org, product, Role::ProductManager) || signs::is_told(org, situation, gaps);
        let is_given = || situation.direction.iter().any(|observed| org.observed(product, observed.signal).is_some());
        if !points_here || is_ruled_out() {
            continue;
        }
        // Where the strategy core has its owner, facts alone do not speak against that.
        let leads = matches!(org.model(product), Model::StrongOwner | Model::FounderLed);
        let manages = |manager: &PersonIx| org.owns_strategy_core(*manager, product);
        if (leads || org.managers(product).iter().any(manages)) && !is_given() {
            continue;
        }
        let name = facts.name();
        let counted = signs::counted_with_verb(situation);
        let managers = org.names(org.managers(product).into_iter().map(Actor::Person));
        let subject = Subject::Product(product);
        let gap = if managers.is_empty() {
            let strategists = strategists(org, product);
            let who = match strategists.as_slice() {
                _ if leads => "nobody does the work of a product manager as the main task".to_owned(),
                [] => "nobody does the work of a product manager".to_owned(),
                [only] => format!("nobody is its product manager; {} decides on its strategy without that seat", org.name(*only)),
                several => {
                    let names = org.names(several.iter().copied());
                    format!("nobody is its product manager; {names} decide on its strategy without that seat")
                }
            };
            Gap::new(subject, org.place(subject), format!("{counted} recorded for {name}, and {who}"))
        } else {
            let role = if managers.contains(" and ") { "are its product managers" } else { "is its product manager" };
            let message = format!("{counted} recorded for {name} although {managers} {role}");
            let fix =
                "Before you hire, look at what the product manager may decide, at the time for it, and at what leaders decide.";
            Gap::new(subject, org.place(subject), message).fix(fix)
        };
        gaps.add(signs::labelled(gap, &situation.direction));
    }
}

/// Who decides anything of the strategy core, by id or by seat.
fn strategists(org: &Org<'_>, product: ProductIx) -> Vec<Actor> {
    let owners = STRATEGY_CORE.iter().flat_map(|duty| org.owners_of(*duty, Subject::Product(product)));
    each_once(owners, |owner| *owner)
}
