//! What both formats of the document say, in words: neither decides on its own what a table or card tells.

use crate::catalogue::{self, Model, Passage, Stance};
use crate::diff::{Others, SeatChange, Shift, Thing, ThingKind, Vacated};
use crate::finding::{Finding, Severity};
use crate::org::rights::{Right, Standing};
use crate::org::{capitalized, each_once, some_joined};
use crate::render::{name_of, who};
use crate::report::counted;
use crate::review::cards::Card;
use crate::review::changes::{Changed, Changes};
use crate::review::models::ModelOf;
use crate::review::summary::{Fact, Question};
use crate::review::{Disputed, Part, Review};
use crate::sections::{Named, Place};
use crate::who::alone::Irreplaceable;
use crate::who::duty::{By, Section, Told};
use std::collections::BTreeMap;

/// Names in a line, before the rest is only counted.
const MOST_NAMES: usize = 8;

/// How the document is to be read.
pub(super) const ABOUT: &str = "This describes how seats and decisions are arranged, not how anybody performs. Where nobody is named, \
                                either nobody decides or nobody wrote it down.";

/// What the table of the seven rights shows.
pub(super) const ABOUT_RIGHTS: &str = "What every product team should know: who decides, who is asked before, and who tells the team. The \
                                       questions are quoted from South, \"Product Owner vs. Product Manager\".";

/// The columns of that table.
pub(super) const HEADS_OF_RIGHTS: [&str; 4] = ["Decision", "Who decides", "Is asked before", "Tells the team"];

/// The columns of the table of what moves.
pub(super) const HEADS_OF_MOVES: [&str; 4] = ["Right", "Of what", "Before", "After"];

/// What the models are.
pub(super) const ABOUT_MODELS: &str = "The model of a product follows from who holds which seat; nobody declares it.";

/// One of the seven rights where it stands the same.
pub(super) struct RightRow {
    /// What document 004 asks.
    pub(super) asks: &'static str,
    /// Where, if it stands differently elsewhere.
    pub(super) places: Option<String>,
    /// Who decides, or why nobody does.
    pub(super) decides: String,
    /// Whether it is open: nobody decides, or several do, or there is something to settle about it.
    pub(super) is_open: bool,
    /// Who is asked before.
    pub(super) input: String,
    /// Who tells the team.
    pub(super) tells: String,
}

