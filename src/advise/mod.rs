//! Which role to hire first, per product: the decision table that document 004 amounts to (section 7 of the rules).
//!
//! A row is a condition here and words in `roles/advice.yaml`, under the same name. Among the rows `1` to `Z` the first that matches
//! is the advice; the rows with letters before them are added whenever they match.

pub mod situation;

use crate::catalogue::{self, Passage};
use crate::document::Role;
use crate::org::decide::Few;
use crate::org::model::Overlay;
use crate::org::seats::SeatKind;
use crate::org::signals::Observed;
use crate::org::{Actor, Org, PersonIx, ProductIx};
use crate::redact::{Pseudonyms, Redact};
use crate::settings::Numbers;
use crate::source::{Sources, Span};
use jiff::civil::Date;
use situation::{Held, Mandate, Situation};

/// A row of the decision table.
#[derive(Debug)]
pub struct Row {
    /// Its name, such as `8`.
    pub name: &'static str,
    /// What it comes down to.
    pub advises: Advises,
    /// Whether it matches.
    pub applies: fn(&Situation) -> bool,
}

impl Row {
    /// Its words; a test proves that every row has some.
    fn words(&self) -> &'static catalogue::Advice {
        catalogue::advice(self.name).unwrap_or(&catalogue::ADVICE[0])
    }
}

/// What a row comes down to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advises {
    /// Something to do beside the main advice.
    Besides,
    /// No hire: what is there has to be mended.
    NoHire,
    /// One person is enough for both roles.
    OnePerson,
    /// A product manager.
    Manager,
    /// A product owner.
    Owner,
    /// Both roles, held by different people.
    Both,
    /// Nothing, for lack of facts.
    Nothing,
}

impl Advises {
    /// The roles that are to be filled.
    pub fn roles(self) -> &'static [Role] {
        match self {
            Advises::Manager => &[Role::ProductManager],
            Advises::Owner => &[Role::ProductOwner],
            Advises::Both => &[Role::ProductManager, Role::ProductOwner],
            Advises::Besides | Advises::NoHire | Advises::OnePerson | Advises::Nothing => &[],
        }
    }

    fn is_one_role(self) -> bool {
        matches!(self, Advises::OnePerson | Advises::Manager | Advises::Owner)
    }

    /// The passages that disagree: document 002 wants both roles everywhere, and so objects wherever one is advised.
    pub fn dissent(self) -> Vec<&'static Passage> {
        let ids = if self.is_one_role() { BOTH_EVERYWHERE.as_slice() } else { &[] };
        ids.iter().filter_map(|id| catalogue::passage(id)).collect()
    }
}

/// The decision table, in its order.
pub static ROWS: [Row; 23] = [
    Row { name: "A", advises: Advises::Besides, applies: |it| lacks_mandate(it) },
    Row { name: "B", advises: Advises::Besides, applies: |it| it.scrum && lacks_owner(it) },
    Row { name: "G", advises: Advises::Besides, applies: |it| it.uncoordinated.is_some() },
    Row { name: "1", advises: Advises::NoHire, applies: |it| it.has_strategy() && is_calm(it) },
    Row { name: "2", advises: Advises::NoHire, applies: |it| it.held == Held::Both },
    Row { name: "3", advises: Advises::Manager, applies: |it| it.startup && is_open(it) && !it.has_strategy() },
    Row {
        name: "4",
        advises: Advises::Owner,
        applies: |it| it.startup && is_open(it) && it.has_strategy() && points_to_delivery(it),
    },
    Row { name: "5", advises: Advises::Both, applies: |it| it.held == Held::Combined && is_overloaded(it) },
    Row { name: "6", advises: Advises::OnePerson, applies: |it| it.held == Held::Combined && !it.has_strategy() },
    Row { name: "7", advises: Advises::OnePerson, applies: |it| it.held == Held::Combined },
    Row { name: "8", advises: Advises::Manager, applies: |it| (is_open(it) || it.held == Held::Owner) && !it.has_strategy() },
    Row { name: "9", advises: Advises::Manager, applies: |it| it.held == Held::Owner && points_to_direction(it) },
    Row { name: "10", advises: Advises::Both, applies: |it| it.held == Held::Owner && it.load.len() >= 2 },
    Row { name: "11", advises: Advises::NoHire, applies: |it| it.held == Held::Owner && points_to_delivery(it) },
    Row {
        name: "12",
        advises: Advises::NoHire,
        applies: |it| it.held == Held::Manager && (!it.has_strategy() || points_to_direction(it)),
    },
    Row {
        name: "13",
        advises: Advises::OnePerson,
        applies: |it| it.held == Held::Manager && !it.delivery_is_grave && !it.scrum && it.strong_delivery,
    },
    Row { name: "14", advises: Advises::Owner, applies: |it| it.held == Held::Manager && points_to_delivery(it) },
    Row { name: "15", advises: Advises::Both, applies: |it| it.held == Held::Manager && it.load.len() >= 2 },
    Row { name: "16", advises: Advises::Both, applies: |it| is_open(it) && (it.load.len() >= 2 || it.teams > 1) },
    Row { name: "17", advises: Advises::Owner, applies: |it| is_open(it) && points_to_delivery(it) },
    Row { name: "18", advises: Advises::Manager, applies: |it| is_open(it) && points_to_direction(it) },
    Row { name: "19", advises: Advises::OnePerson, applies: |it| is_open(it) && it.load.len() == 1 && it.products == 1 },
    Row { name: "Z", advises: Advises::Nothing, applies: |_| true },
];

