//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "work-bypasses-backlog",
    group: Group::Backlog,
    severity: Severity::Error,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-216", "D4-050", "D4-087"],
    also: &["D4-042", "D4-051", "D4-052", "D4-085", "D4-202", "D4-203", "D4-207", "D4-320", "D4-353"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
