//! One team file as it is written: every key of format 1, with its place. Ids are not resolved yet; that is [`crate::org`]'s work.
//!
//! The records below are the field table: struct, keys, descriptions and reading in the same lines.

pub mod hints;
pub mod read;
pub mod table;
pub mod value;
pub mod words;

use crate::catalogue;
use crate::problem::Problem;
use crate::source::{FileId, Span};
use crate::yaml::{self, Entry, Kind, Node, Pieces};
use read::{Read, Reader};
use table::{Keys, Reach, Record, Shape, Word, record};
use value::{
    Actors, BacklogId, Count, Day, DutyId, DutyOrArea, Either, Ground, IdMap, Interval, List, Participants, Percent, PersonId,
    ProductId, Reason, RuleName, Seat, SubjectName, TeamId, Text, Until,
};
pub use words::{
    Alignment, Basis, DutyLevel, Gap, MeetingKind, MetricKind, OrganizationStage, PersonKind, Position, ProductStage, Role,
};

/// The format that this program reads.
pub const FORMAT: u32 = 1;

record! {
    /// One team file.
    Document "a team file" {
        /// The version of the format: 1. Required for files found by walking a folder.
        "roleaudit" => format: Format,
        /// The day that a snapshot speaks of; not for files that live on, because it would stop their dates.
        "as-of" => as_of: Day,
        /// The organization as a whole.
        "organization" => organization: Organization<'a>,
        /// Every person and group that other parts name.
        "people" => people: IdMap<'a, Member<'a>>,
        /// The products.
        "products" => products: IdMap<'a, Box<Product<'a>>>,
        /// The teams.
        "teams" => teams: IdMap<'a, Box<Team<'a>>>,
        /// Facts about backlogs that product and team do not hold, and backlogs that are neither's.
        "backlogs" => backlogs: IdMap<'a, Backlog<'a>>,
        /// Who meets whom, how often.
        "rhythm" => rhythm: List<Meeting<'a>>,
        /// Roles that are to be filled.
        "openings" => openings: IdMap<'a, Opening<'a>>,
        /// The company's own duties, in areas of their own.
        "duties" => duties: IdMap<'a, OwnDuty<'a>>,
        /// Risks taken knowingly.
        "accepted" => accepted: List<Accepted<'a>>,
    }
}

record! {
    /// The organization as a whole.
    Organization "the organization" {
        /// Its full name.
        "name" => name: Text<'a>, such as "Northwind Outdoor",
        /// How far it has grown.
        "stage" => stage: OrganizationStage,
        /// Whether its teams use Scrum; absent if it is not known. A team may say otherwise.
        "scrum" => scrum: bool,
        /// The company's goals, or `confidential`.
        "goals" => goals: Goals<'a>, such as "[Grow repeat purchases]",
        /// Rights written once, for every product and team.
        "responsibilities" => responsibilities: Rights<'a>,
        /// Symptoms that people observed.
        "signals" => signals: List<Signal>,
    }
}

record! {
    /// A person or a group.
    Person "a person" {
        /// The full name.
        "name" => name: Text<'a>, such as "Dana Ruiz",
        /// The title on the card; roles come from seats, never from titles.
        "title" => title: Text<'a>, such as "Senior Product Manager",
        /// The person reported to.
        "reports-to" => reports_to: PersonId<'a>, such as "kim",
        /// A person, or a group such as a department or board.
        "kind" => kind: PersonKind, else "person",
        /// A position outside the product seats.
        "position" => position: Position,
        /// The week, in percent.
        "time" => time: Time<'a>,
        /// Percent of the week kept free for discovery and strategy.
        "protected-time" => protected_time: Percent,
        /// The most teams that this person is to serve.
        "max-teams" => max_teams: Count, such as "1",
        /// What this person looks after.
        "scope" => scope: Text<'a>, such as "Billing and its squad",
        /// When the scope was last looked at.
        "scope-reviewed" => scope_reviewed: Day,
        /// Since when the person holds the role.
        "since" => since: Day,
        /// The last talk with a customer.
        "last-customer-contact" => last_customer_contact: Day,
        /// Symptoms that people observed.
        "signals" => signals: List<Signal>,
    }
}

