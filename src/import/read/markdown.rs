//! Every table of a Markdown document, those that are written in HTML included.

use super::Unreadable;
use super::document::Document;
use super::html::{self, Lines};
use super::sheet::{Room, Sheet};
use crate::import::Grid;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Reads the tables of a document in their order.
pub(super) fn read(text: &str, room: &mut Room) -> Result<Vec<Grid>, Unreadable> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut document = Document::default();
    let mut lines = Lines::new(text);
    let mut words = String::new();
    let mut table = Table::default();
    let mut read_to = 0;
    for (event, place) in Parser::new_ext(text, options).into_offset_iter() {
        if place.start < read_to {
            continue;
        }
        match event {
            Event::Text(piece) | Event::Code(piece) => words.push_str(&piece),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::Start(Tag::HtmlBlock) => {
                read_to = html::end_of(text, place.clone());
                let piece = text.get(place.start..read_to).unwrap_or_default();
                html::read(piece, lines.of(place.start), &mut document, room)?;
            }
            Event::InlineHtml(tag) if html::begins(&tag, "<table") => {
                document.text(&std::mem::take(&mut words));
                read_to = html::end_of(text, place.clone());
                let piece = text.get(place.start..read_to).unwrap_or_default();
                html::read(piece, lines.of(place.start), &mut document, room)?;
            }
            Event::InlineHtml(tag) if is_break(&tag) => words.push(' '),
            Event::Start(Tag::Table(_)) => {
                document.text(&std::mem::take(&mut words));
                table = Table::default();
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => table.line = lines.of(place.start),
            Event::Start(Tag::TableCell) => words.clear(),
            Event::End(TagEnd::TableCell) => table.cell(&std::mem::take(&mut words), room)?,
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => table.end_row(),
            Event::End(TagEnd::Table) => document.table(std::mem::take(&mut table).sheet),
            Event::End(TagEnd::Heading(level)) => document.heading(level as usize, &std::mem::take(&mut words)),
            Event::End(TagEnd::MetadataBlock(_)) => words.clear(),
            Event::Start(tag) if !is_inline(&tag.to_end()) => document.text(&std::mem::take(&mut words)),
            Event::End(tag) if !is_inline(&tag) => document.text(&std::mem::take(&mut words)),
            _ => {}
        }
    }
    Ok(document.into_grids())
}

/// A table while its cells come in.
#[derive(Default)]
struct Table {
    sheet: Sheet,
    row: usize,
    column: usize,
    /// Where the row stands.
    line: usize,
}

impl Table {
    fn cell(&mut self, text: &str, room: &mut Room) -> Result<(), Unreadable> {
        self.sheet.put(self.row, self.column, text, room)?;
        self.column += 1;
        Ok(())
    }

    fn end_row(&mut self) {
        self.sheet.number(self.row, self.line);
        self.row += 1;
        self.column = 0;
    }
}

/// Whether a tag sets apart what it stands between, such as a line break or a footnote's number.
fn is_break(tag: &str) -> bool {
    ["<br", "<sup", "<p", "<li", "<div", "<hr"].iter().any(|start| html::begins(tag, start))
}

/// Whether a text goes on over the start or end of such a thing.
fn is_inline(tag: &TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image | TagEnd::Heading(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::sample::rows;

    fn read(text: &str) -> Vec<Grid> {
        super::read(text, &mut Room::default()).expect("there is room")
    }

    #[test]
    fn every_table_has_what_stands_beside_it() {
        let grids = read(
            "---
title: | not | a | table |
---
# Roles

Before **all**.

- **R** = does it
  - deeper
1. one

## First [table](x.html)
| Task | PO |
|---|:-:|
| Plan *how* `it` goes | **A**/R |
|  |  |
| a \\| b<br>c | R[^1] |

Between
them.

Second | SM
-------|---
x | I<sup>2</sup> | too much

> After.

[^1]: A note.
",
        );
        let [first, second] = grids.as_slice() else { panic!("there are two tables: {grids:?}") };
        assert_eq!((first.name.as_str(), first.heading.as_str()), ("table 1", "First table"));
        assert_eq!(first.around, ["Before all.", "R = does it", "deeper", "one", "Between them."]);
        assert_eq!(rows(first), "13: Task | PO\n15: Plan how it goes | A/R\n17: a | b c | R\n");
        assert_eq!((second.name.as_str(), second.heading.as_str()), ("table 2", "First table"));
        assert_eq!(second.around, ["Between them.", "After.", "A note."]);
        assert_eq!(rows(second), "22: Second | SM\n24: x | I 2\n");
    }

    #[test]
    fn tables_in_html_are_read_though_blank_lines_break_them() {
        let grids = read(
            "<h2>Rights</h2>

<table>
  <tr><th>Task</th><th colspan=\"2\">Business</th></tr>

      <tr><td>Plan</td><td>**A**</td><td>R</td></tr>

</table>

Then text.

<p>A = approves</p>

| x | y |
|---|---|
| 1 | 2 |
",
        );
        let [first, second] = grids.as_slice() else { panic!("there are two tables: {grids:?}") };
        assert_eq!(rows(first), "4: Task | Business (2) | ^\n6: Plan | A | R\n");
        assert_eq!(first.heading, "Rights");
        assert_eq!(rows(second), "14: x | y\n16: 1 | 2\n");
        assert_eq!(second.around, ["Then text.", "A = approves"]);
    }

    #[test]
    fn what_is_code_is_no_table() {
        assert_eq!(read("```\n| a | b |\n|---|---|\n| 1 | 2 |\n```\n\n<!-- <table><tr><td>a<td>b</table> -->\n"), []);
    }

    #[test]
    fn documents_that_never_end_what_they_begin_are_read_once() {
        let grids = read(&"<table>\n\n<tr><td>a<td>b\n\n".repeat(20_000));
        assert_eq!(grids.len(), 1);
        assert_eq!(read(&"- ".repeat(50_000)), []);
        assert_eq!(read(&"> ".repeat(50_000)), []);
        assert_eq!(read(&format!("|{}\n|{}\n{}", "a|".repeat(2000), "-|".repeat(2000), "|b\n".repeat(2000))).len(), 1);
    }

    #[test]
    fn a_table_knows_the_headings_above_its_own() {
        let grids = read("# RACI of the team\n\n## Plan\n\n### Scope\n\n|a|b|\n|-|-|\n|c|d|\n\n## Ship\n\n|a|b|\n|-|-|\n|c|d|\n");
        let above: Vec<(&str, Vec<&str>)> =
            grids.iter().map(|grid| (grid.heading.as_str(), grid.document.iter().map(String::as_str).collect())).collect();
        assert_eq!(above, [("Scope", vec!["Plan", "RACI of the team"]), ("Ship", vec!["RACI of the team"])]);
    }
}
