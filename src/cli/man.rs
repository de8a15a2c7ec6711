//! `roleaudit man`: the manual page, one for all commands.

use super::Ending;
use clap::{Arg, ArgAction, Command};
use roff::{Inline, Roff, bold, italic, roman};
use roleaudit::output::{self, Target};
use std::path::PathBuf;

/// Print the manual page, in the format of man
///
/// `roleaudit man -o roleaudit.1` writes it to a file, which `man -l roleaudit.1` shows.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where to write it, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// The day on which what the page says by itself was last looked through; commands and flags come from the command line.
const DATE: &str = "2026-11-22";

/// What an exit code means.
const EXIT_CODES: [(&str, &str); 3] = [
    ("0", "Done. Of an audit: nothing counts at or above --fail-on."),
    ("1", "Audited, and something counts. Only check and diff end so."),
    ("2", "Not done: wrong usage, an input or settings that cannot be read or hold errors, or an output that cannot be written."),
];

/// The variables that are read.
const ENVIRONMENT: [(&str, &str); 4] = [
    ("NO_COLOR", "If it is set, text is printed without colour, unless --color always is given."),
    ("CLICOLOR_FORCE", "If it is set and not 0, text is printed in colour where it would not be, such as into a pipe."),
    ("TZ", "The time zone that says which day today is, if not the system's."),
    ("GITHUB_STEP_SUMMARY", "The file to which check --format github adds its summary; a job on GitHub sets it."),
];

/// The files that are found without being named.
const FILES: [(&str, &str); 2] = [
    (
        ".roleaudit.yaml",
        "The settings: the least severity that fails a run, the severities of rules, and the tool's own numbers. The nearest one holds, \
         beside the first path or in a folder above it; --config names another.",
    ),
    (
        "roleaudit.yaml",
        "The team file that init writes. A team file may have any name that ends in .yaml or .yml; in a folder, the files with a line \
         that begins with \"roleaudit:\" are team files.",
    ),
];

/// Commands to begin with; a test reads them as the program would.
const EXAMPLES: [(&str, &str); 8] = [
    ("roleaudit init", "Write a commented team file."),
    ("roleaudit check team.yaml", "Audit it."),
    (
        "roleaudit check --against git:origin/main --format text --format json -o audit.json",
        "Count only what the main branch does not have, and write the whole audit to a file beside.",
    ),
    ("roleaudit diff before.yaml after.yaml", "Say who gains and who loses which right."),
    ("roleaudit check team.yaml --without ann", "See what falls vacant without Ann."),
    ("roleaudit who scope.changes team.yaml", "Say who decides a duty."),
    ("roleaudit export team.yaml -o raci.csv", "Write a RACI matrix for a spreadsheet."),
    ("roleaudit explain duty-unowned", "Tell all about a rule."),
];

/// Runs `man`.
pub(crate) fn run(args: &Args, command: Command) -> anyhow::Result<Ending> {
    let target = args.output.as_deref().map_or(Target::Stdout, Target::of);
    output::write_all(vec![(target, page(command).into_bytes())])?;
    Ok(Ending::Clean)
}

/// The page.
fn page(mut command: Command) -> String {
    command.build();
    let name = command.get_name().to_owned();
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let tool = format!("{name} {}", env!("CARGO_PKG_VERSION"));

    let mut page = Roff::new();
    page.control("TH", [name.to_uppercase().as_str(), "1", DATE, &tool, "User Commands"]);
    page.control("SH", ["NAME"]).text([roman(format!("{name} - {about}"))]);
    page.control("SH", ["SYNOPSIS"]).text([bold(&name), roman(" "), italic("COMMAND"), roman(" [options] [arguments]")]);
    page.control("SH", ["DESCRIPTION"]);
    description(&mut page, &command);
    page.control("SH", ["OPTIONS"]);
    arguments(&mut page, &command, |_| true);
    page.control("SH", ["COMMANDS"]);
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        page.control("SS", [command.get_name()]).text(usage(&name, command)).control("PP", []);
        description(&mut page, command);
        // What every command takes stands above, once.
        arguments(&mut page, command, |argument| !argument.is_global_set() && argument.get_id() != "help");
    }
    list(&mut page, "EXIT STATUS", &EXIT_CODES, bold);
    list(&mut page, "ENVIRONMENT", &ENVIRONMENT, bold);
    list(&mut page, "FILES", &FILES, italic);
    list(&mut page, "EXAMPLES", &EXAMPLES, bold);
    page.render()
}

/// How a command is called: flags in short, as there are many.
fn usage(name: &str, command: &Command) -> Vec<Inline> {
    let mut line = vec![bold(format!("{name} {}", command.get_name())), roman(" [options]")];
    for argument in command.get_positionals() {
        line.push(roman(" "));
        line.extend(value(argument));
    }
    line
}

