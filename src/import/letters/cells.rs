//! What the cells of a chart hold.

use super::{Model, Sense, folded, sense, words};
use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization as _;

/// One thing that a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sign {
    /// By a letter, in Latin capitals.
    Letter(char),
    /// By a word: `Responsible`.
    Word(Sense),
}

/// What a cell of a chart holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Nothing: blank, a dash, `N/A`.
    Blank,
    /// Letters or the words that they stand for.
    Signs {
        /// Each once, in their order.
        signs: SmallVec<[Sign; 4]>,
        /// What stands beside them, such as `jointly`.
        remark: String,
        /// Whether several letters stand together without anything between: `RA` may be letters, `AR` may also be a role.
        joined: bool,
    },
    /// A mark that says yes.
    Tick,
    /// Something else.
    Text,
}

/// The letters of all models: letters that stand together are some of these.
const COMMON: &str = "RACISDPVO";

/// What a cell holds.
pub fn entry(text: &str) -> Entry {
    let text = unmarked(text);
    if let &[only] = text.as_bytes()
        && COMMON.as_bytes().contains(&only)
    {
        let signs = SmallVec::from_slice(&[Sign::Letter(char::from(only))]);
        return Entry::Signs { signs, remark: String::new(), joined: false };
    }
    if is_blank(text) {
        return Entry::Blank;
    }
    if text.len() <= 12 && is_tick(text) {
        return Entry::Tick;
    }
    if !may_begin_with_sign(text) {
        return Entry::Text;
    }
    let (mut outside, mut remark) = split_remark(text);
    if outside.is_empty() {
        (outside, remark) = (remark, String::new());
    }
    // A sentence is no list of letters.
    if outside.len() > 200 {
        return Entry::Text;
    }
    // `R (A)` is two letters; `R (prelim vetting)` is one with a remark.
    let is_capital = |it: char| it.is_uppercase() || is_between(it);
    if !remark.is_empty() && remark.len() < 8 && remark.chars().all(is_capital) {
        let both = signs(&format!("{outside}/{remark}"), String::new());
        if matches!(&both, Entry::Signs { signs, remark, .. } if remark.is_empty() && signs.iter().all(is_of_a_model)) {
            return both;
        }
    }
    signs(&outside, remark)
}

/// Whether the first word of a text may be letters or a word for one: most texts are told by it.
fn may_begin_with_sign(text: &str) -> bool {
    let word = text.split(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
    word.is_empty()
        || word.chars().count() < 6
        || whole_word(&folded(word.trim_end_matches(|it: char| !it.is_alphabetic()))).is_some()
}

fn is_of_a_model(sign: &Sign) -> bool {
    matches!(sign, Sign::Letter(letter) if COMMON.contains(*letter))
}

/// Whether a text is nothing but a mark that says yes.
fn is_tick(text: &str) -> bool {
    // Emoji may be followed by a character that only chooses their look.
    let mut marks = text.chars().filter(|it| *it != '\u{fe0f}' && *it != '\u{fe0e}');
    marks.next().is_some_and(|it| "xX✓✔☑✅●•√хХ×⬤■◼🟢🔵⚫⭐★◉☒".contains(it)) && marks.next().is_none()
}

/// Whether a cell says that there is nothing to say.
pub fn is_blank(text: &str) -> bool {
    let dashes = |it: char| it.is_whitespace() || "-–—−‐‑‒―./_✗✘✖❌🚫\u{fe0e}\u{fe0f}\u{200b}\u{feff}".contains(it);
    text.chars().all(dashes)
        || text == "0"
        || text.len() <= 16
            && matches!(
                folded(text).as_str(),
                "n/a" | "na" | "n.a." | "n. a." | "none" | "nil" | "n.v.t." | "k.a." | "s/o" | "not applicable"
            )
}

/// A text without blanks around it and without marks of emphasis, as far as they come in pairs.
fn unmarked(text: &str) -> &str {
    let mut text = text.trim();
    for mark in ['*', '_', '`', '"', '\''] {
        while let Some(inner) = text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)) {
            text = inner.trim();
        }
    }
    text
}

