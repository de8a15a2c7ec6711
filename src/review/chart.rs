//! The chart of an organization: its products with their teams, and who holds the seats.
//!
//! Each product has a drawing of its own, so that none grows beyond what can be read. A team that works on several products stands
//! in the drawing of each, and teams without a product stand together in the last one.

use crate::document::value::{Count, Either};
use crate::org::model::Model;
use crate::org::seats::{Seat, SeatKind};
use crate::org::{BacklogIx, Org, Origin, ProductIx, Subject, Team, TeamIx, some_joined};
use crate::redact::{Pseudonyms, Redact};
use crate::report::counted;
use crate::sections::{Filter, Named, alike};

/// The most teams of one drawing: sixteen rows of three, which a printed page holds. What GitHub draws has a limit too.
pub const MOST_TEAMS: usize = 48;

/// The most names of one line.
const MOST_NAMES: usize = 4;

/// The products of an organization with their teams.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Products in the order of the files, then the teams that have none. A product of very many teams has several drawings.
    pub drawings: Vec<Drawing>,
}

/// One product with its teams, or the teams that have no product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Where it stands among the drawings, for ids.
    pub position: usize,
    /// The product, by which a page filters; none for the teams without one.
    pub product: Option<ProductIx>,
    /// What the product is called; empty for the teams without one.
    pub name: String,
    /// Which of the product's teams these are, where they do not fit into one drawing.
    pub part: Option<Part>,
    /// The product's own seats: those that are written, and those that are missing.
    pub seats: Vec<Seated>,
    /// How many teams work from the product's own backlog.
    pub sharing: usize,
    /// The teams; those with the same backlog stand side by side.
    pub teams: Vec<TeamBox>,
}

/// Some of a product's teams, counted from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The first.
    pub first: usize,
    /// The last.
    pub last: usize,
    /// How many there are.
    pub all: usize,
}

/// A team as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamBox {
    /// The team, by which a page filters.
    pub team: TeamIx,
    /// What it is called.
    pub name: String,
    /// Its own seats: those that are written, and that of the owner where its backlog has none.
    pub seats: Vec<Seated>,
    /// The backlog that it works from, if that is not the product's own.
    pub backlog: Option<Worked>,
    /// How many develop in it, if that is recorded.
    pub developers: Option<usize>,
    /// Whether it is planned only.
    pub is_planned: bool,
}

/// A seat, and who holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seated {
    /// Which seat it is.
    pub kind: SeatKind,
    /// Who holds it; empty if nobody does.
    pub holders: Vec<Named>,
    /// Whether it was written; one that was not is missing, and nobody is named for it.
    pub is_written: bool,
}

/// A backlog that a team works from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worked {
    /// What else it belongs to, by name, or its own id; none if it is the team's own.
    pub of: Option<Belongs>,
    /// What it only shows.
    pub shows: Option<Belongs>,
    /// How many teams work from it.
    pub teams: usize,
}

/// What a backlog belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Belongs {
    /// A product or team, by name.
    To(String),
    /// Only to itself; its id.
    Itself(String),
}

/// A line of a box: what it speaks of, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// A seat, the backlog or the developers: "Product owner".
    pub about: &'static str,
    /// Who or what that is; several people each for themselves.
    pub says: Vec<String>,
    /// Whether nobody holds the seat.
    pub is_vacant: bool,
}

/// The chart of what the user asked to see.
pub fn chart(org: &Org<'_>, filter: &Filter) -> Chart {
    let drawer = Drawer { org };
    let is_shown = |team: &TeamIx| org[*team].audited && filter.concerns(Subject::Team(*team), org);
    let mut drawings = Vec::new();
    for (product, facts) in org.audited_products().filter(|(product, _)| filter.concerns(Subject::Product(*product), org)) {
        let teams: Vec<TeamIx> = facts.teams.iter().copied().filter(is_shown).collect();
        drawer.draw(Some(product), &teams, &mut drawings);
    }
    let others: Vec<TeamIx> =
        org.teams().filter(|(_, team)| team.products.is_empty()).map(|(team, _)| team).filter(is_shown).collect();
    if !others.is_empty() {
        drawer.draw(None, &others, &mut drawings);
    }
    Chart { drawings }
}

