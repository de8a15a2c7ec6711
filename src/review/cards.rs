//! A card for each person: what is held, and how much that is.

use super::findings::Concern;
use crate::catalogue::DutyIx;
use crate::document::Time;
use crate::matrix::Matrix;
use crate::org::rights::Right;
use crate::org::seats::SeatKind;
use crate::org::{Actor, Org, PersonIx, Subject};
use crate::redact::{Pseudonyms, Redact};
use crate::report::Report;
use crate::sections::{Filter, Named, Place, alike};
use crate::settings::Numbers;
use rustc_hash::FxHashMap;

/// All that somebody holds.
#[derive(Debug)]
pub struct Card {
    /// The person or group, in the organization.
    pub of: PersonIx,
    /// Who it is.
    pub who: Named,
    /// The title on the card of the real person.
    pub title: Option<String>,
    /// The position and whom the person reports to: what else the file says of them.
    pub about: Vec<String>,
    /// The seats, and the places that each is a seat of.
    pub seats: Vec<(SeatKind, Vec<Place>)>,
    /// The rights, the weightiest first.
    pub held: Vec<Held>,
    /// How much is carried, and how much is meant to be.
    pub load: Vec<Measure>,
    /// How many errors and warnings concern the person.
    pub findings: usize,
}

/// A right in the same duties of some places.
#[derive(Debug)]
pub struct Held {
    /// The right.
    pub right: Right,
    /// The duties: ids, or `area.*`.
    pub duties: Vec<String>,
    /// Where they are looked up.
    pub places: Vec<Place>,
}

/// Something of a load that has a limit, or that only says how much it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// How much it is, and the limit, in words.
    pub words: String,
    /// Whether it lies beyond the limit.
    pub is_beyond: bool,
}

impl Redact for Card {
    fn redact(&mut self, names: &Pseudonyms) {
        self.who.redact(names);
        self.title = None;
        names.texts(&mut self.about);
        self.seats.iter_mut().flat_map(|(_, places)| places).for_each(|place| place.redact(names));
        for Held { duties, places, .. } in &mut self.held {
            names.duties(duties);
            places.iter_mut().for_each(|place| place.redact(names));
        }
    }
}

