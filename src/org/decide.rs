//! Who decides a duty. The answer of this file is the tool's judgement; `scope-cases.yaml` of the specification tests it.
//!
//! A duty is looked up for one subject: a backlog, a team, a product or the organization. The maps of responsibilities that speak for
//! the subject are read from the narrowest scope to the widest; the first scope with an answer holds. Within one map a duty's own
//! record comes before its area's. A record without an answer, because it does not say `decides` or has ended, leaves the question to
//! the next record, and keeps its say about everything else.

use super::rhythm::With;
use super::seats::SeatKind;
use super::{
    Actor, BacklogIx, Covers, Org, Parties, Party, PersonIx, ProductIx, Record, RecordIx, Subject, TeamIx, Who, each_once,
};
use crate::catalogue::{DUTIES, DutyIx, Level, duties};
use crate::parallel;
use crate::source::Span;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

/// Who decides a duty, and which records speak of it.
#[derive(Debug, PartialEq, Eq)]
pub struct Decision {
    /// Who decides.
    pub answer: Answer,
    /// The first record of each map in the narrowest scope that covers the duty: what they say beside `decides` holds.
    pub records: Few<RecordIx>,
    /// The records that answered; empty if none did.
    pub answered_by: Few<RecordIx>,
}

/// A list that nearly always has one entry or none: the lookups of a large organization make millions of them.
pub type Few<T> = SmallVec<[T; 1]>;

/// Who decides a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing is recorded.
    Absent,
    /// It is recorded that nobody does.
    Nobody,
    /// Every record that covers it has ended; this is the narrowest one.
    Ended(RecordIx),
    /// A record names only seats that nobody holds.
    Vacant(Few<SeatKind>),
    /// It is recorded, with a reason, that the duty does not exist here.
    NotApplicable,
    /// These actors do; several of them contest the duty.
    Decided(Few<Decider>),
}

/// One actor who decides a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decider {
    /// Who it is.
    pub actor: Actor,
    /// Where the record names the actor or the seat.
    pub at: Span,
    /// The word that led to the actor, if the record does not name it by id.
    pub word: Option<Word>,
    /// The record that says so.
    pub record: RecordIx,
}

/// A word that stands for an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// The word of a seat; its holder stands at this place.
    Seat(SeatKind, Span),
    /// The word `developers`.
    Developers,
}

impl Decision {
    /// Those who decide; none if the duty is unowned or not applicable.
    pub fn deciders(&self) -> &[Decider] {
        match &self.answer {
            Answer::Decided(deciders) => deciders,
            _ => &[],
        }
    }

    /// Whether the duty is there and nobody owns it.
    pub fn is_unowned(&self) -> bool {
        !matches!(self.answer, Answer::Decided(_) | Answer::NotApplicable)
    }

    /// Whether an actor decides.
    pub fn is_decided_by(&self, actor: Actor) -> bool {
        self.deciders().iter().any(|decider| decider.actor == actor)
    }
}

/// The duties that one person decides: which of the built-in ones, and whether any of the company's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    built_in: u64,
    own: bool,
}

/// Each built-in duty has a bit of its own.
const _: () = assert!(DUTIES.len() <= u64::BITS as usize);

impl Decided {
    pub(super) fn add(&mut self, duty: DutyIx) {
        match Decided::bit(duty) {
            Some(bit) => self.built_in |= bit,
            None => self.own = true,
        }
    }

    fn bit(duty: DutyIx) -> Option<u64> {
        (usize::from(duty.0) < DUTIES.len()).then(|| 1 << duty.0)
    }

    /// Whether any duty is decided.
    pub fn is_any(self) -> bool {
        self.own || self.built_in != 0
    }

    /// Whether one of some built-in duties is decided.
    pub fn is_any_of(self, duties: &[DutyIx]) -> bool {
        duties.iter().filter_map(|duty| Decided::bit(*duty)).any(|bit| self.built_in & bit != 0)
    }

