//! `roleaudit report`: the document for a reorganization review.

use super::Ending;
use super::common::{self, Color, Order, Outputs, Stderr};
use super::organization::{self, Texts};
use clap::builder::PossibleValuesParser;
use roleaudit::audit::{self, Selection};
use roleaudit::diff::{self, Audited};
use roleaudit::input;
use roleaudit::render::review as render;
use roleaudit::review::{self, Compared, Topic, Wanted};
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
    #[arg(long, value_name = "TEXT")]
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
    let compared = earlier.first().map(|earlier| {
        let names = [common::listed(before), common::listed(paths)];
        let [before, after] = [earlier, &loaded]
            .map(|loaded| (&loaded.org, audit::audit(&loaded.org, &settings, &Selection::default(), &loaded.sources)));
        let [before_name, after_name] = names;
        Compared {
            before: before.0,
            shifts: diff::shifts(before.0, after.0),
            diff: diff::diff(
                Audited { name: before_name, org: before.0, report: before.1 },
                Audited { name: after_name, org: after.0, report: after.1 },
            ),
        }
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
