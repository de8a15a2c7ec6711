//! Who holds which right in a duty, where it is looked up: the view of the organization that answers, tables and comparisons share.

use super::decide::Few;
use super::{Actor, Covers, Decision, Org, Parties, Record, Subject, each_once};
use crate::catalogue::DutyIx;

/// What one who is named in a record may or must do with a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// Has the final say.
    Decides,
    /// Must say yes every time.
    Approves,
    /// Decides while the decider is away.
    Deputy,
    /// Is the last resort.
    EscalatesTo,
    /// Is asked before.
    Input,
    /// Carries it out.
    Does,
    /// Tells the team.
    Communicates,
    /// Is told after.
    Informed,
}

impl Right {
    /// The rights, the one that weighs most first.
    pub const ALL: [Right; 8] = [
        Right::Decides,
        Right::Approves,
        Right::Deputy,
        Right::EscalatesTo,
        Right::Input,
        Right::Does,
        Right::Communicates,
        Right::Informed,
    ];

    /// The key of a record.
    pub fn word(self) -> &'static str {
        match self {
            Right::Decides => "decides",
            Right::Approves => "approves",
            Right::Deputy => "deputy",
            Right::EscalatesTo => "escalates-to",
            Right::Input => "input",
            Right::Does => "does",
            Right::Communicates => "communicates",
            Right::Informed => "informed",
        }
    }

    /// What its holder does, in sentences, before the duty.
    pub fn phrase(self) -> &'static str {
        match self {
            Right::Decides => "decides",
            Right::Approves => "approves",
            Right::Deputy => "stands in for the decider of",
            Right::EscalatesTo => "is the last resort for",
            Right::Input => "gives input on",
            Right::Does => "carries out",
            Right::Communicates => "communicates",
            Right::Informed => "hears of",
        }
    }

    fn parties<'r>(self, record: &'r Record<'_>) -> Option<&'r Parties> {
        match self {
            Right::Decides => record.decides.as_ref(),
            Right::Approves => record.approves.as_deref(),
            Right::Deputy => record.deputy.as_deref(),
            Right::EscalatesTo => record.escalates_to.as_deref(),
            Right::Input => record.input.as_deref(),
            Right::Does => record.does.as_deref(),
            Right::Communicates => record.communicates.as_deref(),
            Right::Informed => record.informed.as_deref(),
        }
    }
}

impl Org<'_> {
    /// Who holds a right in a duty where it is looked up; each once. Who decides is found by record, else by fact.
    pub fn holding(&self, right: Right, duty: DutyIx, subject: Subject) -> Few<Actor> {
        if right == Right::Decides {
            return self.owners_of(duty, subject);
        }
        self.beside(right, self.decision(duty, subject), subject)
    }

    /// Who holds a right beside the decision, by the records that speak of it.
    fn beside(&self, right: Right, decision: &Decision, subject: Subject) -> Few<Actor> {
        let named = decision.records.iter().filter_map(|record| right.parties(&self[*record])).flat_map(|parties| &parties.named);
        each_once(named.flat_map(|party| self.actors_at(subject, party.who)), |actor| *actor)
    }

    /// Everybody's rights in a duty where it is looked up, the weightiest right first.
    pub fn rights_in(&self, duty: DutyIx, subject: Subject) -> Vec<(Right, Actor)> {
        let decision = self.decision(duty, subject);
        let mut rights: Vec<(Right, Actor)> =
            self.owners_of(duty, subject).into_iter().map(|actor| (Right::Decides, actor)).collect();
        if !decision.records.is_empty() {
            for right in &Right::ALL[1..] {
                rights.extend(self.beside(*right, decision, subject).into_iter().map(|actor| (*right, actor)));
            }
        }
        rights
    }
}

impl Org<'_> {
    /// The ids of duties that are looked up in one place, in their order; `area.*` where they are all of its area that are looked up at
    /// that level.
    pub fn folded(&self, duties: &[DutyIx]) -> Vec<String> {
        let mut folded = Vec::new();
        for in_area in duties.chunk_by(|one, other| self[*one].area == self[*other].area) {
            let Some(first) = in_area.first() else { continue };
            let (area, level) = (self[*first].area, self[*first].level);
            let all = self.duties.iter().filter(|duty| duty.area == area && duty.level == level).count();
            match in_area {
                [_, _, ..] if in_area.len() == all => folded.push(self.covered(Covers::Area(area)).into_owned()),
                _ => folded.extend(in_area.iter().map(|duty| self[*duty].id.to_string())),
            }
        }
        folded
    }
}