record! {
    /// How a week is spent, in percent.
    Time "the time of a week" {
        /// Percent of the week for strategy.
        "strategy" => strategy: Percent,
        /// Percent of the week for discovery.
        "discovery" => discovery: Percent,
        /// Percent of the week for the backlog.
        "backlog" => backlog: Percent,
        /// Percent of the week for delivery.
        "delivery" => delivery: Percent,
        /// Percent of the week for leading people.
        "people" => people: Percent,
        /// Percent of the week for everything else.
        "other" => other: Percent,
    }
}

record! {
    /// A product.
    Product "a product" {
        /// Its full name.
        "name" => name: Text<'a>, such as "Checkout",
        /// What it is, and where it ends.
        "definition" => definition: Text<'a>, such as "Everything between a full basket and a paid order",
        /// Whom it serves.
        "customers" => customers: List<Text<'a>>, such as "[shoppers]",
        /// The parts of the market that it serves.
        "segments" => segments: List<Text<'a>>, such as "[consumer, wholesale]",
        /// Where in its life it is.
        "stage" => stage: ProductStage,
        /// The Product Goal.
        "goal" => goal: Text<'a>, such as "Cut abandoned baskets from 38 % to 30 % by June",
        /// Who holds the seat of the product manager.
        "product-manager" => product_manager: Seat<'a>, such as "dana",
        /// Who owns the product's backlog; squads with a backlog of their own name theirs on the team.
        "product-owner" => product_owner: Seat<'a>, such as "omar",
        /// Who holds the seat of the product marketing manager.
        "product-marketing-manager" => product_marketing_manager: Seat<'a>, such as "nobody",
        /// Who holds the seat of the project manager.
        "project-manager" => project_manager: Seat<'a>, such as "{person: lee, until: 2027-01-31}",
        /// The roadmap: when it was updated, what it is based on, which outcomes it names.
        "roadmap" => roadmap: Roadmap<'a>,
        /// How success is measured.
        "metrics" => metrics: List<Metric<'a>>,
        /// Whether releases need sign-off by law or regulation.
        "regulated" => regulated: bool,
        /// Whether it enters a new market.
        "new-market" => new_market: bool,
        /// Whether its teams depend on each other in complex ways.
        "complex-dependencies" => complex_dependencies: bool,
        /// Whether its delivery needs formal governance.
        "governance-required" => governance_required: bool,
        /// How often it is released.
        "releases-every" => releases_every: Interval,
        /// The skills that it needs.
        "needs-skills" => needs_skills: List<Text<'a>>, such as "[backend, frontend, content]",
        /// How its teams are coordinated.
        "coordination" => coordination: Coordination<'a>,
        /// Duties and who holds which right in them.
        "responsibilities" => responsibilities: Rights<'a>,
        /// Symptoms that people observed.
        "signals" => signals: List<Signal>,
    }
}

record! {
    /// A roadmap.
    Roadmap "a roadmap" {
        /// When it was last updated.
        "updated" => updated: Day,
        /// What its choices are based on.
        "basis" => basis: List<Basis>,
        /// The outcomes that it names.
        "outcomes" => outcomes: List<Text<'a>>, such as "[fewer abandoned baskets]",
    }
}

record! {
    /// A measure of success.
    Metric "a metric" {
        /// What is measured.
        "name" required => name: Text<'a>, such as "basket completion",
        /// What kind of measure it is.
        "kind" => kind: MetricKind,
        /// Who answers for it.
        "owner" => owner: PersonId<'a>, such as "dana",
        /// The value aimed at.
        "target" => target: Text<'a>, such as "70 %",
    }
}

