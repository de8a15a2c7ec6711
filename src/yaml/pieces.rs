//! Reads a text piece by piece: no tree of it as a whole is built, and the two halves of a long one are read at the same time.
//!
//! Only a text of which there is nothing to say is read in this way, and only if no value in it reaches beyond its own place. Any
//! other has to be read as a whole, so that no message depends on pieces. A long text is cut before an entry of one of its sections,
//! because a line that begins an entry begins a map of its own just as well; whatever is in doubt speaks against the cut.

use super::{Builder, DEPTH, Entry, Event, Kind, StructureStyle, options};
use crate::parallel;
use crate::source::{FileId, Span};
use rustc_hash::{FxBuildHasher, FxHashSet};
use std::borrow::Cow;
use std::hash::BuildHasher;
use std::ops::Range;

/// Takes the pieces of a text, in its order: the entries of its sections one by one, and all other keys with their values.
pub trait Pieces<'a>: Send {
    /// Begins without a piece; `at` is where the first one stands.
    fn new(at: Span) -> Self;

    /// Whether a map under this key is a section.
    fn is_section(key: &str) -> bool;

    /// Takes an entry of a section.
    fn entry(&mut self, section: &Key<'a>, entry: Entry<'a>);

    /// Takes a key that is no section.
    fn key(&mut self, entry: Entry<'a>);
}

/// A key, and where it stands.
#[derive(Clone, Debug)]
pub struct Key<'a> {
    /// The key.
    pub key: Cow<'a, str>,
    /// Where it stands.
    pub at: Span,
}

/// Reads a text in pieces; a long one in two halves. None if it has to be read as a whole.
pub fn pieces<'a, P: Pieces<'a>>(file: FileId, text: &'a str) -> Option<Vec<P>> {
    let is_long = text.len() >= parallel::LONG;
    if let Some(cut) = is_long.then(|| Cut::near(text, text.len() / 2)).flatten().filter(|cut| P::is_section(cut.section)) {
        return cut.halves(file, text).map(Vec::from);
    }
    let mut part = Part::new(file, text, 0..text.len(), DEPTH);
    let mut pieces = P::new(part.begin()??);
    part.keys(&mut pieces)?;
    part.end().map(|()| vec![pieces])
}

/// A part of a text that is a map of its own. Its methods give none where the text has to be read as a whole.
struct Part<'a>(Builder<'a>);

/// The keys of a map, each by its hash alone: if two have the same one, the text is read as a whole, and that tells whether they are
/// the same.
type Keys = FxHashSet<u64>;

/// What was seen of the keys of a text.
#[derive(Default)]
struct Seen<'a> {
    keys: Keys,
    /// The section behind which no other key stands.
    last: Option<Section<'a>>,
}

/// What was seen of a section.
struct Section<'a> {
    key: Key<'a>,
    /// Where its first entry begins.
    begin: usize,
    /// The keys of its entries.
    ids: Keys,
}

impl<'a> Part<'a> {
    /// A part of a text, in which collections in block style may nest so deep.
    fn new(file: FileId, text: &'a str, part: Range<usize>, depth: usize) -> Self {
        Part(Builder::new(file, text, part, options(depth)))
    }

    /// Where the map begins; within, none if the part is blank.
    fn begin(&mut self) -> Option<Option<Span>> {
        loop {
            match self.0.next().ok()? {
                (Event::StreamStart | Event::DocumentStart(..), _) => {}
                (Event::MappingStart(StructureStyle::Block, 0, None), at) => return Some(Some(at)),
                (Event::StreamEnd, _) => return Some(None),
                _ => return None,
            }
        }
    }

    /// Reads to the end, behind the map.
    fn end(mut self) -> Option<()> {
        loop {
            match self.0.next().ok()? {
                (Event::DocumentEnd, _) => {}
                (Event::StreamEnd, _) => return self.0.is_flawless().then_some(()),
                _ => return None,
            }
        }
    }

