//! Comparing views: the command as a user meets it, and what has to hold of any views.
//!
//! The golden files are written anew with `SNAPSHOTS=overwrite cargo test`; read what changed before keeping it.

#![allow(clippy::panic, reason = "a test fails by panicking")]

#[path = "common/organizations.rs"]
mod organizations;

use proptest::prelude::*;
use roleaudit::Days;
use roleaudit::compare::{CompareReport, Entry, Given, Kind, Says, compare};
use roleaudit::org::{Answer, Org};
use roleaudit::source::{Source, Sources};
use serde_json::Value;
use snapbox::assert_data_eq;
use snapbox::cmd::OutputAssert;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

// The command

const ANN: &str =
    "roleaudit: 1\npeople: {ann: Ann Lee, bob: Bob Ray}\nproducts: {app: {responsibilities: {scope.changes: ann}}}\n";
const BOB: &str =
    "roleaudit: 1\npeople: {ann: Ann Lee, bob: Bob Ray}\nproducts: {app: {responsibilities: {scope.changes: bob}}}\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }
    folder
}

fn command(folder: &Path, args: &[&str]) -> snapbox::cmd::Command {
    let command = snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_roleaudit")).current_dir(folder).env("NO_COLOR", "1");
    command.args(["compare", "--as-of", "2026-11-21"]).args(args)
}

fn stdout(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).expect("standard output is text")
}

/// Compares Ann's and Bob's views, which are in order.
fn told(folder: &Path, args: &[&str]) -> String {
    stdout(&command(folder, args).assert().success().stderr_eq(""))
}

/// What is said where the command refuses: exit code 2 and nothing on standard output.
fn refusal(folder: &Path, args: &[&str]) -> String {
    let assert = command(folder, args).assert().code(2).stdout_eq("");
    let said = String::from_utf8(assert.get_output().stderr.clone()).expect("standard error is text");
    assert!(said.contains("error: ") && !said.contains("panicked"), "{said}");
    said
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn views(folder: &Path, args: &[&str]) -> Vec<(String, Value)> {
    let document = json(&told(folder, &[args, &["--format", "json"]].concat()));
    let views = document["views"].as_array().expect("views are a list").iter();
    views.map(|view| (view["label"].as_str().expect("a label").to_owned(), view["person"].clone())).collect()
}

#[test]
fn the_example_reads_well() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/views");
    let of =
        |format: &str| stdout(&command(&folder, &["mara.yaml", "theo.yaml", "jun.yaml", "--format", format]).assert().success());
    assert_data_eq!(of("text"), snapbox::file!["golden/views.txt"].raw());
    assert_data_eq!(of("markdown"), snapbox::file!["golden/views.md"].raw());
}

#[test]
fn every_kind_of_disagreement_is_in_the_example() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/views");
    let document = json(&told(&folder, &["mara.yaml", "theo.yaml", "jun.yaml", "--format", "json"]));
    for kind in ["several_claim", "each_other", "different_deciders", "nobody_claims", "agreed"] {
        assert!(document["counts"][kind].as_u64() > Some(0), "no {kind} in {}", document["counts"]);
    }
}

#[test]
fn each_view_of_the_example_is_an_organization() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/views");
    for entry in fs::read_dir(folder).expect("the views are a folder") {
        let path = entry.expect("a readable entry").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).expect("a view can be read");
        let sources = Sources::new(vec![Source::new(name.as_str(), text)]);
        let linked = roleaudit::load(&sources, DAYS).unwrap_or_else(|invalid| panic!("{name}: {:#?}", invalid.errors));
        assert!(linked.warnings.is_empty(), "{name}: {:#?}", linked.warnings);
    }
}

