//! The JSON Schema says what the loader says: it takes every file that the loader takes, and refuses, at the same place, every mistake
//! that one file shows without what others declare.

#![allow(clippy::panic, reason = "a test fails by panicking")]

#[path = "common/organizations.rs"]
mod organizations;

use jsonschema::{ValidationError, Validator, error::ValidationErrorKind};
use proptest::prelude::*;
use roleaudit::Days;
use roleaudit::catalogue::{DUTIES, SIGNALS};
use roleaudit::document::value;
use roleaudit::problem::{Place, Problem};
use roleaudit::rules::RULES;
use roleaudit::schema;
use roleaudit::source::{Source, Sources, Span};
use roleaudit::yaml::{self, Kind, Node};
use serde_json::Value;
use snapbox::assert_data_eq;
use std::collections::BTreeSet;
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

static TEAM_FILE: LazyLock<Validator> = LazyLock::new(|| validator(&schema::team_file()));

fn validator(schema: &Value) -> Validator {
    assert!(jsonschema::meta::is_valid(schema), "{:?}", jsonschema::meta::validate(schema));
    jsonschema::draft202012::new(schema).unwrap_or_else(|error| panic!("{error}"))
}

// What the schema says of a file

/// Line and column, both from 1.
type At = (usize, usize);

/// What the schema refuses: in words, and the key and value that it means.
struct Fault {
    what: String,
    at: Vec<At>,
}

/// What the schema refuses in a file, and what it does not look at: values under keys that it refuses, and what is no YAML.
fn faults(validator: &Validator, text: &str) -> (Vec<Fault>, Vec<RangeInclusive<At>>) {
    let sources = Sources::new(vec![Source::new("team.yaml", text)]);
    let (file, source) = sources.iter().next().expect("one source was given");
    let parsed = yaml::parse(file, &source.text);
    let start = |span: Span| {
        let at = sources.position(span);
        (at.line, at.column)
    };
    let mut unseen: Vec<RangeInclusive<At>> =
        parsed.errors.iter().map(|problem| start(span(problem))).map(|at| at..=at).collect();
    let Some(root) = parsed.root else { return (Vec::new(), unseen) };
    let tree = schema::typed(&root);
    let mut faults = Vec::new();
    let errors: Vec<ValidationError<'_>> = validator.iter_errors(&tree).collect();
    for error in errors.iter().flat_map(causes) {
        let (key, value) = place(&root, error.instance_path().as_str());
        let spans = match (error.kind(), &value.kind) {
            (ValidationErrorKind::AdditionalProperties { unexpected }, Kind::Map { entries, .. }) => {
                let entries = entries.iter().filter(|entry| unexpected.contains(&entry.key.to_string()));
                let ranges = entries.clone().map(|entry| sources.position(entry.value.at));
                unseen.extend(ranges.map(|at| (at.line, at.column)..=(at.end_line, at.end_column)));
                entries.map(|entry| vec![entry.key_at]).collect()
            }
            (ValidationErrorKind::Required { .. }, Kind::Map { entries, .. }) => {
                vec![entries.iter().map(|entry| entry.key_at).chain([value.at]).collect()]
            }
            _ => vec![key.into_iter().chain([value.at]).collect::<Vec<Span>>()],
        };
        let what = format!("{} {error}", error.instance_path());
        faults.extend(spans.into_iter().map(|spans| Fault { what: what.clone(), at: spans.into_iter().map(start).collect() }));
    }
    (faults, unseen)
}

fn span(problem: &Problem) -> Span {
    let Place::Text(at) = problem.at else { panic!("{problem:?} has no place") };
    at
}

/// Where a JSON pointer leads: the key, and the value.
fn place<'n, 'a>(root: &'n Node<'a>, pointer: &str) -> (Option<Span>, &'n Node<'a>) {
    let unescaped = pointer.split('/').skip(1).map(|name| name.replace("~1", "/").replace("~0", "~"));
    unescaped.fold((None, root), |(_, node), name| match &node.kind {
        Kind::Map { entries, .. } => {
            let entry = entries.iter().find(|entry| entry.key == name).expect("the pointer names a key");
            (Some(entry.key_at), &entry.value)
        }
        Kind::List(items) => (None, &items[name.parse::<usize>().expect("the pointer names an item")]),
        _ => panic!("{pointer} leads nowhere"),
    })
}

