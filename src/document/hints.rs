//! "Did you mean": from what was written to what was meant.

use super::table::Record;
use super::{Document, OPENING, ORGANIZATION, PERSON, PRODUCT, TEAM};
use std::borrow::Cow;

/// Words of other tools and charts for the keys and words of a team file.
const NEIGHBOURS: &[(&str, &str)] = &[
    ("accountable", "decides"),
    ("approver", "decides"),
    ("decider", "decides"),
    ("decision-maker", "decides"),
    ("owner", "decides"),
    ("owner", "product-owner"),
    ("po", "product-owner"),
    ("sm", "scrum-master"),
    ("pmm", "product-marketing-manager"),
    ("responsible", "does"),
    ("driver", "does"),
    ("consulted", "input"),
    ("contributor", "input"),
    ("contributors", "input"),
    ("persons", "people"),
    ("cadence", "rhythm"),
    ("meetings", "rhythm"),
    ("members", "developers"),
    ("manager", "reports-to"),
    ("description", "definition"),
    ("decisions", "responsibilities"),
    ("rights", "responsibilities"),
    ("org", "organization"),
    ("organisation", "organization"),
    ("version", "roleaudit"),
    ("squads", "teams"),
    ("escalation", "escalates-to"),
    ("daily", "day"),
    ("weekly", "week"),
    ("biweekly", "2 weeks"),
    ("fortnight", "2 weeks"),
    ("fortnightly", "2 weeks"),
    ("monthly", "month"),
    ("quarterly", "quarter"),
    ("yearly", "year"),
    ("annually", "year"),
    ("stream-aligned", "product"),
];

/// Words that say nothing, where a fact should stand.
pub const PLACEHOLDERS: &[&str] = &["tbd", "tbh", "tba", "n/a", "?", "??", "???", "-", "--"];
/// Words that say nothing where an actor should stand, and may be honest words elsewhere.
pub const VACANT: &[&str] = &["vacant", "open", "none", "unknown"];

/// Words that say that a duty is not applicable, and not why.
pub const NO_GROUNDS: &[&str] = &["true", "yes", "nobody", "none", "unknown", "not applicable"];

/// Words that say that a risk is taken, and not why.
pub const NO_REASONS: &[&str] = &[
    "accept",
    "accepted",
    "accepted risk",
    "acknowledged",
    "agreed",
    "approved",
    "as designed",
    "as intended",
    "because",
    "by design",
    "deferred",
    "expected",
    "false positive",
    "fine",
    "fixme",
    "for now",
    "ignore",
    "ignored",
    "intended",
    "intentional",
    "intentionally",
    "known",
    "known issue",
    "later",
    "legacy",
    "n/a",
    "na",
    "no comment",
    "no reason",
    "none",
    "not applicable",
    "null",
    "ok",
    "okay",
    "on purpose",
    "open",
    "pending",
    "placeholder",
    "reason",
    "risk accepted",
    "skip",
    "tba",
    "tbd",
    "tbh",
    "temporary",
    "to be announced",
    "to be decided",
    "to be determined",
    "to be done",
    "todo",
    "unknown",
    "will not fix",
    "wip",
    "won't fix",
    "works as designed",
    "works as intended",
    "xxx",
];

/// What to write instead of an unknown key.
pub struct KeyHint {
    /// What to write, as sentences.
    pub help: String,
    /// The key that was plainly meant, if the word is close to it.
    pub meant: Option<&'static str>,
}

