//! A product owner who decides nothing but paperwork.

use crate::rules::prelude::*;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "owner-without-decisions",
    group: Group::Authority,
    severity: Severity::Error,
    otherwise: "",
    summary: "a product owner decides nothing that an owner should",
    why: "An owner who only keeps the list in order carries messages between those who decide and those who build.",
    question: "What does the product owner decide alone?",
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
    for (person, facts) in org.people() {
        let may_be = facts.holds(SeatKind::ProductOwner) && !facts.is_group() && !facts.decides.is_any_of(&OWNERS);
        if !may_be || has_final_call(org, person) {
            continue;
        }
        let backlogs = recorded_backlogs(org, person);
        let taken = backlogs.iter().copied().find(|backlog| is_ordered_elsewhere(org, *backlog));
        if let Some(backlog) = taken {
            gaps.add(without_order(org, person, backlog));
        } else if !backlogs.is_empty() && facts.decides.is_any() && facts.decides.is_only_of(&ADMINISTRATIVE) {
            gaps.add(administrator(org, person));
        }
    }
}

/// Whether somebody is the only product person of a product, and so its final call, recorded or not.
fn has_final_call(org: &Org<'_>, person: PersonIx) -> bool {
    let mut products = org[person].seats.iter().flat_map(|held| org.products_of_seat(held));
    products.any(|&product| {
        let owners = org.owners_of(duties::PRIORITIES_CONFLICT, Subject::Product(product));
        org[product].audited && owners.contains(&Actor::Person(person))
    })
}

/// The backlogs that a person owns and for which core duties are recorded.
fn recorded_backlogs(org: &Org<'_>, person: PersonIx) -> Vec<BacklogIx> {
    let owned = org[person].seats.iter().filter(|held| held.kind == SeatKind::ProductOwner);
    let backlogs: BTreeSet<BacklogIx> = owned
        .filter_map(|held| match held.of {
            Subject::Product(product) => org.own_backlog(product),
            Subject::Team(team) => org[team].backlog,
            _ => None,
        })
        .collect();
    let is_recorded = |backlog: &BacklogIx| match org[*backlog].products.as_slice() {
        [] => org[*backlog].teams.iter().any(|team| org.team_records_core(*team)),
        products => products.iter().any(|product| org[*product].audited && org.records_core(*product)),
    };
    backlogs.into_iter().filter(|backlog| org[*backlog].audited && is_recorded(backlog)).collect()
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

fn administrator(org: &Org<'_>, person: PersonIx) -> Gap {
    let mut duties: Vec<&str> = org[person].decides.built_in().map(|duty| org[duty].id.as_ref()).collect();
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
