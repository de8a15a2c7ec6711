//! A product manager who does not talk with the developers.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "manager-away-from-developers",
    group: Group::Collaboration,
    severity: Severity::Warning,
    otherwise: "",
    summary: "the product manager does not talk with the developers",
    why: "Priorities that were set without those who build ask for the wrong thing at the wrong price.",
    question: "Where does the product manager meet the developers, or who speaks for them?",
    fix: "Take part in planning, reviews or discovery with the developers, and write it under `rhythm`.",
    passages: &["D4-288", "D4-097"],
    also: &["D4-019", "D4-076", "D4-082", "D4-138"],
    dissent: &["D2-029"],
    yields_to: &[],
    fires: r#"
people:
  kim: Kim                          #~ no meeting of Kim, product manager of Checkout, with its developers is recorded
  lee: Lee
  ann: Ann
products:
  checkout: {name: Checkout, product-manager: kim, product-owner: ann}
  billing: {name: Billing, product-manager: lee}
teams:
  core: {product: checkout}
  bills: {product: billing}
rhythm:
  - {who: [kim, ann], every: week}
  - {who: [lee, developers], every: quarter, kind: review}   #~ Lee, product manager of Billing, meets its developers every 91 days at best; this tool's limit is 30 days (manager-developers-days)
"#,
    clean: r#"
people: {kim: Kim, lee: Lee, ann: Ann, rosa: Rosa}
products:
  checkout: {product-manager: kim, product-owner: ann}
  billing: {product-manager: lee}
  search: {product-manager: rosa, product-owner: rosa}
teams:
  core: {product: checkout}
  web: {product: checkout}
  bills: {product: billing}
  find: {product: search}
rhythm:
  - {who: [kim, ann, core], every: month, kind: review}
  - {who: [rosa, customers], every: week}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let days = gaps.numbers().manager_developers_days;
    for (product, _) in org.audited_products() {
        if matches!(org.model(product), Model::Split | Model::ManagerOnly) {
            let managers = org.managers(product).into_iter();
            // Of whom nothing is recorded, nothing is missing.
            let managers = managers.filter(|manager| org.has_rhythm(Actor::Person(*manager)));
            gaps.extend(managers.filter_map(|manager| away(org, product, manager, days)));
        }
    }
}

/// What keeps a product manager away from every team of a product; one of them is enough.
fn away(org: &Org<'_>, product: ProductIx, manager: PersonIx, days: u32) -> Option<Gap> {
    let subject = Subject::Person(manager);
    let who = format!("{}, product manager of {}", org[manager].name(), org[product].name());
    let first = org.built_teams(&org[product].teams).next()?;
    let with = With::Actor(Actor::Person(manager));
    let talks = org.built_teams(&org[product].teams).filter_map(|team| org.closest_talk(Actor::Team(team), with));
    let (at, message) = match talks.min_by_key(|talk| talk.every_days) {
        Some(talk) if talk.every_days <= days => return None,
        Some(talk) => {
            let limit = format!("this tool's limit is {days} days (manager-developers-days)");
            (talk.at, format!("{who}, meets its developers every {} days at best; {limit}", talk.every_days))
        }
        None => (org.place(subject), format!("no meeting of {who}, with its developers is recorded")),
    };
    let ids = (&org[manager].id.id, &org[first].id.id);
    let fix = format!("Meet them, and write `{{who: [{}, {}], every: month, kind: review}}` under `rhythm`.", ids.0, ids.1);
    Some(Gap::new(subject, at, message).fix(fix))
}
