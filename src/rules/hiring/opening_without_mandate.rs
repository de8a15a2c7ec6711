//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "opening-without-mandate",
    group: Group::Hiring,
    severity: Severity::Error,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-333", "D4-328", "D4-295"],
    also: &[
        "D4-009", "D4-246", "D4-271", "D4-272", "D4-278", "D4-322", "D4-323", "D4-324", "D4-325", "D4-326", "D4-327", "D4-329",
        "D4-330", "D4-331",
    ],
    dissent: &[],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
