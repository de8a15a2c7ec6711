//! `roleaudit matrix` as a user meets it, and the promise of its CSV: whoever `decides` there owns the duty.

#![allow(clippy::panic, reason = "a test fails by panicking")]

#[path = "common/organizations.rs"]
mod organizations;

use proptest::prelude::*;
use roleaudit::matrix::matrix;
use roleaudit::org::Answer;
use roleaudit::sections::Filter;
use roleaudit::source::{Source, Sources};
use roleaudit::{Days, render};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn command(args: &[&str]) -> snapbox::cmd::Command {
    let project = env!("CARGO_MANIFEST_DIR");
    snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_roleaudit")).current_dir(project).env("NO_COLOR", "1").arg("matrix").args(args)
}

fn stdout(args: &[&str]) -> String {
    let assert = command(args).assert().success().stderr_eq("");
    String::from_utf8(assert.get_output().stdout.clone()).expect("standard output is text")
}

type Line = (String, String, String, String);

/// The lines of a CSV document: subject, duty, person and rights.
fn lines(text: &str) -> Vec<Line> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header: Vec<String> = reader.headers().expect("there is a header").iter().map(str::to_owned).collect();
    assert_eq!(header, ["subject", "subject_name", "duty", "person", "name", "rights"]);
    let lines = reader.records().map(|record| {
        let record = record.expect("a line can be read");
        let cell = |n: usize| record[n].to_owned();
        (cell(0), cell(2), cell(3), cell(5))
    });
    lines.collect()
}

fn decided(lines: &[Line]) -> BTreeSet<(String, String, String)> {
    let decides = |rights: &str| rights.split("; ").any(|right| right == "decides");
    let deciding = lines.iter().filter(|(.., rights)| decides(rights));
    deciding.map(|(subject, duty, person, _)| (subject.clone(), duty.clone(), person.clone())).collect()
}

#[test]
fn the_table_of_an_example_fits_100_columns() {
    let text = stdout(&["examples/nexus.yaml"]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "Tickets");
    assert_eq!(lines[1], "     duty                     Mara   Piet   developers   Nexus        Sol");
    assert!(lines.contains(&"     backlog.*                I      D                   I"), "{text}");
    assert!(lines.contains(&"     delivery.how                           D"), "{text}");
    assert!(lines.contains(&" ?   org.*"), "{text}");
    assert!(lines.last().is_some_and(|line| line.starts_with("D decides, A must approve, ")), "{text}");
    assert!(lines[..lines.len() - 1].iter().all(|line| line.chars().count() <= 100), "{text}");
}

#[test]
fn csv_and_json_tell_the_same() {
    for example in ["split", "squads", "stretched", "accepted", "release-train", "healthy"] {
        let file = format!("examples/{example}.yaml");
        let of_csv = decided(&lines(&stdout(&[&file, "--format", "csv"])));
        let json: Value = serde_json::from_str(&stdout(&[&file, "--format", "json"])).expect("it is JSON");
        assert_eq!(json["version"], 1);
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let sections = [list(&json["products"]), list(&json["others"])].concat();
        let mut of_json = BTreeSet::new();
        for duty in sections.iter().flat_map(|section| list(&section["duties"])) {
            let text = |value: &Value| value.as_str().expect("it is text").to_owned();
            let deciders = list(&duty["deciders"]);
            of_json.extend(deciders.iter().map(|decider| (text(&duty["subject"]), text(&duty["duty"]), text(&decider["id"]))));
        }
        assert!(!of_csv.is_empty() && of_csv == of_json, "{example}: {of_csv:?} {of_json:?}");
    }
}

#[test]
fn what_nobody_decides_has_a_line_without_a_person() {
    let lines = lines(&stdout(&["examples/stretched.yaml", "--format", "csv"]));
    let unowned = |line: &&Line| line.0 == "products.records" && line.1 == "results.measure";
    let found: Vec<&Line> = lines.iter().filter(unowned).collect();
    assert!(matches!(found.as_slice(), [(_, _, person, rights)] if person.is_empty() && rights == "unowned"), "{found:?}");
}

#[test]
fn a_filter_limits_what_is_shown() {
    let subjects = |args: &[&str]| -> BTreeSet<String> {
        lines(&stdout(&[&["examples/stretched.yaml", "--format", "csv"], args].concat())).into_iter().map(|line| line.0).collect()
    };
    let (all, of_one) = (subjects(&[]), subjects(&["--product", "records"]));
    assert!(all.contains("products.intake") && all.is_superset(&of_one), "{all:?}");
    assert!(of_one.contains("products.records") && !of_one.contains("products.intake"), "{of_one:?}");
    let of_team: BTreeSet<String> =
        lines(&stdout(&["examples/squads.yaml", "--format", "csv", "--team", "search"])).into_iter().map(|line| line.0).collect();
    assert!(of_team.contains("teams.search") && !of_team.contains("teams.routing"), "{of_team:?}");
    command(&["examples/squads.yaml", "--team", "serch"])
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq("error: there is no team `serch`; did you mean `search`?\n\n");
}

