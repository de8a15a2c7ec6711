//! A duty that nobody owns.

use crate::org::{Duty, Few, Record, each_once};
use crate::rules::prelude::*;
use crate::rules::{backlog, collaboration, metrics, ownership, strategy, unowned};

/// The rule.
pub static RULE: Rule = Rule {
    name: "duty-unowned",
    group: Group::Ownership,
    severity: Severity::Error,
    otherwise: "error for the seven rights that every team should know; warning for other duties; info for a core duty where \
                nothing of its area is recorded, and for backlog.order where the backlog has one owner, who is taken to order it",
    summary: "nobody owns a duty of the product",
    why: "What nobody owns is done by whoever shouts last, or by nobody.",
    question: "Who decides this?",
    fix: "Name one person, or the seat, under `responsibilities`; write `{not-applicable: reason}` where the duty does not exist.",
    passages: &["D1-034", "D1-029", "D1-041"],
    also: &[
        "D0-015", "D0-016", "D1-011", "D1-012", "D1-013", "D1-015", "D1-017", "D1-019", "D1-020", "D1-024", "D1-027", "D1-028",
        "D2-005", "D2-009", "D2-010", "D2-013", "D2-014", "D2-015", "D2-017", "D2-018", "D2-024", "D2-026", "D2-028", "D2-031",
        "D2-036", "D2-045", "D3-004", "D3-008", "D3-011", "D3-012", "D3-014", "D3-015", "D4-004", "D4-012", "D4-013", "D4-017",
        "D4-018", "D4-021", "D4-022", "D4-025", "D4-026", "D4-030", "D4-031", "D4-035", "D4-036", "D4-037", "D4-039", "D4-040",
        "D4-041", "D4-042", "D4-049", "D4-059", "D4-060", "D4-061", "D4-062", "D4-063", "D4-064", "D4-069", "D4-073", "D4-078",
        "D4-083", "D4-085", "D4-086", "D4-088", "D4-100", "D4-106", "D4-109", "D4-116", "D4-117", "D4-125", "D4-130", "D4-133",
        "D4-134", "D4-135", "D4-138", "D4-139", "D4-140", "D4-141", "D4-215", "D4-233", "D4-234", "D4-236", "D4-238", "D4-240",
        "D4-242", "D4-243", "D4-244", "D4-248", "D4-249", "D4-251", "D4-252", "D4-253", "D4-265", "D4-344", "D4-351",
    ],
    dissent: &[],
    yields_to: &[
        &ownership::final_call_missing::RULE,
        &ownership::decision_record_incomplete::RULE,
        &backlog::backlog_without_owner::RULE,
        &backlog::backlog_shared_owner::RULE,
        &backlog::product_goal_missing::RULE,
        &backlog::backlog_ordered_by_other::RULE,
        &strategy::product_management_missing::RULE,
        &strategy::roadmap_without_owner::RULE,
        &collaboration::learning_loop_open::RULE,
        &metrics::metric_unowned::RULE,
        &metrics::product_without_outcome_metric::RULE,
    ],
    fires: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout:                                   #~ no one is recorded as deciding scope.changes for Checkout
    name: Checkout
    product-manager: kim
    product-owner: ann
    responsibilities:
      strategy.*: kim
      market.*: kim
      roadmap.*: {decides: kim, input: [ann], communicates: kim}
      results.*: kim
      value.*: ann
      goal.*: ann
      backlog.*: ann
      delivery.*: ann
      priorities.conflict: kim
      release.decision: nobody                #~ nobody decides release.decision for Checkout
teams:
  core: {product: checkout}
"#,
    clean: r#"
people: {ann: Ann, kim: Kim}
products:
  checkout:
    name: Checkout
    product-manager: kim
    product-owner: ann
    responsibilities:
      strategy.*: product-manager
      market.*: {not-applicable: sold under contract to one customer}
      roadmap.*: {decides: kim, input: [ann], communicates: kim}
      results.*: kim
      value.*: ann
      goal.*: ann
      backlog.*: product-owner
      delivery.*: product-owner
      priorities.conflict: kim
      scope.changes: {decides: kim, input: [ann], communicates: ann}
      release.decision: {decides: kim, input: [ann], communicates: ann}
teams:
  core: {product: checkout}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    let asked: Vec<DutyIx> = org.duties().filter(|(_, duty)| duty.is_core() || duty.required).map(|(duty, _)| duty).collect();
    for (product, _) in org.audited_products() {
        // Where nothing at all is recorded, nothing is missed of the rest; that is said once, by another rule.
        let recorded = org.records_core(product);
        for duty in &asked {
            of_product(org, *duty, product, recorded, gaps);
        }
    }
    for level in Level::ALL {
        for subject in org.subjects(level).filter(|subject| has_no_product(org, *subject)) {
            for duty in asked.iter().filter(|duty| org[**duty].level == level) {
                of_subject(org, *duty, subject, gaps);
            }
        }
    }
}

