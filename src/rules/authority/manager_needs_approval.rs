//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "manager-needs-approval",
    group: Group::Authority,
    severity: Severity::Error,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-198", "D4-269", "D4-197"],
    also: &["D4-088", "D4-091", "D4-092"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
