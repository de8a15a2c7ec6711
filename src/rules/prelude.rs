//! What every rule needs.

pub use super::{Group, Rule};
pub use crate::catalogue::{DutyIx, Level, duties};
pub use crate::finding::Severity;
pub use crate::gap::{Gap, Gaps};
pub use crate::org::seats::SeatKind;
pub use crate::org::{Actor, Answer, Decider, Decision, Org, ProductIx, Subject, joined};
