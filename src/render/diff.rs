//! What changes between two versions of an organization: a summary first, then what weighs most.

use super::json::{Actor, Counts, Gap, Tool, actor, gap};
use super::{BOLD, PLAIN, Style, color_of, counted, escape, place};
use crate::against::by_severity;
use crate::diff::{Diff, Held, Moved, Others, PersonChange, Presence, SeatChange, Thing, ThingKind, Vacated, Version};
use crate::finding::{Finding, Severity};
use crate::org::seats::SeatKind;
use crate::org::{joined, some_joined};
use crate::sections::Named;
use crate::source::Sources;
use anstyle::AnsiColor;
use serde::Serialize;
use std::io::{self, Write};

/// Groups of a list in text, before the rest is only counted.
const MOST_LISTED: usize = 10;
/// Groups of a list in Markdown.
const MOST_ROWS: usize = 30;
/// Names in a line, before the rest is only counted.
const MOST_NAMED: usize = 6;

const GAIN: anstyle::Style = AnsiColor::Green.on_default();
const LOSS: anstyle::Style = AnsiColor::Red.on_default();

/// A section: its title, and its entries; those in one group are shown together or not at all.
struct Section {
    title: &'static str,
    groups: Vec<Vec<Entry>>,
}

impl Section {
    fn of(title: &'static str, entries: Vec<Entry>) -> Self {
        Section { title, groups: entries.into_iter().map(|entry| vec![entry]).collect() }
    }

    /// The entries of the first groups, and how many groups there are beside.
    fn shown(&self, most: usize) -> (impl Iterator<Item = &Entry>, usize) {
        (self.groups.iter().take(most).flatten(), self.groups.len().saturating_sub(most))
    }
}

/// An entry of a list: words behind a mark, or a heading for the entries below it.
struct Entry {
    mark: Mark,
    words: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Plain,
    Gain,
    Loss,
    /// A person, above what that person gains and loses.
    Person,
    Of(Severity),
}

/// Writes the summary, then a list for each kind of change.
pub fn text(diff: &Diff<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let out = &mut escape::Log::new(out);
    let [before, after] = &diff.versions;
    let title = format!("From {} to {}", dated(before, after), dated(after, before));
    let mut page = style.paragraph("", PLAIN, &escape::one_line(&title), BOLD);
    if diff.is_empty() {
        page += &style.paragraph("", PLAIN, &nothing(diff), PLAIN);
        return out.write_all(page.as_bytes());
    }
    let mut above = "";
    for (label, words) in summary(diff) {
        let shown = if label == above { "" } else { label };
        above = label;
        page += &style.paragraph(&format!("{shown:>9}  "), BOLD, &escape::one_line(&words), PLAIN);
    }
    for section in sections(diff) {
        page += &format!("\n{}\n", style.painted(section.title, BOLD));
        let (entries, more) = section.shown(MOST_LISTED);
        page += &entries.map(|entry| line(entry, style)).collect::<String>();
        if more > 0 {
            page += &style.paragraph("  ", PLAIN, &format!("… and {more} more; `--format json` has all"), PLAIN);
        }
    }
    out.write_all(page.as_bytes())
}

fn line(entry: &Entry, style: &Style) -> String {
    let words = escape::one_line(&entry.words);
    match entry.mark {
        Mark::Plain => style.paragraph("  ", PLAIN, &words, PLAIN),
        Mark::Person => style.paragraph("  ", PLAIN, &words, BOLD),
        Mark::Gain => style.paragraph("    + ", GAIN, &words, PLAIN),
        Mark::Loss => style.paragraph("    - ", LOSS, &words, PLAIN),
        Mark::Of(severity) => style.message(&format!("  {}", severity.word()), color_of(severity), &words, PLAIN),
    }
}

/// Writes the same as a Markdown page.
pub fn markdown(diff: &Diff<'_>, out: &mut dyn Write) -> io::Result<()> {
    let [before, after] = &diff.versions;
    let mut page = format!(
        "# What changes from {} to {}\n\n",
        escape::markdown(&dated(before, after)),
        escape::markdown(&dated(after, before))
    );
    if diff.is_empty() {
        page += &format!("{}\n", nothing(diff));
        return out.write_all(page.as_bytes());
    }
    for (label, words) in summary(diff) {
        page += &format!("- **{label}:** {}\n", escape::markdown(&words));
    }
    for section in sections(diff) {
        page += &format!("\n## {}\n\n", section.title);
        let (entries, more) = section.shown(MOST_ROWS);
        for entry in entries {
            let words = escape::markdown(&entry.words);
            page += &match entry.mark {
                Mark::Plain => format!("- {words}\n"),
                Mark::Person => format!("- **{words}**\n"),
                Mark::Gain => format!("  - now {words}\n"),
                Mark::Loss => format!("  - no longer {words}\n"),
                Mark::Of(severity) => format!("- {}{words}\n", severity.word()),
            };
        }
        if more > 0 {
            page += &format!("- … and {more} more; `--format json` has all\n");
        }
    }
    out.write_all(page.as_bytes())
}

