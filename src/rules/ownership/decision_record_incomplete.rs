//! Decisions that nobody wrote down, or only in part.

use crate::org::Record;
use crate::rules::collaboration::shared_decision_one_sided;
use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "decision-record-incomplete",
    group: Group::Ownership,
    severity: Severity::Warning,
    otherwise: "info where a shared decision is recorded without who gives input or who communicates it",
    summary: "decisions are not recorded, or not completely",
    why: "Seats alone do not say who decides; the rest of the team has to guess.",
    question: "Who is asked, who decides, and who tells the rest of the team?",
    fix: "Write down who decides, under `responsibilities`.",
    passages: &["D4-127", "D4-103"],
    also: &["D4-020", "D4-083", "D4-238", "D4-319", "D4-324", "D4-352"],
    dissent: &[],
    yields_to: &[&shared_decision_one_sided::RULE],
    fires: r#"
people: {ann: Ann, kim: Kim, lee: Lee}
products:
  checkout:                   #~ no decision is recorded for Checkout
    name: Checkout
    product-manager: kim
    product-owner: ann
  billing:
    name: Billing
    product-manager: kim
    product-owner: lee
    responsibilities:
      release.decision: kim   #~ shared decisions of Billing are recorded only in part: release.decision lacks input and communicates
teams:
  core: {product: checkout}
  bills: {product: billing}
"#,
    clean: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout:
    product-manager: kim
    product-owner: ann
    responsibilities:
      release.decision: {decides: kim, input: [product-owner], communicates: ann}
      scope.changes: {decides: kim, input: nobody, communicates: kim}
  billing:
    product-manager: kim
    responsibilities: {release.decision: kim}
"#,
    check,
};

/// The decisions that several roles share, so that the others have to know.
const SHARED: [DutyIx; 4] = [duties::ROADMAP_SHAPE, duties::ROADMAP_PRIORITIES, duties::SCOPE_CHANGES, duties::RELEASE_DECISION];

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (product, _) in org.audited_products() {
        if org.records_core(product) {
            if org.product_people(product).len() >= 2 {
                incomplete(org, product, gaps);
            }
        } else if is_in_use(org, product) {
            gaps.add(unrecorded(org, product));
        }
    }
}

/// Whether anything says that the product is worked on: a held seat, a backlog or an opening.
fn is_in_use(org: &Org<'_>, product: ProductIx) -> bool {
    let is_held = |kind: SeatKind| org.seats_of_product(product, kind).any(|seat| !seat.holders.is_empty());
    SeatKind::ALL.into_iter().any(is_held) || !org[product].backlogs.is_empty() || org.openings_of(product).next().is_some()
}

fn unrecorded(org: &Org<'_>, product: ProductIx) -> Gap {
    let subject = Subject::Product(product);
    let name = org.title(subject);
    let message = format!("no decision is recorded for {name}: not who decides its strategy, nor any other core duty");
    let manager = org.seats_of_product(product, SeatKind::ProductManager).any(|seat| !seat.holders.is_empty());
    let owner = org.seats_of_product(product, SeatKind::ProductOwner).any(|seat| !seat.holders.is_empty());
    let lead = if manager { "product-manager" } else { "…" };
    let order = if owner { "product-owner" } else { "…" };
    let fix = format!(
        "Begin with `responsibilities: {{strategy.*: {lead}, roadmap.*: {lead}, backlog.*: {order}, delivery.questions: {order}, \
         scope.changes: …, results.*: …, priorities.conflict: …}}` under products.{}.",
        org[product].id.id
    );
    Gap::new(subject, org.place(subject), message).fix(fix)
}

/// Shared decisions that are recorded without all that the others have to know: one finding that lists them.
fn incomplete(org: &Org<'_>, product: ProductIx, gaps: &mut Gaps<'_>) {
    let subject = Subject::Product(product);
    let mut missing = Vec::new();
    for duty in SHARED {
        let decision = org.decision(duty, subject);
        let mut parts = missing_parts(org, decision);
        if gaps.fired_for(&shared_decision_one_sided::RULE, subject, duty) {
            parts.retain(|part| *part != INPUT);
        }
        // Where nobody decides there is nothing to ask or to tell; that nobody does is reported elsewhere.
        let is_decided = !matches!(decision.answer, Answer::Nobody | Answer::Ended(_) | Answer::NotApplicable);
        if let (Some(record), false, true) = (decision.records.first(), parts.is_empty(), is_decided) {
            missing.push((duty, *record, parts));
        }
    }
    let Some((_, first, _)) = missing.first() else { return };
    let told: Vec<String> = missing.iter().map(|(duty, _, parts)| told(&org[*duty].id, parts)).collect();
    let message = format!("shared decisions of {} are recorded only in part: {}", org.title(subject), joined(&told));
    let mut gap = Gap::new(subject, org[*first].at, message).severity(Severity::Info);
    for (_, record, _) in &missing {
        gap = gap.label(org[*record].at, "lacks a part too");
    }
    let lacks = |part: &str| missing.iter().any(|(_, _, parts)| parts.contains(&part));
    gaps.add(gap.fix(match (lacks(INPUT), lacks(COMMUNICATES)) {
        (true, true) => "Add `input: […]` and `communicates: …` where they are missing; `input: nobody` is an answer too.",
        (true, false) => "Add `input: […]`: who is asked before; `input: nobody` is an answer too.",
        (false, _) => "Add `communicates: …`: who tells the team.",
    }));
}

/// The part of a record of which another rule has more to say.
const INPUT: &str = "input";

/// The other part.
const COMMUNICATES: &str = "communicates";

fn missing_parts(org: &Org<'_>, decision: &Decision) -> Vec<&'static str> {
    let lacks = |part: fn(&Record<'_>) -> bool| !decision.records.iter().any(|record: &RecordIx| part(&org[*record]));
    let mut parts = Vec::new();
    if lacks(|record| record.input.is_some()) {
        parts.push(INPUT);
    }
    if lacks(|record| record.communicates.is_some()) {
        parts.push(COMMUNICATES);
    }
    parts
}

fn told(duty: &str, parts: &[&str]) -> String {
    format!("{duty} lacks {}", joined(parts))
}
