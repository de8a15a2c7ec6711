//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "discovery-lapsed",
    group: Group::Strategy,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-167", "D4-187", "D1-011"],
    also: &["D2-014", "D2-015", "D2-032", "D3-011", "D4-019", "D4-021", "D4-073", "D4-082", "D4-116", "D4-130"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