record! {
    /// How the teams of a product are coordinated.
    Coordination "a coordination" {
        /// The scaling framework, such as Nexus.
        "framework" => framework: Text<'a>, such as "Nexus",
        /// The group that coordinates.
        "body" => body: PersonId<'a>, such as "nexus-team",
        /// How many meetings it holds a week.
        "meetings-per-week" => meetings_per_week: Count, such as "2",
    }
}

record! {
    /// A team.
    Team "a team" {
        /// Its full name.
        "name" => name: Text<'a>, such as "Payments",
        /// The product that it works on, or a list of them.
        "product" => product: List<ProductId<'a>>, such as "checkout",
        /// The backlog that it works from: a product's, a team's or an entry of `backlogs`; the product's if absent.
        "backlog" => backlog: BacklogId<'a>, such as "checkout",
        /// Who owns the backlog that the team works from.
        "product-owner" => product_owner: Seat<'a>, such as "omar",
        /// Who holds the seat of the product manager.
        "product-manager" => product_manager: Seat<'a>, such as "dana",
        /// Who holds the seat of the product marketing manager.
        "product-marketing-manager" => product_marketing_manager: Seat<'a>, such as "nobody",
        /// Who holds the seat of the Scrum Master.
        "scrum-master" => scrum_master: Seat<'a>, such as "lee",
        /// Who holds the seat of the project manager.
        "project-manager" => project_manager: Seat<'a>, such as "lee",
        /// The developers, as ids or as a number; 0 for a planned team.
        "developers" => developers: Developers<'a>, such as "[ana, ben]",
        /// Whether the team uses Scrum.
        "scrum" => scrum: bool,
        /// What the team is built around.
        "aligned-to" => aligned_to: Alignment,
        /// The skills in the team.
        "skills" => skills: List<Text<'a>>, such as "[backend, frontend]",
        /// Actors that give it work beside its backlog.
        "takes-work-from" => takes_work_from: Actors<'a>, such as "[sales]",
        /// How long developers wait for an answer.
        "answers-within" => answers_within: Interval,
        /// Duties and who holds which right in them.
        "responsibilities" => responsibilities: TeamRights<'a>,
        /// Symptoms that people observed.
        "signals" => signals: List<Signal>,
    }
}

record! {
    /// Facts about a backlog.
    Backlog "a backlog" {
        /// Who can change its order.
        "can-reorder" => can_reorder: Actors<'a>, such as "[omar, sales]",
        /// The outcomes that it serves.
        "serves" => serves: List<Text<'a>>, such as "[fewer abandoned baskets]",
        /// When it was last refined.
        "refined" => refined: Day,
        /// How many items it holds.
        "items" => items: Count, such as "80",
        /// The backlog that this one only shows.
        "view-of" => view_of: BacklogId<'a>, such as "checkout",
    }
}

record! {
    /// A regular meeting.
    Meeting "an entry of the rhythm" {
        /// Who meets: ids, seat words and `customers`.
        "who" required => who: Participants<'a>, such as "[product-owner, developers]",
        /// How often.
        "every" required => every: Interval,
        /// What kind of meeting it is.
        "kind" => kind: MeetingKind,
    }
}

