//! Findings as a Markdown page that fits into the comment on a pull request.

use super::{Fired, citation, counted, escape};
use crate::catalogue::Stance;
use crate::finding::{Finding, Severity};
use crate::report::Report;
use crate::source::Sources;
use std::io::{self, Write};

/// Rows of a table, before the rest is only counted: a comment holds 65,536 characters.
const MOST_ROWS: usize = 30;
/// Fixes shown for one rule.
const MOST_FIXES: usize = 3;

/// Writes a heading with the counts, a table of findings for each severity, and what to do about each rule.
pub fn markdown(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(page(report).as_bytes())
}

fn page(report: &Report<'_>) -> String {
    let all = super::by_rule(report);
    let mut page = String::from("# Decision rights: ");
    page += &super::tally(report);
    page += &format!("\n\n`roleaudit` read {}, as of {}.\n", super::extent(&report.read), report.as_of);
    if !report.remarks.is_empty() {
        page.push('\n');
    }
    for remark in &report.remarks {
        page += &format!("- {}\n", escape::markdown(remark));
    }
    for severity in Severity::ALL {
        let findings: Vec<&Finding> = of_severity(&all, severity).flat_map(|fired| fired.findings.iter().copied()).collect();
        if !findings.is_empty() {
            page += &table(report.sources, severity, &findings);
        }
    }
    page += &accepted(report);
    if !all.is_empty() {
        page += "\n## What to do\n";
    }
    for (n, fired) in all.iter().enumerate() {
        // A rule that fires at two severities is explained once.
        if all[..n].iter().all(|before| before.rule.name != fired.rule.name) {
            page += &advice(&all, fired);
        }
    }
    if let Some(fired) = all.first() {
        page += &format!("\nMore about a rule: `roleaudit explain {}`\n", fired.rule.name);
    }
    page
}

fn of_severity<'a, 'r>(all: &'a [Fired<'r>], severity: Severity) -> impl Iterator<Item = &'a Fired<'r>> {
    all.iter().filter(move |fired| fired.severity == severity)
}

fn table(sources: &Sources, severity: Severity, findings: &[&Finding]) -> String {
    let mut table = format!("\n## {}\n\n", counted(findings.len(), severity.word()));
    table += "| Rule | Where | What |\n| --- | --- | --- |\n";
    for finding in findings.iter().take(MOST_ROWS) {
        table += &format!("{} |\n", row(sources, finding));
    }
    table + &rest(findings.len())
}

/// The cells of a finding, without the end of the row.
fn row(sources: &Sources, finding: &Finding) -> String {
    let place = format!("{}:{}", sources.get(finding.at.file).path, sources.position(finding.at.start_point()).line);
    format!("| `{}` | {} | {}", finding.rule.name, escape::code(&place), escape::markdown(&finding.message))
}

/// What is said of the findings that a table leaves out.
fn rest(all: usize) -> String {
    match all.saturating_sub(MOST_ROWS) {
        0 => String::new(),
        more => format!("\n… and {more} more; `--format json` lists all.\n"),
    }
}

/// The findings that were accepted, each with who took the risk, and why.
fn accepted(report: &Report<'_>) -> String {
    let count = report.accepted().count();
    if count == 0 {
        return String::new();
    }
    let mut table = format!("\n## {count} accepted\n\n| Rule | Where | What | Because |\n| --- | --- | --- | --- |\n");
    for (finding, acceptance) in report.accepted().take(MOST_ROWS) {
        table += &format!("{} | {} |\n", row(report.sources, finding), escape::markdown(&super::reason(acceptance)));
    }
    table + &rest(count)
}

