//! What has to hold of every organization: tested over generated ones, the examples, and real ones where they are at hand.

#![allow(clippy::panic, reason = "a test fails by panicking")]

#[path = "common/organizations.rs"]
mod organizations;

use proptest::prelude::*;
use roleaudit::Days;
use roleaudit::audit::{Selection, audit};
use roleaudit::settings::Settings;
use roleaudit::source::{Source, Sources};
use std::fs;
use std::path::Path;

/// What identifies a finding, and its message.
#[derive(Debug, PartialEq)]
struct Found {
    rule: &'static str,
    subject: String,
    duty: Option<String>,
    message: String,
}

fn found(text: &str) -> Vec<Found> {
    found_in(text, Sources::new(vec![Source::new("team.yaml", text)]))
}

fn found_in(text: &str, sources: Sources) -> Vec<Found> {
    let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
    let linked = roleaudit::load(&sources, days).unwrap_or_else(|invalid| panic!("{:#?}\n{text}", invalid.errors));
    let report = audit(&linked.org, &Settings::default(), &Selection::default(), &sources);
    // What is said about an entry of `accepted` repeats the finding that it speaks of, and has to.
    let is_acceptance = |rule: &str| rule.starts_with("acceptance-");
    let findings = report.findings.into_iter().filter(|finding| !is_acceptance(finding.rule.name));
    findings
        .map(|finding| Found { rule: finding.rule.name, subject: finding.subject, duty: finding.duty, message: finding.message })
        .collect()
}

/// Rules that may both speak of one duty of one subject, because each names another mistake that asks for another remedy. Any other
/// two would tell one mistake twice.
const TOGETHER: &[(&str, &str)] = &[
    // Several people decide, and one of them should not decide at all.
    ("duty-contested", "people-manager-decides-product"),
    ("duty-contested", "project-manager-holds-product"),
    ("duty-contested", "solution-dictated"),
    ("duty-contested", "stakeholder-decides"),
    ("final-call-missing", "project-manager-holds-product"),
    ("final-call-missing", "stakeholder-decides"),
    ("roadmap-without-owner", "project-manager-holds-product"),
    ("roadmap-without-owner", "stakeholder-decides"),
    ("backlog-ordered-by-other", "ordering-delegated"),
    // Who decides, and who is asked before.
    ("duty-contested", "shared-decision-one-sided"),
    ("project-manager-holds-product", "shared-decision-one-sided"),
    ("roadmap-without-owner", "shared-decision-one-sided"),
    ("stakeholder-decides", "shared-decision-one-sided"),
    // Who decides, and whose yes it needs.
    ("owner-needs-approval", "scaling-dilutes-owner"),
    ("duty-contested", "approval-stack"),
    ("final-call-missing", "approval-stack"),
    ("roadmap-without-owner", "approval-stack"),
    ("stakeholder-decides", "approval-stack"),
    ("project-manager-holds-product", "approval-stack"),
    ("duty-contested", "owner-needs-approval"),
    ("roadmap-without-owner", "owner-needs-approval"),
    ("project-manager-holds-product", "owner-needs-approval"),
    ("stakeholder-decides", "owner-needs-approval"),
    // Two people decide a duty, and each of them for a reason of another kind should not.
    ("people-manager-decides-product", "project-manager-holds-product"),
    ("project-manager-holds-product", "scaling-dilutes-owner"),
    ("people-manager-decides-product", "scaling-dilutes-owner"),
    ("duty-contested", "scaling-dilutes-owner"),
    // Several coordinate, none of them from the seat that governance asks for.
    ("duty-contested", "multi-team-work-uncoordinated"),
    ("people-manager-decides-product", "approval-stack"),
    // One backlog's record says nobody, and another record of the product names several.
    ("duty-contested", "product-goal-missing"),
    ("duty-contested", "duty-unowned"),
];

/// Rules of which only one may speak of a subject, whatever the duty (section 4 of the rules).
const NEVER: &[(&str, &str)] = &[
    ("backlog-without-owner", "backlog-ordered-by-other"),
    ("backlog-without-owner", "ordering-delegated"),
    ("backlog-without-owner", "backlog-shared-owner"),
    ("combined-role-overstretched", "owner-too-many-teams"),
    ("activity-metrics-only", "product-without-outcome-metric"),
    ("first-hire", "hire-product-manager"),
    ("first-hire", "hire-product-owner"),
    ("hire-product-manager", "hire-product-owner"),
];

/// Duties on which a rule of their own reports several deciders.
const CONTESTED_ELSEWHERE: [&str; 3] = ["priorities.conflict", "roadmap.shape", "backlog.order"];

fn is_pair(list: &[(&str, &str)], a: &Found, b: &Found) -> bool {
    list.iter().any(|(one, other)| (*one == a.rule && *other == b.rule) || (*one == b.rule && *other == a.rule))
}

/// The pairs of findings that tell one mistake twice.
fn repetitions(text: &str) -> Vec<String> {
    let found = found(text);
    let mut repeated = Vec::new();
    for (n, a) in found.iter().enumerate() {
        let duty = a.duty.as_deref().unwrap_or_default();
        if a.rule == "duty-contested" && CONTESTED_ELSEWHERE.contains(&duty) {
            repeated.push(format!("duty-contested speaks of {duty}"));
        }
        for b in found[n + 1..].iter().filter(|b| b.rule != a.rule && b.subject == a.subject) {
            let of_one_duty = a.duty.is_some() && a.duty == b.duty && !is_pair(TOGETHER, a, b);
            if of_one_duty || is_pair(NEVER, a, b) {
                repeated.push(format!("{} and {} on {} {duty}: {} | {}", a.rule, b.rule, a.subject, a.message, b.message));
            }
        }
    }
    repeated
}

/// Numbers for the generator of organizations.
fn numbers() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..900)
}

proptest! {
    #![proptest_config(organizations::cases(300))]

    #[test]
    fn no_two_rules_report_the_same_mistake(numbers in numbers()) {
        let text = organizations::organization(&numbers);
        let repeated = repetitions(&text);
        prop_assert!(repeated.is_empty(), "{}\n{text}", repeated.join("\n"));
    }
}

proptest! {
    #![proptest_config(organizations::cases(60))]

    // A large organization is audited by two threads.
    #[test]
    fn many_bystanders_change_nothing(numbers in numbers()) {
        let text = organizations::organization(&numbers);
        let bystanders: String = (0..600).map(|number| format!("  bystander-{number}:\n")).collect();
        let large = [Source::new("team.yaml", &text), Source::new("others.yaml", format!("people:\n{bystanders}"))];
        prop_assert_eq!(found(&text), found_in(&text, Sources::new(large.into())));
    }
}

#[test]
fn no_two_rules_report_the_same_mistake_on_an_example_or_a_real_organization() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in [project.join("examples"), project.join("../shared/realdata/org")] {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
            if path.extension().is_some_and(|extension| extension == "yaml") {
                let text = fs::read_to_string(&path).expect("an organization can be read");
                let repeated = repetitions(&text);
                assert!(repeated.is_empty(), "{}: {}", path.display(), repeated.join("\n"));
            }
        }
    }
}
