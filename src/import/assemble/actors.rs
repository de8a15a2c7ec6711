//! Those whom charts name, each once, however many charts name them.

use crate::document::hints;
use crate::import::chart::{Chart, Layout, Role};
use crate::import::draft::Actor;
use crate::import::mapping::{Seating, head_of};
use crate::import::sources::Source;
use crate::import::words::{self, Ids, alike};
use rustc_hash::FxHashMap;

/// Who a head is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Identity {
    /// Whoever holds a seat: the head says nothing else, and `PO` is `Product Owner`.
    Holder(&'static str, bool),
    /// Whoever has this name, as words are compared.
    Name(String),
}

/// The actors of all charts so far.
#[derive(Default)]
pub(super) struct Actors {
    pub(super) list: Vec<Actor>,
    known: FxHashMap<Identity, usize>,
    /// People and teams have ids of one space.
    pub(super) ids: Ids,
}

impl Actors {
    /// The actors of a chart's roles: positions in the list. A word in a cell that keeps the place of a name is nobody.
    pub(super) fn of(&mut self, source: &Source, chart: &Chart) -> Vec<Option<usize>> {
        let mut heads: FxHashMap<String, usize> = FxHashMap::default();
        for role in &chart.roles {
            *heads.entry(alike(&role.name)).or_default() += 1;
        }
        let is_nobody = |role: &Role| matches!(chart.layout, Layout::Named | Layout::List) && words::is_nobody(&role.name);
        // An export never calls two the same, but may tell them apart by punctuation alone.
        let is_exact = chart.layout == Layout::Exported;
        let mut of_chart: Vec<Option<usize>> = Vec::new();
        for role in &chart.roles {
            let is_repeated = heads.get(&alike(&role.name)).is_some_and(|count| *count > 1);
            let name =
                if is_repeated && !role.group.is_empty() { format!("{} ({})", role.name, role.group) } else { role.name.clone() };
            let place = format!("{}, column {}", source.place(role.line), role.column);
            of_chart.push((!is_nobody(role)).then(|| self.actor(&name, place, &of_chart, is_exact)));
        }
        of_chart
    }

    /// The actor of a head. One chart does not name the same one in two ways: there, `PO` and `Product Owner` are two.
    fn actor(&mut self, name: &str, place: String, of_chart: &[Option<usize>], is_exact: bool) -> usize {
        let head = head_of(name);
        let by_name = Identity::Name(if is_exact { name.to_lowercase() } else { alike(name) });
        let by_seat = match &head.seat {
            Seating::One(seat) if words::names_only(seat, &head.name) => Some(Identity::Holder(seat, head.is_group)),
            _ => None,
        };
        let known = self.known.get(&by_name).or_else(|| {
            let holder = self.known.get(by_seat.as_ref()?)?;
            (!of_chart.contains(&Some(*holder))).then_some(holder)
        });
        if let Some(known) = known.copied() {
            if let Some(actor) = self.list.get_mut(known) {
                if of_chart.contains(&Some(known)) {
                    actor.repeated.push((head.name, place));
                } else if !actor.spellings.contains(&head.name) {
                    actor.spellings.push(head.name);
                }
            }
            self.known.insert(by_name, known);
            return known;
        }
        // What keeps the place of a name everywhere else is a name here: it heads a column.
        let shown = if hints::is_no_actor(&head.name) { format!("“{}”", head.name) } else { head.name.clone() };
        self.list.push(Actor {
            id: self.ids.take(&head.id),
            name: shown,
            is_group: head.is_group,
            because: head.because,
            seat: head.seat,
            parts: head.parts,
            spellings: vec![head.name],
            place,
            repeated: Vec::new(),
            is_team: false,
        });
        let new = self.list.len() - 1;
        self.known.insert(by_name, new);
        by_seat.into_iter().for_each(|by_seat| {
            self.known.entry(by_seat).or_insert(new);
        });
        new
    }
}
