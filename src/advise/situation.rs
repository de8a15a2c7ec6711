//! What the decision table asks about a product: who is there, whether its strategy is recorded, and which signals speak for what.

use crate::catalogue::{SignalIx, duties, signals};
use crate::document::{Basis, Gap, MetricKind};
use crate::org::load::MOST_OF_THE_WEEK;
use crate::org::model::{Model, STRATEGY_CORE};
use crate::org::seats::SeatKind;
use crate::org::signals::Observed;
use crate::org::{Decision, Opening, Org, PersonIx, ProductIx, Subject};
use crate::settings::Numbers;
use crate::source::Span;
use rustc_hash::FxHashMap;

/// Signals that the direction of a product is missing (section 7 of the rules).
pub const DIRECTION: [SignalIx; 15] = [
    signals::CUSTOMER_NEEDS_UNCLEAR,
    signals::NO_SHARED_VIEW_OF_PROBLEMS,
    signals::DECISIONS_SCATTERED,
    signals::ROADMAP_UNCLEAR,
    signals::LEADERSHIP_DECIDES,
    signals::RESEARCH_INCONSISTENT,
    signals::DRIVEN_BY_REQUESTS,
    signals::ENGINEERING_LACKS_CONTEXT,
    signals::ENTERING_NEW_MARKET,
    signals::METRICS_UNOWNED,
    signals::RESULTS_UNCLEAR,
    signals::GOALS_LINK_UNCLEAR,
    signals::SUCCESS_UNDEFINED,
    signals::GAP_CUSTOMER_DISCOVERY,
    signals::GAP_ROADMAP_OWNERSHIP,
];

/// Signals that delivery lacks clarity.
pub const DELIVERY: [SignalIx; 13] = [
    signals::BACKLOG_UNCLEAR,
    signals::DEVELOPERS_WAIT,
    signals::SPRINT_PRIORITIES_CHANGE,
    signals::STAKEHOLDERS_COMPETE,
    signals::MANAGER_BUSY_WITH_TICKETS,
    signals::ITEMS_NOT_READY,
    signals::DAILY_WORK_UNLINKED_TO_GOAL,
    signals::DECISIONS_SLOW,
    signals::NO_EMPOWERED_OWNER,
    signals::NEXT_ITEM_UNCLEAR,
    signals::DAILY_DECISIONS_NEEDED,
    signals::GAP_FASTER_ANSWERS,
    signals::GAP_BACKLOG_TIME,
];

/// What makes a product more than one person can carry: the signals that both roles may be needed (D4-223 to D4-231).
pub const LOAD: [SignalIx; 9] = [
    signals::SEVERAL_SQUADS,
    signals::COMPLEX_DEPENDENCIES,
    signals::MANY_SEGMENTS,
    signals::DISCOVERY_NEEDS_REGULAR_ATTENTION,
    signals::BACKLOG_CHANGES_QUICKLY,
    signals::FREQUENT_RELEASES,
    signals::REGULATED,
    signals::STAKEHOLDERS_UNINFORMED,
    signals::MANAGER_OVERWHELMED,
];

/// The warning signs of a combined role (D4-167 to D4-173).
pub const WARNINGS: [SignalIx; 7] = [
    signals::INTERVIEWS_POSTPONED,
    signals::ROADMAP_REACTIVE,
    signals::REFINEMENT_FILLS_WEEK,
    signals::DEVELOPERS_WAIT,
    signals::TEAMS_COMPETE_FOR_PERSON,
    signals::PRIORITIES_INCONSISTENT,
    signals::METRICS_UNOWNED,
];

/// Grounds of a roadmap that are no strategy (D4-310).
const WEAK_GROUNDS: [Basis; 2] = [Basis::Requests, Basis::ExecutivePreference];

/// Who holds the seats of product manager and product owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Nobody holds either.
    Nobody,
    /// Nobody holds either, and a founder owns the strategy core.
    Founder,
    /// The seat of the product manager is held.
    Manager,
    /// The seat of the product owner is held.
    Owner,
    /// Different people hold them.
    Both,
    /// One person holds both.
    Combined,
}

/// Whether the role of an opening is defined: what it decides and shares, who gives input, who has the final call, what is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mandate {
    /// There is no opening.
    NoOpening,
    /// Every opening has one, and names the gap that it closes.
    Complete,
    /// An opening lacks a part.
    Incomplete,
}

