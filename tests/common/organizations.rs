//! Organizations that nobody would write, for properties that have to hold of all of them, and the same organizations written otherwise.
//!
//! A list of numbers decides every question that the generator asks; a shorter list or smaller numbers give a plainer organization,
//! so that a failing case shrinks to one that can be read.

#![allow(dead_code, reason = "no test needs all of it")]

use proptest::prelude::ProptestConfig;
use roleaudit::catalogue::{DUTIES, Level, SIGNALS};
use roleaudit::rules::RULES;
use roleaudit::source::Source;
use serde_yaml::{Mapping, Value};

/// The numbers that decide.
pub(crate) struct Choices<'c> {
    numbers: &'c [u16],
    next: usize,
}

const PEOPLE: [&str; 6] = ["ann", "ben", "cai", "dee", "eva", "board"];
const PRODUCTS: [&str; 3] = ["app", "bills", "cart"];
const TEAMS: [&str; 4] = ["red", "green", "blue", "grey"];
const SEATS: [&str; 4] = ["product-owner", "product-manager", "product-marketing-manager", "project-manager"];
const OWN_DUTIES: [&str; 2] = ["legal.sign", "legal.file"];

impl<'c> Choices<'c> {
    pub(crate) fn new(numbers: &'c [u16]) -> Self {
        Choices { numbers, next: 0 }
    }

    /// A number below `count`; 0 when the numbers are used up.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        let number = self.numbers.get(self.next).copied().unwrap_or(0);
        self.next += 1;
        usize::from(number) % count
    }

    /// Whether something is so, in one case of `of`.
    pub(crate) fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == of - 1
    }

    pub(crate) fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }

    fn some<'w>(&mut self, words: &[&'w str], one_in: usize) -> Vec<&'w str> {
        words.iter().copied().filter(|_| self.one_in(one_in)).collect()
    }
}

/// A map that leaves out what is not there.
#[derive(Default)]
struct Map(Mapping);

impl Map {
    fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.into(), value.into());
    }

    fn put_some(&mut self, key: &str, values: Vec<&str>) {
        if !values.is_empty() {
            self.put(key, list(&values));
        }
    }
}

fn list(values: &[&str]) -> Value {
    Value::Sequence(values.iter().map(|value| Value::from(*value)).collect())
}

/// How a property is tested: with so many organizations, or as many as `PROPTEST_CASES` says.
pub(crate) fn cases(usual: u32) -> ProptestConfig {
    let given = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { given.cases } else { usual };
    ProptestConfig { cases, failure_persistence: None, ..given }
}

/// An organization as the text of a team file.
pub(crate) fn organization(numbers: &[u16]) -> String {
    let choices = &mut Choices::new(numbers);
    let mut file = Map::default();
    file.put("as-of", "2026-11-21");
    let mut whole = Map::default();
    if choices.one_in(2) {
        whole.put("stage", choices.of(&["growing", "startup", "large"]));
    }
    if choices.one_in(2) {
        whole.put("scrum", choices.one_in(2));
    }
    if choices.one_in(2) {
        whole.put("goals", list(&["grow"]));
    }
    whole.put_some("signals", signals(choices, 40));
    put_rights(&mut whole, choices, &PEOPLE, |_| true);
    file.put("organization", whole.0);
    file.put("duties", Mapping::from_iter(OWN_DUTIES.map(|duty| (Value::from(duty), Value::from("Does what the law asks")))));
    file.put("people", map_of(&PEOPLE, |id| person(id, choices)));
    let products = &PRODUCTS[..=choices.below(PRODUCTS.len())];
    let teams = &TEAMS[..choices.below(TEAMS.len() + 1)];
    file.put("products", map_of(products, |_| product(choices)));
    let mut backlogs: Vec<&str> = products.to_vec();
    if !teams.is_empty() {
        let of_teams = map_of(teams, |id| team(id, products, choices, &mut backlogs));
        file.put("teams", of_teams);
    }
    let described: Vec<&str> = backlogs.into_iter().filter(|_| choices.one_in(2)).collect();
    if !described.is_empty() {
        file.put("backlogs", map_of(&described, |_| backlog(choices)));
    }
    let meetings: Vec<Value> = (0..choices.below(4)).map(|_| meeting(choices)).collect();
    file.put("rhythm", Value::Sequence(meetings));
    if choices.one_in(3) {
        file.put("openings", map_of(&["opening"], |_| opening(products, choices)));
    }
    let subjects = subjects(products, teams);
    let accepted: Vec<Value> = (0..choices.below(4)).map(|_| acceptance(&subjects, choices)).collect();
    if !accepted.is_empty() {
        file.put("accepted", Value::Sequence(accepted));
    }
    serde_yaml::to_string(&Value::Mapping(file.0)).expect("a map can be written")
}

