//! Brings what an organization has already: role charts in spreadsheets and wikis.
//!
//! Reading files can fail; from the [`Grid`]s on, nothing can.

mod assemble;
pub mod chart;
pub mod draft;
pub mod letters;
pub mod mapping;
pub mod read;
pub mod settled;
pub mod sources;
pub mod words;

pub use assemble::assemble;

/// A table as a file holds it, before anything is known of what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    /// Where it stands in its file: "sheet Roles", "table 2"; empty where the file is one table.
    pub name: String,
    /// The nearest heading above it, in Markdown and HTML.
    pub heading: String,
    /// Text beside the table that may explain its letters: paragraphs and list items of a Markdown document, each one string.
    pub around: Vec<String>,
    /// What its document says farther above: the headings over its own one, and texts and tables that explain letters.
    pub document: Vec<String>,
    /// What its lines are counted in.
    pub unit: Unit,
    /// Its lines from top to bottom, without those that are wholly blank.
    pub lines: Vec<Line>,
}

/// What the lines of a table are counted in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// The rows of a sheet.
    #[default]
    Row,
    /// The lines of a text.
    Line,
}

impl Unit {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Row => "row",
            Unit::Line => "line",
        }
    }
}

/// A line of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The row in the sheet, or the line in the text, counted from 1.
    pub number: usize,
    /// Its cells from left to right; blank ones are empty strings. Lines may differ in length.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The text as a reader sees it: formatting such as `**A**` is gone, line breaks are blanks.
    pub text: String,
    /// How many columns it spans (1 if not merged); the cells that it covers follow as empty ones with `covered` set.
    pub columns: usize,
    /// Whether a merged cell to the left or above covers this one.
    pub covered: bool,
}

impl Default for Cell {
    fn default() -> Self {
        Cell { text: String::new(), columns: 1, covered: false }
    }
}
