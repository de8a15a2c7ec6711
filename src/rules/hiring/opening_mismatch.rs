//! An opening for another role than the one that would close the gap.

use crate::advise::{
    self,
    situation::{Held, Situation, has_weak_roadmap},
};
use crate::catalogue;
use crate::document::{Gap as OpeningGap, Role};
use crate::org::model::STRATEGY_CORE;
use crate::org::{Opening, OpeningIx, each_once};
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
    question: "Which gap should the opening close, and which role closes it?",
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
    role: product-owner             #~ the opening biller is for a product owner, but Billing needs a product manager first; a product owner organizes the work without solving the uncertainty, because its strategy lacks
    product: billing
    gap: [backlog-time]
  launcher:
    role: product-manager           #~ its gaps, faster-answers, launch-coordination and backlog-time, call for a product owner and a project manager
    product: checkout
    gap: [faster-answers, launch-coordination, backlog-time]
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
    for (position, opening) in org.audited_openings() {
        let Some(role) = opening.facts.role.as_ref() else { continue };
        let told = against_gap(org, position, opening, role.value).or_else(|| {
            let mut products = org.products_of_opening(opening).into_iter();
            products.find_map(|product| against_product(org, position, role.value, gaps.situation(org, product)))
        });
        gaps.extend(told.map(|Told { message, fix, passage }| {
            let passage = passage.and_then(catalogue::passage);
            let gap = Gap::new(Subject::Opening(position), role.key, message).fix(fix).passage(passage);
            opening.facts.gap.iter().fold(gap, |gap, given| gap.label(given.key, "the gap that it is to close"))
        }));
    }
}

/// What is wrong with an opening, what to do, and what speaks for it better than the rule's own passages, which warn of a product owner
/// without a strategy.
struct Told {
    message: String,
    fix: String,
    passage: Option<&'static str>,
}

/// That a problem of direction calls for another role than one of delivery.
const DIRECTION_OR_DELIVERY: &str = "D4-308";

/// That launches want coordination.
const LAUNCHES: &str = "D4-277";

/// What the seat of a product owner alone would change (D4-310).
const UNCERTAIN: &str = "a product owner organizes the work without solving the uncertainty";

/// The role that closes a gap (D4-273 to D4-277).
fn role_for(gap: OpeningGap) -> Role {
    match gap {
        OpeningGap::CustomerDiscovery | OpeningGap::RoadmapOwnership => Role::ProductManager,
        OpeningGap::FasterAnswers | OpeningGap::BacklogTime => Role::ProductOwner,
        OpeningGap::LaunchCoordination => Role::ProjectManager,
    }
}

/// The opening's own gap calls for another role.
fn against_gap(org: &Org<'_>, position: OpeningIx, opening: &Opening<'_>, role: Role) -> Option<Told> {
    let gaps = &opening.facts.gap.as_ref()?.value.items;
    let wanted: Vec<Role> = each_once(gaps.iter().map(|gap| role_for(*gap)), |role| *role);
    if wanted.is_empty() || wanted.contains(&role) {
        return None;
    }
    let named: Vec<&str> = gaps.iter().map(|gap| gap.word()).collect();
    let roles: Vec<&str> = wanted.iter().map(|wanted| signs::role(*wanted)).collect();
    let is = if named.len() == 1 { "gap" } else { "gaps" };
    let calls = if named.len() == 1 { "calls" } else { "call" };
    let message = format!(
        "the opening {} is for {}, but its {is}, {}, {calls} for {}",
        org.title(Subject::Opening(position)),
        signs::role(role),
        joined(&named),
        joined(&roles),
    );
    let path = org.path(Subject::Opening(position));
    let lines: Vec<String> = wanted.iter().map(|wanted| format!("`role: {}`", wanted.word())).collect();
    let fix = format!("Write {} under {path}, or name the gap that {} is to close.", lines.join(" or "), signs::role(role));
    let passage = if wanted.as_slice() == [Role::ProjectManager] { LAUNCHES } else { DIRECTION_OR_DELIVERY };
    Some(Told { message, fix, passage: Some(passage) })
}

/// The facts of the product call for another role first.
fn against_product(org: &Org<'_>, position: OpeningIx, role: Role, situation: &Situation) -> Option<Told> {
    let is_owner = role == Role::ProductOwner;
    // Whoever opens the seat that Scrum asks for is right, even where the strategy is weak; other rules name what it lacks.
    let nobody_fulfils = situation.scrum && !matches!(situation.held, Held::Owner | Held::Both | Held::Combined);
    if is_owner && nobody_fulfils {
        return None;
    }
    let is_opened = |wanted| signs::is_opened(org, situation.product, wanted);
    let named = format!("the opening {} is for {}", org.title(Subject::Opening(position)), signs::role(role));
    let product = org[situation.product].name();
    let first = "Close the gap in the strategy first: a product owner would order the work without settling what it is for.";
    let row = advise::main_row(situation);
    if let ([wanted], Role::ProductManager | Role::ProductOwner) = (row.advises.roles(), role) {
        if *wanted == role || is_opened(*wanted) {
            return None;
        }
        let needs = format!("{named}, but {product} needs {} first", signs::role(*wanted));
        let lacks = joined(&situation.missing_strategy);
        return Some(if situation.has_strategy() {
            let fix = format!(
                "Write `role: {}` under {}, or mend what the signals name.",
                wanted.word(),
                org.path(Subject::Opening(position))
            );
            let message = format!("{needs}: {} recorded", signs::counted_with_verb(situation));
            Told { message, fix, passage: Some(DIRECTION_OR_DELIVERY) }
        } else if is_owner {
            let message = format!("{needs}; {UNCERTAIN}, because its strategy lacks {lacks}");
            Told { message, fix: first.to_owned(), passage: None }
        } else {
            let message = format!("{needs}: its strategy lacks {lacks}");
            Told { message, fix: RULE.fix.to_owned(), passage: Some(DIRECTION_OR_DELIVERY) }
        });
    }
    let gap = strategy_gap(org, situation.product).filter(|_| is_owner && !is_opened(Role::ProductManager))?;
    let message = format!("{named} of {product}; {UNCERTAIN}, because {gap}");
    Some(Told { message, fix: first.to_owned(), passage: None })
}

/// What leaves open where the product is heading, whoever is there already (D4-310).
fn strategy_gap(org: &Org<'_>, product: ProductIx) -> Option<String> {
    let is_unowned = |duty: &DutyIx| org.decision(*duty, Subject::Product(product)).is_unowned();
    let unowned: Vec<&str> = STRATEGY_CORE.iter().filter(|duty| is_unowned(duty)).map(|duty| org[*duty].id.as_ref()).collect();
    if !unowned.is_empty() && org.records_core(product) {
        Some(format!("{} {} unowned", joined(&unowned), if unowned.len() == 1 { "is" } else { "are" }))
    } else {
        has_weak_roadmap(org, product).then(|| "its roadmap rests on requests and the wishes of executives alone".to_owned())
    }
}