/// What to write instead of a key that a record does not have.
pub fn key(written: &str, record: &'static Record) -> KeyHint {
    let says = |help: String| KeyHint { help, meant: None };
    let names = || record.keys.iter().map(|key| key.name);
    let folded = folded(written);
    let is_seated = names().any(|name| name == "product-manager");
    if folded == "pm" || folded == "manager" && is_seated {
        return says(both_ways(written));
    }
    if let Some(close) = closest(written, names()) {
        let meant = record.keys.iter().map(|key| key.name).find(|name| *name == close);
        return KeyHint { help: format!("Did you mean `{close}`?"), meant };
    }
    let has_rights = record.keys.iter().any(|key| key.name == "responsibilities");
    let is_duty = crate::catalogue::DUTIES.iter().any(|duty| duty.id == written || written == format!("{}.*", duty.area()));
    if is_duty && has_rights {
        return says(format!("Duties stand one level down: `responsibilities: {{{written}: …}}`."));
    }
    let is_about_seats = ["role", "roles", "seat", "seats", "product", "products", "team", "teams"].contains(&folded.as_str());
    if record.name == PERSON.name && is_about_seats {
        return says("Who holds which seat is written on the product or team: `product-owner: ID`.".to_owned());
    }
    if let Some(other) = owner_of_key(written, record) {
        return says(format!("`{written}` is a key of {other}."));
    }
    if crate::catalogue::signal(written).is_some() {
        return says(format!("A symptom stands in a list: `signals: [{written}]`."));
    }
    says(format!("Its keys are {}. Keys of your own begin with `x-`.", listed(names())))
}

/// The record that has a key, if it is another one.
fn owner_of_key(written: &str, record: &'static Record) -> Option<&'static str> {
    let others = [&PERSON, &PRODUCT, &TEAM, &ORGANIZATION, &OPENING, &Document::RECORD];
    let has_key = |other: &&&'static Record| other.name != record.name && other.keys.iter().any(|key| key.name == written);
    others.iter().find(has_key).map(|other| other.name)
}

/// What to write instead of an abbreviation that the documents use for two roles (D3-023).
fn both_ways(written: &str) -> String {
    format!("`{written}` is read both ways: write `product-manager` or `project-manager`.")
}

/// What to write instead of a word that is none of a list.
pub fn word<'a>(written: &str, words: impl Iterator<Item = &'a str> + Clone) -> String {
    if folded(written) == "pm" && words.clone().any(|word| word == "product-manager") {
        return both_ways(written);
    }
    match closest(written, words.clone()) {
        Some(close) => format!("Did you mean `{close}`?"),
        None => format!("Write one of: {}.", listed(words)),
    }
}

/// What to write instead of one of very many words: the close one, those that share a part with it, or all of them.
pub fn word_of_many<'a>(written: &str, words: impl Iterator<Item = &'a str> + Clone) -> String {
    let wanted = folded(written);
    let shares_part = |word: &&str| word.split('-').any(|part| part.len() > 3 && wanted.split('-').any(|wanted| wanted == part));
    if closest(written, words.clone()).is_none() && words.clone().any(|word| shares_part(&word)) {
        return format!("Did you mean {}?", listed(words.filter(shares_part)));
    }
    word(written, words)
}

/// The longest word, in characters, in which single letters are compared: it takes as long as the square of the length.
const LONGEST: usize = 50;

/// The word that was probably meant: the same but for case, `_` and blanks; a neighbour's word for it; or few letters away.
pub fn closest<'a>(written: &str, words: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    if let Some(same) = same(written, words.clone()) {
        return Some(same);
    }
    let wanted = folded(written);
    let allowed = allowed_distance(&wanted);
    if let [first, second] = *wanted.as_bytes() {
        // Two letters are too few to change one of them, but one may be missing.
        return words.clone().find(|word| word.len() == 3 && word.as_bytes().starts_with(&[first, second]));
    }
    let length = wanted.chars().count();
    if length > LONGEST {
        return None;
    }
    // Where the lengths differ by more, so do the letters; and comparing lengths is quick.
    let near = words.map(|word| (folded(word), word)).filter(|(word, _)| word.chars().count().abs_diff(length) <= allowed);
    let distances = near.map(|(folded, word)| (strsim::osa_distance(&wanted, &folded), word));
    distances.filter(|(distance, _)| *distance <= allowed).min_by_key(|(distance, _)| *distance).map(|(_, word)| word)
}

/// The word that says the same: but for case, `_` and blanks, or as a neighbour's word.
pub fn same<'a>(written: &str, mut words: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let wanted = folded(written);
    let mut neighbours = NEIGHBOURS.iter().filter(|(word, _)| *word == wanted);
    let folded_alike = words.clone().find(|word| folded(word) == wanted);
    folded_alike.or_else(|| neighbours.find_map(|(_, target)| words.find(|word| word == target)))
}

