//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "backlog-ordered-by-other",
    group: Group::Backlog,
    severity: Severity::Error,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D0-018", "D4-089", "D1-025"],
    also: &[
        "D1-023", "D1-026", "D1-050", "D1-051", "D2-037", "D3-005", "D3-017", "D4-038", "D4-069", "D4-071", "D4-090", "D4-111",
        "D4-114", "D4-137", "D4-241", "D4-320", "D4-351",
    ],
    dissent: &["D1-045", "D1-046", "D1-044"],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
