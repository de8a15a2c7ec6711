//! Who holds which right in every duty: duties × people, product by product.

use crate::catalogue::DutyIx;
use crate::org::rights::{Right, Rights, Standing};
use crate::org::{Actor, Org, Subject};
use crate::redact::{Pseudonyms, Redact};
use crate::sections::{self, Filter, Named, Place, alike};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::collections::BTreeSet;

/// The matrix of an organization, ready for every output format. A large one has a million cells: they name people and duties by
/// their positions in the lists.
#[derive(Debug)]
pub struct Matrix {
    /// The day that it speaks of.
    pub as_of: Date,
    /// Everybody who holds a right, in the order in which they are met.
    pub actors: Vec<Named>,
    /// The same in the organization; none for the developers of a product without a team.
    pub who: Vec<Option<Actor>>,
    /// The ids of all duties.
    pub duties: Vec<String>,
    /// The products, then teams without one, then the organization; only those with duties.
    pub sections: Vec<Section>,
}

/// The duties of a product, of a team without one, or of the organization.
#[derive(Debug)]
pub struct Section {
    /// What it is.
    pub of: Place,
    /// Where its duties are looked up.
    pub places: Vec<Rows>,
}

/// The duties of one place, in their order.
#[derive(Debug)]
pub struct Rows {
    /// The place.
    pub place: Place,
    /// Its teams, whom the word `developers` means there: positions in the list of actors, where they are in it.
    pub developers: Vec<u32>,
    /// One per duty.
    pub rows: Vec<Row>,
}

/// One duty where it is looked up.
#[derive(Debug)]
pub struct Row {
    /// The duty: its position in the list of duties.
    pub duty: DutyIx,
    /// Whether anybody decides it.
    pub standing: Standing,
    /// Who holds which rights, those with the weightiest right first: positions in the list of actors.
    pub held: SmallVec<[(u32, Rights); 2]>,
}

/// A line of a section's table: duties of one area, in all places where they stand the same.
#[derive(Debug)]
pub struct Line<'m> {
    /// The id of the duty, or of several; `area.*` for all of an area.
    pub duty: String,
    /// How many duties these are.
    pub duties: usize,
    /// The places, if there are others where it stands differently.
    pub places: Vec<&'m str>,
    /// Whether anybody decides it.
    pub standing: Standing,
    /// Who holds which rights.
    pub held: Vec<(Column, Rights)>,
}

/// A duty where it is looked up, and the columns in which it has something.
type Cells<'m> = (&'m Place, &'m Row, Vec<(Column, Rights)>);

/// How one duty stands in a section: its lines, which other duties may share.
type Stands<'m> = Vec<(Vec<&'m str>, Standing, Vec<(Column, Rights)>)>;

/// Whose rights a column of a section's table shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Those of one actor: a position in the list of actors.
    Actor(u32),
    /// Those of all teams of the place, as `developers` means them.
    Developers,
}

impl Redact for Matrix {
    fn redact(&mut self, names: &Pseudonyms) {
        for actor in &mut self.actors {
            actor.redact(names);
        }
        for duty in &mut self.duties {
            *duty = names.duty(std::mem::take(duty));
        }
        for section in &mut self.sections {
            section.of.redact(names);
            section.places.iter_mut().for_each(|rows| rows.place.redact(names));
        }
    }
}

/// Everybody's rights in all duties that are shown.
pub fn matrix(org: &Org<'_>, filter: &Filter) -> Matrix {
    let mut met = Met {
        people: vec![None; org.people.len()],
        teams: vec![None; org.teams.len()],
        developers: None,
        actors: Vec::new(),
        who: Vec::new(),
    };
    let sections = sections::sections(org, filter).into_iter().map(|section| Section {
        of: Place::of(org, section.of),
        places: section
            .subjects
            .iter()
            .map(|subject| rows(org, *subject, &mut met))
            .filter(|rows| !rows.rows.is_empty())
            .collect(),
    });
    let sections = sections.filter(|section| !section.places.is_empty()).collect();
    let duties = org.duties.iter().map(|duty| duty.id.to_string()).collect();
    Matrix { as_of: org.as_of, actors: met.actors, who: met.who, duties, sections }
}

/// Those who were met so far, and where they stand in the list.
struct Met {
    people: Vec<Option<u32>>,
    teams: Vec<Option<u32>>,
    developers: Option<u32>,
    actors: Vec<Named>,
    who: Vec<Option<Actor>>,
}

impl Met {
    /// The developers of a product without a team.
    fn developers(&mut self) -> u32 {
        *self.developers.get_or_insert_with(|| {
            self.actors.push(Named::developers());
            self.who.push(None);
            self.actors.len() as u32 - 1
        })
    }

    fn position(&mut self, org: &Org<'_>, actor: Actor) -> u32 {
        let known = match actor {
            Actor::Person(person) => &mut self.people[person.0 as usize],
            Actor::Team(team) => &mut self.teams[team.0 as usize],
        };
        *known.get_or_insert_with(|| {
            self.actors.push(org.named(actor));
            self.who.push(Some(actor));
            self.actors.len() as u32 - 1
        })
    }
}

