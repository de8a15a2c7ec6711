//! A roadmap that nobody, or more than one, answers for.

use crate::rules::prelude::*;
use crate::rules::unowned;

/// The rule.
pub static RULE: Rule = Rule {
    name: "roadmap-without-owner",
    group: Group::Strategy,
    severity: Severity::Error,
    otherwise: "info where the product has one product person and nothing is recorded, because that person is taken to own the roadmap",
    summary: "nobody, or more than one, owns the roadmap",
    why: "A roadmap that several people shape promises something to each of them; one that nobody owns promises what was asked for last.",
    question: "Which one person owns the roadmap, and who has a say in it?",
    fix: "Write `roadmap.shape: …` with one person under `responsibilities` of the product, and the others under its `input`.",
    passages: &["D4-349", "D4-347"],
    also: &["D1-014", "D2-020", "D2-030", "D3-017", "D3-025", "D4-012", "D4-024", "D4-066", "D4-113", "D4-185", "D4-274"],
    dissent: &["D0-005"],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, kim: Kim, board: {name: Board, kind: group}}
products:
  checkout:                         #~ no one is recorded as deciding roadmap.shape for Checkout
    name: Checkout
    product-manager: kim
    product-owner: ann
    responsibilities: {strategy.*: kim}
  billing:
    name: Billing
    product-manager: kim
    product-owner: ann
    responsibilities:
      roadmap.*: [kim, ann]         #~ Ann and Kim are both recorded as owning the roadmap of Billing (roadmap.shape)
  search:
    name: Search
    responsibilities:
      roadmap.shape: board          #~ the roadmap of Search (roadmap.shape) lies with Board, which is a group
  maps: {name: Maps, product-owner: ann, roadmap: {basis: [research]}}   #~ Ann is the only product person of Maps, and so taken to own its roadmap
"#,
    clean: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout:
    product-manager: kim
    product-owner: ann
    roadmap: {updated: 2026-10-15}
    responsibilities: {roadmap.shape: {decides: kim, input: [ann]}}
  billing: {product-manager: kim, product-owner: ann}
  search: {responsibilities: {strategy.*: kim}}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (product, facts) in org.audited_products() {
        if facts.facts.roadmap.is_some() || org.records_core(product) {
            gaps.extend(of_product(org, product));
        }
    }
}

fn of_product(org: &Org<'_>, product: ProductIx) -> Option<Gap> {
    let subject = Subject::Product(product);
    let decision = org.decision(duties::ROADMAP_SHAPE, subject);
    match &decision.answer {
        Answer::NotApplicable => None,
        Answer::Decided(deciders) => not_one_person(org, product, deciders, decision),
        Answer::Absent | Answer::Nobody | Answer::Ended(_) | Answer::Vacant(_) => nobody(org, product, decision),
    }
}

/// A roadmap that nobody owns; without a roadmap, as soon as two product people could each think that the other draws it up.
fn nobody(org: &Org<'_>, product: ProductIx, decision: &Decision) -> Option<Gap> {
    let subject = Subject::Product(product);
    let title = org.title(subject);
    let roadmap = org[product].facts.roadmap.as_ref();
    match org.product_people(product).as_slice() {
        [only] if decision.answer == Answer::Absent && decision.records.is_empty() => {
            let message = format!("{} is the only product person of {title}, and so taken to own its roadmap", org[*only].name());
            let fix = format!("Write `roadmap.shape: {}` under `responsibilities` of {}.", org[*only].id.id, org.path(subject));
            let gap = Gap::new(subject, org.place(subject), message);
            Some(gap.duty(duties::ROADMAP_SHAPE).severity(Severity::Info).fix(fix))
        }
        people if roadmap.is_some() || people.len() >= 2 => {
            let gap = unowned::gap(org, duties::ROADMAP_SHAPE, subject, decision, subject, &title);
            Some(roadmap.into_iter().fold(gap, |gap, roadmap| gap.label(roadmap.key, "the roadmap")))
        }
        _ => None,
    }
}

fn not_one_person(org: &Org<'_>, product: ProductIx, deciders: &[Decider], decision: &Decision) -> Option<Gap> {
    let subject = Subject::Product(product);
    let roadmap = format!("the roadmap of {} (roadmap.shape)", org.title(subject));
    let (at, message) = match deciders {
        [only] if org.is_one_person(only.actor) => return None,
        [only] => {
            let kind = if only.actor.person().is_none() { "a team" } else { "a group" };
            (only.at, format!("{roadmap} lies with {}, which is {kind}; one person has to answer for it", org.name(only.actor)))
        }
        [.., last] => {
            let quantifier = if deciders.len() > 2 { "all" } else { "both" };
            let names = org.names(deciders.iter().map(|decider| decider.actor));
            (last.at, format!("{names} are {quantifier} recorded as owning {roadmap}"))
        }
        [] => (org.place(subject), format!("{roadmap} lies with developers, and no team works on it")),
    };
    let gap = Gap::new(subject, at, message).duty(duties::ROADMAP_SHAPE);
    let gap = decision.answered_by.iter().take(1).fold(gap, |gap, record| gap.note_of(&org[*record]));
    Some(deciders.iter().fold(gap, |gap, decider| gap.label(decider.at, "also owns the roadmap")))
}
