//! Workbooks in OpenDocument: what each visible sheet shows, read as a stream.

use super::Unreadable;
use super::package::{Node, Package, Xml, attribute, count, damaged, protected};
use super::sheet::{Area, MAX_COLUMNS, MAX_ROWS, Room, Sheet};
use crate::import::Grid;
use quick_xml::events::BytesStart;
use rustc_hash::FxHashSet;

/// How much of the list of parts shows whether they are encrypted: it says so of the first one.
const MANIFEST: u64 = 1 << 16;

/// Reads every visible sheet that holds something.
pub(super) fn read(package: &mut Package<'_>, room: &mut Room) -> Result<Vec<Grid>, Unreadable> {
    if package.start_of("META-INF/manifest.xml", MANIFEST).is_some_and(|list| list.contains("encryption-data")) {
        return Err(protected());
    }
    let mut grids = package.part("content.xml", |xml| sheets(xml, room))?;
    grids.retain(|grid| !grid.lines.is_empty());
    Ok(grids)
}

/// A sheet while it is read.
#[derive(Default)]
struct Open {
    name: String,
    sheet: Sheet,
    row: usize,
    /// How many times the row stands there, and its cells that hold something.
    times: usize,
    cells: Vec<Filled>,
    column: usize,
    cell: Option<Filled>,
    merged: Vec<Area>,
}

/// A cell with a text.
#[derive(Default)]
struct Filled {
    column: usize,
    times: usize,
    rows: usize,
    columns: usize,
    text: String,
}

fn sheets(xml: &mut Xml<'_>, room: &mut Room) -> Result<Vec<Grid>, Unreadable> {
    let mut grids = Vec::new();
    let mut hidden: FxHashSet<String> = FxHashSet::default();
    let mut style = String::new();
    let mut open: Option<Open> = None;
    // How many elements of a cell are open that hold no text of it: comments, and drawings with their own tables.
    let mut aside = 0usize;
    let mut paragraph = 0usize;
    while let Some(node) = xml.next()? {
        match node {
            Node::Start(start) => match (start.local_name().as_ref(), &mut open) {
                (b"annotation" | b"shapes" | b"frame" | b"tracked-changes" | b"dde-links", _) => aside += 1,
                _ if aside > 0 => {}
                (b"style", None) => style = attribute(&start, "name").unwrap_or_default(),
                (b"table-properties", None) if attribute(&start, "display").is_some_and(|display| display == "false") => {
                    hidden.insert(style.clone());
                }
                (b"table", None) => {
                    let is_hidden = attribute(&start, "style-name").is_some_and(|style| hidden.contains(&style));
                    // What is hidden is passed over as if it stood below the last row that a sheet can have.
                    let row = if is_hidden { MAX_ROWS } else { 0 };
                    open = Some(Open { name: attribute(&start, "name").unwrap_or_default(), row, ..Open::default() });
                }
                (b"table-row", Some(table)) => table.begin_row(&start),
                (b"table-cell" | b"covered-table-cell", Some(table)) => {
                    paragraph = 0;
                    table.begin_cell(&start);
                }
                (b"p" | b"h", Some(table)) => {
                    paragraph += 1;
                    table.text(" ");
                }
                (b"s" | b"tab" | b"line-break", Some(table)) => table.text(" "),
                _ => {}
            },
            Node::End(end) => match (end.local_name().as_ref(), &mut open) {
                (b"annotation" | b"shapes" | b"frame" | b"tracked-changes" | b"dde-links", _) => aside = aside.saturating_sub(1),
                _ if aside > 0 => {}
                (b"p" | b"h", _) => paragraph = paragraph.saturating_sub(1),
                (b"table-cell" | b"covered-table-cell", Some(table)) => table.end_cell(room)?,
                (b"table-row", Some(table)) => table.end_row(room)?,
                (b"table", Some(_)) => grids.extend(open.take().map(|table| table.into_grid(room)).transpose()?),
                _ => {}
            },
            Node::Text(text) => {
                if let Some(table) = open.as_mut().filter(|_| aside == 0 && paragraph > 0) {
                    table.text(&text);
                }
            }
            Node::Nothing => {}
        }
    }
    Ok(grids)
}

impl Open {
    fn begin_row(&mut self, start: &BytesStart<'_>) {
        self.times = count(start, "number-rows-repeated").unwrap_or(1).max(1);
        self.column = 0;
    }

    fn begin_cell(&mut self, start: &BytesStart<'_>) {
        let number = |name| count(start, name).unwrap_or(1).max(1);
        self.cell = Some(Filled {
            column: self.column,
            times: number("number-columns-repeated"),
            rows: number("number-rows-spanned"),
            columns: number("number-columns-spanned"),
            text: String::new(),
        });
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell {
            cell.text.push_str(text);
        }
    }

    fn end_cell(&mut self, room: &mut Room) -> Result<(), Unreadable> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        self.column = self.column.saturating_add(cell.times);
        if !cell.text.trim().is_empty() {
            // The last cell of a sheet may be said to repeat beyond its edge; one that holds something cannot.
            if self.column > MAX_COLUMNS {
                return Err(damaged());
            }
            room.cells(1)?;
            self.cells.push(cell);
        }
        Ok(())
    }

    fn end_row(&mut self, room: &mut Room) -> Result<(), Unreadable> {
        let cells = std::mem::take(&mut self.cells);
        let first = self.row;
        self.row = self.row.saturating_add(self.times);
        if cells.is_empty() || first >= MAX_ROWS {
            return Ok(());
        }
        for row in first..self.row.min(MAX_ROWS) {
            for cell in &cells {
                for column in cell.column..cell.column + cell.times {
                    self.sheet.put(row, column, &cell.text, room)?;
                    if cell.rows > 1 || cell.columns > 1 {
                        self.merged.push(Area { row, column, rows: cell.rows, columns: cell.columns });
                    }
                }
            }
        }
        Ok(())
    }

    fn into_grid(mut self, room: &mut Room) -> Result<Grid, Unreadable> {
        for area in std::mem::take(&mut self.merged) {
            self.sheet.merge(area, room)?;
        }
        Ok(self.sheet.into_grid(format!("sheet {}", self.name)))
    }
}
