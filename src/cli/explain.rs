//! `roleaudit explain`: all there is to say about a rule, a duty, a signal or a model.

use super::Ending;
use super::common::{self, Color, FILE_STYLE};
use roleaudit::output::{self, Target};
use roleaudit::render::reference;
use std::path::PathBuf;

/// Explain a rule, a duty, a signal or a model: what it means, why it matters, and the passages for and against it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The name of a rule, a duty, an area of duties such as `backlog.*`, a signal or a model
    #[arg(value_name = "RULE|DUTY|SIGNAL|MODEL")]
    name: String,

    /// Where to write it, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs `explain`.
pub(crate) fn run(args: &Args, color: Color) -> anyhow::Result<Ending> {
    let topics = reference::topics();
    let position = common::known(&args.name, "rule, duty, signal or model", topics.iter().map(|(name, _)| name.as_str()))?;
    let (_, topic) = topics[position];
    let target = args.output.as_deref().map_or(Target::Stdout, Target::of);
    let style = if target == Target::Stdout { color.stdout() } else { FILE_STYLE };
    output::write_all(vec![(target, topic.page(&style).into_bytes())])?;
    Ok(Ending::Clean)
}
