//! What an organization loses where people leave: the duties and backlogs that fall vacant, and those that a deputy catches.

use crate::catalogue::{DutyIx, duties};
use crate::org::{Answer, Left, Org, Subject, capitalized, joined, some_joined};
use crate::redact::{Pseudonyms, Redact};
use crate::sections::{Named, alike};

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
    /// All of that in sentences.
    pub sentences: Vec<String>,
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
    /// Those who decide it now.
    pub by: Vec<Named>,
}

/// A duty that lost its deciders, where it is looked up, and who decides it now.
type Lost = (DutyIx, Subject, Vec<Named>);

/// What those who left have left behind: `whole` is the organization with them, `org` the same one without. None if nobody left.
pub fn departure(whole: &Org<'_>, org: &Org<'_>) -> Option<Departure> {
    if org.left.is_empty() {
        return None;
    }
    let has_left = |decider: &Named| org.left.iter().any(|left| left.id == decider.id);
    let mut lost: Vec<Lost> = Vec::new();
    for (duty, subject, _) in whole.all_decisions() {
        let (decided, decides) = (whole.deciders_named(duty, subject), org.deciders_named(duty, subject));
        let is_orphan = decided.iter().all(has_left) || decides.is_empty();
        if !decided.is_empty() && is_orphan && org.decision(duty, subject).answer != Answer::NotApplicable {
            lost.push((duty, subject, decides));
        }
    }
    let (vacant, caught): (Vec<Lost>, Vec<Lost>) = lost.into_iter().partition(|(.., by)| by.is_empty());
    let backlogs = whole.audited_backlogs().filter(|(_, backlog)| backlog.view_of.is_none()).map(|(backlog, _)| backlog);
    let backlogs: Vec<_> =
        backlogs.filter(|backlog| !whole.owners(*backlog).is_empty() && org.owners(*backlog).is_empty()).collect();

    let who = joined(&org.left.iter().map(|left| left.label.as_str()).collect::<Vec<_>>());
    let mut sentences = vec![match vacant.len() {
        0 => format!("Without {who}, no duty falls vacant."),
        1 => format!("Without {who}, 1 duty falls vacant: {}.", listed(whole, &vacant)),
        count => format!("Without {who}, {count} duties fall vacant: {}.", listed(whole, &vacant)),
    }];
    let calls = vacant.iter().filter(|(duty, ..)| *duty == duties::PRIORITIES_CONFLICT);
    let calls: Vec<String> = calls.map(|(_, subject, _)| whole.title(*subject).into_owned()).collect();
    if !calls.is_empty() {
        sentences.push(format!("Nobody has the final call for {} then.", some_joined(&calls, MOST_NAMED)));
    }
    let titles: Vec<String> = backlogs.iter().map(|backlog| whole.title(Subject::Backlog(*backlog)).into_owned()).collect();
    if !titles.is_empty() {
        let have = if titles.len() == 1 { "has" } else { "have" };
        sentences.push(capitalized(&format!("{} {have} no owner then.", some_joined(&titles, MOST_NAMED))));
    }
    if !caught.is_empty() {
        sentences.push(format!("Others decide then: {}.", listed(whole, &caught)));
    }
    let orphan = |(duty, subject, by): Lost| Orphan {
        duty: whole[duty].id.to_string(),
        is_right: whole[duty].is_right(),
        subject: whole.path(subject),
        by,
    };
    Some(Departure {
        people: org.left.clone(),
        vacant: vacant.into_iter().map(orphan).collect(),
        caught: caught.into_iter().map(orphan).collect(),
        backlogs: backlogs.into_iter().map(|backlog| whole[backlog].id.to_string()).collect(),
        sentences,
    })
}

/// Places in a sentence, before the rest is only counted.
const MOST_NAMED: usize = 6;

/// Duties for a sentence: those of one place and with the same deciders together, those with one of the seven rights first.
fn listed(org: &Org<'_>, lost: &[Lost]) -> String {
    let mut groups = alike(lost, |(_, subject, by)| (*subject, by.clone()));
    groups.sort_by_key(|group| !group.iter().any(|(duty, ..)| org[*duty].is_right()));
    let words = groups.iter().filter_map(|group| {
        let (_, subject, by) = group.first()?;
        let duties: Vec<DutyIx> = group.iter().map(|(duty, ..)| *duty).collect();
        let by: Vec<&str> = by.iter().map(|by| by.label.as_str()).collect();
        let by = if by.is_empty() { String::new() } else { format!(" ({})", joined(&by)) };
        Some(format!("{} of {}{by}", org.folded(&duties, *subject).join(", "), org.title(*subject)))
    });
    match groups.get(MOST_NAMED..) {
        Some(others @ [_, ..]) => {
            let more: usize = others.iter().map(Vec::len).sum();
            let words: Vec<String> = words.take(MOST_NAMED).collect();
            format!("{}; and {more} more", words.join("; "))
        }
        _ => words.collect::<Vec<_>>().join("; "),
    }
}

impl Redact for Departure {
    fn redact(&mut self, names: &Pseudonyms) {
        let people = self.people.iter_mut().flat_map(|left| [&mut left.id, &mut left.name, &mut left.label]);
        names.texts(people.chain(&mut self.backlogs));
        for sentence in &mut self.sentences {
            *sentence = names.sentence(sentence);
        }
        for orphan in self.vacant.iter_mut().chain(&mut self.caught) {
            orphan.subject = names.text(&orphan.subject);
            orphan.by.iter_mut().for_each(|by| by.redact(names));
            orphan.duty = names.duty(std::mem::take(&mut orphan.duty));
        }
    }
}
