//! Answers about who decides what, as text, Markdown and JSON.

use super::json::{Actor, Location, Tool, actor, location};
use super::{BOLD, PLAIN, Style, escape, place};
use crate::document::hints;
use crate::org::joined;
use crate::org::rights::{Right, Standing};
use crate::sections::{Named, Place, PlaceKind, alike, some_of};
use crate::source::Sources;
use crate::who::actor::{ActorReport, Held};
use crate::who::alone::{AloneReport, DecidedAlone, Irreplaceable};
use crate::who::duty::{By, DutyReport, Entry, Known, Told};
use serde::Serialize;
use std::io::{self, Write};

/// An answer of any kind.
#[derive(Debug)]
pub enum Answer<'r, 's> {
    /// About duties.
    Duties(&'r DutyReport<'s>),
    /// About a person, group or team.
    Actor(&'r ActorReport),
    /// About those on whom much depends.
    Alone(&'r AloneReport),
}

/// A heading, and what is said under it.
struct Block {
    title: String,
    /// Whether it stands under the block before it.
    is_part: bool,
    lines: Vec<(String, String)>,
}

impl Block {
    fn new(title: impl Into<String>, lines: Vec<(String, String)>) -> Self {
        Block { title: title.into(), is_part: false, lines }
    }
}

/// The columns that labels of lines have.
const LABEL: usize = 18;

/// Said where there is nothing to show.
const NOTHING: &str = "No product or team is there to show; retired ones, and ideas without a team, are left out.";

/// Writes an answer as text.
pub fn text(answer: &Answer<'_, '_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let out = &mut escape::Log::new(out);
    let mut follows_heading = false;
    for (n, Block { title, is_part, lines }) in blocks(answer).into_iter().enumerate() {
        let is_first_part = follows_heading && is_part;
        if n > 0 && !is_first_part {
            writeln!(out)?;
        }
        follows_heading = lines.is_empty();
        let lead = if is_part { "  " } else { "" };
        write!(out, "{}", style.paragraph(lead, PLAIN, &escape::one_line(&title), BOLD))?;
        for (n, (label, words)) in lines.iter().enumerate() {
            // A label that repeats is said once.
            let is_same = n > 0 && lines.get(n - 1).is_some_and(|(before, _)| before == label);
            let lead = if is_same { " ".repeat(LABEL + 2) } else { format!("{label:>LABEL$}: ") };
            write!(out, "{}", style.paragraph(&lead, PLAIN, &escape::one_line(words), PLAIN))?;
        }
    }
    Ok(())
}

/// Writes an answer as Markdown.
pub fn markdown(answer: &Answer<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let as_of = match answer {
        Answer::Duties(report) => report.as_of,
        Answer::Actor(report) => report.as_of,
        Answer::Alone(report) => report.as_of,
    };
    writeln!(out, "# Who decides what, as of {as_of}")?;
    for Block { title, is_part, lines } in blocks(answer) {
        writeln!(out, "\n{} {}", if is_part { "###" } else { "##" }, escape::markdown(&title))?;
        for (n, (label, words)) in lines.iter().enumerate() {
            let gap = if n == 0 { "\n" } else { "" };
            writeln!(out, "{gap}- **{}:** {}", escape::markdown(label), escape::markdown(words))?;
        }
    }
    Ok(())
}

fn blocks(answer: &Answer<'_, '_>) -> Vec<Block> {
    match answer {
        Answer::Duties(report) if report.asked.is_none() => overview(report),
        Answer::Duties(report) => details(report),
        Answer::Actor(report) => of_actor(report),
        Answer::Alone(report) => of_alone(report),
    }
}

fn labels(named: &[Named]) -> Vec<&str> {
    named.iter().map(|named| named.label.as_str()).collect()
}

/// Each duty in a line: who decides it, and where that differs.
fn overview(report: &DutyReport<'_>) -> Vec<Block> {
    let blocks = report.sections.iter().map(|section| {
        let mut lines = Vec::new();
        for of_duty in section.entries.chunk_by(|one, other| one.duty == other.duty) {
            let groups = alike(of_duty, |entry| brief(&entry.answer));
            let differs = groups.len() > 1;
            for group in groups {
                let Some(Entry { duty, answer, .. }) = group.first() else { continue };
                let places: Vec<&Place> = group.iter().map(|entry| &entry.place).collect();
                let place = section.in_words(&places).filter(|_| differs);
                let place = place.map(|place| format!(" ({place})")).unwrap_or_default();
                lines.push((duty.clone(), brief(answer) + &place));
            }
        }
        Block::new(&section.of.name, lines)
    });
    let blocks: Vec<Block> = blocks.collect();
    if blocks.is_empty() { vec![Block::new(NOTHING, Vec::new())] } else { blocks }
}

/// Who decides, in a few words.
pub(super) fn brief(answer: &Told) -> String {
    let deciders: Vec<&str> = answer.deciders.iter().map(|known| known.who.label.as_str()).collect();
    match answer.standing {
        Standing::Decided => joined(&deciders),
        Standing::Contested => format!("contested: {}", joined(&deciders)),
        _ => nobody(answer),
    }
}

/// That nobody decides, and why.
fn nobody(answer: &Told) -> String {
    match (&answer.because, &answer.reason) {
        _ if answer.standing == Standing::Nobody => "nobody, as recorded".to_owned(),
        // What is not known is no gap by itself.
        (because, _) if answer.standing == Standing::Unrecorded => {
            because.as_ref().map_or_else(|| "not recorded".to_owned(), |because| format!("not recorded: {because}"))
        }
        (Some(because), _) => format!("nobody: {because}"),
        (None, Some(reason)) => format!("not applicable: {reason}"),
        (None, None) => "not applicable".to_owned(),
    }
}

/// Each duty with all that is known of it.
fn details(report: &DutyReport<'_>) -> Vec<Block> {
    let asked = report.asked.as_deref().unwrap_or_default();
    let title = match report.duties.as_slice() {
        [(duty, meaning)] => format!("{duty}: {meaning}"),
        several => format!("{asked}: {} duties", several.len()),
    };
    let mut blocks = vec![Block::new(title, Vec::new())];
    if report.sections.is_empty() {
        blocks.push(Block::new("It is looked up nowhere in what is shown.", Vec::new()));
    }
    for section in &report.sections {
        blocks.push(Block::new(&section.of.name, Vec::new()));
        for group in section.groups() {
            let place = section.in_words(&group.places).map(|place| format!(" ({place})")).unwrap_or_default();
            let lines = lines(group.answer, report.sources);
            blocks.push(Block { title: format!("{}{place}", group.duties.join(", ")), is_part: true, lines });
        }
    }
    blocks
}

fn lines(answer: &Told, sources: &Sources) -> Vec<(String, String)> {
    let found = |at| format!(" ({})", place(sources, at));
    let decides = |label: &str, Known { who, how, at, until, .. }: &Known| {
        let until = until.map(|until| format!(", until {until}")).unwrap_or_default();
        let at = at.map(found).unwrap_or_default();
        (label.to_owned(), format!("{}, {how}{until}{at}", who.label))
    };
    let label = if answer.standing == Standing::Contested { "contested" } else { Right::Decides.phrase() };
    let mut lines: Vec<(String, String)> = answer.deciders.iter().map(|known| decides(label, known)).collect();
    if lines.is_empty() {
        let at = answer.at.map(found).unwrap_or_default();
        lines.push((label.to_owned(), nobody(answer) + &at));
    }
    lines.extend(answer.others.iter().map(|(right, others)| {
        let who = if others.is_empty() { "nobody".to_owned() } else { joined(&labels(others)) };
        (right.phrase().to_owned(), who)
    }));
    lines
}

/// The seats, then the rights per product.
fn of_actor(report: &ActorReport) -> Vec<Block> {
    let mut lines = Vec::new();
    for seats in alike(&report.seats, |held| held.title) {
        let places: Vec<&str> = seats.iter().map(|held| held.of.name.as_str()).collect();
        lines.extend(seats.first().map(|held| ("holds the seat".to_owned(), format!("{} of {}", held.title, joined(&places)))));
    }
    if !report.develops.is_empty() {
        let teams: Vec<&str> = report.develops.iter().map(|team| team.name.as_str()).collect();
        lines.push(("is a developer of".to_owned(), joined(&teams)));
    }
    if lines.is_empty() && report.sections.is_empty() {
        lines.push(("holds".to_owned(), "no seat and no right in what is shown".to_owned()));
    }
    let who = &report.who;
    let is_same = hints::folded(&who.name) == hints::folded(&who.id);
    let title = if is_same || who.label != who.name { who.label.clone() } else { format!("{} ({})", who.name, who.id) };
    let sections = report.sections.iter().map(|section| {
        let lines = section.groups().into_iter().filter_map(|group| {
            let Held { right, with, folded, place, .. } = group.first()?;
            let places: Vec<&str> = group.iter().map(|held| held.place.name.as_str()).collect();
            let own = group.len() == 1 && place.subject == section.of.subject;
            let place = if own { String::new() } else { format!(" ({})", some_of(&places)) };
            let with = if with.is_empty() { String::new() } else { format!("; so does {}", joined(&labels(with))) };
            Some((right.phrase().to_owned(), format!("{}{place}{with}", folded.join(", "))))
        });
        Block::new(&section.of.name, lines.collect())
    });
    [Block::new(title, lines)].into_iter().chain(sections).collect()
}

fn of_alone(report: &AloneReport) -> Vec<Block> {
    if report.people.is_empty() {
        return vec![Block::new("No right that teams should know is held by one person alone.", Vec::new())];
    }
    report.people.iter().map(of_person).collect()
}

fn of_person(person: &Irreplaceable) -> Block {
    let title = match (person.rights, person.duties) {
        (0, 0) => format!("{}: deputies would decide all", person.who.label),
        (rights, duties) => {
            let of_duties = if duties == 1 { "1 duty".to_owned() } else { format!("{duties} duties") };
            let rights = if rights == 0 { "none".to_owned() } else { rights.to_string() };
            format!("{}: {of_duties} would be orphaned, {rights} of them among the seven rights", person.who.label)
        }
    };
    let (caught, orphaned): (Vec<_>, Vec<_>) = person.decided.iter().partition(|decided| !decided.caught_by.is_empty());
    let with_rights = orphaned.iter().copied().filter(|decided| !decided.rights.is_empty());
    let rights = by_place(with_rights, |decided| decided.rights.join(", "));
    let duties = by_place(orphaned.iter().copied(), |decided| decided.folded.join(", "));
    let mut lines: Vec<(String, String)> = rights.into_iter().map(|rights| ("rights".to_owned(), rights)).collect();
    lines.extend(duties.into_iter().map(|duties| ("all duties".to_owned(), duties)));
    if !person.backlogs.is_empty() {
        let backlogs: Vec<&str> = person.backlogs.iter().map(|backlog| backlog.name.as_str()).collect();
        lines.push(("owns".to_owned(), joined(&backlogs)));
    }
    let deputies = |decided: &DecidedAlone| format!("{}, by {}", decided.folded.join(", "), joined(&labels(&decided.caught_by)));
    lines.extend(by_place(caught, deputies).into_iter().map(|caught| ("caught by deputy".to_owned(), caught)));
    Block::new(title, lines)
}

/// What is said of duties, with the places of which the same is said.
fn by_place<'r>(decided: impl IntoIterator<Item = &'r DecidedAlone>, words: impl Fn(&DecidedAlone) -> String) -> Vec<String> {
    let groups = alike(decided, |decided| words(decided));
    let said = groups.iter().filter_map(|group| {
        let places: Vec<&str> = group.iter().map(|decided| decided.place.name.as_str()).collect();
        Some(format!("{} ({})", words(group.first()?), some_of(&places)))
    });
    said.collect()
}

/// The JSON document, version 1: fields may be added, none renamed or removed.
#[derive(Serialize)]
struct Document<T> {
    version: u32,
    tool: Tool,
    as_of: String,
    #[serde(flatten)]
    answer: T,
}

#[derive(Serialize)]
struct Duties<'a> {
    /// The duty or area; none if the seven rights were asked about.
    asked: Option<&'a str>,
    meanings: Vec<Meaning<'a>>,
    products: Vec<Product<'a, Duty<'a>>>,
    /// The duties of teams without a product, and of the organization.
    others: Vec<Other<'a, Duty<'a>>>,
}

