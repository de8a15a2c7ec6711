//! The charts of all files with their places, or what has to be said before they can be read.

use super::chart::{self, Asked, Chart, Contents, Skipped};
use super::letters::{Ground, Meaning, Model, Reading};
use super::{Grid, Unit};
use crate::catalogue::DUTIES;
use crate::org::joined;
use crate::org::link::MOST_DUTIES;
use crate::org::rights::Right;
use crate::problem::Problem;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A file as it was read.
#[derive(Debug)]
pub struct File {
    /// Its path as given, with `/`.
    pub path: String,
    /// Its tables.
    pub grids: Vec<Grid>,
}

/// A table that has charts, with what of it was read.
#[derive(Debug)]
pub struct Source {
    /// Where it stands: `raci.xlsx, sheet Roles`.
    pub name: String,
    /// What its lines are counted in.
    pub unit: Unit,
    /// Its charts from top to bottom.
    pub charts: Vec<Chart>,
    /// The lines that are no tasks, from top to bottom.
    pub skipped: Vec<Skipped>,
    /// Whether another table of the file has the same name.
    pub is_one_of_several: bool,
    /// Whose letters its chart has, where only the title says so.
    pub titled: Option<String>,
}

/// What the files hold.
#[derive(Debug)]
pub struct Sources {
    /// The tables that have charts.
    pub tables: Vec<Source>,
    /// The others.
    pub others: Vec<String>,
}

impl Source {
    /// The place of one of its lines: `raci.xlsx, sheet Roles, row 7`.
    pub fn place(&self, number: usize) -> String {
        format!("{}, {} {number}", self.name, self.unit.name())
    }

    /// The name of one of its charts: that of the table, with the first line of the chart where there are several.
    pub fn name_of(&self, chart: &Chart) -> String {
        let first = chart.rows.first().filter(|_| self.is_one_of_several || self.charts.len() > 1);
        first.map_or_else(|| self.name.clone(), |row| format!("{} from {} {} on", self.name, self.unit.name(), row.number))
    }
}

impl Sources {
    /// Whether the meaning of the letters of any chart is known in this way.
    pub fn rest_on(&self, ground: Ground) -> bool {
        let mut charts = self.tables.iter().flat_map(|table| &table.charts);
        charts.any(|chart| matches!(&chart.reading, Reading::Settled(key) if key.ground == ground))
    }
}

/// Finds the charts of all files.
///
/// # Errors
/// A file has none; or a table can be read in several ways, and nobody said in which.
pub fn charts(files: &[File], asked: &Asked<'_>) -> Result<Sources, Vec<Problem>> {
    let (mut tables, mut others, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        let before = tables.len();
        let mut strange = Vec::new();
        for grid in &file.grids {
            let Contents { mut charts, skipped } = contents(file, grid, asked);
            let titled = charts.iter_mut().find_map(|chart| name_actor(chart, grid));
            // A table with letters of no model is a role chart of a kind of its own, or none at all.
            let (foreign, charts): (Vec<Chart>, Vec<Chart>) = charts.into_iter().partition(|chart| is_foreign(&chart.reading));
            strange.extend(foreign.iter().filter_map(|chart| unsettled(file, grid, chart)));
            let name = name(files, file, grid);
            others.extend(foreign.iter().map(|chart| format!("{name}: {} with letters of no model", place_in_file(grid, chart))));
            problems.extend(charts.iter().filter_map(|chart| unsettled(file, grid, chart)));
            problems.extend(charts.iter().filter(|chart| chart.lacks_actor).map(|chart| lacks_actor(file, grid, chart)));
            if charts.is_empty() && foreign.is_empty() {
                others.push(name);
            } else if !charts.is_empty() {
                tables.push(Source { name, unit: grid.unit, charts, skipped, is_one_of_several: false, titled });
            }
        }
        let of_file = tables.get_mut(before..).unwrap_or_default();
        if of_file.is_empty() {
            let sure = if asked.model.is_none() { SMALL_CHART } else { "" };
            let none = || Problem::of_path(&file.path, NO_CHART, format!("{WHAT_A_CHART_IS}{sure}"));
            problems.extend(if strange.is_empty() { vec![none()] } else { strange });
        }
        let mut counts: FxHashMap<String, usize> = FxHashMap::default();
        of_file.iter().for_each(|table| *counts.entry(table.name.clone()).or_default() += 1);
        for table in of_file {
            table.is_one_of_several = counts.get(&table.name).is_some_and(|count| *count > 1);
        }
    }
    let tasks: usize = tables.iter().flat_map(|table| &table.charts).map(|chart| chart.rows.len()).sum();
    if tasks > MOST_TASKS && problems.is_empty() {
        let message = format!("there are {tasks} tasks here, and a team file has room for {MOST_TASKS}");
        problems.push(Problem::of_path("", message, "Import the charts in parts."));
    }
    if problems.is_empty() { Ok(Sources { tables, others }) } else { Err(problems) }
}

