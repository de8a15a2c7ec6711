//! `roleaudit matrix`: duties × people.

use super::Ending;
use super::common::{self, Color, Order, Outputs, Stderr};
use super::organization::{self, Loading};
use roleaudit::matrix;
use roleaudit::render::matrix as render;

/// Show who holds which right in every duty, as a table of duties and people per product
///
/// A table that is wider than the terminal is split. As CSV it is one line per duty and person, for a spreadsheet or a script; what
/// nobody decides has a line `unowned`.
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
    Text,
    Markdown,
    Csv,
    Json,
}

/// Runs `matrix`.
pub(crate) fn run(args: &Args, order: &Order, color: Color, stderr: &Stderr) -> anyhow::Result<Ending> {
    let targets = args.outputs.targets(order)?;
    let Some(loading) = Loading::read(&args.organization.paths, &args.organization.how, &targets, stderr)? else {
        return Ok(Ending::Refused);
    };
    let Some(loaded) = loading.link(stderr)? else { return Ok(Ending::Refused) };
    loaded.tell_departure(stderr);
    let filter = args.filters.of(&loaded)?;
    let matrix = loaded.shown(matrix::matrix(&loaded.org, &filter));
    common::write(targets, color, |format, style, out| match format {
        Format::Text => render::text(&matrix, style, out),
        Format::Markdown => render::markdown(&matrix, out),
        Format::Csv => render::csv(&matrix, out),
        Format::Json => render::json(&matrix, out),
    })?;
    Ok(Ending::Clean)
}
