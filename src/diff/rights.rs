//! Which rights move: each lookup of one version beside the same lookup of the other.

use super::{Moved, Others, PersonChange, Presence, Shift, Vacated};
use crate::catalogue::DutyIx;
use crate::org::decide::Answer;
use crate::org::rights::Right;
use crate::org::{Actor, BacklogIx, Org, ProductIx, Subject, TeamIx};
use crate::sections::{Named, alike};
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

/// One of the versions, and what everybody is called in it.
struct Side<'o> {
    org: &'o Org<'o>,
    /// People, groups and teams by id.
    everybody: FxHashMap<&'o str, Named>,
}

/// What holds for a duty where it is looked up: who holds which right, by id.
struct Held<'o> {
    rights: Vec<(Right, &'o str)>,
    not_applicable: bool,
}

/// Where the subjects and duties of one version are in another.
struct Counterparts {
    products: Vec<Option<ProductIx>>,
    teams: Vec<Option<TeamIx>>,
    backlogs: Vec<Option<BacklogIx>>,
    duties: Vec<Option<DutyIx>>,
}

/// The id of the developers of a product without a team.
const DEVELOPERS: &str = "developers";

/// The duties that nobody takes over, and who gains and loses what.
pub(super) fn changes(before: &Org<'_>, after: &Org<'_>) -> (Vec<Vacated>, Vec<PersonChange>) {
    let (forth, back) = (Counterparts::of(before, after), Counterparts::of(after, before));
    let (before, after) = (Side::of(before), Side::of(after));
    let mut moves = Vec::new();
    let mut vacated = Vec::new();
    for (duty, subject, _) in before.org.all_decisions() {
        let was = before.held(duty, subject);
        let counterpart = forth.lookup(duty, subject);
        let is = counterpart.map(|(duty, subject)| after.held(duty, subject));
        if let Some(is) = &is
            && was.is_decided()
            && !is.is_decided()
            && !is.not_applicable
        {
            vacated.push((duty, subject, was.holders(Right::Decides, &before)));
        }
        for (right, who) in was.only_in(is.as_ref()) {
            let others = is.as_ref().map_or(Others::Absent, |is| is.others(right, &after));
            moves.push(Move { who, is_gain: false, right, duty, subject, others });
        }
        let (Some((duty, subject)), Some(is)) = (counterpart, is) else { continue };
        for (right, who) in is.only_in(Some(&was)) {
            moves.push(Move { who, is_gain: true, right, duty, subject, others: was.others(right, &before) });
        }
    }
    for (duty, subject, _) in after.org.all_decisions().filter(|(duty, subject, _)| back.lookup(*duty, *subject).is_none()) {
        for (right, who) in after.held(duty, subject).rights {
            moves.push(Move { who, is_gain: true, right, duty, subject, others: Others::Absent });
        }
    }
    (vacated_together(before.org, &vacated), of_people(&before, &after, moves))
}

/// Each right of each duty that others hold in the later version, with both sides; of what only one version has, only who decides.
pub(super) fn shifts(before: &Org<'_>, after: &Org<'_>) -> Vec<Shift> {
    let (forth, back) = (Counterparts::of(before, after), Counterparts::of(after, before));
    let (before, after) = (Side::of(before), Side::of(after));
    let mut found = Vec::new();
    for (duty, subject, _) in before.org.all_decisions() {
        let was = before.held(duty, subject);
        let is = forth.lookup(duty, subject).map(|(duty, subject)| after.held(duty, subject));
        for right in was.shifted(is.as_ref()) {
            let now = is.as_ref().map_or(Others::Absent, |is| is.others(right, &after));
            found.push((duty, right, subject, was.others(right, &before), now));
        }
    }
    let mut shifts = shifts_together(before.org, found);
    let new = after.org.all_decisions().filter(|(duty, subject, _)| back.lookup(*duty, *subject).is_none());
    let found = new.filter_map(|(duty, subject, _)| {
        let is = after.held(duty, subject);
        let right = Right::Decides;
        is.is_decided().then(|| (duty, right, subject, Others::Absent, is.others(right, &after)))
    });
    shifts.extend(shifts_together(after.org, found.collect()));
    shifts
}

/// Shifts that differ in the duty only.
fn shifts_together(org: &Org<'_>, found: Vec<(DutyIx, Right, Subject, Others, Others)>) -> Vec<Shift> {
    let groups = alike(found, |(_, right, subject, before, after)| (*right, *subject, before.clone(), after.clone()));
    let shift = |group: Vec<(DutyIx, Right, Subject, Others, Others)>| {
        let duties: Vec<DutyIx> = group.iter().map(|(duty, ..)| *duty).collect();
        let (_, right, subject, before, after) = group.into_iter().next()?;
        let duties = org.folded(&duties, subject);
        Some(Shift { right, duties, subject: org.path(subject), title: org.title(subject).into_owned(), before, after })
    };
    groups.into_iter().filter_map(shift).collect()
}

impl<'o> Side<'o> {
    fn of(org: &'o Org<'_>) -> Self {
        let people = org.people().map(|(person, _)| Actor::Person(person));
        let actors = people.chain(org.teams().map(|(team, _)| Actor::Team(team)));
        let named = actors.map(|actor| (org.actor_id(actor), org.named(actor)));
        Side { org, everybody: named.chain([(DEVELOPERS, Named::developers())]).collect() }
    }

