//! The formats that CI systems read: all of them hold the same findings, whatever is audited. Each is read again as its readers do.

use quick_xml::events::{BytesStart, Event};
use roleaudit::render::one_line;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// A finding as a reader of any format sees it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    rule: String,
    severity: String,
    file: String,
    line: u64,
    message: String,
    accepted: bool,
}

const FORMATS: [&str; 5] = ["json", "sarif", "gitlab", "junit", "github"];

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roleaudit"));
    command.current_dir(folder).env_remove("GITHUB_STEP_SUMMARY").env("NO_COLOR", "1").args(args);
    command
}

fn run(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().expect("the command runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("outputs are text")
}

/// What one run writes in every format.
fn written(folder: &Path, args: &[&str]) -> [String; FORMATS.len()] {
    let place = tempfile::tempdir().expect("a folder for the test");
    let files = FORMATS.map(|format| place.path().join(format).to_string_lossy().into_owned());
    let pairs = FORMATS.iter().zip(&files).flat_map(|(format, file)| ["--format", format, "-o", file]);
    let all: Vec<&str> = ["check", "--as-of", "2026-11-21"].into_iter().chain(args.iter().copied()).chain(pairs).collect();
    let output = run(folder, &all);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{args:?}: {}", text(&output.stderr));
    assert!(output.stdout.is_empty(), "{args:?}: {}", text(&output.stdout));
    files.map(|file| fs::read_to_string(file).expect("every output is written"))
}

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|error| unreachable!("{error}: {json}"))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().expect("it is a list").iter()
}

fn word(value: &Value) -> String {
    value.as_str().expect("it is text").to_owned()
}

fn number(value: &Value) -> u64 {
    value.as_u64().expect("it is a number")
}

/// The document that the others are measured by. What other programs show is on one line, and shows what a terminal would obey.
fn seen_in_json(document: &str) -> Vec<Seen> {
    let seen = |finding: &Value| Seen {
        rule: word(&finding["rule"]),
        severity: word(&finding["severity"]),
        file: word(&finding["location"]["file"]),
        line: number(&finding["location"]["line"]),
        message: format!("{}. {}", one_line(&word(&finding["message"])), one_line(&word(&finding["fix"]))),
        accepted: !finding["accepted"].is_null(),
    };
    sorted(list(&parsed(document)["findings"]).map(seen))
}

