//! The perception gap: several people describe one organization, and who decides what differs between their descriptions.
//!
//! A *question* is a duty at a subject that it is looked up for in the audit of at least one view. Subjects are the same if their path
//! is (`products.ID`, `teams.ID`, `backlogs.ID`, `organization`), people, groups and teams if their id is. A *viewer* is a person or
//! group whose view was given. To each question each view has one answer:
//!
//! - it *names* those who decide, by record or by fact;
//! - it says that the question is *open*: it records `nobody`, a seat that nobody holds, or a right that has ended;
//! - it says that the duty is *not applicable*;
//! - or it is *silent*: it records nothing, or has no such subject.
//!
//! A view *claims* a question if it names its own viewer. Two answers are the *same* if they name the same, if both are open, or if
//! both are not applicable. A question is *due* though all are silent if its duty is a core one, or one of the company's own that is
//! required, and a view records core duties for the subject: unknown is not wrong, but a gap between what is known. Every question is
//! of exactly one kind, the first of these that fits:
//!
//! 1. [`Kind::SeveralClaim`]: views of two or more viewers claim it, and not all answers that are given are the same.
//! 2. [`Kind::EachOther`]: a view names someone, none claims it, and every view that names someone names another viewer. Each thinks
//!    that the other has it; or others say that a viewer has it whose own view does not say so.
//! 3. [`Kind::NobodyClaims`]: every view that speaks says that it is open; or all are silent, and it is due.
//! 4. [`Kind::Agreed`]: two views or more speak, and all that speak give the same answer.
//! 5. [`Kind::OneViewOnly`]: one view speaks.
//! 6. [`Kind::DifferentDeciders`]: views give different answers in any other way.
//! 7. [`Kind::Unspoken`]: all are silent, and it is not due; such a question is no part of the report.

use crate::catalogue::{DutyIx, Level, Passage, duties};
use crate::org::decide::{Answer, Few};
use crate::org::seats::SeatKind;
use crate::org::{Actor, BacklogIx, Duty, Org, Origin, Subject, joined};
use crate::redact::{LEFT_OUT, Pseudonyms, Redact};
use crate::source::{Sources, Span};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

/// One view, as it was given.
#[derive(Clone, Copy, Debug)]
pub struct Given<'v> {
    /// The organization as this view has it.
    pub org: &'v Org<'v>,
    /// The texts of the view.
    pub sources: &'v Sources,
    /// The file or folder, as outputs name it.
    pub path: &'v str,
    /// The last part of the path, as a view of nobody in particular is called.
    pub name: &'v str,
    /// The id that the file's name would be.
    pub stem: &'v str,
    /// The id of the viewer, if the user says whose view it is.
    pub by: Option<&'v str>,
}

/// What several views of one organization have in common, and where they part.
#[derive(Debug)]
pub struct CompareReport<'v> {
    /// The views, in the order in which they were given.
    pub views: Vec<View<'v>>,
    /// Every question that a view speaks of or that is due: those to be settled first, the weightiest of them first; then
    /// what is agreed, and what one view alone speaks of. Those of one area and subject with the same answers are one entry.
    pub entries: Vec<Entry>,
}

/// A view, and whose it is.
#[derive(Debug)]
pub struct View<'v> {
    /// What the viewer is called; of a view of nobody in particular, the file's name.
    pub label: String,
    /// Whose view it is.
    pub whose: Whose,
    /// Whether another view has the same label.
    pub shares_label: bool,
    /// The file or folder.
    pub file: String,
    /// The day that the view speaks of.
    pub as_of: Date,
    /// The texts of the view.
    pub sources: &'v Sources,
}

/// Whose view a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The person or group of this id.
    Viewer(String),
    /// Someone whom the user names and no view declares.
    Outsider,
    /// Nobody in particular.
    File,
}

/// In what way the answers to a question differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Several viewers have it, each in the own view.
    SeveralClaim,
    /// Viewers are named by others and not in their own view.
    EachOther,
    /// The answers differ in any other way.
    DifferentDeciders,
    /// Nobody is named, and somebody should be.
    NobodyClaims,
    /// All who speak of it say the same.
    Agreed,
    /// One view alone speaks of it.
    OneViewOnly,
    /// No view speaks of it, and it is not due.
    Unspoken,
}

/// What weighs how much where views differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// One of the seven rights that teams should know.
    Right,
    /// A duty without which a product is not led.
    Core,
    /// Any other duty.
    Other,
}

/// One question, or several of one area and subject to which the answers are the same.
#[derive(Clone, Debug)]
pub struct Entry {
    /// In what way the answers differ.
    pub kind: Kind,
    /// Where the duties are looked up: `products.ID` and the like.
    pub subject: String,
    /// What the subject is called.
    pub title: String,
    /// `area.*`, if the answers are the same for all duties of the area.
    pub area: Option<String>,
    /// The duties, at least one; the weightiest first.
    pub duties: Vec<Asked>,
    /// What each view says, in the order of the views.
    pub answers: Vec<Said>,
}

/// A duty that is asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its id.
    pub id: String,
    /// What is to be done, as a sentence.
    pub meaning: String,
    /// How much it weighs.
    pub weight: Weight,
    /// The passage that names it best; none if the duty is one of the company's own.
    pub passage: Option<&'static Passage>,
}

