//! An organization as a RACI matrix: who decides, does, is asked and is told, and what these letters leave out.

mod lost;

use crate::catalogue::{self, DutyIx, Level};
use crate::matrix::{self, Matrix};
use crate::org::rights::{Right, Rights, Standing};
use crate::org::{Actor, Org, ProductIx, Subject, TeamIx};
use crate::redact::{LEFT_OUT, Pseudonyms, Redact};
use crate::sections::Filter;
pub use lost::Lost;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// The letters, in the order in which they stand in a cell.
pub const LETTERS: [(Right, char); 4] = [(Right::Decides, 'A'), (Right::Does, 'R'), (Right::Input, 'C'), (Right::Informed, 'I')];

/// What stands above the columns before those of the actors.
pub const HEADS: [&str; 4] = ["Product", "Team", "Duty (RACI)", "Meaning"];

/// A RACI matrix, ready for every output format.
#[derive(Debug)]
pub struct Export {
    /// Whose matrix it is: the organization's, or that of the only product in it.
    pub of: String,
    /// What stands above the column of each actor; no two are the same.
    pub actors: Vec<String>,
    /// The duties of products, then those of teams without one, then those of the organization.
    pub rows: Vec<Row>,
    /// What the files say and the matrix does not.
    pub lost: Vec<Lost>,
}

/// A duty of a product, of a team or of the organization.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// The product; empty if the duty is not that of a product.
    pub product: String,
    /// The team, where teams differ or have no product; else empty.
    pub team: String,
    /// The id of the duty.
    pub duty: String,
    /// What is to be done.
    pub meaning: String,
    /// Who has letters: positions in the list of actors, in its order.
    pub cells: Vec<(u32, Rights)>,
}

impl Redact for Export {
    fn redact(&mut self, names: &Pseudonyms) {
        self.of = names.text(&self.of);
        names.texts(&mut self.actors);
        for Row { product, team, duty, meaning, .. } in &mut self.rows {
            // What the company's own duties mean, only its files say.
            if catalogue::duty(duty).is_none() {
                LEFT_OUT.clone_into(meaning);
            }
            names.texts([product, team]);
            *duty = names.duty(std::mem::take(duty));
        }
        self.lost.iter_mut().for_each(|lost| lost.redact(names));
    }
}

/// The RACI matrix of what is shown.
pub fn export(org: &Org<'_>, filter: &Filter) -> Export {
    // Whether teams differ is judged over all of them, also where only some are shown.
    let matrix = matrix::matrix(org, &Filter::default());
    let found = Finder::of(org, filter, &matrix).all();
    let lettered: BTreeSet<(bool, Option<Actor>, u32)> =
        found.iter().flat_map(|row| &row.cells).map(|(actor, _)| in_file(*actor, &matrix)).collect();
    let heads = Heads::of(org, matrix.who.contains(&None));
    let columns: FxHashMap<u32, u32> = lettered.iter().zip(0..).map(|((.., actor), column)| (*actor, column)).collect();
    let rows = found.iter().map(|row| {
        let mut cells: Vec<(u32, Rights)> =
            row.cells.iter().filter_map(|(actor, rights)| Some((*columns.get(actor)?, *rights))).collect();
        cells.sort_unstable_by_key(|(column, _)| *column);
        Row {
            product: row.product.map_or_else(String::new, |product| heads.products[product.0 as usize].clone()),
            team: row.team.map_or_else(String::new, |team| heads.teams[team.0 as usize].clone()),
            duty: org[row.duty].id.to_string(),
            meaning: org[row.duty].meaning.to_string(),
            cells,
        }
    });
    Export {
        of: title(org, filter),
        rows: rows.collect(),
        actors: lettered.iter().map(|(_, actor, _)| heads.actor(*actor)).collect(),
        lost: lost::lost(org, filter, &found, &lettered.iter().filter_map(|(_, actor, _)| *actor).collect()),
    }
}

/// What the matrix is called after: the organization, or the product if it is the only one that is shown.
fn title(org: &Org<'_>, filter: &Filter) -> String {
    let products = org.audited_products().map(|(product, _)| Subject::Product(product));
    let shown: Vec<Subject> = products.filter(|product| filter.concerns(*product, org)).collect();
    let of = match shown.as_slice() {
        [only] if org.facts.name.is_none() || !filter.is_empty() => *only,
        _ => Subject::Organization,
    };
    org.title(of).into_owned()
}

/// Where the column of an actor stands: people in the order of the files, then teams, then developers of products without a team.
fn in_file(actor: u32, matrix: &Matrix) -> (bool, Option<Actor>, u32) {
    let who = matrix.who.get(actor as usize).copied().flatten();
    (who.is_none(), who, actor)
}

