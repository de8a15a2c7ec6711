//! The texts that were read, and where in them something stands.

use std::sync::OnceLock;

/// Which of the run's [`Sources`] something stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A piece of one source, as byte offsets; `end` is exclusive. Orders by file, then by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The source that holds it.
    pub file: FileId,
    /// Offset of its first byte.
    pub start: u32,
    /// Offset after its last byte.
    pub end: u32,
}

/// A place as people count it: lines and columns from 1, columns in characters, the end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the place after the last character.
    pub end_line: usize,
    /// Column of the place after the last character.
    pub end_column: usize,
}

/// One text, under the path that the user gave for it.
#[derive(Debug)]
pub struct Source {
    /// The path as given, with `/` between its parts; `-` is standard input.
    pub path: String,
    /// The text, without a byte-order mark.
    pub text: String,
    line_starts: OnceLock<Vec<u32>>,
}

/// All texts of a run, in the order of their paths.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

/// The largest text that is read, in bytes: offsets are 32 bits wide.
pub const MAX_BYTES: u64 = u32::MAX as u64 - 1;

impl Source {
    /// A text under its path. `text` must not be longer than [`MAX_BYTES`].
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Source { path: path.into(), text: text.into(), line_starts: OnceLock::new() }
    }

    /// Where each line begins. Counted when first asked: a file without findings never needs it.
    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let breaks = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0).chain(breaks.map(|at| at as u32 + 1)).collect()
        })
    }

    /// Line (from 0) of an offset, and the offset at which that line begins.
    fn line_of(&self, offset: u32) -> (usize, u32) {
        let starts = self.line_starts();
        let line = starts.partition_point(|start| *start <= offset).saturating_sub(1);
        (line, starts.get(line).copied().unwrap_or(0))
    }

    fn line_and_column(&self, offset: u32) -> (usize, usize) {
        let (line, start) = self.line_of(offset);
        let before = self.text.get(start as usize..offset as usize).unwrap_or("");
        (line + 1, before.chars().count() + 1)
    }
}

impl Sources {
    /// The texts of a run. They are put in the order of their paths, so that no output depends on the order in which they were
    /// named or found.
    pub fn new(mut files: Vec<Source>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Sources { files }
    }

    /// Every source with its id, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(index, source)| (FileId(index as u32), source))
    }

    /// One source.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// The lines and columns of a span.
    pub fn position(&self, span: Span) -> Position {
        let source = self.get(span.file);
        let (line, column) = source.line_and_column(span.start);
        let (end_line, end_column) = source.line_and_column(span.end);
        Position { line, column, end_line, end_column }
    }

    /// The whole lines from `before` lines ahead of the span to `after` lines behind it: the number of the first line (from 1), the
    /// offset at which it begins, and the text.
    pub fn window(&self, span: Span, before: usize, after: usize) -> (usize, u32, &str) {
        let source = self.get(span.file);
        let starts = source.line_starts();
        let first = source.line_of(span.start).0.saturating_sub(before);
        let last = source.line_of(span.end.max(span.start)).0 + after;
        let start = starts.get(first).copied().unwrap_or(0);
        let end = starts.get(last + 1).map_or(source.text.len(), |next| *next as usize);
        (first + 1, start, source.text.get(start as usize..end).unwrap_or("").trim_end_matches(['\n', '\r']))
    }
}

impl Span {
    /// The place of length zero at which this span begins.
    pub fn start_point(self) -> Span {
        Span { end: self.start, ..self }
    }
}