#[derive(Serialize)]
struct Meaning<'a> {
    duty: &'a str,
    meaning: &'a str,
}

#[derive(Serialize)]
struct Product<'a, T> {
    product: &'a str,
    name: &'a str,
    duties: Vec<T>,
}

#[derive(Serialize)]
struct Other<'a, T> {
    subject: &'a str,
    name: &'a str,
    duties: Vec<T>,
}

#[derive(Serialize)]
struct Duty<'a> {
    duty: &'a str,
    subject: &'a str,
    subject_name: &'a str,
    standing: Standing,
    because: Option<&'a str>,
    reason: Option<&'a str>,
    location: Option<Location<'a>>,
    deciders: Vec<Decider<'a>>,
    /// Only what is recorded; empty for nobody.
    others: Vec<Others<'a>>,
}

#[derive(Serialize)]
struct Decider<'a> {
    #[serde(flatten)]
    actor: Actor<'a>,
    by: By,
    how: &'a str,
    until: Option<String>,
    location: Option<Location<'a>>,
}

#[derive(Serialize)]
struct Others<'a> {
    right: &'static str,
    who: Vec<Actor<'a>>,
}

#[derive(Serialize)]
struct OfActor<'a> {
    who: Actor<'a>,
    seats: Vec<Seat<'a>>,
    developer_of: Vec<&'a str>,
    products: Vec<Product<'a, HeldDuties<'a>>>,
    /// What is held of teams without a product, and of the organization.
    others: Vec<Other<'a, HeldDuties<'a>>>,
}

