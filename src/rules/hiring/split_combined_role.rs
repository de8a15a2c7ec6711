//! One person in both seats, and signs that it is too much.

use crate::advise::situation::{COMBINED, Situation};
use crate::catalogue::SignalIx;
use crate::document::value::{Percent, Said};
use crate::org::model::STRATEGY_CORE;
use crate::org::signals::Observed;
use crate::rules::prelude::*;
use crate::rules::signs;

/// The rule.
pub static RULE: Rule = Rule {
    name: "split-combined-role",
    group: Group::Hiring,
    severity: Severity::Warning,
    otherwise: "warning with three or more warning signs or signals, info with one or two",
    summary: "signs that one person can no longer carry both roles",
    why: "Product strategy and backlog both want attention every week; when both grow, one of them is starved.",
    question: "Should one person keep both roles, and if not, who takes which?",
    fix: "Split the role, or cut its scope.",
    passages: &["D4-174", "D4-339", "D4-163"],
    also: &[
        "D4-016", "D4-159", "D4-160", "D4-166", "D4-167", "D4-168", "D4-169", "D4-170", "D4-171", "D4-172", "D4-173", "D4-175",
        "D4-176", "D4-220", "D4-222", "D4-223", "D4-224", "D4-225", "D4-226", "D4-227", "D4-228", "D4-229", "D4-230", "D4-231",
        "D4-317", "D4-318",
    ],
    dissent: &["D3-006", "D2-003"],
    yields_to: &[],
    fires: r#"
people:
  rosa: Rosa
  sam: Sam
products:
  billing:
    name: Billing
    product-manager: rosa            #~ 3 signs that both seats of Billing are too much for one person (Rosa): interviews-postponed, many-segments and regulated
    product-owner: rosa
    segments: [consumer, wholesale]
    regulated: true
    signals: [interviews-postponed]
  search:
    name: Search
    product-manager: sam             #~ 1 sign that both seats of Search are too much for one person (Sam): discovery-needs-regular-attention
    product-owner: sam
    signals: [discovery-needs-regular-attention]
"#,
    clean: r#"
people: {rosa: Rosa, kim: Kim, lee: Lee}
products:
  billing: {product-manager: rosa, product-owner: rosa, signals: [priorities-inconsistent]}
  search: {product-manager: kim, product-owner: lee, regulated: true, signals: [interviews-postponed, manager-overwhelmed]}
teams:
  bills: {product: billing}
"#,
    check,
};

/// From how many signs on a split is more than a thought.
const MANY: usize = 3;

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let mut strains: Vec<Strain> = Vec::new();
    for (product, _) in org.audited_products() {
        let people = org.combined_people(product);
        if people.is_empty() {
            continue;
        }
        let situation = gaps.situation(org, product);
        for person in people {
            match strains.iter_mut().find(|strain| strain.person == person) {
                Some(strain) => strain.add(product, situation),
                None => strains.push(Strain::new(person, product, situation)),
            }
        }
    }
    for strain in strains {
        let failing = failing_conditions(org, &strain, gaps);
        let is_light = strain.signs.len() == 1 && failing.is_empty() && !strain.has(signals::DISCOVERY_NEEDS_REGULAR_ATTENTION);
        if !strain.signs.is_empty() && !is_light {
            gaps.add(gap(org, &strain, &failing));
        }
    }
}

/// What speaks against one person in both seats, over all products where that is so.
struct Strain {
    person: PersonIx,
    products: Vec<ProductIx>,
    signs: Vec<Observed>,
}

impl Strain {
    fn new(person: PersonIx, product: ProductIx, situation: &Situation) -> Self {
        let mut strain = Strain { person, products: Vec::new(), signs: Vec::new() };
        strain.add(product, situation);
        strain
    }

    /// Whether a signal is among the signs.
    fn has(&self, signal: SignalIx) -> bool {
        self.signs.iter().any(|sign| sign.signal == signal)
    }

    fn add(&mut self, product: ProductIx, situation: &Situation) {
        self.products.push(product);
        for sign in situation.strain() {
            if self.signs.iter().all(|known| known.signal != sign.signal) {
                self.signs.push(sign);
            }
        }
    }
}

