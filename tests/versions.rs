//! `roleaudit diff` and `check --against`: two versions of an organization, as files, folders and commits.

use snapbox::cmd::OutputAssert;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const PEOPLE: &str = "people: {ann: Ann, ben: Ben}\n";
/// Two errors: nobody decides two of the seven rights.
const OLD: &str = "roleaudit: 1
people: {ann: Ann, ben: Ben}
products:
  app:
    product-manager: ben
    product-owner: ann
    responsibilities:
      {scope.changes: nobody, roadmap.priorities: nobody, roadmap.*: ben, strategy.*: ben, market.*: ben, results.*: ben,
       priorities.conflict: ben, release.decision: ann, backlog.*: ann, value.*: ann, goal.*: ann, delivery.*: ann}
teams:
  core: {product: app}
";

fn roleaudit(folder: &Path, args: &[&str]) -> OutputAssert {
    let command = snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_roleaudit"));
    command.current_dir(folder).env("NO_COLOR", "1").args(args).assert()
}

fn stdout(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).expect("standard output is text")
}

fn stderr(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).expect("standard error is text")
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("folders can be made");
    fs::write(path, text).expect("files can be written");
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, text) in files {
        write(folder.path(), name, text);
    }
    folder
}

fn git(folder: &Path, args: &[&str]) -> String {
    let author = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").current_dir(folder).args(author).args(args).output().expect("these tests need git");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A repository with one commit for each list of files.
fn repository(commits: &[&[(&str, &str)]]) -> TempDir {
    let repository = tempfile::tempdir().expect("a folder for the test");
    git(repository.path(), &["init", "-q", "-b", "main"]);
    for files in commits {
        for (name, text) in *files {
            write(repository.path(), name, text);
        }
        git(repository.path(), &["add", "-A"]);
        git(repository.path(), &["commit", "-q", "-m", "team"]);
    }
    repository
}

#[test]
fn what_the_base_has_does_not_count() {
    let folder = folder(&[("old.yaml", OLD), ("new.yaml", &OLD.replace("scope.changes: nobody, ", ""))]);
    roleaudit(folder.path(), &["check", "old.yaml"]).code(1);
    let against = roleaudit(folder.path(), &["check", "new.yaml", "--against", "old.yaml"]).code(0);
    let said = stdout(&against);
    assert!(said.contains("older findings do not count, because old.yaml has them too: 2 errors"), "{said}");
    assert!(!said.contains("error["), "{said}");
}

#[test]
fn where_the_base_has_no_gap_either_none_is_called_new() {
    let folder = folder(&[("old.yaml", OLD)]);
    let said = stdout(&roleaudit(folder.path(), &["check", "old.yaml", "--against", "old.yaml", "--rule", "first-hire"]).code(0));
    assert!(said.contains("No gaps found by first-hire in 1 file"), "{said}");
}

#[test]
fn a_new_finding_counts() {
    let worse = OLD.replace("scope.changes: nobody", "scope.changes: nobody, strategy.product: nobody");
    let folder = folder(&[("old.yaml", OLD), ("new.yaml", &worse)]);
    let found = roleaudit(folder.path(), &["check", "new.yaml", "--against", "old.yaml", "--format", "json"]).code(1);
    let json: serde_json::Value = serde_json::from_str(&stdout(&found)).expect("the output is JSON");
    assert_eq!(json["summary"]["error"], 1);
    assert_eq!(json["findings"][0]["duty"], "strategy.product");
    assert_eq!((&json["against"]["base"], &json["against"]["known"]["error"]), (&"old.yaml".into(), &2.into()));
    roleaudit(folder.path(), &["check", "new.yaml", "--against", "old.yaml", "--fail-on", "never"]).code(0);
}

#[test]
fn another_order_layout_or_file_changes_nothing() {
    let moved = "roleaudit: 1
teams: {core: {product: app}}
# The product
products:
  app:
    responsibilities:
      delivery.*: ann
      goal.*: ann
      value.*: ann
      backlog.*: [ann]
      release.decision: {decides: ann}
      priorities.conflict: ben
      results.*: ben
      market.*: ben
      strategy.*: ben
      roadmap.*: ben
      roadmap.priorities: nobody
      scope.changes: nobody
    product-owner: ann
    product-manager: ben
";
    let repository = repository(&[&[("team.yaml", OLD)]]);
    fs::remove_file(repository.path().join("team.yaml")).expect("files can be removed");
    write(repository.path(), "orgs/products.yaml", moved);
    write(repository.path(), "orgs/people.yaml", &format!("roleaudit: 1\n{PEOPLE}"));
    let against = roleaudit(repository.path(), &["check", ".", "--against", "git:HEAD"]).code(0);
    let said = stdout(&against);
    assert!(said.contains("has them too: 2 errors") && said.contains("\nNo new gaps found in 2 files"), "{said}");
    assert!(!said.contains("gone"), "{said}");
    let same = roleaudit(repository.path(), &["diff", "git:HEAD:.", "orgs"]).code(0);
    assert!(stdout(&same).contains("\nNothing changes; "), "{}", stdout(&same));
}

#[test]
fn a_commit_stands_for_the_same_paths() {
    let fixed = OLD.replace("scope.changes: nobody", "scope.changes: ben");
    let repository = repository(&[
        &[("a/team.yaml", OLD), ("a/other.yaml", "x: 1\n"), ("a/.hidden.yaml", OLD), ("b/team.yaml", OLD)],
        &[("a/team.yaml", &fixed)],
    ]);
    for (folder, version, path) in [(".", "git:HEAD~1", "a"), (".", "git:HEAD~1", "a/team.yaml"), ("a", "git:HEAD^", ".")] {
        let changed = roleaudit(&repository.path().join(folder), &["diff", version, path]).code(0);
        let said = stdout(&changed);
        assert!(said.contains("+ decides: scope.changes of app (before: nobody)"), "{path}: {said}");
        assert!(said.contains("fixed: 1 error"), "{path}: {said}");
    }
    // A colon within braces belongs to the name of the commit.
    for version in ["git:HEAD@{1}:a/team.yaml", "git:main~1:a/team.yaml", "git:HEAD^{/team}~1:a/team.yaml"] {
        let said = stdout(&roleaudit(repository.path(), &["diff", version, "a/team.yaml"]).code(0));
        assert!(said.contains("+ decides: scope.changes of app (before: nobody)"), "{version}: {said}");
    }
    let back = roleaudit(repository.path(), &["diff", "a/team.yaml", "git:main~1"]).code(1);
    assert!(stdout(&back).contains("- decides: scope.changes of app (now: nobody)"), "{}", stdout(&back));
    let commits = roleaudit(&repository.path().join("a"), &["diff", "git:HEAD~1", "git:HEAD"]).code(0);
    assert!(stdout(&commits).contains("+ decides: scope.changes"), "{}", stdout(&commits));
    let day = git(repository.path(), &["log", "-1", "--format=%cs", "HEAD~1"]);
    let against = roleaudit(repository.path(), &["check", "a", "--against", "git:HEAD~1"]).code(0);
    assert!(stdout(&against).contains(&format!("git:HEAD~1 of {day} has")), "{}", stdout(&against));
}

#[test]
fn a_base_that_cannot_be_read_is_never_a_pass() {
    let healthy = OLD.replace("nobody", "ben");
    let repository = repository(&[&[("team.yaml", &healthy), ("broken.yaml", "roleaudit: 1\nteams: [\n")]]);
    write(repository.path(), "new.yaml", &healthy);
    for (base, why) in [
        ("git:none", "git knows no such commit here"),
        ("git:", "git knows no such commit here"),
        ("git:--help", "git knows no such commit here"),
        ("git:-p", "git knows no such commit here"),
        ("git:HEAD:gone.yaml", "there is no team file gone.yaml in this commit"),
        ("git:HEAD:broken.yaml", "HEAD:broken.yaml:"),
        ("none.yaml", "there is no such file or folder"),
        ("broken.yaml", "broken.yaml:"),
    ] {
        let refused = roleaudit(repository.path(), &["check", "team.yaml", "--against", base]).code(2).stdout_eq("");
        assert!(stderr(&refused).contains(why), "{base}: {}", stderr(&refused));
        let refused = roleaudit(repository.path(), &["diff", base, "team.yaml"]).code(2).stdout_eq("");
        assert!(stderr(&refused).contains(why), "{base}: {}", stderr(&refused));
    }
    let new = roleaudit(repository.path(), &["check", "new.yaml", "--against", "git:HEAD"]).code(2);
    assert!(stderr(&new).contains("there is no team file new.yaml in this commit"), "{}", stderr(&new));
}

#[test]
fn a_file_that_is_new_since_the_base_is_no_error() {
    let repository = repository(&[&[("team.yaml", OLD)]]);
    write(repository.path(), "more.yaml", "roleaudit: 1\nteams: {edge: {product: app, backlog: edge}}\n");
    let found = roleaudit(repository.path(), &["check", "team.yaml", "more.yaml", "--against", "git:HEAD"]).code(1);
    assert!(
        stdout(&found).contains("error[backlog-without-owner]: no one is recorded as owning the backlog of edge"),
        "{}",
        stdout(&found)
    );
}

#[test]
fn a_finding_that_grew_graver_counts() {
    let light = "roleaudit: 1\npeople: {ann: Ann, ben: Ben}\nproducts:\n  app: {product-manager: ben, responsibilities: {strategy.*: ben}}\nteams: {core: {product: app}}\n";
    let folder =
        folder(&[("one.yaml", light), ("two.yaml", &light.replace("manager: ben,", "manager: ben, product-owner: ann,"))]);
    let rule = ["--rule", "final-call-missing"];
    roleaudit(folder.path(), &[&["check", "one.yaml"][..], &rule].concat()).code(0);
    let found = roleaudit(folder.path(), &[&["check", "two.yaml", "--against", "one.yaml"][..], &rule].concat()).code(1);
    assert!(stdout(&found).contains("error[final-call-missing]"), "{}", stdout(&found));
}

#[test]
fn no_output_is_written_over_a_version() {
    let folder = folder(&[("old.yaml", OLD), ("new.yaml", OLD), ("folder/a.yaml", OLD)]);
    for args in [
        &["check", "new.yaml", "--against", "old.yaml", "--format", "json", "-o", "old.yaml"][..],
        &["check", "new.yaml", "--against", "folder", "--format", "json", "-o", "folder/a.yaml"],
        &["diff", "old.yaml", "new.yaml", "--format", "json", "-o", "old.yaml"],
        &["compare", "old.yaml", "new.yaml", "--format", "json", "-o", "new.yaml"],
    ] {
        let refused = roleaudit(folder.path(), args).code(2);
        assert!(stderr(&refused).contains("would overwrite a file that is read here"), "{args:?}: {}", stderr(&refused));
    }
    assert_eq!(fs::read_to_string(folder.path().join("old.yaml")).expect("it is there"), OLD);
}

#[test]
fn a_hook_that_names_its_repository_does_not_move_the_base() {
    let repository = repository(&[&[
        ("teams/team.yaml", OLD),
        ("other/m.yaml", "roleaudit: 1\nteams: {edge: {product: app, backlog: edge}}\n"),
    ]]);
    write(repository.path(), "teams/m.yaml", "roleaudit: 1\nteams: {edge: {product: app, backlog: edge}}\n");
    let found = snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_roleaudit"))
        .current_dir(repository.path())
        .env("GIT_DIR", repository.path().join(".git"))
        .args(["check", "teams", "--against", "git:HEAD"])
        .assert()
        .code(1);
    assert!(
        stdout(&found).contains("error[backlog-without-owner]: no one is recorded as owning the backlog of edge"),
        "{}",
        stdout(&found)
    );
}

#[test]
fn developers_decide_also_where_no_team_is_there_yet() {
    let of = |decides: &str| {
        format!(
            "roleaudit: 1\npeople: {{ann: Ann}}\nproducts:\n  app: {{responsibilities: {{delivery.how: {decides}, scope.changes: {decides}}}}}\n"
        )
    };
    let folder = folder(&[
        ("one.yaml", &of("ann")),
        ("two.yaml", &of("developers")),
        ("three.yaml", &of("{not-applicable: No releases}")),
    ]);
    let told = |before, after| stdout(&roleaudit(folder.path(), &["diff", before, after, "--fail-on", "never"]).code(0));
    let handed = told("one.yaml", "two.yaml");
    assert!(handed.contains("scope.changes of app (now: the developers)") && !handed.contains("Nobody takes over"), "{handed}");
    let ended = told("one.yaml", "three.yaml");
    assert!(ended.contains("scope.changes of app (now: not applicable)") && !ended.contains("Nobody takes over"), "{ended}");
}

#[test]
fn standard_input_is_one_version_only() {
    let folder = folder(&[("team.yaml", OLD)]);
    for args in [&["diff", "-", "-"][..], &["check", "-", "--against", "-"], &["compare", "-", "-"]] {
        let refused = roleaudit(folder.path(), args).code(2);
        assert!(stderr(&refused).contains("standard input can be read once"), "{args:?}: {}", stderr(&refused));
    }
    let piped = snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_roleaudit"));
    piped.current_dir(folder.path()).stdin(OLD).args(["diff", "team.yaml", "-"]).assert().code(0);
}

#[test]
fn the_summary_counts_seats_and_those_who_hold_them() {
    let people = "roleaudit: 1\npeople: {ann: Ann, ben: Ben, kim: Kim}\nteams: {t: {product: app}, u: {product: box}}\n";
    let before = format!("{people}products: {{app: {{product-owner: ann}}, box: {{product-owner: ann}}}}\n");
    let after = format!("{people}products: {{app: {{product-owner: ann, product-manager: kim}}, box: {{product-owner: ben}}}}\n");
    let folder = folder(&[("before.yaml", &before), ("after.yaml", &after)]);
    let text = stdout(&roleaudit(folder.path(), &["diff", "before.yaml", "after.yaml"]));
    let seats = "    seats  product manager: none held → 1 seat (1 person)\n           product owner: 2 seats (1 person) → 2 seats (2 people)\n";
    assert!(text.contains(seats) && text.contains("   rights  1 gains some, 1 loses some\n"), "{text}");
    let same = stdout(&roleaudit(folder.path(), &["diff", "before.yaml", "before.yaml"]));
    assert!(!same.contains("seats") && !same.contains("rights"), "{same}");
}

#[test]
fn namesakes_are_told_apart() {
    let of =
        |owner: &str| format!("roleaudit: 1\npeople: {{sam-a: Sam, sam-b: Sam}}\nproducts:\n  app: {{product-owner: {owner}}}\n");
    let folder = folder(&[("one.yaml", &of("sam-a")), ("two.yaml", &of("sam-b"))]);
    let told = |more: &[&str]| {
        stdout(&roleaudit(folder.path(), &[&["diff", "one.yaml", "two.yaml", "--fail-on", "never"][..], more].concat()).code(0))
    };
    assert!(told(&[]).contains("product owner of app: Sam (sam-a) → Sam (sam-b)"), "{}", told(&[]));
    assert!(told(&["--redact"]).contains("product owner of app: person-1 → person-2"), "{}", told(&["--redact"]));
    let json: serde_json::Value = serde_json::from_str(&told(&["--format", "json"])).expect("the output is JSON");
    assert_eq!((&json["seats"][0]["before"][0]["id"], &json["seats"][0]["after"][0]["id"]), (&"sam-a".into(), &"sam-b".into()));
}

#[test]
fn errors_name_nobody_where_names_are_hidden() {
    let folder = folder(&[("one.yaml", OLD), ("two.yaml", OLD)]);
    for args in [
        &["check", "one.yaml", "--without", "anna"][..],
        &["diff", "one.yaml", "two.yaml", "--without", "benn"],
        &["compare", "one.yaml", "two.yaml", "--by", "ann", "--by", "benn"],
        &["who", "benn", "one.yaml"],
    ] {
        let said = stderr(&roleaudit(folder.path(), &[args, &["--redact"]].concat()));
        assert!(!said.contains("`ann`") && !said.contains("`ben`"), "{args:?}: {said}");
    }
}

#[test]
fn without_a_repository_or_its_history_the_help_says_what_to_do() {
    let outside = folder(&[("team.yaml", OLD)]);
    let refused = snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_roleaudit"))
        .current_dir(outside.path())
        .env("GIT_CEILING_DIRECTORIES", outside.path().parent().expect("it stands in a folder"))
        .args(["check", "team.yaml", "--against", "git:main"])
        .assert()
        .code(2);
    assert!(stderr(&refused).contains("lies in no git repository that can be read"), "{}", stderr(&refused));

    let origin = repository(&[&[("team.yaml", OLD)], &[("team.yaml", &OLD.replace("nobody", "ben"))]]);
    let first = git(origin.path(), &["rev-parse", "HEAD~1"]);
    let clone = tempfile::tempdir().expect("a folder for the test");
    let from = format!("file://{}", origin.path().display());
    git(clone.path(), &["clone", "-q", "--depth", "1", &from, "shallow"]);
    let refused = roleaudit(&clone.path().join("shallow"), &["check", "team.yaml", "--against", &format!("git:{first}")]).code(2);
    let said = stderr(&refused);
    assert!(said.contains("this clone is shallow") && said.contains("git fetch --unshallow"), "{said}");
}

#[test]
fn an_introduced_finding_fails_a_diff_and_only_that() {
    let worse = OLD.replace("scope.changes: nobody", "scope.changes: nobody, strategy.product: nobody");
    let folder = folder(&[("old.yaml", OLD), ("new.yaml", &worse)]);
    let run = |args: &[&str], code| roleaudit(folder.path(), args).code(code);
    run(&["diff", "old.yaml", "new.yaml"], 1);
    run(&["diff", "old.yaml", "new.yaml", "--fail-on", "never"], 0);
    run(&["diff", "new.yaml", "old.yaml"], 0);
    run(&["diff", "old.yaml", "old.yaml"], 0);
    run(&["diff", "old.yaml"], 2);
}

#[test]
fn the_reorganization_of_the_examples_is_told_on_one_screen() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reorg");
    let said = stdout(&roleaudit(&examples, &["diff", "before.yaml", "after.yaml"]).code(1));
    let screen: Vec<&str> = said.lines().take(24).collect();
    for part in [
        "   people  1 gone: Tom; 2 new: Ravi and Ines",
        " findings  introduced: 2 errors, 3 warnings; fixed: 1 info; unchanged: 2 warnings, 1 info",
        "  priorities.conflict, results.measure of Tickets (before: Tom)",
        "  product manager of Tickets: Tom → Mila",
    ] {
        assert!(screen.contains(&part), "{part} is not among {screen:#?}");
    }
}

