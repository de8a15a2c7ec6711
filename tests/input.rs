//! Broken, wrong and hostile input, as a user meets it: what is said, where, and what is left alone.
//!
//! `input.yaml` holds small files with everything that is to be said of them. What needs several files, flags, other bytes than text
//! or very much of them stands below.

#![allow(clippy::panic, reason = "a test fails by panicking")]

use roleaudit::problem::{Place, Problem};
use roleaudit::source::{Source, Sources};
use roleaudit::{Days, Invalid};
use serde_yaml::Value;
use snapbox::cmd::OutputAssert;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const CASES: &str = include_str!("input.yaml");
const TODAY: &str = "2026-11-21";
const GOOD: &str = "roleaudit: 1\npeople: {ann: Ann Lee}\nproducts: {app: {product-manager: ann, product-owner: ann}}\n";

// Running the command

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
    snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_roleaudit")).current_dir(folder).env("NO_COLOR", "1").args(args)
}

/// Runs `roleaudit check` on the day of the tests.
fn check(folder: &Path, args: &[&str]) -> OutputAssert {
    command(folder, &["check", "--as-of", TODAY]).args(args).assert()
}

fn stderr(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).expect("standard error is text")
}

fn stdout(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).expect("standard output is text")
}

/// Runs `check`, which must refuse: exit code 2, nothing on standard output, no file written. Returns what it says.
fn refusal(folder: &Path, args: &[&str]) -> String {
    let before = names(folder);
    let assert = check(folder, args).code(2).stdout_eq("");
    assert_eq!(names(folder), before, "{args:?} wrote something");
    let said = stderr(&assert);
    assert!(said.contains("error: ") && !said.contains("panicked"), "{said}");
    assert!(!said.contains(": : ") && !said.contains("os error") && !said.contains("help: \n"), "{said}");
    // Where it was the input and not the command line, a last line counts the errors; what stands before it is the message.
    match said.rsplit_once("nothing was audited, because of ") {
        Some((errors, closing)) => {
            assert!(closing.ends_with(" in the input\n"), "{said}");
            errors.to_owned()
        }
        None => said,
    }
}

