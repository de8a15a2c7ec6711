//! The JSON document, version 1: fields may be added, none renamed or removed.

use super::escape;
use crate::against::Base;
use crate::catalogue::{Passage, Stance};
use crate::departure::{Departure, Orphan};
use crate::finding::{Acceptance, Finding, Label, Severity};
use crate::org::Left;
use crate::report::{ProductModel, Report};
use crate::rules::Group;
use crate::sections::{ActorKind, Named};
use crate::source::{Sources, Span};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    as_of: String,
    summary: Summary,
    models: Vec<Model<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Against<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    without: Option<Without<'a>>,
    findings: Vec<Gap<'a>>,
}

/// What was compared with: the findings that it has too are only counted.
#[derive(Serialize)]
struct Against<'a> {
    base: &'a str,
    since: Option<String>,
    known: Counts,
    fixed: usize,
}

/// Numbers of findings.
#[derive(Serialize)]
pub(super) struct Counts {
    error: usize,
    warning: usize,
    info: usize,
}

impl From<[usize; 3]> for Counts {
    fn from([error, warning, info]: [usize; 3]) -> Self {
        Counts { error, warning, info }
    }
}

/// What those who are seen as having left leave behind.
#[derive(Serialize)]
struct Without<'a> {
    people: Vec<Gone<'a>>,
    vacant: Vec<Orphaned<'a>>,
    caught: Vec<Orphaned<'a>>,
    backlogs: &'a [String],
}

#[derive(Serialize)]
struct Gone<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Orphaned<'a> {
    duty: &'a str,
    right: bool,
    subject: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    by: Vec<Actor<'a>>,
}

/// Which program wrote the document.
#[derive(Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Summary {
    error: usize,
    warning: usize,
    info: usize,
    accepted: usize,
    files: usize,
    products: usize,
    teams: usize,
    people: usize,
}

#[derive(Serialize)]
struct Model<'a> {
    product: &'a str,
    model: &'static str,
    overlays: &'a [&'static str],
}

/// A finding.
#[derive(Serialize)]
pub(super) struct Gap<'a> {
    rule: &'static str,
    group: Group,
    severity: Severity,
    subject: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    duty: Option<&'a str>,
    message: &'a str,
    location: Location<'a>,
    related: Vec<Related<'a>>,
    fix: &'a str,
    passages: Vec<Quote>,
    accepted: Option<Accepted<'a>>,
}

/// A place in a file; lines and columns count from 1.
#[derive(Serialize)]
pub(super) struct Location<'a> {
    pub(super) file: &'a str,
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

impl Location<'_> {
    /// The line of the last character; the end itself may stand at the beginning of the next one.
    pub(super) fn last_line(&self) -> usize {
        if self.end_column == 1 { self.end_line.saturating_sub(1).max(self.line) } else { self.end_line }
    }
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    location: Location<'a>,
    message: &'a str,
}

/// A person, group or team.
#[derive(Serialize)]
pub(super) struct Actor<'a> {
    id: &'a str,
    name: &'a str,
    kind: ActorKind,
}

/// A passage, with its document.
#[derive(Serialize)]
pub(super) struct Quote {
    id: &'static str,
    document: &'static str,
    title: &'static str,
    publisher: &'static str,
    section: &'static str,
    quote: &'static str,
    stance: Stance,
}

/// Who took the risk knowingly, by id, and why.
#[derive(Serialize)]
struct Accepted<'a> {
    by: Option<&'a str>,
    because: &'a str,
    until: Option<String>,
}

/// Writes the whole report as the JSON document, with a final line break.
pub fn json(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    write(&document(report), out)
}

/// Writes a document, with a final line break.
pub(super) fn write(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let text = serde_json::to_string_pretty(document)?;
    out.write_all(escape::json(&text).as_bytes())?;
    out.write_all(b"\n")
}

impl Tool {
    /// This program.
    pub(super) fn this() -> Self {
        Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") }
    }
}

fn document<'a>(report: &'a Report<'_>) -> Document<'a> {
    Document {
        version: 1,
        tool: Tool::this(),
        as_of: report.as_of.to_string(),
        summary: Summary {
            error: report.count(Severity::Error),
            warning: report.count(Severity::Warning),
            info: report.count(Severity::Info),
            accepted: report.accepted().count(),
            files: report.read.files,
            products: report.read.products,
            teams: report.read.teams,
            people: report.read.people,
        },
        models: report.models.iter().map(model).collect(),
        against: report.base.as_ref().map(against),
        without: report.departure.as_ref().map(without),
        findings: report.findings.iter().map(|finding| gap(report.sources, finding)).collect(),
    }
}

fn against(base: &Base) -> Against<'_> {
    let since = base.since.map(|day| day.to_string());
    Against { base: &base.name, since, known: base.known.into(), fixed: base.fixed }
}

fn without(departure: &Departure) -> Without<'_> {
    Without {
        people: departure.people.iter().map(|Left { id, name, .. }| Gone { id, name }).collect(),
        vacant: departure.vacant.iter().map(orphaned).collect(),
        caught: departure.caught.iter().map(orphaned).collect(),
        backlogs: &departure.backlogs,
    }
}

fn orphaned(orphan: &Orphan) -> Orphaned<'_> {
    Orphaned { duty: &orphan.duty, right: orphan.is_right, subject: &orphan.subject, by: orphan.by.iter().map(actor).collect() }
}

fn model(of: &ProductModel) -> Model<'_> {
    Model { product: &of.product, model: of.model, overlays: &of.overlays }
}

