//! What the letters of a role chart mean: the models that charts follow, the cells that hold letters, and the legends that explain them.
//!
//! A letter never means anything by itself: `A` is accountable, approver or agrees. Which it is follows from a legend, from the name of
//! a model near the table or from the letters beside it; where these leave more than one reading, [`settle`] says so.

use crate::org::rights::{Right, Rights};
use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization as _;

/// A published set of letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Model {
    /// Responsible, accountable, consulted, informed.
    Raci,
    /// RACI and who supports the work.
    Rasci,
    /// RACI and who verifies and signs off.
    RaciVs,
    /// RACI and who is left out on purpose; also called RACIO.
    Cairo,
    /// Driver, approver, contributors, informed.
    Daci,
    /// Recommend, agree, perform, input, decide.
    Rapid,
}

/// What a letter says about whoever it stands under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meaning {
    /// Holds a right.
    Holds(Right),
    /// Is left out on purpose.
    Nothing,
}

impl Model {
    /// The models, those first whose names stand for the readings that they share.
    pub const ALL: [Model; 6] = [Model::Raci, Model::Rasci, Model::RaciVs, Model::Cairo, Model::Daci, Model::Rapid];

    /// Its name as it is written.
    pub fn name(self) -> &'static str {
        match self {
            Model::Raci => "RACI",
            Model::Rasci => "RASCI",
            Model::RaciVs => "RACI-VS",
            Model::Cairo => "CAIRO",
            Model::Daci => "DACI",
            Model::Rapid => "RAPID",
        }
    }

    /// The model of a name, under any of the orders that its letters are known in.
    pub fn named(name: &str) -> Option<Model> {
        let known = match name.trim().to_lowercase().as_str() {
            "raci" | "arci" | "raci model" => Model::Raci,
            "rasci" | "rasic" | "arsci" | "rasi" => Model::Rasci,
            "raci-vs" | "racivs" | "varisc" | "varsic" => Model::RaciVs,
            "cairo" | "racio" | "raci-o" => Model::Cairo,
            "daci" => Model::Daci,
            "rapid" => Model::Rapid,
            _ => return None,
        };
        Some(known)
    }

    /// Its letters in the order of its name, and what they mean in a team file.
    pub fn letters(self) -> &'static [(char, Meaning)] {
        use Meaning::{Holds, Nothing};
        const R: (char, Meaning) = ('R', Holds(Right::Does));
        const A: (char, Meaning) = ('A', Holds(Right::Decides));
        const C: (char, Meaning) = ('C', Holds(Right::Input));
        const I: (char, Meaning) = ('I', Holds(Right::Informed));
        match self {
            Model::Raci => &[R, A, C, I],
            Model::Rasci => &[R, A, ('S', Holds(Right::Does)), C, I],
            Model::RaciVs => &[R, A, C, I, ('V', Holds(Right::Approves)), ('S', Holds(Right::Approves))],
            Model::Cairo => &[C, A, I, R, ('O', Nothing)],
            Model::Daci => &[('D', Holds(Right::Does)), A, C, I],
            Model::Rapid => &[
                ('R', Holds(Right::Input)),
                ('A', Holds(Right::Approves)),
                ('P', Holds(Right::Does)),
                ('I', Holds(Right::Input)),
                ('D', Holds(Right::Decides)),
            ],
        }
    }

    /// What it says by a letter.
    pub fn says(self, letter: char) -> Option<Meaning> {
        self.letters().iter().find(|(known, _)| *known == letter).map(|(_, meaning)| *meaning)
    }

    /// Whether letters alone may suggest it: the rarer variants need the letter that sets them apart.
    fn is_suggested_by(self, used: &[(char, usize)]) -> bool {
        let has = |letter| used.iter().any(|(known, _)| *known == letter);
        match self {
            Model::RaciVs => has('V'),
            Model::Cairo => has('O'),
            _ => true,
        }
    }
}

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
            "реша",
            "说明责任",
            "説明責任",
            "问责",
            "决策",
        ],
    ),
    (
        Sense::Approver,
        &[
            "approv",
            "aprob",
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
            "уведом",
            "通知",
            "知情",
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
            "咨询",
            "相談",
        ],
    ),
    (
        Sense::Does,
        &[
            "responsib",
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
            "ответств",
            "поддерж",
            "実行",
            "执行",
            "负责",
        ],
    ),
];

/// A text in lower case and without accents, as words are compared here.
pub fn folded(text: &str) -> String {
    text.nfkd().filter(|it| !unicode_normalization::char::is_combining_mark(*it)).flat_map(char::to_lowercase).collect()
}

