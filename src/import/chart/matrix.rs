//! Charts whose tasks are rows and whose roles are columns.

use super::cells::{is_label, only_text, text};
use super::heads;
use super::reader::{Reader, Table};
use super::table::{Labels, Place, Sections, hold};
use super::{Chart, Layout, Role, Row, Why};
use crate::import::letters::Reading;

impl<'g> Reader<'g> {
    pub(super) fn matrix(&mut self, table: &Table, labels: &Labels, columns: &[usize], reading: Reading) -> Chart {
        let mut chart = self.chart(table, Layout::Matrix);
        let roles = self.roles(table, columns, &mut chart);
        let mut sections = Sections::default();
        for at in table.head + 1..table.end {
            let Some(line) = self.grid.lines.get(at) else { continue };
            if let Some(why) = self.beside(at, table, columns) {
                self.skip(at, why);
                continue;
            }
            if let Some(heading) = only_text(line) {
                if let Some(earlier) = sections.open(at, heading) {
                    self.skip(earlier, Why::Alone);
                }
                continue;
            }
            sections.fill(line, labels);
            let task = text(line, labels.task);
            let continues = line.cells.get(labels.task).is_some_and(|cell| cell.covered);
            if task.is_empty() && (!continues || chart.rows.is_empty()) {
                self.skip(at, Why::NoTask);
                continue;
            }
            sections.used().into_iter().for_each(|heading| self.skip(heading, Why::Section));
            if !task.is_empty() {
                chart.rows.push(Row { task: task.to_string(), section: sections.name(), number: line.number, ..Row::default() });
            }
            for column in columns {
                let role = roles
                    .binary_search_by_key(column, |(known, _)| *known)
                    .ok()
                    .and_then(|at| roles.get(at))
                    .map(|(_, role)| *role);
                hold(&mut chart, &reading, Place { line, column: *column }, role);
            }
        }
        if let Some(heading) = sections.pending {
            self.skip(heading, Why::Alone);
        }
        chart.reading = reading;
        chart
    }

    /// The roles over columns; a merged heading names one role for all of its columns.
    pub(super) fn roles(&mut self, table: &Table, columns: &[usize], chart: &mut Chart) -> Vec<(usize, usize)> {
        let above = table.head.checked_sub(1).filter(|above| *above >= table.start && self.groups(*above, columns));
        if let Some(above) = above {
            // It was skipped as text; now it is known what it is.
            let number = self.line(above).map(|line| line.number);
            for skipped in self.contents.skipped.iter_mut().filter(|line| Some(line.number) == number) {
                skipped.why = Why::Headings;
            }
        }
        let group = |column: usize| {
            let Some(above) = above else { return "" };
            let own = self.heading(above, column);
            // Without merged cells, a group reaches as far as the next one.
            let left = (columns.first().copied().unwrap_or(0)..=column).rev().map(|column| self.text(above, column));
            if own.is_empty() { left.into_iter().find(|text| !text.is_empty()).unwrap_or_default() } else { own }
        };
        let mut found = Vec::new();
        for column in columns {
            let heading = self.heading(table.head, *column);
            let group = group(*column);
            let mut name = if heading.is_empty() { above.map_or("", |above| self.heading(above, *column)) } else { heading };
            let lacks_actor = columns.len() == 1 && heads::names_nobody(name);
            if lacks_actor {
                name = self.asked.actor.unwrap_or_default();
                chart.lacks_actor = name.is_empty();
            }
            let is_covered = self.line(table.head).and_then(|line| line.cells.get(*column)).is_some_and(|cell| cell.covered);
            let Some(line) = self.line(table.head).filter(|_| !name.is_empty() || lacks_actor) else { continue };
            let group = if group == name { "" } else { group };
            let same = chart.roles.last().filter(|role| is_covered && role.name == name && role.group == group);
            if same.is_none() {
                chart.roles.push(Role {
                    name: name.to_string(),
                    group: group.to_string(),
                    line: line.number,
                    column: column + 1,
                });
            }
            found.push((*column, chart.roles.len().saturating_sub(1)));
        }
        found
    }

