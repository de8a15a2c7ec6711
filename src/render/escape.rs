//! Text from files as it may be shown: names and notes are written by anybody, and a terminal or a comment obeys some characters.

use std::borrow::Cow;
use std::io::{self, Write};

/// The longest text that is shown, in characters; JSON has the whole of it.
const LONGEST: usize = 1000;

/// What runners of GitHub and Azure take for the beginning of a command, wherever in a line of the log it stands.
const COMMANDS: [&str; 2] = ["##[", "##vso["];

/// A text on one line, with nothing in it that a terminal or the log of a runner obeys: breaks and tabs become blanks, other control
/// characters their pictures, characters that turn the direction of writing their numbers, and a blank stands before the bracket of a
/// command. What is very long is cut.
pub fn one_line(text: &str) -> Cow<'_, str> {
    // Nearly all texts are plain, and a page has a hundred thousand of them.
    if text.len() <= LONGEST && !has_command(text) {
        let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if is_plain || !text.chars().any(|c| c.is_control() || is_invisible_control(c) || is_no_character(c)) {
            return Cow::Borrowed(text);
        }
    }
    let mut shown = String::with_capacity(text.len().min(LONGEST * 4));
    let mut rest = text.chars();
    for c in rest.by_ref().take(LONGEST) {
        push(&mut shown, if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c });
    }
    if rest.next().is_some() {
        shown.push('…');
    }
    Cow::Owned(shown)
}

/// Appends a piece of a source line as it may be shown; tabs stay, because the excerpt lays them out itself.
pub(super) fn push_source(out: &mut String, piece: &str) {
    for c in piece.chars() {
        if c == '\t' { out.push(c) } else { push(out, c) }
    }
}

/// The length of a piece of a source line as [`push_source`] shows it.
pub(super) fn source_len(piece: &str) -> usize {
    let mut shown = String::with_capacity(piece.len());
    push_source(&mut shown, piece);
    shown.len()
}

/// Text as Markdown that shows it as it is: no markup, no HTML, and none of the references that GitHub makes by itself. `name` in
/// backticks stays code, which is how messages write what belongs in a file.
pub(super) fn markdown(text: &str) -> String {
    let text = one_line(text.trim());
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return plain_markdown(&text);
    }
    parts.iter().enumerate().map(|(n, part)| if n % 2 == 1 { code(part) } else { plain_markdown(part) }).collect()
}

/// A JSON document in which characters that a terminal obeys, and the brackets of commands that a runner obeys, are written as numbers:
/// what prints it need not know of them. They can stand in strings only, where the number means the same.
pub(super) fn json(document: &str) -> Cow<'_, str> {
    let is_obeyed = |c: char| matches!(c, '\u{7f}'..='\u{9f}') || is_invisible_control(c);
    let document = match has_command(document) {
        true => {
            COMMANDS.iter().fold(document.to_owned(), |text, command| text.replace(command, &command.replace('[', "\\u005b")))
        }
        false if document.is_ascii() || !document.contains(is_obeyed) => return Cow::Borrowed(document),
        false => document.to_owned(),
    };
    let mut written = String::with_capacity(document.len() + 64);
    for c in document.chars() {
        if is_obeyed(c) { written.push_str(&format!("\\u{:04x}", u32::from(c))) } else { written.push(c) }
    }
    Cow::Owned(written)
}

/// Text as a cell of a CSV file, on one line. What a spreadsheet would take for a formula is led by an apostrophe.
pub(super) fn cell(text: &str) -> Cow<'_, str> {
    let begins_as_formula = |text: &str| text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']);
    let shown = one_line(text);
    if begins_as_formula(text) || begins_as_formula(text.trim_start()) { format!("'{shown}").into() } else { shown }
}

/// Text as a code span, for names of rules, places and keys.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text);
    // A backtick would end the span, and a bar the table's cell; such a text is rare, and just as clear without the span.
    if text.trim().is_empty() || text.contains(['`', '|']) {
        return if text.is_empty() { "\\`\\`".to_owned() } else { plain_markdown(&text) };
    }
    format!("`{}`", text.trim())
}

