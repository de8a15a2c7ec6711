//! Tables in HTML: whole pages, and what Markdown documents hold of them.

use super::Unreadable;
use super::document::Document;
use super::sheet::{Area, MAX_COLUMNS, MAX_ROWS, Room, Sheet};
use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};
use std::collections::BTreeMap;
use std::ops::Range;

/// Reads the headings, texts and tables of some HTML that begins in a line of the file.
pub(super) fn read(html: &str, first_line: usize, document: &mut Document, room: &mut Room) -> Result<(), Unreadable> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut walk = Walk { document, room, table: None, text: String::new(), silent: false };
    let mut line = Lines { text: html, at: 0, line: first_line };
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::StartTag(tag) => walk.start(&tag, line.of(tag.span.start))?,
            Token::EndTag(tag) => walk.end(&tag.name)?,
            Token::String(text) if !walk.silent => walk.text.push_str(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    walk.end_table()?;
    walk.end_text();
    Ok(())
}

/// Where a piece of HTML in a document ends, if the tables that begin in it go on behind it. A table that does not end takes the
/// rest of the text, as in a browser.
pub(super) fn end_of(text: &str, piece: Range<usize>) -> usize {
    let (mut depth, mut end, mut at) = (0usize, piece.end, piece.start);
    while let Some(found) = text.get(at..).and_then(|rest| memchr::memchr(b'<', rest.as_bytes())) {
        let start = at + found;
        if depth == 0 && start >= end {
            return end;
        }
        let rest = text.get(start..).unwrap_or_default();
        let closed = |mark: &str| rest.find(mark).map_or(text.len(), |length| start + length + mark.len());
        at = start + 1;
        if rest.starts_with("<!--") {
            at = closed("-->");
        } else if begins(rest, "<table") {
            depth += 1;
        } else if depth > 0 && begins(rest, "</table") {
            depth -= 1;
            end = end.max(closed(">"));
        }
    }
    if depth > 0 { text.len() } else { end }
}

/// Whether a text begins with a tag, in capitals or not.
pub(super) fn begins(text: &str, tag: &str) -> bool {
    text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag))
}

/// Lines of a text by places that only go on.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    /// The lines of a text, counted from 1.
    pub(super) fn new(text: &'a str) -> Self {
        Lines { text, at: 0, line: 1 }
    }

    /// The line of a place.
    pub(super) fn of(&mut self, place: usize) -> usize {
        if let Some(passed) = self.text.as_bytes().get(self.at..place) {
            self.line += memchr::memchr_iter(b'\n', passed).count();
            self.at = place;
        }
        self.line
    }
}

struct Walk<'a> {
    document: &'a mut Document,
    room: &'a mut Room,
    /// The table that is being read, with those inside its cells as text of them.
    table: Option<Table>,
    /// The text since the last cell, paragraph or heading began.
    text: String,
    /// Whether the text is a program or a style.
    silent: bool,
}

#[derive(Default)]
struct Table {
    sheet: Sheet,
    /// How many tables inside this one are open.
    inner: usize,
    /// How many rows have begun, and where the last of them stands.
    rows: usize,
    line: usize,
    /// The next free column of the row.
    column: usize,
    /// The cell that is open.
    cell: Option<Area>,
    merged: Vec<Area>,
    /// The last row in which a cell of an earlier row fills a column.
    filled: BTreeMap<usize, usize>,
}

