//! `roleaudit import`: role charts become a team file.

use super::Ending;
use super::common::{self, Stderr};
use super::progress;
use anyhow::Context;
use clap::builder::NonEmptyStringValueParser;
use roleaudit::import::chart::Asked;
use roleaudit::import::letters::{Ground, Model};
use roleaudit::import::settled::Settled;
use roleaudit::import::sources::{self, File};
use roleaudit::import::{assemble, read};
use roleaudit::input::{self, STDIN};
use roleaudit::output::{self, Target};
use roleaudit::problem::Problem;
use roleaudit::render::{self, Level};
use roleaudit::source::{Source, Sources};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Turn role charts into a team file: RACI, RASCI, DACI or RAPID, in CSV, TSV, Markdown, HTML, XLSX or ODS
///
/// The team file goes to standard output, or to the file behind -o; what was read, what was left out and what is left to settle
/// goes to standard error. Several files become one team file, and what they say differently is shown with both places.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The charts; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// What the letters mean, in the tables where neither a legend nor the letters themselves say so
    #[arg(long, value_enum, value_name = "MODEL")]
    model: Option<Letters>,

    /// A file of lines `task: duty` that settles which duty a task is
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,

    /// Whose letters a chart has that shows those of one person or role, and does not say whose
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    actor: Option<String>,

    /// What the product is called; the name of the first file, unless told otherwise
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    product: Option<String>,

    /// Where to write the team file, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The models that a user may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Letters {
    /// Responsible does, accountable decides, consulted gives input, informed is told
    Raci,
    /// The same, and support does too
    Rasci,
    /// Driver does, approver decides, contributors give input, informed are told
    Daci,
    /// Recommend and input give input, agree approves, perform does, decide decides
    Rapid,
}

impl From<Letters> for Model {
    fn from(letters: Letters) -> Self {
        match letters {
            Letters::Raci => Model::Raci,
            Letters::Rasci => Model::Rasci,
            Letters::Daci => Model::Daci,
            Letters::Rapid => Model::Rapid,
        }
    }
}

/// Larger files hold something else than charts; what tables hold has limits of its own.
const MOST_BYTES: u64 = 256 << 20;

/// Runs `import`.
pub(crate) fn run(args: &Args, stderr: &Stderr) -> anyhow::Result<Ending> {
    common::refuse_second_stdin(args.files.iter().chain(&args.map))?;
    let target = args.output.as_deref().map_or(Target::Stdout, Target::of);
    let read: Vec<PathBuf> = args.files.iter().chain(&args.map).map(|path| output::place(path)).collect();
    common::refuse_overwriting(&[((), target.clone())], &read, None)?;
    let texts = match args.map.as_deref().map(text).transpose() {
        Ok(map) => Sources::new(map.into_iter().collect()),
        Err(problem) => return Ok(refused(&[problem], &Sources::default(), stderr)),
    };
    let map = texts.iter().map(|(file, source)| Settled::read(file, source)).next();
    let settled = match map.transpose() {
        Ok(settled) => settled.unwrap_or_default(),
        Err(problems) => return Ok(refused(&problems, &texts, stderr)),
    };
    progress::doing("reading the charts");
    let asked = Asked { model: args.model.map(Model::from), actor: args.actor.as_deref() };
    let charts = match files(&args.files).and_then(|files| sources::charts(&files, &asked)) {
        Ok(charts) => charts,
        Err(problems) => return Ok(refused(&problems, &texts, stderr)),
    };
    if let Some(model) = asked.model.filter(|_| !charts.rest_on(Ground::Given)) {
        let message = format!("`--model` says {}, and every table says itself what its letters mean", model.name());
        stderr.problems(&[Problem::of_path("", message, "What they say counts; leave `--model` out.")], &texts, Level::Warning);
    }
    let tasks = charts.tables.iter().flat_map(|table| &table.charts).flat_map(|chart| &chart.rows);
    stderr.problems(&settled.unused(tasks.map(|row| row.task.as_str())), &texts, Level::Warning);
    let import = assemble(charts, &product(args), &settled);
    if let Some(excess) = import.excess() {
        let problem = Problem::of_path("", excess, "Put groups in the place of many, or import the charts in parts.");
        return Ok(refused(&[problem], &texts, stderr));
    }
    let mut bytes = Vec::new();
    render::team_file(&import, &mut bytes).context("cannot render the team file")?;
    progress::clear();
    output::write_all(vec![(target.clone(), bytes)])?;
    stderr.text(|style, out| render::imported(&import, style, out));
    if let Target::File(path) = &target {
        stderr.remark(&format!("wrote {0}; run `roleaudit check {0}`", render::one_line(&input::shown(path))));
    }
    Ok(Ending::Clean)
}

/// Tells why nothing is imported.
fn refused(problems: &[Problem], texts: &Sources, stderr: &Stderr) -> Ending {
    stderr.problems(problems, texts, Level::Error);
    stderr.remark("nothing was imported");
    Ending::Refused
}

/// The tables of all files.
fn files(paths: &[PathBuf]) -> Result<Vec<File>, Vec<Problem>> {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    // A file that is named twice, in whatever spelling, says everything once.
    for path in paths.iter().filter(|path| seen.insert(output::place(path))) {
        let shown = input::shown(path);
        let grids = input::bytes(path, MOST_BYTES)
            .and_then(|bytes| read::read(&shown, &bytes).map_err(|reason| Problem::of_path(&shown, reason.message, reason.help)));
        match grids {
            Ok(grids) => files.push(File { path: shown, grids }),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

/// The text of a file.
fn text(path: &Path) -> Result<Source, Problem> {
    input::bytes(path, MOST_BYTES).map(|bytes| Source::decode(input::shown(path), bytes))
}

/// What the product is called.
fn product(args: &Args) -> String {
    let of_file = |path: &PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let first = args.files.first().filter(|path| path.as_os_str() != STDIN).and_then(of_file);
    args.product.clone().or(first).unwrap_or_else(|| "Product".to_owned())
}
