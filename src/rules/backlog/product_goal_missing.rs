//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "product-goal-missing",
    group: Group::Backlog,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-134", "D4-210", "D4-247"],
    also: &[
        "D2-017", "D4-031", "D4-037", "D4-040", "D4-063", "D4-065", "D4-081", "D4-110", "D4-111", "D4-253", "D4-280", "D4-351",
    ],
    dissent: &[],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