record! {
    /// A role that is to be filled.
    Opening "an opening" {
        /// The title in the advertisement.
        "title" => title: Text<'a>, such as "Product Owner, Billing",
        /// The role to be filled.
        "role" => role: Role,
        /// The product that it is for.
        "product" => product: List<ProductId<'a>>, such as "billing",
        /// The teams that it is for.
        "teams" => teams: List<TeamId<'a>>, such as "[invoices]",
        /// The gap that it is to close.
        "gap" => gap: List<Gap>,
        /// What is to be different afterwards.
        "outcome" => outcome: Text<'a>, such as "Developers get an answer within a day",
        /// The duties that it decides.
        "decides" => decides: List<DutyOrArea<'a>>, such as "[backlog.order]",
        /// The duties that it decides together with others, or `none`.
        "shares" => shares: Shares<'a>, such as "[release.decision]",
        /// Who is asked before it decides.
        "input" => input: Actors<'a>, such as "[dana]",
        /// Who has the final call where it disagrees with others.
        "final-call" => final_call: Actors<'a>, such as "kim",
        /// Who must approve its decisions.
        "approves" => approves: Actors<'a>, such as "nobody",
        /// How its success is measured.
        "measures" => measures: List<Text<'a>>, such as "[answer time]",
        /// What success looks like after the first year.
        "first-year" => first_year: Text<'a>, such as "One ordered backlog by month six",
        /// How it keeps in touch with the others.
        "communication" => communication: Text<'a>, such as "weekly with Dana",
    }
}

record! {
    /// A right: who decides a duty, and who else has a part in it.
    Right "a right" {
        /// The actor with the final say: one, or it is a finding.
        "decides" => decides: Actors<'a>, such as "dana",
        /// Who carries it out, when that is not the decider.
        "does" => does: Actors<'a>, such as "[lee]",
        /// Who is asked before; `nobody` if that is deliberate.
        "input" => input: Actors<'a>, such as "[product-owner, sales]",
        /// Who is told after.
        "informed" => informed: Actors<'a>, such as "[kim]",
        /// Who must say yes every time.
        "approves" => approves: Actors<'a>, such as "[kim]",
        /// The last resort, only when contested or major.
        "escalates-to" => escalates_to: Actors<'a>, such as "kim",
        /// Who tells the team.
        "communicates" => communicates: Actors<'a>, such as "dana",
        /// Who decides while the decider is away.
        "deputy" => deputy: Actors<'a>, such as "omar",
        /// The day on which the right ends.
        "until" => until: Until,
        /// Why nobody needs to own the duty here.
        "not-applicable" => not_applicable: Ground<'a>, such as "internal tool",
        /// Free text.
        "note" => note: Text<'a>, such as "agreed in the review of May",
    }
}

record! {
    /// One of the company's own duties.
    OwnDutyRecord "a duty" {
        /// What is to be done.
        "meaning" required => meaning: Text<'a>, such as "Signs the yearly PCI statement",
        /// Where its decider is looked up.
        "level" => level: DutyLevel, else "product",
        /// Whether it is a gap if nobody owns it.
        "required" => required: bool, else false,
    }
}

record! {
    /// A risk taken knowingly: a finding that does not count.
    Accepted "an accepted risk" {
        /// The rule whose finding is accepted.
        "rule" required => rule: RuleName<'a>, such as "combined-role-unbounded",
        /// The subject of the finding: `products.ID`, `teams.ID`, `people.ID`, `backlogs.ID`, `openings.ID` or `organization`.
        "at" required => subject: SubjectName<'a>, such as "people.rosa",
        /// The duty of the finding, if only that one is accepted.
        "duty" => duty: DutyId<'a>, such as "backlog.order",
        /// Why it is accepted.
        "because" required => because: Reason<'a>, such as "A Product Owner for Billing starts in February",
        /// The person who accepts it.
        "by" => by: PersonId<'a>, such as "kim",
        /// The last day on which it is accepted.
        "until" => until: Day,
    }
}

record! {
    /// A holder of a seat for a limited time.
    Interim "the holder of a seat" {
        /// The holder's id.
        "person" required => person: PersonId<'a>, such as "lee",
        /// The last day, or `unknown`.
        "until" => until: Until,
    }
}

/// The version of the format; there is only [`FORMAT`].
#[derive(Clone, Copy, Debug)]
pub struct Format;

impl<'a> Read<'a> for Format {
    const SHAPE: Shape = Shape::Format;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let help = format!("Write `roleaudit: {FORMAT}`, or use a newer roleaudit.");
        match &node.kind {
            Kind::Scalar { text, .. } if *text == FORMAT.to_string() => Some(Format),
            Kind::Scalar { text, .. } => {
                reader.error(node.at, format!("format `{}` is not known to this roleaudit", hints::shortened(text)), help);
                None
            }
            _ => reader.wrong(&node, "the version of the format", help),
        }
    }
}

