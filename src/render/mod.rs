//! The output formats: one file and one function each. They decide nothing, and only the writer can fail.

pub mod advice;
pub mod compare;
pub mod diff;
mod escape;
mod excerpt;
pub mod export;
mod github;
mod gitlab;
mod imported;
mod json;
mod junit;
mod markdown;
pub mod matrix;
mod problems;
pub mod reference;
pub mod review;
mod sarif;
mod team_file;
mod text;
pub mod who;

#[cfg(test)]
pub(crate) mod sample;

pub use escape::one_line;
pub use github::{github, github_errors, step_summary};
pub use gitlab::gitlab;
pub use imported::imported;
pub use json::json;
pub use junit::junit;
pub use markdown::markdown;
pub use problems::{Level, problems};
pub use sarif::sarif;
pub use team_file::team_file;
pub use text::text;

use crate::catalogue::{Document, Passage};
use crate::finding::{Acceptance, Finding, Severity};
use crate::org::joined;
use crate::report::{Extent, Report, counted};
use crate::rules::{RULES, Rule};
use crate::source::{Sources, Span};
use anstyle::{AnsiColor, Effects};
use comfy_table::{Cell, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How text is laid out for the place that it is read at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether it is coloured.
    pub color: bool,
    /// The columns of the terminal; none where the text is not read on one, and lines are not broken.
    pub width: Option<usize>,
}

/// The findings of one rule and severity.
struct Fired<'a> {
    severity: Severity,
    rule: &'static Rule,
    findings: Vec<&'a Finding>,
}

const BOLD: anstyle::Style = anstyle::Style::new().effects(Effects::BOLD);
const DIM: anstyle::Style = anstyle::Style::new().effects(Effects::DIMMED);
const PLAIN: anstyle::Style = anstyle::Style::new();

/// How far further lines are indented where they do not begin where the text began.
const INDENT: usize = 4;

/// The columns that a table of rules needs for its last column to be more than a word wide; in fewer, each row is a paragraph.
const NARROWEST_TABLE: usize = 72;

/// Tables have one line, under the header.
const TABLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

impl Style {
    /// `text` behind `lead`, each in its style, broken at blanks to the width. Further lines begin where the text began.
    fn paragraph(&self, lead: &str, of_lead: anstyle::Style, text: &str, of_text: anstyle::Style) -> String {
        let is_far = self.width.is_some_and(|width| lead.width() * 2 > width);
        self.hanging(lead, of_lead, text, of_text, if is_far { INDENT } else { lead.width() })
    }

    /// A message behind its severity and rule, which leave too little room for further lines to begin there.
    fn message(&self, lead: &str, of_lead: anstyle::Style, text: &str, of_text: anstyle::Style) -> String {
        self.hanging(lead, of_lead, text, of_text, INDENT)
    }

    fn hanging(&self, lead: &str, of_lead: anstyle::Style, text: &str, of_text: anstyle::Style, indent: usize) -> String {
        let text = self.width.map_or_else(|| text.to_owned(), |width| wrapped(text, lead.width(), indent, width));
        format!("{}{}\n", self.painted(lead, of_lead), self.painted(&text, of_text))
    }

    /// A table with its severities coloured. Only the last column is broken to the width: the others hold names to be copied.
    fn table<const N: usize>(&self, header: [&str; N], rows: impl IntoIterator<Item = [Cell; N]>) -> String {
        let mut table = Table::new();
        table.load_style(TABLE).set_header(header).add_rows(rows);
        table.set_content_arrangement(match self.width {
            Some(_) => ContentArrangement::Dynamic,
            None => ContentArrangement::Disabled,
        });
        if let Some(width) = self.width {
            table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
        }
        for column in table.column_iter_mut().take(N.saturating_sub(1)) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        table.lines().map(|line| self.colored_row(line.trim_end()) + "\n").collect()
    }

    /// A table whose cells have been broken to their columns' widths already.
    fn grid(header: Vec<String>, rows: impl IntoIterator<Item = Vec<String>>) -> Table {
        let mut table = Table::new();
        table.load_style(TABLE).set_header(header).add_rows(rows);
        table
    }

    /// A line of a table, with the severity coloured that is a cell of it.
    fn colored_row(&self, line: &str) -> String {
        let cell = |severity: Severity| line.split_once(&format!(" {}  ", severity.word())).map(|around| (severity, around));
        let Some((severity, (before, after))) = Severity::ALL.into_iter().find_map(cell) else { return line.to_owned() };
        format!("{before} {}  {after}", self.painted(severity.word(), color_of(severity)))
    }

