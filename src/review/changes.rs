//! What changes from an earlier version, product by product.

use super::{Compared, findings};
use crate::diff::{Others, SeatChange, Shift, Thing, Vacated, Version};
use crate::finding::Finding;
use crate::org::{Org, Subject};
use crate::redact::{Pseudonyms, Redact};
use crate::sections::{self, Filter, Place, Reach};
use rustc_hash::{FxHashMap, FxHashSet};

/// What changes, product by product.
#[derive(Debug)]
pub struct Changes {
    /// What the earlier version is called.
    pub before: String,
    /// The products, teams and people that only one version has.
    pub things: Vec<Thing>,
    /// What changes for each product, for teams without one, and for the organization; only those for which something does.
    pub chapters: Vec<Changed>,
    /// How many findings come, go and stay, of what is shown.
    pub counts: [usize; 3],
}

/// What changes for a product, a team without one, or the organization.
#[derive(Debug)]
pub struct Changed {
    /// What it is, in the later version if that has it.
    pub of: Place,
    /// The seats that change hands.
    pub seats: Vec<SeatChange>,
    /// The rights that others hold now.
    pub shifts: Vec<Shift>,
    /// The duties that nobody takes over.
    pub vacated: Vec<Vacated>,
    /// The findings that come.
    pub introduced: Vec<Finding>,
    /// The findings that go.
    pub fixed: Vec<Finding>,
}

impl Redact for Changes {
    fn redact(&mut self, names: &Pseudonyms) {
        self.before = names.text(&self.before);
        for Thing { path, name, .. } in &mut self.things {
            names.texts([path, name]);
        }
        for Changed { of, seats, shifts, vacated, introduced, fixed } in &mut self.chapters {
            of.redact(names);
            seats.iter_mut().for_each(|seat| seat.redact(names));
            shifts.iter_mut().for_each(|shift| shift.redact(names));
            vacated.iter_mut().for_each(|vacated| vacated.redact(names));
            introduced.iter_mut().chain(fixed).for_each(|finding| finding.redact(names));
        }
    }
}

/// What changes, by product. With a filter, what only the earlier version has is left out: nobody asked for it by name.
pub fn changes(org: &Org<'_>, compared: Compared<'_, '_>, filter: &Filter) -> Changes {
    let Compared { before, mut diff, shifts } = compared;
    let mut chapters = Chapters::default();
    chapters.add(org, filter);
    if filter.is_empty() {
        chapters.add(before, filter);
        // What is not audited itself, such as a product that is planned, may have findings too.
        for (org, findings) in [(org, &diff.findings.introduced), (before, &diff.findings.fixed)] {
            findings.iter().for_each(|finding| {
                chapters.at(org, home(org, finding));
            });
        }
    } else {
        let people = org.people().map(|(person, _)| Subject::Person(person)).filter(|person| filter.concerns(*person, org));
        let people: FxHashSet<String> = people.map(|person| org.path(person)).collect();
        diff.things.retain(|thing| chapters.homes.contains_key(&thing.path) || people.contains(&thing.path));
    }
    let is_shown =
        |org: &Org<'_>, finding: &Finding| filter.is_empty() || chapters.homes.contains_key(&org.path(home(org, finding)));
    diff.findings.introduced.retain(|finding| is_shown(org, finding));
    diff.findings.fixed.retain(|finding| is_shown(before, finding));
    diff.findings.unchanged.retain(|finding| is_shown(org, finding));
    let counts = [&diff.findings.introduced, &diff.findings.fixed, &diff.findings.unchanged].map(Vec::len);
    for seat in diff.seats {
        chapters.put(&seat.of.clone(), |chapter| chapter.seats.push(seat));
    }
    for shift in shifts {
        chapters.put(&shift.subject.clone(), |chapter| chapter.shifts.push(shift));
    }
    for vacated in diff.vacated {
        chapters.put(&vacated.subject.clone(), |chapter| chapter.vacated.push(vacated));
    }
    for finding in diff.findings.introduced {
        chapters.put(&org.path(home(org, &finding)), |chapter| chapter.introduced.push(finding));
    }
    for finding in diff.findings.fixed {
        chapters.put(&before.path(home(before, &finding)), |chapter| chapter.fixed.push(finding));
    }
    let [Version { name, .. }, _] = diff.versions;
    chapters.all.retain(|chapter| !chapter.is_empty());
    // The weightiest rights first, and of those what nobody holds any more.
    for chapter in &mut chapters.all {
        chapter.shifts.sort_by_key(|shift| (shift.right, shift.after != Others::Nobody));
    }
    Changes { before: name, things: diff.things, chapters: chapters.all, counts }
}

/// What a finding is told at.
fn home(org: &Org<'_>, finding: &Finding) -> Subject {
    findings::home(org, finding.of, &Reach::of(finding.of, org)).of
}

/// The chapters so far, and where everything is told.
#[derive(Default)]
struct Chapters {
    all: Vec<Changed>,
    /// The chapter of each path.
    homes: FxHashMap<String, usize>,
}

impl Chapters {
    /// Adds the products and teams of a version that are not there yet.
    fn add(&mut self, org: &Org<'_>, filter: &Filter) {
        for sections::Section { of, subjects } in sections::sections(org, filter) {
            let at = self.at(org, of);
            for subject in subjects {
                self.homes.entry(org.path(subject)).or_insert(at);
            }
        }
    }

    /// Where the chapter of a product, a team or the organization is; a new one if there was none.
    fn at(&mut self, org: &Org<'_>, of: Subject) -> usize {
        *self.homes.entry(org.path(of)).or_insert_with(|| {
            self.all.push(Changed::of(Place::of(org, of)));
            self.all.len() - 1
        })
    }

    /// Puts something into the chapter of a path, if there is one.
    fn put(&mut self, path: &str, put: impl FnOnce(&mut Changed)) {
        if let Some(chapter) = self.homes.get(path).and_then(|at| self.all.get_mut(*at)) {
            put(chapter);
        }
    }
}

impl Changed {
    /// A chapter in which nothing changes.
    fn of(of: Place) -> Self {
        let (seats, shifts, vacated, introduced, fixed) = Default::default();
        Changed { of, seats, shifts, vacated, introduced, fixed }
    }

    fn is_empty(&self) -> bool {
        let Changed { of: _, seats, shifts, vacated, introduced, fixed } = self;
        seats.is_empty() && shifts.is_empty() && vacated.is_empty() && introduced.is_empty() && fixed.is_empty()
    }
}
