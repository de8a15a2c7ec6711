//! Charts become the draft of a team file: every role an actor, every task a duty, every letter a right.

mod actors;
mod choices;
mod contradictions;

use super::chart::{Chart, Held, Layout, Row};
use super::draft::{Draft, How, Import, OwnDuty, Product, Read, Record, Seats, Summary, Task, Team};
use super::letters::{Key, Meaning, Reading};
use super::mapping::{Seating, own_duty};
use super::settled::Settled;
use super::sources::{Source, Sources};
use super::words::{self, Ids};
use crate::catalogue::{self, Level};
use crate::export::DEVELOPERS_OF;
use crate::org::rights::{Right, Rights};
use actors::Actors;
use choices::{Choice, OwnTask, choices, own_tasks};
use contradictions::between;
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
#[derive(Clone)]
struct Said {
    /// The chart, counted from 0.
    chart: usize,
    /// The place of the line.
    place: String,
    /// The rights of each actor.
    held: BTreeMap<usize, Rights>,
    /// What stands beside the letters of whom.
    remarks: Vec<(usize, String)>,
}

impl Said {
    /// Those who hold a right.
    fn holders(&self, right: Right) -> impl Iterator<Item = usize> {
        self.held.iter().filter(move |(_, rights)| rights.has(right)).map(|(actor, _)| *actor)
    }
}

