//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "shared-decision-one-sided",
    group: Group::Collaboration,
    severity: Severity::Warning,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D4-349", "D4-124", "D4-144"],
    also: &[
        "D3-016", "D4-044", "D4-098", "D4-107", "D4-122", "D4-123", "D4-132", "D4-143", "D4-145", "D4-146", "D4-147", "D4-156",
        "D4-199", "D4-290", "D4-348",
    ],
    dissent: &["D1-048", "D2-024"],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
