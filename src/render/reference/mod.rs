//! What the tool knows, whatever is audited: its rules, duties, signals, models and advice, in a terminal, as Markdown and as JSON.

mod backing;
mod json;
mod list;
mod markdown;
mod page;
mod wording;

pub use json::json;
pub use list::list;
pub use markdown::markdown;
pub use page::{Topic, topics};
pub use wording::wording;

pub(super) use markdown::sentence;

use crate::Days;
use crate::audit::audit_with;
use crate::catalogue::Level;
use crate::finding::Severity;
use crate::rules::Rule;
use crate::settings::Settings;
use crate::source::{Source, Sources};
use jiff::civil::{Date, date};

/// What begins an expectation in an example: the test reads it, users do not.
const EXPECTED: &str = "#~";
/// The day for which the examples are audited, so that a page is the same on every day.
const TODAY: Date = date(2026, 11, 21);

/// All there is to say about a rule, as plain text and as Markdown: what another program shows beside a finding.
pub(super) fn help(rule: &'static Rule) -> (String, String) {
    (Topic::Rule(rule).page(&UNBROKEN), markdown::help(rule))
}

/// The severities of a rule in words. What holds otherwise repeats the usual one where it tells when that holds.
fn severities(rule: &Rule) -> String {
    let usual = rule.severity.word();
    match rule.otherwise {
        "" => usual.to_owned(),
        otherwise if otherwise.starts_with(usual) => otherwise.to_owned(),
        otherwise => format!("{usual}; {otherwise}"),
    }
}

/// What the documents say about who has a duty.
fn role(role: &str) -> String {
    match role {
        "shared" => "the documents give it to product manager and product owner together; one of them still decides".to_owned(),
        "organization" => {
            "the documents give it to the organization: somebody sees to it before a product role can work".to_owned()
        }
        "developers" => "the documents give most of it to the developers".to_owned(),
        role => format!("the documents give most of it to the {}; anyone may hold it", role.replace('-', " ")),
    }
}

/// An example as a user would write it.
fn example(text: &str) -> String {
    let as_written = |line: &str| line.split_once(EXPECTED).map_or(line, |(before, _)| before).trim_end().to_owned() + "\n";
    text.trim_start_matches('\n').lines().map(as_written).collect()
}

/// Where the decider of a duty is looked up, and where it can be written.
fn lookup(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Backlog => (
            "once per backlog: in the `responsibilities` of its teams first, then of its products, then of the organization",
            "a team, a product or the organization",
        ),
        Level::Team => (
            "once per team: in its own `responsibilities` first, then of its products, then of the organization",
            "a team, a product or the organization",
        ),
        Level::Product => (
            "once per product: in its own `responsibilities` first, then of the organization",
            "a product or the organization, not a team",
        ),
        Level::Organization => ("once, in the `responsibilities` of the organization", "the organization"),
    }
}

/// What a rule finds in a team file: line, severity and message. A test proves that our own examples can be read.
fn findings(rule: &'static Rule, text: &str) -> Vec<(usize, Severity, String)> {
    let sources = Sources::new(vec![Source::new("team.yaml", text)]);
    let Ok(linked) = crate::load(&sources, Days { as_of: None, today: TODAY }) else { return Vec::new() };
    let report = audit_with(rule, &linked.org, &Settings::default(), &sources);
    let found = report.findings.into_iter();
    found.map(|finding| (sources.position(finding.at).line, finding.severity, finding.message)).collect()
}

#[cfg(test)]
const PLAIN_80: super::Style = super::Style { color: false, width: Some(80) };
const UNBROKEN: super::Style = super::Style { color: false, width: None };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;

    #[test]
    fn a_severity_is_not_said_twice() {
        let usual = RULES.first().expect("there are rules");
        let said = |otherwise| severities(&Rule { severity: Severity::Error, otherwise, ..**usual });
        assert_eq!(said(""), "error");
        assert_eq!(said("info for a draft"), "error; info for a draft");
        assert_eq!(said("error for a right; info otherwise"), "error for a right; info otherwise");
    }

    #[test]
    fn an_example_that_cannot_be_read_has_no_findings() {
        assert!(findings(RULES.first().expect("there are rules"), "people: [").is_empty());
    }
}
