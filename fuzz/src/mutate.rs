//! Mutations of words and lines: most of what is one word away from a team file is one too, and reaches what broken YAML never does.

use libfuzzer_sys::fuzzer_mutate;

/// What people, teams and products might be called by somebody who means harm, as team files and charts take it.
const HOSTILE: [&str; 24] = [
    r#""a | b || c""#,
    r#""`x` ``y` [l](http://x.test) ![i](x) *b* _u_ <b>z</b>""#,
    r#""\e[2J\e]0;t\a\x9b31m""#,
    r#""\u202ennA \u2066\u200f\u2028\ufeff""#,
    r#""one\ntwo\r\n| row | --- |\n# heading\n::error::x""#,
    r#""=cmd('calc')|x""#,
    r#""+1,2;\"q\" 'r'\t@sum -3""#,
    r#""]]> <!-- &amp; &#x0; </script>""#,
    r#""%0A::add-mask::x, a:b%25""#,
    r#""graph\"]:::x; end <br/> #quot; fa:fa-car $$x$$""#,
    r#""\0\x01\x7f\ufffe\U0010ffff""#,
    r#""\r""#,
    r#""https://x.test www.x.test a@x.test @ann #12""#,
    r#""<img src=x onerror=alert(1)> onclick=x""#,
    r#""""#,
    r#""  ""#,
    "''",
    "~",
    "nobody",
    "e\u{301}",
    "決める",
    "👩‍👩‍👧",
    "ﷺ",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

/// Changes an input, and returns its new length: words and lines as often as bytes.
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let mut dice = Dice(seed);
    let changed = match std::str::from_utf8(&data[..size]) {
        Ok(text) if !text.is_empty() && dice.below(2) == 0 => changed(text, &mut dice),
        _ => return fuzzer_mutate(data, size, max_size),
    };
    let len = changed.len().min(max_size);
    data[..len].copy_from_slice(&changed.as_bytes()[..len]);
    len
}

fn changed(text: &str, dice: &mut Dice) -> String {
    let mut text = text.to_owned();
    for _ in 0..=dice.below(3) {
        text = if dice.below(3) == 0 { with_other_lines(&text, dice) } else { with_other_word(&text, dice) };
    }
    text
}

/// A line doubled, taken out or moved.
fn with_other_lines(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.is_empty() {
        return String::new();
    }
    let (from, to) = (dice.below(lines.len()), dice.below(lines.len()));
    match dice.below(3) {
        0 => lines.insert(to, lines[from]),
        1 => _ = lines.remove(from),
        _ => lines.swap(from, to),
    }
    lines.concat()
}

/// A word in the place of another: one of the text itself, or a hostile one.
fn with_other_word(text: &str, dice: &mut Dice) -> String {
    let words = words(text);
    if words.is_empty() {
        return text.to_owned();
    }
    let (at, other) = (words[dice.below(words.len())], words[dice.below(words.len())]);
    let word = if dice.below(3) == 0 { HOSTILE[dice.below(HOSTILE.len())] } else { &text[other.0..other.1] };
    [&text[..at.0], word, &text[at.1..]].concat()
}

/// Where the words of a text begin and end.
fn words(text: &str) -> Vec<(usize, usize)> {
    let is_mark = |c: char| c.is_whitespace() || ":,;|[]{}<>=\"'".contains(c);
    let start = text.as_ptr() as usize;
    let begin = |word: &str| word.as_ptr() as usize - start;
    text.split(is_mark).filter(|word| !word.is_empty()).map(|word| (begin(word), begin(word) + word.len())).collect()
}

/// Numbers that follow from a seed.
struct Dice(u32);

impl Dice {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) as usize % count
    }
}
