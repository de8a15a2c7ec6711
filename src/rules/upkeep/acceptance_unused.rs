//! An entry of `accepted` for which there is nothing to accept.

use crate::accept::named;
use crate::document::hints;
use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "acceptance-unused",
    group: Group::Upkeep,
    severity: Severity::Info,
    otherwise: "",
    summary: "a risk is accepted for which there is no finding",
    why: "An entry that is left behind hides the same gap if it ever comes back, for a reason that nobody remembers.",
    question: "Is this risk gone for good, or should it stay accepted?",
    fix: "Delete the entry.",
    passages: &[],
    also: &[],
    dissent: &[],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, ben: Ben}
products:
  checkout: {name: Checkout, product-owner: ann}
  billing: {name: Billing, product-owner: [ann, ben]}
accepted:
  - rule: backlog-shared-owner    #~ backlog-shared-owner for the backlog of Checkout is accepted, but there is no such finding
    at: backlogs.checkout
    because: Ann hands the backlog over to Ben
  - {rule: backlog-shared-owner, at: backlogs.billing, because: Ann hands the backlog over to Ben}
"#,
    clean: r#"
people: {ann: Ann, ben: Ben}
products:
  billing: {name: Billing, product-owner: [ann, ben]}
accepted:
  - {rule: backlog-shared-owner, at: backlogs.billing, because: Ann hands the backlog over to Ben, until: 2025-10-31}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for accepted in &org.accepted {
        let gap = match &accepted.rule {
            // An entry about this rule would be the finding that it accepts.
            Ok(rule) if rule.name == RULE.name || gaps.has_found(accepted) => continue,
            Ok(_) => {
                let message = format!("{} is accepted, but there is no such finding", named(accepted, org));
                Gap::new(accepted.subject, accepted.at, message).fix(
                    "Delete the entry; if a finding was meant that is still shown, write what the line `accept:` below it says.",
                )
            }
            Err(name) => {
                let message = format!("`{}` is accepted, but this roleaudit has no such rule", hints::shortened(&name.id));
                Gap::new(accepted.subject, accepted.at, message).fix(
                    "Write a name that `roleaudit rules` lists, or use a roleaudit that has the rule; else delete the entry.",
                )
            }
        };
        gaps.add(accepted.duty.into_iter().fold(gap, Gap::duty));
    }
}
