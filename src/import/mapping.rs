//! From the words of a chart to duties, seats and ids. Everything here suggests by wording, says by which, and is never surer than that.

use super::words::{
    self, AGAINST, DEPARTMENTS, FILLERS, GROUPS, Ids, PERSONS, PHRASES, Phrase, QUALIFIERS, SEAT_HEADS, actor_id, fits, fits_any,
};
use crate::catalogue;
use std::collections::BTreeSet;

/// Which built-in duty a task is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mapping {
    /// None that its words tell: it is a duty of the company's own.
    None,
    /// The whole task is a wording of the duty.
    Exact(Match),
    /// Most of the task is one, or all of it is one that only suggests the duty.
    Likely(Match),
    /// Its words fit several duties equally well; the user has to say which. In the order of the catalogue.
    Ambiguous(Vec<Match>),
}

/// Why a task is taken for a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The id of the duty.
    pub duty: &'static str,
    /// The words of the task that name it, folded, in the task's order.
    pub words: Vec<String>,
    /// How many of them count, which fillers such as `the` do not.
    pub matched: usize,
    /// How many words of the task count.
    pub of: usize,
}

/// Who a head of a column is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The head as it is written, with blanks at most single.
    pub name: String,
    /// The id to declare it by, if it is free: [`Ids::take`] sees to that.
    pub id: String,
    /// The seat that it names.
    pub seat: Seating,
    /// Whether it is a group.
    pub is_group: bool,
    /// The word that says whether it is a group, folded; without one it is taken for a person.
    pub because: Option<String>,
    /// The names in it, if it holds several, such as `DPO` and `Security`: it is declared as one, and this is reported.
    pub parts: Vec<String>,
}

/// The seat that a head names. Seats are given by their word, such as `product-owner` or `developers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seating {
    /// It names no seat.
    None,
    /// It names this one.
    One(&'static str),
    /// It may mean several, such as `PM`.
    Unclear(Vec<&'static str>),
}

/// The built-in duty that a task is, by its wording.
///
/// What stands in parentheses, behind a dash or behind a colon is an explanation, if the whole says nothing: then the rest decides,
/// and the duty is likely at best.
pub fn duty_of(task: &str) -> Mapping {
    let whole = Task::new(task);
    let head = task.find(explains(task)).map_or("", |at| &task[..at]);
    match mapped(&whole, &[]) {
        Mapping::None if !words::words(head).is_empty() => {
            let rest: Vec<String> = whole.words.iter().skip(words::words(head).len()).cloned().collect();
            match mapped(&Task::new(head), &rest) {
                Mapping::Exact(found) => Mapping::Likely(found),
                other => other,
            }
        }
        mapping => mapping,
    }
}

/// Finds where an explanation begins.
fn explains(task: &str) -> impl Fn(char) -> bool + '_ {
    let has_dash = task.contains(" - ");
    move |letter| matches!(letter, '(' | '[' | '—' | '–' | ':' | ';') || (letter == '-' && has_dash)
}

/// A task as it is compared.
struct Task {
    words: Vec<String>,
    /// Whether the word of the same place counts.
    counts: Vec<bool>,
}

/// A phrase that fits a task.
struct Candidate {
    phrase: &'static Phrase,
    /// The places of the task's words that it covers.
    covered: BTreeSet<usize>,
    /// Those of them that count.
    counted: BTreeSet<usize>,
    exact: bool,
}

impl Task {
    fn new(text: &str) -> Task {
        let words = words::words(text);
        let counts =
            words.iter().map(|word| !fits_any(FILLERS, word) && !word.chars().all(char::is_numeric)).collect();
        Task { words, counts }
    }

    fn size(&self) -> usize {
        self.counts.iter().filter(|counts| **counts).count()
    }