/// What is behind an error: where none of several kinds of value fits, what is wrong within the one that was plainly meant.
fn causes<'e>(error: &'e ValidationError<'e>) -> Vec<&'e ValidationError<'e>> {
    let ValidationErrorKind::AnyOf { context } = error.kind() else { return vec![error] };
    let is_within = |cause: &&ValidationError<'_>| {
        let of_keys = |kind: &ValidationErrorKind| {
            matches!(kind, ValidationErrorKind::AdditionalProperties { .. } | ValidationErrorKind::Required { .. })
        };
        cause.instance_path() != error.instance_path() || of_keys(cause.kind())
    };
    let mut kinds = context.iter().map(|errors| errors.iter().flat_map(|error| causes(error)).collect::<Vec<_>>());
    kinds.find(|causes| causes.iter().all(is_within)).unwrap_or_else(|| vec![error])
}

fn accepts(text: &str) -> Result<(), String> {
    let (faults, _) = faults(&TEAM_FILE, text);
    if faults.is_empty() { Ok(()) } else { Err(faults.into_iter().map(|fault| fault.what).collect::<Vec<_>>().join("\n")) }
}

// What the loader says of it

fn errors(text: &str) -> Vec<(At, String)> {
    let sources = Sources::new(vec![Source::new("team.yaml", text)]);
    let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
    let Err(invalid) = roleaudit::load(&sources, days) else { return Vec::new() };
    let line = |problem: &Problem| {
        let at = sources.position(span(problem));
        ((at.line, at.column), problem.message.clone())
    };
    invalid.errors.iter().map(line).collect()
}

/// Why a schema cannot know of an error: a part of its message, and the reason.
const BEYOND_A_SCHEMA: &[(&str, &str)] = &[
    ("is read both ways: product manager or project manager?", "somebody may have this id"),
    ("is a team; a person or group should stand here", "what an id stands for is known when all is declared"),
    ("is a person; a team should stand here", "what an id stands for is known when all is declared"),
    ("is declared a second time", "ids are counted over several maps"),
    ("differ in case only", "keys are not compared with each other"),
    ("there is no product and no team to audit", "another file can hold them"),
    (", before ", "two days of different places are compared"),
    ("is a product and a team; which backlog is meant?", "it depends on what is declared"),
    ("has no backlog of its own", "it depends on what other teams say"),
    ("no team works from the backlog", "it depends on what teams say"),
    ("these views show each other in a circle", "it takes more than one entry"),
    ("this is a view of itself", "values are not compared with keys"),
    ("there is no rule `", "it may be a newer roleaudit's"),
    ("not `True`", "to YAML, this is the same as `true`"),
    ("format `1.0` is not known", "to JSON, this is the same as `1`"),
];

/// Why a schema cannot know of this error, if it cannot.
fn beyond_a_schema(message: &str) -> Option<&'static str> {
    let named = message.split('`').nth(1).unwrap_or_default();
    let is_id = |text: &str| text.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
    // YAML takes `null` for no text at all.
    let can_be_declared = is_id(named) && !value::is_reserved(named) && !named.starts_with("x-") && named != "null";
    let is_undeclared = message.contains("is not declared as") || message.contains("is the word for a seat");
    let is_built_in = named.split_once('.').is_none_or(|(area, _)| DUTIES.iter().any(|duty| duty.area() == area));
    let listed = BEYOND_A_SCHEMA.iter().find(|(part, _)| message.contains(part)).map(|(_, reason)| *reason);
    match () {
        () if is_undeclared && can_be_declared => Some("another file can declare it"),
        () if message.contains("there is no duty") && !is_built_in => Some("another file can declare it under `duties`"),
        () if message.contains("is decided per product") && !is_built_in => Some("what is declared under `duties` says so"),
        () => listed,
    }
}

