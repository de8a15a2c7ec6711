//! What tests about the data share: the documents where they are at hand, and files of the project.

use serde_yaml::{Mapping, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder with the documents, if it is at hand. One that the environment names has to be.
pub(crate) fn documents_folder() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("ROLEAUDIT_DOCUMENTS") {
        let folder = PathBuf::from(named);
        assert!(folder.is_dir(), "ROLEAUDIT_DOCUMENTS names {}, which is no folder", folder.display());
        return Some(folder);
    }
    Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/documents")).filter(|folder| folder.is_dir())
}

/// The text of a file.
pub(crate) fn read(file: &Path) -> String {
    let content = fs::read_to_string(file);
    assert!(content.is_ok(), "{} cannot be read", file.display());
    content.unwrap_or_default()
}

/// The map that a file holds.
pub(crate) fn read_yaml(file: &Path) -> Mapping {
    let entries = serde_yaml::from_str(&read(file));
    assert!(entries.is_ok(), "{} is no map of entries", file.display());
    entries.unwrap_or_default()
}

/// The text that a value holds.
pub(crate) fn text<'a>(value: &'a Value, place: &str) -> &'a str {
    let text = value.as_str();
    assert!(text.is_some(), "{place}: {value:?} is no text");
    text.unwrap_or_default()
}