/// A row before its names are found.
#[derive(Clone)]
struct Found {
    product: Option<ProductIx>,
    team: Option<TeamIx>,
    duty: DutyIx,
    /// Where the duty is looked up; the first of several places where it stands the same.
    subject: Subject,
    standing: Standing,
    cells: Cells,
}

/// The rights of a row that have letters: positions in the matrix's list of actors.
type Cells = Vec<(u32, Rights)>;

/// What products, teams and actors are called; what stands in one column is never called the same.
struct Heads {
    products: Vec<String>,
    teams: Vec<String>,
    people: Vec<String>,
    /// Each team as one actor, then the developers of products without a team.
    developers: Vec<String>,
}

impl Heads {
    /// What all are called, and developers where they decide and no team is there yet.
    fn of(org: &Org<'_>, has_no_team: bool) -> Self {
        let products = distinct(org.products.iter().map(|product| (product.full_name().to_owned(), &*product.id.id)), &[]);
        let teams = distinct(org.teams.iter().map(|team| (team.full_name().to_owned(), &*team.id.id)), &[]);
        let of_team = |team: &String| format!("{DEVELOPERS_OF}{team}");
        let developers = teams.iter().map(of_team).zip(&org.teams).map(|(name, team)| (name, &*team.id.id));
        let without_team = has_no_team.then(|| (DEVELOPERS.to_owned(), "developers"));
        let people = org.people.iter().map(|person| (person.full_name().to_owned(), &*person.id.id));
        let mut people = distinct(people.chain(developers).chain(without_team), &HEADS);
        let developers = people.split_off(org.people.len());
        Heads { products, teams, people, developers }
    }

    fn actor(&self, actor: Option<Actor>) -> String {
        let head = match actor {
            Some(Actor::Person(person)) => self.people.get(person.0 as usize),
            Some(Actor::Team(team)) => self.developers.get(team.0 as usize),
            None => self.developers.last(),
        };
        head.cloned().unwrap_or_default()
    }
}

/// What the developers of a product without a team are called.
const DEVELOPERS: &str = "Developers";

/// What stands before the name of a team that acts as one.
pub const DEVELOPERS_OF: &str = "Developers of ";

/// Names that nobody can confuse: those that several have, or that are taken, with the id behind them.
fn distinct<'n>(named: impl Iterator<Item = (String, &'n str)>, taken: &[&str]) -> Vec<String> {
    let (mut names, ids): (Vec<String>, Vec<&str>) = named.unzip();
    let mut has_id = vec![false; names.len()];
    loop {
        let mut counts: FxHashMap<String, usize> = taken.iter().map(|name| (read(name), 1)).collect();
        names.iter().for_each(|name| *counts.entry(read(name)).or_default() += 1);
        let is_shared = |name: &str| counts.get(&read(name)).is_some_and(|count| *count > 1);
        let shared: Vec<usize> = (0..names.len()).filter(|at| !has_id[*at] && is_shared(&names[*at])).collect();
        if shared.is_empty() {
            return names;
        }
        // A name that is called like another one with its id behind it is found in the next round.
        for at in shared {
            names[at] = format!("{} ({})", shortened(names[at].trim()), ids[at]);
            has_id[at] = true;
        }
    }
}

/// The longest name that has an id behind it, in characters: what is cut when it is shown is never the id.
const LONGEST: usize = 500;

fn shortened(name: &str) -> Cow<'_, str> {
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &name[..end]).into(),
        None => name.into(),
    }
}

/// A name as it is read: capitals and blanks do not make it another one.
fn read(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase().chars().take(2 * LONGEST).collect()
}

/// Finds the rows among the lookups.
struct Finder<'o, 'a> {
    org: &'o Org<'a>,
    filter: &'o Filter,
    known: FxHashMap<(Subject, DutyIx), &'o matrix::Row>,
}

impl<'o, 'a> Finder<'o, 'a> {
    fn of(org: &'o Org<'a>, filter: &'o Filter, matrix: &'o Matrix) -> Self {
        let places = matrix.sections.iter().flat_map(|section| &section.places);
        let known = places.flat_map(|of| of.rows.iter().map(|row| ((of.place.of, row.duty), row))).collect();
        Finder { org, filter, known }
    }

    fn is_shown(&self, subject: Subject) -> bool {
        self.filter.concerns(subject, self.org)
    }

