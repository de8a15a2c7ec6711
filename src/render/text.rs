//! Findings for the terminal, each like a good compiler's error, then a summary.

use super::{BOLD, DIM, Fired, NARROWEST_TABLE, PLAIN, Style, citation, color_of, counted, escape, excerpt::excerpt, place};
use crate::accept;
use crate::catalogue::Stance;
use crate::finding::{Acceptance, Finding, Label, Severity};
use crate::report::Report;
use annotate_snippets::Level;
use comfy_table::{Cell, CellAlignment};
use std::cmp::Reverse;
use std::collections::HashSet;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Places of one rule that are shown in full; with more, only the first is, and the others are listed.
const MOST_IN_FULL: usize = 5;
/// Lines of a list, before the rest is only counted.
const MOST_LISTED: usize = 10;
/// Names in a line, before the rest is only counted.
const MOST_NAMED: usize = 3;
/// Names in a cell of the summary, before the rest is only counted.
const MOST_IN_CELL: usize = 1;
/// Passages quoted for several findings of one rule at one place.
const MOST_QUOTED: usize = 2;
/// Fixes of one rule at one place, before the rest is only counted.
const MOST_FIXES: usize = 2;

/// Writes the findings with their places, evidence and fixes, those that were accepted in short, then a table of the rules that fired
/// and a line with the counts.
pub fn text(report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let out = &mut escape::Log::new(out);
    let mut page = Page { report, style, said: HashSet::new() };
    for findings in sections(report) {
        out.write_all(page.section(&findings).as_bytes())?;
    }
    out.write_all(page.accepted().as_bytes())?;
    let all = super::by_rule(report);
    if !all.is_empty() {
        out.write_all(page.summary(&all).as_bytes())?;
        out.write_all(b"\n")?;
    }
    out.write_all(page.closing(&all).as_bytes())
}

/// What is shown together: all that was found at one place; of a rule that fires at many places, what it found at all of them. The
/// section with the most severe finding comes first, then the one that begins first in the files.
fn sections<'a>(report: &'a Report<'_>) -> Vec<Vec<&'a Finding>> {
    let has_many_places = |findings: &Vec<&Finding>| findings.chunk_by(|a, b| a.at == b.at).nth(MOST_IN_FULL).is_some();
    let (mut sections, few): (Vec<_>, Vec<_>) = by_cause(report.counting()).into_iter().partition(has_many_places);
    let mut few = few.concat();
    few.sort_by_key(|finding| finding.at);
    sections.extend(few.chunk_by(|a, b| a.at == b.at).map(<[&Finding]>::to_vec));
    sections.sort_by_key(|section| (Reverse(most_severe(section)), section.first().map(|first| first.at)));
    sections
}

/// The findings of each rule, and those of vacant seats whatever their rule: filling the seat closes them all.
fn by_cause<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Vec<Vec<&'a Finding>> {
    let key = |finding: &Finding| if finding.of_vacant_seat { "" } else { finding.rule.name };
    let mut causes: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        match causes.iter_mut().find(|cause| cause.first().is_some_and(|first| key(first) == key(finding))) {
            Some(cause) => cause.push(finding),
            None => causes.push(vec![finding]),
        }
    }
    causes
}

fn most_severe(findings: &[&Finding]) -> Option<Severity> {
    findings.iter().map(|finding| finding.severity).max()
}

/// The findings of a section at one place, the most severe first.
fn blocks<'a>(findings: &[&'a Finding]) -> Vec<Vec<&'a Finding>> {
    let at_one_place = findings.chunk_by(|a, b| a.at == b.at);
    let mut blocks: Vec<Vec<&Finding>> = at_one_place.map(<[&Finding]>::to_vec).collect();
    for block in &mut blocks {
        block.sort_by_cached_key(|finding| (Reverse(finding.severity), finding.rule.name, finding.sentence()));
    }
    blocks.sort_by_key(|block| Reverse(most_severe(block)));
    blocks
}

