//! Work that hangs together across teams, and nobody who holds it together.

use crate::document;
use crate::rules::prelude::*;
use crate::rules::unowned;
use crate::source::Span;
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    name: "multi-team-work-uncoordinated",
    group: Group::Structure,
    severity: Severity::Warning,
    otherwise: "error where governance is required and no project manager owns program.coordination",
    summary: "work that several teams depend on has no coordinator",
    why: "Dependencies that nobody looks after are found on the day they break; a product owner sees only one side of them.",
    question: "How do the teams settle what they need from each other, and who sees to it?",
    fix: "Name one person under program.coordination, or a light mechanism under `coordination`.",
    passages: &["D3-022", "D0-025"],
    also: &["D3-007", "D3-024", "D4-224", "D4-250", "D4-256", "D4-258", "D4-259", "D4-260", "D4-277"],
    dissent: &["D0-026"],
    yields_to: &[],
    fires: r#"
people: {ann: Ann}
products:
  checkout: {name: Checkout, complex-dependencies: true}    #~ no one is recorded as deciding program.coordination for Checkout; its 2 teams depend on each other
  search: {name: Search}                                    #~ program.coordination for Search; an opening is to have its launches coordinated
  billing:
    name: Billing
    governance-required: true
    coordination: {framework: Nexus}
    responsibilities:
      program.coordination: ann         #~ program.coordination of Billing lies with Ann, not with a project manager, and its delivery needs formal governance
teams:
  basket: {product: checkout}
  payments: {product: checkout}
openings:
  launches: {product: search, gap: [launch-coordination]}
"#,
    clean: r#"
people: {lee: Lee}
products:
  checkout: {complex-dependencies: true, coordination: {framework: Nexus}}
  search: {complex-dependencies: true}
  billing:
    governance-required: true
    project-manager: lee
    responsibilities: {program.coordination: project-manager}
  maps: {}
teams:
  basket: {product: checkout}
  payments: {product: checkout}
  find: {product: search}
  draw: {product: maps}
  trace: {product: maps}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let launches = launches(org);
    for (product, facts) in org.audited_products() {
        let facts = &facts.facts;
        let decision = org.decision(duties::PROGRAM_COORDINATION, Subject::Product(product));
        if facts.governance_required.as_ref().is_some_and(|given| given.value) {
            gaps.extend(ungoverned(org, product, decision).map(|gap| gap.severity(Severity::Error)));
        } else if decision.is_unowned() && !facts.coordination.as_ref().is_some_and(|given| coordinates(&given.value)) {
            let need = dependent(org, product).or_else(|| launches.get(&product).map(|at| (*at, LAUNCHES.to_owned())));
            gaps.extend(need.map(|(at, need)| {
                let gap = unowned(org, product, decision, &need).label(at, "this needs coordination");
                gap.fixing(" Or name a framework or a body under `coordination`.")
            }));
        }
    }
}

/// What an opening says of the product that it is for.
const LAUNCHES: &str = "an opening is to have its launches coordinated";

/// Whether a framework or a body coordinates the teams.
fn coordinates(coordination: &document::Coordination<'_>) -> bool {
    coordination.framework.is_some() || coordination.body.is_some()
}

/// What ties the teams of a product together, if it has several.
fn dependent(org: &Org<'_>, product: ProductIx) -> Option<(Span, String)> {
    let complex = org[product].facts.complex_dependencies.as_ref().filter(|given| given.value)?;
    let teams = org.built_teams(&org[product].teams).count();
    (teams > 1).then(|| (complex.key, format!("its {teams} teams depend on each other in complex ways")))
}

/// The products whose launches an opening is to coordinate, and where it says so.
fn launches(org: &Org<'_>) -> BTreeMap<ProductIx, Span> {
    let mut launches = BTreeMap::new();
    for (_, opening) in org.openings() {
        let Some(gap) = &opening.facts.gap else { continue };
        if !gap.value.items.contains(&document::Gap::LaunchCoordination) {
            continue;
        }
        let of_teams = opening.teams.iter().flat_map(|team| &org[*team].products);
        let mut products = opening.products.clone();
        if products.is_empty() {
            products.extend(of_teams.copied());
        }
        if products.is_empty() && org.products.len() == 1 {
            products.extend(org.products().map(|(only, _)| only));
        }
        for product in products {
            launches.entry(product).or_insert(gap.key);
        }
    }
    launches
}

fn unowned(org: &Org<'_>, product: ProductIx, decision: &Decision, need: &str) -> Gap {
    let subject = Subject::Product(product);
    let gap = unowned::gap(org, duties::PROGRAM_COORDINATION, subject, decision, subject, &org.title(subject));
    gap.adding(&format!("; {need}"))
}

/// What is wrong where formal governance is required: only a project manager satisfies it (D3-022).
fn ungoverned(org: &Org<'_>, product: ProductIx, decision: &Decision) -> Option<Gap> {
    let subject = Subject::Product(product);
    let need = "its delivery needs formal governance";
    let gap = match decision.deciders() {
        [] if decision.is_unowned() => unowned(org, product, decision, need),
        [first, ..] if !decision.deciders().iter().any(|decider| is_project_manager(org, decider.actor)) => {
            let names = org.names(decision.deciders().iter().map(|decider| decider.actor));
            let message = format!(
                "program.coordination of {} lies with {names}, not with a project manager, and {need}",
                org.title(subject)
            );
            Gap::new(subject, first.at, message).duty(duties::PROGRAM_COORDINATION)
        }
        _ => return None,
    };
    let path = org.path(subject);
    let fix = match org.product_seat(product, SeatKind::ProjectManager) {
        Some(seat) if !seat.holders.is_empty() => {
            format!("Write `program.coordination: project-manager` under `responsibilities` of {path}.")
        }
        _ => format!(
            "Write `project-manager: …` with one person under {path}, and `program.coordination: project-manager` under its \
             `responsibilities`."
        ),
    };
    Some(gap.fix(fix))
}

fn is_project_manager(org: &Org<'_>, actor: Actor) -> bool {
    matches!(actor, Actor::Person(person) if org[person].holds(SeatKind::ProjectManager))
}
