//! What of an organization is shown, product by product: the frame that answers and tables about rights share.

use crate::catalogue::{DutyIx, Level};
use crate::org::seats::HeldSeat;
use crate::org::{Actor, Answer, Few, Org, Origin, ProductIx, Subject, TeamIx, each_once};
use crate::redact::{Pseudonyms, Redact};
use rustc_hash::FxHashMap;
use smallvec::SmallVec;
use std::hash::Hash;

/// What the user asked to see; everything if both lists are empty. It limits what is shown, never what is read.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only what concerns these products.
    pub products: Vec<ProductIx>,
    /// Only what concerns these teams.
    pub teams: Vec<TeamIx>,
}

impl Filter {
    /// Whether everything is shown.
    pub fn is_empty(&self) -> bool {
        self.products.is_empty() && self.teams.is_empty()
    }

    /// Whether a subject has to do with the products and teams that the user asked for. The organization has to do with all of them.
    pub fn concerns(&self, subject: Subject, org: &Org<'_>) -> bool {
        let Filter { products, teams } = self;
        if self.is_empty() || subject == Subject::Organization {
            return true;
        }
        let reach = Reach::of(subject, org);
        reach.products.iter().any(|product| products.contains(product)) || reach.teams.iter().any(|team| teams.contains(team))
    }
}

/// The products and teams that a subject has to do with; each once, in the order in which they are met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The products.
    pub products: Few<ProductIx>,
    /// The teams.
    pub teams: Few<TeamIx>,
}

impl Reach {
    /// What a subject has to do with: a product with its teams, a team with its products, a person with those of the seats that the
    /// person holds. The organization has to do with none in particular.
    pub fn of(subject: Subject, org: &Org<'_>) -> Self {
        let (teams, own): (Few<TeamIx>, Few<ProductIx>) = match subject {
            Subject::Organization => Default::default(),
            Subject::Product(product) => {
                return Reach { products: Few::from_elem(product, 1), teams: org[product].teams.clone() };
            }
            Subject::Team(team) => (Few::from_elem(team, 1), Few::new()),
            Subject::Backlog(backlog) => (org[backlog].teams.clone(), org[backlog].products.clone()),
            Subject::Opening(opening) => (org[opening].teams.clone(), org[opening].products.clone()),
            Subject::Person(person) => {
                let seats = &org[person].seats;
                let of_team = |held: &HeldSeat| if let Subject::Team(team) = held.of { Some(team) } else { None };
                let products = seats.iter().flat_map(|held| org.products_of_seat(held)).copied();
                (seats.iter().filter_map(of_team).collect(), products.collect())
            }
        };
        let of_teams = teams.iter().flat_map(|team| &org[*team].products);
        let products = each_once(own.iter().chain(of_teams).copied(), |product| *product);
        Reach { products, teams: each_once(teams, |team| *team) }
    }
}

/// Where duties are looked up that are shown together.
#[derive(Debug)]
pub struct Section {
    /// What they belong to: a product, a team without one, or the organization.
    pub of: Subject,
    /// Where they are looked up: the product, its backlogs, its teams.
    pub subjects: Vec<Subject>,
}

/// All that is looked up in the audit and shown, each once: products first, then teams without a product, then the organization.
pub fn sections(org: &Org<'_>, filter: &Filter) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut known: FxHashMap<Subject, usize> = FxHashMap::default();
    for level in [Level::Product, Level::Backlog, Level::Team, Level::Organization] {
        for subject in org.subjects(level).filter(|subject| filter.concerns(*subject, org)) {
            let of = home(org, subject, &known);
            let at = *known.entry(of).or_insert_with(|| {
                sections.push(Section { of, subjects: Vec::new() });
                sections.len() - 1
            });
            sections[at].subjects.push(subject);
        }
    }
    sections
}

/// The first of a subject's products that is shown. What has none belongs to its team, and what has no team stands for itself.
fn home(org: &Org<'_>, subject: Subject, shown: &FxHashMap<Subject, usize>) -> Subject {
    let (products, teams): (&[ProductIx], &[TeamIx]) = match &subject {
        Subject::Backlog(backlog) => (&org[*backlog].products, &org[*backlog].teams),
        Subject::Team(team) => (&[], std::slice::from_ref(team)),
        _ => return subject,
    };
    let of_teams = teams.iter().flat_map(|team| &org[*team].products);
    let homes = products.iter().chain(of_teams).map(|product| Subject::Product(*product));
    let team = teams.first().map_or(subject, |team| Subject::Team(*team));
    homes.into_iter().find(|home| shown.contains_key(home)).unwrap_or(team)
}

/// What is shown of a place where duties are looked up, or of what it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is, in the organization.
    pub of: Subject,
    /// `products.ID` and the like.
    pub subject: String,
    /// What it is called in sentences: "the backlog of Checkout".
    pub name: String,
    /// What it is called where it is clear what it is: of a backlog, the name of its product or team.
    pub short: String,
    /// What kind of thing it is.
    pub kind: PlaceKind,
}

