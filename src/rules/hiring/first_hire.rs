//! A startup without any product person: which one to hire first.

use crate::advise::situation::{Held, Situation};
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
        let message = format!("{role} first for {}: {ground}", facts.name());
        let fix =
            format!("Open the role of {role}, and write its mandate first: what it decides, who gives input, what is measured.");
        let signals = [situation.direction.as_slice(), &situation.delivery].concat();
        gaps.add(signs::labelled(Gap::new(subject, org.place(subject), message).fix(fix), &signals));
    }
}

/// The role to hire first, and the ground.
fn first(situation: &Situation) -> Option<(&'static str, String)> {
    let (direction, delivery) = (situation.direction.len(), situation.delivery.len());
    let signals = || format!("{} recorded", signs::counted_with_verb(situation));
    // A founder who owns the strategy needs nobody for it yet.
    if situation.held == Held::Founder && delivery == 0 {
        None
    } else if !situation.has_strategy() {
        Some(("a product manager", format!("its strategy lacks {}", joined(&situation.missing_strategy))))
    } else if delivery > 0 && delivery >= direction {
        Some(("a product owner", format!("its strategy stands, and {}", signals())))
    } else {
        (direction > 0).then(|| ("a product manager", signals()))
    }
}