/// The seven rights of a section, with the duties about which something is to settle there. Places in which a right stands the same
/// are one row.
pub(super) fn rights(section: &Section, disputed: Option<&Disputed<'_>>) -> Vec<RightRow> {
    let mut rows = Vec::new();
    for group in section.groups() {
        for duty in &group.duties {
            let Some(right) = catalogue::duty(duty) else { continue };
            let beside = |wanted: Right| {
                let held = group.answer.others.iter().find(|(right, _)| *right == wanted);
                held.map_or_else(
                    || "not recorded".to_owned(),
                    |(_, named)| if named.is_empty() { "nobody".to_owned() } else { names(named) },
                )
            };
            let is_open = is_open(group.answer.standing);
            let see = match disputed.and_then(|disputed| disputed.get(duty)).filter(|_| !is_open) {
                Some(Some(number)) => format!("; see question {number}"),
                Some(None) => "; see the findings".to_owned(),
                None => String::new(),
            };
            rows.push((
                right,
                RightRow {
                    asks: right.passage.quote,
                    places: section.in_words(&group.places),
                    decides: decides(group.answer) + &see,
                    is_open: is_open || !see.is_empty(),
                    input: beside(Right::Input),
                    tells: beside(Right::Communicates),
                },
            ));
        }
    }
    rows.sort_by_key(|(right, _)| right.passage.id);
    // Where it stands the same everywhere, where that is need not be said.
    for same in rows.chunk_by_mut(|(one, _), (other, _)| one.id == other.id) {
        if let [(_, only)] = same {
            only.places = None;
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

/// How many rights of a section are settled everywhere, and what document 004 asks of those that are not.
pub(super) fn settled(rows: &[RightRow]) -> (usize, usize, Vec<&'static str>) {
    let mut by_right: BTreeMap<&'static str, bool> = BTreeMap::new();
    for row in rows {
        *by_right.entry(row.asks).or_default() |= row.is_open;
    }
    let mut open: Vec<&'static str> = rows.iter().filter(|row| row.is_open).map(|row| row.asks).collect();
    open.dedup();
    (by_right.values().filter(|open| !**open).count(), by_right.len(), open)
}

fn is_open(standing: Standing) -> bool {
    standing.is_unowned() || standing == Standing::Contested
}

fn decides(answer: &Told) -> String {
    let known = |by: By| !answer.deciders.is_empty() && answer.deciders.iter().all(|known| known.by == by);
    let until = answer.deciders.iter().find_map(|known| known.until);
    let mut words = who::brief(answer);
    if known(By::Fact) {
        words += " (by the seat; no record says so)";
    }
    if let Some(until) = until {
        words += &format!(" (until {until})");
    }
    words
}

/// Names for a sentence; of many the first ones.
pub(super) fn names(named: &[Named]) -> String {
    let labels: Vec<&str> = named.iter().map(|named| named.label.as_str()).collect();
    some_joined(&labels, MOST_NAMES)
}

/// Places for a sentence; of many the first ones.
pub(super) fn places(places: &[Place]) -> String {
    let names: Vec<&str> = places.iter().map(|place| place.name.as_str()).collect();
    crate::sections::some_of(&names)
}

/// The facts of a question that are shown, and the rest: all duties, because each is to be decided, and of messages the first.
pub(super) fn facts(question: &Question) -> (&[Fact], &[Fact]) {
    const MOST: usize = 5;
    let is_about_duties = question.facts.iter().any(|fact| fact.duty.is_some());
    let most = if is_about_duties { question.facts.len() } else { question.facts.len().min(MOST) };
    question.facts.split_at(most)
}

/// Who is involved in a question, if that is known.
pub(super) fn involved(question: &Question) -> Option<String> {
    (!question.people.is_empty()).then(|| names(&question.people))
}

/// The leading passages of some findings of one stance, each once; of many the first ones.
pub(super) fn cited(findings: &[&Finding], stance: Stance) -> Vec<&'static Passage> {
    const MOST: usize = 3;
    let mut cited: Vec<&'static Passage> = Vec::new();
    for finding in findings {
        let lead = finding.passages.iter().find(|(_, of)| *of == stance).map(|(passage, _)| *passage);
        cited.extend(lead.filter(|lead| !cited.iter().any(|known| known.id == lead.id)));
    }
    cited.truncate(MOST);
    cited
}

/// What all of several findings are told to write, if that is the same.
pub(super) fn shared_fix<'f>(findings: &[&'f Finding]) -> Option<&'f str> {
    let (first, others) = findings.split_first()?;
    (!others.is_empty() && others.iter().all(|other| other.fix == first.fix)).then_some(&first.fix)
}

/// What a card says below the name: labels and words.
pub(super) fn card(card: &Card) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    for (kind, of) in &card.seats {
        lines.push(("Seat", format!("{} of {}", kind.title(), places(of))));
    }
    for held in &card.held {
        lines.push((label(held.right), format!("{} ({})", held.duties.join(", "), places(&held.places))));
    }
    lines
}

/// How much is to be settled with somebody.
pub(super) fn concerned(card: &Card) -> String {
    format!("{} to settle", counted(card.findings, "finding"))
}

/// What a right is called on a card.
fn label(right: Right) -> &'static str {
    match right {
        Right::Decides => "Decides",
        Right::Approves => "Must approve",
        Right::Deputy => "Is deputy for",
        Right::EscalatesTo => "Is last resort for",
        Right::Input => "Is asked",
        Right::Does => "Does",
        Right::Communicates => "Tells the team",
        Right::Informed => "Is told",
    }
}

/// The models and overlays that products follow, each once.
pub(super) fn used(models: &[ModelOf]) -> Vec<&'static Model> {
    let all = models.iter().flat_map(|of| of.models.iter().copied());
    each_once(all, |model| model.name)
}

/// The other side of a move, in words.
fn others(others: &Others) -> String {
    match others {
        Others::Named(named) => names(named),
        Others::Nobody => "nobody".to_owned(),
        Others::NotApplicable => "not applicable".to_owned(),
        Others::Absent => "not there before".to_owned(),
    }
}

