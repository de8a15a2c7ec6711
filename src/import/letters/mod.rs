//! What the letters of a role chart mean: the models that charts follow, the cells that hold letters, and the legends that explain them.
//!
//! A letter never means anything by itself: `A` is accountable, approver or agrees. Which it is follows from a legend, from the name of
//! a model near the table or from the letters beside it; where these leave more than one reading, [`settle`] says so.

mod cells;
mod senses;

pub use super::words::folded;
pub use cells::{Entry, Sign, entry, hands_over, is_blank, is_whole_word, latin, split_remark};
pub use senses::{Sense, explanation, legend, sense, words};

use crate::org::rights::{Right, Rights};
use smallvec::SmallVec;

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

    /// The word by which the user gives it; none for the rarer variants, which legends explain.
    pub fn flag(self) -> Option<&'static str> {
        match self {
            Model::Raci => Some("raci"),
            Model::Rasci => Some("rasci"),
            Model::Daci => Some("daci"),
            Model::Rapid => Some("rapid"),
            Model::RaciVs | Model::Cairo => None,
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
    /// What a model says, and how it is known that it is the one.
    pub fn of(model: Model, ground: Ground) -> Self {
        Key { model: Some(model), ground, letters: model.letters().to_vec() }
    }

    /// What it says by a letter.
    pub fn says(&self, letter: char) -> Option<Meaning> {
        self.letters.iter().find(|(known, _)| *known == letter).map(|(_, meaning)| *meaning)
    }

    /// What a sign says.
    pub fn reads(&self, sign: Sign) -> Option<Meaning> {
        match sign {
            // Where a legend does not say otherwise, `N` is for who has nothing to do with it.
            Sign::Letter('N') => self.says('N').or(Some(Meaning::Nothing)),
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
    if let Some(key) = explained(evidence) {
        return Reading::Settled(key);
    }
    let used: Vec<(char, usize)> = evidence.used.iter().copied().filter(|(letter, _)| *letter != 'N').collect();
    let used = used.as_slice();
    if used.is_empty() {
        return Reading::Settled(Key::of(Model::Raci, Ground::Words));
    }
    let total: usize = used.iter().map(|(_, count)| count).sum();
    let strays =
        |model: Model| used.iter().filter(|(letter, _)| model.says(*letter).is_none()).map(|(_, count)| count).sum::<usize>();
    // A typing error in one cell of many changes no model, and where all its letters are in use, in one of few; it is reported there.
    let is_whole = |model: Model| model.letters().iter().all(|(letter, _)| used.iter().any(|(known, _)| known == letter));
    let fits = |model: Model| strays(model) * 10 <= total || is_whole(model) && strays(model) * 6 <= total;
    let agreed = |models: &[Model]| {
        let (first, rest) = models.split_first()?;
        let alike = |model: &Model| used.iter().all(|(letter, _)| model.says(*letter) == first.says(*letter));
        rest.iter().all(alike).then_some(*first)
    };
    // Letters that no model has may stand beside those of a model that is named.
    let fits_name = |model: Model| {
        let known = used.iter().filter(|(letter, _)| model.says(*letter).is_some()).count();
        let is_foreign = |letter: char| Model::ALL.iter().all(|model| model.says(letter).is_none());
        fits(model) || known > 2 && used.iter().all(|(letter, _)| model.says(*letter).is_some() || is_foreign(*letter))
    };
    for text in &evidence.near {
        let named: Vec<Model> = named_in(text).filter(|model| fits_name(*model)).collect();
        if let Some(model) = agreed(&named) {
            return Reading::Settled(Key::of(model, Ground::Named));
        }
    }
    let suggested = Model::ALL.into_iter().filter(|model| model.is_suggested_by(used));
    let fewest = suggested.clone().map(strays).min().unwrap_or_default();
    let alternatives: Vec<Model> = suggested.filter(|model| strays(*model) == fewest && fewest < total).collect();
    // Two letters are no proof of a model that is rarer than RACI.
    let is_proven = |model: Model| {
        let known = used.iter().filter(|(letter, _)| model.says(*letter).is_some()).count();
        model == Model::Raci || known > 2
    };
    match agreed(&alternatives) {
        Some(model) if fits(model) && is_proven(model) => Reading::Settled(Key::of(model, Ground::Letters)),
        _ => Reading::Ambiguous { letters: used.iter().map(|(letter, _)| *letter).collect(), alternatives },
    }
}

/// Whether a legend or a name near the table says what its letters mean.
pub fn is_named(evidence: &Evidence<'_>) -> bool {
    matches!(settle(evidence, None), Reading::Settled(Key { ground: Ground::Legend | Ground::Named, .. }))
}

/// Whether a text near the table names a model.
pub fn names_model(evidence: &Evidence<'_>) -> bool {
    evidence.near.iter().any(|text| named_in(text).next().is_some())
}

/// Whether letters may be those of a role chart: a legend or a name says so, or they are among those of a model and not just one
/// of them. Grades, sizes and rights to files have other letters. Some letter other than `N` has to be in use.
pub fn are_of_a_chart(evidence: &Evidence<'_>, given: Option<Model>) -> bool {
    if is_named(evidence) {
        return true;
    }
    let used = || evidence.used.iter().filter(|(letter, _)| *letter != 'N');
    let total: usize = used().map(|(_, count)| count).sum();
    let strays =
        |model: &Model| used().filter(|(letter, _)| model.says(*letter).is_none()).map(|(_, count)| count).sum::<usize>();
    let known = |model: &Model| used().filter(|(letter, _)| model.says(*letter).is_some()).count();
    // Two letters may be anything, such as present and absent; with a third, a letter of one's own may stand among them.
    let has = |letter: char| used().any(|(known, _)| *known == letter);
    let is_pair = total > 2 && (has('R') || has('C') || has('D') || has('A') && has('I'));
    let resembles = |model: &Model| match known(model) {
        0 | 1 => false,
        2 => is_pair && strays(model) * 10 <= total,
        _ => strays(model) * 10 <= total || has('A') && strays(model) * 3 < total,
    };
    // Who does or decides a few tasks may be all that a chart says.
    let is_bare = total > 1 && used().count() == 1 && used().all(|(letter, _)| matches!(letter, 'R' | 'A'));
    is_bare || given.is_some_and(|model| strays(&model) * 10 <= total) || Model::ALL.iter().any(resembles)
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
    // Where `A` and another letter are both said to be responsible, and nobody decides, `A` is who answers for it.
    let does = Meaning::Holds(Right::Does);
    let is_decided = letters.iter().any(|(_, meaning)| *meaning == Meaning::Holds(Right::Decides));
    if !is_decided && letters.iter().filter(|(_, meaning)| *meaning == does).count() > 1 {
        letters
            .iter_mut()
            .filter(|(letter, meaning)| *letter == 'A' && *meaning == does)
            .for_each(|(_, meaning)| *meaning = Meaning::Holds(Right::Decides));
    }
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_letter_of_its_own_may_stand_beside_those_of_a_named_model() {
        assert_eq!(settled("RACIQ", &["RACI with Q"], ""), Ok(Some(Model::Raci)));
        assert!(settled("RACIQ", &[], "").is_err());
        assert_eq!(settled("PA", &[], ""), Err(vec![Model::Rapid]), "two letters prove no rare model");
    }

    #[test]
    fn marks_of_several_letters_explain_none_of_them() {
        assert_eq!(legend("`P-R`, `P-C` and `P-I`: planned participation"), []);
        assert_eq!(
            settled("AURI", &[], "A = Ansvarig, U = Utför, R = Rådgör, I = Informeras").map(|_| ()),
            Ok(()),
            "who is responsible beside who does the work answers for it"
        );
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
}
