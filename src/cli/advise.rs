//! `roleaudit advise`: which role to hire first, per product.

use super::Ending;
use super::common::{self, Color, FILE_STYLE, Order, Stderr};
use super::organization::{self, Loading};
use anyhow::Context;
use roleaudit::advise::{self, AdviceReport};
use roleaudit::output::{self, Target};
use roleaudit::render::{Style, advice};
use std::io::{self, Write};
use std::path::PathBuf;

/// Say which role to hire first, per product, with the facts and passages behind it
///
/// The advice follows from who is there, whether the strategy is recorded and owned, and which signals were observed. Where only one
/// role is advised, the document that wants both everywhere is quoted against it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    organization: organization::Flags,

    /// What to print; repeat it with -o to write several formats in one run
    #[arg(long = "format", value_enum, value_name = "FORMAT", default_value = "text")]
    formats: Vec<Format>,

    /// Where to write the format before it, instead of standard output
    #[arg(short, long = "output", value_name = "FILE")]
    outputs: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// Runs `advise`.
pub(crate) fn run(args: &Args, order: &Order, color: Color, stderr: &Stderr) -> anyhow::Result<Ending> {
    let targets = common::targets(&args.formats, &args.outputs, order)?;
    let Some(loading) = Loading::read(&args.organization, &targets, stderr)? else { return Ok(Ending::Refused) };
    let Some(org) = loading.link(stderr) else { return Ok(Ending::Refused) };
    let report = advise::advise(&org, &loading.settings.numbers, loading.sources());
    let mut outputs = Vec::new();
    for (format, target) in targets {
        let style = if target == Target::Stdout { color.stdout() } else { FILE_STYLE };
        let mut bytes = Vec::new();
        render(format, &report, &style, &mut bytes).context("cannot render the advice")?;
        outputs.push((target, bytes));
    }
    output::write_all(outputs)?;
    Ok(Ending::Clean)
}

fn render(format: Format, report: &AdviceReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => advice::text(report, style, out),
        Format::Markdown => advice::markdown(report, out),
        Format::Json => advice::json(report, out),
    }
}
