//! The findings of an audit by product and team, and whom each one concerns.

use crate::catalogue::{DutyIx, Level};
use crate::finding::{Finding, Severity};
use crate::org::rights::Right;
use crate::org::seats::HeldSeat;
use crate::org::{Actor, Org, Origin, PersonIx, ProductIx, Subject, TeamIx, Who, each_once};
use crate::redact::{Pseudonyms, Redact, is_whole_word};
use crate::report::Report;
use crate::sections::{Place, Reach, alike};
use crate::source::Span;
use aho_corasick::{AhoCorasick, MatchKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// Whom a finding concerns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concern {
    /// The products and teams that its subject has to do with.
    pub reach: Reach,
    /// The people and groups whom its message or its places name, or who decide its duty; of a gap that names nobody, those who hold
    /// the product's seats.
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
    let mentions = Mentions::of(org);
    let named = named_at(org, &findings.iter().flat_map(places).collect());
    let concern = |finding: &Finding| {
        let reach = Reach::of(finding.of, org);
        let subject = if let Subject::Person(person) = finding.of { Some(person) } else { None };
        let of_places = places(finding).filter_map(|at| named.get(&at)).flatten().copied();
        let mentioned = mentions.people_in(&finding.message, &reach, org);
        let duty = finding.duty.as_ref().and_then(|duty| duties.get(duty.as_str()));
        let deciders = duty.map(|duty| deciders(org, *duty, finding.of)).unwrap_or_default();
        let mut people: Vec<PersonIx> =
            each_once(subject.into_iter().chain(mentioned).chain(deciders).chain(of_places), |person| *person);
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

/// The people who are named at some places of the files; at the key of a record, those who decide by it.
fn named_at(org: &Org<'_>, wanted: &FxHashSet<Span>) -> FxHashMap<Span, Vec<PersonIx>> {
    let of_products = org.products.iter().flat_map(|product| &product.seats);
    let seats = of_products.chain(org.teams.iter().flat_map(|team| &team.seats));
    let holders = seats.flat_map(|(_, seat)| &seat.holders).map(|holder| (holder.at, Who::Actor(holder.actor)));
    let of_records = org.records.iter().flat_map(|record| Right::ALL.into_iter().filter_map(move |right| right.parties(record)));
    let beside = org.teams.iter().filter_map(|team| team.takes_work_from.as_deref());
    let reorder = org.backlogs.iter().filter_map(|backlog| backlog.can_reorder.as_ref());
    let meet = org.rhythm.iter().flat_map(|meeting| &meeting.who);
    let parties = of_records.chain(beside).chain(reorder).flat_map(|parties| &parties.named).chain(meet);
    let parties = parties.map(|party| (party.at, party.who));
    let decided = org.records.iter().flat_map(|record| {
        let deciders = record.decides.iter().flat_map(|decides| &decides.named);
        deciders.map(|party| (record.at, party.who))
    });
    let declared = org.people().map(|(person, facts)| (facts.id.at, Who::Actor(Actor::Person(person))));
    let mut named: FxHashMap<Span, Vec<PersonIx>> = FxHashMap::default();
    for (at, who) in holders.chain(parties).chain(decided).chain(declared).filter(|(at, _)| wanted.contains(at)) {
        if let Who::Actor(Actor::Person(person)) = who {
            named.entry(at).or_default().push(person);
        }
    }
    named
}

/// Everybody's names, to find them in messages: a message names those who are involved.
struct Mentions {
    finder: AhoCorasick,
    /// Those who have each name.
    named: Vec<Vec<PersonIx>>,
}

impl Mentions {
    fn of(org: &Org<'_>) -> Self {
        let groups = alike(org.people(), |(_, facts)| facts.name());
        let names = groups.iter().filter_map(|group| group.first()).map(|(_, facts)| facts.name());
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(names);
        let finder = finder.expect("names are far shorter than what the search can hold");
        Mentions {
            finder,
            named: groups.into_iter().map(|group| group.into_iter().map(|(person, _)| person).collect()).collect(),
        }
    }

    /// Those whom a message names. Of several with one name, those are meant who hold a seat there.
    fn people_in(&self, message: &str, reach: &Reach, org: &Org<'_>) -> Vec<PersonIx> {
        let found = self.finder.find_iter(message).filter(|found| is_whole_word(message, *found));
        let meant = |person: &&PersonIx, namesakes: usize| {
            let is_there = |held: &HeldSeat| match held.of {
                Subject::Product(product) => reach.products.contains(&product),
                Subject::Team(team) => reach.teams.contains(&team),
                _ => false,
            };
            namesakes == 1 || org[**person].seats.iter().any(is_there)
        };
        let people = found.filter_map(|found| self.named.get(found.pattern().as_usize()));
        people.flat_map(|named| named.iter().filter(|person| meant(person, named.len()))).copied().collect()
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Selection, audit};
    use crate::render::sample;
    use crate::settings::Settings;
    use crate::source::Sources;

    /// Chapters, with their teams and what each block tells of: `app: error backlog-shared-owner 1; > core: …`.
    fn told(text: &str, rules: &[&'static str]) -> Vec<String> {
        let sources = sample::one_file("team.yaml", text);
        with_audit(&sources, rules, |org, audit| {
            let chapters = chapters(org, audit, &concerns(org, &audit.findings));
            let block = |block: &Block| {
                let first = &audit.findings[block.findings[0]];
                format!("{} {} {}", first.severity.word(), first.rule.name, block.findings.len())
            };
            let group = |group: &Group| {
                let team = group.team.as_ref().map_or(String::new(), |team| format!("> {}: ", team.name));
                format!("{team}{}", group.blocks.iter().map(block).collect::<Vec<_>>().join(", "))
            };
            let chapter = |chapter: &Chapter| {
                let groups: Vec<String> = chapter.groups.iter().map(group).collect();
                format!("{}: {}", chapter.of.subject, groups.join("; "))
            };
            chapters.iter().map(chapter).collect()
        })
    }

    /// The people whom the findings of a rule concern, by finding.
    fn people(text: &str, rule: &'static str) -> Vec<String> {
        let sources = sample::one_file("team.yaml", text);
        with_audit(&sources, &[rule], |org, audit| {
            let names = |concern: &Concern| {
                let names: Vec<&str> = concern.people.iter().map(|person| org[*person].name()).collect();
                names.join(", ")
            };
            concerns(org, &audit.findings).iter().map(names).collect()
        })
    }

    fn with_audit<T>(sources: &Sources, rules: &[&'static str], then: impl FnOnce(&Org<'_>, &Report<'_>) -> T) -> T {
        let days = crate::Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
        let org = crate::load(sources, days).unwrap_or_else(|invalid| unreachable!("{:#?}", invalid.errors)).org;
        let selection = Selection { only: rules.to_vec(), ..Selection::default() };
        then(&org, &audit(&org, &Settings::default(), &selection, sources))
    }

    #[test]
    fn a_finding_is_told_at_its_product_and_there_at_its_team() {
        let text = "roleaudit: 1
people: {ann: Ann, ben: Ben, cai: Cai}
products:
  app: {product-manager: ann, product-owner: ann, responsibilities: {strategy.*: [ann, ben], scope.changes: [ann, ben]}}
  box: {product-owner: [ann, ben]}
teams:
  core: {product: app, product-owner: [ben, cai], backlog: core}
  free: {product-owner: cai}
";
        let shown =
            told(text, &["duty-contested", "backlog-shared-owner", "team-not-aligned-to-product", "company-goals-missing"]);
        assert_eq!(
            shown,
            [
                "products.app: error duty-contested 8; > core: error backlog-shared-owner 1",
                "products.box: error backlog-shared-owner 1",
                "teams.free: warning team-not-aligned-to-product 1",
                "organization: info company-goals-missing 1",
            ]
        );
    }

    #[test]
    fn what_concerns_several_products_belongs_to_the_organization() {
        let of = |other: &str| {
            let text = format!(
                "roleaudit: 1
people: {{ann: Ann, ben: Ben}}
products: {{app: {{product-owner: ann}}, box: {{product-owner: {other}}}}}
teams: {{a: {{product: app}}, b: {{product: app}}, c: {{product: app}}, d: {{product: app}}, e: {{product: box}}}}
"
            );
            told(&text, &["owner-too-many-teams"])
        };
        assert_eq!(of("ann"), ["organization: warning owner-too-many-teams 1"]);
        assert_eq!(of("ben"), ["products.app: warning owner-too-many-teams 1"]);
    }

    #[test]
    fn an_accepted_finding_is_in_no_chapter() {
        let text = "roleaudit: 1
people: {ann: Ann, ben: Ben}
products: {app: {product-owner: [ann, ben]}}
";
        let accepted = format!("{text}accepted: [{{rule: backlog-shared-owner, at: backlogs.app, because: For a quarter}}]\n");
        assert_eq!(told(text, &["backlog-shared-owner"]), ["products.app: error backlog-shared-owner 1"]);
        assert_eq!(told(&accepted, &["backlog-shared-owner"]), Vec::<String>::new());
    }

    #[test]
    fn a_finding_concerns_those_it_names_or_those_who_answer_for_its_subject() {
        let text = "roleaudit: 1
people: {ann: Ann, ben: Ben, cai: Cai, dee: Dee}
products:
  app:
    product-manager: cai
    product-owner: [ann, ben]
    responsibilities: {release.decision: [dee, cai], scope.changes: nobody}
";
        assert_eq!(people(text, "backlog-shared-owner"), ["Ann, Ben"], "the owners share it");
        assert_eq!(people(text, "duty-contested"), ["Cai, Dee"], "those who decide");
        let asked = "roleaudit: 1
people: {ann: Ann, cai: Cai, dee: Dee}
products: {app: {product-manager: cai, product-owner: ann, responsibilities: {scope.changes: nobody}}}
";
        let of_unowned = people(asked, "duty-unowned");
        assert!(of_unowned.contains(&"Cai, Ann".to_owned()), "nobody decides, so those who lead the product: {of_unowned:?}");
        let alone = "roleaudit: 1\nteams: {core: {name: Core}}\n";
        assert_eq!(people(alone, "team-not-aligned-to-product"), [""], "nobody is there");
    }

    #[test]
    fn namesakes_are_told_apart_by_their_seats() {
        let text = "roleaudit: 1
people: {ann-a: Ann, ann-b: Ann, cai: Cai}
products:
  app: {product-owner: [ann-a, cai]}
  box: {product-owner: [cai, ann-b]}
";
        let sources = sample::one_file("team.yaml", text);
        with_audit(&sources, &["backlog-shared-owner"], |org, audit| {
            let of: Vec<Vec<&str>> = concerns(org, &audit.findings)
                .iter()
                .map(|concern| concern.people.iter().map(|person| org[*person].id.id.as_ref()).collect())
                .collect();
            assert_eq!(of, [["ann-a", "cai"], ["ann-b", "cai"]]);
        });
    }
}
