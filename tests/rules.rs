//! Every rule on its own two files: it fires where they say so, and nowhere else.

#![allow(clippy::panic, reason = "a test fails by panicking")]

use roleaudit::Days;
use roleaudit::audit::audit_with;
use roleaudit::rules::{RULES, Rule};
use roleaudit::settings::Settings;
use roleaudit::source::{Source, Sources};
use std::collections::BTreeSet;

/// What begins an expectation: the rest of the line is part of the message of a finding on this line.
const EXPECTED: &str = "#~";

/// The findings of a rule on a team file: line and message.
fn findings(rule: &'static Rule, text: &str) -> Vec<(usize, String)> {
    let sources = Sources::new(vec![Source::new("team.yaml", text)]);
    let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
    let linked = roleaudit::load(&sources, days).unwrap_or_else(|invalid| panic!("{}: {:#?}", rule.name, invalid.errors));
    let report = audit_with(rule, &linked.org, &Settings::default(), &sources);
    report.findings.iter().map(|finding| (sources.position(finding.at).line, finding.message.clone())).collect()
}

fn expectations(text: &str) -> Vec<(usize, &str)> {
    let lines = text.lines().enumerate();
    lines.filter_map(|(index, line)| Some((index + 1, line.split_once(EXPECTED)?.1.trim()))).collect()
}

/// Where findings and expectations of a file differ, in words.
fn differences(rule: &'static Rule, text: &str) -> Vec<String> {
    let mut found = findings(rule, text);
    let mut differences = Vec::new();
    for (line, part) in expectations(text) {
        match found.iter().position(|(at, message)| *at == line && message.contains(part)) {
            Some(index) => {
                found.remove(index);
            }
            None => differences.push(format!("line {line} lacks a finding with `{part}`")),
        }
    }
    differences.extend(found.into_iter().map(|(line, message)| format!("line {line} has the finding `{message}`")));
    differences
}

#[test]
fn every_rule_fires_where_its_example_says() {
    let mut wrong = Vec::new();
    for rule in RULES.iter().copied().filter(|rule| !rule.summary.is_empty()) {
        assert!(!expectations(rule.fires).is_empty(), "{}: the firing example expects nothing", rule.name);
        wrong.extend(differences(rule, rule.fires).into_iter().map(|difference| format!("{}: {difference}", rule.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_is_silent_on_its_clean_example() {
    let mut wrong = Vec::new();
    for rule in RULES.iter().copied().filter(|rule| !rule.summary.is_empty()) {
        assert!(expectations(rule.clean).is_empty(), "{}: the clean example expects a finding", rule.name);
        wrong.extend(differences(rule, rule.clean).into_iter().map(|difference| format!("{}: {difference}", rule.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_follow_the_conventions() {
    let (mut names, mut questions) = (BTreeSet::new(), BTreeSet::new());
    for rule in RULES.iter().copied().filter(|rule| !rule.summary.is_empty()) {
        let name = rule.name;
        assert!(names.insert(name), "{name} stands in the list twice");
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{name}: names are kebab-case");
        assert!(!rule.summary.ends_with('.'), "{name}: a summary is part of a sentence");
        for sentence in [rule.why, rule.fix] {
            assert!(sentence.ends_with('.'), "{name}: `{sentence}` is no sentence");
        }
        let question = rule.question;
        assert!(questions.insert(question), "{name}: another rule asks `{question}`");
        let words = question.strip_suffix('?').unwrap_or_default();
        assert!(words.starts_with(|first: char| first.is_ascii_uppercase()), "{name}: `{question}` is no question");
        assert!(!words.contains(['?', '.']), "{name}: `{question}` is more than one question, or names a key");
        assert!(!words.contains('`'), "{name}: `{question}` is asked of people who never saw a team file");
        assert!(question.chars().count() <= 90, "{name}: `{question}` is too long to be asked in a meeting");
    }
}

#[test]
fn no_rule_yields_to_itself() {
    fn reaches(from: &'static Rule, to: &'static Rule) -> bool {
        from.yields_to.iter().any(|next| next.name == to.name || reaches(next, to))
    }
    let circular: Vec<&str> = RULES.iter().filter(|rule| reaches(rule, rule)).map(|rule| rule.name).collect();
    assert!(circular.is_empty(), "{circular:?}");
}