/// The file of `input.yaml` that the loader takes and the schema does not: its ids and names are what YAML takes for no text.
const NO_TEXTS: &str = "texts are kept as they are written";

#[test]
fn every_error_that_a_schema_can_express_is_one() {
    let cases: Vec<serde_yaml::Value> = serde_yaml::from_str(include_str!("input.yaml")).expect("the cases are YAML");
    let mut used = BTreeSet::new();
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for case in &cases {
        let [name, text] = ["name", "file"].map(|key| case[key].as_str().unwrap_or_else(|| panic!("{case:?} lacks {key}")));
        if name == NO_TEXTS {
            assert!(errors(text).is_empty() && accepts(text).is_err(), "{name} is no exception any more");
            continue;
        }
        let (faults, unseen) = faults(&TEAM_FILE, text);
        let errors = errors(text);
        for (at, message) in errors.iter().filter(|(at, _)| !unseen.iter().any(|range| range.contains(at))) {
            let is_fault = faults.iter().any(|fault| fault.at.contains(at));
            let excuse = beyond_a_schema(message);
            used.extend(BEYOND_A_SCHEMA.iter().filter(|(part, _)| message.contains(part)).map(|(part, _)| *part));
            seen += usize::from(is_fault);
            match (is_fault, excuse) {
                (true, None) | (false, Some(_)) => {}
                (false, None) => wrong.push(format!("{name}: {at:?} {message}: the schema says nothing")),
                (true, Some(reason)) => wrong.push(format!("{name}: {at:?} {message}: the schema knows, although {reason}")),
            }
        }
        for fault in &faults {
            // A comma that cuts a text makes a key of each of its words; the loader says so once.
            let is_error = errors.iter().any(|((line, _), _)| fault.at.iter().any(|(of_fault, _)| line == of_fault));
            if !is_error {
                wrong.push(format!("{name}: {}: the loader says nothing", fault.what));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let unused: Vec<_> = BEYOND_A_SCHEMA.iter().filter(|(part, _)| !used.contains(part)).collect();
    assert!(unused.is_empty(), "no case shows {unused:?}");
    assert!(seen > 150, "only {seen} errors are seen by the schema");
}

#[test]
fn a_list_is_too_long_where_it_is_for_the_loader() {
    for (ids, is_taken) in [(value::MOST_NAMED, true), (value::MOST_NAMED + 1, false)] {
        let ids = vec!["ann"; ids].join(", ");
        for text in [
            format!("products: {{app: {{product-owner: [{ids}]}}}}\n"),
            format!("products: {{app: {{responsibilities: {{backlog.order: {{input: [{ids}]}}}}}}}}\n"),
            format!("teams: {{core: {{backlog: core, product: [{ids}]}}}}\n"),
            format!("rhythm: [{{who: [{ids}], every: week}}]\n"),
        ] {
            assert_eq!(accepts(&text).is_ok(), is_taken, "{}", &text[..60]);
            assert_eq!(
                !errors(&text).iter().any(|(_, message)| message.contains("names more than")),
                is_taken,
                "{}",
                &text[..60]
            );
        }
    }
}

#[test]
fn days_are_those_of_the_calendar() {
    let validator = validator(&schema::team_file());
    let text = |day: &str| format!("as-of: {day}\nproducts: {{app: }}\n");
    let years = ["0000", "1900", "1999", "2000", "2023", "2024", "2026", "2100", "2200", "2400"];
    for year in years {
        for (month, day) in (0..=14).flat_map(|month| (0..=33).map(move |day| (month, day))) {
            let written = format!("{year}-{month:02}-{day:02}");
            let is_taken = faults(&validator, &text(&written)).0.is_empty();
            assert_eq!(is_taken, value::day(&written).is_ok(), "{written}");
        }
    }
}

// What the loader takes

fn team_files() -> Vec<(String, String)> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![project.join("tests/whole-file.yaml")];
    files.extend(
        ["examples", "examples/reorg", "examples/views", "examples/starters"]
            .iter()
            .flat_map(|folder| yaml_in(&project.join(folder))),
    );
    let mut texts: Vec<(String, String)> = files
        .into_iter()
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("a file can be read")))
        .collect();
    for cases in yaml_in(&project.join("tests/judgement")).into_iter().chain([project.join("tests/scope-cases.yaml")]) {
        let text = fs::read_to_string(&cases).expect("the cases can be read");
        let list: Vec<serde_yaml::Value> = serde_yaml::from_str(&text).expect("the cases are YAML");
        texts.extend(list.iter().map(|case| {
            let [name, file] = ["name", "file"].map(|key| case[key].as_str().unwrap_or_else(|| panic!("{case:?} lacks {key}")));
            (format!("{}: {name}", cases.display()), file.to_owned())
        }));
    }
    let of_rules = RULES.iter().flat_map(|rule| [(rule.name, rule.fires), (rule.name, rule.clean)]);
    texts.extend(of_rules.map(|(name, text)| (name.to_owned(), text.to_owned())));
    texts
}

