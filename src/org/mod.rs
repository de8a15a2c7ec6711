//! The organization as it is meant: ids resolved, seats held, backlogs found. What rules ask of it is in the files below, one
//! concept each; nothing in here can fail.
//!
//! - [`link`]: from documents to the organization; the only part that returns input errors
//! - [`seats`]: who holds a seat, and what a seat word means where
//! - [`backlogs`]: who owns a backlog
//! - [`decide`]: who decides a duty
//! - [`rights`]: who holds which right in a duty
//! - [`alone`]: what depends on one person alone
//! - [`model`]: which of the documents' models a product follows
//! - [`recorded`]: whether anything is recorded at all
//! - [`rhythm`]: who meets whom
//! - [`signals`]: which symptoms were observed
//! - [`metrics`]: how success is measured
//! - [`load`]: how much a person serves
//! - [`leaders`]: what leaders decide in place of the product people

pub mod alone;
pub mod backlogs;
pub mod decide;
pub mod leaders;
pub mod link;
pub mod load;
pub mod metrics;
pub mod model;
pub mod recorded;
pub mod rhythm;
pub mod rights;
pub mod seats;
pub mod signals;

use crate::catalogue::{self, DutyIx, Level};
use crate::document;
use crate::document::value::{Count, Day, Either, Id, Said, Text};
use crate::parallel;
use crate::rules::Rule;
use crate::source::Span;
pub use decide::{Answer, Decided, Decider, Decision, Decisions, Few};
use jiff::civil::Date;
use link::Namesakes;
use model::Roles;
use rhythm::Gatherings;
use rustc_hash::FxHashSet;
use seats::{HeldSeat, Holder, Seat, SeatKind};
use signals::Observed;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::hash::Hash;
use std::ops::Index;

/// Writes the type of a position in one of the organization's lists, and how to get what stands there.
macro_rules! positions {
    ($($(#[doc = $about:literal])* $name:ident => $list:ident: $type:ident,)*) => {$(
        $(#[doc = $about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);

        impl<'a> Index<$name> for Org<'a> {
            type Output = $type<'a>;

            fn index(&self, at: $name) -> &Self::Output {
                &self.$list[at.0 as usize]
            }
        }
    )*};
}

positions! {
    /// A person or group of the organization.
    PersonIx => people: Person,
    /// A product of the organization.
    ProductIx => products: Product,
    /// A team of the organization.
    TeamIx => teams: Team,
    /// A backlog of the organization.
    BacklogIx => backlogs: Backlog,
    /// An opening of the organization.
    OpeningIx => openings: Opening,
    /// A record of who holds which right in a duty or area.
    RecordIx => records: Record,
}

impl<'a> Index<DutyIx> for Org<'a> {
    type Output = Duty<'a>;

    fn index(&self, at: DutyIx) -> &Self::Output {
        &self.duties[at.0 as usize]
    }
}

/// One organization, linked.
#[derive(Debug)]
pub struct Org<'a> {
    /// The day that it speaks of.
    pub as_of: Date,
    /// The day that its files name, if they do.
    pub dated: Option<Date>,
    /// What is said of the organization as a whole.
    pub facts: document::Organization<'a>,
    /// Where the organization stands, for findings about it; the first file's beginning if no file has the key.
    pub at: Span,
    /// People and groups, in the order of the files.
    pub people: Vec<Person<'a>>,
    /// Products, in the order of the files.
    pub products: Vec<Product<'a>>,
    /// Teams, in the order of the files.
    pub teams: Vec<Team<'a>>,
    /// Backlogs that exist, in the order of what they belong to: products, teams, entries of `backlogs`.
    pub backlogs: Vec<Backlog<'a>>,
    /// Roles that are to be filled.
    pub openings: Vec<Opening<'a>>,
    /// Who meets whom.
    pub rhythm: Vec<Meeting>,
    /// The built-in duties, then the company's own.
    pub duties: Vec<Duty<'a>>,
    /// All records of rights; maps hold positions in it.
    pub records: Vec<Record<'a>>,
    /// The rights written for every product and team: what each covers, and its record; in the order of what they cover.
    pub rights: Vec<(Covers, RecordIx)>,
    /// Risks taken knowingly.
    pub accepted: Vec<Accepted<'a>>,
    /// Who decides which duty.
    pub decisions: Decisions,
    /// Who takes part in which meeting.
    pub gatherings: Gatherings,
    /// Whether symptoms are recorded on people, and not only on products and teams.
    pub observes_people: bool,
    /// How many team files it was read from.
    pub files: usize,
    /// Those who are declared and seen as having left, in the order of the files.
    pub left: Vec<Left>,
}

/// Someone who is seen as having left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The id.
    pub id: String,
    /// The full name, else the id.
    pub name: String,
    /// The name; where several have it, with the id.
    pub label: String,
}

