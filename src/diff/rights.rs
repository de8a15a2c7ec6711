//! Which rights move: each lookup of one version beside the same lookup of the other.

use super::{Moved, Others, PersonChange, Presence, Vacated, named};
use crate::catalogue::DutyIx;
use crate::org::decide::Answer;
use crate::org::rights::Right;
use crate::org::{Actor, BacklogIx, Org, ProductIx, Subject, TeamIx};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// One right in one duty that somebody gains or loses.
struct Move<'o> {
    who: &'o str,
    is_gain: bool,
    right: Right,
    duty: DutyIx,
    subject: Subject,
    others: Others,
}

/// Where the subjects and duties of one version are in another.
struct Counterparts {
    products: Vec<Option<ProductIx>>,
    teams: Vec<Option<TeamIx>>,
    backlogs: Vec<Option<BacklogIx>>,
    duties: Vec<Option<DutyIx>>,
}

/// The duties that nobody takes over, and who gains and loses what.
pub(super) fn changes(before: &Org<'_>, after: &Org<'_>) -> (Vec<Vacated>, Vec<PersonChange>) {
    let (forth, back) = (Counterparts::of(before, after), Counterparts::of(after, before));
    let mut moves = Vec::new();
    let mut vacated = Vec::new();
    for (duty, subject, _) in before.all_decisions() {
        let was = before.rights_in(duty, subject);
        let counterpart = forth.lookup(duty, subject);
        let is = counterpart.map_or_else(Vec::new, |(duty, subject)| after.rights_in(duty, subject));
        let is_there = counterpart.is_some();
        if is_decided(&was)
            && let Some((duty_now, subject_now)) = counterpart
            && !is_decided(&is)
            && !matches!(after.decision(duty_now, subject_now).answer, Answer::NotApplicable)
        {
            vacated.push((duty, subject, deciders(before, &was)));
        }
        let lost = only_in((before, &was), (after, &is));
        moves.extend(lost.into_iter().map(|(right, who)| Move {
            who,
            is_gain: false,
            right,
            duty,
            subject,
            others: others(after, right, &is, is_there),
        }));
        let Some((duty_now, subject_now)) = counterpart else { continue };
        let gained = only_in((after, &is), (before, &was));
        moves.extend(gained.into_iter().map(|(right, who)| {
            let others = others(before, right, &was, true);
            Move { who, is_gain: true, right, duty: duty_now, subject: subject_now, others }
        }));
    }
    for (duty, subject, _) in after.all_decisions().filter(|(duty, subject, _)| back.lookup(*duty, *subject).is_none()) {
        let gained = after.rights_in(duty, subject).into_iter();
        moves.extend(gained.map(|(right, actor)| Move {
            who: after.actor_id(actor),
            is_gain: true,
            right,
            duty,
            subject,
            others: Others::Absent,
        }));
    }
    (vacated_together(before, vacated), of_people(before, after, moves))
}

impl Counterparts {
    fn of(one: &Org<'_>, other: &Org<'_>) -> Self {
        let products = positions(other.products().map(|(at, product)| (product.id.id.as_ref(), at, product.audited)));
        let teams = positions(other.teams().map(|(at, team)| (team.id.id.as_ref(), at, team.audited)));
        let backlogs =
            positions(other.audited_backlogs().map(|(at, backlog)| (backlog.id.as_ref(), at, backlog.view_of.is_none())));
        let duties = positions(other.duties().map(|(at, duty)| (duty.id.as_ref(), at, true)));
        let same_level = |duty: &crate::org::Duty<'_>, at: &DutyIx| other[*at].level == duty.level;
        Counterparts {
            products: one.products().map(|(_, product)| products.get(product.id.id.as_ref()).copied()).collect(),
            teams: one.teams().map(|(_, team)| teams.get(team.id.id.as_ref()).copied()).collect(),
            backlogs: one.backlogs.iter().map(|backlog| backlogs.get(backlog.id.as_ref()).copied()).collect(),
            duties: one
                .duties()
                .map(|(_, duty)| duties.get(duty.id.as_ref()).copied().filter(|at| same_level(duty, at)))
                .collect(),
        }
    }

    fn lookup(&self, duty: DutyIx, subject: Subject) -> Option<(DutyIx, Subject)> {
        let duty = self.duties.get(duty.0 as usize).copied().flatten()?;
        let subject = match subject {
            Subject::Product(product) => Subject::Product(self.products.get(product.0 as usize).copied().flatten()?),
            Subject::Team(team) => Subject::Team(self.teams.get(team.0 as usize).copied().flatten()?),
            Subject::Backlog(backlog) => Subject::Backlog(self.backlogs.get(backlog.0 as usize).copied().flatten()?),
            Subject::Organization => Subject::Organization,
            Subject::Person(_) | Subject::Opening(_) => return None,
        };
        Some((duty, subject))
    }
}

/// The positions of what counts, by id.
fn positions<'o, P>(all: impl Iterator<Item = (&'o str, P, bool)>) -> FxHashMap<&'o str, P> {
    all.filter(|(_, _, counts)| *counts).map(|(id, at, _)| (id, at)).collect()
}

fn is_decided(rights: &[(Right, Actor)]) -> bool {
    rights.iter().any(|(right, _)| *right == Right::Decides)
}

fn deciders(org: &Org<'_>, rights: &[(Right, Actor)]) -> Vec<String> {
    named(org, rights.iter().filter(|(right, _)| *right == Right::Decides).map(|(_, actor)| *actor))
}