/// What the decision table knows about a product.
#[derive(Clone, Debug)]
pub struct Situation {
    /// The product.
    pub product: ProductIx,
    /// Who is there.
    pub held: Held,
    /// What is missing of a recorded and owned strategy; nothing if it is there.
    pub missing_strategy: Vec<&'static str>,
    /// The signals of missing direction, each once, in the order of the table.
    pub direction: Vec<Observed>,
    /// The signals of unclear delivery.
    pub delivery: Vec<Observed>,
    /// Whether there are as many of them as a hire takes by this tool's threshold.
    pub delivery_is_grave: bool,
    /// What makes the product more than one person can carry.
    pub load: Vec<Observed>,
    /// The warning signs of a combined role.
    pub warnings: Vec<Observed>,
    /// What asks for coordination; nothing if somebody provides it already.
    pub uncoordinated: Option<Span>,
    /// Whether a team of the product uses Scrum.
    pub scrum: bool,
    /// Whether somebody observed strong delivery leadership.
    pub strong_delivery: bool,
    /// Whether the organization is in its first stage.
    pub startup: bool,
    /// How many teams work on the product; of a combined person, how many that person serves, if more.
    pub teams: usize,
    /// How many products the combined person serves; else how many the organization has.
    pub products: usize,
    /// Whether the openings are defined.
    pub mandate: Mandate,
}

impl Situation {
    /// The situation of every product, audited or not, in the order of the files.
    pub fn all(org: &Org<'_>, numbers: &Numbers) -> Vec<Self> {
        let mut around = Around { products: org.audited_products().count(), served: FxHashMap::default() };
        org.products().map(|(product, _)| Situation::of(org, product, numbers, &mut around)).collect()
    }

    fn of(org: &Org<'_>, product: ProductIx, numbers: &Numbers, around: &mut Around) -> Self {
        let all = all_signals(org, product, numbers);
        let among = |list: &[SignalIx]| -> Vec<Observed> {
            list.iter().filter_map(|wanted| all.iter().find(|observed| observed.signal == *wanted)).copied().collect()
        };
        let mut warnings = among(&WARNINGS);
        for sign in warning_facts(org, product, numbers) {
            if warnings.iter().all(|known| known.signal != sign.signal) {
                warnings.push(sign);
            }
        }
        let own_teams = org.built_teams(&org[product].teams).count();
        let combined = org.combined_people(product).into_iter().map(|person| around.served(org, person));
        let served = combined.fold((own_teams, 0), |most, served| (most.0.max(served.0), most.1.max(served.1)));
        let delivery = among(&DELIVERY);
        Situation {
            product,
            held: held(org, product),
            missing_strategy: missing_strategy(org, product),
            direction: among(&DIRECTION),
            delivery_is_grave: delivery.len() >= numbers.hire_threshold as usize,
            delivery,
            load: among(&LOAD),
            warnings,
            uncoordinated: uncoordinated(org, product),
            scrum: uses_scrum(org, product),
            strong_delivery: org.observed(product, signals::STRONG_DELIVERY_LEADERSHIP).is_some(),
            startup: org.is_startup(),
            teams: served.0,
            products: if served.1 > 0 { served.1 } else { around.products },
            mandate: mandate(org, product),
        }
    }

    /// Whether the strategy is recorded and owned.
    pub fn has_strategy(&self) -> bool {
        self.missing_strategy.is_empty()
    }

    /// Warning signs and load factors together, each signal once.
    pub fn strain(&self) -> Vec<Observed> {
        self.warnings.iter().chain(&self.load).copied().collect()
    }
}

/// What the situations of all products share, so that it is counted once.
struct Around {
    /// How many products are audited.
    products: usize,
    /// How many teams and products each combined person serves.
    served: FxHashMap<PersonIx, (usize, usize)>,
}

impl Around {
    fn served(&mut self, org: &Org<'_>, person: PersonIx) -> (usize, usize) {
        *self.served.entry(person).or_insert_with(|| {
            let load = org.load(person, &COMBINED);
            (load.teams, load.products.len())
        })
    }
}

/// The two seats of a combined person.
pub const COMBINED: [SeatKind; 2] = [SeatKind::ProductManager, SeatKind::ProductOwner];

