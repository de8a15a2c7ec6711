//! Findings for the terminal, each like a good compiler's error, then a summary.

use super::{BOLD, Fired, PLAIN, Style, citation, color_of, escape, excerpt::excerpt, place};
use crate::catalogue::Stance;
use crate::finding::{Finding, Label, Severity};
use crate::report::Report;
use crate::source::Sources;
use annotate_snippets::Level;
use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle};
use std::collections::HashSet;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Places of one rule that are shown in full; with more, only the first is, and the others are listed.
const MOST_IN_FULL: usize = 3;
/// Lines of a list, before the rest is only counted.
const MOST_LISTED: usize = 10;
/// Names in a line, before the rest is only counted.
const MOST_NAMED: usize = 3;
/// Passages quoted for a rule.
const MOST_QUOTED: usize = 2;

const SUMMARY: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// Writes the findings with their places, evidence and fixes, then a table of the rules that fired and a line with the counts.
pub fn text(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let all = super::by_rule(report);
    let page = Page { sources: report.sources, style };
    for fired in &all {
        out.write_all(page.section(fired).as_bytes())?;
    }
    if !all.is_empty() {
        out.write_all(page.summary(&all).as_bytes())?;
        out.write_all(b"\n")?;
    }
    out.write_all(page.closing(report, &all).as_bytes())
}

struct Page<'a> {
    sources: &'a Sources,
    style: &'a Style,
}