/// A text without what stands in parentheses, and what stands there.
pub fn split_remark(text: &str) -> (String, String) {
    if !text.contains(['(', '[', '（']) {
        return (text.split_whitespace().collect::<Vec<_>>().join(" "), String::new());
    }
    let (mut outside, mut inside, mut depth) = (String::new(), String::new(), 0_usize);
    for it in text.chars() {
        match it {
            '(' | '[' | '（' => {
                if depth == 0 && !inside.is_empty() {
                    inside.push_str("; ");
                }
                if depth > 0 {
                    inside.push(it);
                }
                depth += 1;
            }
            ')' | ']' | '）' if depth > 0 => {
                depth -= 1;
                if depth > 0 {
                    inside.push(it);
                }
            }
            _ if depth > 0 => inside.push(it),
            _ => outside.push(it),
        }
    }
    let outside: Vec<&str> = outside.split_whitespace().collect();
    (outside.join(" "), inside.trim().to_string())
}

fn signs(text: &str, mut remark: String) -> Entry {
    let mut signs: SmallVec<[Sign; 4]> = SmallVec::new();
    let mut joined = false;
    let mut rest = text.trim_start_matches(is_picture).trim_start();
    let mut gap = "";
    while !rest.is_empty() {
        let end = rest.find(is_between).unwrap_or(rest.len());
        let (token, behind) = rest.split_at(end);
        // A number behind a letter is that of a footnote.
        if !signs.is_empty() && token.len() <= 2 && token.bytes().all(|byte| byte.is_ascii_digit()) {
            append(&mut remark, token);
            let next = behind.find(|it| !is_between(it)).unwrap_or(behind.len());
            (gap, rest) = behind.split_at(next);
            continue;
        }
        // Behind a letter, a word explains it.
        let follows_letter = signs.iter().any(|sign| matches!(sign, Sign::Letter(_)));
        let is_word = |found: &Token<'_>| found.signs.iter().any(|sign| matches!(sign, Sign::Word(_)));
        let Some(found) = token_signs(token).filter(|found| !(follows_letter && is_word(found))) else {
            // `R - drafts it` has a remark; `A new feature` is a text.
            let is_set_apart = gap.contains(['-', '–', '—', ':', ',', ';', '\n']) || is_joint(token);
            if signs.is_empty() || !is_set_apart || signs.iter().any(|sign| matches!(sign, Sign::Word(_))) {
                return Entry::Text;
            }
            append(&mut remark, rest);
            break;
        };
        // `R → A` hands over: it says neither that both hold, nor which of them does now.
        if !signs.is_empty() && gap.contains(is_arrow) {
            return Entry::Text;
        }
        joined |= found.signs.len() > 1;
        append(&mut remark, found.suffix);
        for sign in found.signs {
            if !signs.contains(&sign) {
                signs.push(sign);
            }
        }
        let next = behind.find(|it| !is_between(it)).unwrap_or(behind.len());
        (gap, rest) = behind.split_at(next);
    }
    match signs.as_slice() {
        [] => Entry::Text,
        // `N/A (for now)`, `n / a`.
        [Sign::Letter('N'), Sign::Letter('A')] => Entry::Blank,
        _ => Entry::Signs { signs, remark, joined },
    }
}

/// Whether a word goes on with what stands before it, as in `A for releases`: no text begins like this with a single letter.
fn is_joint(word: &str) -> bool {
    const JOINTS: &[&str] = &[
        "for", "only", "if", "when", "until", "unless", "from", "per", "via", "fur", "nur", "bei", "bis", "pour", "si", "para",
        "solo", "hasta", "por",
    ];
    word.starts_with(|it| matches!(it, 'а'..='я')) || JOINTS.contains(&folded(word).as_str())
}

fn append(remark: &mut String, more: &str) {
    if !more.is_empty() {
        if !remark.is_empty() {
            remark.push_str("; ");
        }
        remark.push_str(more);
    }
}

fn is_between(it: char) -> bool {
    it.is_whitespace() || "/,;+&|\\·•:-–—.>、，；／".contains(it) || is_picture(it)
}

/// Whether a short text has an arrow, as where letters go from one to another.
pub fn hands_over(text: &str) -> bool {
    text.len() <= 16 && text.contains(is_arrow)
}

