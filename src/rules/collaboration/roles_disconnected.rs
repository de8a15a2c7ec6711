//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "roles-disconnected",
    group: Group::Collaboration,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-151", "D0-017", "D4-152"],
    also: &[
        "D2-003", "D2-019", "D2-044", "D3-028", "D4-101", "D4-102", "D4-128", "D4-129", "D4-153", "D4-156", "D4-232", "D4-287",
        "D4-290",
    ],
    dissent: &["D2-011"],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
