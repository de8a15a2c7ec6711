//! Nobody, or several people, with the last word.

use crate::document::Position;
use crate::rules::prelude::*;
use crate::rules::unowned;

/// The rule.
pub static RULE: Rule = Rule {
    name: "final-call-missing",
    group: Group::Ownership,
    severity: Severity::Error,
    otherwise: "info where the product has one product person and no record, because that person is taken to have the final call",
    summary: "nobody, or more than one, makes the final call when priorities conflict",
    why: "As long as two people can each say no, a conflict of priorities has no end.",
    question: "Who has the last word when priorities clash?",
    fix: "Write `priorities.conflict: …` with one person under `responsibilities` of the product.",
    passages: &["D4-001", "D4-245", "D1-048"],
    also: &["D4-104", "D4-161", "D4-172", "D4-211", "D4-218"],
    dissent: &["D4-123"],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, kim: Kim, board: {name: Board, kind: group}}
products:
  checkout:                         #~ no one is recorded as deciding priorities.conflict for Checkout
    name: Checkout
    product-manager: kim
    product-owner: ann
    responsibilities: {strategy.*: kim}
  billing:
    name: Billing
    product-manager: kim
    product-owner: ann
    responsibilities:
      priorities.conflict: [kim, ann]   #~ Ann and Kim are both recorded as having the final call for Billing
  search:
    name: Search
    product-owner: ann
    responsibilities:
      priorities.conflict: board    #~ the final call for Search lies with Board, which is a group
"#,
    clean: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout:
    product-manager: kim
    product-owner: ann
    responsibilities: {priorities.conflict: kim}
  billing:
    responsibilities: {strategy.*: kim}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (product, _) in org.audited_products().filter(|(product, _)| org.records_core(*product)) {
        let subject = Subject::Product(product);
        let decision = org.decision(duties::PRIORITIES_CONFLICT, subject);
        match &decision.answer {
            Answer::NotApplicable => {}
            Answer::Absent if decision.records.is_empty() => gaps.extend(absent(org, product, decision)),
            Answer::Decided(deciders) => gaps.extend(not_one_person(org, product, deciders, decision)),
            Answer::Absent | Answer::Nobody | Answer::Ended(_) | Answer::Vacant(_) => {
                gaps.add(unowned::gap(org, duties::PRIORITIES_CONFLICT, subject, decision, subject, &org.title(subject)));
            }
        }
    }
}

fn absent(org: &Org<'_>, product: ProductIx, decision: &Decision) -> Option<Gap> {
    let subject = Subject::Product(product);
    let duty = duties::PRIORITIES_CONFLICT;
    let people = org.product_people(product);
    match people.as_slice() {
        [] => None,
        [only] => {
            let name = org[*only].name();
            let mut message =
                format!("{name} is the only product person of {}, and so taken to have the final call", org.title(subject));
            if let Some(leader) = deciding_leader(org, product) {
                message.push_str(&format!("; {leader} decides for it as well"));
            }
            let fix =
                format!("Write `priorities.conflict: {}` under `responsibilities` of {}.", org[*only].id.id, org.path(subject));
            Some(Gap::new(subject, org.place(subject), message).duty(duty).severity(Severity::Info).fix(fix))
        }
        _ => {
            let gap = unowned::gap(org, duty, subject, decision, subject, &org.title(subject));
            // The owners of many squads would make the sentence long.
            let (who, hold) = match people.len() {
                many @ 5.. => ("them".to_owned(), format!(": {many} people hold a product seat")),
                _ => {
                    let names = org.names(people.iter().map(|person| Actor::Person(*person)));
                    let hold = format!(": {names} each hold a product seat");
                    (names, hold)
                }
            };
            let fix = format!(
                "Write `priorities.conflict: …` under `responsibilities` of {}, with one of {who}, or whoever else is to have the last \
                 word.",
                org.path(subject)
            );
            Some(gap.adding(&hold).fix(fix))
        }
    }
}

/// A founder, leader or stakeholder who decides something for the product.
fn deciding_leader<'o>(org: &'o Org<'_>, product: ProductIx) -> Option<&'o str> {
    let parties = org.records_of(product).filter_map(|record| record.decides.as_ref()).flat_map(|decides| &decides.named);
    let people = parties.filter_map(|party| match party.who {
        crate::org::Who::Actor(Actor::Person(person)) => Some(&org[person]),
        _ => None,
    });
    let leads = |position: Position| !matches!(position, Position::Developer);
    people.into_iter().filter(|person| person.position().is_some_and(leads)).map(crate::org::Person::name).min()
}

fn not_one_person(org: &Org<'_>, product: ProductIx, deciders: &[Decider], decision: &Decision) -> Option<Gap> {
    let subject = Subject::Product(product);
    let title = org.title(subject);
    let (at, message) = match deciders {
        [only] if org.is_one_person(only.actor) => return None,
        [only] => {
            let kind = if matches!(only.actor, Actor::Team(_)) { "a team" } else { "a group" };
            (only.at, format!("the final call for {title} lies with {}, which is {kind}", org.name(only.actor)))
        }
        [.., last] => {
            let quantifier = if deciders.len() > 2 { "all" } else { "both" };
            let names = org.names(deciders.iter().map(|decider| decider.actor));
            (last.at, format!("{names} are {quantifier} recorded as having the final call for {title}"))
        }
        [] => (org.place(subject), format!("the final call for {title} lies with developers, and no team works on it")),
    };
    let mut gap = Gap::new(subject, at, message).duty(duties::PRIORITIES_CONFLICT);
    if let Some(record) = decision.answered_by.first().map(|record| &org[*record]) {
        let path = org.path(record.scope.into());
        let people = deciders.iter().map(|decider| decider.actor).filter(|actor| org.is_one_person(*actor));
        let one = match deciders {
            [only] => format!("one person of {}", org.name(only.actor)),
            _ => match org.names(people) {
                names if names.contains(" and ") => format!("one of {names}"),
                _ => "one person".to_owned(),
            },
        };
        let others = if deciders.len() == 2 { "the other" } else { "the others" };
        gap = gap.note_of(record).fix(format!(
            "Write `priorities.conflict: …` with {one} under `responsibilities` of {path}, and {others} under its `input`."
        ));
    }
    Some(deciders.iter().fold(gap, |gap, decider| gap.label(decider.at, "also has the final call")))
}
