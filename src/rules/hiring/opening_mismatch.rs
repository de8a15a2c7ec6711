//! An opening for another role than the one that would close the gap.

use crate::advise::{
    self,
    situation::{Held, Situation},
};
use crate::document::{Gap as OpeningGap, Role};
use crate::org::{Opening, OpeningIx};
use crate::rules::prelude::*;
use crate::rules::signs;

/// The rule.
pub static RULE: Rule = Rule {
    name: "opening-mismatch",
    group: Group::Hiring,
    severity: Severity::Warning,
    otherwise: "",
    summary: "an opening asks for another role than the gap calls for",
    why: "A new role that does not meet the present constraint adds work in front of it.",
    fix: "Reconsider the role, or close the gap in the strategy first.",
    passages: &["D4-310", "D4-308", "D4-309"],
    also: &["D4-009", "D4-261", "D4-273", "D4-274", "D4-275", "D4-276", "D4-277", "D4-297", "D4-358"],
    dissent: &["D2-003", "D3-019"],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout: {name: Checkout, product-manager: kim, product-owner: ann}
  billing: {name: Billing, roadmap: {basis: [requests]}}
openings:
  owner:
    role: product-owner             #~ the opening owner is for a product owner, but its gap, customer-discovery, calls for a product manager
    product: checkout
    gap: [customer-discovery]
  biller:
    role: product-owner             #~ the opening biller is for a product owner, but Billing needs a product manager first: its strategy lacks
    product: billing
    gap: [backlog-time]
"#,
    clean: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout: {name: Checkout, product-manager: kim, product-owner: ann}
  billing: {name: Billing}
teams:
  bills: {product: billing, scrum: true}
openings:
  owner: {role: product-owner, product: checkout, gap: [customer-discovery, faster-answers]}
  biller: {role: product-owner, product: billing, gap: [backlog-time]}
  launcher: {role: project-manager, product: checkout, gap: [launch-coordination]}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (position, opening) in org.openings() {
        let Some(role) = opening.facts.role.as_ref() else { continue };
        let told = against_gap(org, position, opening, role.value).or_else(|| {
            let mut products = org.products_of_opening(opening).into_iter();
            products.find_map(|product| against_table(org, position, role.value, gaps.situation(org, product)))
        });
        gaps.extend(told.map(|(message, fix)| {
            let gap = Gap::new(Subject::Opening(position), role.key, message).fix(fix);
            opening.facts.gap.iter().fold(gap, |gap, given| gap.label(given.key, "the gap that it is to close"))
        }));
    }
}

/// The role that closes a gap (D4-273 to D4-277).
fn role_for(gap: OpeningGap) -> Role {
    match gap {
        OpeningGap::CustomerDiscovery | OpeningGap::RoadmapOwnership => Role::ProductManager,
        OpeningGap::FasterAnswers | OpeningGap::BacklogTime => Role::ProductOwner,
        OpeningGap::LaunchCoordination => Role::ProjectManager,
    }
}

/// The opening's own gap calls for another role.
fn against_gap(org: &Org<'_>, position: OpeningIx, opening: &Opening<'_>, role: Role) -> Option<(String, String)> {
    let gaps = &opening.facts.gap.as_ref()?.value.items;
    let first = gaps.first()?;
    if gaps.iter().any(|gap| role_for(*gap) == role) {
        return None;
    }
    let named: Vec<&str> = gaps.iter().map(|gap| gap.word()).collect();
    let wanted = role_for(*first);
    let is = if named.len() == 1 { "gap" } else { "gaps" };
    let calls = if named.len() == 1 { "calls" } else { "call" };
    let message = format!(
        "the opening {} is for {}, but its {is}, {}, {calls} for {}",
        org.title(Subject::Opening(position)),
        signs::role(role),
        joined(&named),
        signs::role(wanted),
    );
    let path = org.path(Subject::Opening(position));
    Some((
        message,
        format!("Write `role: {}` under {path}, or name the gap that {} is to close.", wanted.word(), signs::role(role)),
    ))
}

/// The facts of the product call for another role first.
fn against_table(org: &Org<'_>, position: OpeningIx, role: Role, situation: &Situation) -> Option<(String, String)> {
    // Whoever opens the seat that Scrum asks for is right, even where the strategy is weak; other rules name what it lacks.
    let nobody_fulfils = situation.scrum && !matches!(situation.held, Held::Owner | Held::Both | Held::Combined);
    if role == Role::ProductOwner && nobody_fulfils {
        return None;
    }
    let row = advise::main_row(situation);
    let is_product_role = matches!(role, Role::ProductManager | Role::ProductOwner);
    let ([wanted], true) = (row.advises.roles(), is_product_role) else { return None };
    let wanted = *wanted;
    if wanted == role {
        return None;
    }
    let product = org[situation.product].name();
    let ground = if situation.has_strategy() {
        format!("{} signals of direction and {} of delivery count", situation.direction.len(), situation.delivery.len())
    } else {
        format!("its strategy lacks {}", joined(&situation.missing_strategy))
    };
    let message = format!(
        "the opening {} is for {}, but {product} needs {} first: {ground}",
        org.title(Subject::Opening(position)),
        signs::role(role),
        signs::role(wanted),
    );
    let fix = if role == Role::ProductOwner && !situation.has_strategy() {
        "Close the gap in the strategy first: a product owner would order the work without settling what it is for.".to_owned()
    } else {
        format!("Write `role: {}` under {}, or mend what the signals name.", wanted.word(), org.path(Subject::Opening(position)))
    };
    Some((message, fix))
}
