//! A product of which nobody has written down what it is, or for whom.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "product-undefined",
    group: Group::Structure,
    severity: Severity::Warning,
    otherwise: "error for a product without definition whose product owner also leads the strategy",
    summary: "it is not written down what a product is, or for whom",
    why: "Who owns a product without edges owns whatever is called part of it today, and cannot say no to anything.",
    question: "What is the product, where does it end, and whom is it for?",
    fix: "Write `definition` (what the product is, and where it ends) and `customers`.",
    passages: &["D0-030", "D0-010"],
    also: &["D0-008", "D0-032", "D3-010"],
    dissent: &["D1-016"],
    yields_to: &[],
    fires: r#"
people: {omar: Omar}
products:
  checkout: {name: Checkout}          #~ no definition of Checkout is recorded, and neither are its customers or segments
  billing: {name: Billing, customers: [accountants]}               #~ no definition of Billing is recorded
  maps: {name: Maps, definition: Maps of every trail}              #~ no customers or segments of Maps are recorded
  search:                             #~ no definition of Search is recorded, although its product owner also leads its strategy
    name: Search
    customers: [shoppers]
    product-owner: omar
    responsibilities: {strategy.*: omar}
"#,
    clean: r#"
people: {omar: Omar}
products:
  checkout: {definition: Everything between a full basket and a paid order, customers: [shoppers]}
  billing: {definition: Invoices and reminders, segments: [wholesale]}
  old: {stage: retired}
  thought: {stage: idea}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (product, facts) in org.audited_products() {
        let title = facts.name();
        let is_undefined = facts.facts.definition.is_none();
        let is_strong = || org.model(product) == Model::StrongOwner;
        let (message, keys) = match (is_undefined, facts.names_customers()) {
            (false, true) => continue,
            (true, true) => (format!("no definition of {title} is recorded"), "`definition: …`"),
            (false, false) => (format!("no customers or segments of {title} are recorded"), "`customers: […]`"),
            (true, false) => (
                format!("no definition of {title} is recorded, and neither are its customers or segments"),
                "`definition: …` and `customers: […]`",
            ),
        };
        let fix = format!("Write {keys} under products.{}.", facts.id.id);
        let gap = Gap::new(Subject::Product(product), facts.id.at, message).fix(fix);
        gaps.add(if is_undefined && is_strong() {
            gap.adding(", although its product owner also leads its strategy").severity(Severity::Error)
        } else {
            gap
        });
    }
}
