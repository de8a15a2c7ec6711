//! Where the tables of a grid begin and end.
//!
//! A table is found from its first line that holds letters, or from headings that name rights; the headings are the nearest line above
//! that has a text over these letters.

use super::Why;
use super::cells::{is_placeholder, only_text};
use super::heads;
use super::reader::{Reader, Table};
use super::table::Draft;
use crate::import::letters::{self, Entry, Sense, Sign};
use std::collections::BTreeSet;

/// How many times as many lines as a grid has may be read in tables that turn out to be none, before the rest is left as text. It takes
/// headings over headings that all reach to the end of a sheet to come near it.
const ATTEMPTS: usize = 4;

/// How many lines may be read so in any grid.
const FEW: usize = 10_000;

/// How many bytes the name of a role has at most.
const NAME: usize = 160;

/// How many bytes the heading of a column has at most.
const HEADING: usize = 60;

/// How many lines above letters their headings may stand, and how many below headings show what stands under them.
const REACH: usize = 12;

impl<'g> Reader<'g> {
    /// Reads the next table from a line on, and returns the line behind it.
    pub(super) fn next(&mut self, start: usize) -> usize {
        let all = self.grid.lines.len();
        // The headings of the last table that turned out to be none: it is the same from each of its first lines.
        let mut none = None;
        for at in start..all {
            if self.rejected > FEW.max(all * ATTEMPTS) {
                break;
            }
            if let Some(found) = self.table_at(start, at, none) {
                match found {
                    (table, Some(draft)) => {
                        self.take(&table, draft);
                        return table.end;
                    }
                    (table, None) => {
                        // What stands above a table is looked at as well, but only for its titles and legends.
                        let above = if none == Some(table.head) { 0 } else { (table.head - table.start) / 64 };
                        self.rejected += table.end - table.head + above;
                        none = Some(table.head);
                        continue;
                    }
                }
            }
            if !self.letters_at(at).is_empty() && self.head_of(start, at).is_none() {
                (start..at).for_each(|before| self.skip_beside(before));
                self.skip(at, Why::NoHeadings);
                return at + 1;
            }
        }
        (start..all).for_each(|before| self.skip_beside(before));
        all
    }

    /// The table that shows first in a line, and what it holds if it is a chart; letters under headings that are known to be none are no
    /// chart either.
    fn table_at(&self, start: usize, at: usize, none: Option<usize>) -> Option<(Table, Option<Draft>)> {
        if self.is_exported(at) {
            let table = Table { start, head: at, end: self.end_of_exported(at) };
            return Some((table, Some(self.read_exported(&table))));
        }
        if let Some(heads) = self.tick_heads(start, at) {
            let table = Table { start, head: at, end: self.end_of_ticks(at) };
            return Some((table, self.read_ticked(&table, &heads)));
        }
        if self.names_rights(at) {
            let table = Table { start, head: at, end: self.end_of(at, true) };
            return Some((table, self.read_named(&table)));
        }
        if let Some(end) = self.end_of_rights_as_rows(start, at) {
            let table = Table { start, head: at, end };
            return Some((table, self.read_rights_as_rows(&table)));
        }
        let head = Some(at).filter(|at| !self.letters_at(*at).is_empty()).and_then(|at| self.head_of(start, at))?;
        // A line of letters is no line of headings for those below it.
        let is_body = |none| none == head || none < head && !self.letters_at(head).is_empty() && !self.has_task_heading(head);
        if none.is_some_and(is_body) {
            return Some((Table { start, head, end: head }, None));
        }
        let table = Table { start, head, end: self.end_of(head, false) };
        Some((table, self.read_letters(&table)))
    }

    fn take(&mut self, table: &Table, draft: Draft) {
        let above: BTreeSet<usize> = draft.skipped.iter().map(|(line, _)| *line).filter(|line| *line < table.head).collect();
        (table.start..table.head).filter(|before| !above.contains(before)).for_each(|before| self.skip_beside(before));
        draft.skipped.into_iter().for_each(|(line, why)| self.skip(line, why));
        self.contents.charts.push(draft.chart);
    }

    /// The line of headings over the first line with letters: the nearest one with texts over most of them.
    fn head_of(&self, start: usize, first: usize) -> Option<usize> {
        let columns = self.letters_at(first);
        let above = (start..first).rev().take(REACH).find(|at| self.heads(*at, columns));
        let above = above.or_else(|| self.spells_model(first).then_some(first));
        above.or_else(|| (start..=first).rev().take(3).find(|at| self.has_initials(*at)))
    }

