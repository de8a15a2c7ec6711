//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "first-hire",
    group: Group::Hiring,
    severity: Severity::Info,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-356", "D4-358"],
    also: &["D4-346", "D4-357"],
    dissent: &["D2-003", "D2-044"],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
