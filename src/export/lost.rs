//! What the files say and RACI has no letter for: rights one by one, other facts by their keys.

use super::Found;
use crate::catalogue::Level;
use crate::document::PersonKind;
use crate::org::rights::{Right, Standing};
use crate::org::seats::{Seat, SeatKind};
use crate::org::{Actor, Duty, Org, Parties, Record, Scope, Subject, joined, some_joined};
use crate::redact::{LEFT_OUT, Pseudonyms, Redact};
use crate::report::counted;
use crate::rules::Rule;
use crate::sections::Filter;
use std::collections::{BTreeMap, BTreeSet};

/// Something that the files say and the matrix does not.
#[derive(Debug, PartialEq, Eq)]
pub struct Lost {
    /// What kind of thing it is: a key of the team file, or a word like it.
    pub kind: &'static str,
    /// Whom or what it is said of.
    pub what: String,
    /// What the file says, in its own words.
    pub quoted: Option<String>,
}

impl Lost {
    fn new(kind: &'static str, what: impl Into<String>) -> Self {
        Lost { kind, what: what.into(), quoted: None }
    }

    /// Something that is said of several; of many, the first are named.
    fn of_several(kind: &'static str, [one, many]: [&str; 2], names: &[String]) -> Option<Self> {
        const NAMED: usize = 4;
        let words = if names.len() == 1 { one } else { many };
        let what = || format!("{} {words} ({})", names.len(), some_joined(names, NAMED));
        (!names.is_empty()).then(|| Lost::new(kind, what()))
    }
}

impl Redact for Lost {
    fn redact(&mut self, names: &Pseudonyms) {
        self.what = names.text(&self.what);
        self.quoted = self.quoted.take().map(|_| LEFT_OUT.to_owned());
    }
}

/// All that a matrix of these rows loses, the rights first.
pub(super) fn lost(org: &Org<'_>, filter: &Filter, found: &[Found], lettered: &BTreeSet<Actor>) -> Vec<Lost> {
    let losing = Losing { org, filter };
    let mut lost = losing.rights();
    lost.extend(found.iter().filter_map(|row| losing.not_contested(row)));
    lost.extend(losing.ends());
    lost.extend(losing.exceptions());
    lost.extend(losing.seats());
    lost.extend(losing.actors(lettered));
    lost.extend(losing.facts());
    lost
}

struct Losing<'o, 'a> {
    org: &'o Org<'a>,
    filter: &'o Filter,
}

impl<'o, 'a> Losing<'o, 'a> {
    fn is_shown(&self, subject: Subject) -> bool {
        let is_audited = match subject {
            Subject::Product(product) => self.org[product].audited,
            Subject::Team(team) => self.org[team].audited,
            Subject::Backlog(backlog) => self.org[backlog].audited,
            Subject::Organization | Subject::Person(_) | Subject::Opening(_) => true,
        };
        is_audited && self.filter.concerns(subject, self.org)
    }

    /// The names of those that are shown.
    fn names(&self, subjects: impl IntoIterator<Item = Subject>) -> Vec<String> {
        subjects
            .into_iter()
            .filter(|subject| self.is_shown(*subject))
            .map(|subject| self.org.title(subject).into_owned())
            .collect()
    }

    fn records(&self) -> impl Iterator<Item = &'o Record<'a>> {
        self.org.records.iter().filter(|record| self.is_shown(record.scope.into()))
    }

    /// What a record covers, and where: "release.decision of Checkout", "backlog.* everywhere".
    fn covered(&self, record: &Record<'_>) -> String {
        let covered = self.org.covered(record.covers);
        match record.scope {
            Scope::Organization => format!("{covered} everywhere"),
            scope => format!("{covered} of {}", self.org.title(scope.into())),
        }
    }

    /// Rights without a letter; and that somebody looked and found nobody, which a blank cell does not tell.
    fn rights(&self) -> Vec<Lost> {
        let has_letter = |right: Right| super::LETTERS.iter().any(|(lettered, _)| *lettered == right);
        let of_right = |right: Right| {
            self.records().filter_map(move |record| {
                let parties = right.parties(record)?;
                let is_lost = parties.named.is_empty() && !parties.left || !parties.named.is_empty() && !has_letter(right);
                is_lost.then(|| Lost::new(right.word(), format!("{} for {}", self.named(parties), self.covered(record))))
            })
        };
        let mut rights = Right::ALL;
        rights.sort_by_key(|right| has_letter(*right));
        rights.into_iter().flat_map(of_right).collect()
    }

