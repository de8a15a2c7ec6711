//! What a document of text and tables gives, piece by piece.

use super::sheet::Sheet;
use super::text::plain;
use crate::import::{Grid, Unit};

/// A document while it is read. A text belongs to the table before it and to the one after it: a legend may stand on either side.
#[derive(Default)]
pub(super) struct Document {
    grids: Vec<Grid>,
    /// The headings that what follows stands under, each with its level, the widest first.
    headings: Vec<(usize, String)>,
    before: Vec<String>,
}

impl Document {
    /// A heading: what follows stands under it, and it under those of wider levels.
    pub(super) fn heading(&mut self, level: usize, text: &str) {
        self.headings.retain(|(wider, _)| *wider < level);
        self.headings.push((level, plain(text)));
    }

    /// A paragraph or list item.
    pub(super) fn text(&mut self, text: &str) {
        let text = plain(text);
        if !text.is_empty() {
            if let Some(grid) = self.grids.last_mut() {
                grid.around.push(text.clone());
            }
            self.before.push(text);
        }
    }

    /// A table. One without text is none.
    pub(super) fn table(&mut self, sheet: Sheet) {
        let grid = sheet.into_grid(format!("table {}", self.grids.len() + 1));
        if !grid.lines.is_empty() {
            let around = std::mem::take(&mut self.before);
            let mut document: Vec<String> = self.headings.iter().rev().map(|(_, text)| text.clone()).collect();
            let heading = if document.is_empty() { String::new() } else { document.remove(0) };
            self.grids.push(Grid { heading, around, document, unit: Unit::Line, ..grid });
        }
    }

    /// The tables of the document. A single one needs no name.
    pub(super) fn into_grids(mut self) -> Vec<Grid> {
        if let [only] = self.grids.as_mut_slice() {
            only.name.clear();
        }
        self.grids
    }
}