fn seen_in_sarif(document: &str) -> Vec<Seen> {
    let document = parsed(document);
    let run = &document["runs"][0];
    let seen = |result: &Value| {
        let rule = &run["tool"]["driver"]["rules"][number(&result["ruleIndex"]) as usize];
        assert_eq!(rule["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        let level = word(&result["level"]);
        Seen {
            rule: word(&result["ruleId"]),
            severity: if level == "note" { "info".to_owned() } else { level },
            file: decoded(&word(&place["artifactLocation"]["uri"])),
            line: number(&place["region"]["startLine"]),
            message: word(&result["message"]["text"]).replace("\\](", "]("),
            accepted: list(&result["suppressions"]).next().is_some(),
        }
    };
    sorted(list(&run["results"]).map(seen))
}

/// What a URI names, by RFC 3986.
fn decoded(uri: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._~/%".contains(c);
    assert!(uri.chars().all(is_plain), "{uri}");
    let mut parts = uri.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two digits follow"));
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).expect("it is text")
}

fn seen_in_gitlab(document: &str) -> Vec<Seen> {
    let seen = |issue: &Value| Seen {
        rule: word(&issue["check_name"]),
        severity: match issue["severity"].as_str() {
            Some("major") => "error".to_owned(),
            Some("minor") => "warning".to_owned(),
            other => other.unwrap_or_default().to_owned(),
        },
        file: word(&issue["location"]["path"]),
        line: number(&issue["location"]["lines"]["begin"]),
        message: word(&issue["description"]),
        accepted: false,
    };
    sorted(list(&parsed(document)).map(seen))
}

/// The workflow commands of an output, as the runner reads them: the word, the properties and the message.
fn commands(output: &str) -> impl Iterator<Item = (String, Vec<(String, String)>, String)> {
    output.lines().map(|line| {
        let (head, message) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")).expect("it is a command");
        let (word, properties) = head.split_once(' ').unwrap_or((head, ""));
        let unescaped = |text: &str| {
            let rest = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
            rest.replace("%25", "%")
        };
        let property = |property: &str| {
            let (key, value) = property.split_once('=').expect("it is a property");
            (key.to_owned(), unescaped(value))
        };
        let message = message.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
        (word.to_owned(), properties.split(',').map(property).collect(), message)
    })
}

fn seen_in_github(output: &str) -> Vec<Seen> {
    let seen = |(command, properties, message): (String, Vec<(String, String)>, String)| {
        let of = |name: &str| {
            let found = properties.iter().find(|(key, _)| key == name);
            found.map(|(_, value)| value.clone()).expect("the property is given")
        };
        Seen {
            rule: of("title"),
            severity: if command == "notice" { "info".to_owned() } else { command },
            file: of("file"),
            line: of("line").parse().expect("it is a number"),
            message,
            accepted: false,
        }
    };
    sorted(commands(output).map(seen))
}

/// The findings among the tests of a JUnit document, and how many tests fail.
fn seen_in_junit(document: &str) -> (Vec<Seen>, usize) {
    let attribute = |tag: &BytesStart<'_>, name: &str| {
        let found = tag.try_get_attribute(name).expect("attributes are well-formed");
        found.map(|found| found.normalized_value(quick_xml::XmlVersion::Explicit1_0).expect("it is text").into_owned())
    };
    let mut reader = quick_xml::Reader::from_str(document);
    let (mut seen, mut failures, mut text) = (Vec::new(), 0, String::new());
    let (mut file, mut line, mut rule, mut accepted) = (None, 0, String::new(), false);
    loop {
        match reader.read_event().expect("it is well-formed") {
            Event::Eof => break,
            Event::Start(tag) => match tag.name().as_ref() {
                b"testcase" => {
                    file = attribute(&tag, "file");
                    line = attribute(&tag, "line").and_then(|line| line.parse().ok()).unwrap_or(0);
                    rule = attribute(&tag, "classname").expect("a test has a class");
                    (accepted, text) = (false, String::new());
                }
                b"skipped" => accepted = true,
                b"failure" => failures += 1,
                _ => {}
            },
            Event::Text(part) => text.push_str(&part.decode().expect("it is text")),
            Event::GeneralRef(entity) => {
                let entity = entity.decode().expect("it is text").into_owned();
                let of_number = || entity.strip_prefix('#').and_then(|number| number.parse().ok()).and_then(char::from_u32);
                match quick_xml::escape::resolve_predefined_entity(&entity) {
                    Some(known) => text.push_str(known),
                    None => text.push(of_number().expect("the entity is known")),
                }
            }
            Event::End(tag) if tag.name().as_ref() == b"testcase" => {
                let Some(file) = file.take() else { continue };
                let place = format!("{file}:{line}:");
                let told = text.trim().strip_prefix(&place).unwrap_or_else(|| unreachable!("{place} does not lead {text}"));
                let mut parts = told.splitn(3, ": ").skip(1).map(str::to_owned);
                let [severity, message] = [parts.next(), parts.next()].map(Option::unwrap_or_default);
                seen.push(Seen { rule: rule.clone(), severity, file, line, message, accepted });
            }
            _ => {}
        }
    }
    (sorted(seen), failures)
}

fn sorted(seen: impl IntoIterator<Item = Seen>) -> Vec<Seen> {
    let mut seen: Vec<Seen> = seen.into_iter().collect();
    seen.sort();
    seen
}

