//! How an unowned duty is told: what is recorded, where it stands, and which seat is vacant.
//!
//! Several rules report unowned duties, each for duties of its own; the words are the same everywhere.

use super::prelude::*;
use crate::org::seats::Seat;
use crate::org::{Duty, Origin, Scope, some_joined};
use crate::source::Span;

/// Places that are named before the rest is only counted.
pub const MOST_HOMES: usize = 5;

/// What leads the meaning of a duty, which of the company's own duties is free text.
pub(crate) const MEANS: &str = " It means: ";

/// A gap for a duty that nobody owns, as recorded for the subject of a lookup. `about` is the subject of the finding and `whose` what
/// the duty belongs to: "Checkout", "any of the 3 teams of Checkout".
pub fn gap(org: &Org<'_>, duty: DutyIx, looked_up: Subject, decision: &Decision, about: Subject, whose: &str) -> Gap {
    let id = &org[duty].id;
    let nobody = format!("nobody decides {id} for {whose}");
    let gap = match &decision.answer {
        Answer::Nobody => {
            let mut gap = Gap::new(about, first_record(org, decision).unwrap_or(org.place(about)), nobody);
            if let Some(record) = decision.answered_by.first() {
                gap = gap.note_of(&org[*record]);
            }
            gap.duty(duty)
        }
        Answer::Ended(record) => {
            let until = ended(org, *record);
            Gap::new(about, org[*record].at, format!("{nobody}: {until}")).note_of(&org[*record]).duty(duty)
        }
        Answer::Vacant(seats) => {
            let words: Vec<&str> = seats.iter().map(|seat| seat.word()).collect();
            let written = seats.iter().find_map(|kind| vacant_seat(org, looked_up, *kind));
            let at = written.map_or(org.place(about), |(_, seat)| seat.key);
            let left = written.map(|(_, seat)| left(org, seat)).unwrap_or_default();
            let message = format!("{nobody}: {}{left}", vacant(seats));
            let gap = Gap::new(about, at, message).duty(duty);
            let gap = if written.is_some() { gap.of_vacant_seat() } else { gap };
            let gap =
                first_record(org, decision).into_iter().fold(gap, |gap, at| gap.label(at, "decided by whoever holds the seat"));
            let home = || seats.first().and_then(|kind| home_of_seat(org, looked_up, *kind));
            return gap.fix(match written.map(|(place, _)| place).or_else(home) {
                Some(place) => format!(
                    "Fill the seat: write `{}: …` under {}. Or let somebody else decide.",
                    words.join(": …` and `"),
                    org.path(place)
                ),
                None => "Let somebody else decide.".to_owned(),
            });
        }
        Answer::Absent if let Some(record) = decision.records.first() => {
            let message = format!("{id} is recorded for {whose}, but not who decides it");
            Gap::new(about, org[*record].at, message).note_of(&org[*record]).duty(duty)
        }
        Answer::Absent | Answer::NotApplicable | Answer::Decided(_) => {
            let message = format!("no one is recorded as deciding {id} for {whose}");
            Gap::new(about, org.place(about), message).duty(duty).also("also not recorded:")
        }
    };
    gap.fix(fix(org, duty, &[home_of_answer(org, decision, about)]))
}

/// To name one person for a duty in these places.
pub fn fix(org: &Org<'_>, duty: DutyIx, homes: &[Subject]) -> String {
    let Duty { id, meaning, .. } = &org[duty];
    let scopes: Vec<String> = homes.iter().map(|home| org.path(*home)).collect();
    let meaning = meaning.trim_end_matches('.');
    format!("Write `{id}: …` with one person under `responsibilities` of {}.{MEANS}{meaning}.", some_joined(&scopes, MOST_HOMES))
}

/// Where somebody has to be named for a duty, so that it is read: what a team says of itself is stronger than what is said of `about`.
pub fn home_of_answer(org: &Org<'_>, decision: &Decision, about: Subject) -> Subject {
    let record = match &decision.answer {
        Answer::Nobody => decision.answered_by.first(),
        Answer::Ended(record) => Some(record),
        _ => None,
    };
    match record.map(|record| org[*record].scope) {
        Some(Scope::Team(team)) => Subject::Team(team),
        _ => home_of_rights(org, about),
    }
}

