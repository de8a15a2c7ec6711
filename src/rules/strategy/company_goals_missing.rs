//! A company whose goals do not reach the product.

use crate::catalogue::SignalIx;
use crate::document::Goals;
use crate::org::signals::Observed;
use crate::rules::prelude::*;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "company-goals-missing",
    group: Group::Strategy,
    severity: Severity::Info,
    otherwise: "warning where it was observed that the goals do not arrive",
    summary: "the goals of the company do not reach the product",
    why: "Without the goals of the company nobody can tell which of two good ideas is the better one.",
    question: "Which company goals do the teams work toward, and who tells them?",
    fix: "List the goals under `goals` of `organization`, or write `goals: confidential`, and tell the teams which of them their work serves.",
    passages: &["D4-199", "D1-019", "D4-190"],
    also: &["D2-009", "D4-003", "D4-062", "D4-109", "D4-131", "D4-301"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
organization:
  goals: []
  signals: [goals-link-unclear]          #~ it is open which product ideas serve the company's goals, as was observed; no goals of the company are recorded
products:
  checkout: {name: Checkout, signals: [engineering-lacks-context]}   #~ engineers of Checkout hear little about what the business wants to achieve, as was observed
  billing: {name: Billing}
"#,
    clean: r#"
organization: {goals: confidential}
products:
  checkout: {signals: [roadmap-unclear]}
  billing: {}
"#,
    check,
};

/// The symptoms of goals that do not arrive.
const SYMPTOMS: [SignalIx; 2] = [signals::ENGINEERING_LACKS_CONTEXT, signals::GOALS_LINK_UNCLEAR];

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let lack = if are_missing(org) { "; no goals of the company are recorded" } else { "" };
    let of_company = of_subject(org, Subject::Organization, org.signals_on(Subject::Organization), lack);
    let mut is_observed = of_company.is_some();
    gaps.extend(of_company);
    for (product, _) in org.audited_products() {
        // What was observed of the whole organization is told there.
        let near = SYMPTOMS.into_iter().filter_map(|signal| org.observed(product, signal));
        let near = near.filter(|observed| observed.on != Subject::Organization);
        let gap = of_subject(org, Subject::Product(product), near, lack);
        is_observed |= gap.is_some();
        gaps.extend(gap);
    }
    if !is_observed && !lack.is_empty() && !is_clear_without(org) {
        let place = org.place(Subject::Organization);
        let gap = Gap::new(Subject::Organization, place, "no goals of the company are recorded");
        gaps.add(gap.fix("Write `goals: […]` under `organization`; `goals: confidential` is an answer too."));
    }
}

/// What was observed of a subject, as one gap.
fn of_subject(org: &Org<'_>, subject: Subject, observed: impl Iterator<Item = Observed>, lack: &str) -> Option<Gap> {
    let symptoms = observed.filter(|observed| SYMPTOMS.contains(&observed.signal));
    let told = |observed: Observed| -> (Span, String) {
        let of = match subject {
            Subject::Organization => String::new(),
            subject => format!(" of {}", org.title(subject)),
        };
        let source = org.as_observed(&observed, subject);
        let message = if observed.signal == signals::GOALS_LINK_UNCLEAR {
            format!("it is open which product ideas{of} serve the company's goals, {source}{lack}")
        } else {
            format!("engineers{of} hear little about what the business wants to achieve, {source}{lack}")
        };
        (observed.at, message)
    };
    Some(Gap::of_grounds(subject, symptoms.map(told))?.severity(Severity::Warning))
}

fn are_missing(org: &Org<'_>) -> bool {
    match org.facts.goals.as_ref().map(|goals| &goals.value) {
        Some(Goals::Confidential) => false,
        Some(Goals::Listed(goals)) => goals.items.is_empty(),
        None => true,
    }
}

/// Whether nobody needs the goals of the company: a single product with a goal of its own stands for all of it, and without a product
/// or product people there is nothing to choose.
fn is_clear_without(org: &Org<'_>) -> bool {
    let mut products = org.audited_products();
    match (products.next(), products.next()) {
        (None, _) => !org.people().any(|(_, person)| SeatKind::PRODUCT.into_iter().any(|seat| person.holds(seat))),
        (Some((_, only)), None) => only.facts.goal.is_some(),
        (Some(_), Some(_)) => false,
    }
}