#[test]
fn one_who_left_is_told_with_what_falls_vacant() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/reorg");
    let found = roleaudit(&examples, &["check", "before.yaml", "--without", "tom"]).code(1);
    let said = stdout(&found);
    assert!(said.contains("Without Tom, 18 duties fall vacant: "), "{said}");
    assert!(said.contains("Others decide then: priorities.conflict of Tickets (Mila).\n"), "{said}");
    let found = roleaudit(&examples, &["check", "before.yaml", "--without", "mila", "--format", "json"]).code(1);
    let json: serde_json::Value = serde_json::from_str(&stdout(&found)).expect("the output is JSON");
    assert_eq!(json["without"]["people"][0]["id"], "mila");
    assert_eq!(json["without"]["backlogs"][0], "tickets");
    let refused = roleaudit(&examples, &["check", "before.yaml", "--without", "tim"]).code(2);
    assert!(stderr(&refused).contains("there is no person `tim`; did you mean `tom`?"), "{}", stderr(&refused));
    let gone = roleaudit(&examples, &["diff", "before.yaml", "after.yaml", "--without", "tom", "--fail-on", "never"]).code(0);
    let said = stdout(&gone);
    assert!(said.contains("both versions are seen as if Tom had left") && said.matches("Tom").count() == 1, "{said}");
}

