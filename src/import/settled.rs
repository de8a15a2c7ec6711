//! What the user has settled: which duty a task is. A file of lines `task: duty`, or `task: [duty, duty]`.

use super::words::alike;
use crate::catalogue::{self, DUTIES};
use crate::document::{hints, value};
use crate::problem::Problem;
use crate::report::counted;
use crate::source::{FileId, Source, Span};
use crate::yaml::{self, Entry, Kind, Node};
use rustc_hash::{FxHashMap, FxHashSet};

/// The tasks that are settled.
#[derive(Debug, Default)]
pub struct Settled {
    entries: Vec<Task>,
    /// Positions by the words of the tasks.
    known: FxHashMap<String, usize>,
}

#[derive(Debug)]
struct Task {
    text: String,
    at: Span,
    duties: Vec<String>,
}

const SHAPE: &str = "Write one line per task: its words, a colon, and the id of the duty.";

impl Settled {
    /// Reads the file.
    ///
    /// # Errors
    /// It is no text, or no map of tasks to duties, names duties that cannot be, or a task twice.
    pub fn read(file: FileId, source: &Source) -> Result<Settled, Vec<Problem>> {
        if let Some(fault) = source.fault_at(file) {
            return Err(vec![fault]);
        }
        let parsed = yaml::parse(file, &source.text);
        let mut problems = parsed.errors;
        let mut settled = Settled::default();
        match parsed.root {
            Some(Node { kind: Kind::Map { entries, .. }, .. }) => {
                entries.into_iter().for_each(|entry| settled.add(entry, &mut problems));
            }
            Some(Node { kind: Kind::Blank | Kind::Broken, .. }) | None => {}
            Some(node) => problems.push(Problem::new(node.at, "this is no map of tasks to duties", SHAPE)),
        }
        if problems.is_empty() { Ok(settled) } else { Err(problems) }
    }

    fn add(&mut self, entry: Entry<'_>, problems: &mut Vec<Problem>) {
        let nodes = match entry.value {
            Node { kind: Kind::List(nodes), .. } if !nodes.is_empty() => nodes,
            node => vec![node],
        };
        let mut duties = Vec::new();
        for node in nodes {
            match node.kind {
                Kind::Scalar { text, .. } => match unfit(&text) {
                    None => duties.push(text.into_owned()),
                    Some((message, help)) => problems.push(Problem::new(node.at, message, help)),
                },
                Kind::Broken => {}
                _ => problems.push(Problem::new(node.at, "this is no duty", SHAPE)),
            }
        }
        let key = alike(&entry.key);
        if let Some(first) = self.known.get(&key).and_then(|at| self.entries.get(*at)) {
            let problem = Problem::new(entry.key_at, "this task stands here a second time", "Keep one of the two lines.");
            problems.push(problem.label(first.at, "it is settled here first"));
            return;
        }
        self.known.insert(key, self.entries.len());
        self.entries.push(Task { text: entry.key.into_owned(), at: entry.key_at, duties });
    }

    /// The duties that a task was settled to be.
    pub fn duties_of(&self, task: &str) -> Option<&[String]> {
        let at = if self.entries.is_empty() { None } else { self.known.get(&alike(task)) };
        at.and_then(|at| self.entries.get(*at)).map(|task| task.duties.as_slice())
    }

    /// All duties that tasks were settled to be.
    pub fn duties(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().flat_map(|task| &task.duties).map(String::as_str)
    }

    /// Warnings about lines that settle no task of these. Of many the first are told: a map may be that of another chart.
    pub fn unused<'t>(&self, tasks: impl Iterator<Item = &'t str> + Clone) -> Vec<Problem> {
        const TOLD: usize = 12;
        let known: FxHashSet<String> = tasks.clone().map(alike).collect();
        let unused: Vec<&Task> = self.entries.iter().filter(|task| !known.contains(&alike(&task.text))).collect();
        let warning = |task: &&Task| {
            let help = match hints::closest(&task.text, tasks.clone()) {
                Some(close) => format!("Did you mean `{}`?", hints::shortened(close)),
                None => "Write the task as the chart does; case and punctuation do not matter.".to_owned(),
            };
            Problem::new(task.at, "no chart has this task", help)
        };
        let mut warnings: Vec<Problem> = unused.iter().take(TOLD).map(warning).collect();
        if let Some(rest @ [next, ..]) = unused.get(TOLD..) {
            let message = format!("no chart has the tasks of {} either, from this one on", counted(rest.len(), "more line"));
            warnings.push(Problem::new(next.at, message, "Is this the map of another chart?"));
        }
        warnings
    }
}

/// Why a duty cannot be, and what to write instead.
fn unfit(duty: &str) -> Option<(String, String)> {
    if catalogue::duty(duty).is_some() || is_own_id(duty) {
        return None;
    }
    let message = format!("there is no duty `{}`", hints::shortened(duty));
    let help = match hints::closest(duty, DUTIES.iter().map(|duty| duty.id)) {
        Some(close) => format!("Did you mean `{close}`?"),
        None => {
            "Write a built-in duty (`roleaudit explain backlog.order` shows one), or an id in an area of your own, such as `own.audit`."
                .to_owned()
        }
    };
    Some((message, help))
}

/// Whether an id can name a duty of the company's own: it has an area, and that is none of the built-in ones.
pub(super) fn is_own_id(id: &str) -> bool {
    let is_built_in = |area: &str| DUTIES.iter().any(|duty| duty.area() == area);
    id.split_once('.').is_some_and(|(area, name)| !area.is_empty() && !name.is_empty() && !is_built_in(area))
        && value::is_declarable(id)
        && !id.ends_with(".*")
}
