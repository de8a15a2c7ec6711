//! Reads a text piece by piece: no tree of it as a whole is built, and stretches of a long one are read at the same time.
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

/// Into how many stretches a long text is cut: more than most machines have cores, because some take longer than others.
const STRETCHES: usize = 8;

/// Reads a text in pieces; those of each stretch of a long one are together. None if it has to be read as a whole.
pub fn pieces<'a, P: Pieces<'a>>(file: FileId, text: &'a str) -> Option<Vec<P>> {
    let mut cuts = Vec::new();
    if text.len() >= parallel::LONG {
        cuts = Cut::behind(text, (1..STRETCHES).map(|stretch| text.len() / STRETCHES * stretch));
        cuts.retain(|cut| P::is_section(cut.section));
    }
    stretches(file, text, &cuts)
}

/// Reads the stretches of a text before, between and behind the cuts.
fn stretches<'a, P: Pieces<'a>>(file: FileId, text: &'a str, cuts: &[Cut<'a>]) -> Option<Vec<P>> {
    let from = [None].into_iter().chain(cuts.iter().map(Some));
    let to = cuts.iter().map(Some).chain([None]);
    let bounds: Vec<(Option<&Cut<'a>>, Option<&Cut<'a>>)> = from.zip(to).collect();
    let read = parallel::each(!cuts.is_empty(), &bounds, |(from, to)| Stretch::read(file, text, *from, *to));
    let mut keys = Keys::default();
    let mut last: Option<Section<'a>> = None;
    let mut all = Vec::with_capacity(bounds.len());
    for (stretch, (from, _)) in read.into_iter().zip(&bounds) {
        let Stretch { pieces, rest, seen } = stretch?;
        if let Some((cut, rest)) = from.zip(rest) {
            let section = last.as_mut().filter(|section| cut.is_within(section, &rest, text))?;
            if !rest.ids.into_iter().all(|id| section.ids.insert(id)) {
                return None;
            }
        }
        if !seen.keys.is_empty() {
            last = seen.last;
        }
        if !seen.keys.into_iter().all(|key| keys.insert(key)) {
            return None;
        }
        all.push(pieces);
    }
    Some(all)
}

/// What was read between two cuts.
struct Stretch<'a, P> {
    pieces: P,
    /// The section that the cut before stands in, from there on.
    rest: Option<Section<'a>>,
    /// The keys behind that section.
    seen: Seen<'a>,
}

impl<'a, P: Pieces<'a>> Stretch<'a, P> {
    /// Reads from the beginning or a cut to a cut or the end.
    fn read(file: FileId, text: &'a str, from: Option<&Cut<'a>>, to: Option<&Cut<'a>>) -> Option<Self> {
        let end = to.map_or(text.len(), |cut| cut.at);
        let Some(cut) = from else {
            let mut part = Part::new(file, text, 0..end, DEPTH);
            let mut pieces = P::new(part.begin()??);
            let seen = part.keys(&mut pieces)?;
            return part.end().map(|()| Stretch { pieces, rest: None, seen });
        };
        // The entries of the section stand in no other map here, so they may nest one level less.
        let end_of_section = cut.end.min(end);
        let mut part = Part::new(file, text, cut.at..end_of_section, DEPTH - 1);
        let mut pieces = P::new(part.begin()??);
        let at = Span { file, start: cut.start as u32, end: (cut.start + cut.section.len()) as u32 };
        let rest = part.entries(Key { key: cut.section.into(), at }, &mut pieces)?;
        part.end()?;
        let mut part = Part::new(file, text, end_of_section..end, DEPTH);
        let seen = if part.begin()?.is_some() { part.keys(&mut pieces)? } else { Seen::default() };
        part.end().map(|()| Stretch { pieces, rest: Some(rest), seen })
    }
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
    /// The first cut behind each of some places, in the section that the place is in.
    fn behind(text: &'a str, places: impl Iterator<Item = usize>) -> Vec<Self> {
        let starts = [0].into_iter().chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1));
        let lines = starts.map(|start| Line::at(text, start));
        let mut sections = lines.filter(|line| line.column == 0 && line.is_content()).peekable();
        let (mut cuts, mut section): (Vec<Self>, Option<Line>) = (Vec::new(), None);
        for place in places {
            while let Some(next) = sections.next_if(|next| next.start <= place) {
                section = Some(next);
            }
            let cut = section.as_ref().and_then(|section| Cut::within(text, section, place, sections.peek()));
            cuts.extend(cut.filter(|cut| cuts.last().is_none_or(|before| before.at < cut.at)));
        }
        cuts
    }

    /// The first cut behind a place in a section, which ends where the next one begins.
    fn within(text: &'a str, section: &Line, place: usize, next: Option<&Line>) -> Option<Self> {
        let first = section.others(text).find(Line::is_content)?;
        let at = Line::at(text, place).others(text).find(|line| line.is_content() && line.column <= first.column)?;
        let are_keys = [Some(section), Some(&first), Some(&at), next].into_iter().flatten().all(Line::is_key);
        let is_cut = are_keys && first.column > 0 && at.column == first.column;
        let (key, _) = text.get(section.start..)?.split_once(':')?;
        let end = next.map_or(text.len(), |next| next.start);
        is_cut.then_some(Cut { section: key, start: section.start, at: at.start, end, column: at.column })
    }

    /// Whether the section read before the cut and that behind it are the one that is cut.
    fn is_within(&self, before: &Section<'a>, behind: &Section<'a>, text: &str) -> bool {
        let blanks = format!("\n{:1$}", "", self.column);
        let is_in_column = |key: usize| text.get(..key).is_some_and(|before| before.ends_with(&blanks));
        before.key.key == self.section && is_in_column(before.begin) && is_in_column(behind.begin)
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

    /// Reads a text in pieces, in halves at every place at which it can be cut, and cut at all of them; returns how many those are.
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
        let ends = || text.match_indices('\n').map(|(end, _)| end + 1);
        let is_whole = |cuts: &[Cut<'_>]| {
            let stretches = stretches(file, text, cuts)?;
            assert_eq!(stretches.len(), cuts.len() + 1, "{text}");
            assert_eq!(Some(shown(stretches)), whole, "{text}");
            Some(())
        };
        let everywhere = Cut::behind(text, ends());
        let possible = everywhere.iter().filter_map(|cut| is_whole(std::slice::from_ref(cut))).count();
        if !everywhere.is_empty() {
            assert_eq!(is_whole(&everywhere).is_some(), possible == everywhere.len(), "{text}");
        }
        possible
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
            "people:\n  ann: 1\n  ben: 2\n  cid: 3\n  dee: 4\n  ben: 5\n",
            "people:\n  ann: 1\n  ben: 2\nteams:\n  core: 1\n  edge: 2\npeople:\n  cid: 3\n  dee: 4\n",
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
