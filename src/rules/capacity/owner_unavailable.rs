//! Developers who cannot reach the owner of their work.

use crate::org::decide::Few;
use crate::org::seats::Holder;
use crate::rules::backlog::backlog_without_owner;
use crate::rules::prelude::*;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "owner-unavailable",
    group: Group::Capacity,
    severity: Severity::Warning,
    otherwise: "",
    summary: "a team can hardly reach its product owner",
    why: "Developers who cannot ask will guess or wait, and both cost more than the answer.",
    question: "When can the team reach its product owner, and who stands in?",
    fix: "Agree on a time every day, name a deputy in backlog.order, or give the product owner fewer teams.",
    passages: &["D4-120", "D4-099", "D4-205"],
    also: &[
        "D1-027", "D2-033", "D4-002", "D4-041", "D4-043", "D4-053", "D4-075", "D4-084", "D4-100", "D4-121", "D4-142", "D4-170",
        "D4-221", "D4-242",
    ],
    dissent: &[],
    yields_to: &[&backlog_without_owner::RULE],
    fires: r#"
people: {omar: Omar, dana: Dana, lee: Lee, ann: Ann}
products:
  checkout: {name: Checkout, product-manager: dana, product-owner: omar}
  search: {name: Search, product-owner: lee}
  maps: {name: Maps, product-owner: ann, signals: [developers-wait]}   #~ developers of Draw wait for answers, as was observed of Maps
teams:
  payments: {name: Payments, product: checkout}       #~ no meeting between Payments and its product owner, Omar, is recorded
  find:
    name: Find
    product: search
    answers-within: 2 days         #~ developers of Find wait up to 48 hours for an answer; this tool's limit is 24 hours (max-answer-hours)
  rank: {name: Rank, product: search}
  draw: {name: Draw, product: maps}
rhythm:
  - {who: [dana, omar], every: week}
  - {who: [lee, find], every: week}
  - {who: [lee, rank], every: 2 weeks}   #~ Rank meets its product owner, Lee, every 14 days at best; this tool's limit is 7 days (owner-team-days)
"#,
    clean: r#"
people: {omar: Omar, dana: Dana, lee: Lee}
products:
  checkout: {product-manager: dana, product-owner: omar}
  search: {product-owner: lee}
  maps: {product-owner: nobody, signals: [developers-wait]}
teams:
  payments: {product: checkout, answers-within: 24 hours}
  find: {product: search}
  draw: {product: maps}
rhythm:
  - {who: [omar, payments], every: week}
  - {who: [dana, customers], every: month}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let (days, hours) = (gaps.numbers().owner_team_days, gaps.numbers().max_answer_hours);
    for (team, facts) in org.audited_teams().filter(|(_, team)| !team.is_planned()) {
        let mut owners = owners(org, team);
        owners.retain(|owner| org.is_one_person(owner.actor));
        let backlog = facts.backlog.map(|backlog| Subject::Backlog(org.shown(backlog)));
        let is_unowned = backlog.is_some_and(|backlog| gaps.fired(&backlog_without_owner::RULE, backlog));
        if !owners.is_empty() && !is_unowned {
            gaps.extend(unavailable(org, team, &owners, days, hours));
        }
    }
}

/// Whom the developers of a team ask: the holder of the team's own seat, else the owner of the backlog that it works from, else whoever
/// holds the seat on one of its products.
fn owners(org: &Org<'_>, team: TeamIx) -> Few<Holder> {
    let of_backlog = org[team].backlog.filter(|_| org.team_seat(team, SeatKind::ProductOwner).is_none());
    let owners: Few<Holder> = of_backlog.into_iter().flat_map(|backlog| org.owners(backlog)).copied().collect();
    if owners.is_empty() { org.seat_at(Subject::Team(team), SeatKind::ProductOwner) } else { owners }
}