impl Page<'_> {
    /// All findings of one rule and severity. Those at one place are one block.
    fn section(&self, fired: &Fired<'_>) -> String {
        let blocks: Vec<&[&Finding]> = fired.findings.chunk_by(|a, b| a.at == b.at).collect();
        let in_full = if blocks.len() > MOST_IN_FULL { 1 } else { blocks.len() };
        let (in_full, listed) = blocks.split_at(in_full);

        let mut shown = String::new();
        let mut fix_before = "";
        for (n, block) in in_full.iter().enumerate() {
            let Some(first) = block.first() else { continue };
            shown += &self.messages(fired, block);
            shown += &excerpt(self.sources, first.at, &labels(block), &level(fired.severity), self.style);
            shown += &self.details(fired, block);
            if n == 0 {
                shown += &self.evidence(first);
            }
            if first.fix != fix_before {
                shown += &self.detail("fix", &first.fix);
                fix_before = &first.fix;
            }
            shown.push('\n');
        }
        if !listed.is_empty() {
            shown += &self.list(fired, listed);
        }
        shown
    }

    /// The messages of a block, each a finding's. Of infos about duties only the first is, as the duties' names say the rest.
    fn messages(&self, fired: &Fired<'_>, block: &[&Finding]) -> String {
        let lead = format!("{}[{}]: ", fired.severity.word(), fired.rule.name);
        let most = if names_duties_only(fired.severity, block) { 1 } else { MOST_LISTED };
        let mut shown = String::new();
        for finding in block.iter().take(most) {
            shown += &self.style.paragraph(&lead, color_of(fired.severity), &escape::one_line(&finding.message), BOLD);
        }
        if most > 1 && block.len() > most {
            shown += &format!("… and {} more at this place\n", block.len() - most);
        }
        shown
    }

    /// What stands under an excerpt before the evidence: the other duties of a block of infos, and the record's notes.
    fn details(&self, fired: &Fired<'_>, block: &[&Finding]) -> String {
        let mut shown = String::new();
        if block.len() > 1 && names_duties_only(fired.severity, block) {
            let duties: Vec<&str> = block.iter().skip(1).filter_map(|finding| finding.duty.as_deref()).collect();
            shown += &self.detail("also", &duties.join(", "));
        }
        let mut notes: Vec<&str> = block.iter().filter_map(|finding| finding.note.as_deref()).collect();
        notes.dedup();
        for note in notes.iter().take(MOST_NAMED) {
            shown += &self.detail("note", note);
        }
        shown
    }

    fn evidence(&self, finding: &Finding) -> String {
        let quotes = |stance: Stance| {
            let of_stance = finding.passages.iter().filter(move |(_, found)| *found == stance);
            of_stance.map(|(passage, _)| format!("\"{}\" — {}", passage.quote, citation(passage)))
        };
        let mut shown = String::new();
        for quote in quotes(Stance::Supports).take(MOST_QUOTED) {
            shown += &self.detail("why", &quote);
        }
        if shown.is_empty() {
            shown += &self.detail("why", finding.rule.why);
        }
        for quote in quotes(Stance::Dissents).take(1) {
            shown += &self.detail("but", &quote);
        }
        shown
    }

    fn detail(&self, label: &str, text: &str) -> String {
        self.style.paragraph(&format!("{label:>6}: "), BOLD, &escape::one_line(text), PLAIN)
    }

    /// The blocks that are not shown in full, one line each.
    fn list(&self, fired: &Fired<'_>, blocks: &[&[&Finding]]) -> String {
        let count = |blocks: &[&[&Finding]]| blocks.iter().map(|block| block.len()).sum::<usize>();
        let (listed, rest) = blocks.split_at(blocks.len().min(MOST_LISTED));

        let lead = format!("{}[{}]: ", fired.severity.word(), fired.rule.name);
        let mut shown = self.style.paragraph(&lead, color_of(fired.severity), &format!("{} more", count(blocks)), BOLD);
        let places: Vec<String> =
            listed.iter().filter_map(|block| block.first()).map(|first| place(self.sources, first.at)).collect();
        let widest = places.iter().map(|place| place.width()).max().unwrap_or(0);
        for (block, place) in listed.iter().zip(&places) {
            let Some((first, others)) = block.split_first() else { continue };
            let message = format!("{}{}", escape::one_line(&first.message), and(others));
            shown += &self.style.paragraph(&format!("  {place}{}  ", " ".repeat(widest - place.width())), PLAIN, &message, PLAIN);
        }
        if !rest.is_empty() {
            shown += &format!("  … and {} more; `--format json` lists all\n", count(rest));
        }
        shown + "\n"
    }

    /// One row per rule that fired.
    fn summary(&self, all: &[Fired<'_>]) -> String {
        let mut table = Table::new();
        table.load_style(SUMMARY).set_header(["severity", "rule", "findings", "where"]);
        table.set_content_arrangement(match self.style.width {
            Some(_) => ContentArrangement::Dynamic,
            None => ContentArrangement::Disabled,
        });
        if let Some(width) = self.style.width {
            table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
        }
        for fired in all {
            let count = Cell::new(fired.findings.len()).set_alignment(CellAlignment::Right);
            table.add_row([
                Cell::new(fired.severity.word()),
                Cell::new(fired.rule.name),
                count,
                Cell::new(subjects(&fired.findings)),
            ]);
        }
        // Only the places may be broken: names of rules are there to be copied.
        for column in table.column_iter_mut().take(3) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        let mut shown = String::new();
        for line in table.lines() {
            shown += &self.colored_row(line.trim_end());
            shown.push('\n');
        }
        shown
    }

    /// A line of the table, with its severity coloured where it begins with one.
    fn colored_row(&self, line: &str) -> String {
        let found = Severity::ALL.into_iter().find(|severity| line.trim_start().split(' ').next() == Some(severity.word()));
        found.map_or_else(
            || line.to_owned(),
            |severity| line.replacen(severity.word(), &self.style.painted(severity.word(), color_of(severity)), 1),
        )
    }

    fn closing(&self, report: &Report<'_>, all: &[Fired<'_>]) -> String {
        let mut shown = String::new();
        for remark in &report.remarks {
            shown += &self.style.paragraph("", PLAIN, &escape::one_line(remark), PLAIN);
        }
        let read = format!("{}, as of {}", super::extent(&report.read), report.as_of);
        let counts = match all.first() {
            Some(fired) => {
                shown += &format!("More about a rule: `roleaudit explain {}`\n", fired.rule.name);
                format!("{} in {read}", super::tally(report))
            }
            None => format!("No gaps found in {read}"),
        };
        shown + &self.style.paragraph("", PLAIN, &counts, BOLD)
    }
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    }
}

fn names_duties_only(severity: Severity, block: &[&Finding]) -> bool {
    severity == Severity::Info && block.iter().all(|finding| finding.duty.is_some())
}

