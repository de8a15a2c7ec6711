//! Text to tree: the only folder that names the YAML parser. Every key and value of the tree carries its span.
//!
//! Syntax errors end a file; what a team file does not allow beyond that (several documents, tags, equal keys, maps as keys) is
//! reported and the tree goes on. Aliases and merge keys are resolved here, within a limit that no alias bomb passes.

mod pieces;
mod syntax;

use crate::problem::{Place, Problem};
use crate::source::{FileId, Span};
use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, StructureStyle, Tag};
pub use pieces::{Key, Pieces, pieces};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::ops::Range;
use syntax::{STAR_ALONE, explain, is_tab};

/// How many values all aliases of one file may stand for together.
const ALIASED_VALUES: usize = 250_000;
/// How deep collections may nest; format 1 needs eight levels.
const DEPTH: usize = 64;
/// Up to this many keys, comparing each with each is faster than a table.
const FEW_KEYS: usize = 16;

/// A value, and where it stands.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// The place of the value, without its key.
    pub at: Span,
    /// What the value is.
    pub kind: Kind<'a>,
}

/// What a value is.
#[derive(Clone, Debug)]
pub enum Kind<'a> {
    /// Nothing is written, or `~`.
    Blank,
    /// A word or text; `plain` if it is not quoted.
    Scalar {
        /// What is written, as it is written: `No` and `1.10` are texts like any other.
        text: Cow<'a, str>,
        /// Whether it stands there without quotes.
        plain: bool,
    },
    /// A list.
    List(Vec<Node<'a>>),
    /// A map.
    Map {
        /// Its entries, in the order of the file.
        entries: Vec<Entry<'a>>,
        /// Whether it is written in braces.
        flow: bool,
    },
    /// Something that was reported already, and that nobody should report again.
    Broken,
}

/// A key and its value.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The key.
    pub key: Cow<'a, str>,
    /// Where the key stands.
    pub key_at: Span,
    /// The value.
    pub value: Node<'a>,
}

/// What a file gave: its tree, if it could be read to the end, and what is to be said about it.
#[derive(Debug)]
pub struct Parsed<'a> {
    /// The tree; of an empty file, a blank.
    pub root: Option<Node<'a>>,
    /// Input errors.
    pub errors: Vec<Problem>,
    /// Warnings, such as a value that a ` #` cuts short.
    pub warnings: Vec<Problem>,
}

/// Reads a text to its end.
pub fn parse(file: FileId, text: &str) -> Parsed<'_> {
    let all = 0..text.len();
    let strict = Builder::new(file, text, all.clone(), options(DEPTH));
    let is_closing = |problem: &Problem| match problem.at {
        Place::Text(at) => text.get(at.start as usize..).is_some_and(|rest| rest.starts_with(['}', ']'])),
        Place::Path(_) => false,
    };
    match strict.read() {
        // Strict indentation finds brackets and quotes that are never closed where they are opened. But it refuses a closing bracket
        // that stands below its key, which formatters write and every other reader takes.
        Parsed { root: None, errors, .. } if errors.last().is_some_and(is_closing) => {
            let mut options = options(DEPTH);
            options.strict_indentation = false;
            Builder::new(file, text, all, options).read()
        }
        parsed => parsed,
    }
}

/// Runs the parser over a text and counts its events, without building anything: what the benchmarks measure against.
///
/// # Errors
/// The parser's own message, if the text is no YAML.
pub fn scan(text: &str) -> Result<usize, String> {
    let mut events = 0;
    for event in Parser::new_from_str_with_options(text, options(DEPTH)) {
        event.map_err(|error| error.to_string())?;
        events += 1;
    }
    Ok(events)
}

