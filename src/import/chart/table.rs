//! What the layouts have in common: the columns of a table, the lines that are tasks, and the headings that they stand under.

use super::cells::{is_code, is_placeholder, only_text, text};
use super::heads;
use super::reader::{Reader, Table};
use super::transposed::{has_roles_as_rows, transpose};
use super::{Chart, Held, Layout, Puzzle, Row, Unread, Why};
use crate::import::Line;
use crate::import::letters::{self, Entry, Reading, Sign, folded};
use crate::org::rights::Rights;
use std::collections::BTreeMap;

/// A chart while it is read, and the lines of its table that are no tasks.
pub(super) struct Draft {
    pub(super) chart: Chart,
    pub(super) skipped: Vec<(usize, Why)>,
}

impl Draft {
    pub(super) fn skip(&mut self, at: usize, why: Why) {
        self.skipped.push((at, why));
    }
}

/// The columns that name tasks.
pub(super) struct Labels {
    pub(super) task: usize,
    /// Those that name what tasks belong to, from the widest to the narrowest.
    pub(super) sections: Vec<usize>,
    /// Whether a line without a task goes on with the one above.
    pub(super) goes_on: bool,
}

impl<'g> Reader<'g> {
    pub(super) fn draft(&self, table: &Table, layout: Layout) -> Draft {
        let mut titles =
            (table.start..table.head).filter(|at| !self.is_legend(*at)).filter_map(|at| self.line(at).and_then(only_text));
        let title = titles.rfind(|title| heads::right(title).is_none());
        let chart = Chart {
            name: self.grid.name.clone(),
            heading: title.unwrap_or(&self.grid.heading).to_string(),
            layout,
            reading: Reading::Ambiguous { letters: Vec::new(), alternatives: Vec::new() },
            roles: Vec::new(),
            lacks_actor: false,
            rows: Vec::new(),
            extras: Vec::new(),
            unread: Vec::new(),
        };
        Draft { chart, skipped: vec![(table.head, Why::Headings)] }
    }

    /// What the columns of a table are that do not hold rights.
    pub(super) fn labels(&self, table: &Table, rights: &[usize]) -> Labels {
        let width = self.width(table.head);
        let first = rights.iter().min().copied().unwrap_or(width);
        let rows = (table.head + 1..table.end).filter(|at| !self.is_title(*at) && !self.is_legend(*at));
        let body: Vec<usize> = rows.collect();
        let is_id = |column: usize| {
            let filled = || body.iter().map(|at| self.text(*at, column)).filter(|text| !text.is_empty());
            // `T1` may be what a task is called where its column says so; a number is none.
            let names_tasks = heads::is_task(self.heading(table.head, column));
            let codes = filled().filter(|text| is_code(text) && !(names_tasks && text.contains(char::is_alphabetic))).count();
            heads::is_id(self.heading(table.head, column)) || codes > 0 && codes * 5 >= filled().count() * 4
        };
        let has_text = |column: usize| body.iter().any(|at| !self.text(*at, column).is_empty());
        let candidates: Vec<usize> = (0..width.max(first))
            .filter(|column| !rights.contains(column) && has_text(*column))
            .filter(|column| !heads::is_extra(self.heading(table.head, *column)) && !is_id(*column))
            .collect();
        let before: Vec<usize> = candidates.iter().copied().filter(|column| *column < first).collect();
        let of = |column: &&usize| heads::is_task(self.heading(table.head, **column));
        // A column of responsibilities may as well hold names.
        let sure = |column: &&usize| of(column) && !heads::is_responsibility(self.heading(table.head, **column));
        let is_section = |column: &usize| heads::is_section(self.heading(table.head, *column));
        let named = before.iter().rev().find(sure).or_else(|| before.iter().rev().find(of));
        let task = named.or_else(|| before.iter().rev().find(|column| !is_section(column)));
        let task = task.or_else(|| candidates.iter().find(of)).or(before.last()).copied();
        // A chart whose tasks are numbers or codes only has no other names for them.
        let task = task.unwrap_or_else(|| (0..first).rev().find(|column| has_text(*column)).unwrap_or(0));
        let sections = before.iter().copied().filter(|column| *column < task || *column != task && is_section(column)).collect();
        Labels { task, sections, goes_on: false }
    }

