//! An opening that does not say what the role is to decide, or why it is needed.

use crate::org::Opening;
use crate::rules::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "opening-without-mandate",
    group: Group::Hiring,
    severity: Severity::Error,
    otherwise: "error where the opening has a title and names no gap; warning for other parts that are missing",
    summary: "an opening does not define the role",
    why: "Whoever takes a role without a mandate spends the first months looking for it, and the team waits.",
    question: "What is the new role there for, what does it decide, and how is it measured?",
    fix: "Fill in the parts before you publish the opening.",
    passages: &["D4-333", "D4-328", "D4-295"],
    also: &[
        "D4-009", "D4-246", "D4-271", "D4-272", "D4-278", "D4-322", "D4-323", "D4-324", "D4-325", "D4-326", "D4-327", "D4-329",
        "D4-330", "D4-331",
    ],
    dissent: &[],
    yields_to: &[],
    fires: r#"
people: {ann: Ann, kim: Kim}
products: {checkout: {product-manager: kim}}
openings:
  owner:                             #~ the opening owner (Product Owner, Checkout) lacks gap, outcome, decides, shares, input, final-call, measures and first-year
    title: Product Owner, Checkout
    role: product-owner
    product: checkout
  manager:                           #~ the opening manager (Product Manager) lacks measures and first-year, and Kim approves every decision that the role is to make
    title: Product Manager
    role: product-manager
    product: checkout
    gap: [roadmap-ownership]
    outcome: A roadmap that sales and engineering both trust
    decides: [roadmap.priorities]
    shares: none
    input: [ann]
    final-call: kim
    approves: [kim]
"#,
    clean: r#"
people: {ann: Ann, kim: Kim}
products: {checkout: {product-manager: kim}}
teams: {core: {product: checkout}}
openings:
  idea:
    gap: [faster-answers]
  owner:
    title: Product Owner, Checkout
    role: product-owner
    teams: [core]
    gap: [faster-answers]
    outcome: Developers get an answer within a day
    decides: [backlog.order]
    shares: none
    input: [kim]
    final-call: ann
    approves: nobody
    measures: [answer time]
    first-year: One ordered backlog by month six
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (position, opening) in org.audited_openings() {
        let facts = &opening.facts;
        // A gap without a title is the recommended order: the problem first, then the role.
        let is_begun = facts.title.is_none() && facts.gap.is_some();
        let missing = if is_begun { Vec::new() } else { missing_parts(opening) };
        let approvers = approvers(org, opening);
        if missing.is_empty() && approvers.is_empty() {
            continue;
        }
        let subject = Subject::Opening(position);
        let opened = format!("the opening {}", org.title(subject));
        let verb = if approvers.len() == 1 { "approves" } else { "approve" };
        let approve = format!("{} {verb} every decision", joined(&approvers));
        let message = match (missing.is_empty(), approvers.is_empty()) {
            (_, true) => format!("{opened} lacks {}", joined(&missing)),
            (true, false) => format!("{approve} of the role that {opened} is for"),
            (false, false) => format!("{opened} lacks {}, and {approve} that the role is to make", joined(&missing)),
        };
        let severity = if missing.contains(&"gap") && facts.title.is_some() { Severity::Error } else { Severity::Warning };
        let gap = Gap::new(subject, org.place(subject), message).severity(severity).fix(fix(
            org,
            subject,
            &missing,
            !approvers.is_empty(),
        ));
        let approves = facts.approves.as_ref().filter(|_| !approvers.is_empty());
        gaps.add(approves.into_iter().fold(gap, |gap, approves| gap.label(approves.key, "for every decision")));
    }
}

/// Those who approve all that the role decides.
fn approvers(org: &Org<'_>, opening: &Opening<'_>) -> Vec<String> {
    opening.approves.iter().flat_map(|approves| &approves.named).map(|party| org.party_name(party)).collect()
}

/// What the documents want defined before a role is opened, and the opening does not say (D4-322 to D4-333).
fn missing_parts(opening: &Opening<'_>) -> Vec<&'static str> {
    let facts = &opening.facts;
    let has_scope = facts.product.is_some() || facts.teams.is_some();
    let parts = [
        ("gap", facts.gap.is_some()),
        ("outcome", facts.outcome.is_some()),
        ("decides", facts.decides.is_some()),
        ("shares", facts.shares.is_some()),
        ("input", facts.input.is_some()),
        ("final-call", facts.final_call.is_some()),
        ("measures", facts.measures.is_some()),
        ("product or teams", has_scope),
        ("first-year", facts.first_year.is_some()),
    ];
    parts.into_iter().filter(|(_, is_there)| !is_there).map(|(part, _)| part).collect()
}

fn fix(org: &Org<'_>, subject: Subject, missing: &[&'static str], needs_approval: bool) -> String {
    let mut fix = String::new();
    if !missing.is_empty() {
        let keys: Vec<String> = missing.iter().map(|part| format!("`{}: …`", part.replace(" or teams", ""))).collect();
        fix = format!("Write {} under {}; `shares: none` is an answer too.", joined(&keys), org.path(subject));
    }
    if needs_approval {
        let space = if fix.is_empty() { "" } else { " " };
        fix += &format!("{space}Write `approves: nobody`, or keep approval for what is major.");
    }
    fix
}