/// The goals of a company.
#[derive(Debug)]
pub enum Goals<'a> {
    /// They exist and are not told.
    Confidential,
    /// They are written down.
    Listed(List<Text<'a>>),
}

const CONFIDENTIAL: Word = Word { name: "confidential", meaning: "They exist and are not told." };

impl<'a> Read<'a> for Goals<'a> {
    const SHAPE: Shape = Shape::Either(&[Shape::List(&Shape::Text), Shape::Word(&[CONFIDENTIAL])]);

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, .. } if *text == *CONFIDENTIAL.name => Some(Goals::Confidential),
            _ => List::read(node, reader).map(Goals::Listed),
        }
    }
}

/// The developers of a team: who they are, or how many.
pub type Developers<'a> = Either<Count, Actors<'a>>;

impl<'a> Read<'a> for Developers<'a> {
    const SHAPE: Shape = Shape::Developers;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            // Whatever looks like a number was meant as one: `-3`, `4.5`.
            Kind::Scalar { text, .. }
                if text.starts_with(|c: char| c.is_ascii_digit() || c == '-') && text.parse::<f64>().is_ok() =>
            {
                Count::read(node, reader).map(Either::One)
            }
            _ => Actors::read(node, reader).map(Either::Other),
        }
    }
}

/// The duties that an opening shares: none, or these.
pub type Shares<'a> = Either<Nothing, List<DutyOrArea<'a>>>;

/// The word `none`: a stated absence.
#[derive(Clone, Copy, Debug)]
pub struct Nothing;

const NONE: Word = Word { name: "none", meaning: "It shares no decision." };

impl<'a> Read<'a> for Shares<'a> {
    const SHAPE: Shape = Shape::Either(&[Shape::List(&DutyOrArea::SHAPE), Shape::Word(&[NONE])]);

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, .. } if *text == *NONE.name => Some(Either::One(Nothing)),
            _ => List::read(node, reader).map(Either::Other),
        }
    }
}

/// A symptom that people observed: one of the catalogue's signals.
#[derive(Clone, Copy, Debug)]
pub struct Signal {
    /// The signal.
    pub signal: &'static catalogue::Signal,
    /// Where it stands.
    pub at: Span,
}

impl<'a> Read<'a> for Signal {
    const SHAPE: Shape = Shape::Signal;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let (name, at) = reader.text(node, "the name of a signal")?;
        if let Some(signal) = catalogue::signal(&name) {
            let Some(key) = signal.derived else { return Some(Signal { signal, at }) };
            reader.error(at, format!("`{name}` is a fact, not a symptom"), format!("Write {key}; the signal follows from it."));
            return None;
        }
        let recorded = catalogue::SIGNALS.iter().filter(|signal| signal.derived.is_none());
        let help = match reader.has_very_many() {
            false => hints::word_of_many(&name, recorded.map(|signal| signal.name)),
            true => "Write one of the signals that `roleaudit explain` knows.".to_owned(),
        };
        reader.error(at, format!("there is no signal `{}`", hints::shortened(&name)), help);
        None
    }
}

/// One of the company's own duties: its meaning alone, or a record.
#[derive(Debug)]
pub struct OwnDuty<'a> {
    /// What is to be done.
    pub meaning: Text<'a>,
    /// Where its decider is looked up.
    pub level: DutyLevel,
    /// Whether it is a gap if nobody owns it.
    pub required: bool,
}

