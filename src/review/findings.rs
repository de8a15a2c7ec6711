//! The findings of an audit by product and team, and whom each one concerns.

use crate::catalogue::{DutyIx, Level};
use crate::finding::{Finding, Severity};
use crate::org::rights::Right;
use crate::org::{Actor, Org, Origin, PersonIx, ProductIx, Subject, TeamIx, Who, each_once};
use crate::redact::{Pseudonyms, Redact};
use crate::report::Report;
use crate::sections::{Place, Reach};
use crate::source::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// Whom a finding concerns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concern {
    /// The products and teams that its subject has to do with.
    pub reach: Reach,
    /// The people and groups who decide its duty or are named at its places; of a gap that names nobody, those who hold the
    /// product's seats.
    pub people: Vec<PersonIx>,
}

/// The findings of one product, of a team without one, or of the organization.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// What it is.
    pub of: Place,
    /// What was found, first on itself and then on each of its teams.
    pub groups: Vec<Group>,
}

/// The findings of one place of a chapter.
#[derive(Clone, Debug)]
pub struct Group {
    /// The team; none for what the chapter is about.
    pub team: Option<Place>,
    /// The findings of one rule and severity each, the most severe first.
    pub blocks: Vec<Block>,
}

/// Findings of one rule and severity at one place of a chapter.
#[derive(Clone, Debug)]
pub struct Block {
    /// Their positions in the audit; at least one.
    pub findings: Vec<usize>,
}

impl Redact for Chapter {
    fn redact(&mut self, names: &Pseudonyms) {
        self.of.redact(names);
        self.groups.iter_mut().flat_map(|group| &mut group.team).for_each(|team| team.redact(names));
    }
}

impl Chapter {
    /// The positions of all its findings.
    pub fn findings(&self) -> impl Iterator<Item = usize> {
        self.groups.iter().flat_map(|group| &group.blocks).flat_map(|block| block.findings.iter().copied())
    }

    /// How many of its findings have a severity.
    pub fn count(&self, audit: &Report<'_>, severity: Severity) -> usize {
        self.findings().filter(|at| audit.findings[*at].severity == severity).count()
    }
}

/// The findings that count, by product and team.
pub fn chapters(org: &Org<'_>, audit: &Report<'_>, concerns: &[Concern]) -> Vec<Chapter> {
    let counting = audit.findings.iter().zip(concerns).enumerate().filter(|(_, (finding, _))| finding.accepted.is_none());
    let mut found: Vec<(Home, usize)> =
        counting.map(|(at, (finding, concern))| (home(org, finding.of, &concern.reach), at)).collect();
    // Blocks stand in the order of their first findings, and so do the findings of a block.
    let block = |home: &Home, at: usize| (*home, Reverse(audit.findings[at].severity), audit.findings[at].rule.name);
    let mut first: FxHashMap<_, usize> = FxHashMap::default();
    for (home, at) in &found {
        first.entry(block(home, *at)).or_insert(*at);
    }
    found.sort_by_key(|(home, at)| {
        let block = block(home, *at);
        (*home, block.1, first.get(&block).copied(), *at)
    });
    let of_group = |found: &[(Home, usize)]| Group {
        team: found.first().and_then(|(home, _)| home.team).map(|team| Place::of(org, Subject::Team(team))),
        blocks: found
            .chunk_by(|(_, one), (_, other)| {
                let (one, other) = (&audit.findings[*one], &audit.findings[*other]);
                one.severity == other.severity && one.rule.name == other.rule.name
            })
            .map(|block| Block { findings: block.iter().map(|(_, at)| *at).collect() })
            .collect(),
    };
    let of_chapter = |found: &[(Home, usize)]| {
        let groups = found.chunk_by(|(one, _), (other, _)| one.team == other.team).map(of_group).collect();
        Some(Chapter { of: Place::of(org, found.first()?.0.of), groups })
    };
    found.chunk_by(|(one, _), (other, _)| one.of == other.of).filter_map(of_chapter).collect()
}

/// Where a finding is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Home {
    /// Products come first, then teams without one, then the organization.
    rank: u8,
    /// Which of them it is.
    pub(super) of: Subject,
    /// The team of the product.
    team: Option<TeamIx>,
}

/// Where a finding is told: at its product, and there at its team. What concerns several products, or none, belongs to the
/// organization.
pub(super) fn home(org: &Org<'_>, subject: Subject, reach: &Reach) -> Home {
    let team = match subject {
        Subject::Team(team) => Some(team),
        Subject::Backlog(backlog) => match org[backlog].origin {
            Origin::Team(team) => Some(team),
            Origin::Product(_) | Origin::Entry => None,
        },
        _ => None,
    };
    match (reach.products.as_slice(), team) {
        ([only], team) => Home { rank: 0, of: Subject::Product(*only), team },
        ([first, ..], Some(_)) => Home { rank: 0, of: Subject::Product(*first), team },
        ([], Some(team)) => Home { rank: 1, of: Subject::Team(team), team: None },
        _ => Home { rank: 2, of: Subject::Organization, team: None },
    }
}

