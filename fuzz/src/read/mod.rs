//! Outputs read again, each by the rules of its format.

pub mod csv;
pub mod html;
pub mod json;
pub mod markdown;
pub mod mermaid;
pub mod text;
pub mod workflow;
pub mod xml;