impl<'a> Read<'a> for OwnDuty<'a> {
    const SHAPE: Shape = Shape::Either(&[Shape::Text, Shape::Record(&OwnDutyRecord::RECORD)]);
    const KEYS: Keys = Keys::OwnDuties;

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            Kind::Map { .. } => {
                let record = OwnDutyRecord::read(node, reader)?;
                Some(OwnDuty {
                    meaning: record.meaning?.value,
                    level: record.level.map_or(DutyLevel::Product, |level| level.value),
                    required: record.required.is_some_and(|required| required.value),
                })
            }
            _ => Text::read(node, reader).map(|meaning| OwnDuty { meaning, level: DutyLevel::Product, required: false }),
        }
    }
}

/// A right in its short form, which is who decides, or in its long one.
const RIGHT: Shape = Shape::Either(&[Shape::Actors, Shape::Record(&Right::RECORD)]);

/// What a map of responsibilities says of its duties and areas.
#[derive(Debug)]
pub struct Rights<'a> {
    /// A duty or `area.*`, where it stands, and the right; in the order of the file.
    pub entries: Vec<(std::borrow::Cow<'a, str>, Span, Right<'a>)>,
}

impl<'a> Read<'a> for Rights<'a> {
    const SHAPE: Shape = Shape::Rights(Reach::Everything, &RIGHT);

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        let Kind::Map { entries, flow } = node.kind else {
            let help = "Write one duty per line below it, such as `backlog.order: omar`.";
            return reader.wrong(&node, "a map from duties to who decides them", help);
        };
        let mut rights = Rights { entries: Vec::with_capacity(entries.len()) };
        let mut entries = entries.into_iter().peekable();
        while let Some(entry) = entries.next() {
            if value::is_ignored(&entry.key) {
                continue;
            }
            // Every duty has a dot in its name; a word without one was to stand beside the value before it.
            let is_word = |entry: &Entry<'a>| flow && read::is_bare(entry) && !entry.key.contains('.');
            let cut: Vec<Entry<'a>> = std::iter::from_fn(|| entries.next_if(is_word)).collect();
            reader.cut_by_commas(&entry, &cut, &Shape::Actors);
            if let Kind::Blank = entry.value.kind {
                reader.blank(&entry, &Shape::Actors);
                continue;
            }
            let Entry { key, key_at, value } = entry;
            rights.entries.extend(right(value, key_at, reader).map(|right| (key, key_at, right)));
        }
        Some(rights)
    }
}

/// The responsibilities of a team: those that are not decided once per product.
#[derive(Debug)]
pub struct TeamRights<'a>(pub Rights<'a>);

impl<'a> Read<'a> for TeamRights<'a> {
    const SHAPE: Shape = Shape::Rights(Reach::Team, &RIGHT);

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        Rights::read(node, reader).map(TeamRights)
    }
}

/// A right in its long form, or just who decides.
fn right<'a>(node: Node<'a>, key: Span, reader: &mut Reader) -> Option<Right<'a>> {
    if !matches!(node.kind, Kind::Map { .. }) {
        let at = node.at;
        let decides = Box::new(value::Given { key, value: Actors::read(node, reader)? });
        return Some(Right { decides: Some(decides), ..Right::empty(at) });
    }
    let right = Right::read(node, reader)?;
    if let (Some(reason), Some(decides)) = (&right.not_applicable, &right.decides) {
        let problem = Problem::new(
            reason.key,
            "a duty that is not applicable cannot be decided by anybody",
            "Keep `not-applicable` with its reason, or the right; not both.",
        );
        reader.errors.push(problem.label(decides.key, "it is decided here"));
    }
    Some(right)
}

/// An entry of `people`: a record, just the name, or nothing where the id is name enough.
#[derive(Debug)]
pub struct Member<'a>(pub Box<Person<'a>>);

