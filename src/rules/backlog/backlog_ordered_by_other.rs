//! A backlog whose order somebody decides who does not own it.

use crate::org::decide::Word;
use crate::org::seats::Holder;
use crate::org::{Covers, Party, Scope};
use crate::rules::prelude::*;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "backlog-ordered-by-other",
    group: Group::Backlog,
    severity: Severity::Error,
    otherwise: "",
    summary: "somebody who does not own a backlog decides its order",
    why: "Who answers for the order and who sets it are then two people, and the owner is asked to explain choices that were \
          made by another.",
    question: "Who decides what comes first in the backlog: its owner, or someone else?",
    fix: "Write `backlog.order: product-owner`, and list the others under `input`.",
    passages: &["D0-018", "D4-089", "D1-025"],
    also: &[
        "D1-023", "D1-026", "D1-050", "D1-051", "D2-037", "D3-005", "D3-017", "D4-038", "D4-069", "D4-071", "D4-090", "D4-111",
        "D4-114", "D4-137", "D4-241", "D4-320", "D4-351",
    ],
    dissent: &["D1-045", "D1-046", "D1-044"],
    yields_to: &[&super::backlog_without_owner::RULE, &super::ordering_delegated::RULE],
    fires: r#"
people: {ann: Ann, ben: Ben, kim: Kim, lee: {name: Lee, position: leader}}
products:
  checkout:
    name: Checkout
    product-manager: kim
    product-owner: ann
    responsibilities: {backlog.order: kim}          #~ Kim, the product manager of Checkout, decides the order of the backlog of Checkout, which Ann owns
  search:
    name: Search
    product-owner: ann
    responsibilities: {backlog.order: [ann, lee]}   #~ Lee decides the order of the backlog of Search together with Ann, who owns it
  maps:
    name: Maps
    product-manager: kim
    responsibilities: {backlog.order: kim}          #~ Kim is named to decide backlog.order for Maps, but owns none of its backlogs
  games:
    name: Games
    product-owner: [ann, ben]
    responsibilities: {backlog.order: [kim, lee]}   #~ Kim and Lee decide the order of the backlog of Games, which Ann and Ben own
  books:
    name: Books
    product-manager: kim
    responsibilities: {backlog.order: [lee, product-manager]}   #~ Lee and the product manager are named to decide backlog.order for Books, but own none of its backlogs; the backlog of Read belongs to Ben
teams:
  core: {product: checkout}
  find: {product: search}
  play: {product: games}
  read: {name: Read, product: books, backlog: read, product-owner: ben}
  draw: {name: Draw, product: maps, backlog: draw, product-owner: ben}
"#,
    clean: r#"
people: {ann: Ann, ben: Ben, kim: Kim, rosa: Rosa}
products:
  checkout:
    product-manager: kim
    product-owner: ann
    responsibilities: {backlog.order: {decides: ann, input: [kim], deputy: kim}}
  billing: {product-manager: rosa, product-owner: rosa, responsibilities: {backlog.order: product-manager}}
  search: {product-owner: ann, responsibilities: {backlog.order: developers}}
  maps: {product-manager: kim, responsibilities: {backlog.*: kim}}
teams:
  core: {product: checkout}
  invoices: {product: billing}
  find: {product: search}
  draw: {product: maps, backlog: draw, product-owner: ben}
"#,
    check,
};

const DUTY: DutyIx = duties::BACKLOG_ORDER;

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let real = org.audited_backlogs().filter(|(_, backlog)| backlog.view_of.is_none());
    gaps.extend(real.filter_map(|(backlog, _)| of_backlog(org, backlog)));
    gaps.extend(org.audited_products().filter_map(|(product, _)| of_product(org, product)));
}

/// The order of a backlog that is recorded for somebody else than its owner.
fn of_backlog(org: &Org<'_>, backlog: BacklogIx) -> Option<Gap> {
    let subject = Subject::Backlog(backlog);
    let deciders = org.decision(DUTY, subject).deciders();
    if deciders.is_empty() {
        return None;
    }
    let owners = org.owners(backlog);
    // Of a backlog that belongs to nobody, or to a group, other rules speak.
    if !owners.iter().any(|owner| org.is_one_person(owner.actor)) {
        return None;
    }
    let is_squads = org.is_owned_squad_backlog(backlog);
    // What a product says by seat reaches the squads' own backlogs too; that is told of the product.
    let is_meant = |decider: &Decider| !is_squads || matches!(org[decider.record].scope, Scope::Team(_));
    let owns = |actor: Actor| owners.iter().any(|owner| owner.actor == actor);
    let is_other = |decider: &&Decider| !owns(decider.actor) && !org.builds_from(decider.actor, backlog) && is_meant(decider);
    let others: Vec<&Decider> = deciders.iter().filter(is_other).collect();
    let first = others.first()?;

    let title = org.title(subject);
    let mut named_owners = owners.to_vec();
    named_owners.retain(|owner| deciders.iter().any(|decider| decider.actor == owner.actor));
    let is_shared = !named_owners.is_empty();
    if !is_shared {
        named_owners = owners.to_vec();
    }
    let names = org.names(named_owners.iter().map(|owner| owner.actor));
    let own = if named_owners.len() == 1 { "owns" } else { "own" };
    let owned = if is_shared { format!(" together with {names}, who {own} it") } else { format!(", which {names} {own}") };
    let decide = if others.len() == 1 { "decides" } else { "decide" };
    let message = format!("{} {decide} the order of {title}{owned}", named(org, backlog, &others));
    let gap = Gap::new(subject, first.at, message).duty(DUTY).note_of(&org[first.record]);
    let gap = gap.fix(fix(org, owners, &others));
    let gap = others.iter().fold(gap, |gap, other| match other.word {
        Some(Word::Seat(_, held_at)) => gap.label(other.at, "decides too").label(held_at, "holds the seat that decides"),
        Some(Word::Developers) | None => gap.label(other.at, "decides too"),
    });
    Some(owners.iter().fold(gap, |gap, owner| gap.label(owner.at, "owns the backlog")))
}

