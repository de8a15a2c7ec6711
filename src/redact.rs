//! Reports without people's names: for those who may see the structure and not the people.
//!
//! A report is finished first and then rewritten, so that leaving out names changes no judgement. Names and ids of people become
//! `person-1` and so on, numbered as they are first met; what files quote, and texts that only they hold, become an ellipsis.

use crate::catalogue::{DUTIES, SIGNALS};
use crate::org::seats::SeatKind;
use crate::org::{Left, Org};
use crate::rules::RULES;
use crate::rules::unowned::MEANS;
use crate::source::Sources;
use aho_corasick::{AhoCorasick, Match, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::RefCell;
use std::cmp::Reverse;
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;

/// Stands where a free text was.
pub const LEFT_OUT: &str = "…";

/// Everybody's names, and the pseudonyms that were given so far.
#[derive(Debug)]
pub struct Pseudonyms {
    finder: AhoCorasick,
    /// Whom each pattern of the finder names.
    named: Vec<usize>,
    /// The patterns that are parts of names, as they are written.
    parts: FxHashMap<usize, String>,
    /// The number that each was given, in the order in which they were met.
    numbers: RefCell<FxHashMap<usize, usize>>,
}

/// What holds names of people.
pub trait Redact {
    /// Puts pseudonyms for the names, and leaves free texts out.
    fn redact(&mut self, names: &Pseudonyms);
}

impl Pseudonyms {
    /// The people and groups of organizations; one id is one person in all of them.
    pub fn of(orgs: &[&Org<'_>]) -> Self {
        let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
        let (mut ids, mut names, mut of_parts): (Vec<_>, Vec<_>, Vec<_>) = Default::default();
        let mut add = |id: &str, name: &str, label: &str, is_group: bool| {
            let next = numbers.len();
            let who = *numbers.entry(id.to_owned()).or_insert(next);
            ids.extend(spellings(id).map(|spelling| (spelling, who)));
            names.extend([name, label].into_iter().flat_map(spellings).map(|spelling| (spelling, who)));
            if !is_group {
                of_parts.extend(parts(name).map(|part| (part.to_owned(), who)));
            }
        };
        for org in orgs {
            org.people.iter().for_each(|person| add(&person.id.id, person.full_name(), person.name(), person.is_group()));
            org.left.iter().for_each(|Left { id, name, label }| add(id, name, label, false));
        }
        // An id is its own person's, whatever others are called; of several people with one name, the first has it; and an id or whole
        // name is never taken for part of another one's.
        let mut known = FxHashSet::default();
        let mut is_new = |(word, _): &(String, usize)| !word.trim().is_empty() && known.insert(word.to_ascii_lowercase());
        let mut patterns: Vec<(String, usize)> = ids.into_iter().chain(names).filter(&mut is_new).collect();
        of_parts.retain(is_new);
        let parts = of_parts.iter().enumerate().map(|(n, (part, _))| (patterns.len() + n, part.clone())).collect();
        patterns.extend(of_parts);
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(patterns.iter().map(|(pattern, _)| pattern))
            .expect("names are far shorter than what the search can hold");
        Pseudonyms { finder, named: patterns.into_iter().map(|(_, who)| who).collect(), parts, numbers: RefCell::default() }
    }

    /// A text with pseudonyms for names and ids, where they are whole words. The words of the format stay: that somebody has an id
    /// such as `backlog` does not make `backlog.order` a name.
    pub fn text(&self, text: &str) -> String {
        let kept: Vec<Match> = own_words().find_iter(text).filter(|found| is_whole_word(text, *found)).collect();
        let is_kept = |found: &Match| kept.iter().any(|kept| kept.start() <= found.start() && found.end() <= kept.end());
        let found = self.finder.find_overlapping_iter(text);
        let is_name = |found: &Match| is_whole_word(text, *found) && self.is_meant(*found, text) && !is_kept(found);
        let mut words: Vec<Match> = found.filter(is_name).collect();
        // Of names that begin with each other the longest is meant.
        words.sort_by_key(|word| (word.start(), Reverse(word.end())));
        let mut shown = String::with_capacity(text.len());
        let mut from = 0;
        for word in words {
            if word.start() >= from {
                shown.push_str(&text[from..word.start()]);
                shown.push_str(&self.pseudonym(self.named[word.pattern().as_usize()]));
                from = word.end();
            }
        }
        shown.push_str(&text[from..]);
        shown
    }

    /// Part of a name is meant only as it is written: Will is called by it, and will is not.
    fn is_meant(&self, found: Match, text: &str) -> bool {
        let pattern = found.pattern().as_usize();
        self.parts.get(&pattern).is_none_or(|part| text[found.range()] == **part)
    }

    /// A sentence of a report: what it quotes from the files is left out.
    pub fn sentence(&self, text: &str) -> String {
        let parts: Vec<&str> = text.split('"').collect();
        if parts.len().is_multiple_of(2) {
            return self.text(text);
        }
        let kept = parts.iter().enumerate().map(|(n, part)| if n % 2 == 0 { self.text(part) } else { LEFT_OUT.to_owned() });
        kept.collect::<Vec<_>>().join("\"")
    }

    /// What to write, of a finding about a duty: what one of the company's own duties means, only its files say.
    pub fn fix(&self, fix: &str, duty: Option<&str>) -> String {
        let is_own = duty.is_some_and(|duty| DUTIES.iter().all(|known| known.id != duty));
        match fix.split_once(MEANS).filter(|_| is_own) {
            Some((fix, _)) => format!("{}{MEANS}{LEFT_OUT}", self.sentence(fix)),
            None => self.sentence(fix),
        }
    }

    /// The id of a duty: one of the company's own may be called after a person.
    pub fn duty(&self, id: String) -> String {
        if DUTIES.iter().any(|duty| duty.id == id) { id } else { self.text(&id) }
    }

    /// Rewrites ids of duties in place.
    pub fn duties(&self, ids: &mut [String]) {
        for id in ids {
            *id = self.duty(std::mem::take(id));
        }
    }

    /// Rewrites texts in place.
    pub fn texts<'t>(&self, texts: impl IntoIterator<Item = &'t mut String>) {
        for text in texts {
            *text = self.text(text);
        }
    }

    /// The sources as a redacted report may name them: their paths, and nothing of what they say.
    pub fn sources(&self, sources: &Sources) -> Sources {
        sources.hidden(|path| self.text(path))
    }

    fn pseudonym(&self, who: usize) -> String {
        let mut numbers = self.numbers.borrow_mut();
        let next = numbers.len() + 1;
        format!("person-{}", numbers.entry(who).or_insert(next))
    }
}

/// A name as it may be written elsewhere: composed or not, and in other capitals than ASCII's.
fn spellings(name: &str) -> impl Iterator<Item = String> {
    let composed: String = name.nfc().collect();
    let decomposed: String = name.nfd().collect();
    let cases = [composed.to_lowercase(), composed.to_uppercase()];
    [name.to_owned(), composed, decomposed].into_iter().chain(cases)
}

/// The parts of a name by which people are called too: "Ann" and "Larsen". Words that every page about products has are none.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    const SHORTEST: usize = 2;
    let words = name.split(|c: char| !c.is_alphanumeric());
    let is_capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    words.filter(|word| word.chars().count() >= SHORTEST).filter(is_capital).filter(|word| !is_common(word))
}