impl<'a> Read<'a> for Member<'a> {
    const SHAPE: Shape = Shape::Either(&[Shape::Text, Person::SHAPE]);

    fn read(node: Node<'a>, reader: &mut Reader) -> Option<Self> {
        if matches!(node.kind, Kind::Map { .. }) {
            return Box::read(node, reader).map(Member);
        }
        let at = node.at;
        let name = Box::new(value::Given { key: at, value: Text::read(node, reader)? });
        Some(Member(Box::new(Person { name: Some(name), ..Person::empty(at) })))
    }

    fn blank(at: Span) -> Option<Self> {
        Person::blank(at).map(|person| Member(Box::new(person)))
    }
}

/// What one file holds, and what is to be said about it.
#[derive(Debug)]
pub struct Loaded<'a> {
    /// The document; none if a syntax error ended it or it is no map at all, and one for each stretch of a long file.
    pub documents: Vec<Document<'a>>,
    /// Whether everything could be read that declares ids.
    pub whole: bool,
    /// Input errors.
    pub errors: Vec<Problem>,
    /// Warnings.
    pub warnings: Vec<Problem>,
}

/// Reads one team file.
pub fn load(file: FileId, text: &str) -> Loaded<'_> {
    in_pieces(file, text).unwrap_or_else(|| as_a_whole(file, text))
}

fn as_a_whole(file: FileId, text: &str) -> Loaded<'_> {
    let yaml::Parsed { root, errors, warnings } = yaml::parse(file, text);
    let mut reader = Reader { errors, lost_ids: false };
    let document = root.and_then(|root| document(root, &mut reader));
    let whole = document.is_some() && !reader.lost_ids;
    Loaded { documents: Vec::from_iter(document), whole, errors: reader.errors, warnings }
}

/// Reads a team file of which there is nothing to say, which most are, without a tree of it; none if it is another one.
fn in_pieces(file: FileId, text: &str) -> Option<Loaded<'_>> {
    let drafts: Vec<Draft<'_>> = yaml::pieces(file, text)?;
    let documents = drafts.into_iter().map(|draft| draft.reader.errors.is_empty().then_some(draft.document));
    Some(Loaded { documents: documents.collect::<Option<_>>()?, whole: true, errors: Vec::new(), warnings: Vec::new() })
}

/// A document that is read piece by piece.
struct Draft<'a> {
    document: Document<'a>,
    reader: Reader,
}

impl<'a> Pieces<'a> for Draft<'a> {
    fn new(at: Span) -> Self {
        Draft { document: Document::empty(at), reader: Reader::default() }
    }

    fn is_section(key: &str) -> bool {
        Document::RECORD.key(key).is_some_and(|key| matches!(key.shape, Shape::Map(..)))
    }

    fn entry(&mut self, section: &yaml::Key<'a>, entry: Entry<'a>) {
        // Behind a mistake there is nothing to gain: the file is read as a whole then.
        if self.reader.errors.is_empty() {
            self.document.add(section, entry, &mut self.reader);
        }
    }

    fn key(&mut self, entry: Entry<'a>) {
        let root = Node { at: entry.key_at, kind: Kind::Map { entries: vec![entry], flow: false } };
        for entry in self.reader.record(root, &Document::RECORD).into_iter().flatten() {
            self.document.set(entry, &mut self.reader);
        }
    }
}

const FIRST_LINES: &str =
    "Begin with `roleaudit: 1`, then `people:`, `products:` and `teams:`; `roleaudit init` writes a starter file.";

fn document<'a>(root: Node<'a>, reader: &mut Reader) -> Option<Document<'a>> {
    match &root.kind {
        Kind::Blank => {
            reader.error(root.at, "this file is empty", FIRST_LINES);
            return None;
        }
        Kind::Map { .. } => {}
        _ => return reader.wrong(&root, "the keys of a team file", FIRST_LINES),
    }
    Document::read(root, reader)
}

pub(crate) const PERSON: Record = Person::RECORD;
pub(crate) const PRODUCT: Record = Product::RECORD;
pub(crate) const TEAM: Record = Team::RECORD;
pub(crate) const ORGANIZATION: Record = Organization::RECORD;
pub(crate) const OPENING: Record = Opening::RECORD;
