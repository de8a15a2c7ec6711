//! A duty that a group decides, where no other rule says so.

use crate::rules::prelude::*;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "duty-decided-by-group",
    group: Group::Upkeep,
    severity: Severity::Warning,
    otherwise: "",
    summary: "a group decides a duty",
    why: "A group has to agree before it can decide, and nobody in it answers for the answer.",
    fix: "Name one person of the group under `decides`, and the group under `input`.",
    passages: &["D4-055", "D4-281"],
    also: &[],
    dissent: &[],
    yields_to: &[],
    fires: r#"
duties: {compliance.pci-signoff: Signs the yearly PCI statement}
people: {ann: Ann, board: {name: Board, kind: group}}
products:
  checkout:
    name: Checkout
    product-owner: ann
    responsibilities:
      release.decision: board          #~ release.decision of Checkout is decided by Board, a group
      compliance.pci-signoff: board    #~ compliance.pci-signoff of Checkout is decided by Board, a group
teams:
  core: {product: checkout}
"#,
    clean: r#"
duties: {compliance.pci-signoff: Signs the yearly PCI statement}
people: {ann: Ann, board: {name: Board, kind: group}}
products:
  checkout:
    product-owner: ann
    responsibilities:
      compliance.pci-signoff: {decides: ann, input: [board]}
      backlog.acceptance: board
      release.decision: ann
teams:
  core: {product: checkout, responsibilities: {delivery.how: developers}}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let is_asked = |duty: DutyIx| org[duty].built_in.is_none() || org[duty].is_core();
    // Only where there are groups can one decide.
    if !org.people.iter().any(crate::org::Person::is_group) {
        return;
    }
    let mut told = BTreeSet::new();
    for level in Level::ALL {
        for subject in org.subjects(level) {
            for (duty, decision) in org.decisions_on(subject).filter(|(duty, _)| is_asked(*duty)) {
                let [decider] = decision.deciders() else { continue };
                let Actor::Person(person) = decider.actor else { continue };
                let about = Subject::from(org[decider.record].scope);
                let is_told = gaps.is_told(subject, duty) || gaps.is_told(about, duty);
                if org[person].is_group() && !is_told && told.insert((decider.record, duty)) {
                    gaps.add(gap(org, duty, subject, decider));
                }
            }
        }
    }
}

fn gap(org: &Org<'_>, duty: DutyIx, subject: Subject, decider: &Decider) -> Gap {
    let record = &org[decider.record];
    let (id, name) = (&org[duty].id, org.name(decider.actor));
    let whose = org.reach_title(record.scope, subject);
    let message = format!("{id} of {whose} is decided by {name}, a group");
    let fix =
        format!("Write one person of {name} under `decides` of {}, and the group under `input`.", org.covered(record.covers));
    Gap::new(record.scope.into(), decider.at, message).duty(duty).note_of(record).fix(fix)
}