/// Asserts that all formats hold the findings of the JSON document, and returns those.
fn assert_same(what: &str, [json, sarif, gitlab, junit, github]: &[String; FORMATS.len()]) -> Vec<Seen> {
    let all = seen_in_json(json);
    let open = sorted(all.iter().filter(|seen| !seen.accepted).cloned());
    // The log of a workflow and XML show of a path, too, what a terminal would obey.
    let shown = |seen: &[Seen]| sorted(seen.iter().map(|seen| Seen { file: one_line(&seen.file).into_owned(), ..seen.clone() }));
    assert_eq!(seen_in_sarif(sarif), all, "{what}");
    assert_eq!(seen_in_gitlab(gitlab), open, "{what}");
    assert_eq!(seen_in_junit(junit).0, shown(&all), "{what}");
    assert_eq!(seen_in_github(github), shown(&open), "{what}");
    let errors = open.iter().filter(|seen| seen.severity == "error").count();
    assert_eq!(seen_in_junit(junit).1, errors, "{what}: a test fails if its finding fails the run");
    let gravest_first = commands(github).map(|(word, ..)| ["error", "warning", "notice"].iter().position(|known| *known == word));
    assert!(gravest_first.is_sorted(), "{what}");
    all
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("files can be written");
    }
    folder
}

/// Nobody records anything, and two entries of `accepted` are left behind, which is the same finding twice.
const TEAM: &str = "roleaudit: 1
people: {ann: Ann Larsen, bob: Bob}
products:
  app: {name: App, product-manager: ann, product-owner: bob}
teams:
  core: {product: app}
accepted:
  - {rule: duty-contested, at: products.app, because: We tried it for a year}
  - {rule: backlog-shared-owner, at: products.app, because: We tried it for a year}
";

#[test]
fn every_format_holds_the_same_findings_of_every_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = |folder: &str| {
        let entries = fs::read_dir(root.join(folder)).expect("there are examples");
        let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
        names.filter(|name| name.ends_with(".yaml")).map(|name| format!("{folder}/{name}")).collect::<BTreeSet<_>>()
    };
    let mut accepted = 0;
    for file in names("examples").iter().chain(&names("examples/reorg")) {
        accepted += assert_same(file, &written(root, &[file])).iter().filter(|seen| seen.accepted).count();
    }
    assert!(accepted > 0, "an example has an accepted finding");
}

#[test]
fn names_that_want_to_be_markup_or_commands_are_text() {
    let names = [
        "two\\nlines\\r\\n::error::x ::stop-commands::y",
        "100%25 %0A::add-mask::x, a:b]]>",
        "<script>alert(1)</script> &amp; ]]> <!-- [click](http://x.test)",
        "\\e[2J\\u009b31m\\u0000\\u202ennA\\u2066\\u200f\\ufeff",
    ];
    let people: String = names.iter().enumerate().map(|(n, name)| format!("  p{n}: {{name: \"{name}\"}}\n")).collect();
    let organization = format!(
        "roleaudit: 1\npeople:\n{people}products:\n  app: {{name: \"{}\", product-owner: [p0, p1, p2, p3]}}\n\
         teams:\n  core: {{name: \"{}\", product: app}}\n\
         accepted:\n  - {{rule: backlog-shared-owner, at: products.app, because: \"{}\"}}\n",
        names[1], names[2], names[3]
    );
    let path = if cfg!(unix) { "a,b:c%0A ]]>\n::error::\u{202e}ä.yaml" } else { "a,b%0A ]ä.yaml" };
    let folder = folder(&[(path, &organization)]);
    let outputs = written(folder.path(), &[path]);
    let seen = assert_same("hostile names", &outputs);
    for name in ["two lines  ::error::x", "100%25 %0A::add-mask::x", "]]> <!-- [click](http://x.test)", "␛[2J"] {
        assert!(seen.iter().any(|seen| seen.message.contains(name)), "{name} is not in {seen:#?}");
    }
    for output in outputs {
        let obeyed = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert_eq!(output.chars().find(|c| obeyed(*c)), None, "{output}");
    }
}

/// The fingerprints of the findings with what they are about, from SARIF; GitLab has the same ones.
fn fingerprints(folder: &Path, args: &[&str]) -> BTreeSet<(String, String)> {
    let [_, sarif, gitlab, ..] = written(folder, args);
    let document = parsed(&sarif);
    let of_result = |result: &Value| {
        let [identity, of_code_scanning] =
            ["findingIdentity/v1", "primaryLocationLineHash"].map(|name| word(&result["partialFingerprints"][name]));
        assert_eq!(identity, of_code_scanning);
        (identity, word(&result["message"]["text"]))
    };
    let results: Vec<_> = list(&document["runs"][0]["results"]).map(of_result).collect();
    let found: BTreeSet<_> = results.iter().cloned().collect();
    let distinct: BTreeSet<&String> = found.iter().map(|(fingerprint, _)| fingerprint).collect();
    assert_eq!(distinct.len(), results.len(), "no two findings have one fingerprint");
    let in_gitlab: BTreeSet<_> =
        list(&parsed(&gitlab)).map(|issue| (word(&issue["fingerprint"]), word(&issue["description"]))).collect();
    assert_eq!(in_gitlab, found);
    found
}

