//! A product whose metrics nobody answers for.

use crate::org::metrics::Metric;
use crate::rules::prelude::*;
use crate::rules::unowned;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "metric-unowned",
    group: Group::Metrics,
    severity: Severity::Warning,
    otherwise: "info where every metric has an owner, and one of them is a group or a team",
    summary: "nobody answers for a metric",
    why: "A number that nobody answers for is looked at when it is good.",
    question: "Who decides what is measured, and who answers for each number?",
    fix: "Write one person under `owner` of each metric.",
    passages: &["D4-173", "D4-192"],
    also: &["D4-027", "D4-148"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, kim: Kim, ux: {name: UX, kind: group}}
products:
  checkout:
    name: Checkout
    metrics:
      - {name: retention, owner: kim}
      - {name: refunds, kind: outcome}     #~ the metric "refunds" of Checkout has no owner
  billing:
    name: Billing
    metrics:
      - {name: late payments}              #~ 2 of the 3 metrics of Billing have no owner: "late payments" and "disputes"; the metric "revenue" of Billing is owned by UX, which is a group
      - {name: disputes}
      - {name: revenue, owner: ux}
  books:
    name: Books
    metrics: [{name: pages read}]          #~ the metric "pages read" of Books has no owner; no one is recorded as deciding what Books measures (results.metrics)
    responsibilities: {strategy.*: kim}
  music:
    name: Music
    metrics: [{name: adoption, owner: kim}]
    responsibilities:
      results.metrics: product-manager     #~ nobody decides what Music measures (results.metrics): the seat of its product manager is vacant
  plays:
    name: Plays
    metrics: [{name: adoption, owner: kim}]
    responsibilities:
      results.metrics: {decides: ann, until: 2026-03-31}   #~ nobody decides what Plays measures (results.metrics): Ann did until 2026-03-31
  search:
    name: Search
    metrics: [{name: adoption, owner: kim}]
    responsibilities:
      results.metrics: nobody              #~ nobody decides what Search measures (results.metrics)
  maps:
    name: Maps
    metrics: [{name: adoption, owner: kim}]
    signals: [metrics-unowned]             #~ it was observed of Maps that nobody in particular answers for its metrics
  games:
    name: Games
    metrics: [{name: satisfaction, owner: ux}]   #~ the metric "satisfaction" of Games is owned by UX, which is a group
"#,
    clean: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout:
    metrics: [{name: retention, owner: kim}, {name: refunds, owner: ann}]
    responsibilities: {strategy.*: kim}
  search: {responsibilities: {results.metrics: nobody}}
  maps:
    metrics: [{name: adoption, owner: kim}]
    responsibilities: {results.metrics: {not-applicable: measured by the customer}}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    gaps.extend(org.audited_products().filter_map(|(product, _)| gap(org, product)));
}

/// One finding for all metrics that want an owner, where the first of them stands.
fn gap(org: &Org<'_>, product: ProductIx) -> Option<Gap> {
    let subject = Subject::Product(product);
    let title = org.title(subject);
    let unowned: Vec<Metric<'_, '_>> = org.metrics(product).filter(|metric| metric.owner.is_none()).collect();
    let names: Vec<String> = unowned.iter().map(Metric::quoted).collect();
    // Where each ground stands, what is wrong, and the same as a label.
    let mut grounds: Vec<(Span, String, &str)> = Vec::new();
    match unowned.as_slice() {
        [] => {}
        [only] => {
            grounds.push((only.facts.at, format!("the metric {} of {title} has no owner", only.quoted()), "has no owner"));
        }
        [first, ..] => {
            let all = org.metrics(product).count();
            let words = format!("{} of the {all} metrics of {title} have no owner: {}", unowned.len(), joined(&names));
            grounds.push((first.facts.at, words, "has no owner"));
        }
    }
    let undecided = undecided(org, product);
    let is_undecided = undecided.is_some();
    grounds.extend(undecided.map(|(at, words)| (at, words, "nobody decides it")));
    if let Some(observed) = org.observed(product, signals::METRICS_UNOWNED) {
        let words = format!("it was observed of {title} that nobody in particular answers for its metrics");
        grounds.push((observed.at, words, "observed"));
    }
    let severity = if grounds.is_empty() { Severity::Info } else { Severity::Warning };
    let of_groups = org.metrics(product).filter_map(|metric| {
        let owner = metric.owner.filter(|owner| !org.is_one_person(*owner))?;
        let at = metric.facts.owner.as_ref()?.value.0.at;
        let kind = if matches!(owner, Actor::Team(_)) { "a team" } else { "a group" };
        let words = format!("the metric {} of {title} is owned by {}, which is {kind}", metric.quoted(), org.name(owner));
        Some((at, words, kind))
    });
    grounds.extend(of_groups);

    let mut grounds = grounds.into_iter();
    let (at, message, _) = grounds.next()?;
    let gap = Gap::new(subject, at, message).severity(severity).fix(fix(org, product, is_undecided));
    let gap = unowned.iter().fold(gap, |gap, metric| gap.label(metric.facts.at, "has no owner"));
    Some(grounds.fold(gap, |gap, (at, words, label)| gap.adding("; ").adding(&words).label(at, label)))
}

/// What is recorded of the duty to set the metrics, where there are some and nobody does.
fn undecided(org: &Org<'_>, product: ProductIx) -> Option<(Span, String)> {
    let subject = Subject::Product(product);
    let decision = org.decision(duties::RESULTS_METRICS, subject);
    let recorded = decision.answered_by.first().or(decision.records.first()).map_or(org.place(subject), |record| org[*record].at);
    let is_unowned = match decision.answer {
        // An owner of a metric sets it. Where there is none at all, the metrics themselves are told; and of an organization that
        // records nothing, nothing is missing.
        Answer::Absent => org.records_core(product) && org.owners_of(duties::RESULTS_METRICS, subject).is_empty(),
        _ => decision.is_unowned(),
    };
    let has_metrics = org.metrics(product).next().is_some();
    let words = || {
        let title = org.title(subject);
        match &decision.answer {
            Answer::Absent => format!("no one is recorded as deciding what {title} measures (results.metrics)"),
            Answer::Ended(record) => {
                format!("nobody decides what {title} measures (results.metrics): {}", unowned::ended(org, *record))
            }
            Answer::Vacant(seats) => {
                format!("nobody decides what {title} measures (results.metrics): {}", unowned::vacant(seats))
            }
            _ => format!("nobody decides what {title} measures (results.metrics)"),
        }
    };
    (has_metrics && is_unowned).then(|| (recorded, words()))
}

fn fix(org: &Org<'_>, product: ProductIx, is_undecided: bool) -> String {
    let path = org.path(Subject::Product(product));
    let is_one_person = |metric: &Metric<'_, '_>| metric.owner.is_some_and(|owner| org.is_one_person(owner));
    let wanting: Vec<Metric<'_, '_>> = org.metrics(product).filter(|metric| !is_one_person(metric)).collect();
    let owners = match wanting.iter().map(Metric::quoted).collect::<Vec<_>>().as_slice() {
        [] if is_undecided => None,
        [] => Some(format!("Write one person under `owner` of each metric of {path}.")),
        names => Some(format!("Write `owner: …` with one person beside {} under `metrics` of {path}.", joined(names))),
    };
    let duty = is_undecided.then(|| format!("Write `results.metrics: …` with one person under `responsibilities` of {path}."));
    owners.into_iter().chain(duty).collect::<Vec<_>>().join(" ")
}