    /// Reads a table of letters; nothing, if they are not those of a chart.
    pub(super) fn read_letters(&self, table: &Table) -> Option<Draft> {
        let columns = self.rights_columns(table);
        let labels = self.labels(table, &columns);
        let role_column = match columns.as_slice() {
            &[only] => self.role_column(table, &labels, only),
            _ => None,
        };
        let mut evidence = self.evidence(table);
        evidence.used = self.used(table, &columns);
        if !self.is_chart(table, &columns, &evidence) {
            return None;
        }
        // Risks, assumptions, issues and dependencies have letters as well, in one column.
        let is_log = columns.len() == 1 && role_column.is_none() && evidence.used.iter().any(|(letter, _)| *letter == 'D');
        if is_log && !letters::is_named(&evidence) {
            return None;
        }
        let reading = letters::settle(&evidence, self.asked.model);
        let mut draft = match (role_column, columns.first()) {
            (Some(role), Some(letters)) => self.list(table, &labels, role, *letters, reading),
            _ => self.matrix(table, &labels, &columns, reading),
        };
        if draft.chart.layout == Layout::Matrix && has_roles_as_rows(self.heading(table.head, labels.task), &draft.chart) {
            transpose(&mut draft.chart);
        }
        draft.chart.extras = self.extras(table, &labels, &columns, role_column);
        (!draft.chart.roles.is_empty() && !draft.chart.rows.is_empty()).then_some(draft)
    }

    /// The column of roles in a table with one column of letters: the nearest before that, or one behind it.
    fn role_column(&self, table: &Table, labels: &Labels, letters: usize) -> Option<usize> {
        let heading = |column: usize| self.heading(table.head, column);
        // Over letters, `Role` and `RACI role` say what they are.
        if heads::is_role(heading(letters)) && !heads::names_nobody(heading(letters)) {
            return None;
        }
        let others = (0..letters).chain(letters + 1..self.width(table.head)).filter(|column| *column != labels.task);
        let is_person = |column: &usize| {
            heads::is_role(heading(*column)) || heads::is_name(heading(*column)) && !heads::is_task(heading(*column))
        };
        let has_text = |column: &usize| (table.head + 1..table.end).any(|at| !self.text(at, *column).is_empty());
        let mut roles = others.filter(|column| heads::is_role(heading(*column)) && has_text(column));
        roles.next().or_else(|| Some(labels.task).filter(is_person))
    }

    /// The columns that hold letters: most of what stands in them are some, or they are blank beside such columns.
    fn rights_columns(&self, table: &Table) -> Vec<usize> {
        let mut letters: BTreeMap<usize, usize> = BTreeMap::new();
        let body = || (table.head + 1..table.end).filter(|at| !self.repeats(*at, table.head));
        for at in body() {
            self.letters_at(at).iter().for_each(|column| *letters.entry(*column).or_default() += 1);
        }
        let mut texts: BTreeMap<usize, usize> = BTreeMap::new();
        for at in body().filter(|at| !self.letters_at(*at).is_empty()) {
            for column in (0..self.width(at)).filter(|column| letters.contains_key(column)) {
                if *self.entry(at, column) == Entry::Text {
                    *texts.entry(column).or_default() += 1;
                }
            }
        }
        let is_headed = |column: usize| !heads::is_extra(self.heading(table.head, column));
        let holds = |(column, count): (&usize, &usize)| {
            let more_text = texts.get(column).is_some_and(|texts| texts > count);
            (!more_text && is_headed(*column)).then_some(*column)
        };
        let mut found: Vec<usize> = letters.iter().filter_map(holds).collect();
        if found.len() > 1 {
            found.retain(|column| !heads::spells_letters(self.heading(table.head, *column)));
        }
        let (Some(first), Some(last)) = (found.first().copied(), found.last().copied()) else { return found };
        // Whoever has nothing in any task is a role as well: between roles, where dashes say so, or by its name.
        let is_blank_role = |column: &usize| {
            let heading = self.heading(table.head, *column);
            let is_named = !heading.is_empty() && is_headed(*column) && !heads::is_id(heading) && !heads::is_task(heading);
            let is_blank = |at: usize| matches!(self.entry(at, *column), Entry::Blank) || is_no(self.text(at, *column));
            let is_beside = *column > first && *column < last || body().any(|at| !self.text(at, *column).is_empty());
            is_named && body().all(is_blank) && (is_beside || super::transposed::reads_as_role(heading))
        };
        let width = self.width(table.head);
        let more: Vec<usize> = (0..width).filter(|column| !found.contains(column)).filter(is_blank_role).collect();
        found.extend(more);
        found.sort_unstable();
        found
    }

