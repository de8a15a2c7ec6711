//! From documents to the organization. Every id is resolved here, and every input error that needs more than one line is found
//! here; what is linked cannot fail any more.
//!
//! All files are linked together, so an id may be declared in one and used in another.

mod backlogs;
mod ids;
mod names;
mod namesakes;
mod rights;

use super::decide::{Decided, Decisions, Few};
use super::model::Roles;
use super::rhythm::Gatherings;
use super::seats::{HeldSeat, Holder, Seat, SeatKind};
use super::{
    Accepted, Actor, AreaIx, BacklogIx, Covers, Duty, Left, Meeting, Opening, OpeningIx, Org, Parties, Party, Person, PersonIx,
    Product, ProductIx, Record, RecordIx, Scope, Subject, Team, TeamIx, Who, full_name, positions_of,
};
use crate::catalogue::{self, DutyIx, Level};
use crate::document::value::{self, Actors, Day, Given, Id, IdMap, List, Said, Until};
use crate::document::{self, Document, DutyLevel, ProductStage, hints};
use crate::parallel;
use crate::problem::Problem;
use crate::rules::{self, RULES, Rule};
use crate::source::Span;
use ids::Ids;
use jiff::civil::Date;
use names::ACTOR;
pub(super) use namesakes::Namesakes;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// The most duties that an organization may have, built-in ones included.
pub const MOST_DUTIES: usize = 10_000;

/// How often all duties of one's own together may be asked of products, teams and openings: two short lists would make an endless table.
pub const MOST_QUESTIONS: usize = 1_000_000;

/// What to link.
#[derive(Debug)]
pub struct Input<'a> {
    /// The documents, in the order of their files.
    pub documents: Vec<Document<'a>>,
    /// How many files they were read from.
    pub files: usize,
    /// Whether everything could be read that declares ids. If not, undeclared ids are not reported: the declarations may stand behind
    /// a syntax error, or in a file that is missing.
    pub whole: bool,
    /// The day to audit, if the caller names one; it wins over `as-of`.
    pub as_of: Option<Date>,
    /// The day to audit if nobody names one.
    pub today: Date,
    /// The ids of people and groups who are to be seen as having left.
    pub without: &'a [String],
}

/// What the id of an actor stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Declared {
    /// Someone who is there.
    Here(Actor),
    /// Someone who is declared and seen as having left: all that names the id is read as if it were not there.
    Left,
}

/// The organization, with what is to be said about its files.
#[derive(Debug)]
pub struct Linked<'a> {
    /// The organization.
    pub org: Org<'a>,
    /// Warnings about the input.
    pub warnings: Vec<Problem>,
}