/// What one view says of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Who decides, or why nobody does.
    pub answer: Says,
    /// Where it says so; of silence, the place of the subject. None if the view has no such subject.
    pub at: Option<Span>,
    /// What the view notes beside the record that answers.
    pub note: Option<String>,
}

/// Who decides, as one view has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// These do.
    Decides {
        /// Who they are, in the order of their ids; at least one.
        deciders: Vec<Named>,
        /// The fact that makes them decide, where no record does.
        by_fact: Option<&'static str>,
    },
    /// It is recorded that nobody does.
    Nobody,
    /// The right has ended.
    Ended,
    /// Seats that nobody holds.
    Vacant(Few<SeatKind>),
    /// The duty does not exist here, for this reason.
    NotApplicable(String),
    /// Nothing is recorded.
    Silent,
    /// The view has no such subject.
    Unknown,
}

/// Someone who decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The full name, else the id.
    pub name: String,
    /// Whether it is a team.
    pub is_team: bool,
}

impl Kind {
    /// All kinds that a report holds.
    pub const ALL: [Kind; 6] =
        [Kind::SeveralClaim, Kind::EachOther, Kind::DifferentDeciders, Kind::NobodyClaims, Kind::Agreed, Kind::OneViewOnly];

    /// Its word in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Kind::SeveralClaim => "several-claim",
            Kind::EachOther => "each-other",
            Kind::DifferentDeciders => "different-deciders",
            Kind::NobodyClaims => "nobody-claims",
            Kind::Agreed => "agreed",
            Kind::OneViewOnly => "one-view-only",
            Kind::Unspoken => "unspoken",
        }
    }

    /// Whether the viewers have something to settle.
    pub fn is_to_settle(self) -> bool {
        self <= Kind::NobodyClaims
    }
}

impl View<'_> {
    /// The id of the person or group whose view it is.
    pub fn viewer(&self) -> Option<&str> {
        match &self.whose {
            Whose::Viewer(id) => Some(id),
            Whose::Outsider | Whose::File => None,
        }
    }

    /// What the viewer is called, such that no other view is called the same.
    pub fn name(&self) -> String {
        if self.shares_label { format!("{} ({})", self.label, self.file) } else { self.label.clone() }
    }

    /// What the view is called: "Ann's view".
    pub fn title(&self) -> String {
        match self.whose {
            Whose::File => self.label.clone(),
            _ if self.shares_label => format!("{}'s view ({})", self.label, self.file),
            _ => format!("{}'s view", self.label),
        }
    }
}

impl CompareReport<'_> {
    /// How many questions are of a kind, each duty at each subject counted.
    pub fn count(&self, kind: Kind) -> usize {
        self.of_kind(kind).map(|entry| entry.duties.len()).sum()
    }

    /// How many questions concern several views: all but those that one view alone speaks of.
    pub fn compared(&self) -> usize {
        Kind::ALL.into_iter().filter(|kind| *kind != Kind::OneViewOnly).map(|kind| self.count(kind)).sum()
    }

    /// The entries of a kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.kind == kind)
    }

    /// What the viewers have to settle, the weightiest first.
    pub fn to_settle(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.kind.is_to_settle())
    }

    /// The viewers who are named as deciders, each once: by their own view, or by any.
    pub fn viewers_named<'e>(&'e self, entry: &'e Entry, by_own_view: bool) -> Vec<&'e Named> {
        let mut named: Vec<&Named> = Vec::new();
        for (viewer, own) in self.views.iter().zip(&entry.answers).filter_map(|(view, said)| Some((view.viewer()?, said))) {
            let own = by_own_view.then_some(own).into_iter();
            let sayers = own.chain(entry.answers.iter().filter(|_| !by_own_view));
            let found = sayers.flat_map(|said| said.answer.deciders()).find(|decider| decider.id == viewer);
            named.extend(found.filter(|found| named.iter().all(|known| known.id != found.id)));
        }
        named
    }
}

impl Entry {
    /// Everybody who is named by any view, each once, in the order of the views.
    pub fn named(&self) -> Vec<&Named> {
        let mut named: Vec<&Named> = Vec::new();
        for decider in self.answers.iter().flat_map(|said| said.answer.deciders()) {
            if named.iter().all(|known| known.id != decider.id) {
                named.push(decider);
            }
        }
        named
    }

    /// What the entry is about, in the words of a team file: `backlog.order`, or `strategy.*`.
    pub fn words(&self) -> String {
        let ids: Vec<&str> = self.duties.iter().map(|duty| duty.id.as_str()).collect();
        self.area.clone().unwrap_or_else(|| joined(&ids))
    }

    /// How much it weighs: as much as its weightiest duty.
    pub fn weight(&self) -> Weight {
        self.duties.iter().map(|duty| duty.weight).min().unwrap_or(Weight::Other)
    }

    /// The passage behind its weightiest duty.
    pub fn passage(&self) -> Option<&'static Passage> {
        self.duties.first().and_then(|duty| duty.passage)
    }
}

impl Says {
    /// Those who are named.
    pub fn deciders(&self) -> &[Named] {
        match self {
            Says::Decides { deciders, .. } => deciders,
            _ => &[],
        }
    }

    /// Whether a view that says this speaks of the question.
    pub fn speaks(&self) -> bool {
        !matches!(self, Says::Silent | Says::Unknown)
    }

    /// Whether it says that the duty is there and has no decider.
    pub fn is_open(&self) -> bool {
        matches!(self, Says::Nobody | Says::Ended | Says::Vacant(_))
    }

