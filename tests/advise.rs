//! The decision table: every row is reached, each by the facts that it speaks of.

#![allow(clippy::panic, reason = "a test fails by panicking")]

use roleaudit::Days;
use roleaudit::advise::{self, ProductAdvice, ROWS};
use roleaudit::settings::Settings;
use roleaudit::source::{Source, Sources};
use serde_yaml::Value;
use std::collections::BTreeSet;

const CASES: &str = include_str!("advise.yaml");
const STRATEGY: &str = "definition: A shop, customers: [shoppers], goal: Sell more, metrics: [{name: revenue, owner: ann}], \
                        responsibilities: {strategy.*: ann}";

/// What is advised for each product of a file: its id, the main row, the rows besides.
fn advised(name: &str, file: &str) -> Vec<(String, &'static str, Vec<&'static str>)> {
    let rows = products(name, file).into_iter().map(|product| {
        let besides = product.besides.iter().map(|row| row.name).collect();
        (product.product, product.advice.name, besides)
    });
    rows.collect()
}

fn products(name: &str, file: &str) -> Vec<ProductAdvice> {
    let text = file.replace("STRATEGY", STRATEGY);
    let sources = Sources::new(vec![Source::new("case.yaml", text.as_str())]);
    let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
    let linked = roleaudit::load(&sources, days).unwrap_or_else(|invalid| panic!("{name}: {:#?}", invalid.errors));
    advise::advise(&linked.org, &Settings::default().numbers, &sources).products
}

fn cases() -> Vec<Value> {
    serde_yaml::from_str(CASES).expect("the cases are YAML")
}

fn text<'v>(case: &'v Value, key: &str) -> Option<&'v str> {
    case[key].as_str()
}

#[test]
fn every_case_has_the_advice_that_it_says() {
    let mut wrong = Vec::new();
    for case in cases() {
        let name = text(&case, "name").expect("a case has a name");
        let besides: Vec<&str> = case["besides"].as_sequence().into_iter().flatten().filter_map(Value::as_str).collect();
        let ignored = case["ignore-besides"].as_bool() == Some(true);
        for (product, row, added) in advised(name, text(&case, "file").expect("a case has a file")) {
            let expected = text(&case, "row").or_else(|| text(&case["rows"], &product));
            if expected != Some(row) || (!ignored && added != besides) {
                wrong.push(format!("{name}: {product} has row {row} and {added:?}, not {expected:?} and {besides:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_would_hold_with_a_strategy_and_who_is_there_are_told() {
    let file = "people: {ann: Ann, ben: Ben, kim: Kim}\n\
                products: {x: {product-owner: ann}, y: {product-manager: ben, product-owner: [ben]}, z: {product-manager: ben, product-owner: kim}, \
                v: {product-manager: kim}, w: {definition: D}}\nteams: {t: {product: x}, u: {product: w}}\n";
    let told: Vec<(String, Option<&str>)> =
        products("told", file).into_iter().map(|product| (product.held, product.with_strategy.map(|row| row.name))).collect();
    let expected = [
        ("product owner: Ann; nobody is product manager", Some("1")),
        ("Ben is product manager and product owner", Some("1")),
        ("product manager: Ben; product owner: Kim", None),
        ("product manager: Kim; nobody is product owner", None),
        ("nobody is product manager or product owner", Some("1")),
    ];
    assert_eq!(told, expected.map(|(held, row)| (held.to_owned(), row)));
}

#[test]
fn every_row_is_reached_by_a_case() {
    let mut reached = BTreeSet::new();
    for case in cases() {
        for (_, row, besides) in advised("a case", text(&case, "file").expect("a case has a file")) {
            reached.insert(row);
            reached.extend(besides);
        }
    }
    let missed: Vec<&str> = ROWS.iter().map(|row| row.name).filter(|row| !reached.contains(row)).collect();
    assert!(missed.is_empty(), "no case reaches {missed:?}");
}

#[test]
fn dissent_stands_beside_the_advice_of_one_role_only() {
    let dissents = |file: &str| {
        let text = file.replace("STRATEGY", STRATEGY);
        let sources = Sources::new(vec![Source::new("case.yaml", text.as_str())]);
        let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
        let linked = roleaudit::load(&sources, days).unwrap_or_else(|invalid| panic!("{:#?}", invalid.errors));
        let report = advise::advise(&linked.org, &Settings::default().numbers, &sources);
        report.products.iter().map(|product| product.dissent.iter().map(|passage| passage.id).collect()).collect::<Vec<Vec<_>>>()
    };
    let one = dissents("people: {ann: }\nproducts: {x: {product-owner: ann}}");
    assert_eq!(one, [["D2-044", "D2-003"]], "a product manager alone is advised");
    let both = dissents("people: {ann: }\nproducts: {x: {STRATEGY, product-owner: ann, regulated: true, segments: [a, b]}}");
    assert_eq!(both, [[""; 0]], "both roles are advised");
}
