//! What the layouts have in common: the columns of a table, what is known of its letters, and the headings that tasks stand under.

use super::cells::{is_code, is_label, is_placeholder, only_text, text};
use super::explain::legend_in;
use super::heads;
use super::reader::{Reader, Table};
use super::transposed::{has_roles_as_rows, transpose};
use super::{Chart, Held, Layout, Puzzle, Unread, Why};
use crate::import::Line;
use crate::import::letters::{self, Entry, Evidence, Reading, Sense, Sign, entry, folded};
use crate::org::rights::Rights;
use std::collections::BTreeMap;

impl<'g> Reader<'g> {
    /// What is known of the letters of a table, beside those in use.
    pub(super) fn evidence(&self, table: &Table) -> Evidence<'g> {
        let mut legend: Vec<(char, Sense)> = Vec::new();
        let mut contested: Vec<char> = Vec::new();
        let inside =
            self.legends.get(table.start..table.end).unwrap_or_default().iter().flat_map(|(found, _)| found.iter().copied());
        let inside: Vec<(char, Sense)> = inside.collect();
        let around: Vec<(char, Sense)> = self.grid.around.iter().flat_map(|text| legend_in(text)).collect();
        // What stands in the table explains it better than what stands around it.
        for (letter, sense) in if inside.len() >= 2 { inside } else { around } {
            match legend.iter().find(|(known, _)| *known == letter) {
                None => legend.push((letter, sense)),
                Some((_, known)) if *known != sense => contested.push(letter),
                Some(_) => {}
            }
        }
        if !contested.is_empty() {
            legend.clear();
        }
        let lines = self.grid.lines.get(table.start..=table.head).unwrap_or_default().iter().rev();
        let mut near: Vec<&str> = lines.flat_map(|line| line.cells.iter().map(|cell| cell.text.as_str())).collect();
        near.extend([self.grid.heading.as_str(), self.grid.name.as_str()]);
        near.extend(self.grid.around.iter().map(String::as_str));
        near.retain(|text| !text.is_empty());
        Evidence { used: Vec::new(), legend, near }
    }

    pub(super) fn chart(&self, table: &Table, layout: Layout) -> Chart {
        let titles = self.grid.lines.get(table.start..table.head).unwrap_or_default();
        let explains = |at: usize| self.legends.get(at).is_some_and(|(found, _)| !found.is_empty());
        let title = titles
            .iter()
            .enumerate()
            .filter(|(at, _)| !explains(table.start + at))
            .filter_map(|(_, line)| only_text(line))
            .next_back();
        Chart {
            name: self.grid.name.clone(),
            heading: title.unwrap_or(&self.grid.heading).to_string(),
            layout,
            reading: Reading::Ambiguous { letters: Vec::new(), alternatives: Vec::new() },
            roles: Vec::new(),
            lacks_actor: false,
            rows: Vec::new(),
            extras: Vec::new(),
            unread: Vec::new(),
        }
    }

    /// What the columns of a table are that do not hold rights.
    pub(super) fn labels(&self, table: &Table, rights: &[usize]) -> Labels {
        let width = self.line(table.head).map_or(0, |line| line.cells.len());
        let first = rights.iter().min().copied().unwrap_or(width);
        let body = || (table.head + 1..table.end).filter(|at| self.line(*at).is_some_and(|line| only_text(line).is_none()));
        let is_id = |column: usize| {
            let codes = body().map(|at| self.text(at, column)).filter(|text| !text.is_empty());
            heads::is_id(self.heading(table.head, column)) || codes.clone().next().is_some() && codes.clone().all(is_code)
        };
        let has_text = |column: usize| body().any(|at| !self.text(at, column).is_empty());
        let candidates: Vec<usize> = (0..width.max(first))
            .filter(|column| !rights.contains(column) && has_text(*column))
            .filter(|column| !heads::is_extra(self.heading(table.head, *column)) && !is_id(*column))
            .collect();
        let before: Vec<usize> = candidates.iter().copied().filter(|column| *column < first).collect();
        let of = |column: &&usize| heads::is_task(self.heading(table.head, **column));
        let is_section = |column: &usize| heads::is_section(self.heading(table.head, *column));
        let task = before.iter().rev().find(of).or_else(|| before.iter().rev().find(|column| !is_section(column)));
        let task = task.or_else(|| candidates.iter().find(of)).or(before.last()).copied();
        // A chart whose tasks are numbers or codes only has no other names for them.
        let task = task.unwrap_or_else(|| (0..first).rev().find(|column| has_text(*column)).unwrap_or(0));
        let sections = before.iter().copied().filter(|column| *column < task || *column != task && is_section(column)).collect();
        Labels { task, sections }
    }

    pub(super) fn read_letters(&mut self, table: &Table) {
        let columns = self.rights_columns(table);
        let labels = self.labels(table, &columns);
        let others = (0..columns.iter().min().copied().unwrap_or(0)).filter(|column| *column != labels.task);
        let role_column = match columns.as_slice() {
            [only] if !heads::is_role(self.heading(table.head, *only)) => {
                others.chain(std::iter::once(labels.task)).find(|column| heads::is_role(self.heading(table.head, *column)))
            }
            _ => None,
        };
        let mut evidence = self.evidence(table);
        evidence.used = self.used(table, &columns);
        let reading = letters::settle(&evidence, self.asked.model);
        let mut chart = match (role_column, columns.first()) {
            (Some(role), Some(letters)) => self.list(table, &labels, role, *letters, reading),
            _ => self.matrix(table, &labels, &columns, reading),
        };
        if chart.layout == Layout::Matrix && has_roles_as_rows(self.heading(table.head, labels.task), &chart) {
            transpose(&mut chart);
        }
        chart.extras = self.extras(table, &labels, &columns, role_column);
        self.contents.charts.push(chart);
    }

    /// The columns that hold letters: most of what stands in them are some, or they are blank between such columns.
    pub(super) fn rights_columns(&self, table: &Table) -> Vec<usize> {
        let mut letters: BTreeMap<usize, usize> = BTreeMap::new();
        let body = || (table.head + 1..table.end).filter(|at| !self.repeats(*at, table.head));
        for at in body() {
            self.letters_at(at).iter().for_each(|column| *letters.entry(*column).or_default() += 1);
        }
        let mut texts: BTreeMap<usize, usize> = BTreeMap::new();
        for at in body().filter(|at| !self.letters_at(*at).is_empty()) {
            for (column, cell) in self.line(at).map_or(&[][..], |line| line.cells.as_slice()).iter().enumerate() {
                if letters.contains_key(&column) && entry(&cell.text) == Entry::Text {
                    *texts.entry(column).or_default() += 1;
                }
            }
        }
        let is_headed = |column: usize| {
            let heading = self.heading(table.head, column);
            heading.is_empty() || !heads::is_extra(heading)
        };
        let holds = |(column, count): (&usize, &usize)| {
            let more_text = texts.get(column).is_some_and(|texts| texts > count);
            (!more_text && is_headed(*column)).then_some(*column)
        };
        let found: Vec<usize> = letters.iter().filter_map(holds).collect();
        let (Some(first), Some(last)) = (found.first(), found.last()) else { return found };
        let is_blank = |column: usize| body().all(|at| entry(self.text(at, column)) == Entry::Blank);
        (*first..=*last)
            .filter(|column| found.contains(column) || !self.heading(table.head, *column).is_empty() && is_blank(*column))
            .collect()
    }

    pub(super) fn used(&self, table: &Table, columns: &[usize]) -> Vec<(char, usize)> {
        let mut used: BTreeMap<char, usize> = BTreeMap::new();
        for at in (table.head + 1..table.end).filter(|at| !self.letters_at(*at).is_empty()) {
            for column in columns {
                if let Entry::Signs { signs, .. } = entry(self.text(at, *column)) {
                    for sign in signs {
                        if let Sign::Letter(letter) = sign {
                            *used.entry(letter).or_default() += 1;
                        }
                    }
                }
            }
        }
        used.into_iter().collect()
    }

    /// Why a line under the headings is no task, if it is neither one nor a heading of some.
    pub(super) fn beside(&self, at: usize, table: &Table, columns: &[usize]) -> Option<Why> {
        let line = self.line(at)?;
        if self.repeats(at, table.head) {
            return Some(Why::Headings);
        }
        let label = line.cells.iter().map(|cell| cell.text.trim()).find(|text| !text.is_empty()).unwrap_or_default();
        if !self.letters_at(at).is_empty() {
            return None;
        }
        if self.legends.get(at).is_some_and(|(found, _)| !found.is_empty())
            || matches!(folded(label).as_str(), "legend" | "legend:" | "key" | "legende" | "key:")
        {
            return Some(Why::Legend);
        }
        if heads::is_total(label) {
            return Some(Why::Total);
        }
        let has_texts = columns.iter().any(|column| {
            let text = text(line, *column);
            is_label(text) && !is_placeholder(text) && entry(text) == Entry::Text
        });
        (has_texts && only_text(line).is_none()).then_some(Why::Text)
    }

    pub(super) fn extras(&self, table: &Table, labels: &Labels, columns: &[usize], role: Option<usize>) -> Vec<String> {
        let width = self.line(table.head).map_or(0, |line| line.cells.len());
        (0..width)
            .filter(|column| {
                *column != labels.task && !labels.sections.contains(column) && !columns.contains(column) && role != Some(*column)
            })
            .map(|column| self.text(table.head, column).to_string())
            .filter(|text| !text.is_empty())
            .collect()
    }
}

