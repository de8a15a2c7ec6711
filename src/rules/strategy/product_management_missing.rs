//! A product whose strategy nobody owns.

use crate::org::model::STRATEGY_CORE;
use crate::rules::prelude::*;
use crate::rules::unowned;

/// The rule.
pub static RULE: Rule = Rule {
    name: "product-management-missing",
    group: Group::Strategy,
    severity: Severity::Error,
    otherwise: "warning where strategy.product is owned and only other parts of the strategy are not, and for a team whose \
                product-manager seat is vacant in a product that nobody leads",
    summary: "nobody owns the product's strategy",
    why: "A team can build well for a long time without anybody having chosen what for.",
    question: "Who decides whom the product is for and where it goes next?",
    fix: "Assign the duty to a person under `responsibilities`; no new title is needed.",
    passages: &["D1-035", "D4-343", "D2-001"],
    also: &[
        "D0-015", "D1-009", "D1-014", "D1-021", "D1-033", "D1-036", "D2-002", "D2-003", "D2-004", "D2-006", "D2-019", "D2-022",
        "D2-030", "D2-040", "D2-041", "D2-043", "D2-044", "D2-046", "D3-005", "D3-009", "D4-023", "D4-056", "D4-058", "D4-105",
        "D4-108", "D4-221", "D4-239", "D4-335", "D4-344",
    ],
    dissent: &["D3-027", "D0-005", "D4-345"],
    yields_to: &[],
    fires: r#"
people: {ann: Ann}
products:
  checkout:                     #~ no one is recorded as deciding strategy.product for Checkout
    name: Checkout
    product-owner: ann
    responsibilities:
      backlog.*: ann
      strategy.vision: ann
      strategy.opportunities: nobody   #~ nobody decides strategy.opportunities for Checkout
  search: {name: Search}
teams:
  core: {product: checkout}
  web: {name: Web, product: search, product-manager: nobody}   #~ nobody leads Search, on which Web works: the seat of the team's product manager is vacant
"#,
    clean: r#"
people: {ann: Ann, finn: {name: Finn, position: founder}}
products:
  checkout: {product-owner: ann, responsibilities: {strategy.*: ann}}
  billing: {product-owner: ann, responsibilities: {strategy.*: finn}}
  search: {product-owner: ann}
teams:
  core: {product: checkout}
  bills: {product: billing}
  web: {product: search}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (product, facts) in org.audited_products() {
        let subject = Subject::Product(product);
        let core = STRATEGY_CORE.map(|duty| (duty, org.decision(duty, subject)));
        let is_worked_on = !facts.teams.is_empty() || !facts.backlogs.is_empty();
        if is_worked_on && org.records_core(product) {
            unowned_core(org, product, &core, gaps);
        }
    }
    for (team, _) in org.audited_teams() {
        gaps.extend(unled_team(org, team));
    }
}

/// Whether nobody holds the product's own manager seat, and nobody owns any part of its strategy core.
fn is_unled(org: &Org<'_>, product: ProductIx) -> bool {
    let manager = org.product_seat(product, SeatKind::ProductManager);
    let is_unowned = |duty: DutyIx| org.decision(duty, Subject::Product(product)).is_unowned();
    manager.is_none_or(|seat| seat.holders.is_empty()) && STRATEGY_CORE.into_iter().all(is_unowned)
}

fn unowned_core(org: &Org<'_>, product: ProductIx, core: &[(DutyIx, &Decision); 3], gaps: &mut Gaps<'_>) {
    let subject = Subject::Product(product);
    let missing = || core.iter().filter(|(_, decision)| decision.is_unowned());
    let without_strategy = missing().any(|(duty, _)| *duty == duties::STRATEGY_PRODUCT);
    let severity = if without_strategy { Severity::Error } else { Severity::Warning };
    let has_owner = !org.seated(product, SeatKind::ProductOwner).is_empty();
    for (duty, decision) in missing() {
        let title = org.title(subject);
        let whose = match (missing().count() == STRATEGY_CORE.len(), has_owner) {
            (false, _) => title,
            (true, true) => format!("{title}, which has a product owner").into(),
            (true, false) => format!("{title}, which has no product owner on record either").into(),
        };
        let gap = unowned::gap(org, *duty, subject, decision, subject, &whose).severity(severity);
        gaps.add(gap.fixing(" The product owner or a founder may be that person; no new title is needed."));
    }
}

/// A team that records its product-manager seat as vacant, while none of its products is led either.
fn unled_team(org: &Org<'_>, team: TeamIx) -> Option<Gap> {
    let seat = org.team_seat(team, SeatKind::ProductManager).filter(|seat| seat.holders.is_empty())?;
    let products: Vec<ProductIx> = org[team].products.iter().copied().filter(|product| org[*product].audited).collect();
    let first = *products.first()?;
    if !products.iter().all(|product| is_unled(org, *product)) {
        return None;
    }
    let subject = Subject::Team(team);
    let left = unowned::left(org, seat);
    let message = format!(
        "nobody leads {}, on which {} works: the seat of the team's product manager is vacant{left}",
        org.product_names(&products),
        org.title(subject)
    );
    let place = &org[first].id.id;
    let fix = format!("Name who owns strategy.* under `responsibilities` of products.{place}, or who holds the seat.");
    Some(Gap::new(subject, seat.key, message).severity(Severity::Warning).of_vacant_seat().fix(fix))
}
