//! Whole organizations: what the audit says of each example, as a matrix and as people read it.
//!
//! The golden files are written anew with `SNAPSHOTS=overwrite cargo test`; read what changed before keeping it.

use roleaudit::Days;
use roleaudit::audit::{Selection, audit};
use roleaudit::finding::Severity;
use roleaudit::org::model::{Model, Overlay};
use roleaudit::render::{self, Style};
use roleaudit::report::Report;
use roleaudit::rules::RULES;
use roleaudit::settings::Settings;
use roleaudit::source::{Source, Sources};
use serde_yaml::Value;
use snapbox::{assert_data_eq, file};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The examples by file name, with their texts.
fn examples() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries = fs::read_dir(folder).expect("the examples are a folder").map(|entry| entry.expect("a readable entry").path());
    let files = entries.filter(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    let named = files.map(|path| {
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        (name, fs::read_to_string(&path).expect("an example can be read"))
    });
    named.collect()
}

fn with_report<T>(name: &str, text: &str, then: impl FnOnce(&Report<'_>) -> T) -> T {
    let sources = Sources::new(vec![Source::new(name, text)]);
    let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
    let linked = roleaudit::load(&sources, days).unwrap_or_else(|invalid| unreachable!("{name}: {:#?}", invalid.errors));
    assert!(linked.warnings.is_empty(), "{name}: {:#?}", linked.warnings);
    then(&audit(&linked.org, &Settings::default(), &Selection::default(), &sources))
}

/// One row per rule, one column per example: how many errors, warnings and infos.
#[test]
fn every_rule_on_every_example() {
    let examples = examples();
    assert!(examples.len() >= 4, "only {} examples", examples.len());
    let mut counts: BTreeMap<(&str, &str), [usize; 3]> = BTreeMap::new();
    for (name, text) in &examples {
        with_report(name, text, |report| {
            for finding in &report.findings {
                let index = Severity::ALL.iter().position(|severity| *severity == finding.severity).unwrap_or_default();
                counts.entry((finding.rule.name, name)).or_default()[index] += 1;
            }
        });
    }
    let mut matrix = String::from("errors/warnings/infos per rule and example\n\n");
    let widest = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    let columns: Vec<&str> = examples.keys().map(|name| name.trim_end_matches(".yaml")).collect();
    writeln!(matrix, "{:widest$}  {}", "", columns.join("  ")).expect("memory can be written");
    for rule in RULES {
        let cells = examples.keys().zip(&columns).map(|(name, column)| {
            let cell = match counts.get(&(rule.name, name.as_str())) {
                Some([errors, warnings, infos]) => format!("{errors}/{warnings}/{infos}"),
                None => ".".to_owned(),
            };
            format!("{cell:width$}", width = column.len())
        });
        let row = format!("{:widest$}  {}", rule.name, cells.collect::<Vec<_>>().join("  "));
        writeln!(matrix, "{}", row.trim_end()).expect("memory can be written");
    }
    assert_data_eq!(matrix, file!["golden/matrix.txt"]);
}

#[test]
fn every_rule_fires_on_an_example() {
    let mut silent: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    for (name, text) in examples() {
        with_report(&name, &text, |report| {
            silent.retain(|rule| report.findings.iter().all(|finding| finding.rule.name != *rule));
        });
    }
    assert!(silent.is_empty(), "no example shows {silent:?}");
}

/// What the documents call a way to divide the work, somebody can look up as a whole file.
#[test]
fn every_model_has_an_example() {
    let mut unseen: Vec<&str> = Model::ALL.map(Model::word).into_iter().chain(Overlay::ALL.map(Overlay::word)).collect();
    for (name, text) in examples() {
        with_report(&name, &text, |report| {
            let seen: Vec<&str> = report.models.iter().flat_map(|of| of.overlays.iter().copied().chain([of.model])).collect();
            unseen.retain(|id| !seen.contains(id));
        });
    }
    assert!(unseen.is_empty(), "no example shows {unseen:?}");
}

/// A split, a strong owner and a scaled product: whoever writes down what the rules ask for hears nothing.
#[test]
fn a_healthy_organization_has_no_finding() {
    let examples = examples();
    for name in ["healthy.yaml", "strong-owner.yaml", "nexus.yaml"] {
        with_report(name, &examples[name], |report| {
            let messages: Vec<&str> = report.findings.iter().map(|finding| finding.message.as_str()).collect();
            assert!(messages.is_empty(), "{name}: {messages:#?}");
        });
    }
}

#[test]
fn a_nearly_empty_file_is_told_what_to_write_first() {
    let text = &examples()["first-steps.yaml"];
    with_report("first-steps.yaml", text, |report| {
        let mut findings: Vec<_> = report.findings.iter().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        let rules: Vec<_> = findings.iter().map(|finding| (finding.rule.name, finding.severity)).collect();
        let expected = [
            ("decision-record-incomplete", Severity::Warning),
            ("product-goal-missing", Severity::Warning),
            ("product-undefined", Severity::Warning),
            ("product-without-outcome-metric", Severity::Warning),
            ("company-goals-missing", Severity::Info),
            ("roles-disconnected", Severity::Info),
        ];
        assert_eq!(rules, expected);
        assert!(findings[0].fix.contains("strategy.*: product-manager"), "{}", findings[0].fix);
        let mut shown = Vec::new();
        render::text(report, &Style { color: false, width: Some(80) }, &mut shown).expect("memory can be written");
        let shown = String::from_utf8(shown).expect("it is text");
        assert!(shown.starts_with("warning[decision-record-incomplete]: "), "{shown}");
    });
}

/// What people read: the whole output for each example, at 80 columns.
#[test]
fn the_examples_read_well_on_a_terminal() {
    for (name, text) in examples() {
        let mut shown = Vec::new();
        with_report(&name, &text, |report| render::text(report, &Style { color: false, width: Some(80) }, &mut shown))
            .expect("memory can be written");
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{}", name.replace(".yaml", ".txt")));
        assert_data_eq!(String::from_utf8(shown).expect("it is text"), snapbox::Data::read_from(&golden, None).raw());
    }
}

#[test]
fn the_contested_example_in_markdown_and_json() {
    let text = &examples()["contested.yaml"];
    let (mut markdown, mut json) = (Vec::new(), Vec::new());
    with_report("contested.yaml", text, |report| {
        render::markdown(report, &mut markdown)?;
        render::json(report, &mut json)
    })
    .expect("memory can be written");
    assert_data_eq!(String::from_utf8(markdown).expect("it is text"), file!["golden/contested.md"].raw());
    assert_data_eq!(String::from_utf8(json).expect("it is text"), file!["golden/contested.json"].raw());
}

/// The order of keys is the author's taste: turned around, every map tells the same, in the same words.
#[test]
fn the_order_of_keys_changes_places_only() {
    fn turned(value: Value) -> Value {
        match value {
            Value::Mapping(map) => Value::Mapping(
                map.into_iter().collect::<Vec<_>>().into_iter().rev().map(|(key, value)| (key, turned(value))).collect(),
            ),
            other => other,
        }
    }
    let said = |name: &str, text: &str| {
        let mut said = with_report(name, text, |report| {
            let words = report.findings.iter().map(|finding| {
                let duty = finding.duty.as_deref().unwrap_or_default();
                format!(
                    "{} {} {} {duty}: {} | {}",
                    finding.severity.word(),
                    finding.rule.name,
                    finding.subject,
                    finding.message,
                    finding.fix
                )
            });
            words.collect::<Vec<_>>()
        });
        said.sort_unstable();
        said
    };
    for (name, text) in examples() {
        let value: Value = serde_yaml::from_str(&text).expect("an example is YAML");
        let reversed = serde_yaml::to_string(&turned(value)).expect("it can be written");
        assert_eq!(said(&name, &text), said(&name, &reversed), "{name}");
    }
}
