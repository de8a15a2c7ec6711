//! Those who are to know the customers no longer meet them.

use crate::catalogue::SignalIx;
use crate::org::decide::Few;
use crate::rules::prelude::*;
use crate::source::Span;
use std::cell::LazyCell;

/// The rule.
pub static RULE: Rule = Rule {
    name: "discovery-lapsed",
    group: Group::Strategy,
    severity: Severity::Warning,
    otherwise: "",
    summary: "those who are to know the customers do not meet them",
    why: "What was learned about customers ages; without new talks, decisions rest on memory.",
    question: "Who talks with customers, and how often?",
    fix: "Write a regular talk with `customers` under `rhythm`, and protect the time for it.",
    passages: &["D4-167", "D4-187", "D1-011"],
    also: &["D2-014", "D2-015", "D2-032", "D3-011", "D4-019", "D4-021", "D4-073", "D4-082", "D4-116", "D4-130"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
as-of: 2026-11-21
people:
  kim: Kim
  ann: {name: Ann, last-customer-contact: 2026-09-21}   #~ the last talk of Ann with customers of Billing was 61 days ago; this tool's limit is twice 30 days (customer-contact-days)
  ben: Ben
  eva: {name: Eva, last-customer-contact: 2026-08-01}
products:
  checkout: {name: Checkout, product-manager: kim}   #~ no regular talk of Kim with customers of Checkout is recorded
  billing: {name: Billing, responsibilities: {market.discovery: ann}}
  search: {name: Search, product-manager: ben}
  games: {name: Games, product-manager: eva}         #~ no regular talk of Eva with customers of Games is recorded, and the last talk of Eva was 112 days ago; this tool's limit is twice 30 days (customer-contact-days)
  maps: {name: Maps, signals: [interviews-postponed]}   #~ talks with customers of Maps are put off again and again, as was observed
teams:
  core: {name: Core, product: checkout}
  draw: {name: Draw, product: maps}
rhythm:
  - {who: [kim, core], every: week}
  - {who: [eva, core], every: week}
  - {who: [ben, customers], every: quarter}   #~ Ben talks with customers of Search every 91 days at best; this tool's limit is 30 days (customer-contact-days)
"#,
    clean: r#"
as-of: 2026-11-21
people: {kim: Kim, ann: {name: Ann, last-customer-contact: 2026-09-22}, ben: Ben}
products:
  checkout: {product-manager: kim}
  billing: {responsibilities: {market.discovery: ann}}
  search: {product-manager: ben, responsibilities: {market.discovery: nobody}}
teams:
  core: {product: search}
rhythm:
  - {who: [kim, customers], every: month}
  - {who: [ben, core], every: day}
"#,
    check,
};

/// The symptoms of discovery that has lapsed.
const SYMPTOMS: [SignalIx; 2] = [signals::INTERVIEWS_POSTPONED, signals::RESEARCH_INCONSISTENT];

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let days = gaps.numbers().customer_contact_days;
    for (product, _) in org.audited_products() {
        let Some(people) = discoverers(org, product) else { continue };
        let subject = Subject::Product(product);
        let silent = LazyCell::new(|| {
            let is_silent = |actor: &Actor| org.closest_talk(*actor, With::Customers).is_none();
            named(org, &people.iter().copied().filter(is_silent).collect::<Vec<_>>())
        });
        let lapses: Vec<Vec<(Span, String)>> = people.iter().map(|actor| lapses(org, product, *actor, &silent, days)).collect();
        // One who meets customers is enough.
        let is_kept_up = lapses.iter().any(Vec::is_empty);
        let lapses = lapses.into_iter().flatten().filter(|_| !is_kept_up);
        let observed = SYMPTOMS.into_iter().filter_map(|signal| observed(org, product, &people, signal));
        let gap = Gap::of_grounds(subject, lapses.chain(observed));
        gaps.extend(gap.map(|gap| gap.fix(fix(org, &people))));
    }
}

