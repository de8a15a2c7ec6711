//! One person as product manager and product owner, without written bounds.

use crate::document::Position;
use crate::rules::prelude::*;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "combined-role-unbounded",
    group: Group::Capacity,
    severity: Severity::Warning,
    otherwise: "info for a founder in a startup; silent where the workspace declares one person and no team",
    summary: "one person is product manager and product owner without written bounds",
    why: "A role without an edge grows with every request; a bound that is written down can be pointed at.",
    question: "Where does the double role end: which work, how many teams, which hours?",
    fix: "Write `scope`, `protected-time` and `max-teams` of the person, and `can-reorder` of the backlog.",
    passages: &["D4-177", "D4-178", "D4-180"],
    also: &["D4-179", "D3-020", "D4-162", "D4-181", "D4-338"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
people:
  rosa: Rosa          #~ no scope, protected time, team limit or list of who can reorder the backlog of Billing is recorded
  sam:                #~ Sam is product manager and product owner of Search, and 0 % of the week is protected
    {name: Sam, scope: Search and its squad, protected-time: 0, max-teams: 1}
products:
  billing: {name: Billing, product-manager: rosa, product-owner: rosa}
  search: {name: Search, product-manager: sam, product-owner: sam}
teams:
  invoices: {product: billing}
  find: {product: search}
backlogs:
  search: {can-reorder: [sam]}
"#,
    clean: r#"
people:
  rosa: {scope: Billing and its squad, protected-time: 20, max-teams: 1}
  kim: Kim
products:
  billing: {product-manager: rosa, product-owner: rosa}
  search: {product-manager: kim, product-owner: rosa}
teams:
  invoices: {product: billing}
backlogs:
  billing: {can-reorder: [rosa]}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let is_alone = org.teams.is_empty() && org.people.iter().filter(|person| !person.is_group()).count() == 1;
    if !is_alone {
        gaps.extend(org.combined().into_iter().filter_map(|(person, products)| unbounded(org, person, &products)));
    }
}

fn unbounded(org: &Org<'_>, person: PersonIx, products: &[ProductIx]) -> Option<Gap> {
    let facts = &org[person].facts;
    let protected = facts.protected_time.as_ref().map(|given| given.value.0);
    let backlogs = open_backlogs(org, person, products);
    let of_person = [
        (facts.scope.is_none(), "scope", "`scope: …`"),
        (protected.is_none(), "protected time", "`protected-time: …`"),
        (facts.max_teams.is_none(), "team limit", "`max-teams: 1`"),
    ];
    let absent = of_person.into_iter().filter(|(is_absent, ..)| *is_absent);
    let (mut names, mut keys): (Vec<String>, Vec<&str>) = absent.map(|(_, name, key)| (name.to_owned(), key)).unzip();
    if let [_, ..] = backlogs.as_slice() {
        let titles: Vec<_> = backlogs.iter().map(|backlog| org.title(Subject::Backlog(*backlog))).collect();
        names.push(format!("list of who can reorder {}", joined(&titles)));
    }
    let mut lacks = Vec::new();
    match names.as_slice() {
        [] => {}
        [only] => lacks.push(format!("no {only} is recorded")),
        [first @ .., last] => lacks.push(format!("no {} or {last} is recorded", first.join(", "))),
    }
    if protected == Some(0) {
        lacks.push("0 % of the week is protected for discovery and strategy".to_owned());
        keys.push("`protected-time: …`");
    }
    if lacks.is_empty() {
        return None;
    }
    let who = org[person].name();
    let message =
        format!("{who} is product manager and product owner of {}, and {}", org.product_names(products), lacks.join("; "));
    let is_early_founder = org.is_startup() && org[person].position() == Some(Position::Founder);
    let severity = if is_early_founder { Severity::Info } else { Severity::Warning };
    let gap = Gap::new(Subject::Person(person), org[person].id.at, message).severity(severity);
    Some(gap.fix(fix(org, person, &keys, &backlogs)))
}

/// The backlogs of the products that the person owns and that do not say who can reorder them; each once.
fn open_backlogs(org: &Org<'_>, person: PersonIx, products: &[ProductIx]) -> Vec<BacklogIx> {
    let owns = |backlog: &BacklogIx| org.owners(*backlog).iter().any(|owner| owner.actor == Actor::Person(person));
    let backlogs = products.iter().flat_map(|product| org.real_backlogs(*product));
    let open: BTreeSet<BacklogIx> = backlogs.filter(|backlog| org[*backlog].can_reorder.is_none()).filter(owns).collect();
    open.into_iter().collect()
}

fn fix(org: &Org<'_>, person: PersonIx, keys: &[&str], backlogs: &[BacklogIx]) -> String {
    let id = &org[person].id.id;
    let mut parts = Vec::new();
    if let [_, ..] = keys {
        parts.push(format!("{} under people.{id}", joined(keys)));
    }
    if let [_, ..] = backlogs {
        let paths: Vec<String> = backlogs.iter().map(|backlog| org.path(Subject::Backlog(*backlog))).collect();
        parts.push(format!("`can-reorder: [{id}]` under {}", joined(&paths)));
    }
    format!("Write {}.", parts.join(", and "))
}