fn rows(org: &Org<'_>, subject: Subject, met: &mut Met) -> Rows {
    let rows = org.decisions_on(subject).map(|(duty, decision)| {
        let rights = org.rights_in(duty, subject);
        let owners = rights.iter().take_while(|(right, _)| *right == Right::Decides).count();
        let standing = Standing::of(decision, subject, owners);
        let developers = (standing == Standing::Decided && owners == 0).then(|| (met.developers(), Right::Decides));
        let rights = rights.into_iter().map(|(right, actor)| (met.position(org, actor), right));
        Row { duty, standing, held: by_actor(developers.into_iter().chain(rights)) }
    });
    let rows = rows.collect();
    // Where one of them holds nothing at all, they never all hold the same.
    let developers: Option<Vec<u32>> = org.developers_at(&subject).iter().map(|team| met.teams[team.0 as usize]).collect();
    let mut developers = developers.unwrap_or_default();
    developers.sort_unstable();
    Rows { place: Place::of(org, subject), developers, rows }
}

/// The rights of each actor, in the order in which they are met. Nearly always these are a few; the teams of a large product are many.
fn by_actor(rights: impl Iterator<Item = (u32, Right)>) -> SmallVec<[(u32, Rights); 2]> {
    const FEW: usize = 16;
    let mut held: SmallVec<[(u32, Rights); 2]> = SmallVec::new();
    let mut others: FxHashMap<u32, usize> = FxHashMap::default();
    for (actor, right) in rights {
        let of_few = held.iter().take(FEW).position(|(known, _)| *known == actor);
        match of_few.or_else(|| others.get(&actor).copied()) {
            Some(at) => held[at].1.add(right),
            None => {
                if held.len() >= FEW {
                    others.insert(actor, held.len());
                }
                held.push((actor, Rights::from(right)));
            }
        }
    }
    held
}

impl Section {
    /// The lines of the section's table, in the order of the duties.
    pub fn lines<'m>(&'m self, duties: &'m [String]) -> Vec<Line<'m>> {
        let teams: BTreeSet<u32> = self.places.iter().flat_map(|of| of.developers.iter().copied()).collect();
        let of_place = |of: &'m Rows| {
            // A team that is alone is better called by its name.
            let developers = if teams.len() > 1 { of.developers.as_slice() } else { &[] };
            of.rows.iter().map(|row| (&of.place, row, columns(developers, &row.held))).collect::<Vec<_>>()
        };
        let mut rows: Vec<_> = self.places.iter().flat_map(of_place).collect();
        rows.sort_by_key(|(_, row, _)| row.duty);
        let of_duties: Vec<(&str, Stands<'m>)> = rows
            .chunk_by(|(_, one, _), (_, other, _)| one.duty == other.duty)
            .map(|of_duty| {
                let duty = of_duty.first().and_then(|(_, row, _)| duties.get(usize::from(row.duty.0))).map_or("", String::as_str);
                (duty, stands(of_duty))
            })
            .collect();
        let mut lines = Vec::new();
        for of_area in of_duties.chunk_by(|(one, _), (other, _)| area(one) == area(other)) {
            for same in of_area.chunk_by(|(_, one), (_, other)| one == other) {
                let ids: Vec<&str> = same.iter().map(|(duty, _)| *duty).collect();
                let duty = match ids.as_slice() {
                    [first, _, ..] if same.len() == of_area.len() => format!("{}.*", area(first)),
                    _ => ids.join(", "),
                };
                let stands = same.first().map(|(_, stands)| stands.as_slice()).unwrap_or_default();
                lines.extend(stands.iter().cloned().map(|(places, standing, held)| Line {
                    duty: duty.clone(),
                    duties: same.len(),
                    places,
                    standing,
                    held,
                }));
            }
        }
        lines
    }
}

/// How a duty stands where it is looked up; places where it stands the same are together.
fn stands<'m>(of_duty: &[Cells<'m>]) -> Stands<'m> {
    if let [(_, row, held)] = of_duty {
        return vec![(Vec::new(), row.standing, held.clone())];
    }
    let same = alike(of_duty, |(_, row, held)| (row.standing, held.clone()));
    let is_one = same.len() == 1;
    let of_group = |group: Vec<&Cells<'m>>| {
        let (_, row, held) = *group.first()?;
        let places = if is_one { Vec::new() } else { group.iter().map(|(place, _, _)| place.short.as_str()).collect() };
        Some((places, row.standing, held.clone()))
    };
    same.into_iter().filter_map(of_group).collect()
}

/// The area of a duty's id.
fn area(duty: &str) -> &str {
    duty.split_once('.').map_or(duty, |(area, _)| area)
}

/// The columns in which a row has something, in their order. Where all teams of the place have the same, they are one.
fn columns(developers: &[u32], held: &[(u32, Rights)]) -> Vec<(Column, Rights)> {
    let is_team = |actor: u32| developers.binary_search(&actor).is_ok();
    let mut of_teams = held.iter().filter(|(actor, _)| is_team(*actor)).map(|(_, rights)| *rights);
    let first = of_teams.next();
    let is_one = first.is_some_and(|first| of_teams.filter(|rights| *rights == first).count() + 1 == developers.len());
    let as_one = first.filter(|_| is_one);
    let others = held.iter().filter(|(actor, _)| as_one.is_none() || !is_team(*actor));
    let others = others.map(|(actor, rights)| (Column::Actor(*actor), *rights));
    let mut columns: Vec<(Column, Rights)> = others.chain(as_one.map(|rights| (Column::Developers, rights))).collect();
    columns.sort_unstable_by_key(|(column, _)| *column);
    columns
}
