//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "split-combined-role",
    group: Group::Hiring,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-174", "D4-339", "D4-163"],
    also: &[
        "D4-016", "D4-159", "D4-160", "D4-166", "D4-167", "D4-168", "D4-169", "D4-170", "D4-171", "D4-172", "D4-173", "D4-175",
        "D4-176", "D4-220", "D4-222", "D4-223", "D4-224", "D4-225", "D4-226", "D4-227", "D4-228", "D4-229", "D4-230", "D4-231",
        "D4-317", "D4-318",
    ],
    dissent: &["D3-006", "D2-003"],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