    /// Whether a line names those over the letters below it by letters or codes: `Task | K | L`, `Task | P1 | P2`.
    fn has_initials(&self, at: usize) -> bool {
        let below: Vec<usize> =
            (at + 1..self.grid.lines.len()).take(REACH).filter(|below| !self.letters_at(*below).is_empty()).collect();
        let mut columns: Vec<usize> = below.iter().flat_map(|below| self.letters_at(*below)).copied().collect();
        columns.sort_unstable();
        columns.dedup();
        let mut names: Vec<&str> = columns.iter().map(|column| self.text(at, *column)).collect();
        names.sort_unstable();
        names.dedup();
        let is_initial = |name: &&str| (1..=4).contains(&name.chars().count()) && name.contains(char::is_alphabetic);
        if names.len() < 2 || names.len() < columns.len() || !names.iter().all(is_initial) {
            return false;
        }
        // Where the names are letters of the chart as well, the heading of the tasks tells that they are none, unless tasks have it, too.
        let is_used = |name: &str| below.iter().any(|below| columns.iter().any(|column| self.text(*below, *column) == name));
        let corner = (0..self.width(at)).find(|column| !columns.contains(column) && heads::is_task(self.text(at, *column)));
        let is_task = |column: usize| below.iter().filter(|below| heads::is_task(self.text(**below, column))).count();
        match corner {
            Some(column) => is_task(column) * 2 <= below.len(),
            None => below.len() > 1 && names.iter().filter(|name| is_used(name)).count() * 2 <= names.len(),
        }
    }

    /// Whether a line is headings of which one spells the letters that stand below: `Task | R/A/C/I`.
    fn spells_model(&self, at: usize) -> bool {
        let &[only] = self.letters_at(at) else { return false };
        let is_headed = self.has_task_heading(at)
            || (0..self.width(at)).any(|column| column != only && heads::is_role(self.text(at, column)));
        is_headed && matches!(self.entry(at, only), Entry::Signs { signs, .. } if signs.len() > 3)
    }

    /// Whether a line has different texts over most of some columns.
    fn heads(&self, at: usize, columns: &[usize]) -> bool {
        if let &[only] = columns
            && heads::names_nobody(self.heading(at, only))
            && !matches!(self.entry(at, only), Entry::Signs { signs, .. } if signs.len() < 4)
        {
            let is_other = |column: usize| {
                column != only && (heads::is_role(self.text(at, column)) || heads::is_name(self.text(at, column)))
            };
            return self.has_task_heading(at) || (0..self.width(at)).any(is_other);
        }
        let is_label = |column: &&usize| {
            let own = self.known(at, **column).is_label() && self.text(at, **column).len() <= NAME;
            own || self.text(at, **column).is_empty() && letters::entry(self.heading(at, **column)) == Entry::Text
        };
        let covered = columns.iter().filter(is_label).count();
        let filled = (0..self.width(at)).filter(|column| !self.text(at, *column).is_empty()).count();
        let different = self.headings(at, columns).len();
        // A form that is still to be filled in has the same over each column.
        let is_form = covered == columns.len() && self.has_task_heading(at);
        covered * 5 >= columns.len() * 3 && (different >= columns.len().min(2) || is_form) && filled >= 2
    }

    /// Whether the headings of a line name rights, over names.
    fn names_rights(&self, at: usize) -> bool {
        let mut columns: Vec<usize> = Vec::new();
        let mut signs: Vec<Sign> = Vec::new();
        let (mut strong, mut texts) = (0, 0);
        for column in 0..self.width(at) {
            let known = self.known(at, column);
            texts += usize::from(known.is_label());
            let Some(sign) = known.right else { continue };
            let is_letter = matches!(sign, Sign::Letter(_));
            // A letter that stands twice is no heading; two words may mean the same, as RAPID's `recommend` and `input` do.
            if is_letter && signs.contains(&sign) {
                return false;
            }
            strong += usize::from(is_letter || letters::is_whole_word(self.text(at, column)));
            columns.push(column);
            signs.push(sign);
            signs.extend(known.also);
        }
        if columns.is_empty() {
            return false;
        }
        let mut different = signs.clone();
        different.sort_unstable();
        different.dedup();
        // A task may have one of each letter: as headings, letters stand beside the heading of the tasks, or beside nothing.
        let only_letters = signs.iter().all(|sign| matches!(sign, Sign::Letter(_)));
        let has_task = self.has_task_heading(at);
        if only_letters && !has_task && !self.text(at, 0).is_empty() && different.len() < 3 {
            return false;
        }
        let follows_letters = at.checked_sub(1).is_some_and(|above| !self.letters_at(above).is_empty());
        let alone =
            has_task && (columns.len() == 1 || strong > 0) && columns.iter().any(|column| self.decides_alone(at, *column));
        let several = different.len() > 1 && (columns.first() != Some(&0) || has_task) && (strong > 1 || different.len() > 2);
        let is_crowded = signs.len() * 2 < texts.saturating_sub(3) && different.len() < 3;
        if !(alone || several) || texts == 0 && !only_letters || is_crowded {
            return false;
        }
        let (mut names, mut others) = (0, 0);
        for below in (at + 1..self.grid.lines.len()).take(REACH) {
            for column in &columns {
                let text = self.text(below, *column);
                match self.entry(below, *column) {
                    Entry::Text if !text.contains(char::is_alphabetic) || text.len() > NAME || is_placeholder(text) => {
                        others += 1;
                    }
                    Entry::Signs { joined: true, .. } if only_letters && follows_letters => {}
                    Entry::Text | Entry::Signs { joined: true, .. } => names += 1,
                    Entry::Signs { .. } | Entry::Tick => others += 1,
                    Entry::Blank => {}
                }
            }
        }
        names > others
    }

