//! Somebody who answers for a result without a say in what is done for it.

use crate::document::MetricKind;
use crate::rules::prelude::*;
use crate::rules::strategy::roadmap_without_owner;
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub static RULE: Rule = Rule {
    name: "accountable-without-authority",
    group: Group::Authority,
    severity: Severity::Error,
    otherwise: "",
    summary: "somebody answers for a result and decides nothing that leads to it",
    why: "Nobody can answer for a result that others choose the way to.",
    question: "Who answers for the result, and what may that person decide to reach it?",
    fix: "Let the person decide one of the duties named, or give the result to whoever decides them.",
    passages: &["D4-270", "D4-268"],
    also: &["D1-009", "D4-091", "D4-105", "D4-197"],
    dissent: &[],
    yields_to: &[&roadmap_without_owner::RULE],
    fires: r#"
people: {ann: Ann, ben: Ben, kim: Kim}
products:
  checkout:
    name: Checkout
    product-manager: kim
    product-owner: ben
    metrics:
      - {name: basket completion, kind: outcome, owner: ann}   #~ Ann answers for the metric "basket completion" of Checkout
    responsibilities:
      roadmap.shape: ben                                       #~ Ben answers for roadmap.shape of Checkout, but decides none of
      backlog.order: kim
      roadmap.priorities: kim
"#,
    clean: r#"
people: {ann: Ann, ben: Ben, kim: Kim}
products:
  checkout:
    product-manager: kim
    product-owner: ben
    metrics:
      - {name: basket completion, kind: outcome, owner: ann}
      - {name: velocity, kind: activity, owner: kim}
    responsibilities: {strategy.outcomes: ben, roadmap.priorities: {decides: kim, input: ann}}
  search:
    metrics: [{name: use, kind: outcome, owner: ann}]
"#,
    check,
};

/// The decisions of which those who answer for a result have at least one.
const AUTHORITY: [DutyIx; 4] =
    [duties::ROADMAP_PRIORITIES, duties::STRATEGY_OPPORTUNITIES, duties::BACKLOG_ORDER, duties::PRIORITIES_CONFLICT];

/// The duties of which the owner answers for a result.
const RESULTS: [DutyIx; 2] = [duties::ROADMAP_SHAPE, duties::STRATEGY_OUTCOMES];

/// Something that somebody answers for: in words, and where it is recorded.
struct Result {
    what: String,
    at: Span,
    /// Whether it is the roadmap, and another rule says that several people own it.
    contested: bool,
}

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (product, _) in org.audited_products().filter(|(product, _)| org.records_core(*product)) {
        let results = results(org, product, gaps);
        if results.is_empty() {
            continue;
        }
        let authority = Authority::of(org, product);
        let people = org.product_people(product);
        for (person, results) in results {
            let is_alone = authority.is_unowned && people.as_slice() == [person];
            let is_told = results.iter().all(|result| result.contested);
            if !authority.heard.contains(&person) && !is_alone && !is_told {
                gaps.add(gap(org, product, person, &results));
            }
        }
    }
}

/// Who has a say in where a product goes.
struct Authority {
    /// Those who decide one of the duties, or are asked about the priorities of the roadmap.
    heard: BTreeSet<PersonIx>,
    /// Whether nobody decides any of the duties.
    is_unowned: bool,
}

impl Authority {
    fn of(org: &Org<'_>, product: ProductIx) -> Self {
        let mut authority = Authority { heard: BTreeSet::new(), is_unowned: true };
        for duty in AUTHORITY {
            for subject in org.lookups(duty, product) {
                let owners = org.owners_of(duty, subject);
                authority.is_unowned &= owners.is_empty();
                authority.heard.extend(owners.iter().filter_map(|owner| owner.person()));
            }
        }
        let subject = Subject::Product(product);
        let records = &org.decision(duties::ROADMAP_PRIORITIES, subject).records;
        let asked = org.actors_of(records.iter().filter_map(|record| org[*record].input.as_deref()), subject);
        authority.heard.extend(asked.iter().filter_map(|actor| actor.person()));
        authority
    }
}

/// What each person answers for in a product.
fn results(org: &Org<'_>, product: ProductIx, gaps: &Gaps<'_>) -> BTreeMap<PersonIx, Vec<Result>> {
    let mut results: BTreeMap<PersonIx, Vec<Result>> = BTreeMap::new();
    let mut add = |actor: Actor, what: String, at: Span, contested: bool| {
        if let Some(person) = actor.person().filter(|person| !org[*person].is_group()) {
            results.entry(person).or_default().push(Result { what, at, contested });
        }
    };
    let subject = Subject::Product(product);
    for duty in RESULTS {
        let deciders = org.decision(duty, subject).deciders();
        let contested = duty == duties::ROADMAP_SHAPE && gaps.fired(&roadmap_without_owner::RULE, subject);
        deciders.iter().for_each(|decider| add(decider.actor, org[duty].id.to_string(), decider.at, contested));
    }
    for metric in org.metrics(product).filter(|metric| metric.kind == Some(MetricKind::Outcome)) {
        if let (Some(owner), Some(written)) = (metric.owner, &metric.facts.owner) {
            add(owner, format!("the metric {}", metric.quoted()), written.value.0.at, false);
        }
    }
    results
}

fn gap(org: &Org<'_>, product: ProductIx, person: PersonIx, results: &[Result]) -> Gap {
    let (name, title) = (org[person].name(), org[product].name());
    let what: Vec<&str> = results.iter().map(|result| result.what.as_str()).collect();
    let authority: Vec<&str> = AUTHORITY.iter().map(|duty| org[*duty].id.as_ref()).collect();
    let message = format!(
        "{name} answers for {} of {title}, but decides none of {}, and is not asked about the priorities of the roadmap",
        joined(&what),
        joined(&authority)
    );
    let fix = format!(
        "Let {name} decide one of them, or write `{}` under `input` of roadmap.priorities; or give the result to whoever decides.",
        org[person].id.id
    );
    let mut places = results.iter().map(|result| result.at);
    let at = places.next().unwrap_or(org[person].id.at);
    let gap = Gap::new(Subject::Person(person), at, message).fix(fix);
    places.fold(gap, |gap, at| gap.label(at, "answers for this too"))
}
