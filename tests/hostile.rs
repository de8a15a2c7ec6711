//! Names that want to be commands: whatever stands in a file comes through every command and format as harmless text. The outputs are
//! read again by parsers that are not ours.

#![allow(clippy::panic, reason = "a test fails by panicking")]

#[path = "common/page.rs"]
mod page;

use page::Page;
use pulldown_cmark::{Event, Options, Parser};
use roleaudit::render::one_line;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// What people, teams and products might be called by somebody who means harm.
const NAMES: [&str; 7] = [
    "a | b || c",
    "`back` ``tick` [link](http://x.test) ![i](x) *b* _u_ <b>bold</b> <script>alert(1)</script> &amp; @ann #12",
    "\u{1b}[2J\u{1b}]0;title\u{7}red\u{9b}31m",
    "\u{202e}nnA \u{2066}\u{200f}turned",
    "two\nlines\r\n| row | --- |\n# heading\n::error::x",
    "=cmd('calc')|x",
    "+1,2;\"q\" 'r'\t@sum -3",
];

/// One organization in which everything is called that way; `shift` gives another one.
fn organization(names: [&str; NAMES.len()], shift: usize) -> String {
    let name = |n: usize| quoted(names[(n + shift) % names.len()]);
    let people: String = (0..names.len()).map(|n| format!("  p{n}: {{name: {}, title: {}}}\n", name(n), name(n + 1))).collect();
    format!(
        "roleaudit: 1
people:
{people}products:
  app:
    name: {}
    goal: {}
    product-manager: p{shift}
    product-owner: [p1, p2]
    responsibilities:
      scope.changes: {{decides: [p3, p4], input: [p5], approves: p6, note: {}}}
      strategy.*: {{decides: p{shift}, deputy: p6}}
      legal.sign: p5
teams:
  core: {{name: {}, product: app}}
  edge: {{name: {}, product: app, backlog: edge, product-owner: p5}}
duties:
  legal.sign: {{meaning: {}}}
",
        name(0),
        name(1),
        name(2),
        name(3),
        name(4),
        name(5)
    )
}

/// A text as YAML takes it, whatever is in it.
fn quoted(text: &str) -> String {
    let escaped =
        |c: char| if c == ' ' || c.is_ascii_alphanumeric() { c.to_string() } else { format!("\\u{:04x}", u32::from(c)) };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// The commands that show an organization, each with its formats.
const COMMANDS: [(&[&str], &[&str]); 12] = [
    (&["check", "one.yaml", "--fail-on", "never"], &["text", "markdown", "json", "sarif", "github", "gitlab", "junit", "html"]),
    (&["check", "one.yaml", "--fail-on", "never", "--without", "p3"], &["text", "markdown", "json"]),
    (&["advise", "one.yaml"], &["text", "markdown", "json"]),
    (&["diff", "one.yaml", "two.yaml", "--fail-on", "never"], &["text", "markdown", "json"]),
    (&["compare", "one.yaml", "two.yaml"], &["text", "markdown", "json"]),
    (&["who", "scope.changes", "one.yaml"], &["text", "markdown", "json"]),
    (&["who", "p3", "one.yaml"], &["text", "markdown", "json"]),
    (&["who", "--alone", "one.yaml"], &["text", "markdown", "json"]),
    (&["matrix", "one.yaml"], &["text", "markdown", "json", "csv"]),
    (&["export", "one.yaml"], &["markdown", "csv"]),
    (&["report", "one.yaml"], &["markdown", "html"]),
    (&["report", "one.yaml", "--before", "two.yaml", "--title", "<b>*all*</b>\u{202e} of\n# it"], &["markdown", "html"]),
];

fn shown(folder: &Path, command: &[&str], format: &str) -> String {
    let mut run = Command::new(env!("CARGO_BIN_EXE_roleaudit"));
    let output = run
        .current_dir(folder)
        .env_remove("GITHUB_STEP_SUMMARY")
        .args(command)
        .args(["--format", format])
        .output()
        .expect("the command runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{command:?} {format}: {said}");
    String::from_utf8(output.stdout).expect("outputs are text")
}

/// Every command in every format, with what it printed.
fn outputs() -> Vec<(String, &'static str, String)> {
    outputs_of(NAMES)
}

fn outputs_of(names: [&str; NAMES.len()]) -> Vec<(String, &'static str, String)> {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (n, file) in ["one.yaml", "two.yaml"].into_iter().enumerate() {
        std::fs::write(folder.path().join(file), organization(names, n)).expect("files can be written");
    }
    let of_command = |(command, formats): &(&[&str], &'static [&'static str])| {
        let shown = formats.iter().map(|format| (command.join(" "), *format, shown(folder.path(), command, format)));
        shown.collect::<Vec<_>>()
    };
    COMMANDS.iter().flat_map(of_command).collect()
}

