//! Tables become charts: which of them hold letters or names, where their headings are, what their rows and columns stand for.
//!
//! A table is found from its first line that holds letters, or from headings that name rights; the headings are the nearest line above
//! that has a text over these letters. Whatever is no heading and no task is skipped with a reason: every line is accounted for.

use super::letters::{self, Entry, Evidence, Ground, Key, Meaning, Model, Reading, Sense, Sign, entry, folded, words};
use super::{Cell, Grid, Line};
use crate::org::rights::{Right, Rights};
use std::collections::{BTreeMap, BTreeSet};

/// How a table is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Tasks are rows, roles are columns.
    Matrix,
    /// Roles are rows, tasks are columns.
    Transposed,
    /// Rights are columns, and names stand in cells.
    Named,
    /// A row for every task and role.
    List,
}

/// A role chart.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Where it stands in its file, as the table says.
    pub name: String,
    /// Its title: the nearest line or heading above it.
    pub heading: String,
    /// How it is laid out.
    pub layout: Layout,
    /// What its letters mean. If that is ambiguous, no cell has rights.
    pub reading: Reading,
    /// Those whom it names, in the order in which they stand.
    pub roles: Vec<Role>,
    /// Its tasks, in the order in which they stand.
    pub rows: Vec<Row>,
    /// The headings of columns that say nothing about rights: status, evidence, notes.
    pub extras: Vec<String>,
    /// The cells that could not be read.
    pub unread: Vec<Unread>,
}

/// One whom a chart names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// As it is written.
    pub name: String,
    /// The heading above it, in tables with two lines of headings.
    pub group: String,
    /// The row in which it is named first.
    pub line: usize,
    /// The column in which it is named first, counted from 1.
    pub column: usize,
}

/// A task of a chart.
#[derive(Clone, Debug)]
pub struct Row {
    /// As it is written.
    pub task: String,
    /// The heading that it stands under, if there is one; sections of sections are parted by ` / `.
    pub section: String,
    /// Its row.
    pub number: usize,
    /// Who holds what in it.
    pub cells: Vec<Held>,
}

/// What one cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The position of the role among those of the chart.
    pub role: usize,
    /// The letters as they are read: `A/R`; empty where a heading or a word says it.
    pub letters: String,
    /// The rights that they mean.
    pub rights: Rights,
    /// What stands beside the letters or the name, such as `jointly`.
    pub remark: String,
    /// The row of the cell.
    pub line: usize,
}

/// A cell that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Its row.
    pub line: usize,
    /// Its column, counted from 1.
    pub column: usize,
    /// What it holds.
    pub text: String,
    /// Why it could not be read.
    pub why: Puzzle,
}

/// Why a cell could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Puzzle {
    /// The model of the table has no such letter.
    UnknownLetter,
    /// It holds no letters.
    NoLetters,
    /// Nothing stands over it.
    NoHeading,
}

/// A line that is no task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its row.
    pub number: usize,
    /// What it holds, its cells parted by ` | `.
    pub text: String,
    /// What it is.
    pub why: Why,
}

/// What a line is that is no task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Headings of columns.
    Headings,
    /// A heading over tasks.
    Section,
    /// It explains letters.
    Legend,
    /// It adds up.
    Total,
    /// Only one of its cells is filled, and no tasks follow: a title, a note, or a task that nobody has.
    Alone,
    /// It holds letters, but no task.
    NoTask,
    /// It holds letters, but nothing above it says whose they are.
    NoHeadings,
    /// Text that belongs to no table of letters or names.
    Text,
}

/// All that a grid holds.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// Its charts from top to bottom.
    pub charts: Vec<Chart>,
    /// Its other lines from top to bottom.
    pub skipped: Vec<Skipped>,
}

/// Reads all charts of a grid. A model that is given holds for all of them.
pub fn read(grid: &Grid, given: Option<Model>) -> Contents {
    let mut reader = Reader::new(grid, given);
    let mut start = 0;
    while start < grid.lines.len() {
        start = reader.next(start);
    }
    let mut contents = reader.contents;
    contents.skipped.sort_by_key(|line| line.number);
    contents
}

/// What the words of a heading say about its column.
mod head {
    use super::{Sense, Sign, folded, letters, words};

    const TASK: &[&str] = &[
        "task",
        "activit",
        "deliverab",
        "decision",
        "step",
        "dut",
        "action",
        "process",
        "proces",
        "prozess",
        "function",
        "milestone",
        "item",
        "work",
        "topic",
        "what",
        "responsibilit",
        "aufgab",
        "tatig",
        "aktivit",
        "entscheid",
        "arbeitspak",
        "thema",
        "tach",
        "livrable",
        "tare",
        "activid",
        "ativid",
        "attivit",
        "compit",
        "entregab",
        "taak",
        "taken",
        "uppgift",
        "zadan",
        "задач",
        "процесс",
        "任务",
        "活动",
        "タスク",
        "作業",
    ];
    const ROLE: &[&str] = &[
        "role",
        "rolle",
        "person",
        "people",
        "who",
        "team",
        "stakeholder",
        "actor",
        "member",
        "position",
        "department",
        "participant",
        "assignee",
        "resource",
        "employee",
        "mitarbeiter",
        "rol",
        "ruolo",
        "papel",
        "роль",
        "角色",
        "担当",
    ];
    const SECTION: &[&str] = &[
        "phase",
        "area",
        "categor",
        "group",
        "stage",
        "workstream",
        "stream",
        "domain",
        "theme",
        "epic",
        "bereich",
        "kategor",
        "fase",
        "section",
    ];
    const EXTRA: &[&str] = &[
        "sla",
        "status",
        "evidence",
        "note",
        "comment",
        "remark",
        "description",
        "due",
        "date",
        "deadline",
        "priorit",
        "risk",
        "link",
        "url",
        "version",
        "frequency",
        "tool",
        "cost",
        "effort",
        "duration",
        "start",
        "end",
        "target",
        "metric",
        "kpi",
        "bemerk",
        "kommentar",
        "beschreib",
        "nota",
        "observa",
        "class",
        "score",
        "total",
        "sum",
        "count",
        "gesamt",
        "rating",
        "grade",
        "%",
    ];
    const ID: &[&str] = &["id", "no", "nr", "num", "number", "ref", "wbs", "code", "seq", "lfd"];

    fn begins(word: &str, stems: &[&str]) -> bool {
        stems.iter().any(|stem| word.starts_with(stem))
    }

    /// Whether it names tasks or roles: the word that comes first counts.
    pub(super) fn names_roles(text: &str) -> Option<bool> {
        let text = folded(text);
        words(&text).find_map(|word| {
            let is_task = begins(word, TASK);
            (is_task || begins(word, ROLE)).then_some(!is_task)
        })
    }

    pub(super) fn is_task(text: &str) -> bool {
        names_roles(text) == Some(false)
    }

    pub(super) fn is_role(text: &str) -> bool {
        names_roles(text) == Some(true)
    }

    pub(super) fn is_section(text: &str) -> bool {
        words(&folded(text)).any(|word| begins(word, SECTION))
    }

    /// Whether every word speaks of something else than rights: `Risk` does, `Risk owner` does not.
    pub(super) fn is_extra(text: &str) -> bool {
        let text = folded(text);
        words(&text).next().is_some() && words(&text).all(|word| begins(word, EXTRA))
    }

    pub(super) fn is_id(text: &str) -> bool {
        text.trim() == "#" || words(&folded(text)).any(|word| ID.contains(&word))
    }

