//! A startup without any product person: which one to hire first.

use crate::advise::situation::{Held, Situation};
use crate::catalogue;
use crate::document::Role;
use crate::org::Opening;
use crate::rules::prelude::*;
use crate::rules::signs;

/// The rule.
pub static RULE: Rule = Rule {
    name: "first-hire",
    group: Group::Hiring,
    severity: Severity::Info,
    otherwise: "",
    summary: "a startup without product people has to choose whom to hire first",
    why: "The first hire sets the habits of the product; it should meet the constraint that slows the team today.",
    question: "Whom does the startup hire first: for direction, for delivery, or for both?",
    fix: "Hire for the present constraint.",
    passages: &["D4-356", "D4-358"],
    also: &["D4-346", "D4-357"],
    dissent: &["D2-003", "D2-044"],
    yields_to: &[],
    fires: r#"
organization: {stage: startup}
people: {fay: {name: Fay, position: founder}}
products:
  planner:                           #~ a product manager first for Planner: its strategy lacks
    name: Planner
  tracker:                           #~ a product owner first for Tracker: its strategy stands, and 1 signal of unclear delivery is recorded
    name: Tracker
    definition: A map of every van
    customers: [dispatchers]
    goal: Every van on the map within a minute
    metrics: [{name: retention, owner: fay}]
    responsibilities: {strategy.*: fay}
    signals: [developers-wait]
"#,
    clean: r#"
organization: {stage: startup}
people: {fay: {name: Fay, position: founder}}
products:
  planner:
    name: Planner
    responsibilities: {strategy.*: fay}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let has_product_people = org.people.iter().any(|person| SeatKind::PRODUCT.into_iter().any(|seat| person.holds(seat)));
    if !org.is_startup() || has_product_people {
        return;
    }
    for (product, facts) in org.audited_products() {
        let situation = gaps.situation(org, product);
        let Some((role, ground)) = first(situation) else { continue };
        let subject = Subject::Product(product);
        let message = format!("{} first for {}: {ground}", signs::role(role), facts.name());
        let signals = [situation.direction.as_slice(), &situation.delivery].concat();
        // The lead of the rule speaks for a product manager.
        let passage = catalogue::passage("D4-357").filter(|_| role == Role::ProductOwner);
        let gap = Gap::new(subject, org.place(subject), message).fix(fix(org, product, role)).passage(passage);
        gaps.add(signs::labelled(gap, &signals));
    }
}

/// What to do: an opening for the role may be there already, or one that can become it.
fn fix(org: &Org<'_>, product: ProductIx, wanted: Role) -> String {
    const MANDATE: &str = "what it decides, who gives input, what is measured";
    let is_for = |role: Option<Role>| move |given: Option<Role>| given == role;
    let opening = |is_meant: &dyn Fn(Option<Role>) -> bool| {
        let role = |opening: &Opening<'_>| opening.facts.role.as_ref().map(|role| role.value);
        org.openings_of(product).find(|(_, opening)| is_meant(role(opening))).map(|(position, _)| Subject::Opening(position))
    };
    let role = signs::role(wanted);
    if let Some(fitting) = opening(&is_for(Some(wanted))) {
        return format!("The opening {} is for that role; see that its mandate says {MANDATE}.", org.path(fitting));
    }
    // Whoever is to coordinate launches is no product person, and not in place of one.
    match opening(&|role| matches!(role, None | Some(Role::ProductManager | Role::ProductOwner))) {
        Some(other) => {
            let path = org.path(other);
            format!("Change the opening: write `role: {}` under {path}, and its mandate first: {MANDATE}.", wanted.word())
        }
        None => format!("Open the role of {role}, and write its mandate first: {MANDATE}."),
    }
}

/// The role to hire first, and the ground.
fn first(situation: &Situation) -> Option<(Role, String)> {
    let (direction, delivery) = (situation.direction.len(), situation.delivery.len());
    let signals = || format!("{} recorded", signs::counted_with_verb(situation));
    // A founder who owns the strategy needs nobody for it yet.
    if situation.held == Held::Founder && delivery == 0 {
        None
    } else if !situation.has_strategy() {
        Some((Role::ProductManager, format!("its strategy lacks {}", joined(&situation.missing_strategy))))
    } else if delivery > 0 && delivery >= direction {
        Some((Role::ProductOwner, format!("its strategy stands, and {}", signals())))
    } else {
        (direction > 0).then(|| (Role::ProductManager, signals()))
    }
}
