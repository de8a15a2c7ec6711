//! A product owner who hears of customers and strategy from nobody.

use super::roles_disconnected;
use crate::org::decide::Few;
use crate::rules::prelude::*;
use crate::rules::strategy::discovery_lapsed;
use std::collections::{BTreeMap, BTreeSet};

/// The rule.
pub static RULE: Rule = Rule {
    name: "owner-without-context",
    group: Group::Collaboration,
    severity: Severity::Warning,
    otherwise: "",
    summary: "a product owner hears of customers and strategy from nobody",
    why: "Who orders the work without knowing what it is for can only order it by who asked.",
    question: "How does the product owner learn what customers need and what is planned?",
    fix: "Invite the product owner to talks with customers, and pass research and roadmap decisions on.",
    passages: &["D4-289", "D4-074"],
    also: &["D0-006", "D4-048", "D4-076", "D4-102", "D4-118", "D4-119", "D4-165"],
    dissent: &["D2-016", "D2-029", "D1-013", "D2-013"],
    yields_to: &[&roles_disconnected::RULE, &discovery_lapsed::RULE],
    fires: r#"
people:
  kim: {name: Kim, position: leader}
  ann: Ann                     #~ no meeting of Ann, product owner of Checkout, with customers or Kim, who owns its strategy, is recorded, and no one is recorded as asking or telling Ann about its roadmap
  ben: Ben                     #~ Ben leads Billing as its product owner, and no contact with customers is recorded
  cat: Cat                     #~ no meeting of Cat, product owner of Search, with customers is recorded, no one is recorded as owning its strategy, and no one as asking or telling Cat about its roadmap
products:
  checkout: {name: Checkout, product-owner: ann, responsibilities: {strategy.*: kim, roadmap.*: {decides: kim, input: nobody}}}
  billing: {name: Billing, product-owner: ben, responsibilities: {strategy.*: ben}}
  search: {name: Search, product-owner: cat}
teams:
  core: {product: checkout}
  bills: {product: billing}
  find: {product: search}
rhythm:
  - {who: [product-owner, developers], every: day}
"#,
    clean: r#"
people: {kim: {name: Kim, position: leader}, ann: Ann, ben: Ben, cat: Cat, dan: Dan, eve: Eve}
products:
  checkout: {product-owner: ann, responsibilities: {strategy.*: kim, roadmap.priorities: {decides: kim, input: [product-owner]}}}
  billing: {product-owner: ben, responsibilities: {strategy.*: ben}}
  search: {product-owner: cat, responsibilities: {strategy.*: kim}}
  maps: {product-owner: dan, responsibilities: {strategy.*: kim}}
  chat: {product-owner: eve, responsibilities: {strategy.*: kim}}
teams: {core: {product: checkout}}
rhythm:
  - {who: [ann, core], every: day}
  - {who: [ben, customers], every: year}
  - {who: [cat, kim], every: month}
  - {who: [dan, customers], every: year}
"#,
    check,
};

/// The decisions that tell an owner where the product is going.
const ROADMAP: [DutyIx; 3] = [duties::ROADMAP_SHAPE, duties::ROADMAP_PRIORITIES, duties::ROADMAP_INITIATIVES];

/// Where the strategy of a product lies, and who hears of it without asking.
struct Context {
    /// Those who hold the seats of product manager and product owner.
    combined: Few<PersonIx>,
    strategists: Vec<Actor>,
    /// Those who have a part in a decision about the roadmap.
    heard: BTreeSet<Actor>,
}

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let days = gaps.numbers().customer_contact_days;
    // An owner of several products lacks the same context once.
    let mut cut_off: BTreeMap<(PersonIx, bool), Vec<ProductIx>> = BTreeMap::new();
    for (product, _) in org.audited_products() {
        let mut owners = org.seated(product, SeatKind::ProductOwner);
        owners.retain(|owner| org.has_rhythm(Actor::Person(*owner)) && !meets_customers(org, *owner, days));
        if owners.is_empty() {
            continue;
        }
        let context = Context::of(org, product);
        for owner in owners {
            let leads = context.is_led_by(org, product, owner);
            let is_cut_off = if leads {
                !gaps.fired(&discovery_lapsed::RULE, Subject::Product(product))
            } else {
                !context.reaches(org, owner) && !is_explained(org, product, &context, gaps)
            };
            if is_cut_off {
                cut_off.entry((owner, leads)).or_default().push(product);
            }
        }
    }
    gaps.extend(cut_off.into_iter().map(|((owner, leads), products)| gap(org, owner, leads, &products)));
}

