//! Charts that have a column for every right, and marks where somebody holds it: under each role, or beside a column of roles.

use super::heads;
use super::reader::{Reader, Table};
use super::table::{Draft, Labels, is_no, merged};
use super::{Chart, Held, Layout, Puzzle, Role, Row, Unread, Why};
use crate::import::letters::{self, Entry, Reading, Sign};
use crate::org::rights::Rights;
use std::collections::BTreeMap;

/// How many lines below headings show what stands under them.
const REACH: usize = 12;

/// The columns of a table of marks.
pub(super) struct Heads {
    /// Each with the right that it stands for.
    signs: Vec<(usize, Sign)>,
    /// Where the roles are named.
    roles: Roles,
}

enum Roles {
    /// In the line above.
    Above,
    /// In a column.
    Column(usize),
    /// In a column, and there is no other: the chart is about the one task that its title names.
    Lines(usize),
    /// Nowhere.
    Nowhere,
}

impl<'g> Reader<'g> {
    /// The columns of a line of headings that name rights, if marks stand below.
    pub(super) fn tick_heads(&self, start: usize, at: usize) -> Option<Heads> {
        let signs = (0..self.width(at)).filter_map(|column| self.known(at, column).right.map(|sign| (column, sign)));
        let signs: Vec<(usize, Sign)> = signs.collect();
        let mut different: Vec<Sign> = signs.iter().map(|(_, sign)| *sign).collect();
        different.sort_unstable();
        different.dedup();
        if different.len() < 2 || signs.len() < 3 {
            return None;
        }
        let (mut marks, mut others) = (0, 0);
        for below in (at + 1..self.grid.lines.len()).take(REACH) {
            for (column, sign) in &signs {
                match self.entry(below, *column) {
                    Entry::Blank => {}
                    _ if is_no(self.text(below, *column)) => {}
                    _ if self.repeats_head(below, *column, *sign) => {}
                    _ if self.is_mark(below, *column) => marks += 1,
                    _ => others += 1,
                }
            }
        }
        if marks == 0 || others * 5 > marks {
            return None;
        }
        let columns: Vec<usize> = signs.iter().map(|(column, _)| *column).collect();
        let above = at.checked_sub(1).filter(|above| *above >= start && !self.is_legend(*above));
        let are_above = |above: usize| {
            let names = self.headings(above, &columns).len();
            if different.len() < signs.len() { names > 1 } else { names == 1 && !self.is_title(above) }
        };
        let first = columns.first().copied().unwrap_or_default();
        let column = (0..first).find(|column| heads::is_role(self.text(at, *column)));
        let roles = match column {
            _ if above.is_some_and(are_above) => Roles::Above,
            _ if different.len() < signs.len() => return None,
            Some(column) if (0..first).all(|other| other == column || !self.is_filled(at, other)) => Roles::Lines(column),
            Some(column) => Roles::Column(column),
            None => Roles::Nowhere,
        };
        Some(Heads { signs, roles })
    }

    /// Whether something other than an id or another name of the roles stands in one of the next lines of a column.
    fn is_filled(&self, head: usize, column: usize) -> bool {
        let heading = self.text(head, column);
        !(heads::is_id(heading) || heads::is_role(heading) || heads::is_name(heading))
            && (head + 1..self.grid.lines.len()).take(REACH).any(|at| !self.text(at, column).is_empty())
    }

    /// Whether a cell is marked.
    fn is_mark(&self, at: usize, column: usize) -> bool {
        const YES: [&str; 13] = ["1", "Yes", "yes", "YES", "Y", "y", "J", "j", "Ja", "ja", "TRUE", "true", "Oui"];
        YES.contains(&self.text(at, column)) || *self.entry(at, column) == Entry::Tick
    }

    /// Whether a cell repeats what its heading says: `R` below `R` marks it as well.
    fn repeats_head(&self, at: usize, column: usize, sign: Sign) -> bool {
        matches!(self.entry(at, column), Entry::Signs { signs, .. } if signs.as_slice() == [sign])
    }

    /// The line behind a table of marks.
    pub(super) fn end_of_ticks(&self, head: usize) -> usize {
        let all = self.grid.lines.len();
        (head + 1..all).find(|at| self.tick_heads(head + 1, *at).is_some() && !self.repeats(*at, head)).unwrap_or(all)
    }

