//! The judgement of the rules together: small organizations with the findings that have to come out, severities and all.
//!
//! The files of `judgement/` hold the cases, one file per group of rules. `only` names the rules whose findings are compared; all
//! other rules run too, so that precedence is part of the case. `models` names the model and the overlays of each product, in the
//! order of the file. `messages` and `fixes` hold parts of what the findings say, here or in a label, and advise, for words that
//! depend on the organization; `unsaid` holds what none of them says. `passages` holds the leading passage of some of them, each behind
//! the subject of its finding, and `labels` whole labels.

#![allow(clippy::panic, reason = "a test fails by panicking")]

use roleaudit::Days;
use roleaudit::audit::{Selection, audit};
use roleaudit::finding::Finding;
use roleaudit::settings::{self, Settings};
use roleaudit::source::{Source, Sources};
use serde_yaml::Value;
use std::fs;
use std::iter;
use std::path::Path;

#[test]
fn every_case_is_judged_as_written() {
    let mut wrong: Vec<String> = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judgement");
    for entry in fs::read_dir(folder).expect("the folder of the cases can be read") {
        let file = entry.expect("its entries can be read").path();
        let text = fs::read_to_string(&file).expect("a file of cases can be read");
        let cases: Vec<Value> = serde_yaml::from_str(&text).expect("the cases are YAML");
        wrong.extend(cases.iter().filter_map(difference));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn difference(case: &Value) -> Option<String> {
    let name = case["name"].as_str().expect("a case has a name");
    let words = |key: &str| -> Vec<&str> {
        let list = case[key].as_sequence().unwrap_or_else(|| panic!("{name}: `{key}` is a list"));
        list.iter().map(|word| word.as_str().expect("an entry is text")).collect()
    };
    let only = words("only");
    let mut expected: Vec<String> = words("expect").into_iter().map(str::to_owned).collect();
    expected.sort_unstable();
    let parts = |key: &str| case[key].as_sequence().map(|_| words(key)).unwrap_or_default();
    let judged = judged(name, case, &only);
    let (found, models) = (&judged.found, &judged.models);
    let of_models = case["models"].as_sequence().map(|_| words("models"));
    if *found != expected || of_models.as_ref().is_some_and(|expected| expected != models) {
        return Some(format!("{name}:\n  expected {expected:#?} {of_models:?}\n  found {found:#?} {models:?}"));
    }
    let Judged { messages, fixes, passages, .. } = &judged;
    let says = |part: &&str| messages.iter().chain(fixes).any(|text| text.contains(part));
    let lacks = |texts: &[String], part: &str| !texts.iter().any(|text| text.contains(part));
    let mut wrong = parts("messages");
    wrong.retain(|part| lacks(messages, part));
    wrong.extend(parts("fixes").into_iter().filter(|part| lacks(fixes, part)));
    wrong.extend(parts("labels").into_iter().filter(|part| !messages.iter().any(|text| text == part)));
    wrong.extend(parts("passages").into_iter().filter(|part| !passages.iter().any(|passage| passage == part)));
    wrong.extend(parts("unsaid").into_iter().filter(says));
    (!wrong.is_empty()).then(|| format!("{name}:\n  {wrong:#?}\n  is not what is said: {messages:#?} {fixes:#?} {passages:#?}"))
}

/// What the given rules have to say of a case.
struct Judged {
    /// Severity, rule, subject and duty of each finding.
    found: Vec<String>,
    /// Product, model and overlays of each product.
    models: Vec<String>,
    /// Each message, and after it its labels.
    messages: Vec<String>,
    fixes: Vec<String>,
    /// Subject and first passage of each finding.
    passages: Vec<String>,
}

fn judged(name: &str, case: &Value, only: &[&str]) -> Judged {
    let sources = Sources::new(vec![Source::new("case.yaml", case["file"].as_str().expect("a case has a file"))]);
    let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
    let linked = roleaudit::load(&sources, days).unwrap_or_else(|invalid| panic!("{name}: {:#?}", invalid.errors));
    let report = audit(&linked.org, &settings_of(name, case), &Selection::default(), &sources);
    let selected = || report.findings.iter().filter(|finding| only.contains(&finding.rule.name));
    let mut found: Vec<String> = selected()
        .map(|finding| {
            let duty = finding.duty.as_deref().map_or(String::new(), |duty| format!(" {duty}"));
            format!("{} {} {}{duty}", finding.severity.word(), finding.rule.name, finding.subject)
        })
        .collect();
    found.sort_unstable();
    let models = report.models.iter().map(|model| {
        let words = [&[model.product.as_str(), model.model], model.overlays.as_slice()].concat();
        words.join(" ")
    });
    let texts = |finding: &Finding| {
        let labels = finding.labels.iter().map(|label| label.text.clone());
        iter::once(finding.message.clone()).chain(labels).collect::<Vec<_>>()
    };
    let messages = selected().flat_map(texts).collect();
    let fixes = selected().map(|finding| finding.fix.to_string()).collect();
    let passage = |finding: &Finding| Some(format!("{} {}", finding.subject, finding.passages.first()?.0.id));
    let passages = selected().filter_map(passage).collect();
    Judged { found, models: models.collect(), messages, fixes, passages }
}

fn settings_of(name: &str, case: &Value) -> Settings {
    let Some(text) = case["settings"].as_str() else { return Settings::default() };
    let sources = Sources::new(vec![Source::new("settings.yaml", text)]);
    let (file, source) = sources.iter().next().expect("one source was given");
    settings::load(file, source).unwrap_or_else(|errors| panic!("{name}: {errors:#?}"))
}
