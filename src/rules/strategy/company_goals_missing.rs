//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "company-goals-missing",
    group: Group::Strategy,
    severity: Severity::Info,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-199", "D1-019", "D4-190"],
    also: &["D2-009", "D4-003", "D4-062", "D4-109", "D4-131", "D4-301"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