/// Where a right belongs that speaks of a subject alone: of a backlog, on its team or product.
pub fn home_of_rights(org: &Org<'_>, about: Subject) -> Subject {
    match about {
        Subject::Backlog(backlog) => home_of_backlog(org, backlog),
        _ => about,
    }
}

/// Where a seat that is missing belongs, seen from where a duty is looked up; none if nothing there can have it.
fn home_of_seat(org: &Org<'_>, looked_up: Subject, kind: SeatKind) -> Option<Subject> {
    // A product has no Scrum Master, its teams do.
    let teams = match &looked_up {
        Subject::Team(team) => std::slice::from_ref(team),
        Subject::Backlog(backlog) => &org[*backlog].teams,
        Subject::Product(product) => &org[*product].teams,
        Subject::Organization | Subject::Person(_) | Subject::Opening(_) => &[],
    };
    match looked_up {
        _ if kind == SeatKind::ScrumMaster => teams.first().map(|team| Subject::Team(*team)),
        Subject::Backlog(backlog) => Some(home_of_backlog(org, backlog)),
        Subject::Team(team) => match org[team].backlog.map(|backlog| org[backlog].origin) {
            Some(Origin::Product(product)) => Some(Subject::Product(product)),
            Some(Origin::Team(_) | Origin::Entry) | None => Some(looked_up),
        },
        Subject::Product(_) => Some(looked_up),
        Subject::Organization | Subject::Person(_) | Subject::Opening(_) => None,
    }
}

/// The product or team whose seats and rights speak of a backlog.
fn home_of_backlog(org: &Org<'_>, backlog: BacklogIx) -> Subject {
    match (org[backlog].origin, org[backlog].teams.first()) {
        (Origin::Product(product), _) => Subject::Product(product),
        (Origin::Team(team), _) => Subject::Team(team),
        (Origin::Entry, Some(team)) => Subject::Team(*team),
        (Origin::Entry, None) => Subject::Backlog(backlog),
    }
}

fn first_record(org: &Org<'_>, decision: &Decision) -> Option<Span> {
    decision.answered_by.first().map(|record| org[*record].at)
}

/// Who had a right, and until when.
pub fn ended(org: &Org<'_>, record: RecordIx) -> String {
    let Some((decided, until)) = org[record].ended.as_deref() else { return String::new() };
    let actors = decided.named.iter().filter_map(|party| match party.who {
        Who::Actor(actor) => Some(actor),
        _ => None,
    });
    let who = org.names(actors);
    if who.is_empty() { format!("the right ended on {}", until.date) } else { format!("{who} did until {}", until.date) }
}

/// That seats are vacant, in words.
pub fn vacant(seats: &[SeatKind]) -> String {
    let titles: Vec<&str> = seats.iter().map(|seat| seat.title()).collect();
    let (seat, is) = if seats.len() == 1 { ("seat", "is") } else { ("seats", "are") };
    format!("the {seat} of its {} {is} vacant", joined(&titles))
}

/// Who held a seat before, for the end of a sentence.
pub fn left(org: &Org<'_>, seat: &Seat) -> String {
    match seat.ended.as_slice() {
        [] => String::new(),
        [.., (actor, until)] => format!(" ({} held it until {})", org.name(*actor), until.date),
    }
}

/// The seat that is written and vacant, seen from where a duty is looked up, and whose it is.
pub fn vacant_seat<'o>(org: &'o Org<'_>, subject: Subject, kind: SeatKind) -> Option<(Subject, &'o Seat)> {
    let of_team = |team: &TeamIx| Some((Subject::Team(*team), org.team_seat(*team, kind)?));
    let of_product = |product: &ProductIx| Some((Subject::Product(*product), org.product_seat(*product, kind)?));
    match subject {
        Subject::Team(team) => of_team(&team).or_else(|| org[team].products.iter().find_map(of_product)),
        Subject::Backlog(backlog) => {
            org[backlog].teams.iter().find_map(of_team).or_else(|| org[backlog].products.iter().find_map(of_product))
        }
        Subject::Product(product) => of_product(&product),
        Subject::Organization | Subject::Person(_) | Subject::Opening(_) => None,
    }
}