/// A duty that nobody owns where it was looked up.
struct Unowned<'o> {
    looked_up: Subject,
    decision: &'o Decision,
    severity: Severity,
}

/// One duty, wherever it is looked up for a product. Where nobody owns it anywhere, that is one gap of the product.
fn of_product(org: &Org<'_>, duty: DutyIx, product: ProductIx, recorded: bool, gaps: &mut Gaps<'_>) {
    let about = Subject::Product(product);
    let mut owned_somewhere = false;
    let mut open: Vec<Unowned<'_>> = Vec::new();
    for looked_up in org.lookups(duty, product).into_iter().filter(|subject| counts_for(org, *subject, product)) {
        let decision = org.decision(duty, looked_up);
        if decision.answer == Answer::NotApplicable {
            continue;
        }
        if !is_gap(org, duty, looked_up, decision, recorded) {
            owned_somewhere = true;
        } else if !is_reported(org, duty, looked_up, about, decision, gaps) {
            let severity = severity(org, duty, looked_up, decision, &products_of(org, looked_up, product));
            open.push(Unowned { looked_up, decision, severity });
        }
    }
    if owned_somewhere {
        gaps.extend(open.into_iter().map(|unowned| told(org, duty, &unowned, unowned.looked_up, 1)));
    } else {
        // The first of the most severe ones tells the place.
        let most = open.iter().rev().max_by_key(|unowned| unowned.severity);
        let gap = most.map(|unowned| (unowned, told(org, duty, unowned, about, open.len())));
        gaps.extend(gap.map(|(most, gap)| fixed_everywhere(org, duty, most, &open, about, gap)));
    }
}

