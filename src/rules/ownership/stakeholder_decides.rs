//! Leaders or stakeholders who decide in place of the product people.

use crate::rules::prelude::*;
use crate::rules::structure::project_manager_holds_product;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "stakeholder-decides",
    group: Group::Ownership,
    severity: Severity::Warning,
    otherwise: "info where the right is temporary and its last day has not passed",
    summary: "leaders or stakeholders decide in place of the product people",
    why: "Each of them sees one side of the product; decided from several sides at once, it has no direction.",
    question: "Do leaders and stakeholders decide this or only advise, and until when?",
    fix: "Put the product person under `decides`, and the leader or stakeholder under `input`.",
    passages: &["D4-320", "D4-186"],
    also: &["D4-020", "D4-025", "D4-183"],
    dissent: &["D4-345", "D4-321"],
    yields_to: &[&project_manager_holds_product::RULE],
    fires: r#"
people: {ann: Ann, vera: {name: Vera, position: leader}, sales: {name: Sales, kind: group, position: stakeholder}}
products:
  checkout:
    name: Checkout
    product-manager: ann
    responsibilities:
      strategy.*: ann
      roadmap.priorities: [vera, sales]                         #~ Sales (stakeholder) and Vera (leader) decide roadmap.priorities for Checkout
      scope.changes: {decides: vera, until: 2027-01-31}         #~ Vera (leader) decides scope.changes for Checkout until 2027-01-31
  search:
    name: Search
    product-manager: ann
    responsibilities:
      strategy.product: ann
      strategy.vision: vera       #~ Vera (leader) decides strategy.vision for Search; 2 of its 3 recorded decisions on strategy and roadmap
      roadmap.priorities: vera    #~ Vera (leader) decides roadmap.priorities for Search
"#,
    clean: r#"
organization: {responsibilities: {people.manage: vera}}
people: {ann: Ann, vera: {name: Vera, position: leader}, finn: {name: Finn, position: founder}}
products:
  checkout:
    product-manager: ann
    responsibilities:
      strategy.*: {decides: [ann, vera], input: [vera]}
      roadmap.priorities: {decides: ann, approves: vera}
  search:
    product-owner: ann
    responsibilities: {strategy.*: finn, release.decision: vera}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let mut told = BTreeSet::new();
    for (product, _) in org.audited_products() {
        let decisions = org.decisions_on(Subject::Product(product)).filter(|(duty, _)| is_of_product_people(org, *duty));
        for (duty, decision) in decisions.filter(|(_, decision)| org.is_decided_outside(decision, product)) {
            let Some(record) = decision.answered_by.first().copied() else { continue };
            let about = Subject::from(org[record].scope);
            let is_reported = gaps.fired_for(&project_manager_holds_product::RULE, about, duty);
            if !is_reported && told.insert((duty, record)) {
                gaps.add(gap(org, duty, product, decision, record));
            }
        }
    }
}

/// Whether the documents leave a duty to the product people.
fn is_of_product_people(org: &Org<'_>, duty: DutyIx) -> bool {
    matches!(duty, duties::SCOPE_CHANGES | duties::PRIORITIES_CONFLICT)
        || org[duty].built_in.is_some_and(|duty| matches!(duty.area(), "strategy" | "roadmap"))
}

fn gap(org: &Org<'_>, duty: DutyIx, product: ProductIx, decision: &Decision, record: RecordIx) -> Gap {
    let subject = Subject::Product(product);
    let (record, id) = (&org[record], &org[duty].id);
    let deciders = decision.deciders();
    let mut names: Vec<String> = deciders.iter().map(|decider| org.name_in_role(decider.actor)).collect();
    names.sort_unstable();
    let decide = if names.len() == 1 { "decides" } else { "decide" };
    let whose = org.reach_title(record.scope, subject);
    let mut message = format!("{} {decide} {id} for {whose}", joined(&names));
    let severity = match record.until {
        Some(until) => {
            message.push_str(&format!(" until {}", until.date));
            Severity::Info
        }
        None => Severity::Warning,
    };
    let (outside, all) = org.decided_outside(product);
    if outside * 2 > all && Subject::from(record.scope) == subject {
        message.push_str(&format!(
            "; {outside} of its {all} recorded decisions on strategy and roadmap lie with leaders and stakeholders"
        ));
    }
    let word =
        [SeatKind::ProductManager, SeatKind::ProductOwner].into_iter().find(|seat| !org.seat_at(subject, *seat).is_empty());
    let ids: Vec<&str> = deciders.iter().filter_map(|decider| Some(org[decider.actor.person()?].id.id.as_ref())).collect();
    let fix = format!(
        "Write `{}: {{decides: {}, input: [{}]}}` under `responsibilities` of {}.",
        org.covered(record.covers),
        word.map_or("…", SeatKind::word),
        ids.join(", "),
        org.path(record.scope.into())
    );
    let at = deciders.first().map_or(record.at, |decider| decider.at);
    let gap = Gap::new(record.scope.into(), at, message).duty(duty).severity(severity).note_of(record).fix(fix);
    deciders.iter().fold(gap, |gap, decider| gap.label(decider.at, "decides too"))
}