    /// Whether a heading alone makes a chart of its table: it names who decides, or who approves decisions.
    fn decides_alone(&self, at: usize, column: usize) -> bool {
        let is_approver =
            self.known(at, column).right == Some(Sign::Word(Sense::Approver)) && letters::is_whole_word(self.text(at, column));
        heads::decides(self.text(at, column))
            || is_approver && (0..self.width(at)).any(|other| heads::is_decision(self.text(at, other)))
    }

    pub(super) fn has_task_heading(&self, at: usize) -> bool {
        (0..self.width(at)).map(|column| self.text(at, column)).any(|text| text.len() <= HEADING && heads::is_task(text))
    }

    pub(super) fn is_title(&self, at: usize) -> bool {
        self.line(at).is_some_and(|line| only_text(line).is_some())
    }

    /// The line behind a table: where the next one has its headings, or the lines that lead to it.
    fn end_of(&self, head: usize, named: bool) -> usize {
        let mut columns: BTreeSet<usize> = BTreeSet::new();
        let mut last = head;
        for at in head + 1..self.grid.lines.len() {
            let begins_named = self.names_rights(at) && !(named && self.spells_headings(at, head));
            let leads = !named && !columns.is_empty() && self.begins_letters(at, &columns) && !self.repeats(at, head);
            let follows_named = named && self.begins_after_names(at);
            if begins_named && !self.repeats(at, head) || leads || follows_named || self.is_exported(at) {
                return (last + 1..at).rev().take_while(|at| self.is_title(*at)).last().unwrap_or(at);
            }
            let letters = self.letters_at(at);
            if named || !letters.is_empty() {
                last = if named && self.is_title(at) { last } else { at };
            }
            columns.extend(letters);
        }
        self.grid.lines.len()
    }

    /// Whether a line has texts where letters stood so far, and letters follow under them.
    fn begins_letters(&self, at: usize, columns: &BTreeSet<usize>) -> bool {
        let letters = self.letters_at(at).len();
        // A line of letters is none of headings.
        if letters * 2 > columns.len() {
            return false;
        }
        let is_heading = |column: &&usize| self.known(at, **column).is_label() && !is_placeholder(self.text(at, **column));
        let labels = columns.iter().filter(is_heading).count();
        let is_headed = labels >= 2 || columns.len() == 1 && labels == 1 && self.has_task_heading(at);
        is_headed && labels > letters && self.leads_to_letters(at)
    }

    /// Whether a line under a table of names is the headings of a table of letters.
    fn begins_after_names(&self, at: usize) -> bool {
        self.has_task_heading(at) && self.leads_to_letters(at) && {
            let next = (at + 1..self.grid.lines.len()).take(4).find(|next| !self.letters_at(*next).is_empty());
            next.is_some_and(|next| self.letters_at(next).len() >= 2)
        }
    }

    fn leads_to_letters(&self, at: usize) -> bool {
        let next = (at + 1..self.grid.lines.len()).take(4).find(|next| !self.letters_at(*next).is_empty());
        next.is_some_and(|next| self.heads(at, self.letters_at(next)))
    }

