//! The document for a reorganization review, as Markdown and as one HTML page.

mod markdown;
mod mermaid;
mod words;

pub use markdown::markdown;
