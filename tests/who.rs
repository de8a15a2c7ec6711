//! `roleaudit who` as a user meets it: what the first argument asks, and what is answered.

use serde_json::Value;
use snapbox::cmd::OutputAssert;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const TEAM: &str = "roleaudit: 1\npeople: {ann: Ann Lee, bob: Bob, b2: Bob}\n\
                    products: {app: {name: App, product-manager: ann, responsibilities: {strategy.*: ann, legal.sign: bob}}}\n\
                    duties: {legal.sign: Signs}\n";

fn who(folder: &Path, args: &[&str]) -> OutputAssert {
    let command = snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_roleaudit")).current_dir(folder).env("NO_COLOR", "1");
    command.arg("who").args(args).assert()
}

fn stdout(folder: &Path, args: &[&str]) -> String {
    let assert = who(folder, args).success();
    String::from_utf8(assert.get_output().stdout.clone()).expect("standard output is text")
}

/// Asks about the examples of the project.
fn shown(args: &[&str]) -> String {
    stdout(Path::new(env!("CARGO_MANIFEST_DIR")), args)
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("team.yaml"), TEAM).expect("files can be written");
    folder
}

#[test]
fn without_a_question_it_is_the_seven_rights() {
    let expected = "\
Deliveries
  strategy.product: Pam
roadmap.priorities: Pam
     backlog.order: Pam
delivery.questions: Quin
     scope.changes: Pam
priorities.conflict: Pam
   results.measure: Pam
";
    assert_eq!(shown(&["examples/split.yaml"]), expected);
}

#[test]
fn deciders_that_differ_by_squad_are_told_apart() {
    let shown = shown(&["examples/squads.yaml"]);
    assert!(shown.contains("     backlog.order: Sami (the backlog of Routing)\n"), "{shown}");
    assert!(shown.contains("nobody: the seat of its product owner is vacant (the backlog of Traffic)\n"), "{shown}");
    assert!(shown.contains("     scope.changes: Rhea\n"), "{shown}");
}

#[test]
fn the_first_argument_asks_unless_it_is_a_path() {
    let folder = folder();
    let at = folder.path();
    let rights = stdout(at, &[]);
    assert!(rights.starts_with("App\n  strategy.product: Ann Lee\n"), "{rights}");
    assert_eq!(stdout(at, &["team.yaml"]), rights);
    assert_eq!(stdout(at, &["."]), rights);
    let ann = stdout(at, &["ann"]);
    assert!(ann.starts_with("Ann Lee (ann)\n"), "{ann}");
    for asked in [&["ann", "team.yaml"][..], &["people.ann"], &["Ann Lee"], &["people.ann", "team.yaml"]] {
        assert_eq!(stdout(at, asked), ann, "{asked:?}");
    }
    assert!(stdout(at, &["legal.sign"]).starts_with("legal.sign: Signs\n"));
    assert!(stdout(at, &["legal.*", "team.yaml"]).contains("decides: Bob (bob), by `legal.sign` of products.app"));
}

#[test]
fn a_folder_that_is_called_like_a_person_is_a_person() {
    let folder = folder();
    let at = folder.path();
    fs::create_dir(at.join("ann")).expect("folders can be made");
    fs::create_dir(at.join("parts")).expect("folders can be made");
    fs::write(at.join("parts/team.yaml"), TEAM.replace("name: App", "name: Part")).expect("files can be written");
    assert!(stdout(at, &["ann", "team.yaml"]).starts_with("Ann Lee (ann)\n"));
    assert!(stdout(at, &["parts"]).starts_with("Part\n"));
    assert!(stdout(at, &["parts/team.yaml"]).starts_with("Part\n"));
    let said = who(at, &["./ann"]).code(2);
    assert!(String::from_utf8_lossy(&said.get_output().stderr).contains("there is no team file in this folder"));
}

#[test]
fn a_question_about_nothing_names_what_was_meant() {
    let folder = folder();
    let says = |args: &[&str], message: &str| {
        who(folder.path(), args).code(2).stdout_eq("").stderr_eq(format!("error: {message}\n\n"));
    };
    let none = "there is no duty, area, person, group or team";
    says(&["strategy.visoin"], &format!("{none} `strategy.visoin`; did you mean `strategy.vision`?"));
    says(&["anne"], &format!("{none} `anne`; did you mean `ann`?"));
    says(&["Bob"], "several are called `Bob`; write `people.bob` or `people.b2`");
    for ann in ["ann", "Ann Lee", "people.ann"] {
        says(&[ann, "--without", "ann"], &format!("`{ann}` is seen as having left, so nothing is held"));
    }
    let hidden = who(folder.path(), &["anne", "--redact"]).code(2);
    let hidden = String::from_utf8_lossy(&hidden.get_output().stderr).into_owned();
    assert!(hidden.contains("`anne`") && !hidden.contains("`ann`"), "{hidden}");
}

#[test]
fn names_are_hidden_and_the_question_is_asked_before() {
    for (word, format) in [("pam", "text"), ("Pam", "markdown"), ("backlog.*", "json"), ("pam", "json"), ("delivery.how", "text")]
    {
        let shown = shown(&[word, "examples/split.yaml", "--redact", "--format", format]);
        assert!(!shown.to_lowercase().contains("pam") && !shown.to_lowercase().contains("quin"), "{word}: {shown}");
    }
    let shown = shown(&["--alone", "examples/split.yaml", "--redact"]);
    assert!(shown.starts_with("person-1: ") && shown.contains("\nperson-2: "), "{shown}");
}