impl Card {
    /// What the file says of the person beside rights, if it says anything.
    pub fn in_words(&self) -> Option<String> {
        let words: Vec<&str> = self.title.iter().chain(&self.about).map(String::as_str).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

/// The cards of all who hold a seat or a right, or whom a finding concerns; those who hold most rights to decide first.
pub fn cards(
    org: &Org<'_>,
    numbers: &Numbers,
    matrix: &Matrix,
    (audit, concerns): (&Report<'_>, &[Concern]),
    filter: &Filter,
) -> Vec<Card> {
    let mut rights = rights(matrix);
    let mut findings: FxHashMap<PersonIx, usize> = FxHashMap::default();
    let to_settle = audit.findings.iter().zip(concerns).filter(|(finding, _)| finding.is_to_settle());
    for person in to_settle.flat_map(|(_, concern)| &concern.people) {
        *findings.entry(*person).or_default() += 1;
    }
    let card = |person: PersonIx| {
        let held = rights.remove(&person).unwrap_or_default();
        let findings = findings.get(&person).copied().unwrap_or_default();
        let seats = org[person].seats.iter().filter(|held| filter.concerns(held.of, org));
        let seats = alike(seats, |held| held.kind);
        if seats.is_empty() && held.is_empty() && findings == 0 {
            return None;
        }
        let of_kind = |seats: Vec<&crate::org::seats::HeldSeat>| {
            Some((seats.first()?.kind, seats.iter().map(|held| Place::of(org, held.of)).collect()))
        };
        Some(Card {
            of: person,
            who: org.named(Actor::Person(person)),
            title: org[person].facts.title.as_ref().map(|title| title.value.text.to_string()),
            about: about(org, person),
            seats: seats.into_iter().filter_map(of_kind).collect(),
            held: together(org, held),
            load: load(org, person, numbers),
            findings,
        })
    };
    let mut cards: Vec<Card> = org.people().map(|(person, _)| person).filter_map(card).collect();
    let decides = |card: &Card| {
        let decides = card.held.iter().filter(|held| held.right == Right::Decides);
        decides.map(|held| held.duties.len() * held.places.len()).sum::<usize>()
    };
    cards.sort_by_cached_key(|card| std::cmp::Reverse((decides(card), card.seats.len())));
    cards
}

/// A right in a duty where it is looked up.
type OfPerson = (Right, Subject, DutyIx);

/// The rights of each person, in the order of the matrix.
fn rights(matrix: &Matrix) -> FxHashMap<PersonIx, Vec<OfPerson>> {
    let mut rights: FxHashMap<PersonIx, Vec<OfPerson>> = FxHashMap::default();
    for place in matrix.sections.iter().flat_map(|section| &section.places) {
        for row in &place.rows {
            for (actor, held) in &row.held {
                let Some(Some(Actor::Person(person))) = matrix.who.get(*actor as usize) else { continue };
                rights.entry(*person).or_default().extend(held.iter().map(|right| (right, place.place.of, row.duty)));
            }
        }
    }
    rights
}

/// Rights by place, and places by what is held there.
fn together(org: &Org<'_>, mut held: Vec<OfPerson>) -> Vec<Held> {
    held.sort_by_key(|(right, subject, _)| (*right, *subject));
    let mut all: Vec<Held> = Vec::new();
    for of_place in held.chunk_by(|(one, here, _), (other, there, _)| (one, here) == (other, there)) {
        let Some((right, subject, _)) = of_place.first() else { continue };
        let duties: Vec<DutyIx> = of_place.iter().map(|(.., duty)| *duty).collect();
        let (duties, place) = (org.folded(&duties, *subject), Place::of(org, *subject));
        match all.iter_mut().find(|held| held.right == *right && held.duties == duties) {
            Some(held) => held.places.push(place),
            None => all.push(Held { right: *right, duties, places: vec![place] }),
        }
    }
    all
}

/// What the file says of a person beside rights.
fn about(org: &Org<'_>, person: PersonIx) -> Vec<String> {
    let position = org[person].position().map(|position| position.word().to_owned());
    let group = org[person].is_group().then(|| "group".to_owned());
    let boss = org[person].reports_to.map(|boss| format!("reports to {}", org[boss].name()));
    [position, group, boss].into_iter().flatten().collect()
}

/// How much somebody carries in the seats of product people, beside the limits that hold.
fn load(org: &Org<'_>, person: PersonIx, numbers: &Numbers) -> Vec<Measure> {
    let facts = &org[person].facts;
    let mut measures = Vec::new();
    if !org[person].is_group() && SeatKind::PRODUCT.iter().any(|kind| org[person].holds(*kind)) {
        let load = org.load(person, &SeatKind::PRODUCT);
        let is_combined = load.products.iter().any(|product| org.combined_people(*product).contains(&person));
        let most = match &facts.max_teams {
            Some(own) => Some(own.value.0),
            None if is_combined => Some(numbers.max_combined_teams),
            None if org[person].holds(SeatKind::ProductOwner) => {
                Some(numbers.max_owner_teams + u32::try_from(org.delegates_of(person)).unwrap_or(u32::MAX))
            }
            None => None,
        };
        measures.push(measure(load.teams, "team", most));
        measures.push(measure(load.products.len(), "product", is_combined.then_some(1)));
    }
    if let Some(time) = &facts.time {
        measures.extend(week(&time.value, numbers));
    }
    measures
}

fn measure(count: usize, one: &str, most: Option<u32>) -> Measure {
    let words = crate::report::counted(count, one);
    match most {
        Some(most) => Measure { words: format!("{words} of at most {most}"), is_beyond: count > most as usize },
        None => Measure { words, is_beyond: false },
    }
}

/// How a week is divided.
fn week(time: &Time<'_>, numbers: &Numbers) -> Option<Measure> {
    const WHOLE: u32 = 101;
    let shares = [
        ("strategy", &time.strategy),
        ("discovery", &time.discovery),
        ("backlog", &time.backlog),
        ("delivery", &time.delivery),
        ("people", &time.people),
        ("other", &time.other),
    ];
    let given: Vec<(&str, u32)> = shares.into_iter().filter_map(|(what, share)| Some((what, share.as_ref()?.value.0))).collect();
    let sum: u32 = given.iter().map(|(_, share)| share).sum();
    let ahead: u32 = given.iter().filter(|(what, _)| ["strategy", "discovery"].contains(what)).map(|(_, share)| share).sum();
    let words: Vec<String> = given.iter().map(|(what, share)| format!("{what} {share} %")).collect();
    let least = numbers.min_strategy_share;
    let is_short = given.iter().any(|(what, _)| ["strategy", "discovery"].contains(what)) && ahead < least;
    let remark = match (sum > WHOLE, is_short) {
        (true, _) => format!("; that is {sum} % of a week"),
        (false, true) => format!("; strategy and discovery are meant to have {least} %"),
        (false, false) => String::new(),
    };
    (!given.is_empty()).then(|| Measure { words: format!("week: {}{remark}", words.join(", ")), is_beyond: !remark.is_empty() })
}
