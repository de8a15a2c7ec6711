//! Organizations of any size as team files, the same ones in every run.
//!
//! They are healthy for the most part: one team in 25 has a gap, so that there are findings to write and they do not dominate.

use std::fmt::{Error, Result, Write};
use std::ops::Range;

/// Teams of one product.
const TEAMS: usize = 4;
/// Developers of one team.
const DEVELOPERS: usize = 5;
/// One team in so many has a gap.
const GAP_EVERY: usize = 25;

const FIRST: [&str; 16] = [
    "Ana",
    "Björn",
    "Chidi",
    "Dana",
    "Elif",
    "François",
    "Grace",
    "Hana",
    "Íñigo",
    "Jun",
    "Kim",
    "Łukasz",
    "Mary Ann",
    "Nour",
    "Omar",
    "Петр",
];
const LAST: [&str; 13] = [
    "Ruiz",
    "Haddad",
    "Seo",
    "Lind",
    "van der Berg",
    "O'Neill",
    "Müller",
    "Okafor",
    "Straße",
    "Nguyễn",
    "Silva",
    "田中",
    "Smith",
];
const SUBJECT: [&str; 8] = ["Checkout", "Billing", "Search", "Loyalty", "Returns", "Übersicht", "Store locator", "Gift cards"];

/// What is wrong with a team.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    NoOwner,
    TwoOwners,
    Approval,
    ReleaseByNobody,
}

impl Gap {
    fn of(team: usize) -> Gap {
        // The last team of 25 has one, so that the smallest organization is a healthy one.
        match (team % GAP_EVERY == GAP_EVERY - 1, team / GAP_EVERY % 4) {
            (false, _) => Gap::None,
            (true, 0) => Gap::NoOwner,
            (true, 1) => Gap::TwoOwners,
            (true, 2) => Gap::Approval,
            (true, _) => Gap::ReleaseByNobody,
        }
    }
}

/// An organization of so many teams, as team files of so many teams each.
pub(crate) fn organization(teams: usize, per_file: usize) -> Vec<String> {
    let starts = (0..teams).step_by(per_file.max(1));
    starts.map(|start| file(start..teams.min(start.saturating_add(per_file)), teams).expect("memory can be written")).collect()
}

/// The file of some of all teams, with the products whose first team is among them. The first one holds what is said of all.
fn file(teams: Range<usize>, all: usize) -> std::result::Result<String, Error> {
    let is_first = teams.start == 0;
    let products = teams.start.div_ceil(TEAMS)..teams.end.div_ceil(TEAMS);
    let mut text = String::new();
    let out = &mut text;
    out.write_str(if is_first { HEAD } else { "roleaudit: 1\n\npeople:\n" })?;
    for product in products.clone() {
        leads(out, product)?;
    }
    for team in teams.clone() {
        members(out, team)?;
    }
    if !products.is_empty() {
        writeln!(out, "\nproducts:")?;
    }
    for of in products.clone() {
        product(out, of, of * TEAMS..all.min((of + 1) * TEAMS))?;
    }
    writeln!(out, "teams:")?;
    for of in teams.clone() {
        team(out, of)?;
    }
    writeln!(out, "\nbacklogs:")?;
    for of in products.clone() {
        writeln!(
            out,
            "  product-{of}: {{serves: [fewer open questions, faster answers], refined: 2026-11-14, items: {}}}",
            40 + of % 60
        )?;
    }
    for of in teams.filter(|team| has_own_backlog(*team)) {
        writeln!(out, "  team-{of}: {{serves: [fewer open questions], refined: 2026-11-17}}")?;
    }
    writeln!(out, "\nrhythm:")?;
    if is_first {
        out.write_str(RHYTHM)?;
    }
    for of in products {
        writeln!(out, "  - {{who: [pm-{of}, customers], every: 2 weeks, kind: interview}}")?;
    }
    Ok(text)
}

const HEAD: &str = "# An organization that does not exist.
roleaudit: 1

organization:
  name: Northwind Outdoor & Söhne
  stage: growing
  scrum: true
  goals: [Grow repeat purchases, Open two markets]
  responsibilities:     # a right written once, for every product and team
    strategy.*: product-manager
    market.*: product-manager
    results.*: product-manager
    priorities.conflict: product-manager
    value.*: product-owner
    goal.*: product-owner
    backlog.*: product-owner
    delivery.*: product-owner
    delivery.how: developers
    people.manage: cpo

people:
  cpo: {name: Kim Seo, title: Chief Product Officer, position: leader}
  sales: {name: Sales & Partners, kind: group, position: stakeholder}
";

const RHYTHM: &str = "  - {who: [product-owner, developers], every: day, kind: meeting}
  - {who: [product-manager, product-owner], every: week}
  - {who: [product-manager, developers], every: 2 weeks, kind: review}
";

