//! Names that want to be commands: whatever stands in a file comes through every command and format as harmless text. The outputs are
//! read again by parsers that are not ours.

#![allow(clippy::panic, reason = "a test fails by panicking")]

#[path = "common/commands.rs"]
mod commands;
#[path = "common/names.rs"]
mod names;
#[path = "common/page.rs"]
mod page;

use page::Page;
use pulldown_cmark::{Event, Options, Parser};
use roleaudit::render::one_line;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// A file that is called so, as somebody might who opens a pull request.
const FILE: &str = "=1 <b>&amp; `x` [a](b) %0A\n::error::x {0} \u{1b}[2J.yaml";

/// One organization in which whatever has a name or a text has one of these; `shift` gives another one.
fn organization(names: &[String], shift: usize) -> String {
    let name = |n: usize| names[(n + shift) % names.len()].as_str();
    let mut people = serde_json::Map::new();
    let (mut products, mut teams, mut duties) = (people.clone(), people.clone(), people.clone());
    for n in 0..names.len() {
        let person = json!({"name": name(n), "title": name(n + 1), "scope": name(n + 2)});
        people.insert(format!("p{n}"), person);
    }
    // Few products, each with many names: every table has a column for everybody.
    for (n, at) in (0..names.len()).step_by(names.len().div_ceil(3)).enumerate() {
        let (owner, other) = (format!("p{}", (n + shift) % 5), format!("p{}", n + 5));
        let all: Vec<String> = (at..names.len().min(at + names.len().div_ceil(3))).map(|n| format!("p{n}")).collect();
        let texts: Vec<&str> = (at..at + all.len()).map(name).collect();
        products.insert(format!("x{n}"), json!({
            "name": name(at), "definition": name(at + 1), "goal": name(at + 2), "customers": texts, "segments": [name(at + 3)],
            "product-manager": owner, "product-owner": [owner, other], "roadmap": {"outcomes": texts},
            "metrics": [{"name": name(at + 4), "owner": other, "target": name(at + 5)}], "needs-skills": texts,
            "coordination": {"framework": name(at + 6)},
            "responsibilities": {
                "scope.changes": {"decides": [owner, other], "input": all, "note": name(at + 7)},
                "strategy.*": {"decides": owner, "deputy": other, "informed": all},
                "market.competition": {"not-applicable": name(at + 8)}, "legal.sign": other,
            },
        }));
        teams.insert(
            format!("t{n}"),
            json!({"name": name(at + 9), "product": format!("x{n}"), "skills": [name(at + 10)], "developers": all}),
        );
    }
    teams.insert("own".to_owned(), json!({"name": name(11), "product": "x0", "backlog": "own", "product-owner": "p5"}));
    duties.insert("legal.sign".to_owned(), json!({"meaning": name(12)}));
    let opening = json!({
        "title": name(13), "role": "product-owner", "product": "x0", "outcome": name(14), "measures": [name(15)], "first-year": name(16),
        "communication": name(17),
    });
    let organization = json!({"name": name(18), "goals": names});
    let accepted = json!([{"rule": "backlog-shared-owner", "at": "backlogs.x0", "because": name(19), "by": "p1"}]);
    let file = json!({
        "roleaudit": 1, "organization": organization, "people": people, "products": products, "teams": teams, "duties": duties,
        "backlogs": {"own": {"serves": [name(20)]}}, "openings": {"one": opening}, "accepted": accepted,
    });
    // Every character of a text as its number, so that nothing but the names themselves is tested; YAML is a superset of JSON.
    let plain = |c: char| c.is_ascii() && !c.is_control();
    let escaped = |c: char| if plain(c) { c.to_string() } else { format!("\\U{:08x}", u32::from(c)) };
    file.to_string().chars().map(escaped).collect()
}

fn shown(folder: &Path, line: &[&str]) -> String {
    let line: Vec<String> = line.iter().map(|word| word.replace("one.yaml", FILE)).collect();
    let mut run = Command::new(env!("CARGO_BIN_EXE_roleaudit"));
    let output = run.current_dir(folder).env_remove("GITHUB_STEP_SUMMARY").args(&line).output().expect("the command runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{line:?}: {said}");
    String::from_utf8(output.stdout).expect("outputs are text")
}

