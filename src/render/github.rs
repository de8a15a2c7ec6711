//! Workflow commands, which GitHub's runner turns into annotations, and the page beside a step.
//!
//! Annotated is what counts. Ten of each severity are shown of a step, so the most severe come first. The end of a place is
//! exclusive, as in all formats: GitHub does not say what it takes `endColumn` for. Where a place has several lines, the runner drops
//! its columns.

use super::json::{self, Location};
use super::problems::MOST;
use super::{escape, markdown, told};
use crate::finding::{Finding, Severity};
use crate::problem::{Place, Problem};
use crate::report::Report;
use crate::source::Sources;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::io::{self, Write};

/// What GitHub takes of all summaries of a step, in bytes.
const LARGEST_SUMMARY: usize = 1024 * 1024;

/// Writes one command for each finding that counts.
pub fn github(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut findings: Vec<&Finding> = report.counting().collect();
    findings.sort_by_key(|finding| Reverse(finding.severity));
    for finding in findings {
        let place = properties(&json::location(report.sources, finding.at));
        writeln!(out, "{}", command(finding.severity, place, finding.rule.name, &told(finding)))?;
    }
    Ok(())
}

/// Writes one command for each error of an input that cannot be audited; of very many, the first ones.
pub fn github_errors(problems: &[Problem], sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    for problem in problems.iter().take(MOST) {
        let place = match &problem.at {
            Place::Text(at) => properties(&json::location(sources, *at)),
            Place::Path(path) if path.is_empty() => Vec::new(),
            Place::Path(path) => vec![("file", path.clone())],
        };
        let sentences = [&problem.message, &problem.help].map(|text| escape::one_line(text));
        let message = sentences.join(". ");
        writeln!(out, "{}", command(Severity::Error, place, "not audited", message.trim_end_matches(". ")))?;
    }
    Ok(())
}

/// Writes the Markdown page for the summary of a step, which holds `taken` bytes already; of a page that is too long, whole lines.
pub fn step_summary(report: &Report<'_>, taken: u64, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Vec::new();
    // The summary of another command may end in the middle of a line.
    page.extend((taken > 0).then_some(b'\n'));
    markdown(report, &mut page)?;
    let room = LARGEST_SUMMARY.saturating_sub(usize::try_from(taken).unwrap_or(usize::MAX));
    out.write_all(cut(&String::from_utf8_lossy(&page), room).as_bytes())
}

/// The page, or as much of it as there is room for, with a sentence that says so.
fn cut(page: &str, room: usize) -> Cow<'_, str> {
    const REST: &str = "\n… the rest is left out, because GitHub takes 1 MiB of a step; `--format markdown` has all of it.\n";
    if page.len() <= room {
        return page.into();
    }
    let Some(room) = room.checked_sub(REST.len()) else { return "".into() };
    let ends = page.match_indices('\n').map(|(at, _)| at + 1);
    let kept = ends.take_while(|end| *end <= room).last().unwrap_or(0);
    format!("{}{REST}", &page[..kept]).into()
}

fn properties(at: &Location<'_>) -> Vec<(&'static str, String)> {
    let mut properties =
        vec![("file", at.file.to_owned()), ("line", at.line.to_string()), ("endLine", at.last_line().to_string())];
    if at.line == at.end_line {
        properties.extend([("col", at.column.to_string()), ("endColumn", at.end_column.to_string())]);
    }
    properties
}