    fn used(&self, table: &Table, columns: &[usize]) -> Vec<(char, usize)> {
        let mut used: BTreeMap<char, usize> = BTreeMap::new();
        for at in (table.head + 1..table.end).filter(|at| !self.letters_at(*at).is_empty()) {
            for column in columns {
                if let Entry::Signs { signs, .. } = self.entry(at, *column) {
                    for sign in signs {
                        if let Sign::Letter(letter) = sign {
                            *used.entry(*letter).or_default() += 1;
                        }
                    }
                }
            }
        }
        used.into_iter().collect()
    }

    /// Goes through the lines of a table: what is no task is skipped, a task becomes a row, and whoever calls adds what it holds.
    pub(super) fn walk(
        &self,
        table: &Table,
        labels: &Labels,
        draft: &mut Draft,
        beside: &dyn Fn(usize) -> Option<Why>,
        fill: &mut dyn FnMut(&mut Chart, usize),
    ) {
        let mut sections = Sections { nested: self.has_nested_sections(table), ..Sections::default() };
        for at in table.head + 1..table.end {
            let Some(line) = self.line(at) else { continue };
            if let Some(why) = beside(at) {
                draft.skip(at, why);
                continue;
            }
            if let Some(heading) = self.section_of(at) {
                // The heading of the tasks may stand below those of the roles.
                if draft.chart.rows.is_empty() && heads::is_only_tasks(heading) && !self.has_task_heading(table.head) {
                    draft.skip(at, Why::Headings);
                    continue;
                }
                let follows = draft.chart.rows.last().filter(|row| self.is_below(at, row.number));
                if follows.is_some_and(|row| goes_on(&row.task, heading)) {
                    if let Some(row) = draft.chart.rows.last_mut() {
                        row.task = format!("{} {heading}", row.task);
                    }
                    continue;
                }
                sections.open(at, heading).into_iter().for_each(|alone| draft.skip(alone, Why::Alone));
                continue;
            }
            sections.fill(line, labels);
            let is_covered = line.cells.get(labels.task).is_some_and(|cell| cell.covered);
            // What covers it from the left is its text; what covers it from above is the task that goes on.
            let is_wide = |column: usize| line.cells.get(column).is_some_and(|cell| column + cell.columns > labels.task);
            let wide = (0..labels.task).rev().find(|column| is_covered && !text(line, *column).is_empty() && is_wide(*column));
            let own = text(line, wide.unwrap_or(labels.task));
            let continues = (is_covered || labels.goes_on) && !draft.chart.rows.is_empty();
            // A task may stand where others have what they belong to.
            let instead = labels.sections.iter().rposition(|column| !text(line, *column).is_empty());
            let (task, known) = match instead.and_then(|known| labels.sections.get(known).map(|column| (*column, known))) {
                _ if !own.is_empty() || continues => (own, labels.sections.len()),
                Some((column, known)) => (text(line, column), known),
                None => {
                    draft.skip(at, Why::NoTask);
                    continue;
                }
            };
            if is_no(task) {
                draft.skip(at, Why::NoTask);
                continue;
            }
            sections.pending.drain(..).for_each(|heading| draft.skip(heading, Why::Section));
            if !task.is_empty() {
                let section = sections.name(known);
                draft.chart.rows.push(Row { task: task.to_string(), section, number: line.number, ..Row::default() });
            }
            fill(&mut draft.chart, at);
        }
        sections.pending.into_iter().for_each(|heading| draft.skip(heading, Why::Alone));
    }

