//! A backlog that serves nothing of what its product is after.

use crate::rules::backlog::product_goal_missing;
use crate::rules::prelude::*;
use crate::source::Span;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "roadmap-backlog-disconnected",
    group: Group::Strategy,
    severity: Severity::Warning,
    otherwise: "",
    summary: "a backlog serves nothing of what the product is after",
    why: "Work that serves no goal is done all the same, at the price of work that would.",
    question: "Which goal does the work in the backlog serve, and what can be dropped?",
    fix: "Name under `serves` of the backlog the goal or the outcomes of the roadmap that it serves, and drop work that serves none of them.",
    passages: &["D4-112", "D4-002", "D4-115"],
    also: &["D2-018", "D2-021", "D3-014", "D3-026", "D4-045", "D4-056", "D4-064", "D4-065", "D4-070", "D4-081", "D4-114"],
    dissent: &[],
    yields_to: &[&product_goal_missing::RULE],
    fires: r#"
people: {ann: Ann, ben: Ben}
products:
  checkout: {name: Checkout, goal: Fewer abandoned baskets, roadmap: {outcomes: [faster payments]}}
  billing: {name: Billing, product-owner: ann}   #~ the backlog of Billing has nothing to serve: neither a goal nor a roadmap of Billing is recorded
teams:
  core: {name: Core, product: checkout, backlog: core, product-owner: ann}
  web: {name: Web, product: checkout, backlog: web, product-owner: ben}     #~ the backlog of Web does not name what it serves, and other backlogs of Checkout do
  ops: {name: Ops, product: checkout, backlog: ops, product-owner: ben}
backlogs:
  core: {serves: [Faster payments.]}
  ops: {serves: [a new data centre]}       #~ the backlog of Ops serves "a new data centre", which is neither the goal nor an outcome on the roadmap of Checkout
"#,
    clean: r#"
people: {ann: Ann, ben: Ben}
products:
  checkout: {goal: Fewer abandoned baskets, roadmap: {outcomes: [faster payments]}}
  billing: {product-owner: ann, goal: One invoice a month}
teams:
  core: {product: checkout, backlog: core, product-owner: ann}
  web: {product: checkout, backlog: web, product-owner: ben}
  shown: {product: checkout, backlog: shown}
backlogs:
  core: {serves: [a new data centre, fewer abandoned baskets]}
  web: {serves: [faster payments]}
  shown: {view-of: core}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let real = || org.audited_backlogs().filter(|(_, backlog)| backlog.view_of.is_none());
    let served: BTreeSet<ProductIx> =
        real().filter(|(backlog, _)| serves(org, *backlog).is_some()).flat_map(|(_, facts)| &facts.products).copied().collect();
    for (backlog, facts) in real() {
        let is_asked = |product: &&ProductIx| org[**product].audited && !is_told(org, **product, gaps);
        let products: Vec<ProductIx> = facts.products.iter().filter(is_asked).copied().collect();
        if let Some((at, message)) = disconnected(org, backlog, &products, &served) {
            gaps.add(Gap::new(Subject::Backlog(backlog), at, message).fix(fix(org, backlog)));
        }
    }
}

/// Whether the missing goal of a product has been told, and there is no roadmap that the backlog could follow instead.
fn is_told(org: &Org<'_>, product: ProductIx, gaps: &Gaps<'_>) -> bool {
    org[product].facts.roadmap.is_none() && gaps.fired(&product_goal_missing::RULE, Subject::Product(product))
}

/// What a backlog is recorded as serving, and where.
fn serves<'o>(org: &'o Org<'_>, backlog: BacklogIx) -> Option<(Span, Vec<&'o str>)> {
    let serves = org[backlog].facts.as_ref()?.serves.as_ref()?;
    let outcomes: Vec<&str> = serves.value.items.iter().map(|outcome| outcome.text.as_ref()).collect();
    (!outcomes.is_empty()).then_some((serves.key, outcomes))
}

fn disconnected(
    org: &Org<'_>,
    backlog: BacklogIx,
    products: &[ProductIx],
    served: &BTreeSet<ProductIx>,
) -> Option<(Span, String)> {
    let title = || org.title(Subject::Backlog(backlog));
    let place = org.place(Subject::Backlog(backlog));
    if let Some((at, outcomes)) = serves(org, backlog) {
        let is_wanted = |outcome: &&str| {
            let mut wanted = products.iter().flat_map(|product| wanted(org, *product));
            wanted.any(|wanted| is_same(wanted, outcome))
        };
        if products.is_empty() || outcomes.iter().any(is_wanted) {
            return None;
        }
        let quoted: Vec<String> = outcomes.iter().map(|outcome| format!("\"{outcome}\"")).collect();
        let whose = org.product_names(products);
        let none = if let [_] = outcomes.as_slice() { "which is neither" } else { "none of which is" };
        let or = if let [_] = outcomes.as_slice() { "nor" } else { "or" };
        let served = joined(&quoted);
        let message = format!("{} serves {served}, {none} the goal {or} an outcome on the roadmap of {whose}", title());
        return Some((at, message));
    }
    if let Some(product) = products.iter().find(|product| served.contains(product)) {
        let other = org[*product].name();
        return Some((place, format!("{} does not name what it serves, and other backlogs of {other} do", title())));
    }
    let is_aimless = |product: &&ProductIx| org[**product].facts.goal.is_none() && org[**product].facts.roadmap.is_none();
    let name = org[*products.iter().find(is_aimless)?].name();
    Some((place, format!("{} has nothing to serve: neither a goal nor a roadmap of {name} is recorded", title())))
}

/// What a product is after: its goal, and the outcomes of its roadmap.
fn wanted<'o>(org: &'o Org<'_>, product: ProductIx) -> impl Iterator<Item = &'o str> {
    let facts = &org[product].facts;
    let outcomes = facts.roadmap.iter().filter_map(|roadmap| roadmap.value.outcomes.as_ref());
    let outcomes = outcomes.flat_map(|outcomes| &outcomes.value.items);
    facts.goal.iter().map(|goal| &goal.value).chain(outcomes).map(|text| text.text.as_ref())
}

/// Whether two texts differ in nothing but capitals, blanks and the full stop.
fn is_same(one: &str, other: &str) -> bool {
    one == other || letters(one).eq(letters(other))
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    let words = text.trim_end_matches('.').split_whitespace();
    words.flat_map(|word| word.chars().flat_map(char::to_lowercase).chain([' ']))
}

fn fix(org: &Org<'_>, backlog: BacklogIx) -> String {
    let id = &org[backlog].id;
    format!("Write under `serves` of backlogs.{id} the goal of its product, or outcomes of the roadmap, in the same words.")
}
