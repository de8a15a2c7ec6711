//! Charts become the draft of a team file: every role an actor, every task a duty, every letter a right.

use super::actors::Actors;
use super::chart::{Chart, Held, Layout, Row};
use super::contradictions::between;
use super::draft::{Draft, How, Import, OwnDuty, Product, Read, Record, Seats, Summary, Task, Team};
use super::letters::{Key, Meaning, Reading};
use super::mapping::{Mapping, Seating, duty_of, own_duty};
use super::settled::{Settled, is_own_id};
use super::sources::{Source, Sources};
use super::words::{self, Ids};
use crate::catalogue::{self, Level};
use crate::export::DEVELOPERS_OF;
use crate::org::rights::{Right, Rights};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Makes one team file of all charts. What they do not place belongs to the product of this name.
pub fn assemble(sources: Sources, product: &str, settled: &Settled) -> Import {
    let mut assembly = Assembly::new(product, settled);
    for source in &sources.tables {
        for chart in &source.charts {
            assembly.add(source, chart);
        }
    }
    assembly.finish(sources)
}

/// Where a right is recorded; products and teams by their positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Scope {
    Organization,
    Product(usize),
    Team(usize),
}

/// What one line of a chart says of a duty.
pub(super) struct Said {
    /// The chart, counted from 0.
    pub(super) chart: usize,
    /// The place of the line.
    pub(super) place: String,
    /// The rights of each actor.
    pub(super) held: BTreeMap<usize, Rights>,
    /// What stands beside the letters of whom.
    remarks: Vec<(usize, String)>,
}

/// A record while it grows.
struct Recorded {
    scope: Scope,
    duty: String,
    task: Option<String>,
    said: Vec<Said>,
}

/// A task of a chart, with the duties that it may be.
struct Choice {
    scope: Scope,
    duty: String,
    how: How,
}

/// What tells tasks of the company apart, so that another chart means the same one: the words, the heading where a chart repeats
/// the words, and a number where it repeats both.
type OwnTask = (String, String, usize);

struct Assembly<'s> {
    product: &'s str,
    settled: &'s Settled,
    actors: Actors,
    products: Vec<Product>,
    product_ids: Ids,
    teams: Vec<Team>,
    duties: Vec<OwnDuty>,
    /// The positions of the company's own duties, by their ids.
    declared: FxHashMap<String, usize>,
    duty_ids: Ids,
    own: FxHashMap<OwnTask, String>,
    records: Vec<Recorded>,
    places: FxHashMap<(Scope, String), usize>,
    /// Those whom each chart names.
    known: Vec<BTreeSet<usize>>,
    charts: Vec<Read>,
    tasks: Vec<Task>,
}

impl<'s> Assembly<'s> {
    fn new(product: &'s str, settled: &'s Settled) -> Self {
        let mut duty_ids = Ids::default();
        // Ids that the user gives are taken, lest another task gets one of them.
        for duty in settled.duties() {
            duty_ids.take(duty);
        }
        Assembly {
            product,
            settled,
            actors: Actors::default(),
            products: Vec::new(),
            product_ids: Ids::default(),
            teams: Vec::new(),
            duties: Vec::new(),
            declared: FxHashMap::default(),
            duty_ids,
            own: FxHashMap::default(),
            records: Vec::new(),
            places: FxHashMap::default(),
            known: Vec::new(),
            charts: Vec::new(),
            tasks: Vec::new(),
        }
    }

    fn add(&mut self, source: &Source, chart: &Chart) {
        let Reading::Settled(key) = &chart.reading else { return };
        let actors = self.actors.of(source, chart);
        self.known.push(actors.iter().flatten().copied().collect());
        let mut read = read(source, chart, key);
        let scopes: Vec<Scope> = chart.rows.iter().map(|row| self.scope(chart, row)).collect();
        if is_placed(chart) {
            actors.iter().flatten().for_each(|actor| self.as_team(*actor));
        }
        let names = own_tasks(chart, &scopes);
        let mut held_in: BTreeSet<(usize, Scope)> = BTreeSet::new();
        let choices = self.choices(chart, &scopes);
        for (((row, scope), name), choices) in chart.rows.iter().zip(&scopes).zip(names).zip(choices) {
            let said = said(self.known.len() - 1, source, row, &actors);
            held_in.extend(said.held.keys().map(|actor| (*actor, *scope)));
            let mut first = None;
            for choice in choices {
                let task = self.record(source, row, &name, choice, &said);
                first.get_or_insert(task);
            }
            if let Some(task) = first {
                self.count(&mut read, row, &task, &actors);
            }
        }
        self.seat(chart, &actors, &held_in);
        self.charts.push(read);
    }