/// A person or a group.
#[derive(Debug)]
pub struct Person<'a> {
    /// Its id, where it is declared.
    pub id: Id<'a>,
    /// What the file says.
    pub facts: Box<document::Person<'a>>,
    /// The name with the id behind it, where others have the same name.
    pub told_apart: Option<Box<str>>,
    /// The person reported to.
    pub reports_to: Option<PersonIx>,
    /// Whether the only right recorded for this person by id is to lead the product people.
    pub only_leads_people: bool,
    /// The duties that are decided here by record, wherever that is.
    pub decides: Decided,
    /// The seats that this person or group holds: of products, then of teams, in the order of the files.
    pub seats: Few<HeldSeat>,
    /// Whether this is the body that coordinates the teams of a product.
    pub coordinates: bool,
}

/// A product.
#[derive(Debug)]
pub struct Product<'a> {
    /// Its id, where it is declared.
    pub id: Id<'a>,
    /// What the file says.
    pub facts: Box<document::Product<'a>>,
    /// The name with the id behind it, where others have the same name.
    pub told_apart: Option<Box<str>>,
    /// Its seats that were written.
    pub seats: Vec<(SeatKind, Seat)>,
    /// The rights recorded on it: what each covers, and its record; in the order of what they cover.
    pub rights: Vec<(Covers, RecordIx)>,
    /// The teams that work on it.
    pub teams: Few<TeamIx>,
    /// Who answers for each of its metrics, in the order of the file.
    pub metric_owners: Vec<Option<Actor>>,
    /// Who holds its seats and those of its teams, and what follows from that.
    pub roles: Roles,
    /// The openings for it or for one of its teams.
    pub openings: Few<OpeningIx>,
    /// Whether at least one core duty is recorded for it.
    pub records_core: bool,
    /// The symptoms that count for it, each once.
    pub signals: Vec<Observed>,
    /// Its own backlog, if that exists, and those of its teams; each once.
    pub backlogs: Few<BacklogIx>,
    /// Whether rules look at it: retired products are only loaded, ideas without a team too.
    pub audited: bool,
}

/// A team.
#[derive(Debug)]
pub struct Team<'a> {
    /// Its id, where it is declared.
    pub id: Id<'a>,
    /// What the file says.
    pub facts: Box<document::Team<'a>>,
    /// The name with the id behind it, where others have the same name.
    pub told_apart: Option<Box<str>>,
    /// The products that it works on.
    pub products: Few<ProductIx>,
    /// The backlog that it works from; none if it has no product and names no backlog.
    pub backlog: Option<BacklogIx>,
    /// Those who give it work beside its backlog, if that is recorded.
    pub takes_work_from: Option<Box<Parties>>,
    /// Its developers, where they are named.
    pub developers: Vec<PersonIx>,
    /// Its seats that were written.
    pub seats: Vec<(SeatKind, Seat)>,
    /// The rights recorded on it: what each covers, and its record; in the order of what they cover.
    pub rights: Vec<(Covers, RecordIx)>,
    /// Whether rules look at it: not if all its products are out of the audit.
    pub audited: bool,
}

