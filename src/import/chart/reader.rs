//! A grid and what is known of each of its cells and lines before its tables are found.

use super::cells::only_text;
use super::explain::Explained;
use super::{Asked, Contents, Skipped, Why, heads};
use crate::import::letters::{Entry, Sense, Sign, entry, explanation};
use crate::import::{Grid, Line};
use rustc_hash::FxHashMap;

/// How many texts and lines of a grid may explain letters: a legend has few.
const MOST_LEGENDS: usize = 1_000;

pub(super) struct Reader<'g> {
    pub(super) grid: &'g Grid,
    pub(super) asked: Asked<'g>,
    /// The cells of each line, as positions among the texts.
    cells: Vec<Vec<usize>>,
    /// What is known of each text that stands in the grid, the blank one first. The same few fill most charts.
    texts: Vec<Text>,
    /// The columns of each line in which letters stand, behind its first text.
    letters: Vec<Vec<usize>>,
    /// The column of the tasks in each line where they stand behind the letters.
    pub(super) behind: Vec<Option<usize>>,
    /// What each line explains of letters, and in which columns the letters stand that it explains.
    pub(super) legends: Vec<Explained>,
    /// How many lines were read in tables that turned out to be none.
    pub(super) rejected: usize,
    pub(super) contents: Contents,
}

/// What is known of a text, wherever it stands.
pub(super) struct Text {
    pub(super) entry: Entry,
    /// The right that it names as a heading.
    pub(super) right: Option<Sign>,
    /// Another one that it names beside that: `Consulted / Informed`.
    pub(super) also: Option<Sign>,
    /// What it explains of letters.
    pub(super) legend: Vec<(char, Sense)>,
}

impl Text {
    /// Looks at a text; it explains letters only if legends are left.
    fn new(text: &str, legends: usize) -> Self {
        let (right, also) = match heads::right(text) {
            Some(right) => (Some(right), None),
            None => heads::two_rights(text).unzip(),
        };
        Text { entry: entry(text), right, also, legend: if legends > 0 { explanation(text) } else { Vec::new() } }
    }

    /// Whether it can be a heading: it is no letter and not blank. `AR` and `ID` may be letters or roles.
    pub(super) fn is_label(&self) -> bool {
        match &self.entry {
            Entry::Text => true,
            Entry::Signs { joined, signs, .. } => *joined || signs.iter().all(|sign| matches!(sign, Sign::Word(_))),
            Entry::Blank | Entry::Tick => false,
        }
    }
}

/// A table within a grid.
#[derive(Clone, Copy)]
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
        let mut left = MOST_LEGENDS;
        let mut texts = vec![Text::new("", left)];
        let mut known: FxHashMap<&str, usize> = FxHashMap::default();
        known.insert("", 0);
        let mut place = |text: &'g str| {
            *known.entry(text).or_insert_with(|| {
                let known = Text::new(text, left);
                left -= usize::from(!known.legend.is_empty());
                texts.push(known);
                texts.len() - 1
            })
        };
        let cells: Vec<Vec<usize>> =
            grid.lines.iter().map(|line| line.cells.iter().map(|cell| place(cell.text.trim())).collect()).collect();
        let contents = Contents::default();
        let (letters, behind, legends) = (Vec::new(), Vec::new(), Vec::new());
        let mut reader = Reader { grid, asked, cells, texts, letters, behind, legends, rejected: 0, contents };
        reader.behind = reader.tasks_behind();
        let mut left = MOST_LEGENDS;
        for at in 0..grid.lines.len() {
            let found = if left > 0 { reader.explains(at) } else { Explained::default() };
            left -= usize::from(!found.0.is_empty());
            reader.legends.push(found);
        }
        reader.letters = (0..grid.lines.len()).map(|at| reader.letter_columns(at)).collect();
        reader.add_words();
        reader
    }

    /// Words that stand for letters count as letters where several stand in a column; one alone is a heading.
    fn add_words(&mut self) {
        let words: Vec<Vec<usize>> = (0..self.grid.lines.len()).map(|at| self.word_columns(at)).collect();
        let mut count: FxHashMap<usize, usize> = FxHashMap::default();
        for column in words.iter().flatten() {
            *count.entry(*column).or_default() += 1;
        }
        for (at, columns) in words.iter().enumerate().filter(|(_, columns)| !columns.is_empty()) {
            let below = words.get(at + 1);
            // Headings have different words, and none of them below.
            let goes_on = columns.iter().any(|column| below.is_some_and(|below| below.contains(column)));
            let mut different: Vec<&str> = columns.iter().map(|column| self.text(at, *column)).collect();
            different.sort_unstable();
            different.dedup();
            if columns.len() > 1 && !goes_on && different.len() == columns.len() {
                continue;
            }
            let more = columns.iter().filter(|column| count.get(*column).is_some_and(|count| *count > 1));
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
        self.line(at).and_then(|line| line.cells.get(column)).map_or("", |cell| cell.text.trim())
    }

    /// What is known of the text of a cell; where the line is too short, it is blank.
    pub(super) fn known(&self, at: usize, column: usize) -> &Text {
        let place = self.cells.get(at).and_then(|cells| cells.get(column)).copied().unwrap_or_default();
        &self.texts[place]
    }

    /// What a cell holds.
    pub(super) fn entry(&self, at: usize, column: usize) -> &Entry {
        &self.known(at, column).entry
    }

    /// How many cells a line has.
    pub(super) fn width(&self, at: usize) -> usize {
        self.cells.get(at).map_or(0, Vec::len)
    }

    /// How many cells of a line are filled.
    pub(super) fn filled(&self, at: usize) -> usize {
        (0..self.width(at)).filter(|column| !self.text(at, *column).is_empty()).count()
    }

    /// The columns of a line in which letters stand.
    pub(super) fn letters_at(&self, at: usize) -> &[usize] {
        self.letters.get(at).map_or(&[], Vec::as_slice)
    }

    /// Whether a line explains letters.
    pub(super) fn is_legend(&self, at: usize) -> bool {
        self.legends.get(at).is_some_and(|(found, _)| !found.is_empty())
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

    /// The different headings over some columns.
    pub(super) fn headings(&self, at: usize, columns: &[usize]) -> Vec<&'g str> {
        let mut found: Vec<&str> =
            columns.iter().map(|column| self.heading(at, *column)).filter(|text| !text.is_empty()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    pub(super) fn skip(&mut self, at: usize, why: Why) {
        if let Some(line) = self.grid.lines.get(at) {
            let filled: Vec<&str> = line.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect();
            self.contents.skipped.push(Skipped { number: line.number, text: filled.join(" | "), why });
        }
    }

    /// Skips a line of which nothing more is known.
    pub(super) fn skip_beside(&mut self, at: usize) {
        let why = match self.line(at) {
            _ if self.is_legend(at) => Why::Legend,
            Some(line) if only_text(line).is_some() => Why::Alone,
            _ => Why::Text,
        };
        self.skip(at, why);
    }
}