/// What duties are looked up for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A product.
    Product,
    /// A backlog.
    Backlog,
    /// A team.
    Team,
    /// The organization.
    Organization,
}

impl PlaceKind {
    /// What several of them are called.
    pub fn plural(self) -> &'static str {
        match self {
            PlaceKind::Product => "products",
            PlaceKind::Backlog => "backlogs",
            PlaceKind::Team => "teams",
            PlaceKind::Organization => "organizations",
        }
    }
}

impl Place {
    /// What is shown of a subject that duties are looked up for.
    pub fn of(org: &Org<'_>, subject: Subject) -> Self {
        let (kind, named) = match subject {
            Subject::Backlog(backlog) => {
                let named = match org[backlog].origin {
                    Origin::Product(product) => Some(Subject::Product(product)),
                    Origin::Team(team) => Some(Subject::Team(team)),
                    Origin::Entry => None,
                };
                (PlaceKind::Backlog, named)
            }
            Subject::Team(_) => (PlaceKind::Team, Some(subject)),
            Subject::Product(_) => (PlaceKind::Product, Some(subject)),
            Subject::Organization | Subject::Person(_) | Subject::Opening(_) => (PlaceKind::Organization, Some(subject)),
        };
        let path = org.path(subject);
        let id = path.split_once('.').map_or(path.as_str(), |(_, id)| id);
        let short = named.map_or_else(|| id.to_owned(), |named| org.title(named).into_owned());
        Place { of: subject, name: org.title(subject).into_owned(), short, subject: path, kind }
    }

    /// The id behind the first dot of the path.
    pub fn id(&self) -> &str {
        self.subject.split_once('.').map_or(&self.subject, |(_, id)| id)
    }
}

impl Redact for Place {
    fn redact(&mut self, names: &Pseudonyms) {
        names.texts([&mut self.subject, &mut self.name, &mut self.short]);
    }
}

/// Someone who is named in an answer or a table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The full name, else the id.
    pub name: String,
    /// The name; where several have it, with the id.
    pub label: String,
    /// What kind of actor it is.
    pub kind: ActorKind,
}

impl Named {
    /// Whoever develops, where they decide and no team is there yet.
    pub fn developers() -> Self {
        let [id, name, label] = ["developers", "the developers", "the developers"].map(str::to_owned);
        Named { id, name, label, kind: ActorKind::Team }
    }
}

/// What kind of actor holds a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ActorKind {
    /// One person.
    Person,
    /// Several people under one name.
    Group,
    /// A team as one actor.
    Team,
}

impl Redact for Named {
    fn redact(&mut self, names: &Pseudonyms) {
        if self.kind == ActorKind::Team {
            names.texts([&mut self.id, &mut self.name, &mut self.label]);
        } else {
            // Of several with one name, only the id tells who it is.
            self.id = names.text(&self.id);
            self.name.clone_from(&self.id);
            self.label.clone_from(&self.id);
        }
    }
}

/// What those who act are called.
impl Org<'_> {
    /// One of the people, groups and teams.
    pub fn named(&self, actor: Actor) -> Named {
        let kind = match actor {
            Actor::Team(_) => ActorKind::Team,
            Actor::Person(person) if self[person].is_group() => ActorKind::Group,
            Actor::Person(_) => ActorKind::Person,
        };
        let [id, name, label] = [self.actor_id(actor), self.full_name(actor), self.name(actor)].map(str::to_owned);
        Named { id, name, label, kind }
    }

    /// Several of them.
    pub fn all_named(&self, actors: impl IntoIterator<Item = Actor>) -> Vec<Named> {
        actors.into_iter().map(|actor| self.named(actor)).collect()
    }

    /// Those who decide a duty where it is looked up, by record or by fact; `developers` also where no team is there yet.
    pub fn deciders_named(&self, duty: DutyIx, subject: Subject) -> Vec<Named> {
        let owners = self.owners_of(duty, subject);
        match &self.decision(duty, subject).answer {
            Answer::Decided(_) if owners.is_empty() => vec![Named::developers()],
            _ => self.all_named(owners),
        }
    }
}

/// Items with the same key together, in the order of the first of each. Nearly always the keys are few and are compared as they are.
pub fn alike<T, K: Eq + Hash>(items: impl IntoIterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<Vec<T>> {
    const FEW: usize = 16;
    let mut groups: Vec<Vec<T>> = Vec::new();
    let mut first: SmallVec<[K; 4]> = SmallVec::new();
    let mut others: FxHashMap<K, usize> = FxHashMap::default();
    for item in items {
        let key = key(&item);
        let known = first.iter().position(|known| *known == key).or_else(|| others.get(&key).copied());
        match known.and_then(|at| groups.get_mut(at)) {
            Some(group) => group.push(item),
            None => {
                if first.len() < FEW {
                    first.push(key);
                } else {
                    others.insert(key, groups.len());
                }
                groups.push(vec![item]);
            }
        }
    }
    groups
}

/// Some of several places for a table or a sentence: "Payments, Search, Risk and 4 more".
pub fn some_of(names: &[&str]) -> String {
    const NAMED: usize = 3;
    crate::org::some_joined(names, NAMED)
}