#[test]
fn a_final_call_and_a_backlog_that_one_leaves_behind_are_told() {
    let team = "people: {ann: Ann Lee, bob: Bob Ray, cat: Cat}
products:
  shop: {name: Shop, product-owner: ann, responsibilities: {priorities.conflict: ann, scope.changes: cat}}
  maps: {name: Maps, product-owner: bob, responsibilities: {priorities.conflict: bob}}
";
    let folder = folder(&[("team.yaml", team)]);
    let told =
        |who: &str| stdout(&roleaudit(folder.path(), &["check", "team.yaml", "--without", who, "--fail-on", "never"]).code(0));
    let ann = told("ann");
    assert!(ann.contains("\nNobody has the final call for Shop then.\n"), "{ann}");
    assert!(ann.contains("\nThe backlog of Shop has no owner then.\n"), "{ann}");
    let cat = told("cat");
    assert!(cat.contains("\nWithout Cat, 1 duty falls vacant: scope.changes of Shop.\n"), "{cat}");
    assert!(!cat.contains("Nobody has the final call") && !cat.contains("has no owner then"), "{cat}");
}

#[test]
fn no_name_is_left_in_what_is_redacted() {
    let file = "roleaudit: 1
people: {quill: {name: Quill Umber, title: Quill's own title}, zeno: Zeno}
products:
  app:
    name: The app of Quill
    goal: What Zeno wants
    product-owner: [quill, zeno]
    responsibilities: {scope.changes: {decides: nobody, note: Ask Umber}}
teams:
  quill-team: {product: app}
accepted:
  - {rule: duty-unowned, at: products.app, because: Zeno said that it can wait, by: zeno}
";
    let folder = folder(&[("quill.yaml", file), ("other.yaml", &file.replace("[quill, zeno]", "zeno"))]);
    for command in [
        &["check", "quill.yaml"][..],
        &["check", "quill.yaml", "--format", "json"],
        &["check", "quill.yaml", "--format", "markdown", "--no-accepted"],
        &["check", "other.yaml", "--against", "quill.yaml"],
        &["advise", "quill.yaml"],
        &["advise", "quill.yaml", "--format", "json"],
        &["export", "quill.yaml"],
        &["diff", "quill.yaml", "other.yaml"],
        &["diff", "quill.yaml", "other.yaml", "--format", "json"],
        &["diff", "quill.yaml", "other.yaml", "--format", "markdown"],
        &["check", "quill.yaml", "--without", "quill"],
    ] {
        let shown = roleaudit(folder.path(), &[command, &["--redact"]].concat());
        let said = (stdout(&shown) + &stderr(&shown)).to_lowercase();
        assert!(said.contains("person-1"), "{command:?}: {said}");
        for name in ["quill", "umber", "zeno"] {
            assert!(!said.contains(name), "{command:?}: {said}");
        }
    }
}