fn is_arrow(it: char) -> bool {
    matches!(it, '>' | '\u{2190}'..='\u{21ff}' | '\u{2794}'..='\u{27be}' | '\u{27f0}'..='\u{27ff}')
}

/// Whether a character is an arrow or a picture, as they stand beside letters to color them.
fn is_picture(it: char) -> bool {
    matches!(it, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}')
        || matches!(it, '\u{1f300}'..='\u{1faff}' | '\u{fe0e}' | '\u{fe0f}' | '\u{200d}')
}

struct Token<'t> {
    signs: SmallVec<[Sign; 4]>,
    suffix: &'t str,
}

/// The letters of a token, or the word that stands for one; nothing if it is neither.
fn token_signs(token: &str) -> Option<Token<'_>> {
    let core = token.trim_end_matches(|it: char| !it.is_alphabetic());
    let suffix = token.get(core.len()..).unwrap_or_default();
    let count = core.chars().count();
    if matches!(core, "and" | "und" | "et" | "y" | "или" | "и") && suffix.is_empty() {
        return Some(Token { signs: SmallVec::new(), suffix });
    }
    let letters = core.chars().map(latin);
    let mut signs: SmallVec<[Sign; 4]> = SmallVec::new();
    match count {
        0 => return None,
        // Yes is no letter of a model, and a cross is a tick; `T1` is what something is called, where `A1` has a footnote.
        1 => {
            let is_numbered = suffix.contains(char::is_alphanumeric);
            let is_letter = |it: &char| it.is_alphabetic() && !"XYJ".contains(*it);
            let is_of_model = |it: &char| Model::ALL.iter().any(|model| model.says(*it).is_some());
            signs.extend(letters.filter(|it| is_letter(it) && (!is_numbered || is_of_model(it))).map(Sign::Letter));
        }
        2..=5
            if suffix.len() <= 1
                && is_one_case(core)
                && Model::ALL.iter().any(|model| letters.clone().all(|it| model.says(it).is_some())) =>
        {
            for letter in letters {
                if signs.contains(&Sign::Letter(letter)) {
                    return None;
                }
                signs.push(Sign::Letter(letter));
            }
        }
        _ => {}
    }
    if signs.is_empty() && count > 3 && !suffix.contains(|it: char| it.is_alphanumeric()) {
        signs.extend(whole_word(&folded(core)).map(Sign::Word));
    }
    if signs.is_empty() { None } else { Some(Token { signs, suffix }) }
}

/// Capitals, or two small letters at most: `ra` may be letters, `said` is a word.
fn is_one_case(token: &str) -> bool {
    token.chars().all(char::is_uppercase) || token.chars().count() == 2 && token.chars().all(char::is_lowercase)
}

/// The words that stand in cells for letters. A status may be `approved`, so only the forms that name a part are among them.
fn whole_word(word: &str) -> Option<Sense> {
    const FORMS: &[&str] = &[
        "lead",
        "leads",
        "approve",
        "execute",
        "executes",
        "drives",
        "eindverantwoordelijk",
        "verantwoordelijk",
        "geraadpleegd",
        "geinformeerd",
        "ejecutor",
        "исполнитель",
        "ответственный",
        "утверждает",
        "консультирует",
        "информируется",
        "responsible",
        "accountable",
        "consulted",
        "consult",
        "informed",
        "inform",
        "support",
        "supports",
        "supportive",
        "driver",
        "approver",
        "approves",
        "contributor",
        "contributes",
        "recommend",
        "recommends",
        "recommender",
        "agree",
        "agrees",
        "perform",
        "performs",
        "performer",
        "input",
        "decide",
        "decides",
        "decider",
        "verantwortlich",
        "rechenschaftspflichtig",
        "konsultiert",
        "informiert",
        "responsable",
        "redevable",
        "consulte",
        "informe",
        "aprobador",
        "consultado",
        "informado",
        "approbateur",
        "realisateur",
        "responsabile",
        "consultato",
        "informato",
        "responsavel",
        "aprovador",
    ];
    FORMS.contains(&word).then(|| sense(word)).flatten()
}