/// A backlog that exists.
#[derive(Debug)]
pub struct Backlog<'a> {
    /// Its id: that of its product, its team or its entry under `backlogs`.
    pub id: Cow<'a, str>,
    /// Where it stands: its entry under `backlogs`, else its product or team.
    pub at: Span,
    /// What it belongs to.
    pub origin: Origin,
    /// What `backlogs` says of it.
    pub facts: Option<document::Backlog<'a>>,
    /// Those whom `can-reorder` names.
    pub can_reorder: Option<Parties>,
    /// The teams that work from it.
    pub teams: Few<TeamIx>,
    /// How many of them are in the audit and not only planned.
    pub built_teams: usize,
    /// The products that it is for: of a product's own backlog that product, else those of its teams.
    pub products: Few<ProductIx>,
    /// The backlog that it only shows.
    pub view_of: Option<BacklogIx>,
    /// The backlogs that only show this one.
    pub views: Few<BacklogIx>,
    /// The backlog that is really there: of a view, the one that it shows in the end.
    pub shown: BacklogIx,
    /// Those who own it by a seat of its own; each once.
    pub own_owners: Few<Holder>,
    /// The backlog whose owners are its owners: of a view without one of its own, the next with one that it shows.
    pub owned_as: BacklogIx,
    /// Whether rules look at it.
    pub audited: bool,
}

/// What a backlog belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// It is a product's own.
    Product(ProductIx),
    /// It is a team's own.
    Team(TeamIx),
    /// It is an entry of `backlogs` and neither a product's nor a team's.
    Entry,
}

/// A role that is to be filled.
#[derive(Debug)]
pub struct Opening<'a> {
    /// Its id, where it is declared.
    pub id: Id<'a>,
    /// What the file says.
    pub facts: document::Opening<'a>,
    /// The products that it is for.
    pub products: Few<ProductIx>,
    /// The teams that it is for.
    pub teams: Few<TeamIx>,
    /// The duties that it decides.
    pub decides: Vec<DutyIx>,
    /// Who must approve all that it decides.
    pub approves: Option<Box<Parties>>,
}

/// A regular meeting.
#[derive(Debug)]
pub struct Meeting {
    /// Where it stands.
    pub at: Span,
    /// Who meets, without the customers.
    pub who: Vec<Party>,
    /// Whether customers take part.
    pub customers: bool,
    /// How many days lie between two of them, rounded up.
    pub every_days: u32,
    /// What kind of meeting it is, if said.
    pub kind: Option<document::MeetingKind>,
}

/// A risk taken knowingly.
#[derive(Debug)]
pub struct Accepted<'a> {
    /// The rule of the finding: one of this version, or a name that only another version may know.
    pub rule: Result<&'static Rule, Id<'a>>,
    /// Where the rule is named.
    pub at: Span,
    /// The subject of the finding.
    pub subject: Subject,
    /// The duty of the finding, if only that one is accepted.
    pub duty: Option<DutyIx>,
    /// Why it is accepted.
    pub because: Text<'a>,
    /// Who accepts it.
    pub by: Option<PersonIx>,
    /// The last day on which it is accepted.
    pub until: Option<Day>,
}

/// A duty: built in, or the company's own.
#[derive(Debug)]
pub struct Duty<'a> {
    /// Its id, such as `backlog.order`.
    pub id: Cow<'a, str>,
    /// What is to be done.
    pub meaning: Cow<'a, str>,
    /// Where its decider is looked up.
    pub level: Level,
    /// The area before the dot.
    pub area: AreaIx,
    /// The entry of the catalogue, if it is built in.
    pub built_in: Option<&'static catalogue::Duty>,
    /// Whether it is one of the company's own that has to have an owner.
    pub required: bool,
}

/// The area of a duty, such as `backlog`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaIx(pub(crate) u16);

