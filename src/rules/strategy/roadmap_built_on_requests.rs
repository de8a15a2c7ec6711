//! A roadmap that follows whoever asks.

use crate::document::Basis;
use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "roadmap-built-on-requests",
    group: Group::Strategy,
    severity: Severity::Warning,
    otherwise: "info where the roadmap has better grounds as well",
    summary: "the roadmap is built on requests and preferences",
    why: "Who builds what is asked for learns too late whether anybody needed it.",
    question: "What results or evidence earn something a place on the roadmap?",
    fix: "Name the outcomes and the evidence behind the roadmap, and let them decide between requests.",
    passages: &["D4-310", "D4-196", "D4-189"],
    also: &["D2-020", "D2-036", "D4-033", "D4-059", "D4-067", "D4-113", "D4-136", "D4-195"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
people: {ann: Ann}
products:
  checkout:
    name: Checkout
    roadmap: {basis: [requests, urgency, contract]}   #~ the roadmap of Checkout is built on requests and urgency, and on no outcome or evidence
  billing:
    name: Billing
    roadmap: {basis: [research, influence]}           #~ the roadmap of Billing is built on influence as well as on research
  search:
    name: Search
    signals: [driven-by-requests]                     #~ what gets built in Search is decided by one feature request after the other
"#,
    clean: r#"
people: {ann: Ann}
products:
  checkout: {roadmap: {basis: [outcomes, customer-evidence, contract]}}
  billing: {roadmap: {basis: [contract]}}
  search: {roadmap: {outcomes: [faster answers]}}
"#,
    check,
};

/// What a basis says about a roadmap.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// It follows from what customers and the business need.
    Evidence,
    /// It follows from who asks, and how loudly.
    Pressure,
    /// It was promised, and says nothing either way.
    Promise,
}

fn ground(basis: Basis) -> Ground {
    match basis {
        Basis::Outcomes | Basis::CustomerEvidence | Basis::Research | Basis::StrategicFit | Basis::Impact | Basis::Goals => {
            Ground::Evidence
        }
        Basis::Requests | Basis::ExecutivePreference | Basis::Influence | Basis::Urgency | Basis::CompetitorCopy => {
            Ground::Pressure
        }
        Basis::Contract => Ground::Promise,
    }
}

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (product, facts) in org.audited_products() {
        let subject = Subject::Product(product);
        let observed = org.observed(product, signals::DRIVEN_BY_REQUESTS).map(|observed| {
            let source = org.as_observed(&observed, subject);
            let title = org.title(subject);
            let message = format!("what gets built in {title} is decided by one feature request after the other, {source}");
            (observed.at, message)
        });
        let basis = facts.facts.roadmap.as_ref().and_then(|roadmap| roadmap.value.basis.as_ref());
        let built = basis.and_then(|basis| Some((basis.key, built_on(&org.title(subject), &basis.value.items)?)));
        // Better grounds on paper weigh less than what people see.
        let is_mixed = basis.is_some_and(|basis| basis.value.items.iter().any(|basis| ground(*basis) == Ground::Evidence));
        let severity = if observed.is_none() && is_mixed { Severity::Info } else { Severity::Warning };
        let grounds = if is_mixed { [observed, built] } else { [built, observed] };
        gaps.extend(Gap::of_grounds(subject, grounds.into_iter().flatten()).map(|gap| gap.severity(severity)));
    }
}

/// What is wrong with the grounds of a roadmap; none if none of them is mere pressure.
fn built_on(title: &str, basis: &[Basis]) -> Option<String> {
    let words = |wanted: Ground| -> Vec<&str> {
        basis.iter().filter(|basis| ground(**basis) == wanted).map(|basis| basis.word()).collect()
    };
    let (pressure, evidence) = (words(Ground::Pressure), words(Ground::Evidence));
    match (pressure.is_empty(), evidence.is_empty()) {
        (true, _) => None,
        (false, true) => Some(format!("the roadmap of {title} is built on {}, and on no outcome or evidence", joined(&pressure))),
        (false, false) => {
            Some(format!("the roadmap of {title} is built on {} as well as on {}", joined(&pressure), joined(&evidence)))
        }
    }
}