    /// Whether the label of a line says that it adds up.
    pub(super) fn is_total(text: &str) -> bool {
        words(&folded(text)).next().is_some_and(|word| begins(word, &["total", "sum", "count", "gesamt", "subtotal"]))
    }

    /// The right that it names: `R`, `Responsible`, `R - Responsible`, `Accountable (A)`, `accountable_role`, `Decision maker`.
    pub(super) fn right(text: &str) -> Option<Sign> {
        const FILLERS: &[&str] = &[
            "role",
            "roles",
            "person",
            "persons",
            "people",
            "party",
            "parties",
            "team",
            "by",
            "who",
            "is",
            "the",
            "to",
            "be",
            "s",
            "names",
            "rolle",
            "personen",
            "final",
            "decision",
            "decisions",
        ];
        if let &[only] = text.as_bytes() {
            return "RACISDPVO".bytes().any(|known| known == only).then(|| Sign::Letter(char::from(only)));
        }
        let folded = folded(text);
        let (mut letter, mut found) = (None, None);
        for word in words(&folded).filter(|word| !FILLERS.contains(word)) {
            let mut chars = word.chars();
            match (chars.next(), chars.next(), letters::sense(word)) {
                (Some(only), None, _) if letter.is_none() && only.is_alphabetic() => letter = Some(letters::latin(only)),
                (_, Some(_), Some(sense)) if found.is_none_or(|known| known == sense) => found = Some(sense),
                _ => return None,
            }
        }
        let is_known = |letter: &char| "RACISDPVO".contains(*letter);
        // An owner of things need not decide anything: it takes `decision owner` to say so.
        let owns = words(&folded).any(|word| word.starts_with("own")) && !folded.contains("decision");
        found.filter(|_| !owns).map(Sign::Word).or(letter.filter(is_known).map(Sign::Letter))
    }

    /// Whether it alone says that its column names who decides.
    pub(super) fn decides(text: &str) -> bool {
        right(text) == Some(Sign::Word(Sense::Decides))
    }
}

struct Reader<'g> {
    grid: &'g Grid,
    given: Option<Model>,
    /// The columns of each line in which letters stand, behind its first text.
    letters: Vec<Vec<usize>>,
    /// What each line explains of letters, and in which columns the letters stand that it explains.
    legends: Vec<Explained>,
    contents: Contents,
}

/// What a line explains of letters, and the columns in which it does.
type Explained = (Vec<(char, Sense)>, Vec<usize>);

/// A table within a grid.
struct Table {
    /// The line where the lines before it end that belong to no other table.
    start: usize,
    /// The line of its headings.
    head: usize,
    /// The line behind its last one.
    end: usize,
}

impl<'g> Reader<'g> {
    fn new(grid: &'g Grid, given: Option<Model>) -> Self {
        let legends: Vec<_> = grid.lines.iter().map(explains).collect();
        let letters = grid.lines.iter().zip(&legends).map(|(line, (_, columns))| letter_columns(line, columns)).collect();
        Reader { grid, given, letters, legends, contents: Contents::default() }
    }

