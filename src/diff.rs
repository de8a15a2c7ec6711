//! What changes from one version of an organization to another: who gains and who loses which right, what nobody takes over, and which
//! findings come and go.
//!
//! People, teams, products, backlogs and duties are the same in both versions where their ids are. Compared are the rights as they
//! are looked up, not the records: who decides by another record now has lost nothing.

mod rights;

use crate::against::{self, Matched};
use crate::finding::Finding;
use crate::org::rights::Right;
use crate::org::seats::{Seat, SeatKind};
use crate::org::{Actor, Left, Org, Subject};
use crate::parallel;
use crate::redact::{Pseudonyms, Redact};
use crate::report::{Extent, Report};
use crate::sections::Named;
use crate::source::Sources;
use jiff::civil::Date;
use rustc_hash::FxHashSet;

/// One of the two versions.
#[derive(Debug)]
pub struct Version<'s> {
    /// As the user named it.
    pub name: String,
    /// The texts, for places.
    pub sources: &'s Sources,
    /// The day that its audit speaks of.
    pub as_of: Date,
    /// How much was read.
    pub read: Extent,
}

/// What changes between two versions.
#[derive(Debug)]
pub struct Diff<'s> {
    /// The earlier version, and the later one.
    pub versions: [Version<'s>; 2],
    /// The duties that were decided and that nobody takes over, the seven rights first.
    pub vacated: Vec<Vacated>,
    /// How many seats of each kind are held by how many, in both versions; kinds that are held in neither are left out.
    pub held: Vec<(SeatKind, [Held; 2])>,
    /// The seats that change hands, those that fall vacant first.
    pub seats: Vec<SeatChange>,
    /// Who gains and who loses rights, those with the weightiest changes first.
    pub people: Vec<PersonChange>,
    /// The products, teams and people that only one version has.
    pub things: Vec<Thing>,
    /// The findings that count: those that come, go and stay.
    pub findings: Matched,
    /// How many of the fixed findings were about what is gone, and how many of the introduced ones are about what is new.
    pub with_things: [usize; 2],
    /// Who is seen as having left, in either version.
    pub without: Vec<Left>,
}

/// A duty that was decided and that nobody takes over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vacated {
    /// The duties, where one sentence holds for all: ids, or `area.*`.
    pub duties: Vec<String>,
    /// Whether one of them is one of the seven rights.
    pub is_right: bool,
    /// Where they are looked up: `products.ID` and the like.
    pub subject: String,
    /// What that is called in sentences.
    pub title: String,
    /// Who decided them.
    pub by: Vec<Named>,
}

/// How many seats of a kind are held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// The seats of audited products and teams that somebody holds.
    pub seats: usize,
    /// Those who hold them.
    pub holders: usize,
}

/// A seat whose holders change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatChange {
    /// Which seat.
    pub seat: SeatKind,
    /// Of what: `products.ID` or `teams.ID`.
    pub of: String,
    /// What that is called in sentences.
    pub title: String,
    /// Who held it.
    pub before: Vec<Named>,
    /// Who holds it now.
    pub after: Vec<Named>,
}

/// What one person, group or team gains and loses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonChange {
    /// Who it is.
    pub person: Named,
    /// Whether only one of the versions has the person.
    pub presence: Presence,
    /// What is gained.
    pub gained: Vec<Moved>,
    /// What is lost.
    pub lost: Vec<Moved>,
}

/// Rights that move together: the same right in duties of one subject, from or to the same others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Which right.
    pub right: Right,
    /// The duties: ids, or `area.*`.
    pub duties: Vec<String>,
    /// Where they are looked up: `products.ID` and the like.
    pub subject: String,
    /// What that is called in sentences.
    pub title: String,
    /// Who else held the right before, of what is gained; who holds it now, of what is lost.
    pub others: Others,
}

/// A right in some duties of one place that others hold in the later version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Which right.
    pub right: Right,
    /// The duties: ids, or `area.*`.
    pub duties: Vec<String>,
    /// Where they are looked up: `products.ID` and the like.
    pub subject: String,
    /// What that is called in sentences.
    pub title: String,
    /// Who held it.
    pub before: Others,
    /// Who holds it now.
    pub after: Others,
}

/// The other side of a move.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Others {
    /// These.
    Named(Vec<Named>),
    /// Nobody.
    Nobody,
    /// The duty does not exist there, for a reason that is recorded.
    NotApplicable,
    /// The other version does not have the subject.
    Absent,
}

/// In which of the versions something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// In both.
    Stays,
    /// In the earlier one only.
    Gone,
    /// In the later one only.
    New,
}

/// A product, team or person that only one version has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// What it is.
    pub kind: ThingKind,
    /// `products.ID` and the like.
    pub path: String,
    /// What it is called.
    pub name: String,
    /// In which version it is.
    pub presence: Presence,
}

/// What a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ThingKind {
    /// A product that is audited.
    Product,
    /// A team that is audited.
    Team,
    /// A person or group.
    Person,
}