/// Every command in every format, with what it printed.
fn outputs() -> &'static [(String, &'static str, String)] {
    static OUTPUTS: OnceLock<Vec<(String, &'static str, String)>> = OnceLock::new();
    OUTPUTS.get_or_init(|| outputs_of(&names::hostile()))
}

fn outputs_of(names: &[String]) -> Vec<(String, &'static str, String)> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (n, file) in [FILE, "two.yaml"].into_iter().enumerate() {
        std::fs::write(folder.path().join(file), organization(names, n)).expect("files can be written");
    }
    let lines = commands::lines(&[&commands::OF_ORGANIZATIONS]);
    let output =
        |line: &Vec<&'static str>| (line.join(" "), line.last().copied().unwrap_or_default(), shown(folder.path(), line));
    lines.iter().map(output).collect()
}

/// The outputs in one format.
fn of_format(format: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    outputs().iter().filter(move |(_, of, _)| *of == format).map(|(line, _, output)| (line.as_str(), output.as_str()))
}

#[test]
fn no_command_and_no_format_is_left_out() {
    assert_eq!(commands::left_out(), Vec::<String>::new());
}

#[test]
fn nothing_that_a_terminal_or_a_log_obeys_is_printed() {
    for (command, _, output) in outputs() {
        let obeyed = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
        };
        let line = output.lines().find(|line| line.contains(obeyed));
        assert_eq!(line, None, "{command}");
        // Runners look for these anywhere in a line of the log.
        let line = output.lines().find(|line| line.contains("##[") || line.contains("##vso["));
        assert_eq!(line, None, "{command}");
        let is_command = |line: &&str| line.trim_start().strip_prefix("::").is_some_and(|rest| !rest.starts_with(':'));
        let line = output.lines().find(is_command);
        assert!(line.is_none() || command.contains("--format github"), "{command}: {line:?}");
    }
}

