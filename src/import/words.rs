//! Words of charts: how text is folded before it is compared, the phrases of `roles/wording.yaml`, and ids made from text.

use crate::document::{hints, value};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A way in which charts name a duty.
#[derive(Debug)]
pub struct Phrase {
    /// The ids of the duties that it may mean; charts use some phrases for several.
    pub duties: &'static [&'static str],
    /// What a task has to say for the phrase to fit, in any order.
    pub words: &'static [PhraseWord],
    /// Words beside which it means something else.
    pub without: &'static [PhraseWord],
    /// Whether it says the duty alone; else it only suggests it.
    pub sure: bool,
}

/// A word of a phrase.
#[derive(Debug)]
pub struct PhraseWord {
    /// What the stems have in common, where they are several.
    pub family: &'static str,
    /// The stems that will do.
    pub any_of: &'static [&'static str],
    /// Whether it may be missing.
    pub optional: bool,
}

/// A head of a column that means a seat.
#[derive(Debug)]
pub struct SeatHead {
    /// The word of the seat, such as `product-owner`.
    pub seat: &'static str,
    /// The words of the head.
    pub words: &'static [&'static str],
}

include!(concat!(env!("OUT_DIR"), "/wording.rs"));

/// The text without case and accents: how words are compared.
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            _ => folded.push(letter),
        }
    }
    folded
}

/// The words of a text, folded. A possessive `'s` is no word.
pub fn words(text: &str) -> Vec<String> {
    let text = folded(text).replace(['’', '‘', 'ʼ'], "'");
    let mut words = Vec::new();
    for piece in text.split(|letter: char| !letter.is_alphanumeric() && letter != '\'') {
        let piece = piece.strip_suffix("'s").unwrap_or(piece);
        words.extend(piece.split('\'').filter(|word| !word.is_empty()).map(str::to_owned));
    }
    words
}

/// What two texts have in common that say the same in other cases and with other punctuation; a text without words is itself.
pub fn alike(text: &str) -> String {
    let words = words(text).join(" ");
    if words.is_empty() { text.trim().to_owned() } else { words }
}

/// Whether a word is what a stem stands for: the same, for a stem that ends with `*` one that begins so, and for a stem that begins
/// with `*` one that ends so.
pub fn fits(stem: &str, word: &str) -> bool {
    match (stem.strip_prefix('*'), stem.strip_suffix('*')) {
        (Some(ending), _) => word.ends_with(ending),
        (None, Some(beginning)) => word.starts_with(beginning),
        (None, None) => stem == word,
    }
}

/// Whether a word is what any of some stems stand for.
pub fn fits_any(stems: &[&str], word: &str) -> bool {
    stems.iter().any(|stem| fits(stem, word))
}

/// Whether a head is nothing but a wording of a seat.
pub fn names_only(seat: &str, head: &str) -> bool {
    let words = words(head);
    let says = |known: &SeatHead| {
        known.seat == seat
            && known.words.len() == words.len()
            && known.words.iter().all(|stem| words.iter().any(|word| fits(stem, word)))
    };
    SEAT_HEADS.iter().any(says)
}

/// Whether a name in a cell means that there is nobody, or that nobody knows.
pub fn is_nobody(name: &str) -> bool {
    let words = words(name).join(" ");
    words.is_empty() || hints::is_no_actor(name) || hints::is_no_actor(&words) || NOBODY.contains(&words.as_str())
}

/// The text in kebab case: its words in ASCII where its script allows, cut after about sixty characters. Empty where it has no
/// word.
pub fn slug(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut slug = String::new();
    for word in words(text) {
        if !slug.is_empty() {
            if slug.chars().count() + 1 + word.chars().count() > LONGEST {
                break;
            }
            slug.push('-');
        }
        slug.extend(word.chars().take(LONGEST));
    }
    // Scripts that compose their letters, such as Hangul, came apart when they were folded.
    if slug.is_ascii() { slug } else { slug.nfc().collect() }
}