fn yaml_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("its entries can be read").path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "yaml")).collect()
}

#[test]
fn every_file_that_the_loader_takes_is_taken() {
    let files = team_files();
    assert!(files.len() > 300, "only {} files", files.len());
    let refused: Vec<String> =
        files.iter().filter_map(|(name, text)| accepts(text).err().map(|faults| format!("{name}:\n{faults}\n{text}"))).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

proptest! {
    #![proptest_config(organizations::cases(100))]

    #[test]
    fn every_generated_organization_is_taken(numbers in prop::collection::vec(any::<u16>(), 0..900)) {
        let text = organizations::organization(&numbers);
        let faults = accepts(&text);
        prop_assert!(faults.is_ok(), "{faults:?}\n{text}");
    }
}

#[test]
fn settings_are_read_as_the_schema_says() {
    let validator = validator(&schema::settings_file());
    let is_taken = |text: &str| faults(&validator, text).0.is_empty();
    let settings =
        "fail-on: warning\nrules: {duty-unowned: off, first-hire: {severity: info}, x-own: 1}\nsettings: {max-owner-teams: 4}\n";
    assert!(is_taken(settings));
    for mistake in [
        "fail-on: errors\n",
        "rules: {duty-unownd: off}\n",
        "rules: {duty-unowned: }\n",
        "rules: {duty-unowned: {}}\n",
        "settings: {max-owner-team: 4}\n",
        "settings: {max-owner-teams: -1}\n",
        "severity: off\n",
    ] {
        assert!(!is_taken(mistake), "{mistake}");
    }
}

// The schema itself

/// Every schema below a schema.
fn schemas<'s>(schema: &'s Value, found: &mut Vec<&'s Value>) {
    found.push(schema);
    let Value::Object(map) = schema else { return };
    for (keyword, value) in map {
        match (keyword.as_str(), value) {
            ("properties" | "patternProperties" | "$defs" | "dependentSchemas", Value::Object(named)) => {
                named.values().for_each(|schema| schemas(schema, found));
            }
            ("anyOf", Value::Array(kinds)) => kinds.iter().for_each(|schema| schemas(schema, found)),
            ("items" | "not" | "if" | "then", schema) => schemas(schema, found),
            _ => {}
        }
    }
}

#[test]
fn every_key_and_every_word_is_described() {
    for schema in [schema::team_file(), schema::settings_file()] {
        let mut all = Vec::new();
        schemas(&schema, &mut all);
        let properties =
            all.iter().filter_map(|schema| schema["additionalProperties"].is_boolean().then_some(&schema["properties"]));
        let described: Vec<(&String, &Value)> = properties.filter_map(Value::as_object).flatten().collect();
        assert!(described.len() > 20);
        let is_described =
            |schema: &Value| schema["description"].as_str().is_some_and(|text| text.ends_with('.') || text.len() > 20);
        let silent: Vec<_> = described.iter().filter(|(_, schema)| !is_described(schema)).collect();
        assert!(silent.is_empty(), "{silent:#?}");
        let words = all.iter().filter(|schema| schema.get("const").is_some());
        assert!(words.clone().count() > 5 && words.clone().all(|word| is_described(word)));
    }
}

