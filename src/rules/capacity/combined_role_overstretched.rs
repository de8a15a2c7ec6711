//! One person as product manager and product owner, for more than the documents think one person can serve.

use crate::org::decide::Few;
use crate::rules::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub static RULE: Rule = Rule {
    name: "combined-role-overstretched",
    group: Group::Capacity,
    severity: Severity::Error,
    otherwise: "error from three teams or two products on, and in a large organization from two teams on; warning otherwise, and \
                where one person merely owns most duties of a product",
    summary: "one person is product manager and product owner for too much",
    why: "Strategy and daily questions compete for the same hours, and the daily questions are louder.",
    question: "How much of this can one person carry, and who takes over the rest?",
    fix: "Hand squads or backlogs to a product owner, or narrow the scope.",
    passages: &["D4-282", "D3-021", "D1-039"],
    also: &[
        "D3-003", "D3-006", "D3-020", "D4-015", "D4-054", "D4-154", "D4-155", "D4-157", "D4-158", "D4-171", "D4-180", "D4-283",
        "D4-316", "D4-317", "D4-337",
    ],
    dissent: &["D1-002", "D3-019", "D4-174", "D4-176", "D2-003"],
    yields_to: &[],
    fires: r#"
people:
  rosa: Rosa
  sam: Sam
  uma: {name: Uma, max-teams: 2}
products:
  visits: {name: Visits, product-manager: uma, product-owner: uma}       #~ Uma is product manager and product owner for 3 teams; the documents say one, the limit recorded for Uma is 2 (max-teams)
  billing: {name: Billing, product-manager: rosa, product-owner: rosa}   #~ Rosa is product manager and product owner for 2 teams; the documents say one
  search: {name: Search, product-manager: sam, product-owner: sam}       #~ Sam is product manager and product owner for 2 products and 2 teams; the documents say one of each
  maps: {name: Maps, product-manager: sam, product-owner: sam}
teams:
  invoices: {product: billing}
  dunning: {product: billing}
  find: {product: search}
  draw: {product: maps}
  desk: {product: visits}
  calls: {product: visits}
  plans: {product: visits}
"#,
    clean: r#"
people: {rosa: Rosa, sam: Sam, kim: Kim}
products:
  billing: {product-manager: rosa, product-owner: rosa}
  search: {product-manager: sam, product-owner: kim}
  maps: {product-manager: sam}
teams:
  invoices: {product: billing}
  planned: {product: billing, developers: 0}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let combined: BTreeSet<PersonIx> = org.audited_products().flat_map(|(product, _)| org.combined_people(product)).collect();
    let most_teams = gaps.numbers().max_combined_teams;
    let too_much: Vec<(PersonIx, Gap)> =
        combined.iter().filter_map(|person| Some((*person, too_much(org, *person, most_teams)?))).collect();
    let told: BTreeSet<PersonIx> = too_much.iter().map(|(person, _)| *person).collect();
    gaps.extend(too_much.into_iter().map(|(_, gap)| gap));
    let percent = gaps.numbers().most_duties_percent;
    for (product, _) in org.audited_products().filter(|(_, facts)| org.built_teams(&facts.teams).count() >= 2) {
        let owners = owners_of_most(org, product, percent);
        gaps.extend(
            owners
                .into_iter()
                .filter(|(person, ..)| !told.contains(person))
                .map(|owner| most_duties(org, product, owner, percent)),
        );
    }
}

fn too_much(org: &Org<'_>, person: PersonIx, most_teams: u32) -> Option<Gap> {
    let load = org.load(person, &[SeatKind::ProductManager, SeatKind::ProductOwner]);
    let (teams, products) = (load.teams, load.products.len());
    let own_limit = org[person].facts.max_teams.as_ref().map(|given| given.value.0);
    // One team of one product is what the documents give to one person, whatever a limit says.
    let over = |limit: u32| teams > limit.max(1) as usize;
    if products < 2 && !over(most_teams) && !own_limit.is_some_and(over) {
        return None;
    }
    let is_grave = teams >= 3 || products >= 2 || (org.is_large() && teams >= 2);
    let what = match (products, teams) {
        (2.., 0) => format!("{products} products"),
        (2.., _) => format!("{products} products and {teams} team{}", if teams == 1 { "" } else { "s" }),
        _ => format!("{teams} teams"),
    };
    let name = org[person].name();
    let general = match (products, teams) {
        (2.., 0) => Some("the documents say one".to_owned()),
        (2.., _) => Some("the documents say one of each".to_owned()),
        _ if !over(most_teams) => None,
        _ if most_teams == 1 => Some("the documents say one".to_owned()),
        _ => Some(format!("the limit set for this audit is {most_teams} (max-combined-teams)")),
    };
    let own = own_limit.map(|limit| format!("the limit recorded for {name} is {limit} (max-teams)"));
    let limits: Vec<String> = general.into_iter().chain(own).collect();
    let message = format!("{name} is product manager and product owner for {what}; {}", limits.join(", "));
    let severity = if is_grave { Severity::Error } else { Severity::Warning };
    let mut seats = load.seats.iter();
    let at = seats.next().copied().unwrap_or(org[person].id.at);
    let gap = Gap::new(Subject::Person(person), at, message).severity(severity);
    Some(seats.fold(gap, |gap, seat| gap.label(*seat, "also holds this seat")))
}

/// The people who own at least the given share of a product's core duties: who, how many, and of how many.
fn owners_of_most(org: &Org<'_>, product: ProductIx, percent: u32) -> Vec<(PersonIx, usize, usize)> {
    let mut owned: BTreeMap<PersonIx, usize> = BTreeMap::new();
    let mut core = 0;
    for (duty, _) in org.duties().filter(|(_, duty)| duty.is_core()) {
        let lookups = org.lookups(duty, product);
        let applies = |subject: &&Subject| org.decision(duty, **subject).answer != Answer::NotApplicable;
        let mut owners = lookups.iter().filter(applies).map(|subject| org.owners_of(duty, *subject));
        let Some(first) = owners.next() else { continue };
        core += 1;
        let rest: Vec<Few<Actor>> = owners.collect();
        for actor in first {
            if let Actor::Person(person) = actor
                && rest.iter().all(|owners| owners.contains(&actor))
            {
                *owned.entry(person).or_default() += 1;
            }
        }
    }
    let most = |owned: usize| owned * 100 >= percent as usize * core;
    owned.into_iter().filter(|(_, owned)| most(*owned)).map(|(person, owned)| (person, owned, core)).collect()
}

fn most_duties(org: &Org<'_>, product: ProductIx, (person, owned, core): (PersonIx, usize, usize), percent: u32) -> Gap {
    let teams = org.built_teams(&org[product].teams).count();
    let message = format!(
        "{} decides {owned} of the {core} core duties of {} for {teams} teams; this tool's limit is {percent} % (most-duties-percent)",
        org[person].name(),
        org[product].name(),
    );
    Gap::new(Subject::Person(person), org[product].id.at, message)
        .severity(Severity::Warning)
        .label(org[person].id.at, "decides most of it")
}
