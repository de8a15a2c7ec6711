//! Text as a terminal takes it.

use unicode_width::UnicodeWidthStr;

/// Asserts that nothing is in a text that a terminal obeys, but for the ends of lines.
pub fn assert_harmless(text: &str) {
    let is_obeyed = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let found = text.char_indices().find(|(_, c)| is_obeyed(*c));
    assert!(found.is_none(), "{found:?} is obeyed in\n{text:?}");
}

/// Asserts that no line is wider than a terminal, unless the one word is that stands in it behind what leads it. Excerpts are laid
/// out by a library, which puts words beside what they are about, however far to the right that is.
pub fn assert_fits(text: &str, width: usize) {
    let of_excerpt = |line: &str| {
        let behind_number = line.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
        ["|", "-->", ":::"].iter().any(|mark| behind_number.starts_with(mark))
    };
    // A blank between colons, which keeps a runner from obeying them, is put into lines that are broken already.
    let most = |line: &str| width + usize::from(line.trim_start().starts_with(": :"));
    for line in text.lines().filter(|line| line.width() > most(line) && !of_excerpt(line)) {
        let cut = line.rsplit_once(' ').map_or("", |(before, _)| before);
        assert!(cut.width() <= width / 2, "wider than {width} columns: {line}");
    }
}

/// A coloured text without its colours.
pub fn without_colors(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| {
        let (code, rest) = part.split_once('m').expect("a colour ends");
        assert!(code.chars().all(|c| c.is_ascii_digit() || c == ';'), "{code:?} is no colour");
        plain + rest
    })
}