    /// Whether a line over the headings groups roles: it stands over letters, and has less to say than the headings.
    pub(super) fn groups(&self, at: usize, columns: &[usize]) -> bool {
        let Some(line) = self
            .line(at)
            .filter(|line| only_text(line).is_none() || line.cells.first().is_some_and(|cell| cell.text.trim().is_empty()))
        else {
            return false;
        };
        let explains = self.legends.get(at).is_some_and(|(found, _)| !found.is_empty());
        !explains && columns.iter().any(|column| is_label(text(line, *column)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::super::*;
    use super::super::{Asked, read};
    use crate::import::letters::Model;

    #[test]
    fn ids_and_names_of_tasks_are_told_apart() {
        let chart = only(FRAUD);
        assert_eq!(chart.rows[0].task, "VALIDATE_DATA_QUALITY");
        assert_eq!(chart.extras, ["activity_id"]);
        assert_eq!(only(PACKT).rows[0].task, "Requirements refinement");
        assert_eq!(
            only(PACKT).roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>(),
            ["TPM", "SDM", "PM-T", "Lead SDE", "SDE", "Business"]
        );
    }

    #[test]
    fn a_column_of_headings_holds_for_the_lines_below() {
        assert_eq!(
            shown(&only(PACKT_TPM))[..5],
            [
                "Refine requirements [Planning]:  decides",
                "Create functional spec [Planning]:  decides+does",
                "Sprint planning [Planning]:  input+does",
                "Review designs [Planning]:  input",
                "Draft communication plan [Stakeholder Management]:  decides+does",
            ]
        );
    }

    #[test]
    fn headings_may_have_two_lines() {
        let chart = only("|Product|<|Technology|<\nTask|Owner|Lead|Lead|Developers\nPlan|A|C|C|R\nBuild|C|I|A|R");
        let roles: Vec<(&str, &str)> = chart.roles.iter().map(|role| (role.group.as_str(), role.name.as_str())).collect();
        assert_eq!(roles, [("Product", "Owner"), ("Product", "Lead"), ("Technology", "Lead"), ("Technology", "Developers")]);
        assert_eq!(
            skipped("|Product|<|Technology|<\nTask|Owner|Lead|Lead|Developers\nPlan|A|C|C|R"),
            [(1, Why::Headings), (2, Why::Headings)]
        );
        let chart = only("Task|Business|Technology|<\n^|^|Lead|Developers\nPlan|A|C|R\nBuild|I|A|R");
        assert_eq!(chart.roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>(), ["Business", "Lead", "Developers"]);
    }

    #[test]
    fn a_column_of_letters_that_are_nobodys_is_whose_the_user_says() {
        let role = |text: &str, actor: Option<&str>| {
            let contents = read(&grid(text), &Asked { model: Some(Model::Raci), actor });
            let [chart] = contents.charts.as_slice() else { panic!("{contents:#?}") };
            assert_eq!((chart.rows.len(), chart.roles.len()), (2, 1), "{text}");
            (chart.roles[0].name.clone(), chart.lacks_actor)
        };
        for heading in ["", "RACI", "Role", "My role", "Letter", "Involvement", "Responsibility", "R/A/C/I", "Rolle"] {
            for cells in [["A", "R/A"], ["Accountable", "Responsible"]] {
                let text = format!("Task|{heading}\nPlan|{}\nBuild|{}", cells[0], cells[1]);
                assert_eq!(role(&text, None), (String::new(), true), "{text}");
                assert_eq!(role(&text, Some("Kim")), ("Kim".into(), false), "{text}");
            }
        }
        assert_eq!(role("Task|Owner\nPlan|A\nBuild|R", Some("Kim")), ("Owner".into(), false));
        assert_eq!(role("Task|Dev Team\nPlan|Accountable\nBuild|Consulted", None), ("Dev Team".into(), false));
    }
}
