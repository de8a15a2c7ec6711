//! `roleaudit init`: for each model a file to begin with, which nothing speaks against but what is still to be written.

use roleaudit::Days;
use roleaudit::audit::{Selection, audit};
use roleaudit::catalogue::MODELS;
use roleaudit::finding::Severity;
use roleaudit::report::Report;
use roleaudit::settings::Settings;
use roleaudit::source::{Source, Sources};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn init(folder: &Path, arguments: &[&str]) -> Output {
    let command = Command::new(env!("CARGO_BIN_EXE_roleaudit")).arg("init").args(arguments).current_dir(folder).output();
    command.expect("it runs")
}

fn starter(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = init(folder.path(), arguments);
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!((run.status.code(), run.stdout.as_slice()), (Some(0), b"".as_slice()), "{said}");
    assert_eq!(said, "wrote roleaudit.yaml; fill it in, then run `roleaudit check roleaudit.yaml`\n");
    fs::read_to_string(folder.path().join("roleaudit.yaml")).expect("the starter is written")
}

fn with_report<T>(text: &str, then: impl FnOnce(&Report<'_>) -> T) -> T {
    let sources = Sources::new(vec![Source::new("roleaudit.yaml", text)]);
    let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
    let linked = roleaudit::load(&sources, days).unwrap_or_else(|invalid| unreachable!("{:#?}\n{text}", invalid.errors));
    assert!(linked.warnings.is_empty(), "{:#?}\n{text}", linked.warnings);
    then(&audit(&linked.org, &Settings::default(), &Selection::default(), &sources))
}

/// The findings of some severities, a line each.
fn findings(text: &str, severities: &[Severity]) -> Vec<String> {
    with_report(text, |report| {
        let counted = report.findings.iter().filter(|finding| severities.contains(&finding.severity));
        counted.map(|finding| format!("{}: {}", finding.rule.name, finding.message)).collect()
    })
}

/// A starter in which what stands as a comment is written: whoever removes the `#` of a line keeps its indentation.
fn filled_in(starter: &str) -> String {
    let (head, facts) = starter.split_once("roleaudit: 1\n").expect("a starter names the format");
    let lines = facts.lines().map(|line| match line.split_once("# ") {
        Some((indent, fact)) if indent.trim().is_empty() => format!("{indent}{fact}\n"),
        _ => format!("{line}\n"),
    });
    format!("{head}roleaudit: 1\n{}", lines.collect::<String>())
}

#[test]
fn every_model_has_a_starter_that_follows_it() {
    for model in &MODELS {
        let text = starter(&["--model", model.name]);
        let followed = with_report(&text, |report| {
            let models = report.models.iter().flat_map(|of| of.overlays.iter().copied().chain([of.model]));
            models.map(str::to_owned).collect::<Vec<_>>()
        });
        assert!(followed.iter().any(|followed| followed == model.name), "{} follows {followed:?}", model.name);
        assert!(text.contains(&format!("`roleaudit explain {}`", model.name)), "{text}");
    }
    assert_eq!(starter(&[]), starter(&["--model", "split"]));
}

/// No finding of a starter is a mistake: what they ask for stands there as a comment, or follows from the model and is only told.
#[test]
fn a_starter_invites_to_fill_in_what_it_holds_as_comments() {
    for model in &MODELS {
        let text = starter(&["--model", model.name]);
        let errors = findings(&text, &[Severity::Error]);
        assert!(errors.is_empty(), "{}: {errors:#?}", model.name);
        let warnings = findings(&text, &[Severity::Warning]);
        assert!(!warnings.is_empty(), "{} asks for nothing", model.name);
        let asks = |warning: &&String| warning.contains(" no ") && (warning.contains(" recorded"));
        assert!(warnings.iter().all(|warning| asks(&warning)), "{}: {warnings:#?}", model.name);
        let left = findings(&filled_in(&text), &[Severity::Error, Severity::Warning]);
        assert!(left.is_empty(), "{}: {left:#?}", model.name);
    }
    for name in ["split", "combined", "founder-led", "strong-owner", "manager-only", "scaled"] {
        let left = findings(&filled_in(&starter(&["--model", name])), &Severity::ALL);
        assert!(left.is_empty(), "{name}: {left:#?}");
    }
}

/// The line that ties a file to its schema works as soon as one `#` is taken off; until then no editor looks for a file that is not there.
#[test]
fn a_starter_names_its_schema_where_the_schema_is_written() {
    for model in &MODELS {
        let text = starter(&["--model", model.name]);
        let (before, behind) =
            text.split_once("\n## yaml-language-server: $schema=roleaudit.schema.json\n").expect("the line is there");
        assert!(before.contains("`roleaudit schema -o roleaudit.schema.json`") && behind.starts_with("roleaudit: 1\n"), "{text}");
        assert!(!text.contains("\n# yaml-language-server"), "{text}");
    }
}

#[test]
fn nothing_is_overwritten() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("roleaudit.yaml"), "mine").expect("a file can be written");
    for arguments in [&["--model", "scaled"][..], &[][..]] {
        let run = init(folder.path(), arguments);
        let said = String::from_utf8_lossy(&run.stderr);
        assert!(run.status.code() == Some(2) && said.contains("exists already and is left as it is"), "{said}");
    }
    assert_eq!(fs::read_to_string(folder.path().join("roleaudit.yaml")).expect("the file is there"), "mine");
    let run = init(folder.path(), &["--model", "nobody", "new/folder"]);
    assert!(run.status.success() && folder.path().join("new/folder/roleaudit.yaml").exists());
}

#[test]
fn a_model_that_is_not_known_is_a_wrong_usage() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = init(folder.path(), &["--model", "strong-ower"]);
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.code() == Some(2) && said.contains("strong-owner") && said.contains("similar"), "{said}");
    let run = init(folder.path(), &["--model", "wrong"]);
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.code() == Some(2) && MODELS.iter().all(|model| said.contains(model.name)), "{said}");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder can be read").count(), 0);
}