/// What a version is called, with its day where the other has another one.
fn dated(version: &Version<'_>, other: &Version<'_>) -> String {
    if version.as_of == other.as_of { version.name.clone() } else { format!("{} ({})", version.name, version.as_of) }
}

fn nothing(diff: &Diff<'_>) -> String {
    match diff.findings.unchanged.len() {
        0 => "Nothing changes, and there are no findings.".to_owned(),
        count => format!(
            "Nothing changes; {} as before.",
            if count == 1 { "1 finding stays".to_owned() } else { format!("{count} findings stay") }
        ),
    }
}

/// One line for each kind of change.
fn summary(diff: &Diff<'_>) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    if !diff.without.is_empty() {
        let names: Vec<&str> = diff.without.iter().map(|left| left.label.as_str()).collect();
        lines.push(("without", format!("both versions are seen as if {} had left", joined(&names))));
    }
    for (label, kind) in [("products", ThingKind::Product), ("teams", ThingKind::Team), ("people", ThingKind::Person)] {
        let [gone, new] = [Presence::Gone, Presence::New].map(|presence| {
            let names: Vec<String> = diff.things_of(kind, presence).map(|thing| thing.name.clone()).collect();
            (!names.is_empty()).then(|| format!("{} {}: {}", names.len(), presence.word(), some_joined(&names, MOST_NAMED)))
        });
        let said: Vec<String> = [gone, new].into_iter().flatten().collect();
        if !said.is_empty() {
            lines.push((label, said.join("; ")));
        }
    }
    let held = diff
        .held
        .iter()
        .filter(|(_, [before, after])| before != after)
        .map(|(seat, [before, after])| format!("{}: {} → {}", seat.title(), seats_held(before), seats_held(after)));
    lines.extend(held.map(|words| ("seats", words)));
    let gain = diff.people.iter().filter(|one| !one.gained.is_empty()).count();
    let lose = diff.people.iter().filter(|one| !one.lost.is_empty()).count();
    let moves =
        [(gain, "gains some", "gain some"), (lose, "loses some", "lose some")].into_iter().filter(|(count, ..)| *count > 0);
    let moves: Vec<String> = moves.map(|(count, one, some)| format!("{count} {}", if count == 1 { one } else { some })).collect();
    if !moves.is_empty() {
        lines.push(("rights", moves.join(", ")));
    }
    let findings = &diff.findings;
    let [with_gone, with_new] = diff.with_things;
    let counts = [
        ("introduced", &findings.introduced, with_new, "about what is new"),
        ("fixed", &findings.fixed, with_gone, "gone with what they were about"),
        ("unchanged", &findings.unchanged, 0, ""),
    ];
    let said = counts.iter().filter(|(_, list, ..)| !list.is_empty()).map(|(what, list, some, why)| {
        let some = if *some == 0 { String::new() } else { format!(" ({some} of them {why})") };
        format!("{what}: {}{some}", tally(list))
    });
    let said: Vec<String> = said.collect();
    lines.push(("findings", if said.is_empty() { "none before, none after".to_owned() } else { said.join("; ") }));
    lines
}

/// How many seats are held by how many: `18 seats (17 people)`.
fn seats_held(held: &Held) -> String {
    let people = if held.holders == 1 { "1 person".to_owned() } else { format!("{} people", held.holders) };
    match held.seats {
        0 => "none held".to_owned(),
        seats => format!("{} ({people})", counted(seats, "seat")),
    }
}

fn labels(named: &[Named]) -> String {
    joined(&named.iter().map(|one| one.label.as_str()).collect::<Vec<_>>())
}

/// The numbers of findings: `2 errors, 1 warning`.
fn tally(findings: &[Finding]) -> String {
    let counts = Severity::ALL.into_iter().zip(by_severity(findings)).filter(|(_, count)| *count > 0);
    counts.map(|(severity, count)| counted(count, severity.word())).collect::<Vec<_>>().join(", ")
}