struct Drawer<'o, 'a> {
    org: &'o Org<'a>,
}

impl Drawer<'_, '_> {
    /// Adds the drawings of one product; several of about the same size where the teams are too many for one.
    fn draw(&self, product: Option<ProductIx>, teams: &[TeamIx], drawings: &mut Vec<Drawing>) {
        let org = self.org;
        let own = product.and_then(|product| org.own_backlog(product));
        let mut teams = alike(teams.iter().copied(), |team| org[*team].backlog).concat();
        teams.sort_by_key(|team| own.is_some() && org[*team].backlog != own);
        let all = teams.len();
        let size = all.div_ceil(all.div_ceil(MOST_TEAMS).max(1)).max(1);
        let mut first = 0;
        loop {
            let some = teams.get(first..all.min(first + size)).unwrap_or_default();
            let last = first + some.len();
            drawings.push(Drawing {
                position: drawings.len(),
                product,
                name: product.map_or_else(String::new, |product| org[product].name().to_owned()),
                part: (some.len() < all).then_some(Part { first: first + 1, last, all }),
                seats: product.map_or_else(Vec::new, |product| self.seats_of_product(product)),
                sharing: own.map_or(0, |own| org[own].teams.len()),
                teams: some.iter().map(|team| self.team(*team, own)).collect(),
            });
            first = last;
            if first >= all {
                return;
            }
        }
    }

    fn team(&self, team: TeamIx, of_product: Option<BacklogIx>) -> TeamBox {
        let facts = &self.org[team];
        let backlog = facts.backlog.filter(|backlog| Some(*backlog) != of_product);
        // A team that is known to work without Scrum may do without an owner; so may one whose backlog is owned elsewhere.
        let lacks_owner = backlog.is_some_and(|backlog| self.org.owners(backlog).is_empty()) && !self.is_without_scrum(team);
        TeamBox {
            team,
            name: facts.name().to_owned(),
            seats: self.seats(&facts.seats, |kind| kind == SeatKind::ProductOwner && lacks_owner && !facts.is_planned()),
            backlog: backlog.map(|backlog| self.worked(backlog, team)),
            developers: developers(facts),
            is_planned: facts.is_planned(),
        }
    }

    fn seats_of_product(&self, product: ProductIx) -> Vec<Seated> {
        let org = self.org;
        let teams = &org[product].teams;
        let needs_manager = matches!(org.model(product), Model::OwnerOnly | Model::Nobody);
        let needs_owner = match org.own_backlog(product) {
            Some(own) => org.owners(own).is_empty() && !org[own].teams.iter().all(|team| self.is_without_scrum(*team)),
            None => teams.is_empty() && org.facts.scrum.as_ref().is_none_or(|scrum| scrum.value),
        };
        // What a team writes of a seat stands with the team.
        let is_missing = |kind| match kind {
            SeatKind::ProductManager => needs_manager && org.seats_of_product(product, kind).next().is_none(),
            SeatKind::ProductOwner => needs_owner && org.seats_of_product(product, kind).next().is_none(),
            _ => false,
        };
        self.seats(&org[product].seats, is_missing)
    }

    /// The seats that are written, and those that are missing.
    fn seats(&self, written: &[(SeatKind, Seat)], is_missing: impl Fn(SeatKind) -> bool) -> Vec<Seated> {
        let seated = |kind| match written.iter().find(|(of, _)| *of == kind) {
            Some((_, seat)) => {
                let holders = self.org.all_named(seat.holders.iter().map(|holder| holder.actor));
                Some(Seated { kind, holders, is_written: true })
            }
            None => is_missing(kind).then_some(Seated { kind, holders: Vec::new(), is_written: false }),
        };
        SeatKind::ALL.into_iter().filter_map(seated).collect()
    }