#[test]
fn a_fingerprint_stays_where_lines_and_files_move() {
    let (people, rest) = TEAM.split_once("products:").expect("there are products");
    let (rest, accepted) = rest.split_once("accepted:\n").expect("there are accepted risks");
    let turned: String = accepted.lines().rev().map(|line| format!("{line}\n")).collect();
    let moved = format!("roleaudit: 1\n\n\naccepted:\n{turned}products:{rest}");
    let folder = folder(&[("team.yaml", TEAM), ("a.yaml", people), ("z.yaml", &moved)]);
    let before = fingerprints(folder.path(), &["team.yaml"]);
    assert_eq!(before.iter().filter(|(_, message)| message.contains("there is no such finding")).count(), 2);
    assert_eq!(fingerprints(folder.path(), &["a.yaml", "z.yaml"]), before);
}

#[test]
fn a_fingerprint_is_the_same_whatever_else_is_shown() {
    let fixed = TEAM.replace("  - {rule: duty-contested, at: products.app, because: We tried it for a year}\n", "");
    let folder = folder(&[("team.yaml", TEAM), ("before.yaml", &fixed)]);
    let all = fingerprints(folder.path(), &["team.yaml"]);
    let new = fingerprints(folder.path(), &["team.yaml", "--against", "before.yaml"]);
    assert_eq!(new.len(), 1);
    assert!(new.is_subset(&all), "{new:#?}\n{all:#?}");
}

#[test]
fn what_the_base_has_is_in_no_format() {
    let worse = TEAM.replace("product-owner: bob", "product-owner: [ann, bob]");
    let folder = folder(&[("before.yaml", TEAM), ("team.yaml", &worse)]);
    let outputs = written(folder.path(), &["team.yaml", "--against", "before.yaml"]);
    let new = assert_same("against", &outputs);
    assert!(
        new.iter().any(|seen| seen.rule == "backlog-shared-owner") && new.iter().all(|seen| seen.rule != "acceptance-unused")
    );
    let document = parsed(&outputs[1]);
    let told = word(&document["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]);
    assert!(told.contains("do not count, because before.yaml has them too"), "{told}");
}

#[test]
fn a_rule_that_is_not_asked_has_no_test() {
    let folder = folder(&[("team.yaml", TEAM)]);
    let [.., junit, _] = written(folder.path(), &["team.yaml", "--rule", "duty-contested", "--rule", "roadmap-stale"]);
    assert_eq!(junit.matches("<testcase ").count(), 2);
    assert_eq!(junit.matches("<testcase name=\"no gaps\"").count(), 2);
}

#[test]
fn no_format_names_whom_it_should_not() {
    let folder = folder(&[("ann.yaml", TEAM)]);
    let outputs = written(folder.path(), &["ann.yaml", "--redact", "--without", "bob"]);
    assert!(!assert_same("redacted", &outputs).is_empty());
    for (format, output) in FORMATS.iter().zip(&outputs) {
        // What SARIF says of the rules themselves has names of its own.
        let results = output.split_once("\"results\": [").map_or(output.as_str(), |(_, results)| results);
        for name in ["Ann", "Larsen", "Bob", "ann.yaml", "people.ann"] {
            assert!(!results.contains(name), "{format} has {name}: {results}");
        }
        assert!(results.contains("person-1"), "{format}: {results}");
    }
}

#[test]
fn quiet_leaves_files_and_exit_code() {
    let folder = folder(&[("team.yaml", TEAM)]);
    let args =
        ["check", "team.yaml", "--quiet", "--fail-on", "info", "--format", "github", "--format", "gitlab", "-o", "issues.json"];
    let summary = folder.path().join("summary.md");
    let output = command(folder.path(), &args).env("GITHUB_STEP_SUMMARY", &summary).output().expect("it runs");
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(1), String::new()));
    let written = fs::read_to_string(folder.path().join("issues.json")).expect("the file is written");
    assert!(!seen_in_gitlab(&written).is_empty());
    assert!(fs::read_to_string(summary).expect("the summary is written").starts_with("# Decision rights: "));
}