/// A text without what formats may show otherwise: several blanks, the marks that keep GitHub from making links, and backticks, which make
/// what stands between them code.
fn visible(text: &str) -> String {
    text.replace(['\u{200b}', '`'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Asserts that a text shows every name.
fn assert_all_shown(command: &str, text: &str) {
    let text = visible(text);
    for name in names::hostile() {
        let name = visible(&one_line(name.trim()));
        assert!(text.contains(&name), "{command} does not show {name}");
    }
}

#[test]
fn markdown_shows_the_names_and_no_markup_of_theirs() {
    for (command, output) in of_format("markdown") {
        let mut text = String::new();
        let mut drawing = false;
        // What GitHub reads.
        let tables = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
        let options = tables | Options::ENABLE_GFM | Options::ENABLE_FOOTNOTES | Options::ENABLE_MATH;
        for event in Parser::new_ext(output, options) {
            use pulldown_cmark::{CodeBlockKind, Tag, TagEnd};
            match event {
                // The contents of a report lead to its own headings.
                Event::Start(Tag::Link { dest_url, .. }) if command.starts_with("report") && dest_url.starts_with('#') => {}
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) if &*language == "mermaid" => drawing = true,
                Event::End(TagEnd::CodeBlock) => drawing = false,
                Event::Text(part) if drawing => assert!(!part.contains("-->|"), "{part}"),
                Event::Text(part) | Event::Code(part) => text.push_str(&part),
                Event::SoftBreak | Event::HardBreak | Event::End(_) => text.push(' '),
                Event::Start(
                    Tag::Paragraph | Tag::Heading { .. } | Tag::Table(_) | Tag::TableHead | Tag::TableRow | Tag::TableCell,
                )
                | Event::Start(Tag::List(_) | Tag::Item | Tag::Emphasis | Tag::Strong | Tag::BlockQuote(_))
                | Event::TaskListMarker(false)
                | Event::Rule => {}
                other => panic!("{command}: {other:?} in\n{output}"),
            }
        }
        if command.starts_with("matrix") || command.starts_with("report one.yaml --format") {
            assert_all_shown(command, &text);
        }
    }
}

/// The elements of a page, each with the attributes that it has.
fn markup(page: &Page) -> BTreeSet<(&str, Vec<&str>)> {
    page.elements.iter().map(|element| (element.name.as_str(), element.attributes.keys().map(String::as_str).collect())).collect()
}

#[test]
fn a_page_shows_the_names_and_no_markup_of_theirs() {
    let plain: Vec<String> = (0..names::hostile().len()).map(|n| format!("name {n}")).collect();
    let plain = outputs_of(&plain);
    for (command, output) in of_format("html") {
        let of_plain = plain.iter().find(|(line, ..)| line == command).map(|(.., page)| Page::read(page)).expect("the same line");
        let page = Page::read(output);
        let (markup, of_plain) = (markup(&page), markup(&of_plain));
        let of_names: Vec<_> = markup.difference(&of_plain).collect();
        assert!(of_names.is_empty(), "{command}: {of_names:?}");
        assert_eq!(page.named("script").count(), 1, "{command}");
        if command.starts_with("report") {
            assert_all_shown(command, &page.named("body").next().expect("a page has a body").text);
        }
    }
}

#[test]
fn a_spreadsheet_shows_the_names_and_runs_nothing() {
    for (command, output) in of_format("csv") {
        let mut reader = csv::ReaderBuilder::new().flexible(false).has_headers(false).from_reader(output.as_bytes());
        let rows: Vec<_> = reader.records().collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{command}: {error}"));
        let cells: Vec<&str> = rows.iter().flat_map(csv::StringRecord::iter).collect();
        let runs = |cell: &&str| cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r']);
        assert_eq!(cells.iter().copied().find(runs), None, "{command}");
        assert_all_shown(command, &cells.join(" "));
    }
}

#[test]
fn json_holds_the_names_as_they_are() {
    for (command, output) in of_format("json") {
        let document: Value = serde_json::from_str(output).unwrap_or_else(|error| panic!("{command}: {error}"));
        assert_eq!(document["version"], 1, "{command}");
        let mut texts = String::new();
        collect(&document, &mut texts);
        let missing: Vec<String> = names::hostile().into_iter().filter(|name| !texts.contains(name.as_str())).collect();
        let shows_all = ["matrix", "who scope.changes"].iter().any(|shows| command.starts_with(shows));
        assert!(!shows_all || missing.is_empty(), "{command}: {missing:?}");
        assert!(missing.len() < names::hostile().len(), "{command}");
    }
}

fn collect(value: &Value, texts: &mut String) {
    match value {
        Value::String(text) => texts.push_str(text),
        Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        Value::Object(entries) => entries.values().for_each(|item| collect(item, texts)),
        _ => {}
    }
}

#[test]
fn readers_of_ci_formats_read_what_is_theirs_and_no_more() {
    for (command, output) in of_format("sarif") {
        let document: Value = serde_json::from_str(output).unwrap_or_else(|error| panic!("{command}: {error}"));
        let mut messages = Vec::new();
        of_key(&document, "text", &mut messages);
        assert!(messages.len() > 100);
        // Placeholders stand for arguments, of which there are none; links stand between bare brackets.
        let link = messages.iter().find(|text| text.replace("\\](", "").contains("]("));
        assert_eq!(link, None, "{command}");
        assert!(!output.contains("\"arguments\""), "{command}");
    }
    for (command, output) in of_format("gitlab") {
        let issues: Vec<Value> = serde_json::from_str(output).unwrap_or_else(|error| panic!("{command}: {error}"));
        assert!(issues.iter().all(|issue| issue["location"]["path"].is_string() && issue["fingerprint"].is_string()));
    }
    for (_, output) in of_format("github") {
        for line in output.lines() {
            let is_command = ["::error file=", "::warning file=", "::notice file="].iter().any(|begin| line.starts_with(begin));
            assert!(is_command && line.matches("::").count() >= 2, "{line}");
        }
        assert!(!output.contains('\r'));
    }
    for (command, output) in of_format("junit") {
        let mut reader = quick_xml::Reader::from_str(output);
        let mut elements = BTreeSet::new();
        loop {
            match reader.read_event().unwrap_or_else(|error| panic!("{command}: {error}")) {
                quick_xml::events::Event::Start(element) | quick_xml::events::Event::Empty(element) => {
                    elements.insert(String::from_utf8_lossy(element.name().as_ref()).into_owned());
                    for attribute in element.attributes() {
                        attribute.unwrap_or_else(|error| panic!("{command}: {error}"));
                    }
                }
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Comment(_) | quick_xml::events::Event::PI(_) | quick_xml::events::Event::DocType(_) => {
                    panic!("{command}: a name is markup")
                }
                _ => {}
            }
        }
        let own = ["testsuites", "testsuite", "testcase", "failure", "skipped", "system-out", "properties", "property"];
        assert!(elements.iter().all(|element| own.contains(&element.as_str())), "{elements:?}");
        let is_forbidden = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
        assert!(!output.contains(is_forbidden));
    }
}

/// The texts under a key, wherever it stands.
fn of_key<'v>(value: &'v Value, key: &str, texts: &mut Vec<&'v str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| of_key(item, key, texts)),
        Value::Object(entries) => {
            texts.extend(entries.get(key).and_then(Value::as_str));
            entries.values().for_each(|item| of_key(item, key, texts));
        }
        _ => {}
    }
}

