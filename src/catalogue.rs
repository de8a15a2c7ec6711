//! The duties, signals, documents and passages of `roles/`, compiled in as tables: nothing is parsed when the program starts.

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
    /// The key that it follows from, in words; nobody records such a signal.
    pub derived: Option<&'static str>,
}

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// The passage of an id; tests prove that every id in use has one.
pub fn passage(id: &str) -> Option<&'static Passage> {
    PASSAGES.binary_search_by(|passage| passage.id.cmp(id)).ok().map(|index| &PASSAGES[index])
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

impl Duty {
    /// The part before the dot, such as `backlog`.
    pub fn area(&self) -> &'static str {
        self.id.split_once('.').map_or(self.id, |(area, _)| area)
    }
}