    /// Whether a line is the next one below another.
    fn is_below(&self, at: usize, number: usize) -> bool {
        at.checked_sub(1).and_then(|above| self.line(above)).is_some_and(|above| above.number == number)
    }

    /// The text of a line that has no other, and that is no letter: a legend may stand beside it.
    pub(super) fn section_of(&self, at: usize) -> Option<&'g str> {
        let line = self.line(at)?;
        let explained = self.legends.get(at).and_then(|(_, columns)| columns.first());
        let mut filled = (0..line.cells.len()).filter(|column| !text(line, *column).is_empty());
        let column = filled.next()?;
        let is_sign = |column: usize| matches!(self.entry(at, column), Entry::Signs { .. } | Entry::Tick);
        if let Some(legend) = explained
            && *legend > column
        {
            return filled.next().is_none_or(|next| next >= *legend).then(|| text(line, column));
        }
        let title = only_text(line)?;
        (column == 0 || !is_sign(column) || title.len() > 3).then_some(title)
    }

    /// Whether headings stand under headings: twice, a line of one text follows another.
    fn has_nested_sections(&self, table: &Table) -> bool {
        let pairs = (table.head + 1..table.end.saturating_sub(2)).filter(|at| {
            self.is_title(*at) && self.is_title(at + 1) && !self.is_title(at + 2) && !self.letters_at(at + 2).is_empty()
        });
        pairs.filter(|at| !self.is_legend(*at)).count() > 1
    }

    /// Why a line under the headings is no task, if it is neither one nor a heading of some.
    pub(super) fn beside(&self, at: usize, table: &Table, columns: &[usize]) -> Option<Why> {
        if self.repeats(at, table.head) {
            return Some(Why::Headings);
        }
        if !self.letters_at(at).is_empty() {
            return None;
        }
        let line = self.line(at)?;
        let label = line.cells.iter().map(|cell| cell.text.trim()).find(|text| !text.is_empty()).unwrap_or_default();
        let last = columns.last().copied().unwrap_or_default();
        let legend = self.legends.get(at).and_then(|(_, columns)| columns.first());
        let is_beside_legend = legend.is_some_and(|column| *column > last) && self.section_of(at).is_some();
        if legend.is_some() && !is_beside_legend
            || matches!(
                folded(label).as_str(),
                "legend" | "legend:" | "key" | "legende" | "legende:" | "key:" | "leyenda" | "legenda"
            )
        {
            return Some(Why::Legend);
        }
        if heads::is_total(label) {
            return Some(Why::Total);
        }
        let is_text = |column: &usize| {
            let known = self.known(at, *column);
            known.is_label() && known.entry == Entry::Text && !is_placeholder(self.text(at, *column))
        };
        (columns.iter().any(is_text) && self.section_of(at).is_none()).then_some(Why::Text)
    }

    pub(super) fn extras(&self, table: &Table, labels: &Labels, columns: &[usize], role: Option<usize>) -> Vec<String> {
        (0..self.width(table.head))
            .filter(|column| {
                *column != labels.task && !labels.sections.contains(column) && !columns.contains(column) && role != Some(*column)
            })
            .map(|column| self.text(table.head, column).to_string())
            .filter(|text| !text.is_empty())
            .collect()
    }

    /// Adds what a cell says to the last row, or to what could not be read.
    pub(super) fn hold(&self, chart: &mut Chart, reading: &Reading, (at, column): (usize, usize), role: Option<usize>) {
        let (text, number) = (self.text(at, column), self.line(at).map_or(0, |line| line.number));
        let mut puzzle = |why| chart.unread.push(Unread { line: number, column: column + 1, text: text.to_string(), why });
        let (signs, remark) = match self.entry(at, column) {
            Entry::Blank => return,
            Entry::Tick | Entry::Text => return puzzle(Puzzle::NoLetters),
            Entry::Signs { signs, remark, .. } => (signs, remark),
        };
        let Some(role) = role else { return puzzle(Puzzle::NoHeading) };
        let rights = match reading {
            Reading::Settled(key) => {
                let (rights, unknown) = key.rights(signs);
                if !unknown.is_empty() {
                    puzzle(Puzzle::UnknownLetter);
                }
                if unknown.len() == signs.len() {
                    return;
                }
                rights
            }
            Reading::Ambiguous { .. } => Rights::default(),
        };
        let letters: Vec<String> = signs
            .iter()
            .filter_map(|sign| if let Sign::Letter(letter) = sign { Some(letter.to_string()) } else { None })
            .collect();
        let Some(row) = chart.rows.last_mut() else { return };
        // Columns under one merged heading are one cell of its role.
        if let Some(held) = row.cells.last_mut().filter(|held| held.role == role && held.line == number) {
            rights.iter().for_each(|right| held.rights.add(right));
            held.letters = format!("{}/{}", held.letters, letters.join("/"));
            return;
        }
        row.cells.push(Held { role, letters: letters.join("/"), rights, remark: remark.clone(), line: number });
    }
}