/// The gap with what to write in all places at once, where several teams have records of their own.
fn fixed_everywhere(org: &Org<'_>, duty: DutyIx, most: &Unowned<'_>, open: &[Unowned<'_>], about: Subject, gap: Gap) -> Gap {
    let homes = open.iter().map(|unowned| unowned::home_of_answer(org, unowned.decision, about));
    let homes: Vec<Subject> = each_once(homes, |home| *home);
    match most.decision.answer {
        Answer::Nobody | Answer::Ended(_) | Answer::Absent if homes.len() > 1 => gap.fix(unowned::fix(org, duty, &homes)),
        _ => gap,
    }
}

/// A duty of the organization, or of a team that has no product.
fn of_subject(org: &Org<'_>, duty: DutyIx, subject: Subject, gaps: &mut Gaps<'_>) {
    let recorded = match subject {
        Subject::Team(team) => org.team_records_core(team),
        Subject::Backlog(backlog) => org[backlog].teams.iter().any(|team| org.team_records_core(*team)),
        _ => org[duty].required,
    };
    let decision = org.decision(duty, subject);
    if is_gap(org, duty, subject, decision, recorded) && !is_reported(org, duty, subject, subject, decision, gaps) {
        let severity = if org[duty].is_right() { Severity::Error } else { Severity::Warning };
        gaps.add(told(org, duty, &Unowned { looked_up: subject, decision, severity }, subject, 1));
    }
}

/// The gap in words; `places` is the number of teams or backlogs that it stands for.
fn told(org: &Org<'_>, duty: DutyIx, unowned: &Unowned<'_>, about: Subject, places: usize) -> Gap {
    let Unowned { looked_up, decision, severity } = unowned;
    let whose = match (about, looked_up) {
        (Subject::Product(_), Subject::Team(_)) if places > 1 => format!("any of the {places} teams of {}", org.title(about)),
        (Subject::Product(_), Subject::Backlog(_)) if places > 1 => {
            format!("any of the {places} backlogs of {}", org.title(about))
        }
        _ => org.title(about).into_owned(),
    };
    let mut gap = unowned::gap(org, duty, *looked_up, decision, about, &whose);
    if *severity == Severity::Info && duty == duties::BACKLOG_ORDER {
        gap = gap.adding(match places {
            1 => "; the owner of the backlog is taken to order it",
            _ => "; the owners of the backlogs are taken to order them",
        });
    }
    let out_of_reach = record_out_of_reach(org, duty, *looked_up, decision);
    let gap = out_of_reach.into_iter().fold(gap, |gap, record| gap.fix(by_seat(org, record)));
    gap.severity(*severity).passage(org[duty].built_in.map(|built_in| built_in.passage))
}

/// The wider record that names people for a squad's own backlog, which has an owner of its own: it does not reach there.
fn record_out_of_reach<'o>(org: &'o Org<'o>, duty: DutyIx, looked_up: Subject, decision: &Decision) -> Option<&'o Record<'o>> {
    let Subject::Backlog(backlog) = looked_up else { return None };
    if decision.answer != Answer::Absent || !org.is_owned_squad_backlog(backlog) {
        return None;
    }
    let of_products = org[backlog].products.iter().map(|product| &org[*product].rights);
    let records = of_products.chain([&org.rights]).flat_map(|rights| rights.iter().map(|(_, record)| &org[*record]));
    let names_people = |record: &Record<'_>| record.decides.as_ref().is_some_and(|decides| !decides.named.is_empty());
    records.into_iter().find(|record| record.covers(duty, org[duty].area) && names_people(record))
}

/// What to write where a wider record names people: the seat word reaches the owners of the squads.
fn by_seat(org: &Org<'_>, record: &Record<'_>) -> String {
    let named: Vec<String> =
        record.decides.iter().flat_map(|decides| &decides.named).map(|party| org.party_name(party)).collect();
    format!(
        "Write `{}: product-owner` under `responsibilities` of {}: the seat word means each backlog's own owner. That {} decides does not \
         reach a backlog that has an owner of its own.",
        org.covered(record.covers),
        org.path(record.scope.into()),
        joined(&named)
    )
}

fn has_no_product(org: &Org<'_>, subject: Subject) -> bool {
    match subject {
        Subject::Organization => true,
        Subject::Backlog(backlog) => org[backlog].products.is_empty(),
        Subject::Team(team) => org[team].products.is_empty(),
        Subject::Product(_) | Subject::Person(_) | Subject::Opening(_) => false,
    }
}

/// What belongs to several products is told once: of those where anything is recorded, of the one whose id comes first. So it stays the
/// same finding when lines and files move.
fn counts_for(org: &Org<'_>, subject: Subject, product: ProductIx) -> bool {
    let products = products_of(org, subject, product);
    let first = products.iter().min_by_key(|product| (!org.records_core(**product), &org[**product].id.id));
    first == Some(&product)
}

/// The audited products that have a share in what is looked up for one of them.
fn products_of(org: &Org<'_>, subject: Subject, product: ProductIx) -> Few<ProductIx> {
    let all = match &subject {
        Subject::Backlog(backlog) => &org[*backlog].products,
        Subject::Team(team) => &org[*team].products,
        _ => std::slice::from_ref(&product),
    };
    all.iter().copied().filter(|product| org[*product].audited).collect()
}

