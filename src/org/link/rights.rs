//! Maps of responsibilities: what their keys cover, and who is named in them.

use super::{Actors, Covers, DutyIx, Id, Linker, Org, Parties, Problem, Record, RecordIx, Scope, Span, TeamIx, Until, hints};
use crate::document::value::Said;
use crate::document::{Right, Rights};
use crate::org::{AreaIx, ProductIx};

impl<'a> Linker<'a> {
    /// Links every map of responsibilities.
    pub(super) fn all_rights(&mut self, org: &mut Org<'a>) {
        if let Some(rights) = org.facts.responsibilities.take() {
            org.rights = self.rights(rights.value, Scope::Organization, org);
        }
        for index in 0..org.products.len() {
            if let Some(rights) = org.products[index].facts.responsibilities.take() {
                org.products[index].rights = self.rights(rights.value, Scope::Product(ProductIx(index as u32)), org);
            }
        }
        for index in 0..org.teams.len() {
            if let Some(rights) = org.teams[index].facts.responsibilities.take() {
                org.teams[index].rights = self.rights(rights.value.0, Scope::Team(TeamIx(index as u32)), org);
            }
        }
    }

    fn rights(&mut self, rights: Rights<'a>, scope: Scope, org: &mut Org<'a>) -> Vec<(Covers, RecordIx)> {
        let mut linked = Vec::with_capacity(rights.entries.len());
        for (key, at, right) in rights.entries {
            let id = Id { id: key, at };
            let covers = self.covers(&id);
            let record = self.record(covers, at, scope, right);
            let Some(covers) = covers else { continue };
            if let Scope::Team(team) = scope {
                self.refuse_wider_duty(covers, &id, team, org);
            }
            linked.push((covers, RecordIx(org.records.len() as u32)));
            org.records.push(record);
        }
        linked.sort_by_key(|(covers, _)| *covers);
        linked
    }

