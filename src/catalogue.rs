//! The catalogue of `roles/`, compiled in as tables: nothing is parsed when the program starts.

/// A document that the rules are drawn from.
#[derive(Debug)]
pub struct Document {
    /// Its number, such as `004`.
    pub id: &'static str,
    /// Its title; of an untitled one, what it is about.
    pub title: &'static str,
    /// Who published it.
    pub publisher: &'static str,
}

/// A verbatim passage of a document.
#[derive(Debug)]
pub struct Passage {
    /// The claim's id, such as `D4-243`.
    pub id: &'static str,
    /// The document that it stands in.
    pub document: &'static Document,
    /// The heading that it stands under; empty before the first one.
    pub section: &'static str,
    /// The words of the document.
    pub quote: &'static str,
}

/// A statement of a document, whether it is quoted or only named.
#[derive(Debug)]
pub struct Claim {
    /// Its id, such as `D4-243`.
    pub id: &'static str,
    /// The document that it stands in.
    pub document: &'static Document,
    /// The heading that it stands under; empty before the first one.
    pub section: &'static str,
    /// Whether a team file can contradict it; every such claim is cited by something.
    pub auditable: bool,
}

/// Whether a passage speaks for a rule or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// It backs the rule.
    Supports,
    /// It disagrees with the rule.
    Dissents,
}

/// Where the one who decides a duty is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Once per backlog: first its teams, then its products.
    Backlog,
    /// Once per team.
    Team,
    /// Once per product.
    Product,
    /// Once for the whole organization.
    Organization,
}

/// The position of a duty: the built-in ones as in [`DUTIES`], the company's own behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DutyIx(pub u16);

impl Level {
    /// The levels, the narrowest first.
    pub const ALL: [Level; 4] = [Level::Team, Level::Backlog, Level::Product, Level::Organization];

    /// Whether a team can record who decides: it is looked up there, or on the backlog that the team works from.
    pub fn is_of_team(self) -> bool {
        matches!(self, Level::Team | Level::Backlog)
    }
}

/// A duty that somebody has to own.
#[derive(Debug)]
pub struct Duty {
    /// Its id, such as `backlog.order`.
    pub id: &'static str,
    /// What is to be done, as a sentence.
    pub meaning: &'static str,
    /// The role that the documents give most of it to: the name of its file in `roles/`.
    pub role: &'static str,
    /// Where its decider is looked up.
    pub level: Level,
    /// One of the duties without which a product is not led; section 1 of the rules lists them.
    pub core: bool,
    /// One of the seven rights that document 004 says teams should know (D4-239 to D4-245).
    pub right: bool,
    /// The passage that names it best.
    pub passage: &'static Passage,
    /// The ids of the other claims that speak of it; they are not quoted here.
    pub claims: &'static [&'static str],
}

/// The position of a signal in [`SIGNALS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SignalIx(pub u8);

/// A symptom: people record it, or another fact implies it.
#[derive(Debug)]
pub struct Signal {
    /// Its place in the table.
    pub position: SignalIx,
    /// Its name, such as `developers-wait`.
    pub name: &'static str,
    /// What was observed, as a sentence.
    pub meaning: &'static str,
    /// The passage that names it.
    pub passage: &'static Passage,
    /// The ids of the other claims that name it; they are not quoted here.
    pub claims: &'static [&'static str],
    /// The key that it follows from, in words; nobody records such a signal.
    pub derived: Option<&'static str>,
}

/// A way to divide the product roles that the documents describe.
#[derive(Debug)]
pub struct Model {
    /// Its word in outputs, such as `split`.
    pub name: &'static str,
    /// Whether it stands alone.
    pub kind: ModelKind,
    /// How it is recognised, as a sentence.
    pub meaning: &'static str,
    /// Which rules change with it, and how.
    pub changes: &'static str,
    /// The ids of the claims that describe it.
    pub claims: &'static [&'static str],
}

/// Whether a model stands alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ModelKind {
    /// Every product follows exactly one of these.
    Model,
    /// What comes on top of a model.
    Overlay,
}

/// A row of the decision table: which role to hire in a situation, if any.
#[derive(Debug)]
pub struct Advice {
    /// Its name in the table: `A`, `B` and `G` are added to any other; of `1` to `19` the first that applies holds; `Z` is left.
    pub name: &'static str,
    /// When it applies, as a sentence.
    pub situation: &'static str,
    /// What to do, in a sentence or two.
    pub advice: &'static str,
    /// The passage that it rests on.
    pub passage: &'static Passage,
    /// The ids of the other claims behind it; they are not quoted here.
    pub claims: &'static [&'static str],
}

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// The passage of an id; tests prove that every id in use has one.
pub fn passage(id: &str) -> Option<&'static Passage> {
    PASSAGES.binary_search_by(|passage| passage.id.cmp(id)).ok().map(|index| &PASSAGES[index])
}

/// The claim of an id, quoted or not.
pub fn claim(id: &str) -> Option<&'static Claim> {
    CLAIMS.binary_search_by(|claim| claim.id.cmp(id)).ok().map(|index| &CLAIMS[index])
}

/// The built-in duty of an id.
pub fn duty(id: &str) -> Option<&'static Duty> {
    DUTIES.iter().find(|duty| duty.id == id)
}

impl SignalIx {
    /// All there is to say about it.
    pub fn get(self) -> &'static Signal {
        &SIGNALS[self.0 as usize]
    }
}

/// The signal of a name.
pub fn signal(name: &str) -> Option<&'static Signal> {
    SIGNALS.iter().find(|signal| signal.name == name)
}

/// The model or overlay of a name.
pub fn model(name: &str) -> Option<&'static Model> {
    MODELS.iter().find(|model| model.name == name)
}

/// The row of advice of a name.
pub fn advice(name: &str) -> Option<&'static Advice> {
    ADVICE.iter().find(|advice| advice.name == name)
}

impl Duty {
    /// The part before the dot, such as `backlog`.
    pub fn area(&self) -> &'static str {
        self.id.split_once('.').map_or(self.id, |(area, _)| area)
    }
}
