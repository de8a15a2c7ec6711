//! The command line: what can be asked, and which file answers. One file per command; they hold no judgement of their own.

mod advise;
mod check;
mod common;
mod compare;
mod diff;
mod explain;
mod init;
mod matrix;
mod organization;
mod rules;
mod schema;
mod who;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use common::Stderr;
use std::io::ErrorKind;
use std::process::ExitCode;

/// Finds out who decides what, and what nobody decides.
///
/// roleaudit reads a YAML description of an organization's product roles, checks it against rules drawn from five documents on
/// Product Owners and Product Managers, and prints each gap with the passages that back it.
#[derive(Debug, Parser)]
#[command(name = "roleaudit", version, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    color: common::Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Diff(diff::Args),
    Compare(compare::Args),
    Advise(advise::Args),
    Who(who::Args),
    Matrix(matrix::Args),
    Rules(rules::Args),
    Explain(explain::Args),
    Init(init::Args),
    Schema(schema::Args),
}

/// How a command ends, unless it fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Done; nothing counts.
    Clean,
    /// Audited, and something counts.
    Found,
    /// Not done, and why was said.
    Refused,
}

/// Runs the command that was asked for.
pub(crate) fn run() -> ExitCode {
    let matches = match Cli::command().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return usage(&error),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let stderr = Stderr::new(cli.color);
    let order = matches.subcommand().map(|(_, matches)| common::order_of_outputs(matches)).unwrap_or_default();
    let result = match cli.command {
        Command::Check(args) => check::run(&args, &order, cli.color, &stderr),
        Command::Diff(args) => diff::run(&args, &order, cli.color, &stderr),
        Command::Compare(args) => compare::run(&args, &order, cli.color, &stderr),
        Command::Advise(args) => advise::run(&args, &order, cli.color, &stderr),
        Command::Who(args) => who::run(&args, &order, cli.color, &stderr),
        Command::Matrix(args) => matrix::run(&args, &order, cli.color, &stderr),
        Command::Rules(args) => rules::run(&args, cli.color),
        Command::Explain(args) => explain::run(&args, cli.color),
        Command::Init(args) => init::run(&args, &stderr),
        Command::Schema(args) => schema::run(&args),
    };
    match result {
        Ok(Ending::Clean) => ExitCode::SUCCESS,
        Ok(Ending::Found) => ExitCode::from(1),
        Ok(Ending::Refused) => ExitCode::from(2),
        Err(error) => {
            stderr.error(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

/// Help and version are answers; everything else is a wrong usage.
fn usage(error: &clap::Error) -> ExitCode {
    match error.print() {
        Err(problem) if problem.kind() != ErrorKind::BrokenPipe => ExitCode::from(2),
        _ => ExitCode::from(if error.use_stderr() { 2 } else { 0 }),
    }
}
