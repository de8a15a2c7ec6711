//! What an organization loses where people leave: the duties and backlogs that fall vacant, and those that a deputy catches.

use crate::org::decide::Few;
use crate::org::{Actor, Left, Org, joined};
use crate::redact::{Pseudonyms, Redact};

/// The duty of who has the last word when priorities conflict.
const FINAL_CALL: &str = "priorities.conflict";

/// What depends on one person who is seen as having left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// The id of the person or group.
    pub person: String,
    /// What the person or group is called.
    pub name: String,
    /// The duties that nobody decides any more.
    pub vacant: Vec<Orphan>,
    /// The duties that deputies, or whoever comes next by the records, decide now.
    pub caught: Vec<Orphan>,
    /// The backlogs that have no owner any more: their ids.
    pub backlogs: Vec<String>,
}

/// A duty that one person alone decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// The id of the duty.
    pub duty: String,
    /// Whether it is one of the seven rights.
    pub is_right: bool,
    /// Where it is looked up: `products.ID` and the like.
    pub subject: String,
    /// What that is called in sentences.
    pub title: String,
    /// Those who decide it now, by name.
    pub by: Vec<String>,
}

/// What each person who left has left behind: `whole` is the organization with them, `org` the same one without.
pub fn departures(whole: &Org<'_>, org: &Org<'_>) -> Vec<Departure> {
    let mut departures: Vec<Departure> = org.left.iter().map(Departure::of).collect();
    let position = |person: &str| org.left.iter().position(|left| left.id == person);
    for alone in whole.decided_alone() {
        let Some(departure) = position(&whole[alone.person].id.id).and_then(|at| departures.get_mut(at)) else { continue };
        let owners = org.owners_of(alone.duty, alone.subject);
        let orphan = Orphan {
            duty: whole[alone.duty].id.to_string(),
            is_right: whole[alone.duty].is_right(),
            subject: whole.path(alone.subject),
            title: whole.title(alone.subject).into_owned(),
            by: owners.iter().map(|owner| org.name(*owner).to_owned()).collect(),
        };
        if owners.is_empty() { departure.vacant.push(orphan) } else { departure.caught.push(orphan) }
    }
    for (backlog, facts) in whole.audited_backlogs().filter(|(_, backlog)| backlog.view_of.is_none()) {
        let owners: Few<Actor> = whole.owners(backlog).iter().map(|owner| owner.actor).collect();
        let [Actor::Person(person)] = owners.as_slice() else { continue };
        if let Some(departure) = position(&whole[*person].id.id).and_then(|at| departures.get_mut(at)) {
            departure.backlogs.push(facts.id.to_string());
        }
    }
    departures
}

impl Departure {
    fn of(left: &Left) -> Self {
        let Left { id, name } = left.clone();
        Departure { person: id, name, vacant: Vec::new(), caught: Vec::new(), backlogs: Vec::new() }
    }

    /// What the departure means, in sentences.
    pub fn sentences(&self) -> Vec<String> {
        let name = &self.name;
        let mut sentences = Vec::new();
        let vacant = listed(&self.vacant);
        sentences.push(match (self.vacant.len(), self.caught.len()) {
            (0, 0) => format!("Without {name}, no duty falls vacant."),
            (0, _) => format!("Without {name}, no duty falls vacant: others decide what {name} decided alone."),
            (count, _) => format!("Without {name}, {} vacant: {vacant}.", falls(count)),
        });
        let calls = self.vacant.iter().filter(|orphan| orphan.duty == FINAL_CALL);
        let calls: Vec<&str> = calls.map(|orphan| orphan.title.as_str()).collect();
        if !calls.is_empty() {
            sentences.push(format!("Nobody has the final call for {} then.", joined(&calls)));
        }
        match self.backlogs.as_slice() {
            [] => {}
            [one] => sentences.push(format!("The backlog {one} has no owner then.")),
            several => sentences.push(format!("The backlogs {} have no owner then.", named(several))),
        }
        if !self.caught.is_empty() {
            let caught = self.caught.iter().map(|orphan| format!("{} of {} ({})", orphan.duty, orphan.title, joined(&orphan.by)));
            sentences.push(format!("Caught by others: {}.", named(&caught.collect::<Vec<_>>())));
        }
        sentences
    }
}

fn falls(count: usize) -> String {
    if count == 1 { "1 duty falls".to_owned() } else { format!("{count} duties fall") }
}

/// Orphans for a sentence, the seven rights first.
fn listed(orphans: &[Orphan]) -> String {
    let (rights, others): (Vec<&Orphan>, Vec<&Orphan>) = orphans.iter().partition(|orphan| orphan.is_right);
    let words: Vec<String> =
        rights.into_iter().chain(others).map(|orphan| format!("{} of {}", orphan.duty, orphan.title)).collect();
    named(&words)
}

/// Words for a sentence; of very many the first ones.
fn named(words: &[String]) -> String {
    const MOST: usize = 8;
    match words.len().checked_sub(MOST).filter(|more| *more > 0) {
        Some(more) => format!("{} and {more} more", words[..MOST].join(", ")),
        None => joined(words),
    }
}

impl Redact for Departure {
    fn redact(&mut self, names: &Pseudonyms) {
        names.texts([&mut self.person, &mut self.name].into_iter().chain(&mut self.backlogs));
        for orphan in self.vacant.iter_mut().chain(&mut self.caught) {
            names.texts([&mut orphan.subject, &mut orphan.title].into_iter().chain(&mut orphan.by));
            orphan.duty = names.duty(std::mem::take(&mut orphan.duty));
        }
    }
}
