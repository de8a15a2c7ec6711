//! Names that no word of the project holds, so that whatever does has come from a file; and which of them nobody may read where
//! names are hidden.

use crate::{DAYS, sources};
use roleaudit::org::Org;

/// What marks them, as it is written before small and before capital letters.
const MARKS: [&str; 2] = ["qz", "Qz"];

/// A team file with a mark before each word of somebody's id or name.
pub fn marked(bytes: &[u8]) -> Option<String> {
    let sources = sources(bytes);
    let linked = roleaudit::load(&sources, DAYS).ok()?;
    let of_people = linked.org.people.iter().flat_map(|person| [person.id.id.as_ref(), person.name()]);
    let words: Vec<&str> = of_people.flat_map(words).filter(|word| word.chars().all(char::is_alphabetic)).collect();
    let mut marked = String::new();
    let mut rest = sources.iter().next().map_or("", |(_, source)| source.text.as_str());
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if words.contains(&word) {
            marked.push_str(MARKS[usize::from(is_capital(word))]);
        }
        marked.push_str(word);
        let end = after.find(char::is_alphanumeric).unwrap_or(after.len());
        marked.push_str(&after[..end]);
        rest = &after[end..];
    }
    Some(marked)
}

/// The first word of a text that names somebody: an id or a name, where it is one marked word, or a marked part of a person's name.
pub fn told<'t>(text: &'t str, org: &Org<'_>) -> Option<&'t str> {
    let is_told = |word: &&str| {
        org.people.iter().any(|person| {
            let is_whole = [person.id.id.as_ref(), person.name()].iter().any(|name| name.eq_ignore_ascii_case(word));
            is_whole || !person.is_group() && is_capital(word) && words(person.name()).any(|part| part == *word)
        })
    };
    words(text).filter(|word| MARKS.iter().any(|mark| word.starts_with(mark))).find(is_told)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().nth(1).is_some())
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}
