//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "roadmap-built-on-requests",
    group: Group::Strategy,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-310", "D4-196", "D4-189"],
    also: &["D2-020", "D2-036", "D4-033", "D4-059", "D4-067", "D4-113", "D4-136", "D4-195"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