    /// Whether it is the same answer as another one, however either came about.
    fn is_same(&self, other: &Says) -> bool {
        let ids = |says: &Says| says.deciders().iter().map(|decider| decider.id.clone()).collect::<Vec<_>>();
        ids(self) == ids(other) && self.is_open() == other.is_open()
    }

    fn names(&self, id: &str) -> bool {
        self.deciders().iter().any(|decider| decider.id == id)
    }
}

/// Compares views of one organization.
pub fn compare<'v>(given: &[Given<'v>]) -> CompareReport<'v> {
    // Whatever is read from several views is read in the order of their paths, so that the command line decides nothing.
    let mut in_order: Vec<&Given<'v>> = given.iter().collect();
    in_order.sort_by_key(|given| given.path);
    let names = names(&in_order);
    let all = All { duties: asked(&in_order), sides: given.iter().map(|given| Side::of(given, &names)).collect() };
    let views = views(given, &names);
    let viewers: Vec<Option<&str>> = views.iter().map(View::viewer).collect();

    let mut entries = Vec::new();
    for (path, title, level) in subjects(&in_order) {
        let lookups = all.duties.iter().filter(|duty| duty.levels.contains(&level)).map(|duty| all.lookup(duty, &path, &viewers));
        entries.extend(folded(lookups.collect()).into_iter().map(|fold| fold.into_entry(&path, &title)));
    }
    // The order of subjects and duties is kept among those that weigh the same.
    entries.sort_by_key(|entry| {
        let weight = if entry.kind.is_to_settle() { entry.weight() } else { Weight::Other };
        (!entry.kind.is_to_settle(), weight, entry.kind)
    });
    CompareReport { views, entries }
}

/// The kind of a question, by what each view says of it.
fn kind(viewers: &[Option<&str>], answers: &[Said], is_due: bool) -> Kind {
    let speaking: Vec<&Says> = answers.iter().map(|said| &said.answer).filter(|answer| answer.speaks()).collect();
    let Some((first, others)) = speaking.split_first() else {
        return if is_due { Kind::NobodyClaims } else { Kind::Unspoken };
    };
    let are_same = others.iter().all(|other| other.is_same(first));
    let claims = viewers.iter().zip(answers).filter_map(|(viewer, said)| viewer.filter(|viewer| said.answer.names(viewer)));
    let claimed_by: FxHashSet<&str> = claims.collect();
    let naming = || speaking.iter().filter(|answer| !answer.deciders().is_empty());
    let names_viewer = |answer: &&&Says| viewers.iter().flatten().any(|viewer| answer.names(viewer));
    if claimed_by.len() > 1 && !are_same {
        Kind::SeveralClaim
    } else if claimed_by.is_empty() && naming().next().is_some() && naming().all(|answer| names_viewer(&answer)) {
        Kind::EachOther
    } else if speaking.iter().all(|answer| answer.is_open()) {
        Kind::NobodyClaims
    } else if others.is_empty() {
        Kind::OneViewOnly
    } else if are_same {
        Kind::Agreed
    } else {
        Kind::DifferentDeciders
    }
}

/// The id and the name of everybody who is declared in a view, also of those who are seen as having left.
pub fn people<'o>(org: &'o Org<'_>) -> impl Iterator<Item = (&'o str, &'o str)> {
    let people = org.people.iter().map(|person| (person.id.id.as_ref(), person.full_name()));
    people.chain(org.left.iter().map(|left| (left.id.as_str(), left.name.as_str())))
}

/// What everybody is called, by id: as the first view does that writes a name. Two who are called the same get their ids.
fn names(views: &[&Given<'_>]) -> FxHashMap<String, String> {
    let mut names: FxHashMap<String, String> = FxHashMap::default();
    for org in views.iter().map(|given| given.org) {
        let teams = org.teams.iter().map(|team| (team.id.id.as_ref(), team.full_name()));
        for (id, name) in people(org).chain(teams) {
            let known = names.entry(id.to_owned()).or_insert_with(|| name.to_owned());
            if known == id {
                name.clone_into(known);
            }
        }
    }
    let mut bearers: FxHashMap<String, usize> = FxHashMap::default();
    for name in names.values() {
        *bearers.entry(name.clone()).or_default() += 1;
    }
    for (id, name) in &mut names {
        if bearers.get(name).is_some_and(|bearers| *bearers > 1) && name != id {
            *name = format!("{name} ({id})");
        }
    }
    names
}

fn views<'v>(given: &[Given<'v>], names: &FxHashMap<String, String>) -> Vec<View<'v>> {
    let people: FxHashSet<&str> = given.iter().flat_map(|given| people(given.org)).map(|(id, _)| id).collect();
    let whose = |given: &Given<'_>| match given.by {
        Some(by) if people.contains(by) => Whose::Viewer(by.to_owned()),
        Some(_) => Whose::Outsider,
        None if people.contains(given.stem) => Whose::Viewer(given.stem.to_owned()),
        None => Whose::File,
    };
    let label = |given: &Given<'_>, whose: &Whose| match (whose, given.by) {
        (Whose::Viewer(id), _) => names.get(id).unwrap_or(id).clone(),
        (Whose::Outsider, Some(by)) => by.to_owned(),
        _ => given.name.to_owned(),
    };
    let of_view = |given| {
        let whose = whose(given);
        let label = label(given, &whose);
        (whose, label)
    };
    let labelled: Vec<(Whose, String)> = given.iter().map(of_view).collect();
    let views = given.iter().zip(&labelled).map(|(given, (whose, label))| {
        let shares_label = labelled.iter().filter(|(_, other)| other == label).count() > 1;
        let is_file = shares_label && *whose == Whose::File;
        View {
            label: if is_file { given.path.to_owned() } else { label.clone() },
            whose: whose.clone(),
            shares_label: shares_label && !is_file,
            file: given.path.to_owned(),
            as_of: given.org.as_of,
            sources: given.sources,
        }
    });
    views.collect()
}

