//! SARIF 2.1.0, as code scanning reads it.
//!
//! Every rule is declared with all there is to say about it, and every accepted finding is there as a suppressed one. GitHub takes
//! 25,000 results of a run and keeps the 5,000 gravest; nothing is left out here on account of that.

use super::json::{self, Location};
use super::reference::{help, sentence};
use super::{escape, reason, told};
use crate::finding::{Finding, Label, Severity};
use crate::input::STDIN;
use crate::org::capitalized;
use crate::report::Report;
use crate::rules::{RULES, Rule};
use crate::source::{Sources, Span};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, Write};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<Outcome>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    information_uri: Option<&'static str>,
    rules: Vec<Descriptor>,
}

/// What is said of a rule, whether it fired or not.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    name: String,
    short_description: Text,
    full_description: Text,
    help: Help,
    default_configuration: Configuration,
    properties: About,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

/// What code scanning filters rules by.
#[derive(Serialize)]
struct About {
    tags: [&'static str; 1],
    #[serde(rename = "problem.severity")]
    severity: &'static str,
}

/// What the summary says beside the findings.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
}

/// A finding.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    locations: [Place; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Place>,
    partial_fingerprints: Fingerprints,
    /// Empty where nothing is accepted: without it, readers would not know.
    suppressions: Vec<Suppression>,
    properties: Identity,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// The fingerprint under a name of our own, and under the only one that GitHub's code scanning reads. The latter would else be made
/// from the text of the line, and all duties of a product that nobody decides stand in one line. `upload-sarif` remarks in its log
/// that it would have made another one.
#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "findingIdentity/v1")]
    identity: String,
    #[serde(rename = "primaryLocationLineHash")]
    of_code_scanning: String,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
}

/// What a finding is about.
#[derive(Serialize)]
struct Identity {
    subject: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    duty: Option<String>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

/// Writes the whole report as one run.
pub fn sarif(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        // None before the package names one.
        information_uri: [env!("CARGO_PKG_HOMEPAGE"), env!("CARGO_PKG_REPOSITORY")].into_iter().find(|uri| !uri.is_empty()),
        rules: RULES.iter().map(|rule| descriptor(rule)).collect(),
    };
    let notification = |remark: &String| Notification { level: "note", message: plain(&escape::one_line(remark)) };
    let run = Run {
        tool: Tool { driver },
        invocations: [Invocation {
            execution_successful: true,
            tool_execution_notifications: report.remarks.iter().map(notification).collect(),
        }],
        column_kind: "unicodeCodePoints",
        results: report.findings.iter().map(|finding| outcome(report.sources, finding)).collect(),
    };
    json::write(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }, out)
}

fn descriptor(rule: &'static Rule) -> Descriptor {
    let (text, markdown) = help(rule);
    let severity = match rule.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "recommendation",
    };
    Descriptor {
        id: rule.name,
        name: rule.name.split('-').map(capitalized).collect(),
        short_description: Text { text: sentence(rule.summary) },
        full_description: Text { text: rule.why.to_owned() },
        help: Help { text, markdown },
        default_configuration: Configuration { level: level(rule.severity) },
        properties: About { tags: [rule.group.word()], severity },
    }
}

fn outcome(sources: &Sources, finding: &Finding) -> Outcome {
    let fingerprint = finding.fingerprint();
    let suppression = |acceptance| Suppression {
        kind: "inSource",
        status: "accepted",
        justification: escape::one_line(&reason(acceptance)).into_owned(),
    };
    let related = |(n, label): (usize, &Label)| Place {
        id: Some(n + 1),
        message: Some(plain(&escape::one_line(&label.text))),
        ..place(sources, label.at)
    };
    Outcome {
        rule_id: finding.rule.name,
        rule_index: RULES.iter().position(|rule| rule.name == finding.rule.name),
        level: level(finding.severity),
        message: plain(&told(finding)),
        locations: [place(sources, finding.at)],
        related_locations: finding.labels.iter().enumerate().map(related).collect(),
        partial_fingerprints: Fingerprints { identity: fingerprint.clone(), of_code_scanning: fingerprint },
        suppressions: finding.accepted.iter().map(suppression).collect(),
        properties: Identity { subject: finding.subject.clone(), duty: finding.duty.clone() },
    }
}

