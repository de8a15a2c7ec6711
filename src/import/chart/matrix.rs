//! Charts whose tasks are rows and whose roles are columns.

use super::heads;
use super::reader::{Reader, Table};
use super::table::{Draft, Labels};
use super::{Layout, Role, Why};
use crate::import::letters::Reading;

impl<'g> Reader<'g> {
    pub(super) fn matrix(&self, table: &Table, labels: &Labels, columns: &[usize], reading: Reading) -> Draft {
        let mut draft = self.draft(table, Layout::Matrix);
        let roles = self.roles(table, columns, &mut draft);
        self.walk(table, labels, &mut draft, &|at| self.beside(at, table, columns), &mut |chart, at| {
            for (column, role) in columns.iter().zip(&roles) {
                self.hold(chart, &reading, (at, *column), *role);
            }
        });
        draft.chart.reading = reading;
        draft
    }

    /// The roles over columns; a merged heading names one role for all of its columns.
    pub(super) fn roles(&self, table: &Table, columns: &[usize], draft: &mut Draft) -> Vec<Option<usize>> {
        let above = table.head.checked_sub(1).filter(|above| *above >= table.start && self.groups(*above, columns));
        draft.skipped.extend(above.map(|above| (above, Why::Headings)));
        // Groups may also stand below: the line that says more names the roles.
        let is_merged =
            |at: usize| columns.iter().any(|column| self.text(at, *column).is_empty() && !self.heading(at, *column).is_empty());
        let swapped = above.filter(|above| {
            !is_merged(*above)
                && is_merged(table.head)
                && self.headings(*above, columns).len() > self.headings(table.head, columns).len()
        });
        let (head, groups) =
            if swapped.is_some() { (above.unwrap_or(table.head), Some(table.head)) } else { (table.head, above) };
        let group = |column: usize| {
            let Some(at) = groups else { return "" };
            let own = self.heading(at, column);
            // Without merged cells, a group reaches as far as the next one.
            let mut left = (columns.first().copied().unwrap_or(0)..=column).rev().map(|column| self.text(at, column));
            if own.is_empty() { left.find(|text| !text.is_empty()).unwrap_or_default() } else { own }
        };
        let mut found = Vec::new();
        let chart = &mut draft.chart;
        for column in columns {
            let heading = self.heading(head, *column);
            let mut name = if heading.is_empty() { groups.map_or("", |at| self.heading(at, *column)) } else { heading };
            let lacks_actor = columns.len() == 1 && heads::names_nobody(name);
            if lacks_actor {
                name = self.asked.actor.unwrap_or_default();
                chart.lacks_actor = name.is_empty();
            }
            let Some(line) = self.line(head).filter(|_| !name.is_empty() || lacks_actor) else {
                found.push(None);
                continue;
            };
            let group = Some(group(*column)).filter(|group| *group != name).unwrap_or_default();
            let is_covered = line.cells.get(*column).is_some_and(|cell| cell.covered);
            let same = chart.roles.last().filter(|role| is_covered && role.name == name && role.group == group);
            if same.is_none() {
                let (name, group) = (name.to_string(), group.to_string());
                chart.roles.push(Role { name, group, line: line.number, column: column + 1 });
            }
            found.push(Some(chart.roles.len() - 1));
        }
        found
    }

    /// Whether a line over the headings groups roles: it has several texts over letters, or one over some of them.
    fn groups(&self, at: usize, columns: &[usize]) -> bool {
        let labels = columns.iter().filter(|column| self.known(at, **column).is_label()).count();
        let groups = self.headings(at, columns).len();
        let reach = columns.iter().filter(|column| !self.heading(at, **column).is_empty()).count();
        let is_merged = self.line(at).is_some_and(|line| line.cells.iter().any(|cell| cell.columns > 1));
        labels > 0
            && !self.is_legend(at)
            && (groups > 1 || is_merged && reach * 2 <= columns.len() && self.text(at, 0).is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::super::*;
    use super::super::{Asked, read};
    use crate::import::letters::Model;

    #[test]
    fn a_word_over_one_column_groups_no_roles() {
        let chart = only("||Team|\nTask|PO|Dev|QA\nPlan|A|R|C\nShip|A|R|I");
        assert_eq!(chart.roles.iter().map(|role| role.group.as_str()).collect::<Vec<_>>(), ["", "", ""]);
    }

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
    fn tasks_may_stand_behind_the_letters() {
        let chart = only("Owner|Developers|Users|Task|Notes\nA|R|C|Plan it|x\n|A/R|I|Build it|\nR|A|I|Ship it|");
        assert_eq!(
            shown(&chart),
            [
                "Plan it: Owner decides, Developers does, Users input",
                "Build it: Developers decides+does, Users informed",
                "Ship it: Owner does, Developers decides, Users informed",
            ]
        );
        assert_eq!((chart.extras, chart.unread), (vec!["Notes".to_string()], Vec::new()));
        let chart = only("Phase|Task|Owner|Developers\nA|Plan it|A|R\nC|Build it|C|A");
        assert_eq!(shown(&chart)[1], "Build it [C]: Owner input, Developers decides");
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

    #[test]
    fn of_two_lines_of_headings_the_one_that_says_more_names_the_roles() {
        let roles = |heads: &str| -> Vec<String> {
            only(&format!("{heads}\nPlan|A|R|C\nBuild|I|A|R")).roles.into_iter().map(|role| role.name).collect()
        };
        assert_eq!(roles("Task|Owner|Lead|Developers\n|Product|Technology|<"), ["Owner", "Lead", "Developers"]);
        assert_eq!(roles("Task|Business|Technology|Quality\n|Owner||Lead"), ["Owner", "Technology", "Lead"]);
    }

    #[test]
    fn words_in_several_columns_count_as_letters() {
        let chart = only("Task|Owner|Team\nPlan|Accountable|Responsible\nBuild|Consulted|Accountable");
        assert_eq!(shown(&chart), ["Plan: Owner decides, Team does", "Build: Owner input, Team decides"]);
    }
}