/// What a table holds. The user and the name of the file say what letters mean only where the table itself leaves that open: several
/// tables may follow several models.
fn contents(file: &File, grid: &Grid, asked: &Asked<'_>) -> Contents {
    let own = chart::read(grid, &Asked { model: None, ..*asked });
    let is_settled = |chart: &Chart| matches!(chart.reading, Reading::Settled(_));
    if !own.charts.is_empty() && own.charts.iter().all(is_settled) {
        return own;
    }
    let mut contents = match asked.model {
        Some(_) => chart::read(grid, asked),
        None if own.charts.is_empty() => return own,
        None => {
            let mut grid = grid.clone();
            grid.document.push(stem(file).replace('-', " "));
            chart::read(&grid, asked)
        }
    };
    let first = |chart: &Chart| chart.rows.first().map(|row| row.number);
    for chart in &mut contents.charts {
        if let Some(own) = own.charts.iter().find(|own| is_settled(own) && first(own) == first(chart)) {
            chart.clone_from(own);
        }
    }
    contents
}

/// The name of a file, without its ending.
fn stem(file: &File) -> &str {
    let name = file.path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Every task may become a duty of the company's own, beside the built-in ones.
const MOST_TASKS: usize = MOST_DUTIES - DUTIES.len();

const NO_CHART: &str = "there is no table here that says who holds which part in which task";
const WHAT_A_CHART_IS: &str = "A role chart has a line of roles or people above its tasks and letters such as R, A, C and I in its cells; or columns such as \
                               Responsible and Accountable with names in their cells.";
const SMALL_CHART: &str = " A chart of a line or two is read once you say what its letters are: `--model raci`.";

/// The name of a table in notes and messages: the file without its folders, unless another file has the same, and the table in it.
fn name(files: &[File], file: &File, grid: &Grid) -> String {
    let last = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let short = last(&file.path);
    let is_shared = files.iter().filter(|other| last(&other.path) == short).count() > 1;
    let path = match file.path.as_str() {
        crate::input::STDIN => "standard input".to_owned(),
        path if is_shared => path.to_owned(),
        _ => short,
    };
    // The line of a text says which table it is.
    if grid.name.is_empty() || grid.unit == Unit::Line { path } else { format!("{path}, {}", grid.name) }
}

/// Whether no model has the letters of a table: those that have most of them say the same by these.
fn is_foreign(reading: &Reading) -> bool {
    matches!(reading, Reading::Ambiguous { letters, alternatives } if differences(letters, alternatives).is_empty())
}

/// Why it is not known what the letters of a chart mean, if it is not.
fn unsettled(file: &File, grid: &Grid, chart: &Chart) -> Option<Problem> {
    let Reading::Ambiguous { letters, alternatives } = &chart.reading else { return None };
    let place = place_in_file(grid, chart);
    if is_foreign(&chart.reading) {
        let is_known = |letter: &char| alternatives.iter().any(|model| model.says(*letter).is_some());
        let written = |of_model: bool| -> Vec<String> {
            letters.iter().filter(|letter| is_known(letter) == of_model).map(|letter| format!("`{letter}`")).collect()
        };
        let (known, foreign) = (written(true), written(false));
        let beside = if known.is_empty() { String::new() } else { format!(" beside {}", joined(&known)) };
        let message = format!("no model of role charts has {}{beside}, as {place} does", joined(&foreign));
        let help = "Explain the letters in a legend beside the table, such as `R = Responsible`; or name the model, as in `--model raci`: \
                    cells that it cannot read are then left out.";
        return Some(Problem::of_path(&file.path, message, help));
    }
    // Of models that say the same by these letters, one is enough to choose from.
    let mut choices: Vec<Model> = Vec::new();
    for model in alternatives {
        let is_like = |known: &Model| letters.iter().all(|letter| known.says(*letter) == model.says(*letter));
        if !choices.iter().any(is_like) {
            choices.push(*model);
        }
    }
    let names: Vec<&str> = choices.iter().map(|model| model.name()).collect();
    let flags: Vec<String> = choices.iter().filter_map(|model| model.flag()).map(|flag| format!("`--model {flag}`")).collect();
    let message = format!("{place} may follow {}: {}", either(&names), differences(letters, &choices));
    Some(Problem::of_path(&file.path, message, format!("Write {}, or a legend beside the table.", either(&flags))))
}

/// What models say differently by the letters in use: `` `A` decides in RACI and must approve in RAPID ``.
fn differences(letters: &[char], models: &[Model]) -> String {
    let mut told = Vec::new();
    for letter in letters {
        let mut said: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for model in models {
            said.entry(phrase(model.says(*letter))).or_default().push(model.name());
        }
        if said.len() > 1 {
            let parts: Vec<String> = said.iter().map(|(phrase, models)| format!("{phrase} in {}", joined(models))).collect();
            told.push(format!("who has `{letter}` {}", parts.join(", ")));
        }
    }
    told.join("; ")
}

fn phrase(meaning: Option<Meaning>) -> &'static str {
    match meaning {
        Some(Meaning::Holds(right)) => Right::phrase(right),
        Some(Meaning::Nothing) => "is left out",
        None => "means nothing",
    }
}