    pub(super) fn read_ticked(&self, table: &Table, heads: &Heads) -> Option<Draft> {
        let columns: Vec<usize> = heads.signs.iter().map(|(column, _)| *column).collect();
        let mut labels = self.labels(table, &columns);
        let layout = if matches!(heads.roles, Roles::Column(_) | Roles::Lines(_)) { Layout::List } else { Layout::Matrix };
        let mut draft = self.draft(table, layout);
        let mut evidence = self.evidence(table);
        for (_, sign) in &heads.signs {
            if let Sign::Letter(letter) = sign {
                evidence.used.push((*letter, 1));
            }
        }
        let reading = letters::settle(&evidence, self.asked.model);
        let number = self.line(table.head).map_or(0, |line| line.number);
        if let Roles::Lines(role) = heads.roles {
            return self.ticks_of_one(table, role, &heads.signs, draft, reading);
        }
        let mut named: BTreeMap<String, usize> = BTreeMap::new();
        match &heads.roles {
            Roles::Above => draft.skip(table.head.saturating_sub(1), Why::Headings),
            Roles::Lines(_) => {}
            Roles::Column(role) if labels.task == *role => {
                let others = (0..columns.first().copied().unwrap_or_default()).filter(|column| column != role);
                labels = Labels { task: others.max().unwrap_or(*role), sections: Vec::new(), goes_on: true };
            }
            Roles::Column(role) => {
                labels.sections.retain(|column| column != role);
                labels.goes_on = true;
            }
            Roles::Nowhere => {
                let name = self.asked.actor.unwrap_or_default().to_string();
                draft.chart.lacks_actor = name.is_empty();
                draft.chart.roles.push(Role { name, group: String::new(), line: number, column: 1 });
            }
        }
        let above = table.head.saturating_sub(1);
        let mut last = "";
        let beside = |at: usize| self.beside(at, table, &columns).filter(|why| *why != Why::Text);
        self.walk(table, &labels, &mut draft, &beside, &mut |chart, at| {
            if let Roles::Column(role) = heads.roles {
                let name = self.text(at, role);
                last = if name.is_empty() { last } else { name };
            }
            for (column, sign) in &heads.signs {
                let name = match heads.roles {
                    Roles::Above => self.over(above, *column, &columns),
                    Roles::Column(_) => last,
                    Roles::Nowhere | Roles::Lines(_) => "",
                };
                let role = match heads.roles {
                    Roles::Nowhere => 0,
                    _ => *named.entry(name.to_string()).or_insert_with(|| {
                        chart.roles.push(Role { name: name.to_string(), group: String::new(), line: number, column: column + 1 });
                        chart.roles.len() - 1
                    }),
                };
                self.mark(chart, &reading, (at, *column), (role, *sign));
            }
        });
        draft.chart.reading = reading;
        draft.chart.rows = merged(draft.chart.rows);
        let role = if let Roles::Column(role) = heads.roles { Some(role) } else { None };
        draft.chart.extras = self.extras(table, &labels, &columns, role);
        draft.chart.roles.iter().any(|role| !role.name.is_empty() || draft.chart.lacks_actor).then_some(draft)
    }

    /// Marks in lines of roles are about the one task that stands over them.
    fn ticks_of_one(
        &self,
        table: &Table,
        role: usize,
        signs: &[(usize, Sign)],
        mut draft: Draft,
        reading: Reading,
    ) -> Option<Draft> {
        let columns: Vec<usize> = signs.iter().map(|(column, _)| *column).collect();
        let number = self.line(table.head).map_or(0, |line| line.number);
        let task = Some(self.title(&draft).to_string()).filter(|task| !task.is_empty())?;
        draft.chart.rows.push(Row { task, number, ..Row::default() });
        for at in table.head + 1..table.end {
            let name = self.text(at, role);
            let beside = self.beside(at, table, &columns).filter(|why| *why != Why::Text);
            if let Some(why) = beside.or_else(|| name.is_empty().then_some(Why::NoTask)) {
                draft.skip(at, why);
                continue;
            }
            let line = self.line(at).map_or(0, |line| line.number);
            draft.chart.roles.push(Role { name: name.to_string(), group: String::new(), line, column: role + 1 });
            let known = draft.chart.roles.len() - 1;
            signs.iter().for_each(|(column, sign)| self.mark(&mut draft.chart, &reading, (at, *column), (known, *sign)));
        }
        draft.chart.reading = reading;
        Some(draft)
    }

