//! What a person, group or team holds: seats, and rights in duties.

use crate::catalogue::DutyIx;
use crate::org::rights::Right;
use crate::org::{Actor, Org, Subject};
use crate::redact::{Pseudonyms, Redact};
use crate::sections::{self, Filter, Named, Place, alike};
use jiff::civil::Date;

/// All that somebody holds, ready for every output format.
#[derive(Debug)]
pub struct ActorReport {
    /// The day that it speaks of.
    pub as_of: Date,
    /// Who it is.
    pub who: Named,
    /// The seats: each by its word, its title and what it is a seat of.
    pub seats: Vec<HeldSeat>,
    /// The teams whose developer it is.
    pub develops: Vec<Place>,
    /// The products, then teams without one, then the organization; only those with rights.
    pub sections: Vec<Section>,
}

/// A seat that is held.
#[derive(Debug)]
pub struct HeldSeat {
    /// The word of the seat.
    pub seat: &'static str,
    /// What it is called in sentences.
    pub title: &'static str,
    /// The product or team.
    pub of: Place,
}

/// What is held of a product, of a team without one, or of the organization.
#[derive(Debug)]
pub struct Section {
    /// What it is.
    pub of: Place,
    /// One per right, place and company in which it is held; the weightiest rights first.
    pub held: Vec<Held>,
}

/// A right in some duties of one place.
#[derive(Debug)]
pub struct Held {
    /// The right.
    pub right: Right,
    /// Those who decide the same duties too; none for other rights, which may be shared.
    pub with: Vec<Named>,
    /// Where the duties are looked up.
    pub place: Place,
    /// The ids of the duties.
    pub duties: Vec<String>,
    /// The same, with areas of which all are meant as `area.*`.
    pub folded: Vec<String>,
}

impl Redact for ActorReport {
    fn redact(&mut self, names: &Pseudonyms) {
        self.who.redact(names);
        self.seats.iter_mut().for_each(|seat| seat.of.redact(names));
        self.develops.iter_mut().for_each(|team| team.redact(names));
        for section in &mut self.sections {
            section.of.redact(names);
            for Held { with, place, duties, folded, .. } in &mut section.held {
                with.iter_mut().for_each(|other| other.redact(names));
                place.redact(names);
                for duty in duties.iter_mut().chain(folded) {
                    *duty = names.duty(std::mem::take(duty));
                }
            }
        }
    }
}

impl Section {
    /// What is held, with places together in which that is the same.
    pub fn groups(&self) -> Vec<Vec<&Held>> {
        alike(&self.held, |held| (held.right, &held.with, &held.folded))
    }
}

/// All that somebody holds, product by product.
pub fn actor(org: &Org<'_>, actor: Actor, filter: &Filter) -> ActorReport {
    let seats = actor.person().map(|person| org[person].seats.as_slice()).unwrap_or_default();
    let seats = seats.iter().filter(|held| filter.concerns(held.of, org));
    let develops = org.teams().filter(|(_, team)| actor.person().is_some_and(|person| team.developers.contains(&person)));
    let develops = develops.map(|(team, _)| Subject::Team(team)).filter(|team| filter.concerns(*team, org));
    let of_section = |section: sections::Section| {
        let held = section.subjects.iter().flat_map(|subject| held(org, actor, *subject));
        let mut held: Vec<Held> = held.collect();
        held.sort_by_key(|held| held.right);
        Section { of: Place::of(org, section.of), held }
    };
    ActorReport {
        as_of: org.as_of,
        who: org.named(actor),
        seats: seats
            .map(|held| HeldSeat { seat: held.kind.word(), title: held.kind.title(), of: Place::of(org, held.of) })
            .collect(),
        develops: develops.map(|team| Place::of(org, team)).collect(),
        sections: sections::sections(org, filter).into_iter().map(of_section).filter(|of| !of.held.is_empty()).collect(),
    }
}

/// The rights of an actor in the duties of one place.
fn held(org: &Org<'_>, actor: Actor, subject: Subject) -> Vec<Held> {
    let mut found: Vec<(Right, Vec<Actor>, DutyIx)> = Vec::new();
    for (duty, _) in org.decisions_on(subject) {
        let rights = org.rights_in(duty, subject);
        for (right, _) in rights.iter().filter(|(_, holder)| *holder == actor) {
            let decide =
                rights.iter().filter(|(other, holder)| (*other, *right) == (Right::Decides, Right::Decides) && *holder != actor);
            found.push((*right, decide.map(|(_, holder)| *holder).collect(), duty));
        }
    }
    let groups = alike(found, |(right, with, _)| (*right, with.clone()));
    let held = groups.into_iter().filter_map(|group| {
        let (right, with, _) = group.first()?;
        let duties: Vec<DutyIx> = group.iter().map(|(_, _, duty)| *duty).collect();
        Some(Held {
            right: *right,
            with: org.all_named(with.iter().copied()),
            place: Place::of(org, subject),
            folded: org.folded(&duties, subject),
            duties: duties.iter().map(|duty| org[*duty].id.to_string()).collect(),
        })
    });
    held.collect()
}
