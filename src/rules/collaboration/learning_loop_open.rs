//! A product in use whose results teach nobody anything.

use crate::document::{MeetingKind, MetricKind, ProductStage};
use crate::rules::prelude::*;
use crate::rules::unowned;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "learning-loop-open",
    group: Group::Collaboration,
    severity: Severity::Warning,
    otherwise: "error where nobody owns results.measure",
    summary: "nobody learns from what was released",
    why: "A team that does not look at the results of its work repeats what did not work.",
    question: "Who checks what came of a release, how often, and who acts on it?",
    fix: "Name who measures results (`results.measure`), who acts on them (`results.learn`), and how often they are reviewed.",
    passages: &["D4-128", "D4-244", "D4-193"],
    also: &["D1-015", "D4-028", "D4-044", "D4-118", "D4-125", "D4-126", "D4-148", "D4-149", "D4-150", "D4-252"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
people: {kim: Kim, ann: Ann}
products:
  checkout:                        #~ no one is recorded as deciding results.measure for Checkout
    name: Checkout
    stage: live
    product-manager: kim
    product-owner: ann
    responsibilities:
      strategy.*: kim
      results.learn: nobody        #~ nobody decides results.learn for Checkout
  billing:                         #~ no outcome measure of Billing has a target ("retention"), and no review is recorded
    name: Billing
    releases-every: 2 weeks
    product-manager: kim
    product-owner: ann
    metrics: [{name: retention}]
    responsibilities: {results.measure: kim, results.learn: ann}
  search: {name: Search, signals: [results-unclear]}   #~ releases of Search go out steadily, yet nobody can tell what they achieved, as was observed
rhythm:
  - {who: [kim, customers], every: month}
"#,
    clean: r#"
people: {kim: Kim, ann: Ann}
products:
  checkout:
    stage: live
    product-manager: kim
    product-owner: ann
    metrics: [{name: retention}, {name: revenue, target: twice as much}]
    responsibilities: {results.measure: kim}
  billing: {stage: live, product-owner: ann, metrics: [{name: retention}], responsibilities: {results.*: ann}}
  search: {stage: building, product-owner: ann, responsibilities: {strategy.*: ann}}
rhythm:
  - {who: [kim, ann], every: month}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (product, _) in org.audited_products() {
        let stage = org[product].facts.stage.as_ref().map(|stage| stage.value);
        let is_released = stage == Some(ProductStage::Live) || org[product].facts.releases_every.is_some();
        let (mut open, mut grounds) = (Vec::new(), Vec::new());
        // Who both measures and learns needs nobody's report.
        if is_released && !is_in_one_hand(org, product) {
            open.extend(unowned(org, product));
            grounds.extend(unmeasured(org, product));
        }
        // What is known not to be released yet has no results. That they are unclear is no wonder where nobody looks at them.
        if is_released || stage.is_none() {
            match unclear(org, product) {
                Some((at, _)) if !open.is_empty() => {
                    open = open.into_iter().map(|gap| gap.label(at, "observed: nobody can tell what was achieved")).collect();
                }
                unclear => grounds.extend(unclear),
            }
        }
        gaps.extend(open);
        gaps.extend(Gap::of_grounds(Subject::Product(product), grounds));
    }
}

/// Whether one person both measures the results and acts on them.
fn is_in_one_hand(org: &Org<'_>, product: ProductIx) -> bool {
    let subject = Subject::Product(product);
    match org.decision(duties::RESULTS_MEASURE, subject).deciders() {
        [only] => org.is_one_person(only.actor) && org.owners_of(duties::RESULTS_LEARN, subject).as_slice() == [only.actor],
        _ => false,
    }
}

/// What nobody owns of the two: to measure the results, and to act on them.
fn unowned(org: &Org<'_>, product: ProductIx) -> Vec<Gap> {
    let subject = Subject::Product(product);
    let is_recorded = org.records_core(product);
    let gap = |duty: DutyIx, severity: Severity| {
        let decision = org.decision(duty, subject);
        let is_open = decision.is_unowned() && (decision.answer != Answer::Absent || is_recorded);
        is_open.then(|| unowned::gap(org, duty, subject, decision, subject, &org.title(subject)).severity(severity))
    };
    let measure = gap(duties::RESULTS_MEASURE, Severity::Error);
    let learn =
        gap(duties::RESULTS_LEARN, Severity::Warning).filter(|_| org.owners_of(duties::RESULTS_LEARN, subject).is_empty());
    measure.into_iter().chain(learn).collect()
}

/// Outcomes that are measured and never held against anything: no target, and no review by those whose meetings are known.
fn unmeasured(org: &Org<'_>, product: ProductIx) -> Option<(Span, String)> {
    let subject = Subject::Product(product);
    let outcomes = || org.metrics(product).filter(|metric| metric.kind == Some(MetricKind::Outcome));
    let names: Vec<String> = outcomes().map(|metric| metric.quoted()).collect();
    if names.is_empty() || outcomes().any(|metric| metric.facts.target.is_some()) {
        return None;
    }
    let people = org.product_people(product).into_iter().map(Actor::Person);
    let actors: Vec<Actor> = people.chain(org[product].teams.iter().copied().map(Actor::Team)).collect();
    let mut meetings = actors.iter().flat_map(|actor| org.meetings_of(*actor)).peekable();
    // Of whom nothing is recorded, nothing is missing.
    meetings.peek()?;
    let is_reviewed = meetings.any(|meeting| meeting.kind == Some(MeetingKind::Review));
    let title = org.title(subject);
    let message = || format!("no outcome measure of {title} has a target ({}), and no review is recorded", joined(&names));
    (!is_reviewed).then(|| (org.place(subject), message()))
}

fn unclear(org: &Org<'_>, product: ProductIx) -> Option<(Span, String)> {
    let subject = Subject::Product(product);
    let observed = org.observed(product, signals::RESULTS_UNCLEAR)?;
    let source = org.as_observed(&observed, subject);
    let title = org.title(subject);
    let message = format!("releases of {title} go out steadily, yet nobody can tell what they achieved, {source}");
    Some((observed.at, message))
}