fn plain_markdown(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            // GitHub reads formulas between dollars, whatever stands before them.
            '$' => shown.push_str("&#36;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' => shown.extend(['\\', c]),
            '.' if ends_with_word(&shown, "www") => shown.push_str("\\."),
            // Mentions, references, emoji and addresses are made from the finished page, where an escape is gone. A space without
            // width stays, and is what GitHub's own bots put there.
            '@' => shown.push_str("@&#8203;"),
            '#' => shown.push_str("#&#8203;"),
            ':' if rest.peek().is_some_and(|next| !next.is_whitespace()) => shown.push_str(":&#8203;"),
            '-' if ends_with_word(&shown, "gh") && rest.peek().is_some_and(char::is_ascii_digit) => shown.push_str("-&#8203;"),
            _ => shown.push(c),
        }
    }
    shown
}

/// The bytes that mean something to Markdown, or to what GitHub makes of the finished page.
const MEANT: [bool; 256] = {
    let mut meant = [false; 256];
    let (bytes, mut at) = (b"&<>$\\`*_[]|~@#:", 0);
    while at < bytes.len() {
        meant[bytes[at] as usize] = true;
        at += 1;
    }
    meant
};

/// Whether Markdown shows a text as it is. Most names and sentences are such.
fn is_plain(text: &str) -> bool {
    let mut before = 0;
    text.bytes().all(|byte| {
        // What ends in these letters may be the beginning of an address or of a reference.
        let may_begin = matches!((before, byte), (b'w' | b'W', b'.') | (b'h' | b'H', b'-'));
        before = byte;
        !MEANT[usize::from(byte)] && !may_begin
    })
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.len().checked_sub(word.len()).and_then(|start| text.get(start..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
}

/// Writes text that may be printed into the log of a runner, which takes a line that begins with two colons for a command, wherever it was
/// broken: a blank stands between them then.
pub(super) struct Log<'w> {
    out: &'w mut dyn Write,
    at: InLine,
}

/// How much of a line was written.
#[derive(Clone, Copy)]
enum InLine {
    /// Nothing, or what may be blank: every character that is not ASCII counts as such.
    Nothing,
    /// One colon behind nothing.
    Colon,
    /// Something else.
    Something,
}

impl<'w> Log<'w> {
    pub(super) fn new(out: &'w mut dyn Write) -> Self {
        Log { out, at: InLine::Nothing }
    }
}

impl Write for Log<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while let Some(colon) = self.second_colon(rest) {
            let (before, from) = rest.split_at(colon);
            self.out.write_all(before)?;
            self.out.write_all(b" ")?;
            rest = from;
        }
        self.out.write_all(rest)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Log<'_> {
    /// Where the second of two colons stands that begin a line. Behind a blank it is the second of none. Three of them, with which
    /// excerpts of further files begin, are no command.
    fn second_colon(&mut self, bytes: &[u8]) -> Option<usize> {
        (0..).zip(bytes).find_map(|(place, byte)| {
            let (at, is_second) = match (self.at, byte) {
                (_, b'\n') => (InLine::Nothing, false),
                (InLine::Nothing, b' ' | b'\t' | 0x80..) => (InLine::Nothing, false),
                (InLine::Nothing, b':') => (InLine::Colon, false),
                (InLine::Colon, b':') => (InLine::Something, bytes.get(place + 1) != Some(&b':')),
                _ => (InLine::Something, false),
            };
            self.at = at;
            is_second.then_some(place)
        })
    }
}

fn has_command(text: &str) -> bool {
    text.contains("##") && COMMANDS.iter().any(|command| text.contains(command))
}

fn push(out: &mut String, c: char) {
    match c {
        '[' if COMMANDS.iter().any(|command| command.strip_suffix('[').is_some_and(|before| out.ends_with(before))) => {
            out.push_str(" [");
        }
        '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or(char::REPLACEMENT_CHARACTER)),
        '\u{7f}' => out.push('␡'),
        '\u{80}'..='\u{9f}' => out.push(char::REPLACEMENT_CHARACTER),
        _ if is_no_character(c) => out.push(char::REPLACEMENT_CHARACTER),
        _ if is_invisible_control(c) => out.extend(c.escape_unicode()),
        _ => out.push(c),
    }
}

