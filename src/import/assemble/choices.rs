//! Which duties the tasks of a chart are: what the user said comes first, then ids, then wording.

use super::{Scope, is_placed};
use crate::catalogue;
use crate::import::chart::{Chart, Row};
use crate::import::draft::How;
use crate::import::mapping::{Mapping, duty_of};
use crate::import::settled::{Settled, is_own_id};
use crate::import::words::alike;
use crate::org::rights::Right;
use rustc_hash::FxHashMap;

/// A duty that a task is.
pub(super) struct Choice {
    /// Its id; blank for a duty of the company's own that has none yet.
    pub(super) duty: String,
    /// How it is known.
    pub(super) how: How,
}

/// The duties that each task of a chart is. Of several tasks that are worded like one duty, the surest is it.
pub(super) fn choices(chart: &Chart, scopes: &[Scope], settled: &Settled) -> Vec<Vec<Choice>> {
    let mut choices: Vec<Vec<Choice>> = chart.rows.iter().map(|row| choices_of(row, is_placed(chart), settled)).collect();
    let mut surest: FxHashMap<(Scope, String), (usize, usize)> = FxHashMap::default();
    for (row, (choices, scope)) in choices.iter().zip(scopes).enumerate() {
        for Choice { duty, how } in choices {
            let Some(sureness) = how.sureness() else { continue };
            let best = surest.entry((*scope, duty.clone())).or_insert((sureness, row));
            if sureness > best.0 {
                *best = (sureness, row);
            }
        }
    }
    for (row, (choices, scope)) in choices.iter_mut().zip(scopes).enumerate() {
        for choice in choices.iter_mut().filter(|choice| matches!(choice.how, How::Exact | How::Likely(_))) {
            let best = surest.get(&(*scope, choice.duty.clone()));
            if best.is_some_and(|(_, best)| *best != row) {
                choice.how = How::Taken(std::mem::take(&mut choice.duty));
            }
        }
    }
    choices
}

fn choices_of(row: &Row, is_placed: bool, settled: &Settled) -> Vec<Choice> {
    let choice = |duty: &str, how: How| Choice { duty: duty.to_owned(), how };
    if let Some(duties) = settled.duties_of(&row.task) {
        return duties.iter().map(|duty| choice(duty, How::Told)).collect();
    }
    if catalogue::duty(&row.task).is_some() || is_placed && is_own_id(&row.task) {
        return vec![choice(&row.task, How::Named)];
    }
    let is_unasked = |duty: &str| row.holders(Right::Decides) == 0 && catalogue::duty(duty).is_some_and(|duty| !duty.core);
    vec![match duty_of(&row.task) {
        Mapping::Exact(found) | Mapping::Likely(found) if is_unasked(found.duty) => choice("", How::Unasked(found.duty)),
        Mapping::Exact(found) => choice(found.duty, How::Exact),
        Mapping::Likely(found) => choice(found.duty, How::Likely(found.words)),
        Mapping::Ambiguous(found) => choice("", How::Open(found.iter().map(|found| found.duty).collect())),
        Mapping::None => choice("", How::Own),
    }]
}

impl How {
    /// How sure it is that a task is its duty; none where it is not taken for one.
    fn sureness(&self) -> Option<usize> {
        match self {
            How::Told | How::Named => Some(2),
            How::Exact => Some(1),
            How::Likely(_) => Some(0),
            How::Open(_) | How::Taken(_) | How::Unasked(_) | How::Own => None,
        }
    }
}

/// What tells tasks of the company apart, so that another chart means the same one: the words, the heading where a chart repeats
/// the words, and a number where it repeats both.
pub(super) type OwnTask = (String, String, usize);

/// What tells each task of a chart apart from its others.
pub(super) fn own_tasks(chart: &Chart, scopes: &[Scope]) -> Vec<OwnTask> {
    let mut repeated: FxHashMap<(Scope, String), usize> = FxHashMap::default();
    for (row, scope) in chart.rows.iter().zip(scopes) {
        *repeated.entry((*scope, alike(&row.task))).or_default() += 1;
    }
    let mut seen: FxHashMap<(Scope, String, String), usize> = FxHashMap::default();
    let name = |(row, scope): (&Row, &Scope)| {
        let task = alike(&row.task);
        let is_repeated = repeated.get(&(*scope, task.clone())).is_some_and(|count| *count > 1);
        let section = if is_repeated { row.section.clone() } else { String::new() };
        let nth = seen.entry((*scope, task.clone(), section.clone())).or_default();
        *nth += 1;
        (task, section, *nth)
    };
    chart.rows.iter().zip(scopes).map(name).collect()
}
