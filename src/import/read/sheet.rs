//! A table while it is read, cell by cell, in whatever order and with whatever gaps its file has them.

use super::Unreadable;
use super::text::plain;
use crate::import::{Cell, Grid, Line};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// How many cells a file may hold, the blank ones before others of their row included: four times a sheet of 5,000 rows and 200 columns.
const MAX_CELLS: usize = 4_000_000;

/// How many rows that are not blank a file may hold: ten for each task that a team file has room for. A spreadsheet says with one number
/// that a row is repeated, so that a few bytes are a million rows.
const MAX_LINES: usize = 100_000;

/// How much text the cells of a file may hold together, in bytes. A workbook stores a text once for all cells that repeat it.
const MAX_TEXT: usize = 128 << 20;

/// The most columns a sheet has anywhere.
pub(super) const MAX_COLUMNS: usize = 16_384;

/// The most rows a sheet has anywhere.
pub(super) const MAX_ROWS: usize = 1_048_576;

/// What the cells of a file may still take up.
pub(super) struct Room {
    cells: usize,
    lines: usize,
    text: usize,
}

impl Default for Room {
    fn default() -> Self {
        Room { cells: MAX_CELLS, lines: MAX_LINES, text: MAX_TEXT }
    }
}

impl Room {
    /// Room for so many cells.
    #[cfg(test)]
    pub(super) fn for_cells(cells: usize) -> Self {
        Room { cells, ..Room::default() }
    }

    /// Takes room for some cells.
    pub(super) fn cells(&mut self, count: usize) -> Result<(), Unreadable> {
        self.cells = self.cells.checked_sub(count).ok_or_else(|| too_many(format!("{} million cells", MAX_CELLS / 1_000_000)))?;
        Ok(())
    }

    /// Takes room for a row.
    pub(super) fn line(&mut self) -> Result<(), Unreadable> {
        self.lines = self.lines.checked_sub(1).ok_or_else(|| too_many(format!("{MAX_LINES} rows")))?;
        Ok(())
    }

    /// Takes room for a text.
    pub(super) fn text(&mut self, bytes: usize) -> Result<(), Unreadable> {
        self.text = self.text.checked_sub(bytes).ok_or_else(|| {
            let message = format!("the cells of this file hold more than {} MB of text", MAX_TEXT >> 20);
            Unreadable::new(message, "Save the table that says who decides what in a file of its own.")
        })?;
        Ok(())
    }
}

fn too_many(what: String) -> Unreadable {
    let message = format!("the tables of this file have more than {what}");
    Unreadable::new(message, "Save the table that says who decides what in a file of its own.")
}

/// The cells that a merged cell spans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    /// The uppermost row, counted from 0.
    pub(super) row: usize,
    /// The leftmost column, counted from 0.
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
}

/// A table while it is read. It takes up no more than its rows reach to the right, whatever lies between its rows.
#[derive(Default)]
pub(super) struct Sheet {
    rows: BTreeMap<usize, Line>,
}

impl Sheet {
    /// Sets a cell; rows and columns count from 0. A blank one takes up nothing.
    pub(super) fn put(&mut self, row: usize, column: usize, text: &str, room: &mut Room) -> Result<(), Unreadable> {
        room.text(text.len())?;
        let text = plain(text);
        if !text.is_empty() {
            let line = match self.rows.entry(row) {
                Entry::Occupied(line) => line.into_mut(),
                Entry::Vacant(free) => {
                    room.line()?;
                    free.insert(Line { number: row + 1, cells: Vec::new() })
                }
            };
            reach(&mut line.cells, column + 1, room)?;
            if let Some(cell) = line.cells.get_mut(column) {
                cell.text = text;
            }
        }
        Ok(())
    }

    /// Says which row of the file or line of the text a row is, where that is not its place in the table.
    pub(super) fn number(&mut self, row: usize, number: usize) {
        if let Some(line) = self.rows.get_mut(&row) {
            line.number = number;
        }
    }

