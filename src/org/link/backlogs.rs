//! Which backlogs exist, who works from them and what is said of them.

use super::{Declared, Id, Linker, Org, Problem, ProductIx, Span, TeamIx, hints};
use crate::document;
use crate::org::{Actor, Backlog, BacklogIx, Few, Origin, each_once, positions_of};
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// What the name of a backlog stands for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Named {
    Product(ProductIx),
    Team(TeamIx),
    /// An entry of `backlogs`, by its position, that is neither a product's nor a team's.
    Entry(usize),
}

type Entries<'a> = Vec<(Id<'a>, document::Backlog<'a>)>;

impl<'a> Linker<'a> {
    /// Finds the backlogs, and ties teams, products, facts and views to them.
    pub(super) fn backlogs(&mut self, org: &mut Org<'a>, entries: Entries<'a>) {
        let worked_from: Vec<Option<(Named, Span)>> = (0..org.teams.len()).map(|team| self.backlog_of_team(team, org)).collect();
        self.refuse_backlogs_of_others(&worked_from, org);
        let described: Vec<Option<Named>> = entries.iter().map(|(id, _)| self.named_backlog(id)).collect();

        let mut existing: Vec<Named> = worked_from.iter().flatten().map(|(named, _)| *named).collect();
        existing.extend(described.iter().flatten().filter(|named| matches!(named, Named::Product(_))));
        existing.extend(
            (0..org.products.len())
                .filter(|product| has_own_backlog(&org.products[*product]))
                .map(|product| Named::Product(ProductIx(product as u32))),
        );
        existing.sort_unstable();
        existing.dedup();

        let positions: FxHashMap<Named, BacklogIx> =
            existing.iter().enumerate().map(|(position, named)| (*named, BacklogIx(position as u32))).collect();
        org.backlogs = existing.iter().map(|named| backlog(*named, positions[named], org, &entries)).collect();
        for (team, worked_from) in worked_from.iter().enumerate() {
            if let Some(position) = worked_from.and_then(|(named, _)| positions.get(&named)) {
                org.teams[team].backlog = Some(*position);
                org.backlogs[position.0 as usize].teams.push(TeamIx(team as u32));
            }
        }
        self.describe(org, entries, &described, &positions);
        tie_to_products(org);
    }

    /// What the team works from, and where that is written.
    fn backlog_of_team(&mut self, team: usize, org: &Org<'a>) -> Option<(Named, Span)> {
        let team = &org.teams[team];
        if let Some(backlog) = &team.facts.backlog {
            return self.named_backlog(&backlog.value.0).map(|named| (named, backlog.value.0.at));
        }
        match (team.products.as_slice(), &team.facts.product) {
            ([product], _) => Some((Named::Product(*product), team.id.at)),
            ([], _) | (_, None) => None,
            (_, Some(product)) => {
                let names = team.products.iter().map(|product| org[*product].id.id.as_ref());
                let help = format!("Add `backlog: …` with {}, or a backlog of the team's own.", hints::listed(names));
                let message = format!("`{}` works on several products and does not say from which backlog", team.id.id);
                self.errors.push(Problem::new(product.key, message, help));
                None
            }
        }
    }

    /// What the name of a backlog stands for.
    fn named_backlog(&mut self, id: &Id<'a>) -> Option<Named> {
        let product = self.products.get(&id.id);
        let team = match self.actors.get(&id.id) {
            Some(Declared::Here(Actor::Team(team))) => Some(team),
            Some(Declared::Here(Actor::Person(_)) | Declared::Left) | None => None,
        };
        match (product, team, self.backlog_entries.get(&id.id)) {
            (Some(_), Some(_), _) => {
                let help = "Give the team another id; or delete the line where the team works from its product's backlog.";
                let message = format!("`{}` is a product and a team; which backlog is meant?", id.id);
                self.errors.push(Problem::new(id.at, message, help));
                None
            }
            (Some(product), None, _) => Some(Named::Product(product)),
            (None, Some(team), _) => Some(Named::Team(team)),
            (None, None, Some(entry)) => Some(Named::Entry(entry)),
            (None, None, None) => self.or_undeclared(None, id, ("a product, team or backlog", "`backlogs`"), |linker| {
                let others =
                    [linker.products.closest(&id.id), linker.backlog_entries.closest(&id.id), linker.actors.closest(&id.id)];
                others.into_iter().flatten().next().map(str::to_owned)
            }),
        }
    }

