//! The team file that charts become, before it is written.

use super::Unit;
use super::chart::{Layout, Skipped, Unread};
use super::letters::{Ground, Model};
use super::mapping::Seating;
use crate::catalogue::Level;
use crate::document::value::MOST_NAMED;
use crate::org::link::MOST_QUESTIONS;
use crate::org::rights::Rights;

/// What an import gives.
#[derive(Debug)]
pub struct Import {
    /// The team file.
    pub draft: Draft,
    /// What of the charts it holds, and what is left to settle.
    pub summary: Summary,
}

impl Import {
    /// Why the team file would be refused, if it would be: lists and tables in it have limits.
    pub fn excess(&self) -> Option<String> {
        let Draft { products, teams, duties, .. } = &self.draft;
        let crowd = self.largest_crowd();
        if crowd > MOST_NAMED {
            return Some(format!("{crowd} have a part in one task here, and a list of a team file names at most {MOST_NAMED}"));
        }
        let (tasks, places) = (duties.len(), products.len() + teams.len());
        (tasks * places > MOST_QUESTIONS)
            .then(|| format!("{tasks} tasks for {places} products and teams are more than a team file takes"))
    }

    /// How many have a part in the task or seat that most have a part in.
    fn largest_crowd(&self) -> usize {
        let Draft { products, teams, records, .. } = &self.draft;
        let of_all = records.iter().map(|record| record.held.len());
        let of_places = products.iter().map(|product| (&product.seats, &product.records));
        let of_places = of_places.chain(teams.iter().map(|team| (&team.seats, &team.records)));
        let of_places = of_places.flat_map(|(seats, records)| {
            seats.iter().map(|(_, holders)| holders.len()).chain(records.iter().map(|record| record.held.len()))
        });
        of_all.chain(of_places).max().unwrap_or(0)
    }
}

/// A team file to be written.
#[derive(Debug, Default)]
pub struct Draft {
    /// Everybody whom the charts name.
    pub actors: Vec<Actor>,
    /// The products.
    pub products: Vec<Product>,
    /// The teams.
    pub teams: Vec<Team>,
    /// What is recorded for the whole organization.
    pub records: Vec<Record>,
    /// The company's own duties.
    pub duties: Vec<OwnDuty>,
}

/// A person or group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The id.
    pub id: String,
    /// The name as the charts write it.
    pub name: String,
    /// Whether it is a group.
    pub is_group: bool,
    /// The word of the name that says whether it is one.
    pub because: Option<String>,
    /// The seat that the name names.
    pub seat: Seating,
    /// The names in it, if it holds several.
    pub parts: Vec<String>,
    /// The ways in which charts write it.
    pub spellings: Vec<String>,
    /// Where it stands first.
    pub place: String,
    /// How and where it stands again in a chart that has it already.
    pub repeated: Vec<(String, String)>,
    /// Whether it is one of the teams, which acts as one.
    pub is_team: bool,
}

/// A product.
#[derive(Debug, Default)]
pub struct Product {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The seats that are held, and by whom.
    pub seats: Seats,
    /// What is recorded.
    pub records: Vec<Record>,
    /// Duties of the company that the charts do not have for this product.
    pub without: Vec<String>,
    /// Whether its backlog has to be listed, because neither a team nor an owner shows that there is one.
    pub lists_backlog: bool,
}

/// A team.
#[derive(Debug, Default)]
pub struct Team {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Whether no chart names it: it is there for a seat or a duty that only teams have.
    pub is_made_up: bool,
    /// The positions of its products.
    pub products: Vec<usize>,
    /// Whether it works from a backlog of its own.
    pub has_backlog: bool,
    /// The seats that are held, and by whom.
    pub seats: Seats,
    /// What is recorded.
    pub records: Vec<Record>,
}

/// The word of each seat with the positions of its holders.
pub type Seats = Vec<(&'static str, Vec<usize>)>;

/// Who holds which rights in a duty.
#[derive(Debug)]
pub struct Record {
    /// The id of the duty.
    pub duty: String,
    /// The task as the charts write it, where the id is a built-in one.
    pub task: Option<String>,
    /// The rights of each actor, in the order of the actors.
    pub held: Vec<(usize, Rights)>,
    /// Where it comes from, and what stands beside the letters there.
    pub note: String,
}

/// A duty of the company's own.
#[derive(Debug)]
pub struct OwnDuty {
    /// The id.
    pub id: String,
    /// What is to be done: the task.
    pub meaning: String,
    /// Where its decider is looked up.
    pub level: Level,
}

/// What was read and what is left to settle.
#[derive(Debug, Default)]
pub struct Summary {
    /// The charts.
    pub charts: Vec<Read>,
    /// The names of tables without a chart.
    pub others: Vec<String>,
    /// Tasks that became built-in duties, or may be some.
    pub tasks: Vec<Task>,
    /// What sources say differently.
    pub contradictions: Vec<Contradiction>,
}

/// What was read of a chart.
#[derive(Debug)]
pub struct Read {
    /// Where it stands.
    pub name: String,
    /// The table that it stands in, as places begin.
    pub table: String,
    /// How it is laid out.
    pub layout: Layout,
    /// The model of its letters, unless a legend gives them meanings of their own.
    pub model: Option<Model>,
    /// How the meaning of its letters is known.
    pub ground: Ground,
    /// Whose letters it has, where only its title says so.
    pub titled: Option<String>,
    /// How many tasks it has.
    pub tasks: usize,
    /// How many roles or people it names.
    pub roles: usize,
    /// The tasks that nobody decides, each with its place.
    pub undecided: Vec<(String, String)>,
    /// The tasks that several decide, each with its place.
    pub contested: Vec<(String, String)>,
    /// The tasks that a group decides.
    pub by_group: usize,
    /// How many tasks nobody carries out; none where the chart has no letter for it.
    pub without_doer: Option<usize>,
    /// The headings of the columns that say nothing about rights.
    pub extras: Vec<String>,
    /// What its lines are counted in.
    pub unit: Unit,
    /// The cells that could not be read.
    pub unread: Vec<Unread>,
    /// The lines that are no tasks; with the first chart of a table.
    pub skipped: Vec<Skipped>,
}

/// A task, and the duty that it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Where it stands.
    pub place: String,
    /// As it is written.
    pub text: String,
    /// The duty.
    pub duty: String,
    /// How it is known.
    pub how: How,
}

/// How it is known which duty a task is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// The user said so.
    Told,
    /// It is the id of the duty.
    Named,
    /// The whole task is a wording of the duty.
    Exact,
    /// These words of it are one.
    Likely(Vec<String>),
    /// It may be any of these, and is kept as a duty of the company's own.
    Open(Vec<&'static str>),
    /// It is worded like this duty, which another task of the chart is already; so it is kept as one of the company's own.
    Taken(String),
    /// It is worded like this duty, and nobody decides it. Of that duty `check` would not ask who does, so it is kept as one of the
    /// company's own, of which it asks.
    Unasked(&'static str),
    /// It is no built-in duty.
    Own,
}

/// What two sources say differently.
#[derive(Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The duty, or the task as it is written.
    pub about: String,
    /// The place of the first, and what it says.
    pub one: (String, String),
    /// The place of the other, and what it says.
    pub other: (String, String),
}
