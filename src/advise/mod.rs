//! Which role to hire first, per product: the decision table that document 004 amounts to (section 7 of the rules).
//!
//! A row is a condition here and words in `roles/advice.yaml`, under the same name. Among the rows `1` to `Z` the first that matches
//! is the advice; the rows with letters before them are added whenever they match.

pub mod situation;

use crate::catalogue;
use crate::document::Role;
use crate::org::{Org, ProductIx};
use crate::settings::Numbers;
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

    /// Whether document 002, which wants both roles everywhere, would object (D2-003, D2-044).
    pub fn is_one_role(self) -> bool {
        matches!(self, Advises::OnePerson | Advises::Manager | Advises::Owner)
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

/// The row that is the advice: the first of those with a number that matches, else the last.
pub fn main_row(situation: &Situation) -> &'static Row {
    let mut rows = ROWS.iter().filter(|row| row.advises != Advises::Besides);
    rows.find(|row| (row.applies)(situation)).unwrap_or(&ROWS[ROWS.len() - 1])
}

/// The advice for a product.
#[derive(Debug)]
pub struct Advice {
    /// The facts.
    pub situation: Situation,
    /// The main advice.
    pub row: &'static Row,
    /// What is added to it.
    pub besides: Vec<&'static Row>,
}

/// The advice for a product.
pub fn of_product(org: &Org<'_>, product: ProductIx, numbers: &Numbers) -> Advice {
    let situation = Situation::of(org, product, numbers);
    let besides = ROWS.iter().filter(|row| row.advises == Advises::Besides && (row.applies)(&situation)).collect();
    Advice { row: main_row(&situation), besides, situation }
}