/// A person, group or team that can hold a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// A person or group.
    Person(PersonIx),
    /// A team as one actor.
    Team(TeamIx),
}

impl Actor {
    /// The person or group; none if it is a team.
    pub fn person(self) -> Option<PersonIx> {
        match self {
            Actor::Person(person) => Some(person),
            Actor::Team(_) => None,
        }
    }
}

/// Who is named: an actor, or a word for whoever holds a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    /// A person, group or team by id.
    Actor(Actor),
    /// Whoever holds the seat where the duty is looked up.
    Seat(SeatKind),
    /// The team where the duty is looked up, as one actor.
    Developers,
}

/// One who is named, and where.
#[derive(Clone, Copy, Debug)]
pub struct Party {
    /// Who it is.
    pub who: Who,
    /// Where it is written.
    pub at: Span,
}

/// Those who are named under a key; empty for `nobody`.
#[derive(Clone, Debug)]
pub struct Parties {
    /// Where the key stands.
    pub key: Span,
    /// The value.
    pub at: Span,
    /// Who is named.
    pub named: Vec<Party>,
    /// Whether someone is named who is seen as having left.
    pub left: bool,
}

/// One entry of `responsibilities`.
#[derive(Debug)]
pub struct Record<'a> {
    /// What it covers.
    pub covers: Covers,
    /// Where its key stands.
    pub at: Span,
    /// Whose map it stands in.
    pub scope: Scope,
    /// Who decides. Absent if the record does not say so, or if it has ended.
    pub decides: Option<Parties>,
    /// The last day of a right that is temporary and has not ended.
    pub until: Option<Day>,
    /// Whether the right is temporary without a day on which it ends.
    pub ends_some_day: bool,
    /// Who decided until the record ended, if it has ended.
    pub ended: Option<Box<(Parties, Day)>>,
    /// Who carries it out.
    pub does: Option<Box<Parties>>,
    /// Who is asked before.
    pub input: Option<Box<Parties>>,
    /// Who is told after.
    pub informed: Option<Box<Parties>>,
    /// Who must say yes every time.
    pub approves: Option<Box<Parties>>,
    /// The last resort.
    pub escalates_to: Option<Box<Parties>>,
    /// Who tells the team.
    pub communicates: Option<Box<Parties>>,
    /// Who decides while the decider is away.
    pub deputy: Option<Box<Parties>>,
    /// Why nobody needs to own it here.
    pub not_applicable: Option<Box<Text<'a>>>,
    /// Free text.
    pub note: Option<Box<Text<'a>>>,
}

/// What a record covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Covers {
    /// One duty by name.
    Duty(DutyIx),
    /// Every duty of an area that the map does not name.
    Area(AreaIx),
}

/// Whose map of responsibilities a record stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The organization's.
    Organization,
    /// A product's.
    Product(ProductIx),
    /// A team's.
    Team(TeamIx),
}

/// What a finding is about, and where a duty is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The organization.
    Organization,
    /// A product.
    Product(ProductIx),
    /// A team.
    Team(TeamIx),
    /// A person or group.
    Person(PersonIx),
    /// A backlog.
    Backlog(BacklogIx),
    /// An opening.
    Opening(OpeningIx),
}

impl From<Scope> for Subject {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Organization => Subject::Organization,
            Scope::Product(product) => Subject::Product(product),
            Scope::Team(team) => Subject::Team(team),
        }
    }
}

fn positions_of<T, P>(list: &[T], position: fn(u32) -> P) -> impl DoubleEndedIterator<Item = (P, &T)> {
    list.iter().enumerate().map(move |(index, item)| (position(index as u32), item))
}

impl<'a> Org<'a> {
    /// Whether it is so large that other threads save time.
    pub(crate) fn is_worth_threads(&self) -> bool {
        self.people.len() + self.products.len() + self.teams.len() >= parallel::LARGE
    }