/// Nobody holds either seat; a founder may lead.
fn is_open(it: &Situation) -> bool {
    matches!(it.held, Held::Nobody | Held::Founder)
}

fn lacks_owner(it: &Situation) -> bool {
    is_open(it) || it.held == Held::Manager
}

/// No signal at all speaks for a change.
fn is_calm(it: &Situation) -> bool {
    it.direction.is_empty() && it.delivery.is_empty() && it.load.is_empty() && it.warnings.is_empty()
}

fn points_to_direction(it: &Situation) -> bool {
    it.direction.len() > it.delivery.len()
}

/// A tie goes to delivery, because here the strategy is recorded: question 2 comes before question 1.
fn points_to_delivery(it: &Situation) -> bool {
    !it.delivery.is_empty() && it.delivery.len() >= it.direction.len()
}

fn is_overloaded(it: &Situation) -> bool {
    it.strain().len() >= 3 || it.teams > 1 || it.products > 1
}

/// Where something is to be hired, its mandate comes first; where nothing is, only an opening that is there needs one.
fn lacks_mandate(it: &Situation) -> bool {
    match it.mandate {
        Mandate::Complete => false,
        Mandate::Incomplete => true,
        Mandate::NoOpening => !main_row(it).advises.roles().is_empty(),
    }
}

/// The row of a name.
pub fn row(name: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.name == name)
}

/// The row that is the advice: the first of those with a number that matches, else the last.
pub fn main_row(situation: &Situation) -> &'static Row {
    let mut rows = ROWS.iter().filter(|row| row.advises != Advises::Besides);
    rows.find(|row| (row.applies)(situation)).unwrap_or(&ROWS[ROWS.len() - 1])
}

/// The advice for every product, ready for every output format.
#[derive(Debug)]
pub struct AdviceReport<'s> {
    /// The texts that were read, for places.
    pub sources: &'s Sources,
    /// The day that the advice speaks of.
    pub as_of: Date,
    /// One for each audited product, in the order of the files.
    pub products: Vec<ProductAdvice>,
}

