//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "learning-loop-open",
    group: Group::Collaboration,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-128", "D4-244", "D4-193"],
    also: &["D1-015", "D4-028", "D4-044", "D4-118", "D4-125", "D4-126", "D4-148", "D4-149", "D4-150", "D4-252"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
