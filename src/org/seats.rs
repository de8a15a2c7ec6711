//! Who holds which seat, and what a seat word means where it is read.

use super::decide::Few;
use super::{Actor, Org, PersonIx, ProductIx, Subject, TeamIx, Who, each_once, joined};
use crate::document::value::Day;
use crate::source::Span;
use std::borrow::Cow;

/// A seat of a product or team. The documents call it a role; titles never give one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SeatKind {
    /// Leads the product's direction.
    ProductManager,
    /// Owns a backlog.
    ProductOwner,
    /// Brings the product to its market.
    ProductMarketingManager,
    /// Coordinates a delivery effort.
    ProjectManager,
    /// Helps the team to work with Scrum.
    ScrumMaster,
}

/// A seat that was written.
#[derive(Clone, Debug)]
pub struct Seat {
    /// Where its key stands.
    pub key: Span,
    /// Where its value stands.
    pub at: Span,
    /// Who holds it on the day that the organization speaks of.
    pub holders: Few<Holder>,
    /// The holders whose time ends, each with the last day if it is known.
    pub interim: Vec<(Actor, Option<Day>)>,
    /// Who held it before: those whose time has ended.
    pub ended: Vec<(Actor, Day)>,
    /// Whether someone is written here who is seen as having left.
    pub left: bool,
}

/// Someone who holds a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who it is.
    pub actor: Actor,
    /// Where it is written.
    pub at: Span,
}

/// A seat as its holder sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeldSeat {
    /// Which seat it is.
    pub kind: SeatKind,
    /// The product or team that it is a seat of.
    pub of: Subject,
    /// Where it names the holder.
    pub at: Span,
}

impl SeatKind {
    /// All seats.
    pub const ALL: [SeatKind; 5] = [
        SeatKind::ProductManager,
        SeatKind::ProductOwner,
        SeatKind::ProductMarketingManager,
        SeatKind::ProjectManager,
        SeatKind::ScrumMaster,
    ];

    /// The seats of product people.
    pub const PRODUCT: [SeatKind; 3] = [SeatKind::ProductManager, SeatKind::ProductOwner, SeatKind::ProductMarketingManager];

    /// The word for whoever holds it.
    pub fn word(self) -> &'static str {
        match self {
            SeatKind::ProductManager => "product-manager",
            SeatKind::ProductOwner => "product-owner",
            SeatKind::ProductMarketingManager => "product-marketing-manager",
            SeatKind::ProjectManager => "project-manager",
            SeatKind::ScrumMaster => "scrum-master",
        }
    }

    /// What it is called in sentences.
    pub fn title(self) -> &'static str {
        match self {
            SeatKind::ProductManager => "product manager",
            SeatKind::ProductOwner => "product owner",
            SeatKind::ProductMarketingManager => "product marketing manager",
            SeatKind::ProjectManager => "project manager",
            SeatKind::ScrumMaster => "Scrum Master",
        }
    }

    /// The seat of a word.
    pub fn of_word(word: &str) -> Option<SeatKind> {
        SeatKind::ALL.into_iter().find(|seat| seat.word() == word)
    }
}

fn find(seats: &[(SeatKind, Seat)], kind: SeatKind) -> Option<&Seat> {
    seats.iter().find(|(written, _)| *written == kind).map(|(_, seat)| seat)
}

/// The holders found in several seats: each actor once, at the first place.
fn holders_of<'s>(seats: impl IntoIterator<Item = &'s Seat>) -> Few<Holder> {
    each_once(seats.into_iter().flat_map(|seat| seat.holders.iter().copied()), |holder| holder.actor)
}