/// A record while it grows.
struct Recorded {
    scope: Scope,
    duty: String,
    task: Option<String>,
    said: Vec<Said>,
}

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
        let roles = self.known.last().map_or(0, BTreeSet::len);
        let mut read = read(source, chart, key, roles);
        let scopes: Vec<Scope> = chart.rows.iter().map(|row| self.scope(chart, row)).collect();
        if is_placed(chart) {
            actors.iter().flatten().for_each(|actor| self.as_team(*actor));
        }
        let names = own_tasks(chart, &scopes);
        let mut held_in: BTreeSet<(usize, Scope)> = BTreeSet::new();
        let choices = choices(chart, &scopes, self.settled);
        for (((row, scope), name), choices) in chart.rows.iter().zip(&scopes).zip(names).zip(choices) {
            let said = said(self.known.len() - 1, source, row, &actors);
            held_in.extend(said.held.keys().map(|actor| (*actor, *scope)));
            self.count(&mut read, source.place(row.number), row, &said);
            for choice in choices {
                self.record(row, *scope, &name, choice, &said);
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
        known.unwrap_or_else(|| {
            let name = format!("{} team", self.products[product].name);
            let teams = self.teams.len();
            let team = self.team(&name, Some(product));
            self.teams[team].is_made_up |= team == teams;
            team
        })
    }

    /// Lets teams work on products. The only team of a product stands in no row of an export, but above a column: it is whoever decides
    /// or does there what teams decide and do.
    fn place_teams(&mut self) {
        let mut placed: BTreeMap<usize, usize> = BTreeMap::new();
        for Recorded { scope, duty, said, .. } in &self.records {
            let Scope::Product(product) = *scope else { continue };
            if self.level_of(duty) != Level::Team || self.teams.iter().any(|team| team.products.contains(&product)) {
                continue;
            }
            let mut holders = said.iter().flat_map(|said| said.holders(Right::Decides).chain(said.holders(Right::Does)));
            if let Some(team) = holders.find_map(|actor| self.unplaced_team(actor)) {
                placed.entry(product).or_insert(team);
            }
        }
        for (product, team) in placed {
            self.teams[team].products.push(product);
        }
    }

    /// The team that an actor is, if nothing says yet on which product it works.
    fn unplaced_team(&self, actor: usize) -> Option<usize> {
        let actor = self.actors.list.get(actor).filter(|actor| actor.is_team)?;
        self.teams.iter().position(|team| team.id == actor.id && team.products.is_empty())
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
    fn record(&mut self, row: &Row, scope: Scope, name: &OwnTask, choice: Choice, said: &Said) {
        let Choice { mut duty, how } = choice;
        let is_built_in = catalogue::duty(&duty).is_some();
        if !is_built_in {
            duty = self.own_duty(row, name, duty, scope);
        }
        let scope = self.fitting(scope, &duty);
        let records = self.records.len();
        let at = *self.places.entry((scope, duty.clone())).or_insert(records);
        if at == records {
            let task = (is_built_in && how != How::Named).then(|| row.task.clone());
            self.records.push(Recorded { scope, duty: duty.clone(), task, said: Vec::new() });
        }
        self.records[at].said.push(said.clone());
        if !matches!(how, How::Own | How::Named) {
            self.tasks.push(Task { place: said.place.clone(), text: row.task.clone(), duty, how });
        }
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
    fn count(&self, read: &mut Read, place: String, row: &Row, said: &Said) {
        let task = || (row.task.clone(), place.clone());
        let deciders: Vec<usize> = said.holders(Right::Decides).collect();
        match deciders.len() {
            0 => read.undecided.push(task()),
            1 => {}
            _ => read.contested.push(task()),
        }
        read.by_group += usize::from(deciders.iter().any(|actor| self.actors.list[*actor].is_group));
        if let Some(count) = &mut read.without_doer {
            *count += usize::from(said.holders(Right::Does).next().is_none());
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
        self.place_teams();
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
fn read(source: &Source, chart: &Chart, key: &Key, roles: usize) -> Read {
    let has_doers = key.letters.iter().any(|(_, meaning)| *meaning == Meaning::Holds(Right::Does));
    let is_first = source.charts.first().is_some_and(|first| std::ptr::eq(first, chart));
    Read {
        name: source.name_of(chart),
        table: source.name.clone(),
        layout: chart.layout,
        model: key.model,
        ground: key.ground,
        titled: source.titled.clone(),
        tasks: chart.rows.len(),
        roles,
        undecided: Vec::new(),
        contested: Vec::new(),
        by_group: 0,
        without_doer: has_doers.then_some(0),
        extras: chart.extras.clone(),
        unit: source.unit,
        unread: chart.unread.clone(),
        skipped: if is_first { source.skipped.clone() } else { Vec::new() },
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::chart::Asked;
    use crate::import::read::read;
    use crate::import::sources::{File, charts};
    use crate::source;

    fn draft(chart: &str, map: &str) -> Draft {
        let grids = read("chart.csv", chart.as_bytes()).expect("it is a table");
        let found = charts(&[File { path: "chart.csv".into(), grids }], &Asked::default()).expect("it is a chart");
        let sources = source::Sources::new(vec![source::Source::new("map.yaml", map)]);
        let (file, map) = sources.iter().next().expect("there is one");
        assemble(found, "Shop", &Settled::read(file, map).expect("it settles tasks")).draft
    }

    #[test]
    fn seats_of_an_export_are_those_of_the_products_on_which_their_holders_have_a_part() {
        let chart =
            "Product,Team,Duty (RACI),Meaning,Ann,Product Owner\nShop,,own.plan,x,A,\nDepot,,own.plan,x,R,A\n,,own.audit,x,A,C\n";
        let draft = draft(chart, "");
        let seats: Vec<_> = draft.products.iter().map(|product| (product.name.as_str(), product.seats.as_slice())).collect();
        assert_eq!(seats, [("Shop", &[][..]), ("Depot", &[("product-owner", vec![1])][..])]);
    }

    #[test]
    fn no_task_gets_an_id_that_the_user_gave_another() {
        let chart = "Task,Owner,Team,Users\nCheck the books,A,R,C\nPaint the fence,A,R,I\n";
        let draft = draft(chart, "Paint the fence: own.check-the-books\n");
        let duties: Vec<_> = draft.duties.iter().map(|duty| (duty.id.as_str(), duty.meaning.as_str())).collect();
        assert_eq!(duties, [("own.check-the-books-2", "Check the books"), ("own.check-the-books", "Paint the fence")]);
    }
}
