//! Markdown as GitHub shows it: with tables, and with links made of addresses.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};

/// Asserts that a page holds no markup but what the project writes.
pub fn assert_own(page: &str) {
    super::text::assert_harmless(page);
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    options.extension.alerts = true;
    let arena = Arena::new();
    let lines: Vec<&str> = page.lines().collect();
    let mut of_tables = 0;
    for node in parse_document(&arena, page, &options).descendants() {
        let data = node.data();
        match &data.value {
            NodeValue::Link(link) => assert!(link.url.starts_with('#'), "{} is linked in\n{page}", link.url),
            NodeValue::Table(table) => {
                let rows = &lines[data.sourcepos.start.line - 1..data.sourcepos.end.line];
                for row in rows {
                    assert_eq!(bars(row), table.num_columns + 1, "{row}\n{page}");
                }
                of_tables += rows.len();
            }
            NodeValue::HtmlBlock(_)
            | NodeValue::HtmlInline(_)
            | NodeValue::Image(_)
            | NodeValue::FootnoteReference(_)
            | NodeValue::FootnoteDefinition(_)
            | NodeValue::Strikethrough
            | NodeValue::Math(_)
            | NodeValue::Alert(_) => panic!("{:?} in\n{page}", data.value),
            _ => {}
        }
    }
    let rows = lines.iter().filter(|line| line.starts_with('|')).count();
    assert_eq!(rows, of_tables, "a row of a table is not in one:\n{page}");
}

/// The bars of a row that divide cells.
fn bars(row: &str) -> usize {
    let is_escaped = |at: usize| row[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    row.match_indices('|').filter(|(at, _)| !is_escaped(*at)).count()
}