    fn is_without_scrum(&self, team: TeamIx) -> bool {
        self.org.uses_scrum(team) == Some(false)
    }

    fn worked(&self, backlog: BacklogIx, team: TeamIx) -> Worked {
        let facts = &self.org[backlog];
        Worked {
            of: (facts.origin != Origin::Team(team)).then(|| self.belongs(backlog)),
            shows: facts.view_of.map(|shown| self.belongs(shown)),
            teams: facts.teams.len(),
        }
    }

    fn belongs(&self, backlog: BacklogIx) -> Belongs {
        let facts = &self.org[backlog];
        match facts.origin {
            Origin::Product(product) => Belongs::To(self.org[product].name().to_owned()),
            Origin::Team(team) => Belongs::To(self.org[team].name().to_owned()),
            Origin::Entry => Belongs::Itself(facts.id.to_string()),
        }
    }
}

fn developers(team: &Team<'_>) -> Option<usize> {
    let count = match &team.facts.developers.as_ref()?.value {
        Either::One(Count(count)) => *count as usize,
        Either::Other(_) => team.developers.len(),
    };
    (count > 0).then_some(count)
}

impl Drawing {
    /// What the drawing is called.
    pub fn title(&self) -> String {
        let name = if self.product.is_some() { self.name.as_str() } else { "Teams without a product" };
        match self.part {
            Some(Part { first, last, all }) => format!("{name} (teams {first} to {last} of {all})"),
            None => name.to_owned(),
        }
    }

    /// What stands in the box of the product.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = self.seats.iter().map(Seated::line).collect();
        if self.sharing > 1 {
            lines.push(Line::fact("Backlog", vec![shared_by(self.sharing)]));
        }
        lines
    }

    /// What it shows, in words.
    pub fn told(&self) -> String {
        const TOLD: usize = 8;
        let mut told = String::new();
        let lines = self.lines();
        let seats: Vec<String> = lines.iter().map(|line| format!("{}: {}.", line.about, line.text())).collect();
        if !seats.is_empty() {
            told.push_str(&seats.join(" "));
            told.push(' ');
        }
        let names: Vec<&str> = self.teams.iter().map(|team| team.name.as_str()).collect();
        match names.len() {
            0 => told.push_str("No team."),
            count => told.push_str(&format!("{}: {}.", counted(count, "team"), some_joined(&names, TOLD))),
        }
        let vacant = self.seats.iter().chain(self.teams.iter().flat_map(|team| &team.seats)).filter(|seat| seat.is_vacant());
        match vacant.count() {
            0 => {}
            1 => told.push_str(" 1 seat is vacant."),
            count => told.push_str(&format!(" {count} seats are vacant.")),
        }
        told
    }
}

impl TeamBox {
    /// What the box is called.
    pub fn title(&self) -> String {
        if self.is_planned { format!("{} (planned)", self.name) } else { self.name.clone() }
    }

    /// What stands in it.
    pub fn lines(&self) -> Vec<Line> {
        let backlog = self.backlog.iter().map(|backlog| Line::fact("Backlog", backlog.words()));
        let developers = self.developers.iter().map(|count| Line::fact("Developers", vec![count.to_string()]));
        self.seats.iter().map(Seated::line).chain(backlog).chain(developers).collect()
    }
}

impl Seated {
    /// Whether nobody holds it.
    pub fn is_vacant(&self) -> bool {
        self.holders.is_empty()
    }

    fn line(&self) -> Line {
        let about = match self.kind {
            SeatKind::ProductManager => "Product manager",
            SeatKind::ProductOwner => "Product owner",
            SeatKind::ProductMarketingManager => "Product marketing manager",
            SeatKind::ProjectManager => "Project manager",
            SeatKind::ScrumMaster => "Scrum Master",
        };
        let mut says: Vec<String> = self.holders.iter().map(|holder| holder.label.clone()).collect();
        if says.is_empty() {
            says.push(if self.is_written { "nobody" } else { "nobody named" }.to_owned());
        }
        if says.len() > MOST_NAMES + 1 {
            let more = format!("{} more", says.len() - MOST_NAMES);
            says.truncate(MOST_NAMES);
            says.push(more);
        }
        Line { about, says, is_vacant: self.is_vacant() }
    }
}

