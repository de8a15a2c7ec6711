//! The lines of a file around the places that something is about, with carets under them.

use super::{Style, escape};
use crate::finding::Label;
use crate::source::{Sources, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Padding, Renderer, Snippet};
use anstyle::{AnsiColor, Effects};
use std::ops::Range;

/// Other places shown with the first one.
const MOST_LABELS: usize = 6;
/// Places at most this many lines apart share an excerpt, in which the lines between them are folded.
const NEAR: usize = 50;
/// The longest piece of a line that is shown, in characters.
const LONGEST_LINE: usize = 200;
/// How much of a longer line is shown before the place, in characters.
const LEAD: usize = 60;
/// The widest excerpt where nothing says how wide the reader's window is: wider than any line that is shown.
const UNBOUNDED: usize = 10_000;
/// The narrowest window that is laid out for; in a smaller one the terminal breaks the lines.
const NARROWEST: usize = 40;
const LINE_NUMBER: anstyle::Style = AnsiColor::BrightBlue.on_default().effects(Effects::BOLD);

/// A place and what is written at it; the first place of all has no words, as the message above it speaks of it.
#[derive(Clone, Copy)]
struct Mark<'a> {
    at: Span,
    text: Option<&'a str>,
    line: usize,
}

/// Places in one file that are shown together. There is always a first one, and it gives the part its heading.
struct Part<'a> {
    lead: Mark<'a>,
    others: Vec<Mark<'a>>,
    /// How many lines are shown before and after the first place, for the reader's bearings.
    context: usize,
}

/// The place `at` with so many lines before and after it, and the labelled places.
pub(super) fn excerpt(
    sources: &Sources,
    at: Span,
    labels: &[&Label],
    context: usize,
    level: &Level<'static>,
    style: &Style,
) -> String {
    if sources.are_hidden() {
        return places(sources, at, labels, style);
    }
    let parts = parts(sources, at, labels, context);
    let views: Vec<View> = parts.iter().map(|part| View::new(sources, part)).collect();
    let gutter = views.iter().map(View::gutter).max().unwrap_or(0);
    let mut shown = String::new();
    for (part, view) in parts.iter().zip(&views) {
        // The place is written here and not by the renderer, which would count columns in the line as it is shown.
        let arrow = if part.lead.text.is_none() { "-->" } else { ":::" };
        let arrow = format!("{}{arrow}", " ".repeat(gutter));
        shown += &format!("{} {}\n", style.painted(&arrow, LINE_NUMBER), super::place(sources, part.lead.at));
        for line in part.render(view, level, style).lines() {
            shown += &format!("{}{line}\n", " ".repeat(gutter - view.gutter()));
        }
    }
    if labels.len() > MOST_LABELS {
        shown += &format!("{} … and {} more places\n", " ".repeat(gutter), labels.len() - MOST_LABELS);
    }
    shown
}

/// The places alone, where nothing of the files may be shown.
fn places(sources: &Sources, at: Span, labels: &[&Label], style: &Style) -> String {
    let mut shown = format!("{} {}\n", style.painted(" -->", LINE_NUMBER), super::place(sources, at));
    for label in labels.iter().take(MOST_LABELS) {
        let place = super::place(sources, label.at);
        shown += &format!("{} {place}: {}\n", style.painted(" :::", LINE_NUMBER), escape::one_line(&label.text));
    }
    if labels.len() > MOST_LABELS {
        shown += &format!("     … and {} more places\n", labels.len() - MOST_LABELS);
    }
    shown
}

fn parts<'a>(sources: &Sources, at: Span, labels: &[&'a Label], context: usize) -> Vec<Part<'a>> {
    let mark = |at: Span, text| Mark { at, text, line: sources.position(at.start_point()).line };
    let mut parts = vec![Part { lead: mark(at, None), others: Vec::new(), context }];
    for label in labels.iter().take(MOST_LABELS) {
        let mark = mark(label.at, Some(label.text.as_str()));
        match parts.iter_mut().find(|part| part.is_near(&mark)) {
            Some(part) => part.others.push(mark),
            None => parts.push(Part { lead: mark, others: Vec::new(), context: 0 }),
        }
    }
    parts
}

impl Part<'_> {
    fn marks(&self) -> impl Iterator<Item = &Mark<'_>> {
        std::iter::once(&self.lead).chain(&self.others)
    }

    fn is_near(&self, mark: &Mark<'_>) -> bool {
        self.lead.at.file == mark.at.file && self.marks().any(|known| known.line.abs_diff(mark.line) <= NEAR)
    }

    fn render(&self, view: &View, level: &Level<'static>, style: &Style) -> String {
        let annotations = self.marks().zip(&view.spans).map(|(mark, span)| match mark.text {
            None => AnnotationKind::Primary.span(span.clone()),
            Some(text) => AnnotationKind::Context.span(span.clone()).label(escape::one_line(text)),
        });
        let bearings = AnnotationKind::Visible.span(view.bearings.clone());
        let snippet = Snippet::source(view.text.as_str()).line_start(view.line_start).annotations(annotations.chain([bearings]));
        let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
        let renderer = renderer.term_width(style.width.map_or(UNBOUNDED, |width| width.max(NARROWEST)));
        renderer.render(&[Group::with_level(level.clone()).element(snippet).element(Padding)])
    }
}

