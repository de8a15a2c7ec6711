//! The README is true: its example gives its output, its settings are settings, and what it names is there.

use std::fs;
use std::path::Path;
use std::process::Command;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README can be read")
}

/// The code block behind a comment of the README.
fn block<'t>(text: &'t str, comment: &str) -> &'t str {
    let behind = text.split_once(comment).unwrap_or_else(|| unreachable!("the README has no `{comment}`")).1;
    let code = behind.split_once("```").and_then(|(_, rest)| rest.split_once('\n')).expect("a code block follows").1;
    code.split_once("```").expect("the code block ends").0
}

#[test]
fn the_examples_give_the_outputs_that_are_shown() {
    let readme = readme();
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["team.yaml", "raci.yaml", "search.yaml"] {
        let example = block(&readme, &format!("<!-- example: {name} -->"));
        fs::write(folder.path().join(name), example).expect("the example can be written");
    }
    let outputs: Vec<&str> = readme.split("<!-- output: roleaudit ").skip(1).collect();
    assert_eq!(outputs.len(), 8);
    for output in outputs {
        let arguments = output.split_once(" -->").expect("the comment ends").0.split(' ');
        // The examples of the project stand where they stand; those of the README are files of the test.
        let is_of_project = output.lines().next().is_some_and(|command| command.contains(" examples/"));
        let place = if is_of_project { Path::new(env!("CARGO_MANIFEST_DIR")) } else { folder.path() };
        let run = Command::new(env!("CARGO_BIN_EXE_roleaudit")).args(arguments).current_dir(place).output().expect("it runs");
        let found = i32::from(output.starts_with("check") || output.starts_with("diff"));
        assert_eq!(run.status.code(), Some(found), "{}", String::from_utf8_lossy(&run.stderr));
        let printed = String::from_utf8(run.stdout).expect("it is text");
        assert_eq!(without_breaks(&printed), without_breaks(block(output, " -->")));
    }
}

/// The words of an output: the README breaks its long lines, as a terminal does.
fn without_breaks(text: &str) -> Vec<&str> {
    text.split_whitespace().filter(|word| !word.chars().all(|c| c == '─')).collect()
}

#[test]
fn the_accepted_risk_is_accepted() {
    let readme = readme();
    let team = block(&readme, "<!-- example: team.yaml -->");
    let accepted = block(&readme, "<!-- example: accepted -->");
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("team.yaml"), format!("{team}{accepted}")).expect("a file can be written");
    let arguments = ["check", "team.yaml", "--as-of", "2026-11-21"];
    let run = Command::new(env!("CARGO_BIN_EXE_roleaudit")).args(arguments).current_dir(folder.path()).output().expect("it runs");
    let shown = String::from_utf8(run.stdout).expect("it is text");
    assert!(shown.contains("\naccepted[owner-needs-approval]: ") && !shown.contains("[acceptance-"), "{shown}");
}

#[test]
fn the_settings_are_settings() {
    let readme = readme();
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("team.yaml"), "teams: {a: {product-owner: nobody}}\n").expect("a file can be written");
    let settings = block(&readme, "<!-- example: .roleaudit.yaml -->");
    fs::write(folder.path().join(".roleaudit.yaml"), settings).expect("a file can be written");
    let run = Command::new(env!("CARGO_BIN_EXE_roleaudit")).args(["check", "team.yaml"]).current_dir(folder.path()).output();
    let run = run.expect("it runs");
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn the_files_that_the_documentation_names_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in ["README.md", "ARCHITECTURE.md"] {
        let text = fs::read_to_string(root.join(page)).expect("the page can be read");
        let named = text.split('`').skip(1).step_by(2);
        let folders = ["src/", "roles/", "tests/", "examples/", "benches/", "docs/"];
        let paths = named.filter(|name| folders.iter().any(|folder| name.starts_with(folder)) && !name.contains(['<', ' ']));
        let missing: Vec<&str> = paths.filter(|path| !root.join(path).exists()).collect();
        assert!(missing.is_empty(), "{page} names {missing:?}");
    }
}