    fn painted(&self, text: &str, style: anstyle::Style) -> String {
        if self.color { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

/// The text in lines of at most `width` columns; the first begins at column `lead`, further ones at `indent`. A longer word has a line
/// of its own.
fn wrapped(text: &str, lead: usize, indent: usize, width: usize) -> String {
    let mut lines = String::with_capacity(text.len() + 16);
    let mut column = lead;
    for (n, word) in text.split(' ').enumerate() {
        let (blank, word_width) = (usize::from(n > 0), word.width());
        if column > indent && column + blank + word_width > width {
            lines.push('\n');
            lines.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        } else {
            lines.extend(std::iter::repeat_n(' ', blank));
            column += blank;
        }
        lines.push_str(word);
        column += word_width;
    }
    lines
}

/// The text in lines of at most `width` columns, broken at blanks, and inside of a word that is longer than a line.
fn broken(text: &str, width: usize) -> String {
    let mut lines = String::with_capacity(text.len() + 16);
    for line in wrapped(text, 0, 0, width).lines() {
        if !lines.is_empty() {
            lines.push('\n');
        }
        let mut column = 0;
        for c in line.chars() {
            let of_char = c.width().unwrap_or(0);
            if column + of_char > width && column > 0 {
                lines.push('\n');
                column = 0;
            }
            lines.push(c);
            column += of_char;
        }
    }
    lines
}

/// The findings that count, by severity and rule: the most severe first, then the rule that fires first in the files.
fn by_rule<'a>(report: &'a Report<'_>) -> Vec<Fired<'a>> {
    let mut all: Vec<Fired<'a>> = Vec::new();
    for finding in report.counting() {
        match all.iter_mut().find(|fired| fired.severity == finding.severity && fired.rule.name == finding.rule.name) {
            Some(fired) => fired.findings.push(finding),
            None => all.push(Fired { severity: finding.severity, rule: finding.rule, findings: vec![finding] }),
        }
    }
    all.sort_by_key(|fired| std::cmp::Reverse(fired.severity));
    all
}

/// The numbers of findings: `2 errors, 1 warning, 3 accepted`, or `no gaps found`. Severities without any are left out.
fn tally(report: &Report<'_>) -> String {
    let counts = Severity::ALL.map(|severity| (report.count(severity), severity.word()));
    let named: Vec<String> = counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| counted(*count, word)).collect();
    let accepted = match report.accepted().count() {
        0 => None,
        count => Some(format!("{count} accepted")),
    };
    // What the base has too is a gap all the same.
    let older = report.base.as_ref().is_some_and(|base| base.known.iter().any(|count| *count > 0));
    let no_gaps = format!("{} found{}", if older { "no new gaps" } else { "no gaps" }, by_some(&report.rules));
    match (named.as_slice(), accepted) {
        ([], None) => no_gaps,
        ([], Some(accepted)) => format!("{no_gaps} beside {accepted}"),
        (named, accepted) => named.iter().cloned().chain(accepted).collect::<Vec<_>>().join(", "),
    }
}

/// Which rules looked, where that is not all of them.
fn by_some(rules: &[&Rule]) -> String {
    const NAMED: usize = 3;
    match rules {
        all if all.len() == RULES.len() => String::new(),
        [] => " as no rule looked".to_owned(),
        few if few.len() <= NAMED => format!(" by {}", joined(&few.iter().map(|rule| rule.name).collect::<Vec<_>>())),
        some => format!(" by {} of {} rules", some.len(), RULES.len()),
    }
}

/// Why a finding was accepted: `A Product Owner starts in February (by Kim, until 2027-02-28)`.
fn reason(acceptance: &Acceptance) -> String {
    let by = acceptance.by.iter().map(|(_, name)| format!("by {name}"));
    let until = acceptance.until.iter().map(|day| format!("until {day}"));
    let details: Vec<String> = by.chain(until).collect();
    let because = &acceptance.because;
    if details.is_empty() { because.clone() } else { format!("{because} ({})", details.join(", ")) }
}

/// A finding as other programs show it beside its place: what is wrong, and what to write instead.
fn told(finding: &Finding) -> String {
    format!("{}. {}", escape::one_line(&finding.message), escape::one_line(&finding.fix))
}

/// What was read: `1 file: 2 products, 1 team, 4 people`.
fn extent(read: &Extent) -> String {
    let people = if read.people == 1 { "1 person".to_owned() } else { format!("{} people", read.people) };
    let [files, products, teams] =
        [(read.files, "file"), (read.products, "product"), (read.teams, "team")].map(|(n, one)| counted(n, one));
    format!("{files}: {products}, {teams}, {people}")
}

/// Where a passage stands: `South, Product Owner vs. Product Manager, "When You May Need Both Roles"`.
fn citation(passage: &Passage) -> String {
    let section = passage.section.trim_end_matches(':');
    let section = if section.is_empty() { String::new() } else { format!(", \"{section}\"") };
    name_of(passage.document) + &section
}

/// A document by its publisher, if it names one, and its title.
fn name_of(document: &Document) -> String {
    // A publisher in brackets is a remark on why there is none.
    match document.publisher {
        none if none.starts_with('(') => document.title.to_owned(),
        publisher => format!("{publisher}, {}", document.title),
    }
}

/// A place as editors take it: `team.yaml:24:3`.
fn place(sources: &Sources, at: Span) -> String {
    let position = sources.position(at.start_point());
    format!("{}:{}:{}", escape::one_line(&sources.get(at.file).path), position.line, position.column)
}

fn color_of(severity: Severity) -> anstyle::Style {
    match severity {
        Severity::Error => AnsiColor::BrightRed.on_default().effects(Effects::BOLD),
        Severity::Warning => AnsiColor::Yellow.on_default().effects(Effects::BOLD),
        Severity::Info => AnsiColor::BrightBlue.on_default().effects(Effects::BOLD),
    }
}
