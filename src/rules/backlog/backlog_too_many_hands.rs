//! A backlog that others than its owner can reorder.

use crate::org::seats::Holder;
use crate::rules::prelude::*;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "backlog-too-many-hands",
    group: Group::Backlog,
    severity: Severity::Error,
    otherwise: "warning where the extra hands are all developers",
    summary: "others than its owner can reorder a backlog",
    why: "An order that several people can change is nobody's: each of them finds it different from what they left.",
    question: "Who may change the order of the backlog, and who has to ask?",
    fix: "Keep the owner alone in `can-reorder`, and list the others under `input` of backlog.order.",
    passages: &["D4-279", "D4-090"],
    also: &["D1-025", "D4-179", "D4-281", "D4-352"],
    dissent: &["D1-045"],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, kim: Kim, sales: {name: Sales, kind: group, position: stakeholder}, tom: Tom}
products:
  checkout: {name: Checkout, product-owner: ann}
  search: {name: Search, product-owner: ann}
  maps: {name: Maps}
  games: {name: Games, product-owner: nobody}
  books: {name: Books, product-owner: [ann, kim]}
teams:
  core: {product: checkout}
  find: {product: search, developers: [tom]}
  draw: {product: maps}
backlogs:
  checkout: {can-reorder: [ann, kim, sales]}   #~ Kim and Sales can reorder the backlog of Checkout beside Ann, who owns it
  search: {can-reorder: [product-owner, tom]}  #~ Tom can reorder the backlog of Search beside Ann, who owns it
  maps: {can-reorder: [kim]}                   #~ Kim can reorder the backlog of Maps, for which no owner is recorded
  games: {can-reorder: [kim]}                  #~ Kim can reorder the backlog of Games, which nobody owns
  books: {can-reorder: [ann, sales]}           #~ Sales can reorder the backlog of Books beside Ann and Kim, who share it
"#,
    clean: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout:
    product-owner: ann
    responsibilities: {backlog.order: {decides: ann, deputy: kim, does: [developers]}}
  search: {product-owner: ann}
teams:
  core: {product: checkout}
  find: {product: search}
backlogs:
  checkout: {can-reorder: [product-owner, kim, developers]}
  search: {refined: 2026-11-14}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (backlog, facts) in org.audited_backlogs() {
        let named = facts.can_reorder.iter().flat_map(|parties| &parties.named);
        let subject = Subject::Backlog(backlog);
        let hands: Vec<Holder> = named
            .flat_map(|party| {
                let actors = org.actors_at(subject, party.who);
                actors.into_iter().map(|actor| Holder { actor, at: party.at })
            })
            .collect();
        if !hands.is_empty() {
            gaps.extend(extra(org, backlog, hands));
        }
    }
}

fn extra(org: &Org<'_>, backlog: BacklogIx, mut hands: Vec<Holder>) -> Option<Gap> {
    let owners = org.owners(backlog);
    let mut known: BTreeSet<Actor> = owners.iter().map(|owner| owner.actor).collect();
    known.extend(stand_ins(org, org.shown(backlog)));
    hands.retain(|hand| !known.contains(&hand.actor) && !is_in_team_of(org, hand.actor, &known));
    let first = *hands.first()?;

    let subject = Subject::Backlog(backlog);
    let title = org.title(subject);
    let names = org.names(hands.iter().map(|hand| hand.actor));
    let message = match owners {
        [] if org.owner_seats(org.shown(backlog)).next().is_some() => format!("{names} can reorder {title}, which nobody owns"),
        [] => format!("{names} can reorder {title}, for which no owner is recorded"),
        [only] => format!("{names} can reorder {title} beside {}, who owns it", org.name(only.actor)),
        several => {
            let owners = org.names(several.iter().map(|owner| owner.actor));
            format!("{names} can reorder {title} beside {owners}, who share it")
        }
    };
    let are_developers = hands.iter().all(|hand| matches!(hand.actor, Actor::Team(_)) || org.builds_from(hand.actor, backlog));
    let severity = if are_developers { Severity::Warning } else { Severity::Error };
    let mut ids: Vec<&str> = hands.iter().map(|hand| org.actor_id(hand.actor)).collect();
    ids.sort_unstable();
    ids.dedup();
    let fix = format!(
        "Take {} out of `can-reorder` under {}, and write `input: [{}]` under backlog.order; who stands in for the owner belongs \
         under its `deputy` or `does`.",
        joined(&ids),
        org.path(subject),
        ids.join(", ")
    );
    let gap = Gap::new(subject, first.at, message).severity(severity).fix(fix);
    let gap = hands.iter().fold(gap, |gap, hand| gap.label(hand.at, "can reorder it too"));
    Some(owners.iter().fold(gap, |gap, owner| gap.label(owner.at, "owns the backlog")))
}

/// Those who set the order in the owner's place: the deputy and those to whom it is delegated.
fn stand_ins(org: &Org<'_>, backlog: BacklogIx) -> Vec<Actor> {
    let subject = Subject::Backlog(backlog);
    let records = &org.decision(duties::BACKLOG_ORDER, subject).records;
    let parties = records.iter().filter_map(|record| org[*record].deputy.as_ref()).flat_map(|deputy| &deputy.named);
    let deputies = parties.flat_map(|party| org.actors_at(subject, party.who));
    deputies.chain(org.delegates(backlog).into_iter().map(|delegate| delegate.actor)).collect()
}

/// Whether a person is a developer of a team that may reorder as a whole.
fn is_in_team_of(org: &Org<'_>, actor: Actor, known: &BTreeSet<Actor>) -> bool {
    let Actor::Person(person) = actor else { return false };
    known.iter().any(|known| matches!(known, Actor::Team(team) if org[*team].developers.contains(&person)))
}
