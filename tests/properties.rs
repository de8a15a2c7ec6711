//! What has to hold of every organization: tested over generated ones.

#![allow(clippy::panic, reason = "a test fails by panicking")]

#[path = "common/organizations.rs"]
mod organizations;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use roleaudit::Days;
use roleaudit::audit::{Selection, audit};
use roleaudit::settings::Settings;
use roleaudit::source::{Source, Sources};
use std::collections::BTreeMap;

/// Rule, subject, duty and message of each finding.
type Found = Vec<(&'static str, String, Option<String>, String)>;

fn found(text: &str) -> Found {
    let sources = Sources::new(vec![Source::new("team.yaml", text)]);
    let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
    let linked = roleaudit::load(&sources, days).unwrap_or_else(|invalid| panic!("{:#?}\n{text}", invalid.errors));
    let report = audit(&linked.org, &Settings::default(), &Selection::default(), &sources);
    let findings = report.findings.into_iter();
    findings.map(|finding| (finding.rule.name, finding.subject, finding.duty, finding.message)).collect()
}

fn numbers() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..900)
}

#[test]
#[ignore = "prints"]
fn pairs() {
    let mut pairs: BTreeMap<(&str, &str, String), (usize, String)> = BTreeMap::new();
    let mut fired: BTreeMap<&str, usize> = BTreeMap::new();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..3000 {
        let numbers = numbers().new_tree(&mut runner).unwrap().current();
        let text = organizations::organization(&numbers);
        let found = found(&text);
        for (n, a) in found.iter().enumerate() {
            *fired.entry(a.0).or_default() += 1;
            for b in &found[n + 1..] {
                if a.0 != b.0 && a.1 == b.1 && (a.2 == b.2) {
                    let (x, y) = if a.0 < b.0 { (a, b) } else { (b, a) };
                    let kind = if a.2.is_some() { "duty" } else { "subject" };
                    let entry = pairs.entry((x.0, y.0, kind.into())).or_insert((0, format!("{} || {}", x.3, y.3)));
                    entry.0 += 1;
                }
            }
        }
    }
    for ((a, b, kind), (count, example)) in &pairs {
        println!("{kind} {a} + {b}: {count}   {example}");
    }
    println!("{fired:#?}");
}