/// What a command is for, paragraph by paragraph. The first one is a headline, which ends without a full stop.
fn description(page: &mut Roff, command: &Command) {
    let about = command.get_long_about().or_else(|| command.get_about()).map(ToString::to_string).unwrap_or_default();
    for (position, paragraph) in about.split("\n\n").enumerate() {
        if position > 0 {
            page.control("PP", []);
        }
        page.text([filled(&if paragraph.ends_with('.') { paragraph.to_owned() } else { format!("{paragraph}.") })]);
    }
}

/// The arguments of a command that are shown.
fn arguments(page: &mut Roff, command: &Command, is_shown: impl Fn(&Arg) -> bool) {
    for argument in command.get_arguments().filter(|argument| is_shown(argument)) {
        page.control("TP", []).text(heading(argument)).text([filled(&help(argument))]);
    }
}

/// How an argument is written.
fn heading(argument: &Arg) -> Vec<Inline> {
    let short = argument.get_short().map(|short| format!("-{short}"));
    let flags: Vec<String> = short.into_iter().chain(argument.get_long().map(|long| format!("--{long}"))).collect();
    if flags.is_empty() {
        return value(argument);
    }
    let mut line = vec![bold(flags.join(", "))];
    if argument.get_action().takes_values() {
        line.push(roman(" "));
        line.extend(value(argument));
    }
    line
}

/// The name of an argument's value: in brackets if it may be left out, with dots if there may be several.
fn value(argument: &Arg) -> Vec<Inline> {
    let names = argument.get_value_names().unwrap_or_default();
    let name = names.first().map_or(argument.get_id().as_str(), |name| name.as_str());
    let is_optional = argument.is_positional() && !argument.is_required_set();
    let (before, after) = if is_optional { ("[", "]") } else { ("", "") };
    let several = if argument.is_positional() && matches!(argument.get_action(), ArgAction::Append) { "..." } else { "" };
    vec![roman(before), italic(name), roman(format!("{after}{several}"))]
}

/// What an argument does, with the words that it takes and its default, as `--help` shows them.
fn help(argument: &Arg) -> String {
    let mut help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    if argument.get_action().takes_values() {
        let words: Vec<String> = argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
        let defaults: Vec<_> = argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
        for (what, values) in [("possible values", words), ("default", defaults)] {
            if !values.is_empty() {
                help += &format!(" [{what}: {}]", values.join(", "));
            }
        }
    }
    help
}

/// Text in lines that are short in the page's source too, as its readers' tools ask for.
fn filled(text: &str) -> Inline {
    const WIDTH: usize = 60;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.len() + word.len() < WIDTH => *line += &format!(" {word}"),
            _ => lines.push(word.to_owned()),
        }
    }
    roman(lines.join("\n"))
}

/// A section of terms and what they mean.
fn list(page: &mut Roff, heading: &str, entries: &[(&str, &str)], style: impl Fn(String) -> Inline) {
    page.control("SH", [heading]);
    for (term, meaning) in entries {
        page.control("TP", []).text([style((*term).to_owned())]).text([filled(meaning)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::{CommandFactory, Parser};

    #[test]
    fn the_page_has_every_command_and_flag() {
        let page = page(Cli::command());
        assert!(page.contains(".TH ROLEAUDIT 1 2"), "{page}");
        for command in Cli::command().get_subcommands() {
            let name = command.get_name();
            let section =
                page.split(".SS ").find(|section| section.starts_with(&format!("{name}\n"))).expect("the command has a section");
            for flag in command.get_arguments().filter_map(Arg::get_long) {
                assert!(section.contains(&format!("\\-\\-{}\\fR", flag.replace('-', "\\-"))), "{name} --{flag}: {section}");
            }
        }
        for word in ["EXIT STATUS", "ENVIRONMENT", "FILES", "EXAMPLES", "GITHUB_STEP_SUMMARY", ".roleaudit.yaml"] {
            assert!(page.contains(word), "{word}");
        }
    }

    #[test]
    fn an_argument_is_told_as_in_the_help() {
        let page = page(Cli::command());
        let expected = "\
.SS explain
\\fBroleaudit explain\\fR [options] \\fIRULE|DUTY|SIGNAL|MODEL\\fR
.PP
";
        assert!(page.contains(expected), "{page}");
        assert!(page.contains("[\\fIPATHS\\fR]...\nTeam files, folders, or \\- for standard input [default: .]\n"), "{page}");
    }

    #[test]
    fn the_examples_are_commands() {
        for (example, _) in EXAMPLES {
            if let Err(error) = Cli::try_parse_from(example.split(' ')) {
                unreachable!("{example}: {error}");
            }
        }
    }
}
