//! A body that coordinates teams, and takes the product owner's decisions or time.

use crate::org::Party;
use crate::rules::prelude::*;
use crate::source::Span;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "scaling-dilutes-owner",
    group: Group::Structure,
    severity: Severity::Error,
    otherwise: "warning for more coordination meetings than the tool's limit",
    summary: "coordination between teams takes the product owner's decisions or time",
    why: "A body that coordinates helps owners to decide together; once it decides for them, every team waits for its next meeting.",
    question: "What may coordination between teams decide, and how much time may it take?",
    fix: "Give the decision back to the product owner, and name the body under `input`.",
    passages: &["D0-029", "D0-027"],
    also: &["D0-026", "D0-028"],
    dissent: &["D3-022", "D3-024"],
    yields_to: &[],
    fires: r#"
people:
  omar: Omar
  lee: Lee
  nexus: {name: Nexus Team, kind: group}
products:
  checkout:
    name: Checkout
    product-owner: omar
    coordination: {framework: Nexus, body: nexus}
    responsibilities:
      backlog.order: {decides: omar, approves: [nexus]}   #~ Nexus Team, which coordinates teams, has to approve backlog.order of Checkout
      delivery.tradeoffs: nexus                           #~ Nexus Team, which coordinates teams, decides delivery.tradeoffs of Checkout
  search:
    name: Search
    product-owner: lee
    coordination: {framework: Nexus, meetings-per-week: 4}   #~ the coordination of Search takes 4 meetings a week of its product owner; this tool's limit is 3 (max-coordination-meetings)
teams: {basket: {product: checkout}, payments: {product: checkout}, find: {product: search}, rank: {product: search}}
"#,
    clean: r#"
people:
  omar: Omar
  lee: Lee
  nexus: {name: Nexus Team, kind: group}
products:
  checkout:
    product-owner: omar
    coordination: {framework: Nexus, body: nexus, meetings-per-week: 3}
    responsibilities:
      backlog.order: {decides: omar, input: [nexus], communicates: nexus}
      program.coordination: nexus
  search: {product-manager: lee, coordination: {framework: Nexus, meetings-per-week: 5}}
teams: {basket: {product: checkout}, payments: {product: checkout}}
"#,
    check,
};

/// The decisions of a day that scaling must leave with the product owner.
const OWNERS: [DutyIx; 2] = [duties::BACKLOG_ORDER, duties::DELIVERY_TRADEOFFS];

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    if org.people.iter().any(|person| person.coordinates) {
        for duty in OWNERS {
            let mut told = BTreeSet::new();
            for subject in org.subjects(org[duty].level) {
                taken(org, duty, subject, &mut told, gaps);
            }
        }
    }
    let most = gaps.numbers().max_coordination_meetings;
    gaps.extend(org.audited_products().filter_map(|(product, _)| meetings(org, product, most)));
}

/// Tells each record that gives an owner's decision to a body once, however many subjects inherit it.
fn taken(org: &Org<'_>, duty: DutyIx, subject: Subject, told: &mut BTreeSet<RecordIx>, gaps: &mut Gaps<'_>) {
    let decision = org.decision(duty, subject);
    let covered = |record: RecordIx| org.covered(org[record].covers);
    for decider in decision.deciders() {
        if is_body(org, decider.actor, subject) && told.insert(decider.record) {
            let fix =
                format!("Write the product owner under `decides` of `{}`, and the body under `input`.", covered(decider.record));
            let gap = gap(org, duty, decider.record, subject, decider.at, (decider.actor, "decides"));
            gaps.add(gap.fix(fix));
        }
    }
    for record in decision.records.iter().copied() {
        let approvers = org[record].approves.iter().flat_map(|approves| &approves.named);
        let body = approvers.into_iter().find_map(|party| Some((party, body_of(org, party, subject)?)));
        if let Some((party, body)) = body.filter(|_| told.insert(record)) {
            let fix = format!("Delete `approves` from `{}`, and name the body under `input`.", covered(record));
            gaps.add(gap(org, duty, record, subject, party.at, (body, "has to approve")).fix(fix));
        }
    }
}

/// Whether an actor coordinates teams and is not the product owner.
fn is_body(org: &Org<'_>, actor: Actor, subject: Subject) -> bool {
    let Actor::Person(person) = actor else { return false };
    org[person].coordinates && org.seat_at(subject, SeatKind::ProductOwner).iter().all(|owner| owner.actor != actor)
}

/// The body that one who is named stands for.
fn body_of(org: &Org<'_>, party: &Party, subject: Subject) -> Option<Actor> {
    match party.who {
        Who::Actor(actor) => Some(actor).filter(|actor| is_body(org, *actor, subject)),
        Who::Seat(seat) => {
            let holders = org.seat_at(subject, seat);
            holders.iter().map(|holder| holder.actor).find(|actor| is_body(org, *actor, subject))
        }
        Who::Developers => None,
    }
}

fn gap(org: &Org<'_>, duty: DutyIx, record: RecordIx, subject: Subject, at: Span, (body, does): (Actor, &str)) -> Gap {
    let facts = &org[record];
    let whose = org.reach_title(facts.scope, subject);
    let who = if org.is_one_person(body) { "who" } else { "which" };
    let message = format!("{}, {who} coordinates teams, {does} {} of {whose}", org.name(body), org[duty].id);
    Gap::new(Subject::from(facts.scope), at, message).duty(duty).label(facts.at, "for every such decision").note_of(facts)
}

/// The meetings of a coordination, where they cost a product owner too much of the week.
fn meetings(org: &Org<'_>, product: ProductIx, most: u32) -> Option<Gap> {
    let coordination = &org[product].facts.coordination.as_ref()?.value;
    let given = coordination.meetings_per_week.as_ref()?;
    let held = given.value.0;
    if held <= most || org.seated(product, SeatKind::ProductOwner).is_empty() {
        return None;
    }
    let message = format!(
        "the coordination of {} takes {held} meetings a week of its product owner; this tool's limit is {most} (max-coordination-meetings)",
        org[product].name()
    );
    let fix = "Join meetings or send a deputy; what two teams can settle needs no meeting of all.";
    Some(Gap::new(Subject::Product(product), given.key, message).severity(Severity::Warning).fix(fix))
}