fn place(sources: &Sources, at: Span) -> Place {
    let Location { file, line, column, end_line, end_column } = json::location(sources, at);
    let description = (file == STDIN).then(|| Text { text: "standard input".to_owned() });
    let physical_location = PhysicalLocation {
        artifact_location: Artifact { uri: uri(file), description },
        region: Region { start_line: line, start_column: column, end_line, end_column },
    };
    Place { id: None, physical_location, message: None }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A text that holds names, on one line. SARIF makes links of `[text](target)`; a name shall not.
fn plain(text: &str) -> Text {
    Text { text: text.replace("](", "\\](") }
}

/// A path as a reference by RFC 3986: relative as it was given, or an absolute one of the scheme `file`.
fn uri(path: &str) -> String {
    let is_on_drive = cfg!(windows) && path.chars().nth(1) == Some(':');
    let mut uri = match path {
        _ if is_on_drive => "file:///".to_owned(),
        path if path.starts_with('/') => "file://".to_owned(),
        _ => String::new(),
    };
    for (n, byte) in path.bytes().enumerate() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            b':' if is_on_drive && n == 1 => uri.push(':'),
            _ => write!(uri, "%{byte:02X}").expect("memory can be written"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use serde_json::{Value, json};

    fn shown(report: &Report<'_>) -> Value {
        let mut out = Vec::new();
        sarif(report, &mut out).expect("memory can be written");
        serde_json::from_slice(&out).expect("it is JSON")
    }

    #[test]
    fn a_result_says_what_where_and_since_when_it_is_the_same() {
        let sources = sample::one_file("teams/böse namen.yaml", sample::TEAM);
        let mut finding = sample::findings(&sources).pop().expect("there are findings");
        finding.accepted = Some(sample::acceptance("The board decides in May", "Kim"));
        let fingerprint = finding.fingerprint();
        let mut report = sample::report(&sources, vec![finding]);
        report.remarks.push("Ann decides alone.".into());
        let run = &shown(&report)["runs"][0];
        let position = RULES.iter().position(|rule| rule.name == "backlog-shared-owner").expect("it is a rule");
        let place = |columns: [usize; 2]| {
            json!({
                "artifactLocation": {"uri": "teams/b%C3%B6se%20namen.yaml"},
                "region": {"startLine": 10, "startColumn": columns[0], "endLine": 10, "endColumn": columns[1]}
            })
        };
        assert_eq!(
            run["results"],
            json!([{
                "ruleId": "backlog-shared-owner",
                "ruleIndex": position,
                "level": "error",
                "message": {
                    "text": "the backlog of Checkout has two owners: Ann and Bob. \
                        Keep one person as `product-owner` and list the other under `input` of backlog.order."
                },
                "locations": [{"physicalLocation": place([26, 29])}],
                "relatedLocations": [{"id": 1, "physicalLocation": place([21, 24]), "message": {"text": "also holds the seat"}}],
                "partialFingerprints": {"findingIdentity/v1": fingerprint, "primaryLocationLineHash": fingerprint},
                "suppressions": [{
                    "kind": "inSource", "status": "accepted", "justification": "The board decides in May (by Kim, until 2027-02-28)"
                }],
                "properties": {"subject": "backlogs.checkout"}
            }])
        );
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        assert_eq!(
            run["invocations"][0]["toolExecutionNotifications"],
            json!([{"level": "note", "message": {"text": "Ann decides alone."}}])
        );
    }

    #[test]
    fn every_rule_is_declared_whether_it_fires_or_not() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let log = shown(&sample::report(&sources, Vec::new()));
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("there are rules");
        assert_eq!(rules.len(), RULES.len());
        let unowned = rules.iter().find(|rule| rule["id"] == "duty-unowned").expect("it is declared");
        assert_eq!(unowned["name"], "DutyUnowned");
        assert_eq!(unowned["properties"], json!({"tags": ["ownership"], "problem.severity": "error"}));
        assert_eq!(unowned["defaultConfiguration"], json!({"level": "error"}));
        for rule in rules {
            let [text, markdown] = ["text", "markdown"].map(|kind| rule["help"][kind].as_str().expect("it is text"));
            for part in ["Fires on:", "Does not fire on:", "ix:", "hy:"] {
                assert!(text.contains(part) && markdown.contains(part), "{}: no {part} in {text}\n{markdown}", rule["id"]);
            }
            assert!(!markdown.contains("](#"), "{}: a link leads nowhere", rule["id"]);
        }
        let contested = rules.iter().find(|rule| rule["id"] == "backlog-shared-owner").expect("it is declared");
        let help = contested["help"]["markdown"].as_str().expect("it is text");
        assert!(
            help.contains("Passages for it:") && help.contains("Passages against it:") && help.contains("280 Group"),
            "{help}"
        );
    }

    #[test]
    fn paths_are_references() {
        let relative = ["team.yaml", "a b/ä#?.yaml", "ab:y.yaml", "../[team]%.yaml", "-"].map(uri);
        assert_eq!(relative, ["team.yaml", "a%20b/%C3%A4%23%3F.yaml", "ab%3Ay.yaml", "../%5Bteam%5D%25.yaml", "-"]);
        assert_eq!(uri("/srv/team.yaml"), "file:///srv/team.yaml");
    }

    #[test]
    fn standard_input_is_named() {
        let sources = sample::one_file(STDIN, sample::TEAM);
        let log = shown(&sample::report(&sources, vec![sample::findings(&sources).remove(0)]));
        let artifact = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
        assert_eq!(*artifact, json!({"uri": "-", "description": {"text": "standard input"}}));
    }

    #[test]
    fn names_stay_text() {
        let sources = sample::one_file(sample::HOSTILE, sample::TEAM);
        let mut finding = sample::findings(&sources).remove(0);
        finding.message = format!("{} [click](http://x.test)", sample::HOSTILE);
        let report = sample::report(&sources, vec![finding]);
        let mut out = Vec::new();
        sarif(&report, &mut out).expect("memory can be written");
        sample::assert_harmless(&String::from_utf8(out).expect("it is text"));
        let log = shown(&report);
        let result = &log["runs"][0]["results"][0];
        let message = result["message"]["text"].as_str().expect("it is text");
        sample::assert_harmless(message);
        assert!(message.contains("[click\\](http://x.test). Name one person"), "{message}");
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("it is text");
        assert!(uri.starts_with("%1B%5B2J") && uri.ends_with("%60%7C%3Cb%3E%26%40ann%20%231"), "{uri}");
    }
}