/// Those whose talks with customers count for a product: who owns its discovery; where that is not recorded, its product managers or
/// the owner who leads it. None where discovery is unowned, which is told elsewhere, or not applicable.
fn discoverers(org: &Org<'_>, product: ProductIx) -> Option<Vec<Actor>> {
    let decision = org.decision(duties::MARKET_DISCOVERY, Subject::Product(product));
    match &decision.answer {
        Answer::Decided(deciders) => Some(deciders.iter().map(|decider| decider.actor).collect()),
        Answer::Absent if decision.records.is_empty() => {
            let leaders: Vec<Actor> = leaders(org, product).into_iter().map(Actor::Person).collect();
            (!leaders.is_empty() || !org.records_core(product)).then_some(leaders)
        }
        Answer::Absent | Answer::Nobody | Answer::Ended(_) | Answer::Vacant(_) | Answer::NotApplicable => None,
    }
}

fn leaders(org: &Org<'_>, product: ProductIx) -> Few<PersonIx> {
    let managers = org.managers(product);
    if managers.is_empty() && org.model(product) == Model::StrongOwner {
        let owners = org.seated(product, SeatKind::ProductOwner).into_iter();
        return owners.filter(|owner| org.owns_strategy_core(*owner, product)).collect();
    }
    managers
}

/// What is wrong with somebody's contact with customers; nothing if it is not known. `silent` names all who meet none regularly.
fn lapses(
    org: &Org<'_>,
    product: ProductIx,
    actor: Actor,
    silent: &LazyCell<String, impl FnOnce() -> String>,
    days: u32,
) -> Vec<(Span, String)> {
    let subject = Subject::Product(product);
    let meeting = org.closest_talk(actor, With::Customers);
    let is_rare = meeting.map_or(org.has_rhythm(actor), |meeting| meeting.every_days > days);
    let last = actor.person().and_then(|person| org[person].facts.last_customer_contact.as_ref());
    let last = last.map(|last| (last.key, org.days_since(last.value))).filter(|(_, since)| *since > 2 * i64::from(days));
    let (name, title) = (org.name(actor), org.title(subject));
    let regular = || match meeting {
        Some(meeting) => {
            (meeting.at, format!("{name} talks with customers of {title} every {} days at best", meeting.every_days))
        }
        None => (org.place(subject), format!("no regular talk of {} with customers of {title} is recorded", **silent)),
    };
    let limit = |limit: String| format!("this tool's limit is {limit} (customer-contact-days)");
    match (is_rare.then(regular), last) {
        (None, None) => Vec::new(),
        (None, Some((at, since))) => {
            let limit = limit(format!("twice {days} days"));
            vec![(at, format!("the last talk of {name} with customers of {title} was {since} days ago; {limit}"))]
        }
        (Some((at, message)), None) if meeting.is_some() => vec![(at, format!("{message}; {}", limit(format!("{days} days"))))],
        (Some(regular), None) => vec![regular],
        (Some((at, message)), Some((last, since))) => {
            let limit = match meeting {
                Some(_) => limit(format!("{days} days, and twice that for the last talk")),
                None => limit(format!("twice {days} days")),
            };
            let message = format!("{message}, and the last talk of {name} was {since} days ago; {limit}");
            vec![(at, message), (last, "the last talk".to_owned())]
        }
    }
}

/// People for a sentence: their names, or how many they are where names would make it long.
fn named(org: &Org<'_>, people: &[Actor]) -> String {
    match people {
        [_, _, _, _, ..] => format!("any of {} people", people.len()),
        few => org.names(few.iter().copied()),
    }
}

/// A symptom around the product, or of those whose talks count, who need not hold a seat of it.
fn observed(org: &Org<'_>, product: ProductIx, people: &[Actor], signal: SignalIx) -> Option<(Span, String)> {
    let subject = Subject::Product(product);
    let of_people = || org.first_of(people.iter().filter_map(|actor| org.observed_on_person(actor.person()?, signal)));
    let observed = org.observed(product, signal).or_else(of_people)?;
    let (title, source) = (org.title(subject), org.as_observed(&observed, subject));
    let message = if signal == signals::INTERVIEWS_POSTPONED {
        format!("talks with customers of {title} are put off again and again, {source}")
    } else {
        format!("customers of {title} are studied now and then, without any regularity, {source}")
    };
    Some((observed.at, message))
}

fn fix(org: &Org<'_>, people: &[Actor]) -> String {
    let person = people.iter().find_map(|actor| actor.person());
    let who = person.map_or("…", |person| org[person].id.id.as_ref());
    format!("Hold the talks, and write `{{who: [{who}, customers], every: …, kind: interview}}` under `rhythm`.")
}