/// Runs `check` on the files, all of which are in order.
fn accepted(folder: &Path, args: &[&str]) -> OutputAssert {
    let assert = check(folder, args);
    let code = assert.get_output().status.code();
    assert!(matches!(code, Some(0 | 1)), "{args:?}: {code:?}\n{}", stderr(&assert));
    assert
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry can be read").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

// Running the library

fn problems(text: &str) -> (Vec<Problem>, Vec<Problem>, Sources) {
    problems_of(vec![Source::new("team.yaml", text)])
}

fn problems_of(files: Vec<Source>) -> (Vec<Problem>, Vec<Problem>, Sources) {
    let sources = Sources::new(files);
    let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
    let (errors, warnings) = match roleaudit::load(&sources, days) {
        Ok(linked) => (Vec::new(), linked.warnings),
        Err(Invalid { errors, warnings }) => (errors, warnings),
    };
    (errors, warnings, sources)
}

/// Problems, a line each: `line:column: what is wrong -> what to write [line:column: other place]`.
fn lines(problems: &[Problem], level: &str, sources: &Sources) -> String {
    let mut lines = String::new();
    for problem in problems {
        let Place::Text(at) = problem.at else { panic!("{problem:?} has no place") };
        let at = sources.position(at);
        write!(lines, "{}:{}: {level}{} -> {}", at.line, at.column, problem.message, problem.help).expect("strings grow");
        for label in &problem.labels {
            let at = sources.position(label.at);
            write!(lines, " [{}:{}: {}]", at.line, at.column, label.text).expect("strings grow");
        }
        lines.push('\n');
    }
    lines
}

fn said(text: &str) -> String {
    let (errors, warnings, sources) = problems(text);
    lines(&errors, "", &sources) + &lines(&warnings, "warning: ", &sources)
}

/// The messages of a text that is refused, without their places.
fn messages(text: &str) -> Vec<String> {
    problems(text).0.into_iter().map(|problem| problem.message).collect()
}

fn cases() -> Vec<(String, String, String)> {
    let cases: Vec<Value> = serde_yaml::from_str(CASES).expect("the cases are YAML");
    let text = |case: &Value, key: &str| case[key].as_str().unwrap_or_else(|| panic!("{case:?} lacks {key}")).to_owned();
    cases.iter().map(|case| (text(case, "name"), text(case, "file"), text(case, "says"))).collect()
}

// The cases of `input.yaml`

#[test]
fn every_mistake_is_told_with_its_place_and_what_to_write() {
    let mut wrong = Vec::new();
    for (name, file, says) in cases() {
        let said = said(&file);
        if said != says {
            wrong.push(format!("{name}\nsays:\n{said}\ninstead of:\n{says}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A key that takes an id and is forgotten in linking would let a misspelled one pass in silence.
#[test]
fn no_key_takes_an_id_that_nothing_declares() {
    let text = "\
people: {ann: {reports-to: g1}}
organization: {responsibilities: {delivery.how: g2}}
products:
  app:
    product-manager: g3
    project-manager: {person: g4, until: unknown}
    metrics: [{name: sales, owner: g5}]
    coordination: {body: g6}
    responsibilities: {scope.changes: {does: g7, input: g8, informed: g9, approves: h1, escalates-to: h2, communicates: h3, deputy: h4}}
teams: {a: {product: h5, backlog: h6, scrum-master: h7, developers: [h8], takes-work-from: [h9]}}
backlogs: {app: {can-reorder: i1, view-of: i2}}
rhythm: [{who: [i3], every: day}]
openings: {o: {product: i4, teams: [i5], decides: [i6], shares: [i7], input: i8, final-call: i9, approves: j1}}
accepted: [{rule: duty-unowned, at: teams.j2, duty: j3, because: none better, by: j4}]
";
    let said = messages(text);
    let ids = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| matches!(word.as_bytes(), [b'g'..=b'j', digit] if digit.is_ascii_digit()));
    let passed: Vec<&str> = ids.filter(|id| !said.iter().any(|message| message.contains(&format!("`{id}`")))).collect();
    assert!(passed.is_empty(), "{passed:?} passed in silence: {said:#?}");
}

#[test]
fn every_message_is_a_sentence_and_every_help_ends_with_one() {
    for (name, file, _) in cases() {
        let (errors, warnings, _) = problems(&file);
        for problem in errors.iter().chain(&warnings) {
            assert!(!problem.message.ends_with('.') && !problem.message.is_empty(), "{name}: {}", problem.message);
            assert!(problem.help.ends_with(['.', '?']), "{name}: {:?}", problem.help);
        }
    }
}

#[test]
fn what_cannot_be_audited_ends_with_exit_code_2_and_writes_nothing() {
    for (name, file, _) in cases() {
        let folder = folder(&[("team.yaml", &file)]);
        let (errors, warnings, sources) = problems(&file);
        let args = ["team.yaml", "--format", "json", "-o", "out.json", "--format", "text"];
        let said = if errors.is_empty() { stderr(&accepted(folder.path(), &args)) } else { refusal(folder.path(), &args) };
        assert_eq!(folder.path().join("out.json").exists(), errors.is_empty(), "{name}");
        assert_eq!(said.matches("error: ").count(), errors.len(), "{name}: {said}");
        // Warnings depend on the day, which the files of the cases may name themselves.
        let told = if file.contains("as-of:") { &errors } else { &errors.iter().chain(&warnings).cloned().collect() };
        for problem in told {
            let Place::Text(at) = problem.at else { panic!("{name}: {problem:?} has no place") };
            let at = sources.position(at);
            let place = format!("--> team.yaml:{}:{}\n", at.line, at.column);
            assert!(said.contains(&place), "{name}: {place} is missing in {said}");
        }
    }
}

#[test]
fn twenty_mistakes_are_told_in_one_run() {
    let (_, file, says) = cases().into_iter().find(|(name, ..)| name.starts_with("twenty mistakes")).expect("the case is there");
    assert!(says.lines().count() >= 20);
    assert_eq!(messages(&file).len(), says.lines().count());
}

// Bytes

#[test]
fn line_ends_of_windows_and_a_byte_order_mark_change_nothing() {
    for (name, file, says) in cases() {
        // In a block of lines, a line end is part of the text.
        if file.contains("\n---") || file.contains("|\n") {
            continue;
        }
        let windows = file.replace('\n', "\r\n");
        assert_eq!(said(&windows), says, "{name}, with the line ends of Windows");
        let (errors, warnings, sources) = problems_of(vec![Source::decode("team.yaml", format!("\u{feff}{file}").into_bytes())]);
        let said = lines(&errors, "", &sources) + &lines(&warnings, "warning: ", &sources);
        assert_eq!(said, says, "{name}, with a byte-order mark");
    }
    let folder = folder(&[("plain.yaml", GOOD), ("windows.yaml", &format!("\u{feff}{}", GOOD.replace('\n', "\r\n")))]);
    let [plain, windows] = ["plain.yaml", "windows.yaml"].map(|name| stdout(&accepted(folder.path(), &[name])).replace(name, ""));
    assert_eq!(plain, windows);
}

#[test]
fn what_is_no_text_is_told_with_its_place() {
    let utf16: Vec<u8> = GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&[u8], &str, &str); 5] = [
        (b"products:\n  a: {name: \xff}\n", "2:13", "this is not UTF-8 text"),
        (b"\xef\xbb\xbfproducts:\n  \xe4: {}\n", "2:3", "this is not UTF-8 text"),
        (b"products:\n  a: \0\n", "2:6", "a NUL byte stands here, so this is no text file"),
        (&[b"\xff\xfe", utf16.as_slice()].concat(), "1:1", "this file is UTF-16, not UTF-8"),
        (&utf16, "1:2", "a NUL byte stands here, so this is no text file"),
    ];
    for (bytes, place, message) in cases {
        let folder = folder(&[]);
        fs::write(folder.path().join("team.yaml"), bytes).expect("files can be written");
        let said = refusal(folder.path(), &["team.yaml"]);
        assert!(said.contains(message) && said.contains(&format!("--> team.yaml:{place}\n")), "{said}");
        assert_eq!(said.matches("error: ").count(), 1, "{said}");
    }
}

#[test]
fn nothing_in_a_file_reaches_the_terminal_as_a_command() {
    let folder = folder(&[("team.yaml", "products: {app: {\"\u{1b}[31mred\u{7}\": x, name: \"\u{202e}\"}}\n")]);
    let said = refusal(folder.path(), &["team.yaml"]);
    assert!(!said.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{said:?}");
}

// Very much of it

#[test]
fn nesting_without_end_is_refused() {
    for text in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(100_000), "? ".repeat(100_000), "a: [".repeat(100_000)]
    {
        assert_eq!(messages(&text).len(), 1, "{}", &text[..4]);
    }
}

#[test]
fn aliases_cannot_grow_without_end() {
    let mut text = "x-0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(text, "x-{level}: &a{level} [{items}]").expect("strings grow");
    }
    assert_eq!(messages(&text), ["the aliases of this file stand for more than 250000 values"]);
}

#[test]
fn a_line_of_a_megabyte_is_cropped() {
    let long = "x".repeat(1_000_000);
    for text in [
        long.clone(),
        format!("products: {{app: {{gaol: {long}}}}}\n"),
        format!("products: {{app: {{product-owner: {long}}}}}\n"),
    ] {
        let folder = folder(&[("team.yaml", &text)]);
        let said = refusal(folder.path(), &["team.yaml"]);
        assert!(said.len() < 2_000, "{} bytes", said.len());
    }
    accepted(folder(&[("team.yaml", &format!("products: {{app: {{goal: {long}}}}}\n"))]).path(), &["team.yaml"]);
}

#[test]
fn a_hundred_thousand_mistakes_are_counted_and_not_all_shown() {
    let many = |line: fn(usize) -> String| (0..100_000).map(line).collect::<String>();
    let unknown_keys = format!("products:\n  app:\n{}", many(|n| format!("    k{n}: x\n")));
    let undeclared = format!("products:\n{}", many(|n| format!("  a{n}: {{product-owner: p{n}}}\n")));
    let equal_keys = format!("products: {{app: }}\npeople:\n{}", many(|_| "  ann:\n".to_owned()));
    let no_signals = format!("products: {{app: {{signals: [{}]}}}}\n", many(|n| format!("s{n}, ")));
    let no_duties = format!("products: {{app: {{responsibilities: {{{}}}}}}}\n", many(|n| format!("a.b{n}: nobody, ")));
    for (text, expected) in
        [(unknown_keys, 100_000), (undeclared, 100_000), (equal_keys, 99_999), (no_signals, 100_000), (no_duties, 100_000)]
    {
        let folder = folder(&[("team.yaml", &text)]);
        let said = refusal(folder.path(), &["team.yaml"]);
        assert_eq!(said.matches("error: ").count(), 100);
        assert!(said.ends_with(&format!("… and {} more errors\n\n", expected - 100)), "{}", &said[said.len() - 100..]);
        assert!(said.len() < 200_000, "{} bytes", said.len());
    }
}

#[test]
fn warnings_without_end_are_counted_and_not_all_shown() {
    let text = GOOD.to_owned() + &(0..101).map(|n| format!("x-{n}: a #b\n")).collect::<String>();
    let folder = folder(&[("team.yaml", &text)]);
    let said = stderr(&accepted(folder.path(), &["team.yaml"]));
    assert_eq!(said.matches("warning: ").count(), 100);
    assert!(said.ends_with("… and 1 more warning\n\n"), "{said}");
}

#[test]
fn views_of_views_without_end_are_followed_once() {
    let mut text = "products: {app: {}}\nteams:\n".to_owned();
    (0..3_000).for_each(|n| writeln!(text, "  t{n}: {{product: app, backlog: t{n}}}").expect("strings grow"));
    text += "backlogs:\n";
    (0..3_000).for_each(|n| writeln!(text, "  t{n}: {{view-of: t{}}}", (n + 1) % 3_000).expect("strings grow"));
    assert_eq!(messages(&text), ["these views show each other in a circle"]);
}

// Several files

#[test]
fn the_same_id_in_two_files_shows_both_places() {
    let folder = folder(&[
        ("a.yaml", "people: {ann: }\nproducts: {app: {}}\nduties: {law.check: x}\nopenings: {o: {}}\n"),
        ("b.yaml", "people:\n  ann:\nteams: {app: {}}\nproducts: {App: {}}\nduties: {law.check: x}\nopenings: {o: {}}\n"),
    ]);
    let said = refusal(folder.path(), &["a.yaml", "b.yaml"]);
    for place in [
        "--> b.yaml:2:3\n",
        "::: a.yaml:1:10\n",
        "--> b.yaml:4:12\n",
        "::: a.yaml:2:12\n",
        "--> b.yaml:5:10\n",
        "--> b.yaml:6:12\n",
    ] {
        assert!(said.contains(place), "{place} is missing in {said}");
    }
    assert_eq!(said.matches("error: ").count(), 4, "{said}");
}

#[test]
fn one_file_has_the_organization_and_one_the_day() {
    let folder = folder(&[
        ("a.yaml", "as-of: 2026-01-01\norganization: {name: A}\nproducts: {app: {}}\n"),
        ("b.yaml", "as-of: 2026-01-01\norganization: {name: B}\nteams: {core: {product: app}}\n"),
    ]);
    let said = refusal(folder.path(), &["a.yaml", "b.yaml"]);
    for part in [
        "`as-of` stands in a second file\n --> b.yaml:1:1",
        "`organization` stands in a second file\n --> b.yaml:2:1",
        "::: a.yaml:2:1",
    ] {
        assert!(said.contains(part), "{part} is missing in {said}");
    }
}

#[test]
fn without_a_day_the_local_one_counts() {
    let dir = folder(&[("team.yaml", "roleaudit: 1\nproducts: {checkout: {name: Checkout}}\n")]);
    // These two zones never share a date.
    let [east, west] = ["<+14>-14", "<-12>+12"].map(|zone| {
        let found = command(dir.path(), &["check", "--format", "json", "--fail-on", "never"]).env("TZ", zone).assert();
        stdout(&found).lines().find(|line| line.contains("as_of")).map(str::to_owned)
    });
    assert!(east.is_some() && west.is_some() && east != west, "{east:?} and {west:?}");
}

#[test]
fn ids_are_known_across_files_and_the_order_of_files_changes_nothing() {
    let folder = folder(&[
        ("1.yaml", "products: {app: {product-owner: ann, product-manager: zed}}\nrhythm: [{who: [ann, bob], every: wek}]\n"),
        ("2.yaml", "people: {ann: , bob: {reports-to: anne}}\n"),
        ("3.yaml", "teams: {core: {product: app, developers: [bob]}}\norganization: {goal: x}\n"),
    ]);
    let mut outputs = Vec::new();
    for args in [["1.yaml", "2.yaml", "3.yaml"], ["3.yaml", "1.yaml", "2.yaml"], ["2.yaml", "./3.yaml", "1.yaml"]] {
        outputs.push(refusal(folder.path(), &args));
    }
    assert!(outputs.iter().all(|output| *output == outputs[0]), "{outputs:#?}");
    assert_eq!(outputs[0].matches("error: ").count(), 4, "{}", outputs[0]);

    let good = [
        ("1.yaml", "products: {app: {product-owner: ann}, web: {}}\n"),
        ("2.yaml", "people: {ann: }\n"),
        ("3.yaml", "teams: {core: {product: [app]}, edge: {product: web}}\n"),
    ];
    let folder = self::folder(&good);
    for format in ["text", "json", "markdown"] {
        let one = stdout(&accepted(folder.path(), &["1.yaml", "2.yaml", "3.yaml", "--format", format]));
        let other = stdout(&accepted(folder.path(), &["3.yaml", "2.yaml", "1.yaml", "--format", format]));
        assert_eq!(one, other);
    }
}

#[test]
fn a_file_that_cannot_be_read_hides_only_the_ids_that_it_may_declare() {
    let broken = [
        ("a syntax error", "people: {ann: }\nteams: {core: {product: [app}}\n"),
        ("no map", "- ann\n"),
        ("nothing", ""),
        ("a list of people", "people: [ann]\n"),
        ("no text", "people: {ann: \0}\n"),
    ];
    for (what, text) in broken {
        let sources = vec![
            Source::decode("a.yaml", text.into()),
            Source::new("b.yaml", "products: {app: {product-owner: ann, gaol: x}}\nbacklogs: {own: {}}\n"),
        ];
        let (errors, _, _) = problems_of(sources);
        let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(messages.len(), 2, "{what}: {messages:?}");
        assert!(messages[1].contains("`gaol`"), "{what}: {messages:?}");
    }
    let folder = folder(&[("b.yaml", "products: {app: {product-owner: ann}}\n")]);
    let said = refusal(folder.path(), &["people.yaml", "b.yaml"]);
    assert_eq!(said, "error: people.yaml: there is no such file or folder\n  help: Check the path.\n\n");
}

#[test]
fn a_file_under_two_names_is_read_once() {
    let folder = folder(&[("team.yaml", GOOD), ("sub/x.txt", "")]);
    let absolute = folder.path().join("team.yaml").to_string_lossy().into_owned();
    let once = stdout(&accepted(folder.path(), &["team.yaml", "--format", "json"]));
    let again = accepted(folder.path(), &["./team.yaml", "team.yaml", "sub/../team.yaml", ".", "--format", "json"]);
    assert_eq!(once, stdout(&again));
    accepted(folder.path(), &["team.yaml", &absolute]);
}

#[test]
fn standard_input_is_a_file_like_any_other() {
    let folder = folder(&[("people.yaml", "people: {bob: }\n")]);
    let args = ["check", "--as-of", TODAY, "-", "people.yaml"];
    let good = command(folder.path(), &args).stdin("products: {app: {product-manager: bob}}\n").assert();
    assert!(good.get_output().status.code().is_some_and(|code| code < 2));
    let bad = command(folder.path(), &args).stdin("products: {app: {product-manager: ann}}\n").assert().code(2).stdout_eq("");
    assert!(stderr(&bad).contains(" --> -:1:35\n"), "{}", stderr(&bad));
    let empty = command(folder.path(), &["check", "-"]).stdin("").assert().code(2).stdout_eq("");
    assert!(stderr(&empty).contains("this file is empty"));
}

// Folders

#[test]
fn a_folder_gives_its_team_files_and_counts_what_it_leaves_out() {
    let folder = folder(&[
        ("org/team.yaml", GOOD),
        ("org/deep/er/team.yml", "# the second file\nroleaudit: 1\nteams: {core: {product: app}}\n"),
        ("org/windows.yaml", "\u{feff}roleaudit: 1\r\nteams: {edge: {product: app}}\r\n"),
        ("org/other.yaml", "kind: Deployment\n"),
        ("org/close.yaml", "  roleaudit: 1\n"),
        ("org/notes.txt", "roleaudit: 1\nbroken: ["),
        ("org/.hidden.yaml", "roleaudit: 1\nbroken: ["),
        ("org/.git/x.yaml", "roleaudit: 1\nbroken: ["),
        ("org/.gitignore", "ignored.yaml\nbuild/\n"),
        ("org/ignored.yaml", "roleaudit: 1\nbroken: ["),
        ("org/build/x.yaml", "roleaudit: 1\nbroken: ["),
    ]);
    let assert = accepted(folder.path(), &["org", "./org", "--format", "json"]);
    assert!(stdout(&assert).contains("\"files\": 3"), "{}", stdout(&assert));
    assert_eq!(stderr(&assert), "left out 2 YAML files without a line `roleaudit: 1`\n");
    // What is named itself is read, whatever it is called and whether it says so or not.
    assert!(refusal(folder.path(), &["org/notes.txt"]).contains("org/notes.txt:2:9"));
    assert!(refusal(folder.path(), &["org/.hidden.yaml"]).contains("org/.hidden.yaml:2:9"));
}

#[test]
fn a_team_file_in_another_encoding_is_refused_in_a_folder_too() {
    let text = "# our team\nroleaudit: 1\n";
    let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let files = [
        (&b"\xff\xfe"[..], wide(u16::to_le_bytes), "this file is UTF-16, not UTF-8"),
        (b"\xfe\xff", wide(u16::to_be_bytes), "this file is UTF-16, not UTF-8"),
        (b"", wide(u16::to_le_bytes), "a NUL byte stands here"),
        (b"\xff\xfe\0\0", text.bytes().flat_map(|byte| [byte, 0, 0, 0]).collect(), "this file is UTF-32, not UTF-8"),
    ];
    for (mark, bytes, message) in files {
        let folder = folder(&[("good.yaml", GOOD)]);
        fs::write(folder.path().join("wide.yaml"), [mark, &bytes].concat()).expect("files can be written");
        let said = refusal(folder.path(), &["."]);
        assert!(said.contains(message) && said.contains("wide.yaml"), "{said}");
    }
}

#[test]
fn what_was_not_looked_at_is_not_called_free_of_gaps() {
    let idle = "roleaudit: 1\nproducts: {p: {stage: retired}, q: {stage: idea}}\n";
    let folder = folder(&[("good.yaml", GOOD), ("idle.yaml", idle)]);
    let nothing = "Nothing was looked at: retired products, and ideas without a team, are left out";
    assert!(stdout(&check(folder.path(), &["idle.yaml"])).contains(nothing));
    let report = command(folder.path(), &["report", "idle.yaml"]).assert();
    assert!(stdout(&report).contains(&format!("**{nothing}.**")), "{}", stdout(&report));
    let one = stdout(&check(folder.path(), &["good.yaml", "--rule", "first-hire"]));
    assert!(one.contains("No gaps found by first-hire in 1 file"), "{one}");
    let none = stdout(&check(folder.path(), &["good.yaml", "--rule", "first-hire", "--skip", "first-hire"]));
    assert!(none.contains("No gaps found as no rule looked in 1 file"), "{none}");
}

#[test]
fn settings_that_are_the_working_folder_are_named() {
    let folder = folder(&[("good.yaml", GOOD)]);
    let at = folder.path().to_string_lossy().into_owned();
    let said = refusal(folder.path(), &["good.yaml", "--config", &at]);
    assert!(said.contains(&format!("error: {at}: the settings cannot be read")), "{said}");
}

#[test]
fn the_first_ids_that_are_not_declared_are_compared_with_those_that_are() {
    // Fewer of them where many are declared, because each is compared with all.
    for (declared, compared) in [(1, 50), (20_000, 24)] {
        let mut text = "roleaudit: 1\npeople:\n  annabel: \n".to_owned();
        (1..declared).for_each(|n| writeln!(text, "  p{n}: ").expect("a text can be added to"));
        text += "products:\n";
        (0..60).for_each(|n| writeln!(text, "  x{n}: {{product-owner: annabell}}").expect("a text can be added to"));
        let (errors, ..) = problems(&text);
        let close = errors.iter().take_while(|error| error.help == "Did you mean `annabel`?").count();
        let others = errors.iter().skip(close).filter(|error| error.help.starts_with("Declare it under `people`")).count();
        assert_eq!((close, others), (compared, 60 - compared), "{declared} are declared");
    }
}

#[test]
fn a_folder_without_a_team_file_is_an_error() {
    let folder = folder(&[("org/other.yaml", "kind: Deployment\n")]);
    let expected = "error: org: there is no team file in this folder\n  help: A team file has a line `roleaudit: 1`. Name the file itself, or let `roleaudit init` write one.\n\n";
    assert!(refusal(folder.path(), &["org"]).ends_with(expected));
    assert!(refusal(folder.path(), &[]).contains("error: .: there is no team file in this folder"));
    let said = refusal(folder.path(), &["org", "z.yaml", "a.yaml", "a.yaml"]);
    let order: Vec<Option<usize>> = ["a.yaml: ", "org: ", "z.yaml: "].iter().map(|part| said.find(part)).collect();
    assert!(order.is_sorted() && order.iter().all(Option::is_some), "{said}");
    assert_eq!(said.matches("error: ").count(), 3, "{said}");
}

// Flags and settings

#[test]
fn wrong_flags_say_what_to_write() {
    let folder = folder(&[("team.yaml", GOOD)]);
    for (args, part) in [
        (&["--rule", "duty-unownd"][..], "error: there is no rule `duty-unownd`; did you mean `duty-unowned`?\n"),
        (&["--skip", "Duty_Unowned"], "error: there is no rule `Duty_Unowned`; did you mean `duty-unowned`?\n"),
        (&["--rule", "backlog"], "error: there is no rule `backlog`; "),
        (&["--rule", "zzz"], "error: there is no rule `zzz`; "),
        (
            &["--as-of", "2026-02-30"],
            "there is no day `2026-02-30` in the calendar; write year, month and day, such as 2026-11-21",
        ),
        (&["--as-of", "tomorrow"], "write year, month and day, such as 2026-11-21"),
        (&["--fail-on", "errors"], "write error, warning, info or never"),
        (&["--format", "jsn"], "a similar value exists: 'json'"),
        (&["--product", "shop"], "error: there is no product `shop`; write `app`\n"),
        (&["--product", "App"], "error: there is no product `App`; did you mean `app`?\n"),
        (&["--team", "core"], "error: there is no team `core`\n"),
        (&["--config", "none.yaml"], "error: none.yaml: the settings cannot be read: no such file or directory\n"),
        (&["--config", "."], "error: .: the settings cannot be read: is a directory\n"),
        (&["--nonsense"], "unexpected argument '--nonsense'"),
    ] {
        let args: Vec<&str> = if args[0] == "--as-of" { args.to_vec() } else { [&["--as-of", TODAY], args].concat() };
        let assert = command(folder.path(), &["check", "team.yaml"]).args(&args).assert().code(2).stdout_eq("");
        assert!(stderr(&assert).contains(part), "{args:?}: {}", stderr(&assert));
    }
    command(folder.path(), &["chek"]).assert().code(2).stdout_eq("");
    command(folder.path(), &["explain", "duty-unownd"])
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq("error: there is no rule, duty, signal or model `duty-unownd`; did you mean `duty-unowned`?\n\n");
}

#[test]
fn settings_of_a_folder_that_is_not_above_the_input_do_not_hold() {
    let folder = folder(&[("here/.roleaudit.yaml", "fail-on: never\n"), ("there/team.yaml", "teams: {a: {scrum: true}}\n")]);
    check(&folder.path().join("here"), &["../there/team.yaml"]).code(1);
}

#[test]
fn wrong_settings_are_told_with_their_places() {
    let settings = "\
fail-on: eror
rules:
  duty-unownd: {severity: off}
  duty-unowned: {severity: fatal}
  backlog-shared-owner: of
  backlog-without-owner:
  final-call-missing: {}
settings: {max-owner-teem: 3, max-owner-teams: many}
foo: bar
";
    let folder = folder(&[("team.yaml", GOOD), (".roleaudit.yaml", settings)]);
    let said = refusal(folder.path(), &["team.yaml"]);
    let expected = [
        ("`eror` is not a word that can stand here\n --> .roleaudit.yaml:1:10\n", "Did you mean `error`?"),
        ("there is no rule `duty-unownd`\n --> .roleaudit.yaml:3:3\n", "Did you mean `duty-unowned`?"),
        (
            "`fatal` is not a word that can stand here\n --> .roleaudit.yaml:4:28\n",
            "Write one of: `error`, `warning`, `info` or `off`.",
        ),
        ("`of` is not a word that can stand here\n --> .roleaudit.yaml:5:25\n", "Did you mean `off`?"),
        (
            "`backlog-without-owner` has no value\n --> .roleaudit.yaml:6:3\n",
            "Write its entries below it, indented; or delete the line.",
        ),
        ("the setting of a rule needs the key `severity`\n --> .roleaudit.yaml:7:23\n", "Add `severity: …`."),
        ("the map `settings` has no key `max-owner-teem`\n --> .roleaudit.yaml:8:12\n", "Did you mean `max-owner-teams`?"),
        (
            "a whole number should stand here, not `many`\n --> .roleaudit.yaml:8:48\n",
            "Write digits only, such as `20`; delete the line if it is not known.",
        ),
        ("the settings file has no key `foo`\n --> .roleaudit.yaml:9:1\n", "Its keys are `fail-on`, `rules` or `settings`."),
    ];
    for (part, help) in expected {
        assert!(said.contains(part) && said.contains(help), "{part} {help} is missing in {said}");
    }
    assert_eq!(said.matches("error: ").count(), expected.len(), "{said}");

    for (text, part) in [
        ("- a\n", "bad.yaml:1:1"),
        ("a: [\n", "bad.yaml:1:4"),
        ("fail-on: never\n---\nrules: {}\n", "bad.yaml:2:1"),
        ("fail-on: [error]\n", "bad.yaml:1:10"),
        ("rules: [duty-unowned]\n", "bad.yaml:1:8"),
    ] {
        fs::write(folder.path().join("bad.yaml"), text).expect("files can be written");
        assert!(refusal(folder.path(), &["--config", "bad.yaml", "team.yaml"]).contains(part), "{text}");
    }
    fs::write(folder.path().join("good.yaml"), "# nothing yet\n").expect("files can be written");
    accepted(folder.path(), &["--config", "good.yaml", "team.yaml"]);
}

// Outputs

#[test]
fn outputs_that_cannot_be_written_leave_everything_as_it_is() {
    let folder = folder(&[("team.yaml", GOOD), ("sub/x.txt", ""), ("old.txt", "old"), (".roleaudit.yaml", "fail-on: never\n")]);
    for (args, part) in [
        (&["-o", "none/x.txt"][..], "error: cannot write none/x.txt: there is no folder none\n"),
        (&["-o", "sub"], "error: cannot write sub: it is a folder\n"),
        (&["-o", "team.yaml"], "error: `-o team.yaml` would overwrite a file that is read here; write to another file\n"),
        (&["-o", "sub/../team.yaml"], "would overwrite a file that is read here"),
        (&["-o", ".roleaudit.yaml"], "would overwrite a file that is read here"),
        (
            &["--format", "json", "-o", "old.txt", "--format", "markdown", "-o", "sub"],
            "error: cannot write sub: it is a folder\n",
        ),
        (&["--format", "json", "-o", "new.txt", "--format", "text", "-o", "none/x.txt"], "there is no folder none"),
        (
            &["--format", "json", "-o", "a.txt", "--format", "text", "-o", "./a.txt"],
            "error: two formats would be written to ./a.txt\n",
        ),
        (&["--format", "json", "--format", "text"], "error: two formats would go to standard output; "),
        (&["-o", "a.txt", "-o", "b.txt"], "error: `-o b.txt` is the second output of one `--format`; "),
        (&["-o", "a.txt", "--format", "json", "--format", "text"], "error: `-o a.txt` stands before every `--format`; "),
    ] {
        let said = refusal(folder.path(), &[&["team.yaml"], args].concat());
        assert!(said.contains(part), "{args:?}: {said}");
        assert_eq!(fs::read_to_string(folder.path().join("old.txt")).expect("it can be read"), "old", "{args:?}");
        assert_eq!(fs::read_to_string(folder.path().join("team.yaml")).expect("it can be read"), GOOD, "{args:?}");
    }
    let mut permissions = fs::metadata(folder.path().join("old.txt")).expect("it is there").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(folder.path().join("old.txt"), permissions).expect("it can be made read-only");
    let said = refusal(folder.path(), &["team.yaml", "-o", "old.txt"]);
    assert_eq!(said, "error: cannot write old.txt: it is read-only\n\n");
}

#[test]
fn an_input_error_leaves_outputs_as_they_are() {
    let folder = folder(&[("team.yaml", "products: {app: {gaol: x}}\n"), ("old.txt", "old")]);
    refusal(folder.path(), &["team.yaml", "-o", "old.txt"]);
    assert_eq!(fs::read_to_string(folder.path().join("old.txt")).expect("it can be read"), "old");
}

#[test]
fn formats_and_outputs_come_in_pairs() {
    let folder = folder(&[("team.yaml", GOOD)]);
    let args = ["team.yaml", "--format", "json", "-o", "a.json", "--format", "markdown", "-o", "a.md", "--format", "text"];
    let text = stdout(&accepted(folder.path(), &args));
    assert_eq!(text, stdout(&accepted(folder.path(), &["team.yaml"])));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("it was written");
    assert!(read("a.json").starts_with('{') && !read("a.md").starts_with('{'));
    let quiet = accepted(folder.path(), &[&args[..], &["--quiet"]].concat());
    assert_eq!((stdout(&quiet), stderr(&quiet)), (String::new(), String::new()));
    assert!(read("a.json").starts_with('{'));
    assert_eq!(names(folder.path()), ["a.json", "a.md", "team.yaml"]);
}

#[test]
fn quiet_keeps_the_exit_code_and_the_errors() {
    let folder = folder(&[
        ("bad.yaml", "products: {app: {gaol: x}}\n"),
        ("found.yaml", "products: {app: {product-owner: [ann, bob]}}\npeople: {ann: , bob: }\n"),
    ]);
    assert!(refusal(folder.path(), &["bad.yaml", "--quiet"]).contains("bad.yaml:1:18"));
    check(folder.path(), &["found.yaml", "--quiet"]).code(1).stdout_eq("").stderr_eq("");
}

// The file of the specification

#[test]
fn the_whole_file_of_the_specification_is_audited() {
    use roleaudit::audit::{self, Selection};
    use roleaudit::org::decide::Answer;
    use roleaudit::org::{Actor, Org, Subject};
    use roleaudit::settings::Settings;

    fn deciders(org: &Org<'_>, duty: &str, subject: Subject) -> Vec<String> {
        let (duty, _) = org.duties().find(|(_, known)| known.id == duty).expect("the duty is known");
        let Answer::Decided(deciders) = &org.decision(duty, subject).answer else { return Vec::new() };
        let ids = deciders.into_iter().map(|decider| match decider.actor {
            Actor::Person(person) => org[person].id.id.to_string(),
            Actor::Team(team) => org[team].id.id.to_string(),
        });
        ids.collect()
    }

    let sources = Sources::new(vec![Source::new("whole-file.yaml", include_str!("whole-file.yaml"))]);
    let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
    let linked = roleaudit::load(&sources, days).unwrap_or_else(|invalid| panic!("{}", lines(&invalid.errors, "", &sources)));
    assert_eq!(lines(&linked.warnings, "", &sources), "");
    let org = linked.org;
    assert_eq!(org.as_of.to_string(), TODAY);

    let team = Subject::Team(org.team("payments").expect("the team is there"));
    let product = Subject::Product(org.product("checkout").expect("the product is there"));
    let backlog = org.audited_backlogs().find(|(_, backlog)| backlog.id == "payments").expect("the backlog is there").0;
    for (duty, subject, expected) in [
        ("backlog.order", Subject::Backlog(backlog), &["omar"][..]),
        ("delivery.sprint", team, &["omar"]),
        ("delivery.questions", team, &["omar"]),
        ("strategy.vision", product, &["dana"]),
        ("roadmap.priorities", product, &["dana"]),
        ("people.manage", product, &["kim"]),
        ("market.competition", product, &[]),
        ("release.decision", product, &[]),
    ] {
        assert_eq!(deciders(&org, duty, subject), expected, "{duty}");
    }

    let report = audit::audit(&org, &Settings::default(), &Selection::default(), &sources);
    assert_eq!((report.read.products, report.read.teams, report.read.people), (2, 2, 9));
    let models: Vec<(&str, &str)> = report.models.iter().map(|model| (model.product.as_str(), model.model)).collect();
    assert_eq!(models, [("checkout", "split"), ("billing", "combined")]);
    let release =
        report.findings.iter().find(|finding| finding.rule.name == "duty-unowned" && finding.message.contains("release"));
    assert!(release.is_some(), "`release.decision: nobody` is a finding");
}
