//! A team for which nobody holds the seat of the product owner.

use crate::rules::backlog;
use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "team-without-product-owner",
    group: Group::Structure,
    severity: Severity::Error,
    otherwise: "warning where it is not known whether the team uses Scrum; info where it does not; silent there with the signal \
                strong-delivery-leadership",
    summary: "a team has no product owner",
    why: "Scrum asks for the accountability, not for the title: somebody has to fulfil it for every team.",
    question: "Who does the product owner's work for the team, under whatever title?",
    fix: "Let one person fulfil the accountability: an existing product manager may.",
    passages: &["D4-340", "D4-342", "D4-212"],
    also: &["D0-003", "D1-005", "D2-003", "D2-007", "D2-042", "D2-044", "D2-046", "D3-030", "D4-054", "D4-314", "D4-341"],
    dissent: &["D0-004", "D4-315"],
    yields_to: &[&backlog::backlog_without_owner::RULE],
    fires: r#"
people: {kim: Kim}
products:
  app: {name: App, product-manager: kim}
teams:
  core: {name: Core, product: app, scrum: true}   #~ no one is recorded as product owner of Core, although it uses Scrum
  web: {name: Web, product: app, scrum: false}    #~ no one is recorded as product owner of Web; it works without Scrum
  lab: {name: Lab}                                #~ no one is recorded as product owner of Lab; whether it uses Scrum is not recorded
  den: {name: Den, scrum: false, product-owner: nobody}   #~ nobody is product owner of Den
"#,
    clean: r#"
people: {kim: Kim, ann: Ann}
products:
  app: {product-manager: kim, product-owner: ann}
  site: {product-manager: kim}
teams:
  core: {product: app, scrum: true}
  web: {product: site, scrum: false, signals: [strong-delivery-leadership]}
  lab: {backlog: lab, product-owner: ann}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (team, facts) in org.audited_teams() {
        let is_reported = facts
            .backlog
            .is_some_and(|backlog| gaps.fired(&backlog::backlog_without_owner::RULE, Subject::Backlog(org.shown(backlog))));
        if has_owner(org, team) || is_reported {
            continue;
        }
        match org.uses_scrum(team) {
            Some(true) => gaps.add(gap(org, team, ", although it uses Scrum").severity(Severity::Error)),
            Some(false) if !is_led_well(org, team) => {
                gaps.add(gap(org, team, "; it works without Scrum").severity(Severity::Info));
            }
            Some(false) => {}
            None => gaps.add(gap(org, team, "; whether it uses Scrum is not recorded").severity(Severity::Warning)),
        }
    }
}

/// Whether anybody holds the seat for the team, its backlog or its product.
fn has_owner(org: &Org<'_>, team: TeamIx) -> bool {
    let seats = org.seat_at(Subject::Team(team), SeatKind::ProductOwner);
    let of_product =
        |product: &ProductIx| org.product_seat(*product, SeatKind::ProductOwner).is_some_and(|seat| !seat.holders.is_empty());
    !seats.is_empty()
        || org[team].backlog.is_some_and(|backlog| !org.owners(backlog).is_empty())
        || org[team].products.iter().any(of_product)
}

/// Whether somebody observed strong delivery leadership, for which document 004 lets a product manager be enough (D4-315).
fn is_led_well(org: &Org<'_>, team: TeamIx) -> bool {
    org.observed_by_team(team, signals::STRONG_DELIVERY_LEADERSHIP).is_some()
}

fn gap(org: &Org<'_>, team: TeamIx, scrum: &str) -> Gap {
    let subject = Subject::Team(team);
    let id = &org[team].id.id;
    let managers = org.seat_at(subject, SeatKind::ProductManager);
    let fix = match managers.as_slice() {
        [only] => {
            let name = org.name(only.actor);
            format!("Write `product-owner: …` under teams.{id}; {name}, the product manager, may hold it too.")
        }
        _ => format!("Write `product-owner: …` under teams.{id}."),
    };
    let is_vacant = org.team_seat(team, SeatKind::ProductOwner).is_some()
        || org[team].products.iter().any(|product| org.product_seat(*product, SeatKind::ProductOwner).is_some());
    let nobody = if is_vacant { "nobody is" } else { "no one is recorded as" };
    let message = format!("{nobody} product owner of {}{scrum}", org.title(subject));
    Gap::new(subject, org.place(subject), message).fix(fix)
}
