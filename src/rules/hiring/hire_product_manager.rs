//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "hire-product-manager",
    group: Group::Hiring,
    severity: Severity::Info,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-183", "D4-182"],
    also: &[
        "D2-002", "D4-010", "D4-184", "D4-185", "D4-186", "D4-187", "D4-188", "D4-189", "D4-190", "D4-191", "D4-192", "D4-193",
        "D4-194", "D4-273", "D4-298", "D4-300", "D4-301", "D4-302", "D4-303", "D4-308", "D4-311", "D4-315", "D4-346",
    ],
    dissent: &["D3-027"],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
