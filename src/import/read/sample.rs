//! What the tests of reading share.

use crate::import::Grid;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A table as text: `^` is a covered cell, and a number behind a text tells how many columns it spans.
pub(super) fn rows(grid: &Grid) -> String {
    let cell = |cell: &crate::import::Cell| match (cell.covered, cell.columns) {
        (true, _) => " ^".to_owned(),
        (false, 1) if cell.text.is_empty() => String::new(),
        (false, 1) => format!(" {}", cell.text),
        (false, columns) => format!(" {} ({columns})", cell.text),
    };
    let line =
        |line: &crate::import::Line| format!("{}:{}\n", line.number, line.cells.iter().map(cell).collect::<Vec<_>>().join(" |"));
    grid.lines.iter().map(line).collect()
}

/// A zip archive while it is packed.
pub(super) struct Zip(ZipWriter<Cursor<Vec<u8>>>);

impl Zip {
    pub(super) fn new() -> Self {
        Zip(ZipWriter::new(Cursor::new(Vec::new())))
    }

    /// The archive with another part.
    pub(super) fn part(mut self, name: &str, text: &str) -> Self {
        self.0.start_file(name, SimpleFileOptions::default()).expect("it is in memory");
        self.0.write_all(text.as_bytes()).expect("it is in memory");
        self
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        self.0.finish().expect("it is in memory").into_inner()
    }
}
