//! Charts of roles become team files.

pub mod mapping;
pub mod words;