#[test]
fn every_example_and_default_fits() {
    let whole = schema::team_file();
    let mut all = Vec::new();
    schemas(&whole, &mut all);
    let mut count = 0;
    for schema in all {
        let examples = schema["examples"].as_array().into_iter().flatten().chain(schema.get("default"));
        for example in examples {
            let mut alone = schema.clone();
            alone["$defs"] = whole["$defs"].clone();
            let errors: Vec<String> = validator(&alone).iter_errors(example).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{example}: {errors:?}");
            count += 1;
        }
    }
    assert!(count > 60, "only {count} examples");
}

/// Where neither an example nor the kinds of value say what to write, nobody knows.
#[test]
fn every_key_shows_what_to_write() {
    let whole = schema::team_file();
    let of = |name: &str| &whole["$defs"][name];
    for record in ["person", "product", "team", "opening", "right", "accepted-risk", "metric", "organization", "backlog"] {
        for (key, schema) in of(record)["properties"].as_object().expect("a record has keys") {
            let shows =
                |name: &str| ["#/$defs/text", "#/$defs/id", "#/$defs/count", "#/$defs/actor", "#/$defs/reason"].contains(&name);
            let kinds = schema["anyOf"].as_array().into_iter().flatten().chain([schema]);
            let is_free = kinds.filter_map(|kind| kind["$ref"].as_str()).any(shows);
            assert!(!is_free || schema.get("examples").is_some(), "{record}.{key} has no example");
        }
    }
}

#[test]
fn duties_and_signals_are_named_with_their_meanings() {
    let whole = schema::team_file();
    let everywhere = &whole["$defs"]["responsibilities"]["properties"];
    let of_team = &whole["$defs"]["responsibilities-of-team"]["properties"];
    for duty in &DUTIES {
        assert_eq!(everywhere[duty.id]["description"], duty.meaning);
        assert!(everywhere[format!("{}.*", duty.area())]["description"].as_str().is_some_and(|text| text.contains(duty.id)));
        assert_eq!(of_team.get(duty.id).is_some(), duty.level.is_of_team(), "{}", duty.id);
    }
    let signals = whole["$defs"]["signal"]["anyOf"].as_array().expect("signals are words");
    let known: Vec<(&str, &str)> =
        signals.iter().filter_map(|word| Some((word["const"].as_str()?, word["description"].as_str()?))).collect();
    let recorded = SIGNALS.iter().filter(|signal| signal.derived.is_none()).map(|signal| (signal.name, signal.meaning));
    assert_eq!(known, recorded.collect::<Vec<_>>());
}

// The command

/// It is written anew with `SNAPSHOTS=overwrite cargo test`; read what changed before keeping it.
#[test]
fn the_schema_of_the_documentation_is_what_the_command_prints() {
    let run = Command::new(env!("CARGO_BIN_EXE_roleaudit")).arg("schema").output().expect("it runs");
    assert_eq!((run.status.code(), run.stderr.as_slice()), (Some(0), b"".as_slice()));
    assert_data_eq!(String::from_utf8(run.stdout).expect("it is text"), snapbox::file!["../docs/roleaudit.schema.json"].raw());
}

#[test]
fn the_schema_is_written_to_a_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for arguments in [vec!["schema", "-o", "team.json"], vec!["schema", "--settings", "--output", "settings.json"]] {
        let run =
            Command::new(env!("CARGO_BIN_EXE_roleaudit")).args(&arguments).current_dir(folder.path()).output().expect("it runs");
        assert_eq!((run.status.code(), run.stdout.as_slice()), (Some(0), b"".as_slice()), "{arguments:?}");
    }
    for (name, schema) in [("team.json", schema::team_file()), ("settings.json", schema::settings_file())] {
        let text = fs::read_to_string(folder.path().join(name)).expect("the file is written");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("it is JSON"), schema);
    }
}
