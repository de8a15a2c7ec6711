//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "roadmap-backlog-disconnected",
    group: Group::Strategy,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-112", "D4-002", "D4-115"],
    also: &["D2-018", "D2-021", "D3-014", "D3-026", "D4-045", "D4-056", "D4-064", "D4-065", "D4-070", "D4-081", "D4-114"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
