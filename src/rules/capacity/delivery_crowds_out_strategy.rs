//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "delivery-crowds-out-strategy",
    group: Group::Capacity,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-166", "D4-164", "D4-208"],
    also: &["D1-039", "D2-011", "D2-034", "D4-072", "D4-162", "D4-163", "D4-165", "D4-169", "D4-284", "D4-285", "D4-338"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
