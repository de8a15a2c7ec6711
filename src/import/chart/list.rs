//! Charts that have a row for every task and role.

use super::cells::{only_text, text};
use super::heads;
use super::reader::{Reader, Table};
use super::table::{Labels, Place, Sections, hold};
use super::{Chart, Layout, Role, Row, Why};
use crate::import::letters::Reading;
use std::collections::BTreeMap;

impl<'g> Reader<'g> {
    pub(super) fn list(&mut self, table: &Table, labels: &Labels, role: usize, letters: usize, reading: Reading) -> Chart {
        let mut chart = self.chart(table, Layout::List);
        let task = self.list_task(table, labels, role, letters);
        let mut sections = Sections::default();
        let (mut rows, mut roles): (BTreeMap<(String, String), usize>, BTreeMap<String, usize>) =
            (BTreeMap::new(), BTreeMap::new());
        let (mut last_task, mut last_role) = (String::new(), String::new());
        for at in table.head + 1..table.end {
            let Some(line) = self.grid.lines.get(at) else { continue };
            if let Some(why) = self.beside(at, table, &[letters]) {
                self.skip(at, why);
                continue;
            }
            if let Some(heading) = only_text(line).filter(|heading| *heading != text(line, letters)) {
                if let Some(earlier) = sections.open(at, heading) {
                    self.skip(earlier, Why::Alone);
                }
                continue;
            }
            sections.fill(
                line,
                &Labels { task, sections: labels.sections.iter().copied().filter(|it| *it != role && *it != task).collect() },
            );
            // What is said once holds for the lines below it.
            for (column, last) in [(task, &mut last_task), (role, &mut last_role)] {
                let own = text(line, column);
                if !own.is_empty() {
                    *last = own.to_string();
                }
            }
            if last_task.is_empty() || last_role.is_empty() {
                self.skip(at, Why::NoTask);
                continue;
            }
            sections.used().into_iter().for_each(|heading| self.skip(heading, Why::Section));
            let section = sections.name();
            let row = *rows.entry((section.clone(), last_task.clone())).or_insert_with(|| {
                chart.rows.push(Row { task: last_task.clone(), section, number: line.number, ..Row::default() });
                chart.rows.len() - 1
            });
            let role = *roles.entry(last_role.clone()).or_insert_with(|| {
                chart.roles.push(Role { name: last_role.clone(), group: String::new(), line: line.number, column: role + 1 });
                chart.roles.len() - 1
            });
            // Tasks need not stand together: the last row of the chart is the one that cells go to.
            let last = chart.rows.len() - 1;
            chart.rows.swap(row, last);
            hold(&mut chart, &reading, Place { line, column: letters }, Some(role));
            chart.rows.swap(row, last);
        }
        if let Some(heading) = sections.pending {
            self.skip(heading, Why::Alone);
        }
        chart.reading = reading;
        chart
    }

    /// The column of tasks in a list: not that of roles.
    pub(super) fn list_task(&self, table: &Table, labels: &Labels, role: usize, letters: usize) -> usize {
        if labels.task != role {
            return labels.task;
        }
        let width = self.line(table.head).map_or(0, |line| line.cells.len());
        let others = || (0..width).filter(|column| *column != role && *column != letters);
        let named = others().find(|column| heads::is_task(self.heading(table.head, *column)));
        named.or_else(|| labels.sections.last().copied()).or_else(|| others().next()).unwrap_or(labels.task)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::super::*;

    #[test]
    fn a_list_has_a_line_for_each_task_and_role() {
        let chart = only(
            "Activity|Role|RACI|Status\nPlan|Owner|A|open\n|Developers|R|open\nBuild|Developers|A/R|done\nPlan|Sponsor|I|open\nBuild|Owner|C|",
        );
        assert_eq!(chart.layout, Layout::List);
        assert_eq!(
            shown(&chart),
            ["Plan: Owner decides, Developers does, Sponsor informed", "Build: Developers decides+does, Owner input"]
        );
        assert_eq!(chart.extras, ["Status"]);
        assert_eq!(chart.rows[0].cells[2].line, 5);
        let chart = only("Role|Activity|RACI\nOwner|Plan|A\nDevelopers|Plan|R\nDevelopers|Build|A\nOwner|Build|C");
        assert_eq!(shown(&chart), ["Plan: Owner decides, Developers does", "Build: Developers decides, Owner input"]);
    }
}
