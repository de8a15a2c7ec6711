//! Who owns a backlog.

use super::decide::Few;
use super::seats::{Holder, Seat, SeatKind};
use super::{Actor, Answer, BacklogIx, Org, Origin, PersonIx, ProductIx, Subject};
use crate::catalogue::duties;
use crate::document::Position;
use std::collections::BTreeSet;

impl Org<'_> {
    /// The product-owner seats that make an owner of this very backlog: the product's for the product's own backlog, and those of
    /// the teams that work from it.
    pub fn owner_seats(&self, backlog: BacklogIx) -> impl Iterator<Item = &Seat> {
        let backlog = &self[backlog];
        let product = match backlog.origin {
            Origin::Product(product) => self.product_seat(product, SeatKind::ProductOwner),
            Origin::Team(_) | Origin::Entry => None,
        };
        let teams = backlog.teams.iter().filter_map(|team| self.team_seat(*team, SeatKind::ProductOwner));
        product.into_iter().chain(teams)
    }

    /// Those who own a backlog by a seat of its own; each once.
    pub fn own_owners(&self, backlog: BacklogIx) -> &[Holder] {
        &self[backlog].own_owners
    }

    /// Those who own a backlog; of a view without an owner of its own, those of the backlog that it shows.
    pub fn owners(&self, backlog: BacklogIx) -> &[Holder] {
        self.own_owners(self[backlog].owned_as)
    }

    /// The people who own a backlog of a product; each once, groups and teams left out.
    pub fn backlog_owners(&self, product: ProductIx) -> BTreeSet<PersonIx> {
        let owners = self.real_backlogs(product).flat_map(|backlog| self.owners(backlog));
        let people = owners.filter(|owner| self.is_one_person(owner.actor));
        people.filter_map(|owner| owner.actor.person()).collect()
    }

    /// A product's own backlog, if it exists.
    pub fn own_backlog(&self, product: ProductIx) -> Option<BacklogIx> {
        self[product].backlogs.iter().copied().find(|backlog| self[*backlog].origin == Origin::Product(product))
    }

    /// The backlog that is really there: of a view, the one that it shows.
    pub fn shown(&self, backlog: BacklogIx) -> BacklogIx {
        self[backlog].shown
    }

    /// Whether a backlog is a squad's own and a seat of its own names its owner.
    pub fn is_owned_squad_backlog(&self, backlog: BacklogIx) -> bool {
        let is_squads = !matches!(self[backlog].origin, Origin::Product(_));
        is_squads && !self.own_owners(backlog).is_empty()
    }

    /// Whether an actor builds what a backlog holds: a team that works from it, or a developer without a product seat.
    pub fn builds_from(&self, actor: Actor, backlog: BacklogIx) -> bool {
        match actor {
            Actor::Team(team) => self[team].backlog == Some(backlog),
            Actor::Person(person) => {
                let holds_product_seat = SeatKind::PRODUCT.into_iter().any(|seat| self[person].holds(seat));
                let is_developer = self[person].position() == Some(Position::Developer);
                !holds_product_seat
                    && (is_developer || self[backlog].teams.iter().any(|team| self[*team].developers.contains(&person)))
            }
        }
    }

    /// Those who are recorded as setting a backlog's order without owning it (D1-045).
    pub fn delegates(&self, backlog: BacklogIx) -> Few<Holder> {
        let decision = self.decision(duties::BACKLOG_ORDER, Subject::Backlog(backlog));
        let mut delegates: Few<Holder> = Few::new();
        if matches!(decision.answer, Answer::NotApplicable) {
            return delegates;
        }
        let parties = decision.records.iter().filter_map(|record| self[*record].does.as_ref()).flat_map(|does| &does.named);
        for party in parties {
            let actors = self.actors_at(Subject::Backlog(backlog), party.who);
            delegates.extend(actors.into_iter().map(|actor| Holder { actor, at: party.at }));
        }
        if !delegates.is_empty() {
            let owners = self.owners(backlog);
            delegates.retain(|delegate| owners.iter().all(|owner| owner.actor != delegate.actor));
        }
        delegates
    }

    /// The one person who owns a backlog; none if there are several, or if a group or team holds the seat.
    pub fn sole_owner(&self, backlog: BacklogIx) -> Option<Holder> {
        match self.owners(backlog) {
            [owner] if self.is_one_person(owner.actor) => Some(*owner),
            _ => None,
        }
    }

    /// Whether an actor is one person, and neither a group nor a team.
    pub fn is_one_person(&self, actor: Actor) -> bool {
        matches!(actor, Actor::Person(person) if !self[person].is_group())
    }

    /// Whether a team is known to use Scrum: what it says, else what the organization says, else whether a seat of Scrum is held.
    pub fn uses_scrum(&self, team: super::TeamIx) -> Option<bool> {
        let said = self[team].facts.scrum.as_ref().or(self.facts.scrum.as_ref()).map(|given| given.value);
        said.or_else(|| {
            let subject = Subject::Team(team);
            let seats = [SeatKind::ScrumMaster, SeatKind::ProductOwner];
            seats.into_iter().any(|seat| !self.seat_at(subject, seat).is_empty()).then_some(true)
        })
    }

    /// The backlogs of a product that are not just views of others.
    pub fn real_backlogs(&self, product: ProductIx) -> impl Iterator<Item = BacklogIx> {
        self[product].backlogs.iter().copied().filter(|backlog| self[*backlog].view_of.is_none())
    }
}
