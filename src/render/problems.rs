//! Input errors and warnings, for standard error.

use super::{Style, escape, excerpt::excerpt};
use crate::problem::{Place, Problem};
use crate::source::Sources;
use anstyle::{AnsiColor, Effects};
use std::io::{self, Write};

/// Whether a problem stops the audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// The input cannot be audited.
    Error,
    /// It can, but is perhaps not meant as it is read.
    Warning,
}

const HELP: anstyle::Style = AnsiColor::BrightCyan.on_default().effects(Effects::BOLD);

/// How many problems are shown; nobody reads more before mending the first ones.
pub(super) const MOST: usize = 100;

/// Writes problems with their places, the lines around them and what to write instead, all at one level. Of very many, the first ones
/// are shown and the others counted.
pub fn problems(problems: &[Problem], sources: &Sources, level: Level, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let out = &mut escape::Log::new(out);
    for problem in problems.iter().take(MOST) {
        out.write_all(block(problem, sources, level, style).as_bytes())?;
    }
    if let Some(more) = problems.len().checked_sub(MOST).filter(|more| *more > 0) {
        let what = match level {
            Level::Error => "error",
            Level::Warning => "warning",
        };
        writeln!(out, "… and {}\n", super::counted(more, &format!("more {what}")))?;
    }
    Ok(())
}

fn block(problem: &Problem, sources: &Sources, level: Level, style: &Style) -> String {
    let (word, color, level) = match level {
        Level::Error => ("error: ", super::color_of(crate::finding::Severity::Error), annotate_snippets::Level::ERROR),
        Level::Warning => ("warning: ", super::color_of(crate::finding::Severity::Warning), annotate_snippets::Level::WARNING),
    };
    let message = escape::one_line(&problem.message);
    let mut shown = match &problem.at {
        Place::Path(path) if path.is_empty() => style.paragraph(word, color, &message, super::BOLD),
        Place::Path(path) => style.paragraph(word, color, &format!("{}: {message}", escape::one_line(path)), super::BOLD),
        Place::Text(at) => {
            let labels: Vec<_> = problem.labels.iter().collect();
            style.paragraph(word, color, &message, super::BOLD) + &excerpt(sources, *at, &labels, 1, &level, style)
        }
    };
    if !problem.help.is_empty() {
        shown += &style.paragraph("  help: ", HELP, &escape::one_line(&problem.help), super::PLAIN);
    }
    shown + "\n"
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::source::Source;

    const PLAIN_80: Style = Style { color: false, width: Some(80) };

    fn shown(all: &[Problem], sources: &Sources, level: Level, style: Style) -> String {
        let mut out = Vec::new();
        problems(all, sources, level, &style, &mut out).expect("memory can be written");
        String::from_utf8(out).expect("it is text")
    }

    #[test]
    fn an_error_shows_the_place_and_what_to_write() {
        let sources = sample::one_file("team.yaml", "products:\n  app: {}\n  app: {}\n");
        let first = sample::span(&sources, "app");
        let second = crate::source::Span { start: first.start + 10, end: first.end + 10, ..first };
        let problem = Problem::new(second, "the product `app` stands here twice", "Merge the two, or give one another id.");
        assert_eq!(
            shown(&[problem.label(first, "first here")], &sources, Level::Error, PLAIN_80),
            "\
error: the product `app` stands here twice
 --> team.yaml:3:3
  |
2 |   app: {}
  |   --- first here
3 |   app: {}
  |   ^^^
  |
  help: Merge the two, or give one another id.

"
        );
    }

    #[test]
    fn a_file_that_gave_no_text_is_named() {
        let problem = Problem::of_path("teams/core.yaml", "there is no such file", "Check the path.");
        assert_eq!(
            shown(&[problem], &Sources::default(), Level::Warning, PLAIN_80),
            "warning: teams/core.yaml: there is no such file\n  help: Check the path.\n\n"
        );
    }

    #[test]
    fn hostile_input_does_not_reach_the_terminal() {
        let hostile = sample::HOSTILE;
        let sources = Sources::new(vec![Source::new(hostile, format!("{hostile}\n{hostile}\n"))]);
        let at = sample::span(&sources, hostile);
        let in_text = Problem::new(at, hostile, hostile).label(at, hostile);
        let all = [in_text, Problem::of_path(hostile, hostile, hostile)];
        for color in [false, true] {
            sample::assert_harmless(&shown(&all, &sources, Level::Error, Style { color, width: Some(80) }));
        }
        assert!(!shown(&all, &sources, Level::Error, PLAIN_80).contains('\u{1b}'));
    }
}
