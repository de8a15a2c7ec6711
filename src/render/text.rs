//! Findings for the terminal, each like a good compiler's error, then a summary.

use super::{BOLD, DIM, Fired, PLAIN, Style, citation, color_of, escape, excerpt::excerpt, place};
use crate::accept;
use crate::catalogue::{Passage, Stance};
use crate::finding::{Acceptance, Finding, Label, Severity};
use crate::report::Report;
use crate::source::Sources;
use annotate_snippets::Level;
use comfy_table::{Cell, CellAlignment};
use std::collections::HashSet;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Places of one section that are shown in full; with more, only the first is, and the others are listed.
const MOST_IN_FULL: usize = 5;
/// Lines of a list, before the rest is only counted.
const MOST_LISTED: usize = 10;
/// Names in a line, before the rest is only counted.
const MOST_NAMED: usize = 3;
/// Passages quoted for a rule.
const MOST_QUOTED: usize = 2;

/// Writes the findings with their places, evidence and fixes, those that were accepted in short, then a table of the rules that fired and a line with the counts.
pub fn text(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let page = Page { sources: report.sources, style };
    for findings in sections(report) {
        out.write_all(page.section(&findings).as_bytes())?;
    }
    out.write_all(page.accepted(report).as_bytes())?;
    let all = super::by_rule(report);
    if !all.is_empty() {
        out.write_all(page.summary(&all).as_bytes())?;
        out.write_all(b"\n")?;
    }
    out.write_all(page.closing(report, &all).as_bytes())
}

/// The findings of each rule, and those of vacant seats whatever their rule: filling the seat closes them all. The section with the
/// most severe finding comes first, then the one that begins first in the files.
fn sections<'a>(report: &'a Report<'_>) -> Vec<Vec<&'a Finding>> {
    let key = |finding: &Finding| if finding.of_vacant_seat { "" } else { finding.rule.name };
    let mut sections: Vec<Vec<&Finding>> = Vec::new();
    for finding in report.counting() {
        match sections.iter_mut().find(|section| section.first().is_some_and(|first| key(first) == key(finding))) {
            Some(section) => section.push(finding),
            None => sections.push(vec![finding]),
        }
    }
    sections.sort_by_key(|section| std::cmp::Reverse(most_severe(section)));
    sections
}

fn most_severe(findings: &[&Finding]) -> Option<Severity> {
    findings.iter().map(|finding| finding.severity).max()
}

/// The findings of a section at one place, the most severe first.
fn blocks<'a>(findings: &[&'a Finding]) -> Vec<Vec<&'a Finding>> {
    let at_one_place = findings.chunk_by(|a, b| a.at == b.at);
    let mut blocks: Vec<Vec<&Finding>> = at_one_place.map(<[&Finding]>::to_vec).collect();
    for block in &mut blocks {
        block.sort_by_cached_key(|finding| (std::cmp::Reverse(finding.severity), finding.rule.name, sentence(finding)));
    }
    blocks.sort_by_key(|block| std::cmp::Reverse(most_severe(block)));
    blocks
}

struct Page<'a> {
    sources: &'a Sources,
    style: &'a Style,
}