impl Presence {
    /// The word in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Presence::Stays => "stays",
            Presence::Gone => "gone",
            Presence::New => "new",
        }
    }
}

impl ThingKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [ThingKind; 3] = [ThingKind::Product, ThingKind::Team, ThingKind::Person];

    /// The word in outputs.
    pub fn word(self) -> &'static str {
        match self {
            ThingKind::Product => "product",
            ThingKind::Team => "team",
            ThingKind::Person => "person",
        }
    }
}

/// An organization with its audit, and what it is called.
#[derive(Debug)]
pub struct Audited<'o, 's> {
    /// As the user named it.
    pub name: String,
    /// The organization.
    pub org: &'o Org<'o>,
    /// Its audit.
    pub report: Report<'s>,
}

/// Compares two versions of an organization.
pub fn diff<'s>(before: Audited<'_, 's>, after: Audited<'_, 's>) -> Diff<'s> {
    let orgs = [before.org, after.org];
    let large = orgs.iter().any(|org| org.is_worth_threads());
    // Who holds which right takes about as long as all the rest.
    let ((vacated, people), rest) = parallel::both(large, || rights::changes(orgs[0], orgs[1]), || beside_rights(before, after));
    Diff { vacated, people, ..rest }
}

/// The rights that others hold in the later version, seen from the duties: in the order of the lookups.
pub fn shifts(before: &Org<'_>, after: &Org<'_>) -> Vec<Shift> {
    rights::shifts(before, after)
}

/// What changes beside the rights of people.
fn beside_rights<'s>(before: Audited<'_, 's>, after: Audited<'_, 's>) -> Diff<'s> {
    let mut seats = seat_changes(before.org, after.org);
    seats.sort_by_key(|change| (!change.after.is_empty(), change.seat));
    let things = things(before.org, after.org);
    let mut without = before.org.left.clone();
    without.extend(after.org.left.iter().filter(|left| !before.org.left.iter().any(|other| other.id == left.id)).cloned());
    let held = SeatKind::ALL.map(|seat| (seat, [before.org, after.org].map(|org| held(org, seat))));
    let held = held.into_iter().filter(|(_, held)| held.iter().any(|held| held.seats > 0)).collect();
    let [(earlier, of_earlier), (later, of_later)] = [before, after].map(|Audited { name, report, .. }| {
        let Report { sources, as_of, read, findings, .. } = report;
        let counting: Vec<Finding> = findings.into_iter().filter(|finding| finding.accepted.is_none()).collect();
        (Version { name, sources, as_of, read }, counting)
    });
    let mut findings = against::matched(of_earlier, of_later);
    for list in [&mut findings.introduced, &mut findings.fixed] {
        list.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    }
    let about = |findings: &[Finding], presence: Presence| {
        let of_things: FxHashSet<&str> =
            things.iter().filter(|thing| thing.presence == presence).map(|thing| thing.path.as_str()).collect();
        findings.iter().filter(|finding| of_things.contains(finding.subject.as_str())).count()
    };
    let with_things = [about(&findings.fixed, Presence::Gone), about(&findings.introduced, Presence::New)];
    let (vacated, people) = Default::default();
    Diff { versions: [earlier, later], vacated, held, seats, people, things, findings, with_things, without }
}

impl Diff<'_> {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        let Diff { vacated, seats, people, things, findings, .. } = self;
        let no_rights = vacated.is_empty() && seats.is_empty() && people.is_empty() && things.is_empty();
        no_rights && findings.introduced.is_empty() && findings.fixed.is_empty()
    }

    /// The things of a kind that are in one version only.
    pub fn things_of(&self, kind: ThingKind, presence: Presence) -> impl Iterator<Item = &Thing> {
        self.things.iter().filter(move |thing| thing.kind == kind && thing.presence == presence)
    }
}

/// The seats of products and teams that both versions have and whose holders are not the same.
fn seat_changes(before: &Org<'_>, after: &Org<'_>) -> Vec<SeatChange> {
    let products = before.audited_products().filter_map(|(position, product)| {
        let other = after.product(&product.id.id).filter(|other| after[*other].audited)?;
        Some((Subject::Product(position), &product.seats, &after[other].seats))
    });
    let teams = before.audited_teams().filter_map(|(position, team)| {
        let other = after.team(&team.id.id).filter(|other| after[*other].audited)?;
        Some((Subject::Team(position), &team.seats, &after[other].seats))
    });
    let mut changes = Vec::new();
    for (of, earlier, later) in products.chain(teams) {
        for seat in SeatKind::ALL {
            let [was, is] = [(before, earlier), (after, later)].map(|(org, seats)| holders(org, seats, seat));
            let ids = |holders: &[Named]| holders.iter().map(|holder| holder.id.clone()).collect::<Vec<String>>();
            if ids(&was) != ids(&is) {
                let (of, title) = (before.path(of), before.title(of).into_owned());
                changes.push(SeatChange { seat, of, title, before: was, after: is });
            }
        }
    }
    changes
}

