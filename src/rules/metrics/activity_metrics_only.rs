//! A product, or somebody who leads it, measured by activity alone.

use crate::document::MetricKind;
use crate::org::metrics::Metric;
use crate::rules::prelude::*;
use crate::source::Span;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "activity-metrics-only",
    group: Group::Metrics,
    severity: Severity::Warning,
    otherwise: "info where a metric is among them whose kind is not recorded",
    summary: "success is measured by activity alone",
    why: "What is counted is what gets done: more tickets, not more use.",
    question: "What counts as success here: work done, what it brings, or both?",
    fix: "Record an outcome measure beside the figures of activity and delivery.",
    passages: &["D4-292", "D4-095", "D4-293"],
    also: &["D0-020", "D2-043", "D4-034", "D4-094", "D4-096", "D4-257", "D4-291", "D4-294"],
    dissent: &["D2-039", "D2-012"],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout:
    name: Checkout
    metrics:                                  #~ no metric of Checkout measures an outcome: "velocity" and "on-time delivery" measure activity and delivery
      - {name: velocity}
      - {name: on-time delivery}
  search:
    name: Search
    product-manager: kim
    product-owner: ann
    metrics:
      - {name: retention, owner: kim}
      - {name: tickets closed, owner: ann}    #~ no metric of Ann, product owner of Search, measures an outcome: "tickets closed" measures activity
  maps:
    name: Maps
    metrics: [{name: on-time delivery}, {name: routes}, {name: miles}]   #~ "on-time delivery" measures delivery, and the kinds of "routes" and "miles" are not recorded
  games:
    name: Games
    metrics: [{name: velocity}, {name: routes}]   #~ no metric of Games is known to measure an outcome: "velocity" measures activity, and the kind of "routes" is not recorded
"#,
    clean: r#"
people: {ann: Ann, kim: Kim, lee: Lee}
products:
  checkout: {metrics: [{name: velocity}, {name: retention}]}
  search:
    product-owner: ann
    project-manager: lee
    metrics: [{name: retention, owner: ann}, {name: velocity, owner: ann}, {name: milestones met, owner: lee}]
  maps: {product-owner: ann}
  games: {project-manager: lee, metrics: [{name: milestones met, owner: lee}]}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let with_outcome = with_outcome(org);
    for (product, facts) in org.audited_products() {
        let subject = Subject::Product(product);
        let metrics: Vec<Metric<'_, '_>> = org.metrics(product).filter(|metric| !is_right(org, metric)).collect();
        if metrics.is_empty() {
            continue;
        }
        let title = org.title(subject);
        if !org.has_metric(product, MetricKind::Outcome) {
            let at = facts.facts.metrics.as_ref().map_or(org.place(subject), |given| given.key);
            gaps.extend(gap(org, product, &metrics, &title, at));
            continue;
        }
        for (person, seat) in leads(org, product) {
            let actor = Actor::Person(person);
            if !with_outcome.contains(&actor) {
                let own: Vec<Metric<'_, '_>> = metrics.iter().filter(|metric| metric.owner == Some(actor)).copied().collect();
                let whose = format!("{}, {} of {title},", org[person].name(), seat.title());
                let at = own.first().map_or(org.place(subject), |metric| metric.facts.at);
                gaps.extend(gap(org, product, &own, &whose, at));
            }
        }
    }
}

/// Those who answer for an outcome somewhere: activity beside it is no fault.
fn with_outcome(org: &Org<'_>) -> BTreeSet<Actor> {
    let metrics = org.products().flat_map(|(product, _)| org.metrics(product));
    metrics.filter(|metric| metric.kind == Some(MetricKind::Outcome)).filter_map(|metric| metric.owner).collect()
}

/// Whether a project manager answers for delivery, as the documents expect.
fn is_right(org: &Org<'_>, metric: &Metric<'_, '_>) -> bool {
    let by_project_manager = matches!(metric.owner, Some(Actor::Person(person)) if org[person].holds(SeatKind::ProjectManager));
    by_project_manager && metric.kind == Some(MetricKind::Delivery)
}

/// The product managers and product owners of a product, each once.
fn leads(org: &Org<'_>, product: ProductIx) -> Vec<(PersonIx, SeatKind)> {
    let mut leads: Vec<(PersonIx, SeatKind)> = Vec::new();
    for seat in [SeatKind::ProductManager, SeatKind::ProductOwner] {
        for person in org.seated(product, seat) {
            if leads.iter().all(|(known, _)| *known != person) {
                leads.push((person, seat));
            }
        }
    }
    leads
}

/// What is wrong with metrics among which there is no outcome; nothing as long as all their kinds are unknown.
fn gap(org: &Org<'_>, product: ProductIx, metrics: &[Metric<'_, '_>], whose: &str, at: Span) -> Option<Gap> {
    let subject = Subject::Product(product);
    let (known, unknown): (Vec<_>, Vec<_>) = metrics.iter().copied().partition(|metric| metric.kind.is_some());
    if known.is_empty() {
        return None;
    }
    let names = |metrics: &[Metric<'_, '_>]| joined(&metrics.iter().map(Metric::quoted).collect::<Vec<_>>());
    let has = |kind: MetricKind| known.iter().any(|metric| metric.kind == Some(kind));
    let kinds = match (has(MetricKind::Activity), has(MetricKind::Delivery)) {
        (true, true) => "activity and delivery",
        (true, false) => "activity",
        (false, _) => "delivery",
    };
    let measure = if known.len() == 1 { "measures" } else { "measure" };
    let known_names = names(&known);
    let message = match unknown.as_slice() {
        [] => format!("no metric of {whose} measures an outcome: {known_names} {measure} {kinds}"),
        unknown => {
            let (kind, is) = if unknown.len() == 1 { ("kind", "is") } else { ("kinds", "are") };
            format!(
                "no metric of {whose} is known to measure an outcome: {known_names} {measure} {kinds}, and the {kind} of {} {is} \
                 not recorded",
                names(unknown)
            )
        }
    };
    let (severity, fix) = match unknown.as_slice() {
        [] => (
            Severity::Warning,
            format!(
                "Add `{{name: …, kind: outcome, owner: …, target: …}}` to `metrics` of {}, with one customer or business measure.",
                org.path(subject)
            ),
        ),
        unknown => {
            let measures = if unknown.len() == 1 { "measures" } else { "measure" };
            let fix = format!("Write what {} {measures} as `kind: outcome`, `activity` or `delivery`.", names(unknown));
            (Severity::Info, fix)
        }
    };
    Some(Gap::new(subject, at, message).severity(severity).fix(fix))
}
