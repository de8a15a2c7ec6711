//! The document for a reorganization review: all that the tool knows of an organization, the most useful first.
//!
//! A review is a list of parts, each of which another module has made or one of the files below. It holds only the parts that were
//! asked for, in the order of [`Topic::ALL`].

pub mod actions;
pub mod cards;
pub mod changes;
pub mod chart;
pub mod findings;
pub mod models;
pub mod sources;
pub mod summary;

use crate::advise::{self, AdviceReport};
use crate::diff::{Diff, Shift};
use crate::matrix::{self, Matrix};
use crate::org::{Few, Org, PersonIx, ProductIx, Subject, TeamIx, repeated};
use crate::parallel;
use crate::redact::{Pseudonyms, Redact};
use crate::report::Report;
use crate::sections::{Filter, Reach};
use crate::settings::Numbers;
use crate::who::Query;
use crate::who::alone::{self, AloneReport};
use crate::who::duty::{self, DutyReport};
use actions::Actions;
use cards::Card;
use changes::Changes;
use chart::Chart;
use findings::{Chapter, Concern};
use models::ModelOf;
use rustc_hash::{FxHashMap, FxHashSet};
use sources::Quoted;
use summary::Summary;

/// What a part of the document is about, in the order of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// The state of things in one sentence, and the questions to settle.
    Summary,
    /// What changes from an earlier version.
    Changes,
    /// Who decides the seven rights that every team should know (D4-239 to D4-245).
    Rights,
    /// What was found, by product and team.
    Findings,
    /// Duties × people.
    Matrix,
    /// A card for each person.
    People,
    /// The model that each product follows.
    Models,
    /// Which role to hire.
    Hiring,
    /// What falls vacant if one person is away.
    Absence,
    /// The risks that were taken knowingly.
    Accepted,
    /// Products, teams and seats as a drawing.
    Chart,
    /// What to write, as a checklist.
    Actions,
    /// The passages that were cited, and their documents.
    Sources,
}

impl Topic {
    /// All topics, in the order of the document.
    pub const ALL: [Topic; 13] = [
        Topic::Summary,
        Topic::Changes,
        Topic::Rights,
        Topic::Findings,
        Topic::Matrix,
        Topic::People,
        Topic::Models,
        Topic::Hiring,
        Topic::Absence,
        Topic::Accepted,
        Topic::Chart,
        Topic::Actions,
        Topic::Sources,
    ];

    /// What a page of findings alone holds.
    pub const OF_FINDINGS: [Topic; 4] = [Topic::Summary, Topic::Findings, Topic::Accepted, Topic::Sources];

    /// The word that users write.
    pub fn word(self) -> &'static str {
        match self {
            Topic::Summary => "summary",
            Topic::Changes => "changes",
            Topic::Rights => "rights",
            Topic::Findings => "findings",
            Topic::Matrix => "matrix",
            Topic::People => "people",
            Topic::Models => "models",
            Topic::Hiring => "hiring",
            Topic::Absence => "absence",
            Topic::Accepted => "accepted",
            Topic::Chart => "chart",
            Topic::Actions => "actions",
            Topic::Sources => "sources",
        }
    }

    /// The heading in the document.
    pub fn heading(self) -> &'static str {
        match self {
            Topic::Summary => "What to settle",
            Topic::Changes => "What changes",
            Topic::Rights => "The seven key decisions",
            Topic::Findings => "Findings",
            Topic::Matrix => "Who does what",
            Topic::People => "People",
            Topic::Models => "How the roles are divided",
            Topic::Hiring => "Whom to hire",
            Topic::Absence => "If one person is away",
            Topic::Accepted => "Accepted risks",
            Topic::Chart => "Products, teams and seats",
            Topic::Actions => "Checklist",
            Topic::Sources => "Sources",
        }
    }
}

