//! GitLab's code quality report: the findings that count. It knows no suppressed ones, so accepted findings are left out, and a
//! merge request says of one that is accepted now that it is resolved.

use super::json::{self, Location};
use super::told;
use crate::finding::{Finding, Severity};
use crate::report::Report;
use crate::source::Sources;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Place<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Writes a list of issues.
pub fn gitlab(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    json::write(&report.counting().map(|finding| issue(report.sources, finding)).collect::<Vec<_>>(), out)
}

fn issue<'a>(sources: &'a Sources, finding: &Finding) -> Issue<'a> {
    let at: Location<'a> = json::location(sources, finding.at);
    Issue {
        description: told(finding),
        check_name: finding.rule.name,
        fingerprint: finding.fingerprint(),
        // The gravest two, `critical` and `blocker`, are for what hurts when it runs.
        severity: match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        location: Place { path: at.file, lines: Lines { begin: at.line, end: at.last_line() } },
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn shown(report: &Report<'_>) -> String {
        let mut out = Vec::new();
        gitlab(report, &mut out).expect("memory can be written");
        String::from_utf8(out).expect("it is text")
    }

    #[test]
    fn an_issue_says_what_and_where() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let mut findings = sample::findings(&sources);
        findings[0].accepted = Some(sample::acceptance("The board decides in May", "Kim"));
        findings.drain(2..);
        assert_eq!(
            shown(&sample::report(&sources, findings)),
            r#"[
  {
    "description": "nobody decides strategy.product for Checkout. Name one person under `responsibilities: strategy.product`.",
    "check_name": "duty-unowned",
    "fingerprint": "7c6b0caa1912fceacda77c37b0b836b2",
    "severity": "major",
    "location": {
      "path": "team.yaml",
      "lines": {
        "begin": 4,
        "end": 4
      }
    }
  }
]
"#
        );
    }

    #[test]
    fn nothing_found_is_an_empty_list() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        assert_eq!(shown(&sample::report(&sources, Vec::new())), "[]\n");
    }

    #[test]
    fn names_stay_text() {
        let sources = sample::one_file(sample::HOSTILE, sample::TEAM);
        let mut finding = sample::findings(&sources).remove(0);
        finding.message = sample::HOSTILE.into();
        let shown = shown(&sample::report(&sources, vec![finding]));
        sample::assert_harmless(&shown);
        let issues: serde_json::Value = serde_json::from_str(&shown).expect("it is JSON");
        assert_eq!(issues[0]["location"]["path"], sample::HOSTILE);
        sample::assert_harmless(issues[0]["description"].as_str().expect("it is text"));
    }
}
