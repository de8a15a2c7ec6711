//! The generated documentation is what the program says.
//!
//! It is written anew with `SNAPSHOTS=overwrite cargo test`; read what changed before keeping it.

use roleaudit::render::reference;
use snapbox::{assert_data_eq, file};

#[test]
fn the_rules_are_documented_as_they_are() {
    assert_data_eq!(reference::markdown(), file!["../docs/rules.md"].raw());
}

#[test]
fn the_words_that_charts_are_read_by_are_documented_as_they_are() {
    assert_data_eq!(reference::wording(), file!["../docs/wording.md"].raw());
}