/// How many letters may differ: a third of the word, at most three.
fn allowed_distance(word: &str) -> usize {
    (word.chars().count() / 3).min(3)
}

/// Lower case, with one `-` for each `_` and blank.
pub fn folded(word: &str) -> String {
    word.trim().trim_start_matches('@').to_lowercase().replace(['_', ' '], "-")
}

/// Whether a text only holds the place of a fact.
pub fn is_placeholder(text: &str) -> bool {
    is_one_of(PLACEHOLDERS, text)
}

/// Whether a word in the place of an actor means that there is none, or that nobody knows.
pub fn is_no_actor(text: &str) -> bool {
    is_one_of(PLACEHOLDERS, text) || is_one_of(VACANT, text)
}

/// Whether a text repeats that a duty is not applicable, or says that nobody has it, and not why.
pub fn is_no_ground(text: &str) -> bool {
    is_one_of(NO_GROUNDS, text)
}

/// Whether a text gives no reason: it has no letter, or is one of the words that only say that there is one.
pub fn is_no_reason(text: &str) -> bool {
    // Case, quotes, blanks and punctuation are all the same here: `To-Do!` is "todo".
    fn bare(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
    }
    !text.chars().any(char::is_alphabetic) || NO_REASONS.iter().any(|word| bare(word).eq(bare(text)))
}

/// Whether a text is one of some words, in any case. Every text of a file is asked, so nothing is allocated.
fn is_one_of(words: &[&str], text: &str) -> bool {
    let text = text.trim();
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether a word is another language's for "nobody".
pub fn means_nobody(text: &str) -> bool {
    ["null", "nil", "nobody", "no-one", "noone", "nope", "empty", "vacancy"].contains(&folded(text).as_str())
}

/// Words as a list for a sentence: `` `a`, `b` or `c` ``.
pub fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    joined(words, "or")
}

/// The first of some words that may be many, as a list for a sentence.
pub fn some_of(words: &[&str]) -> String {
    const SOME: usize = 30;
    match words.len().saturating_sub(SOME) {
        0 => listed(words.iter().copied()),
        more => {
            format!("{} and {more} more", words.iter().take(SOME).map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "))
        }
    }
}

/// Words as a list for a sentence: `` `a`, `b` and `c` ``.
pub fn all_of<'a>(words: impl Iterator<Item = &'a str>) -> String {
    joined(words, "and")
}

fn joined<'a>(words: impl Iterator<Item = &'a str>, conjunction: &str) -> String {
    let quoted: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} {conjunction} {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// The beginning of a text that may be long, for use inside a sentence.
pub fn shortened(text: &str) -> Cow<'_, str> {
    const LIMIT: usize = 60;
    match text.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_misses_fold_case_and_blanks() {
        let words = ["product-owner", "product-manager", "decides", "input"];
        for (written, meant) in [
            ("Product_Owner", Some("product-owner")),
            ("product owner", Some("product-owner")),
            ("prodct-owner", Some("product-owner")),
            ("accountable", Some("decides")),
            ("consulted", Some("input")),
            ("colour", None),
        ] {
            assert_eq!(closest(written, words.into_iter()), meant, "{written}");
        }
    }

    #[test]
    fn a_reason_says_more_than_that_there_is_one() {
        assert!(NO_REASONS.is_sorted());
        for text in
            ["TODO", "to do", "T.B.D.", " N/A ", "Won\u{2019}t fix", "\"By design.\"", "(known issue)", "…", "-", "42", "👍"]
        {
            assert!(is_no_reason(text), "{text}");
        }
        for text in ["Ok until the move", "Known issue 17", "RISK-4", "採用中", "x", "Todo list is empty"] {
            assert!(!is_no_reason(text), "{text}");
        }
    }

    #[test]
    fn of_very_many_words_the_first_are_listed_and_the_others_counted() {
        let words: Vec<String> = (0..32).map(|n| format!("w{n}")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(some_of(&words[..3]), "`w0`, `w1` or `w2`");
        assert!(some_of(&words).ends_with("`w28`, `w29` and 2 more"), "{}", some_of(&words));
    }

    #[test]
    fn long_texts_are_shortened_at_characters() {
        assert_eq!(shortened(&"ä".repeat(100)).chars().count(), 61);
    }
}