    /// Whether a line repeats the headings of its table, as at the top of each page.
    pub(super) fn repeats(&self, at: usize, head: usize) -> bool {
        self.width(at) == self.width(head) && (0..self.width(at)).all(|column| self.text(at, column) == self.text(head, column))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::super::*;

    #[test]
    fn headings_may_be_letters_or_codes() {
        for heads in ["A|B|C", "X|Y|Z", "K|L|M", "P1|P2|P3", "AB|CD|EF", "A.B.|C.D.|R.I.", "R|A|C"] {
            let chart = only(&format!("Task|{heads}\nPlan|R|A|C\nBuild|A|R|I\nShip|C|A|R"));
            assert_eq!(counts(&chart), [3, 0, 0, 0], "{heads}");
            assert_eq!(chart.roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>().join("|"), heads);
        }
        assert_eq!(only("|K|L|M\nPlan|R|A|C\nBuild|A|R|I").rows.len(), 2);
        for text in ["Task 1|R|A|C\nTask 2|A|R|I\nTask 3|C|A|R", "Plan|R|A|C\nBuild|A|R|I\nShip|C|A|R"] {
            assert_eq!(read(&grid(text), &Asked::default()).charts.len(), 0, "{text}");
        }
    }

    #[test]
    fn tables_that_are_none_hide_no_chart_below() {
        let sizes = |at: usize| format!("Item|Small {at}|Medium {at}|Large {at}\nShirt|S|M|L\nCoat|S|L|M\n");
        let text: String = (0..40).map(sizes).collect();
        let chart = only(&format!("{text}Task|Owner|Developers|Users\nPlan|A|R|C\nBuild|A|R|I"));
        assert_eq!(counts(&chart), [2, 0, 0, 0]);
    }

    #[test]
    fn tasks_may_be_called_by_codes_and_deciders_by_words() {
        assert_eq!(
            counts(&only("No.|Task|Ann|Bob|SLA|Status\n1|t1|A|C|2d|open\n2|t2|R|A|3d|closed\n3|t3|C|A|5d|done")),
            [3, 0, 0, 2]
        );
        assert_eq!(counts(&only("Phase|Task|Ann|Bob\nPlan|T1|A|C\n|T2|R|A\nRun|T3|R|A")), [3, 0, 0, 1]);
        let chart = only("Decision|Decision maker|Input\nPrices|Dana|Bob\nNames|Kim|Bob");
        assert_eq!(shown(&chart), ["Prices: Dana decides, Bob input", "Names: Kim decides, Bob input"]);
    }

    #[test]
    fn tables_below_each_other_have_models_of_their_own() {
        let text = "Delivery\nTask|Owner|Developers|Users\nPlan|A|R|C\nBuild|A|R|I\n\nDecisions\nDecision|CFO|Sponsor|Lawyers|Staff\nPricing|D|A|C|I\nHiring|D|A|I|C\n\n\
                    Decision|Recommend|Agree|Perform|Input|Decide\nBudget|Ann|Bob|Cem|Dan|Eva";
        let contents = read(&grid(text), &Asked::default());
        let found: Vec<_> =
            contents.charts.iter().map(|chart| (chart.heading.as_str(), model(chart), chart.rows.len())).collect();
        assert_eq!(found, [("Delivery", Some(Model::Raci), 2), ("Decisions", Some(Model::Daci), 2), ("", Some(Model::Rapid), 1)]);
        let lines = contents.skipped.len() + contents.charts.iter().map(|chart| chart.rows.len()).sum::<usize>();
        assert_eq!(lines, grid(text).lines.len());
    }

    #[test]
    fn headings_repeated_on_each_page_are_no_task() {
        let text = "Task|Owner|Developers\nPlan|A|R\nTask|Owner|Developers\nBuild|C|A";
        assert_eq!(only(text).rows.len(), 2);
        assert_eq!(skipped(text), [(1, Why::Headings), (3, Why::Headings)]);
    }

    #[test]
    fn what_is_said_of_a_chart_above_it_heads_no_letters() {
        let text = "Prepared by|Ann\nPlan|R|A|C\nBuild|A|R|I";
        assert!(read(&grid(text), &Asked::default()).charts.is_empty());
        assert_eq!(skipped(text), [(1, Why::Text), (2, Why::NoHeadings), (3, Why::NoHeadings)]);
    }

    #[test]
    fn a_task_with_words_and_texts_begins_no_other_chart() {
        let chart = only(
            "Task|Owner|Team|Users|Legal|QA\nPlan|Accountable|Responsible|Informed|Consulted|Consulted\n\
             Build|Accountable|Responsible|Informed|by contract|from May\nShip|Accountable|Responsible|Consulted|Informed|Consulted",
        );
        assert_eq!(shown(&chart)[1], "Build: Owner decides, Team does, Users informed");
        assert_eq!(chart.unread.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>(), ["by contract", "from May"]);
    }

    #[test]
    fn a_chart_whose_tasks_have_no_heading_may_follow_a_table_that_is_none() {
        let chart = only("Shirts|Small|Large\nCotton|S|L\nWool|M|L\n|Owner|Developers|Users\nPlan|A|R|C\nBuild|A|R|I");
        assert_eq!(shown(&chart)[1], "Build: Owner decides, Developers does, Users informed");
    }

    #[test]
    fn a_long_table_that_is_none_below_much_text_hides_no_chart() {
        let text = format!(
            "{}Item|Small|Medium|Large\n{}Task|Owner|Developers|Users\nPlan|A|R|C\nBuild|A|R|I",
            "Something was said|and noted\n".repeat(6_400),
            "Shirt|S|M|L\n".repeat(400)
        );
        assert_eq!(counts(&only(&text)), [2, 0, 0, 0]);
    }
}
