//! From bytes to text, and from the text of a cell to what a reader sees of it.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// How much of a file shows which encoding it has.
const SAMPLE: usize = 4096;

/// The text of a file, its line breaks all of one kind; none where the bytes are no text.
///
/// A byte order mark settles the encoding. Without one, what is valid as UTF-8 is UTF-8; the rest comes from the old encoding of
/// Western spreadsheets, of which every byte is a character.
pub(super) fn decode(bytes: &[u8]) -> Option<String> {
    let text = if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        encoding.decode_without_bom_handling(bytes.get(mark..)?).0
    } else if let Some(encoding) = wide(bytes) {
        encoding.decode_without_bom_handling(bytes).0
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        Cow::Borrowed(text)
    } else {
        WINDOWS_1252.decode_without_bom_handling(bytes).0
    };
    is_text(&text).then(|| text.replace("\r\n", "\n").replace('\r', "\n"))
}

/// UTF-16 without a mark: in most languages of the table headings, every second byte is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    let enough = sample.len() / 4;
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    match (zeros(0), zeros(1)) {
        (0, odd) if odd > enough => Some(UTF_16LE),
        (even, 0) if even > enough => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether a text holds no zero, and no more than a few stray control characters: office programs break lines within a cell by one.
fn is_text(text: &str) -> bool {
    let stray = |c: char| c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t' | '\x0c');
    !text.contains('\0') && text.chars().filter(|&c| stray(c)).count() <= 8 + text.len() / 50
}

/// The text of a cell as a reader sees it: in one line, without characters that cannot be seen and without the marks of emphasis
/// around it.
pub(super) fn plain(text: &str) -> String {
    // Most cells hold a letter or a word.
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'/') {
        return text.to_owned();
    }
    let mut seen = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let start = seen.len();
        if start > 0 {
            seen.push(' ');
        }
        seen.extend(word.chars().filter(|&c| !is_invisible(c)));
        if seen.len() <= start + usize::from(start > 0) {
            seen.truncate(start);
        }
    }
    match unmarked(&seen) {
        inner if inner.len() < seen.len() => inner.to_owned(),
        _ => seen,
    }
}

/// Characters without width that editors and web pages leave behind.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// A text without the marks of emphasis that stand around all of it.
fn unmarked(mut text: &str) -> &str {
    let inner = |text: &'_ str, mark: &str| -> Option<(usize, usize)> {
        let inner = text.strip_prefix(mark)?.strip_suffix(mark)?;
        (!inner.is_empty() && !inner.contains(mark)).then_some((mark.len(), text.len() - mark.len()))
    };
    while let Some((start, end)) = ["**", "__", "`", "*"].iter().find_map(|mark| inner(text, mark)) {
        text = text.get(start..end).unwrap_or_default().trim();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_text() {
        let text = "Aufgabe;Führung\r\nPläne;A\r\n";
        let wide: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
        let western = WINDOWS_1252.encode(text).0.into_owned();
        let all = [
            text.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", text.as_bytes()),
            marked(b"\xff\xfe", &little),
            marked(b"\xfe\xff", &big),
            little,
            big,
            western,
        ];
        for bytes in all {
            assert_eq!(decode(&bytes).as_deref(), Some("Aufgabe;Führung\nPläne;A\n"), "{bytes:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_give_none() {
        let noise: Vec<u8> = (0..=255u8).collect();
        for bytes in [b"a\0b".as_slice(), b"\xff\xfe\0\0a\0\0\0", &noise] {
            assert_eq!(decode(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn stray_control_characters_make_no_text_binary() {
        assert_eq!(decode(b"Task,Ann\nSell\x0band ship,A\x07\n").as_deref(), Some("Task,Ann\nSell\x0band ship,A\x07\n"));
    }

    #[test]
    fn a_cell_is_what_a_reader_sees() {
        for (written, seen) in [
            ("  A /\n R ", "A / R"),
            ("**A/R**", "A/R"),
            ("***A***", "A"),
            ("__R__", "R"),
            ("`C`", "C"),
            ("A*", "A*"),
            ("**A** or **R**", "**A** or **R**"),
            ("**", "**"),
            ("*", "*"),
            ("\u{feff}Task\u{a0}name\u{200b}", "Task name"),
            ("\u{200b}", ""),
            ("a\u{200b} \u{200b} b", "a b"),
            ("R\x07", "R"),
            ("", ""),
        ] {
            assert_eq!(plain(written), seen, "{written:?}");
        }
    }
}