/// What findings of an organization may be about, as `accepted` names it.
fn subjects(products: &[&str], teams: &[&str]) -> Vec<String> {
    let of = |kind: &'static str, ids: &[&str]| ids.iter().map(move |id| format!("{kind}.{id}")).collect::<Vec<_>>();
    [vec!["organization".to_owned()], of("products", products), of("teams", teams), of("people", &PEOPLE)].concat()
}

fn acceptance(subjects: &[String], choices: &mut Choices<'_>) -> Value {
    let mut acceptance = Map::default();
    acceptance.put("rule", RULES[choices.below(RULES.len())].name);
    acceptance.put("at", subjects[choices.below(subjects.len())].as_str());
    acceptance.put("because", "It is known");
    if choices.one_in(2) {
        acceptance.put("until", choices.of(&["2027-01-01", "2026-01-01"]));
    }
    Value::Mapping(acceptance.0)
}

/// The same value with the entries of all maps and lists in another order, but for lists in which the order says something.
fn reordered(value: Value, choices: &mut Choices<'_>) -> Value {
    match value {
        Value::Mapping(entries) => {
            let entries = entries.into_iter().map(|(key, value)| (key, reordered(value, choices))).collect();
            Value::Mapping(shuffled(entries, choices).into_iter().collect())
        }
        Value::Sequence(items) => {
            let items = items.into_iter().map(|item| reordered(item, choices)).collect();
            Value::Sequence(shuffled(items, choices))
        }
        value => value,
    }
}

fn shuffled<T>(mut items: Vec<T>, choices: &mut Choices<'_>) -> Vec<T> {
    (1..items.len()).rev().for_each(|at| items.swap(at, choices.below(at + 1)));
    items
}

/// The same organization written otherwise: everything in another order, and in several files.
pub(crate) fn rearranged(text: &str, numbers: &[u16]) -> Vec<Source> {
    const NAMES: [&str; 3] = ["a.yaml", "b.yaml", "team.yaml"];
    let choices = &mut Choices::new(numbers);
    let whole: Value = serde_yaml::from_str(text).expect("the organization is YAML");
    let Value::Mapping(whole) = reordered(whole, choices) else { return Vec::new() };
    let mut files = NAMES.map(|_| Mapping::new());
    for (key, value) in whole {
        let is_of_one_file = matches!(key.as_str(), Some("organization" | "as-of"));
        match value {
            Value::Mapping(entries) if !is_of_one_file => {
                for (id, entry) in entries {
                    let part = files[choices.below(NAMES.len())].entry(key.clone()).or_insert(Value::Mapping(Mapping::new()));
                    part.as_mapping_mut().expect("a key holds maps in all files").insert(id, entry);
                }
            }
            Value::Sequence(items) => {
                for item in items {
                    let part = files[choices.below(NAMES.len())].entry(key.clone()).or_insert(Value::Sequence(Vec::new()));
                    part.as_sequence_mut().expect("a key holds lists in all files").push(item);
                }
            }
            value => _ = files[choices.below(NAMES.len())].insert(key, value),
        }
    }
    let written = files.into_iter().zip(NAMES).filter(|(file, _)| !file.is_empty());
    written.map(|(file, name)| Source::new(name, serde_yaml::to_string(&file).expect("a map can be written"))).collect()
}

fn map_of(ids: &[&str], mut entry: impl FnMut(&str) -> Mapping) -> Value {
    Value::Mapping(ids.iter().map(|id| (Value::from(*id), Value::Mapping(entry(id)))).collect())
}