struct Page<'a> {
    report: &'a Report<'a>,
    style: &'a Style,
    /// What was quoted for which rule.
    said: HashSet<(&'static str, &'static str)>,
}

impl Page<'_> {
    /// All findings of one section. Those at one place are one block.
    fn section(&mut self, findings: &[&Finding]) -> String {
        let blocks = blocks(findings);
        let in_full = if blocks.len() > MOST_IN_FULL { 1 } else { blocks.len() };
        let (in_full, listed) = blocks.split_at(in_full);

        let mut shown = String::new();
        for block in in_full {
            let Some(first) = block.first() else { continue };
            shown += &self.messages(block);
            let context = usize::from(first.severity > Severity::Info);
            shown += &excerpt(self.report.sources, first.at, &labels(block), context, &level(first.severity), self.style);
            shown += &self.notes(block);
            shown += &self.advice(block);
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
            block.chunk_by(|a, b| a.severity == b.severity && a.rule.name == b.rule.name && a.sentence() == b.sentence())
        {
            let Some((first, others)) = findings.split_first() else { continue };
            if others.iter().all(|finding| finding.duty.is_some()) {
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
        self.style.message(&lead, color_of(finding.severity), &message, BOLD)
    }

    /// What the records themselves say.
    fn notes(&self, block: &[&Finding]) -> String {
        let mut notes: Vec<&str> = block.iter().filter_map(|finding| finding.note.as_deref()).collect();
        notes.dedup();
        notes.iter().take(MOST_NAMED).map(|note| self.detail("note", note)).collect()
    }

    /// The passages behind a block and what to write instead, rule by rule; nothing is said twice.
    fn advice(&mut self, block: &[&Finding]) -> String {
        let mut shown = String::new();
        let mut fixed: Vec<&str> = Vec::new();
        for findings in by_cause(block.iter().copied()) {
            for text in self.quotes(&findings, Stance::Supports, MOST_QUOTED, block) {
                shown += &self.detail("why", &text);
            }
            for text in self.quotes(&findings, Stance::Dissents, 1, block) {
                shown += &self.detail("but", &text);
            }
            let mut fixes: Vec<&str> = Vec::new();
            for finding in &findings {
                let is_part =
                    block.iter().any(|other| other.fix.len() > finding.fix.len() && other.fix.starts_with(&finding.fix));
                if !is_part && !fixed.contains(&finding.fix.as_str()) {
                    fixed.push(&finding.fix);
                    fixes.push(&finding.fix);
                }
            }
            let most = at_most(MOST_FIXES, fixes.len());
            shown.extend(fixes.iter().take(most).map(|fix| self.detail("fix", fix)));
            if fixes.len() > most {
                shown += &self.detail("fix", &format!("… likewise for {} more", fixes.len() - most));
            }
        }
        shown
    }

    /// The first passage of one stance of each finding, unless it was quoted for its rule or in this block. A rule that no passage
    /// supports speaks for itself; what is only worth knowing is not argued for.
    fn quotes(&mut self, findings: &[&Finding], wanted: Stance, most: usize, block: &[&Finding]) -> Vec<String> {
        let mut quotes = Vec::new();
        for finding in findings.iter().filter(|finding| finding.severity > Severity::Info) {
            let passage = finding.passages.iter().find(|(_, stance)| *stance == wanted).map(|(passage, _)| *passage);
            let (key, text) = match passage {
                Some(passage) => (passage.quote, format!("\"{}\" — {}", passage.quote, citation(passage))),
                None if wanted == Stance::Supports => (finding.rule.why, finding.rule.why.to_owned()),
                None => continue,
            };
            if quotes.len() < most && !self.said.contains(&(finding.rule.name, key)) {
                self.said.extend(block.iter().map(|other| (other.rule.name, key)));
                quotes.push(text);
            }
        }
        quotes
    }

    /// The entry to paste for a risk that is taken knowingly, where a block is about one rule and subject: a list of entries would hide
    /// what matters. What a terminal must not see as it is cannot be pasted.
    fn offer(&self, block: &[&Finding]) -> String {
        if most_severe(block) <= Some(Severity::Info) {
            return String::new();
        }
        let entry = accept::entry(block, self.report.counting()).filter(|entry| escape::one_line(entry) == entry.as_str());
        entry.map(|entry| self.style.paragraph("accept: ", DIM, &entry, DIM)).unwrap_or_default()
    }

    /// The accepted findings: what, where and why. Those of one rule and reason at one place are one.
    fn accepted(&self) -> String {
        let all: Vec<(&Finding, &Acceptance)> = self.report.accepted().collect();
        let blocks: Vec<&[(&Finding, &Acceptance)]> =
            all.chunk_by(|(a, of_a), (b, of_b)| (a.at, a.rule.name, of_a) == (b.at, b.rule.name, of_b)).collect();
        let mut shown = String::new();
        for block in blocks.iter().take(MOST_LISTED) {
            let findings: Vec<&Finding> = block.iter().map(|(finding, _)| *finding).collect();
            let (Some((first, others)), Some((_, acceptance))) = (findings.split_first(), block.first()) else { continue };
            let message = format!("{}{}", escape::one_line(&first.message), and(first, others, MOST_NAMED));
            shown += &self.style.message(&format!("accepted[{}]: ", first.rule.name), BOLD, &message, PLAIN);
            shown += &self.style.paragraph("     --> ", PLAIN, &place(self.report.sources, first.at), PLAIN);
            shown += &self.detail("because", &super::reason(acceptance));
            shown.push('\n');
        }
        let rest: usize = blocks.iter().skip(MOST_LISTED).map(|block| block.len()).sum();
        if rest > 0 {
            let text = format!("… and {rest} more accepted; `--format json` lists all");
            shown += &self.style.paragraph("", PLAIN, &text, PLAIN);
            shown.push('\n');
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
        let mut shown = self.style.message(&lead, color_of(first.severity), &format!("{} more", count(blocks)), BOLD);
        let places: Vec<String> =
            listed.iter().filter_map(|block| block.first()).map(|first| place(self.report.sources, first.at)).collect();
        let widest = places.iter().map(|place| place.width()).max().unwrap_or(0);
        for (block, place) in listed.iter().zip(&places) {
            let Some((first, others)) = block.split_first() else { continue };
            let message = format!("{}{}", escape::one_line(&first.message), and(first, others, MOST_NAMED));
            shown += &self.style.paragraph(&format!("  {place}{}  ", " ".repeat(widest - place.width())), PLAIN, &message, PLAIN);
        }
        if !rest.is_empty() {
            let text = format!("… and {} more; `--format json` lists all", count(rest));
            shown += &self.style.paragraph("  ", PLAIN, &text, PLAIN);
        }
        shown + "\n"
    }

    /// One row per rule and severity that fired.
    fn summary(&self, all: &[Fired<'_>]) -> String {
        if self.style.width.is_some_and(|width| width < NARROWEST_TABLE) {
            let paragraph = |fired: &Fired<'_>| {
                let lead = format!("{} {}: ", fired.severity.word(), fired.rule.name);
                let text = format!("{} in {}", counted(fired.findings.len(), "finding"), subjects(&fired.findings));
                self.style.message(&lead, color_of(fired.severity), &text, PLAIN)
            };
            return all.iter().map(paragraph).collect();
        }
        let rows = all.iter().map(|fired| {
            let count = Cell::new(fired.findings.len()).set_alignment(CellAlignment::Right);
            [Cell::new(fired.severity.word()), Cell::new(fired.rule.name), count, Cell::new(subjects(&fired.findings))]
        });
        self.style.table(["severity", "rule", "findings", "where"], rows)
    }

    fn closing(&self, all: &[Fired<'_>]) -> String {
        let report = self.report;
        let mut shown = String::new();
        for remark in &report.remarks {
            shown += &self.style.paragraph("", PLAIN, &escape::one_line(remark), PLAIN);
        }
        let read = format!("{}, as of {}", super::extent(&report.read), report.as_of);
        if let Some(fired) = all.first() {
            // A command that is broken in two cannot be copied.
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
    let same = others.iter().filter(|other| other.sentence() == first.sentence());
    let duties: Vec<&str> = same.filter_map(|finding| finding.duty.as_deref()).collect();
    let rest = others.len() - duties.len();
    let named = if duties.is_empty() { String::new() } else { format!("; {} {}", first.also, named(&duties, most)) };
    if rest == 0 { named } else { format!("{named}; and {rest} more at this place") }
}

fn subjects(findings: &[&Finding]) -> String {
    let mut subjects: Vec<&str> = findings.iter().map(|finding| finding.subject.as_str()).collect();
    let mut seen = HashSet::new();
    subjects.retain(|subject| seen.insert(*subject));
    named(&subjects, MOST_IN_CELL)
}

/// How many of `all` are shown before the rest is counted: counting a single one would be no shorter than that one.
fn at_most(most: usize, all: usize) -> usize {
    if all.saturating_sub(most) == 1 { all } else { most }
}

/// The first names, and the number of the others.
fn named(names: &[&str], most: usize) -> String {
    let most = at_most(most, names.len());
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
    use crate::source::{Source, Sources};

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
                r#"error[duty-unowned]: nobody decides scope.changes for Checkout; also
    strategy.product
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
   fix: … likewise for 3 more
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
    fn what_several_rules_find_at_one_place_is_one_block() {
        let sources = sample::one_file("team.yaml", TEAM);
        let at = sample::span(&sources, "checkout");
        let shared = Finding { labels: Vec::new(), ..sample::shared(at, at) };
        let contested = Finding { rule: &sample::CONTESTED, fix: "Keep one name.".into(), ..shared.clone() };
        let unowned = ["scope.changes", "value.maximize"].map(|duty| sample::unowned(Severity::Info, at, duty));
        let findings = unowned.into_iter().chain([Finding { severity: Severity::Warning, ..shared }, contested]);
        let shown = shown(&sample::report(&sources, findings.collect()), PLAIN_80);
        assert!(
            shown.starts_with(
                r#"error[duty-contested]: the backlog of Checkout has two owners: Ann and Bob
warning[backlog-shared-owner]: the backlog of Checkout has two owners: Ann and
    Bob
info[duty-unowned]: nobody decides scope.changes for Checkout; also
    value.maximize
 --> team.yaml:4:3
  |
3 | products:
4 |   checkout:
  |   ^^^^^^^^
5 |     name: Checkout
  |
   why: "As a Product Owner you are the sole person responsible for managing and
        ordering the product backlog." — 280 Group, Product Owner vs. Product
        Manager Exploration
   but: "However, the Product Owner remains accountable." — 280 Group, Product
        Owner vs. Product Manager Exploration
   fix: Keep one name.
   fix: Keep one person as `product-owner` and list the other under `input` of
        backlog.order.
   fix: Name one person under `responsibilities: scope.changes`.
   fix: Name one person under `responsibilities: value.maximize`.

"#
            ),
            "{shown}"
        );
    }

    #[test]
    fn what_is_only_worth_knowing_is_short() {
        let sources = sample::one_file("team.yaml", TEAM);
        let info = sample::unowned(Severity::Info, sample::span(&sources, "checkout"), "scope.changes");
        let shown = shown(&sample::report(&sources, vec![info]), PLAIN_80);
        assert!(
            shown.starts_with(
                "info[duty-unowned]: nobody decides scope.changes for Checkout
 --> team.yaml:4:3
  |
4 |   checkout:
  |   ^^^^^^^^
  |
   fix: Name one person under `responsibilities: scope.changes`.

"
            ),
            "{shown}"
        );
    }

    #[test]
    fn a_passage_is_quoted_once_for_a_rule() {
        let (sources, mut findings) = many(3, &["scope.changes"]);
        findings[2].passages.insert(0, (&sample::SOLE, Stance::Supports));
        let shown = shown(&sample::report(&sources, findings), PLAIN_80);
        assert_eq!(shown.matches("error[duty-unowned]: nobody").count(), 3);
        assert_eq!(shown.matches("fix:").count(), 3);
        let whys: Vec<&str> = shown.split("why: ").skip(1).filter_map(|why| why.split(' ').next()).collect();
        assert_eq!(whys, ["\"Who", "\"As"]);
    }

    #[test]
    fn what_another_fix_begins_with_is_not_said_twice() {
        let sources = sample::one_file("team.yaml", TEAM);
        let mut findings = sample::findings(&sources);
        findings.truncate(2);
        findings[0].fix = "Fill the seat.".into();
        findings[1].fix = "Fill the seat. Or let somebody else decide.".into();
        let shown = shown(&sample::report(&sources, findings), PLAIN_80);
        assert!(shown.contains("\n   fix: Fill the seat. Or let somebody else decide.\naccept: "), "{shown}");
        assert_eq!(shown.matches("fix:").count(), 1);
    }

    #[test]
    fn an_offered_entry_accepts_nothing_that_is_not_in_the_block() {
        let sources = sample::one_file("team.yaml", TEAM);
        let [one, other] = ["checkout", "name"].map(|words| sample::span(&sources, words));
        let places = [(one, "scope.changes"), (one, "strategy.product"), (other, "value.maximize")];
        let findings = places.map(|(at, duty)| sample::unowned(Severity::Error, at, duty)).to_vec();
        let offers = |findings| {
            let shown = shown(&sample::report(&sources, findings), Style { color: false, width: None });
            let offers =
                shown.lines().filter_map(|line| line.strip_prefix("accept: - {rule: duty-unowned, at: products.checkout, "));
            offers.map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(offers(findings[..2].to_vec()), ["because: …}"]);
        assert_eq!(offers(findings), ["duty: scope.changes, because: …}", "duty: value.maximize, because: …}"]);
    }

    #[test]
    fn many_places_are_listed() {
        let (sources, findings) =
            many(7, &["backlog.order", "goal.product", "scope.changes", "value.maximize", "delivery.how", "delivery.sprint"]);
        let shown = shown(&sample::report(&sources, findings), Style { color: false, width: None });
        assert!(
            shown.contains(
                r#"
error[duty-unowned]: 36 more
  team.yaml:3:3  nobody decides backlog.order for Checkout; also goal.product, scope.changes, value.maximize + 2 more
  team.yaml:4:3  nobody decides backlog.order for Checkout; also goal.product, scope.changes, value.maximize + 2 more
"#
            ),
            "{shown}"
        );
        assert!(shown.contains(" error      duty-unowned         42   products.product-100 + 6 more\n"));
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
        for width in [40, 60, 80, 100] {
            let shown = shown(&sample::report(&sources, wide.clone()), Style { color: false, width: Some(width) });
            let broken = shown.lines().filter(|line| !line.starts_with("More about a rule"));
            let widest = broken.max_by_key(|line| line.width()).unwrap_or("");
            assert!(widest.width() <= width, "{widest}");
        }
    }

    #[test]
    fn a_narrow_terminal_has_paragraphs_for_the_table() {
        let (sources, findings) = many(3, &["backlog.order"]);
        let shown = shown(&sample::report(&sources, findings), Style { color: false, width: Some(40) });
        let summary = "\nerror duty-unowned: 3 findings in\n    products.product-100 + 2 more\n\nMore about";
        assert!(shown.contains(summary), "{shown}");
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
             No gaps found by duty-unowned and backlog-shared-owner in 1 file: 1 product, 1\nteam, 2 people, as of 2026-11-21\n"
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
    strategy.product, market.discovery, market.research, release.decision
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
                 No gaps found by duty-unowned and backlog-shared-owner beside 40 accepted in 1\nfile: 1 product, 1 team, 2 people, as of 2026-11-21\n"
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
