//! Where the tables of a grid begin and end.
//!
//! A table is found from its first line that holds letters, or from headings that name rights; the headings are the nearest line above
//! that has a text over these letters.

use super::Why;
use super::cells::{is_label, is_placeholder, only_text, text};
use super::heads;
use super::reader::{Reader, Table};
use crate::import::Line;
use crate::import::letters::{Entry, Sign, entry};
use std::collections::BTreeSet;

impl<'g> Reader<'g> {
    /// Reads the next table from a line on, and returns the line behind it.
    pub(super) fn next(&mut self, start: usize) -> usize {
        for at in start..self.grid.lines.len() {
            if self.is_exported(at) {
                (start..at).for_each(|before| self.skip_beside(before));
                return self.read_exported(at);
            }
            let head = match self.names_rights(at) {
                true => Some(at),
                false if self.letters_at(at).is_empty() => continue,
                false => self.head_of(start, at).or_else(|| self.spells_model(at).then_some(at)),
            };
            let Some(head) = head else {
                (start..at).for_each(|before| self.skip_beside(before));
                self.skip(at, Why::NoHeadings);
                return at + 1;
            };
            let named = self.names_rights(at);
            let end = self.end_of(head, named);
            (start..head).for_each(|before| self.skip_beside(before));
            self.skip(head, Why::Headings);
            let table = Table { start, head, end };
            if named {
                self.read_named(&table);
            } else {
                self.read_letters(&table);
            }
            return end;
        }
        (start..self.grid.lines.len()).for_each(|before| self.skip_beside(before));
        self.grid.lines.len()
    }

    /// The line of headings over the first line with letters: the nearest one with texts over most of them.
    pub(super) fn head_of(&self, start: usize, first: usize) -> Option<usize> {
        let columns = self.letters_at(first);
        (start..first).rev().take(12).find(|at| self.heads(*at, columns))
    }

    /// Whether a line is headings of which one spells the letters that stand below: `Task | R/A/C/I`.
    fn spells_model(&self, at: usize) -> bool {
        let Some(line) = self.line(at).filter(|line| self.has_task_heading(line)) else { return false };
        matches!(self.letters_at(at), &[only] if matches!(entry(text(line, only)), Entry::Signs { signs, .. } if signs.len() > 3))
    }

    /// Whether a line has different texts over most of some columns.
    pub(super) fn heads(&self, at: usize, columns: &[usize]) -> bool {
        let mut texts: Vec<&str> = columns.iter().map(|column| self.heading(at, *column)).filter(|text| is_label(text)).collect();
        let covered = texts.len();
        texts.sort_unstable();
        texts.dedup();
        if let (&[only], Some(line)) = (columns, self.line(at))
            && heads::names_nobody(self.heading(at, only))
        {
            return self.has_task_heading(line);
        }
        let filled = self.line(at).map_or(0, |line| line.cells.iter().filter(|cell| !cell.text.trim().is_empty()).count());
        covered * 5 >= columns.len() * 3 && texts.len() >= columns.len().min(2) && filled >= 2
    }

