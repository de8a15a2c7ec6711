//! `roleaudit explain`: all there is to say about a rule, a duty or a signal.

use super::Ending;
use super::common::{self, Color, FILE_STYLE};
use roleaudit::catalogue::{DUTIES, SIGNALS};
use roleaudit::output::{self, Target};
use roleaudit::render::reference;
use roleaudit::rules::RULES;
use std::path::PathBuf;

/// Explain a rule, a duty or a signal: what it means, why it matters, and the passages for and against it
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The name of a rule, a duty or a signal
    #[arg(value_name = "RULE|DUTY|SIGNAL")]
    name: String,

    /// Where to write it, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Runs `explain`.
pub(crate) fn run(args: &Args, color: Color) -> anyhow::Result<Ending> {
    let rules = RULES.iter().map(|rule| rule.name);
    let names = rules.chain(DUTIES.iter().map(|duty| duty.id)).chain(SIGNALS.iter().map(|signal| signal.name));
    let position = common::known(&args.name, "rule, duty or signal", names)?;
    let target = args.output.clone().map_or(Target::Stdout, Target::File);
    let style = if target == Target::Stdout { color.stdout() } else { FILE_STYLE };
    let text = if let Some(rule) = RULES.get(position) {
        reference::rule(rule, &style)
    } else if let Some(duty) = DUTIES.get(position - RULES.len()) {
        reference::duty(duty, &style)
    } else {
        reference::signal(&SIGNALS[position - RULES.len() - DUTIES.len()], &style)
    };
    output::write_all(vec![(target, text.into_bytes())])?;
    Ok(Ending::Clean)
}