    /// The text over a column, as far as the next one.
    fn over(&self, at: usize, column: usize, columns: &[usize]) -> &'g str {
        let own = self.heading(at, column);
        let mut left = (columns.first().copied().unwrap_or(0)..=column).rev().map(|column| self.text(at, column));
        if own.is_empty() { left.find(|text| !text.is_empty()).unwrap_or_default() } else { own }
    }

    /// Adds what a mark says to the last row, or to what could not be read.
    fn mark(&self, chart: &mut Chart, reading: &Reading, (at, column): (usize, usize), (role, sign): (usize, Sign)) {
        let line = self.line(at).map_or(0, |line| line.number);
        if *self.entry(at, column) == Entry::Blank || is_no(self.text(at, column)) {
            return;
        }
        let mut puzzle =
            |why| chart.unread.push(Unread { line, column: column + 1, text: self.text(at, column).to_string(), why });
        if !self.is_mark(at, column) && !self.repeats_head(at, column, sign) {
            return puzzle(Puzzle::NoLetters);
        }
        let rights = match reading {
            Reading::Settled(key) => {
                let (rights, unknown) = key.rights(&[sign]);
                if !unknown.is_empty() {
                    return puzzle(Puzzle::UnknownLetter);
                }
                rights
            }
            Reading::Ambiguous { .. } => Rights::default(),
        };
        let letter = if let Sign::Letter(letter) = sign { letter.to_string() } else { String::new() };
        let Some(row) = chart.rows.last_mut() else { return };
        // A role that has several rights in a task holds them as if they stood in one cell.
        match row.cells.iter_mut().find(|held| held.role == role && held.line == line) {
            Some(held) => {
                rights.iter().for_each(|right| held.rights.add(right));
                held.letters = format!("{}/{letter}", held.letters);
            }
            None => row.cells.push(Held { role, letters: letter, rights, remark: String::new(), line }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::super::{Asked, read};
    use crate::import::Grid;

    #[test]
    fn marks_stand_under_the_rights_of_each_role() {
        let merged = "|Owner|<|<|<|Team|<|<|<\nTask|R|A|C|I|R|A|C|I\nPlan||x||||||x\nBuild||||✓|1|1||\nShip|x|x|||no|||?";
        let chart = only(merged);
        assert_eq!(
            shown(&chart),
            ["Plan: Owner decides, Team informed", "Build: Owner informed, Team decides+does", "Ship: Owner decides+does"]
        );
        assert_eq!(chart.roles.iter().map(|role| role.column).collect::<Vec<_>>(), [2, 6]);
        assert_eq!(chart.unread.iter().map(|cell| (cell.line, cell.column)).collect::<Vec<_>>(), [(5, 9)]);
        assert_eq!(shown(&only(&merged.replace('<', ""))), shown(&chart), "a heading reaches as far as the next one");
    }

    #[test]
    fn marks_beside_roles_alone_are_about_the_task_of_the_title() {
        let text = "Rolle|R|A|C|I\nEntwicklung|✓|||\nLeitung||✓||\nDatenschutz|||✓|✓";
        let page = Grid { heading: "Datenqualität sichern".into(), ..grid(text) };
        let chart = read(&page, &Asked::default()).charts.remove(0);
        assert_eq!(shown(&chart), ["Datenqualität sichern: Entwicklung does, Leitung decides, Datenschutz input+informed"]);
        let text = "#|Rolle|R|A|C|I\n1|Entwicklung|✓|||\n2|Leitung||✓||\n3|Datenschutz|||✓|✓";
        let page = Grid { heading: "Datenqualität sichern".into(), ..grid(text) };
        assert_eq!(shown(&read(&page, &Asked::default()).charts.remove(0)), shown(&chart), "a number is no task");
    }

    #[test]
    fn marks_stand_beside_a_column_of_roles() {
        let chart =
            only("Task|Role|Responsible|Accountable|Informed\nPlan|Owner||Yes|No\n|Dev|Yes||\nBuild|Owner||x|\nBuild|Dev|x||x");
        assert_eq!(shown(&chart), ["Plan: Owner decides, Dev does", "Build: Owner decides, Dev does+informed"]);
        let chart = only("Task|R|A|C|I\nPlan||x||\nBuild|x||x|");
        assert!(chart.lacks_actor);
        assert_eq!(shown(&chart), ["Plan:  decides", "Build:  input+does"]);
    }
}
