//! `roleaudit diff`: what changes between two versions of an organization.

use super::Ending;
use super::check::fail_on;
use super::common::{self, Color, Format, Order, Outputs, Stderr};
use super::organization::{self, How, Texts};
use roleaudit::against::by_severity;
use roleaudit::audit::{Selection, audit};
use roleaudit::diff::{Audited, diff};
use roleaudit::finding::Severity;
use roleaudit::git;
use roleaudit::parallel;
use roleaudit::render::diff as render;
use roleaudit::report::FailOn;
use std::path::{Path, PathBuf};

/// Say who gains and who loses which right, what nobody takes over, and which findings come and go
///
/// Exit code 0: nothing that counts is introduced; 1: a finding at or above --fail-on is; 2: one of the two could not be audited.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The earlier version: a file, a folder, - for standard input, or git:REF for the other's paths at a commit
    before: PathBuf,

    /// The later version
    after: PathBuf,

    #[command(flatten)]
    how: How,

    #[command(flatten)]
    outputs: Outputs<Format>,

    /// The least severity of an introduced finding that fails the run [default: error]
    #[arg(long, value_parser = fail_on, value_name = "error|warning|info|never")]
    fail_on: Option<FailOn>,
}

/// Runs `diff`.
pub(crate) fn run(args: &Args, order: &Order, color: Color, stderr: &Stderr) -> anyhow::Result<Ending> {
    let targets = args.outputs.targets(order)?;
    common::refuse_second_stdin([&args.before, &args.after])?;
    let paths = [path_beside(&args.after, &args.before), path_beside(&args.before, &args.after)];
    let Some((settings, file)) = organization::settings(&args.how, &paths[1..], stderr)? else { return Ok(Ending::Refused) };
    let mut texts = Vec::new();
    for (version, path) in [&args.before, &args.after].into_iter().zip(&paths) {
        let (input, _) = organization::read_version(version, std::slice::from_ref(path));
        texts.push(Texts::read(input, &args.how, &targets, file.as_deref(), stderr)?);
    }
    let Some(loaded) = organization::link_each(&texts, stderr)? else { return Ok(Ending::Refused) };
    let orgs: Vec<_> = loaded.iter().map(|loaded| (&loaded.org, loaded.sources.as_ref())).collect();
    let reports = parallel::each(true, &orgs, |(org, sources)| audit(org, &settings, &Selection::default(), sources));
    let named = [&args.before, &args.after].map(|version| version.display().to_string());
    let audited = named.into_iter().zip(orgs).zip(reports).map(|((name, (org, _)), report)| Audited { name, org, report });
    let [before, after] = <[Audited<'_, '_>; 2]>::try_from(audited.collect::<Vec<_>>()).expect("two versions were loaded");
    let report = loaded[0].shown(diff(before, after));
    let fail_on = args.fail_on.or(settings.fail_on).unwrap_or(FailOn::Severity(Severity::Error));
    let ending = if fails(by_severity(&report.findings.introduced), fail_on) { Ending::Found } else { Ending::Clean };
    common::write(targets, color, |format, style, out| match format {
        Format::Text => render::text(&report, style, out),
        Format::Markdown => render::markdown(&report, out),
        Format::Json => render::json(&report, out),
    })?;
    // As in `check`: the process ends here.
    std::mem::forget(report);
    std::mem::forget(loaded);
    Ok(ending)
}

/// The path of one version; of a commit, that of the other version, else the working folder.
fn path_beside(other: &Path, version: &Path) -> PathBuf {
    let is_commit = |path: &Path| path.to_str().is_some_and(|path| path.starts_with(git::PREFIX));
    match (is_commit(version), is_commit(other)) {
        (false, _) => version.to_owned(),
        (true, false) => other.to_owned(),
        (true, true) => PathBuf::from("."),
    }
}

/// Whether a finding at or above the threshold is among those counted, from errors to infos.
fn fails(counts: [usize; 3], on: FailOn) -> bool {
    Severity::ALL.into_iter().zip(counts).any(|(severity, count)| on.includes(severity) && count > 0)
}
