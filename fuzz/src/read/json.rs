//! JSON, read by a parser that is not the one that writes it.

use jiter::JsonValue;
use std::collections::BTreeSet;

/// A document as it is read again.
pub fn read(text: &str) -> JsonValue<'_> {
    super::text::assert_harmless(text);
    let value = JsonValue::parse(text.as_bytes(), false).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_keys_differ(&value);
    value
}

fn assert_keys_differ(value: &JsonValue<'_>) {
    match value {
        JsonValue::Array(items) => items.iter().for_each(assert_keys_differ),
        JsonValue::Object(entries) => {
            let keys: BTreeSet<&str> = entries.iter().map(|(key, _)| key.as_ref()).collect();
            assert_eq!(keys.len(), entries.len(), "a key stands twice: {entries:?}");
            entries.iter().for_each(|(_, value)| assert_keys_differ(value));
        }
        _ => {}
    }
}

/// What stands behind a key that has to be there.
pub fn at<'v, 'j>(value: &'v JsonValue<'j>, key: &str) -> &'v JsonValue<'j> {
    let JsonValue::Object(entries) = value else { panic!("no object: {value:?}") };
    entries.iter().find(|(known, _)| known == key).map_or_else(|| panic!("no {key} in {value:?}"), |(_, value)| value)
}

/// The items of a list.
pub fn items<'v, 'j>(value: &'v JsonValue<'j>) -> &'v [JsonValue<'j>] {
    let JsonValue::Array(items) = value else { panic!("no list: {value:?}") };
    items
}

/// A text that is not empty.
pub fn text<'v>(value: &'v JsonValue<'_>) -> &'v str {
    match value {
        JsonValue::Str(text) if !text.is_empty() => text,
        _ => panic!("no text: {value:?}"),
    }
}

/// A number from 1 on.
pub fn count(value: &JsonValue<'_>) -> i64 {
    match value {
        JsonValue::Int(number) if *number > 0 => *number,
        _ => panic!("no number from 1 on: {value:?}"),
    }
}

/// Whether a text is among all that a document holds.
pub fn holds(value: &JsonValue<'_>, wanted: &str) -> bool {
    match value {
        JsonValue::Str(text) => text == wanted,
        JsonValue::Array(items) => items.iter().any(|item| holds(item, wanted)),
        JsonValue::Object(entries) => entries.iter().any(|(_, value)| holds(value, wanted)),
        _ => false,
    }
}

/// Asserts what code scanning asks of SARIF, and returns the number of results.
pub fn sarif(document: &str) -> usize {
    let document = read(document);
    assert_eq!(text(at(&document, "version")), "2.1.0");
    let [run] = items(at(&document, "runs")) else { panic!("not one run") };
    let driver = at(at(run, "tool"), "driver");
    text(at(driver, "name"));
    let rules: Vec<&str> = items(at(driver, "rules")).iter().map(|rule| text(at(rule, "id"))).collect();
    let results = items(at(run, "results"));
    for result in results {
        assert!(rules.contains(&text(at(result, "ruleId"))));
        assert!(["error", "warning", "note"].contains(&text(at(result, "level"))));
        text(at(at(result, "message"), "text"));
        text(at(at(result, "partialFingerprints"), "primaryLocationLineHash"));
        items(at(result, "locations")).iter().for_each(assert_place);
    }
    results.len()
}

fn assert_place(place: &JsonValue<'_>) {
    let place = at(place, "physicalLocation");
    let uri = text(at(at(place, "artifactLocation"), "uri"));
    assert!(uri.chars().all(|c| c.is_ascii_alphanumeric() || "-._~/%".contains(c)), "{uri}");
    let of_region = |key| count(at(at(place, "region"), key));
    let [line, column, end_line, end_column] = ["startLine", "startColumn", "endLine", "endColumn"].map(of_region);
    assert!((line, column) <= (end_line, end_column), "{place:?}");
}

/// Asserts what GitLab asks of a code quality report, and returns the number of issues.
pub fn gitlab(document: &str) -> usize {
    let document = read(document);
    let issues = items(&document);
    for issue in issues {
        text(at(issue, "description"));
        text(at(issue, "check_name"));
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&text(at(issue, "severity"))));
        let place = at(issue, "location");
        assert!(!text(at(place, "path")).starts_with("./"));
        count(at(at(place, "lines"), "begin"));
    }
    let fingerprints: BTreeSet<&str> = issues.iter().map(|issue| text(at(issue, "fingerprint"))).collect();
    assert_eq!(fingerprints.len(), issues.len(), "two issues have one fingerprint");
    issues.len()
}
