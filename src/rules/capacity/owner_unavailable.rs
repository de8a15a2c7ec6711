//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "owner-unavailable",
    group: Group::Capacity,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-120", "D4-099", "D4-205"],
    also: &[
        "D1-027", "D2-033", "D4-002", "D4-041", "D4-043", "D4-053", "D4-075", "D4-084", "D4-100", "D4-121", "D4-142", "D4-170",
        "D4-221", "D4-242",
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