/// Whether somebody meets customers regularly, or has met them lately.
fn meets_customers(org: &Org<'_>, owner: PersonIx, days: u32) -> bool {
    let last = org[owner].facts.last_customer_contact.as_ref();
    org.closest_talk(Actor::Person(owner), With::Customers).is_some()
        || last.is_some_and(|last| org.days_since(last.value) <= 2 * i64::from(days))
}

/// Those who own the strategy of a product; where nobody is recorded, its product managers.
fn strategists(org: &Org<'_>, product: ProductIx) -> Vec<Actor> {
    let owners = org.owners_of(duties::STRATEGY_PRODUCT, Subject::Product(product));
    if owners.is_empty() { org.managers(product).into_iter().map(Actor::Person).collect() } else { owners.into_vec() }
}

impl Context {
    fn of(org: &Org<'_>, product: ProductIx) -> Self {
        let subject = Subject::Product(product);
        let mut heard = BTreeSet::new();
        for decision in ROADMAP.map(|duty| org.decision(duty, subject)) {
            heard.extend(decision.deciders().iter().map(|decider| decider.actor));
            for record in decision.records.iter().map(|record| &org[*record]) {
                let parts = [&record.input, &record.informed, &record.communicates, &record.approves];
                heard.extend(org.actors_of(parts.into_iter().filter_map(|part| part.as_deref()), subject));
            }
        }
        Context { combined: org.combined_people(product), strategists: strategists(org, product), heard }
    }

    /// Whether an owner is also the one who owns the strategy, so that nobody else can tell about customers.
    fn is_led_by(&self, org: &Org<'_>, product: ProductIx, owner: PersonIx) -> bool {
        self.combined.contains(&owner)
            || self.strategists.contains(&Actor::Person(owner))
            || org.owns_strategy_core(owner, product)
    }

    /// Whether an owner talks with one who owns the strategy, or has a part in a decision about the roadmap.
    fn reaches(&self, org: &Org<'_>, owner: PersonIx) -> bool {
        let owner = Actor::Person(owner);
        let talks = |strategist: &Actor| org.closest_talk(owner, With::Actor(*strategist)).is_some();
        self.heard.contains(&owner) || self.strategists.iter().any(talks)
    }
}

/// Whether the strategy lies with the product managers, and that they and the owners do not talk has been told.
fn is_explained(org: &Org<'_>, product: ProductIx, context: &Context, gaps: &Gaps<'_>) -> bool {
    gaps.fired(&roles_disconnected::RULE, Subject::Product(product)) && {
        let managers = org.managers(product);
        let is_manager = |actor: &Actor| actor.person().is_some_and(|person| managers.contains(&person));
        context.strategists.iter().all(is_manager)
    }
}

fn gap(org: &Org<'_>, owner: PersonIx, leads: bool, products: &[ProductIx]) -> Gap {
    let subject = Subject::Person(owner);
    let (name, id) = (org[owner].name(), &org[owner].id.id);
    let of = org.product_names(products);
    let its = if let [_] = products { "its" } else { "their" };
    let mut strategists: Vec<Actor> = products.iter().flat_map(|product| strategists(org, *product)).collect();
    strategists.sort_unstable();
    strategists.dedup();
    let customers = format!("Join talks with customers, and write `{{who: [{id}, customers], every: month}}` under `rhythm`");
    let (message, fix) = match strategists.as_slice() {
        _ if leads => {
            let message = format!("{name} leads {of} as {its} product owner, and no contact with customers is recorded");
            (message, format!("{customers}."))
        }
        [] => {
            let strategy = format!("no one is recorded as owning {its} strategy");
            let roadmap = format!("and no one as asking or telling {name} about {its} roadmap");
            let message =
                format!("no meeting of {name}, product owner of {of}, with customers is recorded, {strategy}, {roadmap}");
            (message, format!("{customers}; and name who owns `strategy.product`."))
        }
        owners => {
            let whose = format!(
                "{}, who {} {its} strategy",
                org.names(owners.iter().copied()),
                if owners.len() > 1 { "own" } else { "owns" }
            );
            let roadmap = format!("and no one is recorded as asking or telling {name} about {its} roadmap");
            let message =
                format!("no meeting of {name}, product owner of {of}, with customers or {whose}, is recorded, {roadmap}");
            (message, format!("{customers}; or add `{id}` to `input` or `informed` of `roadmap.priorities`."))
        }
    };
    Gap::new(subject, org.place(subject), message).fix(fix)
}