/// The columns that name tasks.
pub(super) struct Labels {
    pub(super) task: usize,
    /// Those that name what tasks belong to, from the widest to the narrowest.
    pub(super) sections: Vec<usize>,
}

/// The headings that tasks stand under.
#[derive(Default)]
pub(super) struct Sections {
    /// The line of a heading under which no task has come yet.
    pub(super) pending: Option<usize>,
    pub(super) heading: String,
    /// What the columns beside the tasks say; what is said once holds for the lines below it.
    pub(super) columns: Vec<String>,
}

impl Sections {
    /// A heading begins; the line of the one before, if no task came under it.
    pub(super) fn open(&mut self, at: usize, heading: &str) -> Option<usize> {
        heading.clone_into(&mut self.heading);
        self.columns.clear();
        self.pending.replace(at)
    }

    /// A line of a task says what it belongs to.
    pub(super) fn fill(&mut self, line: &Line, labels: &Labels) {
        self.columns.resize(labels.sections.len(), String::new());
        let mut is_new = false;
        for (column, known) in labels.sections.iter().zip(&mut self.columns) {
            let own = text(line, *column);
            if !own.is_empty() && own != known {
                own.clone_into(known);
                is_new = true;
            } else if own.is_empty() && is_new {
                known.clear();
            }
        }
    }

