//! Every command in every format: what tests that have to leave none out go through.

#![allow(dead_code, reason = "no test needs all of it")]

use std::collections::BTreeMap;
use std::process::Command;

/// A command and the formats that it is asked for; one without `--format` has none.
pub(crate) type Formats = (&'static [&'static str], &'static [&'static str]);

/// The commands that show an organization. They read `one.yaml` and `two.yaml`, where `p3` is a person of both.
pub(crate) const OF_ORGANIZATIONS: [Formats; 12] = [
    (&["check", "one.yaml", "--fail-on", "never"], &["text", "markdown", "json", "sarif", "github", "gitlab", "junit", "html"]),
    (&["check", "one.yaml", "--fail-on", "never", "--without", "p3"], &["text", "markdown", "json"]),
    (&["advise", "one.yaml"], &["text", "markdown", "json"]),
    (&["diff", "one.yaml", "two.yaml", "--fail-on", "never"], &["text", "markdown", "json"]),
    (&["compare", "one.yaml", "two.yaml"], &["text", "markdown", "json"]),
    (&["who", "scope.changes", "one.yaml"], &["text", "markdown", "json"]),
    (&["who", "p3", "one.yaml"], &["text", "markdown", "json"]),
    (&["who", "--alone", "one.yaml"], &["text", "markdown", "json"]),
    (&["matrix", "one.yaml"], &["text", "markdown", "json", "csv"]),
    (&["export", "one.yaml"], &["markdown", "csv"]),
    (&["report", "one.yaml"], &["markdown", "html"]),
    (&["report", "one.yaml", "--before", "two.yaml", "--title", "<b>*all*</b>\u{202e} of\n# it"], &["markdown", "html"]),
];

/// The commands that print what the tool knows, and the one that reads `chart.csv`.
pub(crate) const OTHERS: [Formats; 6] = [
    (&["rules"], &["text", "markdown", "json"]),
    (&["explain", "duty-unowned"], &[]),
    (&["import", "chart.csv"], &[]),
    (&["schema"], &[]),
    (&["completions", "bash"], &[]),
    (&["man"], &[]),
];

/// The command that prints nothing: it writes a file of its own.
const SILENT: &str = "init";

/// Each command line of the lists.
pub(crate) fn lines(lists: &[&[Formats]]) -> Vec<Vec<&'static str>> {
    let of_command = |(command, formats): &Formats| match *formats {
        [] => vec![command.to_vec()],
        formats => formats.iter().map(|format| [command, &["--format", format][..]].concat()).collect(),
    };
    lists.iter().flat_map(|list| list.iter()).flat_map(of_command).collect()
}

/// The commands that the program has, each with its formats, by its own help.
fn offered() -> BTreeMap<String, Vec<String>> {
    let commands = help(&["--help"]);
    let commands = commands.split_once("Commands:").expect("the help lists the commands").1;
    let commands = commands.lines().skip(1).take_while(|line| !line.trim().is_empty());
    let names = commands.filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).filter(|name| !name.is_empty());
    let formats = |name: &str| {
        let help = help(&[name, "-h"]).split_whitespace().collect::<Vec<_>>().join(" ");
        let of_flag = help.split_once("--format <FORMAT>").and_then(|(_, flag)| flag.split_once("possible values: "));
        let values = of_flag.map_or("", |(_, values)| values.split(']').next().unwrap_or_default());
        values.split(", ").filter(|value| !value.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    names.filter(|name| *name != "help").map(|name| (name.to_owned(), formats(name))).collect()
}

fn help(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_roleaudit")).args(args).output().expect("the command runs");
    String::from_utf8(output.stdout).expect("help is text")
}

/// What the program offers and the lists leave out.
pub(crate) fn left_out() -> Vec<String> {
    let listed = |command: &str, format: Option<&str>| {
        let mut all = OF_ORGANIZATIONS.iter().chain(&OTHERS);
        all.any(|(args, formats)| args[0] == command && format.is_none_or(|format| formats.contains(&format)))
    };
    let missing = |(command, formats): (String, Vec<String>)| {
        let formats: Vec<Option<String>> = formats.into_iter().map(Some).chain([None]).collect();
        let missing = formats.into_iter().filter(|format| !listed(&command, format.as_deref())).collect::<Vec<_>>();
        missing.into_iter().map(move |format| format!("{command} {}", format.unwrap_or_default()))
    };
    offered().into_iter().filter(|(command, _)| command != SILENT).flat_map(missing).collect()
}
