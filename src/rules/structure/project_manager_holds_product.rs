//! Decisions about the product in the hands of whoever runs its delivery program.

use crate::org::decide::Word;
use crate::org::seats::HeldSeat;
use crate::rules::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub static RULE: Rule = Rule {
    name: "project-manager-holds-product",
    group: Group::Structure,
    severity: Severity::Error,
    otherwise: "warning for product decisions other than backlog.order, roadmap.priorities and strategy.*, and for one person who \
                holds a product seat and that of the project manager; info in a small organization with one team, and for one person \
                with three seats",
    summary: "a project manager decides about the product",
    why: "A plan is kept by changing the product, and a product is served by changing the plan; each needs somebody to speak for it.",
    question: "Who decides about the product, and who about the plan?",
    fix: "Return the decision to the product owner or product manager, and name the project manager under `input`.",
    passages: &["D3-023", "D4-354"],
    also: &["D3-022", "D4-250", "D4-255", "D4-355"],
    dissent: &["D1-020"],
    yields_to: &[],
    fires: r#"
people: {lee: Lee, omar: Omar}
products:
  checkout:
    name: Checkout
    product-owner: omar
    project-manager: lee
    responsibilities:
      roadmap.priorities: lee      #~ Lee holds the seat of the project manager and no product seat, and decides roadmap.priorities of Checkout
      scope.changes: lee           #~ decides scope.changes of Checkout
  search:
    name: Search
    product-owner: omar
    project-manager: omar          #~ Omar is product owner and project manager of Search, on which 2 teams work
teams:
  basket: {product: checkout}
  find: {product: search}
  rank: {product: search}
"#,
    clean: r#"
people: {lee: Lee, omar: Omar}
products:
  checkout:
    product-owner: omar
    project-manager: lee
    responsibilities:
      program.coordination: lee
      roadmap.priorities: {decides: omar, input: [lee], communicates: lee}
  search: {product-owner: omar, project-manager: omar}
teams:
  basket: {product: checkout}
  payments: {product: checkout}
  find: {product: search}
"#,
    check,
};

/// The areas whose every duty is about the product.
const AREAS: [&str; 6] = ["strategy", "market", "roadmap", "value", "goal", "backlog"];

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let is_small = org.is_small();
    let is_coordinator = |facts: &crate::org::Person<'_>| {
        facts.holds(SeatKind::ProjectManager) && !SeatKind::PRODUCT.into_iter().any(|kind| facts.holds(kind))
    };
    let coordinators: BTreeSet<PersonIx> =
        org.people().filter(|(_, facts)| is_coordinator(facts)).map(|(person, _)| person).collect();
    if !coordinators.is_empty() {
        for (duty, severity) in product_duties(org) {
            let severity = if is_small { Severity::Info } else { severity };
            gaps.extend(decided(org, duty, &coordinators).map(|gap| gap.severity(severity)));
        }
    }
    gaps.extend(both_seats(org, is_small));
}

/// The duties that belong to the product, and how grave it is if a project manager decides them.
fn product_duties(org: &Org<'_>) -> impl Iterator<Item = (DutyIx, Severity)> {
    org.duties().filter_map(|(duty, facts)| {
        let area = facts.built_in?.area();
        let is_of_product = AREAS.contains(&area) || duty == duties::SCOPE_CHANGES || duty == duties::PRIORITIES_CONFLICT;
        let is_grave = area == "strategy" || duty == duties::BACKLOG_ORDER || duty == duties::ROADMAP_PRIORITIES;
        is_of_product.then_some((duty, if is_grave { Severity::Error } else { Severity::Warning }))
    })
}

/// The records that let one of these people decide a duty: each once, however many subjects inherit it.
fn decided(org: &Org<'_>, duty: DutyIx, coordinators: &BTreeSet<PersonIx>) -> impl Iterator<Item = Gap> {
    let is_coordinator = |decider: &&Decider| matches!(decider.actor, Actor::Person(person) if coordinators.contains(&person));
    let mut told: BTreeMap<RecordIx, Gap> = BTreeMap::new();
    for subject in org.subjects(org[duty].level) {
        for decider in org.decision(duty, subject).deciders().iter().filter(is_coordinator) {
            told.entry(decider.record).or_insert_with(|| gap(org, duty, subject, decider));
        }
    }
    told.into_values()
}