/// The document, ready for every output format.
#[derive(Debug)]
pub struct Review<'s> {
    /// What stands above it.
    pub title: String,
    /// The audit: its findings are named by their positions.
    pub audit: Report<'s>,
    /// Whom each finding of the audit concerns, in the same order.
    pub concerns: Vec<Concern>,
    /// What the parts can be limited to.
    pub scopes: Scopes,
    /// The parts that were asked for.
    pub parts: Vec<Part<'s>>,
    /// Whether it is so long that other threads save time.
    pub is_large: bool,
}

/// The products, teams and people that the parts speak of, each with what it is called.
#[derive(Debug, Default)]
pub struct Scopes {
    /// The products that are audited and shown.
    pub products: Vec<(ProductIx, String)>,
    /// Their teams, and those without a product; each with its products.
    pub teams: Vec<(TeamIx, String, Few<ProductIx>)>,
    /// Those whom a finding concerns, who have a card, or on whom much depends.
    pub people: Vec<(PersonIx, String)>,
    /// The names that a product and a team have both, and that no id behind them tells apart yet.
    shared: Vec<String>,
}

/// A part of the document.
#[derive(Debug)]
pub enum Part<'s> {
    /// See [`Topic::Summary`].
    Summary(Summary),
    /// See [`Topic::Changes`].
    Changes(Changes),
    /// See [`Topic::Rights`].
    Rights(DutyReport<'s>),
    /// See [`Topic::Findings`].
    Findings(Vec<Chapter>),
    /// See [`Topic::Matrix`].
    Matrix(Matrix),
    /// See [`Topic::People`].
    People(Vec<Card>),
    /// See [`Topic::Models`].
    Models(Vec<ModelOf>),
    /// See [`Topic::Hiring`].
    Hiring(AdviceReport<'s>),
    /// See [`Topic::Absence`].
    Absence(AloneReport),
    /// See [`Topic::Accepted`]: what the audit says of them.
    Accepted,
    /// See [`Topic::Chart`].
    Chart(Chart),
    /// See [`Topic::Actions`].
    Actions(Vec<Actions>),
    /// See [`Topic::Sources`].
    Sources(Vec<Quoted>),
}

impl Part<'_> {
    /// What it is about.
    pub fn topic(&self) -> Topic {
        match self {
            Part::Summary(_) => Topic::Summary,
            Part::Changes(_) => Topic::Changes,
            Part::Rights(_) => Topic::Rights,
            Part::Findings(_) => Topic::Findings,
            Part::Matrix(_) => Topic::Matrix,
            Part::People(_) => Topic::People,
            Part::Models(_) => Topic::Models,
            Part::Hiring(_) => Topic::Hiring,
            Part::Absence(_) => Topic::Absence,
            Part::Accepted => Topic::Accepted,
            Part::Chart(_) => Topic::Chart,
            Part::Actions(_) => Topic::Actions,
            Part::Sources(_) => Topic::Sources,
        }
    }
}

/// What the user wants to see.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The title, if not the organization's name.
    pub title: Option<String>,
    /// The topics; all if empty.
    pub topics: Vec<Topic>,
    /// What has to do with other products and teams is left out.
    pub filter: Filter,
}

/// What an organization is compared with.
#[derive(Debug)]
pub struct Compared<'o, 's> {
    /// The earlier version.
    pub before: &'o Org<'o>,
    /// Which findings come and go, and what else changes.
    pub diff: Diff<'s>,
    /// Which rights move.
    pub shifts: Vec<Shift>,
}