/// The rights of one version that the other does not have, with the ids of those who hold them.
fn only_in<'o>(
    (org, rights): (&'o Org<'_>, &[(Right, Actor)]),
    (other, others): (&Org<'_>, &[(Right, Actor)]),
) -> Vec<(Right, &'o str)> {
    let is_there = |right: Right, id: &str| others.iter().any(|(held, actor)| *held == right && other.actor_id(*actor) == id);
    let held = rights.iter().map(|(right, actor)| (*right, org.actor_id(*actor)));
    held.filter(|(right, id)| !is_there(*right, id)).collect()
}

/// Who has a right on the other side.
fn others(org: &Org<'_>, right: Right, rights: &[(Right, Actor)], is_there: bool) -> Others {
    let actors: Vec<Actor> = rights.iter().filter(|(held, _)| *held == right).map(|(_, actor)| *actor).collect();
    match actors.as_slice() {
        _ if !is_there => Others::Absent,
        [] => Others::Nobody,
        _ => Others::Named(named(org, actors)),
    }
}

/// Vacated duties by where they are looked up and who decided them; the seven rights first.
fn vacated_together(org: &Org<'_>, vacated: Vec<(DutyIx, Subject, Vec<String>)>) -> Vec<Vacated> {
    let mut places: FxHashMap<(Subject, bool, Vec<String>), usize> = FxHashMap::default();
    let mut groups: Vec<(Subject, bool, Vec<String>, Vec<DutyIx>)> = Vec::new();
    for (duty, subject, by) in vacated {
        let is_right = org[duty].is_right();
        let at = *places.entry((subject, is_right, by.clone())).or_insert(groups.len());
        match groups.get_mut(at) {
            Some((.., duties)) => duties.push(duty),
            None => groups.push((subject, is_right, by, vec![duty])),
        }
    }
    groups.sort_by_key(|(_, is_right, ..)| !is_right);
    let group = |(subject, is_right, by, duties): (Subject, bool, Vec<String>, Vec<DutyIx>)| Vacated {
        duties: org.folded(&duties, subject),
        is_right,
        subject: org.path(subject),
        title: org.title(subject).into_owned(),
        by,
    };
    groups.into_iter().map(group).collect()
}

/// The moves of each person, and the people with the weightiest moves first.
fn of_people(before: &Org<'_>, after: &Org<'_>, moves: Vec<Move<'_>>) -> Vec<PersonChange> {
    let names = |org: &Org<'_>| -> FxHashMap<String, String> {
        let people = org.people().map(|(at, _)| Actor::Person(at));
        let actors = people.chain(org.teams().map(|(at, _)| Actor::Team(at)));
        actors.map(|actor| (org.actor_id(actor).to_owned(), org.name(actor).to_owned())).collect()
    };
    let (earlier, later) = (names(before), names(after));
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    let mut people: Vec<(&str, usize, Vec<Move<'_>>)> = Vec::new();
    for one in moves {
        let at = *places.entry(one.who).or_insert(people.len());
        let org = if one.is_gain { after } else { before };
        let weight = weight(org, &one);
        match people.get_mut(at) {
            Some((_, sum, moves)) => {
                *sum += weight;
                moves.push(one);
            }
            None => people.push((one.who, weight, vec![one])),
        }
    }
    people.sort_by_key(|(_, weight, _)| Reverse(*weight));
    let change = |(who, _, moves): (&str, usize, Vec<Move<'_>>)| {
        let (gained, lost): (Vec<_>, Vec<_>) = moves.into_iter().partition(|one| one.is_gain);
        let presence = match (earlier.contains_key(who), later.contains_key(who)) {
            (true, false) => Presence::Gone,
            (false, _) => Presence::New,
            (true, true) => Presence::Stays,
        };
        let name = later.get(who).or_else(|| earlier.get(who)).cloned().unwrap_or_default();
        PersonChange { person: who.to_owned(), name, presence, gained: together(after, gained), lost: together(before, lost) }
    };
    people.into_iter().map(change).collect()
}

/// How much a move weighs: to decide one of the seven rights weighs most, to be told least.
fn weight(org: &Org<'_>, one: &Move<'_>) -> usize {
    match one.right {
        Right::Decides if org[one.duty].is_right() => 20,
        Right::Decides if org[one.duty].is_core() => 8,
        Right::Decides => 4,
        Right::Approves => 3,
        Right::Deputy | Right::EscalatesTo => 2,
        Right::Input | Right::Does | Right::Communicates | Right::Informed => 1,
    }
}

/// Moves of one person that differ in the duty only, the weightiest right first.
fn together(org: &Org<'_>, moves: Vec<Move<'_>>) -> Vec<Moved> {
    let mut groups: Vec<(Right, Subject, Others, Vec<DutyIx>)> = Vec::new();
    let mut places: FxHashMap<(Right, Subject), Vec<usize>> = FxHashMap::default();
    for one in moves {
        let alike = places.entry((one.right, one.subject)).or_default();
        match alike.iter().find(|at| groups[**at].2 == one.others) {
            Some(at) => groups[*at].3.push(one.duty),
            None => {
                alike.push(groups.len());
                groups.push((one.right, one.subject, one.others, vec![one.duty]));
            }
        }
    }
    groups.sort_by_key(|(right, ..)| *right);
    let moved = |(right, subject, others, duties): (Right, Subject, Others, Vec<DutyIx>)| Moved {
        right,
        rights: duties.iter().filter(|duty| org[**duty].is_right()).count(),
        duties: org.folded(&duties, subject),
        subject: org.path(subject),
        title: org.title(subject).into_owned(),
        others,
    };
    groups.into_iter().map(moved).collect()
}
