//! Who decides a duty, how that is known, and who else has a say: wherever it is looked up.

use super::Query;
use crate::catalogue::{DutyIx, duties};
use crate::org::decide::Word;
use crate::org::rights::{Right, Standing};
use crate::org::{Actor, Answer, Decider, Org, RecordIx, Subject};
use crate::redact::{LEFT_OUT, Pseudonyms, Redact};
use crate::rules::unowned;
use crate::sections::{self, Filter, Named, Place, PlaceKind, alike};
use crate::source::{Sources, Span};
use jiff::civil::Date;
use rustc_hash::FxHashSet;

/// The answer to a question about duties, ready for every output format.
#[derive(Debug)]
pub struct DutyReport<'s> {
    /// The texts that were read, for places.
    pub sources: &'s Sources,
    /// The day that it speaks of.
    pub as_of: Date,
    /// The duty or area that was asked about; none if it was the seven rights.
    pub asked: Option<String>,
    /// The duties that it speaks of, each with its meaning.
    pub duties: Vec<(String, String)>,
    /// The products, then teams without one, then the organization; only those that the duties are looked up for.
    pub sections: Vec<Section>,
}

/// The duties of a product, of a team without one, or of the organization.
#[derive(Debug)]
pub struct Section {
    /// What it is.
    pub of: Place,
    /// How many places of each kind are shown of it.
    counts: Vec<(PlaceKind, usize)>,
    /// One per duty and place, in the order of the duties.
    pub entries: Vec<Entry>,
}

/// A duty where it is looked up.
#[derive(Debug)]
pub struct Entry {
    /// Its id.
    pub duty: String,
    /// Where it is looked up.
    pub place: Place,
    /// How it stands there.
    pub answer: Told,
}

/// How it stands with a duty.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Told {
    /// Whether anybody decides it.
    pub standing: Standing,
    /// Why nobody does, in words; the reason that the file gives is left to `reason`.
    pub because: Option<String>,
    /// Where that is written.
    pub at: Option<Span>,
    /// Why it does not exist there.
    pub reason: Option<String>,
    /// Those who decide it.
    pub deciders: Vec<Known>,
    /// Who holds which other right; nobody where that is recorded.
    pub others: Vec<(Right, Vec<Named>)>,
}

/// One who decides, and how that is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Known {
    /// Who it is.
    pub who: Named,
    /// What kind of knowledge it is.
    pub by: By,
    /// How it is known, in words: "as product owner, by `backlog.*` of products.checkout".
    pub how: String,
    /// Where it is written.
    pub at: Option<Span>,
    /// The last day of a right that is temporary.
    pub until: Option<Date>,
}

/// How it is known who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// A record names the actor.
    Record,
    /// A record names the seat.
    Seat,
    /// A record names the developers.
    Developers,
    /// A record names the deputy of someone who has left.
    Deputy,
    /// Nothing is recorded, and a fact stands for it.
    Fact,
}

/// Duties that stand the same in some places.
#[derive(Debug)]
pub struct Group<'r> {
    /// The ids of the duties.
    pub duties: Vec<&'r str>,
    /// The places.
    pub places: Vec<&'r Place>,
    /// How they stand there.
    pub answer: &'r Told,
}

impl Redact for DutyReport<'_> {
    fn redact(&mut self, names: &Pseudonyms) {
        self.asked = self.asked.take().map(|asked| names.duty(asked));
        for (duty, meaning) in &mut self.duties {
            let hidden = names.duty(duty.clone());
            // What the company's own duties mean, only its files say.
            if crate::catalogue::duty(duty).is_none() {
                LEFT_OUT.clone_into(meaning);
            }
            *duty = hidden;
        }
        for section in &mut self.sections {
            section.of.redact(names);
            for Entry { duty, place, answer } in &mut section.entries {
                *duty = names.duty(std::mem::take(duty));
                place.redact(names);
                answer.redact(names);
            }
        }
    }
}

impl Redact for Told {
    fn redact(&mut self, names: &Pseudonyms) {
        names.texts(&mut self.because);
        self.reason = self.reason.take().map(|_| LEFT_OUT.to_owned());
        for Known { who, how, .. } in &mut self.deciders {
            who.redact(names);
            *how = names.text(how);
        }
        self.others.iter_mut().flat_map(|(_, others)| others).for_each(|other| other.redact(names));
    }
}

