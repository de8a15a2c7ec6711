//! What a person serves in the seats that the person holds.

use super::seats::{HeldSeat, SeatKind};
use super::{Org, Origin, PersonIx, ProductIx, Subject, TeamIx};
use crate::document::OrganizationStage;
use crate::source::Span;
use std::collections::BTreeSet;

/// The products and teams that somebody serves in seats of some kinds. Planned teams and what is out of the audit do not count.
#[derive(Debug, Default)]
pub struct Load {
    /// The products.
    pub products: BTreeSet<ProductIx>,
    /// The teams: of a manager all teams of the product, of an owner those that work from the backlog.
    pub teams: BTreeSet<TeamIx>,
    /// Where the seats name the person.
    pub seats: Vec<Span>,
}

impl Org<'_> {
    /// What a person serves in seats of the given kinds.
    pub fn load(&self, person: PersonIx, kinds: &[SeatKind]) -> Load {
        let mut load = Load::default();
        for held in self[person].seats.iter().filter(|held| kinds.contains(&held.kind)) {
            let (products, teams) = self.served(held);
            load.products.extend(products.iter().filter(|product| self[**product].audited));
            load.teams.extend(self.built_teams(teams));
            load.seats.push(held.at);
        }
        load
    }

    /// The teams of a list that are there: planned ones need nobody yet.
    pub fn built_teams<'o>(&'o self, teams: &'o [TeamIx]) -> impl Iterator<Item = TeamIx> + 'o {
        teams.iter().copied().filter(|team| self[*team].audited && !self[*team].is_planned())
    }

    /// Whether the organization says that it has grown large.
    pub fn is_large(&self) -> bool {
        self.facts.stage.as_ref().is_some_and(|stage| stage.value == OrganizationStage::Large)
    }

    /// Whether the organization is a small one: a single team is recorded, and it does not say that it is large.
    pub fn is_small(&self) -> bool {
        !self.is_large() && self.audited_teams().take(2).count() == 1
    }

    /// The products and teams that the holder of a seat serves.
    fn served<'o>(&'o self, held: &'o HeldSeat) -> (&'o [ProductIx], &'o [TeamIx]) {
        let is_owner = held.kind == SeatKind::ProductOwner;
        match &held.of {
            Subject::Product(product) => {
                let facts = &self[*product];
                let own = facts.backlogs.iter().find(|backlog| self[**backlog].origin == Origin::Product(*product));
                let of_backlog = own.map_or(&[][..], |backlog| &self[*backlog].teams);
                (std::slice::from_ref(product), if is_owner { of_backlog } else { &facts.teams })
            }
            Subject::Team(team) => {
                let facts = &self[*team];
                let of_backlog = facts.backlog.map_or(&[][..], |backlog| &self[backlog].teams);
                (&facts.products, if is_owner { of_backlog } else { std::slice::from_ref(team) })
            }
            Subject::Organization | Subject::Person(_) | Subject::Backlog(_) | Subject::Opening(_) => (&[], &[]),
        }
    }
}