/// How many seats of a kind are held, and by how many.
fn held(org: &Org<'_>, kind: SeatKind) -> Held {
    let products = org.audited_products().map(|(_, product)| &product.seats);
    let seats = products.chain(org.audited_teams().map(|(_, team)| &team.seats)).flatten();
    let seats: Vec<&Seat> =
        seats.filter(|(written, seat)| *written == kind && !seat.holders.is_empty()).map(|(_, seat)| seat).collect();
    let holders: FxHashSet<Actor> = seats.iter().flat_map(|seat| &seat.holders).map(|holder| holder.actor).collect();
    Held { seats: seats.len(), holders: holders.len() }
}

/// Those who hold a seat, by id.
fn holders(org: &Org<'_>, seats: &[(SeatKind, Seat)], kind: SeatKind) -> Vec<Named> {
    let of_kind = seats.iter().filter(|(written, _)| *written == kind).flat_map(|(_, seat)| &seat.holders);
    let mut holders: Vec<Named> = of_kind.map(|holder| org.named(holder.actor)).collect();
    holders.sort_by(|one, other| one.id.cmp(&other.id));
    holders
}

/// The products, teams and people that only one version has.
fn things(before: &Org<'_>, after: &Org<'_>) -> Vec<Thing> {
    let mut things = Vec::new();
    for kind in ThingKind::ALL {
        let [earlier, later] = [before, after].map(|org| all_of(kind, org));
        let ids = |things: &[(Subject, String)]| things.iter().map(|(_, id)| id.clone()).collect::<FxHashSet<_>>();
        let (known, kept) = (ids(&earlier), ids(&later));
        let only = |org: &Org<'_>, all: Vec<(Subject, String)>, others: &FxHashSet<String>, presence| {
            let only = all.into_iter().filter(|(_, id)| !others.contains(id));
            let thing = |(of, _)| Thing { kind, path: org.path(of), name: org.title(of).into_owned(), presence };
            only.map(thing).collect::<Vec<_>>()
        };
        things.extend(only(before, earlier, &kept, Presence::Gone));
        things.extend(only(after, later, &known, Presence::New));
    }
    things
}

/// Everything of a kind, with its id.
fn all_of(kind: ThingKind, org: &Org<'_>) -> Vec<(Subject, String)> {
    match kind {
        ThingKind::Product => {
            org.audited_products().map(|(position, product)| (Subject::Product(position), product.id.id.to_string())).collect()
        }
        ThingKind::Team => {
            org.audited_teams().map(|(position, team)| (Subject::Team(position), team.id.id.to_string())).collect()
        }
        ThingKind::Person => {
            org.people().map(|(position, person)| (Subject::Person(position), person.id.id.to_string())).collect()
        }
    }
}

impl Redact for Others {
    fn redact(&mut self, names: &Pseudonyms) {
        if let Others::Named(others) = self {
            others.iter_mut().for_each(|other| other.redact(names));
        }
    }
}

impl Redact for Shift {
    fn redact(&mut self, names: &Pseudonyms) {
        names.texts([&mut self.subject, &mut self.title]);
        names.duties(&mut self.duties);
        self.before.redact(names);
        self.after.redact(names);
    }
}

impl Redact for Vacated {
    fn redact(&mut self, names: &Pseudonyms) {
        names.duties(&mut self.duties);
        names.texts([&mut self.subject, &mut self.title]);
        self.by.iter_mut().for_each(|by| by.redact(names));
    }
}

impl Redact for SeatChange {
    fn redact(&mut self, names: &Pseudonyms) {
        names.texts([&mut self.of, &mut self.title]);
        self.before.iter_mut().chain(&mut self.after).for_each(|holder| holder.redact(names));
    }
}

impl Redact for Diff<'_> {
    /// In the order in which texts are shown, because that is the order of the pseudonyms.
    fn redact(&mut self, names: &Pseudonyms) {
        names.texts(self.versions.iter_mut().map(|version| &mut version.name));
        names.texts(self.without.iter_mut().flat_map(|left| [&mut left.id, &mut left.name, &mut left.label]));
        for Thing { path, name, .. } in &mut self.things {
            names.texts([path, name]);
        }
        self.vacated.iter_mut().for_each(|vacated| vacated.redact(names));
        self.seats.iter_mut().for_each(|change| change.redact(names));
        for PersonChange { person, gained, lost, .. } in &mut self.people {
            person.redact(names);
            for Moved { duties, subject, title, others, .. } in gained.iter_mut().chain(lost) {
                names.duties(duties);
                names.texts([subject, title]);
                others.redact(names);
            }
        }
        for finding in self.findings.introduced.iter_mut().chain(&mut self.findings.fixed).chain(&mut self.findings.unchanged) {
            finding.redact(names);
        }
    }
}
