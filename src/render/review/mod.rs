//! The document for a reorganization review, as Markdown and as one HTML page.

pub mod mermaid;
pub mod svg;