    /// Whether the headings of a line name rights, over names.
    pub(super) fn names_rights(&self, at: usize) -> bool {
        let Some(line) = self.line(at) else { return false };
        let mut columns: Vec<usize> = Vec::new();
        let mut signs: Vec<Sign> = Vec::new();
        for (column, cell) in line.cells.iter().enumerate() {
            let Some(sign) = Some(cell.text.as_str()).filter(|text| text.len() < 80).and_then(heads::right) else { continue };
            // A letter that stands twice is no heading; two words may mean the same, as RAPID's `recommend` and `input` do.
            if matches!(sign, Sign::Letter(_)) && signs.contains(&sign) {
                return false;
            }
            columns.push(column);
            signs.push(sign);
        }
        let texts = line.cells.iter().filter(|cell| is_label(&cell.text)).count();
        // A task may have one of each letter: as headings, letters stand beside the heading of the tasks, or beside nothing.
        let only_letters = signs.iter().all(|sign| matches!(sign, Sign::Letter(_)));
        if only_letters && !self.has_task_heading(line) && !text(line, 0).is_empty() {
            return false;
        }
        let alone = matches!(columns.as_slice(), [only] if heads::decides(text(line, *only)) && self.has_task_heading(line));
        let several = signs.iter().any(|sign| Some(sign) != signs.first()) && columns.first() != Some(&0);
        if !(alone || several) || texts == 0 && !only_letters || signs.len() * 2 < texts.saturating_sub(3) {
            return false;
        }
        let (mut names, mut others) = (0, 0);
        for below in (at + 1..self.grid.lines.len()).take(12) {
            for column in &columns {
                let text = self.text(below, *column);
                match entry(text) {
                    Entry::Text if !text.contains(char::is_alphabetic) => others += 1,
                    Entry::Text | Entry::Signs { joined: true, .. } => names += 1,
                    Entry::Signs { .. } | Entry::Tick => others += 1,
                    Entry::Blank => {}
                }
            }
        }
        names > others
    }

    pub(super) fn has_task_heading(&self, line: &Line) -> bool {
        line.cells.iter().any(|cell| heads::is_task(&cell.text))
    }

    /// The line behind a table: where the next one has its headings, or the lines that lead to it.
    pub(super) fn end_of(&self, head: usize, named: bool) -> usize {
        let mut columns: BTreeSet<usize> = BTreeSet::new();
        let mut last = head;
        for at in head + 1..self.grid.lines.len() {
            let begins_named = self.names_rights(at);
            let leads = !named && !columns.is_empty() && self.begins_letters(at, &columns) && !self.repeats(at, head);
            let follows_named = named && self.begins_after_names(at);
            if begins_named && !self.repeats(at, head) || leads || follows_named {
                let is_title = |at: &usize| self.line(*at).is_some_and(|line| only_text(line).is_some());
                return (last + 1..at).rev().take_while(is_title).last().unwrap_or(at);
            }
            let letters = self.letters_at(at);
            if named || !letters.is_empty() {
                let is_title = self.line(at).is_some_and(|line| only_text(line).is_some());
                last = if named && is_title { last } else { at };
            }
            columns.extend(letters);
        }
        self.grid.lines.len()
    }

    /// Whether a line has texts where letters stood so far, and letters follow under them.
    pub(super) fn begins_letters(&self, at: usize, columns: &BTreeSet<usize>) -> bool {
        // A line of letters is none of headings.
        if self.letters_at(at).len() * 2 > columns.len() {
            return false;
        }
        let Some(line) = self.line(at) else { return false };
        let labels =
            columns.iter().filter(|column| is_label(text(line, **column)) && !is_placeholder(text(line, **column))).count();
        let is_headed = labels >= 2 || columns.len() == 1 && labels == 1 && self.has_task_heading(line);
        let letters = self.letters_at(at).len();
        is_headed && labels > letters && self.leads_to_letters(at)
    }

    /// Whether a line under a table of names is the headings of a table of letters.
    pub(super) fn begins_after_names(&self, at: usize) -> bool {
        self.line(at).is_some_and(|line| self.has_task_heading(line)) && self.leads_to_letters(at) && {
            let next = (at + 1..self.grid.lines.len()).take(4).find(|next| !self.letters_at(*next).is_empty());
            next.is_some_and(|next| self.letters_at(next).len() >= 2)
        }
    }

    pub(super) fn leads_to_letters(&self, at: usize) -> bool {
        let next = (at + 1..self.grid.lines.len()).take(4).find(|next| !self.letters_at(*next).is_empty());
        next.is_some_and(|next| self.heads(at, self.letters_at(next)))
    }

    /// Whether a line repeats the headings of its table, as at the top of each page.
    pub(super) fn repeats(&self, at: usize, head: usize) -> bool {
        let texts = |line: &'g Line| line.cells.iter().map(|cell| cell.text.trim());
        matches!((self.line(at), self.line(head)), (Some(line), Some(head)) if texts(line).eq(texts(head)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::super::*;

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
}