fn unavailable(org: &Org<'_>, team: TeamIx, owners: &[Holder], days: u32, hours: u32) -> Option<Gap> {
    let apart = apart(org, team, owners, days);
    let fix = if apart.is_some() { meet(org, team, owners) } else { answer(org, team, owners) };
    let mut grounds = [apart, slow(org, team, hours), waiting(org, team, owners)].into_iter().flatten();
    let (at, message) = grounds.next()?;
    let gap = Gap::new(Subject::Team(team), at, message).fix(fix);
    Some(grounds.fold(gap, |gap, (at, message)| gap.adding(&format!("; {message}")).label(at, "and this")))
}

/// What is wrong with the meetings of a team and its owner. Of several owners one may be enough; and of whom nothing is recorded, nothing
/// is missing.
fn apart(org: &Org<'_>, team: TeamIx, owners: &[Holder], days: u32) -> Option<(Span, String)> {
    if !owners.iter().all(|owner| org.has_rhythm(owner.actor)) {
        return None;
    }
    let with = With::Actor(Actor::Team(team));
    let meetings = owners.iter().flat_map(|owner| org.meetings_with(owner.actor, with));
    let names = org.names(owners.iter().map(|owner| owner.actor));
    let title = org[team].name();
    let role = if let [_] = owners { "product owner" } else { "product owners" };
    match meetings.min_by_key(|meeting| meeting.every_days) {
        None => Some((org[team].id.at, format!("no meeting between {title} and its {role}, {names}, is recorded"))),
        Some(meeting) if meeting.every_days > days => {
            let every = meeting.every_days;
            let limit = format!("this tool's limit is {days} days (owner-team-days)");
            Some((meeting.at, format!("{title} meets its {role}, {names}, every {every} days at best; {limit}")))
        }
        Some(_) => None,
    }
}

/// An answer that takes too long.
fn slow(org: &Org<'_>, team: TeamIx, hours: u32) -> Option<(Span, String)> {
    let answers = org[team].facts.answers_within.as_ref()?;
    let minutes = answers.value.minutes;
    if u64::from(minutes) <= u64::from(hours) * 60 {
        return None;
    }
    let wait = if minutes.is_multiple_of(60) { format!("{} hours", minutes / 60) } else { format!("{minutes} minutes") };
    let limit = format!("this tool's limit is {hours} hours (max-answer-hours)");
    Some((answers.key, format!("developers of {} wait up to {wait} for an answer; {limit}", org[team].name())))
}

/// The symptom itself, recorded around the team or on its owner.
fn waiting(org: &Org<'_>, team: TeamIx, owners: &[Holder]) -> Option<(Span, String)> {
    let on_owner = || {
        let people = owners.iter().filter_map(|owner| owner.actor.person());
        org.first_of(people.filter_map(|person| org.observed_on_person(person, signals::DEVELOPERS_WAIT)))
    };
    let observed = org.observed_by_team(team, signals::DEVELOPERS_WAIT).or_else(on_owner)?;
    let of = if observed.on == Subject::Team(team) { String::new() } else { format!(" of {}", org.title(observed.on)) };
    Some((observed.at, format!("developers of {} wait for answers, as was observed{of}", org[team].name())))
}

/// What to do about answers that come late.
fn answer(org: &Org<'_>, team: TeamIx, owners: &[Holder]) -> String {
    let of_backlog = org[team].backlog.is_some_and(|backlog| org[org.shown(backlog)].teams.len() > 1);
    let seats = |owner: &Holder| {
        let seats = owner.actor.person().map_or(&[][..], |person| &org[person].seats);
        seats.iter().filter(|held| held.kind == SeatKind::ProductOwner).nth(1).is_some()
    };
    if of_backlog || owners.iter().any(seats) {
        RULE.fix.to_owned()
    } else {
        "Agree on a time every day, or name a deputy in backlog.order.".to_owned()
    }
}

/// What to do about meetings that are missing.
fn meet(org: &Org<'_>, team: TeamIx, owners: &[Holder]) -> String {
    let owner = owners.iter().find_map(|owner| match owner.actor {
        Actor::Person(person) => Some(org[person].id.id.as_ref()),
        Actor::Team(_) => None,
    });
    let owner = owner.unwrap_or("product-owner");
    format!("Meet at least once a week: write `{{who: [{owner}, {}], every: week}}` under `rhythm`.", org[team].id.id)
}
