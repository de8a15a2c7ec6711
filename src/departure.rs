//! What an organization loses where people leave: the duties and backlogs that fall vacant, and those that a deputy catches.

use crate::org::{Actor, Answer, Left, Org, joined};
use crate::redact::{Pseudonyms, Redact};

/// The duty of who has the last word when priorities conflict.
const FINAL_CALL: &str = "priorities.conflict";

/// What people who are seen as having left leave behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// Who left: people and groups.
    pub people: Vec<Left>,
    /// The duties that nobody decides any more.
    pub vacant: Vec<Orphan>,
    /// The duties that deputies, or whoever comes next by the records, decide now.
    pub caught: Vec<Orphan>,
    /// The backlogs that have no owner any more: their ids.
    pub backlogs: Vec<String>,
}

/// A duty that nobody else decided.
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

/// What those who left have left behind: `whole` is the organization with them, `org` the same one without. None if nobody left.
pub fn departure(whole: &Org<'_>, org: &Org<'_>) -> Option<Departure> {
    if org.left.is_empty() {
        return None;
    }
    let has_left = |actor: &Actor| org.left.iter().any(|left| left.id == whole.actor_id(*actor));
    let mut departure = Departure { people: org.left.clone(), vacant: Vec::new(), caught: Vec::new(), backlogs: Vec::new() };
    for (duty, subject, _) in whole.all_decisions() {
        let (owned, owns) = (whole.owners_of(duty, subject), org.owners_of(duty, subject));
        let is_orphan = owned.iter().all(has_left) || owns.is_empty();
        if owned.is_empty() || !is_orphan || org.decision(duty, subject).answer == Answer::NotApplicable {
            continue;
        }
        let orphan = Orphan {
            duty: whole[duty].id.to_string(),
            is_right: whole[duty].is_right(),
            subject: whole.path(subject),
            title: whole.title(subject).into_owned(),
            by: owns.iter().map(|owner| org.name(*owner).to_owned()).collect(),
        };
        if owns.is_empty() { departure.vacant.push(orphan) } else { departure.caught.push(orphan) }
    }
    for (backlog, facts) in whole.audited_backlogs().filter(|(_, backlog)| backlog.view_of.is_none()) {
        if !whole.owners(backlog).is_empty() && org.owners(backlog).is_empty() {
            departure.backlogs.push(facts.id.to_string());
        }
    }
    Some(departure)
}

impl Departure {
    /// What the departure means, in sentences.
    pub fn sentences(&self) -> Vec<String> {
        let names: Vec<&str> = self.people.iter().map(|left| left.name.as_str()).collect();
        let names = joined(&names);
        let mut sentences = Vec::new();
        let vacant = listed(&self.vacant);
        sentences.push(match self.vacant.len() {
            0 => format!("Without {names}, no duty falls vacant."),
            count => format!("Without {names}, {} vacant: {vacant}.", falls(count)),
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

/// Orphans for a sentence, the seven rights first; those of one subject together.
fn listed(orphans: &[Orphan]) -> String {
    let (rights, others): (Vec<&Orphan>, Vec<&Orphan>) = orphans.iter().partition(|orphan| orphan.is_right);
    let together = |orphans: &[&Orphan]| -> Vec<String> {
        let of_subject = orphans.chunk_by(|one, other| one.subject == other.subject);
        let words = of_subject.map(|orphans| {
            let duties: Vec<String> = orphans.iter().map(|orphan| orphan.duty.clone()).collect();
            let title = orphans.first().map_or("", |first| &first.title);
            format!("{} of {title}", named(&duties))
        });
        words.collect()
    };
    named(&[together(&rights), together(&others)].concat())
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
        let people = self.people.iter_mut().flat_map(|left| [&mut left.id, &mut left.name]);
        names.texts(people.chain(&mut self.backlogs));
        for orphan in self.vacant.iter_mut().chain(&mut self.caught) {
            names.texts([&mut orphan.subject, &mut orphan.title].into_iter().chain(&mut orphan.by));
            orphan.duty = names.duty(std::mem::take(&mut orphan.duty));
        }
    }
}