#[derive(Serialize)]
struct Seat<'a> {
    seat: &'static str,
    subject: &'a str,
    subject_name: &'a str,
}

#[derive(Serialize)]
struct HeldDuties<'a> {
    right: &'static str,
    subject: &'a str,
    subject_name: &'a str,
    duties: &'a [String],
    /// Those who decide the same duties too.
    with: Vec<Actor<'a>>,
}

#[derive(Serialize)]
struct OfAlone<'a> {
    people: Vec<Person<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    #[serde(flatten)]
    who: Actor<'a>,
    orphaned_rights: usize,
    orphaned_duties: usize,
    decides_alone: Vec<Alone<'a>>,
    owns: Vec<&'a str>,
}

#[derive(Serialize)]
struct Alone<'a> {
    subject: &'a str,
    subject_name: &'a str,
    duties: &'a [String],
    rights: &'a [String],
    caught_by: Vec<Actor<'a>>,
}

/// Writes an answer as the JSON document, with a final line break.
pub fn json(answer: &Answer<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    fn document<T: Serialize>(as_of: jiff::civil::Date, answer: T) -> serde_json::Result<String> {
        serde_json::to_string_pretty(&Document { version: 1, tool: Tool::this(), as_of: as_of.to_string(), answer })
    }
    let text = match answer {
        Answer::Duties(report) => document(report.as_of, duties(report)),
        Answer::Actor(report) => document(report.as_of, held(report)),
        Answer::Alone(report) => document(report.as_of, OfAlone { people: report.people.iter().map(person).collect() }),
    }?;
    out.write_all(escape::json(&text).as_bytes())?;
    out.write_all(b"\n")
}