fn either<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [rest @ .., last] => {
            format!("{} or {}", rest.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(", "), last.as_ref())
        }
    }
}

fn lacks_actor(file: &File, grid: &Grid, chart: &Chart) -> Problem {
    let message = format!("{} has letters in one column and does not say whose they are", place_in_file(grid, chart));
    Problem::of_path(&file.path, message, "Name the person or role with `--actor NAME`.")
}

/// A chart as a message about its file calls it.
fn place_in_file(grid: &Grid, chart: &Chart) -> String {
    let name = if grid.name.is_empty() { "the table" } else { &grid.name };
    let first = chart.rows.first();
    first.map_or_else(|| name.to_owned(), |row| format!("{name} from {} {} on", grid.unit.name(), row.number))
}

/// Names the one whose letters a chart has by its title, where that is all that the title says: `TPM RACI` is the chart of a TPM.
fn name_actor(chart: &mut Chart, grid: &Grid) -> Option<String> {
    let title = |text: &str| {
        let text = text.strip_prefix("sheet ").unwrap_or(text).to_owned();
        let names_model = text.split_whitespace().any(|word| Model::named(word).is_some());
        let is_of_charts = |word: &&str| {
            Model::named(word).is_some()
                || matches!(word.to_lowercase().as_str(), "matrix" | "chart" | "model" | "table" | "the" | "for" | "of")
        };
        let rest: Vec<&str> = text.split_whitespace().filter(|word| !is_of_charts(word)).collect();
        (names_model && matches!(rest.len(), 1..=4)).then(|| rest.join(" "))
    };
    let role = chart.roles.first_mut().filter(|_| chart.lacks_actor)?;
    role.name = title(&grid.name).or_else(|| title(&chart.heading))?;
    chart.lacks_actor = false;
    Some(role.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::read;

    fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), grids: read(path, text.as_bytes()).expect("it is a table") }
    }

    #[test]
    fn a_chart_is_told_by_its_first_line_where_its_table_or_name_has_several() {
        let names = |files: &[File]| -> Vec<String> {
            let found = charts(files, &Asked::default()).expect("all of it can be read");
            found.tables.iter().flat_map(|table| table.charts.iter().map(|chart| table.name_of(chart))).collect()
        };
        let one = "Task,Owner,Team,Users\nPlan,A,R,C\nBuild,A,R,I\n";
        assert_eq!(names(&[file("a.csv", one)]), ["a.csv"]);
        let two = format!("{one},,,\nDecision,CFO,Sponsor,Lawyers,Staff\nPricing,D,A,C,I\nHiring,D,A,I,C\n");
        assert_eq!(names(&[file("a.csv", &two)]), ["a.csv from row 2 on", "a.csv from row 6 on"]);
        let table = "| Task | Owner | Team | Users |\n| - | - | - | - |\n| Plan | A | R | C |\n| Build | A | R | I |\n";
        let page = file("a.md", &format!("{table}\nText\n\n{table}"));
        assert_eq!(names(&[page]), ["a.md from line 3 on", "a.md from line 10 on"]);
    }

    #[test]
    fn there_may_be_as_many_tasks_as_a_team_file_has_room_for() {
        let chart = |tasks: usize| {
            let tasks: String = (1..=tasks).map(|number| format!("Task {number},A,R,C\n")).collect();
            [file("a.csv", &format!("Task,Owner,Team,Users\n{tasks}"))]
        };
        assert!(charts(&chart(MOST_TASKS), &Asked::default()).is_ok());
        let problems = charts(&chart(MOST_TASKS + 1), &Asked::default()).expect_err("it is one too many");
        assert!(problems[0].message.contains("there are"), "{problems:?}");
    }
}