/// The words of a folded text.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// What a folded word says, if it is one of those that legends use.
pub fn sense(word: &str) -> Option<Sense> {
    STEMS.iter().find(|(_, stems)| stems.iter().any(|stem| begins(word, stem))).map(|(sense, _)| *sense)
}

fn begins(word: &str, stem: &str) -> bool {
    let writes_without_blanks = stem.starts_with(|it: char| it >= '\u{3000}');
    if writes_without_blanks { word.contains(stem) } else { word.starts_with(stem) }
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

/// The models that a text names, each once. `rapid` is also an ordinary word: only in capitals it is a name.
fn named_in(text: &str) -> impl Iterator<Item = Model> {
    let names = text.split(|it: char| !it.is_alphanumeric() && it != '-').filter(|word| *word != "rapid" && *word != "Rapid");
    let mut found: SmallVec<[Model; 4]> = SmallVec::new();
    for model in names.filter_map(|word| Model::named(word.trim_matches('-'))) {
        if !found.contains(&model) {
            found.push(model);
        }
    }
    found.into_iter()
}

/// What is known of the letters of one table.
#[derive(Clone, Debug, Default)]
pub struct Evidence<'t> {
    /// The letters in use, and how often each is.
    pub used: Vec<(char, usize)>,
    /// What its legend says.
    pub legend: Vec<(char, Sense)>,
    /// Texts that may name a model, the nearest first.
    pub near: Vec<&'t str>,
}

/// How it is known what letters mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// The user said so.
    Given,
    /// A legend explains them.
    Legend,
    /// The name of the model stands near the table.
    Named,
    /// No other model has these letters, or all that have them agree.
    Letters,
    /// The table uses words.
    Words,
}

/// What the letters of a table mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The model, unless the legend has letters of its own.
    pub model: Option<Model>,
    /// How it is known.
    pub ground: Ground,
    /// Each letter with its meaning.
    pub letters: Vec<(char, Meaning)>,
}

impl Key {
    fn of(model: Model, ground: Ground) -> Self {
        Key { model: Some(model), ground, letters: model.letters().to_vec() }
    }

    /// What it says by a letter.
    pub fn says(&self, letter: char) -> Option<Meaning> {
        self.letters.iter().find(|(known, _)| *known == letter).map(|(_, meaning)| *meaning)
    }

    /// What a sign says.
    pub fn reads(&self, sign: Sign) -> Option<Meaning> {
        match sign {
            Sign::Letter(letter) => self.says(letter),
            Sign::Word(sense) => {
                let decides =
                    self.letters.iter().any(|(letter, meaning)| *letter != 'A' && *meaning == Meaning::Holds(Right::Decides));
                Some(sense.meaning(decides))
            }
        }
    }

    /// The rights that signs say, and the letters that it does not explain.
    pub fn rights(&self, signs: &[Sign]) -> (Rights, Vec<char>) {
        let (mut rights, mut unknown) = (Rights::default(), Vec::new());
        for sign in signs {
            match (self.reads(*sign), sign) {
                (Some(Meaning::Holds(right)), _) => rights.add(right),
                (None, Sign::Letter(letter)) => unknown.push(*letter),
                _ => {}
            }
        }
        (rights, unknown)
    }
}

/// Whether it is known what the letters of a table mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// It is.
    Settled(Key),
    /// Several models are possible, and they differ; or none has these letters.
    Ambiguous {
        /// The letters in use.
        letters: Vec<char>,
        /// The models that they may follow.
        alternatives: Vec<Model>,
    },
}

/// Finds out what the letters of a table mean. A model that the user gives wins; then a legend, then a name near the table, and last
/// the letters themselves, as far as all models that have them agree.
pub fn settle(evidence: &Evidence<'_>, given: Option<Model>) -> Reading {
    if let Some(model) = given {
        return Reading::Settled(Key::of(model, Ground::Given));
    }
    let used = &evidence.used;
    if used.is_empty() {
        return Reading::Settled(Key::of(Model::Raci, Ground::Words));
    }
    if let Some(key) = explained(evidence) {
        return Reading::Settled(key);
    }
    let total: usize = used.iter().map(|(_, count)| count).sum();
    let strays =
        |model: Model| used.iter().filter(|(letter, _)| model.says(*letter).is_none()).map(|(_, count)| count).sum::<usize>();
    // A typing error in one cell of many changes no model; it is reported where it stands.
    let fits = |model: Model| strays(model) * 10 <= total;
    let agreed = |models: &[Model]| {
        let (first, rest) = models.split_first()?;
        let alike = |model: &Model| used.iter().all(|(letter, _)| model.says(*letter) == first.says(*letter));
        rest.iter().all(alike).then_some(*first)
    };
    for text in &evidence.near {
        let named: Vec<Model> = named_in(text).filter(|model| fits(*model)).collect();
        if let Some(model) = agreed(&named) {
            return Reading::Settled(Key::of(model, Ground::Named));
        }
    }
    let suggested = Model::ALL.into_iter().filter(|model| model.is_suggested_by(used));
    let fewest = suggested.clone().map(strays).min().unwrap_or_default();
    let alternatives: Vec<Model> = suggested.filter(|model| strays(*model) == fewest && fewest < total).collect();
    match agreed(&alternatives) {
        Some(model) if fits(model) => Reading::Settled(Key::of(model, Ground::Letters)),
        _ => Reading::Ambiguous { letters: used.iter().map(|(letter, _)| *letter).collect(), alternatives },
    }
}

