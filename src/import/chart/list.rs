//! Charts that have a row for every task and role.

use super::heads;
use super::reader::{Reader, Table};
use super::table::{Draft, Labels, merged};
use super::{Layout, Role, Row, Why};
use crate::import::letters::Reading;
use std::collections::BTreeMap;

impl Reader<'_> {
    pub(super) fn list(&self, table: &Table, labels: &Labels, role: usize, letters: usize, reading: Reading) -> Draft {
        let Some(task) = self.list_task(table, labels, role, letters) else {
            return self.list_of_one(table, role, letters, reading);
        };
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

    /// What stands over a table, or the name of its grid.
    pub(super) fn title<'d>(&'d self, draft: &'d Draft) -> &'d str {
        if draft.chart.heading.is_empty() { &self.grid.name } else { &draft.chart.heading }
    }

    /// A list without tasks is about the one that stands over it.
    fn list_of_one(&self, table: &Table, role: usize, letters: usize, reading: Reading) -> Draft {
        let mut draft = self.draft(table, Layout::List);
        let number = self.line(table.head).map_or(0, |line| line.number);
        let task = self.title(&draft).to_string();
        draft.chart.rows.extend((!task.is_empty()).then(|| Row { task, number, ..Row::default() }));
        for at in table.head + 1..table.end {
            let name = self.text(at, role);
            if let Some(why) = self.beside(at, table, &[letters]).or_else(|| name.is_empty().then_some(Why::NoTask)) {
                draft.skip(at, why);
                continue;
            }
            let line = self.line(at).map_or(0, |line| line.number);
            draft.chart.roles.push(Role { name: name.to_string(), group: String::new(), line, column: role + 1 });
            let known = draft.chart.roles.len() - 1;
            self.hold(&mut draft.chart, &reading, (at, letters), Some(known));
        }
        draft.chart.reading = reading;
        draft
    }

    /// The column of tasks in a list: not that of roles.
    fn list_task(&self, table: &Table, labels: &Labels, role: usize, letters: usize) -> Option<usize> {
        if labels.task != role {
            return Some(labels.task);
        }
        let has_text = |column: &usize| (table.head + 1..table.end).any(|at| !self.text(at, *column).is_empty());
        let is_free = |column: &usize| *column != role && *column != letters && has_text(column);
        let others =
            || (0..self.width(table.head)).filter(is_free).filter(|column| !heads::is_extra(self.heading(table.head, *column)));
        let named = others().find(|column| heads::is_task(self.heading(table.head, *column)));
        named.or_else(|| labels.sections.last().copied()).or_else(|| others().next())
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

    #[test]
    fn roles_may_stand_behind_the_letters_and_a_list_may_be_about_one_task() {
        let chart = only("Task|RACI|Person\nPlan|A|Ann\nPlan|R|Bob\nBuild|A|Ann\nBuild|C|Cem");
        assert_eq!(shown(&chart), ["Plan: Ann decides, Bob does", "Build: Ann decides, Cem input"]);
        let chart = only("Activity|Person|Responsibility\nPlan|Ann|Accountable\nPlan|Bob|Responsible\nBuild|Ann|Accountable");
        assert_eq!(shown(&chart), ["Plan: Ann decides, Bob does", "Build: Ann decides"]);
        let grid = Grid { heading: "Handle an incident".into(), ..grid("Role|RACI\nSecurity|R\nCommander|A\nLegal|C") };
        let chart = read(&grid, &Asked::default()).charts.remove(0);
        assert_eq!(shown(&chart), ["Handle an incident: Security does, Commander decides, Legal input"]);
    }

    #[test]
    fn a_list_about_one_task_may_have_columns_that_are_still_blank() {
        let text = "Role|RACI|Deputy\nSecurity|R|\nCommander|A|\nLegal|C|";
        let chart = read(&Grid { heading: "Handle an incident".into(), ..grid(text) }, &Asked::default()).charts.remove(0);
        assert_eq!(shown(&chart), ["Handle an incident: Security does, Commander decides, Legal input"]);
        assert_eq!((chart.rows[0].number, chart.extras), (1, vec!["Deputy".to_string()]));
        assert_eq!(chart.roles.iter().map(|role| (role.line, role.column)).collect::<Vec<_>>(), [(2, 1), (3, 1), (4, 1)]);
    }

    #[test]
    fn letters_under_the_heading_role_are_those_of_the_persons_beside_them() {
        let chart = only("Task|Person|Role\nPlan|Ann|A\nPlan|Bob|R\nBuild|Ann|A\nBuild|Cem|C");
        assert_eq!(shown(&chart), ["Plan: Ann decides, Bob does", "Build: Ann decides, Cem input"]);
    }
}