/// Who decides some duties, per product and wherever they are looked up there.
pub fn duties<'s>(org: &Org<'_>, query: &Query, filter: &Filter, sources: &'s Sources) -> DutyReport<'s> {
    let (asked, duties): (Option<String>, Vec<DutyIx>) = match query {
        Query::Duty(duty) => (Some(org[*duty].id.to_string()), vec![*duty]),
        Query::Area(area, duties) => (Some(area.clone()), duties.clone()),
        Query::Rights | Query::Actor(_) => {
            (None, org.duties().filter(|(_, facts)| facts.is_right()).map(|(duty, _)| duty).collect())
        }
    };
    let of_section = |section: sections::Section| {
        let mut entries = Vec::new();
        let mut counts: Vec<(PlaceKind, usize)> = Vec::new();
        for subject in &section.subjects {
            let place = Place::of(org, *subject);
            match counts.iter_mut().find(|(kind, _)| *kind == place.kind) {
                Some((_, count)) => *count += 1,
                None => counts.push((place.kind, 1)),
            }
            for duty in org.decisions_on(*subject).map(|(duty, _)| duty).filter(|duty| duties.contains(duty)) {
                let entry = Entry { duty: org[duty].id.to_string(), place: place.clone(), answer: told(org, duty, *subject) };
                entries.push((duty, entry));
            }
        }
        entries.sort_by_key(|(duty, _)| *duty);
        Section { of: Place::of(org, section.of), counts, entries: entries.into_iter().map(|(_, entry)| entry).collect() }
    };
    let sections = sections::sections(org, filter).into_iter().map(of_section);
    DutyReport {
        sources,
        as_of: org.as_of,
        asked,
        duties: duties.iter().map(|duty| (org[*duty].id.to_string(), org[*duty].meaning.to_string())).collect(),
        sections: sections.filter(|section| !section.entries.is_empty()).collect(),
    }
}

impl Section {
    /// The entries, with those together that say the same: duties of one place, and then places.
    pub fn groups(&self) -> Vec<Group<'_>> {
        let of_place = alike(&self.entries, |entry| (&entry.place.subject, &entry.answer));
        let same = alike(of_place, |entries| {
            let duties: Vec<&str> = entries.iter().map(|entry| entry.duty.as_str()).collect();
            (duties, entries.first().map(|entry| &entry.answer))
        });
        let groups = same.iter().filter_map(|group| {
            let first = group.first()?;
            Some(Group {
                duties: first.iter().map(|entry| entry.duty.as_str()).collect(),
                places: group.iter().filter_map(|entries| Some(&entries.first()?.place)).collect(),
                answer: &first.first()?.answer,
            })
        });
        groups.collect()
    }

    /// Places in words: none for the section's own; "all 4 teams"; else their names.
    pub fn in_words(&self, places: &[&Place]) -> Option<String> {
        let kind = places.first()?.kind;
        let all = self.counts.iter().find(|(known, _)| *known == kind).map_or(0, |(_, count)| *count);
        match places {
            [only] if only.subject == self.of.subject => None,
            [only] => Some(only.name.clone()),
            several if several.len() == all => Some(format!("all {all} {}", kind.plural())),
            several => {
                let names: Vec<&str> = several.iter().map(|place| place.short.as_str()).collect();
                let of = if kind == PlaceKind::Backlog { "the backlogs of " } else { "" };
                Some(format!("{of}{}", sections::some_of(&names)))
            }
        }
    }
}