/// Every subject that a view looks at: its path, its title, and the level of the duties that are looked up for it.
fn subjects(views: &[&Given<'_>]) -> Vec<(String, String, Level)> {
    let mut seen = FxHashSet::default();
    let mut subjects = Vec::new();
    for level in Level::ALL.into_iter().rev() {
        for org in views.iter().map(|given| given.org) {
            let new = org.subjects(level).map(|subject| (org.path(subject), org.title(subject).into_owned(), level));
            subjects.extend(new.filter(|(path, _, _)| seen.insert(path.clone())));
        }
    }
    subjects
}

/// A duty, as the views together have it.
struct AskedDuty {
    asked: Asked,
    /// Where it is looked up: views may differ in that about the company's own.
    levels: Vec<Level>,
    /// Whether it has to have an owner.
    is_required: bool,
}

/// The duties of all views, the built-in ones first.
fn asked(views: &[&Given<'_>]) -> Vec<AskedDuty> {
    let mut all: Vec<AskedDuty> = Vec::new();
    let mut positions: FxHashMap<&str, usize> = FxHashMap::default();
    for (_, duty) in views.iter().flat_map(|given| given.org.duties()) {
        let Duty { id, meaning, level, built_in, required, .. } = duty;
        let position = *positions.entry(id).or_insert(all.len());
        let weight = match duty {
            _ if duty.is_right() => Weight::Right,
            _ if duty.is_core() => Weight::Core,
            _ => Weight::Other,
        };
        let passage = built_in.map(|duty| duty.passage);
        let asked = || Asked { id: id.to_string(), meaning: meaning.to_string(), weight, passage };
        let is_required = *required || duty.is_core();
        match all.get_mut(position) {
            Some(known) => {
                known.levels.extend((!known.levels.contains(level)).then_some(*level));
                known.is_required |= is_required;
            }
            None => all.push(AskedDuty { asked: asked(), levels: vec![*level], is_required }),
        }
    }
    all
}

/// Everything that questions are asked about, and those who answer.
struct All<'v> {
    duties: Vec<AskedDuty>,
    sides: Vec<Side<'v>>,
}

/// A question with its answers.
struct Lookup<'q> {
    asked: &'q Asked,
    kind: Kind,
    answers: Vec<Said>,
}

impl All<'_> {
    fn lookup<'q>(&self, duty: &'q AskedDuty, path: &str, viewers: &[Option<&str>]) -> Lookup<'q> {
        let answers: Vec<Said> = self.sides.iter().map(|side| side.says(&duty.asked.id, path)).collect();
        let is_due = duty.is_required && self.sides.iter().any(|side| side.records_core(path));
        Lookup { asked: &duty.asked, kind: kind(viewers, &answers, is_due), answers }
    }
}

/// One view, with its subjects and duties by the words that all views share.
struct Side<'v> {
    org: &'v Org<'v>,
    names: &'v FxHashMap<String, String>,
    subjects: FxHashMap<String, Subject>,
    duties: FxHashMap<&'v str, DutyIx>,
}

impl<'v> Side<'v> {
    fn of(given: &Given<'v>, names: &'v FxHashMap<String, String>) -> Self {
        let org = given.org;
        let products = org.products().map(|(product, _)| Subject::Product(product));
        let teams = org.teams().map(|(team, _)| Subject::Team(team));
        let backlogs = (0..org.backlogs.len() as u32).map(|index| Subject::Backlog(BacklogIx(index)));
        let subjects = products.chain(teams).chain(backlogs).chain([Subject::Organization]);
        // What is decided about a backlog that only shows another one is decided there.
        let answering = |subject| match subject {
            Subject::Backlog(backlog) => Subject::Backlog(org.shown(backlog)),
            _ => subject,
        };
        Side {
            org,
            names,
            subjects: subjects.map(|subject| (org.path(subject), answering(subject))).collect(),
            duties: org.duties().map(|(position, duty)| (duty.id.as_ref(), position)).collect(),
        }
    }

