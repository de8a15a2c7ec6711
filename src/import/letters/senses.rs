//! What words say, and the legends that explain letters by them.

use super::{Meaning, folded, latin};
use crate::org::rights::Right;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// What a word of a legend or a heading says. An approver decides where nobody else is said to: DACI's `approver` does, RAPID's
/// `agree` never does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sense {
    /// Has the final say.
    Decides,
    /// Has it, unless somebody else is said to.
    Approver,
    /// Must say yes.
    Agrees,
    /// Does the work.
    Does,
    /// Is asked before.
    Input,
    /// Is told after.
    Informed,
    /// Is left out on purpose.
    Nothing,
}

impl Sense {
    /// What it means where somebody else is said to decide, or nobody.
    pub fn meaning(self, another_decides: bool) -> Meaning {
        Meaning::Holds(match self {
            Sense::Decides => Right::Decides,
            Sense::Approver if another_decides => Right::Approves,
            Sense::Approver => Right::Decides,
            Sense::Agrees => Right::Approves,
            Sense::Does => Right::Does,
            Sense::Input => Right::Input,
            Sense::Informed => Right::Informed,
            Sense::Nothing => return Meaning::Nothing,
        })
    }
}

/// How the words begin that legends use, without accents and in lower case: English, German, French, Spanish, Portuguese, Italian,
/// Dutch, Swedish, Polish and Russian. Those of Chinese and Japanese, which leave no blanks, may stand anywhere in a word.
const STEMS: [(Sense, &[&str]); 7] = [
    (Sense::Nothing, &["omit", "uninvolved", "excluded"]),
    (
        Sense::Decides,
        &[
            "accountab",
            "answerab",
            "decid",
            "decis",
            "maker",
            "authorit",
            "autorid",
            "autorit",
            "owner",
            "owns",
            "entscheid",
            "rechenschaft",
            "gesamtverantwort",
            "letztverantwort",
            "endverantwort",
            "ergebnisverantwort",
            "hauptverantwort",
            "redevable",
            "imputab",
            "garant",
            "rinde",
            "eindverantwoord",
            "beslis",
            "beslut",
            "rozlicz",
            "decyd",
            "подотчет",
            "підзвіт",
            "вирішу",
            "rozhod",
            "dont",
            "paatta",
            "승인책임",
            "реша",
            "решени",
            "说明责任",
            "説明責任",
            "问责",
            "當責",
            "当责",
            "决策",
        ],
    ),
    (
        Sense::Approver,
        &[
            "approv",
            "aprob",
            "aprueb",
            "approuv",
            "aprov",
            "approb",
            "genehmig",
            "freigab",
            "freigeb",
            "valid",
            "goedkeur",
            "godkan",
            "zatwierdz",
            "утвержд",
            "утверд",
            "akcept",
            "审批",
            "核准",
            "決裁",
            "затвердж",
            "schval",
            "jovahagy",
            "onay",
            "godkend",
            "godkjen",
            "hyvaksy",
            "승인",
            "批准",
            "承認",
        ],
    ),
    (Sense::Agrees, &["agree", "sign", "verif", "veto", "zustimm", "pruf", "concur", "acuerd", "accord", "control", "соглас"]),
    (
        Sense::Informed,
        &[
            "inform",
            "notif",
            "geinform",
            "kenntnis",
            "mitteil",
            "uwiadom",
            "powiadom",
            "информ",
            "інформ",
            "повідом",
            "tajekoz",
            "bilgi",
            "tiedot",
            "통보",
            "공유",
            "уведом",
            "通知",
            "知情",
            "知会",
            "告知",
            "知會",
            "報告",
        ],
    ),
    (
        Sense::Input,
        &[
            "consult",
            "konsult",
            "input",
            "contrib",
            "advis",
            "berat",
            "recommend",
            "recomend",
            "recomm",
            "empfehl",
            "suggest",
            "review",
            "conseil",
            "coinvol",
            "geraadpl",
            "raadpl",
            "advies",
            "anhor",
            "консульт",
            "konzult",
            "danis",
            "자문",
            "협의",
            "咨询",
            "諮詢",
            "意见",
            "相談",
        ],
    ),
    (
        Sense::Does,
        &[
            "responsib",
            "lead",
            "responsab",
            "responsav",
            "does",
            "doer",
            "perform",
            "execut",
            "driv",
            "support",
            "soutien",
            "apoyo",
            "apoio",
            "soporte",
            "suporte",
            "assist",
            "particip",
            "unterstutz",
            "durchfuhr",
            "ausfuhr",
            "umsetz",
            "verantwort",
            "mitarbeit",
            "mitwirk",
            "realis",
            "realiz",
            "ejecut",
            "encarg",
            "esecut",
            "uitvoer",
            "verantwoord",
            "ondersteun",
            "utfor",
            "ansvar",
            "wykonaw",
            "odpowied",
            "исполн",
            "викон",
            "відповід",
            "zodpov",
            "odpoved",
            "felel",
            "sorumlu",
            "vastuu",
            "책임",
            "담당",
            "ответств",
            "отвеча",
            "поддерж",
            "実行",
            "执行",
            "负责",
            "執行",
            "負責",
            "担当",
        ],
    ),
];

