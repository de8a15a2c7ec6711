//! What depends on one person alone: the duties and backlogs that fall vacant where that person leaves, and whose deputy catches them.

use super::decide::Few;
use super::rights::Right;
use super::{Actor, Org, PersonIx, Subject};
use crate::catalogue::DutyIx;

/// A duty that one person alone decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alone {
    /// Who decides it.
    pub person: PersonIx,
    /// The duty.
    pub duty: DutyIx,
    /// Where it is looked up.
    pub subject: Subject,
    /// Who decides it once the person has left: the deputies that the records name.
    pub caught_by: Few<Actor>,
}

impl Org<'_> {
    /// Every duty that is decided by one person or group alone, by record or by fact, in the order of the lookups.
    pub fn decided_alone(&self) -> impl Iterator<Item = Alone> {
        self.all_decisions().filter_map(|(duty, subject, _)| {
            let owners = self.owners_of(duty, subject);
            let [Actor::Person(person)] = owners.as_slice() else { return None };
            let deputies = self.holding(Right::Deputy, duty, subject);
            let caught_by = deputies.into_iter().filter(|deputy| *deputy != Actor::Person(*person)).collect();
            Some(Alone { person: *person, duty, subject, caught_by })
        })
    }
}