    fn named(&self, parties: &Parties) -> String {
        let names: Vec<String> = parties.named.iter().map(|party| self.org.party_name(party)).collect();
        if names.is_empty() { "nobody".to_owned() } else { joined(&names) }
    }

    /// Several A that do not contest each other: owners of several metrics, developers of several teams.
    fn not_contested(&self, row: &Found) -> Option<Lost> {
        let deciders = row.cells.iter().filter(|(_, rights)| rights.has(Right::Decides)).count();
        let is_one = row.standing == Standing::Decided && deciders > 1;
        let what = || format!("{} of {}, though several have an A", self.org[row.duty].id, self.org.title(row.subject));
        is_one.then(|| Lost::new("not contested", what()))
    }

    /// Rights that end, and those that have ended.
    fn ends(&self) -> impl Iterator<Item = Lost> {
        self.records().filter_map(|record| {
            let covered = self.covered(record);
            match (&record.ended, record.until) {
                (Some(ended), _) => {
                    let (parties, day) = &**ended;
                    Some(Lost::new("until", format!("{} for {} by {}, which is over", day.date, covered, self.named(parties))))
                }
                (None, Some(day)) => Some(Lost::new("until", format!("{} for {covered}", day.date))),
                (None, None) => record.ends_some_day.then(|| Lost::new("until", format!("an unknown day for {covered}"))),
            }
        })
    }

    /// Duties that do not exist somewhere, and records that no lookup needs.
    fn exceptions(&self) -> Vec<Lost> {
        let not_applicable = self.records().filter_map(|record| {
            let reason = record.not_applicable.as_ref()?;
            Some(Lost { quoted: Some(reason.text.to_string()), ..Lost::new("not-applicable", self.covered(record)) })
        });
        let unreached = self.org.unreached_records().into_iter().map(|record| &self.org[record]);
        let unreached = unreached.filter(|record| self.is_shown(record.scope.into()));
        let unreached = unreached.map(|record| Lost::new("without effect", self.covered(record)));
        not_applicable.chain(unreached).collect()
    }

    /// Who sits in which seat.
    fn seats(&self) -> Vec<Lost> {
        let products = self.org.products().map(|(product, facts)| (Subject::Product(product), &facts.seats));
        let teams = self.org.teams().map(|(team, facts)| (Subject::Team(team), &facts.seats));
        let shown = products.chain(teams).filter(|(of, _)| self.is_shown(*of));
        shown.flat_map(|(of, seats)| seats.iter().map(move |(kind, seat)| self.seat(of, *kind, seat))).collect()
    }

    fn seat(&self, of: Subject, kind: SeatKind, seat: &Seat) -> Lost {
        let holder = |actor: Actor| {
            let interim = seat.interim.iter().find(|(interim, _)| *interim == actor);
            let until = interim.map(|(_, until)| until.map_or(" (interim)".to_owned(), |day| format!(" (until {})", day.date)));
            format!("{}{}", self.org.name(actor), until.unwrap_or_default())
        };
        let holders: Vec<String> = seat.holders.iter().map(|held| holder(held.actor)).collect();
        let (holders, are) = match holders.as_slice() {
            [] => ("nobody".to_owned(), "is"),
            [only] => (only.clone(), "is"),
            several => (joined(several), "are"),
        };
        let before = seat.ended.iter().map(|(actor, day)| format!("; {} was until {}", self.org.name(*actor), day.date));
        let before: String = before.collect();
        Lost::new("seat", format!("{holders} {are} {} of {}{before}", kind.title(), self.org.title(of)))
    }

    /// Who is no single person, and who has no letter.
    fn actors(&self, lettered: &BTreeSet<Actor>) -> Vec<Lost> {
        let people = || self.org.people().map(|(person, facts)| (Subject::Person(person), Actor::Person(person), facts));
        let groups = people().filter(|(.., facts)| facts.facts.kind.as_ref().is_some_and(|kind| kind.value == PersonKind::Group));
        let groups = self.names(groups.map(|(group, ..)| group));
        let silent = people().filter(|(_, actor, _)| !lettered.contains(actor)).map(|(person, ..)| person);
        let silent = self.names(silent);
        let left_out = |product: &Subject| matches!(product, Subject::Product(product) if !self.org[*product].audited);
        let products = self.org.products().map(|(product, _)| Subject::Product(product));
        let left_out = products.filter(left_out).filter(|product| self.filter.concerns(*product, self.org));
        let left_out: Vec<String> = left_out.map(|product| self.org.title(product).into_owned()).collect();
        let groups = (!groups.is_empty()).then(|| Lost::new("group", joined(&groups)));
        let lost = [
            groups,
            Lost::of_several("no letter", ["person", "people"], &silent),
            Lost::of_several(
                "left out",
                ["product that is retired or only an idea", "products that are retired or only ideas"],
                &left_out,
            ),
        ];
        lost.into_iter().flatten().collect()
    }