/// What is known to be against the conditions for one person in both seats (D4-157 to D4-162), beside the signs. What is not recorded may
/// well hold.
fn failing_conditions(org: &Org<'_>, strain: &Strain, gaps: &Gaps<'_>) -> Vec<String> {
    let load = org.load(strain.person, &COMBINED);
    let backlogs = || strain.products.iter().flat_map(|product| org.real_backlogs(*product));
    let items =
        |backlog: BacklogIx| org[backlog].facts.as_ref().and_then(|facts| facts.items.as_ref()).map(|items| items.value.0);
    let limit = gaps.numbers().max_backlog_items;
    let most_items = backlogs().filter_map(items).max().filter(|items| *items > limit);
    let decides_alone = |product: &ProductIx| org.owners_of(duties::PRIORITIES_CONFLICT, Subject::Product(*product)).len() == 1;
    let several = |count: usize, what: &str| (count > 1).then(|| format!("both seats serve {count} {what}"));
    let conditions = [
        several(load.products.len(), "products"),
        several(load.teams, "teams"),
        most_items.map(|items| format!("the backlog holds {items} items (this tool's limit is {limit}, max-backlog-items)")),
        (!strain.products.iter().all(decides_alone)).then(|| "no single person has the final call".to_owned()),
        lacks_time(org, strain.person),
    ];
    conditions.into_iter().flatten().collect()
}

/// For which side the week, where it is recorded, has no time (D4-162).
fn lacks_time(org: &Org<'_>, person: PersonIx) -> Option<String> {
    let time = &org[person].facts.time.as_ref()?.value;
    let sides = [("discovery", &time.discovery), ("delivery", &time.delivery)];
    let is_zero = |share: &Said<Percent>| share.as_ref().is_some_and(|share| share.value.0 == 0);
    let without: Vec<&str> = sides.into_iter().filter(|(_, share)| is_zero(share)).map(|(side, _)| side).collect();
    (!without.is_empty()).then(|| format!("0 % of the week goes to {}", joined(&without)))
}

fn gap(org: &Org<'_>, strain: &Strain, failing: &[String]) -> Gap {
    let subject = Subject::Person(strain.person);
    let count = strain.signs.len();
    let products: Vec<&str> = strain.products.iter().map(|product| org[*product].name()).collect();
    let signs = if count == 1 { "sign" } else { "signs" };
    let mut message = format!(
        "{count} {signs} that both seats of {} are too much for one person ({}): {}",
        joined(&products),
        org[strain.person].name(),
        signs::named(&strain.signs),
    );
    if !failing.is_empty() {
        message += &format!("; besides, {}", joined(failing));
    }
    let load = org.load(strain.person, &COMBINED);
    let at = load.seats.first().copied().unwrap_or(org.place(subject));
    let severity = if count >= MANY { Severity::Warning } else { Severity::Info };
    signs::labelled(Gap::new(subject, at, message).severity(severity).fix(fix(org, strain)), &strain.signs)
}

/// Which side to hand over: the one that the week, or the file, neglects.
fn fix(org: &Org<'_>, strain: &Strain) -> String {
    let name = org[strain.person].name();
    let is_unowned =
        |product: &ProductIx| STRATEGY_CORE.iter().any(|duty| org.decision(*duty, Subject::Product(*product)).is_unowned());
    let is_split = |product: &ProductIx| org.built_teams(&org[*product].teams).count() >= 2;
    if strain.products.iter().any(is_split) {
        format!("Keep {name} for the product as a whole, and add a product owner for each squad.")
    } else if let Some(share) = org.week_of_delivery(strain.person) {
        format!("Add a product owner: {share} % of the week of {name} goes to backlog and delivery.")
    } else if strain.products.iter().any(is_unowned) {
        "Add a product manager: it is duties of strategy that nobody is recorded as deciding.".to_owned()
    } else {
        "Add a second person for the side that gets less of the week, or cut the scope; `time` on the person would tell which."
            .to_owned()
    }
}
