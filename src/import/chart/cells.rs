//! What single cells and lines hold.

use crate::import::letters::{Entry, Sign, entry, folded};
use crate::import::{Cell, Line};

/// The text of a cell; nothing where the line is too short.
pub(super) fn text(line: &Line, column: usize) -> &str {
    line.cells.get(column).map_or("", |cell| cell.text.trim())
}

/// The only text of a line: one cell, or the same in all that are filled.
pub(super) fn only_text(line: &Line) -> Option<&str> {
    let mut filled = line.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
    let first = filled.next()?;
    filled.all(|text| text == first && text.len() > 3).then_some(first)
}

/// Whether a text can be a heading: it is no letter and not blank. `AR` and `ID` may be letters or roles.
pub(super) fn is_label(text: &str) -> bool {
    matches!(entry(text), Entry::Text | Entry::Signs { joined: true, .. })
        || matches!(entry(text), Entry::Signs { signs, .. } if signs.iter().all(|sign| matches!(sign, Sign::Word(_))))
}

/// Whether a text stands where something is still to be settled.
pub(super) fn is_placeholder(text: &str) -> bool {
    text.len() <= 12 && matches!(folded(text).as_str(), "tbd" | "tbc" | "tba" | "?" | "??" | "open" | "yes" | "no" | "todo")
}

/// Whether a text numbers or codes a line: `3`, `1.2.4`, `ACT-001`.
pub(super) fn is_code(text: &str) -> bool {
    text.len() <= 12 && text.contains(|it: char| it.is_ascii_digit()) && !text.contains(char::is_whitespace)
}

/// The columns of a line that hold letters, behind its first text. The letters of a legend beside the table are none.
pub(super) fn letter_columns(line: &Line, legend: &[usize]) -> Vec<usize> {
    let mut has_text = false;
    let mut columns = Vec::new();
    for (column, cell) in line.cells.iter().enumerate() {
        match entry(&cell.text) {
            Entry::Blank => has_text |= cell.covered,
            Entry::Signs { joined, signs, .. } if has_text => {
                let is_sure = !joined && signs.iter().any(|sign| matches!(sign, Sign::Letter(_)));
                if is_sure && !legend.contains(&column) {
                    columns.push(column);
                }
            }
            _ => has_text = true,
        }
    }
    // `RA` is letters beside others, and where no heading can be: in a line that has nothing else.
    let is_joined = |cell: &Cell| matches!(entry(&cell.text), Entry::Signs { joined: true, .. });
    if !columns.is_empty() || line.cells.iter().skip(1).filter(|cell| !cell.text.trim().is_empty()).all(is_joined) {
        let more = line.cells.iter().enumerate().skip(1).filter(|(_, cell)| is_joined(cell)).map(|(column, _)| column);
        let texts = line.cells.iter().skip(1).filter(|cell| entry(&cell.text) == Entry::Text).count();
        let more: Vec<usize> = more.collect();
        if texts <= 2 && !more.is_empty() && (!columns.is_empty() || more.len() == 1) {
            columns.extend(more);
            columns.sort_unstable();
        }
    }
    columns
}

/// The columns of a line that hold nothing but words for letters, behind its first text. Those of a legend beside the table stand
/// behind the letters that they explain.
pub(super) fn word_columns(line: &Line, legend: &[usize]) -> Vec<usize> {
    let filled: Vec<usize> = (0..line.cells.len()).filter(|column| !text(line, *column).is_empty()).collect();
    let is_word = |column: usize| matches!(entry(text(line, column)), Entry::Signs { signs, .. } if signs.iter().all(|sign| matches!(sign, Sign::Word(_))));
    let pairs = filled.iter().zip(filled.iter().skip(1));
    pairs.filter(|(before, column)| !legend.contains(before) && is_word(**column)).map(|(_, column)| *column).collect()
}
