//! A backlog that nobody owns.

use crate::org::Origin;
use crate::org::decide::Word;
use crate::rules::prelude::*;
use crate::rules::unowned;

/// The rule.
pub static RULE: Rule = Rule {
    name: "backlog-without-owner",
    group: Group::Backlog,
    severity: Severity::Error,
    otherwise: "warning where no team of the backlog is known to use Scrum; silent where all of them work without it",
    summary: "nobody owns a backlog",
    why: "Without an owner, the order of the work is the sum of whoever asked last.",
    question: "Which one person owns the backlog?",
    fix: "Name one person under `product-owner`.",
    passages: &["D1-025", "D4-350", "D2-007"],
    also: &[
        "D0-003", "D1-023", "D1-045", "D2-010", "D2-023", "D2-031", "D2-042", "D3-005", "D3-013", "D4-004", "D4-007", "D4-013",
        "D4-055", "D4-068", "D4-241", "D4-335", "D4-341",
    ],
    dissent: &[],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout: {name: Checkout, product-manager: kim}     #~ no one is recorded as owning the backlog of Checkout
teams:
  core: {product: checkout, scrum: true}
  search: {name: Search, backlog: search, scrum: true, product-owner: nobody}   #~ nobody owns the backlog of Search
"#,
    clean: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout: {product-manager: kim, product-owner: ann}
teams:
  core: {product: checkout, scrum: true}
  search: {backlog: search, product-owner: kim}
  ops: {backlog: ops, scrum: false}
  shown: {product: checkout, backlog: shown}
backlogs:
  shown: {view-of: checkout}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (backlog, facts) in org.audited_backlogs().filter(|(_, backlog)| backlog.view_of.is_none()) {
        if org.owners(backlog).is_empty() && !is_without_scrum(org, backlog) {
            let scrum = facts.teams.iter().any(|team| org.uses_scrum(*team) == Some(true));
            let severity = if scrum { Severity::Error } else { Severity::Warning };
            gaps.add(gap(org, backlog).severity(severity));
        }
    }
}

/// Whether every team that works from the backlog is known to work without Scrum.
fn is_without_scrum(org: &Org<'_>, backlog: BacklogIx) -> bool {
    let teams = &org[backlog].teams;
    if teams.is_empty() {
        return org.facts.scrum.as_ref().is_some_and(|scrum| !scrum.value);
    }
    teams.iter().all(|team| org.uses_scrum(*team) == Some(false))
}

fn gap(org: &Org<'_>, backlog: BacklogIx) -> Gap {
    let subject = Subject::Backlog(backlog);
    let title = org.title(subject);
    let vacant = org.owner_seats(backlog).next();
    let ordering = ordering(org, subject);
    let ordered = match ordering.as_slice() {
        [] => String::new(),
        several => format!("; its order is decided by {}", org.names(several.iter().map(|decider| decider.actor))),
    };
    let gap = match vacant {
        Some(seat) => {
            Gap::new(subject, seat.key, format!("nobody owns {title}{}{ordered}", unowned::left(org, seat))).of_vacant_seat()
        }
        None => Gap::new(subject, org.place(subject), format!("no one is recorded as owning {title}{ordered}")),
    };
    let gap = match ordering.first() {
        Some(first) => gap.note_of(&org[first.record]),
        None => gap,
    };
    let gap = ordering.iter().fold(gap, |gap, decider| gap.label(decider.at, "decides its order"));
    gap.fix(fix(org, backlog))
}

/// Those who order the backlog, where they are several: that two decide it is told here, where no owner is there to compare them with.
fn ordering(org: &Org<'_>, subject: Subject) -> Vec<Decider> {
    let deciders = org.decision(duties::BACKLOG_ORDER, subject).deciders();
    let mut several: Vec<Decider> = Vec::new();
    for decider in deciders.iter().filter(|decider| decider.word != Some(Word::Developers)) {
        if several.iter().all(|known| known.actor != decider.actor) {
            several.push(*decider);
        }
    }
    if several.len() > 1 { several } else { Vec::new() }
}

fn fix(org: &Org<'_>, backlog: BacklogIx) -> String {
    let place = match org[backlog].origin {
        Origin::Product(product) => format!("products.{}", org[product].id.id),
        Origin::Team(team) => format!("teams.{}", org[team].id.id),
        Origin::Entry => match org[backlog].teams.first() {
            Some(team) => format!("teams.{}", org[*team].id.id),
            None => "a team that works from it".to_owned(),
        },
    };
    let managers: Vec<_> = org[backlog].products.iter().flat_map(|product| org.managers(*product)).collect();
    let hint = match managers.as_slice() {
        [only] if matches!(org[backlog].origin, Origin::Product(_)) => {
            format!(" {}, the product manager, may hold it too.", org[*only].name())
        }
        _ => String::new(),
    };
    format!("Write `product-owner: …` with one person under {place}.{hint}")
}