#[test]
fn a_view_is_its_persons_by_name_or_by_flag() {
    let folder = folder(&[("ann.yaml", ANN), ("bob/team.yaml", BOB), ("draft.yaml", BOB)]);
    let ann = ("Ann Lee".to_owned(), Value::from("ann"));
    let bob = ("Bob Ray".to_owned(), Value::from("bob"));
    let path = folder.path();
    assert_eq!(views(path, &["ann.yaml", "bob"]), [ann.clone(), bob.clone()], "a folder is a view too");
    assert_eq!(views(path, &["ann.yaml", "draft.yaml"]), [ann.clone(), ("draft.yaml".into(), Value::Null)]);
    assert_eq!(views(path, &["ann.yaml", "draft.yaml", "--by", "ann", "--by", "bob"]), [ann.clone(), bob.clone()]);
    assert_eq!(views(path, &["--by", "bob", "ann.yaml", "--by", "ann", "draft.yaml"]), [bob, ann], "the flag wins");
    let guest = views(path, &["ann.yaml", "draft.yaml", "--by", "ann", "--by", "coach"]);
    assert_eq!(guest[1], ("coach".into(), Value::Null));
    let twice = views(path, &["draft.yaml", "bob/team.yaml", "--by", "bob", "--by", "bob"]);
    assert_eq!(
        twice.iter().map(|(label, _)| label.as_str()).collect::<Vec<_>>(),
        ["Bob Ray (draft.yaml)", "Bob Ray (bob/team.yaml)"]
    );
    let same_name = views(path, &["bob/team.yaml", "./bob/../bob/team.yaml"]);
    assert_eq!(same_name.iter().map(|(label, _)| label.as_str()).collect::<Vec<_>>(), ["bob/team.yaml", "bob/../bob/team.yaml"]);
}

#[test]
fn an_id_is_the_same_however_its_letters_are_composed() {
    let text = "people: {zo\u{eb}: Zoe}\nproducts: {app: {product-manager: zo\u{eb}}}\n";
    let folder = folder(&[("zoe\u{308}.yaml", text), ("ann.yaml", ANN)]);
    assert_eq!(views(folder.path(), &["zoe\u{308}.yaml", "ann.yaml"])[0], ("Zoe".into(), Value::from("zo\u{eb}")));
    let by = views(folder.path(), &["ann.yaml", "ann.yaml", "--by", "zoe\u{308}", "--by", "ann"]);
    assert_eq!(by[0].1, Value::Null, "nobody in Ann's file has the id");
}

#[test]
fn standard_input_is_a_view_like_any_other() {
    let folder = folder(&[("ann.yaml", ANN)]);
    let assert = command(folder.path(), &["ann.yaml", "-"]).stdin(BOB).assert().success();
    let shown = stdout(&assert);
    assert!(shown.contains("    standard input: Bob Ray decides (-:3)\n"), "{shown}");
    let said = refusal(folder.path(), &["-", "-"]);
    assert!(said.contains("standard input can be read once"), "{said}");
}

#[test]
fn wrong_usage_is_told_what_to_write() {
    let folder = folder(&[("ann.yaml", ANN), ("bob.yaml", BOB)]);
    let cases: &[(&[&str], &str)] = &[
        (&[], "required"),
        (&["ann.yaml"], "write `roleaudit compare ann.yaml bob.yaml`, a file for each person"),
        (&["ann.yaml", "bob.yaml", "--by", "ann"], "`--by` is written once for 2 views; write `--by ID` for each of them"),
        (&["ann.yaml", "bob.yaml", "--by", "ann", "--by", "bob", "--by", "ann"], "`--by` is written 3 times for 2 views"),
        (&["ann.yaml", "bob.yaml", "--by", "ann", "--by", ""], "`--by` has no id behind it"),
        (&["ann.yaml", "bob.yaml", "--by", "an", "--by", "bob"], "there is no person `an`; did you mean `--by ann`?"),
        (&["ann.yaml", "bob.yaml", "--by", "ann", "--by", "Bob Ray"], "there is no person `Bob Ray`; did you mean `--by bob`?"),
        (&["ann.yaml", "bob.yaml", "--without", "an"], "there is no person `an`; did you mean `ann`?"),
        (&["ann.yaml", "bob.yaml", "-o", "ann.yaml"], "would overwrite a file that is read here"),
        (&["ann.yaml", "bob.yaml", "-o", "bob.yaml"], "would overwrite a file that is read here"),
        (&["ann.yaml", "bob.yaml", "--format", "csv"], "text, markdown, json"),
    ];
    for (args, expected) in cases {
        let said = refusal(folder.path(), args);
        assert!(said.contains(expected), "{args:?}: {said}");
    }
}

