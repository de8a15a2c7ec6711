//! The generated documentation is what the program says.
//!
//! It is written anew with `SNAPSHOTS=overwrite cargo test`; read what changed before keeping it.

use roleaudit::render::reference;
use snapbox::{assert_data_eq, file};

#[test]
fn the_rules_are_documented_as_they_are() {
    assert_data_eq!(reference::markdown(), file!["../docs/rules.md"].raw());
}