impl Page<'_> {
    /// All findings of one section. Those at one place are one block.
    fn section(&self, findings: &[&Finding]) -> String {
        let blocks = blocks(findings);
        let in_full = if blocks.len() > MOST_IN_FULL { 1 } else { blocks.len() };
        let (in_full, listed) = blocks.split_at(in_full);

        let mut shown = String::new();
        let mut fixed: Vec<&str> = Vec::new();
        for (n, block) in in_full.iter().enumerate() {
            let Some(first) = block.first() else { continue };
            shown += &self.messages(block);
            shown += &excerpt(self.sources, first.at, &labels(block), &level(first.severity), self.style);
            shown += &self.notes(block);
            if n == 0 {
                shown += &self.evidence(block);
            }
            shown += &self.fixes(block, &mut fixed);
            shown += &self.offer(block);
            shown.push('\n');
        }
        for of_severity in listed.chunk_by(|a, b| most_severe(a) == most_severe(b)) {
            shown += &self.list(of_severity);
        }
        shown
    }

    /// The messages of a block. Where more findings of one severity differ in their duties only, one line names them all.
    fn messages(&self, block: &[&Finding]) -> String {
        let mut shown = String::new();
        for findings in
            block.chunk_by(|a, b| a.severity == b.severity && a.rule.name == b.rule.name && sentence(a) == sentence(b))
        {
            let Some((first, others)) = findings.split_first() else { continue };
            let in_one_line = others.len() > 1 || first.severity == Severity::Info;
            if in_one_line && others.iter().all(|finding| finding.duty.is_some()) {
                shown += &self.message(first, &and(first, others, usize::MAX));
                continue;
            }
            for finding in findings.iter().take(MOST_LISTED) {
                shown += &self.message(finding, "");
            }
            if findings.len() > MOST_LISTED {
                shown += &format!("… and {} more at this place\n", findings.len() - MOST_LISTED);
            }
        }
        shown
    }

    fn message(&self, finding: &Finding, and: &str) -> String {
        let lead = format!("{}[{}]: ", finding.severity.word(), finding.rule.name);
        let message = format!("{}{and}", escape::one_line(&finding.message));
        self.style.paragraph(&lead, color_of(finding.severity), &message, BOLD)
    }

    /// What the records themselves say.
    fn notes(&self, block: &[&Finding]) -> String {
        let mut notes: Vec<&str> = block.iter().filter_map(|finding| finding.note.as_deref()).collect();
        notes.dedup();
        notes.iter().take(MOST_NAMED).map(|note| self.detail("note", note)).collect()
    }

    /// The passages behind a block: of several findings, the first passage of each.
    fn evidence(&self, block: &[&Finding]) -> String {
        let mut shown = String::new();
        for passage in quoted(block, Stance::Supports, MOST_QUOTED) {
            shown += &self.detail("why", &quote(passage));
        }
        if let (true, Some(first)) = (shown.is_empty(), block.first()) {
            shown += &self.detail("why", first.rule.why);
        }
        for passage in quoted(block, Stance::Dissents, 1) {
            shown += &self.detail("but", &quote(passage));
        }
        shown
    }

    /// What to write instead, unless it was said for this rule already.
    fn fixes<'f>(&self, block: &[&'f Finding], said: &mut Vec<&'f str>) -> String {
        let mut fixes: Vec<&str> = block.iter().map(|finding| finding.fix.as_str()).collect();
        fixes.retain(|fix| {
            let is_new = !said.contains(fix);
            said.push(fix);
            is_new
        });
        // One line that counts a single one is no shorter than that one.
        let most = if fixes.len() == MOST_NAMED + 1 { fixes.len() } else { MOST_NAMED };
        let mut shown: String = fixes.iter().take(most).map(|fix| self.detail("fix", fix)).collect();
        if fixes.len() > most {
            shown += &self.detail("fix", &format!("… likewise for {} more", fixes.len() - most));
        }
        shown
    }

    /// The entry to paste for a risk that is taken knowingly. What a terminal must not see as it is cannot be pasted.
    fn offer(&self, block: &[&Finding]) -> String {
        if most_severe(block) <= Some(Severity::Info) {
            return String::new();
        }
        let entry = accept::entry(block).filter(|entry| escape::one_line(entry) == entry.as_str());
        entry.map(|entry| self.style.paragraph("accept: ", DIM, &entry, DIM)).unwrap_or_default()
    }

    /// The accepted findings: what, where and why. Those of one rule and reason at one place are one.
    fn accepted(&self, report: &Report<'_>) -> String {
        let all: Vec<(&Finding, &Acceptance)> = report.accepted().collect();
        let blocks: Vec<&[(&Finding, &Acceptance)]> =
            all.chunk_by(|(a, of_a), (b, of_b)| (a.at, a.rule.name, of_a) == (b.at, b.rule.name, of_b)).collect();
        let mut shown = String::new();
        for block in blocks.iter().take(MOST_LISTED) {
            let findings: Vec<&Finding> = block.iter().map(|(finding, _)| *finding).collect();
            let (Some((first, others)), Some((_, acceptance))) = (findings.split_first(), block.first()) else { continue };
            let message = format!("{}{}", escape::one_line(&first.message), and(first, others, MOST_NAMED));
            shown += &self.style.paragraph(&format!("accepted[{}]: ", first.rule.name), BOLD, &message, PLAIN);
            shown += &self.style.paragraph("     --> ", PLAIN, &place(self.sources, first.at), PLAIN);
            shown += &self.detail("because", &super::reason(acceptance));
            shown.push('\n');
        }
        let rest: usize = blocks.iter().skip(MOST_LISTED).map(|block| block.len()).sum();
        if rest > 0 {
            shown += &format!("… and {rest} more accepted; `--format json` lists all\n\n");
        }
        shown
    }

    fn detail(&self, label: &str, text: &str) -> String {
        self.style.paragraph(&format!("{label:>6}: "), BOLD, &escape::one_line(text), PLAIN)
    }

    /// The blocks that are not shown in full, one line each.
    fn list(&self, blocks: &[Vec<&Finding>]) -> String {
        let Some(first) = blocks.first().and_then(|block| block.first()) else { return String::new() };
        let count = |blocks: &[Vec<&Finding>]| blocks.iter().map(Vec::len).sum::<usize>();
        let (listed, rest) = blocks.split_at(blocks.len().min(MOST_LISTED));

        let lead = format!("{}[{}]: ", first.severity.word(), first.rule.name);
        let mut shown = self.style.paragraph(&lead, color_of(first.severity), &format!("{} more", count(blocks)), BOLD);
        let places: Vec<String> =
            listed.iter().filter_map(|block| block.first()).map(|first| place(self.sources, first.at)).collect();
        let widest = places.iter().map(|place| place.width()).max().unwrap_or(0);
        for (block, place) in listed.iter().zip(&places) {
            let Some((first, others)) = block.split_first() else { continue };
            let message = format!("{}{}", escape::one_line(&first.message), and(first, others, MOST_NAMED));
            shown += &self.style.paragraph(&format!("  {place}{}  ", " ".repeat(widest - place.width())), PLAIN, &message, PLAIN);
        }
        if !rest.is_empty() {
            shown += &format!("  … and {} more; `--format json` lists all\n", count(rest));
        }
        shown + "\n"
    }

    /// One row per rule that fired.
    fn summary(&self, all: &[Fired<'_>]) -> String {
        let rows = all.iter().map(|fired| {
            let count = Cell::new(fired.findings.len()).set_alignment(CellAlignment::Right);
            [Cell::new(fired.severity.word()), Cell::new(fired.rule.name), count, Cell::new(subjects(&fired.findings))]
        });
        self.style.table(["severity", "rule", "findings", "where"], rows)
    }

    fn closing(&self, report: &Report<'_>, all: &[Fired<'_>]) -> String {
        let mut shown = String::new();
        for remark in &report.remarks {
            shown += &self.style.paragraph("", PLAIN, &escape::one_line(remark), PLAIN);
        }
        let read = format!("{}, as of {}", super::extent(&report.read), report.as_of);
        if let Some(fired) = all.first() {
            shown += &format!("More about a rule: `roleaudit explain {}`\n", fired.rule.name);
        }
        let mut counts = format!("{} in {read}", super::tally(report));
        if let Some(first) = counts.get_mut(..1) {
            first.make_ascii_uppercase();
        }
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

/// The passages of one stance: all of a single finding's, of several findings the first of each; each once.
fn quoted(block: &[&Finding], wanted: Stance, most: usize) -> Vec<&'static Passage> {
    let each = if block.len() > 1 { 1 } else { most };
    let of_finding = |finding: &&Finding| {
        let of_stance = finding.passages.iter().filter(move |(_, stance)| *stance == wanted);
        of_stance.map(|(passage, _)| *passage).take(each).collect::<Vec<_>>()
    };
    let mut quoted: Vec<&'static Passage> = Vec::new();
    for passage in block.iter().flat_map(of_finding) {
        if quoted.iter().all(|known| known.id != passage.id) {
            quoted.push(passage);
        }
    }
    quoted.truncate(most);
    quoted
}

