//! `roleaudit export`: a team file as a RACI matrix.

use super::Ending;
use super::common::{self, Color, Order, Outputs, Stderr};
use super::organization::{self, Loading};
use roleaudit::export;
use roleaudit::render::export as render;

/// Turn the team file into a RACI matrix, for those who work with one
///
/// Each product has one row per duty, and one per team where teams differ: who decides is accountable (A), who does it is responsible
/// (R), who gives input is consulted (C), who is told is informed (I). What RACI has no letter for is listed on standard error, and
/// in the Markdown document.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    organization: organization::Flags,

    #[command(flatten)]
    outputs: Outputs<Format>,

    #[command(flatten)]
    filters: organization::Filters,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    #[default]
    Csv,
    Markdown,
}

/// Runs `export`.
pub(crate) fn run(args: &Args, order: &Order, color: Color, stderr: &Stderr) -> anyhow::Result<Ending> {
    let targets = args.outputs.targets(order)?;
    let Some(loading) = Loading::read(&args.organization.paths, &args.organization.how, &targets, stderr)? else {
        return Ok(Ending::Refused);
    };
    let Some(loaded) = loading.link(stderr)? else { return Ok(Ending::Refused) };
    loaded.tell_departure(stderr);
    let filter = args.filters.of(&loaded)?;
    let export = loaded.shown(export::export(&loaded.org, &filter));
    common::write(targets, color, |format, _, out| match format {
        Format::Csv => render::csv(&export, out),
        Format::Markdown => render::markdown(&export, out),
    })?;
    if !args.outputs.has(Format::Markdown) {
        stderr.text(|style, out| render::lost(&export, style, out));
    }
    Ok(Ending::Clean)
}