#[test]
fn names_are_hidden_in_every_format() {
    let mut persons = BTreeSet::new();
    for format in ["text", "markdown", "csv", "json"] {
        let shown = stdout(&["examples/split.yaml", "--redact", "--format", format]);
        assert!(!shown.contains("Pam") && !shown.contains("quin"), "{format}: {shown}");
        assert!(shown.contains("person-1") && shown.contains("person-2"), "{format}: {shown}");
        if format == "csv" {
            persons = lines(&shown).into_iter().map(|line| line.2).collect();
        }
    }
    assert_eq!(persons.into_iter().collect::<Vec<_>>(), ["", "person-1", "person-2", "vans"]);
}

#[test]
fn outputs_go_where_they_are_wanted() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("matrix.csv");
    let file = file.to_str().expect("the path is text");
    let text = stdout(&["examples/split.yaml", "--format", "csv", "-o", file, "--format", "text"]);
    assert!(text.starts_with("Deliveries\n"), "{text}");
    assert!(!lines(&fs::read_to_string(file).expect("it was written")).is_empty());
}

#[test]
fn a_formula_in_a_name_is_text() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("team.yaml");
    let text = "people: {ann: \"=cmd()|'/C calc'!A0\", bob: \"\\t=1\", cai: \"a,\\\"b\\\"\\nc\"}\n\
                products: {app: {name: '@sum', responsibilities: {strategy.*: ann, roadmap.*: bob, market.*: cai}}}\n";
    fs::write(&file, text).expect("files can be written");
    let csv = stdout(&[file.to_str().expect("the path is text"), "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("a line can be read")).collect();
    let names: BTreeSet<&str> = records.iter().map(|record| &record[4]).collect();
    assert_eq!(names.into_iter().collect::<Vec<_>>(), ["", "' =1", "'=cmd()|'/C calc'!A0", "a,\"b\" c"]);
    assert!(records.iter().filter(|record| record[0].starts_with("products.")).all(|record| &record[1] == "'@sum"));
}

/// Whoever decides by the CSV of an organization, and whoever owns a duty by the organization itself.
fn told_and_owned(text: &str) -> [BTreeSet<(String, String, String)>; 2] {
    let sources = Sources::new(vec![Source::new("team.yaml", text)]);
    let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
    let linked = roleaudit::load(&sources, days).unwrap_or_else(|invalid| panic!("{:#?}\n{text}", invalid.errors));
    let org = &linked.org;
    let mut csv = Vec::new();
    render::matrix::csv(&matrix(org, &Filter::default()), &mut csv).expect("memory can be written");
    let lines = lines(&String::from_utf8(csv).expect("it is text"));
    let keys: BTreeSet<_> = lines.iter().map(|(subject, duty, person, _)| (subject, duty, person)).collect();
    assert_eq!(keys.len(), lines.len(), "a person has two lines for one duty\n{text}");
    let mut owned = BTreeSet::new();
    for (duty, subject, decision) in org.all_decisions() {
        let owners = org.owners_of(duty, subject);
        let (path, id) = (org.path(subject), org[duty].id.to_string());
        assert!(lines.iter().any(|line| line.0 == path && line.1 == id), "{path} has no line for {id}\n{text}");
        let unowned = lines.iter().any(|line| line.0 == path && line.1 == id && line.2.is_empty());
        // Developers are never vacant, also where no team is there.
        let developers = (owners.is_empty() && matches!(decision.answer, Answer::Decided(_))).then(|| "developers".to_owned());
        assert_eq!(unowned, owners.is_empty() && developers.is_none(), "{path} {id}\n{text}");
        owned.extend(developers.map(|developers| (path.clone(), id.clone(), developers)));
        owned.extend(owners.iter().map(|owner| (path.clone(), id.clone(), org.actor_id(*owner).to_owned())));
    }
    [decided(&lines), owned]
}

proptest! {
    #![proptest_config(organizations::cases(60))]

    #[test]
    fn whoever_decides_owns_the_duty(numbers in prop::collection::vec(any::<u16>(), 0..900)) {
        let text = organizations::organization(&numbers);
        let [told, owned] = told_and_owned(&text);
        prop_assert_eq!(told, owned, "{}", text);
    }
}

#[test]
fn whoever_decides_owns_the_duty_in_every_example() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let entries = fs::read_dir(folder).expect("the examples are a folder").map(|entry| entry.expect("a readable entry").path());
    for file in entries.filter(|path| path.is_file()) {
        let text = fs::read_to_string(file).expect("an example can be read");
        let [told, owned] = told_and_owned(&text);
        assert_eq!(told, owned, "{text}");
    }
}