impl Worked {
    fn words(&self) -> Vec<String> {
        let of = self.of.as_ref().map_or_else(|| "its own".to_owned(), Belongs::words);
        let shows = self.shows.iter().map(|shown| format!("shows {}", shown.words()));
        let sharing = (self.teams > 1).then(|| shared_by(self.teams));
        [of].into_iter().chain(shows).chain(sharing).collect()
    }
}

impl Belongs {
    fn words(&self) -> String {
        match self {
            Belongs::To(name) => format!("that of {name}"),
            Belongs::Itself(id) => id.clone(),
        }
    }
}

fn shared_by(teams: usize) -> String {
    format!("shared by {teams} teams")
}

impl Line {
    fn fact(about: &'static str, says: Vec<String>) -> Self {
        Line { about, says, is_vacant: false }
    }

    /// What it says, in one text.
    pub fn text(&self) -> String {
        self.says.join(", ")
    }
}

impl Redact for Chart {
    fn redact(&mut self, names: &Pseudonyms) {
        for Drawing { name, seats, teams, .. } in &mut self.drawings {
            names.texts([name]);
            seats.iter_mut().for_each(|seat| seat.redact(names));
            for TeamBox { name, seats, backlog, .. } in teams {
                names.texts([name]);
                seats.iter_mut().for_each(|seat| seat.redact(names));
                let belongs = backlog.iter_mut().flat_map(|Worked { of, shows, .. }| of.iter_mut().chain(shows));
                names.texts(belongs.map(|(Belongs::To(name) | Belongs::Itself(name))| name));
            }
        }
    }
}

