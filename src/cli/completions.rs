//! `roleaudit completions`: the script that completes commands, flags and the names that the tool knows.

mod powershell;

use super::Ending;
use clap::builder::{PossibleValue, PossibleValuesParser, ValueParser};
use clap::{Arg, Command};
use clap_complete::Generator;
use clap_complete::aot;
use roleaudit::catalogue::{DUTIES, Duty, MODELS, SIGNALS};
use roleaudit::output::{self, Target};
use roleaudit::rules::RULES;
use roleaudit::settings::FailOnWord;
use std::fmt::Write;
use std::path::PathBuf;

/// Print the completions of a shell: commands, flags, and the names of rules, duties, signals and models
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The shell to complete in
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,

    /// Where to write them, instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Shell {
    /// Load it with: source <(roleaudit completions bash)
    Bash,
    /// Save it as _roleaudit in a folder of fpath
    Zsh,
    /// Save it as roleaudit.fish in ~/.config/fish/completions
    Fish,
    /// Load it with: roleaudit completions powershell | Out-String | Invoke-Expression
    Powershell,
}

/// Runs `completions`.
pub(crate) fn run(args: &Args, command: Command) -> anyhow::Result<Ending> {
    let target = args.output.as_deref().map_or(Target::Stdout, Target::of);
    output::write_all(vec![(target, script(args.shell, command).into_bytes())])?;
    Ok(Ending::Clean)
}

/// The script for a shell.
fn script(shell: Shell, command: Command) -> String {
    let command = with_names(command);
    match shell {
        Shell::Bash => bash(command),
        Shell::Zsh => zsh(command),
        Shell::Fish => fish(command),
        Shell::Powershell => powershell::script(command),
    }
}