    fn says(&self, duty: &str, path: &str) -> Said {
        let org = self.org;
        let Some(subject) = self.subjects.get(path).copied() else { return Said { answer: Says::Unknown, at: None, note: None } };
        let said = |answer, at: Option<Span>| Said { answer, at: Some(at.unwrap_or(org.place(subject))), note: None };
        let Some(duty) = self.duties.get(duty).copied() else { return said(Says::Silent, None) };
        let decision = org.decision(duty, subject);
        let answering = match &decision.answer {
            Answer::Ended(record) => Some(*record),
            Answer::Absent => decision.records.first().copied(),
            _ => decision.answered_by.first().copied(),
        };
        let record = answering.map(|record| &org[record]);
        let at = record.map(|record| record.at);
        let said = match &decision.answer {
            Answer::Absent => {
                let owners = org.owners_by_fact(duty, subject);
                match owners.first() {
                    None => said(Says::Silent, at),
                    Some(first) => said(self.decides(&owners, Some(fact(duty))), Some(self.place_of_fact(*first, subject))),
                }
            }
            Answer::Nobody => said(Says::Nobody, at),
            Answer::Ended(_) => said(Says::Ended, at),
            Answer::Vacant(seats) => said(Says::Vacant(seats.clone()), at),
            Answer::NotApplicable => {
                let reason = record.and_then(|record| record.not_applicable.as_ref());
                said(Says::NotApplicable(reason.map_or_else(String::new, |reason| reason.text.to_string())), at)
            }
            Answer::Decided(deciders) => {
                let actors: Few<Actor> = deciders.iter().map(|decider| decider.actor).collect();
                said(self.decides(&actors, None), deciders.first().map(|first| first.at).or(at))
            }
        };
        Said { note: record.and_then(|record| record.note.as_ref()).map(|note| note.text.to_string()), ..said }
    }

    fn decides(&self, actors: &[Actor], by_fact: Option<&'static str>) -> Says {
        let mut deciders: Vec<Named> = actors.iter().map(|actor| self.named(*actor)).collect();
        deciders.sort_by(|a, b| a.id.cmp(&b.id));
        if deciders.is_empty() {
            // The word `developers` is an answer even where no team is there yet.
            deciders.push(Named { id: "developers".to_owned(), name: "whoever develops it".to_owned(), is_team: false });
        }
        Says::Decides { deciders, by_fact }
    }

    fn named(&self, actor: Actor) -> Named {
        let id = self.org.actor_id(actor).to_owned();
        let name = self.names.get(&id).unwrap_or(&id).clone();
        Named { id, name, is_team: matches!(actor, Actor::Team(_)) }
    }

    /// Where the seat stands that makes someone decide; where no seat does, the subject.
    fn place_of_fact(&self, actor: Actor, subject: Subject) -> Span {
        let org = self.org;
        let seats: &[SeatKind] = &[SeatKind::ProductOwner, SeatKind::ProductManager];
        let holders = seats.iter().flat_map(|seat| org.seat_at(subject, *seat));
        holders.filter(|holder| holder.actor == actor).map(|holder| holder.at).next().unwrap_or(org.place(subject))
    }

    /// Whether the view records core duties for what a subject belongs to, so that those which are absent are missing.
    fn records_core(&self, path: &str) -> bool {
        let org = self.org;
        match self.subjects.get(path) {
            None | Some(Subject::Person(_) | Subject::Opening(_)) => false,
            Some(Subject::Organization) => true,
            Some(Subject::Product(product)) => org.records_core(*product),
            Some(Subject::Team(team)) => {
                org.team_records_core(*team) || org[*team].products.iter().any(|of| org.records_core(*of))
            }
            Some(Subject::Backlog(backlog)) => {
                let backlog = &org[*backlog];
                let own = match backlog.origin {
                    Origin::Product(product) => Some(product),
                    Origin::Team(_) | Origin::Entry => None,
                };
                let of_teams = backlog.teams.iter().any(|team| org.team_records_core(*team));
                of_teams || backlog.products.iter().chain(&own).any(|product| org.records_core(*product))
            }
        }
    }
}

/// What makes someone decide a duty without a record, as the end of a sentence.
fn fact(duty: DutyIx) -> &'static str {
    match duty {
        duties::RESULTS_METRICS => "as owner of the metrics",
        duties::RESULTS_LEARN => "as owner of the backlog who hears of the results",
        duties::PRIORITIES_CONFLICT => "as the only product person",
        _ => "as owner of the backlog",
    }
}

/// Questions of one area and subject to which every view gives the same answer.
struct Fold<'q> {
    area: &'q str,
    /// Whether they are all that there is of the area.
    is_whole: bool,
    lookups: Vec<Lookup<'q>>,
}

/// Questions at one subject, those with the same answers together; without what nobody speaks of.
fn folded(lookups: Vec<Lookup<'_>>) -> Vec<Fold<'_>> {
    let mut folds: Vec<Fold<'_>> = Vec::new();
    for lookup in lookups {
        let area = lookup.asked.id.split_once('.').map_or(lookup.asked.id.as_str(), |(area, _)| area);
        let is_alike =
            |fold: &&mut Fold<'_>| fold.area == area && fold.lookups.iter().all(|other| other.is_answered_like(&lookup));
        match folds.iter_mut().find(is_alike) {
            Some(fold) => fold.lookups.push(lookup),
            None => folds.push(Fold { area, is_whole: false, lookups: vec![lookup] }),
        }
    }
    let areas: Vec<&str> = folds.iter().map(|fold| fold.area).collect();
    for fold in &mut folds {
        fold.is_whole = areas.iter().filter(|area| **area == fold.area).count() == 1;
        fold.lookups.retain(|lookup| lookup.kind != Kind::Unspoken);
    }
    folds.retain(|fold| !fold.lookups.is_empty());
    folds
}

impl Lookup<'_> {
    fn is_answered_like(&self, other: &Lookup<'_>) -> bool {
        self.answers.iter().zip(&other.answers).all(|(one, other)| one.answer == other.answer)
    }
}

