//! The command line: what can be asked, and which file answers. One file per command; they hold no judgement of their own.

mod advise;
mod check;
mod common;
mod compare;
mod completions;
mod diff;
mod explain;
mod export;
mod import;
mod init;
mod man;
mod matrix;
mod organization;
mod progress;
mod report;
mod rules;
mod schema;
mod who;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use common::Stderr;
use roleaudit::render::one_line;
use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

/// The version of the tool, and of the team files that it reads.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (team file format 1)");

/// Finds out who decides what, and what nobody decides.
///
/// roleaudit reads a YAML description of an organization's product roles, checks it against rules drawn from five documents on
/// Product Owners and Product Managers, and prints each gap with the passages that back it.
#[derive(Debug, Parser)]
#[command(name = "roleaudit", version = VERSION, max_term_width = 100, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    #[command(flatten)]
    color: common::Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Report(report::Args),
    Diff(diff::Args),
    Compare(compare::Args),
    Advise(advise::Args),
    Who(who::Args),
    Matrix(matrix::Args),
    Export(export::Args),
    Rules(rules::Args),
    Explain(explain::Args),
    Import(import::Args),
    Init(init::Args),
    Schema(schema::Args),
    Completions(completions::Args),
    Man(man::Args),
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
        Command::Report(args) => report::run(&args, &order, cli.color, &stderr),
        Command::Diff(args) => diff::run(&args, &order, cli.color, &stderr),
        Command::Compare(args) => compare::run(&args, &order, cli.color, &stderr),
        Command::Advise(args) => advise::run(&args, &order, cli.color, &stderr),
        Command::Who(args) => who::run(&args, &order, cli.color, &stderr),
        Command::Matrix(args) => matrix::run(&args, &order, cli.color, &stderr),
        Command::Export(args) => export::run(&args, &order, cli.color, &stderr),
        Command::Rules(args) => rules::run(&args, cli.color),
        Command::Explain(args) => explain::run(&args, cli.color),
        Command::Import(args) => import::run(&args, &stderr),
        Command::Init(args) => init::run(&args, &stderr),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::run(&args, Cli::command()),
        Command::Man(args) => man::run(&args, Cli::command()),
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
    let is_plain = |argument: OsString| argument.to_str().is_some_and(|text| one_line(text) == text);
    let printed = match error.use_stderr() && !std::env::args_os().skip(1).all(is_plain) {
        // The error repeats an argument, which may hold what a terminal obeys.
        true => error.to_string().lines().try_for_each(|line| writeln!(io::stderr(), "{}", one_line(line))),
        false => error.print(),
    };
    match printed {
        Err(problem) if problem.kind() != ErrorKind::BrokenPipe => ExitCode::from(2),
        _ => ExitCode::from(if error.use_stderr() { 2 } else { 0 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    /// The commands of a page: lines of its code blocks that call the program, with what follows a line's end and without what the
    /// shell reads.
    fn commands(page: &str) -> Vec<String> {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).expect("the page can be read");
        let blocks = text.split("\n```").skip(1).step_by(2).flat_map(str::lines);
        let lines = blocks.map(|line| line.trim().trim_start_matches("- ").trim_start_matches("run: "));
        lines.filter(|line| line.starts_with("roleaudit ")).map(|line| line.replace(['"', '\''], "")).collect()
    }

    /// Why the program would not take a command; a variable that may be empty is taken for what it holds otherwise.
    fn refused(command: &str) -> Option<String> {
        let command = match command.split_once("${") {
            Some((before, rest)) => format!("{before}{}", rest.split_once(":+").expect("a word").1.replace('}', "")),
            None => command.to_owned(),
        };
        Cli::try_parse_from(command.split_whitespace()).err().map(|error| format!("{command}: {error}"))
    }

    #[test]
    fn the_commands_of_the_pages_are_commands() {
        for (page, least) in [("docs/ci.md", 5), ("README.md", 2)] {
            let commands = commands(page);
            assert!(commands.len() >= least, "{page}: {commands:?}");
            let refused: Vec<String> = commands.iter().filter_map(|command| refused(command)).collect();
            assert!(refused.is_empty(), "{page}: {refused:?}");
        }
        assert!(refused("roleaudit check --no-such-flag").is_some());
    }

    #[test]
    fn the_version_tells_the_format_of_team_files() {
        let format = roleaudit::document::FORMAT;
        let expected = format!("roleaudit {} (team file format {format})\n", env!("CARGO_PKG_VERSION"));
        assert_eq!(Cli::command().render_version(), expected);
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