impl Redact for Seated {
    fn redact(&mut self, names: &Pseudonyms) {
        self.holders.iter_mut().for_each(|holder| holder.redact(names));
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::render::sample::one_file;
    use crate::source::Sources;

    /// The chart of a team file, and what hides its names.
    pub(crate) fn charted(text: &str, filter: impl Fn(&Org<'_>) -> Filter) -> (Chart, Pseudonyms) {
        let sources: Sources = one_file("team.yaml", text);
        let days = crate::Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
        let linked = crate::load(&sources, days).expect("the text is valid");
        (chart(&linked.org, &filter(&linked.org)), Pseudonyms::of(&[&linked.org]))
    }

    /// The drawings of a team file.
    pub(crate) fn drawings(text: &str) -> Vec<Drawing> {
        charted(text, |_| Filter::default()).0.drawings
    }

    /// A product of so many teams, of which every fifth writes that nobody owns its backlog.
    pub(crate) fn many_teams(count: usize) -> String {
        let mut text = "roleaudit: 1\npeople: {dana: Dana Ruiz, omar: Omar Haddad}\nproducts:\n  checkout: {name: Checkout, \
             product-manager: dana, product-owner: omar}\n"
            .to_owned();
        if count > 0 {
            text.push_str("teams:\n");
        }
        for n in 0..count {
            let seat = match n % 5 {
                2 => format!(", backlog: t{n}, product-owner: nobody"),
                3 => format!(", backlog: t{n}, product-owner: dana, scrum-master: omar"),
                _ => String::new(),
            };
            text.push_str(&format!("  t{n}: {{name: Team {n}, product: checkout, developers: {}{seat}}}\n", n % 9 + 1));
        }
        text
    }

    /// A drawing as a reader sees it: the product's name and lines, then those of its teams.
    fn seen(drawing: &Drawing) -> String {
        let lines = |title: String, lines: Vec<Line>| {
            let lines =
                lines.iter().map(|line| format!("\n  {}: {}{}", line.about, line.text(), if line.is_vacant { " !" } else { "" }));
            format!("{title}{}\n", lines.collect::<String>())
        };
        let teams = drawing.teams.iter().map(|team| lines(format!("- {}", team.title()), team.lines()));
        lines(drawing.title(), drawing.lines()) + &teams.collect::<String>()
    }

    fn all_seen(text: &str) -> String {
        drawings(text).iter().map(seen).collect()
    }

    #[test]
    fn a_product_stands_with_its_seats_and_teams() {
        let text = "\
roleaudit: 1
people: {dana: Dana, omar: Omar, lee: Lee, ana: , ben: }
products:
  checkout: {name: Checkout, product-manager: dana, product-owner: omar, product-marketing-manager: nobody}
teams:
  pay: {name: Payments, product: checkout, scrum-master: [lee, omar], developers: [ana, ben]}
  ship: {product: checkout, developers: 0}
";
        let expected = "\
Checkout
  Product manager: Dana
  Product owner: Omar
  Product marketing manager: nobody !
  Backlog: shared by 2 teams
- Payments
  Scrum Master: Lee, Omar
  Developers: 2
- ship (planned)
";
        assert_eq!(all_seen(text), expected);
    }

    #[test]
    fn a_seat_that_is_missing_is_said_to_have_nobody_named() {
        let nobody = "app\n  Product manager: nobody named !\n  Product owner: nobody named !\n";
        assert_eq!(all_seen("roleaudit: 1\nproducts: {app: }\n"), nobody);
        assert_eq!(all_seen("roleaudit: 1\nproducts: {app: }\nteams: {core: {product: app}}\n"), format!("{nobody}- core\n"));
        // A strong owner leads without a product manager, and a team without Scrum may work without an owner.
        let text = "\
roleaudit: 1
people: {ann: , bo: }
products:
  app: {product-owner: ann, responsibilities: {strategy.*: ann}}
  web: {product-manager: bo}
teams: {core: {product: web, scrum: false}}
";
        assert_eq!(all_seen(text), "app\n  Product owner: ann\nweb\n  Product manager: bo\n- core\n");
    }

    #[test]
    fn a_seat_whose_holder_has_gone_is_vacant() {
        let text = "roleaudit: 1\npeople: {ann: , bo: }\nproducts: {app: {product-manager: {person: ann, until: 2026-01-31}, \
                    product-owner: bo}}\n";
        assert_eq!(all_seen(text), "app\n  Product manager: nobody !\n  Product owner: bo\n");
    }

    #[test]
    fn an_owner_is_missed_where_a_backlog_has_none() {
        let text = "\
roleaudit: 1
people: {ann: , bo: }
products: {app: {product-manager: ann}}
teams:
  a: {product: app, backlog: a, product-owner: bo}
  b: {product: app, backlog: b}
  c: {product: app, backlog: c, scrum: false}
";
        let expected = "\
app
  Product manager: ann
- a
  Product owner: bo
  Backlog: its own
- b
  Product owner: nobody named !
  Backlog: its own
- c
  Backlog: its own
";
        assert_eq!(all_seen(text), expected);
    }

    /// A team of two products, three teams with one backlog, a team without a product, and what is out of the audit.
    const SHARED: &str = "\
roleaudit: 1
people: {ann: , bo: }
products:
  app: {name: App, product-manager: ann, product-owner: bo}
  web: {name: Web, product-manager: ann, product-owner: bo}
  old: {stage: retired}
  later: {stage: idea}
teams:
  both: {product: [app, web], backlog: app}
  x: {product: web, backlog: pool, product-owner: bo}
  own: {product: web}
  y: {product: web, backlog: pool}
  z: {product: web, backlog: z}
  gone: {product: old}
  loose: {product-owner: nobody}
backlogs: {pool: {}, z: {view-of: pool}}
";

    #[test]
    fn each_product_has_its_drawing_and_shared_backlogs_stand_together() {
        let expected = "\
App
  Product manager: ann
  Product owner: bo
- both
Web
  Product manager: ann
  Product owner: bo
- own
- both
  Backlog: that of App
- x
  Product owner: bo
  Backlog: pool, shared by 2 teams
- y
  Backlog: pool, shared by 2 teams
- z
  Backlog: its own, shows pool
Teams without a product
- loose
  Product owner: nobody !
";
        assert_eq!(all_seen(SHARED), expected);
        let drawings = drawings(SHARED);
        let positions: Vec<(usize, Option<ProductIx>)> =
            drawings.iter().map(|drawing| (drawing.position, drawing.product)).collect();
        assert_eq!(positions, [(0, Some(ProductIx(0))), (1, Some(ProductIx(1))), (2, None)]);
        assert_eq!(drawings[1].teams.iter().map(|team| team.team.0).collect::<Vec<_>>(), [2, 0, 1, 3, 4]);
    }

    #[test]
    fn only_what_was_asked_for_is_drawn() {
        let drawn = |filter: &dyn Fn(&Org<'_>) -> Filter| {
            let drawings = charted(SHARED, filter).0.drawings;
            let titles = drawings.iter().map(|drawing| {
                let teams: Vec<&str> = drawing.teams.iter().map(|team| team.name.as_str()).collect();
                format!("{}: {}", drawing.title(), teams.join(" "))
            });
            titles.collect::<Vec<_>>()
        };
        let app = |org: &Org<'_>| Filter { products: org.product("app").into_iter().collect(), teams: Vec::new() };
        assert_eq!(drawn(&app), ["App: both"]);
        let both = |org: &Org<'_>| Filter { products: Vec::new(), teams: org.team("both").into_iter().collect() };
        assert_eq!(drawn(&both), ["App: both", "Web: both"]);
        let loose = |org: &Org<'_>| Filter { products: Vec::new(), teams: org.team("loose").into_iter().collect() };
        assert_eq!(drawn(&loose), ["Teams without a product: loose"]);
    }

    #[test]
    fn very_many_teams_are_divided_evenly() {
        let drawings = drawings(&many_teams(100));
        let titles: Vec<String> = drawings.iter().map(Drawing::title).collect();
        assert_eq!(
            titles,
            ["Checkout (teams 1 to 34 of 100)", "Checkout (teams 35 to 68 of 100)", "Checkout (teams 69 to 100 of 100)"]
        );
        let mut teams: Vec<u32> = drawings.iter().flat_map(|drawing| &drawing.teams).map(|team| team.team.0).collect();
        teams.sort_unstable();
        assert_eq!(teams, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn many_holders_of_one_seat_are_counted() {
        let text = "roleaudit: 1\npeople: {a: , b: , c: , d: , e: , f: }\nproducts: {app: {product-manager: [a, b, c, d, e, f], \
                    product-owner: [a, b, c, d, e]}}\n";
        assert_eq!(all_seen(text), "app\n  Product manager: a, b, c, d, 2 more\n  Product owner: a, b, c, d, e\n");
    }

    #[test]
    fn it_is_told_in_words() {
        let told: Vec<String> = drawings(SHARED).iter().map(Drawing::told).collect();
        assert_eq!(
            told,
            [
                "Product manager: ann. Product owner: bo. 1 team: both.",
                "Product manager: ann. Product owner: bo. 5 teams: own, both, x, y and z.",
                "1 team: loose. 1 seat is vacant.",
            ]
        );
    }

    #[test]
    fn names_of_people_can_be_hidden() {
        let text = "roleaudit: 1\npeople: {ann: Ann, ann2: Ann, crew: {name: Crew, kind: group}}\nproducts: {app: {name: Ann's \
                    app, product-manager: ann2, product-owner: [ann, crew]}}\nteams: {core: {name: Team Ann, product: app}}\n";
        let (mut chart, names) = charted(text, |_| Filter::default());
        chart.redact(&names);
        assert_eq!(
            chart.drawings.iter().map(seen).collect::<String>(),
            "person-1's app\n  Product manager: person-2\n  Product owner: person-1, person-3\n- Team person-1\n"
        );
    }
}
