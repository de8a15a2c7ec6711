//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "combined-role-unbounded",
    group: Group::Capacity,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-177", "D4-178", "D4-180"],
    also: &["D4-179", "D3-020", "D4-162", "D4-181", "D4-338"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