/// Whether a word belongs to what files and findings are about, such as the Owner of "Business Owner".
fn is_common(word: &str) -> bool {
    static COMMON: OnceLock<FxHashSet<String>> = OnceLock::new();
    let common = || {
        let of_duties = DUTIES.iter().flat_map(|duty| [duty.id, duty.meaning]);
        let of_seats = SeatKind::ALL.into_iter().map(SeatKind::title);
        let of_rules = RULES.iter().flat_map(|rule| [rule.name, rule.summary]);
        let texts = of_duties.chain(of_seats).chain(of_rules).chain(["lead head board group director officer chief engineer"]);
        texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric())).map(str::to_lowercase).collect()
    };
    COMMON.get_or_init(common).contains(&word.to_lowercase())
}

/// What the format calls its own things: duties, areas, seats, signals and rules, and what stands before ids.
fn own_words() -> &'static AhoCorasick {
    static WORDS: OnceLock<AhoCorasick> = OnceLock::new();
    let own = || {
        let of_duties = DUTIES.iter().flat_map(|duty| [duty.id.to_owned(), format!("{}.*", duty.area())]);
        let of_seats = SeatKind::ALL.into_iter().flat_map(|seat| [seat.word(), seat.title()]).map(str::to_owned);
        let names = SIGNALS.iter().map(|signal| signal.name).chain(RULES.iter().map(|rule| rule.name)).map(str::to_owned);
        let prefixes = ["products.", "teams.", "people.", "backlogs.", "openings."].map(str::to_owned);
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(of_duties.chain(of_seats).chain(names).chain(prefixes))
            .expect("the words of the format are few")
    };
    WORDS.get_or_init(own)
}