    /// Whether some built-in duties are all that is decided.
    pub fn is_only_of(self, duties: &[DutyIx]) -> bool {
        let these = duties.iter().filter_map(|duty| Decided::bit(*duty)).fold(0, |these, bit| these | bit);
        !self.own && self.built_in & !these == 0
    }

    /// The built-in duties that are decided, in their order.
    pub fn built_in(self) -> impl Iterator<Item = DutyIx> {
        (0..DUTIES.len() as u16).map(DutyIx).filter(move |duty| self.is_any_of(&[*duty]))
    }
}

/// Who decides which duty, for every subject that it is looked up for. Most rules ask, many of them the same: each answer is found
/// once, when everything else is linked.
#[derive(Debug, Default)]
pub struct Decisions {
    /// For each duty, its place among the duties of its level.
    columns: Vec<(Level, usize)>,
    /// The duties of each level, in the order of their columns.
    duties: [Vec<DutyIx>; 4],
    of_backlogs: Table,
    of_teams: Table,
    of_products: Table,
    of_organization: Table,
}

/// The decisions of one level: a row per subject, a column per duty.
#[derive(Debug, Default)]
struct Table {
    width: usize,
    /// Positions in the list of decisions.
    cells: Vec<u32>,
    /// Each decision is followed by another one: the duties of an area mostly have one decision between them.
    decisions: Vec<Decision>,
}

impl Table {
    /// What is decided on the subjects of one level, for each of its duties.
    fn of(org: &Org<'_>, subjects: impl ExactSizeIterator<Item = Subject>, duties: &[DutyIx]) -> Self {
        let mut table =
            Table { width: duties.len(), cells: Vec::with_capacity(subjects.len() * duties.len()), decisions: Vec::new() };
        for subject in subjects {
            let maps = Maps::of(org, subject);
            let mut decided = None;
            for duty in duties {
                // The duties of an area of which no record speaks by name are decided together.
                let together = Some(org[*duty].area).filter(|_| !maps.name(*duty));
                if together.is_none() || together != decided {
                    let decision = maps.decision(*duty, subject, org);
                    if table.decisions.last() != Some(&decision) {
                        table.decisions.push(decision);
                    }
                }
                decided = together;
                table.cells.push(table.decisions.len() as u32 - 1);
            }
        }
        table.decisions.shrink_to_fit();
        table
    }

    /// The decisions of one subject.
    fn row(&self, row: u32) -> impl Iterator<Item = &Decision> {
        (0..self.width).filter_map(move |column| self.get(row, column))
    }

    fn get(&self, row: u32, column: usize) -> Option<&Decision> {
        self.decisions.get(*self.cells.get(row as usize * self.width + column)? as usize)
    }
}

/// The answer for a duty where it is not looked up.
static NOT_LOOKED_UP: Decision =
    Decision { answer: Answer::Absent, records: SmallVec::new_const(), answered_by: SmallVec::new_const() };

impl Decisions {
    /// Finds every decision of an organization that is linked but for them.
    pub(super) fn of(org: &Org<'_>) -> Self {
        let mut duties: [Vec<DutyIx>; 4] = Default::default();
        let mut columns = Vec::with_capacity(org.duties.len());
        for (duty, facts) in org.duties() {
            let of_level = &mut duties[facts.level as usize];
            columns.push((facts.level, of_level.len()));
            of_level.push(duty);
        }
        let table = |level: Level, subjects: usize, subject: fn(u32) -> Subject| {
            Table::of(org, (0..subjects).map(|index| subject(index as u32)), &duties[level as usize])
        };
        let of_products = || table(Level::Product, org.products.len(), |index| Subject::Product(ProductIx(index)));
        let of_backlogs = || table(Level::Backlog, org.backlogs.len(), |index| Subject::Backlog(BacklogIx(index)));
        let of_teams = || table(Level::Team, org.teams.len(), |index| Subject::Team(TeamIx(index)));
        let worth_it = org.is_worth_threads();
        let (of_products, (of_backlogs, of_teams)) =
            parallel::both(worth_it, of_products, || parallel::both(worth_it, of_backlogs, of_teams));
        let of_organization = table(Level::Organization, 1, |_| Subject::Organization);
        Decisions { of_backlogs, of_teams, of_products, of_organization, columns, duties }
    }