    /// Everybody, with their positions.
    pub fn people(&self) -> impl Iterator<Item = (PersonIx, &Person<'a>)> {
        positions_of(&self.people, PersonIx)
    }

    /// Every product, with its position.
    pub fn products(&self) -> impl Iterator<Item = (ProductIx, &Product<'a>)> {
        positions_of(&self.products, ProductIx)
    }

    /// Every team, with its position.
    pub fn teams(&self) -> impl Iterator<Item = (TeamIx, &Team<'a>)> {
        positions_of(&self.teams, TeamIx)
    }

    /// The products that rules look at.
    pub fn audited_products(&self) -> impl Iterator<Item = (ProductIx, &Product<'a>)> {
        self.products().filter(|(_, product)| product.audited)
    }

    /// The teams that rules look at.
    pub fn audited_teams(&self) -> impl Iterator<Item = (TeamIx, &Team<'a>)> {
        self.teams().filter(|(_, team)| team.audited)
    }

    /// The backlogs that rules look at, also those that only show another one.
    pub fn audited_backlogs(&self) -> impl Iterator<Item = (BacklogIx, &Backlog<'a>)> {
        positions_of(&self.backlogs, BacklogIx).filter(|(_, backlog)| backlog.audited)
    }

    /// The product of an id.
    pub fn product(&self, id: &str) -> Option<ProductIx> {
        self.products().find(|(_, product)| product.id.id == id).map(|(position, _)| position)
    }

    /// The team of an id.
    pub fn team(&self, id: &str) -> Option<TeamIx> {
        self.teams().find(|(_, team)| team.id.id == id).map(|(position, _)| position)
    }

    /// The openings.
    pub fn openings(&self) -> impl Iterator<Item = (OpeningIx, &Opening<'a>)> {
        positions_of(&self.openings, OpeningIx)
    }