/// Whether a sentence that begins in a task ends in the next line.
fn goes_on(task: &str, text: &str) -> bool {
    let begins = task.chars().find(|it| it.is_alphabetic()).is_some_and(char::is_uppercase);
    begins && text.starts_with(char::is_lowercase) && text.contains(' ')
}

/// The rows of a list, of which several may be one task.
pub(super) fn merged(rows: Vec<Row>) -> Vec<Row> {
    let mut known: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut merged: Vec<Row> = Vec::new();
    for row in rows {
        let place = *known.entry((row.section.clone(), row.task.clone())).or_insert(merged.len());
        match merged.get_mut(place) {
            Some(first) => first.cells.extend(row.cells),
            None => merged.push(row),
        }
    }
    merged
}

/// Whether a text says no: `N` for not involved.
pub(super) fn is_no(text: &str) -> bool {
    matches!(text, "N" | "n" | "No" | "no" | "NO" | "FALSE" | "false" | "Nein" | "nein" | "0")
}

/// The headings that tasks stand under.
#[derive(Default)]
pub(super) struct Sections {
    /// Whether headings stand under headings.
    pub(super) nested: bool,
    /// The lines of headings under which no task has come yet.
    pub(super) pending: Vec<usize>,
    outer: String,
    heading: String,
    /// What the columns beside the tasks say; what is said once holds for the lines below it.
    columns: Vec<String>,
}

impl Sections {
    /// A heading begins; the lines of those before under which no task came.
    pub(super) fn open(&mut self, at: usize, heading: &str) -> Vec<usize> {
        let stays = usize::from(self.nested && !self.pending.is_empty());
        if stays > 0 {
            self.outer = std::mem::take(&mut self.heading);
        }
        heading.clone_into(&mut self.heading);
        self.columns.clear();
        let alone = self.pending.drain(..self.pending.len() - stays).collect();
        self.pending.push(at);
        alone
    }

    /// A line of a task says what it belongs to.
    pub(super) fn fill(&mut self, line: &Line, labels: &Labels) {
        self.columns.resize(labels.sections.len(), String::new());
        let mut is_new = false;
        for (column, known) in labels.sections.iter().zip(&mut self.columns) {
            // What reaches as far as the tasks is one of them.
            let reaches = |column: usize| line.cells.get(column).is_some_and(|cell| column + cell.columns > labels.task);
            let is_task = *column < labels.task && reaches(*column);
            let own = if is_task { "" } else { text(line, *column) };
            if !own.is_empty() && own != known {
                own.clone_into(known);
                is_new = true;
            } else if own.is_empty() && is_new {
                known.clear();
            }
        }
    }

    /// What a task belongs to, by the headings and by the first of the columns.
    pub(super) fn name(&self, columns: usize) -> String {
        let all = [&self.outer, &self.heading].into_iter().chain(self.columns.iter().take(columns));
        all.map(String::as_str).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" / ")
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::super::*;

