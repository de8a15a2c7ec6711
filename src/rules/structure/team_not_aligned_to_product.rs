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
        let served = served(org, team);
        let severity =
            if around.is_none() && !facts.products.is_empty() && org.is_small() { Severity::Info } else { Severity::Warning };
        let mut grounds = [around, served].into_iter().flatten();
        let Some((at, message)) = grounds.next() else { continue };
        let gap = Gap::new(Subject::Team(team), at, message).severity(severity);
        gaps.add(grounds.fold(gap, |gap, (at, message)| gap.adding(&format!("; {message}")).label(at, "this too")));
    }
}

/// What else a team is built around.
fn aligned_elsewhere(org: &Org<'_>, team: TeamIx) -> Option<(Span, String)> {
    let facts = &org[team];
    let aligned = facts.facts.aligned_to.as_ref()?;
    let title = facts.name();
    let message = match aligned.value {
        Alignment::Product => return None,
        Alignment::Technology => format!("{title} is built around a technology, not around a product"),
        Alignment::Component => format!("{title} is built around a component, not around a product"),
        Alignment::Platform => {
            if facts.products.is_empty() || facts.products.iter().any(|product| org[*product].names_customers()) {
                return None;
            }
            let of = org.product_names(&facts.products);
            format!("{title} is built around a platform of {of}, of which no customers are recorded")
        }
    };
    Some((aligned.key, message))
}

/// What is wrong with the number of products that a team serves.
fn served(org: &Org<'_>, team: TeamIx) -> Option<(Span, String)> {
    let facts = &org[team];
    if facts.products.is_empty() {
        return Some((facts.id.at, format!("no product that {} serves is recorded", facts.name())));
    }
    let products: Vec<ProductIx> = facts.products.iter().copied().filter(|product| org[*product].audited).collect();
    if products.len() < 2 {
        return None;
    }
    let names = joined(&products.iter().map(|product| org[*product].name()).collect::<Vec<_>>());
    let at = facts.facts.product.as_ref().map_or(facts.id.at, |given| given.value.at);
    Some((at, format!("{} serves {} products: {names}", facts.name(), products.len())))
}