    /// The openings that rules look at: not those for products and teams that are out of the audit alone.
    pub fn audited_openings(&self) -> impl Iterator<Item = (OpeningIx, &Opening<'a>)> {
        let is_audited = |opening: &Opening<'a>| {
            let is_for_nothing = opening.products.is_empty() && opening.teams.is_empty();
            let of_products = opening.products.iter().any(|product| self[*product].audited);
            is_for_nothing || of_products || opening.teams.iter().any(|team| self[*team].audited)
        };
        self.openings().filter(move |(_, opening)| is_audited(opening))
    }

    /// The openings for a product or for one of its teams.
    pub fn openings_of(&self, product: ProductIx) -> impl Iterator<Item = (OpeningIx, &Opening<'a>)> {
        self[product].openings.iter().map(|opening| (*opening, &self[*opening]))
    }

    /// The audited products that an opening is for: its own, then those of its teams.
    pub fn products_of_opening(&self, opening: &Opening<'a>) -> Vec<ProductIx> {
        let of_teams = opening.teams.iter().flat_map(|team| &self[*team].products);
        let mut products: Vec<ProductIx> = Vec::new();
        for product in opening.products.iter().chain(of_teams).filter(|product| self[**product].audited) {
            if !products.contains(product) {
                products.push(*product);
            }
        }
        products
    }

    /// Every duty, with its position.
    pub fn duties(&self) -> impl Iterator<Item = (DutyIx, &Duty<'a>)> {
        self.duties.iter().enumerate().map(|(index, duty)| (DutyIx(index as u16), duty))
    }

    /// The id of what a record covers: a duty, or `area.*`.
    pub fn covered(&self, covers: Covers) -> Cow<'_, str> {
        match covers {
            Covers::Duty(duty) => self[duty].id.as_ref().into(),
            Covers::Area(area) => {
                let name = self.duties.iter().find(|duty| duty.area == area).and_then(|duty| duty.id.split_once('.'));
                name.map_or("*".into(), |(area, _)| format!("{area}.*").into())
            }
        }
    }

    /// Calls people by their ids, which tell namesakes apart where names are hidden. Returns their names, each with the id.
    pub fn forget_names(&mut self) -> Vec<(String, String)> {
        let mut forgotten = Vec::new();
        for person in &mut self.people {
            person.told_apart = None;
            forgotten.extend(person.facts.name.take().map(|name| (name.value.text.to_string(), person.id.id.to_string())));
        }
        for left in &mut self.left {
            left.name.clone_from(&left.id);
            left.label.clone_from(&left.id);
        }
        forgotten
    }

    /// What an actor is called in sentences: the full name, else the id; with the id behind it where others have the same name.
    pub fn name(&self, actor: Actor) -> &str {
        match actor {
            Actor::Person(person) => self[person].name(),
            Actor::Team(team) => self[team].name(),
        }
    }

    /// The full name of an actor, else the id.
    pub fn full_name(&self, actor: Actor) -> &str {
        match actor {
            Actor::Person(person) => self[person].full_name(),
            Actor::Team(team) => self[team].full_name(),
        }
    }

    /// The id of an actor, for what to write.
    pub fn actor_id(&self, actor: Actor) -> &str {
        match actor {
            Actor::Person(person) => &self[person].id.id,
            Actor::Team(team) => &self[team].id.id,
        }
    }

    /// The word for one who is named, for what to write: an id or a seat word.
    pub fn party_word(&self, party: &Party) -> &str {
        match party.who {
            Who::Actor(actor) => self.actor_id(actor),
            Who::Seat(seat) => seat.word(),
            Who::Developers => "developers",
        }
    }

    /// What one who is named is called: by name, or by the seat.
    pub fn party_name(&self, party: &Party) -> String {
        match party.who {
            Who::Actor(actor) => self.name(actor).to_owned(),
            Who::Seat(seat) => format!("the {}", seat.title()),
            Who::Developers => "the developers".to_owned(),
        }
    }

    /// What one who is named is called, and the position from which that one speaks: "Kim (leader)".
    pub fn party_in_role(&self, party: &Party) -> String {
        match party.who {
            Who::Actor(actor) => self.name_in_role(actor),
            Who::Seat(_) | Who::Developers => self.party_name(party),
        }
    }

    /// What an actor is called, with the seat or position: "Kim (leader)".
    pub fn name_in_role(&self, actor: Actor) -> String {
        let name = self.name(actor);
        self.role(actor).map_or(name.to_owned(), |role| format!("{name} ({role})"))
    }

    fn role(&self, actor: Actor) -> Option<&'static str> {
        let Actor::Person(person) = actor else { return Some("team") };
        let person = &self[person];
        if person.coordinates {
            return Some("coordination body");
        }
        // Whoever manages or owns a product speaks from that seat, whatever else they are; others rather from a position.
        let seat = person.seats.iter().map(|held| held.kind).min();
        let leading = seat.filter(|seat| *seat <= SeatKind::ProductOwner).map(SeatKind::title);
        let position = person.position().map(document::Position::word);
        leading.or(position).or(seat.map(SeatKind::title)).or_else(|| person.is_group().then_some("group"))
    }

    /// What a subject is called in sentences: "the backlog of Checkout".
    pub fn title(&self, subject: Subject) -> Cow<'_, str> {
        match subject {
            Subject::Organization => {
                self.facts.name.as_ref().map_or("the organization".into(), |name| name.value.text.as_ref().into())
            }
            Subject::Product(product) => self[product].name().into(),
            Subject::Team(team) => self[team].name().into(),
            Subject::Person(person) => self[person].name().into(),
            Subject::Backlog(backlog) => self.backlog_title(backlog).into(),
            Subject::Opening(opening) => {
                let opening = &self[opening];
                let title = opening.facts.title.as_ref().map(|title| &title.value.text);
                title.map_or(opening.id.id.as_ref().into(), |title| format!("{} ({title})", opening.id.id).into())
            }
        }
    }

    fn backlog_title(&self, backlog: BacklogIx) -> String {
        match self[backlog].origin {
            Origin::Product(product) => format!("the backlog of {}", self[product].name()),
            Origin::Team(team) => format!("the backlog of {}", self[team].name()),
            Origin::Entry => format!("the backlog {}", self[backlog].id),
        }
    }

    /// What a record holds for, in sentences about one of the subjects that it reaches: what it stands on; and where that is an
    /// organization with a single product, the subject itself.
    pub fn reach_title(&self, scope: Scope, subject: Subject) -> Cow<'_, str> {
        match scope {
            Scope::Organization if self.products.len() <= 1 => self.title(subject),
            _ => self.title(scope.into()),
        }
    }

    /// What a subject is called in every output: `products.ID` and the like.
    pub fn path(&self, subject: Subject) -> String {
        match subject {
            Subject::Organization => "organization".to_owned(),
            Subject::Product(product) => format!("products.{}", self[product].id.id),
            Subject::Team(team) => format!("teams.{}", self[team].id.id),
            Subject::Person(person) => format!("people.{}", self[person].id.id),
            Subject::Backlog(backlog) => format!("backlogs.{}", self[backlog].id),
            Subject::Opening(opening) => format!("openings.{}", self[opening].id.id),
        }
    }

    /// Where a subject stands: its key in its map.
    pub fn place(&self, subject: Subject) -> Span {
        match subject {
            Subject::Organization => self.at,
            Subject::Product(product) => self[product].id.at,
            Subject::Team(team) => self[team].id.at,
            Subject::Person(person) => self[person].id.at,
            Subject::Backlog(backlog) => self[backlog].at,
            Subject::Opening(opening) => self[opening].id.at,
        }
    }

    /// Products for a sentence: their names, or how many they are where names would make it long.
    pub fn product_names(&self, products: &[ProductIx]) -> String {
        match products {
            [_, _, _, _, ..] => format!("{} products", products.len()),
            few => joined(&few.iter().map(|product| self[*product].name()).collect::<Vec<_>>()),
        }
    }

    /// How many days have passed since a day, seen from the day that the organization speaks of; negative for a day to come.
    pub fn days_since(&self, day: Day) -> i64 {
        (self.as_of - day.date).get_days().into()
    }

    /// Whether a day lies before the day that the organization speaks of.
    pub fn is_past(&self, day: Day) -> bool {
        day.date < self.as_of
    }

    /// Names for a sentence, in the order of the alphabet: "Ann, Ben and Kim".
    pub fn names(&self, actors: impl IntoIterator<Item = Actor>) -> String {
        let mut names: Vec<&str> = actors.into_iter().map(|actor| self.name(actor)).collect();
        names.sort_unstable();
        names.dedup();
        joined(&names)
    }
}