    fn get(&self, duty: DutyIx, subject: Subject) -> Option<&Decision> {
        let (level, column) = *self.columns.get(duty.0 as usize)?;
        let (at, table, row) = self.row(subject)?;
        if at == level { table.get(row, column) } else { None }
    }

    /// The level of a subject, the decisions of that level, and which of its rows the subject has.
    fn row(&self, subject: Subject) -> Option<(Level, &Table, u32)> {
        match subject {
            Subject::Backlog(backlog) => Some((Level::Backlog, &self.of_backlogs, backlog.0)),
            Subject::Team(team) => Some((Level::Team, &self.of_teams, team.0)),
            Subject::Product(product) => Some((Level::Product, &self.of_products, product.0)),
            Subject::Organization => Some((Level::Organization, &self.of_organization, 0)),
            Subject::Person(_) | Subject::Opening(_) => None,
        }
    }
}

impl Org<'_> {
    /// Who decides a duty for a subject. Nothing is recorded for subjects of another level than the duty's.
    pub fn decision(&self, duty: DutyIx, subject: Subject) -> &Decision {
        self.decisions.get(duty, subject).unwrap_or(&NOT_LOOKED_UP)
    }

    /// The duties that are looked up for a subject, with who decides them.
    pub fn decisions_on(&self, subject: Subject) -> impl Iterator<Item = (DutyIx, &Decision)> {
        let of_subject = self.decisions.row(subject).into_iter();
        of_subject.flat_map(|(level, table, row)| self.decisions.duties[level as usize].iter().copied().zip(table.row(row)))
    }

    /// All that is looked up for a product: on itself, its real backlogs and its teams.
    pub fn decisions_of(&self, product: ProductIx) -> impl Iterator<Item = (DutyIx, Subject, &Decision)> {
        let backlogs = self.real_backlogs(product).map(Subject::Backlog);
        let teams = self[product].teams.iter().copied().map(Subject::Team);
        let subjects = [Subject::Product(product)].into_iter().chain(backlogs).chain(teams);
        subjects.flat_map(|subject| self.decisions_on(subject).map(move |(duty, decision)| (duty, subject, decision)))
    }

    /// All that is looked up in the audit: for teams, backlogs, products and the organization.
    pub fn all_decisions(&self) -> impl Iterator<Item = (DutyIx, Subject, &Decision)> {
        let subjects = Level::ALL.into_iter().flat_map(|level| self.subjects(level));
        subjects.flat_map(|subject| self.decisions_on(subject).map(move |(duty, decision)| (duty, subject, decision)))
    }

    /// Whom a record means by those that it names, where its duty is looked up; each once. A vacant seat is nobody.
    pub fn actors_of<'p>(&self, parties: impl IntoIterator<Item = &'p Parties>, subject: Subject) -> Few<Actor> {
        let parties = parties.into_iter().flat_map(|parties| &parties.named);
        each_once(parties.flat_map(|party| self.actors_at(subject, party.who)), |actor| *actor)
    }

    /// Who owns a duty: those who decide it by record, else by fact.
    pub fn owners_of(&self, duty: DutyIx, subject: Subject) -> Few<Actor> {
        let decision = self.decision(duty, subject);
        match decision.answer {
            Answer::Absent => self.owners_by_fact(duty, subject),
            _ => decision.deciders().iter().map(|decider| decider.actor).collect(),
        }
    }

    /// Whom facts make the owner of a duty that nothing is recorded for: a backlog's owner manages it and, alone, orders it; the
    /// owner of a metric sets it; the owner of a backlog who hears of the results learns from them; the only product person of a product has its final call.
    pub fn owners_by_fact(&self, duty: DutyIx, subject: Subject) -> Few<Actor> {
        match (duty, subject) {
            (duties::BACKLOG_MANAGE, Subject::Backlog(backlog)) => self.owners(backlog).iter().map(|owner| owner.actor).collect(),
            (duties::BACKLOG_ORDER, Subject::Backlog(backlog)) => {
                self.sole_owner(backlog).iter().map(|owner| owner.actor).collect()
            }
            (duties::RESULTS_METRICS, Subject::Product(product)) => {
                each_once(self[product].metric_owners.iter().flatten().copied(), |owner| *owner)
            }
            (duties::RESULTS_LEARN, Subject::Product(product)) => self.learners(product),
            (duties::PRIORITIES_CONFLICT, Subject::Product(product)) => {
                self.only_product_person(product).map(Actor::Person).into_iter().collect()
            }
            _ => Few::new(),
        }
    }

    /// The owners of a product's backlogs who hear of its results: they are its product manager too, or talk with one.
    fn learners(&self, product: ProductIx) -> Few<Actor> {
        let measure = self.decision(duties::RESULTS_MEASURE, Subject::Product(product));
        if measure.deciders().is_empty() {
            return Few::new();
        }
        let managers = self.managers(product);
        let hears = |owner: &Actor| {
            let talks = |manager: &PersonIx| self.closest_talk(*owner, With::Actor(Actor::Person(*manager))).is_some();
            let is_manager = owner.person().is_some_and(|person| managers.contains(&person));
            is_manager || managers.iter().any(talks)
        };
        self.backlog_owners(product).into_iter().map(Actor::Person).filter(hears).collect()
    }

    /// The subjects for which a duty is looked up, of those that belong to a product.
    pub fn lookups(&self, duty: DutyIx, product: ProductIx) -> Vec<Subject> {
        match self[duty].level {
            Level::Backlog => self.real_backlogs(product).map(Subject::Backlog).collect(),
            Level::Team => self[product].teams.iter().copied().map(Subject::Team).collect(),
            Level::Product => vec![Subject::Product(product)],
            Level::Organization => Vec::new(),
        }
    }

    /// Every audited subject for which the duties of a level are looked up.
    pub fn subjects(&self, level: Level) -> Box<dyn Iterator<Item = Subject> + '_> {
        match level {
            Level::Backlog => {
                let real = self.audited_backlogs().filter(|(_, backlog)| backlog.view_of.is_none());
                Box::new(real.map(|(backlog, _)| Subject::Backlog(backlog)))
            }
            Level::Team => Box::new(self.audited_teams().map(|(team, _)| Subject::Team(team))),
            Level::Product => Box::new(self.audited_products().map(|(product, _)| Subject::Product(product))),
            Level::Organization => Box::new(std::iter::once(Subject::Organization)),
        }
    }

    /// The teams and the products whose maps speak for a subject.
    fn scopes<'s>(&'s self, subject: &'s Subject) -> (&'s [TeamIx], &'s [ProductIx]) {
        match subject {
            Subject::Backlog(backlog) => (&self[*backlog].teams, &self[*backlog].products),
            Subject::Team(team) => (std::slice::from_ref(team), &self[*team].products),
            Subject::Product(product) => (&[], std::slice::from_ref(product)),
            Subject::Organization | Subject::Person(_) | Subject::Opening(_) => (&[], &[]),
        }
    }
}

