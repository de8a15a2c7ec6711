//! A week in which daily delivery leaves no time for where the product is going.

use crate::catalogue::SignalIx;
use crate::document::Time;
use crate::document::value::{Percent, Said};
use crate::org::load::MOST_OF_THE_WEEK;
use crate::org::signals::Observed;
use crate::rules::prelude::*;
use std::collections::BTreeMap;

/// The rule.
pub static RULE: Rule = Rule {
    name: "delivery-crowds-out-strategy",
    group: Group::Capacity,
    severity: Severity::Warning,
    otherwise: "",
    summary: "delivery takes the time of whoever leads the strategy",
    why: "Questions of the day come with a name and a deadline, and the next year has neither; it loses unless time is kept for it.",
    question: "How many hours a week belong to strategy, and who takes daily work over?",
    fix: "Hand work on tickets to a product owner or to the developers, and keep hours for discovery and strategy free of it \
          (`protected-time`).",
    passages: &["D4-166", "D4-164", "D4-208"],
    also: &["D1-039", "D2-011", "D2-034", "D4-072", "D4-162", "D4-163", "D4-165", "D4-169", "D4-284", "D4-285", "D4-338"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
people:
  dana:
    name: Dana
    time: {strategy: 20, discovery: 20, backlog: 30, delivery: 30}   #~ 60 % of the week of Dana, product manager of Checkout, goes to backlog and delivery, which is most of it
    signals: [manager-busy-with-tickets]
  rosa:
    name: Rosa
    time: {strategy: 5, discovery: 10, people: 50, delivery: 25}     #~ 15 % of the week of Rosa, product manager of Billing, goes to discovery and strategy; this tool's least is 20 % (min-strategy-share)
  ben: {name: Ben, time: {backlog: 60, people: 30}}                  #~ 60 % of the week of Ben, product manager of Returns, goes to backlog and delivery, and at most 10 % to discovery and strategy; this tool's least is 20 % (min-strategy-share)
  kim: {name: Kim, signals: [refinement-fills-week]}                 #~ it was observed of Kim, product manager of Maps, that refinement fills the week
  omar: {name: Omar}
products:
  checkout: {name: Checkout, product-manager: dana}
  billing: {name: Billing, product-manager: rosa, product-owner: rosa}
  returns: {name: Returns, product-manager: ben}
  maps: {name: Maps, product-manager: kim}
  search:
    name: Search
    product-owner: omar
    responsibilities: {strategy.*: omar}
    signals: [delivery-replaces-strategy]      #~ it was observed of Search that urgent delivery work pushes strategic work aside; Omar is the product owner who leads the strategy of Search
"#,
    clean: r#"
people:
  dana: {time: {strategy: 10, discovery: 10, backlog: 20, delivery: 30, people: 30}}
  omar: {time: {backlog: 60, delivery: 40}, signals: [refinement-fills-week]}
  lee: Lee
products:
  checkout: {product-manager: dana, product-owner: omar}
  search: {product-manager: lee}
"#,
    check,
};

/// The symptoms that say the same as the split of a week, and what was observed.
const SYMPTOMS: [(SignalIx, &str); 3] = [
    (signals::REFINEMENT_FILLS_WEEK, "refinement fills the week"),
    (signals::MANAGER_BUSY_WITH_TICKETS, "tickets take up most of the week"),
    (signals::DELIVERY_REPLACES_STRATEGY, "urgent delivery work pushes strategic work aside"),
];

/// The products whose direction is a person's work, and by which seat.
type Leads = Vec<(SeatKind, ProductIx)>;

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let least = gaps.numbers().min_strategy_share;
    gaps.extend(strategists(org).into_iter().filter_map(|(person, leads)| crowded(org, person, &leads, least)));
}

/// The product managers, and the product owners who lead the strategy in their place.
fn strategists(org: &Org<'_>) -> BTreeMap<PersonIx, Leads> {
    let mut strategists: BTreeMap<PersonIx, Leads> = BTreeMap::new();
    for (product, _) in org.audited_products() {
        let (kind, people) = match org.model(product) {
            Model::StrongOwner => {
                let mut owners = org.seated(product, SeatKind::ProductOwner);
                owners.retain(|owner| org.owns_strategy_core(*owner, product));
                (SeatKind::ProductOwner, owners)
            }
            _ => (SeatKind::ProductManager, org.managers(product)),
        };
        for person in people {
            strategists.entry(person).or_default().push((kind, product));
        }
    }
    strategists
}

fn crowded(org: &Org<'_>, person: PersonIx, leads: &Leads, least: u32) -> Option<Gap> {
    let subject = Subject::Person(person);
    let time = org[person].facts.time.as_ref();
    let week = time.map(|time| Week::of(&time.value));
    let (who, role) = (org[person].name(), role(org, leads));
    let wrong = time.zip(week.as_ref().and_then(|week| week.wrong(&format!("{who}, {role},"), least)));
    let symptoms = symptoms(org, person, leads);
    let observed = || joined(&symptoms.iter().map(|(_, words)| format!("that {words}")).collect::<Vec<_>>());
    let (at, message) = match (wrong, symptoms.first()) {
        (Some((time, message)), _) => (time.key, message),
        (None, None) => return None,
        (None, Some((first, _))) if first.on == subject => {
            (first.at, format!("it was observed of {who}, {role}, {}", observed()))
        }
        (None, Some((first, _))) => {
            (first.at, format!("it was observed of {} {}; {who} is {role}", org.title(first.on), observed()))
        }
    };
    let gap = Gap::new(subject, at, message).fix(fix(org, person, week.as_ref()));
    Some(symptoms.iter().fold(gap, |gap, (symptom, words)| gap.label(symptom.at, format!("observed: {words}"))))
}