/// The people of a product's own seats.
fn leads(out: &mut String, product: usize) -> Result {
    writeln!(out, "  pm-{product}:\n    name: {}\n    title: Senior Product Manager\n    reports-to: cpo", name(product * 7))?;
    writeln!(out, "    since: 2024-{:02}-01", product % 12 + 1)?;
    writeln!(out, "    time: {{strategy: 30, discovery: 30, backlog: 10, delivery: 10, people: 20}}")?;
    let owner = name(product * 7 + 3);
    writeln!(out, "  po-{product}: {{name: {owner}, title: Product Owner, reports-to: cpo, scope-reviewed: 2026-09-01}}")
}

/// The people of a team.
fn members(out: &mut String, team: usize) -> Result {
    if has_own_backlog(team) {
        writeln!(out, "  owner-{team}: {{name: {}, title: Product Owner, reports-to: pm-{}}}", name(team * 11), team / TEAMS)?;
    }
    for n in 0..DEVELOPERS {
        writeln!(out, "  dev-{team}-{n}: {}", name(team * 5 + n))?;
    }
    Ok(())
}

fn product(out: &mut String, of: usize, teams: Range<usize>) -> Result {
    let subject = SUBJECT[of % SUBJECT.len()];
    writeln!(out, "  product-{of}:\n    name: {subject} {of}")?;
    writeln!(out, "    definition: Everything that people do with {subject}, from the first visit to the last")?;
    writeln!(out, "    customers: [shoppers, store managers]\n    segments: [consumer, wholesale]\n    stage: live")?;
    writeln!(out, "    goal: Cut open questions from {} % to 30 % by June", 40 + of % 50)?;
    writeln!(out, "    product-manager: pm-{of}\n    product-owner: po-{of}")?;
    writeln!(out, "    roadmap: {{updated: 2026-10-15, basis: [research, goals], outcomes: [fewer open questions]}}")?;
    writeln!(out, "    metrics:")?;
    writeln!(out, "      - {{name: \"answers: first day\", kind: outcome, owner: pm-{of}, target: 70 %}}")?;
    writeln!(out, "      - {{name: repeat purchases, kind: outcome, owner: po-{of}}}")?;
    writeln!(out, "      - {{name: items per month, kind: delivery, owner: po-{of}}}")?;
    writeln!(out, "    releases-every: 2 weeks\n    needs-skills: [backend, frontend, content]\n    responsibilities:")?;
    for duty in ["roadmap.*", "scope.changes"] {
        writeln!(
            out,
            "      {duty}:\n        decides: pm-{of}\n        input: [product-owner, sales]\n        communicates: pm-{of}"
        )?;
    }
    if teams.clone().any(|team| Gap::of(team) == Gap::ReleaseByNobody) {
        return writeln!(out, "      release.decision: nobody");
    }
    let squads = teams.filter(|team| has_own_backlog(*team) && Gap::of(*team) != Gap::NoOwner);
    let owners: String = squads.map(|team| format!(", owner-{team}")).collect();
    let (decides, input) = (format!("po-{of}"), format!("[pm-{of}{owners}]"));
    writeln!(out, "      release.decision: {{decides: {decides}, input: {input}, informed: [cpo], communicates: {decides}}}")
}

fn team(out: &mut String, of: usize) -> Result {
    let gap = Gap::of(of);
    writeln!(out, "  team-{of}:\n    name: {} Team {of}\n    product: product-{}", SUBJECT[of * 3 % SUBJECT.len()], of / TEAMS)?;
    if has_own_backlog(of) {
        writeln!(out, "    backlog: team-{of}")?;
        match gap {
            Gap::NoOwner => {}
            Gap::TwoOwners => writeln!(out, "    product-owner: [owner-{of}, dev-{of}-0]")?,
            Gap::None | Gap::Approval | Gap::ReleaseByNobody => writeln!(out, "    product-owner: owner-{of}")?,
        }
    }
    let developers: Vec<String> = (0..DEVELOPERS).map(|n| format!("dev-{of}-{n}")).collect();
    writeln!(out, "    scrum-master: dev-{of}-4\n    developers: [{}]", developers.join(", "))?;
    let content = if of.is_multiple_of(TEAMS) { ", content" } else { "" };
    writeln!(out, "    aligned-to: product\n    skills: [backend, frontend{content}]\n    answers-within: 4 hours")?;
    match gap {
        Gap::Approval => {
            writeln!(out, "    responsibilities:\n      delivery.sprint: {{decides: product-owner, approves: [cpo]}}")
        }
        _ if of.is_multiple_of(3) => {
            let review = "{decides: product-owner, input: [product-manager]}";
            writeln!(out, "    responsibilities: {{delivery.sprint: product-owner, delivery.review: {review}}}")
        }
        _ => Ok(()),
    }
}

/// Half of a product's teams share its backlog; the others have their own, and so have all teams with a gap.
fn has_own_backlog(team: usize) -> bool {
    team % TEAMS >= 2 || Gap::of(team) != Gap::None
}

fn name(n: usize) -> String {
    format!("{} {}", FIRST[n % FIRST.len()], LAST[n % LAST.len()])
}