    /// Joins the cells of an area to its first one. An area without text joins nothing that a reader would see.
    pub(super) fn merge(&mut self, area: Area, room: &mut Room) -> Result<(), Unreadable> {
        let end = area.column.saturating_add(area.columns).min(MAX_COLUMNS);
        let first = self.rows.get_mut(&area.row).and_then(|line| line.cells.get_mut(area.column));
        match first {
            Some(cell) if !cell.text.is_empty() && !cell.covered && end > area.column => cell.columns = end - area.column,
            _ => return Ok(()),
        }
        for (&row, line) in self.rows.range_mut(area.row..area.row.saturating_add(area.rows)) {
            // Areas may overlap, so marking cells counts even where none are new.
            room.cells(end - area.column)?;
            reach(&mut line.cells, end, room)?;
            let covered = area.column + usize::from(row == area.row);
            for cell in line.cells.iter_mut().take(end).skip(covered) {
                *cell = Cell { covered: true, ..Cell::default() };
            }
        }
        Ok(())
    }

    /// The finished table, without lines that are wholly blank.
    pub(super) fn into_grid(self, name: String) -> Grid {
        let mut lines: Vec<Line> = self.rows.into_values().collect();
        lines.retain(|line| line.cells.iter().any(|cell| !cell.text.is_empty()));
        Grid { name, lines, ..Grid::default() }
    }
}

/// Lengthens a line to a number of cells, if it is shorter.
fn reach(cells: &mut Vec<Cell>, length: usize, room: &mut Room) -> Result<(), Unreadable> {
    if let Some(more) = length.checked_sub(cells.len()) {
        room.cells(more)?;
        cells.resize_with(length, Cell::default);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::sample::rows;

    #[test]
    fn cells_come_in_any_order_and_leave_gaps() {
        let (mut sheet, mut room) = (Sheet::default(), Room::default());
        for (row, column, text) in [(1_000_000, 1, "far"), (0, 2, "c"), (0, 0, "a"), (5, 5, "  ")] {
            sheet.put(row, column, text, &mut room).expect("there is room");
        }
        let grid = sheet.into_grid(String::new());
        assert_eq!(rows(&grid), "1: a | | c\n1000001: | far\n");
        assert_eq!(room.cells, MAX_CELLS - 5, "blank rows between take up nothing");
    }

    #[test]
    fn a_merged_cell_covers_those_beside_and_below_it() {
        let (mut sheet, mut room) = (Sheet::default(), Room::default());
        for (row, column, text) in [(0, 0, "Task"), (0, 1, "Business"), (1, 1, "PO"), (1, 2, "PM")] {
            sheet.put(row, column, text, &mut room).expect("there is room");
        }
        for area in [Area { row: 0, column: 0, rows: 2, columns: 1 }, Area { row: 0, column: 1, rows: 1, columns: 2 }] {
            sheet.merge(area, &mut room).expect("there is room");
        }
        sheet.merge(Area { row: 7, column: 7, rows: 2, columns: 9 }, &mut room).expect("a blank area is nothing");
        assert_eq!(rows(&sheet.into_grid(String::new())), "1: Task | Business (2) | ^\n2: ^ | PO | PM\n");
    }

    #[test]
    fn a_table_that_is_too_large_is_refused_before_it_takes_memory() {
        let (mut sheet, mut room) = (Sheet::default(), Room::default());
        let refused =
            (0..MAX_ROWS).find_map(|row| sheet.put(row, MAX_COLUMNS - 1, "x", &mut room).err()).expect("it is too large");
        assert_eq!(refused.message, "the tables of this file have more than 4 million cells");

        let (mut sheet, mut room) = (Sheet::default(), Room::default());
        let refused = (0..MAX_ROWS).find_map(|row| sheet.put(row, 0, "x", &mut room).err()).expect("it has too many rows");
        assert_eq!(refused.message, "the tables of this file have more than 100000 rows");

        let mut room = Room { text: 100, ..Room::default() };
        let refused = (0..200).find_map(|row| sheet.put(row, 0, "x", &mut room).err()).expect("it is too much");
        assert_eq!(refused.message, "the cells of this file hold more than 128 MB of text");
    }

    #[test]
    fn areas_that_overlap_without_end_are_refused() {
        let (mut sheet, mut room) = (Sheet::default(), Room::default());
        sheet.put(0, 0, "x", &mut room).expect("there is room");
        let area = Area { row: 0, column: 0, rows: usize::MAX, columns: usize::MAX };
        let refused = (0..10_000).find_map(|_| sheet.merge(area, &mut room).err());
        assert!(refused.is_some(), "work is bounded as memory is");
    }
}