/// All that changes, the most consequential first.
fn sections(diff: &Diff<'_>) -> Vec<Section> {
    let [before, after] = &diff.versions;
    let people = Section { title: "Who gains and who loses", groups: diff.people.iter().map(person).collect() };
    let sections = [
        Section::of("Nobody takes over", diff.vacated.iter().map(vacated).collect()),
        Section::of("Seats", seats(&diff.seats)),
        Section::of("Findings introduced", findings(&diff.findings.introduced, after.sources)),
        people,
        Section::of("Findings fixed", findings(&diff.findings.fixed, before.sources)),
    ];
    sections.into_iter().filter(|section| !section.groups.is_empty()).collect()
}

fn vacated(vacated: &Vacated) -> Entry {
    let Vacated { duties, title, by, .. } = vacated;
    Entry { mark: Mark::Plain, words: format!("{} of {title} (before: {})", duties.join(", "), labels(by)) }
}

/// One entry for each rule and severity: its only finding, or the first one and how many there are.
fn findings(findings: &[Finding], sources: &Sources) -> Vec<Entry> {
    let mut alike: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        let is_alike = |other: &&Finding| other.rule.name == finding.rule.name && other.severity == finding.severity;
        match alike.iter_mut().find(|group| group.first().is_some_and(is_alike)) {
            Some(group) => group.push(finding),
            None => alike.push(vec![finding]),
        }
    }
    let entry = |group: Vec<&Finding>| {
        let first = group.first()?;
        let count = if group.len() == 1 { String::new() } else { format!("{} findings; the first: ", group.len()) };
        let words = format!("[{}]: {count}{} ({})", first.rule.name, first.message, place(sources, first.at));
        Some(Entry { mark: Mark::Of(first.severity), words })
    };
    alike.into_iter().filter_map(entry).collect()
}

fn seats(seats: &[SeatChange]) -> Vec<Entry> {
    let holders = |holders: &[Named]| if holders.is_empty() { "nobody".to_owned() } else { labels(holders) };
    let words = |change: &SeatChange| {
        format!("{} of {}: {} → {}", change.seat.title(), change.title, holders(&change.before), holders(&change.after))
    };
    seats.iter().map(|change| Entry { mark: Mark::Plain, words: words(change) }).collect()
}

/// A person's heading, and below it what is lost and gained.
fn person(change: &PersonChange) -> Vec<Entry> {
    let presence = match change.presence {
        Presence::Stays => String::new(),
        presence => format!(" ({})", presence.word()),
    };
    let mut entries = vec![Entry { mark: Mark::Person, words: format!("{}{presence}", change.person.label) }];
    entries.extend(moves(&change.lost, "now", "gone").map(|words| Entry { mark: Mark::Loss, words }));
    entries.extend(moves(&change.gained, "before", "new").map(|words| Entry { mark: Mark::Gain, words }));
    entries
}

/// Moves in words; those that differ in the subject only are one.
fn moves<'m>(moves: &'m [Moved], when: &'m str, absent: &'m str) -> impl Iterator<Item = String> + 'm {
    let mut alike: Vec<(&Moved, Vec<&str>)> = Vec::new();
    for one in moves {
        let is_alike =
            |(other, _): &&mut (&Moved, _)| other.right == one.right && other.duties == one.duties && other.others == one.others;
        match alike.iter_mut().find(is_alike) {
            Some((_, titles)) => titles.push(&one.title),
            None => alike.push((one, vec![&one.title])),
        }
    }
    alike.into_iter().map(move |(one, titles)| {
        let others = match &one.others {
            Others::Named(named) => format!("{when}: {}", labels(named)),
            Others::NotApplicable => format!("{when}: not applicable"),
            Others::Nobody => format!("{when}: nobody"),
            Others::Absent => absent.to_owned(),
        };
        format!("{}: {} of {} ({others})", one.right.phrase(), one.duties.join(", "), joined(&titles))
    })
}

/// The JSON document, version 1: fields may be added, none renamed or removed.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    before: Side<'a>,
    after: Side<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    without: Vec<&'a str>,
    summary: Summary,
    vacated: Vec<VacatedDuties<'a>>,
    held: Vec<HeldSeats>,
    seats: Vec<SeatMove<'a>>,
    people: Vec<Person<'a>>,
    changed: Vec<Changed<'a>>,
    introduced: Vec<Gap<'a>>,
    fixed: Vec<Gap<'a>>,
}

#[derive(Serialize)]
struct Side<'a> {
    name: &'a str,
    as_of: String,
    products: usize,
    teams: usize,
    people: usize,
}

/// Numbers of findings.
#[derive(Serialize)]
struct Summary {
    introduced: Counts,
    fixed: Counts,
    unchanged: Counts,
}