/// The labels of all findings of a block, each once.
fn labels<'a>(block: &[&'a Finding]) -> Vec<&'a Label> {
    let mut labels: Vec<&Label> = Vec::new();
    for label in block.iter().flat_map(|finding| &finding.labels) {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

/// What a line of a list says about the findings at the same place: `; also backlog.order, scope.changes`.
fn and(findings: &[&Finding]) -> String {
    let duties: Vec<&str> = findings.iter().filter_map(|finding| finding.duty.as_deref()).collect();
    match findings.len() {
        0 => String::new(),
        all if duties.len() == all => format!("; also {}", named(&duties)),
        all => format!("; also {all} more at this place"),
    }
}

fn subjects(findings: &[&Finding]) -> String {
    let mut subjects: Vec<&str> = findings.iter().map(|finding| finding.subject.as_str()).collect();
    let mut seen = HashSet::new();
    subjects.retain(|subject| seen.insert(*subject));
    named(&subjects)
}

/// The first names, and the number of the others.
fn named(names: &[&str]) -> String {
    let mut shown = names.iter().take(MOST_NAMED).map(|name| escape::one_line(name)).collect::<Vec<_>>().join(", ");
    if names.len() > MOST_NAMED {
        shown += &format!(" + {} more", names.len() - MOST_NAMED);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::super::sample::{self, TEAM};
    use super::*;
    use crate::source::Source;

    const PLAIN_80: Style = Style { color: false, width: Some(80) };

    fn shown(report: &Report<'_>, style: Style) -> String {
        let mut out = Vec::new();
        text(report, &style, &mut out).expect("memory can be written");
        String::from_utf8(out).expect("it is text")
    }

    /// An organization of many products, each with so many unowned duties.
    fn many(products: usize, duties: &[&str]) -> (Sources, Vec<Finding>) {
        let names: Vec<String> = (100..100 + products).map(|n| format!("product-{n}")).collect();
        let text = format!("products:\n{}", names.iter().map(|name| format!("  {name}:\n")).collect::<String>());
        let sources = sample::one_file("team.yaml", &text);
        let of_product = |name: &String| {
            let found = duties.iter().map(|duty| sample::unowned(Severity::Error, sample::span(&sources, name), duty));
            found.map(|finding| Finding { subject: format!("products.{name}"), ..finding }).collect::<Vec<_>>()
        };
        let findings = names.iter().flat_map(of_product).collect();
        (sources, findings)
    }

    #[test]
    fn a_finding_reads_like_a_good_compilers_error() {
        let sources = sample::one_file("team.yaml", TEAM);
        let findings = sample::findings(&sources).into_iter().filter(|finding| finding.rule.name == "backlog-shared-owner");
        assert_eq!(
            shown(&sample::report(&sources, findings.collect()), PLAIN_80),
            r#"error[backlog-shared-owner]: the backlog of Checkout has two owners: Ann and Bob
  --> team.yaml:10:26
   |
 9 |     product: checkout
10 |     product-owner: [ann, bob]
   |                     ---  ^^^
   |                     |
   |                     also holds the seat
   |
   why: "As a Product Owner you are the sole person responsible for managing and
        ordering the product backlog." — 280 Group, Product Owner vs. Product
        Manager Exploration
   but: "However, the Product Owner remains accountable." — 280 Group, Product
        Owner vs. Product Manager Exploration
   fix: Keep one person as `product-owner` and list the other under `input` of
        backlog.order.

 severity   rule                   findings   where
────────────────────────────────────────────────────────────────
 error      backlog-shared-owner          1   backlogs.checkout

More about a rule: `roleaudit explain backlog-shared-owner`
1 error in 1 file: 1 product, 1 team, 2 people, as of 2026-11-21
"#
        );
    }

    #[test]
    fn findings_at_one_place_are_one_block() {
        let sources = sample::one_file("team.yaml", TEAM);
        let mut findings = sample::findings(&sources);
        findings.retain(|finding| finding.rule.name == "duty-unowned");
        findings[0].note = Some("the board\nasked in May".into());
        let shown = shown(&sample::report(&sources, findings), PLAIN_80);
        assert!(
            shown.starts_with(
                r#"error[duty-unowned]: nobody decides scope.changes for Checkout
error[duty-unowned]: nobody decides strategy.product for Checkout
 --> team.yaml:4:3
  |
3 | products:
4 |   checkout:
  |   ^^^^^^^^
5 |     name: Checkout
  |
  note: the board asked in May
   why: "Who approves major scope changes" — South, Product Owner vs. Product
        Manager, "When You May Need Both Roles"
   fix: Name one person under `responsibilities: scope.changes`.

info[duty-unowned]: nobody decides market.discovery for Checkout
 --> team.yaml:4:3
  |
3 | products:
4 |   checkout:
  |   ^^^^^^^^
5 |     name: Checkout
  |
  also: market.research, release.decision
   why:"#
            ),
            "{shown}"
        );
        assert!(shown.ends_with("2 errors, 3 infos in 1 file: 1 product, 1 team, 2 people, as of 2026-11-21\n"));
    }

    #[test]
    fn errors_come_before_what_is_above_them_in_the_file() {
        let sources = sample::one_file("team.yaml", TEAM);
        let findings = sample::findings(&sources);
        let shown = shown(&sample::report(&sources, findings), PLAIN_80);
        let order = ["error[duty-unowned]", "error[backlog-shared-owner]", "info[duty-unowned]"].map(|lead| shown.find(lead));
        assert!(order.is_sorted() && order[0].is_some(), "{shown}");
    }

    #[test]
    fn a_quote_is_printed_once_and_a_fix_where_it_differs() {
        let (sources, mut findings) = many(3, &["scope.changes"]);
        findings[2].fix = "Retire it.".into();
        let shown = shown(&sample::report(&sources, findings), PLAIN_80);
        assert_eq!(shown.matches("error[duty-unowned]: nobody").count(), 3);
        assert_eq!(shown.matches("why:").count(), 1);
        assert_eq!(shown.matches("fix:").count(), 2);
    }

    #[test]
    fn many_places_are_listed() {
        let (sources, findings) = many(5, &["backlog.order", "goal.product", "scope.changes", "value.maximize", "delivery.how"]);
        let shown = shown(&sample::report(&sources, findings), Style { color: false, width: None });
        assert!(
            shown.contains(
                r#"
error[duty-unowned]: 20 more
  team.yaml:3:3  nobody decides backlog.order for Checkout; also goal.product, scope.changes, value.maximize + 1 more
  team.yaml:4:3  nobody decides backlog.order for Checkout; also goal.product, scope.changes, value.maximize + 1 more
"#
            ),
            "{shown}"
        );
        assert!(shown.contains(
            " error      duty-unowned         25   products.product-100, products.product-101, products.product-102 + 2 more\n"
        ));
    }

    #[test]
    fn a_big_organization_does_not_drown() {
        let (sources, findings) = many(226, &["backlog.order"]);
        let shown = shown(&sample::report(&sources, findings), PLAIN_80);
        assert!(shown.contains("\n  … and 215 more; `--format json` lists all\n"), "{shown}");
        assert!(shown.lines().count() < 40, "{shown}");
        assert!(shown.contains("226 errors in 1 file"));
    }

    #[test]
    fn nothing_is_wider_than_the_terminal() {
        let (sources, findings) = many(12, &["backlog.order", "scope.changes"]);
        let wide: Vec<_> =
            findings.into_iter().map(|finding| Finding { message: finding.message.repeat(4), ..finding }).collect();
        for width in [60, 80, 100] {
            let shown = shown(&sample::report(&sources, wide.clone()), Style { color: false, width: Some(width) });
            let widest = shown.lines().max_by_key(|line| line.width()).unwrap_or("");
            assert!(widest.width() <= width, "{widest}");
        }
    }

    #[test]
    fn without_passages_the_rule_says_why() {
        let sources = sample::one_file("team.yaml", TEAM);
        let finding = Finding { passages: Vec::new(), ..sample::findings(&sources).remove(0) };
        let shown = shown(&sample::report(&sources, vec![finding]), PLAIN_80);
        assert!(shown.contains("\n   why: What nobody owns is left out.\n"), "{shown}");
    }

    #[test]
    fn a_clean_organization_is_told_so() {
        let sources = sample::one_file("team.yaml", TEAM);
        let mut report = sample::report(&sources, Vec::new());
        report.remarks.push("Ann decides alone when priorities of Checkout conflict.".into());
        assert_eq!(
            shown(&report, PLAIN_80),
            "Ann decides alone when priorities of Checkout conflict.\n\
             No gaps found in 1 file: 1 product, 1 team, 2 people, as of 2026-11-21\n"
        );
    }

    #[test]
    fn hostile_names_do_not_reach_the_terminal() {
        let hostile = sample::HOSTILE;
        let sources = Sources::new(vec![Source::new(format!("{hostile}.yaml"), format!("a: {hostile}\nb: {hostile}\n"))]);
        let mut finding = sample::shared(sample::span(&sources, hostile), sample::span(&sources, "\nb"));
        finding.message = hostile.into();
        finding.fix = hostile.into();
        finding.subject = hostile.into();
        finding.note = Some(hostile.into());
        finding.labels[0].text = hostile.into();
        let many = (0..9).map(|n| Finding { at: sources_place(&sources, n), duty: Some(hostile.into()), ..finding.clone() });
        let findings = many.flat_map(|finding| [finding.clone(), finding]).collect();
        let mut report = sample::report(&sources, findings);
        report.remarks.push(hostile.into());
        for color in [false, true] {
            for width in [None, Some(80), Some(10)] {
                sample::assert_harmless(&shown(&report, Style { color, width }));
            }
        }
        assert!(!shown(&report, PLAIN_80).contains('\u{1b}'));
    }

    fn sources_place(sources: &Sources, start: usize) -> crate::source::Span {
        sample::span_at(sample::span(sources, "a").file, start, start + 1)
    }
}