fn told(org: &Org<'_>, duty: DutyIx, subject: Subject) -> Told {
    let decision = org.decision(duty, subject);
    let deciders: Vec<Known> = match &decision.answer {
        Answer::Decided(deciders) if deciders.is_empty() => {
            decision.answered_by.first().map(|record| without_team(org, *record)).into_iter().collect()
        }
        Answer::Decided(deciders) => deciders.iter().map(|decider| recorded(org, decider)).collect(),
        Answer::Absent => by_fact(org, duty, subject),
        _ => Vec::new(),
    };
    let standing = Standing::of(decision, subject, deciders.len());
    let records = decision.answered_by.first().or(decision.records.first());
    let is_by_fact = deciders.iter().any(|known| known.by == By::Fact);
    let because = if deciders.is_empty() { because(org, subject, &decision.answer, !decision.records.is_empty()) } else { None };
    let reason = (standing == Standing::NotApplicable).then(|| records.and_then(|record| org[*record].not_applicable.as_deref()));
    let at = records.filter(|_| deciders.is_empty() || is_by_fact).map(|record| org[*record].at);
    Told {
        standing,
        because,
        at,
        reason: reason.flatten().map(|reason| reason.text.to_string()),
        others: others(org, &decision.records, duty, subject),
        deciders,
    }
}

/// The rights beside the decision that records speak of; of one that nobody holds there, that it is so.
fn others(org: &Org<'_>, records: &[RecordIx], duty: DutyIx, subject: Subject) -> Vec<(Right, Vec<Named>)> {
    let beside = Right::ALL.into_iter().filter(|right| *right != Right::Decides);
    let recorded = beside.filter(|right| records.iter().any(|record| right.parties(&org[*record]).is_some()));
    recorded.map(|right| (right, org.all_named(org.holding(right, duty, subject)))).collect()
}

fn recorded(org: &Org<'_>, decider: &Decider) -> Known {
    let record = &org[decider.record];
    let by_record = format!("by `{}` of {}", org.covered(record.covers), org.path(record.scope.into()));
    let is_deputy = record.deputy.iter().flat_map(|deputy| &deputy.named).any(|party| party.at == decider.at);
    let (by, how) = match decider.word {
        _ if is_deputy => (By::Deputy, format!("as deputy of someone who has left, {by_record}")),
        None => (By::Record, by_record),
        Some(Word::Seat(seat, _)) => (By::Seat, format!("as {}, {by_record}", seat.title())),
        Some(Word::Developers) => (By::Developers, format!("as the developers, {by_record}")),
    };
    Known { who: org.named(decider.actor), by, how, at: Some(decider.at), until: record.until.map(|until| until.date) }
}

/// The developers decide, and no team is there.
fn without_team(org: &Org<'_>, record: RecordIx) -> Known {
    let record = &org[record];
    let how = format!("by `{}` of {}; no team is there", org.covered(record.covers), org.path(record.scope.into()));
    let until = record.until.map(|until| until.date);
    Known { who: Named::developers(), by: By::Developers, how, at: Some(record.at), until }
}

/// Those whom facts make the owners of a duty that nothing is recorded for.
fn by_fact(org: &Org<'_>, duty: DutyIx, subject: Subject) -> Vec<Known> {
    let fact = match duty {
        duties::RESULTS_METRICS => "as owner of a metric",
        duties::RESULTS_LEARN => "as owner of a backlog who hears of the results",
        duties::PRIORITIES_CONFLICT => "as the only product person",
        _ => "as owner of the backlog",
    };
    let owners = match subject {
        Subject::Backlog(backlog) => org.owners(backlog),
        _ => &[],
    };
    let place = |actor: Actor| owners.iter().find(|owner| owner.actor == actor).map(|owner| owner.at);
    let how = format!("{fact}; no record names anyone");
    let mut met = FxHashSet::default();
    let actors = org.owners_by_fact(duty, subject).into_iter().filter(|actor| met.insert(*actor));
    actors.map(|actor| Known { who: org.named(actor), by: By::Fact, how: how.clone(), at: place(actor), until: None }).collect()
}

/// Why nobody decides, in words.
fn because(org: &Org<'_>, subject: Subject, answer: &Answer, has_record: bool) -> Option<String> {
    let because = match answer {
        Answer::Nobody => "that is recorded".to_owned(),
        Answer::Ended(record) => unowned::ended(org, *record),
        Answer::Vacant(seats) => {
            let seat = seats.iter().find_map(|kind| unowned::vacant_seat(org, subject, *kind));
            format!("{}{}", unowned::vacant(seats), seat.map(|(_, seat)| unowned::left(org, seat)).unwrap_or_default())
        }
        Answer::Absent if has_record => "the record does not say who decides".to_owned(),
        Answer::Absent | Answer::NotApplicable | Answer::Decided(_) => return None,
    };
    Some(because)
}
