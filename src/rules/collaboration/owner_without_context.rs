//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "owner-without-context",
    group: Group::Collaboration,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-289", "D4-074"],
    also: &["D0-006", "D4-048", "D4-076", "D4-102", "D4-118", "D4-119", "D4-165"],
    dissent: &["D2-016", "D2-029", "D1-013", "D2-013"],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