/// The names of those who decide, and of a single one also the seat of the product manager.
fn named(org: &Org<'_>, backlog: BacklogIx, others: &[&Decider]) -> String {
    let names = org.names(others.iter().map(|other| other.actor));
    let [Decider { actor: Actor::Person(person), .. }] = others else { return names };
    let managed = |product: &&ProductIx| org.seated(**product, SeatKind::ProductManager).contains(person);
    match org[backlog].products.iter().find(managed) {
        Some(product) => format!("{names}, the product manager of {},", org[*product].name()),
        None => names,
    }
}

fn fix(org: &Org<'_>, owners: &[Holder], others: &[&Decider]) -> String {
    let scope = others.first().map_or(Scope::Organization, |other| org[other.record].scope);
    let owner = match (owners, scope) {
        ([only], Scope::Product(_) | Scope::Team(_)) => org.actor_id(only.actor),
        _ => SeatKind::ProductOwner.word(),
    };
    let mut input: Vec<&str> = others.iter().map(|other| org.actor_id(other.actor)).collect();
    input.sort_unstable();
    format!(
        "Write `backlog.order: {{decides: {owner}, input: [{}]}}` under `responsibilities` of {}.",
        input.join(", "),
        org.path(scope.into())
    )
}

/// A product's order that is recorded by name for somebody who owns none of its backlogs, while a squad's backlog has its owner.
fn of_product(org: &Org<'_>, product: ProductIx) -> Option<Gap> {
    let squads: Vec<BacklogIx> = org.real_backlogs(product).filter(|backlog| org.is_owned_squad_backlog(*backlog)).collect();
    let squad = *squads.iter().min_by_key(|squad| org[**squad].id.as_ref())?;
    let record = &org[named_record(org, product)?];
    let owners: BTreeSet<Actor> =
        org.real_backlogs(product).flat_map(|backlog| org.owners(backlog)).map(|owner| owner.actor).collect();
    let is_other =
        |actor: Actor| !owners.contains(&actor) && !matches!(actor, Actor::Team(team) if org[product].teams.contains(&team));
    let names_other = |party: &&Party| match party.who {
        Who::Actor(actor) => is_other(actor),
        // A seat word means its holder where the order is looked up: at the squads.
        who => squads.iter().any(|squad| org.actors_at(Subject::Backlog(*squad), who).into_iter().any(is_other)),
    };
    let others: Vec<&Party> = record.decides.iter().flat_map(|decides| &decides.named).filter(names_other).collect();
    let first = others.first()?;

    let subject = Subject::Product(product);
    let mut names: Vec<String> = others.iter().map(|party| org.party_name(party)).collect();
    names.sort_unstable();
    names.dedup();
    let (are, own) = if names.len() == 1 { ("is", "owns") } else { ("are", "own") };
    let message = format!(
        "{} {are} named to decide backlog.order for {}, but {own} none of its backlogs; {} belongs to {}",
        joined(&names),
        org.title(subject),
        org.title(Subject::Backlog(squad)),
        org.names(org.owners(squad).iter().map(|owner| owner.actor)),
    );
    let mut words: Vec<&str> = others.iter().map(|party| org.party_word(party)).collect();
    words.sort_unstable();
    words.dedup();
    let fix = format!(
        "Write `backlog.order: {{decides: product-owner, input: [{}]}}` under `responsibilities` of {}: the seat word means each \
         backlog's own owner.",
        words.join(", "),
        org.path(record.scope.into())
    );
    let gap = Gap::new(subject, first.at, message).duty(DUTY).note_of(record).fix(fix);
    let gap = others.iter().fold(gap, |gap, party| gap.label(party.at, "decides too"));
    Some(org.own_owners(squad).iter().fold(gap, |gap, owner| gap.label(owner.at, "owns a backlog of the product")))
}

/// The record from which a product takes its order, if that names the duty itself.
fn named_record(org: &Org<'_>, product: ProductIx) -> Option<RecordIx> {
    let area = org[DUTY].area;
    let maps = [&org[product].rights, &org.rights];
    let records = maps.into_iter().flat_map(|map| {
        let covering = |covers: Covers| map.iter().find(move |(covered, _)| *covered == covers);
        [Covers::Duty(DUTY), Covers::Area(area)].into_iter().filter_map(covering)
    });
    let answers = |record: RecordIx| org[record].decides.is_some() || org[record].not_applicable.is_some();
    let (covers, record) = records.into_iter().find(|(_, record)| answers(*record))?;
    (*covers == Covers::Duty(DUTY)).then_some(*record)
}
