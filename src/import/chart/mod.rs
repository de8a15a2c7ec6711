//! Tables become charts: which of them hold letters or names, where their headings are, what their rows and columns stand for.
//!
//! Whatever is no heading and no task is skipped with a reason: every line is accounted for.

mod cells;
mod explain;
mod exported;
mod find;
mod heads;
mod list;
mod matrix;
mod named;
mod reader;
#[cfg(test)]
mod sample;
mod table;
mod ticked;
mod transposed;

use super::Grid;
use super::letters::{Model, Reading};
use crate::org::rights::{Right, Rights};
use reader::Reader;

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
    /// As this program exports it: a row for every product, team and duty, and roles as columns.
    Exported,
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
    /// Whether it says what one role holds, but not whose: that role has no name then.
    pub lacks_actor: bool,
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
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// As it is written.
    pub task: String,
    /// The heading that it stands under, if there is one; sections of sections are parted by ` / `.
    pub section: String,
    /// The product that it is a task of; empty where the chart has no such column.
    pub product: String,
    /// The team that it is a task of; empty where the chart has no such column.
    pub team: String,
    /// What it means, where the chart has a column that says so beside an id.
    pub meaning: String,
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

/// What the user says of the charts of a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// The model that all of them follow.
    pub model: Option<Model>,
    /// Who the one role is of those that do not say whose letters they hold.
    pub actor: Option<&'a str>,
}

/// Reads all charts of a grid.
pub fn read(grid: &Grid, asked: &Asked<'_>) -> Contents {
    let mut reader = Reader::new(grid, *asked);
    let mut start = 0;
    while start < grid.lines.len() {
        start = reader.next(start);
    }
    let mut contents = reader.contents;
    contents.skipped.sort_by_key(|line| line.number);
    contents
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
    use super::sample::*;
    use super::*;
    use crate::import::letters;

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
    fn what_is_no_chart_has_none() {
        for text in [
            "Student|Math|Physics|Art\nAnn|A|B|C\nBob|C|A|F\nCem|B|D|A",
            "Name|Mon|Tue|Wed\nAnn|C||C\nBob|C|C|C\nCem||C|C",
            "Role|Description\nResponsible|Does it\nAccountable|Owns it\nConsulted|Knows it",
            "Name|Mon|Tue|Wed\nAnn|P|A|P\nBob|P|P|P\nCem|A|P|P",
            "File|root|user|guest\na|RW|R|R\nb|RW|RW|-",
            "Posts|Admin|User|Guest\nPosts|CRUD|CR|R\nUsers|CRUD|R|-",
            "ID|Type|Description\n1|R|Late vendor\n2|A|Team is stable\n3|I|Server is down\n4|D|Needs a key",
            "Risk|Probability|Impact\nDelay|H|M\nCost|L|H",
            "Requirement|Priority\nLogin|M\nExport|S\nChat|C\nGames|W",
            "Item|Size|Price\nShirt|S|10\nPants|M|20",
            "Feature|A|B|C\nLogin|Y|N|N\nExport|N|Y|Y",
        ] {
            let contents = read(&grid(text), &Asked::default());
            assert!(contents.charts.is_empty(), "{text}: {:#?}", contents.charts);
            assert_eq!(contents.skipped.len(), grid(text).lines.len());
        }
        for text in ["", "Name|Age\nAnn|30\nBob|40", "A|B\nC|D", "just a text", "Plan|A|R"] {
            let contents = read(&grid(text), &Asked::default());
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
                let contents = read(&grid, &Asked::default());
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
