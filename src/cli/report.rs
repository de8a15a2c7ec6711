//! `roleaudit report`: the document for a reorganization review.

use super::Ending;
use super::common::{self, Color, Order, Outputs, Stderr};
use super::organization::{self, Loaded, Texts};
use anyhow::bail;
use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser};
use roleaudit::audit::{self, Selection};
use roleaudit::diff::{self, Audited};
use roleaudit::input;
use roleaudit::render::review as render;
use roleaudit::review::{self, Compared, Topic, Wanted};
use roleaudit::settings::Settings;
use std::path::PathBuf;

/// Write the document for a reorganization review: what to settle, and all that stands behind it
///
/// A headline and the questions for the meeting come first; then who decides the seven rights, the findings with their passages,
/// duties and people, a card for each person, models, hiring, absences, accepted risks, a drawing, a checklist and the sources.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    organization: organization::Flags,

    #[command(flatten)]
    outputs: Outputs<Format>,

    /// Show what changes from an earlier version too: a file, a folder, or git:REF (repeatable for several files)
    #[arg(long, value_name = "PATHS")]
    before: Vec<PathBuf>,

    /// The title, instead of the organization's name
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    title: Option<String>,

    /// Show only this section (repeatable)
    #[arg(long = "section", value_name = "NAME", value_parser = PossibleValuesParser::new(Topic::ALL.map(Topic::word)))]
    sections: Vec<String>,

    #[command(flatten)]
    filters: organization::Filters,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For a repository, a wiki or a pull request; drawings are Mermaid
    #[default]
    Markdown,
    /// One page for a browser, a mail or a printer; it loads nothing
    Html,
}

/// Runs `report`.
pub(crate) fn run(args: &Args, order: &Order, color: Color, stderr: &Stderr) -> anyhow::Result<Ending> {
    let targets = args.outputs.targets(order)?;
    let Args { organization: organization::Flags { paths, how }, before, .. } = args;
    if before.is_empty() && args.sections.iter().any(|name| name == Topic::Changes.word()) {
        bail!("`--section changes` compares with an earlier version; name it with `--before`");
    }
    common::refuse_second_stdin(paths.iter().chain(before))?;
    let Some((settings, file)) = organization::settings(how, paths, stderr)? else { return Ok(Ending::Refused) };
    let mut texts = Vec::new();
    if !before.is_empty() {
        texts.push(Texts::read(organization::read_versions(before, paths), how, &targets, file.as_deref(), stderr)?);
    }
    texts.push(Texts::read(input::read(paths), how, &targets, file.as_deref(), stderr)?);
    let Some(mut earlier) = organization::link_each(&texts, stderr)? else { return Ok(Ending::Refused) };
    let loaded = earlier.pop().expect("the organization was read last");
    let filter = args.filters.of(&loaded)?;
    let compared = earlier.first().map(|earlier| Compared {
        before: &earlier.org,
        shifts: diff::shifts(&earlier.org, &loaded.org),
        diff: diff::diff(audited(before, earlier, &settings), audited(paths, &loaded, &settings)),
    });
    let selection = Selection { filter: filter.clone(), ..Selection::default() };
    let mut audit = audit::audit(&loaded.org, &settings, &selection, &loaded.sources);
    audit.add_departure(loaded.departure.clone());
    let topics = Topic::ALL.into_iter().filter(|topic| args.sections.iter().any(|name| name == topic.word())).collect();
    let wanted = Wanted { title: args.title.clone(), topics, filter };
    let review = loaded.shown(review::review(&loaded.org, &settings.numbers, audit, compared, &wanted));
    common::write(targets, color, |format, _, out| match format {
        Format::Markdown => render::markdown(&review, out),
        Format::Html => render::html(&review, out),
    })?;
    // As in `check`: the process ends here.
    std::mem::forget(review);
    std::mem::forget(loaded);
    std::mem::forget(earlier);
    Ok(Ending::Clean)
}

/// One of two versions with its audit, of which nothing is left out.
fn audited<'l>(paths: &[PathBuf], version: &'l Loaded<'l>, settings: &Settings) -> Audited<'l, 'l> {
    let report = audit::audit(&version.org, settings, &Selection::default(), &version.sources);
    Audited { name: common::listed(paths), org: &version.org, report }
}