/// Links documents into one organization.
///
/// # Errors
/// All input errors of all documents.
pub fn link(input: Input<'_>) -> Result<Linked<'_>, Vec<Problem>> {
    let Input { documents, files, whole, as_of, today, without } = input;
    let mut linker = Linker::new(whole);
    let start = documents.first().map(|document| document.at.start_point());
    let mut parts = linker.gather(documents);
    let (actors, of_products) = parts.namesakes();
    let left = linker.leave(&mut parts.people, without, &actors);
    let dated = parts.as_of.as_ref().map(|given| given.value.date);
    let as_of = as_of.or(dated).unwrap_or(today);
    linker.as_of = as_of;

    let subjects = parts.products.len() + parts.teams.len() + parts.openings.len();
    linker.own_duties(std::mem::take(&mut parts.duties), subjects);
    let Some(at) = start else { return Err(vec![nothing_to_audit(None)]) };
    if parts.products.is_empty() && parts.teams.is_empty() && whole {
        linker.errors.push(nothing_to_audit(Some(at)));
    }
    let Parts { organization, people, products, teams, backlogs, rhythm, openings, accepted, .. } = parts;
    let (at, facts) = match organization {
        Some(given) => (given.key, given.value),
        None => (at, document::Organization::empty(at)),
    };
    let declared = || people.into_iter().map(|(id, document::Member(facts))| Person::declared(id, facts, &actors)).collect();
    let linked = || {
        let products = products.into_iter().map(|(id, facts)| linker.product(id, facts, &of_products)).collect();
        (products, teams.into_iter().map(|(id, facts)| linker.team(id, facts, &actors)).collect())
    };
    let (people, (products, teams)) = parallel::both(subjects >= parallel::LARGE, declared, linked);
    let mut org = Org {
        as_of,
        dated,
        facts,
        at,
        people,
        products,
        teams,
        backlogs: Vec::new(),
        openings: Vec::new(),
        rhythm: Vec::new(),
        duties: std::mem::take(&mut linker.duties),
        records: Vec::new(),
        rights: Vec::new(),
        accepted: Vec::new(),
        decisions: Decisions::default(),
        gatherings: Gatherings::default(),
        observes_people: false,
        files,
        left,
    };
    linker.people(&mut org);
    linker.seats(&mut org);
    linker.backlogs(&mut org, backlogs);
    linker.all_rights(&mut org);
    linker.meetings(&mut org, rhythm);
    linker.openings(&mut org, openings);
    linker.accepted(&mut org, accepted);
    linker.check_dates(&org);
    mark_audited(&mut org);
    mark_seats(&mut org);
    mark_people_leaders(&mut org);
    let (errors, warnings) = linker.finish();
    if !errors.is_empty() {
        return Err(errors);
    }
    backlogs::mark_owners(&mut org);
    (org.decisions, org.gatherings) = parallel::both(org.is_worth_threads(), || Decisions::of(&org), || Gatherings::of(&org));
    org.observes_people = org.people.iter().any(|person| person.facts.signals.is_some());
    mark_products(&mut org);
    mark_deciders(&mut org);
    Ok(Linked { org, warnings })
}

fn nothing_to_audit(at: Option<Span>) -> Problem {
    let message = "there is no product and no team to audit";
    let help = "Add at least one, such as `products: {checkout: {product-owner: omar}}`; `roleaudit init` writes a starter file.";
    match at {
        Some(at) => Problem::new(at, message, help),
        None => Problem::of_path(".", message, help),
    }
}

/// What all documents say, one list per key.
#[derive(Default)]
struct Parts<'a> {
    as_of: Said<Day>,
    organization: Said<document::Organization<'a>>,
    people: Vec<(Id<'a>, document::Member<'a>)>,
    products: Vec<(Id<'a>, Box<document::Product<'a>>)>,
    teams: Vec<(Id<'a>, Box<document::Team<'a>>)>,
    backlogs: Vec<(Id<'a>, document::Backlog<'a>)>,
    rhythm: Vec<document::Meeting<'a>>,
    openings: Vec<(Id<'a>, document::Opening<'a>)>,
    duties: Vec<(Id<'a>, document::OwnDuty<'a>)>,
    accepted: Vec<document::Accepted<'a>>,
}

impl Parts<'_> {
    /// The names that several people, groups or teams have, and those that several products have.
    fn namesakes(&self) -> (Namesakes, Namesakes) {
        let people = self.people.iter().map(|(id, document::Member(facts))| full_name(id, &facts.name));
        let teams = self.teams.iter().map(|(id, facts)| full_name(id, &facts.name));
        let products = self.products.iter().map(|(id, facts)| full_name(id, &facts.name));
        (Namesakes::among(people.chain(teams)), Namesakes::among(products))
    }
}

/// An area, and its duties in their order.
struct Area {
    position: AreaIx,
    duties: Vec<DutyIx>,
}

