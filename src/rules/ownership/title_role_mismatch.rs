//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "title-role-mismatch",
    group: Group::Ownership,
    severity: Severity::Info,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D1-006", "D1-007", "D4-342"],
    also: &["D4-006", "D4-103", "D4-181", "D4-262", "D4-332"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