#[test]
fn all_errors_of_all_views_are_told() {
    let broken = "people: {ann: }\nproducts: {app: {product-manager: amn, product-owner: bob}}\n";
    let folder = folder(&[("ann.yaml", ANN), ("bob.yaml", broken)]);
    let said = refusal(folder.path(), &["ann.yaml", "bob.yaml", "nowhere.yaml"]);
    for expected in ["bob.yaml:2:35", "bob.yaml:2:55", "nowhere.yaml: there is no such file or folder"] {
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn the_settings_of_the_first_view_are_read() {
    let folder = folder(&[("a/ann.yaml", ANN), ("b/bob.yaml", BOB), ("b/.roleaudit.yaml", "fail-on: sometimes\n")]);
    assert!(told(folder.path(), &["a/ann.yaml", "b/bob.yaml"]).contains("several-claim: scope.changes of app"));
    let said = refusal(folder.path(), &["b/bob.yaml", "a/ann.yaml"]);
    assert_eq!(said.matches("error: ").count(), 1, "{said}");
}

#[test]
fn several_formats_are_written_in_one_run() {
    let folder = folder(&[("ann.yaml", ANN), ("bob.yaml", BOB)]);
    let args = [
        "ann.yaml", "bob.yaml", "--format", "text", "--format", "markdown", "-o", "gap.md", "--format", "json", "-o", "gap.json",
    ];
    assert!(told(folder.path(), &args).starts_with("Ann Lee and Bob Ray agree on "));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("the file was written");
    assert!(read("gap.md").starts_with("# Who decides what, in 2 views\n"));
    assert_eq!(json(&read("gap.json"))["counts"]["several_claim"], 1);
}

#[test]
fn a_redacted_comparison_names_nobody_and_knows_everybody() {
    let named = |text: &str| text.replace("scope.changes: ", "goal.define: {decides: ann, note: Ann said so}, scope.changes: ");
    let folder = folder(&[("ann.yaml", &named(ANN)), ("bob.yaml", &named(BOB).replace("Ann Lee", "Annie"))]);
    for format in ["text", "markdown", "json"] {
        let shown = told(folder.path(), &["ann.yaml", "bob.yaml", "--redact", "--format", format]);
        for name in ["Ann", "Bob", "Lee", "Ray", "ann.yaml", "\"bob\""] {
            assert!(!shown.contains(name), "{name} in {shown}");
        }
        assert!(shown.contains("person-1.yaml") && shown.contains("person-2.yaml"), "{shown}");
    }
    let guest = told(folder.path(), &["ann.yaml", "bob.yaml", "--redact", "--by", "Zoe Quint", "--by", "bob"]);
    assert!(guest.starts_with("viewer 1 and person-2 agree on ") && !guest.contains("Zoe"), "{guest}");
}

#[test]
fn one_who_has_left_decides_nothing_in_any_view() {
    let folder = folder(&[("ann.yaml", ANN), ("bob.yaml", BOB)]);
    let found = command(folder.path(), &["ann.yaml", "bob.yaml", "--without", "bob", "--format", "json"]).assert().success();
    let said = String::from_utf8_lossy(&found.get_output().stderr).into_owned();
    assert!(said.starts_with("Without Bob Ray, "), "{said}");
    let document = json(&stdout(&found));
    assert_eq!(document["views"][1]["label"], "Bob Ray", "it stays Bob's view");
    let entries = document["entries"].as_array().expect("entries are a list");
    let scope = entries.iter().find(|entry| entry["duties"][0] == "scope.changes").expect("the scope is asked for");
    assert_eq!((&scope["kind"], &scope["answers"][1]["status"]), (&"different-deciders".into(), &"nobody".into()));
}

#[test]
fn hostile_names_are_harmless_in_every_format() {
    const HOSTILE: &str = "\u{1b}[2J\u{9b}31m\u{202e}nnA `|<b>&@ann #1";
    let quoted = r#""\u001b[2J\u009b31m\u202ennA `|<b>&@ann #1""#;
    let of = |who: &str| {
        format!(
            "people: {{ann: {{name: {quoted}}}, bob: Bob}}\nproducts: {{app: {{name: {quoted}, responsibilities: {{scope.changes: \
             {{decides: {who}, note: {quoted}}}, roadmap.shape: {{not-applicable: {quoted}}}}}}}}}\n"
        )
    };
    let folder = folder(&[("ann.yaml", &of("ann")), ("bob.yaml", &of("bob"))]);
    for format in ["text", "markdown", "json"] {
        let shown = told(folder.path(), &["ann.yaml", "bob.yaml", "--format", format]);
        let obeyed = shown.chars().find(|c| c.is_control() && *c != '\n' || ('\u{202a}'..='\u{202e}').contains(c));
        assert_eq!(obeyed, None, "{shown:?}");
    }
    let page = told(folder.path(), &["ann.yaml", "bob.yaml", "--format", "markdown"]);
    assert!(!page.contains("<b>") && !page.contains("@ann") && !page.contains("#1"), "{page}");
    let document = json(&told(folder.path(), &["ann.yaml", "bob.yaml", "--format", "json"]));
    assert_eq!(document["views"][0]["label"], HOSTILE);
    assert_eq!(document["entries"][0]["title"], HOSTILE);
}

// What has to hold of any views

const DAYS: Days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };

/// A question: its duty and where it is looked up.
type Question = (String, String);

fn with_report<T>(views: &[(&str, &str)], then: impl FnOnce(&CompareReport<'_>, &[&Org<'_>]) -> T) -> T {
    let paths: Vec<String> = views.iter().map(|(stem, text)| format!("{stem}-{}.yaml", text.len())).collect();
    let texts = paths.iter().zip(views).map(|(path, (_, text))| Source::new(path.as_str(), *text));
    let sources: Vec<Sources> = texts.map(|text| Sources::new(vec![text])).collect();
    let link = |sources| roleaudit::load(sources, DAYS).unwrap_or_else(|invalid| panic!("{:#?}", invalid.errors)).org;
    let orgs: Vec<Org<'_>> = sources.iter().map(link).collect();
    let given: Vec<Given<'_>> = (0..views.len())
        .map(|n| {
            let (path, stem) = (paths[n].as_str(), views[n].0);
            Given { org: &orgs[n], sources: &sources[n], path, name: path, stem, by: None }
        })
        .collect();
    then(&compare(&given), &orgs.iter().collect::<Vec<_>>())
}

