//! Who decides: every case of `scope-cases.yaml`, the specification's own examples of the resolution.

#![allow(clippy::panic, reason = "a test fails by panicking")]

use roleaudit::Days;
use roleaudit::catalogue::DutyIx;
use roleaudit::org::decide::Answer;
use roleaudit::org::seats::SeatKind;
use roleaudit::org::{Actor, Org, Subject};
use roleaudit::source::{Source, Sources};
use serde_yaml::Value;

const CASES: &str = include_str!("scope-cases.yaml");

#[test]
fn every_case_of_the_specification_holds() {
    let cases: Vec<Value> = serde_yaml::from_str(CASES).expect("the cases are YAML");
    assert!(cases.len() >= 22, "only {} cases were read", cases.len());
    let mut wrong = Vec::new();
    for case in &cases {
        let name = case["name"].as_str().expect("a case has a name");
        let sources = Sources::new(vec![Source::new("case.yaml", case["file"].as_str().expect("a case has a file"))]);
        let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
        let linked = roleaudit::load(&sources, days).unwrap_or_else(|invalid| panic!("{name}: {:?}", invalid.errors));
        for (question, expected) in case["expect"].as_mapping().expect("answers by question") {
            let question = question.as_str().expect("a question is text");
            let (expected, found) = (written(expected), answer(&linked.org, question));
            if expected != found {
                wrong.push(format!("{name}: {question} is {expected}, not {found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The expected answer: one word, or ids in brackets.
fn written(expected: &Value) -> String {
    match expected.as_sequence() {
        Some(ids) => {
            let mut ids: Vec<&str> = ids.iter().map(|id| id.as_str().expect("an id is text")).collect();
            ids.sort_unstable();
            format!("[{}]", ids.join(", "))
        }
        None => expected.as_str().expect("an answer is text").to_owned(),
    }
}

/// The organization's answer to `DUTY @ SUBJECT`, `owner @ SUBJECT`, `seat SEAT @ SUBJECT` or `backlogs`.
fn answer(org: &Org<'_>, question: &str) -> String {
    let Some((what, subject)) = question.split_once(" @ ") else {
        assert_eq!(question, "backlogs");
        let mut ids: Vec<String> = org.audited_backlogs().map(|(_, backlog)| backlog.id.to_string()).collect();
        ids.sort_unstable();
        return format!("[{}]", ids.join(", "));
    };
    let subject = subject_of(org, subject);
    if let Some(seat) = what.strip_prefix("seat ") {
        let seat = SeatKind::of_word(seat).expect("a seat word");
        return actors(org, org.seat_at(subject, seat).into_iter().map(|holder| holder.actor));
    }
    if what == "owner" {
        let Subject::Backlog(backlog) = subject else { panic!("only backlogs have owners") };
        let owners = org.owners(backlog);
        return match (owners.is_empty(), org.owner_seats(backlog).next()) {
            (false, _) => actors(org, owners.iter().map(|owner| owner.actor)),
            (true, Some(_)) => "nobody".to_owned(),
            (true, None) => "absent".to_owned(),
        };
    }
    let (duty, _): (DutyIx, _) = org.duties().find(|(_, duty)| duty.id == what).expect("a duty of the catalogue");
    match &org.decision(duty, subject).answer {
        Answer::Absent => "absent".to_owned(),
        Answer::Nobody | Answer::Ended(_) => "nobody".to_owned(),
        Answer::NotApplicable => "not-applicable".to_owned(),
        Answer::Vacant(seats) => format!("vacant {}", seats[0].word()),
        Answer::Decided(deciders) => actors(org, deciders.iter().map(|decider| decider.actor)),
    }
}

fn subject_of(org: &Org<'_>, path: &str) -> Subject {
    let products = org.audited_products().map(|(product, _)| Subject::Product(product));
    let teams = org.audited_teams().map(|(team, _)| Subject::Team(team));
    let backlogs = org.audited_backlogs().map(|(backlog, _)| Subject::Backlog(backlog));
    products.chain(teams).chain(backlogs).find(|subject| org.path(*subject) == path).unwrap_or_else(|| panic!("no {path}"))
}

fn actors(org: &Org<'_>, actors: impl Iterator<Item = Actor>) -> String {
    let mut ids: Vec<String> = actors
        .map(|actor| match actor {
            Actor::Person(person) => org[person].id.id.to_string(),
            Actor::Team(team) => format!("team:{}", org[team].id.id),
        })
        .collect();
    ids.sort_unstable();
    format!("[{}]", ids.join(", "))
}
