//! Who holds which right in a duty, where it is looked up: the view of the organization that answers, tables and comparisons share.

use super::decide::{Few, Word};
use super::{Actor, Answer, AreaIx, Decision, Org, Parties, Record, Subject, each_once};
use crate::catalogue::DutyIx;
use smallvec::SmallVec;

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

    /// What whoever holds it does or is, in words.
    pub fn phrase(self) -> &'static str {
        match self {
            Right::Decides => "decides",
            Right::Approves => "must approve",
            Right::Deputy => "is deputy",
            Right::EscalatesTo => "is last resort",
            Right::Input => "gives input",
            Right::Does => "does it",
            Right::Communicates => "tells the team",
            Right::Informed => "is told",
        }
    }

    /// The letter that stands for it in a table.
    pub fn letter(self) -> char {
        match self {
            Right::Decides => 'D',
            Right::Approves => 'A',
            Right::Deputy => 'P',
            Right::EscalatesTo => 'L',
            Right::Input => 'I',
            Right::Does => 'X',
            Right::Communicates => 'C',
            Right::Informed => 'T',
        }
    }

    /// Those whom a record names for it, if the record speaks of it.
    pub fn parties<'r>(self, record: &'r Record<'_>) -> Option<&'r Parties> {
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

/// Several rights of one actor in one duty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Rights(u8);

impl From<Right> for Rights {
    fn from(right: Right) -> Self {
        Rights(1 << right as u8)
    }
}

/// Each right has a bit of its own.
const _: () = assert!(Right::ALL.len() <= u8::BITS as usize);

impl Rights {
    /// Adds a right.
    pub fn add(&mut self, right: Right) {
        self.0 |= 1 << right as u8;
    }

    /// Adds others.
    pub fn join(&mut self, others: Rights) {
        self.0 |= others.0;
    }

    /// Whether a right is among them.
    pub fn has(self, right: Right) -> bool {
        self.0 & (1 << right as u8) != 0
    }

    /// The rights, the one that weighs most first.
    pub fn iter(self) -> impl Iterator<Item = Right> {
        Right::ALL.into_iter().filter(move |right| self.has(*right))
    }
}

/// How it stands with a duty where it is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Somebody decides it.
    Decided,
    /// Several do.
    Contested,
    /// It is recorded that nobody does.
    Nobody,
    /// Whoever did, did so until a day that has passed.
    Ended,
    /// The seat that decides it is vacant.
    Vacant,
    /// Nobody is recorded.
    Unrecorded,
    /// The duty does not exist there, for a reason that is recorded.
    NotApplicable,
}

impl Standing {
    /// How it stands with a decision that some actors own. Several metrics have several owners, and the developers of several teams
    /// speak as one; neither contest anything.
    pub fn of(decision: &Decision, subject: Subject, owners: usize) -> Self {
        match &decision.answer {
            Answer::Decided(deciders) => {
                let developers = deciders.iter().filter(|decider| decider.word == Some(Word::Developers)).count();
                let claimants = deciders.len() - developers + developers.min(1);
                if claimants > 1 { Standing::Contested } else { Standing::Decided }
            }
            Answer::Absent if owners == 0 => Standing::Unrecorded,
            Answer::Absent if owners > 1 && matches!(subject, Subject::Backlog(_)) => Standing::Contested,
            Answer::Absent => Standing::Decided,
            Answer::Nobody => Standing::Nobody,
            Answer::Ended(_) => Standing::Ended,
            Answer::Vacant(_) => Standing::Vacant,
            Answer::NotApplicable => Standing::NotApplicable,
        }
    }

    /// Whether the duty is there and nobody decides it.
    pub fn is_unowned(self) -> bool {
        matches!(self, Standing::Nobody | Standing::Ended | Standing::Vacant | Standing::Unrecorded)
    }
}

impl Org<'_> {
    /// Duties of one lookup in words: where all duties of an area that apply there are meant, they are `area.*`.
    pub fn folded(&self, duties: &[DutyIx], subject: Subject) -> Vec<String> {
        if let [only] = duties {
            return vec![self[*only].id.to_string()];
        }
        // How many duties of each area are meant, and how many apply there.
        let mut areas: SmallVec<[(AreaIx, usize, usize); 16]> = SmallVec::new();
        for duty in duties {
            let area = self[*duty].area;
            match areas.iter_mut().find(|(known, ..)| *known == area) {
                Some((_, meant, _)) => *meant += 1,
                None => areas.push((area, 1, 0)),
            }
        }
        for (duty, decision) in self.decisions_on(subject) {
            let area = self[duty].area;
            let known = areas.iter_mut().find(|(known, meant, _)| *known == area && *meant > 1);
            if let Some((_, _, applicable)) = known.filter(|_| decision.answer != Answer::NotApplicable) {
                *applicable += 1;
            }
        }
        let mut folded: Vec<String> = Vec::new();
        for duty in duties {
            let area = areas.iter_mut().find(|(known, ..)| *known == self[*duty].area);
            match area {
                Some((_, 0, _)) => {}
                Some((area, meant, applicable)) if *meant > 1 && meant == applicable => {
                    folded.push(self.covered(super::Covers::Area(*area)).into_owned());
                    // The others of the area are told with it.
                    *meant = 0;
                }
                _ => folded.push(self[*duty].id.to_string()),
            }
        }
        folded
    }

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
            let owners = rights.len();
            for right in &Right::ALL[1..] {
                for actor in self.beside(*right, decision, subject) {
                    // Nobody stands in for oneself.
                    let is_own = *right == Right::Deputy && rights[..owners].contains(&(Right::Decides, actor));
                    if !is_own {
                        rights.push((*right, actor));
                    }
                }
            }
        }
        rights
    }
}
