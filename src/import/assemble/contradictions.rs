//! What several charts say differently of one duty.

use super::Said;
use crate::import::draft::{Actor, Contradiction};
use crate::org::joined;
use crate::org::rights::{Right, Rights};
use std::collections::BTreeSet;

/// The contradictions between the first line about a duty and each line of another chart: other deciders, and other rights of those
/// whom both charts name. What a chart does not name, it does not contradict.
pub(super) fn between(about: &str, said: &[Said], known: &[BTreeSet<usize>], actors: &[Actor]) -> Vec<Contradiction> {
    let Some((first, rest)) = said.split_first() else { return Vec::new() };
    let mut found = Vec::new();
    for other in rest.iter().filter(|other| other.chart != first.chart) {
        let mut differ = |one: String, two: String| {
            found.push(Contradiction {
                about: about.to_owned(),
                one: (first.place.clone(), one),
                other: (other.place.clone(), two),
            });
        };
        if !first.holders(Right::Decides).eq(other.holders(Right::Decides)) {
            differ(deciding(first, actors), deciding(other, actors));
        }
        let names = |said: &Said, actor: usize| known.get(said.chart).is_some_and(|known| known.contains(&actor));
        let both: BTreeSet<usize> = first.held.keys().chain(other.held.keys()).copied().collect();
        for actor in both.into_iter().filter(|actor| names(first, *actor) && names(other, *actor)) {
            if beside(first, actor) != beside(other, actor) {
                differ(part(first, actor, actors), part(other, actor, actors));
            }
        }
    }
    found
}

fn deciding(said: &Said, actors: &[Actor]) -> String {
    let names: Vec<&str> = said.holders(Right::Decides).map(|actor| name(actors, actor)).collect();
    match names.as_slice() {
        [] => "nobody decides".to_owned(),
        [only] => format!("{only} decides"),
        several => format!("{} decide", joined(several)),
    }
}

/// The rights that an actor has beside the decision.
fn beside(said: &Said, actor: usize) -> Vec<Right> {
    let rights = said.held.get(&actor).copied().unwrap_or_else(Rights::default);
    rights.iter().filter(|right| *right != Right::Decides).collect()
}

/// Which part an actor has beside the decision.
fn part(said: &Said, actor: usize, actors: &[Actor]) -> String {
    let name = name(actors, actor);
    let phrases: Vec<&str> = beside(said, actor).into_iter().map(Right::phrase).collect();
    match phrases.as_slice() {
        [] if said.held.contains_key(&actor) => format!("{name} has no other part"),
        [] => format!("{name} has no part"),
        phrases => format!("{name} {}", joined(phrases)),
    }
}

fn name(actors: &[Actor], actor: usize) -> &str {
    actors.get(actor).map_or("", |actor| &actor.name)
}
