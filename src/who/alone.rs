//! On whom much depends: everyone who alone holds one of the seven rights somewhere, and what nobody decides once they leave.

use crate::catalogue::DutyIx;
use crate::org::alone::Alone;
use crate::org::decide::Few;
use crate::org::{Actor, Org, PersonIx, Subject};
use crate::redact::{Pseudonyms, Redact};
use crate::sections::{Filter, Named, Place, alike};
use jiff::civil::Date;

/// Everyone who alone holds one of the seven rights, ready for every output format.
#[derive(Debug)]
pub struct AloneReport {
    /// The day that it speaks of.
    pub as_of: Date,
    /// Those of whom most rights would be orphaned first.
    pub people: Vec<Irreplaceable>,
}

/// What depends on one person.
#[derive(Debug)]
pub struct Irreplaceable {
    /// The person, in the organization.
    pub of: PersonIx,
    /// Who it is.
    pub who: Named,
    /// How many of the seven rights nobody would decide: one in several places counts in each.
    pub rights: usize,
    /// How many duties nobody would decide.
    pub duties: usize,
    /// All duties that this person alone decides, by place and by who catches them.
    pub decided: Vec<DecidedAlone>,
    /// The backlogs that nobody else owns.
    pub backlogs: Vec<Place>,
}

/// Duties of one place that somebody alone decides.
#[derive(Debug)]
pub struct DecidedAlone {
    /// Where they are looked up.
    pub place: Place,
    /// The ids of the duties.
    pub duties: Vec<String>,
    /// The same, with areas of which all are meant as `area.*`.
    pub folded: Vec<String>,
    /// Those of them that are among the seven rights.
    pub rights: Vec<String>,
    /// The deputies who decide them once this person has left.
    pub caught_by: Vec<Named>,
}

impl Redact for AloneReport {
    fn redact(&mut self, names: &Pseudonyms) {
        for Irreplaceable { who, decided, backlogs, .. } in &mut self.people {
            who.redact(names);
            backlogs.iter_mut().for_each(|backlog| backlog.redact(names));
            for DecidedAlone { place, duties, folded, rights, caught_by } in decided {
                place.redact(names);
                caught_by.iter_mut().for_each(|deputy| deputy.redact(names));
                for duty in duties.iter_mut().chain(folded).chain(rights) {
                    *duty = names.duty(std::mem::take(duty));
                }
            }
        }
    }
}

/// Everyone who alone holds one of the seven rights somewhere. Groups do not leave as one, and are not asked about.
pub fn alone(org: &Org<'_>, filter: &Filter) -> AloneReport {
    let mut decided: Vec<Vec<Alone>> = vec![Vec::new(); org.people.len()];
    let mut owned: Vec<Vec<Subject>> = vec![Vec::new(); org.people.len()];
    for alone in org.decided_alone().filter(|alone| filter.concerns(alone.subject, org)) {
        decided[alone.person.0 as usize].push(alone);
    }
    for (backlog, _) in org.audited_backlogs().filter(|(_, backlog)| backlog.view_of.is_none()) {
        let owner = org.sole_owner(backlog).and_then(|owner| owner.actor.person());
        let subject = Subject::Backlog(backlog);
        if let Some(owner) = owner.filter(|_| filter.concerns(subject, org)) {
            owned[owner.0 as usize].push(subject);
        }
    }
    let everybody = org.people().filter(|(person, _)| org.is_one_person(Actor::Person(*person)));
    let of_person = everybody.filter_map(|(person, _)| {
        let position = person.0 as usize;
        irreplaceable(org, person, std::mem::take(&mut decided[position]), &owned[position])
    });
    let mut people: Vec<Irreplaceable> = of_person.collect();
    people.sort_by_key(|person| std::cmp::Reverse((person.rights, person.duties)));
    AloneReport { as_of: org.as_of, people }
}

/// What depends on a person; none if none of the seven rights does.
fn irreplaceable(org: &Org<'_>, person: PersonIx, decided: Vec<Alone>, owned: &[Subject]) -> Option<Irreplaceable> {
    let is_right = |alone: &&Alone| org[alone.duty].is_right();
    let is_orphaned = |alone: &&Alone| alone.caught_by.is_empty();
    decided.iter().find(is_right)?;
    let (rights, duties) =
        (decided.iter().filter(is_right).filter(is_orphaned).count(), decided.iter().filter(is_orphaned).count());
    let mut groups: Vec<(Subject, Few<Actor>, Vec<DutyIx>)> = Vec::new();
    for group in alike(decided, |alone| (alone.subject, alone.caught_by.clone())) {
        let of_group = group.iter().map(|alone| alone.duty).collect();
        groups.extend(group.first().map(|alone| (alone.subject, alone.caught_by.clone(), of_group)));
    }
    // Products first, as everywhere.
    groups.sort_by_key(|(subject, _, _)| match subject {
        Subject::Product(_) => 0,
        Subject::Backlog(_) => 1,
        Subject::Team(_) => 2,
        Subject::Organization | Subject::Person(_) | Subject::Opening(_) => 3,
    });
    let decided = groups.into_iter().map(|(subject, caught_by, duties)| {
        let ids = |duties: &mut dyn Iterator<Item = &DutyIx>| duties.map(|duty| org[*duty].id.to_string()).collect();
        DecidedAlone {
            place: Place::of(org, subject),
            folded: org.folded(&duties, subject),
            rights: ids(&mut duties.iter().filter(|duty| org[**duty].is_right())),
            duties: ids(&mut duties.iter()),
            caught_by: org.all_named(caught_by),
        }
    });
    Some(Irreplaceable {
        of: person,
        who: org.named(Actor::Person(person)),
        rights,
        duties,
        decided: decided.collect(),
        backlogs: owned.iter().map(|backlog| Place::of(org, *backlog)).collect(),
    })
}
