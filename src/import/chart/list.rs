//! Charts that have a row for every task and role.

use super::heads;
use super::reader::{Reader, Table};
use super::table::{Draft, Labels, merged};
use super::{Layout, Role};
use crate::import::letters::Reading;
use std::collections::BTreeMap;

impl Reader<'_> {
    pub(super) fn list(&self, table: &Table, labels: &Labels, role: usize, letters: usize, reading: Reading) -> Draft {
        let task = self.list_task(table, labels, role, letters);
        let sections = labels.sections.iter().copied().filter(|it| *it != role && *it != task).collect();
        let labels = Labels { task, sections, goes_on: true };
        let mut draft = self.draft(table, Layout::List);
        let mut roles: BTreeMap<&str, usize> = BTreeMap::new();
        let mut last = "";
        self.walk(table, &labels, &mut draft, &|at| self.beside(at, table, &[letters]), &mut |chart, at| {
            // What is said once holds for the lines below it.
            let name = self.text(at, role);
            last = if name.is_empty() { last } else { name };
            let line = self.line(at).map_or(0, |line| line.number);
            let known = (!last.is_empty()).then(|| {
                *roles.entry(last).or_insert_with(|| {
                    chart.roles.push(Role { name: last.to_string(), group: String::new(), line, column: role + 1 });
                    chart.roles.len() - 1
                })
            });
            self.hold(chart, &reading, (at, letters), known);
        });
        draft.chart.rows = merged(draft.chart.rows);
        draft.chart.reading = reading;
        draft
    }

    /// The column of tasks in a list: not that of roles.
    pub(super) fn list_task(&self, table: &Table, labels: &Labels, role: usize, letters: usize) -> usize {
        if labels.task != role {
            return labels.task;
        }
        let width = self.width(table.head);
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