/// What a legend says, if it explains at least two letters and the greater part of those in use. Letters that it leaves out are those
/// of the one model that agrees with the rest.
fn explained(evidence: &Evidence<'_>) -> Option<Key> {
    let legend = &evidence.legend;
    let in_use = |letter: char| evidence.used.iter().any(|(used, _)| *used == letter);
    let known = legend.iter().filter(|(letter, _)| in_use(*letter)).count();
    if legend.len() < 2 || known == 0 || known * 2 < evidence.used.len() {
        return None;
    }
    let decides = legend.iter().any(|(_, sense)| *sense == Sense::Decides);
    let mut letters: Vec<(char, Meaning)> = legend.iter().map(|(letter, sense)| (*letter, sense.meaning(decides))).collect();
    let agrees = |model: &Model| letters.iter().all(|(letter, meaning)| model.says(*letter) == Some(*meaning));
    let covers = |model: &Model| evidence.used.iter().all(|(letter, _)| model.says(*letter).is_some());
    let model = Model::ALL.into_iter().filter(agrees).find(covers);
    for (letter, _) in &evidence.used {
        if !letters.iter().any(|(known, _)| known == letter) {
            letters.extend(model.and_then(|model| model.says(*letter)).map(|meaning| (*letter, meaning)));
        }
    }
    Some(Key { model, ground: Ground::Legend, letters })
}

/// One thing that a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    if matches!(text, "x" | "X" | "✓" | "✔" | "✔️" | "☑" | "✅" | "●" | "•" | "√" | "х" | "Х") {
        return Entry::Tick;
    }
    let (mut outside, mut remark) = split_remark(text);
    if outside.is_empty() {
        (outside, remark) = (remark, String::new());
    }
    // A sentence is no list of letters.
    if outside.len() > 200 {
        return Entry::Text;
    }
    signs(&outside, remark)
}

/// Whether a cell says that there is nothing to say.
pub fn is_blank(text: &str) -> bool {
    let dashes = |it: char| it.is_whitespace() || "-–—−‐‑‒―./_".contains(it) || it == '\u{200b}' || it == '\u{feff}';
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
    for mark in ['*', '_', '`'] {
        while let Some(inner) = text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)) {
            text = inner.trim();
        }
    }
    text
}