    /// The phrase as a candidate, if it fits. The rest are words that stand beside the task and explain it.
    fn fitted(&self, phrase: &'static Phrase, rest: &[String]) -> Option<Candidate> {
        let mut covered = BTreeSet::new();
        for wanted in phrase.words {
            let before = covered.len();
            let places = self.words.iter().enumerate().filter(|(_, word)| fits_any(wanted.any_of, word));
            let places: Vec<usize> = places.map(|(place, _)| place).collect();
            covered.extend(&places);
            // Two words of a phrase that fit the same word of a task need one each.
            if !wanted.optional && covered.len() == before {
                return None;
            }
        }
        let others = self.words.iter().enumerate().filter(|(place, _)| !covered.contains(place)).map(|(_, word)| word);
        if others.chain(rest).any(|word| fits_any(phrase.without, word) || fits_any(AGAINST, word)) {
            return None;
        }
        let counted: BTreeSet<usize> = covered.iter().copied().filter(|place| self.counts.get(*place) == Some(&true)).collect();
        let size = self.size();
        let exact = phrase.sure && counted.len() == size;
        (2 * counted.len() > size).then_some(Candidate { phrase, covered, counted, exact })
    }

    fn explained(&self, candidate: &Candidate, duty: &'static str) -> Match {
        let words = candidate.covered.iter().filter_map(|place| self.words.get(*place).cloned()).collect();
        Match { duty, words, matched: candidate.counted.len(), of: self.size() }
    }
}

impl Candidate {
    /// Whether it says more than another: all that the other explains, and beyond; or the same, and surer or from more words.
    fn beats(&self, other: &Candidate) -> bool {
        if self.exact != other.exact {
            return self.exact;
        }
        let rank = |candidate: &Candidate| (candidate.phrase.sure, candidate.covered.len());
        match self.counted == other.counted {
            true => rank(self) > rank(other),
            false => self.counted.is_superset(&other.counted),
        }
    }
}

fn mapped(task: &Task, rest: &[String]) -> Mapping {
    let fitting: Vec<Candidate> = PHRASES.iter().filter_map(|phrase| task.fitted(phrase, rest)).collect();
    let best = fitting.iter().filter(|candidate| !fitting.iter().any(|other| other.beats(candidate)));
    let mut found: Vec<(&'static str, &Candidate)> = Vec::new();
    for candidate in best {
        for duty in candidate.phrase.duties {
            if !found.iter().any(|(known, _)| known == duty) {
                found.push((duty, candidate));
            }
        }
    }
    match found.as_slice() {
        [] => Mapping::None,
        [(duty, candidate)] if candidate.exact => Mapping::Exact(task.explained(candidate, duty)),
        [(duty, candidate)] => Mapping::Likely(task.explained(candidate, duty)),
        _ => {
            found.sort_by_key(|(duty, _)| catalogue::DUTIES.iter().position(|known| known.id == *duty));
            Mapping::Ambiguous(found.into_iter().map(|(duty, candidate)| task.explained(candidate, duty)).collect())
        }
    }
}

/// The id of a company's own duty: the task in an area made from the heading that it stands under, or in `own`. The areas of the
/// built-in duties are closed, so `Backlog` becomes `own-backlog`.
pub fn own_duty(heading: &str, task: &str, ids: &mut Ids) -> String {
    let area = words::slug(heading);
    let area = if area.is_empty() {
        "own".to_owned()
    } else if catalogue::DUTIES.iter().any(|duty| duty.area() == area) {
        format!("own-{area}")
    } else {
        area
    };
    let name = words::slug(task);
    ids.take(&format!("{area}.{}", if name.is_empty() { "unnamed" } else { &name }))
}

/// Who a head of a column is, by its wording.
pub fn head_of(head: &str) -> Head {
    let name = head.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts = parts_of(&name);
    let seat = if parts.is_empty() { seat_of(&name) } else { Seating::None };
    let (is_group, because) = group_of(&name);
    Head { id: actor_id(&name), name, seat, is_group, because, parts }
}

/// The names in a head that holds several. A `/` parts any names that are not two words for one seat; `and`, commas and the like
/// part seats only, because `Security & Compliance Forum` is one body.
fn parts_of(head: &str) -> Vec<String> {
    let outside = outside_parentheses(head);
    let split = |by: &dyn Fn(char) -> bool, text: &str| -> Vec<String> {
        let pieces = text.split(|letter| by(letter)).map(str::trim).filter(|piece| !words::words(piece).is_empty());
        pieces.map(str::to_owned).collect()
    };
    let seats = |pieces: &[String]| -> Vec<Seating> { pieces.iter().map(|piece| seat_of(piece)).collect() };
    let by_slash = split(&|letter| matches!(letter, '/' | '\\' | '|' | '／'), &outside);
    if by_slash.len() > 1 {
        let seats = seats(&by_slash);
        let is_one = matches!(seats.first(), Some(Seating::One(_))) && seats.windows(2).all(|pair| pair[0] == pair[1]);
        return if is_one { Vec::new() } else { by_slash };
    }
    let spaced = format!(" {outside} ");
    let joined = [" and ", " und ", " et ", " y ", " or "].iter().fold(spaced, |text, word| text.replace(word, ","));
    let by_comma = split(&|letter| matches!(letter, ',' | ';' | '&' | '+'), &joined);
    let are_seats = by_comma.len() > 1 && seats(&by_comma).iter().all(|seat| *seat != Seating::None);
    if are_seats { by_comma } else { Vec::new() }
}

/// The text without what stands in parentheses; all of it, if nothing else is there.
fn outside_parentheses(text: &str) -> String {
    let (mut outside, mut depth) = (String::new(), 0_usize);
    for letter in text.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(letter),
            _ => {}
        }
    }
    if words::words(&outside).is_empty() { text.to_owned() } else { outside }
}