/// A chart in which tasks and heads are called so becomes a team file that another YAML parser reads, with names of one line.
#[test]
fn an_imported_chart_is_yaml_whatever_its_names() {
    // A file with other control characters than these is no table, and is refused as such.
    let is_text = |name: &String| !name.contains(|c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r'));
    let names: Vec<String> = names::hostile().into_iter().filter(is_text).collect();
    let folder = tempfile::tempdir().expect("a folder for the test");
    let mut files = Vec::new();
    for (n, some) in names.chunks(8).enumerate() {
        files.push(format!("{n}.csv"));
        let mut chart = csv::Writer::from_path(folder.path().join(format!("{n}.csv"))).expect("files can be written");
        let heads = ["Task", "Product Owner"].into_iter().chain(some.iter().map(String::as_str));
        chart.write_record(heads).expect("records can be written");
        for (at, name) in some.iter().enumerate() {
            let letters = (0..some.len()).map(|n| if n == at { "R" } else { "C" });
            chart.write_record([name.as_str(), "A"].into_iter().chain(letters)).expect("records can be written");
        }
        chart.flush().expect("files can be written");
    }
    let mut read = 0;
    for file in files {
        let mut run = Command::new(env!("CARGO_BIN_EXE_roleaudit"));
        let output = run.current_dir(folder.path()).args(["import", &file, "--product", &names[3]]).output().expect("it runs");
        let said = String::from_utf8(output.stderr).expect("what is said is text");
        let text = String::from_utf8(output.stdout).expect("outputs are text");
        let obeyed = |c: char| c.is_control() && c != '\n';
        assert!(!said.contains(obeyed) && !text.contains(obeyed), "{file}: {said}");
        // Some of them are so strange that nothing tells a table of roles.
        if output.status.code() == Some(2) {
            assert!(text.is_empty() && said.starts_with("error: "), "{file}: {said}");
            continue;
        }
        read += 1;
        let file: serde_yaml::Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}\n{text}"));
        let keys: Vec<&str> = file.as_mapping().into_iter().flatten().filter_map(|(key, _)| key.as_str()).collect();
        assert!(keys.iter().all(|key| ["roleaudit", "people", "products", "duties", "teams"].contains(key)), "{keys:?}");
        let check = ["check", "-", "--fail-on", "never", "--format", "json"];
        let mut audit = Command::new(env!("CARGO_BIN_EXE_roleaudit"));
        let mut audit = audit.args(check).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("it runs");
        audit.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("it reads");
        assert!(audit.wait().expect("it ends").success(), "{text}");
    }
    assert!(read > 10, "{read} charts were read");
}
