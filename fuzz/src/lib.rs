//! What the fuzz targets share: inputs become organizations, and what is written is read again by parsers that are not the
//! project's own.
//!
//! A target fails by panicking. Its input is a file as a user has it, so that what is found can be given to the program itself.

#![forbid(unsafe_code)]

pub mod charts;
pub mod mutate;
pub mod names;
#[path = "../../tests/common/page.rs"]
mod page;
pub mod read;
pub mod shown;

use jiff::civil::date;
pub use libfuzzer_sys::Corpus;
use roleaudit::Days;
use roleaudit::problem::{Place, Problem};
use roleaudit::source::{Source, Sources, Span};

/// The day of all audits, so that an input means tomorrow what it means today.
pub const DAYS: Days = Days { as_of: None, today: date(2026, 11, 21) };

/// Between two files of one input.
const BETWEEN: &[u8] = b"\n=====\n";

/// Bytes as the file of a user.
pub fn sources(bytes: &[u8]) -> Sources {
    Sources::new(vec![Source::decode("team.yaml", bytes.to_vec())])
}

/// The two files of an input, if it holds two.
pub fn two_files(bytes: &[u8]) -> Option<[&[u8]; 2]> {
    let at = bytes.windows(BETWEEN.len()).position(|window| window == BETWEEN)?;
    Some([&bytes[..at], &bytes[at + BETWEEN.len()..]])
}

/// Asserts that a place is a piece of the text that it is said to be in.
pub fn assert_within(sources: &Sources, at: Span, what: &str) {
    let text = &sources.get(at.file).text;
    let is_piece = text.get(at.start as usize..at.end as usize).is_some();
    assert!(is_piece, "{what}: {at:?} is no piece of a text of {} bytes", text.len());
}

/// Asserts that problems name places in the text and say something, and returns them as the program prints them.
pub fn printed(problems: &[Problem], sources: &Sources) -> String {
    for problem in problems {
        let Place::Text(at) = problem.at else { panic!("{problem:?} has no place") };
        assert_within(sources, at, &problem.message);
        problem.labels.iter().for_each(|label| assert_within(sources, label.at, &label.text));
        assert!(!problem.message.is_empty() && !problem.help.is_empty(), "{problem:?} says nothing");
    }
    let style = roleaudit::render::Style { color: false, width: Some(80) };
    let text = shown::written(|out| roleaudit::render::problems(problems, sources, roleaudit::render::Level::Error, &style, out));
    read::text::assert_harmless(&text);
    read::workflow::commands(&shown::written(|out| roleaudit::render::github_errors(problems, sources, out)));
    text
}