impl Walk<'_> {
    fn start(&mut self, tag: &StartTag<usize>, line: usize) -> Result<(), Unreadable> {
        match (&mut self.table, tag.name.as_slice()) {
            (_, b"script" | b"style" | b"title" | b"template") => self.silent = true,
            (None, b"table") => {
                self.end_text();
                self.table = Some(Table::default());
            }
            (Some(table), b"table") => {
                table.inner += 1;
                self.text.push(' ');
            }
            (Some(table), name) if table.inner == 0 => match name {
                b"tr" | b"thead" | b"tbody" | b"tfoot" => {
                    self.end_cell()?;
                    if name == b"tr" {
                        self.begin_row(line);
                    }
                }
                b"td" | b"th" => {
                    self.end_cell()?;
                    self.begin_cell(tag, line)?;
                }
                b"caption" => self.text.clear(),
                _ => self.within(name),
            },
            (_, name) => self.within(name),
        }
        Ok(())
    }

    /// The start or end of something inside a text or cell.
    fn within(&mut self, name: &[u8]) {
        match name {
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"p" | b"li" | b"div" | b"ul" | b"ol" | b"dt" | b"dd"
            | b"section" | b"tr" | b"td" | b"th"
                if self.table.is_none() =>
            {
                self.end_text();
            }
            // These go on in the same word; whatever else begins is set apart from it.
            b"a" | b"abbr" | b"b" | b"code" | b"em" | b"font" | b"i" | b"mark" | b"s" | b"small" | b"span" | b"strong" | b"u" => {
            }
            _ => self.text.push(' '),
        }
    }

    fn end(&mut self, name: &[u8]) -> Result<(), Unreadable> {
        match (&mut self.table, name) {
            (_, b"script" | b"style" | b"title" | b"template") => self.silent = false,
            (Some(table), b"table") if table.inner > 0 => table.inner -= 1,
            (Some(_), b"table") => self.end_table()?,
            (Some(table), b"td" | b"th" | b"tr") if table.inner == 0 => self.end_cell()?,
            (Some(table), b"caption") if table.inner == 0 => {
                let caption = std::mem::take(&mut self.text);
                self.document.text(&caption);
            }
            (None, &[b'h', level @ b'1'..=b'6']) => {
                let heading = std::mem::take(&mut self.text);
                self.document.heading(usize::from(level - b'0'), &heading);
            }
            (_, name) => self.within(name),
        }
        Ok(())
    }

    fn begin_row(&mut self, line: usize) {
        if let Some(table) = &mut self.table {
            table.rows += 1;
            table.line = line;
            table.column = 0;
        }
    }

    fn begin_cell(&mut self, tag: &StartTag<usize>, line: usize) -> Result<(), Unreadable> {
        if self.table.as_ref().is_some_and(|table| table.rows == 0) {
            self.begin_row(line);
        }
        let Some(table) = &mut self.table else { return Ok(()) };
        let row = table.rows.saturating_sub(1);
        while table.filled.get(&table.column).is_some_and(|&last| last >= row) {
            self.room.cells(1)?;
            table.column += 1;
        }
        let number = |name: &[u8]| {
            let value = tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).trim().parse::<usize>());
            value.and_then(Result::ok).unwrap_or(1).max(1)
        };
        let columns = number(b"colspan").min(1000);
        let rows = number(b"rowspan").min(MAX_ROWS);
        if table.column + columns > MAX_COLUMNS {
            self.room.cells(usize::MAX)?;
        }
        table.cell = Some(Area { row, column: table.column, rows, columns });
        self.text.clear();
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Unreadable> {
        let text = std::mem::take(&mut self.text);
        let Some(table) = &mut self.table else { return Ok(()) };
        let Some(area) = table.cell.take() else { return Ok(()) };
        table.sheet.put(area.row, area.column, &text, self.room)?;
        table.sheet.number(area.row, table.line);
        table.column = area.column + area.columns;
        self.room.cells(1)?;
        if area.rows > 1 {
            self.room.cells(area.columns)?;
            let last = area.row.saturating_add(area.rows - 1);
            table.filled.extend((area.column..table.column).map(|column| (column, last)));
        }
        if area.rows > 1 || area.columns > 1 {
            table.merged.push(area);
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), Unreadable> {
        self.end_cell()?;
        if let Some(Table { mut sheet, merged, .. }) = self.table.take() {
            for area in merged {
                sheet.merge(area, self.room)?;
            }
            self.document.table(sheet);
        }
        Ok(())
    }

    fn end_text(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.document.text(&text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::sample::rows;

    fn read(html: &str) -> Result<Vec<crate::import::Grid>, Unreadable> {
        let mut document = Document::default();
        super::read(html, 1, &mut document, &mut Room::default()).map(|()| document.into_grids())
    }

    #[test]
    fn a_page_gives_its_tables_with_what_stands_beside_them() {
        let page = "<!doctype html><title>Page</title><style>td{}</style><h2>Roles &amp; <i>duties</i></h2>
<p>A = approves</p><ul><li>R = does it<li>C = is asked</ul>
<table><caption>Who decides</caption>
<tr><th rowspan=2>Task<th colspan='2'>Business</tr>
<tr><th>PO</th><th>PM</th></tr>
<tr><td>Plan<br>it<td><b>A</b>/<b>R</b><td>C<sup>1</sup></tr>
<tr><td>  <td></tr>
</table><script>if (a < b) {}</script><p>I = is told</p>";
        let grids = read(page).expect("it can be read");
        let [grid] = grids.as_slice() else { panic!("there is one table: {grids:?}") };
        assert_eq!((grid.name.as_str(), grid.heading.as_str()), ("", "Roles & duties"));
        assert_eq!(grid.around, ["A = approves", "R = does it", "C = is asked", "Who decides", "I = is told"]);
        assert_eq!(rows(grid), "4: Task | Business (2) | ^\n5: ^ | PO | PM\n6: Plan it | A/R | C 1\n");
    }

    #[test]
    fn a_table_inside_a_cell_is_text_of_it() {
        let grids = read("<table><tr><td>a<td><table><tr><td>b<td>c</table><td>d</table>").expect("it can be read");
        assert_eq!(grids.iter().map(rows).collect::<String>(), "1: a | b c | d\n");
    }

    #[test]
    fn a_cell_that_reaches_down_pushes_the_others_aside() {
        let grids = read("<table><tr><td rowspan=0>x<td rowspan=9>a<td>b\n<tr><td>c<td>d</table>").expect("it can be read");
        assert_eq!(grids.iter().map(rows).collect::<String>(), "1: x | a | b\n2: c | ^ | d\n");
    }

    #[test]
    fn spans_without_end_are_refused() {
        let wide = format!("<table><tr>{}</table>", "<td colspan=99999999>x".repeat(20));
        let deep = format!("<table>{}</table>", "<tr><td colspan=1000 rowspan=99999999>x".repeat(20_000));
        for html in [wide, deep] {
            assert_eq!(
                read(&html).expect_err("it is too large").message,
                "the tables of this file have more than 4 million cells"
            );
        }
    }

    #[test]
    fn pieces_end_where_their_tables_do() {
        let text = "<p>x</p>\n\n<table>\n\n<tr></TABLE> rest <table>";
        assert_eq!(end_of(text, 0..9), 9);
        assert_eq!(text.get(10..end_of(text, 10..18)), Some("<table>\n\n<tr></TABLE>"));
        assert_eq!(end_of(text, 37..44), text.len());
        assert_eq!(end_of("<!-- <table> --> ä", 0..16), 16);
    }
}