#[test]
fn a_deputy_is_told_from_one_who_was_meant_to_decide() {
    let shown = |args: &[&str]| shown(&[&["release.decision", "examples/healthy.yaml"], args].concat());
    assert!(shown(&[]).contains("Omar") && !shown(&[]).contains("as deputy"), "{}", shown(&[]));
    let left = shown(&["--without", "omar"]);
    assert!(left.contains("as deputy of someone who has left, by `release.decision` of "), "{left}");
}

#[test]
fn a_filter_limits_the_answer() {
    let shown = |args: &[&str]| shown(&[&["backlog.order", "examples/squads.yaml"], args].concat());
    assert!(shown(&["--team", "search"]).contains("Tess") && !shown(&["--team", "search"]).contains("Sami"));
    assert!(shown(&[]).contains("Sami"));
}

#[test]
fn those_who_hold_rights_alone_stand_in_order() {
    let shown = shown(&["--alone", "examples/squads.yaml", "--format", "json"]);
    let json: Value = serde_json::from_str(&shown).expect("it is JSON");
    let people = json["people"].as_array().expect("people are a list");
    let orphaned: Vec<u64> = people.iter().filter_map(|person| person["orphaned_rights"].as_u64()).collect();
    assert!(orphaned.len() == people.len() && orphaned.len() > 1 && orphaned.is_sorted_by(|a, b| a >= b), "{orphaned:?}");
    assert_eq!(people[0]["id"], "rhea", "{shown}");
}

/// Whoever leaves orphans what nobody catches: seen without them, nobody decides it.
#[test]
fn what_would_be_orphaned_is_vacant_without_them() {
    let alone: Value = serde_json::from_str(&shown(&["--alone", "examples/split.yaml", "--format", "json"])).expect("it is JSON");
    let people = alone["people"].as_array().expect("people are a list");
    assert!(!people.is_empty());
    for person in people {
        let id = person["id"].as_str().expect("an id is text");
        for of in person["decides_alone"].as_array().into_iter().flatten() {
            let caught = of["caught_by"].as_array().is_some_and(|deputies| !deputies.is_empty());
            for duty in of["duties"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                let left = shown(&[duty, "examples/split.yaml", "--without", id, "--format", "json"]);
                let left: Value = serde_json::from_str(&left).expect("it is JSON");
                let found =
                    left["products"][0]["duties"].as_array().into_iter().flatten().find(|at| at["subject"] == of["subject"]);
                let deciders = found.and_then(|at| at["deciders"].as_array()).map(Vec::len);
                assert_eq!(deciders.is_some_and(|deciders| deciders > 0), caught, "{duty} without {id}");
            }
        }
    }
}

#[test]
fn a_file_holds_what_standard_output_would() {
    let folder = folder();
    let at = folder.path();
    let printed = stdout(at, &["ann", "--format", "json"]);
    assert_eq!(stdout(at, &["ann", "--format", "json", "-o", "ann.json"]), "");
    assert_eq!(fs::read_to_string(at.join("ann.json")).expect("it was written"), printed);
}

#[test]
fn a_team_file_that_is_not_there_is_missed_as_a_file() {
    let folder = folder();
    let assert = who(folder.path(), &["tema.yaml"]).code(2);
    let said = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
    assert!(said.contains("tema.yaml: there is no such file or folder"), "{said}");
}

#[test]
fn facts_that_stand_for_a_record_are_named() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let text = "roleaudit: 1\npeople: {ann: Ann, ben: Ben}\n\
                products: {app: {name: App, product-owner: [ann, ben], metrics: [{name: use, owner: ann}], \
                responsibilities: {strategy.*: ann}}}\nteams: {t: {product: app}}\n";
    fs::write(folder.path().join("team.yaml"), text).expect("files can be written");
    let metrics = stdout(folder.path(), &["results.metrics"]);
    assert!(metrics.contains("decides: Ann, as owner of a metric; no record names anyone\n"), "{metrics}");
    let backlog = stdout(folder.path(), &["backlog.manage"]);
    let two =
        "contested: Ann, as owner of the backlog; no record names anyone (team.yaml:3:45)\n                    Ben, as owner";
    assert!(backlog.contains(two), "{backlog}");
}

#[test]
fn teams_with_one_answer_stand_together() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let text = "roleaudit: 1\npeople: {ann: Ann, ben: Ben}\n\
                products: {app: {name: App, product-owner: ann, responsibilities: {delivery.questions: ann, delivery.how: ann}}}\n\
                teams: {t: {product: app}, u: {product: app}, v: {product: app, responsibilities: {delivery.questions: ben}}}\n";
    fs::write(folder.path().join("team.yaml"), text).expect("files can be written");
    let told = stdout(folder.path(), &["delivery.*"]);
    for expected in ["  delivery.questions (t and u)\n", "  delivery.questions (v)\n", "  delivery.how (all 3 teams)\n"] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
}