/// Sections as a document has them: those of products, and the others.
fn by_kind<'a, T>(sections: impl Iterator<Item = (&'a Place, Vec<T>)>) -> (Vec<Product<'a, T>>, Vec<Other<'a, T>>) {
    let (mut products, mut others) = (Vec::new(), Vec::new());
    for (of, duties) in sections {
        match of.kind {
            PlaceKind::Product => products.push(Product { product: of.id(), name: &of.name, duties }),
            _ => others.push(Other { subject: &of.subject, name: &of.name, duties }),
        }
    }
    (products, others)
}

fn duties<'a>(report: &'a DutyReport<'_>) -> Duties<'a> {
    let of_section = |entries: &'a [Entry]| entries.iter().map(|entry| duty(report.sources, entry)).collect();
    let (products, others) = by_kind(report.sections.iter().map(|section| (&section.of, of_section(&section.entries))));
    let meanings = report.duties.iter().map(|(duty, meaning)| Meaning { duty, meaning }).collect();
    Duties { asked: report.asked.as_deref(), meanings, products, others }
}

fn duty<'a>(sources: &'a Sources, entry: &'a Entry) -> Duty<'a> {
    let Entry { duty, place, answer } = entry;
    let deciders = answer.deciders.iter().map(|Known { who, by, how, at, until }| Decider {
        actor: actor(who),
        by: *by,
        how,
        until: until.map(|until| until.to_string()),
        location: at.map(|at| location(sources, at)),
    });
    Duty {
        duty,
        subject: &place.subject,
        subject_name: &place.name,
        standing: answer.standing,
        because: answer.because.as_deref(),
        reason: answer.reason.as_deref(),
        location: answer.at.map(|at| location(sources, at)),
        deciders: deciders.collect(),
        others: answer.others.iter().map(|(right, who)| Others { right: right.word(), who: actors(who) }).collect(),
    }
}