/// A finding, with its places.
pub(super) fn gap<'a>(sources: &'a Sources, finding: &'a Finding) -> Gap<'a> {
    Gap {
        rule: finding.rule.name,
        group: finding.rule.group,
        severity: finding.severity,
        subject: &finding.subject,
        duty: finding.duty.as_deref(),
        message: &finding.message,
        location: location(sources, finding.at),
        related: finding.labels.iter().map(|label| related(sources, label)).collect(),
        fix: &finding.fix,
        passages: finding.passages.iter().map(|(passage, stance)| quote(passage, *stance)).collect(),
        accepted: finding.accepted.as_ref().map(accepted),
    }
}

fn accepted(acceptance: &Acceptance) -> Accepted<'_> {
    let Acceptance { by, because, until } = acceptance;
    Accepted { by: by.as_ref().map(|(id, _)| id.as_str()), because, until: until.map(|day| day.to_string()) }
}

fn related<'a>(sources: &'a Sources, label: &'a Label) -> Related<'a> {
    Related { location: location(sources, label.at), message: &label.text }
}

pub(super) fn location(sources: &Sources, at: Span) -> Location<'_> {
    let position = sources.position(at);
    Location {
        file: &sources.get(at.file).path,
        line: position.line,
        column: position.column,
        end_line: position.end_line,
        end_column: position.end_column,
    }
}

pub(super) fn actor(of: &Named) -> Actor<'_> {
    Actor { id: &of.id, name: &of.name, kind: of.kind }
}

pub(super) fn quote(passage: &'static Passage, stance: Stance) -> Quote {
    let document = passage.document;
    Quote {
        id: passage.id,
        document: document.id,
        title: document.title,
        publisher: document.publisher,
        section: passage.section,
        quote: passage.quote,
        stance,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn shown(report: &Report<'_>) -> String {
        let mut out = Vec::new();
        json(report, &mut out).expect("memory can be written");
        String::from_utf8(out).expect("it is text")
    }

    #[test]
    fn the_document_is_that_of_version_1() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let shared = sample::findings(&sources).pop().expect("there are findings");
        let expected = serde_json::json!({
            "version": 1,
            "tool": {"name": "roleaudit", "version": env!("CARGO_PKG_VERSION")},
            "as_of": "2026-11-21",
            "summary": {"error": 1, "warning": 0, "info": 0, "accepted": 0, "files": 1, "products": 1, "teams": 1, "people": 2},
            "models": [{"product": "checkout", "model": "split", "overlays": ["scaled"]}],
            "findings": [{
                "rule": "backlog-shared-owner",
                "group": "backlog",
                "severity": "error",
                "subject": "backlogs.checkout",
                "message": "the backlog of Checkout has two owners: Ann and Bob",
                "location": {"file": "team.yaml", "line": 10, "column": 26, "end_line": 10, "end_column": 29},
                "related": [{
                    "file": "team.yaml", "line": 10, "column": 21, "end_line": 10, "end_column": 24, "message": "also holds the seat"
                }],
                "fix": "Keep one person as `product-owner` and list the other under `input` of backlog.order.",
                "passages": [
                    {
                        "id": "D1-025", "document": "001", "title": "Product Owner vs. Product Manager Exploration",
                        "publisher": "280 Group", "section": "", "quote": sample::SOLE.quote, "stance": "supports"
                    },
                    {
                        "id": "D1-045", "document": "001", "title": "Product Owner vs. Product Manager Exploration",
                        "publisher": "280 Group", "section": "", "quote": sample::DISSENT.quote, "stance": "dissents"
                    }
                ],
                "accepted": null
            }]
        });
        let text = shown(&sample::report(&sources, vec![shared]));
        let found: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(found, expected);
        assert!(text.ends_with("}\n"));
    }

    #[test]
    fn a_finding_about_a_duty_names_it() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let text = shown(&sample::report(&sources, sample::findings(&sources)));
        assert_eq!(text.matches("\"duty\": ").count(), 5);
        assert!(text.contains("\"duty\": \"scope.changes\""));
    }

    #[test]
    fn an_accepted_finding_says_by_whom_why_and_until_when() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let mut report = sample::report(&sources, sample::findings(&sources));
        report.findings[0].accepted = Some(sample::acceptance("The board decides in May", "Kim"));
        report.findings[1].accepted = Some(crate::finding::Acceptance { by: None, because: "It is tried".into(), until: None });
        let found: serde_json::Value = serde_json::from_str(&shown(&report)).expect("it is JSON");
        assert_eq!(found["summary"]["accepted"], 2);
        assert_eq!((&found["summary"]["error"], &found["summary"]["info"]), (&1.into(), &3.into()));
        let of = |n: usize| found["findings"][n]["accepted"].clone();
        assert_eq!(of(0), serde_json::json!({"by": "kim", "because": "The board decides in May", "until": "2027-02-28"}));
        assert_eq!(of(1), serde_json::json!({"by": null, "because": "It is tried", "until": null}));
        assert_eq!(of(2), serde_json::Value::Null);
    }

    #[test]
    fn names_are_kept_as_they_are() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let mut report = sample::report(&sources, sample::findings(&sources));
        report.findings[0].message = sample::HOSTILE.into();
        let text = shown(&report);
        let found: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(found["findings"][0]["message"], sample::HOSTILE);
        // What prints the document obeys none of it.
        assert!(!text.contains(['\u{9b}', '\u{202e}', '\u{2066}', '\u{200f}', '\u{1b}', '\u{7f}']), "{text}");
    }
}