/// What the records of one map cover, in this order.
type Map = [(Covers, RecordIx)];

/// The maps that speak for a subject, from the narrowest scope to the widest.
struct Maps<'o> {
    of_teams: SmallVec<[&'o Map; 4]>,
    of_products: SmallVec<[&'o Map; 4]>,
    of_organization: &'o Map,
}

impl<'o> Maps<'o> {
    fn of(org: &'o Org<'_>, subject: Subject) -> Self {
        let (teams, products) = org.scopes(&subject);
        let teams = in_order_of_ids(teams, |team| org[*team].id.id.as_ref());
        let products = in_order_of_ids(products, |product| org[*product].id.id.as_ref());
        Maps {
            of_teams: teams.iter().map(|team| org[*team].rights.as_slice()).collect(),
            of_products: products.iter().map(|product| org[*product].rights.as_slice()).collect(),
            of_organization: &org.rights,
        }
    }

    /// Whether a record speaks of a duty by its name, and not only of its area.
    fn name(&self, duty: DutyIx) -> bool {
        let mut maps = self.of_teams.iter().chain(&self.of_products).chain([&self.of_organization]);
        maps.any(|map| find(map, Covers::Duty(duty)).is_some())
    }

    fn decision(&self, duty: DutyIx, subject: Subject, org: &Org<'_>) -> Decision {
        let mut lookup = Lookup { org, duty, subject, records: Few::new(), ended: None };
        let found = lookup
            .read(&self.of_teams, false)
            .or_else(|| lookup.read(&self.of_products, true))
            .or_else(|| lookup.read(&[self.of_organization], true));
        let (answer, answered_by) = match (found, lookup.ended) {
            (Some(found), _) => lookup.with_deputies(found).into_answer(),
            (None, Some(ended)) => (Answer::Ended(ended), Few::new()),
            (None, None) => (Answer::Absent, Few::new()),
        };
        Decision { answer, records: lookup.records, answered_by }
    }
}

/// The search for the decider of one duty.
struct Lookup<'o, 'a> {
    org: &'o Org<'a>,
    duty: DutyIx,
    subject: Subject,
    /// The first record of each map in the narrowest scope that covers the duty.
    records: Few<RecordIx>,
    /// The first record that would have answered, had it not ended.
    ended: Option<RecordIx>,
}

impl Lookup<'_, '_> {
    /// Reads the maps of one scope; returns what they answer together, if they do.
    fn read(&mut self, maps: &[&Map], is_wider: bool) -> Option<Found> {
        let seats_only = is_wider && self.is_about_owned_squad_backlog();
        let is_narrowest = self.records.is_empty();
        let mut found = Found::default();
        for map in maps {
            let named = find(map, Covers::Duty(self.duty));
            let area = find(map, Covers::Area(self.org[self.duty].area));
            let mut covering = named.into_iter().chain(area).filter(|record| !seats_only || self.names_no_people(*record));
            let (first, second) = (covering.next(), covering.next());
            let Some(first) = first else { continue };
            if is_narrowest {
                self.records.push(first);
            }
            if self.answer(first, seats_only, &mut found) {
                found.answered_by.push(first);
            } else if let Some(second) = second.filter(|second| self.answer(*second, seats_only, &mut found)) {
                found.answered_by.push(second);
            }
        }
        (!found.answered_by.is_empty()).then_some(found)
    }

    /// A wider record about the backlog speaks of the product's backlog; a squad's own backlog with an owner is not what it means,
    /// unless it names the seat.
    fn is_about_owned_squad_backlog(&self) -> bool {
        let in_area = self.org[self.duty].area == self.org[duties::BACKLOG_ORDER].area;
        matches!(self.subject, Subject::Backlog(backlog) if in_area && self.org.is_owned_squad_backlog(backlog))
    }

    fn names_no_people(&self, record: RecordIx) -> bool {
        let record = &self.org[record];
        let decides = record.decides.as_ref().or(record.ended.as_ref().map(|ended| &ended.0));
        decides.is_none_or(|decides| decides.named.iter().any(|party| !matches!(party.who, Who::Actor(_))))
    }

    /// Adds what a record answers, and tells whether it answers at all.
    fn answer(&mut self, record: RecordIx, seats_only: bool, found: &mut Found) -> bool {
        let Record { decides, ended, not_applicable, .. } = &self.org[record];
        if not_applicable.is_some() {
            found.not_applicable = true;
            return true;
        }
        if ended.is_some() {
            self.ended.get_or_insert(record);
        }
        let Some(decides) = decides else { return false };
        found.nobody |= decides.named.is_empty();
        found.left |= decides.left;
        for party in &decides.named {
            if !(seats_only && matches!(party.who, Who::Actor(_))) {
                self.add_deciders(party, record, found);
            }
        }
        true
    }

    /// Where all who decided have left, their deputies do.
    fn with_deputies(&self, mut found: Found) -> Found {
        if found.left && found.deciders.is_empty() && !found.developers {
            let deputies = self.records.iter().filter_map(|record| Some((*record, self.org[*record].deputy.as_ref()?)));
            for (record, party) in deputies.flat_map(|(record, deputy)| deputy.named.iter().map(move |party| (record, party))) {
                self.add_deciders(party, record, &mut found);
            }
        }
        found
    }

    fn add_deciders(&self, party: &Party, record: RecordIx, found: &mut Found) {
        let at = party.at;
        match party.who {
            Who::Actor(actor) => found.add(Decider { actor, at, word: None, record }),
            Who::Seat(seat) => {
                let seats = self.org.seats_at(self.subject, seat);
                if seats.iter().all(|seat| seat.holders.is_empty()) {
                    found.vacant.push(seat);
                    found.left |= seats.iter().any(|seat| seat.left);
                }
                for holder in seats.iter().flat_map(|seat| &seat.holders) {
                    found.add(Decider { actor: holder.actor, at, word: Some(Word::Seat(seat, holder.at)), record });
                }
            }
            Who::Developers => {
                found.developers = true;
                for team in self.org.developers_at(&self.subject) {
                    found.add(Decider { actor: Actor::Team(*team), at, word: Some(Word::Developers), record });
                }
            }
        }
    }
}

/// Things in the order of their ids: which of several maps is read first must not depend on the order of files and lines, because
/// findings are known by the subject whose record tells them.
fn in_order_of_ids<'i, T: Copy>(things: &[T], id: impl Fn(&T) -> &'i str) -> SmallVec<[T; 4]> {
    let mut things = SmallVec::from_slice(things);
    if things.len() > 1 {
        things.sort_unstable_by_key(id);
    }
    things
}