    /// Where a task of a chart is recorded.
    fn scope(&mut self, chart: &Chart, row: &Row) -> Scope {
        let is_placed = is_placed(chart);
        let name = if is_placed { row.product.as_str() } else { self.product };
        let product = (!name.is_empty()).then(|| self.product(name));
        match product {
            _ if !row.team.is_empty() => Scope::Team(self.team(&row.team, product)),
            Some(product) => Scope::Product(product),
            None => Scope::Organization,
        }
    }

    /// The position of the product of a name.
    fn product(&mut self, name: &str) -> usize {
        self.products.iter().position(|product| product.name == name).unwrap_or_else(|| {
            let id = self.product_ids.take(&words::actor_id(name));
            self.products.push(Product { id, name: name.to_owned(), ..Product::default() });
            self.products.len() - 1
        })
    }

    /// The position of the team of a name, which works on a product.
    fn team(&mut self, name: &str, product: Option<usize>) -> usize {
        let at = self.teams.iter().position(|team| team.name == name).unwrap_or_else(|| {
            let id = self.actors.ids.take(&words::actor_id(name));
            self.teams.push(Team { id, name: name.to_owned(), ..Team::default() });
            self.teams.len() - 1
        });
        let products = &mut self.teams[at].products;
        products.extend(product.filter(|product| !products.contains(product)));
        at
    }

    /// Makes a team of an actor whom an export calls the developers of one.
    fn as_team(&mut self, actor: usize) {
        let Some(name) = self.actors.list[actor].name.strip_prefix(DEVELOPERS_OF).map(str::to_owned) else { return };
        let team = self.team(&name, None);
        let actor = &mut self.actors.list[actor];
        actor.id.clone_from(&self.teams[team].id);
        actor.is_team = true;
    }

    /// The first team of a product; one of the product's name, if there is none yet.
    fn team_of(&mut self, product: usize) -> usize {
        let known = self.teams.iter().position(|team| team.products.contains(&product));
        let name = &self.products[product].name;
        let name = format!("{name} team");
        known.unwrap_or_else(|| self.team(&name, Some(product)))
    }

    /// The duties that each task of a chart is. Of tasks that are worded like one duty, the surest is it.
    fn choices(&self, chart: &Chart, scopes: &[Scope]) -> Vec<Vec<Choice>> {
        let is_placed = is_placed(chart);
        let mut choices: Vec<Vec<Choice>> =
            chart.rows.iter().zip(scopes).map(|(row, scope)| self.choices_of(row, *scope, is_placed)).collect();
        let mut surest: FxHashMap<(Scope, String), (usize, usize)> = FxHashMap::default();
        for (row, choice) in choices.iter().enumerate().flat_map(|(row, choices)| choices.iter().map(move |choice| (row, choice)))
        {
            let Some(sureness) = choice.how.sureness() else { continue };
            let best = surest.entry((choice.scope, choice.duty.clone())).or_insert((sureness, row));
            if sureness > best.0 {
                *best = (sureness, row);
            }
        }
        for (row, choices) in choices.iter_mut().enumerate() {
            for choice in choices.iter_mut().filter(|choice| matches!(choice.how, How::Exact | How::Likely(_))) {
                let best = surest.get(&(choice.scope, choice.duty.clone()));
                if best.is_some_and(|(_, best)| *best != row) {
                    choice.how = How::Taken(std::mem::take(&mut choice.duty));
                }
            }
        }
        choices
    }

