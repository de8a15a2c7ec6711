//! A team that is not built around one product.

use crate::document::Alignment;
use crate::rules::prelude::*;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "team-not-aligned-to-product",
    group: Group::Structure,
    severity: Severity::Warning,
    otherwise: "info where the only team of a small organization serves several products",
    summary: "a team is not built around one product",
    why: "A team that holds one layer or many products depends on others for everything that a customer would notice.",
    question: "Which one product is the team there for, and who uses it?",
    fix: "Build the team around one product from end to end, or declare the platform as a product with customers of its own.",
    passages: &["D0-031", "D0-032"],
    also: &["D0-013", "D0-033"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
products: {checkout: {name: Checkout}, search: {name: Search}, cloud: {name: Cloud}}
teams:
  data: {name: Data, product: checkout, aligned-to: technology}       #~ Data is built around a technology, not around a product
  forms: {name: Forms, product: checkout, aligned-to: component}      #~ Forms is built around a component, not around a product
  hosting: {name: Hosting, product: cloud, aligned-to: platform}      #~ Hosting is built around a platform of Cloud, of which no customers are recorded
  tools: {name: Tools, backlog: tools}                                #~ no product that Tools serves is recorded
  shop: {name: Shop, product: [checkout, search], backlog: shop}      #~ Shop serves 2 products: Checkout and Search
"#,
    clean: r#"
products:
  checkout: {}
  cloud: {customers: [the other teams]}
  old: {stage: retired}
teams:
  basket: {product: checkout, aligned-to: product}
  hosting: {product: cloud, aligned-to: platform}
  returns: {product: [checkout, old], backlog: returns}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (team, facts) in org.audited_teams() {
        let around = aligned_elsewhere(org, team);
        let is_shared_only = around.is_none() && !facts.products.is_empty();
        let severity = if is_shared_only && org.is_small() { Severity::Info } else { Severity::Warning };
        let mut grounds = [around, served(org, team)].into_iter().flatten();
        let Some(Ground { at, message, fix }) = grounds.next() else { continue };
        let gap = Gap::new(Subject::Team(team), at, message).severity(severity).fix(fix);
        gaps.add(grounds.fold(gap, |gap, Ground { at, message, fix }| {
            gap.adding(&format!("; {message}")).label(at, "and it serves these").fixing(&format!(" {fix}"))
        }));
    }
}

/// One thing that is wrong with what a team is built around.
struct Ground {
    at: Span,
    message: String,
    fix: String,
}

/// What else a team is built around.
fn aligned_elsewhere(org: &Org<'_>, team: TeamIx) -> Option<Ground> {
    let facts = &org[team];
    let aligned = facts.facts.aligned_to.as_ref()?;
    let title = facts.name();
    let other = match aligned.value {
        Alignment::Product => return None,
        Alignment::Technology => "technology",
        Alignment::Component => "component",
        Alignment::Platform => {
            let first = *facts.products.first()?;
            if facts.products.iter().any(|product| org[*product].names_customers()) {
                return None;
            }
            let of = org.product_names(&facts.products);
            let message = format!("{title} is built around a platform of {of}, of which no customers are recorded");
            let fix = format!(
                "Write who uses the platform, such as the other teams, under `customers` of {}.",
                org.path(Subject::Product(first))
            );
            return Some(Ground { at: aligned.key, message, fix });
        }
    };
    let message = format!("{title} is built around a {other}, not around a product");
    let fix = "Build the team around one product from end to end, then write `aligned-to: product`.".to_owned();
    Some(Ground { at: aligned.key, message, fix })
}

/// What is wrong with the number of products that a team serves.
fn served(org: &Org<'_>, team: TeamIx) -> Option<Ground> {
    let facts = &org[team];
    let title = facts.name();
    if facts.products.is_empty() {
        let message = format!("no product that {title} serves is recorded");
        let fix = format!("Write `product: …` under {}.", org.path(Subject::Team(team)));
        return Some(Ground { at: facts.id.at, message, fix });
    }
    let products = facts.products.iter().map(|product| &org[*product]).filter(|product| product.audited);
    let names: Vec<&str> = products.map(crate::org::Product::name).collect();
    if names.len() < 2 {
        return None;
    }
    let at = facts.facts.product.as_ref().map_or(facts.id.at, |given| given.value.at);
    let message = format!("{title} serves {} products: {}", names.len(), joined(&names));
    let fix = "Give the team one of the products; or, if they are parts of one, declare that one.".to_owned();
    Some(Ground { at, message, fix })
}
