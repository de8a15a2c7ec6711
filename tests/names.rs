//! Who is meant, where several are called the same.

use std::fs;
use std::path::Path;

/// What a command prints about a file with this text; `{file}` among its arguments is the file.
fn printed(text: &str, args: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("team.yaml"), format!("roleaudit: 1\n{text}")).expect("files can be written");
    let command = snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_roleaudit")).current_dir(folder.path()).env("NO_COLOR", "1");
    let assert = command.args(args).arg(Path::new("team.yaml")).assert();
    let output = assert.get_output();
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

const NAMESAKES: &str = "people: {sam: Sam, sam2: Sam}\n\
    products: {app: {name: Shop, product-owner: sam, product-manager: sam2, responsibilities: {scope.changes: [sam, sam2]}}, \
    web: {name: Shop, product-owner: sam}}\n\
    teams: {core: {product: app}}\n";

#[test]
fn sentences_tell_people_of_one_name_apart() {
    let check = printed(NAMESAKES, &["check", "--color", "never"]);
    assert!(check.contains("Sam (sam) and Sam (sam2) both decide scope.changes for Shop (app)"), "{check}");
    let advise = printed(NAMESAKES, &["advise"]);
    assert!(advise.contains("product manager: Sam (sam2); product owner: Sam (sam)"), "{advise}");
    let report = printed(NAMESAKES, &["report"]);
    assert!(report.contains("Sam (sam) and Sam (sam2) both decide scope.changes"), "{report}");
}

#[test]
fn somebody_who_left_is_told_apart_from_who_stays() {
    let check = printed(NAMESAKES, &["check", "--without", "sam2"]);
    assert!(check.contains("Without Sam (sam2)"), "{check}");
}

#[test]
fn products_of_one_name_have_headings_of_their_own() {
    let matrix = printed(NAMESAKES, &["matrix", "--format", "markdown"]);
    assert!(matrix.contains("Shop (app)") && matrix.contains("Shop (web)"), "{matrix}");
    let who = printed(NAMESAKES, &["who", "scope.changes"]);
    assert!(who.contains("Shop (app)"), "{who}");
}

#[test]
fn a_shared_name_still_finds_all_who_have_it_and_stays_as_it_is_in_data() {
    let who = printed(NAMESAKES, &["who", "Sam"]);
    assert!(who.contains("several are called `Sam`; write `people.sam` or `people.sam2`"), "{who}");
    let json = printed(NAMESAKES, &["who", "sam", "--format", "json"]);
    assert!(json.contains("\"name\": \"Sam\""), "{json}");
}

#[test]
fn an_id_is_nobody_elses_pseudonym_whatever_others_are_called() {
    let text = "people: {boss: Kim, kim: Kim Seo, ann: boss}\n\
                products: {app: {product-owner: boss, product-manager: kim, responsibilities: {scope.changes: [boss, kim, ann]}}}\n";
    let check = printed(text, &["check", "--redact", "--color", "never"]);
    let sentence = check.lines().find(|line| line.contains("decide scope.changes for app")).unwrap_or(&check);
    assert!((1..=3).all(|number| sentence.contains(&format!("person-{number}"))), "{sentence}");
    let crossed = "people: {lee: Kim, kim: Lee}\n\
                   products: {app: {product-owner: kim, product-manager: lee, responsibilities: {backlog.*: {decides: lee, approves: kim}}}}\n";
    let check = printed(crossed, &["check", "--redact", "--color", "never"]);
    assert!(!check.contains("person-1 needs approval from person-1"), "{check}");
}

#[test]
fn who_answers_about_the_same_person_with_names_and_without() {
    let text = "people: {ann: Ann Lee, ben: ann}\n\
                products: {app: {product-owner: ann, responsibilities: {scope.changes: ann, backlog.order: ben}}}\n";
    for how in [&["who", "ann"][..], &["who", "ann", "--redact"]] {
        let answer = printed(text, how);
        assert!(answer.contains("product owner"), "{how:?}: {answer}");
    }
}
