//! Those who are to know the customers no longer meet them.

use crate::catalogue::SignalIx;
use crate::org::decide::Few;
use crate::rules::prelude::*;
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "discovery-lapsed",
    group: Group::Strategy,
    severity: Severity::Warning,
    otherwise: "",
    summary: "those who are to know the customers do not meet them",
    why: "What was learned about customers ages; without new talks, decisions rest on memory.",
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
  games: {name: Games, product-manager: eva}         #~ no regular talk of Eva with customers of Games is recorded, and the last talk was 112 days ago; this tool's limit is twice 30 days (customer-contact-days)
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
        let lapses: Vec<Vec<(Span, String)>> = people.iter().map(|actor| lapses(org, product, *actor, days)).collect();
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

/// What is wrong with somebody's contact with customers; nothing if it is not known.
fn lapses(org: &Org<'_>, product: ProductIx, actor: Actor, days: u32) -> Vec<(Span, String)> {
    let subject = Subject::Product(product);
    let (name, title) = (org.name(actor), org.title(subject));
    let limit = format!("this tool's limit is {days} days");
    let regular = match org.closest_talk(actor, With::Customers) {
        None if org.has_rhythm(actor) => {
            Some((org.place(subject), format!("no regular talk of {name} with customers of {title} is recorded"), None))
        }
        Some(meeting) if meeting.every_days > days => {
            let message = format!("{name} talks with customers of {title} every {} days at best", meeting.every_days);
            Some((meeting.at, message, Some(limit.as_str())))
        }
        _ => None,
    };
    let last = actor.person().and_then(|person| org[person].facts.last_customer_contact.as_ref());
    let last = last.map(|last| (last.key, org.days_since(last.value))).filter(|(_, since)| *since > 2 * i64::from(days));
    let twice = format!("this tool's limit is twice {days} days (customer-contact-days)");
    match (regular, last) {
        (None, None) => Vec::new(),
        (Some((at, message, None)), None) => vec![(at, message)],
        (Some((at, message, Some(limit))), None) => vec![(at, format!("{message}; {limit} (customer-contact-days)"))],
        (None, Some((at, since))) => {
            vec![(at, format!("the last talk of {name} with customers of {title} was {since} days ago; {twice}"))]
        }
        (Some((at, message, limit)), Some((last, since))) => {
            let limits = limit.map_or(twice, |limit| format!("{limit}, and twice that for the last one (customer-contact-days)"));
            vec![(at, format!("{message}, and the last talk was {since} days ago; {limits}")), (last, "the last talk".to_owned())]
        }
    }
}

/// A symptom around the product, or of those whose talks count, who need not hold a seat of it.
fn observed(org: &Org<'_>, product: ProductIx, people: &[Actor], signal: SignalIx) -> Option<(Span, String)> {
    let subject = Subject::Product(product);
    let of_people = || people.iter().find_map(|actor| org.observed_on_person(actor.person()?, signal));
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