fn person(id: &str, choices: &mut Choices<'_>) -> Mapping {
    let mut person = Map::default();
    person.put("name", id.to_uppercase());
    if id == "board" {
        person.put("kind", "group");
    }
    if choices.one_in(3) {
        person.put("position", choices.of(&["leader", "founder", "stakeholder", "developer"]));
    }
    if choices.one_in(4) {
        person.put("title", choices.of(&["Product Owner", "Senior Product Manager", "Project Manager", "Chef"]));
    }
    if choices.one_in(4) {
        let mut time = Map::default();
        for part in ["strategy", "discovery", "backlog", "delivery", "other"] {
            time.put(part, choices.below(8) * 10);
        }
        person.put("time", time.0);
    }
    if choices.one_in(4) {
        person.put("last-customer-contact", choices.of(&["2026-11-01", "2026-01-01"]));
    }
    if choices.one_in(4) {
        person.put("scope-reviewed", choices.of(&["2026-11-01", "2026-01-01"]));
    }
    if choices.one_in(5) && id != "ann" {
        person.put("reports-to", "ann");
    }
    for (key, value) in [("max-teams", 1), ("protected-time", 20)] {
        if choices.one_in(4) {
            person.put(key, value);
        }
    }
    person.put_some("signals", signals(choices, 60));
    person.0
}

fn product(choices: &mut Choices<'_>) -> Mapping {
    let mut product = Map::default();
    for (key, value) in [("definition", "A thing"), ("goal", "Better"), ("releases-every", "week")] {
        if choices.one_in(2) {
            product.put(key, value);
        }
    }
    product.put_some("customers", choices.some(&["shoppers"], 2));
    product.put_some("segments", choices.some(&["small", "large"], 3));
    product.put_some("needs-skills", choices.some(&["rust", "design"], 4));
    if choices.one_in(3) {
        product.put("stage", choices.of(&["live", "building", "idea", "retired"]));
    }
    for key in ["regulated", "new-market", "complex-dependencies", "governance-required"] {
        if choices.one_in(5) {
            product.put(key, true);
        }
    }
    put_seats(&mut product, choices, &SEATS, 2);
    if choices.one_in(2) {
        let mut roadmap = Map::default();
        if choices.one_in(2) {
            roadmap.put("updated", choices.of(&["2026-11-01", "2025-01-01"]));
        }
        roadmap.put_some("basis", choices.some(&["requests", "research", "urgency", "contract"], 3));
        roadmap.put_some("outcomes", choices.some(&["Better"], 2));
        product.put("roadmap", roadmap.0);
    }
    let metrics: Vec<Value> = (0..choices.below(3)).map(|_| metric(choices)).collect();
    product.put("metrics", Value::Sequence(metrics));
    if choices.one_in(5) {
        let mut coordination = Map::default();
        coordination.put("body", "board");
        coordination.put("meetings-per-week", choices.below(6));
        product.put("coordination", coordination.0);
    }
    product.put_some("signals", signals(choices, 30));
    put_rights(&mut product, choices, &PEOPLE, |_| true);
    product.0
}

fn metric(choices: &mut Choices<'_>) -> Value {
    let mut metric = Map::default();
    metric.put("name", choices.of(&["revenue", "tickets closed", "budget", "mood"]));
    if choices.one_in(3) {
        metric.put("kind", choices.of(&["outcome", "activity", "delivery"]));
    }
    if choices.one_in(2) {
        metric.put("owner", choices.of(&PEOPLE));
    }
    if choices.one_in(2) {
        metric.put("target", "more");
    }
    Value::Mapping(metric.0)
}

fn team<'b>(id: &str, products: &[&'b str], choices: &mut Choices<'_>, backlogs: &mut Vec<&'b str>) -> Mapping {
    let mut team = Map::default();
    let product = choices.of(products);
    let several = choices.one_in(8) && products.len() > 1;
    if several {
        team.put("product", list(products));
        team.put("backlog", product);
    } else {
        team.put("product", product);
    }
    if choices.one_in(4) && !several {
        let own = TEAMS.into_iter().find(|known| *known == id).expect("a team is one of the list");
        team.put("backlog", own);
        backlogs.push(own);
    }
    put_seats(&mut team, choices, &["product-owner", "scrum-master", "product-manager"], 4);
    match choices.below(3) {
        0 => {}
        1 => team.put("developers", choices.below(4)),
        _ => team.put("developers", list(&["eva"])),
    }
    if choices.one_in(4) {
        team.put("scrum", choices.one_in(2));
    }
    if choices.one_in(3) {
        team.put("aligned-to", choices.of(&["product", "platform", "technology", "component"]));
    }
    if choices.one_in(3) {
        team.put("answers-within", choices.of(&["4 hours", "3 days"]));
    }
    team.put_some("skills", choices.some(&["rust", "design"], 3));
    team.put_some("takes-work-from", choices.some(&["ann", "board", "ben"], 6));
    team.put_some("signals", signals(choices, 40));
    put_rights(&mut team, choices, &["ann", "ben", "board", id], |level| matches!(level, Level::Backlog | Level::Team));
    team.0
}

