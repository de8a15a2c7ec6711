//! The document for a reorganization review, as Markdown and as one HTML page.

mod html;
mod markdown;
mod mermaid;
mod words;

pub use html::html;
pub use markdown::markdown;