/// What to do about a rule, and why, whatever severities it fired at.
fn advice(all: &[Fired<'_>], fired: &Fired<'_>) -> String {
    let rule = fired.rule;
    let mut advice = format!("\n### `{}`\n\n", rule.name);
    let same_rule = all.iter().filter(|other| other.rule.name == rule.name);
    let mut fixes: Vec<&str> = Vec::new();
    for finding in same_rule.flat_map(|fired| &fired.findings) {
        if fixes.len() < MOST_FIXES && !fixes.contains(&finding.fix.as_str()) {
            fixes.push(&finding.fix);
        }
    }
    for fix in fixes {
        advice += &format!("- **Fix:** {}\n", escape::markdown(fix));
    }
    let passages = fired.findings.first().map_or(&[][..], |finding| &finding.passages);
    if passages.iter().all(|(_, stance)| *stance == Stance::Dissents) {
        advice += &format!("- **Why:** {}\n", escape::markdown(rule.why));
    }
    for (passage, stance) in passages {
        let label = if *stance == Stance::Supports { "Why" } else { "But" };
        advice += &format!("- **{label}:** {}\n", escape::markdown(&format!("\"{}\" — {}", passage.quote, citation(passage))));
    }
    advice
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn shown(report: &Report<'_>) -> String {
        let mut out = Vec::new();
        markdown(report, &mut out).expect("memory can be written");
        String::from_utf8(out).expect("it is text")
    }

    #[test]
    fn a_comment_says_what_where_and_what_to_do() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let mut findings = sample::findings(&sources);
        findings.drain(2..5);
        let mut report = sample::report(&sources, findings);
        report.remarks.push("Ann decides alone.".into());
        assert_eq!(
            shown(&report),
            r#"# Decision rights: 3 errors

`roleaudit` read 1 file: 1 product, 1 team, 2 people, as of 2026-11-21.

- Ann decides alone.

## 3 errors

| Rule | Where | What |
| --- | --- | --- |
| `duty-unowned` | `team.yaml:4` | nobody decides scope.changes for Checkout |
| `duty-unowned` | `team.yaml:4` | nobody decides strategy.product for Checkout |
| `backlog-shared-owner` | `team.yaml:10` | the backlog of Checkout has two owners: Ann and Bob |

## What to do

### `duty-unowned`

- **Fix:** Name one person under `responsibilities: scope.changes`.
- **Fix:** Name one person under `responsibilities: strategy.product`.
- **Why:** "Who approves major scope changes" — South, Product Owner vs. Product Manager, "When You May Need Both Roles"

### `backlog-shared-owner`

- **Fix:** Keep one person as `product-owner` and list the other under `input` of backlog.order.
- **Why:** "As a Product Owner you are the sole person responsible for managing and ordering the product backlog." — 280 Group, Product Owner vs. Product Manager Exploration
- **But:** "However, the Product Owner remains accountable." — 280 Group, Product Owner vs. Product Manager Exploration

More about a rule: `roleaudit explain duty-unowned`
"#
        );
    }

    #[test]
    fn a_clean_organization_is_told_so() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        assert_eq!(
            shown(&sample::report(&sources, Vec::new())),
            "# Decision rights: no gaps found by duty-unowned and backlog-shared-owner\n\n`roleaudit` read 1 file: 1 product, 1 team, 2 people, as of 2026-11-21.\n"
        );
    }

    #[test]
    fn accepted_findings_have_a_table_with_the_reasons() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let mut finding = sample::findings(&sources).remove(0);
        finding.accepted = Some(sample::acceptance("The board decides in May", "Kim"));
        assert_eq!(
            shown(&sample::report(&sources, vec![finding])),
            r#"# Decision rights: no gaps found by duty-unowned and backlog-shared-owner beside 1 accepted

`roleaudit` read 1 file: 1 product, 1 team, 2 people, as of 2026-11-21.

## 1 accepted

| Rule | Where | What | Because |
| --- | --- | --- | --- |
| `duty-unowned` | `team.yaml:4` | nobody decides scope.changes for Checkout | The board decides in May (by Kim, until 2027-02-28) |
"#
        );
    }

    #[test]
    fn a_rule_at_two_severities_is_explained_once() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let shown = shown(&sample::report(&sources, sample::findings(&sources)));
        assert!(shown.contains("## 3 errors\n") && shown.contains("## 3 infos\n"));
        assert_eq!(shown.matches("### `duty-unowned`").count(), 1);
    }

    #[test]
    fn a_comment_stays_within_what_github_takes() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let finding = sample::findings(&sources).remove(0);
        let shown = shown(&sample::report(&sources, vec![finding; 20_000]));
        assert!(shown.contains("\n… and 19970 more; `--format json` lists all.\n"));
        assert!(shown.len() < 65_536);
    }

    #[test]
    fn hostile_names_stay_text() {
        let sources = sample::one_file(sample::HOSTILE, sample::TEAM);
        let mut finding = sample::findings(&sources).remove(0);
        finding.message = format!("{0} `{0}` | x\n## y", sample::HOSTILE);
        finding.fix = finding.message.clone();
        let hostile = finding.message.as_str();
        let taken = Finding { accepted: Some(sample::acceptance(hostile, hostile)), ..finding.clone() };
        let mut report = sample::report(&sources, vec![finding.clone(), taken]);
        report.remarks.push(sample::HOSTILE.into());
        let shown = shown(&report);
        sample::assert_harmless(&shown);
        assert!(!shown.contains("<b>") && !shown.contains("@ann") && !shown.contains("#1"), "{shown}");
        assert!(!shown.contains("\n## y"));
        let rows = shown.lines().filter(|line| line.starts_with("| `duty-unowned`"));
        let bars: Vec<usize> = rows.map(|row| row.replace("\\|", "").matches('|').count()).collect();
        assert_eq!(bars, [4, 5], "{shown}");
        assert!(shown.lines().all(|line| line.trim_end() == line));
    }
}