    /// The duties that a task is by what the user said, by its id or by its wording; a blank one for a duty of the company's own.
    fn choices_of(&self, row: &Row, scope: Scope, is_placed: bool) -> Vec<Choice> {
        let choice = |duty: &str, how: How| Choice { scope: self.fitting(scope, duty), duty: duty.to_owned(), how };
        if let Some(duties) = self.settled.duties_of(&row.task) {
            return duties.iter().map(|duty| choice(duty, How::Told)).collect();
        }
        if catalogue::duty(&row.task).is_some() || is_placed && is_own_id(&row.task) {
            return vec![choice(&row.task, How::Named)];
        }
        vec![match duty_of(&row.task) {
            Mapping::Exact(found) => choice(found.duty, How::Exact),
            Mapping::Likely(found) => choice(found.duty, How::Likely(found.words)),
            Mapping::Ambiguous(found) => choice("", How::Open(found.iter().map(|found| found.duty).collect())),
            Mapping::None => choice("", How::Own),
        }]
    }

    /// The scope itself, or the one in which the duty can be recorded.
    fn fitting(&self, scope: Scope, duty: &str) -> Scope {
        let Some(level) = catalogue::duty(duty).map(|duty| duty.level) else { return scope };
        match scope {
            _ if level == Level::Organization => Scope::Organization,
            Scope::Team(_) if !level.is_of_team() => self.product_of(scope).map_or(Scope::Organization, Scope::Product),
            scope => scope,
        }
    }

    /// Records what a line says of one of its duties.
    fn record(&mut self, source: &Source, row: &Row, name: &OwnTask, choice: Choice, said: &Said) -> Task {
        let Choice { scope, mut duty, how } = choice;
        let is_built_in = catalogue::duty(&duty).is_some();
        if !is_built_in {
            duty = self.own_duty(row, name, duty, scope);
        }
        let records = self.records.len();
        let at = *self.places.entry((scope, duty.clone())).or_insert(records);
        if at == records {
            self.records.push(Recorded { scope, duty: duty.clone(), task: None, said: Vec::new() });
        }
        if let Some(record) = self.records.get_mut(at) {
            if is_built_in && how != How::Named && record.task.is_none() {
                record.task = Some(row.task.clone());
            }
            record.said.push(Said {
                chart: said.chart,
                place: said.place.clone(),
                held: said.held.clone(),
                remarks: said.remarks.clone(),
            });
        }
        let task = Task { place: source.place(row.number), text: row.task.clone(), duty, how };
        if !matches!(task.how, How::Own | How::Named) {
            self.tasks.push(task.clone());
        }
        task
    }

    /// The id of a duty of the company's own, which is declared if it is new.
    fn own_duty(&mut self, row: &Row, name: &OwnTask, given: String, scope: Scope) -> String {
        let id = match self.own.get(name) {
            _ if !given.is_empty() => given,
            Some(known) => known.clone(),
            None => {
                let id = own_duty(&row.section, &row.task, &mut self.duty_ids);
                self.own.insert(name.clone(), id.clone());
                id
            }
        };
        let level = match scope {
            Scope::Organization => Level::Organization,
            Scope::Product(_) => Level::Product,
            Scope::Team(_) => Level::Team,
        };
        match self.declared.get(&id).and_then(|at| self.duties.get_mut(*at)) {
            // What one place records per team is looked up per team everywhere.
            Some(duty) if level == Level::Team || duty.level == Level::Organization => duty.level = level,
            Some(_) => {}
            None => {
                let meaning = match (row.meaning.as_str(), name.1.as_str()) {
                    ("", "") => row.task.clone(),
                    ("", _) => format!("{}: {}", row.section, row.task),
                    (meaning, _) => meaning.to_owned(),
                };
                self.declared.insert(id.clone(), self.duties.len());
                self.duties.push(OwnDuty { id: id.clone(), meaning, level });
            }
        }
        id
    }

    /// Counts what a task shows.
    fn count(&self, read: &mut Read, row: &Row, task: &Task, actors: &[Option<usize>]) {
        let holders = |right: Right| -> BTreeSet<usize> {
            let holding = row.cells.iter().filter(|held| held.rights.has(right));
            holding.filter_map(|held| actors.get(held.role).copied().flatten()).collect()
        };
        let deciders = holders(Right::Decides);
        let is_group = |actor: &usize| self.actors.list.get(*actor).is_some_and(|actor| actor.is_group);
        match deciders.len() {
            0 => read.undecided.push(task.clone()),
            1 => {}
            _ => read.contested.push(task.clone()),
        }
        read.by_group += usize::from(deciders.iter().any(is_group));
        if let Some(count) = &mut read.without_doer {
            *count += usize::from(holders(Right::Does).is_empty());
        }
    }