/// The words of a folded text.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The stems by their first characters, so that most words are none after one look.
static BY_INITIAL: LazyLock<FxHashMap<char, Vec<(&str, Sense)>>> = LazyLock::new(|| {
    let mut found: FxHashMap<char, Vec<(&str, Sense)>> = FxHashMap::default();
    for (sense, stems) in STEMS {
        for stem in stems.iter().filter(|stem| !writes_without_blanks(stem)) {
            found.entry(stem.chars().next().unwrap_or_default()).or_default().push((stem, sense));
        }
    }
    found
});

/// What a folded word says, if it is one of those that legends use.
pub fn sense(word: &str) -> Option<Sense> {
    let known = word.chars().next().and_then(|initial| BY_INITIAL.get(&initial)).map_or(&[][..], Vec::as_slice);
    if let Some((_, sense)) = known.iter().find(|(stem, _)| word.starts_with(stem)) {
        return Some(*sense);
    }
    let is_part = |stem: &&&str| writes_without_blanks(stem) && word.contains(**stem);
    let mut found =
        STEMS.iter().filter(|_| word.chars().any(is_ideograph)).filter(|(_, stems)| stems.iter().any(|stem| is_part(&stem)));
    found.next().map(|(sense, _)| *sense)
}

/// Whether a stem is of a script whose words have no blanks between them.
fn writes_without_blanks(stem: &str) -> bool {
    stem.starts_with(is_ideograph)
}

fn is_ideograph(letter: char) -> bool {
    letter >= '\u{3000}'
}

/// What the beginning of an explanation says: `Ultimately responsible` decides, where `Responsible` does.
fn phrase(folded: &str) -> Option<Sense> {
    let mut is_last_resort = false;
    for word in words(folded).take(5) {
        if matches!(word, "not" | "nicht" | "non" | "niet" | "no") {
            return Some(Sense::Nothing);
        }
        if word == "out" && folded.contains("loop") {
            return Some(Sense::Nothing);
        }
        is_last_resort |= ["ultimate", "final", "overall", "gesamt", "letzt", "ultim"].iter().any(|stem| word.starts_with(stem));
        match sense(word) {
            Some(Sense::Does) if is_last_resort => return Some(Sense::Decides),
            Some(Sense::Does) if folded.contains("ultim") || folded.contains(" final") && !folded.contains("finali") => {
                // Romance languages put it behind: `responsable final`, `responsable último`.
                let behind = words(folded).skip_while(|it| *it != word).nth(1).unwrap_or_default();
                let last = behind.starts_with("ultim") || behind.starts_with("final");
                return Some(if last { Sense::Decides } else { Sense::Does });
            }
            Some(sense) => return Some(sense),
            None => {}
        }
    }
    None
}