/// The names that an argument of a command takes; an empty list for those that take anything.
fn names(command: &str, argument: &str) -> Vec<PossibleValue> {
    let named = |name, meaning| PossibleValue::new(name).help(meaning);
    let rules = || RULES.iter().map(|rule| named(rule.name, rule.summary));
    let duties = || DUTIES.iter().map(|duty| named(duty.id, duty.meaning));
    match (command, argument) {
        (_, "fail_on") => FailOnWord::WORDS.iter().map(|word| named(word.name, word.meaning.trim())).collect(),
        (_, "rules" | "skip") => rules().collect(),
        ("who", "query") => duties().collect(),
        ("explain", "name") => {
            let signals = SIGNALS.iter().map(|signal| named(signal.name, signal.meaning));
            let models = MODELS.iter().map(|model| named(model.name, model.meaning));
            // Of the two names of an area the one without `*`, which shells take for a pattern.
            let areas = DUTIES.chunk_by(|one, next| one.area() == next.area()).filter_map(|duties| duties.first());
            let areas = areas.map(|duty: &'static Duty| named(duty.area(), "Every duty of the area."));
            rules().chain(duties()).chain(signals).chain(models).chain(areas).collect()
        }
        _ => Vec::new(),
    }
}

/// The command line with the names that its arguments take. Only completions list them: where a command runs, a wrong name is told with
/// the one that was probably meant.
fn with_names(command: Command) -> Command {
    command.mut_subcommands(|command| {
        let of = command.get_name().to_owned();
        command.mut_args(|argument| match names(&of, argument.get_id().as_str()) {
            names if names.is_empty() => argument,
            names => {
                let hint = argument.get_value_hint();
                argument.value_parser(PossibleValuesParser::new(names)).value_hint(hint)
            }
        })
    })
}

/// The positional arguments that take names, each with its command.
fn named_positionals(command: &Command) -> impl Iterator<Item = (&str, &Arg)> {
    let of = |command| Command::get_positionals(command).map(|argument| (command.get_name(), argument));
    command.get_subcommands().flat_map(of).filter(|(_, argument)| !argument.get_possible_values().is_empty())
}

/// Whether files stand beside the names that an argument takes.
fn takes_files(argument: &Arg) -> bool {
    argument.get_value_hint() == clap::ValueHint::AnyPath
}

fn generated(shell: impl Generator, mut command: Command) -> String {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Names hold no blanks, so splitting what `compgen` prints into words is what is meant.
fn bash(command: Command) -> String {
    format!("# shellcheck shell=bash disable=SC2207\n{}", generated(aot::Bash, command))
}

/// What clap writes for an argument offers either names or files. Where both may stand, it is told of files, and a function that
/// offers both takes their place.
fn zsh(command: Command) -> String {
    let both: Vec<(String, Arg)> = named_positionals(&command)
        .filter(|(_, argument)| takes_files(argument))
        .map(|(of, argument)| (format!("_{}_{of}_{}", command.get_name(), argument.get_id()), argument.clone()))
        .collect();
    let of_files = |argument: Arg| match takes_files(&argument) {
        true => argument.value_parser(ValueParser::path_buf()),
        false => argument,
    };
    let mut script = generated(aot::Zsh, command.mut_subcommands(|command| command.mut_args(of_files)));
    for (function, argument) in both {
        let place = script.split_once(&format!(":{} -- ", argument.get_id()));
        if let Some((before, (help, after))) = place.and_then(|(before, rest)| Some((before, rest.split_once(":_files'")?))) {
            script = format!("{before}:{} -- {help}:{function}'{after}", argument.get_id());
        }
        let mut body = format!("{function}() {{\n    local -a names=(\n");
        for value in argument.get_possible_values() {
            let _ = writeln!(body, "        '{}:{}'", value.get_name(), meaning(&value).replace('\'', r"'\''"));
        }
        body += "    )\n    _describe name names\n    _files\n}\n";
        // The first line tells zsh what is completed, and stays the first.
        script = script.replacen('\n', &format!("\n\n{body}"), 1);
    }
    script
}

/// What clap writes for this shell knows no positional arguments.
fn fish(command: Command) -> String {
    let mut arguments = String::new();
    for (of, argument) in named_positionals(&command) {
        let files = if takes_files(argument) { "" } else { " -f" };
        let of = format!("-c {0} -n \"__fish_{0}_using_subcommand {of}\"{files}", command.get_name());
        for value in argument.get_possible_values() {
            let meaning = meaning(&value).replace('\\', r"\\").replace('\'', r"\'");
            let _ = writeln!(arguments, "complete {of} -a {} -d '{meaning}'", value.get_name());
        }
    }
    generated(aot::Fish, command) + &arguments
}

/// What a value means.
fn meaning(value: &PossibleValue) -> String {
    value.get_help().map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{CommandFactory, ValueEnum};
    use roleaudit::render::reference;

    fn completed() -> Command {
        with_names(super::super::Cli::command())
    }

    fn offered(command: &str, argument: &str) -> Vec<String> {
        let completed = completed();
        let command = completed.find_subcommand(command).expect("the command is there");
        let argument = command.get_arguments().find(|given| given.get_id() == argument).expect("the argument is there");
        argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
    }

    #[test]
    fn arguments_offer_all_names_that_they_take() {
        let rules: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
        assert_eq!(offered("check", "rules"), rules);
        assert_eq!(offered("check", "skip"), rules);
        assert_eq!(offered("who", "query"), DUTIES.iter().map(|duty| duty.id).collect::<Vec<_>>());
        assert_eq!(offered("check", "fail_on"), ["error", "warning", "info", "never"]);
        assert_eq!(offered("diff", "fail_on"), ["error", "warning", "info", "never"]);
        let topics = reference::topics().into_iter().map(|(name, _)| name);
        assert_eq!(offered("explain", "name"), topics.filter(|name| !name.ends_with(".*")).collect::<Vec<_>>());
    }

    #[test]
    fn every_shell_is_told_every_name() {
        let named: Vec<String> = offered("explain", "name");
        for shell in Shell::value_variants() {
            let script = script(*shell, super::super::Cli::command());
            let missing: Vec<&String> = named.iter().filter(|name| !script.contains(name.as_str())).collect();
            assert!(missing.is_empty(), "{shell:?}: {missing:?}");
        }
    }

    #[test]
    fn zsh_offers_files_beside_duties() {
        let script = zsh(completed());
        assert!(
            script.starts_with("#compdef roleaudit\n\n_roleaudit_who_query() {\n    local -a names=(\n        'strategy.vision:")
        );
        let lines: Vec<&str> = script.lines().filter(|line| line.ends_with(":_roleaudit_who_query' \\")).collect();
        assert!(matches!(lines.as_slice(), [line] if line.starts_with("'::query -- ")), "{lines:?}");
    }

    #[test]
    fn fish_offers_files_only_where_they_may_stand() {
        let script = fish(completed());
        let of =
            |word: &str| script.lines().find(|line| line.contains(&format!(" -a {word} -d "))).unwrap_or_default().to_owned();
        let explained = of("duty-unowned");
        assert!(
            explained.starts_with(r#"complete -c roleaudit -n "__fish_roleaudit_using_subcommand explain" -f -a "#),
            "{explained}"
        );
        assert!(script.contains(r#"complete -c roleaudit -n "__fish_roleaudit_using_subcommand who" -a scope.changes -d '"#));
    }
}