    /// A team that names another team's backlog needs that team to work from it.
    fn refuse_backlogs_of_others(&mut self, worked_from: &[Option<(Named, Span)>], org: &Org<'a>) {
        for (named, at) in worked_from.iter().flatten() {
            let Named::Team(other) = named else { continue };
            let others = worked_from.get(other.0 as usize).copied().flatten();
            if others.is_some_and(|(of_other, _)| of_other == *named) {
                continue;
            }
            let other = &org[*other];
            let message = format!("`{}` has no backlog of its own: it works from another one", other.id.id);
            let help = format!("Name the backlog that is meant, or add `backlog: {}` to that team.", other.id.id);
            self.errors.push(Problem::new(*at, message, help).label(other.id.at, "this team works elsewhere"));
        }
    }

    /// Ties the facts under `backlogs` to the backlogs that exist.
    fn describe(
        &mut self,
        org: &mut Org<'a>,
        entries: Entries<'a>,
        described: &[Option<Named>],
        positions: &FxHashMap<Named, BacklogIx>,
    ) {
        let mut views = Vec::new();
        for ((id, facts), named) in entries.into_iter().zip(described) {
            let shown = facts.view_of.as_ref().and_then(|shown| Some((self.named_backlog(&shown.value.0)?, shown.value.0.at)));
            let can_reorder = facts.can_reorder.as_ref().map(|given| self.parties(given));
            let Some(named) = named else { continue };
            let Some(position) = positions.get(named) else {
                // The team that works from it may stand in what could not be read.
                if !self.whole {
                    continue;
                }
                let help = format!("Add `backlog: {}` to the team that works from it, or delete the entry.", id.id);
                self.errors.push(Problem::new(id.at, format!("no team works from the backlog `{}`", id.id), help));
                continue;
            };
            views.extend(shown.and_then(|(shown, at)| Some((*position, *positions.get(&shown)?, at))));
            let backlog = &mut org.backlogs[position.0 as usize];
            backlog.at = id.at;
            backlog.can_reorder = can_reorder;
            backlog.facts = Some(facts);
        }
        for (view, shown, _) in &views {
            org.backlogs[view.0 as usize].view_of = Some(*shown);
            org.backlogs[shown.0 as usize].views.push(*view);
        }
        let places: FxHashMap<BacklogIx, Span> = views.iter().rev().map(|(view, _, at)| (*view, *at)).collect();
        let mut walks = vec![None; org.backlogs.len()];
        for (walk, (view, _, _)) in views.iter().enumerate() {
            let circle = circle_from(*view, walk, &mut walks, org);
            if let Some((circle, at)) = circle.and_then(|circle| places.get_key_value(&circle)) {
                let message = match org.backlogs[circle.0 as usize].view_of {
                    Some(shown) if shown == *circle => "this is a view of itself",
                    _ => "these views show each other in a circle",
                };
                self.errors.push(Problem::new(*at, message, "Delete `view-of` where the real backlog is."));
            }
        }
    }
}

/// A product without a team has a backlog of its own if it writes the seat of its owner.
fn has_own_backlog(product: &crate::org::Product<'_>) -> bool {
    product.teams.is_empty() && product.facts.product_owner.is_some()
}

