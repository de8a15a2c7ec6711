//! Compiles `roles/wording.yaml`: how charts of roles name duties, seats and groups.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write as _};
use std::path::Path;

use serde::Deserialize;

use super::{Entries, in_file, read, write_table};

/// `roles/wording.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wording {
    fillers: Vec<String>,
    against: Vec<String>,
    classes: Entries<Vec<String>>,
    duties: Entries<DutyWording>,
    either: Vec<Either>,
    seats: Entries<Vec<String>>,
    qualifiers: Vec<String>,
    groups: Vec<String>,
    persons: Vec<String>,
    departments: Vec<String>,
    pairs: Vec<String>,
    endings: Vec<String>,
    nobody: Vec<String>,
}

/// The phrases of a duty.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DutyWording {
    sure: Vec<String>,
    #[serde(default)]
    likely: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
}

/// A phrase that stands for several duties.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Either {
    phrase: String,
    duties: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
}

/// Reads the file and checks it against the ids of all duties.
pub(super) fn read_wording(file: &Path, duties: &[&str]) -> Result<Wording, String> {
    let wording: Wording = read(file)?;
    let problem = |text: String| Err(in_file(file, text));
    for id in wording.duties.0.iter().map(|(id, _)| id).chain(wording.either.iter().flat_map(|either| &either.duties)) {
        if !duties.contains(&id.as_str()) {
            return problem(format!("`{id}` is no built-in duty"));
        }
    }
    if let Some(id) = duties.iter().find(|id| !wording.duties.0.iter().any(|(known, _)| known == **id)) {
        return problem(format!("`{id}` has no phrases"));
    }
    let lists = [
        ("fillers", vec![&wording.fillers]),
        ("against", vec![&wording.against]),
        ("qualifiers", vec![&wording.qualifiers]),
        ("groups, persons, departments", vec![&wording.groups, &wording.persons, &wording.departments]),
        ("endings", vec![&wording.endings]),
    ];
    for (name, lists) in lists {
        let mut seen = BTreeSet::new();
        for word in lists.into_iter().flatten() {
            require_stem(file, word)?;
            if !seen.insert(word) {
                return problem(format!("{name}: `{word}` stands here twice"));
            }
        }
    }
    for word in wording.nobody.iter().flat_map(|nobody| nobody.split(' ')) {
        require_stem(file, word)?;
    }
    for pair in &wording.pairs {
        match pair.split_once('/') {
            Some((one, other)) => [one, other].into_iter().try_for_each(|word| require_stem(file, word))?,
            None => return problem(format!("pairs: `{pair}` has no `/`")),
        }
    }
    for (name, words) in &wording.classes.0 {
        for word in words {
            require_stem(file, word)?;
        }
        if words.iter().collect::<BTreeSet<_>>().len() < words.len() {
            return problem(format!("classes: `{name}` has a word twice"));
        }
    }
    let mut seen: BTreeMap<Vec<&str>, &str> = BTreeMap::new();
    for (owner, phrase) in wording.phrases() {
        let mut words: Vec<&str> = phrase.split_whitespace().collect();
        if words.iter().all(|word| word.ends_with('?')) {
            return problem(format!("`{owner}`: the phrase `{phrase}` requires nothing"));
        }
        for word in words.iter().map(|word| word.trim_end_matches('?')) {
            if wording.class(word).is_none() {
                require_stem(file, word)?;
            }
        }
        words.sort_unstable();
        if let Some(other) = seen.insert(words, owner) {
            return problem(format!("`{phrase}` stands under `{other}` and again under `{owner}`"));
        }
    }
    for (seat, heads) in &wording.seats.0 {
        let mut seen = BTreeSet::new();
        for head in heads {
            head.split(' ').try_for_each(|word| require_stem(file, word))?;
            if !seen.insert(head) {
                return problem(format!("seats: `{head}` stands under `{seat}` twice"));
            }
        }
    }
    Ok(wording)
}