/// How a week is split between what is urgent and where the product is going, in percent.
struct Week {
    delivery: u32,
    strategy: u32,
    /// Whether the share of strategy is not recorded as a whole, and is what the recorded parts leave of the week.
    at_most: bool,
}

impl Week {
    /// The split of a week. A part that is not recorded may be all that the recorded ones leave.
    fn of(time: &Time<'_>) -> Self {
        let share = |given: &Said<Percent>| given.as_ref().map(|given| given.value.0);
        let all = [&time.strategy, &time.discovery, &time.backlog, &time.delivery, &time.people, &time.other].map(share);
        let [strategy, discovery, backlog, delivery, ..] = all;
        let rest = 100_u32.saturating_sub(all.iter().flatten().sum());
        let is_whole = strategy.is_some() && discovery.is_some();
        let recorded = strategy.unwrap_or(0) + discovery.unwrap_or(0);
        Week {
            delivery: backlog.unwrap_or(0) + delivery.unwrap_or(0),
            strategy: if is_whole { recorded } else { recorded + rest },
            at_most: !is_whole && rest > 0,
        }
    }

    /// What is wrong with the week of somebody.
    fn wrong(&self, whose: &str, least: u32) -> Option<String> {
        let Week { delivery, strategy, at_most } = self;
        let most = if *at_most { "at most " } else { "" };
        let least_is = format!("this tool's least is {least} % (min-strategy-share)");
        match (*delivery > MOST_OF_THE_WEEK, *strategy < least) {
            (false, false) => None,
            (true, false) => {
                Some(format!("{delivery} % of the week of {whose} goes to backlog and delivery, which is most of it"))
            }
            (false, true) => {
                Some(format!("{most}{strategy} % of the week of {whose} goes to discovery and strategy; {least_is}"))
            }
            (true, true) => Some(format!(
                "{delivery} % of the week of {whose} goes to backlog and delivery, and {most}{strategy} % to discovery and strategy; \
                 {least_is}"
            )),
        }
    }
}

/// What to do: time that is protected on paper has to be kept free.
fn fix(org: &Org<'_>, person: PersonIx, week: Option<&Week>) -> String {
    const HAND_OVER: &str = "Hand work on tickets to a product owner or to the developers";
    let facts = &org[person];
    let used = week.filter(|week| !week.at_most).map(|week| week.strategy);
    match (facts.facts.protected_time.as_ref().map_or(0, |given| given.value.0), used) {
        (0, _) => format!(
            "{HAND_OVER}, and keep hours for discovery and strategy free of it: write their share of the week as `protected-time: …` under \
             people.{}.",
            facts.id.id
        ),
        (protected, Some(used)) if used < protected => {
            format!(
                "{HAND_OVER}: {protected} % of the week are protected for discovery and strategy, and {used} % are used for it."
            )
        }
        (protected, _) => {
            format!("{HAND_OVER}, and keep the {protected} % that are protected for discovery and strategy free of it.")
        }
    }
}

/// The symptoms recorded on the person, on a product that the person leads or one of its teams, or on the organization. One that was
/// recorded on somebody else is about the week of that other person.
fn symptoms(org: &Org<'_>, person: PersonIx, leads: &Leads) -> Vec<(Observed, &'static str)> {
    let find = |signal: SignalIx| {
        let is_of_product = |observed: &Observed| matches!(observed.on, Subject::Product(_) | Subject::Team(_));
        let of_products = || {
            let all = leads.iter().filter_map(|(_, product)| org.observed(*product, signal));
            org.first_of(all.filter(is_of_product))
        };
        let of_organization = || org.signals_on(Subject::Organization).find(|observed| observed.signal == signal);
        org.observed_on_person(person, signal).or_else(of_products).or_else(of_organization)
    };
    SYMPTOMS.into_iter().filter_map(|(signal, words)| Some((find(signal)?, words))).collect()
}

/// By which seats a person leads which products: "product manager of Checkout".
fn role(org: &Org<'_>, leads: &Leads) -> String {
    let of_kind = |kind: SeatKind| -> Vec<ProductIx> {
        leads.iter().filter(|(held, _)| *held == kind).map(|(_, product)| *product).collect()
    };
    let managed = (of_kind(SeatKind::ProductManager), "product manager of");
    let owned = (of_kind(SeatKind::ProductOwner), "the product owner who leads the strategy of");
    let roles = [managed, owned].into_iter().filter(|(products, _)| !products.is_empty());
    let roles: Vec<String> = roles.map(|(products, words)| format!("{words} {}", org.product_names(&products))).collect();
    joined(&roles)
}
