//! A product whose teams work without a Product Goal in view.

use crate::org::signals::Observed;
use crate::org::{each_once, some_joined};
use crate::rules::prelude::*;
use crate::rules::unowned;

/// The rule.
pub static RULE: Rule = Rule {
    name: "product-goal-missing",
    group: Group::Backlog,
    severity: Severity::Warning,
    otherwise: "",
    summary: "a product has no Product Goal, or nobody keeps it in view",
    why: "Without a goal, every item in the backlog is as good as the next, and developers cannot choose well on their own.",
    question: "What is the one goal of the product, and who keeps it in view?",
    fix: "Write one `goal` for the product, and name who communicates it (goal.communicate): usually the product owner.",
    passages: &["D4-134", "D4-210", "D4-247"],
    also: &[
        "D2-017", "D4-031", "D4-037", "D4-040", "D4-063", "D4-065", "D4-081", "D4-110", "D4-111", "D4-253", "D4-280", "D4-351",
    ],
    dissent: &[],
    yields_to: &[],
    fires: r#"
people: {ann: Ann}
products:
  checkout: {name: Checkout, product-owner: ann}      #~ no Product Goal is recorded for Checkout
  search:
    name: Search
    goal: Nine of ten searches end with a click
    product-owner: ann
    responsibilities:
      goal.communicate: nobody                        #~ nobody communicates the Product Goal of Search
  maps:
    name: Maps
    goal: Everybody finds home
    product-owner: ann
    signals: [daily-work-unlinked-to-goal]            #~ it was observed that the team cannot say how today's work serves the Product Goal of Maps
  games:
    name: Games
    goal: Everybody plays again
    product-owner: ann
    responsibilities:
      goal.communicate: {decides: ann, until: 2026-03-31}   #~ nobody communicates the Product Goal of Games: Ann did until 2026-03-31
teams:
  core: {product: checkout}
  find: {product: search}
  draw: {product: maps}
  play: {name: Play, product: games, signals: [daily-work-unlinked-to-goal]}   #~ it was observed of Play that the team cannot say
"#,
    clean: r#"
people: {ann: Ann}
products:
  checkout:
    goal: Fewer abandoned baskets
    product-owner: ann
    responsibilities: {goal.communicate: ann}
  search: {stage: idea, product-owner: ann}
  site: {}
teams:
  core: {product: checkout}
"#,
    check,
};

fn check(org: &Org<'_>, gaps: &mut Gaps<'_>) {
    for (product, facts) in org.audited_products() {
        let observed = org.observed(product, signals::DAILY_WORK_UNLINKED_TO_GOAL);
        if facts.facts.goal.is_none() && !facts.backlogs.is_empty() {
            gaps.add(without_goal(org, product, observed));
        } else if let Some(observed) = observed {
            gaps.add(out_of_sight(org, product, observed));
        }
        gaps.extend(not_communicated(org, product));
    }
}

fn without_goal(org: &Org<'_>, product: ProductIx, observed: Option<Observed>) -> Gap {
    let subject = Subject::Product(product);
    let gap = Gap::new(subject, org.place(subject), format!("no Product Goal is recorded for {}", org.title(subject)));
    let gap = gap
        .fix(format!("Write `goal: …` under {}: one sentence that says what is to be better, and by when.", org.path(subject)));
    observed.into_iter().fold(gap, |gap, observed| {
        let words = "; it was observed that the team cannot say how today's work serves it";
        gap.adding(words).label(observed.at, "observed")
    })
}

fn out_of_sight(org: &Org<'_>, product: ProductIx, observed: Observed) -> Gap {
    let subject = Subject::Product(product);
    let of = match observed.on {
        Subject::Team(_) => format!(" of {}", org.title(observed.on)),
        _ => String::new(),
    };
    let title = org.title(subject);
    let message = format!("it was observed{of} that the team cannot say how today's work serves the Product Goal of {title}");
    let fix = "Let whoever communicates the goal (goal.communicate) say with each item which part of the goal it serves; then \
               delete the signal.";
    Gap::new(subject, observed.at, message).fix(fix)
}

/// A goal that is recorded as communicated by nobody, on one backlog of the product or on several.
fn not_communicated(org: &Org<'_>, product: ProductIx) -> Option<Gap> {
    let duty = duties::GOAL_COMMUNICATE;
    let subject = Subject::Product(product);
    let all: Vec<BacklogIx> = org.real_backlogs(product).collect();
    let open = all.iter().filter_map(|backlog| {
        let decision = org.decision(duty, Subject::Backlog(*backlog));
        let record = match decision.answer {
            Answer::Nobody => decision.answered_by.first().copied(),
            Answer::Ended(record) => Some(record),
            _ => None,
        };
        record.map(|record| (*backlog, record, unowned::home_of_answer(org, decision, subject)))
    });
    let open: Vec<(BacklogIx, RecordIx, Subject)> = open.collect();
    let records: Vec<RecordIx> = each_once(open.iter().map(|(_, record, _)| *record), |record| *record);
    let homes: Vec<Subject> = each_once(open.iter().map(|(.., home)| *home), |home| *home);
    let (first, rest) = records.split_first()?;
    let until = match org[*first].ended {
        Some(_) => format!(": {}", unowned::ended(org, *first)),
        None => String::new(),
    };
    let whose = if open.len() < all.len() {
        let backlogs: Vec<_> = open.iter().map(|(backlog, ..)| org.title(Subject::Backlog(*backlog))).collect();
        format!(" for {}", some_joined(&backlogs, unowned::MOST_HOMES))
    } else {
        String::new()
    };
    let message = format!("nobody communicates the Product Goal of {}{whose}{until}", org.title(subject));
    let homes: Vec<String> = homes.iter().map(|home| org.path(*home)).collect();
    let fix = format!(
        "Write `goal.communicate: product-owner` under `responsibilities` of {}.",
        some_joined(&homes, unowned::MOST_HOMES)
    );
    let gap = Gap::new(subject, org[*first].at, message).duty(duty).note_of(&org[*first]).fix(fix);
    Some(rest.iter().fold(gap, |gap, record| gap.label(org[*record].at, "nor here")))
}