fn actors(named: &[Named]) -> Vec<Actor<'_>> {
    named.iter().map(actor).collect()
}

fn held(report: &ActorReport) -> OfActor<'_> {
    let (products, others) =
        by_kind(report.sections.iter().map(|section| (&section.of, section.held.iter().map(held_duties).collect())));
    let seats = report.seats.iter();
    OfActor {
        who: actor(&report.who),
        seats: seats.map(|held| Seat { seat: held.seat, subject: &held.of.subject, subject_name: &held.of.name }).collect(),
        developer_of: report.develops.iter().map(|team| team.subject.as_str()).collect(),
        products,
        others,
    }
}

fn held_duties(held: &Held) -> HeldDuties<'_> {
    let Held { right, with, place, duties, .. } = held;
    HeldDuties { right: right.word(), subject: &place.subject, subject_name: &place.name, duties, with: actors(with) }
}

fn person(of: &Irreplaceable) -> Person<'_> {
    Person {
        who: actor(&of.who),
        orphaned_rights: of.rights,
        orphaned_duties: of.duties,
        decides_alone: of.decided.iter().map(alone).collect(),
        owns: of.backlogs.iter().map(|backlog| backlog.subject.as_str()).collect(),
    }
}

fn alone(decided: &DecidedAlone) -> Alone<'_> {
    let DecidedAlone { place, duties, rights, caught_by, .. } = decided;
    Alone { subject: &place.subject, subject_name: &place.name, duties, rights, caught_by: actors(caught_by) }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::Days;
    use crate::org::Org;
    use crate::sections::Filter;
    use crate::source::Source;
    use crate::who::Query;
    use crate::who::{actor, alone, duty};

    const TEAM: &str = "\
people: {ann: Ann Lee, bob: Bob, kim: Kim, eve: Eve}
products:
  app:
    name: App
    product-manager: ann
    responsibilities:
      strategy.*: {decides: ann, approves: kim}
      backlog.order: {decides: product-owner, input: nobody, deputy: eve}
      scope.changes: {decides: kim, until: 2026-01-31}
      priorities.conflict: [ann, kim]
      results.measure: project-manager
      market.competition: {not-applicable: internal}
teams:
  red: {name: Red, product: app, product-owner: bob, responsibilities: {delivery.*: bob, delivery.how: developers}}
  blue: {name: Blue, product: app, backlog: blue, product-owner: eve, responsibilities: {delivery.*: bob}}
