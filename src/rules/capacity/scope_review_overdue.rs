//! A wide scope that nobody has looked at for long.

use crate::document::value::Day;
use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "scope-review-overdue",
    group: Group::Capacity,
    severity: Severity::Info,
    otherwise: "warning for one person who is product manager and product owner of a product",
    summary: "nobody has looked at a wide scope for long",
    why: "Scopes grow by one small yes at a time; only a look at the whole shows when they have become too wide.",
    question: "Is this still work for one person, and when is it looked at again?",
    fix: "Go through scope, teams and the split of the week together, and write the day under `scope-reviewed`.",
    passages: &["D4-286"],
    also: &[],
    dissent: &[],
    yields_to: &[],
    fires: r#"
as-of: 2026-11-21
people:
  rosa: {name: Rosa, scope-reviewed: 2026-03-01}   #~ the scope of Rosa, product manager and product owner of Billing, was last reviewed 265 days ago; this tool's limit is 180 days
  omar: {name: Omar, since: 2024-01-15}            #~ no review of the scope of Omar, product owner for 2 teams, is recorded
products:
  billing: {name: Billing, product-manager: rosa, product-owner: rosa}
  checkout: {name: Checkout, product-owner: omar}
teams:
  payments: {product: checkout}
  basket: {product: checkout}
"#,
    clean: r#"
as-of: 2026-11-21
people:
  rosa: {scope-reviewed: 2026-09-01}
  omar: {since: 2026-09-01}
  dana: Dana
  lee: Lee
products:
  billing: {product-manager: rosa, product-owner: rosa}
  checkout: {product-owner: omar}
  search: {product-manager: dana, product-owner: lee}
teams:
  payments: {product: checkout}
  basket: {product: checkout}
  find: {product: search}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let limit = gaps.numbers().scope_review_days;
    let combined = org.combined();
    let owners = org.people().filter(|(_, facts)| !facts.is_group() && facts.holds(SeatKind::ProductOwner));
    for (person, _) in owners {
        let (role, severity) = match combined.get(&person) {
            Some(products) => {
                let role = format!("product manager and product owner of {}", org.product_names(products));
                (role, Severity::Warning)
            }
            None => {
                let teams = org.load(person, &[SeatKind::ProductOwner]).teams;
                if teams < 2 {
                    continue;
                }
                (format!("product owner for {teams} teams"), Severity::Info)
            }
        };
        gaps.extend(overdue(org, person, &role, limit).map(|gap| gap.severity(severity)));
    }
}

fn overdue(org: &Org<'_>, person: PersonIx, role: &str, limit: u32) -> Option<Gap> {
    let facts = &org[person];
    let days_ago = |day: Day| i64::from((org.as_of - day.date).get_days());
    let is_new = facts.facts.since.as_ref().is_some_and(|since| days_ago(since.value) < i64::from(limit));
    if is_new {
        return None;
    }
    let who = facts.name();
    let (at, message) = match facts.facts.scope_reviewed.as_ref().map(|given| given.value) {
        None => (facts.id.at, format!("no review of the scope of {who}, {role}, is recorded")),
        Some(reviewed) if days_ago(reviewed) > i64::from(limit) => {
            let days = days_ago(reviewed);
            let limit = format!("this tool's limit is {limit} days (scope-review-days)");
            (reviewed.at, format!("the scope of {who}, {role}, was last reviewed {days} days ago; {limit}"))
        }
        Some(_) => return None,
    };
    let fix = format!(
        "Go through scope, teams and the split of the week together, and write `scope-reviewed: {}` under people.{}.",
        org.as_of, facts.id.id
    );
    Some(Gap::new(Subject::Person(person), at, message).fix(fix))
}
