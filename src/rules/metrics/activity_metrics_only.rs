//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "activity-metrics-only",
    group: Group::Metrics,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-292", "D4-095", "D4-293"],
    also: &["D0-020", "D2-043", "D4-034", "D4-094", "D4-096", "D4-257", "D4-291", "D4-294"],
    dissent: &["D2-039", "D2-012"],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