    fn held(&self, duty: DutyIx, subject: Subject) -> Held<'o> {
        let org = self.org;
        let answer = &org.decision(duty, subject).answer;
        let rights = org.rights_in(duty, subject).into_iter().map(|(right, actor)| (right, org.actor_id(actor)));
        let mut rights: Vec<(Right, &str)> = rights.collect();
        if matches!(answer, Answer::Decided(_)) && rights.iter().all(|(right, _)| *right != Right::Decides) {
            rights.insert(0, (Right::Decides, DEVELOPERS));
        }
        Held { rights, not_applicable: *answer == Answer::NotApplicable }
    }
}

impl<'o> Held<'o> {
    fn is_decided(&self) -> bool {
        self.rights.iter().any(|(right, _)| *right == Right::Decides)
    }

    fn holders(&self, right: Right, side: &Side<'_>) -> Vec<Named> {
        let mut holders: Vec<&str> = self.rights.iter().filter(|(held, _)| *held == right).map(|(_, id)| *id).collect();
        holders.sort_unstable();
        holders.into_iter().filter_map(|id| side.everybody.get(id)).cloned().collect()
    }

    /// The rights whose holders are others in the other version, if that has the lookup at all.
    fn shifted(&self, other: Option<&Held<'_>>) -> Vec<Right> {
        let Some(other) = other else { return if self.is_decided() { vec![Right::Decides] } else { Vec::new() } };
        let differ = |right: &Right| {
            let has = |held: &Held<'_>, one: &(Right, &str)| one.0 != *right || held.rights.contains(one);
            !self.rights.iter().all(|one| has(other, one)) || !other.rights.iter().all(|one| has(self, one))
        };
        Right::ALL.into_iter().filter(differ).collect()
    }

    /// The rights that the other version does not have.
    fn only_in(&self, other: Option<&Held<'_>>) -> Vec<(Right, &'o str)> {
        let is_there = |held: &&(Right, &'o str)| other.is_some_and(|other| other.rights.contains(held));
        self.rights.iter().filter(|held| !is_there(held)).copied().collect()
    }

    /// Who has a right on this side.
    fn others(&self, right: Right, side: &Side<'_>) -> Others {
        match self.holders(right, side) {
            none if none.is_empty() && self.not_applicable => Others::NotApplicable,
            none if none.is_empty() => Others::Nobody,
            holders => Others::Named(holders),
        }
    }
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

/// Vacated duties by where they are looked up and who decided them; the seven rights first.
fn vacated_together(org: &Org<'_>, vacated: &[(DutyIx, Subject, Vec<Named>)]) -> Vec<Vacated> {
    let mut groups = alike(vacated, |(duty, subject, by)| (*subject, org[*duty].is_right(), by.clone()));
    groups.sort_by_key(|group| !group.iter().any(|(duty, ..)| org[*duty].is_right()));
    let together = |group: &Vec<&(DutyIx, Subject, Vec<Named>)>| {
        let (first, subject, by) = group.first()?;
        let duties: Vec<DutyIx> = group.iter().map(|(duty, ..)| *duty).collect();
        Some(Vacated {
            duties: org.folded(&duties, *subject),
            is_right: org[*first].is_right(),
            subject: org.path(*subject),
            title: org.title(*subject).into_owned(),
            by: by.clone(),
        })
    };
    groups.iter().filter_map(together).collect()
}

/// The moves of each person, and the people with the weightiest moves first.
fn of_people(before: &Side<'_>, after: &Side<'_>, moves: Vec<Move<'_>>) -> Vec<PersonChange> {
    let (earlier, later) = (&before.everybody, &after.everybody);
    let weigh = |one: &Move<'_>| weight(if one.is_gain { after.org } else { before.org }, one);
    let mut people: Vec<(usize, Vec<Move<'_>>)> =
        alike(moves, |one| one.who).into_iter().map(|moves| (moves.iter().map(weigh).sum(), moves)).collect();
    people.sort_by_key(|(weight, _)| Reverse(*weight));
    let change = |(_, moves): (usize, Vec<Move<'_>>)| {
        let who = moves.first()?.who;
        let (gained, lost): (Vec<_>, Vec<_>) = moves.into_iter().partition(|one| one.is_gain);
        let presence = match (earlier.contains_key(who), later.contains_key(who)) {
            (true, false) => Presence::Gone,
            (false, _) => Presence::New,
            (true, true) => Presence::Stays,
        };
        let person = later.get(who).or_else(|| earlier.get(who))?.clone();
        Some(PersonChange { person, presence, gained: together(after.org, gained), lost: together(before.org, lost) })
    };
    people.into_iter().filter_map(change).collect()
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
    let mut groups = alike(moves, |one| (one.right, one.subject, one.others.clone()));
    groups.sort_by_key(|group| group.first().map(|one| one.right));
    let moved = |group: Vec<Move<'_>>| {
        let duties: Vec<DutyIx> = group.iter().map(|one| one.duty).collect();
        let Move { right, subject, others, .. } = group.into_iter().next()?;
        Some(Moved {
            right,
            duties: org.folded(&duties, subject),
            subject: org.path(subject),
            title: org.title(subject).into_owned(),
            others,
        })
    };
    groups.into_iter().filter_map(moved).collect()
}
