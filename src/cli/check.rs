//! `roleaudit check`: audits one organization.

use super::Ending;
use super::common::{self, Color, FILE_STYLE, Order, Stderr};
use anyhow::Context;
use jiff::civil::Date;
use roleaudit::audit::{self, Selection};
use roleaudit::org::Org;
use roleaudit::output::{self, Target};
use roleaudit::render::{self, Level, Style};
use roleaudit::report::{FailOn, Report};
use roleaudit::rules::RULES;
use roleaudit::settings::{self, FailOnWord, Settings};
use roleaudit::{Days, Invalid, input};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Audit an organization: one finding per gap, with what to write instead
///
/// Files and folders together are one organization. Exit code 0: nothing counts; 1: something counts at or above --fail-on; 2: the
/// input could not be audited.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Team files, folders, or - for standard input
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,

    /// What to print; repeat it with -o to write several formats in one run
    #[arg(long = "format", value_enum, value_name = "FORMAT", default_value = "text")]
    formats: Vec<Format>,

    /// Where to write the format before it, instead of standard output
    #[arg(short, long = "output", value_name = "FILE")]
    outputs: Vec<PathBuf>,

    /// The least severity that fails the run [default: error]
    #[arg(long, value_parser = fail_on, value_name = "error|warning|info|never")]
    fail_on: Option<FailOn>,

    /// Show only findings of this rule (repeatable)
    #[arg(long = "rule", value_name = "NAME")]
    rules: Vec<String>,

    /// Leave out findings of this rule (repeatable)
    #[arg(long = "skip", value_name = "NAME")]
    skip: Vec<String>,

    /// Show only what concerns this product (repeatable)
    #[arg(long = "product", value_name = "ID")]
    products: Vec<String>,

    /// Show only what concerns this team (repeatable)
    #[arg(long = "team", value_name = "ID")]
    teams: Vec<String>,

    /// Show and count accepted findings like all others
    #[arg(long)]
    no_accepted: bool,

    /// The day to audit, instead of the files' `as-of` or today
    #[arg(long, value_name = "DATE", value_parser = common::date)]
    as_of: Option<Date>,

    /// The settings file, instead of the nearest .roleaudit.yaml
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Print no output; files, exit code and errors as always
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

fn fail_on(text: &str) -> Result<FailOn, String> {
    FailOnWord::of_word(text).map(FailOn::from).ok_or_else(|| "write error, warning, info or never".to_owned())
}

/// Runs `check`.
pub(crate) fn run(args: Args, order: &Order, color: Color, stderr: &Stderr) -> anyhow::Result<Ending> {
    let targets = common::targets(&args.formats, &args.outputs, order)?;
    let only = rule_names(&args.rules)?;
    let skip = rule_names(&args.skip)?;
    let settings_file = args.config.clone().or_else(|| input::nearest_settings(&args.paths));
    let Some(settings) = load_settings(settings_file.as_deref(), stderr)? else { return Ok(Ending::Refused) };

    let input = input::read(&args.paths);
    common::refuse_overwriting(&targets, &input.sources, settings_file.as_deref())?;
    if input.left_out > 0 {
        let files = if input.left_out == 1 { "file" } else { "files" };
        stderr.remark(&format!("left out {} YAML {files} without a line `roleaudit: 1`", input.left_out));
    }
    let days = Days { as_of: args.as_of, today: args.as_of.unwrap_or_else(common::today) };
    let linked = match roleaudit::load(&input.sources, days) {
        Ok(linked) if input.errors.is_empty() => linked,
        other => {
            let invalid = other.err().unwrap_or(Invalid { errors: Vec::new(), warnings: Vec::new() });
            // Where nothing could be read, what follows from that is no news.
            let errors = if input.sources.iter().len() == 0 { Vec::new() } else { invalid.errors };
            let errors: Vec<_> = input.errors.into_iter().chain(errors).collect();
            stderr.problems(&invalid.warnings, &input.sources, Level::Warning);
            stderr.problems(&errors, &input.sources, Level::Error);
            let count = if errors.len() == 1 { "1 error".to_owned() } else { format!("{} errors", errors.len()) };
            stderr.remark(&format!("nothing was audited, because of {count} in the input"));
            return Ok(Ending::Refused);
        }
    };
    stderr.problems(&linked.warnings, &input.sources, Level::Warning);

    let selection = selection(&args, only, skip, &linked.org)?;
    let report = audit::audit(&linked.org, &settings, &selection, &input.sources);
    let fail_on = args.fail_on.or(settings.fail_on).unwrap_or(FailOn::Severity(roleaudit::finding::Severity::Error));
    let ending = if report.fails(fail_on) { Ending::Found } else { Ending::Clean };
    let mut outputs = Vec::new();
    for (format, target) in targets {
        let style = if target == Target::Stdout { color.stdout() } else { FILE_STYLE };
        if target != Target::Stdout || !args.quiet {
            let mut bytes = Vec::new();
            render(format, &report, &style, &mut bytes).context("cannot render the report")?;
            outputs.push((target, bytes));
        }
    }
    output::write_all(outputs)?;
    Ok(ending)
}

fn render(format: Format, report: &Report<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => render::text(report, style, out),
        Format::Json => render::json(report, out),
        Format::Markdown => render::markdown(report, out),
    }
}

/// The settings of the run; none if the file holds errors, which are told.
fn load_settings(path: Option<&Path>, stderr: &Stderr) -> anyhow::Result<Option<Settings>> {
    let Some(path) = path else { return Ok(Some(Settings::default())) };
    let sources = match input::read_settings(path) {
        Ok(sources) => sources,
        Err(problem) => {
            stderr.problems(&[problem], &roleaudit::source::Sources::default(), Level::Error);
            return Ok(None);
        }
    };
    let (file, source) = sources.iter().next().context("the settings are one file")?;
    match settings::load(file, source) {
        Ok(settings) => Ok(Some(settings)),
        Err(errors) => {
            stderr.problems(&errors, &sources, Level::Error);
            Ok(None)
        }
    }
}

fn rule_names(names: &[String]) -> anyhow::Result<Vec<&'static str>> {
    names.iter().map(|name| Ok(RULES[common::known(name, "rule", RULES.iter().map(|rule| rule.name))?].name)).collect()
}

fn selection(args: &Args, only: Vec<&'static str>, skip: Vec<&'static str>, org: &Org<'_>) -> anyhow::Result<Selection> {
    let mut selection = Selection { only, skip, no_accepted: args.no_accepted, ..Selection::default() };
    for id in &args.products {
        common::known(id, "product", org.products.iter().map(|product| product.id.id.as_ref()))?;
        selection.products.extend(org.product(id));
    }
    for id in &args.teams {
        common::known(id, "team", org.teams.iter().map(|team| team.id.id.as_ref()))?;
        selection.teams.extend(org.team(id));
    }
    Ok(selection)
}