/// Everything about an organization and its audit that was asked for.
pub fn review<'s>(
    org: &Org<'_>,
    numbers: &Numbers,
    audit: Report<'s>,
    compared: Option<Compared<'_, 's>>,
    wanted: &Wanted,
) -> Review<'s> {
    let Wanted { title, topics, filter } = wanted;
    let is_wanted = |topic: Topic| topics.is_empty() || topics.contains(&topic);
    let concerns = findings::concerns(org, &audit.findings);
    let chapters = findings::chapters(org, &audit, &concerns);
    // Who holds which right takes about as long as all the rest.
    let of_rights = || {
        let matrix = [Topic::Matrix, Topic::People].into_iter().any(is_wanted).then(|| matrix::matrix(org, filter));
        let cards = matrix.as_ref().filter(|_| is_wanted(Topic::People));
        let cards = cards.map(|matrix| cards::cards(org, numbers, matrix, (&audit, &concerns), filter));
        (matrix.filter(|_| is_wanted(Topic::Matrix)).map(Part::Matrix), cards)
    };
    let rest = || {
        let part = |topic: Topic| match topic {
            Topic::Summary => Some(Part::Summary(summary::summary(org, &audit, &concerns, filter))),
            Topic::Rights => Some(Part::Rights(duty::duties(org, &Query::Rights, filter, audit.sources))),
            Topic::Findings => Some(Part::Findings(chapters.clone())),
            Topic::Models => Some(Part::Models(models::models(org, filter))),
            Topic::Hiring => Some(Part::Hiring(advice(org, numbers, &audit, filter))),
            Topic::Absence => Some(Part::Absence(alone::alone(org, filter))),
            Topic::Accepted => Some(Part::Accepted),
            Topic::Chart => Some(Part::Chart(chart::chart(org, filter))),
            Topic::Actions => Some(Part::Actions(actions::actions(&audit, &concerns, &chapters, org))),
            Topic::Changes | Topic::Matrix | Topic::People | Topic::Sources => None,
        };
        Topic::ALL.into_iter().filter(|topic| is_wanted(*topic)).filter_map(part).collect::<Vec<_>>()
    };
    let ((matrix, cards), mut parts) = parallel::both(org.is_worth_threads(), of_rights, rest);
    let changes = compared.filter(|_| is_wanted(Topic::Changes)).map(|compared| changes::changes(org, compared, filter));
    parts.extend(changes.map(Part::Changes).into_iter().chain(matrix).chain(cards.map(Part::People)));
    if is_wanted(Topic::Sources) {
        parts.push(Part::Sources(sources::quoted(&audit, &parts)));
    }
    parts.sort_by_key(Part::topic);
    let scopes = Scopes::of(org, filter, &concerns, &parts);
    let title = title.clone().unwrap_or_else(|| match &org.facts.name {
        Some(name) => format!("{}: who decides what", name.value.text),
        None => "Who decides what".to_owned(),
    });
    Review { title, audit, concerns, scopes, parts, is_large: org.is_worth_threads() }
}

/// The advice for the products that are shown.
fn advice<'s>(org: &Org<'_>, numbers: &Numbers, audit: &Report<'s>, filter: &Filter) -> AdviceReport<'s> {
    let mut advice = advise::advise(org, numbers, audit.sources);
    advice.products.retain(|product| filter.concerns(Subject::Product(product.of), org));
    advice
}

/// The duties about which something is to settle in one place; each with the number of the first question about it, if the questions are
/// asked here.
pub type Disputed<'r> = FxHashMap<&'r str, Option<usize>>;

impl Review<'_> {
    /// The duties about which something is to settle, by product, by team, and of the organization.
    pub fn disputes(&self) -> FxHashMap<Subject, Disputed<'_>> {
        let questions = match self.parts.first() {
            Some(Part::Summary(summary)) => summary.questions.as_slice(),
            _ => &[],
        };
        let asked =
            questions.iter().zip(1..).flat_map(|(question, number)| question.findings.iter().map(move |at| (*at, number)));
        let mut numbers: FxHashMap<usize, usize> = FxHashMap::default();
        for (finding, number) in asked {
            numbers.entry(finding).or_insert(number);
        }
        let mut disputes: FxHashMap<Subject, Disputed<'_>> = FxHashMap::default();
        for (at, (finding, concern)) in self.audit.findings.iter().zip(&self.concerns).enumerate() {
            // What is wrong with a backlog as a whole is wrong with its order.
            let order = || matches!(finding.of, Subject::Backlog(_)).then_some("backlog.order");
            let Some(duty) = finding.duty.as_deref().or_else(order).filter(|_| finding.is_to_settle()) else { continue };
            let Reach { products, teams } = &concern.reach;
            let nowhere = products.is_empty() && teams.is_empty();
            let places = products.iter().copied().map(Subject::Product).chain(teams.iter().copied().map(Subject::Team));
            let number = numbers.get(&at).copied();
            for place in places.chain(nowhere.then_some(Subject::Organization)) {
                let known = disputes.entry(place).or_default().entry(duty).or_insert(number);
                *known = [*known, number].into_iter().flatten().min();
            }
        }
        disputes
    }
}

