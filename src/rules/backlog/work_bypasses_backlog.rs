//! A team that takes work from others than its backlog.

use crate::org::seats::Holder;
use crate::org::signals::Observed;
use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "work-bypasses-backlog",
    group: Group::Backlog,
    severity: Severity::Error,
    otherwise: "error where two or more sources are recorded; warning for one, and for the signal stakeholders-compete alone",
    summary: "work reaches a team past its backlog",
    why: "What comes in by the side door was never weighed against what stands in the backlog.",
    question: "Who receives requests to the team, and which may go straight to it?",
    fix: "Let the owner of the backlog take the requests in (duty backlog.intake).",
    passages: &["D4-216", "D4-050", "D4-087"],
    also: &["D4-042", "D4-051", "D4-052", "D4-085", "D4-202", "D4-203", "D4-207", "D4-320", "D4-353"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, sales: {name: Sales, kind: group}, support: {name: Support, kind: group}}
products:
  checkout: {name: Checkout, product-owner: ann}
  search: {name: Search, product-owner: ann, signals: [stakeholders-compete]}   #~ it was observed of Search that several stakeholders pull at the engineers at once; Find is one of its teams
teams:
  find: {name: Find, product: search}
  core: {name: Core, product: checkout, takes-work-from: [sales, support]}   #~ Core takes work from 2 sources beside its backlog: Sales and Support
  web: {name: Web, product: checkout, takes-work-from: [sales]}              #~ Web takes work from Sales beside its backlog
  lab: {name: Lab, takes-work-from: [sales]}                                 #~ Lab takes work from Sales and has no backlog on record
  apps: {name: Apps, product: checkout, signals: [stakeholders-compete]}     #~ it was observed of Apps that several stakeholders pull at the engineers at once
"#,
    clean: r#"
people: {ann: Ann}
products:
  checkout: {name: Checkout, product-owner: ann}
teams:
  core: {product: checkout, takes-work-from: [product-owner]}
  web: {product: checkout, takes-work-from: [ann]}
  apps: {product: checkout, takes-work-from: nobody}
  ops: {product: checkout, signals: [developers-wait]}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (team, _) in org.audited_teams() {
        let sources = sources(org, team);
        let observed = org.observed_by_team(team, signals::STAKEHOLDERS_COMPETE);
        // What is observed of a product or of everybody counts for the teams whose work has an owner.
        let observed = observed.filter(|observed| observed.on == Subject::Team(team) || has_owner(org, team));
        let gap = match (sources.as_slice(), observed) {
            ([], None) => continue,
            ([], Some(observed)) => of_signal(org, team, observed),
            (sources, None) => of_sources(org, team, sources),
            (sources, Some(observed)) => {
                let gap = of_sources(org, team, sources).label(observed.at, "observed");
                gap.adding("; it was observed that several stakeholders pull at the engineers at once")
            }
        };
        gaps.add(gap);
    }
}

/// Those who give a team work, without the owner of its backlog and its own developers; each once.
fn sources(org: &Org<'_>, team: TeamIx) -> Vec<Holder> {
    let Some(parties) = &org[team].takes_work_from else { return Vec::new() };
    let owners = org[team].backlog.map(|backlog| org.owners(backlog)).unwrap_or_default();
    let is_inside = |actor: Actor| match actor {
        Actor::Team(other) => other == team,
        Actor::Person(person) => owners.iter().any(|owner| owner.actor == actor) || org[team].developers.contains(&person),
    };
    let mut sources: Vec<Holder> = Vec::new();
    for party in &parties.named {
        for actor in org.actors_at(Subject::Team(team), party.who) {
            if !is_inside(actor) && sources.iter().all(|known| known.actor != actor) {
                sources.push(Holder { actor, at: party.at });
            }
        }
    }
    sources
}

fn has_owner(org: &Org<'_>, team: TeamIx) -> bool {
    !org.seat_at(Subject::Team(team), SeatKind::ProductOwner).is_empty()
        || org[team].backlog.is_some_and(|backlog| !org.owners(backlog).is_empty())
}

fn of_sources(org: &Org<'_>, team: TeamIx, sources: &[Holder]) -> Gap {
    let subject = Subject::Team(team);
    let (names, title) = (org.names(sources.iter().map(|source| source.actor)), org.title(subject));
    let beside = if org[team].backlog.is_some() { " beside its backlog" } else { " and has no backlog on record" };
    let (severity, message) = match sources {
        [_] => (Severity::Warning, format!("{title} takes work from {names}{beside}")),
        _ => (Severity::Error, format!("{title} takes work from {} sources{beside}: {names}", sources.len())),
    };
    let at = sources.first().map_or(org.place(subject), |source| source.at);
    let gap = Gap::new(subject, at, message).severity(severity).fix(fix(org, team));
    sources.iter().fold(gap, |gap, source| gap.label(source.at, "gives it work too"))
}

fn of_signal(org: &Org<'_>, team: TeamIx, observed: Observed) -> Gap {
    let subject = Subject::Team(team);
    let message = "that several stakeholders pull at the engineers at once";
    let message = match observed.on == subject {
        true => format!("it was observed of {} {message}", org.title(subject)),
        false => format!("it was observed of {} {message}; {} is one of its teams", org.title(observed.on), org.title(subject)),
    };
    Gap::new(subject, observed.at, message).severity(Severity::Warning).fix(fix(org, team))
}

fn fix(org: &Org<'_>, team: TeamIx) -> String {
    let owners = org[team].backlog.map(|backlog| org.owners(backlog)).unwrap_or_default();
    let who = match owners {
        [] => "one person, as `product-owner`,".to_owned(),
        owners => org.names(owners.iter().map(|owner| owner.actor)),
    };
    let id = &org[team].id.id;
    let then = match &org[team].takes_work_from {
        Some(_) => format!("; then delete `takes-work-from` under teams.{id}"),
        None => String::new(),
    };
    format!("Let {who} take all requests in and order them with the rest (`backlog.intake`){then}.")
}
