//! A product whose work is ordered in several lists.

use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "product-split-backlogs",
    group: Group::Backlog,
    severity: Severity::Warning,
    otherwise: "info where one person decides both roadmap.priorities and priorities.conflict for the whole product",
    summary: "a product has several backlogs",
    why: "Two lists have two first items; which of them comes first is decided again every week.",
    question: "Does the product need one backlog, or one person who decides between several?",
    fix: "Merge them into one ordered backlog, or let one person decide roadmap.priorities and priorities.conflict for the \
          product.",
    passages: &["D4-280", "D4-353", "D4-052"],
    also: &["D4-203", "D4-235", "D4-236"],
    dissent: &["D4-237", "D4-241", "D4-318"],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, kim: Kim, board: {name: Board, kind: group}}
products:
  checkout:                                   #~ Checkout has 2 backlogs; between them, Kim decides roadmap.priorities, and no one is recorded as deciding priorities.conflict
    name: Checkout
    product-manager: kim
    product-owner: ann
    responsibilities: {roadmap.priorities: kim}
  search:                                     #~ Search has 3 backlogs; Kim decides roadmap.priorities and priorities.conflict for all of them
    name: Search
    product-manager: kim
    responsibilities: {roadmap.priorities: kim, priorities.conflict: kim}
  games:                                      #~ Games has 2 backlogs; between them, Board, a group, decides roadmap.priorities, and nobody decides priorities.conflict
    name: Games
    responsibilities: {roadmap.priorities: board, priorities.conflict: nobody}
  maps: {name: Maps}                          #~ Maps has 2 backlogs; between them, no one is recorded as deciding roadmap.priorities or priorities.conflict
teams:
  core: {product: checkout}
  web: {product: checkout, backlog: web, product-owner: kim}
  play: {product: games, backlog: play, product-owner: kim}
  score: {product: games, backlog: score, product-owner: kim}
  draw: {product: maps, backlog: draw, product-owner: kim}
  plan: {product: maps, backlog: plan, product-owner: ann}
  find: {product: search, backlog: find, product-owner: ann}
  rank: {product: search, backlog: rank, product-owner: ann}
  crawl: {product: search, backlog: crawl, product-owner: ann}
"#,
    clean: r#"
people: {ann: Ann}
products:
  checkout: {product-owner: ann}
  search: {product-owner: ann}
teams:
  core: {product: checkout}
  web: {product: checkout}
  find: {product: search}
  rank: {product: search, backlog: rank}
backlogs:
  rank: {view-of: search}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (product, _) in org.audited_products() {
        let backlogs = org.real_backlogs(product).count();
        if backlogs >= 2 {
            gaps.add(gap(org, product, backlogs));
        }
    }
}

fn gap(org: &Org<'_>, product: ProductIx, backlogs: usize) -> Gap {
    let subject = Subject::Product(product);
    let (title, at) = (org.title(subject), org.place(subject));
    let roadmap = org.owners_of(duties::ROADMAP_PRIORITIES, subject);
    let conflict = org.owners_of(duties::PRIORITIES_CONFLICT, subject);
    match (roadmap.as_slice(), conflict.as_slice()) {
        ([one], [same]) if one == same && org.is_one_person(*one) => {
            let name = org.name(*one);
            let message = format!(
                "{title} has {backlogs} backlogs; {name} decides roadmap.priorities and priorities.conflict for all of them"
            );
            Gap::new(subject, at, message).severity(Severity::Info).fix(
                "Nothing need change while one person keeps the order between the backlogs; the documents disagree on whether a \
                 product should have more than one.",
            )
        }
        _ => {
            let no_one_decides = roadmap.is_empty();
            let roadmap = decided(org, duties::ROADMAP_PRIORITIES, subject, &roadmap);
            let conflict = decided(org, duties::PRIORITIES_CONFLICT, subject, &conflict);
            // The same words about both are said once.
            let decided = if roadmap == conflict {
                let and = if no_one_decides { "or" } else { "and" };
                format!("{roadmap} roadmap.priorities {and} priorities.conflict")
            } else {
                format!("{roadmap} roadmap.priorities, and {conflict} priorities.conflict")
            };
            let message = format!("{title} has {backlogs} backlogs; between them, {decided}");
            let fix = format!(
                "Let the teams work from one backlog; or write `roadmap.priorities: …` and `priorities.conflict: …` with the \
                 same person under `responsibilities` of {}.",
                org.path(subject)
            );
            Gap::new(subject, at, message).fix(fix)
        }
    }
}

/// Who decides a duty, in the words that come before it.
fn decided(org: &Org<'_>, duty: DutyIx, subject: Subject, owners: &[Actor]) -> String {
    match (owners, &org.decision(duty, subject).answer) {
        ([], Answer::Absent) => "no one is recorded as deciding".to_owned(),
        ([], _) => "nobody decides".to_owned(),
        ([Actor::Team(team)], _) => format!("{}, a team, decides", org[*team].name()),
        ([one], _) if !org.is_one_person(*one) => format!("{}, a group, decides", org.name(*one)),
        ([one], _) => format!("{} decides", org.name(*one)),
        (several, _) => format!("{} decide", org.names(several.iter().copied())),
    }
}