/// The ids that are taken, so that each is given once.
#[derive(Debug, Default)]
pub struct Ids {
    /// The number to try next, by id.
    next: FxHashMap<String, usize>,
}

impl Ids {
    /// The wanted id, or the same with the first free number behind it.
    pub fn take(&mut self, wanted: &str) -> String {
        let mut number = self.next.get(wanted).copied().unwrap_or(1);
        loop {
            let id = if number == 1 { wanted.to_owned() } else { format!("{wanted}-{number}") };
            number += 1;
            if number == 2 || !self.next.contains_key(&id) {
                self.next.insert(wanted.to_owned(), number);
                if id != wanted {
                    self.next.insert(id.clone(), 2);
                }
                return id;
            }
        }
    }
}

/// An id that can name a person or group: the slug of its name, and `the-` before a word that has a meaning of its own.
pub fn actor_id(name: &str) -> String {
    let slug = slug(name);
    let means_nothing = hints::VACANT.contains(&slug.as_str());
    let is_placeholder = hints::PLACEHOLDERS.contains(&slug.as_str());
    if slug.is_empty() {
        "unnamed".to_owned()
    } else if means_nothing || is_placeholder || value::is_reserved(&slug) || value::is_ignored(&slug) {
        format!("the-{slug}")
    } else {
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_accents_and_punctuation() {
        assert_eq!(words("Décision de l'équipe — GO/No-go"), ["decision", "de", "l", "equipe", "go", "no", "go"]);
        assert_eq!(words("The team’s (weekly) VALIDATE_DATA"), ["the", "team", "weekly", "validate", "data"]);
        assert_eq!(words("Größe"), ["grosse"]);
        assert!(words(" — / ").is_empty());
    }

    #[test]
    fn the_words_that_charts_are_compared_with_are_folded() {
        let lists = [FILLERS, AGAINST, QUALIFIERS, GROUPS, PERSONS, DEPARTMENTS, PAIRS, ENDINGS, NOBODY].concat();
        let phrases = PHRASES.iter().flat_map(|phrase| phrase.words.iter().chain(phrase.without).flat_map(|word| word.any_of));
        let heads = SEAT_HEADS.iter().flat_map(|head| head.words);
        let strange: Vec<_> = lists.iter().chain(phrases).chain(heads).filter(|stem| folded(stem) != **stem).collect();
        assert!(strange.is_empty(), "no text has these, since it is folded: {strange:?}");
    }

    #[test]
    fn slugs_are_ascii_where_the_script_allows() {
        assert_eq!(slug("Qualitätssicherung & Test (QA)"), "qualitatssicherung-test-qa");
        assert_eq!(slug("Maître d’Œuvre"), "maitre-d-oeuvre");
        assert_eq!(slug("Владелец продукта"), "владелец-продукта");
        assert_eq!(slug("제품 책임자"), "제품-책임자");
        assert_eq!(slug("—"), "");
        assert_eq!(slug(&"word ".repeat(30)), "word-word-word-word-word-word-word-word-word-word-word-word");
        assert_eq!(slug(&"w".repeat(100)).len(), 60);
    }

    #[test]
    fn an_id_is_given_once() {
        let mut ids = Ids::default();
        let given = ["lead", "lead", "lead-2", "lead", "lead-2"].map(|wanted| ids.take(wanted));
        assert_eq!(given, ["lead", "lead-2", "lead-2-2", "lead-3", "lead-2-3"]);
    }

    #[test]
    fn an_id_of_an_actor_is_no_word_with_a_meaning() {
        let ids = ["Product Owner", "Developers", "Open", "n/a", "Nobody", "TBD", "?", "PO"].map(actor_id);
        assert_eq!(ids, ["the-product-owner", "the-developers", "the-open", "n-a", "the-nobody", "the-tbd", "unnamed", "po"]);
    }
}
