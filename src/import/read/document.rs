//! What a document of text and tables gives, piece by piece.

use super::sheet::Sheet;
use super::text::plain;
use crate::import::{Grid, Unit};

/// A document while it is read. A text belongs to the table before it and to the one after it: a legend may stand on either side.
#[derive(Default)]
pub(super) struct Document {
    grids: Vec<Grid>,
    heading: String,
    before: Vec<String>,
}

impl Document {
    /// A heading: what follows stands under it.
    pub(super) fn heading(&mut self, text: &str) {
        self.heading = plain(text);
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
            self.grids.push(Grid { heading: self.heading.clone(), around, unit: Unit::Line, ..grid });
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