/// The state of linking: what is declared, and what is wrong.
struct Linker<'a> {
    whole: bool,
    as_of: Date,
    actors: Ids<'a, Declared>,
    /// Whether anybody is seen as having left.
    leaving: bool,
    products: Ids<'a, ProductIx>,
    backlog_entries: Ids<'a, usize>,
    openings: Ids<'a, OpeningIx>,
    duty_ids: FxHashMap<Cow<'a, str>, DutyIx>,
    duties: Vec<Duty<'a>>,
    areas: FxHashMap<Cow<'a, str>, Area>,
    /// Full names of people, for those who write a name where an id should stand.
    names: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// How many undeclared ids were compared with all that are declared.
    compared: usize,
    errors: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl<'a> Linker<'a> {
    fn new(whole: bool) -> Self {
        let mut linker = Linker {
            whole,
            as_of: Date::default(),
            actors: Ids::new(),
            leaving: false,
            products: Ids::new(),
            backlog_entries: Ids::new(),
            openings: Ids::new(),
            duty_ids: FxHashMap::default(),
            duties: Vec::with_capacity(catalogue::DUTIES.len()),
            areas: FxHashMap::default(),
            names: Vec::new(),
            compared: 0,
            errors: Vec::new(),
            warnings: Vec::new(),
        };
        for duty in &catalogue::DUTIES {
            let area = linker.area(duty.area().into());
            linker.add_duty(Duty {
                id: duty.id.into(),
                meaning: duty.meaning.into(),
                level: duty.level,
                area,
                built_in: Some(duty),
                required: false,
            });
        }
        linker
    }

    /// Errors and warnings. What is declared is resolved by now, and the tables of it, which are large, are given back.
    fn finish(self) -> (Vec<Problem>, Vec<Problem>) {
        (self.errors, self.warnings)
    }

    /// Joins the documents, and declares what they declare.
    fn gather(&mut self, documents: Vec<Document<'a>>) -> Parts<'a> {
        let mut parts = Parts::default();
        for document in documents {
            let Document { as_of, organization, people, products, teams, backlogs, rhythm, openings, duties, accepted, .. } =
                document;
            self.once(&mut parts.as_of, as_of, "as-of");
            self.once(&mut parts.organization, organization, "organization");
            let errors = &mut self.errors;
            let person = |position| Declared::Here(Actor::Person(PersonIx(position)));
            let team = |position| Declared::Here(Actor::Team(TeamIx(position)));
            declare(people, &mut self.actors, person, &mut parts.people, errors);
            declare(products, &mut self.products, ProductIx, &mut parts.products, errors);
            declare(teams, &mut self.actors, team, &mut parts.teams, errors);
            declare(backlogs, &mut self.backlog_entries, |position| position as usize, &mut parts.backlogs, errors);
            declare(openings, &mut self.openings, OpeningIx, &mut parts.openings, errors);
            parts.rhythm.extend(items(rhythm));
            parts.duties.extend(entries(duties));
            parts.accepted.extend(items(accepted));
        }
        let named = |(id, document::Member(facts)): &(Id<'a>, document::Member<'a>)| {
            facts.name.as_ref().map(|name| (name.value.text.clone(), id.id.clone()))
        };
        self.names = parts.people.iter().filter_map(named).collect();
        parts
    }

    /// Takes people out of the organization, and returns who they were. Their ids stay declared.
    fn leave(
        &mut self,
        people: &mut Vec<(Id<'a>, document::Member<'a>)>,
        without: &[String],
        namesakes: &Namesakes,
    ) -> Vec<Left> {
        let mut left = Vec::new();
        people.retain(|(id, document::Member(facts))| {
            let leaves = without.iter().any(|leaving| *leaving == id.id);
            if leaves {
                let name = full_name(id, &facts.name);
                let label = namesakes.told_apart(name, &id.id).unwrap_or_else(|| name.into()).into_string();
                left.push(Left { id: id.id.to_string(), name: name.to_owned(), label });
                self.actors.replace(&id.id, Declared::Left);
            }
            !leaves
        });
        self.leaving = !left.is_empty();
        if self.leaving {
            for (index, (id, _)) in people.iter().enumerate() {
                self.actors.replace(&id.id, Declared::Here(Actor::Person(PersonIx(index as u32))));
            }
        }
        left
    }

    /// Keeps the first of a key that all files together can give once.
    fn once<T>(&mut self, kept: &mut Said<T>, given: Said<T>, key: &str) {
        match (kept.as_ref(), given) {
            (None, given) => *kept = given,
            (Some(first), Some(again)) => {
                let problem = Problem::new(again.key, format!("`{key}` stands in a second file"), "Keep it in one of the files.");
                self.errors.push(problem.label(first.key, "it stands here first"));
            }
            (Some(_), None) => {}
        }
    }

    /// The area in which the next duty stands.
    fn area(&mut self, name: Cow<'a, str>) -> AreaIx {
        let position = AreaIx(self.areas.len() as u16);
        let area = self.areas.entry(name).or_insert_with(|| Area { position, duties: Vec::new() });
        area.duties.push(DutyIx(self.duties.len() as u16));
        area.position
    }

    fn add_duty(&mut self, duty: Duty<'a>) {
        self.duty_ids.insert(duty.id.clone(), DutyIx(self.duties.len() as u16));
        self.duties.push(duty);
    }

    /// Declares the company's own duties, each of which may be asked of so many products, teams and openings.
    fn own_duties(&mut self, duties: Vec<(Id<'a>, document::OwnDuty<'a>)>, subjects: usize) {
        let mut places: FxHashMap<String, Id<'a>> = FxHashMap::default();
        let most = (MOST_QUESTIONS / subjects.max(1)).min(MOST_DUTIES - catalogue::DUTIES.len());
        for (id, facts) in duties {
            let area = id.id.split_once('.').filter(|(area, name)| !area.is_empty() && !name.is_empty()).map(|(area, _)| area);
            let Some(area) = area else {
                let help = format!("Write an area and a name, such as `compliance.{}`.", id.id.trim_matches('.'));
                self.errors.push(Problem::new(id.at, format!("`{}` is no duty: a dot is missing", id.id), help));
                continue;
            };
            if catalogue::DUTIES.iter().any(|duty| duty.area() == area) {
                let help = "Choose an area of your own; the built-in duties keep theirs.";
                self.errors.push(Problem::new(id.at, format!("the area `{area}` is built in"), help));
                continue;
            }
            let folded = id.id.to_lowercase();
            if let Some(first) = places.get(&folded) {
                let message = if first.id == id.id {
                    format!("the duty `{}` is declared a second time", id.id)
                } else {
                    format!("the duties `{}` and `{}` differ in case only", id.id, first.id)
                };
                let problem = Problem::new(id.at, message, "Keep one of the two.");
                self.errors.push(problem.label(first.at, "it is declared here first"));
                continue;
            }
            places.insert(folded, id.clone());
            if self.duties.len() - catalogue::DUTIES.len() >= most {
                let message =
                    format!("there are more than {most} duties of your own, for {subjects} products, teams and openings");
                self.errors.push(Problem::new(id.at, message, "Join duties that belong together."));
                return;
            }
            let area = self.area(area.to_owned().into());
            let level = match facts.level {
                DutyLevel::Product => Level::Product,
                DutyLevel::Team => Level::Team,
                DutyLevel::Organization => Level::Organization,
            };
            self.add_duty(Duty { id: id.id, meaning: facts.meaning.text, level, area, built_in: None, required: facts.required });
        }
    }

    fn product(&mut self, id: Id<'a>, facts: Box<document::Product<'a>>, namesakes: &Namesakes) -> Product<'a> {
        let told_apart = namesakes.told_apart(full_name(&id, &facts.name), &id.id);
        let (seats, rights, teams, metric_owners, backlogs, openings) = Default::default();
        let (roles, records_core, signals) = Default::default();
        Product {
            id,
            facts,
            told_apart,
            seats,
            rights,
            teams,
            metric_owners,
            roles,
            openings,
            records_core,
            signals,
            backlogs,
            audited: true,
        }
    }

    fn team(&mut self, id: Id<'a>, facts: Box<document::Team<'a>>, namesakes: &Namesakes) -> Team<'a> {
        let told_apart = namesakes.told_apart(full_name(&id, &facts.name), &id.id);
        let mut products = Few::new();
        for value::ProductId(product) in facts.product.iter().flat_map(|list| &list.value.items) {
            if let Some(product) = self.product_of(product).filter(|product| !products.contains(product)) {
                products.push(product);
            }
        }
        let takes_work_from = facts.takes_work_from.as_ref().map(|given| Box::new(self.parties(given)));
        let mut developers = Vec::new();
        if let Some(value::Either::Other(named)) = facts.developers.as_ref().map(|given| &given.value) {
            developers.extend(named.named.iter().filter_map(|developer| self.person_of(developer)));
        }
        let (seats, rights) = Default::default();
        Team { id, facts, told_apart, products, backlog: None, takes_work_from, developers, seats, rights, audited: true }
    }

    fn people(&mut self, org: &mut Org<'a>) {
        for index in 0..org.people.len() {
            org.people[index].reports_to = org.people[index].facts.reports_to.as_ref().and_then(|id| self.person_of(&id.value.0));
        }
        for product in &mut org.products {
            let facts = &product.facts;
            for metric in facts.metrics.iter().flat_map(|list| &list.value.items) {
                let owner = metric.owner.as_ref().and_then(|owner| self.actor_of(&owner.value.0, ACTOR));
                product.metric_owners.push(owner);
            }
            let body = facts.coordination.as_ref().and_then(|given| given.value.body.as_ref());
            if let Some(Actor::Person(body)) = body.and_then(|body| self.actor_of(&body.value.0, ACTOR)) {
                org.people[body.0 as usize].coordinates = true;
            }
        }
    }

    fn seats(&mut self, org: &mut Org<'a>) {
        for index in 0..org.teams.len() {
            let position = TeamIx(index as u32);
            for product in org.teams[index].products.clone() {
                org.products[product.0 as usize].teams.push(position);
            }
        }
        for index in 0..org.products.len() {
            let facts = &org.products[index].facts;
            let written = [
                (SeatKind::ProductManager, &facts.product_manager),
                (SeatKind::ProductOwner, &facts.product_owner),
                (SeatKind::ProductMarketingManager, &facts.product_marketing_manager),
                (SeatKind::ProjectManager, &facts.project_manager),
            ];
            let seats = self.written_seats(&written, &org.people);
            org.products[index].seats = seats;
        }
        for index in 0..org.teams.len() {
            let facts = &org.teams[index].facts;
            let written = [
                (SeatKind::ProductManager, &facts.product_manager),
                (SeatKind::ProductOwner, &facts.product_owner),
                (SeatKind::ProductMarketingManager, &facts.product_marketing_manager),
                (SeatKind::ProjectManager, &facts.project_manager),
                (SeatKind::ScrumMaster, &facts.scrum_master),
            ];
            let seats = self.written_seats(&written, &org.people);
            org.teams[index].seats = seats;
        }
    }

    fn written_seats(&mut self, written: &[(SeatKind, &Said<value::Seat<'a>>)], people: &[Person<'a>]) -> Vec<(SeatKind, Seat)> {
        let given = written.iter().filter_map(|(kind, given)| Some((*kind, given.as_ref()?)));
        let mut seats = Vec::with_capacity(given.clone().count());
        seats.extend(given.map(|(kind, given)| (kind, self.seat(given, people))));
        seats
    }

    fn seat(&mut self, given: &Given<value::Seat<'a>>, people: &[Person<'a>]) -> Seat {
        let (holders, interim, ended) = Default::default();
        let mut seat = Seat { key: given.key, at: given.value.at, holders, interim, ended, left: false };
        for holder in &given.value.holders {
            let Some(actor) = self.actor_of(&holder.person, ACTOR) else {
                seat.left |= self.has_left(&holder.person);
                continue;
            };
            match holder.until {
                Some(Until::Day(until)) => {
                    if let Actor::Person(person) = actor {
                        self.refuse_end_before_start(until, &people[person.0 as usize]);
                    }
                    if until.date < self.as_of {
                        seat.ended.push((actor, until));
                        continue;
                    }
                    seat.interim.push((actor, Some(until)));
                }
                Some(Until::Unknown) => seat.interim.push((actor, None)),
                None => {}
            }
            seat.holders.push(Holder { actor, at: holder.person.at });
        }
        seat
    }

    fn refuse_end_before_start(&mut self, until: Day, person: &Person<'a>) {
        if let Some(since) = person.facts.since.as_ref().filter(|since| until.date < since.value.date) {
            let message = format!("this ends on {}, before {} began on {}", until.date, person.name(), since.value.date);
            let problem = Problem::new(until.at, message, "Correct one of the two days.");
            self.errors.push(problem.label(since.value.at, "it begins here"));
        }
    }

    fn meetings(&mut self, org: &mut Org<'a>, rhythm: Vec<document::Meeting<'a>>) {
        for meeting in rhythm {
            let (Some(who), Some(every)) = (meeting.who, meeting.every) else { continue };
            let named = who.value.0.named;
            let customers = named.iter().any(|id| id.id == value::CUSTOMERS);
            let others = named.iter().filter(|id| id.id != value::CUSTOMERS);
            let who = others.filter_map(|id| self.party(id)).collect();
            let (at, every_days, kind) = (meeting.at, every.value.days(), meeting.kind.map(|kind| kind.value));
            org.rhythm.push(Meeting { at, who, customers, every_days, kind });
        }
    }

    fn openings(&mut self, org: &mut Org<'a>, openings: Vec<(Id<'a>, document::Opening<'a>)>) {
        for (id, facts) in openings {
            let mut products = Few::new();
            for value::ProductId(product) in facts.product.iter().flat_map(|list| &list.value.items) {
                products.extend(self.product_of(product));
            }
            let mut teams = Few::new();
            for value::TeamId(team) in facts.teams.iter().flat_map(|list| &list.value.items) {
                teams.extend(self.team_of(team));
            }
            let mut decides = Vec::new();
            for value::DutyOrArea(duty) in facts.decides.iter().flat_map(|list| &list.value.items) {
                decides.extend(self.duties_of(duty));
            }
            if let Some(value::Either::Other(shares)) = facts.shares.as_ref().map(|given| &given.value) {
                for value::DutyOrArea(duty) in &shares.items {
                    self.duties_of(duty);
                }
            }
            for parties in [&facts.input, &facts.final_call].into_iter().flatten() {
                self.parties(parties);
            }
            let approves = facts.approves.as_ref().map(|approves| Box::new(self.parties(approves)));
            let position = OpeningIx(org.openings.len() as u32);
            let of_teams = teams.iter().flat_map(|team: &TeamIx| org.teams[team.0 as usize].products.clone());
            for product in products.iter().copied().chain(of_teams) {
                let openings = &mut org.products[product.0 as usize].openings;
                if openings.last() != Some(&position) {
                    openings.push(position);
                }
            }
            org.openings.push(Opening { id, facts, products, teams, decides, approves });
        }
    }

    fn accepted(&mut self, org: &mut Org<'a>, accepted: Vec<document::Accepted<'a>>) {
        // A product may have the id of one of its teams; the backlog of the product stands first.
        let backlogs = positions_of(&org.backlogs, BacklogIx).rev();
        let backlogs = backlogs.filter(|_| !accepted.is_empty()).map(|(position, backlog)| (backlog.id.clone(), position));
        let backlogs: FxHashMap<Cow<'a, str>, BacklogIx> = backlogs.collect();
        for facts in accepted {
            let rule = facts.rule.map(|rule| self.rule_of(rule.value.0));
            let subject = facts.subject.and_then(|subject| self.subject_of(&subject.value.0, &backlogs));
            let duty = facts.duty.and_then(|duty| self.duty_of(&duty.value.0));
            let by = facts.by.and_then(|by| self.person_of(&by.value.0));
            let until = facts.until.map(|until| until.value);
            // What lacks a key or names nothing was reported.
            let because = facts.because.map(|because| because.value.0);
            if let (Some((at, rule)), Some(subject), Some(because)) = (rule, subject, because) {
                org.accepted.push(Accepted { rule, at, subject, duty, because, by, until });
            }
        }
    }

    /// The rule of a name, and where it stands. One that is not known may be a newer roleaudit's; one that nearly is a known one is
    /// misspelled.
    fn rule_of(&mut self, name: Id<'a>) -> (Span, Result<&'static Rule, Id<'a>>) {
        let at = name.at;
        let rule = rules::rule(&name.id);
        if let (None, Some(close)) = (rule, hints::closest(&name.id, RULES.iter().map(|rule| rule.name))) {
            let message = format!("there is no rule `{}`", hints::shortened(&name.id));
            self.errors.push(Problem::new(at, message, format!("Did you mean `{close}`?")));
        }
        (at, rule.ok_or(name))
    }

    /// The subject that `accepted[].at` names.
    fn subject_of(&mut self, text: &value::Text<'a>, backlogs: &FxHashMap<Cow<'a, str>, BacklogIx>) -> Option<Subject> {
        if text.text == "organization" {
            return Some(Subject::Organization);
        }
        let id = |rest: &str| Id { id: rest.to_owned().into(), at: text.at };
        match value::normalized(text.text.as_ref().into()).split_once('.') {
            Some(("products", rest)) => self.product_of(&id(rest)).map(Subject::Product),
            Some(("teams", rest)) => self.team_of(&id(rest)).map(Subject::Team),
            Some(("people", rest)) => self.person_of(&id(rest)).map(Subject::Person),
            Some(("openings", rest)) => {
                let opening = self.openings.get(rest).map(Subject::Opening);
                self.or_undeclared(opening, &id(rest), ("an opening", "`openings`"), |linker| {
                    linker.openings.closest(rest).map(str::to_owned)
                })
            }
            Some(("backlogs", rest)) => {
                let backlog = backlogs.get(rest).copied().map(Subject::Backlog);
                self.or_undeclared(backlog, &id(rest), ("a backlog", "`backlogs`"), |_| {
                    let mut known: Vec<&str> = backlogs.keys().map(AsRef::as_ref).collect();
                    known.sort_unstable();
                    hints::closest(rest, known.into_iter()).map(str::to_owned)
                })
            }
            _ => {
                let help = match self.meant_subject(&text.text) {
                    Some(meant) => format!("Did you mean `{meant}`?"),
                    None => {
                        "Write `products.ID`, `teams.ID`, `people.ID`, `backlogs.ID`, `openings.ID` or `organization`.".to_owned()
                    }
                };
                let message = format!("`{}` names no subject of a finding", hints::shortened(&text.text));
                self.errors.push(Problem::new(text.at, message, help));
                None
            }
        }
    }

    fn meant_subject(&self, written: &str) -> Option<String> {
        let kinds = ["products", "teams", "people", "backlogs", "openings"];
        if let Some((kind, id)) = written.split_once('.').filter(|(_, id)| !id.is_empty()) {
            return hints::closest(kind, kinds.into_iter()).map(|kind| format!("{kind}.{id}"));
        }
        match self.actors.get(written) {
            _ if self.products.get(written).is_some() => Some(format!("products.{written}")),
            Some(Declared::Here(Actor::Team(_))) => Some(format!("teams.{written}")),
            Some(Declared::Here(Actor::Person(_)) | Declared::Left) => Some(format!("people.{written}")),
            None => hints::closest(written, ["organization"].into_iter()).map(str::to_owned),
        }
    }

    fn check_dates(&mut self, org: &Org<'a>) {
        let updated = org.products.iter().filter_map(|product| product.facts.roadmap.as_ref()?.value.updated.as_ref());
        let refined = org.backlogs.iter().filter_map(|backlog| backlog.facts.as_ref()?.refined.as_ref());
        let contacts = org.people.iter().filter_map(|person| person.facts.last_customer_contact.as_ref());
        for day in updated.chain(refined).chain(contacts).filter(|day| day.value.date > org.as_of) {
            let message = format!("{} lies after {}, the day of this audit", day.value.date, org.as_of);
            let help = "It is read as if it had just happened; correct it, or audit a later day with `--as-of`.";
            self.warnings.push(Problem::new(day.value.at, message, help));
        }
    }
}

