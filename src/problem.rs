//! What is wrong with an input, so that it cannot be audited, or only with a word of warning.

use crate::finding::Label;
use crate::redact::LEFT_OUT;
use crate::source::Span;

/// An input error, or a warning about an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub at: Place,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Other places involved, such as the first of two equal keys.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub help: String,
}

/// Where an input problem stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the text of a source.
    Text(Span),
    /// A file or folder that gave no text, under the path as given; empty for what concerns no file.
    Path(String),
}

impl Problem {
    /// A problem at a piece of text.
    pub fn new(at: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Problem { at: Place::Text(at), message: message.into(), labels: Vec::new(), help: help.into() }
    }

    /// A problem of a file or folder as a whole.
    pub fn of_path(path: impl Into<String>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Problem { at: Place::Path(path.into()), message: message.into(), labels: Vec::new(), help: help.into() }
    }

    /// What problems are put in order by: those of whole files by path, then the others by file and place.
    fn place_order(&self) -> (Option<Span>, &str) {
        match &self.at {
            Place::Path(path) => (None, path),
            Place::Text(at) => (Some(*at), ""),
        }
    }

    /// The same problem without what it says of the file's own words, which stand between backticks or quotes.
    #[must_use]
    pub fn redacted(mut self) -> Self {
        let hide = |text: &str| {
            let parts = text.split_inclusive(['`', '"']).enumerate();
            parts
                .map(|(n, part)| if n % 2 == 0 { part.to_owned() } else { format!("{LEFT_OUT}{}", last(part)) })
                .collect::<String>()
        };
        self.message = hide(&self.message);
        self.help = hide(&self.help);
        for label in &mut self.labels {
            label.text = hide(&label.text);
        }
        self
    }

    /// The same problem with another place involved.
    #[must_use]
    pub fn label(mut self, at: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { at, text: text.into() });
        self
    }
}

/// The mark that a piece of text ends with.
fn last(part: &str) -> &str {
    part.char_indices().next_back().map_or("", |(at, _)| &part[at..])
}

/// Problems in the order of their places, each once: what stands behind an alias is read wherever it is repeated.
pub fn in_order(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by(|a, b| (a.place_order(), &a.message).cmp(&(b.place_order(), &b.message)));
    problems.dedup();
    problems
}

/// An error of the system as the end of a sentence, without its number and without paths that the user did not write.
pub fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}