/// What moves: the right, of what, who held it before, and who holds it now.
pub(super) fn moves(changed: &Changed) -> Vec<[String; 4]> {
    changed.seats.iter().map(seat).chain(changed.shifts.iter().map(shift)).collect()
}

fn shift(shift: &Shift) -> [String; 4] {
    let after = match &shift.after {
        Others::Absent => "not there any more".to_owned(),
        after => others(after),
    };
    [shift.right.phrase().to_owned(), format!("{} of {}", shift.duties.join(", "), shift.title), others(&shift.before), after]
}

fn seat(change: &SeatChange) -> [String; 4] {
    let holders = |named: &[Named]| if named.is_empty() { "nobody".to_owned() } else { names(named) };
    let [before, after] = [&change.before, &change.after].map(|named| holders(named));
    ["holds the seat".to_owned(), format!("{} of {}", change.seat.title(), change.title), before, after]
}

/// Duties that nobody takes over.
pub(super) fn vacated(vacated: &Vacated) -> String {
    format!("{} of {}, which {} decided", vacated.duties.join(", "), vacated.title, names(&vacated.by))
}

/// How many findings come, go and stay.
pub(super) fn balance(changes: &Changes) -> String {
    let [introduced, fixed, unchanged] = changes.counts;
    format!("{introduced} introduced, {fixed} fixed, {unchanged} unchanged")
}

/// What is to settle, what was found, and what was read.
pub(super) fn extent(review: &Review<'_>) -> String {
    let audit = &review.audit;
    let found = format!("{} in {}, as of {}", crate::render::tally(audit), crate::render::extent(&audit.read), audit.as_of);
    let Some(Part::Summary(summary)) = review.parts.first() else { return capitalized(&found) };
    let [first, next] = [Severity::Error, Severity::Warning]
        .map(|severity| summary.questions.iter().filter(|question| question.severity == severity).count());
    let questions = match (first, next) {
        (0, 0) => return capitalized(&found),
        (0, only) | (only, 0) => format!("{} to settle", counted(only, "question")),
        (first, next) => format!("{} to settle first, {next} next", counted(first, "question")),
    };
    format!("{questions}. Behind them: {found}")
}

/// A product, team or person that only one version has.
pub(super) fn thing(thing: &Thing) -> String {
    let kind = if thing.kind == ThingKind::Person { String::new() } else { format!(" ({})", thing.kind.word()) };
    format!("{}{kind} is {}", thing.name, thing.presence.word())
}

/// What falls vacant without one person: a sentence, and lines with their labels.
pub(super) fn absence(person: &Irreplaceable) -> (String, Vec<(&'static str, String)>) {
    let name = &person.who.label;
    let title = match (person.duties, person.rights) {
        (0, _) => format!("Without {name}, deputies decide all that {name} decides alone"),
        (duties, 0) => format!("Without {name}, nobody decides {}", counted_as(duties, "duty", "duties")),
        (1, _) => format!("Without {name}, nobody decides 1 duty, which is one of the key decisions"),
        (duties, rights) => format!("Without {name}, nobody decides {duties} duties, {rights} of them key decisions"),
    };
    let mut lines = Vec::new();
    for decided in &person.decided {
        let others: Vec<&str> = decided.duties.iter().filter(|duty| !decided.rights.contains(duty)).map(String::as_str).collect();
        let place = &decided.place.name;
        if decided.caught_by.is_empty() {
            if !decided.rights.is_empty() {
                lines.push(("Key decisions", format!("{} ({place})", decided.rights.join(", "))));
            }
            if !others.is_empty() {
                lines.push(("Other duties", format!("{} ({place})", some_joined(&others, MOST_NAMES))));
            }
        } else {
            lines.push(("Left to deputies", format!("{} ({place}): {}", decided.folded.join(", "), names(&decided.caught_by))));
        }
    }
    if !person.backlogs.is_empty() {
        lines.push(("Owns alone", places(&person.backlogs)));
    }
    lines.sort_by_key(|(label, _)| {
        ["Key decisions", "Other duties", "Owns alone", "Left to deputies"].iter().position(|known| known == label)
    });
    (title, lines)
}

fn counted_as(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// A document as the sources name it: `004: South, Product Owner vs. Product Manager`.
pub(super) fn document(document: &catalogue::Document) -> String {
    format!("{}: {}", document.id, name_of(document))
}
