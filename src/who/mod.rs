//! Who decides what: the answers to a question about a duty, about a person, and about those on whom much depends.

pub mod actor;
pub mod alone;
pub mod duty;

use crate::catalogue::DutyIx;
use crate::org::{Actor, Covers, Org, Person, Team};

/// What is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Query {
    /// The seven rights that teams should know.
    Rights,
    /// One duty.
    Duty(DutyIx),
    /// An area, with its duties.
    Area(String, Vec<DutyIx>),
    /// A person, group or team.
    Actor(Actor),
}

impl Query {
    /// What a word of the command line asks about: a duty or area by id, an actor by id, `people.ID`, `teams.ID` or full name.
    ///
    /// # Errors
    /// It asks about nothing that is there; of a name that several have, these are the words that tell them apart.
    pub fn of(word: &str, org: &Org<'_>) -> Result<Query, Vec<String>> {
        let of_duties = || org.duties().find(|(_, facts)| facts.id == word).map(|(duty, _)| Query::Duty(duty));
        if let Some(query) = of_duties().or_else(|| area(word, org)).or_else(|| by_id(word, org).map(Query::Actor)) {
            return Ok(query);
        }
        match named(word, org).as_slice() {
            [only] => Ok(Query::Actor(*only)),
            several => Err(several.iter().map(|actor| path(*actor, org)).collect()),
        }
    }

    /// All words that ask about something, for near misses: those of duties and areas first, then ids and names.
    pub fn words<'o>(org: &'o Org<'_>) -> (Vec<String>, impl Iterator<Item = &'o str> + Clone) {
        let mut duties: Vec<String> = org.duties.iter().map(|duty| duty.id.to_string()).collect();
        let mut areas: Vec<String> = org.duties.iter().map(|duty| org.covered(Covers::Area(duty.area)).into_owned()).collect();
        areas.sort_unstable();
        areas.dedup();
        duties.append(&mut areas);
        let ids = org.people.iter().map(|person| person.id.id.as_ref()).chain(org.teams.iter().map(|team| team.id.id.as_ref()));
        let names = org.people.iter().map(Person::full_name).chain(org.teams.iter().map(Team::full_name));
        (duties, ids.chain(names))
    }
}

fn area(word: &str, org: &Org<'_>) -> Option<Query> {
    let area = word.strip_suffix(".*")?;
    let is_of_area = |id: &str| id.split_once('.').is_some_and(|(of, _)| of == area);
    let duties: Vec<DutyIx> = org.duties().filter(|(_, duty)| is_of_area(&duty.id)).map(|(duty, _)| duty).collect();
    (!duties.is_empty()).then(|| Query::Area(word.to_owned(), duties))
}

fn by_id(word: &str, org: &Org<'_>) -> Option<Actor> {
    let people = || word.strip_prefix("people.").unwrap_or(word);
    let teams = || word.strip_prefix("teams.").unwrap_or(word);
    let person = |id: &str| org.people().find(|(_, person)| person.id.id == id).map(|(person, _)| Actor::Person(person));
    let team = |id: &str| org.team(id).map(Actor::Team);
    person(word).or_else(|| team(word)).or_else(|| person(people())).or_else(|| team(teams()))
}

fn named(word: &str, org: &Org<'_>) -> Vec<Actor> {
    let people = org.people().map(|(person, _)| Actor::Person(person));
    let actors = people.chain(org.teams().map(|(team, _)| Actor::Team(team)));
    actors.filter(|actor| org.full_name(*actor) == word).collect()
}

fn path(actor: Actor, org: &Org<'_>) -> String {
    match actor {
        Actor::Person(person) => org.path(crate::org::Subject::Person(person)),
        Actor::Team(team) => org.path(crate::org::Subject::Team(team)),
    }
}
