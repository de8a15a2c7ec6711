//! Pages about rules, duties and signals.

use super::Style;
use crate::catalogue::{Duty, Signal};
use crate::rules::Rule;

/// Every rule in a line.
pub fn list(_style: &Style) -> String {
    String::new()
}
/// Every rule in a line.
pub fn markdown() -> String {
    String::new()
}
/// Every rule.
pub fn json() -> anyhow::Result<String> {
    Ok(String::new())
}
/// A rule.
pub fn rule(_rule: &Rule, _style: &Style) -> String {
    String::new()
}
/// A duty.
pub fn duty(_duty: &Duty, _style: &Style) -> String {
    String::new()
}
/// A signal.
pub fn signal(_signal: &Signal, _style: &Style) -> String {
    String::new()
}