fn put_seats(of: &mut Map, choices: &mut Choices<'_>, seats: &[&str], one_in: usize) {
    for seat in seats {
        if !choices.one_in(one_in) {
            continue;
        }
        match choices.below(8) {
            0..=4 => of.put(seat, choices.of(&PEOPLE[..5])),
            5 => of.put(seat, "nobody"),
            6 => of.put(seat, list(&["ann", "ben"])),
            _ => of.put(seat, "board"),
        }
    }
}

fn put_rights(of: &mut Map, choices: &mut Choices<'_>, actors: &[&str], is_looked_up: impl Fn(Level) -> bool) {
    let mut rights = Map::default();
    for duty in DUTIES.iter().filter(|duty| is_looked_up(duty.level)) {
        if choices.one_in(6) {
            rights.put(duty.id, right(choices, actors));
        }
    }
    let areas: &[&str] = if is_looked_up(Level::Product) {
        &["strategy.*", "roadmap.*", "results.*", "backlog.*", "delivery.*", "legal.*"]
    } else {
        &["backlog.*", "delivery.*"]
    };
    for area in areas {
        if choices.one_in(4) {
            rights.put(area, right(choices, actors));
        }
    }
    of.put("responsibilities", rights.0);
}

fn right(choices: &mut Choices<'_>, actors: &[&str]) -> Value {
    let words = ["product-owner", "product-manager", "developers"];
    match choices.below(6) {
        0 | 1 => choices.of(actors).into(),
        2 => choices.of(&words).into(),
        3 => "nobody".into(),
        4 => list(&[actors[0], actors[1]]),
        _ => {
            let mut right = Map::default();
            right.put("decides", choices.of(actors));
            for key in ["does", "input", "informed", "approves", "communicates", "deputy"] {
                if choices.one_in(3) {
                    right.put(key, choices.of(actors));
                }
            }
            if choices.one_in(6) {
                right.put("until", choices.of(&["2027-01-01", "2026-01-01"]));
            }
            Value::Mapping(right.0)
        }
    }
}

fn backlog(choices: &mut Choices<'_>) -> Mapping {
    let mut backlog = Map::default();
    backlog.put_some("can-reorder", choices.some(&["ann", "product-owner", "developers"], 3));
    backlog.put_some("serves", choices.some(&["Better", "Other"], 3));
    if choices.one_in(3) {
        backlog.put("refined", choices.of(&["2026-11-01", "2026-01-01"]));
    }
    if choices.one_in(3) {
        backlog.put("items", choices.below(2) * 300);
    }
    backlog.0
}

fn meeting(choices: &mut Choices<'_>) -> Value {
    let mut meeting = Map::default();
    let mut who = choices.some(&["ann", "ben", "product-owner", "product-manager", "developers", "customers"], 3);
    if who.is_empty() {
        who.push("ann");
    }
    meeting.put("who", list(&who));
    meeting.put("every", choices.of(&["day", "week", "month", "quarter"]));
    if choices.one_in(2) {
        meeting.put("kind", choices.of(&["meeting", "review", "refinement", "interview", "handoff"]));
    }
    Value::Mapping(meeting.0)
}

fn opening(products: &[&str], choices: &mut Choices<'_>) -> Mapping {
    let mut opening = Map::default();
    opening.put("product", choices.of(products));
    for (key, value) in [("title", "Somebody"), ("outcome", "Better"), ("first-year", "Better"), ("final-call", "ann")] {
        if choices.one_in(2) {
            opening.put(key, value);
        }
    }
    if choices.one_in(2) {
        opening.put("role", choices.of(&["product-owner", "product-manager", "project-manager"]));
    }
    opening.put_some("gap", choices.some(&["customer-discovery", "faster-answers", "launch-coordination"], 2));
    opening.put_some("decides", choices.some(&["backlog.order"], 2));
    opening.put_some("approves", choices.some(&["ben"], 4));
    opening.0
}

fn signals(choices: &mut Choices<'_>, one_in: usize) -> Vec<&'static str> {
    let recorded: Vec<&str> = SIGNALS.iter().filter(|signal| signal.derived.is_none()).map(|signal| signal.name).collect();
    choices.some(&recorded, one_in)
}