#[test]
fn what_cannot_be_audited_is_told_as_commands_and_written_nowhere() {
    let broken = TEAM.replace("product: app}", "product: ap}");
    let folder = folder(&[("team.yaml", TEAM), ("broken.yaml", &broken), (".roleaudit.yaml", "rules: {nope: off}\n")]);
    let told = |args: &[&str]| {
        let all: Vec<&str> =
            ["check"].iter().chain(args).copied().chain(["--format", "sarif", "-o", "a.sarif", "--format", "github"]).collect();
        let summary = folder.path().join("summary.md");
        let output = command(folder.path(), &all).env("GITHUB_STEP_SUMMARY", &summary).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(!folder.path().join("a.sarif").exists() && !summary.exists(), "{args:?}");
        assert!(!output.stderr.is_empty());
        commands(&text(&output.stdout)).collect::<Vec<_>>()
    };
    fs::write(folder.path().join("fine.yaml"), "").expect("files can be written");
    let of_settings = ["--config", "fine.yaml"];
    let cases: [(&[&str], &str, &str); 5] = [
        (&["broken.yaml", of_settings[0], of_settings[1]], "broken.yaml", "`ap`"),
        (&["team.yaml"], ".roleaudit.yaml", "nope"),
        (&["missing.yaml", of_settings[0], of_settings[1]], "missing.yaml", "there is no such file or folder. Check the path."),
        (&["team.yaml", "--rule", "duty-unwoned"], "", "did you mean `duty-unowned`?"),
        (&["team.yaml", of_settings[0], of_settings[1], "--without", "zed"], "", "there is no person `zed`"),
    ];
    for (args, file, message) in cases {
        let [(word, properties, said)] = told(args).try_into().unwrap_or_else(|all| unreachable!("{args:?}: {all:?}"));
        assert_eq!(word, "error");
        let named = properties.iter().find(|(key, _)| key == "file").map_or("", |(_, value)| value);
        assert_eq!(named, file, "{args:?}");
        assert!(said.contains(message), "{args:?}: {said}");
    }
    let redacted = told(&["broken.yaml", of_settings[0], of_settings[1], "--redact"]);
    assert!(!redacted[0].2.contains("`ap`"), "{redacted:?}");
    let elsewhere = run(folder.path(), &["check", "broken.yaml", of_settings[0], of_settings[1], "--format", "junit"]);
    assert_eq!((elsewhere.status.code(), text(&elsewhere.stdout)), (Some(2), String::new()));
}

#[test]
fn a_summary_of_the_step_is_added_to_what_is_there() {
    let folder = folder(&[("team.yaml", TEAM), ("summary.md", "from another command")]);
    let step = |summary: &Path, format: &str| {
        let args = ["check", "team.yaml", "--fail-on", "never", "--format", format];
        command(folder.path(), &args).env("GITHUB_STEP_SUMMARY", summary).output().expect("it runs")
    };
    let summary = folder.path().join("summary.md");
    assert_eq!(step(&summary, "github").status.code(), Some(0));
    let page = text(&run(folder.path(), &["check", "team.yaml", "--fail-on", "never", "--format", "markdown"]).stdout);
    let expected = format!("from another command\n{page}");
    assert_eq!(fs::read_to_string(&summary).expect("it is text"), expected);
    assert_eq!(step(&summary, "text").status.code(), Some(0));
    assert_eq!(fs::read_to_string(&summary).expect("it is text"), expected, "other formats leave it alone");

    let refused = step(&folder.path().join("no/such/folder.md"), "github");
    assert_eq!(refused.status.code(), Some(2));
    let told = text(&refused.stdout);
    assert!(told.starts_with("::error title=not audited::cannot write ") && told.lines().count() == 1, "{told}");
}