/// Declares the ids of a map at the positions behind those that are kept already, and keeps what is said of each. An id that is taken
/// is reported, and what is said of it a second time is dropped.
fn declare<'a, T, P: Copy>(
    map: Said<IdMap<'a, T>>,
    ids: &mut Ids<'a, P>,
    position: impl Fn(u32) -> P,
    kept: &mut Vec<(Id<'a>, T)>,
    errors: &mut Vec<Problem>,
) {
    let entries = map.map(|given| given.value.entries).unwrap_or_default();
    ids.reserve(entries.len());
    kept.reserve(entries.len());
    for (id, facts) in entries {
        match ids.declare(&id, position(kept.len() as u32)) {
            Ok(()) => kept.push((id, facts)),
            Err(problem) => errors.push(problem),
        }
    }
}

fn entries<'a, T>(map: Said<IdMap<'a, T>>) -> impl Iterator<Item = (Id<'a>, T)> {
    map.into_iter().flat_map(|given| given.value.entries)
}

fn items<T>(list: Said<List<T>>) -> impl Iterator<Item = T> {
    list.into_iter().flat_map(|given| given.value.items)
}

/// Takes what is not in use out of the audit: retired products, ideas without a team, and what belongs to such products alone.
fn mark_audited(org: &mut Org<'_>) {
    for product in &mut org.products {
        product.audited = match product.facts.stage.as_ref().map(|stage| stage.value) {
            Some(ProductStage::Retired) => false,
            Some(ProductStage::Idea) => !product.teams.is_empty(),
            Some(ProductStage::Building | ProductStage::Live) | None => true,
        };
    }
    let in_audit = |products: &[ProductIx], all: &[Product<'_>]| {
        products.is_empty() || products.iter().any(|product| all[product.0 as usize].audited)
    };
    for team in &mut org.teams {
        team.audited = in_audit(&team.products, &org.products);
    }
    for backlog in &mut org.backlogs {
        backlog.audited = in_audit(&backlog.products, &org.products);
    }
}