/// Whether no letter or digit goes on before or behind a piece of text. Scripts without capitals write no blanks between words.
pub(crate) fn is_whole_word(text: &str, found: Match) -> bool {
    let goes_on = |inside: Option<char>, outside: Option<char>| {
        let is_cased = |c: char| c.is_ascii_alphanumeric() || c.is_lowercase() || c.is_uppercase();
        inside.is_some_and(is_cased) && outside.is_some_and(char::is_alphanumeric)
    };
    let (before, inside, after) = (&text[..found.start()], &text[found.range()], &text[found.end()..]);
    !goes_on(inside.chars().next(), before.chars().next_back()) && !goes_on(inside.chars().next_back(), after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    fn names(people: &str) -> Pseudonyms {
        let text = format!("roleaudit: 1\npeople: {people}\nproducts: {{app: {{}}}}\n");
        let sources = Sources::new(vec![Source::new("team.yaml", text)]);
        let days = crate::Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
        Pseudonyms::of(&[&crate::load(&sources, days).expect("the text is valid").org])
    }

    #[test]
    fn people_are_numbered_as_they_are_met() {
        let names = names("{ann: Ann Larsen, bo: {name: Bo}, cy: Cy}");
        assert_eq!(
            names.text("people.cy and Ann Larsen; ann, Larsen's cy"),
            "people.person-1 and person-2; person-2, person-2's person-1"
        );
        assert_eq!(names.text("BO"), "person-3");
    }

    #[test]
    fn only_whole_words_are_names() {
        let names = names("{ann: Ann, an: Zoë Öst}");
        assert_eq!(
            names.text("annual plans, an-nual, Zoë Östlund, ZOË ÖST"),
            "annual plans, person-1-nual, person-1 Östlund, person-1"
        );
        assert_eq!(names.text("zoe\u{308} o\u{308}st"), "person-1");
        assert_eq!(names.text("Zoe\u{308} O\u{308}st"), "person-1");
        assert_eq!(names.text("a_ann_b Annann"), "a_person-2_b Annann");
    }

    #[test]
    fn the_words_of_the_format_are_no_names() {
        let names = names("{backlog: Owner 1, will: {name: Will Delivery Manager}, wang: 王伟}");
        let said = "backlog.order of products.backlog, the product owner, delivery.*; Owner 1 will, says Will of 王伟的团队";
        assert_eq!(
            names.text(said),
            "backlog.order of products.person-1, the product owner, delivery.*; person-1 person-2, says person-2 of person-3的团队"
        );
    }

    #[test]
    fn part_of_a_name_is_meant_only_as_it_is_written() {
        let names = names("{w: Will Ray}");
        assert_eq!(names.text("who will say what Will says, or WILL RAY"), "who will say what person-1 says, or person-1");
    }

    #[test]
    fn an_id_is_not_taken_for_part_of_anothers_name() {
        let names = names("{al: Ann Larsen, ann: Zed}");
        assert_eq!(names.text("al ann Ann Zed Larsen"), "person-1 person-2 person-2 person-2 person-1");
    }

    #[test]
    fn what_a_sentence_quotes_is_left_out() {
        let names = names("{ann: Ann}");
        assert_eq!(names.sentence("Ann serves \"Ann's dream\" and \"more\""), "person-1 serves \"…\" and \"…\"");
        assert_eq!(names.sentence("a 5\" screen of Ann"), "a 5\" screen of person-1");
    }
}