/// Whether it is one of the numbers that Unicode never gives to a character; HTML and XML refuse them.
fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Whether a character changes what is read without being seen: the direction of writing, or where a line ends.
fn is_invisible_control(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(one_line("Zoë decides – 決める"), Cow::Borrowed(_)));
    }

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        assert_eq!(one_line("a\u{1b}[31mb\nc\td\re\u{9b}f\0g\u{7f}"), "a␛[31mb c d e\u{fffd}f␀g␡");
        assert_eq!(one_line("\u{202e}olleh\u{2066}\u{200f}\u{61c}"), "\\u{202e}olleh\\u{2066}\\u{200f}\\u{61c}");
    }

    #[test]
    fn nothing_that_a_log_obeys_is_left() {
        assert_eq!(one_line("a ##[group]b ###[x] ##vso[task]"), "a ## [group]b ### [x] ##vso [task]");
        assert_eq!(one_line("# [x] #[y] ##"), "# [x] #[y] ##");
        assert_eq!(json(r###"["##[a]", "##vso[b]"]"###), r###"["##\u005ba]", "##vso\u005bb]"]"###);
    }

    #[test]
    fn no_line_of_a_log_begins_as_a_command() {
        let logged = |pieces: &[&str]| {
            let mut out = Vec::new();
            let mut log = Log::new(&mut out);
            pieces.iter().for_each(|piece| log.write_all(piece.as_bytes()).expect("memory takes everything"));
            String::from_utf8(out).expect("it is text")
        };
        assert_eq!(logged(&["::error::x\na ::b\n   ::c\n: :d\n"]), ": :error::x\na ::b\n   : :c\n: :d\n");
        assert_eq!(logged(&[" ::: a.yaml\n", "::\n"]), " ::: a.yaml\n: :\n");
        assert_eq!(logged(&["\u{3000}::a\n", ":", ":b\n ", " :", "", ":c"]), "\u{3000}: :a\n: :b\n  : :c");
    }

    #[test]
    fn what_is_no_character_is_replaced() {
        assert_eq!(one_line("a\u{fffe}b\u{1ffff}c\u{fdd0}d\u{fdf0}"), "a\u{fffd}b\u{fffd}c\u{fffd}d\u{fdf0}");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for formula in ["=cmd()", "+1", "-1", "@sum", "\t=1", "\r=1", "  =1", "＝1"] {
            let cell = cell(formula);
            assert!(cell.starts_with('\'') && !cell.contains(['\t', '\r']), "{cell}");
        }
        assert_eq!(cell("Zoë = Z"), "Zoë = Z");
    }

    #[test]
    fn a_long_text_is_cut() {
        let shown = one_line(&"é".repeat(1_000_000)).into_owned();
        assert_eq!(shown.chars().count(), LONGEST + 1);
        assert!(shown.ends_with('…'));
    }

    #[test]
    fn markup_is_shown_as_it_is_written() {
        assert_eq!(
            markdown("a|b *c* _d_ [e](f) <img> &amp; ~g~ \\"),
            "a\\|b \\*c\\* \\_d\\_ \\[e\\](f) &lt;img&gt; &amp;amp; \\~g\\~ \\\\"
        );
    }

    #[test]
    fn nobody_is_mentioned_and_nothing_linked() {
        assert_eq!(
            markdown("@ann fixes #12, GH-3, http://x.y, www.x.y, :tada: and $5"),
            "@&#8203;ann fixes #&#8203;12, GH-&#8203;3, http:&#8203;//x.y, www\\.x.y, :&#8203;tada: and &#36;5"
        );
    }

    #[test]
    fn what_belongs_in_a_file_is_code() {
        assert_eq!(markdown("Write `backlog.order: ann` on the *product*."), "Write `backlog.order: ann` on the \\*product\\*.");
    }

    #[test]
    fn code_cannot_be_left() {
        assert_eq!(markdown("Write `a`b` here"), "Write \\`a\\`b\\` here");
        assert_eq!(markdown("``<b>``"), "\\`\\`&lt;b&gt;\\`\\`");
        assert_eq!(code("a|b"), "a\\|b");
        assert_eq!(code("<b>@ann"), "`<b>@ann`");
    }
}
