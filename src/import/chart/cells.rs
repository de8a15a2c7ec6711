//! What single cells and lines hold.

use super::reader::Reader;
use crate::import::Line;
use crate::import::letters::{Entry, Sign, folded};

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
        // The cells behind the first text that hold neither letters nor nothing.
        let (mut has_text, mut texts) = (false, 0_usize);
        for column in 0..self.width(at) {
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
