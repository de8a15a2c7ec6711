//! `roleaudit rules`: every rule in a line, or all that the tool knows as Markdown or JSON.

use super::Ending;
use super::common::{Color, FILE_STYLE};
use roleaudit::output::{self, Target};
use roleaudit::render::reference;
use std::path::PathBuf;

/// List the rules: name, group, severity and summary
///
/// As Markdown and JSON it is the whole reference: rules, duties, signals, models and advice, with the claims behind each.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How to print it
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// Where to write it, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    Text,
    Markdown,
    Json,
}

/// Runs `rules`.
pub(crate) fn run(args: &Args, color: Color) -> anyhow::Result<Ending> {
    let target = args.output.as_deref().map_or(Target::Stdout, Target::of);
    let style = if target == Target::Stdout { color.stdout() } else { FILE_STYLE };
    let text = match args.format {
        Format::Text => reference::list(&style),
        Format::Markdown => reference::markdown(),
        Format::Json => reference::json()?,
    };
    output::write_all(vec![(target, text.into_bytes())])?;
    Ok(Ending::Clean)
}
