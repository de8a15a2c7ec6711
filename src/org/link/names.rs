//! From an id to what it stands for; and, where nothing does, what to say of it.

use super::{Actor, Declared, Id, Linker, Party, PersonIx, Problem, ProductIx, SeatKind, TeamIx, Who, hints, value};
use crate::document::value::{Actors, Given};
use crate::org::Parties;

/// Up to this many undeclared ids are compared with every declared one; a file with more has another trouble than spelling.
const NEAR_MISSES: usize = 50;

/// How many comparisons of ids all these may take together; the first is made in any case.
const COMPARISONS: usize = 500_000;

/// What an id is to stand for, and under which key that is declared.
type What = (&'static str, &'static str);
pub(super) const ACTOR: What = ("a person, group or team", "`people`");

fn seat_words() -> impl Iterator<Item = &'static str> + Clone {
    SeatKind::ALL.into_iter().map(SeatKind::word).chain(["developers"])
}

/// Whether a word stands for a seat, in whatever spelling.
fn is_seat_word(word: &str) -> bool {
    hints::folded(word) == "pm" || hints::same(word, seat_words()).is_some()
}

impl<'a> Linker<'a> {
    /// One who is named where no seat word may stand.
    pub(super) fn actor_of(&mut self, id: &Id<'a>, what: What) -> Option<Actor> {
        let found = match self.actors.get(&id.id) {
            Some(Declared::Here(actor)) => Some(actor),
            Some(Declared::Left) => return None,
            None => None,
        };
        if found.is_none() && self.refuse_pm(id, "Write the id of the one who is meant, or declare a person with this id.") {
            return None;
        }
        if found.is_none() && is_seat_word(&id.id) {
            let message =
                format!("`{}` is the word for a seat; the id of {} should stand here", hints::shortened(&id.id), what.0);
            self.errors.push(Problem::new(id.at, message, "Write the id of the one who holds it."));
            return None;
        }
        self.or_undeclared(found, id, what, |linker| linker.closest_actor(&id.id))
    }

    pub(super) fn person_of(&mut self, id: &Id<'a>) -> Option<PersonIx> {
        match self.actor_of(id, ("a person or group", "`people`"))? {
            Actor::Person(person) => Some(person),
            Actor::Team(_) => {
                let message = format!("`{}` is a team; a person or group should stand here", id.id);
                self.errors.push(Problem::new(id.at, message, "Write the id of a person."));
                None
            }
        }
    }

    pub(super) fn team_of(&mut self, id: &Id<'a>) -> Option<TeamIx> {
        match self.actor_of(id, ("a team", "`teams`"))? {
            Actor::Team(team) => Some(team),
            Actor::Person(_) => {
                let message = format!("`{}` is a person; a team should stand here", id.id);
                self.errors.push(Problem::new(id.at, message, "Write the id of a team."));
                None
            }
        }
    }

    pub(super) fn product_of(&mut self, id: &Id<'a>) -> Option<ProductIx> {
        let found = self.products.get(&id.id);
        self.or_undeclared(found, id, ("a product", "`products`"), |linker| linker.products.closest(&id.id).map(str::to_owned))
    }

    /// One who is named where an actor or a seat word may stand.
    pub(super) fn party(&mut self, id: &Id<'a>) -> Option<Party> {
        let who = match SeatKind::of_word(&id.id) {
            Some(seat) => Who::Seat(seat),
            None if id.id == "developers" => Who::Developers,
            None => Who::Actor(self.named_actor(id)?),
        };
        Some(Party { who, at: id.at })
    }

    /// An actor by id; the words that are refused as roles are explained.
    pub(super) fn named_actor(&mut self, id: &Id<'a>) -> Option<Actor> {
        match self.actors.get(&id.id) {
            Some(Declared::Here(actor)) => return Some(actor),
            Some(Declared::Left) => return None,
            None => {}
        }
        if self.refuse_pm(id, "Write `product-manager` or `project-manager`, or declare a person with this id.") {
            return None;
        }
        self.or_undeclared(None, id, ACTOR, |linker| {
            let role = hints::same(&id.id, seat_words());
            let closest = role.map(str::to_owned).or_else(|| linker.closest_actor(&id.id));
            closest.or_else(|| hints::closest(&id.id, seat_words()).map(str::to_owned))
        })
    }

    /// Refuses the letters that the documents use for two roles (D3-023), unless a person has them as id.
    fn refuse_pm(&mut self, id: &Id<'a>, help: &str) -> bool {
        let is_pm = hints::folded(&id.id) == "pm";
        if is_pm {
            self.undeclared_because(id, format!("`{}` is read both ways: product manager or project manager?", id.id), help);
        }
        is_pm
    }

    pub(super) fn parties(&mut self, given: &Given<Actors<'a>>) -> Parties {
        let mut named = Vec::with_capacity(given.value.named.len());
        named.extend(given.value.named.iter().filter_map(|id| self.party(id)));
        let left = given.value.named.iter().any(|id| self.has_left(id));
        Parties { key: given.key, at: given.value.at, named, left }
    }

    /// Whether an id names someone who is seen as having left.
    pub(super) fn has_left(&self, id: &Id<'a>) -> bool {
        self.leaving && self.actors.get(&id.id) == Some(Declared::Left)
    }

    pub(super) fn closest_actor(&self, written: &str) -> Option<String> {
        let folded = hints::folded(written);
        let by_name = self.names.iter().find(|(name, _)| hints::folded(name) == folded).map(|(_, id)| id.to_string());
        by_name.or_else(|| self.actors.closest(written).map(str::to_owned))
    }

    /// Passes on what an id stands for, or reports that it is not declared.
    pub(super) fn or_undeclared<T>(
        &mut self,
        found: Option<T>,
        id: &Id<'a>,
        what: What,
        closest: impl FnOnce(&Self) -> Option<String>,
    ) -> Option<T> {
        if found.is_none() && self.whole {
            let close = if self.may_compare() { closest(self) } else { None };
            let (what, place) = what;
            let help = match close {
                Some(close) => format!("Did you mean `{close}`?"),
                None if hints::means_nobody(&id.id) => {
                    "Say `nobody` if there is none; delete the line if it is not known.".to_owned()
                }
                None if value::is_reserved(&id.id) => format!("This word has a meaning of its own. Write the id of {what}."),
                None if value::is_ignored(&id.id) => "Keys that begin with `x-` are ignored; choose another id.".to_owned(),
                None => format!("Declare it under {place}, or write an id that is declared."),
            };
            let message = format!("`{}` is not declared as {what}", hints::shortened(&id.id));
            self.errors.push(Problem::new(id.at, message, help));
        }
        found
    }

    /// Whether one more id that is not declared may be compared with all that are.
    pub(super) fn may_compare(&mut self) -> bool {
        let declared =
            self.actors.len() + self.products.len() + self.backlog_entries.len() + self.openings.len() + self.duty_ids.len();
        self.compared += 1;
        self.compared <= NEAR_MISSES.min((COMPARISONS / declared.max(1)).max(1))
    }

    pub(super) fn undeclared_because(&mut self, id: &Id<'a>, message: String, help: &str) {
        if self.whole {
            self.errors.push(Problem::new(id.at, message, help));
        }
    }
}
