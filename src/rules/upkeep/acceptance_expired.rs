//! A risk that was accepted for a time which is over, while the gap is still there.

use crate::accept::{Acceptances, has_expired, named};
use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "acceptance-expired",
    group: Group::Upkeep,
    severity: Severity::Warning,
    otherwise: "",
    summary: "an accepted risk has passed its date, and the gap is still there",
    why: "A date on an accepted risk is a promise to look at it again; without that look, an exception becomes the rule unnoticed.",
    question: "Is this risk still accepted, and until when?",
    fix: "Close the gap and delete the entry; or decide anew, with a later `until` and a `because` that still holds.",
    passages: &[],
    also: &[],
    dissent: &[],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, ben: Ben, kim: Kim}
products:
  checkout: {name: Checkout, product-owner: [ann, ben]}
accepted:
  - rule: backlog-shared-owner
    at: backlogs.checkout
    because: Ann hands the backlog over to Ben
    by: kim
    until: 2025-10-31     #~ Kim accepted backlog-shared-owner for the backlog of Checkout until 2025-10-31; the finding is still there and counts again
"#,
    clean: r#"
people: {ann: Ann, ben: Ben, kim: Kim}
products:
  checkout: {name: Checkout, product-owner: [ann, ben]}
  billing: {name: Billing, product-owner: ann}
accepted:
  - {rule: backlog-shared-owner, at: backlogs.checkout, because: Ann hands the backlog over to Ben, by: kim, until: 2031-10-31}
  - {rule: backlog-shared-owner, at: backlogs.billing, because: Ann hands the backlog over to Kim, until: 2025-10-31}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let valid = Acceptances::of(org);
    for accepted in &org.accepted {
        let (Some(until), Ok(rule)) = (accepted.until, &accepted.rule) else { continue };
        if !has_expired(accepted, org) || !gaps.has_found(accepted) {
            continue;
        }
        let what = named(accepted, org);
        let who = accepted.by.map_or(format!("{what} was accepted"), |by| format!("{} accepted {what}", org[by].name()));
        let ended = format!("{who} until {}", until.date);
        let gap = match valid.covering(rule, accepted.subject, accepted.duty) {
            None => Gap::new(accepted.subject, until.at, format!("{ended}; the finding is still there and counts again")),
            Some(newer) => Gap::new(accepted.subject, until.at, format!("{ended}; another entry accepts it now"))
                .label(newer.at, "accepted here")
                .fix("Delete the entry whose time is over."),
        };
        gaps.add(accepted.duty.into_iter().fold(gap, Gap::duty));
    }
}
