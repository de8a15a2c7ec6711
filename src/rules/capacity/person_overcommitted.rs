//! A week that is given away more than once.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "person-overcommitted",
    group: Group::Capacity,
    severity: Severity::Error,
    otherwise: "",
    summary: "the parts of a person's week add up to more than the week",
    why: "What does not fit into the week is dropped by whoever shouts least, and nobody decided that it should be.",
    question: "What can be dropped or handed on, so that the week is long enough?",
    fix: "Correct `time`, or hand one of the roles to somebody else.",
    passages: &["D3-021", "D4-053"],
    also: &["D4-260"],
    dissent: &["D4-282"],
    yields_to: &[],
    fires: r#"
people:
  rosa:
    name: Rosa
    time: {strategy: 20, backlog: 50, delivery: 50}   #~ the week of Rosa adds up to 120 %: strategy 20 %, backlog 50 % and delivery 50 %
products: {billing: {product-manager: rosa, product-owner: rosa}}
"#,
    clean: r#"
people:
  rosa: {time: {strategy: 34, backlog: 34, delivery: 33}}
  kim: Kim
products: {billing: {product-manager: rosa, product-owner: rosa}}
"#,
    check,
};

/// The most that rounded shares of a whole week add up to, in percent.
const A_WEEK: u32 = 101;

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (person, facts) in org.people() {
        let Some(time) = &facts.facts.time else { continue };
        let parts = [
            ("strategy", &time.value.strategy),
            ("discovery", &time.value.discovery),
            ("backlog", &time.value.backlog),
            ("delivery", &time.value.delivery),
            ("people", &time.value.people),
            ("other", &time.value.other),
        ];
        let given = parts.iter().filter_map(|(name, share)| Some((name, share.as_ref()?.value.0)));
        let sum: u32 = given.clone().map(|(_, percent)| percent).sum();
        if sum > A_WEEK {
            let parts: Vec<String> = given.map(|(name, percent)| format!("{name} {percent} %")).collect();
            let message = format!("the week of {} adds up to {sum} %: {}", facts.name(), joined(&parts));
            gaps.add(Gap::new(Subject::Person(person), time.key, message));
        }
    }
}
