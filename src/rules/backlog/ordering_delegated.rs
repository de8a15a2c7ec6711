//! TODO: one line.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "ordering-delegated",
    group: Group::Backlog,
    severity: Severity::Info,
    otherwise: "",
    summary: "",
    why: "",
    fix: "",
    passages: &["D1-045"],
    also: &["D1-044", "D1-046"],
    dissent: &["D1-049", "D1-051", "D1-052", "D1-053", "D1-025"],
    yields_to: &[],
    fires: r#"
"#,
    clean: r#"
"#,
    check,
};

fn check(_org: &Org<'_>, _gaps: &mut Gaps<'_>) {}