fn gap(org: &Org<'_>, duty: DutyIx, subject: Subject, decider: &Decider) -> Gap {
    let record = &org[decider.record];
    let name = org.name(decider.actor);
    let (who, seat) = match decider.word {
        Some(Word::Seat(SeatKind::ProjectManager, seat)) => ("the project manager".to_owned(), Some(seat)),
        _ => (format!("{name} holds the seat of the project manager and no product seat, and"), None),
    };
    let id = &org[duty].id;
    let message = format!("{who} decides {id} of {}", org.reach_title(record.scope, subject));
    let fix = format!(
        "Write the product owner or product manager under `decides` of `{}`, and the project manager under `input`.",
        org.covered(record.covers)
    );
    let gap = Gap::new(Subject::from(record.scope), decider.at, message).duty(duty).note_of(record).fix(fix);
    seat.into_iter().fold(gap, |gap, seat| gap.label(seat, format!("{name} holds the seat")))
}

/// The people who hold a product seat and that of the project manager where the program is large enough to need both.
fn both_seats(org: &Org<'_>, is_small: bool) -> impl Iterator<Item = Gap> {
    let mut held: BTreeMap<PersonIx, Vec<ProductIx>> = BTreeMap::new();
    for (product, facts) in org.audited_products() {
        let needs_governance = facts.facts.governance_required.as_ref().is_some_and(|given| given.value);
        if !needs_governance && org.built_teams(&facts.teams).count() < 2 {
            continue;
        }
        let [managers, owners] = [SeatKind::ProductManager, SeatKind::ProductOwner].map(|kind| org.seated(product, kind));
        for person in org.seated(product, SeatKind::ProjectManager) {
            if managers.contains(&person) || owners.contains(&person) {
                held.entry(person).or_default().push(product);
            }
        }
    }
    held.into_iter().map(move |(person, products)| both(org, person, &products, is_small))
}

fn both(org: &Org<'_>, person: PersonIx, products: &[ProductIx], is_small: bool) -> Gap {
    const SEATS: [SeatKind; 3] = [SeatKind::ProductManager, SeatKind::ProductOwner, SeatKind::ProjectManager];
    let facts = &org[person];
    let is_there = |of: Subject| match of {
        Subject::Product(product) => products.contains(&product),
        Subject::Team(team) => org[team].products.iter().any(|product| products.contains(product)),
        _ => false,
    };
    let seats: Vec<&HeldSeat> = facts.seats.iter().filter(|held| SEATS.contains(&held.kind) && is_there(held.of)).collect();
    let kinds_here: Vec<SeatKind> = SEATS.into_iter().filter(|kind| seats.iter().any(|seat| seat.kind == *kind)).collect();
    let titles: Vec<&str> = kinds_here.iter().map(|kind| kind.title()).collect();
    let teams: BTreeSet<TeamIx> = products.iter().flat_map(|product| org.built_teams(&org[*product].teams)).collect();
    let why = match teams.len() {
        teams @ 2.. => format!("on which {teams} teams work"),
        _ => "whose delivery needs formal governance".to_owned(),
    };
    let message = format!("{} is {} of {}, {why}", facts.name(), joined(&titles), org.product_names(products));
    let at = seats.iter().find(|seat| seat.kind == SeatKind::ProjectManager).map_or(facts.id.at, |seat| seat.at);
    let kinds: BTreeSet<SeatKind> = facts.seats.iter().map(|held| held.kind).collect();
    let shares_few = kinds.len() > 2 && !org.is_large();
    let severity = if is_small || shares_few { Severity::Info } else { Severity::Warning };
    let gap = Gap::new(Subject::Person(person), at, message).severity(severity);
    let words: Vec<String> = kinds_here.iter().rev().map(|kind| format!("`{}`", kind.word())).collect();
    let gap = gap.fix(format!("Name somebody else under {}.", words.join(" or ")));
    seats.iter().fold(gap, |gap, seat| gap.label(seat.at, format!("{} here", seat.kind.title())))
}
