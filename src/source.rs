//! The texts that were read, and where in them something stands.

use crate::problem::Problem;
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
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as given, with `/` between its parts; `-` is standard input.
    pub path: String,
    /// The text, without a byte-order mark.
    pub text: String,
    /// Where and why this is no text at all, if it is not; then nothing else should be said of it.
    fault: Option<Fault>,
    line_starts: OnceLock<Vec<u32>>,
}

/// A place at which a file is no text.
#[derive(Clone, Debug)]
struct Fault {
    /// Offset in the text, in which each broken byte sequence became one replacement character.
    offset: u32,
    /// What is wrong, in one sentence without a full stop.
    message: &'static str,
    /// What to do.
    help: &'static str,
}

/// All texts of a run, in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
    /// Whether something was named beside them that could not be read.
    lack_some: bool,
    /// Whether only places may be shown, and nothing of what stands there.
    hidden: bool,
}

/// The largest text that is read, in bytes: offsets are 32 bits wide.
pub const MAX_BYTES: u64 = u32::MAX as u64 - 1;

impl Source {
    /// A text under its path. `text` must not be longer than [`MAX_BYTES`].
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Source { path: path.into(), text: text.into(), fault: None, line_starts: OnceLock::new() }
    }

    /// A file's bytes as text: UTF-8, with or without a byte-order mark. Not more than [`MAX_BYTES`].
    pub fn decode(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        let fault = |offset: usize, message, help| Some(Fault { offset: offset as u32, message, help });
        let marks: [(&[u8], &str); 4] = [
            (b"\xff\xfe\0\0", "this file is UTF-32, not UTF-8"),
            (b"\0\0\xfe\xff", "this file is UTF-32, not UTF-8"),
            (b"\xff\xfe", "this file is UTF-16, not UTF-8"),
            (b"\xfe\xff", "this file is UTF-16, not UTF-8"),
        ];
        if let Some((_, message)) = marks.iter().find(|(mark, _)| bytes.starts_with(mark)) {
            return Source { fault: fault(0, message, "Save it as UTF-8."), ..Source::new(path, "") };
        }
        let mut source = match String::from_utf8(bytes) {
            Ok(text) => Source::new(path, text),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                let (message, help) = ("this is not UTF-8 text", "Save the file as UTF-8.");
                Source { fault: fault(offset, message, help), ..Source::new(path, text) }
            }
        };
        if let Some(text) = source.text.strip_prefix('\u{feff}') {
            source.text = text.to_owned();
            source.fault = source.fault.map(|fault| Fault { offset: fault.offset.saturating_sub(3), ..fault });
        }
        if let (None, Some(offset)) = (&source.fault, memchr::memchr(0, source.text.as_bytes())) {
            let help = "Delete it, or save the file as UTF-8 text.";
            source.fault = fault(offset, "a NUL byte stands here, so this is no text file", help);
        }
        source
    }

    /// What is wrong with a file that is no text, as an input error of the file with this id.
    pub fn fault_at(&self, file: FileId) -> Option<Problem> {
        let fault = self.fault.as_ref()?;
        Some(Problem::new(Span { file, start: fault.offset, end: fault.offset }, fault.message, fault.help))
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
        Sources { files, ..Sources::default() }
    }

    /// The same texts, where others were named that could not be read.
    #[must_use]
    pub fn lacking_some(self) -> Self {
        Sources { lack_some: true, ..self }
    }

    /// The same texts under other paths, of which outputs show places only.
    #[must_use]
    pub fn hidden(&self, path: impl Fn(&str) -> String) -> Self {
        let files = self.files.iter().map(|source| Source { path: path(&source.path), ..source.clone() });
        Sources { files: files.collect(), hidden: true, ..*self }
    }

    /// Whether only places may be shown.
    pub fn are_hidden(&self) -> bool {
        self.hidden
    }

    /// Whether everything that was named could be read.
    pub fn are_complete(&self) -> bool {
        !self.lack_some
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
