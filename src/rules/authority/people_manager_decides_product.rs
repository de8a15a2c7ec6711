//! A manager of product owners who takes their decisions.

use crate::org::Scope;
use crate::rules::prelude::*;
use crate::source::Span;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "people-manager-decides-product",
    group: Group::Authority,
    severity: Severity::Error,
    otherwise: "info where only some of a product's owners report to the product manager who leads people",
    summary: "the manager of a product owner takes the owner's decisions",
    why: "To the one who writes the review nobody says no; the owner's decision is then the manager's.",
    question: "Who leads the product owners, and what stays theirs to decide?",
    fix: "Leave product decisions to the product owners, and hiring, reviews and careers to the manager.",
    passages: &["D0-024"],
    also: &["D0-021", "D0-022"],
    dissent: &["D4-336"],
    yields_to: &[],
    fires: r#"
people: {ann: {name: Ann, reports-to: kim}, kim: Kim, ben: {name: Ben, reports-to: mia}, lou: Lou, mia: Mia}
products:
  checkout:
    name: Checkout
    product-owner: ann
    responsibilities:
      strategy.*: ann
      backlog.order: kim                                  #~ Kim decides backlog.order for Checkout; Ann, the product owner, reports to Kim
      value.maximize: {decides: ann, approves: [kim]}     #~ Kim must approve value.maximize for Checkout; Ann, the product owner, reports to Kim
  search:
    name: Search
    product-manager: mia                                  #~ of the 2 product owners of Search, only Ben reports to Mia, who leads the product people
    responsibilities: {strategy.*: lou, people.manage: mia}
teams:
  find: {product: search, backlog: find, product-owner: ben}
  rank: {product: search, backlog: rank, product-owner: lou}
"#,
    clean: r#"
people: {ann: {name: Ann, reports-to: kim}, kim: Kim, lou: Lou}
products:
  checkout:
    product-manager: kim
    product-owner: ann
    responsibilities:
      strategy.*: kim
      roadmap.priorities: kim
      backlog.order: {decides: ann, input: [kim], approves: [lou]}
      delivery.sprint: {decides: ann, approves: [kim]}
teams:
  core: {product: checkout}
"#,
    check,
};

/// What a product owner decides, whoever leads that owner.
const OWNERS: [DutyIx; 3] = [duties::BACKLOG_ORDER, duties::DELIVERY_TRADEOFFS, duties::VALUE_MAXIMIZE];

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for duty in OWNERS {
        let mut told = BTreeSet::new();
        for subject in org.subjects(org[duty].level) {
            let owners = owners(org, subject);
            // A manager who owns the backlog too decides as its owner.
            let led = owners.iter().filter(|owner| org[**owner].reports_to.is_some_and(|manager| !owners.contains(&manager)));
            for owner in led.copied() {
                if let Some(taken) = taken(org, duty, subject, owner)
                    && told.insert(taken.record)
                {
                    gaps.add(gap(org, duty, subject, owner, &taken));
                }
            }
        }
    }
    for (product, _) in org.audited_products() {
        for manager in org.people_managers(product) {
            gaps.extend(led_in_part(org, product, manager));
        }
    }
}

/// The people who own what a duty is looked up for.
fn owners(org: &Org<'_>, subject: Subject) -> Vec<PersonIx> {
    let holders = match subject {
        Subject::Backlog(backlog) => org.owners(backlog).iter().copied().collect(),
        _ => org.seat_at(subject, SeatKind::ProductOwner),
    };
    holders.iter().filter_map(|holder| holder.actor.person()).filter(|person| !org[*person].is_group()).collect()
}

/// A decision of an owner that the owner's manager has a hand in.
struct Taken {
    manager: PersonIx,
    record: RecordIx,
    at: Span,
    /// Whether the manager decides, and does not just have to say yes.
    decides: bool,
}

/// Whether the manager of an owner decides what is the owner's, or must say yes to it.
fn taken(org: &Org<'_>, duty: DutyIx, subject: Subject, owner: PersonIx) -> Option<Taken> {
    let manager = org[owner].reports_to?;
    let actor = Actor::Person(manager);
    let decision = org.decision(duty, subject);
    let decider = decision.deciders().iter().find(|decider| decider.actor == actor);
    let decides = decider.map(|decider| Taken { manager, record: decider.record, at: decider.at, decides: true });
    let approves = || {
        let approvals = decision.records.iter().filter_map(|record| Some((*record, org[*record].approves.as_deref()?)));
        let mut of_manager = approvals.filter(|(_, approves)| org.actors_of([*approves], subject).contains(&actor));
        of_manager.next().map(|(record, approves)| Taken { manager, record, at: approves.at, decides: false })
    };
    decides.or_else(approves)
}

fn gap(org: &Org<'_>, duty: DutyIx, subject: Subject, owner: PersonIx, taken: &Taken) -> Gap {
    let record = &org[taken.record];
    let (owner, manager, id) = (&org[owner], org[taken.manager].name(), &org[duty].id);
    let whose = org.reach_title(record.scope, subject);
    let name = owner.name();
    let takes = if taken.decides { "decides" } else { "must approve" };
    let message = format!("{manager} {takes} {id} for {whose}; {name}, the product owner, reports to {manager}");
    let fix = if taken.decides {
        // What the organization says holds for every product, each with an owner of its own.
        let decider = if record.scope == Scope::Organization { SeatKind::ProductOwner.word() } else { &owner.id.id };
        format!("Write `{id}: {decider}`; {manager} can stand under `input` or `escalates-to`.")
    } else {
        let covered = org.covered(record.covers);
        format!("Take {manager} out of `approves` of `{covered}`; `escalates-to` keeps a last resort.")
    };
    let gap = Gap::new(record.scope.into(), taken.at, message).duty(duty).note_of(record).fix(fix);
    let reports_to = owner.facts.reports_to.as_ref().map(|given| given.value.0.at);
    reports_to.into_iter().fold(gap, |gap, at| gap.label(at, "the line of report"))
}

/// A product manager who leads people, and only some of the product's owners among them.
fn led_in_part(org: &Org<'_>, product: ProductIx, manager: PersonIx) -> Option<Gap> {
    let mut owners = org.seated(product, SeatKind::ProductOwner);
    owners.retain(|owner| *owner != manager);
    let led = |owner: &&PersonIx| org[**owner].reports_to == Some(manager);
    let (of_manager, others): (Vec<&PersonIx>, Vec<&PersonIx>) = owners.iter().partition(led);
    if of_manager.is_empty() || others.is_empty() {
        return None;
    }
    let name = org[manager].name();
    let reports = if of_manager.len() == 1 { "reports" } else { "report" };
    let message = format!(
        "of the {} product owners of {}, only {} {reports} to {name}, who leads the product people",
        owners.len(),
        org[product].name(),
        org.names(of_manager.into_iter().map(|owner| Actor::Person(*owner)))
    );
    let seat = org.seats_of_product(product, SeatKind::ProductManager).flat_map(|seat| &seat.holders);
    let at =
        seat.into_iter().find(|holder| holder.actor == Actor::Person(manager)).map_or(org[product].id.at, |holder| holder.at);
    let fix = format!("Write `reports-to: {}` at the other product owners too, or say who leads them.", org[manager].id.id);
    let gap = Gap::new(Subject::Product(product), at, message).severity(Severity::Info).fix(fix);
    Some(others.into_iter().fold(gap, |gap, owner| gap.label(org[*owner].id.at, "does not")))
}
