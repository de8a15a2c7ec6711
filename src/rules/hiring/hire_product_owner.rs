//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "hire-product-owner",
    group: Group::Hiring,
    severity: Severity::Info,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-200", "D4-201"],
    also: &[
        "D4-011", "D4-164", "D4-202", "D4-204", "D4-205", "D4-206", "D4-207", "D4-208", "D4-209", "D4-210", "D4-211", "D4-212",
        "D4-213", "D4-214", "D4-227", "D4-275", "D4-276", "D4-299", "D4-304", "D4-305", "D4-306", "D4-307", "D4-308", "D4-309",
        "D4-312", "D4-313",
    ],
    dissent: &["D4-315"],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