    fn all(&self) -> Vec<Found> {
        let mut found = Vec::new();
        for (product, _) in self.org.audited_products().filter(|(product, _)| self.is_shown(Subject::Product(*product))) {
            for (duty, _) in self.org.duties() {
                self.of_product(product, duty, &mut found);
            }
        }
        let alone = self.org.audited_teams().filter(|(_, facts)| facts.products.is_empty());
        for (team, facts) in alone.filter(|(team, _)| self.is_shown(Subject::Team(*team))) {
            let backlog = facts.backlog.filter(|backlog| self.org[*backlog].products.is_empty()).map(Subject::Backlog);
            for (duty, of_duty) in self.org.duties() {
                let subject = match of_duty.level {
                    Level::Team => Some(Subject::Team(team)),
                    Level::Backlog => backlog,
                    Level::Product | Level::Organization => None,
                };
                found.extend(subject.and_then(|subject| self.row(duty, subject)).map(|row| Found { team: Some(team), ..row }));
            }
        }
        found.extend(self.org.duties().filter_map(|(duty, _)| self.row(duty, Subject::Organization)));
        found
    }

    /// The rows of a duty of a product: one if it stands the same wherever it is looked up, else one per team.
    fn of_product(&self, product: ProductIx, duty: DutyIx, found: &mut Vec<Found>) {
        let lookups = self.org.lookups(duty, product);
        let mut rows = lookups.iter().map(|subject| self.row(duty, *subject));
        let first = rows.next().flatten();
        let cells = first.as_ref().map(|row| &row.cells);
        if rows.all(|row| row.as_ref().map(|row| &row.cells) == cells) {
            found.extend(first.map(|row| Found { product: Some(product), ..row }));
            return;
        }
        // A row without a team goes for all that have none of their own, and the product's own backlog may be there without a team:
        // then a row without letters says that the others have nothing of it.
        let has_wide_row = lookups.iter().any(|of| self.teams_at(of, product).next().is_none() && self.row(duty, *of).is_some());
        for subject in lookups.into_iter().filter(|subject| self.is_shown(*subject)) {
            let (standing, cells) = (Standing::Unrecorded, Cells::new());
            let blank = || Found { product: None, team: None, duty, subject, standing, cells };
            let Some(row) = self.row(duty, subject).or_else(|| has_wide_row.then(blank)) else { continue };
            let mut teams = self.teams_at(&subject, product).peekable();
            let no_team = teams.peek().is_none().then_some(None);
            let teams = teams.filter(|team| self.is_shown(Subject::Team(*team))).map(Some).chain(no_team);
            found.extend(teams.map(|team| Found { product: Some(product), team, ..row.clone() }));
        }
    }

    /// The teams of a product that a duty is looked up for in a place.
    fn teams_at<'s>(&'s self, subject: &'s Subject, product: ProductIx) -> impl Iterator<Item = TeamIx> + 's {
        let teams = match subject {
            Subject::Product(_) => &[],
            other => self.org.developers_at(other),
        };
        teams.iter().copied().filter(move |team| self.org[*team].products.contains(&product))
    }

    /// What a duty's row holds where it is looked up; none where it does not exist, or where nothing is recorded.
    fn row(&self, duty: DutyIx, subject: Subject) -> Option<Found> {
        let row = self.known.get(&(subject, duty))?;
        let is_there = match row.standing {
            Standing::NotApplicable => false,
            Standing::Unrecorded => !row.held.is_empty(),
            _ => true,
        };
        let cells = row.held.iter().map(|(actor, rights)| (*actor, lettered(*rights)));
        let mut cells: Cells = cells.filter(|(_, rights)| *rights != Rights::default()).collect();
        // In which order the files name people makes no difference.
        cells.sort_unstable_by_key(|(actor, _)| *actor);
        is_there.then_some(Found { product: None, team: None, duty, subject, standing: row.standing, cells })
    }
}

/// Those rights that have letters.
fn lettered(rights: Rights) -> Rights {
    let mut kept = Rights::default();
    LETTERS.iter().filter(|(right, _)| rights.has(*right)).for_each(|(right, _)| kept.add(*right));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(named: &[(&str, &'static str)]) -> Vec<String> {
        distinct(named.iter().map(|(name, id)| ((*name).to_owned(), *id)), &HEADS)
    }

    #[test]
    fn nobody_is_called_like_another_one_or_like_a_fixed_column() {
        assert_eq!(called(&[("Ann", "a1"), ("Bob", "b"), ("ann ", "a2")]), ["Ann (a1)", "Bob", "ann (a2)"]);
        assert_eq!(called(&[("Team", "t"), ("duty (raci)", "d")]), ["Team (t)", "duty (raci) (d)"]);
    }

    #[test]
    fn an_id_behind_a_name_confuses_nobody_either() {
        assert_eq!(called(&[("Ann", "a1"), ("Ann", "a2"), ("Ann (a1)", "x")]), ["Ann (a1)", "Ann (a2)", "Ann (a1) (x)"]);
        let long = "n".repeat(5_000);
        let names = called(&[(&long, "a1"), (&long, "a2")]);
        assert!(names.iter().all(|name| name.chars().count() < 600) && names[0].ends_with("… (a1)"), "{names:?}");
    }
}