/// Tells every product which roles and symptoms there are, and whether its core is recorded.
fn mark_products(org: &mut Org<'_>) {
    let products: Vec<ProductIx> = positions_of(&org.products, ProductIx).map(|(product, _)| product).collect();
    let worth_it = org.is_worth_threads();
    let roles = parallel::each(worth_it, &products, |product| Roles::of(org, *product));
    for (product, roles) in org.products.iter_mut().zip(roles) {
        product.roles = roles;
    }
    // The people of a product, whose symptoms count for it, are in its roles.
    let marks = parallel::each(worth_it, &products, |product| (org.has_core_record(*product), org.signals_for(*product)));
    for (product, (records_core, signals)) in org.products.iter_mut().zip(marks) {
        (product.records_core, product.signals) = (records_core, signals);
    }
}

/// Tells everybody which duties they decide.
fn mark_deciders(org: &mut Org<'_>) {
    let mut decided: Vec<Decided> = vec![Decided::default(); org.people.len()];
    for (duty, _, decision) in org.all_decisions() {
        for person in decision.deciders().iter().filter_map(|decider| decider.actor.person()) {
            decided[person.0 as usize].add(duty);
        }
    }
    for (person, decided) in org.people.iter_mut().zip(decided) {
        person.decides = decided;
    }
}