/// Items in their order, of those with the same key the first. Nearly all lists are short and are compared as they are; a product of
/// thousands of squads has long ones.
pub(crate) fn each_once<T, K: Eq + Hash, C: FromIterator<T>>(items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> K) -> C {
    const FEW: usize = 16;
    let mut first: SmallVec<[K; 4]> = SmallVec::new();
    let mut others = FxHashSet::default();
    let is_new = |item: &T| {
        let key = key(item);
        if first.contains(&key) {
            return false;
        }
        if first.len() == FEW {
            return others.insert(key);
        }
        first.push(key);
        true
    };
    items.into_iter().filter(is_new).collect()
}

/// The names that come up more than once.
pub(crate) fn repeated<'n>(names: impl Iterator<Item = &'n str>) -> FxHashSet<&'n str> {
    let mut seen = FxHashSet::default();
    names.filter(|name| !seen.insert(*name)).collect()
}

/// Words for a sentence: "a, b and c".
pub fn joined<T: AsRef<str>>(words: &[T]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// Words that begin a sentence. An id such as `release.decision` or `person-1` stays as it is written.
pub fn capitalized(words: &str) -> String {
    let first = words.split(' ').next().unwrap_or_default();
    if first.trim_end_matches('.').contains(|c: char| c == '.' || c.is_ascii_digit()) {
        return words.to_owned();
    }
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Words for a sentence, of many the first ones: "a, b and 4 more".
pub fn some_joined<T: AsRef<str>>(words: &[T], most: usize) -> String {
    match words.split_at_checked(most) {
        Some((first, others @ [_, _, ..])) => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {} more", first.join(", "), others.len())
        }
        _ => joined(words),
    }
}

impl Record<'_> {
    /// Whether the record covers a duty: by name, or by its area.
    pub fn covers(&self, duty: DutyIx, area: AreaIx) -> bool {
        self.covers == Covers::Duty(duty) || self.covers == Covers::Area(area)
    }
}