    fn record(&mut self, covers: Option<Covers>, at: Span, scope: Scope, right: Right<'a>) -> Record<'a> {
        let last_day = match right.until.as_ref().map(|until| until.value) {
            Some(Until::Day(day)) => Some(day),
            Some(Until::Unknown) | None => None,
        };
        let ended_on = last_day.filter(|day| day.date < self.as_of);
        let mut parties = |given: Said<Actors<'a>>| given.map(|given| Box::new(self.parties(&given)));
        let decides = parties(right.decides).map(|decides| *decides);
        let (decides, ended) = match (decides, ended_on) {
            (Some(decided), Some(day)) => (None, Some(Box::new((decided, day)))),
            (decides, _) => (decides, None),
        };
        Record {
            // A record whose key is unknown is linked for its ids only, and dropped by the caller.
            covers: covers.unwrap_or(Covers::Area(AreaIx(0))),
            at,
            scope,
            decides,
            until: last_day.filter(|_| ended_on.is_none()),
            ends_some_day: right.until.as_ref().is_some_and(|until| matches!(until.value, Until::Unknown)),
            ended,
            does: parties(right.does),
            input: parties(right.input),
            informed: parties(right.informed),
            approves: parties(right.approves),
            escalates_to: parties(right.escalates_to),
            communicates: parties(right.communicates),
            deputy: parties(right.deputy),
            not_applicable: right.not_applicable.filter(|_| ended_on.is_none()).map(|given| Box::new(given.value.0)),
            note: right.note.map(|given| Box::new(given.value)),
        }
    }

    /// What a key of `responsibilities` covers.
    fn covers(&mut self, id: &Id<'a>) -> Option<Covers> {
        if let Some(duty) = self.duty_ids.get(&id.id) {
            return Some(Covers::Duty(*duty));
        }
        if let Some(area) = id.id.strip_suffix(".*").and_then(|area| self.areas.get(area)) {
            return Some(Covers::Area(area.position));
        }
        self.unknown_duty(id);
        None
    }

    /// The duty of an id, where an area cannot stand.
    pub(super) fn duty_of(&mut self, id: &Id<'a>) -> Option<DutyIx> {
        let found = self.duty_ids.get(&id.id).copied();
        let area = id.id.strip_suffix(".*").and_then(|area| self.areas.get(area));
        match (found, area) {
            (Some(_), _) => {}
            (None, Some(area)) => {
                let message = format!("`{}` stands for {} duties, and only one can be named here", id.id, area.duties.len());
                let help = "Leave the line out if all of them are meant, or write an entry for each.";
                self.errors.push(Problem::new(id.at, message, help));
            }
            (None, None) => self.unknown_duty(id),
        }
        found
    }

    /// Checks an id that may be a duty or an area, and returns the duties that it stands for.
    pub(super) fn duties_of(&mut self, id: &Id<'a>) -> Vec<DutyIx> {
        match id.id.strip_suffix(".*").and_then(|area| self.areas.get(area)) {
            Some(area) => area.duties.clone(),
            None => self.duty_of(id).into_iter().collect(),
        }
    }

    fn unknown_duty(&mut self, id: &Id<'a>) {
        if !self.whole {
            return;
        }
        let help = if self.may_compare() {
            self.meant_duty(&id.id)
        } else {
            "Write a built-in duty, or declare it under `duties`.".to_owned()
        };
        self.errors.push(Problem::new(id.at, format!("there is no duty `{}`", hints::shortened(&id.id)), help));
    }

    fn meant_duty(&self, written: &str) -> String {
        if written.trim_matches(['*', '.']).is_empty() {
            return "Name the areas, one line each, such as `strategy.*: …`.".to_owned();
        }
        let mut known: Vec<&str> = self.duty_ids.keys().map(AsRef::as_ref).collect();
        known.sort_unstable();
        let (area, is_area) = match written.split_once('.') {
            Some((area, name)) => (area, matches!(name, "" | "*" | "**" | "all")),
            None => (written, true),
        };
        let mut areas: Vec<&str> = self.areas.keys().map(AsRef::as_ref).collect();
        areas.sort_unstable();
        if let Some(area) = areas.iter().find(|known| is_area && hints::folded(known) == hints::folded(area)) {
            return format!("Write `{area}.*` for every duty of the area.");
        }
        if let Some(close) = hints::closest(written, known.iter().copied()) {
            return format!("Did you mean `{close}`?");
        }
        if let Some(close) = hints::closest(area, areas.iter().copied()).filter(|_| is_area) {
            return format!("Did you mean `{close}.*`?");
        }
        let in_area: Vec<&str> =
            known.iter().copied().filter(|duty| duty.split_once('.').is_some_and(|(of, _)| of == area)).collect();
        if in_area.is_empty() {
            let areas = hints::some_of(&areas);
            return format!("The areas are {areas}. A duty of your own is declared under `duties`, in an area of its own.");
        }
        format!("Its area has {}.", hints::some_of(&in_area))
    }

    /// A duty that is looked up per product cannot be recorded on a team: nobody would ever look there.
    fn refuse_wider_duty(&mut self, covers: Covers, id: &Id<'a>, team: TeamIx, org: &Org<'a>) {
        let is_wider = match covers {
            Covers::Duty(duty) => !org[duty].level.is_of_team(),
            Covers::Area(_) => {
                let area = id.id.strip_suffix(".*").and_then(|area| self.areas.get(area));
                !area.is_some_and(|area| area.duties.iter().any(|duty| org[*duty].level.is_of_team()))
            }
        };
        if !is_wider {
            return;
        }
        let team = &org[team];
        let place = match team.products.first() {
            Some(product) => format!("of the product `{}`", org[*product].id.id),
            None => "of the team's product, or of the organization".to_owned(),
        };
        let message = format!("`{}` is decided per product, not per team", id.id);
        self.errors.push(Problem::new(id.at, message, format!("Write it under `responsibilities` {place}.")));
    }
}

impl Parties {
    /// Whether the key says `nobody`.
    pub fn is_nobody(&self) -> bool {
        self.named.is_empty()
    }
}