/// The kind of every question of a report, which must tell each once.
fn kinds(report: &CompareReport<'_>) -> BTreeMap<Question, Kind> {
    let mut kinds = BTreeMap::new();
    for entry in &report.entries {
        assert!(!entry.duties.is_empty() && entry.answers.len() == report.views.len());
        for duty in &entry.duties {
            let before = kinds.insert((entry.subject.clone(), duty.id.clone()), entry.kind);
            assert_eq!(before, None, "{} of {} is told twice", duty.id, entry.subject);
        }
    }
    kinds
}

fn ids(says: &Says) -> Vec<&str> {
    says.deciders().iter().map(|decider| decider.id.as_str()).collect()
}

/// The kinds whose definitions hold for an entry, each read on its own.
fn definitions(report: &CompareReport<'_>, entry: &Entry) -> Vec<Kind> {
    let speaking: Vec<&Says> = entry.answers.iter().map(|said| &said.answer).filter(|says| says.speaks()).collect();
    let naming: Vec<&Says> = speaking.iter().copied().filter(|says| !says.deciders().is_empty()).collect();
    let are_same = speaking.iter().all(|one| ids(one) == ids(speaking[0]) && one.is_open() == speaking[0].is_open());
    let viewers: Vec<&str> = report.views.iter().filter_map(|view| view.viewer()).collect();
    let own = report.views.iter().zip(&entry.answers).filter_map(|(view, said)| Some((view.viewer()?, ids(&said.answer))));
    let mut claimants: Vec<&str> = own.filter(|(viewer, named)| named.contains(viewer)).map(|(viewer, _)| viewer).collect();
    claimants.sort_unstable();
    claimants.dedup();
    let counts_on_others =
        !naming.is_empty() && claimants.is_empty() && naming.iter().all(|says| ids(says).iter().any(|id| viewers.contains(id)));
    let all_open = speaking.iter().all(|says| says.is_open());
    let several_claim = claimants.len() > 1 && !are_same;
    let holds = [
        (Kind::SeveralClaim, several_claim),
        (Kind::EachOther, counts_on_others),
        (Kind::NobodyClaims, all_open),
        (Kind::Agreed, speaking.len() > 1 && are_same && !all_open && !counts_on_others),
        (Kind::OneViewOnly, speaking.len() == 1 && !all_open && !counts_on_others),
        (Kind::DifferentDeciders, !are_same && !all_open && !several_claim && !counts_on_others),
    ];
    holds.into_iter().filter(|(_, holds)| *holds).map(|(kind, _)| kind).collect()
}