    /// Reads the map as that of a whole text.
    fn keys<P: Pieces<'a>>(&mut self, pieces: &mut P) -> Option<Seen<'a>> {
        let mut seen = Seen::default();
        while let Some(key) = self.key(&mut seen.keys)? {
            let (event, at) = self.0.next().ok()?;
            let is_map = matches!(event, Event::MappingStart(StructureStyle::Block, 0, None));
            seen.last = if is_map && P::is_section(&key.key) {
                Some(self.entries(key, pieces)?)
            } else {
                let value = self.0.value(key.at, event, at).ok()?;
                pieces.key(Entry { key: key.key, key_at: key.at, value });
                None
            };
        }
        Some(seen)
    }

    /// Reads the map as that of a section.
    fn entries<P: Pieces<'a>>(&mut self, of: Key<'a>, pieces: &mut P) -> Option<Section<'a>> {
        let mut ids = Keys::default();
        let mut begin = None;
        while let Some(key) = self.key(&mut ids)? {
            begin.get_or_insert(key.at.start as usize);
            let (event, at) = self.0.next().ok()?;
            let value = self.0.value(key.at, event, at).ok()?;
            pieces.entry(&of, Entry { key: key.key, key_at: key.at, value });
        }
        Some(Section { key: of, begin: begin?, ids })
    }

    /// The next key of the map, which is none of those before; within, none at the end of the map.
    fn key(&mut self, before: &mut Keys) -> Option<Option<Key<'a>>> {
        let (event, at) = self.0.next().ok()?;
        if matches!(event, Event::MappingEnd) {
            return Some(None);
        }
        match self.0.node(event, at).ok()?.kind {
            Kind::Scalar { text, plain } if !(plain && text == "<<") && before.insert(FxBuildHasher.hash_one(&text)) => {
                Some(Some(Key { key: text, at }))
            }
            _ => None,
        }
    }
}

/// Where a text can be cut, by its indentation alone.
#[derive(Debug)]
struct Cut<'a> {
    /// The key of the section, and where its line begins.
    section: &'a str,
    start: usize,
    /// Where the entry begins before which the text is cut: its whole line.
    at: usize,
    /// Where the section ends.
    end: usize,
    /// How many blanks stand before the keys of the section.
    column: usize,
}

impl<'a> Cut<'a> {
    /// The first cut behind the middle, in the section that the middle is in.
    fn near(text: &'a str, middle: usize) -> Option<Self> {
        let before = text.as_bytes().get(..middle)?;
        let starts = memchr::memrchr_iter(b'\n', before).map(|end| end + 1).chain([0]);
        let section = starts.map(|start| Line::at(text, start)).find(|line| line.column == 0 && line.is_content())?;
        let first = section.others(text).find(Line::is_content)?;
        let at = Line::at(text, middle).others(text).find(|line| line.is_content() && line.column <= first.column)?;
        let end = at.others(text).find(|line| line.is_content() && line.column == 0);
        let are_keys = [Some(&section), Some(&first), Some(&at), end.as_ref()].into_iter().flatten().all(Line::is_key);
        let is_cut = are_keys && first.column > 0 && at.column == first.column;
        let (key, _) = text.get(section.start..)?.split_once(':')?;
        let end = end.map_or(text.len(), |end| end.start);
        is_cut.then_some(Cut { section: key, start: section.start, at: at.start, end, column: at.column })
    }