    #[test]
    fn tasks_stand_in_their_own_column_rather_than_in_one_of_responsibilities() {
        let chart = only("Deliverable|Responsibility|PO|Dev\nPlan|Sales|A|R\nShip|Ops|A|R\nSell|Sales|R|A");
        assert_eq!(chart.rows.iter().map(|row| row.task.as_str()).collect::<Vec<_>>(), ["Plan", "Ship", "Sell"]);
    }

    #[test]
    fn titles_legends_sections_totals_and_extra_columns_are_told_apart() {
        let text = "Project X role chart||||||\nR = Responsible, A = Accountable, C = Consulted, I = Informed||||||\nNo.|Activity|PO|Dev Team|Ops|SLA|Notes\n\
                    Discovery||||||\n1|Plan|A|R|I|2 d|Approved by board\n2|Review|A|C|-|1 d|\nDelivery||||||\n3|Plan|A|R (drafts)|C|3 d|\n\
                    |Total A|3|0|0||\nLegend||||||\nR|Responsible|||||\nPrepared by Kim||||||";
        let chart = only(text);
        assert_eq!(
            shown(&chart),
            [
                "Plan [Discovery]: PO decides, Dev Team does, Ops informed",
                "Review [Discovery]: PO decides, Dev Team input",
                "Plan [Delivery]: PO decides, Dev Team does (drafts), Ops input",
            ]
        );
        assert_eq!(chart.heading, "Project X role chart");
        assert_eq!(chart.extras, ["No.", "SLA", "Notes"]);
        assert_eq!(
            skipped(text),
            [
                (1, Why::Alone),
                (2, Why::Legend),
                (3, Why::Headings),
                (4, Why::Section),
                (7, Why::Section),
                (9, Why::Total),
                (10, Why::Legend),
                (11, Why::Legend),
                (12, Why::Alone),
            ]
        );
    }

    #[test]
    fn ambiguous_letters_give_no_rights() {
        let text = "Task|Owner|Developers\nPlan|A|R\nBuild|A|R";
        let chart = only(text);
        assert_eq!(
            chart.reading,
            Reading::Ambiguous { letters: vec!['A', 'R'], alternatives: vec![Model::Raci, Model::Rasci, Model::Rapid] }
        );
        assert_eq!(shown(&chart), ["Plan: Owner , Developers ", "Build: Owner , Developers "]);
        let given = read(&grid(text), &Asked { model: Some(Model::Rapid), ..Asked::default() });
        assert_eq!(shown(&given.charts[0])[0], "Plan: Owner approves, Developers input");
        let named = Grid { name: "sheet RACI".into(), ..grid(text) };
        assert_eq!(shown(&read(&named, &Asked::default()).charts[0])[0], "Plan: Owner decides, Developers does");
    }

    #[test]
    fn cells_that_cannot_be_read_are_told() {
        let chart =
            only("Task|Owner|Team|\nPlan|A|R|C\nBuild|TBD|R|\nShip|A|x|\nTest|A|R|\nRun|A|Z|\nStop|C|R|\nGo|A|I|\nLook|A|R");
        let unread: Vec<(usize, usize, &str, Puzzle)> =
            chart.unread.iter().map(|cell| (cell.line, cell.column, cell.text.as_str(), cell.why)).collect();
        assert_eq!(
            unread,
            [
                (2, 4, "C", Puzzle::NoHeading),
                (3, 2, "TBD", Puzzle::NoLetters),
                (4, 3, "x", Puzzle::NoLetters),
                (6, 3, "Z", Puzzle::UnknownLetter),
            ]
        );
        assert_eq!(chart.rows.len(), 8);
    }

