//! A product manager or owner whose decisions or outcomes are not written down.

use crate::document::MetricKind;
use crate::rules::authority::owner_without_decisions;
use crate::rules::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub static RULE: Rule = Rule {
    name: "role-undocumented",
    group: Group::Ownership,
    severity: Severity::Warning,
    otherwise: "",
    summary: "a product role without a decision, or without an outcome, of its own",
    why: "A seat without a decision or an outcome of its own is a title; nobody can tell what to expect of it.",
    question: "What does this role decide, and what does it answer for?",
    fix: "Name the person, or the seat, under `decides` of a duty and as `owner` of a metric.",
    passages: &["D4-263", "D4-332"],
    also: &["D4-094", "D4-262", "D4-295"],
    dissent: &[],
    yields_to: &[&owner_without_decisions::RULE],
    fires: r#"
people: {ann: Ann, ben: Ben, kim: Kim}
products:
  checkout:
    name: Checkout
    product-manager: kim        #~ no outcome that Kim, product manager of Checkout, answers for is recorded
    product-owner: ben          #~ neither a decision of Ben, product owner of Checkout, nor an outcome that Ben answers for is recorded
    metrics: [{name: basket completion, kind: outcome, owner: ann}]
    responsibilities:
      strategy.product: kim
  search:
    name: Search
    product-manager: ann        #~ nobody who reports to Ann, product manager of Search, is recorded
    responsibilities: {people.manage: ann, strategy.product: kim}
"#,
    clean: r#"
people: {ann: Ann, ben: {name: Ben, reports-to: lou}, kim: Kim, lou: Lou}
products:
  checkout:
    product-manager: kim
    product-owner: ben
    metrics: [{name: basket completion, kind: outcome, owner: kim}]
    responsibilities: {strategy.product: kim, value.maximize: ben}
  search:
    product-manager: lou
    product-owner: ben
    responsibilities: {people.manage: lou, backlog.order: ben}
  maps: {product-manager: ann}
"#,
    check,
};

/// The duties by which somebody answers for an outcome.
const OUTCOMES: [DutyIx; 4] =
    [duties::STRATEGY_OUTCOMES, duties::VALUE_MAXIMIZE, duties::RESULTS_METRICS, duties::RESULTS_MEASURE];

/// What is asked of somebody who holds a product seat.
#[derive(Default)]
struct Asked {
    /// Whether the person does more than lead people in one of the products.
    decision: bool,
    /// Whether one of those products measures an outcome.
    outcome: bool,
}

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let mut asked: BTreeMap<PersonIx, Asked> = BTreeMap::new();
    let (mut deciders, mut accountable): (BTreeSet<PersonIx>, BTreeSet<PersonIx>) = Default::default();
    for (product, facts) in org.audited_products() {
        accountable.extend(facts.metric_owners.iter().flatten().filter_map(|owner| owner.person()));
        // The only product person of a product counts as its final call, recorded or not.
        let final_call = org.owners_of(duties::PRIORITIES_CONFLICT, Subject::Product(product));
        deciders.extend(final_call.iter().filter_map(|actor| actor.person()));
        if org.records_core(product) {
            let measures_outcome = org.has_metric(product, MetricKind::Outcome);
            for person in org.managers(product).into_iter().chain(org.seated(product, SeatKind::ProductOwner)) {
                let asked = asked.entry(person).or_default();
                asked.decision = true;
                asked.outcome |= measures_outcome;
            }
            for person in org.seated(product, SeatKind::ProductManager) {
                asked.entry(person).or_default();
            }
        }
    }
    let leaders: BTreeSet<PersonIx> = org.people().filter_map(|(_, person)| person.reports_to).collect();
    for (person, asked) in asked {
        let is_told = gaps.fired(&owner_without_decisions::RULE, Subject::Person(person));
        let decides = org[person].decides;
        let missing = [
            (Part::Led, !asked.decision && !leaders.contains(&person)),
            (Part::Decision, asked.decision && !decides.is_any() && !deciders.contains(&person) && !is_told),
            (Part::Outcome, asked.outcome && !decides.is_any_of(&OUTCOMES) && !accountable.contains(&person)),
        ];
        let missing: Vec<Part> = missing.into_iter().filter(|(_, lacks)| *lacks).map(|(part, _)| part).collect();
        if !missing.is_empty() {
            gaps.add(gap(org, person, &missing));
        }
    }
}

/// What a role is made of.
#[derive(Clone, Copy)]
enum Part {
    /// The people whom somebody leads who does nothing else.
    Led,
    Decision,
    Outcome,
}

fn gap(org: &Org<'_>, person: PersonIx, missing: &[Part]) -> Gap {
    const SEATS: [SeatKind; 2] = [SeatKind::ProductManager, SeatKind::ProductOwner];
    let facts = &org[person];
    let (name, id) = (facts.name(), &facts.id.id);
    let named = format!("{name}, {}", org.seats_title(person, &SEATS));
    let message = match missing {
        [Part::Led] => format!("nobody who reports to {named}, is recorded"),
        [Part::Decision] => format!("no decision of {named}, is recorded"),
        [Part::Outcome] => format!("no outcome that {named}, answers for is recorded"),
        _ => format!("neither a decision of {named}, nor an outcome that {name} answers for is recorded"),
    };
    let duty = if facts.holds(SeatKind::ProductOwner) { "backlog.order" } else { "strategy.product" };
    let fix = missing.iter().map(|part| match part {
        Part::Led => format!("Write `reports-to: {id}` at the people whom {name} leads."),
        Part::Decision => format!("Write down what {name} decides, such as `{duty}: {id}`."),
        Part::Outcome => {
            format!("Write `owner: {id}` at a metric of kind outcome, or `value.maximize: {id}` under `responsibilities`.")
        }
    });
    let fix: Vec<String> = fix.collect();
    let mut held = facts.seats.iter().filter(|held| SEATS.contains(&held.kind));
    let at = held.next().map_or(facts.id.at, |held| held.at);
    let gap = Gap::new(Subject::Person(person), at, message).fix(fix.join(" "));
    held.fold(gap, |gap, held| gap.label(held.at, "also holds this seat"))
}
