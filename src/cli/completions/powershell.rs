//! Completions of PowerShell. What clap writes for it knows no values, neither of flags nor of positional arguments.

use super::meaning;
use clap::builder::PossibleValue;
use clap::{Arg, Command};
use std::fmt::Write;

/// The script.
pub(super) fn script(mut command: Command) -> String {
    command.build();
    let commands: Vec<&Command> = command.get_subcommands().filter(|command| command.get_name() != "help").collect();
    let listed: Vec<String> = commands.iter().map(|command| quoted(command.get_name())).collect();
    let (name, listed) = (quoted(command.get_name()), listed.join(", "));
    let mut values = String::new();
    let mut flags = String::new();
    for command in &commands {
        let of = command.get_name();
        for argument in command.get_arguments() {
            case(&mut values, &asking(of, argument), argument.get_possible_values().iter().map(value));
        }
        case(&mut flags, &[of.to_owned()], command.get_arguments().flat_map(flag));
    }
    let of_command = commands.iter().map(|command| result(command.get_name(), "ParameterValue", &about(command)));
    case(&mut flags, &[String::new()], of_command.chain(command.get_arguments().flat_map(flag)));
    format!(
        r#"using namespace System.Management.Automation

Register-ArgumentCompleter -Native -CommandName {name} -ScriptBlock {{
    param($wordToComplete, $commandAst, $cursorPosition)

    # The words before the one that is being written, and the command among them.
    $words = @($commandAst.CommandElements | Where-Object {{ $_.Extent.EndOffset -lt $cursorPosition }} | ForEach-Object {{ "$_" }})
    $command = $words | Where-Object {{ $_ -in {listed} }} | Select-Object -First 1
    $values = @(switch ("$command $($words[-1])") {{
{values}    }})
    $flags = @(switch ("$command") {{
{flags}    }})

    # Where nothing is offered, the shell offers files.
    $offered = if ($values) {{ $values }} elseif (-not $command -or $wordToComplete -like '-*') {{ $flags }}
    $offered | Where-Object {{ $_.CompletionText -like "$wordToComplete*" }}
}}
"#
    )
}

/// The last words before a value of an argument: its flags; of a positional one, the command.
fn asking(command: &str, argument: &Arg) -> Vec<String> {
    let before = if argument.is_positional() { vec![command.to_owned()] } else { spellings(argument) };
    before.iter().map(|before| format!("{command} {before}")).collect()
}

/// One case of a `switch` for each word, unless there is nothing to offer.
fn case(cases: &mut String, words: &[String], results: impl Iterator<Item = String>) {
    let results: String = results.map(|result| format!("            {result}\n")).collect();
    if results.is_empty() {
        return;
    }
    for word in words {
        let _ = write!(cases, "        {} {{\n{results}            break\n        }}\n", quoted(word));
    }
}

fn value(value: &PossibleValue) -> String {
    result(value.get_name(), "ParameterValue", &meaning(value))
}

fn flag(argument: &Arg) -> Vec<String> {
    let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    spellings(argument).iter().map(|flag| result(flag, "ParameterName", &help)).collect()
}

/// How a flag may be written.
fn spellings(argument: &Arg) -> Vec<String> {
    let short = argument.get_short().map(|short| format!("-{short}"));
    short.into_iter().chain(argument.get_long().map(|long| format!("--{long}"))).collect()
}

fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

/// One completion; a description must not be empty.
fn result(text: &str, kind: &str, description: &str) -> String {
    let description = if description.is_empty() { text } else { description };
    let text = quoted(text);
    format!("[CompletionResult]::new({text}, {text}, [CompletionResultType]::{kind}, {})", quoted(description))
}

/// A literal string. PowerShell takes curly quotes for straight ones.
fn quoted(text: &str) -> String {
    let doubled =
        text.chars().flat_map(|c| std::iter::repeat_n(c, if matches!(c, '\'' | '‘' | '’' | '‚' | '‛') { 2 } else { 1 }));
    format!("'{}'", doubled.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn a_value_follows_its_flag_and_a_name_its_command() {
        let script = script(super::super::with_names(crate::cli::Cli::command()));
        let first = |words: &str| {
            let (_, case) = script.split_once(&format!("        '{words}' {{\n            ")).expect("the case is there");
            case.lines().next().unwrap_or_default().to_owned()
        };
        let rule = "[CompletionResult]::new('duty-unowned', 'duty-unowned', [CompletionResultType]::ParameterValue, ";
        for words in ["check --rule", "check --skip", "explain explain"] {
            assert!(first(words).starts_with(rule), "{words}: {}", first(words));
        }
        assert!(first("who who").contains("'strategy.vision'"), "{}", first("who who"));
        assert!(script.contains("[CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help"));
    }

    #[test]
    fn quotes_of_all_kinds_stay_inside_their_string() {
        assert_eq!(quoted("the company's ‘goal’ $x"), "'the company''s ‘‘goal’’ $x'");
        assert_eq!(
            result("-q", "ParameterName", ""),
            "[CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, '-q')"
        );
    }
}