/// The lines of a part as they may be shown, and where its places are in them.
struct View {
    text: String,
    line_start: usize,
    spans: Vec<Range<usize>>,
    /// The lines around the first place.
    bearings: Range<usize>,
}

impl View {
    fn new(sources: &Sources, part: &Part<'_>) -> Self {
        let (mut first, mut last) = (part.lead, part.lead);
        for mark in part.marks() {
            first = if mark.at.start < first.at.start { *mark } else { first };
            last = if mark.at.start > last.at.start { *mark } else { last };
        }
        let (line_start, offset, text) = sources.window(Span { end: last.at.start, ..first.at }, part.context, part.context);
        let mut view = View { text: String::new(), line_start, spans: vec![0..0; 1 + part.others.len()], bearings: 0..0 };

        let mut offset = offset as usize;
        let mut lines = text.split('\n');
        for number in line_start..=last.line + part.context {
            // The window lacks empty lines at the end of a file; a place in one of them is shown all the same.
            let Some(line) = lines.next().or((number <= last.line).then_some("")) else { break };
            let shown_from = view.text.len();
            view.push_line(number, offset, line, part);
            // An empty line gives no bearings.
            if number.abs_diff(part.lead.line) <= part.context && (number == part.lead.line || !line.trim().is_empty()) {
                let from = if view.bearings.is_empty() { shown_from } else { view.bearings.start };
                view.bearings = from..view.text.len();
            }
            view.text.push('\n');
            offset += line.len() + 1;
        }
        view
    }

    /// Appends a line of the source that begins at `offset`, and notes where the places in it are now.
    fn push_line(&mut self, number: usize, offset: usize, line: &str, part: &Part<'_>) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let within = |at: u32| (at as usize).saturating_sub(offset).min(line.len());
        let first = part.marks().find(|mark| mark.line == number);
        let kept = kept(line, first.map_or(0, |mark| within(mark.at.start)));

        if kept.start > 0 {
            self.text.push('…');
        }
        let shown_from = self.text.len();
        let shown_at = |at: u32| {
            let piece = line.get(kept.start..within(at).clamp(kept.start, kept.end)).unwrap_or("");
            shown_from + escape::source_len(piece)
        };
        for (span, mark) in self.spans.iter_mut().zip(part.marks()) {
            if mark.line == number {
                *span = shown_at(mark.at.start)..shown_at(mark.at.end);
            }
        }
        escape::push_source(&mut self.text, line.get(kept.clone()).unwrap_or(""));
        if kept.end < line.len() {
            self.text.push('…');
        }
        if line.is_empty() {
            // The renderer cannot point into an empty line at the end.
            self.text.push(' ');
        }
    }

    /// How wide the renderer makes the column of line numbers.
    fn gutter(&self) -> usize {
        let end = self.spans.iter().map(|span| span.end).fold(self.bearings.end, usize::max);
        let breaks = self.text.get(..end).map_or(0, |text| text.matches('\n').count());
        (self.line_start + breaks).to_string().len()
    }
}