/// The first record of a map, which is in the order of what its records cover, that covers just this.
fn find(map: &Map, covers: Covers) -> Option<RecordIx> {
    let first = map.partition_point(|(covered, _)| *covered < covers);
    map.get(first).filter(|(covered, _)| *covered == covers).map(|(_, record)| *record)
}

/// What the records of one scope say together.
#[derive(Default)]
struct Found {
    deciders: Few<Decider>,
    /// Where each actor stands among the deciders, if there are more than a few.
    many: Option<Box<FxHashMap<Actor, usize>>>,
    vacant: Few<SeatKind>,
    developers: bool,
    nobody: bool,
    /// Whether someone who was to decide has left.
    left: bool,
    not_applicable: bool,
    answered_by: Few<RecordIx>,
}

impl Found {
    /// Adds a decider once. Whoever is meant by a word and named by id too counts as meant by the word, whichever stands first.
    fn add(&mut self, decider: Decider) {
        const FEW: usize = 16;
        let rank = |decider: &Decider| match decider.word {
            Some(Word::Developers) => (0, None),
            Some(Word::Seat(seat, _)) => (1, Some(seat)),
            None => (2, None),
        };
        let position = if self.deciders.len() < FEW {
            self.deciders.iter().position(|known| known.actor == decider.actor)
        } else {
            let actors = self.deciders.iter().map(|known| known.actor);
            let many = self.many.get_or_insert_with(|| Box::new(actors.zip(0..).collect()));
            let next = many.len();
            Some(*many.entry(decider.actor).or_insert(next)).filter(|position| *position < next)
        };
        match position.and_then(|position| self.deciders.get_mut(position)) {
            Some(known) if rank(&decider) < rank(known) => *known = decider,
            Some(_) => {}
            None => self.deciders.push(decider),
        }
    }

    fn into_answer(self) -> (Answer, Few<RecordIx>) {
        let answer = if !self.deciders.is_empty() || self.developers {
            Answer::Decided(self.deciders)
        } else if !self.vacant.is_empty() {
            Answer::Vacant(self.vacant)
        } else if self.nobody {
            Answer::Nobody
        } else {
            Answer::NotApplicable
        };
        (answer, self.answered_by)
    }
}