";

    fn shown_as(text: &str, word: &str, write: impl Fn(&Answer<'_, '_>, &mut dyn Write) -> io::Result<()>) -> String {
        let sources = Sources::new(vec![Source::new("team.yaml", text)]);
        let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
        let linked = crate::load(&sources, days).expect("the text is valid");
        let (org, filter): (&Org<'_>, Filter) = (&linked.org, Filter::default());
        let mut out = Vec::new();
        let query = if word.is_empty() { Ok(Query::Rights) } else { Query::of(word, org) };
        let written = match query {
            _ if word == "--alone" => write(&Answer::Alone(&alone::alone(org, &filter)), &mut out),
            Ok(Query::Actor(who)) => write(&Answer::Actor(&actor::actor(org, who, &filter)), &mut out),
            Ok(query) => write(&Answer::Duties(&duty::duties(org, &query, &filter, &sources)), &mut out),
            Err(several) => unreachable!("{word} is one of {several:?}"),
        };
        written.expect("memory can be written");
        String::from_utf8(out).expect("it is text")
    }

    fn shown(word: &str) -> String {
        shown_as(TEAM, word, |answer, out| text(answer, &Style { color: false, width: Some(80) }, out))
    }

    #[test]
    fn the_seven_rights_say_who_decides_each() {
        let expected = "\
App
  strategy.product: Ann Lee
roadmap.priorities: not recorded
     backlog.order: Bob (the backlog of App)
                    Eve (the backlog of Blue)
delivery.questions: Bob
     scope.changes: nobody: Kim did until 2026-01-31
priorities.conflict: contested: Ann Lee and Kim
   results.measure: nobody: the seat of its project manager is vacant
";
        assert_eq!(shown(""), expected);
    }

    #[test]
    fn a_duty_tells_how_it_is_known_and_who_else_has_a_say() {
        let expected = "\
backlog.order: Decides what comes first, next and last in the Product Backlog.

App
  backlog.order (the backlog of App)
           decides: Bob, as product owner, by `backlog.order` of products.app
                    (team.yaml:8:32)
         is deputy: Eve
       gives input: nobody

  backlog.order (the backlog of Blue)
           decides: Eve, as product owner, by `backlog.order` of products.app
                    (team.yaml:8:32)
         is deputy: Eve
       gives input: nobody
";
        assert_eq!(shown("backlog.order"), expected);
    }

    #[test]
    fn why_nobody_decides_stands_in_plain_words() {
        let decides = |duty: &str| {
            let shown = shown(duty);
            shown.lines().last().map(|line| line.trim().to_owned())
        };
        assert_eq!(decides("scope.changes").as_deref(), Some("decides: nobody: Kim did until 2026-01-31 (team.yaml:9:7)"));
        assert_eq!(decides("market.competition").as_deref(), Some("decides: not applicable: internal (team.yaml:12:7)"));
        assert_eq!(decides("release.decision").as_deref(), Some("decides: not recorded"));
        let conflict = shown("priorities.conflict");
        let expected = "\
         contested: Ann Lee, by `priorities.conflict` of products.app
                    (team.yaml:10:29)
                    Kim, by `priorities.conflict` of products.app
                    (team.yaml:10:34)
";
        assert!(conflict.ends_with(expected), "{conflict}");
    }

    #[test]
    fn a_fact_that_stands_for_a_record_is_named() {
        let text = shown_as("people: {ann: }\nproducts: {app: {product-owner: ann}}", "backlog.order", |answer, out| {
            text(answer, &Style { color: false, width: None }, out)
        });
        assert!(text.ends_with("decides: ann, as owner of the backlog; no record names anyone (team.yaml:2:33)\n"), "{text}");
    }

    #[test]
    fn duties_of_an_area_that_stand_the_same_stand_together() {
        let shown = shown("strategy.*");
        assert!(shown.starts_with("strategy.*: 7 duties\n\nApp\n  strategy.vision, strategy.product,"), "{shown}");
        assert_eq!(shown.matches("decides:").count(), 1, "{shown}");
    }

    #[test]
    fn a_person_holds_seats_and_rights() {
        let expected = "\
Bob
    holds the seat: product owner of Red

App
           decides: backlog.manage, backlog.order (the backlog of App)
                    delivery.questions, delivery.tradeoffs, delivery.sprint,
                    delivery.team-voice, delivery.review (Red)
                    delivery.* (Blue)
";
        assert_eq!(shown("bob"), expected);
        assert_eq!(shown("people.bob"), expected);
        assert_eq!(shown("Bob"), expected);
        let kim = shown("kim");
        assert!(kim.contains("           decides: priorities.conflict; so does Ann Lee\n"), "{kim}");
        assert!(kim.contains("      must approve: strategy.*\n"), "{kim}");
        assert!(shown("ann").starts_with("Ann Lee (ann)\n"));
        assert!(shown("teams.red").ends_with("decides: delivery.how (Red)\n"));
    }

    #[test]
    fn those_on_whom_most_depends_stand_first() {
        let expected = "\
Bob: 12 duties would be orphaned, 2 of them among the seven rights
            rights: delivery.questions (Red and Blue)
        all duties: backlog.manage (the backlog of App)
                    delivery.questions, delivery.tradeoffs, delivery.sprint,
                    delivery.team-voice, delivery.review (Red)
                    delivery.* (Blue)
              owns: the backlog of App
  caught by deputy: backlog.order, by Eve (the backlog of App)

Ann Lee: 7 duties would be orphaned, 1 of them among the seven rights
            rights: strategy.product (App)
        all duties: strategy.* (App)

Eve: 2 duties would be orphaned, 1 of them among the seven rights
            rights: backlog.order (the backlog of Blue)
        all duties: backlog.manage, backlog.order (the backlog of Blue)
              owns: the backlog of Blue
";
        assert_eq!(shown("--alone"), expected);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        for word in ["", "backlog.*", "ann", "--alone"] {
            for width in [40, 60, 80] {
                let shown = shown_as(TEAM, word, |answer, out| text(answer, &Style { color: false, width: Some(width) }, out));
                for line in shown.lines() {
                    assert!(unicode_width::UnicodeWidthStr::width(line) <= width, "{word} at {width}: {line}");
                }
            }
        }
    }

    #[test]
    fn markdown_says_the_same_as_text() {
        let markdown = shown_as(TEAM, "", markdown);
        let expected = "# Who decides what, as of 2026-11-21\n\n## App\n\n- **strategy.product:** Ann Lee\n- **roadmap.priorities:** not recorded";
        assert!(markdown.starts_with(expected), "{markdown}");
    }

    #[test]
    fn json_has_places_and_ids() {
        let found: serde_json::Value = serde_json::from_str(&shown_as(TEAM, "backlog.order", json)).expect("it is JSON");
        assert_eq!(
            (&found["version"], &found["as_of"], &found["asked"]),
            (&1.into(), &"2026-11-21".into(), &"backlog.order".into())
        );
        let expected = serde_json::json!({
            "duty": "backlog.order", "subject": "backlogs.blue", "subject_name": "the backlog of Blue", "standing": "decided",
            "because": null, "reason": null, "location": null,
            "deciders": [{
                "id": "eve", "name": "Eve", "kind": "person", "by": "seat",
                "how": "as product owner, by `backlog.order` of products.app", "until": null,
                "location": {"file": "team.yaml", "line": 8, "column": 32, "end_line": 8, "end_column": 45}
            }],
            "others": [
                {"right": "deputy", "who": [{"id": "eve", "name": "Eve", "kind": "person"}]},
                {"right": "input", "who": []}
            ]
        });
        assert_eq!(found["products"][0]["duties"][1], expected);
    }

    #[test]
    fn hostile_names_obey_nobody() {
        let hostile = sample::quoted(sample::HOSTILE);
        let file = format!(
            "people: {{ann: {hostile}, bob: }}\nproducts:\n  app:\n    name: {hostile}\n    responsibilities: \
             {{strategy.*: {{decides: ann, input: bob}}, market.competition: {{not-applicable: {hostile}}}}}"
        );
        for word in ["", "strategy.*", "market.competition", "ann", "--alone"] {
            let text = shown_as(&file, word, |answer, out| text(answer, &Style { color: true, width: Some(80) }, out));
            sample::assert_harmless(&text);
            let markdown = shown_as(&file, word, markdown);
            sample::assert_harmless(&markdown);
            assert!(!markdown.contains("<b>") && !markdown.contains("@ann"), "{markdown}");
            let json = shown_as(&file, word, json);
            sample::assert_harmless(&json);
            assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok(), "{json}");
        }
    }
}
