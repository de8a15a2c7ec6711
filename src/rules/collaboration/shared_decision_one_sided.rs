//! A decision that product manager and product owner share, made by one of them alone.

use crate::org::Covers;
use crate::rules::prelude::*;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "shared-decision-one-sided",
    group: Group::Collaboration,
    severity: Severity::Warning,
    otherwise: "info where it is not recorded who is asked before, and for scope.changes and delivery.review",
    summary: "product manager or product owner has no say in a decision that both share",
    why: "One of the two knows what the market needs, the other what can be delivered; a decision without one of them is revised later.",
    question: "Who has to be heard before this is decided?",
    fix: "Add the missing role under `input` of the record.",
    passages: &["D4-349", "D4-124", "D4-144"],
    also: &[
        "D3-016", "D4-044", "D4-098", "D4-107", "D4-122", "D4-123", "D4-132", "D4-143", "D4-145", "D4-146", "D4-147", "D4-156",
        "D4-199", "D4-290", "D4-348",
    ],
    dissent: &["D1-048", "D2-024"],
    yields_to: &[],
    fires: r#"
people: {kim: Kim, ann: Ann, sales: {name: Sales, kind: group}}
products:
  checkout:
    name: Checkout
    product-manager: kim
    product-owner: ann
    responsibilities:
      roadmap.shape: {decides: kim, input: [sales]}        #~ Kim decides roadmap.shape for Checkout and asks Sales before, but not Ann (product owner)
      roadmap.priorities: {decides: kim, input: nobody}    #~ Kim decides roadmap.priorities for Checkout without asking anybody before, Ann (product owner) included
      release.decision: ann                                #~ Ann decides release.decision for Checkout, and no input from Kim (product manager) is recorded
      scope.changes: {decides: sales, input: [sales]}      #~ but not Kim (product manager) or Ann (product owner)
teams:
  core: {name: Core, product: checkout, responsibilities: {delivery.review: ann}}   #~ Ann decides delivery.review for Core, and no input from Kim (product manager) is recorded
"#,
    clean: r#"
people: {kim: Kim, ann: Ann, ben: Ben}
products:
  checkout:
    product-manager: kim
    product-owner: ann
    responsibilities:
      roadmap.*: {decides: kim, input: [product-owner]}
      release.decision: {decides: ann, input: [product-manager]}
      scope.changes: {decides: kim, approves: [ann]}
      delivery.*: ann
  billing:
    product-manager: kim
    product-owner: kim
    responsibilities: {roadmap.shape: {decides: kim, input: nobody}}
teams:
  core: {product: checkout}
"#,
    check,
};

/// The decisions that both make together.
const OF_PRODUCT: [DutyIx; 4] =
    [duties::ROADMAP_SHAPE, duties::ROADMAP_PRIORITIES, duties::RELEASE_DECISION, duties::SCOPE_CHANGES];

/// Those of one side of whom at least one has to be heard.
type Side = Vec<Actor>;

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (product, facts) in org.audited_products().filter(|(product, _)| org.model(*product) == Model::Split) {
        let subject = Subject::Product(product);
        let managers: Side = org.managers(product).into_iter().map(Actor::Person).collect();
        for duty in OF_PRODUCT {
            let owners = || owners(org, product, duty);
            gaps.extend(one_sided(org, duty, product, subject, &managers, owners));
        }
        let mut told: BTreeSet<RecordIx> = BTreeSet::new();
        for team in org.built_teams(&facts.teams) {
            let review = org.decision(duties::DELIVERY_REVIEW, Subject::Team(team));
            let record = review.records.iter().find(|record| org[**record].covers == Covers::Duty(duties::DELIVERY_REVIEW));
            let owners = || org[team].backlog.into_iter().filter_map(|backlog| side_of(org, backlog)).collect();
            if record.is_some_and(|record| !told.contains(record)) {
                let gap = one_sided(org, duties::DELIVERY_REVIEW, product, Subject::Team(team), &managers, owners);
                told.extend(gap.iter().flat_map(|_| &review.records));
                gaps.extend(gap);
            }
        }
    }
}

/// The product owners who have to be heard: of several, one is enough, but for a release the owner of each backlog.
fn owners(org: &Org<'_>, product: ProductIx, duty: DutyIx) -> Vec<Side> {
    if duty == duties::RELEASE_DECISION {
        let sides: BTreeSet<Side> = org.real_backlogs(product).filter_map(|backlog| side_of(org, backlog)).collect();
        return sides.into_iter().collect();
    }
    vec![org.seated(product, SeatKind::ProductOwner).into_iter().map(Actor::Person).collect()]
}

fn side_of(org: &Org<'_>, backlog: BacklogIx) -> Option<Side> {
    let owners: Side = org.owners(backlog).iter().map(|owner| owner.actor).collect();
    (!owners.is_empty()).then_some(owners)
}

