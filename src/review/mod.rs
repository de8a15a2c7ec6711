//! The document for a reorganization review: all that the tool knows of an organization, the most useful first.

pub mod chart;