/// The advice for one product, with the facts behind it.
#[derive(Debug)]
pub struct ProductAdvice {
    /// The product, in the organization.
    pub of: ProductIx,
    /// The product's id.
    pub product: String,
    /// What it is called.
    pub name: String,
    /// The model that it follows.
    pub model: &'static str,
    /// What comes on top of the model.
    pub overlays: Vec<&'static str>,
    /// Who holds the seats of product manager and product owner, as a sentence without a full stop.
    pub held: String,
    /// The main advice.
    pub advice: &'static catalogue::Advice,
    /// What it comes down to.
    pub advises: Advises,
    /// What is added to it.
    pub besides: Vec<&'static catalogue::Advice>,
    /// Where nothing can be advised: which facts would decide.
    pub open: Option<String>,
    /// What is missing of a recorded and owned strategy.
    pub missing_strategy: Vec<&'static str>,
    /// The advice that would hold if nothing of it were missing, where that comes down to something else.
    pub with_strategy: Option<&'static catalogue::Advice>,
    /// The signals that were counted, by what they speak for.
    pub counted: [(&'static str, Vec<Sign>); 4],
    /// The passages that disagree.
    pub dissent: Vec<&'static Passage>,
}

/// A signal that was counted, and where it was found.
#[derive(Debug)]
pub struct Sign {
    /// The signal.
    pub signal: &'static catalogue::Signal,
    /// On what it was found: `products.ID` and the like.
    pub on: String,
    /// Where it stands.
    pub at: Span,
}

impl Redact for AdviceReport<'_> {
    fn redact(&mut self, names: &Pseudonyms) {
        for product in &mut self.products {
            names.texts([&mut product.product, &mut product.name]);
            product.held = names.sentence(&product.held);
            product.open = product.open.take().map(|open| names.sentence(&open));
            names.texts(product.counted.iter_mut().flat_map(|(_, signs)| signs).map(|sign| &mut sign.on));
        }
    }
}

/// Document 002 would answer "both" everywhere.
const BOTH_EVERYWHERE: [&str; 2] = ["D2-044", "D2-003"];

/// The advice for every audited product.
pub fn advise<'s>(org: &Org<'_>, numbers: &Numbers, sources: &'s Sources) -> AdviceReport<'s> {
    let situations = Situation::all(org, numbers).into_iter().filter(|situation| org[situation.product].audited);
    let products = situations.map(|situation| of_product(org, situation));
    AdviceReport { sources, as_of: org.as_of, products: products.collect() }
}

fn of_product(org: &Org<'_>, situation: Situation) -> ProductAdvice {
    let product = situation.product;
    let main = main_row(&situation);
    let besides = ROWS.iter().filter(|row| row.advises == Advises::Besides && (row.applies)(&situation));
    let signs = |observed: &[Observed]| observed.iter().map(|observed| sign(org, observed)).collect();
    ProductAdvice {
        of: product,
        product: org[product].id.id.to_string(),
        name: org[product].full_name().to_owned(),
        model: org.model(product).word(),
        overlays: org.overlays(product).into_iter().map(Overlay::word).collect(),
        held: who_is_there(org, product),
        advice: main.words(),
        advises: main.advises,
        besides: besides.map(Row::words).collect(),
        open: (main.advises == Advises::Nothing).then(|| what_would_decide(&situation)),
        counted: [
            ("direction", signs(&situation.direction)),
            ("delivery", signs(&situation.delivery)),
            ("load", signs(&situation.load)),
            ("warning signs", signs(&situation.warnings)),
        ],
        with_strategy: with_strategy(&situation).filter(|row| row.advises != main.advises).map(Row::words),
        missing_strategy: situation.missing_strategy,
        dissent: main.advises.dissent(),
    }
}

/// The row that would hold if the strategy were recorded and owned; none if it is.
fn with_strategy(situation: &Situation) -> Option<&'static Row> {
    let recorded = || Situation { missing_strategy: Vec::new(), ..situation.clone() };
    (!situation.has_strategy()).then(|| main_row(&recorded()))
}

fn sign(org: &Org<'_>, observed: &Observed) -> Sign {
    Sign { signal: observed.signal.get(), on: org.path(observed.on), at: observed.at }
}

fn who_is_there(org: &Org<'_>, product: ProductIx) -> String {
    let names = |people: Few<PersonIx>| org.names(people.into_iter().map(Actor::Person));
    let (managers, owners) = (names(org.managers(product)), names(org.seated(product, SeatKind::ProductOwner)));
    match (managers.as_str(), owners.as_str()) {
        ("", "") => "nobody is product manager or product owner".to_owned(),
        (managers, owners) if managers == owners => format!("{managers} is product manager and product owner"),
        (managers, "") => format!("product manager: {managers}; nobody is product owner"),
        ("", owners) => format!("product owner: {owners}; nobody is product manager"),
        (managers, owners) => format!("product manager: {managers}; product owner: {owners}"),
    }
}

/// The last row is reached where the strategy stands and hardly anything speaks for a change.
fn what_would_decide(situation: &Situation) -> String {
    let (load, more) = match situation.load.len() {
        0 => ("no load", "two kinds of load"),
        _ => ("one kind of load", "a second kind of it"),
    };
    format!(
        "no signal of direction or delivery and {load} are recorded; a signal of either kind would decide, and so would {more}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_words() {
        let rows: Vec<&str> = ROWS.iter().map(|row| row.name).collect();
        let words: Vec<&str> = catalogue::ADVICE.iter().map(|advice| advice.name).collect();
        assert_eq!(rows, words);
    }
}
