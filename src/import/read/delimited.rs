//! CSV in all its kinds: cells between commas, semicolons, tabs or vertical bars.

use super::Unreadable;
use super::sheet::{Room, Sheet};
use crate::import::Grid;
use csv::{Reader, ReaderBuilder, StringRecord};
use rustc_hash::FxHashMap;

/// What cells are separated by; of equal ones the first wins.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many records show which delimiter a file has.
const SAMPLE: usize = 100;

/// Reads the one table of a text. Title lines before it are lines of it.
pub(super) fn read(text: &str, room: &mut Room) -> Result<Grid, Unreadable> {
    let (delimiter, preamble) = match declared(text) {
        Some(delimiter) => (delimiter, 1),
        None => (delimiter(text), 0),
    };
    let format = Format { delimiter, quoting: closes_quotes(text, delimiter) };
    let (mut records, mut record) = (format.records(text), StringRecord::new());
    let mut sheet = Sheet::default();
    let (mut row, mut breaks) = (0, 0);
    while next(&mut records, &mut record) {
        if row >= preamble {
            let filled = record.len() - record.iter().rev().take_while(|cell| cell.trim().is_empty()).count();
            for (column, cell) in record.iter().take(filled).enumerate() {
                sheet.put(row, column, cell, room)?;
            }
            // The blank ones behind them count as well: a line of commas takes time too.
            room.cells(record.len() - filled)?;
            // As a spreadsheet counts: a blank line is a row, and a line break within a cell begins none.
            sheet.number(row, line_of(&record, text).saturating_sub(breaks));
        }
        breaks += record.iter().flat_map(str::bytes).filter(|&byte| byte == b'\n').count();
        row += 1;
    }
    Ok(sheet.into_grid(String::new()))
}

/// How the cells of a text stand apart.
#[derive(Clone, Copy)]
struct Format {
    delimiter: u8,
    /// Whether a cell in double quotes may hold delimiters and line breaks.
    quoting: bool,
}

impl Format {
    fn records(self, text: &str) -> Reader<&[u8]> {
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(self.delimiter).quoting(self.quoting);
        builder.from_reader(text.as_bytes())
    }
}

/// Reads the next record. Text in memory gives neither errors of the system nor broken characters, so what is no record is the end.
fn next(records: &mut Reader<&[u8]>, record: &mut StringRecord) -> bool {
    records.read_record(record).unwrap_or(false)
}

/// The line that a record begins in, counted from 1; the reader counts the blank lines before it as its own.
fn line_of(record: &StringRecord, text: &str) -> usize {
    let Some(position) = record.position() else { return 0 };
    let start = usize::try_from(position.byte()).ok().and_then(|byte| text.as_bytes().get(byte..)).unwrap_or_default();
    let blank = start.iter().take_while(|&&byte| byte == b'\n').count();
    usize::try_from(position.line()).unwrap_or(usize::MAX).saturating_add(blank)
}

/// The delimiter that a spreadsheet has written in a line of its own: `sep=;`.
fn declared(text: &str) -> Option<u8> {
    match text.lines().next()?.trim_matches('"').strip_prefix("sep=")?.as_bytes() {
        &[delimiter] if delimiter.is_ascii() && delimiter != b'"' => Some(delimiter),
        _ => None,
    }
}

/// The delimiter by which most records have equally many cells; of several, the one that makes the most cells.
fn delimiter(text: &str) -> u8 {
    let best = DELIMITERS.iter().rev().max_by_key(|&&delimiter| {
        let (mut records, mut record) = (Format { delimiter, quoting: true }.records(text), StringRecord::new());
        let mut records_of: FxHashMap<usize, usize> = FxHashMap::default();
        for _ in 0..SAMPLE {
            if !next(&mut records, &mut record) {
                break;
            }
            *records_of.entry(record.len()).or_default() += 1;
        }
        records_of.into_iter().filter(|&(cells, _)| cells > 1).map(|(cells, records)| (records, cells)).max()
    });
    best.copied().unwrap_or(b',')
}

/// Whether the cells in quotes all end. One that does not would swallow the rest of the table.
fn closes_quotes(text: &str, delimiter: u8) -> bool {
    if text.bytes().filter(|&byte| byte == b'"').count() % 2 == 0 {
        return true;
    }
    let (mut records, mut record) = (Format { delimiter, quoting: true }.records(text), StringRecord::new());
    let mut last_breaks = false;
    while next(&mut records, &mut record) {
        last_breaks = record.iter().any(|cell| cell.contains('\n'));
    }
    !last_breaks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::sample::rows;

    fn read(text: &str) -> String {
        rows(&super::read(text, &mut Room::default()).expect("there is room"))
    }

    #[test]
    fn every_delimiter_is_found() {
        for delimiter in [",", ";", "\t", "|"] {
            let text = ["Task,PO,SM", "Plan,A,R", "Review,R,C"].join("\n").replace(',', delimiter);
            assert_eq!(read(&text), "1: Task | PO | SM\n2: Plan | A | R\n3: Review | R | C\n", "{delimiter:?}");
        }
    }

    #[test]
    fn delimiters_inside_cells_do_not_count() {
        assert_eq!(
            read("Task;PO;SM\nPlan, then do;A, R;C\nReview;R;C\n"),
            "1: Task | PO | SM\n2: Plan, then do | A, R | C\n3: Review | R | C\n"
        );
        assert_eq!(read("Task,PO\n\"a;b;c;d\",A\n\"e;f;g;h\",R\n"), "1: Task | PO\n2: a;b;c;d | A\n3: e;f;g;h | R\n");
        assert_eq!(
            read("Who does what; who decides\n\nTask,PO\nPlan,A\n"),
            "1: Who does what; who decides\n3: Task | PO\n4: Plan | A\n"
        );
    }

    #[test]
    fn a_cell_in_quotes_may_have_several_lines() {
        assert_eq!(
            read("\"Task\nname\",PO\n\n\"Say \"\"yes\"\"\",A\n,,\nPlan,R\n"),
            "1: Task name | PO\n3: Say \"yes\" | A\n5: Plan | R\n"
        );
    }

    #[test]
    fn a_quote_that_never_ends_swallows_nothing() {
        assert_eq!(read("Task,PO\n\"Plan,A\nReview,R\n"), "1: Task | PO\n2: \"Plan | A\n3: Review | R\n");
        assert_eq!(read("Task,PO\n5\" disk,A\n"), "1: Task | PO\n2: 5\" disk | A\n");
    }

    #[test]
    fn a_declared_delimiter_is_no_line() {
        assert_eq!(read("sep=;\nTask;PO\nPlan, do, check;A\n"), "2: Task | PO\n3: Plan, do, check | A\n");
    }

    #[test]
    fn every_cell_counts_once() {
        let text = format!("{},,\n", ["A"; 98].join(",")).repeat(10);
        assert!(super::read(&text, &mut Room::for_cells(1000)).is_ok());
        assert!(super::read(&text, &mut Room::for_cells(999)).is_err(), "blank ones take time too");
    }

    #[test]
    fn lines_of_delimiters_without_end_are_refused() {
        let refused = super::read(&",".repeat(5_000_000), &mut Room::default()).expect_err("it is too large");
        assert_eq!(refused.message, "the tables of this file have more than 4 million cells");
    }
}
