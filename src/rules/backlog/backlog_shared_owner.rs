//! A backlog whose owner is not one person.

use crate::org::Origin;
use crate::org::seats::Holder;
use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "backlog-shared-owner",
    group: Group::Backlog,
    severity: Severity::Error,
    otherwise: "",
    summary: "a backlog has several owners, or a group as owner",
    why: "Developers cannot follow two orders; they end up choosing between them.",
    question: "Who alone answers for the backlog, and who gives advice?",
    fix: "Keep one person as `product-owner`, and list the others under `input` of backlog.order.",
    passages: &["D1-025", "D4-055", "D4-281"],
    also: &["D1-048", "D4-087", "D4-353"],
    dissent: &["D1-045"],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, bob: Bob, board: {name: Steering board, kind: group}}
products:
  app: {name: App}
  site: {name: Site, product-owner: board}    #~ the backlog of Site is owned by Steering board, which is a group
teams:
  core: {product: app, product-owner: [ann, bob]}   #~ the backlog of App has two owners: Ann and Bob
"#,
    clean: r#"
people: {ann: Ann, bob: Bob}
products:
  app: {product-owner: ann, responsibilities: {backlog.order: {decides: ann, input: [bob], deputy: bob}}}
teams:
  core: {product: app, product-owner: ann}
  web: {product: app, backlog: web, product-owner: bob}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (backlog, _) in org.audited_backlogs() {
        match org.own_owners(backlog) {
            [] => {}
            [only] if org.is_one_person(only.actor) => {}
            owners => gaps.add(gap(org, backlog, owners)),
        }
    }
}

fn gap(org: &Org<'_>, backlog: BacklogIx, owners: &[Holder]) -> Gap {
    let subject = Subject::Backlog(backlog);
    let title = org.title(subject);
    let names = org.names(owners.iter().map(|owner| owner.actor));
    let at = owners.last().map_or(org.place(subject), |owner| owner.at);
    let gap = match owners {
        [only] => {
            let kind = if matches!(only.actor, Actor::Team(_)) { "team" } else { "group" };
            let fix = format!(
                "Name the one person of the {kind} who sets the order as `product-owner`; the {kind} can stand under `input` of \
                 backlog.order."
            );
            Gap::new(subject, at, format!("{title} is owned by {names}, which is a {kind}")).fix(fix)
        }
        _ => Gap::new(subject, at, format!("{title} has {} owners: {names}", count(owners.len()))).fix(fix(org, backlog)),
    };
    owners.iter().fold(gap, |gap, owner| gap.label(owner.at, "also holds the seat"))
}

/// Where squads name owners of their own on one product backlog, either repair may be what is meant.
fn fix(org: &Org<'_>, backlog: BacklogIx) -> String {
    // A product has one seat of its own, so that a second one is a squad's.
    let seats = org.owner_seats(backlog).count();
    match org[backlog].origin {
        Origin::Product(product) if seats > 1 => format!(
            "Either keep one `product-owner`, on products.{}, and list the others under `input` of backlog.order; or give each squad a \
             `backlog:` of its own.",
            org[product].id.id
        ),
        _ => RULE.fix.to_owned(),
    }
}

fn count(number: usize) -> String {
    match number {
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        more => more.to_string(),
    }
}