/// How files are read; in block style, collections may nest so deep.
fn options(depth: usize) -> Options {
    let mut options = granit_parser::options! {
        strict_indentation: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: DEPTH,
        block_nesting_limit: depth,
    };
    options.set_emit_comments(false);
    options
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    /// The part of the text that is read.
    part: Range<usize>,
    events: Parser<'a, granit_parser::StrInput<'a>>,
    /// Whether no value reaches beyond its own place: there is no anchor, no alias and no merge key.
    is_plain: bool,
    /// Every finished value that has an anchor, and how many values it is made of.
    anchors: FxHashMap<usize, (Node<'a>, usize)>,
    aliased: usize,
    /// Entries of maps and items of lists that are not closed yet. Each takes its own off the end when it closes, so that what is kept
    /// has the size that it needs.
    entries: Vec<Entry<'a>>,
    items: Vec<Node<'a>>,
    /// The brackets that are open where the parser stands.
    open: Vec<Span>,
    errors: Vec<Problem>,
    warnings: Vec<Problem>,
}

type Step<'a> = (Event<'a>, Span);

/// What is read, or the syntax error that ends the file; boxed, because every value passes through here.
type Read<T> = Result<T, Box<Problem>>;

impl<'a> Builder<'a> {
    fn new(file: FileId, text: &'a str, part: Range<usize>, options: Options) -> Self {
        let events = Parser::new_from_str_with_options(text.get(part.clone()).unwrap_or(""), options);
        Builder {
            file,
            text,
            part,
            events,
            is_plain: true,
            anchors: FxHashMap::default(),
            aliased: 0,
            entries: Vec::new(),
            items: Vec::new(),
            open: Vec::new(),
            errors: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn read(mut self) -> Parsed<'a> {
        let root = match self.stream() {
            Ok(root) => Some(root),
            Err(error) => {
                self.errors.push(*error);
                None
            }
        };
        Parsed { root, errors: self.errors, warnings: self.warnings }
    }

    /// Whether there is nothing to say so far, and no value reaches beyond its own place.
    fn is_flawless(&self) -> bool {
        self.is_plain && self.errors.is_empty() && self.warnings.is_empty()
    }

    fn stream(&mut self) -> Read<Node<'a>> {
        let mut root = None;
        loop {
            let (event, at) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentEnd => {}
                Event::StreamEnd => break,
                Event::DocumentStart(..) if root.is_some() => {
                    let help = "Keep one document per file: put the second one into a file of its own, or join the two.";
                    return Err(Box::new(Problem::new(at, "a second YAML document begins here", help)));
                }
                Event::DocumentStart(..) => {}
                other => root = Some(self.node(other, at)?),
            }
        }
        Ok(root.unwrap_or(Node { at: self.span(self.part.start, self.part.start), kind: Kind::Blank }))
    }

    fn next(&mut self) -> Read<Step<'a>> {
        match self.events.next() {
            Some(Ok((event, span))) => {
                let range = span.byte_range().unwrap_or(0..0);
                Ok((event, self.span(self.part.start + range.start, self.part.start + range.end)))
            }
            Some(Err(error)) => Err(Box::new(self.syntax_error(&error))),
            None => Ok((Event::StreamEnd, self.span(self.part.end, self.part.end))),
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: start as u32, end: end as u32 }
    }

    /// A place without the blanks at its end.
    fn trimmed(&self, at: Span) -> Span {
        let text = self.text.get(at.start as usize..at.end as usize).unwrap_or("");
        Span { end: at.start + text.trim_end().len() as u32, ..at }
    }

    fn node(&mut self, event: Event<'a>, at: Span) -> Read<Node<'a>> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                // A block ends with its text; to the parser, with the blanks before whatever comes next.
                let at = match style {
                    ScalarStyle::Literal | ScalarStyle::Folded => self.trimmed(at),
                    ScalarStyle::Plain | ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => at,
                };
                if self.refuse_tag(tag.as_deref(), at) {
                    return Ok(self.remember(anchor, Node { at, kind: Kind::Broken }));
                }
                let plain = style == ScalarStyle::Plain;
                if plain {
                    self.warn_if_cut_short(at);
                }
                // The parser writes an empty value as `~`, unless it has a tag; `!!str` makes a text of either.
                let is_blank = plain && matches!(text.as_ref(), "~" | "") && !tag.is_some_and(|tag| is_text(&tag));
                let kind = if is_blank { Kind::Blank } else { Kind::Scalar { text, plain } };
                Ok(self.remember(anchor, Node { at, kind }))
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.refuse_tag(tag.as_deref(), at);
                let node = self.within(style, at, |builder| builder.list(at))?;
                Ok(self.remember(anchor, node))
            }
            Event::MappingStart(style, anchor, tag) => {
                self.refuse_tag(tag.as_deref(), at);
                let node = self.within(style, at, |builder| builder.map(at, style == StructureStyle::Flow))?;
                Ok(self.remember(anchor, node))
            }
            Event::Alias(anchor) => self.alias(anchor, at),
            Event::UnresolvedAlias(name) => self.star(&name, at),
            _ => Ok(Node { at, kind: Kind::Broken }),
        }
    }

    /// Reads a collection; on the way, its bracket is open if it has one. A syntax error leaves it open.
    fn within(&mut self, style: StructureStyle, at: Span, read: impl FnOnce(&mut Self) -> Read<Node<'a>>) -> Read<Node<'a>> {
        let is_flow = style == StructureStyle::Flow;
        if is_flow {
            self.open.push(at);
        }
        let node = read(self)?;
        if is_flow {
            self.open.pop();
        }
        Ok(node)
    }

    /// A `*` before a word that nothing is marked with: a text, or an attempt to name every duty.
    fn star(&mut self, name: &str, at: Span) -> Read<Node<'a>> {
        if name.trim_matches(['*', '.', ':']).is_empty() {
            return Err(Box::new(Problem::new(at, STAR_ALONE.0, STAR_ALONE.1)));
        }
        let help = format!("Write `{}` without the `*`; or put the whole text in quotes.", name.trim_matches(['*', ':']));
        let problem = Problem::new(at, format!("`*{name}` repeats something that is not marked anywhere"), help);
        // Where the text goes on, a syntax error would follow that has no other cause.
        let behind = self.text.get(at.end as usize..).unwrap_or("").lines().next().unwrap_or("").trim_start();
        if name.ends_with(':') || !(behind.is_empty() || behind.starts_with([',', ']', '}', '#', ':'])) {
            return Err(Box::new(problem));
        }
        self.errors.push(problem);
        Ok(Node { at, kind: Kind::Broken })
    }

    fn list(&mut self, start: Span) -> Read<Node<'a>> {
        let first = self.items.len();
        let mut end = start.end;
        loop {
            match self.next()? {
                (Event::SequenceEnd, at) => {
                    let items: Vec<Node<'a>> = self.items.drain(first..).collect();
                    // A block list ends where the next thing begins; its own end is that of its last item.
                    let end = if at.end > at.start || items.is_empty() { at.end } else { end };
                    return Ok(Node { at: Span { end, ..start }, kind: Kind::List(items) });
                }
                (event, at) => {
                    let item = self.node(event, at)?;
                    end = item.at.end.max(end);
                    self.items.push(item);
                }
            }
        }
    }

    fn map(&mut self, start: Span, flow: bool) -> Read<Node<'a>> {
        let first = self.entries.len();
        let mut merged = Vec::new();
        let mut end = start.end;
        loop {
            let (event, at) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                end = if at.end > at.start || self.entries.len() == first { at.end } else { end };
                break;
            }
            let key = self.node(event, at)?;
            let (event, at) = self.next()?;
            let value = self.value(key.at, event, at)?;
            end = value.at.end.max(key.at.end).max(end);
            match key.kind {
                Kind::Scalar { text, plain: true } if text == "<<" => {
                    self.is_plain = false;
                    merged.push(value);
                }
                Kind::Scalar { text, .. } => self.entries.push(Entry { key: text, key_at: key.at, value }),
                Kind::Broken => {}
                Kind::Blank => self.refuse_key(key.at, "this entry has no key"),
                Kind::List(_) | Kind::Map { .. } => self.refuse_key(key.at, "a key is a word, not a list or a map"),
            }
        }
        let mut entries: Vec<Entry<'a>> = self.entries.drain(first..).collect();
        self.refuse_equal_keys(&mut entries);
        for value in merged {
            self.merge(&mut entries, value);
        }
        Ok(Node { at: Span { end, ..start }, kind: Kind::Map { entries, flow } })
    }

    /// The value of a key, which begins with this event.
    fn value(&mut self, key: Span, event: Event<'a>, at: Span) -> Read<Node<'a>> {
        let mut value = self.node(event, at)?;
        let is_empty = matches!(value.kind, Kind::Blank) && value.at.start == value.at.end;
        if let Some(colon) = is_empty.then(|| self.colon_behind(key)).flatten() {
            value.at = self.span(colon + 1, colon + 1);
        }
        Ok(value)
    }

    /// The place of the colon behind a key; in braces a key can do without.
    fn colon_behind(&self, key: Span) -> Option<usize> {
        let rest = self.text.get(key.end as usize..)?;
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        rest[blanks..].starts_with(':').then_some(key.end as usize + blanks)
    }

    fn refuse_key(&mut self, at: Span, message: &str) {
        self.errors.push(Problem::new(at, message, "Write a word before the colon; in quotes if it holds `{`, `[` or `: `."));
    }

    /// Reports keys that stand in one map twice, and keeps the first of each. Of maps it keeps what the others say as well, so that the
    /// ids that they declare are known.
    fn refuse_equal_keys(&mut self, entries: &mut Vec<Entry<'a>>) {
        let repeated = repeated_keys(entries);
        for (again, first) in &repeated {
            let (again, first) = (&entries[*again], &entries[*first]);
            let problem = Problem::new(
                again.key_at,
                format!("the key `{}` stands here a second time", again.key),
                "Keep one of the two, and join what they say.",
            );
            self.errors.push(problem.label(first.key_at, "it stands here first"));
        }
        for (again, first) in &repeated {
            let again = std::mem::replace(&mut entries[*again].value.kind, Kind::Broken);
            if let (Kind::Map { entries: kept, .. }, Kind::Map { entries: more, .. }) = (&mut entries[*first].value.kind, again) {
                kept.extend(more);
            }
        }
        let mut repeated = repeated.into_iter().map(|(again, _)| again).peekable();
        let mut index = 0;
        entries.retain(|_| {
            let keep = repeated.next_if_eq(&index).is_none();
            index += 1;
            keep
        });
    }

    /// Adds what a merge key names: maps whose keys are not written in the map itself.
    fn merge(&mut self, entries: &mut Vec<Entry<'a>>, value: Node<'a>) {
        match value.kind {
            Kind::Map { entries: more, .. } => {
                let written: std::collections::HashSet<String> = entries.iter().map(|entry| entry.key.to_string()).collect();
                entries.extend(more.into_iter().filter(|entry| !written.contains(entry.key.as_ref())));
            }
            Kind::List(items) => items.into_iter().for_each(|item| self.merge(entries, item)),
            Kind::Broken => {}
            Kind::Blank | Kind::Scalar { .. } => {
                let help = "Write an alias such as `<<: *name`, or delete the line.";
                self.errors.push(Problem::new(value.at, "`<<` takes a map, or a list of maps", help));
            }
        }
    }

    fn remember(&mut self, anchor: usize, node: Node<'a>) -> Node<'a> {
        if anchor != 0 {
            self.is_plain = false;
            let size = size(&node);
            self.anchors.insert(anchor, (node.clone(), size));
        }
        node
    }

    fn alias(&mut self, anchor: usize, at: Span) -> Read<Node<'a>> {
        let Some((node, size)) = self.anchors.get(&anchor) else {
            let help = "Write out what is meant here.";
            self.errors.push(Problem::new(at, "this alias stands inside the very value that it repeats", help));
            return Ok(Node { at, kind: Kind::Broken });
        };
        self.aliased += size;
        if self.aliased > ALIASED_VALUES {
            let message = format!("the aliases of this file stand for more than {ALIASED_VALUES} values");
            return Err(Box::new(Problem::new(at, message, "Write out what is meant; no organization needs that many.")));
        }
        // The value stands where it is repeated, so that what is said about it points at the line that the reader can change.
        Ok(Node { at, kind: node.kind.clone() })
    }

    /// Reports a tag that is not YAML's own, and says whether it did.
    fn refuse_tag(&mut self, tag: Option<&Tag>, at: Span) -> bool {
        let Some(tag) = tag.filter(|tag| tag.is_custom()).map(Tag::original) else { return false };
        // The parser gives the place of the value behind the tag.
        let line = self.text.get(..at.start as usize).and_then(|before| before.rsplit('\n').next()).unwrap_or("");
        let start = line.rfind(&tag).map(|column| at.start as usize - line.len() + column);
        let at = start.map_or(at, |start| self.span(start, start + tag.len()));
        let help = "Delete the tag; or put the whole text in quotes if the `!` belongs to it.";
        self.errors.push(Problem::new(at, format!("the tag `{tag}` means nothing in a team file"), help));
        true
    }

    /// ` #` begins a comment even where a number sign was meant: `goal: Fix complaint #1`.
    fn warn_if_cut_short(&mut self, at: Span) {
        let rest = &self.text[at.end as usize..];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if blanks == 0 || !rest[blanks..].starts_with('#') || at.start == at.end {
            return;
        }
        let comment = rest[blanks..].lines().next().unwrap_or("");
        if comment[1..].starts_with(|c: char| !c.is_whitespace() && c != '#' && c != '~') {
            let start = at.end as usize + blanks;
            let at = self.span(start, start + comment.trim_end().len());
            let help = "Put the whole value in quotes; or, if it is a comment, leave a blank after the `#`.";
            self.warnings.push(Problem::new(at, "` #` ends the value here, and the rest is read as a comment", help));
        }
    }

    fn syntax_error(&self, error: &ScanError) -> Problem {
        let marked = (self.part.start + error.marker().byte_offset().unwrap_or(0)).min(self.text.len());
        let before = self.text.get(..marked).unwrap_or("");
        // The parser marks the character behind a tab.
        let start = if is_tab(error.kind()) { before.trim_end_matches('\t').len() } else { marked };
        let rest = self.text.get(start..).unwrap_or("");
        let width = rest.chars().next().filter(|c| !c.is_control()).map_or(0, char::len_utf8);
        let at = self.span(start, start + width);
        if let (Some(open), ErrorKind::InvalidIndentation | ErrorKind::SimpleKeyExpected) = (self.open.last(), error.kind()) {
            let bracket = self.text.get(open.start as usize..).and_then(|text| text.chars().next()).unwrap_or('[');
            let problem = Problem::new(at, format!("a `{bracket}` is not closed before this"), "Add the closing bracket.");
            return problem.label(open.start_point(), "it is opened here");
        }
        let line = before.rsplit('\n').next().unwrap_or("");
        let (message, help) = explain(error.kind(), line, rest);
        Problem::new(at, message, help)
    }
}

