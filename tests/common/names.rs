//! The table of hostile names, which the tests here and the checks of `.ci` share: what people, teams, products and whatever else a file
//! names might be called by somebody who means harm. `hostile-names.json` has them by what they are aimed at.

use serde_json::Value;

/// All names, each once.
pub(crate) fn hostile() -> Vec<String> {
    let table: Value = serde_json::from_str(include_str!("hostile-names.json")).expect("the table is JSON");
    let kinds = table.as_object().expect("the names stand by kind");
    let name = |name: &Value| match name {
        Value::String(name) => name.clone(),
        long => {
            let times = long["times"].as_u64().and_then(|times| usize::try_from(times).ok()).expect("a number of times");
            long["repeat"].as_str().expect("a text to repeat").repeat(times)
        }
    };
    kinds.values().flat_map(|names| names.as_array().expect("a list of names")).map(name).collect()
}