    /// Puts whoever is named for a seat in it: on the products that the chart speaks of, or those where they hold something.
    fn seat(&mut self, chart: &Chart, actors: &[Option<usize>], held_in: &BTreeSet<(usize, Scope)>) {
        for actor in actors.iter().flatten() {
            let Some(Seating::One(seat)) = self.actors.list.get(*actor).map(|actor| actor.seat.clone()) else { continue };
            let products: BTreeSet<usize> = if is_placed(chart) {
                let of_actor = held_in.iter().filter(|(holder, _)| holder == actor);
                of_actor.filter_map(|(_, scope)| self.product_of(*scope)).collect()
            } else {
                BTreeSet::from([self.product(self.product)])
            };
            for product in products {
                if matches!(seat, "scrum-master" | "developers") {
                    let team = self.team_of(product);
                    sit(&mut self.teams[team].seats, seat, *actor);
                } else {
                    sit(&mut self.products[product].seats, seat, *actor);
                }
            }
        }
    }

    fn product_of(&self, scope: Scope) -> Option<usize> {
        match scope {
            Scope::Organization => None,
            Scope::Product(product) => Some(product),
            Scope::Team(team) => self.teams[team].products.first().copied(),
        }
    }

    /// A duty of the company's own.
    fn own(&self, duty: &str) -> Option<&OwnDuty> {
        self.declared.get(duty).and_then(|at| self.duties.get(*at))
    }

    fn level_of(&self, duty: &str) -> Level {
        let built_in = catalogue::duty(duty).map(|duty| duty.level);
        built_in.or_else(|| self.own(duty).map(|duty| duty.level)).unwrap_or(Level::Product)
    }

    fn finish(mut self, sources: Sources) -> Import {
        // A file needs a product or a team, also where all its charts speak of the organization.
        if self.products.is_empty() && self.teams.is_empty() {
            self.product(self.product);
        }
        let mut draft = Draft::default();
        let mut contradictions = Vec::new();
        for Recorded { scope, duty, task, said } in std::mem::take(&mut self.records) {
            let about = self.own(&duty).map_or(duty.as_str(), |own| own.meaning.as_str());
            contradictions.extend(between(about, &said, &self.known, &self.actors.list));
            let level = self.level_of(&duty);
            let record = Record { duty, task, held: joined_rights(&said), note: self.note(&said) };
            match scope {
                Scope::Organization => draft.records.push(record),
                Scope::Product(product) => {
                    if level == Level::Team {
                        self.team_of(product);
                    }
                    self.products[product].records.push(record);
                }
                Scope::Team(team) => {
                    let team = &mut self.teams[team];
                    team.has_backlog |= level == Level::Backlog;
                    team.records.push(record);
                }
            }
        }
        for (at, product) in self.products.iter_mut().enumerate() {
            let teams: Vec<&Team> = self.teams.iter().filter(|team| team.products.contains(&at)).collect();
            product.lists_backlog = has_hidden_backlog(product, &teams);
            let recorded: BTreeSet<&str> = product.records.iter().map(|record| record.duty.as_str()).collect();
            let of_product = self.duties.iter().filter(|duty| duty.level == Level::Product);
            product.without = of_product.map(|duty| &duty.id).filter(|id| !recorded.contains(id.as_str())).cloned().collect();
        }
        draft.actors = self.actors.list;
        draft.products = self.products;
        draft.teams = self.teams;
        draft.duties = self.duties;
        let summary = Summary { charts: self.charts, others: sources.others, tasks: self.tasks, contradictions };
        Import { draft, summary }
    }

    /// Where a record comes from, with what stands beside the letters there.
    fn note(&self, said: &[Said]) -> String {
        let of_line = |said: &Said| {
            let name = |actor: usize| self.actors.list.get(actor).map_or("", |actor| actor.name.as_str());
            let remarks: Vec<String> = said.remarks.iter().map(|(actor, remark)| format!("{}: {remark}", name(*actor))).collect();
            if remarks.is_empty() { said.place.clone() } else { format!("{} ({})", said.place, remarks.join("; ")) }
        };
        said.iter().map(of_line).collect::<Vec<_>>().join("; ")
    }
}