#[test]
fn nothing_that_a_terminal_obeys_is_printed() {
    for (command, format, output) in outputs() {
        let obeyed = |c: char| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        let found = output.chars().find(|c| obeyed(*c));
        assert_eq!(found, None, "{command} as {format}:\n{output}");
    }
}

#[test]
fn markdown_shows_the_names_and_no_markup_of_theirs() {
    for (command, _, output) in outputs().into_iter().filter(|(_, format, _)| *format == "markdown") {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM;
        let mut text = String::new();
        for event in Parser::new_ext(&output, options) {
            match event {
                Event::Html(html) | Event::InlineHtml(html) => panic!("{command}: {html} is HTML in\n{output}"),
                // The contents of a report lead to its own headings.
                Event::Start(pulldown_cmark::Tag::Link { dest_url, .. })
                    if command.starts_with("report") && dest_url.starts_with('#') => {}
                Event::Start(pulldown_cmark::Tag::Link { dest_url, .. } | pulldown_cmark::Tag::Image { dest_url, .. }) => {
                    panic!("{command}: {dest_url} is a link in\n{output}")
                }
                Event::Text(part) | Event::Code(part) => text.push_str(&part),
                _ => {}
            }
        }
        let plain = text.replace('\u{200b}', "");
        let names = ["a | b || c", "<b>bold</b> <script>alert(1)</script> &amp; @ann #12", "=cmd('calc')|x"];
        assert!(names.iter().any(|name| plain.contains(name)), "{command}:\n{output}");
        assert!(!output.lines().any(|line| line.starts_with("# heading") || line.starts_with("| row")), "{command}:\n{output}");
    }
}

/// The elements of a page, each with the attributes that it has.
fn markup(page: &Page) -> BTreeSet<(&str, Vec<&str>)> {
    page.elements.iter().map(|element| (element.name.as_str(), element.attributes.keys().map(String::as_str).collect())).collect()
}

#[test]
fn a_page_shows_the_names_and_no_markup_of_theirs() {
    let plain = outputs_of(["one", "two", "three", "four", "five", "six", "seven"]);
    let of_pages = |(_, format, _): &(String, &str, String)| *format == "html";
    for ((command, _, output), (.., plain)) in outputs().into_iter().zip(plain).filter(|(output, _)| of_pages(output)) {
        let (page, plain) = (Page::read(&output), Page::read(&plain));
        let (markup, of_plain) = (markup(&page), markup(&plain));
        let of_names: Vec<_> = markup.difference(&of_plain).collect();
        assert!(of_names.is_empty(), "{command}: {of_names:?}");
        assert_eq!(page.named("script").count(), 1, "{command}");
        let body = page.named("body").next().expect("a page has a body");
        let text = body.text.replace('`', "");
        for name in NAMES.into_iter().filter(|_| command.starts_with("report")) {
            let shown = one_line(name).replace('`', "");
            assert!(text.contains(shown.trim()), "{command}: {shown} is not in\n{text}");
        }
    }
}

#[test]
fn a_spreadsheet_shows_the_names_and_runs_nothing() {
    for (command, _, output) in outputs().into_iter().filter(|(_, format, _)| *format == "csv") {
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(output.as_bytes());
        let rows: Vec<_> = reader.records().collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{command}: {error}"));
        let cells: Vec<&str> = rows.iter().flat_map(csv::StringRecord::iter).collect();
        for name in ["'=cmd('calc')|x", "a | b || c"] {
            assert!(cells.contains(&name), "{command}: {name} is not in\n{output}");
        }
        let runs = cells.iter().find(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
        assert_eq!(runs, None, "{command}");
    }
}

#[test]
fn json_holds_the_names_as_they_are() {
    for (command, _, output) in outputs().into_iter().filter(|(_, format, _)| *format == "json") {
        let document: serde_json::Value =
            serde_json::from_str(&output).unwrap_or_else(|error| panic!("{command}: {error}\n{output}"));
        assert_eq!(document["version"], 1, "{command}");
        let mut texts = String::new();
        collect(&document, &mut texts);
        assert!(NAMES.iter().any(|name| texts.contains(name)), "{command}:\n{output}");
    }
}

fn collect(value: &serde_json::Value, texts: &mut String) {
    match value {
        serde_json::Value::String(text) => texts.push_str(text),
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect(item, texts)),
        serde_json::Value::Object(entries) => entries.values().for_each(|item| collect(item, texts)),
        _ => {}
    }
}