/// A text without what stands in parentheses, and what stands there.
pub fn split_remark(text: &str) -> (String, String) {
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
    let mut rest = text;
    let mut gap = "";
    while !rest.is_empty() {
        let end = rest.find(is_between).unwrap_or(rest.len());
        let (token, behind) = rest.split_at(end);
        // Behind a letter, a word explains it.
        let follows_letter = signs.iter().any(|sign| matches!(sign, Sign::Letter(_)));
        let is_word = |found: &Token<'_>| found.signs.iter().any(|sign| matches!(sign, Sign::Word(_)));
        let Some(found) = token_signs(token).filter(|found| !(follows_letter && is_word(found))) else {
            // `R - drafts it` has a remark; `A new feature` is a text.
            let is_set_apart = gap.contains(['-', '–', '—', ':', ',', ';', '\n']);
            if signs.is_empty() || !is_set_apart || signs.iter().any(|sign| matches!(sign, Sign::Word(_))) {
                return Entry::Text;
            }
            append(&mut remark, rest);
            break;
        };
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
    if signs.is_empty() { Entry::Text } else { Entry::Signs { signs, remark, joined } }
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
    it.is_whitespace() || "/,;+&|\\·•:-–—.、，；／".contains(it)
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
        // Yes and no are no letters of a model, and a cross is a tick.
        1 => signs.extend(letters.filter(|it| it.is_alphabetic() && !"XYNJ".contains(*it)).map(Sign::Letter)),
        2..=5 if suffix.len() <= 1 && is_one_case(core) && letters.clone().all(|it| COMMON.contains(it)) => {
            for letter in letters {
                if signs.contains(&Sign::Letter(letter)) {
                    return None;
                }
                signs.push(Sign::Letter(letter));
            }
        }
        _ => {}
    }
    if signs.is_empty() && count > 4 && !suffix.contains(|it: char| it.is_alphanumeric()) {
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
    const FORMS: [&str; 44] = [
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
            ("-", "blank"),
            ("—", "blank"),
            ("", "blank"),
            ("✓", "tick"),
            ("x", "tick"),
            ("TBD", "text"),
            ("A new feature", "text"),
            ("I think so", "text"),
            ("said", "text"),
            ("yes", "text"),
            ("Y", "text"),
            ("12", "text"),
            ("Approved", "text"),
            ("Dana", "text"),
        ] {
            assert_eq!(shown(text), expected, "{text:?}");
        }
    }

    fn settled(used: &str, near: &[&str], legend_text: &str) -> Result<Option<Model>, Vec<Model>> {
        let used = used.chars().map(|letter| (letter, 1)).collect();
        match settle(&Evidence { used, legend: legend(legend_text), near: near.to_vec() }, None) {
            Reading::Settled(key) => Ok(key.model),
            Reading::Ambiguous { alternatives, .. } => Err(alternatives),
        }
    }

    #[test]
    fn letters_show_their_model_where_only_one_reading_is_left() {
        assert_eq!(settled("RACI", &[], ""), Ok(Some(Model::Raci)));
        assert_eq!(settled("RASCI", &[], ""), Ok(Some(Model::Rasci)));
        assert_eq!(settled("DACI", &[], ""), Ok(Some(Model::Daci)));
        assert_eq!(settled("RAPID", &[], ""), Ok(Some(Model::Rapid)));
        assert_eq!(settled("RACIVS", &[], ""), Ok(Some(Model::RaciVs)));
        assert_eq!(settled("CAIRO", &[], ""), Ok(Some(Model::Cairo)));
        assert_eq!(settled("ACI", &[], ""), Ok(Some(Model::Raci)), "RACI and DACI agree in these");
        assert_eq!(settled("RAC", &[], ""), Ok(Some(Model::Raci)));
    }

    #[test]
    fn where_models_differ_the_reading_is_open() {
        assert_eq!(settled("AI", &[], ""), Err(vec![Model::Raci, Model::Rasci, Model::Daci, Model::Rapid]));
        assert_eq!(settled("DAI", &[], ""), Err(vec![Model::Daci, Model::Rapid]));
        assert_eq!(settled("RA", &["a rapid plan"], ""), Err(vec![Model::Raci, Model::Rasci, Model::Rapid]));
        assert_eq!(settled("XZ", &[], ""), Err(vec![]));
        assert!(settled("RACID", &[], "").is_err(), "no model has all of these");
    }

    #[test]
    fn a_name_near_the_table_settles_what_letters_leave_open() {
        assert_eq!(settled("RAI", &["Roles (RACI)"], ""), Ok(Some(Model::Raci)));
        assert_eq!(settled("RAI", &["RAPID decision rights"], ""), Ok(Some(Model::Rapid)));
        assert_eq!(settled("DACI", &["RACI matrix"], ""), Ok(Some(Model::Daci)), "the name does not fit the letters");
        assert!(settled("RAI", &["RACI or RAPID?"], "").is_err());
    }

    #[test]
    fn a_legend_wins_over_names_and_letters() {
        let rapid = "R = Recommend, A = Agree, P = Perform, I = Input, D = Decide";
        assert_eq!(settled("RAI", &["RACI"], rapid), Ok(Some(Model::Rapid)));
        assert_eq!(legend("Responsible (R), Accountable (A)"), [('R', Sense::Does), ('A', Sense::Decides)]);
        assert_eq!(legend("R: Ultimately responsible; I: kept informed"), [('R', Sense::Decides), ('I', Sense::Informed)]);
        assert_eq!(legend("R - Responsable, A - Aprobador, C - Consultado, I - Informado").len(), 4);
        assert_eq!(legend("R = 実行責任者, A = 説明責任者"), [('R', Sense::Does), ('A', Sense::Decides)]);
        assert_eq!(legend("Plan A is due in May"), []);
        assert_eq!(
            legend("U = Uitvoerend, E = Eindverantwoordelijk, R = Raadplegen, I = Informeren"),
            [('U', Sense::Does), ('E', Sense::Decides), ('R', Sense::Input), ('I', Sense::Informed)]
        );
    }

    #[test]
    fn an_approver_decides_unless_somebody_else_does() {
        assert_eq!(Sense::Approver.meaning(false), Meaning::Holds(Right::Decides));
        assert_eq!(Sense::Approver.meaning(true), Meaning::Holds(Right::Approves));
        assert_eq!(Sense::Agrees.meaning(false), Meaning::Holds(Right::Approves));
    }
}
