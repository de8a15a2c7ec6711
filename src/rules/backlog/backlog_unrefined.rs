//! A backlog that is out of date, too full or not ready.

use crate::catalogue::SignalIx;
use crate::document::MeetingKind;
use crate::org::Meeting;
use crate::rules::prelude::*;
use crate::settings::Numbers;
use crate::source::Span;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "backlog-unrefined",
    group: Group::Backlog,
    severity: Severity::Warning,
    otherwise: "info where the only ground is that no refinement is recorded for it, while others record theirs",
    summary: "a backlog is not kept refined",
    why: "Items that nobody looked at for weeks are explained, split and argued about when they should be built.",
    fix: "Refine the backlog with the developers, close what will not be built, and agree on when an item is ready.",
    passages: &["D4-204", "D4-209", "D4-139"],
    also: &["D0-016", "D3-013"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, ben: Ben}
products:
  checkout: {name: Checkout, product-owner: ann}
  search: {name: Search, product-owner: ann, signals: [items-not-ready]}   #~ it was observed of the backlog of Search that developers receive items that are not yet ready
  maps: {name: Maps, product-owner: ann}
  billing: {name: Billing, product-owner: ben}                             #~ no refinement of the backlog of Billing is recorded
teams:
  core: {product: checkout}
  find: {product: search}
  draw: {product: maps}
  invoices: {product: billing}
backlogs:
  checkout: {refined: 2026-09-01}    #~ the backlog of Checkout was last refined on 2026-09-01, 81 days ago; this tool's limit is 30 days (refinement-days)
  maps: {items: 240}                 #~ the backlog of Maps holds 240 items; this tool's limit is 200 (max-backlog-items); no refinement of it is recorded
rhythm:
  - {who: [find, core], every: week, kind: refinement}
"#,
    clean: r#"
people: {ann: Ann, ben: Ben}
products:
  checkout: {product-owner: ann}
  search: {product-owner: ben}
  maps: {product-owner: ben}
teams:
  core: {product: checkout}
  find: {product: search}
  draw: {product: maps}
backlogs:
  checkout: {refined: 2026-10-22, items: 200}
  search: {refined: 2026-11-14}
rhythm:
  - {who: [draw], every: week, kind: refinement}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let refining = org.rhythm.iter().any(is_refinement).then(|| refining(org));
    for (backlog, _) in org.audited_backlogs().filter(|(_, backlog)| backlog.view_of.is_none()) {
        let is_refined = refining.as_ref().is_none_or(|refining| refiners(org, backlog).any(|actor| refining.contains(&actor)));
        gaps.extend(gap(org, backlog, is_refined, gaps.numbers()));
    }
}

fn is_refinement(meeting: &Meeting) -> bool {
    meeting.kind == Some(MeetingKind::Refinement)
}

/// Those whose refinement keeps a backlog: its owners and the teams that work from it.
fn refiners(org: &Org<'_>, backlog: BacklogIx) -> impl Iterator<Item = Actor> {
    let teams = org[backlog].teams.iter().map(|team| Actor::Team(*team));
    teams.chain(org.owners(backlog).into_iter().map(|owner| owner.actor))
}

/// Everybody with a backlog who takes part in a refinement; found once, as one owner may have many backlogs and meetings.
fn refining(org: &Org<'_>) -> BTreeSet<Actor> {
    let everybody: BTreeSet<Actor> = org.audited_backlogs().flat_map(|(backlog, _)| refiners(org, backlog)).collect();
    everybody.into_iter().filter(|actor| org.meetings_of(*actor).any(is_refinement)).collect()
}

/// One finding for all that speaks against a backlog, where the first ground stands. `is_refined` tells that a refinement of it
/// is recorded, or that none is recorded of anybody.
fn gap(org: &Org<'_>, backlog: BacklogIx, is_refined: bool, numbers: &Numbers) -> Option<Gap> {
    let facts = org[backlog].facts.as_ref();
    let refined = facts.and_then(|facts| facts.refined.as_ref());
    let mut grounds: Vec<(Span, Ground)> = Vec::new();
    if let Some(refined) = refined {
        let days = (org.as_of - refined.value.date).get_days();
        if i64::from(days) > i64::from(numbers.refinement_days) {
            grounds.push((refined.value.at, Ground::Old(refined.value.date, days)));
        }
    }
    if let Some(items) = facts.and_then(|facts| facts.items.as_ref()).filter(|items| items.value.0 > numbers.max_backlog_items) {
        grounds.push((items.key, Ground::Full(items.value.0)));
    }
    for (signal, words) in SYMPTOMS {
        grounds.extend(org.observed_on_backlog(backlog, signal).map(|observed| (observed.at, Ground::Observed(words))));
    }
    let is_grave = !grounds.is_empty();
    if refined.is_none() && !is_refined {
        grounds.push((org.place(Subject::Backlog(backlog)), Ground::Unrecorded));
    }

    let subject = Subject::Backlog(backlog);
    let (first, rest) = grounds.split_first()?;
    let gap = Gap::new(subject, first.0, first.1.words(&org.title(subject), numbers));
    let gap = rest.iter().fold(gap, |gap, (at, ground)| {
        gap.adding("; ").adding(&ground.words("it", numbers)).label(*at, "this speaks against it too")
    });
    let severity = if is_grave { Severity::Warning } else { Severity::Info };
    Some(gap.severity(severity).fix(fix(org, subject, is_grave)))
}

/// What speaks against a backlog.
enum Ground {
    /// It was last refined on this day, so many days ago.
    Old(Date, i32),
    /// It holds so many items.
    Full(u32),
    /// This was observed of it.
    Observed(&'static str),
    /// No refinement of it is recorded.
    Unrecorded,
}

/// The signals that speak against a backlog, in words.
const SYMPTOMS: [(SignalIx, &str); 2] = [
    (signals::BACKLOG_UNCLEAR, "that it is out of date, hard to understand or too full to work with"),
    (signals::ITEMS_NOT_READY, "that developers receive items that are not yet ready to be built"),
];

impl Ground {
    fn words(&self, backlog: &str, numbers: &Numbers) -> String {
        match self {
            Ground::Old(date, days) => format!(
                "{backlog} was last refined on {date}, {days} days ago; this tool's limit is {} days (refinement-days)",
                numbers.refinement_days
            ),
            Ground::Full(items) => {
                let limit = numbers.max_backlog_items;
                format!("{backlog} holds {items} items; this tool's limit is {limit} (max-backlog-items)")
            }
            Ground::Observed(words) => format!("it was observed of {backlog} {words}"),
            Ground::Unrecorded => {
                format!(
                    "no refinement of {backlog} is recorded, neither a day nor a meeting of its owner or team; others have theirs"
                )
            }
        }
    }
}

fn fix(org: &Org<'_>, subject: Subject, is_grave: bool) -> String {
    let path = org.path(subject);
    if is_grave {
        format!(
            "Refine it with the developers, close what will not be built, and agree on when an item is ready; then write the day \
             as `refined: …` under {path}."
        )
    } else {
        format!(
            "Write the day as `refined: …` under {path}; or add the owner or the team to an entry of `rhythm` with \
             `kind: refinement`."
        )
    }
}
