//! A grid and what is known of each of its lines before its tables are found.

use super::cells::{letter_columns, only_text, text, word_columns};
use super::explain::{Explained, explains};
use super::{Asked, Contents, Skipped, Why};
use crate::import::{Grid, Line};
use std::collections::BTreeMap;

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
        let mut reader = Reader { grid, asked, letters, legends, contents: Contents::default() };
        reader.add_words();
        reader
    }

    /// Words that stand for letters count as letters where several stand in a column; one alone is a heading.
    fn add_words(&mut self) {
        let words: Vec<Vec<usize>> =
            self.grid.lines.iter().zip(&self.legends).map(|(line, (_, explained))| word_columns(line, explained)).collect();
        let mut count: BTreeMap<usize, usize> = BTreeMap::new();
        for column in words.iter().flatten() {
            *count.entry(*column).or_default() += 1;
        }
        for (at, columns) in words.iter().enumerate().filter(|(_, columns)| !columns.is_empty()) {
            let below = words.get(at + 1);
            // Headings have different words, and none of them below.
            let goes_on = || columns.iter().any(|column| below.is_some_and(|below| below.contains(column)));
            let same =
                |column: &&usize| columns.iter().any(|other| other < *column && self.text(at, *other) == self.text(at, **column));
            let is_heading = columns.len() > 1 && !goes_on() && !columns.iter().any(|column| same(&column));
            let more = columns.iter().filter(|column| count.get(*column).is_some_and(|count| *count > 1));
            let more: Vec<usize> = if is_heading { Vec::new() } else { more.copied().collect() };
            if let Some(letters) = self.letters.get_mut(at) {
                letters.extend(more);
                letters.sort_unstable();
                letters.dedup();
            }
        }
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