/// Whether a tag says that a value is a text.
fn is_text(tag: &Tag) -> bool {
    tag.is_yaml_core_schema_tag("str")
}

/// The entries whose key stands in the map before, each with the entry that has it first; in the order of the file.
fn repeated_keys(entries: &[Entry<'_>]) -> Vec<(usize, usize)> {
    if entries.len() <= FEW_KEYS {
        let first = |again: usize| entries[..again].iter().position(|entry| entry.key == entries[again].key);
        return (1..entries.len()).filter_map(|again| Some((again, first(again)?))).collect();
    }
    let mut firsts = FxHashMap::with_capacity_and_hasher(entries.len(), rustc_hash::FxBuildHasher);
    let places = entries.iter().enumerate();
    places
        .filter_map(|(index, entry)| {
            let first = *firsts.entry(entry.key.as_ref()).or_insert(index);
            (first != index).then_some((index, first))
        })
        .collect()
}

/// How many values a value is made of.
fn size(node: &Node<'_>) -> usize {
    match &node.kind {
        Kind::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Kind::Map { entries, .. } => 1 + entries.iter().map(|entry| size(&entry.value)).sum::<usize>(),
        Kind::Blank | Kind::Scalar { .. } | Kind::Broken => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Sources};

    fn with<T>(text: &str, then: impl FnOnce(&Sources, Parsed<'_>) -> T) -> T {
        let sources = Sources::new(vec![Source::new("a.yaml", text)]);
        let (file, source) = sources.iter().next().expect("one source was given");
        then(&sources, parse(file, &source.text))
    }

    fn messages(text: &str) -> Vec<String> {
        with(text, |_, parsed| parsed.errors.into_iter().map(|problem| problem.message).collect())
    }

    fn first_keys(text: &str) -> Vec<String> {
        with(text, |_, parsed| match parsed.root.expect("the text is valid").kind {
            Kind::Map { entries, .. } => entries.into_iter().map(|entry| entry.key.into_owned()).collect(),
            _ => Vec::new(),
        })
    }

    #[test]
    fn blank_values_are_told_from_words() {
        with("a:\nb: ~\nc: null\nd: ''\n", |_, parsed| {
            let Kind::Map { entries, .. } = parsed.root.expect("the text is valid").kind else {
                panic!("the text is a map");
            };
            let blank: Vec<bool> = entries.iter().map(|entry| matches!(entry.value.kind, Kind::Blank)).collect();
            assert_eq!(blank, [true, true, false, false]);
        });
    }

    #[test]
    fn merge_keys_add_what_the_map_does_not_say() {
        let keys = first_keys("<<: [{a: 1, b: 2}, {c: 3}]\nb: 4\n");
        assert_eq!(keys, ["b", "a", "c"]);
    }

    #[test]
    fn equal_keys_are_reported_in_small_and_large_maps() {
        assert_eq!(messages("a: 1\na: 2\n"), ["the key `a` stands here a second time"]);
        let many: String = (0..40).map(|n| format!("k{n}: 1\n")).collect();
        assert_eq!(messages(&format!("{many}k7: 2\n")), ["the key `k7` stands here a second time"]);
    }

    #[test]
    fn an_alias_bomb_stops_early() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let items = vec![format!("*a{}", level - 1); 10].join(", ");
            text.push_str(&format!("a{level}: &a{level} [{items}]\n"));
        }
        assert_eq!(messages(&text), ["the aliases of this file stand for more than 250000 values"]);
    }

    #[test]
    fn an_alias_inside_its_own_value_is_refused() {
        assert_eq!(messages("a: &a [*a]\n"), ["this alias stands inside the very value that it repeats"]);
    }

    #[test]
    fn deep_nesting_is_refused_promptly() {
        for text in ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(100_000)] {
            assert_eq!(messages(&text), ["lists and maps nest too deep here"]);
        }
    }

    #[test]
    fn a_number_sign_that_cuts_a_value_short_is_a_warning() {
        let warned = |text: &str| with(text, |_, parsed| parsed.warnings.len());
        assert_eq!(warned("goal: Fix complaint #1\n"), 1);
        assert_eq!(warned("goal: Fix complaints # the first one\n"), 0);
        assert_eq!(warned("goal: \"Fix complaint\" #1\n"), 0);
    }

    #[test]
    fn a_block_collection_ends_with_its_last_value() {
        with("a:\n  b: 1\n\n\nc: 2\n", |sources, parsed| {
            let Kind::Map { entries, .. } = parsed.root.expect("the text is valid").kind else {
                panic!("the text is a map");
            };
            let at = sources.position(entries[0].value.at);
            assert_eq!((at.line, at.column, at.end_line, at.end_column), (2, 3, 2, 7));
        });
    }
}
