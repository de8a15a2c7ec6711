//! A backlog that is out of date, too full or not ready.

use crate::catalogue::SignalIx;
use crate::document::MeetingKind;
use crate::org::signals::Observed;
use crate::org::{Meeting, Origin};
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
    question: "Who keeps the backlog in shape, with whom, and how often?",
    fix: "Refine the backlog with the developers, close what will not be built, and agree on when an item is ready.",
    passages: &["D4-204", "D4-209", "D4-139"],
    also: &["D0-016", "D3-013"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, ben: Ben}
products:
  checkout: {name: Checkout, product-owner: ann}
  search: {name: Search, product-owner: ann, signals: [items-not-ready]}   #~ developers get items from the backlog of Search that are not ready to be built, as was observed
  maps: {name: Maps, product-owner: ann}
  games: {name: Games, product-owner: ann, signals: [backlog-unclear]}
  billing: {name: Billing, product-owner: ben}                             #~ no refinement of the backlog of Billing is recorded
teams:
  core: {product: checkout}
  find: {product: search}
  draw: {product: maps}
  play: {product: games}
  invoices: {product: billing}
backlogs:
  checkout: {refined: 2026-09-01}    #~ the backlog of Checkout was last refined on 2026-09-01, 81 days ago; this tool's limit is 30 days (refinement-days)
  games: {refined: 2026-09-01, items: 640}   #~ the backlog of Games was last refined on 2026-09-01, 81 days ago (this tool's limit is 30 days, refinement-days), holds 640 items (this tool's limit is 200, max-backlog-items), and is out of date, hard to understand or too full to work with, as was observed
  maps: {items: 240}                 #~ the backlog of Maps holds 240 items (this tool's limit is 200, max-backlog-items), and no refinement of it is recorded
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
    teams.chain(org.owners(backlog).iter().map(|owner| owner.actor))
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
    for signal in SYMPTOMS {
        grounds.extend(org.observed_on_backlog(backlog, signal).map(|observed| (observed.at, Ground::Observed(observed))));
    }
    let is_grave = !grounds.is_empty();
    if refined.is_none() && !is_refined {
        grounds.push((org.place(Subject::Backlog(backlog)), Ground::Unrecorded));
    }

    let subject = Subject::Backlog(backlog);
    let (first, rest) = grounds.split_first()?;
    let gap = Gap::new(subject, first.0, message(org, backlog, &grounds, numbers));
    let gap = rest.iter().fold(gap, |gap, (at, ground)| gap.label(*at, ground.label()));
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
    Observed(Observed),
    /// No refinement of it is recorded.
    Unrecorded,
}

/// The signals that speak against a backlog.
const SYMPTOMS: [SignalIx; 2] = [signals::BACKLOG_UNCLEAR, signals::ITEMS_NOT_READY];

/// What speaks against a backlog, in one sentence: first what it is and holds, then what else is so.
fn message(org: &Org<'_>, backlog: BacklogIx, grounds: &[(Span, Ground)], numbers: &Numbers) -> String {
    let title = org.title(Subject::Backlog(backlog));
    if let [(_, only)] = grounds {
        return match only {
            Ground::Unrecorded => {
                format!(
                    "no refinement of {title} is recorded, neither a day nor a meeting of its owner or team; others have theirs"
                )
            }
            only => only.words(org, backlog, &title, true, numbers),
        };
    }
    let mut clauses: Vec<String> = Vec::new();
    for (_, ground) in grounds {
        let whose = if clauses.is_empty() { title.as_ref() } else { "it" };
        clauses.push(ground.words(org, backlog, whose, false, numbers));
    }
    let last = clauses.pop().unwrap_or_default();
    format!("{}, and {last}", clauses.join(", "))
}

impl Ground {
    /// The ground as a clause about a backlog; of the first one the backlog is named, after that it is `it`, and left out where it goes
    /// without saying.
    fn words(&self, org: &Org<'_>, backlog: BacklogIx, whose: &str, is_alone: bool, numbers: &Numbers) -> String {
        let subject = if whose == "it" { String::new() } else { format!("{whose} ") };
        let limit = |limit: String, name: &str| {
            if is_alone {
                format!("; this tool's limit is {limit} ({name})")
            } else {
                format!(" (this tool's limit is {limit}, {name})")
            }
        };
        match self {
            Ground::Old(date, days) => {
                let limit = limit(format!("{} days", numbers.refinement_days), "refinement-days");
                format!("{subject}was last refined on {date}, {days} days ago{limit}")
            }
            Ground::Full(items) => {
                let limit = limit(numbers.max_backlog_items.to_string(), "max-backlog-items");
                format!("{subject}holds {items} items{limit}")
            }
            Ground::Observed(observed) => {
                let own = match org[backlog].origin {
                    Origin::Product(product) => Subject::Product(product),
                    Origin::Team(team) => Subject::Team(team),
                    Origin::Entry => Subject::Backlog(backlog),
                };
                let source = org.as_observed(observed, own);
                if observed.signal == signals::BACKLOG_UNCLEAR {
                    format!("{subject}is out of date, hard to understand or too full to work with, {source}")
                } else {
                    format!("developers get items from {whose} that are not ready to be built, {source}")
                }
            }
            Ground::Unrecorded => format!("no refinement of {whose} is recorded"),
        }
    }

    /// The ground at its place.
    fn label(&self) -> String {
        match self {
            Ground::Old(_, days) => format!("{days} days ago"),
            Ground::Full(items) => format!("{items} items"),
            Ground::Observed(_) => "observed".to_owned(),
            Ground::Unrecorded => "no refinement of it is recorded".to_owned(),
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
