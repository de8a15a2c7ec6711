//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "product-split-backlogs",
    group: Group::Backlog,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-280", "D4-353", "D4-052"],
    also: &["D4-203", "D4-235", "D4-236"],
    dissent: &["D4-237", "D4-241", "D4-318"],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