    /// Everything else that is said of the organization, its products, teams, people and backlogs, by its keys.
    fn facts(&self) -> Vec<Lost> {
        let org = self.org;
        let whole: Vec<&str> = org.facts.said().into_iter().filter(|key| !is_told(key)).collect();
        let products = org.products().map(|(product, facts)| (Subject::Product(product), facts.facts.said()));
        let teams = org.teams().map(|(team, facts)| (Subject::Team(team), facts.facts.said()));
        let people = org.people().map(|(person, facts)| (Subject::Person(person), facts.facts.said()));
        let backlogs =
            org.audited_backlogs().filter_map(|(backlog, of)| Some((Subject::Backlog(backlog), of.facts.as_ref()?.said())));
        let lost = [
            org.dated.map(|day| Lost::new("as-of", day.to_string())),
            (!whole.is_empty()).then(|| Lost::new("organization", whole.join(", "))),
            self.said("products", products),
            self.said("teams", teams),
            self.said("people", people),
            self.said("backlogs", backlogs),
        ];
        lost.into_iter().flatten().chain(self.beside()).collect()
    }

    /// What is said of a kind of thing: each key with the number of those of which something is said under it.
    fn said(&self, kind: &'static str, all: impl Iterator<Item = (Subject, Vec<&'static str>)>) -> Option<Lost> {
        let shown = all.filter(|(subject, _)| self.is_shown(*subject)).flat_map(|(_, said)| said);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        shown.filter(|key| !is_told(key)).for_each(|key| *counts.entry(key).or_default() += 1);
        let counts: Vec<String> = counts.iter().map(|(key, count)| format!("{key} ({count})")).collect();
        (!counts.is_empty()).then(|| Lost::new(kind, counts.join(", ")))
    }

    /// Notes, meetings, openings, risks, and what is said of the company's own duties.
    fn beside(&self) -> Vec<Lost> {
        let org = self.org;
        let notes: Vec<String> =
            self.records().filter(|record| record.note.is_some()).map(|record| self.covered(record)).collect();
        let openings = org.openings().map(|(opening, facts)| (Subject::Opening(opening), facts));
        let openings: Vec<String> =
            openings.filter(|(opening, _)| self.is_shown(*opening)).map(|(_, facts)| facts.id.id.to_string()).collect();
        let risks = org.accepted.iter().filter(|risk| self.is_shown(risk.subject)).map(|risk| {
            let rule = risk.rule.as_ref().map_or_else(|id| id.id.as_ref(), |rule: &&Rule| rule.name);
            format!("{rule} of {}", org.title(risk.subject))
        });
        let own = || org.duties.iter().filter(|duty| duty.built_in.is_none());
        let ids = |duty: &Duty<'_>| duty.id.to_string();
        let levels: Vec<String> = own().filter(|duty| duty.level != Level::Product).map(ids).collect();
        let required: Vec<String> = own().filter(|duty| duty.required).map(ids).collect();
        let meetings = org.rhythm.len();
        let lost = [
            Lost::of_several("note", ["right", "rights"], &notes),
            (meetings > 0).then(|| Lost::new("rhythm", counted(meetings, "meeting"))),
            Lost::of_several("openings", ["role to be filled", "roles to be filled"], &openings),
            Lost::of_several("accepted", ["risk", "risks"], &risks.collect::<Vec<_>>()),
            Lost::of_several("level", ["duty", "duties"], &levels),
            Lost::of_several("required", ["duty", "duties"], &required),
        ];
        lost.into_iter().flatten().collect()
    }
}

/// Whether a key is one that the matrix shows, or of which is told one by one.
fn is_told(key: &str) -> bool {
    matches!(key, "name" | "kind") || SeatKind::of_word(key).is_some()
}
