//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "product-without-outcome-metric",
    group: Group::Metrics,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-027", "D4-133", "D4-303"],
    also: &["D0-020", "D2-038", "D4-034", "D4-093", "D4-149", "D4-293"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