impl Fold<'_> {
    fn into_entry(self, path: &str, title: &str) -> Entry {
        let area = (self.is_whole && self.lookups.len() > 1).then(|| format!("{}.*", self.area));
        // The same answers are of one kind, now that those are gone which need none.
        let (kind, mut answers) =
            self.lookups.first().map_or((Kind::Unspoken, Vec::new()), |first| (first.kind, first.answers.clone()));
        for (n, said) in answers.iter_mut().enumerate() {
            // What is noted beside one duty need not hold for another.
            let notes = || self.lookups.iter().filter_map(|lookup| lookup.answers.get(n));
            said.note = said.note.take().filter(|note| notes().all(|other| other.note.as_ref() == Some(note)));
        }
        let mut duties: Vec<Asked> = self.lookups.into_iter().map(|lookup| lookup.asked.clone()).collect();
        duties.sort_by_key(|duty| duty.weight);
        Entry { kind, subject: path.to_owned(), title: title.to_owned(), area, duties, answers }
    }
}

impl Redact for CompareReport<'_> {
    fn redact(&mut self, names: &Pseudonyms) {
        for (n, view) in self.views.iter_mut().enumerate() {
            match &mut view.whose {
                Whose::Viewer(id) => {
                    *id = names.text(id);
                    view.label.clone_from(id);
                }
                // No file has the name, so there is no pseudonym for it.
                Whose::Outsider => view.label = format!("viewer {}", n + 1),
                Whose::File => view.label = names.text(&view.label),
            }
            view.file = names.text(&view.file);
        }
        for entry in &mut self.entries {
            names.texts([&mut entry.subject, &mut entry.title]);
            let has_own = entry.duties.iter().any(|duty| duty.passage.is_none());
            names.texts(entry.area.iter_mut().filter(|_| has_own));
            for duty in entry.duties.iter_mut().filter(|duty| duty.passage.is_none()) {
                duty.id = names.duty(std::mem::take(&mut duty.id));
                LEFT_OUT.clone_into(&mut duty.meaning);
            }
            for said in &mut entry.answers {
                said.note = said.note.take().map(|_| LEFT_OUT.to_owned());
                match &mut said.answer {
                    Says::Decides { deciders, .. } => deciders.iter_mut().for_each(|decider| decider.redact(names)),
                    Says::NotApplicable(reason) => LEFT_OUT.clone_into(reason),
                    Says::Nobody | Says::Ended | Says::Vacant(_) | Says::Silent | Says::Unknown => {}
                }
            }
        }
    }
}

