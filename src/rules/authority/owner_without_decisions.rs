//! A product owner who decides nothing but paperwork.

use crate::rules::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub static RULE: Rule = Rule {
    name: "owner-without-decisions",
    group: Group::Authority,
    severity: Severity::Error,
    otherwise: "",
    summary: "a product owner decides nothing that an owner should",
    why: "An owner who only keeps the list in order carries messages between those who decide and those who build.",
    fix: "Give the product owner `backlog.order` and `delivery.tradeoffs`.",
    passages: &["D0-019", "D4-267", "D4-264"],
    also: &[
        "D0-003", "D0-007", "D0-008", "D1-024", "D4-007", "D4-036", "D4-046", "D4-047", "D4-091", "D4-217", "D4-254", "D4-265",
        "D4-266",
    ],
    dissent: &["D2-027", "D2-039"],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, ben: Ben, kim: Kim}
products:
  checkout:
    name: Checkout
    product-manager: kim
    product-owner: ann                 #~ priorities.conflict; Kim sets the order of the backlog of Checkout
    responsibilities:
      strategy.*: kim
      backlog.order: kim
  search:
    name: Search
    product-manager: kim
    product-owner: ben                 #~ all that is recorded for Ben, product owner of Search, is administrative: backlog.acceptance and backlog.refine
    responsibilities:
      strategy.*: kim
      backlog.refine: ben
      backlog.acceptance: ben
"#,
    clean: r#"
people: {ann: Ann, ben: Ben, kim: Kim, lou: Lou}
products:
  checkout:
    product-manager: kim
    product-owner: ann
    responsibilities: {strategy.*: kim, backlog.order: kim, value.maximize: product-owner}
  search:
    product-manager: kim
    product-owner: ben
    responsibilities: {strategy.*: kim, backlog.refine: ben, delivery.sprint: ben}
  maps: {product-manager: kim, product-owner: lou, responsibilities: {strategy.*: kim}}
teams:
  find: {product: search}
"#,
    check,
};

/// The decisions of which a product owner has at least one.
const OWNERS: [DutyIx; 5] = [
    duties::BACKLOG_ORDER,
    duties::DELIVERY_TRADEOFFS,
    duties::VALUE_MAXIMIZE,
    duties::BACKLOG_INTAKE,
    duties::PRIORITIES_CONFLICT,
];

/// What is done on behalf of whoever decides.
const ADMINISTRATIVE: [DutyIx; 4] =
    [duties::BACKLOG_REFINE, duties::BACKLOG_ACCEPTANCE, duties::BACKLOG_TRANSLATE, duties::BACKLOG_UNDERSTANDING];

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let mut powerless = owners(org);
    let mut decided: BTreeMap<PersonIx, BTreeSet<DutyIx>> = BTreeMap::new();
    for (duty, subject, decision) in org.all_decisions() {
        let deciders = decision.deciders().iter().filter_map(|decider| decider.actor.person());
        deciders.filter(|person| powerless.contains_key(person)).for_each(|person| {
            decided.entry(person).or_default().insert(duty);
        });
        // The only product person of a product counts as its final call, recorded or not.
        if duty == duties::PRIORITIES_CONFLICT {
            org.owners_of(duty, subject).iter().filter_map(|actor| actor.person()).for_each(|person| {
                powerless.remove(&person);
            });
        }
    }
    for (person, backlogs) in powerless {
        let decided = decided.remove(&person).unwrap_or_default();
        if OWNERS.iter().any(|duty| decided.contains(duty)) {
            continue;
        }
        let taken = backlogs.iter().copied().find(|backlog| is_ordered_elsewhere(org, *backlog));
        if let Some(backlog) = taken {
            gaps.add(without_order(org, person, backlog));
        } else if !decided.is_empty() && decided.iter().all(|duty| ADMINISTRATIVE.contains(duty)) {
            gaps.add(administrator(org, person, &decided));
        }
    }
}

/// The people who own backlogs for which core duties are recorded, each with those backlogs.
fn owners(org: &Org<'_>) -> BTreeMap<PersonIx, Vec<BacklogIx>> {
    let mut owners: BTreeMap<PersonIx, Vec<BacklogIx>> = BTreeMap::new();
    let products = org.audited_products().map(|(product, _)| product);
    let recorded: BTreeSet<ProductIx> = products.filter(|product| org.records_core(*product)).collect();
    for (backlog, facts) in org.audited_backlogs() {
        let is_recorded = match facts.products.as_slice() {
            [] => facts.teams.iter().any(|team| org.team_records_core(*team)),
            products => products.iter().any(|product| recorded.contains(product)),
        };
        if is_recorded {
            let people = org.own_owners(backlog).into_iter().filter_map(|owner| owner.actor.person());
            people.filter(|person| !org[*person].is_group()).for_each(|person| owners.entry(person).or_default().push(backlog));
        }
    }
    owners
}

/// Whether the order of a backlog is recorded for somebody else than its owners, who decide nothing of the kind, or as nobody's.
/// Where its developers set it, that is told of the backlog; and of a view no order is looked up.
fn is_ordered_elsewhere(org: &Org<'_>, backlog: BacklogIx) -> bool {
    if org[backlog].view_of.is_some() {
        return false;
    }
    match &org.decision(duties::BACKLOG_ORDER, Subject::Backlog(backlog)).answer {
        Answer::Decided(deciders) => deciders.iter().any(|decider| !org.builds_from(decider.actor, backlog)),
        Answer::Nobody | Answer::Ended(_) | Answer::Vacant(_) => true,
        Answer::Absent | Answer::NotApplicable => false,
    }
}

fn without_order(org: &Org<'_>, person: PersonIx, backlog: BacklogIx) -> Gap {
    let subject = Subject::Backlog(backlog);
    let decision = org.decision(duties::BACKLOG_ORDER, subject);
    let deciders = decision.deciders();
    let who = match deciders {
        [] => "nobody".to_owned(),
        _ => org.names(deciders.iter().map(|decider| decider.actor)),
    };
    let sets = if deciders.len() > 1 { "set" } else { "sets" };
    let duties: Vec<&str> = OWNERS.iter().map(|duty| org[*duty].id.as_ref()).collect();
    let what = format!("decides none of {}; {who} {sets} the order of {}", joined(&duties), org.title(subject));
    let gap = gap(org, person, |named| format!("{named}, {what}"));
    let record = decision.answered_by.first().or(decision.records.first());
    record.into_iter().fold(gap, |gap, record| gap.label(org[*record].at, "the order of the backlog"))
}

fn administrator(org: &Org<'_>, person: PersonIx, decided: &BTreeSet<DutyIx>) -> Gap {
    let mut duties: Vec<&str> = decided.iter().map(|duty| org[*duty].id.as_ref()).collect();
    duties.sort_unstable();
    gap(org, person, |named| format!("all that is recorded for {named}, is administrative: {}", joined(&duties)))
}

/// The gap of a product owner; the message is given the name with the seats.
fn gap(org: &Org<'_>, person: PersonIx, message: impl FnOnce(&str) -> String) -> Gap {
    let facts = &org[person];
    let named = format!("{}, {}", facts.name(), org.seats_title(person, &[SeatKind::ProductOwner]));
    let mut seats = facts.seats.iter().filter(|held| held.kind == SeatKind::ProductOwner);
    let at = seats.next().map_or(facts.id.at, |held| held.at);
    let id = &facts.id.id;
    let fix = format!("Write `backlog.order: {id}` and `delivery.tradeoffs: {id}` under `responsibilities`.");
    Gap::new(Subject::Person(person), at, message(&named)).fix(fix)
}
