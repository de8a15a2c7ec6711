//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "roadmap-without-owner",
    group: Group::Strategy,
    severity: Severity::Error,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-349", "D4-347"],
    also: &["D1-014", "D2-020", "D2-030", "D3-017", "D3-025", "D4-012", "D4-024", "D4-066", "D4-113", "D4-185", "D4-274"],
    dissent: &["D0-005"],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
