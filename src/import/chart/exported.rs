//! The charts that this program exports: they are recognized by their headings, and nothing in them is guessed.

use super::reader::{Reader, Table};
use super::table::Draft;
use super::{Layout, Role, Row, Why};
use crate::export::HEADS;
use crate::import::letters::{Ground, Key, Model, Reading};

impl Reader<'_> {
    /// Whether a line is the headings of an export.
    pub(super) fn is_exported(&self, at: usize) -> bool {
        HEADS.iter().enumerate().all(|(column, heading)| self.text(at, column) == *heading)
    }

    /// The line behind an export.
    pub(super) fn end_of_exported(&self, head: usize) -> usize {
        (head + 1..self.grid.lines.len()).find(|at| self.is_exported(*at)).unwrap_or(self.grid.lines.len())
    }

    pub(super) fn read_exported(&self, table: &Table) -> Draft {
        let mut draft = self.draft(table, Layout::Exported);
        let reading = Reading::Settled(Key::of(Model::Raci, Ground::Named));
        let number = self.line(table.head).map_or(0, |line| line.number);
        let mut roles = Vec::new();
        for column in HEADS.len()..self.width(table.head) {
            let name = restored(self.text(table.head, column)).to_string();
            roles.push((!name.is_empty()).then_some(draft.chart.roles.len()));
            if !name.is_empty() {
                draft.chart.roles.push(Role { name, group: String::new(), line: number, column: column + 1 });
            }
        }
        for at in table.head + 1..table.end {
            let [product, team, task, meaning] = [0, 1, 2, 3].map(|column| restored(self.text(at, column)).to_string());
            if task.is_empty() {
                draft.skip(at, Why::NoTask);
                continue;
            }
            let number = self.line(at).map_or(0, |line| line.number);
            draft.chart.rows.push(Row { task, product, team, meaning, number, ..Row::default() });
            for column in HEADS.len()..self.width(at) {
                let role = roles.get(column - HEADS.len()).copied().flatten();
                self.hold(&mut draft.chart, &reading, (at, column), role);
            }
        }
        draft.chart.reading = reading;
        draft
    }
}

/// A text without the quote that keeps spreadsheets from taking it for a formula.
fn restored(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::super::{Asked, read};
    use super::*;

    #[test]
    fn an_export_is_read_as_it_was_written() {
        let text = "Product|Team|Duty (RACI)|Meaning|Status|R|Total|Team\nShop|Red|Legend|A = approves|A|R||\nShop||Total|sums up||||\n\
                    Shop|Blue|Plan|x|A/R|C|I|A/R/C/I\n|Red|Task|x|-|A||";
        let chart = only(text);
        assert_eq!((model(&chart), chart.layout), (Some(Model::Raci), Layout::Exported));
        assert_eq!(
            shown(&chart),
            [
                "Legend: Status decides, R does",
                "Total: ",
                "Plan: Status decides+does, R input, Total informed, Team decides+input+does+informed",
                "Task: R decides",
            ]
        );
        let places: Vec<_> =
            chart.rows.iter().map(|row| (row.product.as_str(), row.team.as_str(), row.section.as_str())).collect();
        assert_eq!(places, [("Shop", "Red", ""), ("Shop", "", ""), ("Shop", "Blue", ""), ("", "Red", "")]);
        assert_eq!(chart.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 3, 4, 5]);
        assert_eq!(chart.unread, []);
    }

    #[test]
    fn a_table_that_only_looks_like_an_export_is_read_as_any_other() {
        let chart = only("Product|Team|Duty|Meaning|Owner|Dev\nShop|Red|Plan|x|A|R\nShop|Red|Build|x|C|A");
        assert_eq!((chart.rows[0].product.as_str(), chart.rows[0].team.as_str()), ("", ""));
        let given = read(
            &grid("Product|Team|Duty (RACI)|Meaning|Dev\nShop||Plan|x|A"),
            &Asked { model: Some(Model::Rapid), actor: None },
        );
        assert_eq!(shown(&given.charts[0]), ["Plan: Dev decides"], "its heading says what its letters mean");
    }
}