fn held(org: &Org<'_>, product: ProductIx) -> Held {
    let has_manager = !org.managers(product).is_empty();
    let has_owner = !org.seated(product, SeatKind::ProductOwner).is_empty();
    match (org.model(product), has_manager, has_owner) {
        (Model::Combined, ..) => Held::Combined,
        (_, true, true) => Held::Both,
        (_, true, false) => Held::Manager,
        (_, false, true) => Held::Owner,
        (Model::FounderLed, false, false) => Held::Founder,
        (_, false, false) => Held::Nobody,
    }
}

/// Whether the roadmap rests on requests and the wishes of executives alone (D4-310).
pub fn has_weak_roadmap(org: &Org<'_>, product: ProductIx) -> bool {
    let roadmap = org[product].facts.roadmap.as_ref();
    let basis = roadmap.and_then(|roadmap| roadmap.value.basis.as_ref()).map(|basis| &basis.value.items);
    basis.is_some_and(|basis| !basis.is_empty() && basis.iter().all(|ground| WEAK_GROUNDS.contains(ground)))
}

/// What question 2 of document 004 asks for and the file does not hold (D4-312).
fn missing_strategy(org: &Org<'_>, product: ProductIx) -> Vec<&'static str> {
    let facts = &org[product].facts;
    let core = STRATEGY_CORE.iter().map(|duty| org.decision(*duty, Subject::Product(product)));
    let checks = [
        ("a definition", facts.definition.is_none()),
        ("customers or segments", facts.customers.is_none() && facts.segments.is_none()),
        ("a goal", facts.goal.is_none()),
        ("an outcome metric", !org.has_metric(product, MetricKind::Outcome)),
        ("owners of the strategy core", core.into_iter().any(Decision::is_unowned)),
        ("a roadmap based on more than requests and preferences", has_weak_roadmap(org, product)),
    ];
    checks.into_iter().filter(|(_, is_missing)| *is_missing).map(|(part, _)| part).collect()
}

/// The signals that count for a product: those that were recorded, then those that follow from other facts.
fn all_signals(org: &Org<'_>, product: ProductIx, numbers: &Numbers) -> Vec<Observed> {
    let mut all = org[product].signals.clone();
    for derived in derived_signals(org, product, numbers) {
        if all.iter().all(|known| known.signal != derived.signal) {
            all.push(derived);
        }
    }
    all
}

fn derived_signals(org: &Org<'_>, product: ProductIx, numbers: &Numbers) -> Vec<Observed> {
    let on = Subject::Product(product);
    let facts = &org[product].facts;
    let place = org.place(on);
    let said = |given: &crate::document::value::Said<bool>| given.as_ref().filter(|given| given.value).map(|given| given.key);
    let segments = facts.segments.as_ref().filter(|list| list.value.items.len() >= numbers.many_segments as usize);
    let releases = facts.releases_every.as_ref().filter(|every| every.value.days() <= numbers.frequent_release_days);
    let (outside, decided) = org.decided_outside(product);
    let facts = [
        (signals::COMPLEX_DEPENDENCIES, said(&facts.complex_dependencies)),
        (signals::REGULATED, said(&facts.regulated)),
        (signals::ENTERING_NEW_MARKET, said(&facts.new_market)),
        (signals::MANY_SEGMENTS, segments.map(|segments| segments.key)),
        (signals::FREQUENT_RELEASES, releases.map(|every| every.key)),
        (signals::SEVERAL_SQUADS, (org.built_teams(&org[product].teams).count() >= 2).then_some(place)),
        (signals::LEADERSHIP_DECIDES, (outside * 2 > decided).then_some(place)),
    ];
    let of_facts = facts.into_iter().filter_map(|(signal, at)| Some(Observed { signal, at: at?, on }));
    of_facts.chain(gaps_of_openings(org, product)).collect()
}

fn gaps_of_openings(org: &Org<'_>, product: ProductIx) -> impl Iterator<Item = Observed> {
    org.openings_of(product).flat_map(move |(position, opening)| {
        let gaps = opening.facts.gap.iter().flat_map(|gaps| gaps.value.items.iter().map(move |gap| (gap, gaps.key)));
        gaps.map(move |(gap, at)| Observed { signal: signal_of_gap(*gap), at, on: Subject::Opening(position) })
    })
}

fn signal_of_gap(gap: Gap) -> SignalIx {
    match gap {
        Gap::CustomerDiscovery => signals::GAP_CUSTOMER_DISCOVERY,
        Gap::RoadmapOwnership => signals::GAP_ROADMAP_OWNERSHIP,
        Gap::FasterAnswers => signals::GAP_FASTER_ANSWERS,
        Gap::BacklogTime => signals::GAP_BACKLOG_TIME,
        Gap::LaunchCoordination => signals::GAP_LAUNCH_COORDINATION,
    }
}

/// Facts that are warning signs of a combined role by themselves: a week filled by the backlog, customers not seen for twice the
/// limit, answers later than the limit, a metric without owner (the checks of D4-167 to D4-173). Where nobody has that role, they
/// warn of nothing.
fn warning_facts(org: &Org<'_>, product: ProductIx, numbers: &Numbers) -> Vec<Observed> {
    let people = org.combined_people(product);
    let mut signs = Vec::new();
    if people.is_empty() {
        return signs;
    }
    for person in people {
        let on = Subject::Person(person);
        signs.extend(postponed(org, person, numbers).map(|at| Observed { signal: signals::INTERVIEWS_POSTPONED, at, on }));
        let backlog = org[person].facts.time.as_ref().and_then(|time| time.value.backlog.as_ref());
        let most = backlog.filter(|share| share.value.0 > MOST_OF_THE_WEEK).map(|share| share.key);
        signs.extend(most.map(|at| Observed { signal: signals::REFINEMENT_FILLS_WEEK, at, on }));
    }
    for team in org[product].teams.iter().copied() {
        let late = org[team].facts.answers_within.as_ref().filter(|within| within.value.hours() > numbers.max_answer_hours);
        let on = Subject::Team(team);
        signs.extend(late.map(|within| Observed { signal: signals::DEVELOPERS_WAIT, at: within.key, on }));
    }
    let unowned = org.metrics(product).find(|metric| metric.owner.is_none());
    let at = unowned.and_then(|metric| metric.facts.name.as_ref()).map(|name| name.value.at);
    signs.extend(at.map(|at| Observed { signal: signals::METRICS_UNOWNED, at, on: Subject::Product(product) }));
    signs
}

/// Where the last talk with a customer stands, if it lies further back than twice the limit.
fn postponed(org: &Org<'_>, person: PersonIx, numbers: &Numbers) -> Option<Span> {
    let last = org[person].facts.last_customer_contact.as_ref()?;
    (org.days_since(last.value) > i64::from(2 * numbers.customer_contact_days)).then_some(last.key)
}

/// What asks for coordination, where nobody provides it: an opening for it, dependencies across teams, or governance.
fn uncoordinated(org: &Org<'_>, product: ProductIx) -> Option<Span> {
    let facts = &org[product].facts;
    let governance = facts.governance_required.as_ref().filter(|given| given.value).map(|given| given.key);
    let has_teams = org.built_teams(&org[product].teams).count() >= 2;
    let dependencies = facts.complex_dependencies.as_ref().filter(|given| given.value && has_teams).map(|given| given.key);
    let opening = gaps_of_openings(org, product).find(|gap| gap.signal == signals::GAP_LAUNCH_COORDINATION).map(|gap| gap.at);
    let is_owned = !org.owners_of(duties::PROGRAM_COORDINATION, Subject::Product(product)).is_empty();
    let has_coordinator = is_owned || !org.seated(product, SeatKind::ProjectManager).is_empty();
    let has_mechanism = facts.coordination.is_some() && governance.is_none();
    governance.or(dependencies).or(opening).filter(|_| !has_coordinator && !has_mechanism)
}

fn uses_scrum(org: &Org<'_>, product: ProductIx) -> bool {
    let teams = &org[product].teams;
    let of_organization = || org.facts.scrum.as_ref().is_some_and(|scrum| scrum.value);
    if teams.is_empty() { of_organization() } else { teams.iter().any(|team| org.uses_scrum(*team) == Some(true)) }
}

fn mandate(org: &Org<'_>, product: ProductIx) -> Mandate {
    let mut openings = org.openings_of(product).peekable();
    if openings.peek().is_none() {
        Mandate::NoOpening
    } else if openings.all(|(_, opening)| is_defined(opening)) {
        Mandate::Complete
    } else {
        Mandate::Incomplete
    }
}

/// Whether an opening says what question 5 of document 004 asks, and which gap it closes (D4-322 to D4-328).
fn is_defined(opening: &Opening<'_>) -> bool {
    let facts = &opening.facts;
    facts.gap.is_some()
        && facts.decides.is_some()
        && facts.shares.is_some()
        && facts.input.is_some()
        && facts.final_call.is_some()
        && facts.measures.is_some()
}