#[derive(Serialize)]
struct VacatedDuties<'a> {
    duties: &'a [String],
    right: bool,
    subject: &'a str,
    before: Vec<Actor<'a>>,
}

/// How many seats of a kind are held, and by how many.
#[derive(Serialize)]
struct HeldSeats {
    seat: &'static str,
    before: HeldBy,
    after: HeldBy,
}

#[derive(Serialize)]
struct HeldBy {
    seats: usize,
    holders: usize,
}

#[derive(Serialize)]
struct SeatMove<'a> {
    seat: &'static str,
    subject: &'a str,
    before: Vec<Actor<'a>>,
    after: Vec<Actor<'a>>,
}

#[derive(Serialize)]
struct Person<'a> {
    #[serde(flatten)]
    person: Actor<'a>,
    presence: &'static str,
    gained: Vec<Rights<'a>>,
    lost: Vec<Rights<'a>>,
}

#[derive(Serialize)]
struct Rights<'a> {
    right: &'static str,
    duties: &'a [String],
    subject: &'a str,
    /// Who held it before, or holds it now: empty for nobody, null where the other version does not have the subject or the duty.
    others: Option<Vec<Actor<'a>>>,
}

/// A product, team or person that only one version has.
#[derive(Serialize)]
struct Changed<'a> {
    kind: &'static str,
    subject: &'a str,
    name: &'a str,
    presence: &'static str,
}

/// Writes the JSON document, with a final line break.
pub fn json(diff: &Diff<'_>, out: &mut dyn Write) -> io::Result<()> {
    let [before, after] = &diff.versions;
    let findings = &diff.findings;
    let document = Document {
        version: 1,
        tool: Tool::this(),
        before: side(before),
        after: side(after),
        without: diff.without.iter().map(|left| left.id.as_str()).collect(),
        summary: Summary {
            introduced: by_severity(&findings.introduced).into(),
            fixed: by_severity(&findings.fixed).into(),
            unchanged: by_severity(&findings.unchanged).into(),
        },
        vacated: diff.vacated.iter().map(vacated_duties).collect(),
        held: diff.held.iter().map(held_seats).collect(),
        seats: diff.seats.iter().map(seat_move).collect(),
        people: diff.people.iter().map(person_change).collect(),
        changed: diff.things.iter().map(changed).collect(),
        introduced: gaps(&findings.introduced, after.sources),
        fixed: gaps(&findings.fixed, before.sources),
    };
    super::json::write(&document, out)
}

fn gaps<'a>(findings: &'a [Finding], sources: &'a Sources) -> Vec<Gap<'a>> {
    findings.iter().map(|finding| gap(sources, finding)).collect()
}

fn actors(named: &[Named]) -> Vec<Actor<'_>> {
    named.iter().map(actor).collect()
}

fn side<'a>(version: &'a Version<'_>) -> Side<'a> {
    let Version { name, as_of, read, .. } = version;
    Side { name, as_of: as_of.to_string(), products: read.products, teams: read.teams, people: read.people }
}

fn vacated_duties(vacated: &Vacated) -> VacatedDuties<'_> {
    let Vacated { duties, is_right, subject, by, .. } = vacated;
    VacatedDuties { duties, right: *is_right, subject, before: actors(by) }
}

fn held_seats((seat, [before, after]): &(SeatKind, [Held; 2])) -> HeldSeats {
    let by = |held: &Held| HeldBy { seats: held.seats, holders: held.holders };
    HeldSeats { seat: seat.word(), before: by(before), after: by(after) }
}

fn seat_move(change: &SeatChange) -> SeatMove<'_> {
    let SeatChange { seat, of, before, after, .. } = change;
    SeatMove { seat: seat.word(), subject: of, before: actors(before), after: actors(after) }
}

fn person_change(change: &PersonChange) -> Person<'_> {
    let PersonChange { person, presence, gained, lost } = change;
    let (gained, lost) = (gained.iter().map(rights).collect(), lost.iter().map(rights).collect());
    Person { person: actor(person), presence: presence.word(), gained, lost }
}

fn rights(moved: &Moved) -> Rights<'_> {
    let others = match &moved.others {
        Others::Named(named) => Some(actors(named)),
        Others::Nobody => Some(Vec::new()),
        Others::Absent | Others::NotApplicable => None,
    };
    Rights { right: moved.right.word(), duties: &moved.duties, subject: &moved.subject, others }
}

fn changed(thing: &Thing) -> Changed<'_> {
    Changed { kind: thing.kind.word(), subject: &thing.path, name: &thing.name, presence: thing.presence.word() }
}