/// Whether the duty is unowned: recorded as such, or absent where other duties are recorded.
fn is_gap(org: &Org<'_>, duty: DutyIx, subject: Subject, decision: &Decision, recorded: bool) -> bool {
    match decision.answer {
        Answer::Absent => recorded && !is_owned_by_fact(org, duty, subject),
        _ => decision.is_unowned(),
    }
}

/// The facts that stand for a record. That an owner also orders the backlog is worth an info all the same, and of the only product
/// person's final call another rule speaks.
fn is_owned_by_fact(org: &Org<'_>, duty: DutyIx, subject: Subject) -> bool {
    matches!(duty, duties::BACKLOG_MANAGE | duties::RESULTS_METRICS | duties::RESULTS_LEARN)
        && !org.owners_by_fact(duty, subject).is_empty()
}

/// Whether a rule that speaks of this very duty has reported it.
fn is_reported(org: &Org<'_>, duty: DutyIx, looked_up: Subject, about: Subject, decision: &Decision, gaps: &Gaps<'_>) -> bool {
    match duty {
        duties::BACKLOG_ORDER if is_owned_by_group(org, looked_up) => gaps.fired(&backlog::backlog_shared_owner::RULE, looked_up),
        duties::BACKLOG_ORDER if is_ordered_by_other(looked_up, about, gaps) => true,
        duties::BACKLOG_MANAGE | duties::BACKLOG_ORDER => gaps.fired(&backlog::backlog_without_owner::RULE, looked_up),
        duties::PRIORITIES_CONFLICT => gaps.fired(&ownership::final_call_missing::RULE, about),
        duties::GOAL_COMMUNICATE => gaps.fired_for(&backlog::product_goal_missing::RULE, about, duty),
        duties::ROADMAP_SHAPE => gaps.fired(&strategy::roadmap_without_owner::RULE, about),
        duties::RESULTS_MEASURE | duties::RESULTS_LEARN => gaps.fired_for(&collaboration::learning_loop_open::RULE, about, duty),
        duties::RESULTS_METRICS => {
            let is_unmeasured = gaps.fired(&metrics::product_without_outcome_metric::RULE, about);
            gaps.fired(&metrics::metric_unowned::RULE, about) || (is_unmeasured && decision.answer == Answer::Absent)
        }
        duty => gaps.fired_for(&strategy::product_management_missing::RULE, about, duty),
    }
}

/// Whether somebody else is recorded as setting the order, on the backlog or for all backlogs of the product.
fn is_ordered_by_other(looked_up: Subject, about: Subject, gaps: &Gaps<'_>) -> bool {
    [looked_up, about].into_iter().any(|subject| gaps.fired(&backlog::backlog_ordered_by_other::RULE, subject))
}

/// Whether the only owner of a backlog is a group or a team: that is told of the seat alone.
fn is_owned_by_group(org: &Org<'_>, subject: Subject) -> bool {
    let Subject::Backlog(backlog) = subject else { return false };
    matches!(org.owners(backlog), [only] if !org.is_one_person(only.actor))
}

fn severity(org: &Org<'_>, duty: DutyIx, subject: Subject, decision: &Decision, products: &[ProductIx]) -> Severity {
    let has_one_owner = matches!(subject, Subject::Backlog(backlog) if org.sole_owner(backlog).is_some());
    if duty == duties::BACKLOG_ORDER && has_one_owner {
        return Severity::Info;
    }
    let Duty { required, area, .. } = &org[duty];
    if org[duty].is_right() {
        Severity::Error
    } else if decision.answer == Answer::Absent && !required && !products.iter().any(|product| org.records_area(*product, *area))
    {
        Severity::Info
    } else {
        Severity::Warning
    }
}
