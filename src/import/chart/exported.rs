//! The charts that this program exports: they are recognized by their headings, and nothing in them is guessed.

use super::cells::text;
use super::reader::{Reader, Table};
use super::table::{Place, hold};
use super::{Layout, Role, Row, Why};
use crate::export::HEADS;
use crate::import::letters::{Ground, Key, Model, Reading};

impl Reader<'_> {
    /// Whether a line is the headings of an export.
    pub(super) fn is_exported(&self, at: usize) -> bool {
        HEADS.iter().enumerate().all(|(column, heading)| self.text(at, column) == *heading)
    }

    /// Reads an export, and returns the line behind it.
    pub(super) fn read_exported(&mut self, head: usize) -> usize {
        let end = (head + 1..self.grid.lines.len()).find(|at| self.is_exported(*at)).unwrap_or(self.grid.lines.len());
        let table = Table { start: head, head, end };
        let mut chart = self.chart(&table, Layout::Exported);
        let reading = Reading::Settled(Key::of(Model::Raci, Ground::Named));
        self.skip(head, Why::Headings);
        let Some(headings) = self.line(head) else { return end };
        let mut roles = Vec::new();
        for (column, heading) in headings.cells.iter().enumerate().skip(HEADS.len()) {
            let name = restored(&heading.text).to_string();
            roles.push((!name.is_empty()).then_some(chart.roles.len()));
            if !name.is_empty() {
                chart.roles.push(Role { name, group: String::new(), line: headings.number, column: column + 1 });
            }
        }
        for at in head + 1..end {
            let Some(line) = self.line(at) else { continue };
            let [product, team, task, meaning] = [0, 1, 2, 3].map(|column| restored(text(line, column)).to_string());
            if task.is_empty() {
                self.skip(at, Why::NoTask);
                continue;
            }
            chart.rows.push(Row { task, product, team, meaning, number: line.number, ..Row::default() });
            for column in HEADS.len()..line.cells.len() {
                let role = roles.get(column - HEADS.len()).copied().flatten();
                hold(&mut chart, &reading, Place { line, column }, role);
            }
        }
        chart.reading = reading;
        self.contents.charts.push(chart);
        end
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
