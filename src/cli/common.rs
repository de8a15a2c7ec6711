//! What several commands share: colour, standard error, days and output targets.

use super::progress;
use anstream::ColorChoice;
use anyhow::{Context, anyhow, bail};
use clap::ValueEnum;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use roleaudit::input::STDIN;
use roleaudit::output::{self, Target};
use roleaudit::problem::Problem;
use roleaudit::render::{self, Level, Style};
use roleaudit::source::Sources;
use std::cell::Cell;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// The flag for colour.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct Color {
    /// When to use colour; `auto` honours NO_COLOR and CLICOLOR_FORCE
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto", global = true)]
    color: When,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

impl Color {
    /// How text looks on standard output.
    pub(crate) fn stdout(self) -> Style {
        let auto = || anstream::AutoStream::choice(&io::stdout());
        Style { color: self.is_on(auto), width: io::stdout().is_terminal().then(width) }
    }

    /// How text looks on standard error.
    fn stderr(self) -> Style {
        let auto = || anstream::AutoStream::choice(&io::stderr());
        Style { color: self.is_on(auto), width: io::stderr().is_terminal().then(width) }
    }

    fn is_on(self, auto: impl FnOnce() -> ColorChoice) -> bool {
        match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto => auto() != ColorChoice::Never,
        }
    }
}

/// The columns of the terminal.
fn width() -> usize {
    const USUAL: usize = 80;
    const NARROWEST: usize = 40;
    terminal_size::terminal_size().map_or(USUAL, |(width, _)| usize::from(width.0)).max(NARROWEST)
}

/// Plain text for files.
pub(crate) const FILE_STYLE: Style = Style { color: false, width: None };

/// Standard error: everything that is not output.
pub(crate) struct Stderr {
    style: Style,
    /// Whether errors are also commands on standard output, for GitHub's runner.
    commands: Cell<bool>,
}

impl Stderr {
    pub(crate) fn new(color: Color) -> Self {
        Stderr { style: color.stderr(), commands: Cell::new(false) }
    }

    /// From now on, tells errors to GitHub's runner as well: on standard output, where it looks for commands.
    pub(crate) fn tell_runner(&self) {
        self.commands.set(true);
    }

    /// Problems of the input, with their places.
    pub(crate) fn problems(&self, problems: &[Problem], sources: &Sources, level: Level) {
        self.text(|style, out| render::problems(problems, sources, level, style, out));
        if level == Level::Error && self.commands.get() {
            let mut commands = Vec::new();
            let _ = render::github_errors(problems, sources, &mut commands);
            let _ = output::write_stdout(&commands);
        }
    }

    /// Text that is laid out for the terminal.
    pub(crate) fn text(&self, render: impl FnOnce(&Style, &mut Vec<u8>) -> io::Result<()>) {
        let mut text = Vec::new();
        // Writing to memory cannot fail, and where standard error is closed there is nobody to tell.
        let _ = render(&self.style, &mut text);
        progress::clear();
        let _ = io::stderr().lock().write_all(&text);
    }

    /// One error that has no place in a file.
    pub(crate) fn error(&self, message: &str) {
        let problem = Problem::of_path("", message, "");
        self.problems(&[problem], &Sources::default(), Level::Error);
    }

    /// One remark.
    pub(crate) fn remark(&self, message: &str) {
        progress::clear();
        let _ = writeln!(io::stderr().lock(), "{message}");
    }
}

/// The local date.
pub(crate) fn today() -> Date {
    Timestamp::now().to_zoned(local_zone().unwrap_or_else(TimeZone::system)).date()
}

/// The zone that `/etc/localtime` describes, unless `TZ` names another. The library finds the same one, but it also
/// looks for the zone's name among all that are installed, which takes longer than auditing a team.
fn local_zone() -> Option<TimeZone> {
    if std::env::var_os("TZ").is_some() {
        return None;
    }
    TimeZone::tzif("local", &fs::read("/etc/localtime").ok()?).ok()
}

/// Reads a date of the command line.
pub(crate) fn date(text: &str) -> Result<Date, String> {
    roleaudit::document::value::day(text).map_err(|message| format!("{message}; write year, month and day, such as 2026-11-21"))
}

/// The formats of a command that prints for readers and for scripts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    #[default]
    Text,
    Markdown,
    Json,
}

/// The flags of every command that prints in several formats.
#[derive(Debug, clap::Args)]
pub(crate) struct Outputs<F: ValueEnum + Clone + Default + Send + Sync + 'static> {
    /// What to print, the first of these unless told otherwise; repeat it with -o to write several formats in one run
    #[arg(long = "format", value_enum, value_name = "FORMAT")]
    formats: Vec<F>,

    /// Where to write the format before it, instead of standard output
    #[arg(short, long = "output", value_name = "FILE")]
    outputs: Vec<PathBuf>,
}

impl<F: ValueEnum + Copy + Default + PartialEq + Send + Sync> Outputs<F> {
    /// Whether a format is among them.
    pub(crate) fn has(&self, format: F) -> bool {
        self.formats().contains(&format)
    }

    /// Each format and where it goes.
    ///
    /// # Errors
    /// Two formats want one place, or an output has no format.
    pub(crate) fn targets(&self, order: &Order) -> anyhow::Result<Vec<(F, Target)>> {
        targets(&self.formats(), &self.outputs, order)
    }

    fn formats(&self) -> Vec<F> {
        if self.formats.is_empty() { vec![F::default()] } else { self.formats.clone() }
    }
}