/// The seat that a head names: alone, beside an explanation, or behind the name of who holds it.
fn seat_of(head: &str) -> Seating {
    let pieces: Vec<&str> = head.split(['(', ')', '[', ']', ':', '—', '–', ',']).flat_map(|piece| piece.split(" - ")).collect();
    let mut unclear = None;
    let mut found: Vec<&'static str> = Vec::new();
    for piece in pieces {
        let words = words::words(piece);
        let seats = seats_named(&words);
        match seats.as_slice() {
            // What stands beside a seat may be a name or a remark, but no other role.
            [] if words.iter().any(|word| speaks_of_role(word)) && seats_named(&words::words(head)).is_empty() => {
                return Seating::None;
            }
            [] => {}
            [seat] => found.push(seat),
            _ => unclear = Some(seats),
        }
    }
    found.sort_unstable();
    found.dedup();
    match (found.as_slice(), unclear) {
        ([seat], Some(seats)) if !seats.contains(seat) => Seating::Unclear([vec![*seat], seats].concat()),
        ([seat], _) => Seating::One(seat),
        ([], Some(seats)) => Seating::Unclear(seats),
        ([], None) => Seating::None,
        _ => Seating::Unclear(found),
    }
}

/// The seats whose wordings the words are, apart from qualifiers.
fn seats_named(words: &[String]) -> Vec<&'static str> {
    let mut seats: Vec<&'static str> = Vec::new();
    for head in SEAT_HEADS.iter() {
        let has_all = head.words.iter().all(|wanted| words.iter().any(|word| fits(wanted, word)));
        let is_all = words.iter().all(|word| fits_any(head.words, word) || fits_any(QUALIFIERS, word));
        if has_all && is_all && !seats.contains(&head.seat) {
            seats.push(head.seat);
        }
    }
    seats
}

/// Whether a word says what somebody is rather than what somebody is called.
fn speaks_of_role(word: &str) -> bool {
    fits_any(GROUPS, word) || is_plural_of_person(word) || fits_any(PERSONS, word)
}

fn is_plural_of_person(word: &str) -> bool {
    let singular = word.strip_suffix('s').filter(|singular| singular.len() > 2);
    singular.is_some_and(|singular| fits_any(PERSONS, singular)) && !fits_any(PERSONS, word)
}

/// Whether a head is a group, and the word that says so.
fn group_of(head: &str) -> (bool, Option<String>) {
    const OF: [&str; 11] = ["of", "for", "von", "fur", "der", "des", "de", "du", "del", "to", "in"];
    let words = words::words(&outside_parentheses(head));
    let said = |words: &[String]| {
        let word = words.iter().rfind(|word| speaks_of_role(word))?;
        Some((fits_any(GROUPS, word) || is_plural_of_person(word), Some(word.clone())))
    };
    // `Head of Teams` is a head, and `Board of Directors` a board.
    let before = words.iter().position(|word| OF.contains(&word.as_str())).unwrap_or(words.len());
    let department = || words.iter().rfind(|word| fits_any(DEPARTMENTS, word)).map(|word| (true, Some(word.clone())));
    said(&words[..before]).or_else(|| said(&words)).or_else(department).unwrap_or((false, None))
}
