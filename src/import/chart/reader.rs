//! A grid and what is known of each of its lines before its tables are found.

use super::cells::{letter_columns, only_text, text};
use super::explain::{Explained, explains};
use super::{Asked, Contents, Skipped, Why};
use crate::import::{Grid, Line};

pub(super) struct Reader<'g> {
    pub(super) grid: &'g Grid,
    pub(super) asked: Asked<'g>,
    /// The columns of each line in which letters stand, behind its first text.
    pub(super) letters: Vec<Vec<usize>>,
    /// What each line explains of letters, and in which columns the letters stand that it explains.
    pub(super) legends: Vec<Explained>,
    pub(super) contents: Contents,
}

/// A table within a grid.
pub(super) struct Table {
    /// The line where the lines before it end that belong to no other table.
    pub(super) start: usize,
    /// The line of its headings.
    pub(super) head: usize,
    /// The line behind its last one.
    pub(super) end: usize,
}

impl<'g> Reader<'g> {
    pub(super) fn new(grid: &'g Grid, asked: Asked<'g>) -> Self {
        let legends: Vec<_> = grid.lines.iter().map(explains).collect();
        let letters = grid.lines.iter().zip(&legends).map(|(line, (_, columns))| letter_columns(line, columns)).collect();
        Reader { grid, asked, letters, legends, contents: Contents::default() }
    }

    pub(super) fn line(&self, at: usize) -> Option<&'g Line> {
        self.grid.lines.get(at)
    }

    pub(super) fn text(&self, at: usize, column: usize) -> &'g str {
        self.line(at).map_or("", |line| text(line, column))
    }

    /// The columns of a line in which letters stand.
    pub(super) fn letters_at(&self, at: usize) -> &[usize] {
        self.letters.get(at).map_or(&[], Vec::as_slice)
    }

    /// The heading of a column, also if a merged cell has it.
    pub(super) fn heading(&self, at: usize, column: usize) -> &'g str {
        let own = self.text(at, column);
        let Some(line) = self.line(at).filter(|_| own.is_empty()) else { return own };
        if !line.cells.get(column).is_some_and(|cell| cell.covered) {
            return own;
        }
        let left = line.cells.iter().enumerate().take(column).rfind(|(_, cell)| !cell.covered);
        match left {
            Some((first, cell)) if first + cell.columns > column => cell.text.trim(),
            // What covers it stands above.
            _ => at.checked_sub(1).map_or("", |above| self.text(above, column)),
        }
    }

    pub(super) fn skip(&mut self, at: usize, why: Why) {
        if let Some(line) = self.grid.lines.get(at) {
            let filled: Vec<&str> = line.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect();
            self.contents.skipped.push(Skipped { number: line.number, text: filled.join(" | "), why });
        }
    }

    /// Skips a line of which nothing more is known.
    pub(super) fn skip_beside(&mut self, at: usize) {
        let explains = self.legends.get(at).is_some_and(|(found, _)| !found.is_empty());
        let why = match self.line(at) {
            _ if explains => Why::Legend,
            Some(line) if only_text(line).is_some() => Why::Alone,
            _ => Why::Text,
        };
        self.skip(at, why);
    }
}
