//! What every rule needs.

pub use super::{Group, Rule};
pub use crate::catalogue::{DutyIx, Level, duties, signals};
pub use crate::finding::Severity;
pub use crate::gap::{Gap, Gaps};
pub use crate::org::model::Model;
pub use crate::org::rhythm::With;
pub use crate::org::seats::SeatKind;
pub use crate::org::{
    Actor, Answer, BacklogIx, Decider, Decision, Org, PersonIx, ProductIx, RecordIx, Subject, TeamIx, Who, joined,
};
