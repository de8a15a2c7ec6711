//! Which of the documents' models a product follows. It is derived from seats and rights, never declared.

use super::decide::Few;
use super::seats::SeatKind;
use super::{Actor, Answer, Org, PersonIx, ProductIx, Subject, Who, each_once};
use crate::catalogue::{DutyIx, duties};
use crate::document::Position;
use std::collections::BTreeMap;

/// The duties that make up the strategy of a product; who decides them all leads it.
pub const STRATEGY_CORE: [DutyIx; 3] = [duties::STRATEGY_VISION, duties::STRATEGY_PRODUCT, duties::STRATEGY_OPPORTUNITIES];

/// A model of the documents (section 6 of the rules); the first that fits holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Model {
    /// One person holds the seats of product manager and product owner (D4-005).
    Combined,
    /// Product manager and product owner are different people (D0-014).
    Split,
    /// A founder owns the strategy.
    FounderLed,
    /// The product owner owns the strategy, and there is no product manager.
    StrongOwner,
    /// There is a product owner; the strategy is unowned, or owned by someone without a product seat.
    OwnerOnly,
    /// There is a product manager and no product owner.
    ManagerOnly,
    /// Nobody holds either seat.
    Nobody,
}

/// What comes on top of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Overlay {
    /// The product manager leads people, and decides nothing else.
    PeopleManagingManager,
    /// Two or more teams work on the product.
    Scaled,
    /// A project manager owns its coordination.
    ProjectManager,
    /// Someone holds the seat of the product marketing manager.
    ProductMarketing,
    /// The order of a backlog is set by somebody on behalf of its owner.
    DelegatedOrdering,
}

impl Model {
    /// The models, in the order in which they are tried.
    pub const ALL: [Model; 7] = [
        Model::Combined,
        Model::Split,
        Model::FounderLed,
        Model::StrongOwner,
        Model::OwnerOnly,
        Model::ManagerOnly,
        Model::Nobody,
    ];

    /// The word in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Model::Combined => "combined",
            Model::Split => "split",
            Model::FounderLed => "founder-led",
            Model::StrongOwner => "strong-owner",
            Model::OwnerOnly => "owner-only",
            Model::ManagerOnly => "manager-only",
            Model::Nobody => "nobody",
        }
    }
}

impl Overlay {
    /// The overlays, in the order in which they are shown.
    pub const ALL: [Overlay; 5] = [
        Overlay::PeopleManagingManager,
        Overlay::Scaled,
        Overlay::ProjectManager,
        Overlay::ProductMarketing,
        Overlay::DelegatedOrdering,
    ];

    /// The word in outputs.
    pub fn word(self) -> &'static str {
        match self {
            Overlay::PeopleManagingManager => "people-managing-manager",
            Overlay::Scaled => "scaled",
            Overlay::ProjectManager => "project-manager",
            Overlay::ProductMarketing => "product-marketing",
            Overlay::DelegatedOrdering => "delegated-ordering",
        }
    }
}

/// Who holds the seats of a product and of its teams. Nearly every rule asks, so it is found once.
#[derive(Clone, Debug)]
pub struct Roles {
    /// The holders of each kind of seat, in the order of [`SeatKind::ALL`].
    seated: [Few<PersonIx>; SeatKind::ALL.len()],
    /// The product managers who do more than lead people.
    managers: Few<PersonIx>,
    /// Managers, owners and marketing managers.
    people: Few<PersonIx>,
    /// Those who are manager and owner.
    combined: Few<PersonIx>,
    model: Model,
}

impl Default for Roles {
    /// Nobody holds a seat.
    fn default() -> Self {
        let (seated, managers, people, combined) = Default::default();
        Roles { seated, managers, people, combined, model: Model::Nobody }
    }
}

impl Roles {
    /// Finds the roles of a product in an organization that is linked but for them.
    pub(super) fn of(org: &Org<'_>, product: ProductIx) -> Self {
        let seated = SeatKind::ALL.map(|kind| holders(org, product, kind));
        let owners = &seated[SeatKind::ProductOwner as usize];
        let mut managers = seated[SeatKind::ProductManager as usize].clone();
        managers.retain(|person| !org.only_leads_people(*person, product));
        let marketers = &seated[SeatKind::ProductMarketingManager as usize];
        let people = each_once(managers.iter().chain(owners).chain(marketers).copied(), |person| *person);
        let combined = managers.iter().copied().filter(|person| owners.contains(person)).collect();
        let model = org.derived_model(product, &managers, owners);
        Roles { seated, managers, people, combined, model }
    }
}

/// The people who hold a seat; each once, groups and teams left out.
fn holders(org: &Org<'_>, product: ProductIx, kind: SeatKind) -> Few<PersonIx> {
    let holders = org.seats_of_product(product, kind).flat_map(|seat| &seat.holders);
    let people = holders.filter_map(|holder| holder.actor.person()).filter(|person| !org[*person].is_group());
    each_once(people, |person| *person)
}

