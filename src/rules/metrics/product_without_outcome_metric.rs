//! A product of which nothing measures the outcome.

use crate::document::MetricKind;
use crate::org::metrics::Metric;
use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "product-without-outcome-metric",
    group: Group::Metrics,
    severity: Severity::Warning,
    otherwise: "info where the kind of a metric is not recorded and its name does not tell it",
    summary: "no metric says whether a product achieves anything",
    why: "A team can be busy for a year and not know whether it helped.",
    question: "Which result would show that the product helps its customers?",
    fix: "Record one customer or business measure with a target: `{name: retention, kind: outcome, owner: …, target: …}`.",
    passages: &["D4-027", "D4-133", "D4-303"],
    also: &["D0-020", "D2-038", "D4-034", "D4-093", "D4-149", "D4-293"],
    dissent: &[],
    yields_to: &[&super::activity_metrics_only::RULE],
    fires: r#"
people: {lee: Lee}
products:
  checkout: {name: Checkout}           #~ no outcome metric is recorded for Checkout
  search:
    name: Search
    metrics:                           #~ no metric of Search is recorded as an outcome; the kind of "clicks on page two" is not recorded
      - {name: clicks on page two}
  maps:
    name: Maps
    project-manager: lee
    metrics:                           #~ none of the 2 metrics of Maps measures an outcome: "on-time delivery" and "budget"
      - {name: on-time delivery, owner: lee}
      - {name: budget, owner: lee}
  games:
    name: Games
    project-manager: lee
    metrics: [{name: milestones met, owner: lee}]   #~ the only metric of Games, "milestones met", measures no outcome
  books:
    name: Books
    metrics: [{name: pages}, {name: covers}]        #~ no metric of Books is recorded as an outcome; the kinds of "pages" and "covers" are not recorded
teams:
  core: {product: checkout}
  find: {product: search}
  draw: {product: maps}
  play: {product: games}
  read: {product: books}
"#,
    clean: r#"
products:
  checkout: {metrics: [{name: monthly revenue}]}
  search: {metrics: [{name: tickets}, {name: answered questions, kind: outcome}, {name: clicks}]}
  maps: {}
teams:
  core: {product: checkout}
  find: {product: search}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (product, facts) in org.audited_products() {
        let is_asked = !facts.teams.is_empty() && !org.has_metric(product, MetricKind::Outcome);
        if is_asked && !gaps.fired(&super::activity_metrics_only::RULE, Subject::Product(product)) {
            gaps.add(gap(org, product));
        }
    }
}

fn gap(org: &Org<'_>, product: ProductIx) -> Gap {
    let subject = Subject::Product(product);
    let title = org.title(subject);
    let metrics: Vec<Metric<'_, '_>> = org.metrics(product).collect();
    let at = org[product].facts.metrics.as_ref().map_or(org.place(subject), |metrics| metrics.key);
    let names = |metrics: &[Metric<'_, '_>]| joined(&metrics.iter().map(Metric::quoted).collect::<Vec<_>>());
    let unknown: Vec<Metric<'_, '_>> = metrics.iter().filter(|metric| metric.kind.is_none()).copied().collect();
    let (is, kind) = if unknown.len() == 1 { ("is", "kind") } else { ("are", "kinds") };
    match (metrics.as_slice(), unknown.as_slice()) {
        ([], _) => {
            let fix = format!(
                "Write `metrics: [{{name: …, kind: outcome, owner: …, target: …}}]` under {}, with one customer or \
                 business measure.",
                org.path(subject)
            );
            Gap::new(subject, org.place(subject), format!("no outcome metric is recorded for {title}")).fix(fix)
        }
        ([only], []) => Gap::new(subject, at, format!("the only metric of {title}, {}, measures no outcome", only.quoted())),
        (_, []) => {
            let message = format!("none of the {} metrics of {title} measures an outcome: {}", metrics.len(), names(&metrics));
            Gap::new(subject, at, message)
        }
        (_, unknown) => {
            let names = names(unknown);
            let message = format!("no metric of {title} is recorded as an outcome; the {kind} of {names} {is} not recorded");
            let measures = if unknown.len() == 1 { "measures" } else { "measure" };
            let fix = format!(
                "Write what {names} {measures} as `kind: outcome`, `activity` or `delivery`; at least one metric of {title} should \
                 measure an outcome."
            );
            Gap::new(subject, at, message).severity(Severity::Info).fix(fix)
        }
    }
}
