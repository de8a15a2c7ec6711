//! A product that needs a skill which none of its teams has.

use crate::document::value::Text;
use crate::org::each_once;
use crate::rules::prelude::*;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "team-missing-skills",
    group: Group::Structure,
    severity: Severity::Warning,
    otherwise: "error for a product without definition whose product owner also leads the strategy",
    summary: "no team of a product has a skill that it needs",
    why: "What a team cannot do itself it has to wait for, and the result is then nobody's as a whole.",
    question: "Does a team learn the skill, or does someone join who has it?",
    fix: "Add the skill to a team of the product, by learning or by joining.",
    passages: &["D0-011", "D0-013"],
    also: &["D0-012"],
    dissent: &[],
    yields_to: &[],
    fires: r#"
products:
  checkout:
    name: Checkout
    needs-skills:
      - backend
      - content            #~ Checkout needs "content", a skill that none of its 2 teams has
  search:
    name: Search
    needs-skills: [ranking]     #~ Search needs "ranking", a skill that its only team, Find, does not have
teams:
  basket: {product: checkout, skills: [Backend]}
  payments: {product: checkout, skills: [frontend]}
  find: {name: Find, product: search, skills: [frontend]}
"#,
    clean: r#"
products:
  checkout: {needs-skills: [backend, content]}
  search: {needs-skills: [ranking]}
  maps: {}
teams:
  basket: {product: checkout, skills: [backend]}
  payments: {product: checkout, skills: [content]}
  find: {product: search, skills: [frontend]}
  rank: {product: search}
  draw: {product: maps, skills: [frontend]}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (product, facts) in org.audited_products() {
        let Some(needed) = &facts.facts.needs_skills else { continue };
        let teams: Vec<TeamIx> = org.built_teams(&facts.teams).collect();
        let Some(skills) = skills(org, &teams) else { continue };
        let missing = needed.value.items.iter().filter(|skill| !skills.contains(&folded(skill)));
        let missing: Vec<&Text<'_>> = each_once(missing, |skill| folded(skill));
        gaps.extend(missing.into_iter().map(|skill| gap(org, product, &teams, skill)));
    }
}

/// The skills of teams together; nothing if there is no team, or if one of them does not say.
fn skills(org: &Org<'_>, teams: &[TeamIx]) -> Option<BTreeSet<String>> {
    let of_team = |team: &TeamIx| org[*team].facts.skills.as_ref().map(|skills| &skills.value.items);
    let lists: Option<Vec<_>> = teams.iter().map(of_team).collect();
    let lists = lists.filter(|lists| !lists.is_empty())?;
    Some(lists.into_iter().flatten().map(folded).collect())
}

/// A skill without regard to how its letters are written.
fn folded(skill: &Text<'_>) -> String {
    skill.text.to_lowercase()
}

fn gap(org: &Org<'_>, product: ProductIx, teams: &[TeamIx], skill: &Text<'_>) -> Gap {
    let facts = &org[product];
    let which = match teams {
        [only] => format!("that its only team, {}, does not have", org[*only].name()),
        _ => format!("that none of its {} teams has", teams.len()),
    };
    let message = format!("{} needs \"{}\", a skill {which}", facts.name(), skill.text);
    let fix = format!("Let somebody learn it or join, and add `{}` to `skills` of that team.", skill.text);
    let gap = Gap::new(Subject::Product(product), skill.at, message).fix(fix);
    let is_undefined = facts.facts.definition.is_none();
    if is_undefined && org.model(product) == Model::StrongOwner { gap.severity(Severity::Error) } else { gap }
}
