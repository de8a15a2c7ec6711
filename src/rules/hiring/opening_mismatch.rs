//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "opening-mismatch",
    group: Group::Hiring,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-310", "D4-308", "D4-309"],
    also: &["D4-009", "D4-261", "D4-273", "D4-274", "D4-275", "D4-276", "D4-277", "D4-297", "D4-358"],
    dissent: &["D2-003", "D3-019"],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