impl Org<'_> {
    /// The products that a seat is for: the one that it is a seat of, or those of its team.
    pub fn products_of_seat<'o>(&'o self, held: &'o HeldSeat) -> &'o [ProductIx] {
        match &held.of {
            Subject::Product(product) => std::slice::from_ref(product),
            Subject::Team(team) => &self[*team].products,
            Subject::Organization | Subject::Person(_) | Subject::Backlog(_) | Subject::Opening(_) => &[],
        }
    }

    /// A product's own seat, if it was written.
    pub fn product_seat(&self, product: ProductIx, kind: SeatKind) -> Option<&Seat> {
        find(&self[product].seats, kind)
    }

    /// A team's own seat, if it was written.
    pub fn team_seat(&self, team: TeamIx, kind: SeatKind) -> Option<&Seat> {
        find(&self[team].seats, kind)
    }

    /// Every written seat of a kind that belongs to a product: its own, then those of its teams.
    pub fn seats_of_product(&self, product: ProductIx, kind: SeatKind) -> impl Iterator<Item = &Seat> {
        let teams = self[product].teams.iter().filter_map(move |team| self.team_seat(*team, kind));
        self.product_seat(product, kind).into_iter().chain(teams)
    }

    /// What a seat word means where a duty is looked up: the team's holders, else its products'; seen from a product that has no
    /// such seat, those of all its teams. Empty if the seat is vacant.
    pub fn seat_at(&self, subject: Subject, kind: SeatKind) -> Few<Holder> {
        holders_of(self.seats_at(subject, kind))
    }

    /// The written seats that a seat word is read from where a duty is looked up.
    pub fn seats_at(&self, subject: Subject, kind: SeatKind) -> Few<&Seat> {
        match subject {
            Subject::Team(team) => self.team_seat_or_products(team, kind),
            Subject::Product(product) => match self.product_seat(product, kind) {
                Some(seat) => Few::from_elem(seat, 1),
                None => self.seats_of_product(product, kind).collect(),
            },
            Subject::Backlog(backlog) => {
                let backlog = &self[backlog];
                let products = backlog.products.iter().filter(|_| backlog.teams.is_empty());
                let found = backlog.teams.iter().flat_map(|team| self.team_seat_or_products(*team, kind));
                found.chain(products.flat_map(|product| self.seats_at(Subject::Product(*product), kind))).collect()
            }
            Subject::Organization | Subject::Person(_) | Subject::Opening(_) => Few::new(),
        }
    }

    /// The seats of some kinds that a person holds, in words: "product manager of Checkout and Search".
    pub fn seats_title(&self, person: PersonIx, kinds: &[SeatKind]) -> String {
        const NAMED: usize = 3;
        let mut titles = Vec::new();
        for kind in kinds {
            let held = self[person].seats.iter().filter(|held| held.kind == *kind);
            let mut places: Vec<Cow<'_, str>> = held.map(|held| self.title(held.of)).collect();
            if places.len() > NAMED {
                let more = format!("{} more", places.len() - NAMED);
                places.truncate(NAMED);
                places.push(more.into());
            }
            if !places.is_empty() {
                titles.push(format!("{} of {}", kind.title(), joined(&places)));
            }
        }
        joined(&titles)
    }

    /// Whom one who is named stands for, read in one place: an actor for itself, a seat word for its holders, `developers` for the
    /// teams there.
    pub fn actors_at(&self, subject: Subject, who: Who) -> Few<Actor> {
        match who {
            Who::Actor(actor) => Few::from_elem(actor, 1),
            Who::Seat(seat) => self.seat_at(subject, seat).iter().map(|holder| holder.actor).collect(),
            Who::Developers => self.developers_at(&subject).iter().map(|team| Actor::Team(*team)).collect(),
        }
    }

    /// The teams that the word `developers` stands for where it is read.
    pub fn developers_at<'s>(&'s self, subject: &'s Subject) -> &'s [TeamIx] {
        match subject {
            Subject::Team(team) => std::slice::from_ref(team),
            Subject::Backlog(backlog) => &self[*backlog].teams,
            Subject::Product(product) => &self[*product].teams,
            Subject::Organization | Subject::Person(_) | Subject::Opening(_) => &[],
        }
    }

    /// A team's seat; where it writes none, that of its products. `nobody` on the team is an answer.
    fn team_seat_or_products(&self, team: TeamIx, kind: SeatKind) -> Few<&Seat> {
        match self.team_seat(team, kind) {
            Some(seat) => Few::from_elem(seat, 1),
            None => self[team].products.iter().filter_map(|product| self.product_seat(*product, kind)).collect(),
        }
    }
}
