//! `roleaudit check`: audits one organization.

use super::Ending;
use super::common::{self, Color, Order, Outputs, Stderr};
use super::organization::{self, Base, Loading};
use roleaudit::audit::{self, Selection};
use roleaudit::output::Target;
use roleaudit::render;
use roleaudit::report::FailOn;
use roleaudit::review::{self, Topic, Wanted};
use roleaudit::rules::RULES;
use roleaudit::settings::FailOnWord;
use std::fs;
use std::path::PathBuf;

/// Audit an organization: one finding per gap, with what to write instead
///
/// Files and folders together are one organization. Exit code 0: nothing counts; 1: something counts at or above --fail-on; 2: the
/// input could not be audited.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    organization: organization::Flags,

    #[command(flatten)]
    outputs: Outputs<Format>,

    /// The least severity that fails the run [default: error]
    #[arg(long, value_parser = fail_on, value_name = "error|warning|info|never")]
    fail_on: Option<FailOn>,

    /// Show only findings of this rule (repeatable)
    #[arg(long = "rule", value_name = "NAME")]
    rules: Vec<String>,

    /// Leave out findings of this rule (repeatable)
    #[arg(long = "skip", value_name = "NAME")]
    skip: Vec<String>,

    #[command(flatten)]
    filters: organization::Filters,

    /// Count only what BASE does not have: a file, a folder, or git:REF for the same paths at another commit
    #[arg(long, value_name = "BASE")]
    against: Option<PathBuf>,

    /// Show and count accepted findings like all others
    #[arg(long)]
    no_accepted: bool,

    /// Print no output; files, exit code and errors as always
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For programs; stable within version 1
    Json,
    /// For the comment on a pull request
    Markdown,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations of a GitHub workflow, and the summary beside its step
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// JUnit: a test for each rule and finding
    Junit,
    /// One page for a browser; it loads nothing
    Html,
    #[value(skip)]
    StepSummary,
}

/// Reads a threshold of the command line.
pub(crate) fn fail_on(text: &str) -> Result<FailOn, String> {
    FailOnWord::of_word(text).map(FailOn::from).ok_or_else(|| "write error, warning, info or never".to_owned())
}

/// Runs `check`.
pub(crate) fn run(args: &Args, order: &Order, color: Color, stderr: &Stderr) -> anyhow::Result<Ending> {
    let for_runner = args.outputs.has(Format::Github);
    if for_runner && !args.quiet {
        stderr.tell_runner();
    }
    let targets = args.outputs.targets(order)?;
    if let Some(base) = &args.against {
        common::refuse_second_stdin(args.organization.paths.iter().chain([base]))?;
    }
    let only = rule_names(&args.rules)?;
    let skip = rule_names(&args.skip)?;
    let Some(loading) = Loading::read(&args.organization.paths, &args.organization.how, &targets, stderr)? else {
        return Ok(Ending::Refused);
    };
    let Some(loaded) = loading.link(stderr)? else { return Ok(Ending::Refused) };

    let filter = args.filters.of(&loaded)?;
    let selection = Selection { only, skip, filter, no_accepted: args.no_accepted };
    let mut report = audit::audit(&loaded.org, &loading.settings, &selection, &loaded.sources);
    if let Some(base) = &args.against {
        let base = Base::read(base, &args.organization, &loaded.org, &targets, stderr)?;
        let Some(org) = base.texts.link(stderr) else { return Ok(Ending::Refused) };
        let known = args.filters.of_base(&org).map(|filter| {
            let selection = Selection { filter, ..selection };
            audit::audit(&org, &loading.settings, &selection, base.texts.sources()).findings
        });
        report.leave_new(&base.name, base.day.or(org.dated), known.unwrap_or_default());
    }
    report.add_departure(loaded.departure.clone());
    let review = args.outputs.has(Format::Html).then(|| {
        let wanted = Wanted { title: None, topics: Topic::OF_FINDINGS.to_vec(), filter: selection.filter };
        loaded.shown(review::review(&loaded.org, &loading.settings.numbers, report.clone(), None, &wanted))
    });
    let report = loaded.shown(report);
    let fail_on = args.fail_on.or(loading.settings.fail_on).unwrap_or(FailOn::Severity(roleaudit::finding::Severity::Error));
    let ending = if report.fails(fail_on) { Ending::Found } else { Ending::Clean };
    let shown = |(_, target): &(Format, Target)| *target != Target::Stdout || !args.quiet;
    let summary = step_summary().filter(|_| for_runner);
    let taken = summary.iter().filter_map(|path| fs::metadata(path).ok()).map(|file| file.len()).sum();
    let summary = summary.map(|path| (Format::StepSummary, Target::EndOf(path)));
    let targets = targets.into_iter().filter(shown).chain(summary).collect();
    common::write(targets, color, |format, style, out| match format {
        Format::Text => render::text(&report, style, out),
        Format::Json => render::json(&report, out),
        Format::Markdown => render::markdown(&report, out),
        Format::Sarif => render::sarif(&report, out),
        Format::Github => render::github(&report, out),
        Format::Gitlab => render::gitlab(&report, out),
        Format::Junit => render::junit(&report, fail_on, out),
        Format::Html => review.as_ref().map_or(Ok(()), |review| render::review::html(review, out)),
        Format::StepSummary => render::step_summary(&report, taken, out),
    })?;
    // The process ends here; giving a large organization back piece by piece would take as long as many rules.
    std::mem::forget(report);
    std::mem::forget(loaded);
    Ok(ending)
}

/// The file that GitHub shows beside the step that runs, if there is one.
fn step_summary() -> Option<PathBuf> {
    std::env::var_os("GITHUB_STEP_SUMMARY").filter(|path| !path.is_empty()).map(PathBuf::from)
}

fn rule_names(names: &[String]) -> anyhow::Result<Vec<&'static str>> {
    names.iter().map(|name| Ok(RULES[common::known(name, "rule", RULES.iter().map(|rule| rule.name))?].name)).collect()
}