impl How {
    /// How sure it is that a task is its built-in duty; none where it is not taken for one.
    fn sureness(&self) -> Option<usize> {
        match self {
            How::Told | How::Named => Some(2),
            How::Exact => Some(1),
            How::Likely(_) => Some(0),
            How::Open(_) | How::Taken(_) | How::Own => None,
        }
    }
}

/// Whether a product has a backlog that neither a team nor an owner shows: its duties are recorded beside those of teams, or there is
/// neither.
fn has_hidden_backlog(product: &Product, teams: &[&Team]) -> bool {
    let has_owner = product.seats.iter().any(|(seat, _)| *seat == "product-owner");
    let is_recorded_by_team = |duty: &str| teams.iter().any(|team| team.records.iter().any(|record| record.duty == duty));
    let duties = product.records.iter().map(|record| record.duty.as_str());
    let mut of_backlog = duties.filter(|duty| catalogue::duty(duty).is_some_and(|duty| duty.level == Level::Backlog));
    of_backlog.any(|duty| if teams.is_empty() { !has_owner } else { is_recorded_by_team(duty) })
}

/// Whether a chart says which product and team each of its rows is about.
fn is_placed(chart: &Chart) -> bool {
    chart.layout == Layout::Exported
}

/// What was read of a chart, before its tasks are counted.
fn read(source: &Source, chart: &Chart, key: &Key) -> Read {
    let has_doers = key.letters.iter().any(|(_, meaning)| *meaning == Meaning::Holds(Right::Does));
    let is_first = source.charts.first().is_some_and(|first| std::ptr::eq(first, chart));
    let Chart { layout, extras, unread, .. } = chart.clone();
    Read {
        name: source.name_of(chart),
        table: source.name.clone(),
        layout,
        model: key.model,
        ground: key.ground,
        titled: source.titled.clone(),
        tasks: chart.rows.len(),
        roles: chart.roles.len(),
        undecided: Vec::new(),
        contested: Vec::new(),
        by_group: 0,
        without_doer: has_doers.then_some(0),
        extras,
        unit: source.unit,
        unread,
        skipped: if is_first { source.skipped.clone() } else { Vec::new() },
    }
}

/// What tells each task of a chart apart from its others.
fn own_tasks(chart: &Chart, scopes: &[Scope]) -> Vec<OwnTask> {
    let mut repeated: FxHashMap<(Scope, String), usize> = FxHashMap::default();
    for (row, scope) in chart.rows.iter().zip(scopes) {
        *repeated.entry((*scope, words::alike(&row.task))).or_default() += 1;
    }
    let mut seen: FxHashMap<(Scope, String, String), usize> = FxHashMap::default();
    let name = |(row, scope): (&Row, &Scope)| {
        let task = words::alike(&row.task);
        let is_repeated = repeated.get(&(*scope, task.clone())).is_some_and(|count| *count > 1);
        let section = if is_repeated { row.section.clone() } else { String::new() };
        let nth = seen.entry((*scope, task.clone(), section.clone())).or_default();
        *nth += 1;
        (task, section, *nth)
    };
    chart.rows.iter().zip(scopes).map(name).collect()
}

/// What a line of a chart says.
fn said(chart: usize, source: &Source, row: &Row, actors: &[Option<usize>]) -> Said {
    let (mut held, mut remarks) = (BTreeMap::<usize, Rights>::new(), Vec::new());
    for Held { role, rights, remark, .. } in &row.cells {
        let Some(actor) = actors.get(*role).copied().flatten() else { continue };
        held.entry(actor).or_default().join(*rights);
        if !remark.is_empty() {
            remarks.push((actor, remark.clone()));
        }
    }
    held.retain(|_, rights| rights.iter().next().is_some());
    Said { chart, place: source.place(row.number), held, remarks }
}

/// The rights that any line gives.
fn joined_rights(said: &[Said]) -> Vec<(usize, Rights)> {
    let mut held: BTreeMap<usize, Rights> = BTreeMap::new();
    for (actor, rights) in said.iter().flat_map(|said| &said.held) {
        held.entry(*actor).or_default().join(*rights);
    }
    held.into_iter().collect()
}

fn sit(seats: &mut Seats, seat: &'static str, actor: usize) {
    match seats.iter_mut().find(|(known, _)| *known == seat) {
        Some((_, holders)) if !holders.contains(&actor) => holders.push(actor),
        Some(_) => {}
        None => seats.push((seat, vec![actor])),
    }
}
