//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "owner-without-decisions",
    group: Group::Authority,
    severity: Severity::Error,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D0-019", "D4-267", "D4-264"],
    also: &[
        "D0-003", "D0-007", "D0-008", "D1-024", "D4-007", "D4-036", "D4-046", "D4-047", "D4-091", "D4-217", "D4-254", "D4-265",
        "D4-266",
    ],
    dissent: &["D2-027", "D2-039"],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
