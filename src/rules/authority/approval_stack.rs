//! A decision that needs several approvals.

use crate::org::Scope;
use crate::rules::authority::owner_needs_approval;
use crate::rules::prelude::*;
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    name: "approval-stack",
    group: Group::Authority,
    severity: Severity::Warning,
    otherwise: "info for releases and changes of scope of a regulated product",
    summary: "one decision needs several approvals",
    why: "Each approval is a queue of its own, and with several of them nobody is left who decides.",
    question: "Whose approval does this really take, and whose advice is enough?",
    fix: "Keep one name under `approves`, or none, and move the others to `input`.",
    passages: &["D4-092"],
    also: &[],
    dissent: &[],
    yields_to: &[&owner_needs_approval::RULE],
    fires: r#"
people: {ann: Ann, vera: Vera, max: Max, legal: {name: Legal, kind: group}}
products:
  checkout:
    name: Checkout
    product-manager: ann
    responsibilities:
      strategy.product: {decides: ann, approves: [vera, max]}      #~ strategy.product of Checkout needs 2 approvals, from Max and Vera
  billing:
    name: Billing
    regulated: true
    product-manager: ann
    responsibilities:
      release.decision: {decides: ann, approves: [vera, legal]}    #~ release.decision of Billing needs 2 approvals, from Legal (group) and Vera; the product is regulated
"#,
    clean: r#"
people: {ann: Ann, vera: Vera, max: Max}
products:
  checkout:
    product-manager: ann
    responsibilities:
      strategy.product: {decides: ann, approves: [ann, vera], input: [max], escalates-to: max}
      release.decision: {decides: ann, approves: [product-owner, max]}
      people.manage: {decides: vera, approves: [ann, max]}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (record, stacks) in stacks(org) {
        let about = Subject::from(org[record].scope);
        // One line that asks for approval is told once, whichever of its duties it was told of.
        let is_told = stacks.iter().any(|(duty, _)| gaps.fired_for(&owner_needs_approval::RULE, about, *duty));
        let several = stacks.into_iter().filter(|(_, stack)| !is_told && stack.approvers.len() >= 2);
        gaps.extend(several.map(|(duty, stack)| gap(org, record, duty, &stack)));
    }
}

/// Those who must say yes to a decision.
struct Stack {
    /// Where the duty was looked up first.
    subject: Subject,
    approvers: Vec<Actor>,
    /// Whether law or regulation asks for it wherever the record holds.
    regulated: bool,
}

/// The approvals of every record that asks for some, duty by duty; of places that share the record, of the one with the most.
fn stacks(org: &Org<'_>) -> BTreeMap<RecordIx, BTreeMap<DutyIx, Stack>> {
    let mut stacks: BTreeMap<RecordIx, BTreeMap<DutyIx, Stack>> = BTreeMap::new();
    for (duty, subject, decision) in org.all_decisions() {
        let asks = decision.records.iter().copied().filter(|record| org[*record].approves.is_some());
        for record in asks.filter(|_| is_of_product(org, duty)) {
            let mut approvers = org.actors_of(org[record].approves.as_deref(), subject);
            approvers.retain(|approver| !decision.is_decided_by(*approver));
            let regulated = is_regulated(org, duty, subject);
            let stack = Stack { subject, approvers: approvers.into_vec(), regulated };
            let known = stacks.entry(record).or_default();
            match known.get_mut(&duty) {
                Some(known) => {
                    known.regulated &= regulated;
                    if stack.approvers.len() > known.approvers.len() {
                        *known = Stack { regulated: known.regulated, ..stack };
                    }
                }
                None => {
                    known.insert(duty, stack);
                }
            }
        }
    }
    stacks
}

/// Whether a duty is about a product, and not about people, the organization or a programme.
fn is_of_product(org: &Org<'_>, duty: DutyIx) -> bool {
    org[duty].built_in.is_some_and(|duty| !matches!(duty.area(), "people" | "org" | "program"))
}

fn is_regulated(org: &Org<'_>, duty: DutyIx, subject: Subject) -> bool {
    let Subject::Product(product) = subject else { return false };
    let is_signed_off = matches!(duty, duties::RELEASE_DECISION | duties::SCOPE_CHANGES);
    is_signed_off && org[product].facts.regulated.as_ref().is_some_and(|regulated| regulated.value)
}

fn gap(org: &Org<'_>, record: RecordIx, duty: DutyIx, stack: &Stack) -> Gap {
    let record = &org[record];
    let mut names: Vec<String> = stack.approvers.iter().map(|approver| org.name_in_role(*approver)).collect();
    names.sort_unstable();
    let whose = org.reach_title(record.scope, stack.subject);
    let mut message = format!("{} of {whose} needs {} approvals, from {}", org[duty].id, names.len(), joined(&names));
    let severity = if stack.regulated { Severity::Info } else { Severity::Warning };
    if stack.regulated {
        let is_of_several = record.scope == Scope::Organization && org.products.len() > 1;
        message.push_str(if is_of_several { "; its products are regulated" } else { "; the product is regulated" });
    }
    let mut places = record.approves.iter().flat_map(|approves| &approves.named).map(|party| party.at);
    let at = places.next().unwrap_or(record.at);
    let keep = format!("one name under `approves` of `{}`, or none, and move the others to `input`.", org.covered(record.covers));
    let fix = if stack.regulated {
        format!("Nothing need change if the law asks for each of them; else keep {keep}")
    } else {
        format!("Keep {keep}")
    };
    let gap = Gap::new(record.scope.into(), at, message).duty(duty).severity(severity).note_of(record).fix(fix);
    places.fold(gap, |gap, at| gap.label(at, "must say yes too"))
}