/// Tells everybody which seats they hold.
fn mark_seats(org: &mut Org<'_>) {
    let of_products = positions_of(&org.products, ProductIx).map(|(product, facts)| (Subject::Product(product), &facts.seats));
    let of_teams = positions_of(&org.teams, TeamIx).map(|(team, facts)| (Subject::Team(team), &facts.seats));
    for (of, seats) in of_products.chain(of_teams) {
        for (kind, holder) in seats.iter().flat_map(|(kind, seat)| seat.holders.iter().map(|holder| (*kind, holder))) {
            if let Actor::Person(person) = holder.actor {
                org.people[person.0 as usize].seats.push(HeldSeat { kind, of, at: holder.at });
            }
        }
    }
}

/// Marks those for whom nothing is recorded but that they lead the product people.
fn mark_people_leaders(org: &mut Org<'_>) {
    let mut decides: FxHashMap<PersonIx, bool> = FxHashMap::default();
    for record in &org.records {
        let leads = record.covers == Covers::Duty(catalogue::duties::PEOPLE_MANAGE);
        for party in record.decides.iter().flat_map(|decides| &decides.named) {
            if let Who::Actor(Actor::Person(person)) = party.who {
                let only = decides.entry(person).or_insert(true);
                *only &= leads;
            }
        }
    }
    for (person, only_leads) in decides {
        org.people[person.0 as usize].only_leads_people = only_leads;
    }
}