impl Scopes {
    /// The names that need an id behind them where products and teams stand side by side.
    pub fn shared_names(&self) -> FxHashSet<&str> {
        self.shared.iter().map(String::as_str).collect()
    }

    fn of(org: &Org<'_>, filter: &Filter, concerns: &[Concern], parts: &[Part<'_>]) -> Self {
        let is_shown = |subject: Subject| filter.concerns(subject, org);
        let products = org.audited_products().filter(|(product, _)| is_shown(Subject::Product(*product)));
        let teams = org.audited_teams().filter(|(team, _)| is_shown(Subject::Team(*team)));
        let mut met: FxHashSet<PersonIx> = concerns.iter().flat_map(|concern| &concern.people).copied().collect();
        for part in parts {
            match part {
                Part::People(cards) => met.extend(cards.iter().map(|card| card.of)),
                Part::Absence(alone) => met.extend(alone.people.iter().map(|person| person.of)),
                _ => {}
            }
        }
        let people = org.people().filter(|(person, _)| met.contains(person));
        let (products, teams): (Vec<_>, Vec<_>) = (products.collect(), teams.collect());
        let of_products = products.iter().map(|(_, product)| (product.full_name(), product.name()));
        let of_teams = teams.iter().map(|(_, team)| (team.full_name(), team.name()));
        let names: Vec<(&str, &str)> = of_products.chain(of_teams).collect();
        let shared = repeated(names.iter().map(|(full, _)| *full));
        let bare = names.iter().filter(|(full, name)| full == name && shared.contains(full));
        Scopes {
            shared: bare.map(|(_, name)| (*name).to_owned()).collect(),
            products: products.iter().map(|(at, product)| (*at, product.name().to_owned())).collect(),
            teams: teams.iter().map(|(at, team)| (*at, team.name().to_owned(), team.products.clone())).collect(),
            people: people.map(|(at, person)| (at, person.name().to_owned())).collect(),
        }
    }
}

impl Redact for Scopes {
    fn redact(&mut self, names: &Pseudonyms) {
        names.texts(self.products.iter_mut().map(|(_, name)| name));
        names.texts(self.teams.iter_mut().map(|(_, name, _)| name));
        names.texts(self.people.iter_mut().map(|(_, name)| name));
        names.texts(&mut self.shared);
    }
}

impl Redact for Review<'_> {
    /// In the order in which texts are shown, because that is the order of the pseudonyms.
    fn redact(&mut self, names: &Pseudonyms) {
        self.title = names.text(&self.title);
        for part in &mut self.parts {
            match part {
                Part::Summary(summary) => summary.redact(names),
                Part::Changes(changes) => changes.redact(names),
                Part::Rights(rights) => rights.redact(names),
                Part::Findings(chapters) => chapters.iter_mut().for_each(|chapter| chapter.redact(names)),
                Part::Matrix(matrix) => matrix.redact(names),
                Part::People(cards) => cards.iter_mut().for_each(|card| card.redact(names)),
                Part::Models(models) => models.iter_mut().for_each(|model| model.of.redact(names)),
                Part::Hiring(advice) => advice.redact(names),
                Part::Absence(alone) => alone.redact(names),
                Part::Chart(chart) => chart.redact(names),
                Part::Actions(actions) => actions.iter_mut().for_each(|actions| actions.redact(names)),
                Part::Accepted | Part::Sources(_) => {}
            }
        }
        self.audit.redact(names);
        self.scopes.redact(names);
    }
}