/// Whether the last word of a text is one that stands for a letter: `R - Responsible`.
pub fn is_whole_word(text: &str) -> bool {
    words(&folded(text)).last().is_some_and(|word| whole_word(word).is_some())
}

/// The Latin capital that a letter is or looks like: charts that were typed on other keyboards hold Cyrillic and Greek ones.
pub fn latin(letter: char) -> char {
    let plain = std::iter::once(letter).nfkc().next().unwrap_or(letter);
    let capital = plain.to_uppercase().next().unwrap_or(plain);
    match capital {
        // Letters in circles and boxes.
        '\u{1f150}'..='\u{1f169}' => nth_capital(u32::from(capital) - 0x1f150),
        '\u{1f170}'..='\u{1f189}' => nth_capital(u32::from(capital) - 0x1f170),
        'А' | 'Α' | 'ᴀ' => 'A',
        'В' | 'Β' => 'B',
        'С' | 'Ϲ' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' | 'Ӏ' | 'İ' => 'I',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        other => other,
    }
}

fn nth_capital(place: u32) -> char {
    char::from_u32(u32::from('A') + place).unwrap_or('A')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match entry(text) {
            Entry::Blank => "blank".into(),
            Entry::Tick => "tick".into(),
            Entry::Text => "text".into(),
            Entry::Signs { signs, remark, .. } => {
                let signs: Vec<String> = signs
                    .iter()
                    .map(|sign| match sign {
                        Sign::Letter(letter) => letter.to_string(),
                        Sign::Word(sense) => format!("{sense:?}"),
                    })
                    .collect();
                if remark.is_empty() { signs.join("/") } else { format!("{} ({remark})", signs.join("/")) }
            }
        }
    }

    #[test]
    fn letters_that_touch_are_told_from_those_that_are_set_apart() {
        for (text, is_joined) in [("RA", true), ("R/A", false), ("R A", false), ("R", false)] {
            assert!(matches!(entry(text), Entry::Signs { joined, .. } if joined == is_joined), "{text}: {:?}", entry(text));
        }
    }

    #[test]
    fn cells_hold_letters_in_many_ways() {
        for (text, expected) in [
            ("R", "R"),
            (" a ", "A"),
            ("R/A", "R/A"),
            ("RA", "R/A"),
            ("ra", "R/A"),
            ("A, R", "A/R"),
            ("R & A", "R/A"),
            ("R and A", "R/A"),
            ("R,A,C,I", "R/A/C/I"),
            ("R A", "R/A"),
            ("**A/R**", "A/R"),
            ("R (prelim vetting)", "R (prelim vetting)"),
            ("A/R (jointly)", "A/R (jointly)"),
            ("R (A)", "R/A"),
            ("R (a)", "R (a)"),
            ("✅ A", "A"),
            ("R ✅", "R"),
            ("🅰️", "A"),
            ("R→A", "text"),
            ("A -> R", "text"),
            ("⬆ A", "A"),
            ("A 2", "A (2)"),
            ("A¹", "A (¹)"),
            ("❌", "blank"),
            ("🟢", "tick"),
            ("Lead", "Does"),
            ("C (QA)", "C (QA)"),
            ("(R)", "R"),
            ("R*", "R (*)"),
            ("A1", "A (1)"),
            ("R - drafts it", "R (drafts it)"),
            ("Ａ", "A"),
            ("А", "A"),
            ("С/І", "C/I"),
            ("Ρ", "P"),
            ("Responsible", "Does"),
            ("Accountable / Responsible", "Decides/Does"),
            ("N/A", "blank"),
            ("n/a", "blank"),
            ("N/A (for now)", "blank"),
            ("N / A", "blank"),
            ("-", "blank"),
            ("—", "blank"),
            ("", "blank"),
            ("✓", "tick"),
            ("x", "tick"),
            ("A for releases", "A (for releases)"),
            ("A для релизов", "A (для релизов)"),
            ("TBD", "text"),
            ("A new feature", "text"),
            ("I think so", "text"),
            ("said", "text"),
            ("yes", "text"),
            ("Y", "text"),
            ("N", "N"),
            ("OPS", "text"),
            ("12", "text"),
            ("Approved", "text"),
            ("Dana", "text"),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }
}
