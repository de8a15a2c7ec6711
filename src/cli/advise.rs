//! `roleaudit advise`: which role to hire first, per product.

use super::Ending;
use super::common::{self, Color, Format, Order, Outputs, Stderr};
use super::organization::{self, Loading};
use roleaudit::advise;
use roleaudit::render::advice;

/// Say which role to hire first, per product, with the facts and passages behind it
///
/// The advice follows from who is there, whether the strategy is recorded and owned, and which signals were observed. Where only one
/// role is advised, the document that wants both everywhere is quoted against it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    organization: organization::Flags,

    #[command(flatten)]
    outputs: Outputs<Format>,
}

/// Runs `advise`.
pub(crate) fn run(args: &Args, order: &Order, color: Color, stderr: &Stderr) -> anyhow::Result<Ending> {
    let targets = args.outputs.targets(order)?;
    let Some(loading) = Loading::read(&args.organization.paths, &args.organization.how, &targets, stderr)? else {
        return Ok(Ending::Refused);
    };
    let Some(loaded) = loading.link(stderr)? else { return Ok(Ending::Refused) };
    loaded.tell_departure(stderr);
    let report = loaded.shown(advise::advise(&loaded.org, &loading.settings.numbers, &loaded.sources));
    common::write(targets, color, |format, style, out| match format {
        Format::Text => advice::text(&report, style, out),
        Format::Markdown => advice::markdown(&report, out),
        Format::Json => advice::json(&report, out),
    })?;
    Ok(Ending::Clean)
}
