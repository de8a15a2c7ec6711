//! One product owner for more teams or products than a day has hours.

use crate::rules::capacity::combined_role_overstretched;
use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "owner-too-many-teams",
    group: Group::Capacity,
    severity: Severity::Warning,
    otherwise: "",
    summary: "a product owner serves too many teams or products",
    why: "Every team needs its answers on the same days; whoever serves many answers late, or without having looked.",
    question: "How many teams and products can one owner serve well?",
    fix: "Name another product owner for some of the teams or products, or delegate the ordering: `does` of backlog.order.",
    passages: &["D4-171", "D4-283"],
    also: &[],
    dissent: &["D1-045", "D1-046"],
    yields_to: &[&combined_role_overstretched::RULE],
    fires: r#"
people: {omar: Omar, lee: Lee}
products:
  checkout: {name: Checkout, product-owner: omar}    #~ Omar is product owner for 4 teams; this tool's limit is 3 (max-owner-teams)
  search: {name: Search, product-owner: lee}         #~ Lee is product owner of 2 products with 2 teams; this tool's limit is one product
  maps: {name: Maps, product-owner: lee}
teams:
  basket: {product: checkout}
  payments: {product: checkout}
  shipping: {product: checkout}
  returns: {product: checkout}
  find: {product: search}
  draw: {product: maps}
"#,
    clean: r#"
people: {omar: Omar, lee: Lee, ana: Ana}
products:
  checkout: {product-owner: omar, responsibilities: {backlog.order: {decides: omar, does: [ana]}}}
  search: {product-owner: lee}
  maps: {product-owner: lee}
teams:
  basket: {product: checkout}
  payments: {product: checkout}
  shipping: {product: checkout}
  returns: {product: checkout}
  planned: {product: checkout, developers: 0}
  find: {product: search}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let most = gaps.numbers().max_owner_teams;
    let combined = org.combined();
    let owners = org
        .people()
        .filter(|(person, facts)| facts.holds(SeatKind::ProductOwner) && !facts.is_group() && !combined.contains_key(person));
    for (person, _) in owners {
        let gap = too_many(org, person, most);
        gaps.extend(gap.filter(|_| !gaps.fired(&combined_role_overstretched::RULE, Subject::Person(person))));
    }
}

fn too_many(org: &Org<'_>, person: PersonIx, most: u32) -> Option<Gap> {
    let load = org.load(person, &[SeatKind::ProductOwner]);
    let (teams, products) = (load.teams, load.products.len());
    let delegates = org.delegates_of(person);
    let limit = most as usize + delegates;
    let (what, fix) = if teams > limit {
        let of_products = if products > 1 { format!(" of {products} products") } else { String::new() };
        let limit = match delegates {
            0 => format!("{most} (max-owner-teams)"),
            _ => format!("{limit}: {most} (max-owner-teams) and {delegates} for delegated ordering"),
        };
        let what = format!("for {teams} teams{of_products}; this tool's limit is {limit}");
        (
            what,
            "Name another product owner for some of the teams, or delegate the ordering: name who does it under `does` of backlog.order.",
        )
    } else if products > 1 && teams > 1 {
        let limit = "this tool's limit is one product as soon as there are two teams";
        (format!("of {products} products with {teams} teams; {limit}"), "Name another product owner for one of the products.")
    } else {
        return None;
    };
    let message = format!("{} is product owner {what}", org[person].name());
    let mut seats = load.seats.iter();
    let at = seats.next().copied().unwrap_or(org[person].id.at);
    let gap = Gap::new(Subject::Person(person), at, message).fix(fix);
    Some(seats.fold(gap, |gap, seat| gap.label(*seat, "also holds this seat")))
}