    /// The pieces of both halves.
    fn halves<P: Pieces<'a>>(&self, file: FileId, text: &'a str) -> Option<[P; 2]> {
        let before = || {
            let mut part = Part::new(file, text, 0..self.at, DEPTH);
            let mut pieces = P::new(part.begin()??);
            let seen = part.keys(&mut pieces)?;
            part.end().map(|()| (pieces, seen))
        };
        let behind = || {
            // The entries of the section stand in no other map here, so they may nest one level less.
            let mut part = Part::new(file, text, self.at..self.end, DEPTH - 1);
            let mut pieces = P::new(part.begin()??);
            let at = Span { file, start: self.start as u32, end: (self.start + self.section.len()) as u32 };
            let section = part.entries(Key { key: self.section.into(), at }, &mut pieces)?;
            part.end()?;
            let mut part = Part::new(file, text, self.end..text.len(), DEPTH);
            let rest = if part.begin()?.is_some() { part.keys(&mut pieces)? } else { Seen::default() };
            part.end().map(|()| (pieces, section, rest))
        };
        let (before, behind) = parallel::both(true, before, behind);
        let ((first, seen), (second, section, rest)) = before.zip(behind)?;
        let cut = seen.last?;
        let blanks = format!("\n{:1$}", "", self.column);
        let is_in_column = |key: usize| text.get(..key).is_some_and(|before| before.ends_with(&blanks));
        let is_one = cut.key.key == self.section && is_in_column(cut.begin) && is_in_column(section.begin);
        (is_one && cut.ids.is_disjoint(&section.ids) && seen.keys.is_disjoint(&rest.keys)).then_some([first, second])
    }
}

/// One line of a text.
#[derive(Debug)]
struct Line {
    start: usize,
    /// How many blanks it begins with.
    column: usize,
    /// What stands behind them; a line break at the end of the text.
    first: u8,
}

impl Line {
    /// The line that begins at a place.
    fn at(text: &str, start: usize) -> Line {
        let rest = text.as_bytes().get(start..).unwrap_or_default();
        let column = rest.iter().take_while(|byte| **byte == b' ').count();
        Line { start, column, first: rest.get(column).copied().unwrap_or(b'\n') }
    }

    /// The lines behind it.
    fn others(&self, text: &str) -> impl Iterator<Item = Line> {
        let rest = text.as_bytes().get(self.start..).unwrap_or_default();
        memchr::memchr_iter(b'\n', rest).map(|end| Line::at(text, self.start + end + 1))
    }

    /// Whether it is neither blank nor a comment.
    fn is_content(&self) -> bool {
        !matches!(self.first, b'\n' | b'\r' | b'#')
    }

    /// Whether it begins with a word, as most keys do.
    fn is_key(&self) -> bool {
        self.first.is_ascii_alphanumeric()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, Sources};
    use crate::yaml::{Node, parse};

