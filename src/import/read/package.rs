//! What spreadsheets are packed in: XML parts in a zip archive. Nothing is unpacked as a whole, and nothing beyond its limits.

use super::Unreadable;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::borrow::Cow;
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;

/// How large the parts of a package may be together when they are unpacked.
const MAX_UNPACKED: u64 = 256 << 20;

/// How often larger than packed a part may be that is not small. Sheets that repeat one cell reach fifty; a bomb a thousand.
const MAX_RATIO: u64 = 250;

/// What is small whatever its ratio.
const SMALL: u64 = 8 << 20;

/// A zip archive whose declared sizes are within the limits.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// How much may still be unpacked, whatever sizes are declared.
    left: u64,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        let mut total = 0u64;
        for number in 0..archive.len() {
            let entry = archive.by_index_data(number).map_err(|_| damaged())?;
            if entry.encrypted() {
                return Err(protected());
            }
            total = total.saturating_add(entry.size());
            if total > MAX_UNPACKED || (entry.size() > SMALL && entry.size() / MAX_RATIO > entry.compressed_size()) {
                return Err(bomb());
            }
        }
        Ok(Package { archive, left: MAX_UNPACKED })
    }

    /// Whether the archive has a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The place of a part: names are written with and without a slash before them, and in any case.
    fn find(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        self.archive.index_for_name_raw(name.as_bytes()).or_else(|| {
            let mut names = self.archive.file_names_raw();
            names.position(|other| other.eq_ignore_ascii_case(name.as_bytes()))
        })
    }

    /// The beginning of a part, as text.
    pub(super) fn start_of(&mut self, name: &str, bytes: u64) -> Option<String> {
        let place = self.find(name)?;
        let mut start = Vec::new();
        self.archive.by_index(place).ok()?.take(bytes).read_to_end(&mut start).ok()?;
        Some(String::from_utf8_lossy(&start).into_owned())
    }

    /// Hands the XML of a part to what reads it; without such a part, nothing is read.
    pub(super) fn part<T: Default>(
        &mut self,
        name: &str,
        read: impl FnOnce(&mut Xml<'_>) -> Result<T, Unreadable>,
    ) -> Result<T, Unreadable> {
        let Some(place) = self.find(name) else { return Ok(T::default()) };
        let mut entry = self.archive.by_index(place).map_err(|_| damaged())?;
        let mut limited = Read::take(&mut entry, self.left);
        let done = {
            let source: Box<dyn Read + '_> = Box::new(&mut limited);
            let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, source));
            let config = reader.config_mut();
            config.expand_empty_elements = true;
            config.check_end_names = false;
            config.allow_unmatched_ends = true;
            config.allow_dangling_amp = true;
            read(&mut Xml { reader, buffer: Vec::new() })
        };
        self.left = limited.limit();
        if self.left == 0 { Err(bomb()) } else { done }
    }
}

/// The XML of one part, node by node.
pub(super) struct Xml<'a> {
    reader: Reader<BufReader<Box<dyn Read + 'a>>>,
    buffer: Vec<u8>,
}

/// What tables are read from.
pub(super) enum Node<'a> {
    Start(BytesStart<'a>),
    End(BytesEnd<'a>),
    Text(Cow<'a, str>),
    /// What shows nothing, such as a comment.
    Nothing,
}

impl Xml<'_> {
    /// The next node, if the part goes on. Entities that the part declares itself show nothing: they could grow without end.
    pub(super) fn next(&mut self) -> Result<Option<Node<'_>>, Unreadable> {
        self.buffer.clear();
        Ok(Some(match self.reader.read_event_into(&mut self.buffer).map_err(|_| damaged())? {
            Event::Start(start) => Node::Start(start),
            Event::End(end) => Node::End(end),
            Event::Text(text) => Node::Text(text.xml10_content().map_err(|_| damaged())?),
            Event::CData(text) => Node::Text(text.xml10_content().map_err(|_| damaged())?),
            Event::GeneralRef(name) => match name.resolve_char_ref().map_err(|_| damaged())? {
                Some(c) => Node::Text(Cow::Owned(c.to_string())),
                None => {
                    let name = name.decode().map_err(|_| damaged())?;
                    resolve_predefined_entity(&name).map_or(Node::Nothing, |text| Node::Text(Cow::Borrowed(text)))
                }
            },
            Event::Eof => return Ok(None),
            _ => Node::Nothing,
        }))
    }
}

/// The values of some attributes, by their names without a prefix.
pub(super) fn attributes<'a, const N: usize>(start: &'a BytesStart<'_>, names: [&str; N]) -> [Option<Cow<'a, str>>; N] {
    let mut values = [const { None }; N];
    for one in start.attributes().with_checks(false).filter_map(Result::ok) {
        let name = one.key.local_name();
        for (value, _) in values.iter_mut().zip(names).filter(|(_, wanted)| wanted.as_bytes() == name.as_ref()) {
            *value = one.normalized_value(XmlVersion::Implicit1_0).ok();
        }
    }
    values
}

/// The value of an attribute, by its name without a prefix.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let [value] = attributes(start, [name]);
    value.map(Cow::into_owned)
}

/// An attribute that counts something.
pub(super) fn count(start: &BytesStart<'_>, name: &str) -> Option<usize> {
    attribute(start, name)?.trim().parse().ok()
}

/// A workbook that cannot be read to its end.
pub(super) fn damaged() -> Unreadable {
    Unreadable::new("this workbook is damaged", "Open it in a spreadsheet program and save it again, or save the table as CSV.")
}

/// A workbook that asks for a password.
pub(super) fn protected() -> Unreadable {
    Unreadable::new("this workbook is protected by a password", "Save a copy without the password, or save the table as CSV.")
}

fn bomb() -> Unreadable {
    let message = "this file unpacks to far more than a table of who decides what needs";
    Unreadable::new(message, "Save the table in a file of its own, or as CSV.")
}