    /// The line of the heading, when the first task comes under it.
    pub(super) fn used(&mut self) -> Option<usize> {
        self.pending.take()
    }

    pub(super) fn name(&self) -> String {
        let parts: Vec<&str> =
            std::iter::once(&self.heading).chain(&self.columns).map(String::as_str).filter(|it| !it.is_empty()).collect();
        parts.join(" / ")
    }
}

#[derive(Clone, Copy)]
pub(super) struct Place<'g> {
    pub(super) line: &'g Line,
    pub(super) column: usize,
}

/// Adds what a cell says to the last row, or to what could not be read.
pub(super) fn hold(chart: &mut Chart, reading: &Reading, place: Place<'_>, role: Option<usize>) {
    let text = text(place.line, place.column);
    let mut puzzle = |text: &str, why| {
        chart.unread.push(Unread { line: place.line.number, column: place.column + 1, text: text.to_string(), why });
    };
    let (signs, remark) = match entry(text) {
        Entry::Blank => return,
        Entry::Tick | Entry::Text => return puzzle(text, Puzzle::NoLetters),
        Entry::Signs { signs, remark, .. } => (signs, remark),
    };
    let Some(role) = role else { return puzzle(text, Puzzle::NoHeading) };
    let rights = match reading {
        Reading::Settled(key) => {
            let (rights, unknown) = key.rights(&signs);
            if !unknown.is_empty() {
                puzzle(text, Puzzle::UnknownLetter);
            }
            if unknown.len() == signs.len() {
                return;
            }
            rights
        }
        Reading::Ambiguous { .. } => Rights::default(),
    };
    let letters: Vec<String> =
        signs.iter().filter_map(|sign| if let Sign::Letter(letter) = sign { Some(letter.to_string()) } else { None }).collect();
    if let Some(row) = chart.rows.last_mut() {
        row.cells.push(Held { role, letters: letters.join("/"), rights, remark, line: place.line.number });
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::super::*;

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
}