/// Which piece of a line is shown: all of it unless it is very long.
fn kept(line: &str, place: usize) -> Range<usize> {
    if line.len() <= LONGEST_LINE {
        return 0..line.len();
    }
    let before = line.get(..place).unwrap_or("");
    let is_far = before.chars().rev().nth(LONGEST_LINE - LEAD).is_some();
    let start = if is_far { before.char_indices().rev().nth(LEAD).map_or(0, |(at, _)| at) } else { 0 };
    let rest = line.get(start..).unwrap_or("");
    let end = rest.char_indices().nth(LONGEST_LINE).map_or(line.len(), |(at, _)| start + at);
    start..end
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::source::Source;
    use unicode_width::UnicodeWidthStr;

    fn shown(sources: &Sources, at: Span, labels: &[(Span, &str)], width: Option<usize>) -> String {
        let labels: Vec<Label> = labels.iter().map(|(at, text)| Label { at: *at, text: (*text).into() }).collect();
        let labels: Vec<&Label> = labels.iter().collect();
        excerpt(sources, at, &labels, 1, &Level::ERROR, &Style { color: false, width })
    }

    /// The text above the carets of the first place.
    fn pointed_at(shown: &str) -> String {
        let lines: Vec<&str> = shown.lines().collect();
        let carets = lines.iter().position(|line| line.contains('^')).expect("there are carets");
        let columns = lines[carets].find('^').expect("there are carets")..=lines[carets].rfind('^').expect("there are carets");
        let mut column = 0;
        let above = lines[carets - 1].chars().filter(|c| {
            let at = column;
            column += c.to_string().width();
            columns.contains(&at)
        });
        above.collect()
    }

    #[test]
    fn places_far_apart_and_in_other_files_have_their_own_lines() {
        let far = format!("first: 1\n{}last: 2\n", "x: y\n".repeat(98));
        let sources = Sources::new(vec![Source::new("a.yaml", far), Source::new("b.yaml", "other: 3\n")]);
        let other = sources.iter().nth(1).expect("there are two").0;
        let labels = [(sample::span(&sources, "last"), "the last"), (sample::span_at(other, 0, 5), "the other")];
        assert_eq!(
            shown(&sources, sample::span(&sources, "first"), &labels, Some(80)),
            "   --> a.yaml:1:1
    |
  1 | first: 1
    | ^^^^^
  2 | x: y
    |
   ::: a.yaml:100:1
    |
100 | last: 2
    | ---- the last
    |
   ::: b.yaml:1:1
    |
  1 | other: 3
    | ----- the other
    |
"
        );
    }

    #[test]
    fn lines_between_near_places_are_folded() {
        let sources = sample::one_file("a.yaml", "first: 1\nb: 2\nc: 3\nd: 4\nlast: 5\n");
        assert_eq!(
            shown(&sources, sample::span(&sources, "last"), &[(sample::span(&sources, "first"), "the first")], None),
            " --> a.yaml:5:1
  |
1 | first: 1
  | ----- the first
...
4 | d: 4
5 | last: 5
  | ^^^^
  |
"
        );
    }

    #[test]
    fn carets_stand_under_their_text() {
        for name in ["Ann", "決める人", "Zoë", "a\u{202e}b\u{1b}[1m", "e\u{301}x"] {
            let sources = sample::one_file("a.yaml", &format!("x: 1\r\n\t決\u{0}\u{202e}: {name} # more\r\n"));
            let pointed_at = pointed_at(&shown(&sources, sample::span(&sources, name), &[], Some(80)));
            assert_eq!(pointed_at, escape::one_line(name), "for {name:?}");
        }
    }

    #[test]
    fn the_column_is_that_of_the_file() {
        let sources = sample::one_file("a.yaml", "\u{202e}\u{202e}: Ann\n");
        assert!(shown(&sources, sample::span(&sources, "Ann"), &[], None).starts_with(" --> a.yaml:1:5\n"));
    }

    #[test]
    fn windows_line_ends_are_not_shown() {
        let sources = sample::one_file("a.yaml", "x: 1\r\ny: 2\r\nz: 3\r\n");
        assert!(shown(&sources, sample::span(&sources, "y"), &[], None).contains("1 | x: 1\n2 | y: 2\n"));
    }

    #[test]
    fn an_enormous_line_is_cropped_around_the_place() {
        let sources = sample::one_file("a.yaml", &format!("{}here{}", "é".repeat(500_000), "ü".repeat(500_000)));
        for width in [None, Some(80)] {
            let shown = shown(&sources, sample::span(&sources, "here"), &[], width);
            assert!(shown.len() < 2_000, "{} bytes", shown.len());
            assert!(shown.starts_with(" --> a.yaml:1:500001\n"));
            assert_eq!(pointed_at(&shown), "here", "{shown}");
        }
    }

    #[test]
    fn a_place_of_several_lines_is_pointed_at_by_its_first() {
        let sources = sample::one_file("a.yaml", "a: [b,\n  c]\n");
        assert_eq!(pointed_at(&shown(&sources, sample::span(&sources, "[b,\n  c]"), &[], None)), "[b,");
    }

    #[test]
    fn the_end_of_a_file_can_be_pointed_at() {
        let texts = [
            ("", "1:1", "1 |"),
            ("a: 1\n", "2:1", "1 | a: 1\n2 |"),
            ("a: 1\n\n\n", "4:1", "4 |"),
            ("a: 1", "1:5", "1 | a: 1\n  |     ^"),
        ];
        for (text, place, line) in texts {
            let sources = sample::one_file("a.yaml", text);
            let file = sources.iter().next().expect("there is a file").0;
            let shown = shown(&sources, sample::span_at(file, text.len(), text.len()), &[], Some(80));
            assert!(shown.starts_with(&format!(" --> a.yaml:{place}\n")), "{shown}");
            assert!(shown.contains(line) && shown.contains('^'), "{shown}");
        }
    }

    #[test]
    fn any_place_in_any_text_is_shown_harmlessly() {
        let alphabet: Vec<char> = "ab: \n\t\r\0\u{1b}\u{9b}決é\u{301}\u{200d}\u{202e}\u{2066}\u{feff}👩\n".chars().collect();
        let mut state = 7_u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for _ in 0..500 {
            let text: String = (0..random(900)).map(|_| alphabet[random(alphabet.len())]).collect();
            let sources = sample::one_file("a.yaml", &text);
            let file = sources.iter().next().expect("there is a file").0;
            let mut place = || {
                let [one, other] = [0, 0].map(|_| text.floor_char_boundary(random(text.len() + 1)));
                sample::span_at(file, one.min(other), one.max(other))
            };
            let labels = [(place(), "one\u{1b}[0m"), (place(), "決 two"), (place(), "")];
            let (at, width) = (place(), [None, Some(1), Some(45), Some(80)][random(4)]);
            sample::assert_harmless(&shown(&sources, at, &labels, width));
        }
    }
}