/// Every question that a view looks at, and whether any view speaks of it.
fn questions(orgs: &[&Org<'_>]) -> BTreeMap<Question, bool> {
    let mut questions = BTreeMap::new();
    for org in orgs {
        for (duty, subject, decision) in org.all_decisions() {
            let speaks = decision.answer != Answer::Absent || !org.owners_of(duty, subject).is_empty();
            *questions.entry((org.path(subject), org[duty].id.to_string())).or_insert(false) |= speaks;
        }
    }
    questions
}

const VIEWERS: [&str; 4] = ["ann", "ben", "cai", "nobody-known"];

fn numbers() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..500)
}

/// A viewer and the numbers of an organization.
fn view() -> impl Strategy<Value = (&'static str, Vec<u16>)> {
    (prop::sample::select(&VIEWERS[..]), numbers())
}

proptest! {
    #![proptest_config(organizations::cases(100))]

    #[test]
    fn every_question_is_of_exactly_one_kind(views in prop::collection::vec(view(), 2..4)) {
        let texts: Vec<String> = views.iter().map(|(_, numbers)| organizations::organization(numbers)).collect();
        let given: Vec<(&str, &str)> = views.iter().zip(&texts).map(|((who, _), text)| (*who, text.as_str())).collect();
        with_report(&given, |report, orgs| {
            let kinds = kinds(report);
            for entry in &report.entries {
                assert_eq!(definitions(report, entry), [entry.kind], "{entry:#?}");
            }
            let questions = questions(orgs);
            for (question, speaks) in &questions {
                assert!(!speaks || kinds.contains_key(question), "{question:?} is not told");
            }
            assert!(kinds.keys().all(|question| questions.contains_key(question)), "a question that nobody asks is told");
            let counted: usize = Kind::ALL.into_iter().map(|kind| report.count(kind)).sum();
            assert_eq!(counted, kinds.len());
        });
    }

    #[test]
    fn a_view_compared_with_itself_has_gaps_only(numbers in numbers(), one in 0..4usize, other in 0..4usize) {
        let text = organizations::organization(&numbers);
        with_report(&[(VIEWERS[one], &text), (VIEWERS[other], &text)], |report, _| {
            let differing: Vec<&Entry> =
                report.entries.iter().filter(|entry| !matches!(entry.kind, Kind::Agreed | Kind::NobodyClaims)).collect();
            assert!(differing.is_empty(), "{differing:#?}");
        });
    }

    #[test]
    fn the_order_of_views_changes_the_order_of_their_answers_only(first in view(), second in view()) {
        let (one, other) = (organizations::organization(&first.1), organizations::organization(&second.1));
        let (one, other) = ((first.0, one.as_str()), (second.0, other.as_str()));
        let told = |views: &[(&str, &str)], is_turned: bool| with_report(views, |report, _| {
            let mut told = Vec::new();
            for entry in &report.entries {
                let mut answers = entry.answers.iter().map(|said| format!("{:?}", said.answer)).collect::<Vec<_>>();
                if is_turned {
                    answers.reverse();
                }
                told.push((entry.kind, entry.title.clone(), entry.words(), answers));
            }
            told
        });
        prop_assert_eq!(told(&[one, other], false), told(&[other, one], true));
    }
}
