//! Which symptoms people observed, and for whom they count.

use super::seats::SeatKind;
use super::{Actor, BacklogIx, Org, PersonIx, ProductIx, Subject, TeamIx};
use crate::catalogue::SignalIx;
use crate::document::Signal;
use crate::document::value::{List, Said};
use crate::source::Span;

/// A symptom, and where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observed {
    /// The symptom.
    pub signal: SignalIx,
    /// Where it stands.
    pub at: Span,
    /// On what it was recorded.
    pub on: Subject,
}

fn observed(signals: &Said<List<Signal>>, on: Subject) -> impl Iterator<Item = Observed> {
    let signals = signals.iter().flat_map(|signals| &signals.value.items);
    signals.map(move |given| Observed { signal: given.signal.position, at: given.at, on })
}

impl Org<'_> {
    /// The symptoms recorded on a subject itself.
    pub fn signals_on(&self, subject: Subject) -> impl Iterator<Item = Observed> {
        const NONE: &Said<List<Signal>> = &None;
        let signals = match subject {
            Subject::Organization => &self.facts.signals,
            Subject::Product(product) => &self[product].facts.signals,
            Subject::Team(team) => &self[team].facts.signals,
            Subject::Person(person) => &self[person].facts.signals,
            Subject::Backlog(_) | Subject::Opening(_) => NONE,
        };
        observed(signals, subject)
    }

    /// A symptom that counts for a product: recorded on it, on one of its teams, on one of its product people or on the organization.
    pub fn observed(&self, product: ProductIx, signal: SignalIx) -> Option<Observed> {
        self[product].signals.iter().find(|observed| observed.signal == signal).copied()
    }

    /// A symptom that counts for a team: recorded on it, on one of its products or on the organization.
    pub fn observed_by_team(&self, team: TeamIx, signal: SignalIx) -> Option<Observed> {
        let products = || self[team].products.iter().map(|product| Subject::Product(*product));
        let around = || self.first_on(products(), signal).or_else(|| self.first_on([Subject::Organization], signal));
        self.first_on([Subject::Team(team)], signal).or_else(around)
    }

    /// A symptom that counts for a backlog: recorded on a team that works from it, on a product that it is for, on somebody who holds
    /// a product seat there, or on the organization.
    pub fn observed_on_backlog(&self, backlog: BacklogIx, signal: SignalIx) -> Option<Observed> {
        let facts = &self[backlog];
        let teams = facts.teams.iter().map(|team| Subject::Team(*team));
        let products = facts.products.iter().map(|product| Subject::Product(*product));
        let seats = SeatKind::PRODUCT.into_iter().filter(|_| self.observes_people);
        let holders = seats.flat_map(|seat| self.seat_at(Subject::Backlog(backlog), seat));
        let people = holders.filter_map(|holder| match holder.actor {
            Actor::Person(person) => Some(Subject::Person(person)),
            Actor::Team(_) => None,
        });
        let close = self.first_on(teams, signal).or_else(|| self.first_on(products, signal));
        close.or_else(|| self.first_on(people, signal)).or_else(|| self.first_on([Subject::Organization], signal))
    }

    /// A symptom that was recorded on one of some subjects.
    fn first_on(&self, subjects: impl IntoIterator<Item = Subject>, signal: SignalIx) -> Option<Observed> {
        let all = subjects.into_iter().flat_map(|subject| self.signals_on(subject));
        self.first_of(all.filter(|observed| observed.signal == signal))
    }

    /// Of several places of a symptom, the one whose path comes first, so that the order of the files decides nothing.
    pub fn first_of(&self, places: impl Iterator<Item = Observed>) -> Option<Observed> {
        places.min_by_key(|observed| self.path(observed.on))
    }

    /// Where a symptom comes from, for the end of a sentence about a subject: "as was observed of Web".
    pub fn as_observed(&self, observed: &Observed, about: Subject) -> String {
        if observed.on == about {
            "as was observed".to_owned()
        } else {
            format!("as was observed of {}", self.title(observed.on))
        }
    }

    /// A symptom that was recorded on a person.
    pub fn observed_on_person(&self, person: PersonIx, signal: SignalIx) -> Option<Observed> {
        self.signals_on(Subject::Person(person)).find(|observed| observed.signal == signal)
    }

    /// Every symptom that counts for a product, each once, where it was recorded closest to it.
    pub(super) fn signals_for(&self, product: ProductIx) -> Vec<Observed> {
        let teams = self[product].teams.iter().flat_map(|team| self.signals_on(Subject::Team(*team)));
        let people = self.product_people(product);
        let people = people.iter().flat_map(|person| self.signals_on(Subject::Person(*person)));
        let [mut teams, mut people]: [Vec<Observed>; 2] = [teams.collect(), people.collect()];
        for places in [&mut teams, &mut people] {
            places.sort_by_cached_key(|observed| self.path(observed.on));
        }
        let own = self.signals_on(Subject::Product(product)).chain(teams);
        let mut signals: Vec<Observed> = Vec::new();
        for observed in own.chain(people).chain(self.signals_on(Subject::Organization)) {
            if signals.iter().all(|known| known.signal != observed.signal) {
                signals.push(observed);
            }
        }
        signals
    }
}