    fn line(&self, at: usize) -> Option<&'g Line> {
        self.grid.lines.get(at)
    }

    fn text(&self, at: usize, column: usize) -> &'g str {
        self.line(at).map_or("", |line| text(line, column))
    }

    /// The columns of a line in which letters stand.
    fn letters_at(&self, at: usize) -> &[usize] {
        self.letters.get(at).map_or(&[], Vec::as_slice)
    }

    /// The heading of a column, also if a merged cell has it.
    fn heading(&self, at: usize, column: usize) -> &'g str {
        let own = self.text(at, column);
        let Some(line) = self.line(at).filter(|_| own.is_empty()) else { return own };
        if !line.cells.get(column).is_some_and(|cell| cell.covered) {
            return own;
        }
        let left = line.cells.iter().enumerate().take(column).rfind(|(_, cell)| !cell.covered);
        match left {
            Some((first, cell)) if first + cell.columns > column => cell.text.trim(),
            // What covers it stands above.
            _ => at.checked_sub(1).map_or("", |above| self.text(above, column)),
        }
    }

    fn skip(&mut self, at: usize, why: Why) {
        if let Some(line) = self.grid.lines.get(at) {
            let filled: Vec<&str> = line.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect();
            self.contents.skipped.push(Skipped { number: line.number, text: filled.join(" | "), why });
        }
    }

    /// Skips a line of which nothing more is known.
    fn skip_beside(&mut self, at: usize) {
        let explains = self.legends.get(at).is_some_and(|(found, _)| !found.is_empty());
        let why = match self.line(at) {
            _ if explains => Why::Legend,
            Some(line) if only_text(line).is_some() => Why::Alone,
            _ => Why::Text,
        };
        self.skip(at, why);
    }

    /// Reads the next table from a line on, and returns the line behind it.
    fn next(&mut self, start: usize) -> usize {
        for at in start..self.grid.lines.len() {
            let head = match self.names_rights(at) {
                true => Some(at),
                false if self.letters_at(at).is_empty() => continue,
                false => self.head_of(start, at),
            };
            let Some(head) = head else {
                (start..at).for_each(|before| self.skip_beside(before));
                self.skip(at, Why::NoHeadings);
                return at + 1;
            };
            let named = head == at;
            let end = self.end_of(head, named);
            (start..head).for_each(|before| self.skip_beside(before));
            self.skip(head, Why::Headings);
            let table = Table { start, head, end };
            if named {
                self.read_named(&table);
            } else {
                self.read_letters(&table);
            }
            return end;
        }
        (start..self.grid.lines.len()).for_each(|before| self.skip_beside(before));
        self.grid.lines.len()
    }

    /// The line of headings over the first line with letters: the nearest one with texts over most of them.
    fn head_of(&self, start: usize, first: usize) -> Option<usize> {
        let columns = self.letters_at(first);
        (start..first).rev().take(12).find(|at| self.heads(*at, columns))
    }

    /// Whether a line has different texts over most of some columns.
    fn heads(&self, at: usize, columns: &[usize]) -> bool {
        let mut texts: Vec<&str> = columns.iter().map(|column| self.heading(at, *column)).filter(|text| is_label(text)).collect();
        let covered = texts.len();
        texts.sort_unstable();
        texts.dedup();
        let filled = self.line(at).map_or(0, |line| line.cells.iter().filter(|cell| !cell.text.trim().is_empty()).count());
        covered * 5 >= columns.len() * 3 && texts.len() >= columns.len().min(2) && filled >= 2
    }

    /// Whether the headings of a line name rights, over names.
    fn names_rights(&self, at: usize) -> bool {
        let Some(line) = self.line(at) else { return false };
        let mut columns: Vec<usize> = Vec::new();
        let mut signs: Vec<Sign> = Vec::new();
        for (column, cell) in line.cells.iter().enumerate() {
            let Some(sign) = Some(cell.text.as_str()).filter(|text| text.len() < 80).and_then(head::right) else { continue };
            // A letter that stands twice is no heading; two words may mean the same, as RAPID's `recommend` and `input` do.
            if matches!(sign, Sign::Letter(_)) && signs.contains(&sign) {
                return false;
            }
            columns.push(column);
            signs.push(sign);
        }
        let texts = line.cells.iter().filter(|cell| is_label(&cell.text)).count();
        // A task may have one of each letter: as headings, letters stand beside the heading of the tasks, or beside nothing.
        let only_letters = signs.iter().all(|sign| matches!(sign, Sign::Letter(_)));
        if only_letters && !self.has_task_heading(line) && !text(line, 0).is_empty() {
            return false;
        }
        let alone = matches!(columns.as_slice(), [only] if head::decides(text(line, *only)) && self.has_task_heading(line));
        let several = signs.iter().any(|sign| Some(sign) != signs.first()) && columns.first() != Some(&0);
        if !(alone || several) || texts == 0 && !only_letters || signs.len() * 2 < texts.saturating_sub(3) {
            return false;
        }
        let (mut names, mut others) = (0, 0);
        for below in (at + 1..self.grid.lines.len()).take(12) {
            for column in &columns {
                let text = self.text(below, *column);
                match entry(text) {
                    Entry::Text if !text.contains(char::is_alphabetic) => others += 1,
                    Entry::Text | Entry::Signs { joined: true, .. } => names += 1,
                    Entry::Signs { .. } | Entry::Tick => others += 1,
                    Entry::Blank => {}
                }
            }
        }
        names > others
    }

    fn has_task_heading(&self, line: &Line) -> bool {
        line.cells.iter().any(|cell| head::is_task(&cell.text))
    }

    /// The line behind a table: where the next one has its headings, or the lines that lead to it.
    fn end_of(&self, head: usize, named: bool) -> usize {
        let mut columns: BTreeSet<usize> = BTreeSet::new();
        let mut last = head;
        for at in head + 1..self.grid.lines.len() {
            let begins_named = self.names_rights(at);
            let leads = !named && !columns.is_empty() && self.begins_letters(at, &columns) && !self.repeats(at, head);
            let follows_named = named && self.begins_after_names(at);
            if begins_named && !self.repeats(at, head) || leads || follows_named {
                let is_title = |at: &usize| self.line(*at).is_some_and(|line| only_text(line).is_some());
                return (last + 1..at).rev().take_while(is_title).last().unwrap_or(at);
            }
            let letters = self.letters_at(at);
            if named || !letters.is_empty() {
                let is_title = self.line(at).is_some_and(|line| only_text(line).is_some());
                last = if named && is_title { last } else { at };
            }
            columns.extend(letters);
        }
        self.grid.lines.len()
    }

    /// Whether a line has texts where letters stood so far, and letters follow under them.
    fn begins_letters(&self, at: usize, columns: &BTreeSet<usize>) -> bool {
        // A line of letters is none of headings.
        if self.letters_at(at).len() * 2 > columns.len() {
            return false;
        }
        let Some(line) = self.line(at) else { return false };
        let labels =
            columns.iter().filter(|column| is_label(text(line, **column)) && !is_placeholder(text(line, **column))).count();
        let is_headed = labels >= 2 || columns.len() == 1 && labels == 1 && self.has_task_heading(line);
        let letters = self.letters_at(at).len();
        is_headed && labels > letters && self.leads_to_letters(at)
    }

    /// Whether a line under a table of names is the headings of a table of letters.
    fn begins_after_names(&self, at: usize) -> bool {
        self.line(at).is_some_and(|line| self.has_task_heading(line)) && self.leads_to_letters(at) && {
            let next = (at + 1..self.grid.lines.len()).take(4).find(|next| !self.letters_at(*next).is_empty());
            next.is_some_and(|next| self.letters_at(next).len() >= 2)
        }
    }

    fn leads_to_letters(&self, at: usize) -> bool {
        let next = (at + 1..self.grid.lines.len()).take(4).find(|next| !self.letters_at(*next).is_empty());
        next.is_some_and(|next| self.heads(at, self.letters_at(next)))
    }

    /// Whether a line repeats the headings of its table, as at the top of each page.
    fn repeats(&self, at: usize, head: usize) -> bool {
        let texts = |line: &'g Line| line.cells.iter().map(|cell| cell.text.trim());
        matches!((self.line(at), self.line(head)), (Some(line), Some(head)) if texts(line).eq(texts(head)))
    }

    /// What is known of the letters of a table, beside those in use.
    fn evidence(&self, table: &Table) -> Evidence<'g> {
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

    fn chart(&self, table: &Table, layout: Layout) -> Chart {
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
            rows: Vec::new(),
            extras: Vec::new(),
            unread: Vec::new(),
        }
    }

    /// What the columns of a table are that do not hold rights.
    fn labels(&self, table: &Table, rights: &[usize]) -> Labels {
        let width = self.line(table.head).map_or(0, |line| line.cells.len());
        let first = rights.iter().min().copied().unwrap_or(width);
        let body = || (table.head + 1..table.end).filter(|at| self.line(*at).is_some_and(|line| only_text(line).is_none()));
        let is_id = |column: usize| {
            let codes = body().map(|at| self.text(at, column)).filter(|text| !text.is_empty());
            head::is_id(self.heading(table.head, column)) || codes.clone().next().is_some() && codes.clone().all(is_code)
        };
        let has_text = |column: usize| body().any(|at| !self.text(at, column).is_empty());
        let candidates: Vec<usize> = (0..width.max(first))
            .filter(|column| !rights.contains(column) && has_text(*column))
            .filter(|column| !head::is_extra(self.heading(table.head, *column)) && !is_id(*column))
            .collect();
        let before: Vec<usize> = candidates.iter().copied().filter(|column| *column < first).collect();
        let of = |column: &&usize| head::is_task(self.heading(table.head, **column));
        let is_section = |column: &usize| head::is_section(self.heading(table.head, *column));
        let task = before.iter().rev().find(of).or_else(|| before.iter().rev().find(|column| !is_section(column)));
        let task = task.or_else(|| candidates.iter().find(of)).or(before.last()).copied();
        // A chart whose tasks are numbers or codes only has no other names for them.
        let task = task.unwrap_or_else(|| (0..first).rev().find(|column| has_text(*column)).unwrap_or(0));
        let sections = before.iter().copied().filter(|column| *column < task || *column != task && is_section(column)).collect();
        Labels { task, sections }
    }

    fn read_letters(&mut self, table: &Table) {
        let columns = self.rights_columns(table);
        let labels = self.labels(table, &columns);
        let others = (0..columns.iter().min().copied().unwrap_or(0)).filter(|column| *column != labels.task);
        let role_column = match columns.as_slice() {
            [only] if !head::is_role(self.heading(table.head, *only)) => {
                others.chain(std::iter::once(labels.task)).find(|column| head::is_role(self.heading(table.head, *column)))
            }
            _ => None,
        };
        let mut evidence = self.evidence(table);
        evidence.used = self.used(table, &columns);
        let reading = letters::settle(&evidence, self.given);
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
    fn rights_columns(&self, table: &Table) -> Vec<usize> {
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
            heading.is_empty() || !head::is_extra(heading)
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

    fn used(&self, table: &Table, columns: &[usize]) -> Vec<(char, usize)> {
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

    fn matrix(&mut self, table: &Table, labels: &Labels, columns: &[usize], reading: Reading) -> Chart {
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
                chart.rows.push(Row { task: task.to_string(), section: sections.name(), number: line.number, cells: Vec::new() });
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

    /// Why a line under the headings is no task, if it is neither one nor a heading of some.
    fn beside(&self, at: usize, table: &Table, columns: &[usize]) -> Option<Why> {
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
        if head::is_total(label) {
            return Some(Why::Total);
        }
        let has_texts = columns.iter().any(|column| {
            let text = text(line, *column);
            is_label(text) && !is_placeholder(text) && entry(text) == Entry::Text
        });
        (has_texts && only_text(line).is_none()).then_some(Why::Text)
    }

    /// The roles over columns; a merged heading names one role for all of its columns.
    fn roles(&mut self, table: &Table, columns: &[usize], chart: &mut Chart) -> Vec<(usize, usize)> {
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
            let name = if heading.is_empty() { above.map_or("", |above| self.heading(above, *column)) } else { heading };
            let is_covered = self.line(table.head).and_then(|line| line.cells.get(*column)).is_some_and(|cell| cell.covered);
            let Some(line) = self.line(table.head).filter(|_| !name.is_empty()) else { continue };
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
    fn groups(&self, at: usize, columns: &[usize]) -> bool {
        let Some(line) = self
            .line(at)
            .filter(|line| only_text(line).is_none() || line.cells.first().is_some_and(|cell| cell.text.trim().is_empty()))
        else {
            return false;
        };
        let explains = self.legends.get(at).is_some_and(|(found, _)| !found.is_empty());
        !explains && columns.iter().any(|column| is_label(text(line, *column)))
    }

    fn list(&mut self, table: &Table, labels: &Labels, role: usize, letters: usize, reading: Reading) -> Chart {
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
                chart.rows.push(Row { task: last_task.clone(), section, number: line.number, cells: Vec::new() });
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
    fn list_task(&self, table: &Table, labels: &Labels, role: usize, letters: usize) -> usize {
        if labels.task != role {
            return labels.task;
        }
        let width = self.line(table.head).map_or(0, |line| line.cells.len());
        let others = || (0..width).filter(|column| *column != role && *column != letters);
        let named = others().find(|column| head::is_task(self.heading(table.head, *column)));
        named.or_else(|| labels.sections.last().copied()).or_else(|| others().next()).unwrap_or(labels.task)
    }

    fn read_named(&mut self, table: &Table) {
        let Some(head) = self.grid.lines.get(table.head) else { return };
        let signs: Vec<(usize, Sign)> = head
            .cells
            .iter()
            .enumerate()
            .filter_map(|(column, cell)| head::right(&cell.text).map(|sign| (column, sign)))
            .collect();
        let columns: Vec<usize> = signs.iter().map(|(column, _)| *column).collect();
        let labels = self.labels(table, &columns);
        let signs: Vec<(usize, Sign)> = signs.into_iter().filter(|(column, _)| *column != labels.task).collect();
        let reading = self.named_reading(table, &signs);
        let mut chart = self.chart(table, Layout::Named);
        let decides = signs.iter().any(|(_, sign)| *sign == Sign::Word(Sense::Decides));
        let meaning = |sign: Sign| match (sign, &reading) {
            (Sign::Word(sense), _) => Some(sense.meaning(decides)),
            (sign, Reading::Settled(key)) => key.reads(sign),
            (_, Reading::Ambiguous { .. }) => None,
        };
        let mut roles: BTreeMap<String, usize> = BTreeMap::new();
        let mut sections = Sections::default();
        for at in table.head + 1..table.end {
            let Some(line) = self.grid.lines.get(at) else { continue };
            if self.repeats(at, table.head) {
                self.skip(at, Why::Headings);
                continue;
            }
            if self.legends.get(at).is_some_and(|(found, _)| found.len() > 1) {
                self.skip(at, Why::Legend);
                continue;
            }
            if let Some(heading) = only_text(line) {
                if let Some(earlier) = sections.open(at, heading) {
                    self.skip(earlier, Why::Alone);
                }
                continue;
            }
            sections.fill(line, &labels);
            let task = text(line, labels.task);
            let continues = line.cells.get(labels.task).is_some_and(|cell| cell.covered);
            if task.is_empty() && (!continues || chart.rows.is_empty()) {
                self.skip(at, Why::NoTask);
                continue;
            }
            sections.used().into_iter().for_each(|heading| self.skip(heading, Why::Section));
            if !task.is_empty() {
                chart.rows.push(Row { task: task.to_string(), section: sections.name(), number: line.number, cells: Vec::new() });
            }
            for (column, sign) in &signs {
                for (name, remark) in names(text(line, *column)) {
                    let role = *roles.entry(name.clone()).or_insert_with(|| {
                        chart.roles.push(Role { name, group: String::new(), line: line.number, column: column + 1 });
                        chart.roles.len() - 1
                    });
                    let rights = match meaning(*sign) {
                        Some(Meaning::Holds(right)) => Rights::from(right),
                        _ => Rights::default(),
                    };
                    let letters = if let Sign::Letter(letter) = sign { letter.to_string() } else { String::new() };
                    if let Some(row) = chart.rows.last_mut() {
                        row.cells.push(Held { role, letters, rights, remark, line: line.number });
                    }
                }
            }
        }
        if let Some(heading) = sections.pending {
            self.skip(heading, Why::Alone);
        }
        chart.reading = reading;
        chart.extras = self.extras(table, &labels, &columns, None);
        self.contents.charts.push(chart);
    }

    /// What headings mean that name rights: words say it themselves, letters follow a model.
    fn named_reading(&self, table: &Table, signs: &[(usize, Sign)]) -> Reading {
        let mut evidence = self.evidence(table);
        for (_, sign) in signs {
            if let Sign::Letter(letter) = sign {
                evidence.used.push((*letter, 1));
            }
        }
        if !evidence.used.is_empty() {
            return letters::settle(&evidence, self.given);
        }
        let decides = signs.iter().any(|(_, sign)| *sign == Sign::Word(Sense::Decides));
        let mut found: Vec<(char, Meaning)> = Vec::new();
        for (column, sign) in signs {
            let initial = self.text(table.head, *column).chars().find(|it| it.is_alphabetic()).map(letters::latin);
            if let (Sign::Word(sense), Some(initial)) = (sign, initial) {
                found.push((initial, sense.meaning(decides)));
            }
        }
        let agrees =
            |model: &Model| found.len() > 1 && found.iter().all(|(letter, meaning)| model.says(*letter) == Some(*meaning));
        let model = Model::ALL.into_iter().find(agrees);
        Reading::Settled(Key { model, ground: Ground::Words, letters: found })
    }

    fn extras(&self, table: &Table, labels: &Labels, columns: &[usize], role: Option<usize>) -> Vec<String> {
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
struct Labels {
    task: usize,
    /// Those that name what tasks belong to, from the widest to the narrowest.
    sections: Vec<usize>,
}

/// The headings that tasks stand under.
#[derive(Default)]
struct Sections {
    /// The line of a heading under which no task has come yet.
    pending: Option<usize>,
    heading: String,
    /// What the columns beside the tasks say; what is said once holds for the lines below it.
    columns: Vec<String>,
}

impl Sections {
    /// A heading begins; the line of the one before, if no task came under it.
    fn open(&mut self, at: usize, heading: &str) -> Option<usize> {
        heading.clone_into(&mut self.heading);
        self.columns.clear();
        self.pending.replace(at)
    }

    /// A line of a task says what it belongs to.
    fn fill(&mut self, line: &Line, labels: &Labels) {
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
    fn used(&mut self) -> Option<usize> {
        self.pending.take()
    }

    fn name(&self) -> String {
        let parts: Vec<&str> =
            std::iter::once(&self.heading).chain(&self.columns).map(String::as_str).filter(|it| !it.is_empty()).collect();
        parts.join(" / ")
    }
}

#[derive(Clone, Copy)]
struct Place<'g> {
    line: &'g Line,
    column: usize,
}

/// Adds what a cell says to the last row, or to what could not be read.
fn hold(chart: &mut Chart, reading: &Reading, place: Place<'_>, role: Option<usize>) {
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

/// Whether the rows of a chart are roles: the heading over them says so, or their words do.
fn has_roles_as_rows(corner: &str, chart: &Chart) -> bool {
    if let Some(roles) = head::names_roles(corner) {
        return roles;
    }
    let share = |names: &mut dyn Iterator<Item = &str>| {
        let (mut all, mut roles) = (0_usize, 0_usize);
        for name in names {
            all += 1;
            roles += usize::from(reads_as_role(name));
        }
        (roles, all)
    };
    let (rows, all_rows) = share(&mut chart.rows.iter().map(|row| row.task.as_str()));
    let (columns, all_columns) = share(&mut chart.roles.iter().map(|role| role.name.as_str()));
    rows * 2 > all_rows && columns * 4 <= all_columns
}

/// Whether a name ends as those of roles do, or is written as their short forms are.
fn reads_as_role(name: &str) -> bool {
    const LAST: [&str; 46] = [
        "owner",
        "manager",
        "team",
        "lead",
        "leader",
        "engineer",
        "developer",
        "developers",
        "officer",
        "director",
        "sponsor",
        "board",
        "committee",
        "stakeholder",
        "stakeholders",
        "analyst",
        "architect",
        "master",
        "tester",
        "designer",
        "executive",
        "specialist",
        "coordinator",
        "administrator",
        "admin",
        "department",
        "office",
        "customer",
        "vendor",
        "supplier",
        "council",
        "expert",
        "head",
        "staff",
        "leiter",
        "leiterin",
        "chef",
        "responsable",
        "equipo",
        "management",
        "legal",
        "finance",
        "marketing",
        "sales",
        "users",
        "user",
    ];
    let (name, _) = letters::split_remark(name);
    let is_short = (2..=4).contains(&name.len()) && name.chars().all(|it| it.is_ascii_uppercase());
    is_short || words(&folded(&name)).last().is_some_and(|word| LAST.contains(&word))
}

/// Rows become roles, and roles rows.
fn transpose(chart: &mut Chart) {
    let tasks = std::mem::take(&mut chart.roles);
    let roles = std::mem::take(&mut chart.rows);
    chart.layout = Layout::Transposed;
    chart.rows = tasks
        .into_iter()
        .map(|task| Row { task: task.name, section: task.group, number: task.line, cells: Vec::new() })
        .collect();
    for (at, role) in roles.into_iter().enumerate() {
        for held in role.cells {
            if let Some(row) = chart.rows.get_mut(held.role) {
                row.cells.push(Held { role: at, ..held });
            }
        }
        chart.roles.push(Role { name: role.task, group: role.section, line: role.number, column: 1 });
    }
}

/// The text of a cell; nothing where the line is too short.
fn text(line: &Line, column: usize) -> &str {
    line.cells.get(column).map_or("", |cell| cell.text.trim())
}

/// The only text of a line: one cell, or the same in all that are filled.
fn only_text(line: &Line) -> Option<&str> {
    let mut filled = line.cells.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty());
    let first = filled.next()?;
    filled.all(|text| text == first && text.len() > 3).then_some(first)
}

/// Whether a text can be a heading: it is no letter and not blank. `AR` and `ID` may be letters or roles.
fn is_label(text: &str) -> bool {
    matches!(entry(text), Entry::Text | Entry::Signs { joined: true, .. })
        || matches!(entry(text), Entry::Signs { signs, .. } if signs.iter().all(|sign| matches!(sign, Sign::Word(_))))
}

/// Whether a text stands where something is still to be settled.
fn is_placeholder(text: &str) -> bool {
    text.len() <= 12 && matches!(folded(text).as_str(), "tbd" | "tbc" | "tba" | "?" | "??" | "open" | "yes" | "no" | "todo")
}

/// Whether a text numbers or codes a line: `3`, `1.2.4`, `ACT-001`.
fn is_code(text: &str) -> bool {
    text.len() <= 12 && text.contains(|it: char| it.is_ascii_digit()) && !text.contains(char::is_whitespace)
}

/// The columns of a line that hold letters, behind its first text. The letters of a legend beside the table are none.
fn letter_columns(line: &Line, legend: &[usize]) -> Vec<usize> {
    let mut has_text = false;
    let mut columns = Vec::new();
    for (column, cell) in line.cells.iter().enumerate() {
        match entry(&cell.text) {
            Entry::Blank => has_text |= cell.covered,
            Entry::Signs { joined, signs, .. } if has_text => {
                let is_sure = !joined && signs.iter().any(|sign| matches!(sign, Sign::Letter(_)));
                if is_sure && !legend.contains(&column) {
                    columns.push(column);
                }
            }
            _ => has_text = true,
        }
    }
    // `RA` is letters beside others, and where no heading can be: in a line that has nothing else.
    let is_joined = |cell: &Cell| matches!(entry(&cell.text), Entry::Signs { joined: true, .. });
    if !columns.is_empty() || line.cells.iter().skip(1).filter(|cell| !cell.text.trim().is_empty()).all(is_joined) {
        let more = line.cells.iter().enumerate().skip(1).filter(|(_, cell)| is_joined(cell)).map(|(column, _)| column);
        let texts = line.cells.iter().skip(1).filter(|cell| entry(&cell.text) == Entry::Text).count();
        let more: Vec<usize> = more.collect();
        if texts <= 2 && !more.is_empty() && (!columns.is_empty() || more.len() == 1) {
            columns.extend(more);
            columns.sort_unstable();
        }
    }
    columns
}

/// What a line explains of letters: `R | Responsible`, or texts that do; and the columns of the letters that it explains.
fn explains(line: &Line) -> Explained {
    let (mut found, mut columns) = (Vec::new(), Vec::new());
    let filled: Vec<(usize, &str)> = line
        .cells
        .iter()
        .enumerate()
        .map(|(column, cell)| (column, cell.text.trim()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let is_plain = |text: &str| matches!(entry(text), Entry::Signs { remark, joined: false, .. } if remark.is_empty());
    let has_letters = filled.iter().skip(1).any(|(_, text)| is_plain(text));
    for (at, (column, text)) in filled.iter().enumerate() {
        let mut chars = text.chars();
        let letter = match (chars.next(), chars.next()) {
            (Some(only), None) if only.is_alphabetic() => letters::latin(only),
            _ => {
                let explained = legend_in(text);
                // Among letters, `R: reviews drafts` is a letter with a remark, and `R = reviewer` a legend beside the table.
                let is_legend = !has_letters || explained.len() > 1 || text.contains('=') || letters::is_whole_word(text);
                if !explained.is_empty() && is_legend {
                    found.extend(explained);
                    columns.push(*column);
                }
                continue;
            }
        };
        let Some((_, next)) = filled.get(at + 1).filter(|(_, next)| next.chars().count() > 3) else { continue };
        let explained = letters::legend(&format!("{letter} = {next}"));
        let begins_alike = next.chars().next().is_some_and(|first| letters::latin(first) == letter);
        if let Some(pair) = explained.first().filter(|_| begins_alike || filled.len() == 2) {
            found.push(*pair);
            columns.push(*column);
        }
    }
    (found, columns)
}

/// What a text explains of letters, if it is written as a legend is: it explains several, or begins with the letter.
fn legend_in(text: &str) -> Vec<(char, Sense)> {
    let text = text.trim().trim_start_matches(['-', '*', '•', ' ']);
    if text.len() < 4 {
        return Vec::new();
    }
    let found = letters::legend(text);
    let mut chars = text.trim_start_matches('(').chars();
    let first = chars.next().filter(|it| it.is_uppercase());
    let is_parted = chars.as_str().trim_start_matches(['*', ')', ' ']).starts_with(['=', ':', '-', '–', '—', '→'])
        || text.starts_with('(') && chars.as_str().starts_with(')');
    if found.len() > 1 || first.is_some() && is_parted { found } else { Vec::new() }
}

/// The names in a cell with what stands in parentheses behind each.
fn names(text: &str) -> Vec<(String, String)> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut depth = 0_usize;
    for it in text.chars() {
        match it {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match parts.last_mut() {
            Some(last) if depth > 0 || !",;\n•、；".contains(it) => last.push(it),
            _ => parts.push(String::new()),
        }
    }
    let mut found = Vec::new();
    for part in parts.iter().flat_map(|part| apart(part)) {
        let (name, remark) = letters::split_remark(&part);
        let name = name.trim_matches(|it: char| it.is_whitespace() || it == '*').to_string();
        if !letters::is_blank(&name) {
            found.push((name, remark));
        }
    }
    found
}

/// Names that `and` or `+` joins, unless it stands within one: `Security and Compliance Forum`, `Research and Development`.
fn apart(text: &str) -> Vec<String> {
    const GROUPS: [&str; 13] = [
        "forum",
        "board",
        "committee",
        "council",
        "team",
        "office",
        "group",
        "department",
        "dept",
        "authority",
        "function",
        "unit",
        "leads",
    ];
    const PAIRS: [&str; 8] = [
        "research and development",
        "sales and marketing",
        "health and safety",
        "legal and compliance",
        "risk and compliance",
        "security and compliance",
        "finance and accounting",
        "food and drug",
    ];
    for joint in [" + ", " and ", " und ", " et "] {
        let Some((left, right)) = text.split_once(joint).filter(|(left, _)| !left.contains('(')) else { continue };
        let is_group = |name: &str| words(&folded(name)).last().is_some_and(|word| GROUPS.contains(&word));
        let (name, _) = letters::split_remark(right);
        if is_group(&name) && !is_group(left) || PAIRS.iter().any(|pair| folded(text).contains(pair)) {
            continue;
        }
        let mut found = vec![left.to_string()];
        found.extend(apart(right));
        return found;
    }
    vec![text.to_string()]
}

/// Whether somebody holds a right in a row, for those who count.
impl Row {
    /// How many hold a right in it.
    pub fn holders(&self, right: Right) -> usize {
        self.cells.iter().filter(|held| held.rights.has(right)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKT: &str = "\
Step Id|Name|TPM|SDM|PM-T|Lead SDE|SDE|Business
1|Requirements refinement|A|C|C|C|C|R
2|Project Planning|A|C|C|C|C|C
3|High Level Design|C|C|C|A|R|I
4|Low Level Design|C|C|C|A|R|I
5|Sprint Planning|R|A|I|C|C|I
6|Daily Stand Ups|C|C|I|A|R|I
7|Status Report|A|C|C|C|I|I
8|Leadership Review|R|C|A|C|I|I";

    const PACKT_TPM: &str = "\
Key Management Area|Step|Role
Planning|Refine requirements|A
|Create functional spec|A/R
|Sprint planning|R/C
|Review designs|C
Stakeholder Management|Draft communication plan|R/A
|Daily Stand Ups|C
|Status Report|A
|MBR|R
Risk Management|Risk analysis|A
|Risk monitoring|A/R
|Issue resolution|A";

    const JMRASHED: &str = "\
Task / Activity|Product Owner|Scrum Master|Development Team|QA Team|Stakeholders
Define project goals|A|C|I|I|C
Sprint planning|R|A|C|C|I
Backlog grooming|A|C|R|I|C
Development execution|I|C|R|C|I
Code review|I|C|R|C|I
Testing & QA|I|C|C|R|I
Sprint demo|A|R|C|C|I
Retrospective|C|A|R|R|I
Release deployment|C|R|A|C|I";

    const SCRUM: &str = "\
Activity / Decision|Product Owner|Scrum Master|Developers|Stakeholders|Line/People Manager
Product Backlog ordering|A/R|C|C|C|I
Writing/refining a Sprint Goal|A|C|R|I|I
Selecting items into the Sprint Backlog|I|C|A/R|-|I
Deciding *how* work gets done (technical approach)|I|I|A/R|-|I
Facilitating Scrum events|I|A/R|C|-|I
Definition of Done — setting/changing it|C|C|A/R|I|C
Declaring a Product Backlog Item \"Done\"|C|I|A/R|I|I
Sprint Review — presenting the increment|A|C|R|I|I
Release / go-live decision|A|C|R|C|I
Removing team-level impediments|I|A/R|C|-|C
Removing organizational impediments|I|A/R|I|C|A/R (jointly)
Coaching the team's process and practices|I|A/R|C|-|I
Hiring, compensation, performance reviews of Developers|I|I|I|-|A/R
Stakeholder communication cadence/plan|A|R|I|C|I";

    const FRAUD: &str = "\
activity_id|activity_name|ANALYST|SUPERVISOR|DATA_STEWARD|DATA_OWNER|DATA_SCIENTIST|IT_SECURITY|LEGAL
ACT-001|VALIDATE_DATA_QUALITY|I|C|R|A|C|C|I
ACT-002|CORRECT_SOURCE_DATA|I|I|C|R|I|C|I
ACT-003|CHANGE_FRAUD_RULES|C|A|C|C|R|C|I
ACT-004|APPROVE_MODEL_VERSION|I|A|C|C|R|C|I
ACT-005|INVESTIGATE_ALERT|R|A|I|I|C|C|C
ACT-006|CONFIRM_INVESTIGATION_RESULT|R|A|I|I|C|I|C
ACT-007|CLOSE_CASE|C|A|I|I|I|I|C
ACT-008|ACCESS_RESTRICTED_EVIDENCE|R|A|I|A|I|C|C
ACT-009|RESPOND_TO_DATA_QUALITY_INCIDENT|I|A|R|C|C|R|I
ACT-010|REVIEW_BACKTESTING_RESULTS|C|A|C|I|R|C|I";

    const GOVERNANCE: &str = "\
Activity|Business Owner|AI/Product Team|AI Governance|Privacy|DPO/Security|Executive Sponsor|Internal Audit
Use-case approval|A/R|C|C|I|I|I|I
Risk assessment|C|C|A/R|C|C|I|I
Data quality review|I|R|A|C|C|I|I
Fairness testing|C|R|A|C|I|I|I
Privacy assessment|I|C|C|A/R|C|I|I
Security review|I|C|C|C|A/R|I|I
Deployment approval|R|C|C|C|C|A|I
Post-deployment monitoring|A|R|C|C|C|I|I
AI incident escalation|R|R|A|C|C|I|I
Independent assurance|I|I|C|I|I|I|A/R";

    const COUNTY: &str = "\
Activity|Executive Sponsor|ITSM Owner|GIS Owner|Integration Owner|Security|Service Desk
Architecture approval|A|C|C|R|C|I
Field mapping|I|R|R|R|C|C
Production deployment|A|C|C|R|C|I";

    const LONG: &str = "\
decision|accountable_role|ai_authority
batch certification|EU Qualified Person|none
ICSR reportability|Safety Physician|none
stock allocation|Supply Governance Board|draft only";

    const HEALTH: &str = "\
Decision|Recommend|Agree|Perform|Input|Decide
Phase gate go/no-go|PM|CISO, CMIO|Workstreams|AR, SD|Steering Committee
Wave go/no-go|PM|Clinical lead (clinical waves), SD lead|EP, Data|AO|PM (with vetoes per §20.5)
Architecture standard|AR|SE|Workstreams|Microsoft/partner|Design Authority
Technical exception (≤ 90 days)|Workstream lead|SE|Workstream|AO|Design Authority
Security exception|Requestor|AR|SE|Compliance|Security & Compliance Forum
Production change|Engineer|Peer reviewer|Engineer|SD|Cloud CAB (standard changes pre-approved)
Licensing / budget|PM|CFO delegate|Procurement|AR|Executive Sponsor
Clinical blackout / clinical exception|Clinical informatics|CNO|PM|EP|Clinical Advisory Group
Risk acceptance (High/Critical)|Risk owner|CISO|—|PM|Steering Committee";

    const HEALTH_RACI: &str = "\
Activity|ES|PM|AR|ID|EP|SE|AO|SD
Program charter & funding|A|R|C|I|I|C|I|I
Integrated plan & RAID|I|A/R|C|R|R|R|C|C
Architecture & standards|I|C|A/R|R|R|R|C|I
Phase gate decisions|A|R|R|C|C|C|C|C
Change control (CAB) (Change Manager sits in the PMO)|I|A|C|R|R|R|I|R
Benefits realization|A|R|C|I|C|I|C|C";

    const PODS: &str = "\
Decision|Recommend|Agree|Perform|Input|Decide
Hire into discipline|Functional Leader|—|—|—|Executive
Assign to project|—|—|—|—|Pod co-leaders (jointly)
Annual review|—|—|Functional Leader|Pod leaders|Functional Leader
Daily task priority|—|—|—|—|Pod co-leaders
Promotion|Functional Leader|—|—|—|Executive";

    /// A grid of a text: a line for each line, a cell between two `|`. `<` is covered from the left, `^` from above.
    fn grid(text: &str) -> Grid {
        let line = |(at, line): (usize, &str)| {
            let mut cells: Vec<Cell> = Vec::new();
            for text in line.split('|') {
                let covered = matches!(text, "<" | "^");
                if let Some(last) = cells.iter_mut().rfind(|cell| !cell.covered).filter(|_| text == "<") {
                    last.columns += 1;
                }
                cells.push(Cell { text: if covered { String::new() } else { text.trim().to_string() }, columns: 1, covered });
            }
            Line { number: at + 1, cells }
        };
        let lines =
            text.lines().enumerate().map(line).filter(|line| line.cells.iter().any(|cell| !cell.text.is_empty())).collect();
        Grid { lines, ..Grid::default() }
    }

    fn only(text: &str) -> Chart {
        let mut contents = read(&grid(text), None);
        assert_eq!(contents.charts.len(), 1, "{contents:#?}");
        contents.charts.remove(0)
    }

    /// Every task with those who hold something, and the section in brackets.
    fn shown(chart: &Chart) -> Vec<String> {
        let row = |row: &Row| {
            let held = row.cells.iter().map(|held| {
                let rights: Vec<&str> = held.rights.iter().map(Right::word).collect();
                let remark = if held.remark.is_empty() { String::new() } else { format!(" ({})", held.remark) };
                format!("{} {}{remark}", chart.roles[held.role].name, rights.join("+"))
            });
            let section = if row.section.is_empty() { String::new() } else { format!(" [{}]", row.section) };
            format!("{}{section}: {}", row.task, held.collect::<Vec<_>>().join(", "))
        };
        chart.rows.iter().map(row).collect()
    }

    /// How many tasks there are, without anybody who decides, with several who do, and without anybody who does the work.
    fn counts(chart: &Chart) -> [usize; 4] {
        let count = |test: &dyn Fn(&Row) -> bool| chart.rows.iter().filter(|row| test(row)).count();
        [
            chart.rows.len(),
            count(&|row| row.holders(Right::Decides) == 0),
            count(&|row| row.holders(Right::Decides) > 1),
            count(&|row| row.holders(Right::Does) == 0),
        ]
    }

    fn model(chart: &Chart) -> Option<Model> {
        match &chart.reading {
            Reading::Settled(key) => key.model,
            Reading::Ambiguous { .. } => None,
        }
    }

    fn skipped(text: &str) -> Vec<(usize, Why)> {
        read(&grid(text), None).skipped.iter().map(|line| (line.number, line.why)).collect()
    }

    #[test]
    fn real_charts_are_read_completely() {
        assert_eq!(counts(&only(PACKT)), [8, 0, 0, 2]);
        assert_eq!(counts(&only(PACKT_TPM))[..2], [11, 4]);
        assert_eq!(counts(&only(JMRASHED))[..3], [9, 3, 0]);
        assert_eq!(counts(&only(SCRUM))[..3], [14, 0, 1]);
        assert_eq!(counts(&only(FRAUD))[..3], [10, 1, 1]);
        assert_eq!(counts(&only(GOVERNANCE))[..3], [10, 0, 0]);
        assert_eq!(counts(&only(COUNTY))[..2], [3, 1]);
        assert_eq!(counts(&only(LONG))[..3], [3, 0, 0]);
        assert_eq!(counts(&only(HEALTH))[..3], [9, 0, 0]);
        assert_eq!(counts(&only(HEALTH_RACI))[..3], [6, 0, 0]);
        assert_eq!(counts(&only(PODS))[..3], [5, 0, 0]);
        for text in [PACKT, PACKT_TPM, JMRASHED, SCRUM, FRAUD, GOVERNANCE, COUNTY, LONG, HEALTH, HEALTH_RACI, PODS] {
            assert_eq!(skipped(text), [(1, Why::Headings)], "{text}");
            assert_eq!(only(text).unread, [], "{text}");
        }
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
    fn a_column_of_headings_holds_for_the_lines_below() {
        assert_eq!(
            shown(&only(PACKT_TPM))[..5],
            [
                "Refine requirements [Planning]: Role decides",
                "Create functional spec [Planning]: Role decides+does",
                "Sprint planning [Planning]: Role input+does",
                "Review designs [Planning]: Role input",
                "Draft communication plan [Stakeholder Management]: Role decides+does",
            ]
        );
    }

    #[test]
    fn headings_that_name_rights_stand_over_names() {
        let chart = only(HEALTH);
        assert_eq!((chart.layout, model(&chart)), (Layout::Named, Some(Model::Rapid)));
        assert_eq!(
            shown(&chart)[..2],
            [
                "Phase gate go/no-go: PM input, CISO approves, CMIO approves, Workstreams does, AR input, SD input, Steering Committee decides",
                "Wave go/no-go: PM input, Clinical lead approves (clinical waves), SD lead approves, EP does, Data does, AO input, \
                 PM decides (with vetoes per §20.5)",
            ]
        );
        assert_eq!(shown(&only(PODS))[1], "Assign to project: Pod co-leaders decides (jointly)");
        let chart = only(LONG);
        assert_eq!(shown(&chart)[0], "batch certification: EU Qualified Person decides");
        assert_eq!(chart.extras, ["ai_authority"]);
    }

    #[test]
    fn letters_over_names_follow_a_model() {
        let chart =
            only("Task|R|A|C|I\nShip it|Ann and Bob|Cem|Dev Team; QA Team|-\nStop it|Eva|Security and Compliance Forum||Fay");
        assert_eq!(
            shown(&chart),
            [
                "Ship it: Ann does, Bob does, Cem decides, Dev Team input, QA Team input",
                "Stop it: Eva does, Security and Compliance Forum decides, Fay informed",
            ]
        );
        let chart = only("Decision|Driver|Approver|Contributors|Informed\nPricing|Ann|Bob|Cem, Dan|Eva");
        assert_eq!(model(&chart), Some(Model::Daci));
        assert_eq!(shown(&chart), ["Pricing: Ann does, Bob decides, Cem input, Dan input, Eva informed"]);
        let chart = only("Task|R (Responsible)|A (Accountable)|C|I\nShip it|Ann|Bob|Cem|Dan");
        assert_eq!(shown(&chart), ["Ship it: Ann does, Bob decides, Cem input, Dan informed"]);
    }

    #[test]
    fn roles_may_be_rows() {
        let chart = only("Role|Plan|Build|Ship\nProduct Owner|A|C|A\nDevelopers|R|A/R|R");
        assert_eq!(chart.layout, Layout::Transposed);
        assert_eq!(
            shown(&chart),
            [
                "Plan: Product Owner decides, Developers does",
                "Build: Product Owner input, Developers decides+does",
                "Ship: Product Owner decides, Developers does",
            ]
        );
        let chart = only("|Write specification|Test the release\nProduct Owner|A|C\nQA Lead|R|A\nBusiness Analyst|R|I");
        assert_eq!((chart.layout, chart.rows.len()), (Layout::Transposed, 2));
    }

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
    fn a_legend_may_stand_beside_the_table() {
        let chart = only("Task|Ann|Bob||Legend|\nPlan|R|A||R|Responsible\nBuild|A|I||A|Approves|\nShip|I|R||I|Informed");
        assert_eq!(
            shown(&chart),
            ["Plan: Ann does, Bob decides", "Build: Ann decides, Bob informed", "Ship: Ann informed, Bob does"]
        );
        assert_eq!(chart.unread, []);
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
    fn tables_below_each_other_have_models_of_their_own() {
        let text = "Delivery\nTask|Owner|Developers|Users\nPlan|A|R|C\nBuild|A|R|I\n\nDecisions\nDecision|CFO|Sponsor|Lawyers|Staff\nPricing|D|A|C|I\nHiring|D|A|I|C\n\n\
                    Decision|Recommend|Agree|Perform|Input|Decide\nBudget|Ann|Bob|Cem|Dan|Eva";
        let contents = read(&grid(text), None);
        let found: Vec<_> =
            contents.charts.iter().map(|chart| (chart.heading.as_str(), model(chart), chart.rows.len())).collect();
        assert_eq!(found, [("Delivery", Some(Model::Raci), 2), ("Decisions", Some(Model::Daci), 2), ("", Some(Model::Rapid), 1)]);
        let lines = contents.skipped.len() + contents.charts.iter().map(|chart| chart.rows.len()).sum::<usize>();
        assert_eq!(lines, grid(text).lines.len());
    }

    #[test]
    fn headings_repeated_on_each_page_are_no_task() {
        let text = "Task|Owner|Developers\nPlan|A|R\nTask|Owner|Developers\nBuild|C|A";
        assert_eq!(only(text).rows.len(), 2);
        assert_eq!(skipped(text), [(1, Why::Headings), (3, Why::Headings)]);
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
        let given = read(&grid(text), Some(Model::Rapid));
        assert_eq!(shown(&given.charts[0])[0], "Plan: Owner approves, Developers input");
        let named = Grid { name: "sheet RACI".into(), ..grid(text) };
        assert_eq!(shown(&read(&named, None).charts[0])[0], "Plan: Owner decides, Developers does");
    }

    #[test]
    fn legends_in_other_languages_explain_their_own_letters() {
        let legend = "V = Verantwortlich, R = Rechenschaftspflichtig, K = Konsultiert, I = Informiert";
        let chart = only(&format!("{legend}\nAufgabe|Leiter|Team|Kunde\nPlanen|R|V|K\nBauen|R|V|I"));
        assert_eq!(
            shown(&chart),
            ["Planen: Leiter decides, Team does, Kunde input", "Bauen: Leiter decides, Team does, Kunde informed"]
        );
        let legend = "D: Durchführung|E: Entscheidung|B: Beratung|I: Information";
        let chart = only(&format!("{legend}\nAufgabe|Leiter|Team|Kunde\nPlanen|E|D|B\nBauen|E/B|D|I"));
        assert_eq!(shown(&chart)[1], "Bauen: Leiter decides+input, Team does, Kunde informed");
        let mut french = grid("Tâche|Chef|Équipe|Client\nPlan|A|R|C\nBâtir|A|R|I");
        french.around = ["R : réalisateur", "A : approbateur", "C : consulté", "I : informé"].map(String::from).to_vec();
        let chart = &read(&french, None).charts[0];
        assert_eq!(shown(chart)[0], "Plan: Chef decides, Équipe does, Client input");
        assert!(
            matches!(&chart.reading, Reading::Settled(key) if key.ground == Ground::Legend && key.model == Some(Model::Raci))
        );
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
    fn remarks_beside_letters_are_no_legend() {
        let chart = only(
            "Task|Owner|Team|Users|\nPlan|A|R: approves drafts|C|R - Responsible\nBuild|A (for now)|R - reviews|I|A - Accountable",
        );
        assert_eq!(
            shown(&chart),
            [
                "Plan: Owner decides, Team does (approves drafts), Users input",
                "Build: Owner decides (for now), Team does (reviews), Users informed",
            ]
        );
        assert_eq!(chart.unread, []);
    }

    #[test]
    fn what_is_no_chart_has_none() {
        for text in ["", "Name|Age\nAnn|30\nBob|40", "A|B\nC|D", "just a text", "Plan|A|R"] {
            let contents = read(&grid(text), None);
            assert!(contents.charts.is_empty(), "{text}: {:#?}", contents.charts);
            assert_eq!(contents.skipped.len(), grid(text).lines.len());
        }
    }
    #[test]
    fn large_sheets_take_moments() {
        let heads: Vec<String> = (0..200).map(|at| format!("Role {at}")).collect();
        let mut text = format!("Task|{}\n", heads.join("|"));
        for at in 0..300 {
            text.push_str(&format!("Task {at}|A{}\n", "|R|C|I".repeat(66)));
        }
        let chart = only(&text);
        assert_eq!(counts(&chart), [300, 0, 0, 0]);
    }

    #[test]
    fn no_grid_makes_it_fail() {
        const CELLS: [&str; 16] = [
            "",
            "A",
            "R",
            "<",
            "^",
            "Task",
            "Role",
            "Decide",
            "Recommend",
            "x",
            "R = Responsible",
            "PO",
            "AR",
            "Total",
            "-",
            "9",
        ];
        let mut state = 7_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            CELLS[usize::try_from(state >> 60).unwrap()]
        };
        for width in 1..7 {
            for _ in 0..100 {
                let text =
                    (0..8).map(|_| (0..width).map(|_| next()).collect::<Vec<_>>().join("|")).collect::<Vec<_>>().join("\n");
                let grid = grid(&text);
                let contents = read(&grid, None);
                let mut told: Vec<usize> = contents.skipped.iter().map(|line| line.number).collect();
                for chart in &contents.charts {
                    told.extend(chart.rows.iter().map(|row| row.number));
                    told.extend(chart.rows.iter().flat_map(|row| row.cells.iter().map(|held| held.line)));
                    told.extend(chart.roles.iter().map(|role| role.line));
                    told.extend(chart.unread.iter().map(|cell| cell.line));
                }
                for line in &grid.lines {
                    let is_told = told.contains(&line.number) || line.cells.iter().all(|cell| letters::is_blank(&cell.text));
                    // A line that goes on with the task above may say nothing itself.
                    let goes_on = line.cells.iter().any(|cell| cell.covered);
                    assert!(is_told || goes_on, "line {} of\n{text}\n{contents:#?}", line.number);
                }
            }
        }
    }
}
