//! A roadmap that nobody keeps current.

use crate::document::Roadmap;
use crate::document::value::Given;
use crate::rules::prelude::*;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "roadmap-stale",
    group: Group::Strategy,
    severity: Severity::Warning,
    otherwise: "",
    summary: "the roadmap is out of date",
    why: "A roadmap that is older than what was learned since leads to where nobody wants to go any more.",
    question: "Does the roadmap still hold, and how often is it reviewed?",
    fix: "Review the roadmap, write the day under `updated`, and set a rhythm for the next review.",
    passages: &["D4-168", "D2-020"],
    also: &["D4-024", "D4-077"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
as-of: 2026-11-21
products:
  checkout: {name: Checkout, roadmap: {updated: 2026-05-24}}   #~ the roadmap of Checkout was last updated 181 days ago; this tool's limit is 180 days (roadmap-max-age-days)
  billing: {name: Billing, roadmap: {basis: [research]}}       #~ it is not recorded when the roadmap of Billing was last updated
  search: {name: Search, signals: [roadmap-reactive]}          #~ the roadmap of Search changes only when something forces it to, as was observed
teams:
  web: {name: Web, product: search}
"#,
    clean: r#"
as-of: 2026-11-21
products:
  checkout: {roadmap: {updated: 2026-05-25}}
  billing: {}
  search: {stage: retired, roadmap: {updated: 2020-01-31}}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let most = gaps.numbers().roadmap_max_age_days;
    for (product, facts) in org.audited_products() {
        let subject = Subject::Product(product);
        let old = facts.facts.roadmap.as_ref().and_then(|roadmap| age(org, product, roadmap, most));
        let reactive = org.observed(product, signals::ROADMAP_REACTIVE).map(|observed| {
            let source = org.as_observed(&observed, subject);
            (observed.at, format!("the roadmap of {} changes only when something forces it to, {source}", org.title(subject)))
        });
        gaps.extend(Gap::of_grounds(subject, [old, reactive].into_iter().flatten()));
    }
}

/// What is wrong with the day on which a roadmap was updated.
fn age(org: &Org<'_>, product: ProductIx, roadmap: &Given<Roadmap<'_>>, most: u32) -> Option<(Span, String)> {
    let name = org[product].name();
    let Some(updated) = &roadmap.value.updated else {
        return Some((roadmap.key, format!("it is not recorded when the roadmap of {name} was last updated")));
    };
    let days = org.days_since(updated.value);
    let limit = format!("this tool's limit is {most} days (roadmap-max-age-days)");
    (days > most.into()).then(|| (updated.key, format!("the roadmap of {name} was last updated {days} days ago; {limit}")))
}