/// Whom each finding concerns.
pub fn concerns(org: &Org<'_>, findings: &[Finding]) -> Vec<Concern> {
    let places = |finding: &Finding| {
        let labels: Vec<Span> = finding.labels.iter().map(|label| label.at).collect();
        [finding.at].into_iter().chain(labels)
    };
    let duties: FxHashMap<&str, DutyIx> = org.duties().map(|(duty, facts)| (facts.id.as_ref(), duty)).collect();
    let named = named_at(org, &findings.iter().flat_map(places).collect());
    let concern = |finding: &Finding| {
        let reach = Reach::of(finding.of, org);
        let subject = if let Subject::Person(person) = finding.of { Some(person) } else { None };
        let of_places = places(finding).filter_map(|at| named.get(&at).copied());
        let duty = finding.duty.as_ref().and_then(|duty| duties.get(duty.as_str()));
        let deciders = duty.map(|duty| deciders(org, *duty, finding.of)).unwrap_or_default();
        let mut people: Vec<PersonIx> = each_once(subject.into_iter().chain(deciders).chain(of_places), |person| *person);
        if people.is_empty() {
            people = responsible(org, finding.of, &reach);
        }
        Concern { reach, people }
    };
    findings.iter().map(concern).collect()
}

/// Those who decide a duty wherever it is looked up for a subject.
fn deciders(org: &Org<'_>, duty: DutyIx, subject: Subject) -> Vec<PersonIx> {
    let subjects: Vec<Subject> = match (org[duty].level, subject) {
        (Level::Backlog, Subject::Product(product)) => org.real_backlogs(product).map(Subject::Backlog).collect(),
        (Level::Backlog, Subject::Team(team)) => org[team].backlog.map(Subject::Backlog).into_iter().collect(),
        (Level::Team, Subject::Product(product)) => org[product].teams.iter().copied().map(Subject::Team).collect(),
        (Level::Organization, _) => vec![Subject::Organization],
        _ => vec![subject],
    };
    let is_looked_up = |subject: &Subject| org.decisions_on(*subject).any(|(looked_up, _)| looked_up == duty);
    let subjects = subjects.into_iter().filter(is_looked_up);
    each_once(subjects.flat_map(|subject| org.owners_of(duty, subject)).filter_map(Actor::person), |person| *person)
}

/// The people who are named at some places of the files.
fn named_at(org: &Org<'_>, wanted: &FxHashSet<Span>) -> FxHashMap<Span, PersonIx> {
    let of_products = org.products.iter().flat_map(|product| &product.seats);
    let seats = of_products.chain(org.teams.iter().flat_map(|team| &team.seats));
    let holders = seats.flat_map(|(_, seat)| &seat.holders).map(|holder| (holder.at, holder.actor));
    let of_records = org.records.iter().flat_map(|record| Right::ALL.into_iter().filter_map(move |right| right.parties(record)));
    let beside = org.teams.iter().filter_map(|team| team.takes_work_from.as_deref());
    let reorder = org.backlogs.iter().filter_map(|backlog| backlog.can_reorder.as_ref());
    let meet = org.rhythm.iter().flat_map(|meeting| &meeting.who);
    let parties = of_records.chain(beside).chain(reorder).flat_map(|parties| &parties.named).chain(meet);
    let parties = parties.filter_map(|party| match party.who {
        Who::Actor(actor) => Some((party.at, actor)),
        Who::Seat(_) | Who::Developers => None,
    });
    let declared = org.people().map(|(person, facts)| (facts.id.at, Actor::Person(person)));
    let all = holders.chain(parties).chain(declared).filter(|(at, _)| wanted.contains(at));
    all.filter_map(|(at, actor)| Some((at, actor.person()?))).collect()
}

/// Those who answer for a subject that names nobody: the owners of a backlog or team with the product's people.
fn responsible(org: &Org<'_>, subject: Subject, reach: &Reach) -> Vec<PersonIx> {
    let backlog = match subject {
        Subject::Backlog(backlog) => Some(backlog),
        Subject::Team(team) => org[team].backlog,
        _ => None,
    };
    let owners = backlog.map(|backlog| org.owners(backlog)).into_iter().flatten().filter_map(|owner| owner.actor.person());
    let of_products = reach.products.iter().flat_map(|product: &ProductIx| org.product_people(*product));
    each_once(owners.chain(of_products), |person| *person)
}