fn quote(passage: &Passage) -> String {
    format!("\"{}\" — {}", passage.quote, citation(passage))
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

/// What a line says about further findings at the same place: `; also backlog.order, scope.changes`. Only duties of which the same
/// sentence holds are named.
fn and(first: &Finding, others: &[&Finding], most: usize) -> String {
    let same = others.iter().filter(|other| sentence(other) == sentence(first));
    let duties: Vec<&str> = same.filter_map(|finding| finding.duty.as_deref()).collect();
    let rest = others.len() - duties.len();
    let named = if duties.is_empty() { String::new() } else { format!("; {} {}", first.also, named(&duties, most)) };
    if rest == 0 { named } else { format!("{named}; and {rest} more at this place") }
}

/// The message of a finding without its duty: findings of one sentence differ in their duties only.
fn sentence(finding: &Finding) -> String {
    let duty = finding.duty.as_deref().unwrap_or_default();
    if duty.is_empty() { finding.message.clone() } else { finding.message.replacen(duty, "", 1) }
}

fn subjects(findings: &[&Finding]) -> String {
    let mut subjects: Vec<&str> = findings.iter().map(|finding| finding.subject.as_str()).collect();
    let mut seen = HashSet::new();
    subjects.retain(|subject| seen.insert(*subject));
    named(&subjects, MOST_NAMED)
}

/// The first names, and the number of the others.
fn named(names: &[&str], most: usize) -> String {
    let mut shown = names.iter().take(most).map(|name| escape::one_line(name)).collect::<Vec<_>>().join(", ");
    if names.len() > most {
        shown += &format!(" + {} more", names.len() - most);
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
accept: - {rule: backlog-shared-owner, at: backlogs.checkout, because: …}

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
info[duty-unowned]: nobody decides market.discovery for Checkout; also
                    market.research, release.decision
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
   fix: Name one person under `responsibilities: strategy.product`.
   fix: Name one person under `responsibilities: market.discovery`.
   fix: … likewise for 2 more
accept: - {rule: duty-unowned, at: products.checkout, because: …}
"#
            ),
            "{shown}"
        );
        assert!(shown.ends_with("2 errors, 3 infos in 1 file: 1 product, 1 team, 2 people, as of 2026-11-21\n"));
    }

    #[test]
    fn errors_come_before_what_is_above_them_in_the_file() {
        let sources = sample::one_file("team.yaml", TEAM);
        let mut findings = sample::findings(&sources);
        findings.retain(|finding| finding.severity == Severity::Info || finding.rule.name == "backlog-shared-owner");
        let shown = shown(&sample::report(&sources, findings), PLAIN_80);
        let order = ["error[backlog-shared-owner]", "info[duty-unowned]"].map(|lead| shown.find(lead));
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
        let (sources, findings) = many(7, &["backlog.order", "goal.product", "scope.changes", "value.maximize", "delivery.how"]);
        let shown = shown(&sample::report(&sources, findings), Style { color: false, width: None });
        assert!(
            shown.contains(
                r#"
error[duty-unowned]: 30 more
  team.yaml:3:3  nobody decides backlog.order for Checkout; also goal.product, scope.changes, value.maximize + 1 more
  team.yaml:4:3  nobody decides backlog.order for Checkout; also goal.product, scope.changes, value.maximize + 1 more
"#
            ),
            "{shown}"
        );
        assert!(shown.contains(
            " error      duty-unowned         35   products.product-100, products.product-101, products.product-102 + 4 more\n"
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
    fn accepted_findings_come_last_in_short_and_do_not_count() {
        let sources = sample::one_file("team.yaml", TEAM);
        let mut findings = sample::findings(&sources);
        for finding in findings.iter_mut().filter(|finding| finding.rule.name == "duty-unowned") {
            finding.accepted = Some(sample::acceptance("The board decides in May who takes this over", "Kim"));
        }
        let shown = shown(&sample::report(&sources, findings), PLAIN_80);
        let (counting, rest) = shown.split_once("\naccepted[duty-unowned]").expect("what was accepted is shown");
        assert!(counting.starts_with("error[backlog-shared-owner]") && !counting.contains("duty-unowned"), "{counting}");
        assert_eq!(
            rest,
            r#": nobody decides scope.changes for Checkout; also
                        strategy.product, market.discovery, market.research + 1
                        more
     --> team.yaml:4:3
because: The board decides in May who takes this over (by Kim, until 2027-02-28)

 severity   rule                   findings   where
────────────────────────────────────────────────────────────────
 error      backlog-shared-owner          1   backlogs.checkout

More about a rule: `roleaudit explain backlog-shared-owner`
1 error, 5 accepted in 1 file: 1 product, 1 team, 2 people, as of 2026-11-21
"#
        );
    }

    #[test]
    fn where_all_is_accepted_nothing_counts() {
        let (sources, mut findings) = many(40, &["backlog.order"]);
        for finding in &mut findings {
            finding.accepted = Some(sample::acceptance("Teams start in May", "Kim"));
        }
        let shown = shown(&sample::report(&sources, findings), PLAIN_80);
        assert!(
            shown.ends_with(
                "\n… and 30 more accepted; `--format json` lists all\n\n\
                 No gaps found beside 40 accepted in 1 file: 1 product, 1 team, 2 people, as of\n2026-11-21\n"
            ),
            "{shown}"
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
        let mut taken = finding.clone();
        taken.accepted = Some(sample::acceptance(hostile, hostile));
        let many = (0..9).map(|n| Finding { at: sources_place(&sources, n), duty: Some(hostile.into()), ..finding.clone() });
        let findings = many.flat_map(|finding| [finding.clone(), finding]).chain([taken]).collect();
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
