//! A product manager and a product owner who do not talk regularly.

use crate::document::MeetingKind;
use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "roles-disconnected",
    group: Group::Collaboration,
    severity: Severity::Warning,
    otherwise: "info, once for the organization, where no meetings are recorded at all",
    summary: "product manager and product owner do not talk regularly",
    why: "Where the two only hand work over, one knows why and the other knows how, and nobody knows both.",
    question: "How often do product manager and product owner talk, and about what?",
    fix: "Set a standing conversation of the two, and write it under `rhythm`.",
    passages: &["D4-151", "D0-017", "D4-152"],
    also: &[
        "D2-003", "D2-019", "D2-044", "D3-028", "D4-101", "D4-102", "D4-128", "D4-129", "D4-153", "D4-156", "D4-232", "D4-287",
        "D4-290",
    ],
    dissent: &["D2-011"],
    yields_to: &[],
    fires: r#"
people: {kim: Kim, ann: Ann, ben: Ben, cat: Cat, dan: Dan}
products:
  checkout: {name: Checkout, product-manager: kim, product-owner: ann}   #~ no meeting of Kim (product manager) and Ann (product owner) of Checkout is recorded
  billing: {name: Billing, product-manager: kim, product-owner: ben}
  search: {name: Search, product-manager: kim, product-owner: cat}
  maps: {name: Maps, product-manager: kim}   #~ no meeting of Kim (product manager of Maps) and Dan (product owner of Draw) is recorded
teams:
  draw: {name: Draw, product: maps, backlog: draw, product-owner: dan}
rhythm:
  - {who: [dan, draw], every: day}
  - {who: [kim, customers], every: week}
  - {who: [ann, customers], every: week}
  - {who: [kim, ben], every: 3 weeks}                #~ Kim (product manager) and Ben (product owner) of Billing meet every 21 days at best; this tool's limit is 14 days (manager-owner-days)
  - {who: [kim, cat], every: day, kind: handoff}     #~ Kim (product manager) and Cat (product owner) of Search only hand work over
"#,
    clean: r#"
people: {kim: Kim, ann: Ann, ben: Ben}
products:
  checkout: {product-manager: kim, product-owner: ann}
  billing: {product-manager: kim, product-owner: kim}
  search: {product-manager: kim, product-owner: ben}
rhythm:
  - {who: [kim, ann, customers], every: 2 weeks}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    if org.rhythm.is_empty() {
        gaps.extend(unrecorded(org));
        return;
    }
    let days = gaps.numbers().manager_owner_days;
    for (product, _) in org.audited_products().filter(|(product, _)| org.model(*product) == Model::Split) {
        let mut managers = org.managers(product);
        managers.retain(|manager| org.has_rhythm(Actor::Person(*manager)));
        // Of whom nothing is recorded, nothing is missing.
        let owners = org.backlog_owners(product).into_iter().filter(|owner| org.has_rhythm(Actor::Person(*owner)));
        for owner in owners.filter(|_| !managers.is_empty()) {
            gaps.extend(apart(org, product, &managers, owner, days));
        }
    }
}

/// Says once that nothing is known about anybody's meetings, if there is anything to be audited.
fn unrecorded(org: &Org<'_>) -> Option<Gap> {
    let is_audited = org.audited_teams().next().is_some() || org.audited_products().next().is_some();
    let message = "no meetings are recorded, so nothing can be said about who talks with whom";
    let fix =
        "Write under `rhythm` who meets whom and how often, such as `{who: [product-manager, product-owner], every: week}`.";
    let gap = || Gap::new(Subject::Organization, org.place(Subject::Organization), message).severity(Severity::Info).fix(fix);
    is_audited.then(gap)
}

/// The squads of a product whose owner somebody is; none where that is the owner of the whole product.
fn squads(org: &Org<'_>, product: ProductIx, owner: PersonIx) -> Option<String> {
    let held = org[owner].seats.iter().filter(|held| held.kind == SeatKind::ProductOwner);
    let mut squads: Vec<&str> = Vec::new();
    for seat in held {
        match seat.of {
            Subject::Product(of) if of == product => return None,
            Subject::Team(team) if org[team].products.contains(&product) => squads.push(org[team].name()),
            _ => {}
        }
    }
    match squads.as_slice() {
        [] => None,
        [_, _, _, _, ..] => Some(format!("{} of its teams", squads.len())),
        few => Some(joined(few)),
    }
}

/// What keeps the owner of a backlog and all product managers apart; one of them is enough.
fn apart(org: &Org<'_>, product: ProductIx, managers: &[PersonIx], owner: PersonIx, days: u32) -> Option<Gap> {
    let subject = Subject::Product(product);
    let pair = || {
        let names = org.names(managers.iter().copied().map(Actor::Person));
        let role = if let [_] = managers { "product manager" } else { "product managers" };
        let (name, title) = (org[owner].name(), org.title(subject));
        match squads(org, product, owner) {
            None => format!("{names} ({role}) and {name} (product owner) of {title}"),
            Some(squads) => format!("{names} ({role} of {title}) and {name} (product owner of {squads})"),
        }
    };
    let meetings = || {
        let with = |manager: &PersonIx| org.meetings_with(Actor::Person(owner), With::Actor(Actor::Person(*manager)));
        managers.iter().flat_map(with)
    };
    let talks = meetings().filter(|meeting| meeting.kind != Some(MeetingKind::Handoff));
    let (at, message) = match (talks.min_by_key(|talk| talk.every_days), meetings().next()) {
        (Some(talk), _) if talk.every_days <= days => return None,
        (Some(talk), _) => {
            let limit = format!("this tool's limit is {days} days (manager-owner-days)");
            (talk.at, format!("{} meet every {} days at best; {limit}", pair(), talk.every_days))
        }
        (None, Some(handoff)) => (handoff.at, format!("{} only hand work over; no talk of the two is recorded", pair())),
        (None, None) => (org.place(subject), format!("no meeting of {} is recorded", pair())),
    };
    let manager = managers.first().map_or("product-manager", |manager| org[*manager].id.id.as_ref());
    let fix = format!("Meet regularly, and write `{{who: [{manager}, {}], every: week}}` under `rhythm`.", org[owner].id.id);
    Some(Gap::new(subject, at, message).fix(fix))
}
