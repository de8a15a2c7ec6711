//! Who meets whom. In an entry of the rhythm a seat word is read team by team, so one entry may stand for many gatherings.

use super::{Actor, Meeting, Org, PersonIx, Subject, TeamIx, Who};
use crate::document::MeetingKind;
use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::SmallVec;

/// Every gathering that the rhythm stands for, and who takes part in which.
#[derive(Debug, Default)]
pub struct Gatherings {
    all: Vec<Gathering>,
    /// The gatherings of each actor, in the order of the files; looked up only.
    of: FxHashMap<Actor, SmallVec<[u32; 2]>>,
}

/// Those who meet in one place: an entry of the rhythm, read for one team.
#[derive(Debug)]
struct Gathering {
    /// The entry's position in the rhythm.
    meeting: u32,
    /// Who takes part: people, and teams whose developers do.
    who: SmallVec<[Actor; 2]>,
}

/// Whom somebody meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum With {
    /// A person, or the developers of a team.
    Actor(Actor),
    /// The customers.
    Customers,
}

impl Gatherings {
    /// Reads the rhythm of an organization that is linked so far.
    pub(super) fn of(org: &Org<'_>) -> Self {
        let mut gatherings = Gatherings::default();
        let places: Vec<Subject> = org.teams().map(|(team, _)| Subject::Team(team)).chain(products_without_teams(org)).collect();
        for (index, meeting) in org.rhythm.iter().enumerate() {
            let has_word = meeting.who.iter().any(|party| !matches!(party.who, Who::Actor(_)));
            if has_word {
                // Where the same people hold the seats of many teams, they meet once.
                let mut known = FxHashSet::default();
                for who in places.iter().map(|place| actors(org, meeting, *place)) {
                    if known.insert(who.clone()) {
                        gatherings.add(index, who);
                    }
                }
            } else {
                gatherings.add(index, actors(org, meeting, Subject::Organization));
            }
        }
        let developers = org.teams().flat_map(|(team, facts)| facts.developers.iter().map(move |person| (*person, team)));
        gatherings.count_developers_as_teams(developers);
        gatherings
    }

    fn add(&mut self, meeting: usize, who: SmallVec<[Actor; 2]>) {
        let position = self.all.len() as u32;
        for actor in &who {
            self.of.entry(*actor).or_default().push(position);
        }
        self.all.push(Gathering { meeting: meeting as u32, who });
    }

    /// Whoever meets one of a team's developers meets the team.
    fn count_developers_as_teams(&mut self, developers: impl Iterator<Item = (PersonIx, TeamIx)>) {
        for (person, team) in developers {
            for position in self.of.get(&Actor::Person(person)).cloned().unwrap_or_default() {
                let gathering = &mut self.all[position as usize];
                if !gathering.who.contains(&Actor::Team(team)) {
                    gathering.who.push(Actor::Team(team));
                    self.of.entry(Actor::Team(team)).or_default().push(position);
                }
            }
        }
    }
}

fn products_without_teams<'o>(org: &'o Org<'_>) -> impl Iterator<Item = Subject> + 'o {
    org.products().filter(|(_, product)| product.teams.is_empty()).map(|(product, _)| Subject::Product(product))
}

/// Who takes part in a meeting, with its seat words read in one place.
fn actors(org: &Org<'_>, meeting: &Meeting, place: Subject) -> SmallVec<[Actor; 2]> {
    let mut actors: SmallVec<[Actor; 2]> = SmallVec::new();
    for party in &meeting.who {
        match (party.who, place) {
            (Who::Actor(actor), _) => actors.push(actor),
            (Who::Seat(seat), _) => actors.extend(org.seat_at(place, seat).iter().map(|holder| holder.actor)),
            (Who::Developers, Subject::Team(team)) => actors.push(Actor::Team(team)),
            (Who::Developers, _) => {}
        }
    }
    actors
}

impl Org<'_> {
    /// The entries of the rhythm in which an actor takes part, in the order of the files; of a team also those of its developers.
    pub fn meetings_of(&self, actor: Actor) -> impl Iterator<Item = &Meeting> {
        self.gatherings_of(actor).map(|gathering| &self.rhythm[gathering.meeting as usize])
    }

    /// The entries of the rhythm in which an actor meets somebody else, in the order of the files.
    pub fn meetings_with(&self, actor: Actor, with: With) -> impl Iterator<Item = &Meeting> {
        // Both stand in the gatherings of each: the shorter list is enough to read.
        let (reader, with) = match with {
            With::Actor(other) if self.positions_of(other).len() < self.positions_of(actor).len() => (other, With::Actor(actor)),
            with => (actor, with),
        };
        let gatherings = self.gatherings_of(reader).map(|gathering| (gathering, &self.rhythm[gathering.meeting as usize]));
        let takes_part = move |gathering: &Gathering, meeting: &Meeting| match with {
            With::Actor(other) => gathering.who.contains(&other),
            With::Customers => meeting.customers,
        };
        gatherings.filter(move |(gathering, meeting)| takes_part(gathering, meeting)).map(|(_, meeting)| meeting)
    }

    /// The most frequent talk of an actor with somebody else. A hand-off in documents is no talk.
    pub fn closest_talk(&self, actor: Actor, with: With) -> Option<&Meeting> {
        let talks = self.meetings_with(actor, with).filter(|meeting| meeting.kind != Some(MeetingKind::Handoff));
        talks.min_by_key(|meeting| meeting.every_days)
    }

    /// Whether anything is recorded of an actor's rhythm: only then does a missing meeting mean something.
    pub fn has_rhythm(&self, actor: Actor) -> bool {
        self.gatherings_of(actor).next().is_some()
    }

    fn gatherings_of(&self, actor: Actor) -> impl Iterator<Item = &Gathering> {
        self.positions_of(actor).iter().map(|position| &self.gatherings.all[*position as usize])
    }

    fn positions_of(&self, actor: Actor) -> &[u32] {
        self.gatherings.of.get(&actor).map_or(&[], |positions| positions.as_slice())
    }
}