/// Renders and writes every format, each in the style of the place that it goes to.
///
/// # Errors
/// A place cannot be written; then none is.
pub(crate) fn write<F>(
    targets: Vec<(F, Target)>,
    color: Color,
    render: impl Fn(F, &Style, &mut Vec<u8>) -> io::Result<()>,
) -> anyhow::Result<()> {
    progress::doing("writing");
    let mut outputs = Vec::new();
    for (format, target) in targets {
        let style = if target == Target::Stdout { color.stdout() } else { FILE_STYLE };
        let mut bytes = Vec::new();
        render(format, &style, &mut bytes).context("cannot render the output")?;
        outputs.push((target, bytes));
    }
    progress::clear();
    output::write_all(outputs)
}

/// Where each format goes: the positions of the flags on the command line.
#[derive(Debug, Default)]
pub(crate) struct Order {
    formats: Vec<usize>,
    outputs: Vec<usize>,
}

/// The order in which `--format` and `--output` were written; empty for a command that does not have both.
pub(crate) fn order_of_outputs(matches: &clap::ArgMatches) -> Order {
    let given = |name: &str| {
        let has_flag = matches.try_contains_id(name).is_ok();
        let by_user = has_flag && matches.value_source(name) == Some(clap::parser::ValueSource::CommandLine);
        if by_user { matches.indices_of(name).map(Iterator::collect).unwrap_or_default() } else { Vec::new() }
    };
    Order { formats: given("formats"), outputs: given("outputs") }
}

/// Ties each output to the format before it.
///
/// # Errors
/// Two formats want one place, or an output has no format.
fn targets<F: Copy>(formats: &[F], outputs: &[PathBuf], order: &Order) -> anyhow::Result<Vec<(F, Target)>> {
    let mut targets: Vec<(F, Option<Target>)> = formats.iter().map(|format| (*format, None)).collect();
    for (position, output) in outputs.iter().enumerate() {
        let at = order.outputs.get(position).copied().unwrap_or(usize::MAX);
        let before = order.formats.iter().filter(|format| **format < at).count();
        let (_, target) = match targets.as_mut_slice() {
            [only] => only,
            several => several.get_mut(before.wrapping_sub(1)).ok_or_else(|| {
                anyhow!("`-o {}` stands before every `--format`; write it behind the one it belongs to", output.display())
            })?,
        };
        if target.replace(Target::of(output)).is_some() {
            bail!("`-o {}` is the second output of one `--format`; write `--format` before each `-o`", output.display());
        }
    }
    let targets: Vec<(F, Target)> =
        targets.into_iter().map(|(format, target)| (format, target.unwrap_or(Target::Stdout))).collect();
    for (position, (_, target)) in targets.iter().enumerate() {
        if targets[..position].iter().any(|(_, earlier)| is_same(earlier, target)) {
            match target {
                Target::Stdout => bail!("two formats would go to standard output; give all but one of them an `-o FILE`"),
                Target::File(path) | Target::EndOf(path) => bail!("two formats would be written to {}", path.display()),
            }
        }
    }
    Ok(targets)
}

fn is_same(one: &Target, other: &Target) -> bool {
    match (one, other) {
        (Target::File(one), Target::File(other)) => output::place(one) == output::place(other),
        _ => one == other,
    }
}

/// Refuses to read standard input for two things at once.
///
/// # Errors
/// `-` stands among the paths more than once.
pub(crate) fn refuse_second_stdin<'p>(paths: impl IntoIterator<Item = &'p PathBuf>) -> anyhow::Result<()> {
    if paths.into_iter().filter(|path| path.as_os_str() == STDIN).count() > 1 {
        bail!("standard input can be read once; write `-` once, and files for the others");
    }
    Ok(())
}

/// Paths as the user named them.
pub(crate) fn listed(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" ")
}

/// Refuses to write an output over a file that was read.
///
/// # Errors
/// A target is one of the files that were read, or the settings.
pub(crate) fn refuse_overwriting<F>(targets: &[(F, Target)], read: &[PathBuf], settings: Option<&Path>) -> anyhow::Result<()> {
    let settings = settings.map(output::place);
    for (_, target) in targets {
        let Target::File(path) = target else { continue };
        let place = output::place(path);
        if read.iter().chain(&settings).any(|file| *file == place) {
            bail!("`-o {}` would overwrite a file that is read here; write to another file", path.display());
        }
    }
    Ok(())
}

/// The position of a name in a list of known ones, which an error does not name where they are hidden.
///
/// # Errors
/// It is none of them.
pub(crate) fn known_or_hidden<'n>(
    name: &str,
    what: &str,
    names: impl Iterator<Item = &'n str> + Clone,
    hidden: bool,
) -> anyhow::Result<usize> {
    match names.clone().position(|known| known == name) {
        None if hidden => known(name, what, std::iter::empty()),
        _ => known(name, what, names),
    }
}

/// The position of a name in a list of known ones.
///
/// # Errors
/// It is none of them; the message names the one that was probably meant.
pub(crate) fn known<'n>(name: &str, what: &str, names: impl Iterator<Item = &'n str> + Clone) -> anyhow::Result<usize> {
    use roleaudit::document::hints;
    const FEW: usize = 8;
    names.clone().position(|known| known == name).ok_or_else(|| {
        let message = format!("there is no {what} `{}`", hints::shortened(name));
        if let Some(close) = hints::closest(name, names.clone()) {
            return anyhow!("{message}; did you mean `{close}`?");
        }
        let folded = hints::folded(name);
        let alike: Vec<&str> = names.clone().filter(|known| known.contains(&folded) && !folded.is_empty()).collect();
        let offered = if alike.is_empty() { names.collect() } else { alike };
        match offered.len() {
            0 => anyhow!("{message}"),
            1..=FEW => anyhow!("{message}; write {}", hints::listed(offered.into_iter())),
            _ => anyhow!("{message}; some that there are: {}", hints::listed(offered.into_iter().take(FEW))),
        }
    })
}