    #[test]
    fn a_task_may_go_on_in_the_next_line_and_its_heading_may_stand_below_the_roles() {
        let text = "Launch|Owner|Developers\nTask / Deliverable||\nPhase 1b||\n2 - Run tests|A|R\nreach full scale by May||\n\
                    Phase 2||\n3 - Ship it|A|C";
        let page = Grid { name: "RACI".into(), ..grid(text) };
        let chart = read(&page, &Asked::default()).charts.remove(0);
        assert_eq!(
            shown(&chart)[..2],
            [
                "2 - Run tests reach full scale by May [Phase 1b]: Owner decides, Developers does",
                "3 - Ship it [Phase 2]: Owner decides, Developers input"
            ]
        );
        let plain = only("Task|Owner|Developers|QA\nPlanning||\nPlan it|A|R|C\nbuild||\nCode it|A|R|C");
        assert_eq!(plain.rows[1].section, "build");
    }

    #[test]
    fn letters_that_are_handed_over_are_not_read() {
        let chart = only("Task|Owner|Team|Users\nPlan|A|R|C\nShip|A|R→A|I\nRun|A -> R|A|I");
        assert_eq!(
            shown(&chart),
            [
                "Plan: Owner decides, Team does, Users input",
                "Ship: Owner decides, Users informed",
                "Run: Team decides, Users informed"
            ]
        );
        assert_eq!(chart.unread.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>(), ["R→A", "A -> R"]);
    }

    #[test]
    fn a_task_may_stand_where_others_have_their_section() {
        let chart = only("Phase|Step|Owner|Team\nPlan|Scope|A|R\n|Budget|A|C\nShip||A|R");
        assert_eq!(
            shown(&chart),
            [
                "Scope [Plan]: Owner decides, Team does",
                "Budget [Plan]: Owner decides, Team input",
                "Ship: Owner decides, Team does"
            ]
        );
    }

    #[test]
    fn headings_stand_under_headings() {
        let text = "Task|Owner|Team\n1 Start||\n1.1 Launch||\nMeet|A|R\n1.2 Staff||\nHire|A|C\n2 Run||\n2.1 Watch||\nLook|A|I";
        assert_eq!(
            shown(&only(text)),
            [
                "Meet [1 Start / 1.1 Launch]: Owner decides, Team does",
                "Hire [1 Start / 1.2 Staff]: Owner decides, Team input",
                "Look [2 Run / 2.1 Watch]: Owner decides, Team informed",
            ]
        );
    }

    #[test]
    fn who_has_nothing_is_a_role_as_well() {
        let chart = only("Task|Owner|Team|QA|Legal|Notes\nPlan|A|R|C|-|\nShip|A|N|R|-|\nRun|A|C|N|-|");
        assert_eq!(chart.roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>(), ["Owner", "Team", "QA", "Legal"]);
        assert_eq!((chart.unread.len(), chart.rows[1].holders(Right::Does)), (0, 1), "`N` says that somebody has no part in it");
    }

    #[test]
    fn a_column_that_is_still_blank_names_no_tasks_and_hides_no_letters() {
        let chart = only("Goal|Activity|Owner|Team|Users\nPlan||A|R|C\nBuild||A|R|I");
        assert_eq!(
            shown(&chart),
            ["Plan: Owner decides, Team does, Users input", "Build: Owner decides, Team does, Users informed"]
        );
        assert_eq!(chart.extras, ["Activity"]);
    }

    #[test]
    fn a_task_may_reach_from_the_column_of_sections_over_that_of_tasks() {
        let chart = only("Phase|Task|Owner|Team|Users\nPlan|Scope|A|R|C\nLaunch it|<|A|R|I");
        assert_eq!(chart.rows.iter().map(|row| row.task.as_str()).collect::<Vec<_>>(), ["Scope", "Launch it"]);
        assert_eq!(chart.rows[1].holders(Right::Informed), 1);
    }

    #[test]
    fn a_heading_that_no_task_follows_is_none_of_the_next() {
        let text = "Task|Owner|Team|Users\nLater\nNow\nPlan|A|R|C\nBuild|A|R|I";
        assert_eq!(only(text).rows.iter().map(|row| row.section.as_str()).collect::<Vec<_>>(), ["Now", "Now"]);
        assert_eq!(skipped(text), [(1, Why::Headings), (2, Why::Alone), (3, Why::Section)]);
    }
}