impl Org<'_> {
    /// The people who hold a seat of a product or of its teams; each once, groups and teams left out.
    pub fn seated(&self, product: ProductIx, kind: SeatKind) -> Few<PersonIx> {
        self[product].roles.seated[kind as usize].clone()
    }

    /// The product managers of a product, without those who only lead people.
    pub fn managers(&self, product: ProductIx) -> Few<PersonIx> {
        self[product].roles.managers.clone()
    }

    /// Those who hold the seat of a product manager and only lead people.
    pub fn people_managers(&self, product: ProductIx) -> Few<PersonIx> {
        let mut managers = self.seated(product, SeatKind::ProductManager);
        managers.retain(|person| !self[product].roles.managers.contains(person));
        managers
    }

    /// The only one among a product's people, if there is just one.
    pub fn only_product_person(&self, product: ProductIx) -> Option<PersonIx> {
        match self[product].roles.people.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The people whose scope is the product: its managers, owners and marketing managers, each once.
    pub fn product_people(&self, product: ProductIx) -> Few<PersonIx> {
        self[product].roles.people.clone()
    }

    /// Whether a manager's only recorded duty is to lead the product people, so that the product is led by somebody else.
    fn only_leads_people(&self, person: PersonIx, product: ProductIx) -> bool {
        let by_seat = |record: &super::RecordIx| {
            let decides = self[*record].decides.iter().flat_map(|decides| &decides.named);
            decides.into_iter().any(|party| party.who == Who::Seat(SeatKind::ProductManager))
        };
        self[person].only_leads_people && !self[product].rights.iter().chain(&self.rights).any(|(_, record)| by_seat(record))
    }

    /// Those who hold the seats of product manager and product owner of one product.
    pub fn combined_people(&self, product: ProductIx) -> Few<PersonIx> {
        self[product].roles.combined.clone()
    }

    /// Everybody who holds the seats of product manager and product owner of one audited product, each with all such products.
    pub fn combined(&self) -> BTreeMap<PersonIx, Vec<ProductIx>> {
        let mut combined: BTreeMap<PersonIx, Vec<ProductIx>> = BTreeMap::new();
        for (product, _) in self.audited_products() {
            for person in self.combined_people(product) {
                combined.entry(person).or_default().push(product);
            }
        }
        combined
    }

    /// The model that a product follows.
    pub fn model(&self, product: ProductIx) -> Model {
        self[product].roles.model
    }

    fn derived_model(&self, product: ProductIx, managers: &[PersonIx], owners: &[PersonIx]) -> Model {
        let leads = |person: PersonIx| self.owns_strategy_core(person, product);
        let is_founder = |person: PersonIx| self[person].position() == Some(Position::Founder);
        if managers.iter().any(|manager| owners.contains(manager)) {
            Model::Combined
        } else if !managers.is_empty() && !owners.is_empty() {
            Model::Split
        } else if self.strategists(product).any(|person| is_founder(person) && leads(person)) {
            Model::FounderLed
        } else if managers.is_empty() && owners.iter().any(|owner| leads(*owner)) {
            Model::StrongOwner
        } else if !owners.is_empty() {
            Model::OwnerOnly
        } else if !managers.is_empty() {
            Model::ManagerOnly
        } else {
            Model::Nobody
        }
    }

    /// The people who decide any part of a product's strategy core.
    fn strategists(&self, product: ProductIx) -> impl Iterator<Item = PersonIx> {
        let decided = STRATEGY_CORE.into_iter().flat_map(move |duty| self.decision(duty, Subject::Product(product)).deciders());
        decided.filter_map(|decider| decider.actor.person())
    }

    /// Whether a person decides every part of the strategy core that applies to a product.
    pub fn owns_strategy_core(&self, person: PersonIx, product: ProductIx) -> bool {
        let core = STRATEGY_CORE.map(|duty| self.decision(duty, Subject::Product(product)));
        let mut applicable = core.iter().filter(|decision| decision.answer != Answer::NotApplicable).peekable();
        applicable.peek().is_some() && applicable.all(|decision| decision.is_decided_by(Actor::Person(person)))
    }

    /// What comes on top of a product's model.
    pub fn overlays(&self, product: ProductIx) -> Vec<Overlay> {
        let coordination = self.decision(duties::PROGRAM_COORDINATION, Subject::Product(product));
        let project_managers = self.seated(product, SeatKind::ProjectManager);
        let is_coordinated = project_managers.iter().any(|person| coordination.is_decided_by(Actor::Person(*person)));
        let is_delegated = |backlog| !self.delegates(backlog).is_empty() && !self.owners(backlog).is_empty();
        let facts = [
            (Overlay::PeopleManagingManager, !self.people_managers(product).is_empty()),
            (Overlay::Scaled, self.built_teams(&self[product].teams).count() >= 2),
            (Overlay::ProjectManager, is_coordinated),
            (Overlay::ProductMarketing, !self.seated(product, SeatKind::ProductMarketingManager).is_empty()),
            (Overlay::DelegatedOrdering, self.real_backlogs(product).any(is_delegated)),
        ];
        facts.into_iter().filter(|(_, holds)| *holds).map(|(overlay, _)| overlay).collect()
    }
}