    /// Pieces that are put together again.
    #[derive(Debug, Default)]
    struct Tree<'a>(Vec<Entry<'a>>);

    impl<'a> Pieces<'a> for Tree<'a> {
        fn new(_: Span) -> Self {
            Tree::default()
        }

        fn is_section(_: &str) -> bool {
            true
        }

        fn entry(&mut self, section: &Key<'a>, entry: Entry<'a>) {
            match self.0.last_mut().map(|last| (&last.key, &mut last.value.kind)) {
                Some((key, Kind::Map { entries, .. })) if *key == section.key => entries.push(entry),
                _ => {
                    let kind = Kind::Map { entries: vec![entry], flow: false };
                    self.key(Entry { key: section.key.clone(), key_at: section.at, value: Node { at: section.at, kind } });
                }
            }
        }

        fn key(&mut self, entry: Entry<'a>) {
            self.0.push(entry);
        }
    }

    /// What the pieces are together. The places of sections are not told.
    fn shown(pieces: Vec<Tree<'_>>) -> String {
        let mut whole = Tree::default();
        for entry in pieces.into_iter().flat_map(|tree| tree.0) {
            match entry.value.kind {
                Kind::Map { entries, flow: false } => {
                    let key = Key { key: entry.key, at: entry.key_at };
                    entries.into_iter().for_each(|entry| whole.entry(&key, entry));
                }
                _ => whole.key(entry),
            }
        }
        format!("{whole:?}")
    }

    /// Reads a text in pieces, and in halves at every place at which it can be cut; returns how many those are.
    fn cuts(text: &str) -> usize {
        let sources = Sources::new(vec![Source::new("a.yaml", text)]);
        let (file, _) = sources.iter().next().expect("one source was given");
        let whole = parse(file, text);
        let whole = match whole.root.map(|root| root.kind) {
            Some(Kind::Map { entries, flow: false }) if whole.errors.is_empty() && whole.warnings.is_empty() => {
                Some(shown(vec![Tree(entries)]))
            }
            _ => None,
        };
        if let Some(pieces) = pieces(file, text) {
            assert_eq!(Some(shown(pieces)), whole, "{text}");
        }
        let ends = text.match_indices('\n').map(|(end, _)| end + 1);
        let halves = ends.filter_map(|middle| Cut::near(text, middle)?.halves(file, text));
        halves.map(|halves: [Tree<'_>; 2]| assert_eq!(Some(shown(halves.into())), whole, "{text}")).count()
    }

    #[test]
    fn both_halves_together_are_the_whole() {
        for text in [
            "people:\n  ann: {name: Ann}\n  ben:\n    name: Ben\nteams:\n  core: 1\n  edge: 2\n  last: 3\n",
            "# all\n\npeople:\n\n  # first\n  ann: a\n# between\n  ben: b\n\nteams: {}\n# end",
            "people:\r\n  ann: a\r\n  ben: b\r\n  cid: c",
            "people:\n  ann: |\n    text\n\n    more\n  ben: >-\n   folded\n  cid:\n  - a\n  - b\n  dee:\n",
            "people:\n  ann: plain\n    goes on\n  ben: \"quoted\n    too\"\n  cid: [a,\n    b]\n",
        ] {
            assert_ne!(cuts(text), 0, "{text}");
        }
        let example = include_str!("../../examples/squads.yaml");
        assert_ne!(cuts(example), 0);
    }

    #[test]
    fn nothing_is_cut_that_reaches_over_the_cut() {
        for text in [
            "people:\n  ann: 1\n",
            "people:\n  ann: \"1\n  ben: 2\n  cid: 3\"\n",
            "people:\n  ann: {a: 1,\n  ben: 2,\n  cid: 3}\n",
            "people: |\n  ann: 1\n  ben: 2\n  cid: 3\n",
            "people: >\n  ann: 1\n  ben: 2\n  cid: 3\nteams: 1\n",
            "people:\n  ann: &a 1\n  ben: *a\n  cid: 3\n",
            "people:\n  ann: &a 1\n  ben: 2\n  cid: *a\n",
            "people:\n  ann: 1\n  ben: 2\n  <<: {dee: 4}\n",
            "people:\n  ann: 1\n  ben: 2\n  ann: 3\n",
            "people:\n  ann: 1\n  ben: 2\npeople:\n  cid: 3\n",
            "people:\n  ann: 1\n  ben: 2\n...\npeople:\n  cid: 3\n",
            "people:\n  ann: 1\n  ben: 2\n---\nteams: 1\n",
            "people:\n- ann: 1\n  ben: 2\n- cid: 3\n",
            "people:\n  - ann: 1\n    ben: 2\n  - cid: 3\n",
            "people:\n  ? ann\n  : 1\n  ? ben\n  : 2\n",
            "people:\n\r ann:\n  ben: 1\n  cid: 2\n",
            "people:\n  ann:\n\tben: 1\n  cid: 2\n",
            "people:\n  ann: 1\n   ben: 2\n  cid: 3\n",
            "people:\n  ann: 1\n ben: 2\n",
            "people:\n  ann: a #1\n  ben: 2\n",
            "{people:\n  ann: 1,\n  ben: 2}\n",
            "  people:\n    ann: 1\n    ben: 2\n",
        ] {
            assert_eq!(cuts(text), 0, "{text}");
        }
    }

    #[test]
    fn halves_nest_as_deep_as_the_whole() {
        for depth in DEPTH - 4..DEPTH + 4 {
            for (open, close) in [("[", "]"), ("{a: ", "}")] {
                let value = format!("{}{}", open.repeat(depth), close.repeat(depth));
                cuts(&format!("people:\n  ann: {value}\n  ben: {value}\n  cid: 1\nteams: {value}\n"));
            }
            let deep = |indent: usize| (0..depth).map(|level| format!("{:1$}a:\n", "", indent + level)).collect::<String>();
            cuts(&format!("people:\n  ann:\n{}  ben:\n{}  cid: 1\nteams:\n{}", deep(3), deep(3), deep(1)));
        }
    }
}
