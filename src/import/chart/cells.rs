//! What single cells and lines hold.

use super::heads;
use super::reader::Reader;
use crate::import::Line;
use crate::import::letters::{Entry, Sign, folded};

/// How many lines below headings show what stands under them.
const REACH: usize = 12;

/// The text of a cell; nothing where the line is too short.
pub(super) fn text(line: &Line, column: usize) -> &str {
    line.cells.get(column).map_or("", |cell| cell.text.trim())
}

/// The only text of a line: one cell, or the same in all that are filled.
pub(super) fn only_text(line: &Line) -> Option<&str> {
    let mut filled = line.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
    let first = filled.next()?;
    filled.all(|text| text == first && text.len() > 3).then_some(first)
}

/// Whether a text stands where something is still to be settled.
pub(super) fn is_placeholder(text: &str) -> bool {
    text.len() <= 12 && matches!(folded(text).as_str(), "tbd" | "tbc" | "tba" | "?" | "??" | "open" | "yes" | "no" | "todo")
}

/// Whether a text numbers or codes a line: `3`, `1.2.4`, `ACT-001`.
pub(super) fn is_code(text: &str) -> bool {
    text.len() <= 12 && text.contains(|it: char| it.is_ascii_digit()) && !text.contains(char::is_whitespace)
}

impl Reader<'_> {
    /// The columns of a line that hold letters, behind its first text. The letters of a legend beside the table are none.
    pub(super) fn letter_columns(&self, at: usize) -> Vec<usize> {
        let explained = self.legends.get(at).map_or(&[][..], |(_, columns)| columns.as_slice());
        let is_covered = |column: usize| self.line(at).and_then(|line| line.cells.get(column)).is_some_and(|cell| cell.covered);
        let (mut columns, mut joined_columns) = (Vec::new(), Vec::new());
        // The cells behind the first text that hold neither letters nor nothing; the first text may also stand behind the letters.
        let task = self.behind.get(at).copied().flatten();
        let (mut has_text, mut texts) = (task.is_some(), 0_usize);
        for column in (0..self.width(at)).filter(|column| Some(*column) != task) {
            match self.entry(at, column) {
                Entry::Blank => has_text |= is_covered(column),
                Entry::Signs { joined, signs, .. } if has_text => {
                    if *joined {
                        joined_columns.push(column);
                    } else if signs.iter().any(is_sure) && !explained.contains(&column) {
                        columns.push(column);
                    }
                }
                _ => {
                    texts += usize::from(has_text);
                    has_text = true;
                }
            }
        }
        // Headings may have a small letter here and there: `a | m | b` for effort.
        let is_small = |column: &usize| self.text(at, *column).chars().all(char::is_lowercase);
        if texts > columns.len() && columns.iter().all(is_small) {
            columns.clear();
        }
        // `RA` is letters beside others, and where no heading can be: in a line that has nothing else.
        let is_alone = columns.is_empty() && texts == 0 && joined_columns.len() == 1;
        if is_alone || !columns.is_empty() && texts <= 2 {
            columns.extend(joined_columns);
            columns.sort_unstable();
        }
        columns
    }

    /// The column of the tasks for each line of a table in which they stand behind the letters: `Owner | Developers | Task`.
    pub(super) fn tasks_behind(&self) -> Vec<Option<usize>> {
        let mut behind: Vec<Option<usize>> = Vec::new();
        let mut known = None;
        for at in 0..self.grid.lines.len() {
            let is_task = |column: &usize| heads::is_task(self.text(at, *column)) && self.entry(at, *column) == &Entry::Text;
            if let Some(column) = (0..self.width(at)).find(is_task) {
                known = self.follows_letters(at, column).then_some(column);
                behind.push(None);
            } else {
                behind.push(known);
            }
        }
        behind
    }

    /// Whether nothing but letters stands before a column, under other headings, and texts stand in it.
    fn follows_letters(&self, head: usize, task: usize) -> bool {
        if task < 2 || (0..task).any(|column| !self.known(head, column).is_label()) {
            return false;
        }
        let (mut letters, mut tasks, mut others) = (0, 0, 0);
        for at in (head + 1..self.grid.lines.len()).take(REACH) {
            tasks += usize::from(*self.entry(at, task) == Entry::Text);
            for column in 0..task {
                match self.entry(at, column) {
                    Entry::Blank => {}
                    Entry::Signs { .. } => letters += 1,
                    Entry::Tick | Entry::Text => others += 1,
                }
            }
        }
        letters > tasks && tasks > 0 && others == 0
    }

    /// The columns of a line that hold nothing but words for letters, behind its first text. Those of a legend beside the table stand
    /// behind the letters that they explain.
    pub(super) fn word_columns(&self, at: usize) -> Vec<usize> {
        let explained = self.legends.get(at).map_or(&[][..], |(_, columns)| columns.as_slice());
        let mut found = Vec::new();
        let mut before: Option<usize> = None;
        for column in (0..self.width(at)).filter(|column| !self.text(at, *column).is_empty()) {
            let is_word = matches!(self.entry(at, column), Entry::Signs { signs, .. } if signs.iter().all(|sign| matches!(sign, Sign::Word(_))));
            if before.is_some_and(|before| is_word && !explained.contains(&before)) {
                found.push(column);
            }
            before = Some(column);
        }
        found
    }
}

/// Whether a sign is a letter of a chart: `N` may stand for `no`.
fn is_sure(sign: &Sign) -> bool {
    matches!(sign, Sign::Letter(letter) if *letter != 'N')
}