impl Duty<'_> {
    /// Whether it is one of the duties without which a product is not led.
    pub fn is_core(&self) -> bool {
        self.built_in.is_some_and(|duty| duty.core)
    }

    /// Whether it is one of the seven rights that teams should know (D4-239 to D4-245).
    pub fn is_right(&self) -> bool {
        self.built_in.is_some_and(|duty| duty.right)
    }
}

/// What is written as the name, else the id.
fn full_name<'n>(id: &'n Id<'_>, name: &'n Said<Text<'_>>) -> &'n str {
    name.as_ref().map_or(&id.id, |name| &name.value.text)
}

impl<'a> Person<'a> {
    /// A person of whom nothing is known but what is declared.
    fn declared(id: Id<'a>, facts: Box<document::Person<'a>>, namesakes: &Namesakes) -> Self {
        Person {
            told_apart: namesakes.told_apart(full_name(&id, &facts.name), &id.id),
            id,
            facts,
            reports_to: None,
            only_leads_people: false,
            decides: Decided::default(),
            seats: Few::new(),
            coordinates: false,
        }
    }

    /// What it is called in sentences: the full name, else the id; with the id behind it where others have the same name.
    pub fn name(&self) -> &str {
        self.told_apart.as_deref().unwrap_or_else(|| self.full_name())
    }

    /// The full name, else the id.
    pub fn full_name(&self) -> &str {
        full_name(&self.id, &self.facts.name)
    }

    /// Whether a seat of a kind is held anywhere.
    pub fn holds(&self, kind: SeatKind) -> bool {
        self.seats.iter().any(|held| held.kind == kind)
    }

    /// Whether this is several people under one name.
    pub fn is_group(&self) -> bool {
        self.facts.kind.as_ref().is_some_and(|kind| kind.value == document::PersonKind::Group)
    }

    /// The position outside the product seats.
    pub fn position(&self) -> Option<document::Position> {
        self.facts.position.as_ref().map(|position| position.value)
    }
}

impl Product<'_> {
    /// What it is called in sentences: the full name, else the id; with the id behind it where others have the same name.
    pub fn name(&self) -> &str {
        self.told_apart.as_deref().unwrap_or_else(|| self.full_name())
    }

    /// The full name, else the id.
    pub fn full_name(&self) -> &str {
        full_name(&self.id, &self.facts.name)
    }

    /// Whether it is written down whom it is for: customers, or parts of the market.
    pub fn names_customers(&self) -> bool {
        let lists = [&self.facts.customers, &self.facts.segments];
        lists.into_iter().flatten().any(|list| !list.value.items.is_empty())
    }
}

impl Team<'_> {
    /// What it is called in sentences: the full name, else the id; with the id behind it where others have the same name.
    pub fn name(&self) -> &str {
        self.told_apart.as_deref().unwrap_or_else(|| self.full_name())
    }

    /// The full name, else the id.
    pub fn full_name(&self) -> &str {
        full_name(&self.id, &self.facts.name)
    }

    /// Whether it is planned only: a team with 0 developers.
    pub fn is_planned(&self) -> bool {
        self.facts.developers.as_ref().is_some_and(|developers| matches!(developers.value, Either::One(Count(0))))
    }
}
