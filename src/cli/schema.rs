//! `roleaudit schema`: the JSON Schema of the team file, for editors.

use super::Ending;
use anyhow::Context;
use roleaudit::output::{self, Target};
use roleaudit::schema;
use std::path::PathBuf;

/// Print the JSON Schema of the team file, for editors
///
/// Write it beside the team file with `-o roleaudit.schema.json`, and begin the team file with the line
/// `# yaml-language-server: $schema=roleaudit.schema.json`. An editor with a YAML language server then completes keys, duties and
/// signals, tells what they mean, and marks mistakes while you write.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Print the schema of the settings file, .roleaudit.yaml
    #[arg(long)]
    settings: bool,

    /// Where to write it, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs `schema`.
pub(crate) fn run(args: &Args) -> anyhow::Result<Ending> {
    let schema = if args.settings { schema::settings_file() } else { schema::team_file() };
    let mut text = serde_json::to_string_pretty(&schema).context("cannot render the schema")?;
    text.push('\n');
    let target = args.output.as_deref().map_or(Target::Stdout, Target::of);
    output::write_all(vec![(target, text.into_bytes())])?;
    Ok(Ending::Clean)
}