/// Requires letters as folded text has them, with a `*` at one end at most. Which letters of other scripts folding changes is known
/// where it is done: a test asks there.
fn require_stem(file: &Path, word: &str) -> Result<(), String> {
    let stem = word.strip_prefix('*').or_else(|| word.strip_suffix('*')).unwrap_or(word);
    let is_folded = |letter: char| letter.is_alphanumeric() && !letter.is_uppercase();
    if !stem.is_empty() && stem.chars().all(is_folded) {
        Ok(())
    } else {
        let problem = format!("`{word}` is neither a class nor a word of lower-case letters, with `*` at one end at most");
        Err(in_file(file, problem))
    }
}

impl Wording {
    fn class(&self, name: &str) -> Option<&[String]> {
        self.classes.0.iter().find(|(known, _)| known == name).map(|(_, words)| words.as_slice())
    }

    /// All phrases with what they stand under.
    fn phrases(&self) -> impl Iterator<Item = (&str, &str)> {
        let duties = self
            .duties
            .0
            .iter()
            .flat_map(|(id, duty)| duty.sure.iter().chain(&duty.likely).map(|phrase| (id.as_str(), phrase.as_str())));
        duties.chain(self.either.iter().map(|either| ("either", either.phrase.as_str())))
    }

    /// A word of a phrase, as Rust.
    fn word(&self, word: &str) -> String {
        let (word, optional) = word.strip_suffix('?').map_or((word, false), |word| (word, true));
        let (family, any_of) = match self.class(word) {
            Some(words) => (word.to_lowercase(), words.to_vec()),
            None => (String::new(), vec![word.to_owned()]),
        };
        format!("PhraseWord {{ family: {family:?}, any_of: &{any_of:?}, optional: {optional} }}")
    }

    fn row(&self, duties: &[&str], phrase: &str, without: &[String], sure: bool) -> String {
        let words: Vec<String> = phrase.split_whitespace().map(|word| self.word(word)).collect();
        let without: Vec<String> = without.iter().map(|word| self.word(word)).collect();
        let (words, without) = (words.join(", "), without.join(", "));
        format!("Phrase {{ duties: &{duties:?}, words: &[{words}], without: &[{without}], sure: {sure} }}")
    }
}

/// The tables of `src/import/words.rs`.
pub(super) fn write_wording(wording: &Wording) -> Result<String, fmt::Error> {
    let mut code = String::new();
    let mut rows = Vec::new();
    for (id, DutyWording { sure, likely, without }) in &wording.duties.0 {
        let phrases = sure.iter().map(|phrase| (phrase, true)).chain(likely.iter().map(|phrase| (phrase, false)));
        rows.extend(phrases.map(|(phrase, sure)| wording.row(&[id], phrase, without, sure)));
    }
    rows.extend(wording.either.iter().map(|Either { phrase, duties, without }| {
        let duties: Vec<&str> = duties.iter().map(String::as_str).collect();
        wording.row(&duties, phrase, without, false)
    }));
    write_table(&mut code, "How charts name duties.", "PHRASES", "Phrase", rows.into_iter())?;
    let rows: Vec<String> = wording
        .seats
        .0
        .iter()
        .flat_map(|(seat, heads)| {
            heads.iter().map(move |head| {
                let words: Vec<&str> = head.split(' ').collect();
                format!("SeatHead {{ seat: {seat:?}, words: &{words:?} }}")
            })
        })
        .collect();
    write_table(&mut code, "How charts name seats.", "SEAT_HEADS", "SeatHead", rows.into_iter())?;
    let lists = [
        ("Words that say nothing about which duty is meant.", "FILLERS", &wording.fillers),
        ("Words that make another task of what they stand beside.", "AGAINST", &wording.against),
        ("Words beside a seat's that change nothing.", "QUALIFIERS", &wording.qualifiers),
        ("Words that make a head a group.", "GROUPS", &wording.groups),
        ("Words that make a head a person.", "PERSONS", &wording.persons),
        ("Departments: groups, unless another word says a person.", "DEPARTMENTS", &wording.departments),
        ("Words that are usually written with a `/` between them.", "PAIRS", &wording.pairs),
        ("What follows a `/` to say that women are meant as well.", "ENDINGS", &wording.endings),
        ("What stands for nobody in a cell of names.", "NOBODY", &wording.nobody),
    ];
    for (meaning, name, words) in lists {
        writeln!(code, "/// {meaning}\npub static {name}: &[&str] = &{words:?};\n")?;
    }
    Ok(code)
}
