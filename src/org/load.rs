//! What a person serves in the seats that the person holds.

use super::seats::SeatKind;
use super::{Actor, BacklogIx, Org, PersonIx, ProductIx, Subject, TeamIx};
use crate::document::OrganizationStage;
use crate::source::Span;
use std::collections::BTreeSet;

/// The products and teams that somebody serves in seats of some kinds. Planned teams and what is out of the audit do not count.
#[derive(Debug, Default)]
pub struct Load {
    /// The products.
    pub products: BTreeSet<ProductIx>,
    /// How many teams: of a manager all teams of the product, of an owner those that work from the backlog, be it by a view of it.
    pub teams: usize,
    /// Where the seats name the person.
    pub seats: Vec<Span>,
}

/// More than this share of a week, in percent, is most of it (D4-164).
pub const MOST_OF_THE_WEEK: u32 = 50;

impl Org<'_> {
    /// The share of a person's week, in percent, that goes to backlog and delivery, if it is most of it (D4-164, D4-208).
    pub fn week_of_delivery(&self, person: PersonIx) -> Option<u32> {
        let time = &self[person].facts.time.as_ref()?.value;
        let share = [&time.backlog, &time.delivery].into_iter().flatten().map(|share| share.value.0).sum();
        (share > MOST_OF_THE_WEEK).then_some(share)
    }

    /// What a person serves in seats of the given kinds.
    pub fn load(&self, person: PersonIx, kinds: &[SeatKind]) -> Load {
        let mut load = Load::default();
        let mut teams: BTreeSet<TeamIx> = BTreeSet::new();
        let mut products: BTreeSet<ProductIx> = BTreeSet::new();
        let mut backlogs: BTreeSet<BacklogIx> = BTreeSet::new();
        let mut managed: BTreeSet<ProductIx> = BTreeSet::new();
        for held in self[person].seats.iter().filter(|held| kinds.contains(&held.kind)) {
            let is_owner = held.kind == SeatKind::ProductOwner;
            load.seats.push(held.at);
            match held.of {
                Subject::Product(product) if is_owner => backlogs.extend(self.own_backlog(product)),
                Subject::Product(product) => {
                    managed.insert(product);
                }
                Subject::Team(team) => match self[team].backlog.filter(|_| is_owner) {
                    Some(backlog) => backlogs.extend([backlog]),
                    None => teams.extend(self.built_teams(&[team])),
                },
                Subject::Organization | Subject::Person(_) | Subject::Backlog(_) | Subject::Opening(_) => {}
            }
            match held.of {
                Subject::Product(product) => products.extend([product]),
                Subject::Team(team) => products.extend(&self[team].products),
                Subject::Organization | Subject::Person(_) | Subject::Backlog(_) | Subject::Opening(_) => {}
            }
        }
        load.products = products.into_iter().filter(|product| self[*product].audited).collect();
        // Most owners have one backlog, which may be that of very many.
        let only = backlogs.first().filter(|_| backlogs.len() == 1 && managed.is_empty() && teams.is_empty());
        if let Some(only) = only.filter(|only| self[**only].views.is_empty()) {
            load.teams = self[*only].built_teams;
            return load;
        }
        // Many seats may lead to one backlog or product: each is walked through once.
        for product in managed {
            teams.extend(self.built_teams(&self[product].teams));
        }
        for backlog in backlogs {
            self.add_teams_of(backlog, &mut teams);
        }
        load.teams = teams.len();
        load
    }

    /// Adds the teams that the owner of a backlog serves: those that work from it, also by a view that names no owner of its own.
    fn add_teams_of(&self, backlog: BacklogIx, teams: &mut BTreeSet<TeamIx>) {
        // Views show views in chains of any length, so they are no matter for the stack.
        let mut open = vec![backlog];
        while let Some(backlog) = open.pop() {
            teams.extend(self.built_teams(&self[backlog].teams));
            open.extend(self[backlog].views.iter().filter(|view| self.own_owners(**view).is_empty()));
        }
    }

    /// How many order a backlog on the behalf of its owner, of all backlogs that a person owns.
    pub fn delegates_of(&self, person: PersonIx) -> usize {
        let seats = self[person].seats.iter().filter(|held| held.kind == SeatKind::ProductOwner);
        let backlogs: BTreeSet<BacklogIx> = seats
            .filter_map(|held| match held.of {
                Subject::Product(product) => self.own_backlog(product),
                Subject::Team(team) => Some(self.shown(self[team].backlog?)),
                _ => None,
            })
            .collect();
        let delegates = backlogs.into_iter().flat_map(|backlog| self.delegates(backlog));
        delegates.map(|delegate| delegate.actor).collect::<BTreeSet<Actor>>().len()
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
        let mut teams = self.audited_teams();
        !self.is_large() && teams.next().is_some() && teams.next().is_none()
    }
}