/// What a text explains: `R = Responsible`, `A: Accountable`, `(C) Consulted`, `Informed (I)`, several of them in one line. An
/// explanation is one if a letter stands beside a word that legends use.
pub fn legend(text: &str) -> Vec<(char, Sense)> {
    let mut found: Vec<(char, Sense)> = Vec::new();
    let pieces: Vec<&str> =
        text.split(|it: char| it.is_whitespace() || ",;|/".contains(it)).filter(|it| !it.is_empty()).collect();
    // A letter is set apart from its word by `=`, `:`, dashes, parentheses or just a blank.
    let mut parts: Vec<(Option<char>, String)> = Vec::new();
    for piece in pieces {
        // `P-R` is a mark of its own, not a `P` beside an `R`.
        if is_compound(piece) {
            continue;
        }
        let is_separator = |it: char| "=:-–—→()[]*_`.\"'•>".contains(it);
        for part in piece.split(is_separator).filter(|part| !part.is_empty()) {
            let mut chars = part.chars();
            let letter = match (chars.next(), chars.next()) {
                (Some(only), None) if only.is_uppercase() => Some(latin(only)),
                _ => None,
            };
            parts.push((letter, folded(part)));
        }
    }
    for (at, (letter, _)) in parts.iter().enumerate() {
        let Some(letter) = letter else { continue };
        let behind = parts.iter().skip(at + 1).take(5).take_while(|(letter, _)| letter.is_none());
        let behind: Vec<&str> = behind.map(|(_, word)| word.as_str()).collect();
        let before = at.checked_sub(1).and_then(|at| parts.get(at)).filter(|(letter, _)| letter.is_none());
        let begins_alike = |word: &str| word.chars().next().is_some_and(|first| latin(first) == *letter);
        // `Responsible (R), Accountable (A)`: the word before, if it begins with the letter and the next one does not.
        let sense = match (before, behind.first()) {
            (Some((_, word)), next) if begins_alike(word) && !next.is_some_and(|next| begins_alike(next)) => sense(word),
            _ => phrase(&behind.join(" ")),
        };
        if let Some(sense) = sense.filter(|_| !found.iter().any(|(known, _)| known == letter)) {
            found.push((*letter, sense));
        }
    }
    found
}

fn is_compound(piece: &str) -> bool {
    let piece = piece.trim_matches(|it: char| !it.is_alphanumeric());
    piece.contains('-') && piece.split('-').all(|part| part.chars().count() == 1)
}

/// What a text explains of letters, if it is written as a legend is: it explains several, or begins with the letter.
pub fn explanation(text: &str) -> Vec<(char, Sense)> {
    let text = text.trim().trim_start_matches(['-', '*', '•', ' ']);
    if text.len() < 4 || !has_letter_apart(text) {
        return Vec::new();
    }
    let found = legend(text);
    let mut chars = text.trim_start_matches('(').chars();
    let first = chars.next().filter(|it| it.is_uppercase());
    let is_parted = chars.as_str().trim_start_matches(['*', ')', ' ']).starts_with(['=', ':', '-', '–', '—', '→'])
        || text.starts_with('(') && chars.as_str().starts_with(')');
    if found.len() > 1 || first.is_some() && is_parted { found } else { Vec::new() }
}

/// Whether a capital stands by itself in a text.
fn has_letter_apart(text: &str) -> bool {
    let mut before = ' ';
    let mut letter = false;
    for it in text.chars().chain([' ']) {
        if letter && !it.is_alphanumeric() {
            return true;
        }
        letter = it.is_uppercase() && !before.is_alphanumeric();
        before = it;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_approver_decides_unless_somebody_else_does() {
        assert_eq!(Sense::Approver.meaning(false), Meaning::Holds(Right::Decides));
        assert_eq!(Sense::Approver.meaning(true), Meaning::Holds(Right::Approves));
        assert_eq!(Sense::Agrees.meaning(false), Meaning::Holds(Right::Approves));
    }

    #[test]
    fn who_is_in_the_loop_is_told_and_who_is_out_of_it_is_not() {
        assert_eq!(phrase("informed, in the loop"), Some(Sense::Informed));
        assert_eq!(phrase("out of the loop"), Some(Sense::Nothing));
    }

    #[test]
    fn words_without_blanks_between_them_say_something_too() {
        assert_eq!(sense("主要负责人员"), Some(Sense::Does));
    }
}