impl Redact for Named {
    fn redact(&mut self, names: &Pseudonyms) {
        let id = names.text(&self.id);
        // Two people may share a name; their ids differ.
        self.name = if id == self.id { names.text(&self.name) } else { id.clone() };
        self.id = id;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Days;
    use crate::source::Source;

    const PEOPLE: &str = "people: {ann: Ann, bob: Bob, cat: Cat}\n";

    /// Compares views, each given as the id that its file is called by and its text.
    fn compared<T>(views: &[(&str, &str)], then: impl FnOnce(&mut CompareReport<'_>, &Pseudonyms) -> T) -> T {
        let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
        let paths: Vec<String> = views.iter().map(|(stem, _)| format!("{stem}.yaml")).collect();
        let texts = paths.iter().zip(views).map(|(path, (_, text))| Source::new(path.as_str(), *text));
        let sources: Vec<Sources> = texts.map(|text| Sources::new(vec![text])).collect();
        let linked: Vec<_> = sources.iter().map(|sources| crate::load(sources, days).expect("a view is in order")).collect();
        let given: Vec<Given<'_>> = (0..views.len())
            .map(|n| Given {
                org: &linked[n].org,
                sources: &sources[n],
                path: &paths[n],
                name: &paths[n],
                stem: views[n].0,
                by: None,
            })
            .collect();
        let orgs: Vec<&Org<'_>> = given.iter().map(|given| given.org).collect();
        then(&mut compare(&given), &Pseudonyms::of(&orgs))
    }

    /// The kind of what the views of some people say of the scope of one product.
    fn kind_of(answers: &[(&str, &str)]) -> Kind {
        let text = |answer: &str| match answer {
            "" => format!("{PEOPLE}products: {{app: }}\n"),
            "no product" => format!("{PEOPLE}teams: {{core: }}\n"),
            answer => format!("{PEOPLE}products: {{app: {{responsibilities: {{scope.changes: {answer}}}}}}}\n"),
        };
        let texts: Vec<String> = answers.iter().map(|(_, answer)| text(answer)).collect();
        let views: Vec<(&str, &str)> = answers.iter().zip(&texts).map(|((who, _), text)| (*who, text.as_str())).collect();
        compared(&views, |report, _| {
            let is_scope = |entry: &&Entry| entry.duties.iter().any(|duty| duty.id == "scope.changes");
            report.entries.iter().find(is_scope).map_or(Kind::Unspoken, |entry| entry.kind)
        })
    }

    #[test]
    fn every_kind_is_told_from_the_others() {
        let cases: &[(&[(&str, &str)], Kind)] = &[
            (&[("ann", "ann"), ("bob", "bob")], Kind::SeveralClaim),
            (&[("ann", "[ann, bob]"), ("bob", "bob")], Kind::SeveralClaim),
            (&[("ann", "ann"), ("bob", "bob"), ("cat", "nobody")], Kind::SeveralClaim),
            (&[("ann", "[ann, bob]"), ("bob", "[bob, ann]"), ("cat", "nobody")], Kind::SeveralClaim),
            (&[("ann", "bob"), ("bob", "ann")], Kind::EachOther),
            (&[("ann", "bob"), ("bob", "cat"), ("cat", "ann")], Kind::EachOther),
            (&[("ann", "bob"), ("bob", "")], Kind::EachOther),
            (&[("ann", "bob"), ("bob", "no product")], Kind::EachOther),
            (&[("ann", "bob"), ("bob", "nobody")], Kind::EachOther),
            (&[("ann", "bob"), ("bob", "{not-applicable: it is fixed}")], Kind::EachOther),
            (&[("ann", "bob"), ("bob", ""), ("cat", "bob")], Kind::EachOther),
            (&[("draft", "bob"), ("bob", "")], Kind::EachOther),
            (&[("ann", "nobody"), ("bob", "")], Kind::NobodyClaims),
            (&[("ann", "nobody"), ("bob", "product-owner")], Kind::NobodyClaims),
            (&[("ann", "nobody"), ("bob", "{decides: cat, until: 2026-01-01}")], Kind::NobodyClaims),
            (&[("ann", "bob"), ("bob", "bob")], Kind::Agreed),
            (&[("ann", "[ann, bob]"), ("bob", "[bob, ann]")], Kind::Agreed),
            (&[("ann", "cat"), ("bob", "cat")], Kind::Agreed),
            (&[("ann", "cat"), ("bob", "cat"), ("draft", "")], Kind::Agreed),
            (&[("ann", "{not-applicable: fixed}"), ("bob", "{not-applicable: small}")], Kind::Agreed),
            (&[("ann", "ann"), ("bob", "")], Kind::OneViewOnly),
            (&[("ann", "cat"), ("bob", "no product")], Kind::OneViewOnly),
            (&[("ann", "{not-applicable: fixed}"), ("bob", "")], Kind::OneViewOnly),
            (&[("ann", "ann"), ("bob", "cat")], Kind::DifferentDeciders),
            (&[("ann", "ann"), ("bob", "nobody")], Kind::DifferentDeciders),
            (&[("ann", "cat"), ("bob", "ann")], Kind::DifferentDeciders),
            (&[("ann", "cat"), ("bob", "{not-applicable: fixed}")], Kind::DifferentDeciders),
            (&[("ann", "nobody"), ("bob", "{not-applicable: fixed}")], Kind::DifferentDeciders),
            (&[("draft", "ann"), ("plan", "bob")], Kind::DifferentDeciders),
            (&[("ann", ""), ("bob", "")], Kind::Unspoken),
        ];
        for (answers, expected) in cases {
            assert_eq!(kind_of(answers), *expected, "{answers:?}");
            let turned: Vec<(&str, &str)> = answers.iter().rev().copied().collect();
            assert_eq!(kind_of(&turned), *expected, "{turned:?}");
        }
    }

    #[test]
    fn silence_is_a_gap_where_other_core_duties_are_recorded() {
        let recorded = format!("{PEOPLE}products: {{app: {{responsibilities: {{release.decision: ann}}}}}}\n");
        compared(&[("ann", &recorded), ("bob", &format!("{PEOPLE}products: {{app: }}\n"))], |report, _| {
            let gaps: Vec<&str> =
                report.of_kind(Kind::NobodyClaims).flat_map(|entry| &entry.duties).map(|duty| duty.id.as_str()).collect();
            assert!(gaps.contains(&"scope.changes") && gaps.contains(&"strategy.vision"), "{gaps:?}");
            assert!(!gaps.contains(&"strategy.lifecycle"), "what is no core duty may be absent: {gaps:?}");
        });
    }

    /// The entries in their order: kind, words and subject.
    fn entries(views: &[(&str, &str)]) -> Vec<String> {
        compared(views, |report, _| {
            let shown = report.entries.iter().filter(|entry| entry.kind != Kind::NobodyClaims);
            shown.map(|entry| format!("{} {} {}", entry.kind.word(), entry.words(), entry.subject)).collect()
        })
    }

    #[test]
    fn what_matters_most_comes_first() {
        let of = |rights: &str| {
            format!("{PEOPLE}products: {{app: {{responsibilities: {{{rights}}}}}}}\nteams: {{core: {{product: app}}}}\n")
        };
        let ann = of(
            "market.customer-voice: ann, release.decision: ann, backlog.order: bob, scope.changes: ann, roadmap.priorities: cat, \
                      strategy.product: bob",
        );
        let bob = of(
            "market.customer-voice: bob, release.decision: bob, backlog.order: ann, scope.changes: bob, roadmap.priorities: bob, \
                      strategy.product: bob",
        );
        let expected = [
            "several-claim scope.changes products.app",
            "each-other backlog.order backlogs.app",
            "different-deciders roadmap.priorities products.app",
            "several-claim release.decision products.app",
            "several-claim market.customer-voice products.app",
            "agreed strategy.product products.app",
        ];
        assert_eq!(entries(&[("ann", &ann), ("bob", &bob)]), expected);
    }

    #[test]
    fn the_same_answers_in_one_area_are_one_question() {
        let of = |rights: &str| format!("{PEOPLE}products: {{app: {{responsibilities: {{{rights}}}}}}}\n");
        let whole = entries(&[("ann", &of("strategy.*: ann")), ("bob", &of("strategy.*: bob"))]);
        assert_eq!(whole, ["several-claim strategy.* products.app"]);
        let rest = "strategy.product, strategy.vision, strategy.opportunities, strategy.outcomes, strategy.business-case";
        let parted = entries(&[("ann", &of("strategy.*: ann")), ("bob", &of("strategy.*: bob, strategy.lifecycle: cat"))]);
        assert_eq!(parted.len(), 2, "{parted:?}");
        assert!(parted[0].starts_with(&format!("several-claim {rest}")), "{parted:?}");
        assert_eq!(parted[1], "different-deciders strategy.lifecycle products.app");
    }

    #[test]
    fn a_fact_answers_where_no_record_does() {
        let of = |owner: &str| format!("{PEOPLE}products: {{app: {{product-owner: {owner}}}}}\n");
        compared(&[("ann", &of("ann")), ("bob", &of("bob"))], |report, _| {
            let order = report.of_kind(Kind::SeveralClaim).find(|entry| entry.words().contains("backlog.order"));
            let said = &order.expect("the order is claimed twice").answers[0];
            assert_eq!(said.answer.deciders()[0].id, "ann");
            assert!(matches!(said.answer, Says::Decides { by_fact: Some("as owner of the backlog"), .. }));
            let position = report.views[0].sources.position(said.at.expect("it has a place"));
            assert_eq!((position.line, position.column), (2, 33), "the seat");
        });
    }

    #[test]
    fn a_backlog_that_only_shows_another_one_answers_for_it() {
        let teams = "products: {app: {responsibilities: {backlog.order: bob}}}\nteams: {core: {product: app}, edge: {product: app, backlog: edge}}\n";
        let shows = format!("{PEOPLE}{teams}backlogs: {{edge: {{view-of: app}}}}\n");
        let parted = entries(&[("ann", &format!("{PEOPLE}{teams}")), ("bob", &shows)]);
        assert!(parted.contains(&"agreed backlog.order backlogs.edge".to_owned()), "{parted:?}");
    }

    #[test]
    fn a_view_is_called_by_its_person_else_by_its_file() {
        let text = format!("{PEOPLE}products: {{app: }}\n");
        let titles =
            |views: &[(&str, &str)]| compared(views, |report, _| report.views.iter().map(View::title).collect::<Vec<_>>());
        assert_eq!(titles(&[("ann", &text), ("draft", &text)]), ["Ann's view", "draft.yaml"]);
        assert_eq!(titles(&[("ann", &text), ("ann", &text)]), ["Ann's view (ann.yaml)", "Ann's view (ann.yaml)"]);
        let namesake = "people: {ann: Ann, bob: Ann}\nproducts: {app: }\n";
        assert_eq!(titles(&[("ann", namesake), ("bob", namesake)]), ["Ann (ann)'s view", "Ann (bob)'s view"]);
        let short = "people: {ann: }\nproducts: {app: }\n";
        assert_eq!(titles(&[("ann", short), ("bob", &text)]), ["Ann's view", "Bob's view"]);
    }

    #[test]
    fn nobody_is_named_in_a_redacted_report() {
        let of = |who: &str, more: &str| {
            format!(
                "{PEOPLE}duties: {{ann-s.cake: Ann bakes a cake}}\nproducts: {{app: {{name: Ann's app, responsibilities: {{scope.changes: {{decides: {who}, note: Bob said so}}, {more}}}}}}}\n"
            )
        };
        let (ann, bob) = (of("ann", "ann-s.cake: cat"), of("bob", "ann-s.cake: {not-applicable: Cat left}"));
        compared(&[("ann", &ann), ("bob", &bob)], |report, names| {
            report.redact(names);
            let entries = report.entries.iter().map(|entry| {
                let meanings: Vec<&str> = entry.duties.iter().map(|duty| duty.meaning.as_str()).collect();
                format!("{} {} {} {meanings:?} {:?}", entry.subject, entry.title, entry.words(), entry.answers)
            });
            let views = report.views.iter().map(|view| format!("{} {} {:?}", view.title(), view.file, view.whose));
            let shown: Vec<String> = entries.chain(views).collect();
            let words = shown.iter().flat_map(|shown| shown.split(|c: char| !c.is_alphanumeric()));
            let named: Vec<&str> = words.filter(|word| ["Ann", "Bob", "Cat", "ann", "bob", "cat"].contains(word)).collect();
            assert!(named.is_empty(), "{named:?} in {shown:#?}");
            let scope = report.of_kind(Kind::SeveralClaim).next().expect("the scope is claimed twice");
            let deciders: Vec<&str> = scope.named().iter().map(|named| named.name.as_str()).collect();
            assert_eq!(deciders, ["person-1", "person-2"]);
            assert_eq!(report.views[1].title(), "person-2's view");
        });
    }

    #[test]
    fn two_who_share_a_name_stay_two_in_a_redacted_report() {
        let of = |who: &str| {
            format!("people: {{sam: Sam Lee, sue: Sam Lee}}\nproducts: {{app: {{responsibilities: {{scope.changes: {who}}}}}}}\n")
        };
        let (sam, sue) = (of("sam"), of("sue"));
        compared(&[("sam", &sam), ("sue", &sue)], |report, names| {
            report.redact(names);
            let scope = report.of_kind(Kind::SeveralClaim).next().expect("the scope is claimed twice");
            let deciders: Vec<&str> = scope.named().iter().map(|named| named.name.as_str()).collect();
            assert_eq!(deciders, ["person-1", "person-2"]);
        });
    }
}
