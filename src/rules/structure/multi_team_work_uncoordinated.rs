//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "multi-team-work-uncoordinated",
    group: Group::Structure,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D3-022", "D0-025"],
    also: &["D3-007", "D3-024", "D4-224", "D4-250", "D4-256", "D4-258", "D4-259", "D4-260", "D4-277"],
    dissent: &["D0-026"],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