fn command(severity: Severity, place: Vec<(&'static str, String)>, title: &str, message: &str) -> String {
    let word = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let properties = place.into_iter().chain([("title", title.to_owned())]);
    let properties: Vec<String> = properties.map(|(key, value)| format!("{key}={}", property(&value))).collect();
    format!("::{word} {}::{}", properties.join(","), data(message))
}

/// A line of text as a command takes it. Line breaks would be `%0A`; nothing that the log shows has any.
fn data(line: &str) -> String {
    line.replace('%', "%25")
}

/// Text as a property of a command takes it.
fn property(text: &str) -> String {
    data(&escape::one_line(text)).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::source::Span;

    fn shown(report: &Report<'_>) -> String {
        let mut out = Vec::new();
        github(report, &mut out).expect("memory can be written");
        String::from_utf8(out).expect("it is text")
    }

    fn errors(problems: &[Problem], sources: &Sources) -> String {
        let mut out = Vec::new();
        github_errors(problems, sources, &mut out).expect("memory can be written");
        String::from_utf8(out).expect("it is text")
    }

    #[test]
    fn the_most_severe_comes_first_and_what_is_accepted_not_at_all() {
        let sources = sample::one_file("teams/a,b:c 100%.yaml", sample::TEAM);
        let mut findings = sample::findings(&sources);
        findings.drain(3..5);
        findings.swap(0, 2);
        findings[1].accepted = Some(sample::acceptance("The board decides in May", "Kim"));
        assert_eq!(
            shown(&sample::report(&sources, findings)),
            "\
::error file=teams/a%2Cb%3Ac 100%25.yaml,line=4,endLine=4,col=3,endColumn=11,title=duty-unowned::\
nobody decides scope.changes for Checkout. Name one person under `responsibilities: scope.changes`.
::error file=teams/a%2Cb%3Ac 100%25.yaml,line=10,endLine=10,col=26,endColumn=29,title=backlog-shared-owner::\
the backlog of Checkout has two owners: Ann and Bob. \
Keep one person as `product-owner` and list the other under `input` of backlog.order.
::notice file=teams/a%2Cb%3Ac 100%25.yaml,line=4,endLine=4,col=3,endColumn=11,title=duty-unowned::\
nobody decides market.discovery for Checkout. Name one person under `responsibilities: market.discovery`.
"
        );
    }

    #[test]
    fn a_place_of_several_lines_has_no_columns() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let start = sample::span(&sources, "name: Checkout");
        let whole_lines = Span { end: sample::span(&sources, "teams:").start, ..start };
        let into_line = Span { end: whole_lines.end + 2, ..start };
        let of = |at| shown(&sample::report(&sources, vec![sample::unowned(Severity::Warning, at, "scope.changes")]));
        assert!(
            of(whole_lines).starts_with("::warning file=team.yaml,line=5,endLine=6,title=duty-unowned::"),
            "{}",
            of(whole_lines)
        );
        assert!(of(into_line).starts_with("::warning file=team.yaml,line=5,endLine=7,title=duty-unowned::"), "{}", of(into_line));
    }

    #[test]
    fn input_errors_are_annotations_too() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let in_text = Problem::new(sample::span(&sources, "checkout"), "there is no product `checkout`", "Write 100% of it.");
        let of_path = Problem::of_path("teams", "there is no team file in this folder", "");
        let of_none = Problem::of_path("", "there is no rule `x`", "");
        assert_eq!(
            errors(&[in_text, of_path, of_none], &sources),
            "\
::error file=team.yaml,line=4,endLine=4,col=3,endColumn=11,title=not audited::there is no product `checkout`. Write 100%25 of it.
::error file=teams,title=not audited::there is no team file in this folder
::error title=not audited::there is no rule `x`
"
        );
    }

    #[test]
    fn a_summary_keeps_within_its_room() {
        let page = "# Page\n\nfirst\nsecond\n";
        assert_eq!(cut(page, page.len()), page);
        let rest = "\n… the rest is left out, because GitHub takes 1 MiB of a step; `--format markdown` has all of it.\n";
        let long = page.to_owned() + &"third\n".repeat(40);
        let room = page.len() + rest.len();
        for more in [0, "third".len()] {
            assert_eq!(cut(&long, room + more), format!("{page}{rest}"));
        }
        assert_eq!(cut(&long, room - 1), format!("# Page\n\nfirst\n{rest}"));
        assert_eq!(cut(&"x\n".repeat(200), 20), "");
    }

    #[test]
    fn a_summary_begins_on_a_line_of_its_own() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let report = sample::report(&sources, Vec::new());
        let of = |taken| {
            let mut out = Vec::new();
            step_summary(&report, taken, &mut out).expect("memory can be written");
            String::from_utf8(out).expect("it is text")
        };
        assert!(of(0).starts_with("# Decision rights") && of(9).starts_with("\n# Decision rights"));
        assert_eq!(of(1024 * 1024), "");
    }

    #[test]
    fn no_name_is_a_command() {
        let hostile = format!("{}\n::error::x\r%0A::stop-commands::y, z", sample::HOSTILE);
        let sources = sample::one_file(&hostile, sample::TEAM);
        let mut finding = sample::findings(&sources).remove(0);
        finding.message = hostile.clone();
        let commands = shown(&sample::report(&sources, vec![finding]));
        let problems =
            [Problem::new(sample::span(&sources, "ann"), &hostile, &hostile), Problem::of_path(&hostile, &hostile, "")];
        for (shown, lines) in [(commands, 1), (errors(&problems, &sources), 2)] {
            sample::assert_harmless(&shown);
            assert_eq!(shown.lines().count(), lines, "{shown}");
            for line in shown.lines() {
                let (properties, message) = line["::error ".len()..].split_once("::").expect("properties end");
                assert!(
                    line.starts_with("::error file=") && properties.ends_with("audited") || properties.ends_with("unowned"),
                    "{line}"
                );
                assert!(message.contains("%250A::stop-commands::y, z") && !message.contains("%0A"), "{line}");
            }
        }
    }
}