/// A decision that one side makes without the other, or somebody else without both.
fn one_sided(
    org: &Org<'_>,
    duty: DutyIx,
    product: ProductIx,
    looked_up: Subject,
    managers: &[Actor],
    owners: impl Fn() -> Vec<Side>,
) -> Option<Gap> {
    let decision = org.decision(duty, looked_up);
    let first = *decision.records.first()?;
    // That nobody decides is told elsewhere.
    if decision.deciders().is_empty() {
        return None;
    }
    let records = || decision.records.iter().map(|record| &org[*record]);
    let asked = org.actors_of(records().filter_map(|record| record.input.as_deref()), looked_up);
    let approvers = records().filter(|_| duty == duties::SCOPE_CHANGES).filter_map(|record| record.approves.as_deref());
    let approvers = org.actors_of(approvers, looked_up);
    let is_heard = |actor: &Actor| decision.is_decided_by(*actor) || asked.contains(actor) || approvers.contains(actor);
    let is_unheard = |side: &Side| !side.iter().any(is_heard);
    let is_manager_missing = !managers.iter().any(is_heard);
    let manager = is_manager_missing.then(|| one_of(org, managers, SeatKind::ProductManager));
    let unheard: Vec<Side> = owners().into_iter().filter(is_unheard).collect();
    let missing: Vec<String> = manager.into_iter().chain(of_owners(org, &unheard)).collect();
    if missing.is_empty() {
        return None;
    }
    let input = records().find_map(|record| record.input.as_deref());
    let deciders = org.names(decision.deciders().iter().map(|decider| decider.actor));
    let verb = if decision.deciders().len() > 1 { "decide" } else { "decides" };
    let start = format!("{deciders} {verb} {} for {}", org[duty].id, org.title(looked_up));
    let any = missing.join(" or ");
    let asks = if decision.deciders().len() > 1 { "ask" } else { "asks" };
    let message = match input {
        None => format!("{start}, and no input from {any} is recorded"),
        Some(input) if input.named.is_empty() => {
            format!("{start} without asking anybody before, {} included", joined(&missing))
        }
        Some(_) if asked.is_empty() => {
            format!("{start}, and nobody holds the seats that are to be asked; {any} is not among them")
        }
        Some(_) => format!("{start} and {asks} {} before, but not {any}", org.names(asked.iter().copied())),
    };
    let is_weighty = matches!(duty, duties::ROADMAP_SHAPE | duties::ROADMAP_PRIORITIES | duties::RELEASE_DECISION);
    let severity = if is_weighty && input.is_some() { Severity::Warning } else { Severity::Info };
    let at = input.map_or(org[first].at, |input| input.key);
    let gap = Gap::new(Subject::Product(product), at, message).duty(duty).severity(severity);
    let managers = is_manager_missing.then(|| words_for(org, looked_up, SeatKind::ProductManager, &[managers.to_vec()]));
    let owners = words_for(org, looked_up, SeatKind::ProductOwner, &unheard);
    let words: Vec<String> = managers.into_iter().flatten().chain(owners).collect();
    let is_nobody = input.is_some_and(|input| input.named.is_empty());
    Some(gap.note_of(&org[first]).fix(fix(org, first, &words, is_nobody)))
}

/// What to write under `input` so that each side is heard: the word of the seat, or ids where the word does not reach them.
fn words_for(org: &Org<'_>, looked_up: Subject, seat: SeatKind, sides: &[Side]) -> Vec<String> {
    let meant = org.seat_at(looked_up, seat);
    let is_meant = |side: &Side| side.iter().any(|actor| meant.iter().any(|holder| holder.actor == *actor));
    let word = sides.iter().any(is_meant).then(|| seat.word());
    let ids = sides.iter().filter(|side| !is_meant(side)).filter_map(|side| side.first());
    let words = word.into_iter().chain(ids.map(|actor| org.actor_id(*actor)));
    words.map(str::to_owned).collect()
}

/// One side in words: "Kim (product manager)".
fn one_of(org: &Org<'_>, side: &[Actor], seat: SeatKind) -> String {
    let names = || org.names(side.iter().copied());
    match side {
        [_] => format!("{} ({})", names(), seat.title()),
        [_, _, _, _, ..] => format!("any of the {} {}s", side.len(), seat.title()),
        _ => format!("any of the {}s ({})", seat.title(), names()),
    }
}

/// The product owners who are not heard; a number where names would make the sentence long.
fn of_owners(org: &Org<'_>, unheard: &[Side]) -> Vec<String> {
    match unheard {
        [_, _, _, _, ..] => vec![format!("any of {} product owners", unheard.len())],
        few => few.iter().map(|side| one_of(org, side, SeatKind::ProductOwner)).collect(),
    }
}

/// What to write; `nobody` cannot stand beside others.
fn fix(org: &Org<'_>, record: RecordIx, words: &[String], is_nobody: bool) -> String {
    let (covered, place) = (org.covered(org[record].covers), org.path(org[record].scope.into()));
    let record = format!("`{covered}` under `responsibilities` of {place}");
    if is_nobody {
        return format!("Replace `input: nobody` by `input: [{}]` in {record}.", words.join(", "));
    }
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    format!("Add {} to `input` of {record}.", joined(&quoted))
}