fn backlog<'a>(named: Named, position: BacklogIx, org: &Org<'a>, entries: &Entries<'a>) -> Backlog<'a> {
    let (id, at, origin): (&Id<'a>, Span, Origin) = match named {
        Named::Product(product) => (&org[product].id, org[product].id.at, Origin::Product(product)),
        Named::Team(team) => (&org[team].id, org[team].id.at, Origin::Team(team)),
        Named::Entry(entry) => (&entries[entry].0, entries[entry].0.at, Origin::Entry),
    };
    let id: Cow<'a, str> = id.id.clone();
    let (facts, can_reorder, view_of) = Default::default();
    let (teams, products, views, own_owners) = Default::default();
    let (shown, owned_as) = (position, position);
    Backlog {
        id,
        at,
        origin,
        facts,
        can_reorder,
        teams,
        built_teams: 0,
        products,
        view_of,
        views,
        shown,
        own_owners,
        owned_as,
        audited: true,
    }
}

/// Tells every backlog who owns it and how many build from it, and every view what it shows; no view is on a circle any more.
pub(super) fn mark_owners(org: &mut Org<'_>) {
    for index in 0..org.backlogs.len() {
        let holders = org.owner_seats(BacklogIx(index as u32)).flat_map(|seat| seat.holders.iter().copied());
        org.backlogs[index].own_owners = each_once(holders, |holder| holder.actor);
        org.backlogs[index].built_teams = org.built_teams(&org.backlogs[index].teams).count();
    }
    // From what is really there to its views and on to theirs, so that each is passed once.
    let mut open: Vec<BacklogIx> = positions_of(&org.backlogs, BacklogIx)
        .filter(|(_, backlog)| backlog.view_of.is_none())
        .map(|(backlog, _)| backlog)
        .collect();
    while let Some(shown) = open.pop() {
        let (real, owned_as) = (org[shown].shown, org[shown].owned_as);
        for view in org[shown].views.clone() {
            let view_itself = &mut org.backlogs[view.0 as usize];
            view_itself.shown = real;
            if view_itself.own_owners.is_empty() {
                view_itself.owned_as = owned_as;
            }
            open.push(view);
        }
    }
}

/// A view on a circle to which this one leads, if no earlier walk came by it. `walks` holds which walk came by each backlog first, so
/// that all walks together pass each of them once.
fn circle_from(view: BacklogIx, walk: usize, walks: &mut [Option<usize>], org: &Org<'_>) -> Option<BacklogIx> {
    let mut next = Some(view);
    while let Some(shown) = next {
        let passed = &mut walks[shown.0 as usize];
        if let Some(earlier) = *passed {
            return (earlier == walk).then_some(shown);
        }
        *passed = Some(walk);
        next = org[shown].view_of;
    }
    None
}

/// Tells every backlog for which products it is, and every product which backlogs are its.
fn tie_to_products(org: &mut Org<'_>) {
    for index in 0..org.backlogs.len() {
        let backlog = &org.backlogs[index];
        let mut products: Few<ProductIx> = match backlog.origin {
            Origin::Product(product) => Few::from_elem(product, 1),
            Origin::Team(_) | Origin::Entry => {
                backlog.teams.iter().flat_map(|team| org[*team].products.iter().copied()).collect()
            }
        };
        products.sort_unstable();
        products.dedup();
        org.backlogs[index].products = products;
    }
    for index in 0..org.products.len() {
        let product = ProductIx(index as u32);
        let of_teams = org.products[index].teams.iter().filter_map(|team| org[*team].backlog);
        let mut backlogs: Few<BacklogIx> = of_teams.collect();
        backlogs.extend(own_backlog(product, org));
        backlogs.sort_unstable();
        backlogs.dedup();
        org.products[index].backlogs = backlogs;
    }
}

/// The position of a product's own backlog; backlogs are sorted with those of products first.
fn own_backlog(product: ProductIx, org: &Org<'_>) -> Option<BacklogIx> {
    let key = |backlog: &Backlog<'_>| match backlog.origin {
        Origin::Product(of) => (0, of.0),
        Origin::Team(_) | Origin::Entry => (1, 0),
    };
    org.backlogs.binary_search_by_key(&(0, product.0), key).ok().map(|position| BacklogIx(position as u32))
}
