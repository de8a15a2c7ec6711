//! What has to hold when an organization is compared, seen without someone, or shown without names: over generated organizations.

#![allow(clippy::panic, reason = "a test fails by panicking")]

#[path = "common/organizations.rs"]
mod organizations;

use proptest::prelude::*;
use roleaudit::Days;
use roleaudit::advise::advise;
use roleaudit::audit::{Selection, audit};
use roleaudit::compare::{Given, compare};
use roleaudit::departure::departure;
use roleaudit::diff::{self, Audited, Diff, Moved, diff};
use roleaudit::export;
use roleaudit::finding::Finding;
use roleaudit::matrix;
use roleaudit::org::{Actor, Answer as Decided, Org};
use roleaudit::redact::{Pseudonyms, Redact};
use roleaudit::render::who::Answer;
use roleaudit::render::{self, Style, advice};
use roleaudit::report::Report;
use roleaudit::review::{self, Compared, Review, Wanted};
use roleaudit::sections::Filter;
use roleaudit::settings::Settings;
use roleaudit::source::{Source, Sources};
use roleaudit::who::{Query, actor, alone, duty};
use serde_yaml::{Mapping, Value};
use std::collections::BTreeSet;

/// The ids and names of people that the generator uses, each with one of the same length and at the same place in the alphabet.
const RENAMED: [(&str, &str); 12] = [
    ("ann", "ano"),
    ("ben", "beo"),
    ("cai", "caj"),
    ("dee", "def"),
    ("eva", "evb"),
    ("board", "boare"),
    ("ANN", "ANO"),
    ("BEN", "BEO"),
    ("CAI", "CAJ"),
    ("DEE", "DEF"),
    ("EVA", "EVB"),
    ("BOARD", "BOARE"),
];
/// Ids and names that occur nowhere else. The id is part of the name, but for its case.
const RARE: [(&str, &str); 12] = [
    ("ann", "qzann"),
    ("ben", "qzben"),
    ("cai", "qzcai"),
    ("dee", "qzdee"),
    ("eva", "qzeva"),
    ("board", "qzboard"),
    ("ANN", "QZANN"),
    ("BEN", "QZBEN"),
    ("CAI", "QZCAI"),
    ("DEE", "QZDEE"),
    ("EVA", "QZEVA"),
    ("BOARD", "QZBOARD"),
];

fn sources(text: &str) -> Sources {
    Sources::new(vec![Source::new("team.yaml", text)])
}

fn load<'s>(sources: &'s Sources, without: &'s [String]) -> Org<'s> {
    let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
    let linked = roleaudit::load_without(sources, days, without);
    linked.unwrap_or_else(|invalid| panic!("{:#?}", invalid.errors)).org
}

fn audited<'s>(org: &Org<'_>, sources: &'s Sources) -> Report<'s> {
    audit(org, &Settings::default(), &Selection::default(), sources)
}

fn changes<'s>(before: (&Org<'_>, &'s Sources), after: (&Org<'_>, &'s Sources)) -> Diff<'s> {
    let side = |name: &str, org, sources| (name.to_owned(), org, audited(org, sources));
    let [(name, org, report), (later, org_later, report_later)] =
        [side("before", before.0, before.1), side("after", after.0, after.1)];
    diff(Audited { name, org, report }, Audited { name: later, org: org_later, report: report_later })
}

/// The whole review document, with what changes from an earlier version if there is one.
fn reviewed<'s>(org: &Org<'_>, sources: &'s Sources, before: Option<(&Org<'_>, &'s Sources)>) -> Review<'s> {
    let compared = before.map(|before| Compared {
        before: before.0,
        diff: changes(before, (org, sources)),
        shifts: diff::shifts(before.0, org),
    });
    review::review(org, &Settings::default().numbers, audited(org, sources), compared, &Wanted::default())
}

/// The document as Markdown and as a page.
fn printed_review(review: &Review<'_>) -> [String; 2] {
    let mut outputs = [const { Vec::new() }; 2];
    render::review::markdown(review, &mut outputs[0]).expect("memory can be written");
    render::review::html(review, &mut outputs[1]).expect("memory can be written");
    outputs.map(|bytes| String::from_utf8(bytes).expect("outputs are text"))
}

/// A text in which words stand for other words.
fn reworded(text: &str, words: &[(&str, &str)]) -> String {
    let is_in_word = |c: char| c.is_ascii_alphanumeric();
    let mut shown = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_in_word(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        shown.push_str(words.iter().find(|(from, _)| *from == word).map_or(word, |(_, to)| to));
        let end = after.find(is_in_word).unwrap_or(after.len());
        shown.push_str(&after[..end]);
        rest = &after[end..];
    }
    shown
}

/// All that is printed of one organization, in every command and format of this test.
fn printed(org: &Org<'_>, sources: &Sources, names: Option<&Pseudonyms>) -> Vec<String> {
    let hidden = names.map(|names| names.sources(sources));
    let sources = hidden.as_ref().unwrap_or(sources);
    let style = Style { color: false, width: Some(100) };
    let mut outputs = Vec::new();
    let mut write = |print: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
        let mut bytes = Vec::new();
        print(&mut bytes).expect("memory can be written");
        outputs.push(String::from_utf8(bytes).expect("outputs are text"));
    };
    let shown = |report: &mut dyn Redact| {
        if let Some(names) = names {
            report.redact(names);
        }
    };
    let filter = Filter::default();
    let mut report = audited(org, sources);
    shown(&mut report);
    let mut advised = advise(org, &Settings::default().numbers, sources);
    shown(&mut advised);
    let mut matrix = matrix::matrix(org, &filter);
    shown(&mut matrix);
    let mut exported = export::export(org, &filter);
    shown(&mut exported);
    let mut alone = alone::alone(org, &filter);
    shown(&mut alone);
    let areas = org.duties().step_by(9).map(|(duty, _)| Query::Duty(duty)).chain([Query::Rights]);
    let mut duties: Vec<_> = areas.map(|query| duty::duties(org, &query, &filter, sources)).collect();
    duties.iter_mut().for_each(|report| shown(report));
    let mut actors: Vec<_> = org.people().map(|(person, _)| actor::actor(org, Actor::Person(person), &filter)).collect();
    actors.iter_mut().for_each(|report| shown(report));
    let viewer = org.people.first().map(|person| person.id.id.as_ref());
    let view = |by| Given { org, sources, path: "team.yaml", name: "team.yaml", stem: "", by };
    let mut compared = compare(&[view(None), view(viewer)]);
    shown(&mut compared);
    write(&|out| render::text(&report, &style, out));
    write(&|out| render::markdown(&report, out));
    write(&|out| render::json(&report, out));
    write(&|out| advice::text(&advised, &style, out));
    write(&|out| advice::markdown(&advised, out));
    write(&|out| advice::json(&advised, out));
    write(&|out| render::matrix::text(&matrix, &style, out));
    write(&|out| render::matrix::markdown(&matrix, out));
    write(&|out| render::matrix::csv(&matrix, out));
    write(&|out| render::matrix::json(&matrix, out));
    write(&|out| render::export::csv(&exported, out));
    write(&|out| render::export::markdown(&exported, out));
    write(&|out| render::export::lost(&exported, &style, out));
    write(&|out| render::compare::text(&compared, &style, out));
    write(&|out| render::compare::markdown(&compared, out));
    write(&|out| render::compare::json(&compared, out));
    let mut reviewed = reviewed(org, sources, None);
    shown(&mut reviewed);
    write(&|out| render::review::markdown(&reviewed, out));
    write(&|out| render::review::html(&reviewed, out));
    let answers = duties.iter().map(Answer::Duties).chain(actors.iter().map(Answer::Actor)).chain([Answer::Alone(&alone)]);
    for answer in answers {
        write(&|out| render::who::text(&answer, &style, out));
        write(&|out| render::who::markdown(&answer, out));
        write(&|out| render::who::json(&answer, out));
    }
    outputs
}

fn printed_diff(diff: &Diff<'_>) -> Vec<String> {
    let style = Style { color: false, width: Some(100) };
    let mut outputs = [const { Vec::new() }; 3];
    render::diff::text(diff, &style, &mut outputs[0]).expect("memory can be written");
    render::diff::markdown(diff, &mut outputs[1]).expect("memory can be written");
    render::diff::json(diff, &mut outputs[2]).expect("memory can be written");
    outputs.map(|bytes| String::from_utf8(bytes).expect("outputs are text")).into()
}

fn identities(findings: &[Finding]) -> Vec<(&str, &str, Option<&str>)> {
    let mut identities: Vec<_> = findings.iter().map(Finding::identity).collect();
    identities.sort_unstable();
    identities
}

fn moves<'d>(diff: &'d Diff<'_>, of: impl Fn(&'d roleaudit::diff::PersonChange) -> &'d [Moved]) -> BTreeSet<String> {
    let moves = diff.people.iter().flat_map(|person| of(person).iter().map(move |moved| (&person.person, moved)));
    moves.map(|(person, moved)| format!("{} {} {:?} {}", person.id, moved.right.word(), moved.duties, moved.subject)).collect()
}

fn numbers() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..900)
}

/// The subjects of an organization that have nothing to do with a person: products that do not name the person, and neither do their
/// teams and backlogs, nor anything that holds for the whole organization.
fn untouched(text: &str, person: &str) -> BTreeSet<String> {
    let file: Mapping = serde_yaml::from_str(text).expect("the organization is YAML");
    let section = |name: &str| file.get(name).and_then(Value::as_mapping).cloned().unwrap_or_default();
    let whole = file.iter().filter(|(key, _)| !matches!(key.as_str(), Some("people" | "products" | "teams" | "backlogs")));
    if whole.into_iter().any(|(_, value)| names(value, person)) {
        return BTreeSet::new();
    }
    let id = |key: &Value| key.as_str().unwrap_or_default().to_owned();
    let named = |name: &str| section(name).into_iter().filter(|(_, value)| names(value, person)).map(|(key, _)| id(&key));
    let mut touched: BTreeSet<String> = named("products").chain(named("backlogs")).collect();
    let teams = section("teams");
    // A team ties its products and its backlog together, so that what touches one touches all.
    for _ in 0..teams.len() + 1 {
        for (key, team) in &teams {
            let mut tied = vec![id(key)];
            for value in [team.get("product"), team.get("backlog")].into_iter().flatten() {
                tied.extend(value.as_str().map(str::to_owned));
                tied.extend(value.as_sequence().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
            }
            if names(team, person) || tied.iter().any(|id| touched.contains(id)) {
                touched.extend(tied);
            }
        }
    }
    let of = |name: &'static str| section(name).into_iter().map(move |(key, _)| (name, id(&key)));
    let subjects = of("products").chain(of("teams")).filter(|(_, id)| !touched.contains(id));
    subjects.flat_map(|(kind, id)| [format!("{kind}.{id}"), format!("backlogs.{id}")]).collect()
}

fn names(value: &Value, person: &str) -> bool {
    match value {
        Value::String(text) => text == person,
        Value::Sequence(items) => items.iter().any(|item| names(item, person)),
        Value::Mapping(entries) => entries.iter().any(|(_, value)| names(value, person)),
        _ => false,
    }
}

proptest! {
    #![proptest_config(organizations::cases(60))]

    #[test]
    fn an_organization_does_not_differ_from_itself(numbers in numbers()) {
        let sources = sources(&organizations::organization(&numbers));
        let org = load(&sources, &[]);
        let diff = changes((&org, &sources), (&org, &sources));
        prop_assert!(diff.is_empty(), "{}", printed_diff(&diff)[0]);
    }

    #[test]
    fn what_is_introduced_one_way_is_fixed_the_other_way(one in numbers(), other in numbers()) {
        let [one, other] = [one, other].map(|numbers| sources(&organizations::organization(&numbers)));
        let (of_one, of_other) = (load(&one, &[]), load(&other, &[]));
        let forth = changes((&of_one, &one), (&of_other, &other));
        let back = changes((&of_other, &other), (&of_one, &one));
        prop_assert_eq!(identities(&forth.findings.introduced), identities(&back.findings.fixed));
        prop_assert_eq!(identities(&forth.findings.fixed), identities(&back.findings.introduced));
        prop_assert_eq!(moves(&forth, |person| &person.gained), moves(&back, |person| &person.lost));
        prop_assert_eq!(forth.seats.len(), back.seats.len());
    }

    #[test]
    fn one_who_left_is_named_nowhere_and_hides_no_gap_of_others(numbers in numbers()) {
        let text = reworded(&organizations::organization(&numbers), &RARE);
        let sources = sources(&text);
        let whole = load(&sources, &[]);
        let before = audited(&whole, &sources);
        for person in whole.people.iter().map(|person| person.id.id.to_string()) {
            let without = [person.clone()];
            let org = load(&sources, &without);
            let after = audited(&org, &sources);
            for finding in &after.findings {
                let labels = finding.labels.iter().map(|label| &label.text);
                for text in [&finding.message, &finding.subject, &finding.fix].into_iter().chain(labels) {
                    prop_assert!(!text.to_lowercase().contains(&person), "{person} is named: {text}");
                }
            }
            let untouched = untouched(&text, &person);
            let [was, is] = [&before.findings, &after.findings].map(|findings| {
                let found = findings.iter().filter(|finding| untouched.contains(&finding.subject));
                found.map(|finding| (finding.identity(), finding.message.as_str())).collect::<BTreeSet<_>>()
            });
            // A startup whose only product person left has to choose its first hire, for every product: that takes the place of
            // other advice whom to hire.
            let is_first_hire = |rule: &str| rule == "first-hire";
            let takes_place = |subject: &str| is.iter().any(|((rule, of, _), _)| is_first_hire(rule) && *of == subject);
            for ((rule, subject, duty), message) in was.difference(&is) {
                let is_replaced = rule.starts_with("hire-") && takes_place(subject);
                prop_assert!(is_replaced, "without {person} this is gone: {rule} {subject} {duty:?} {message}");
            }
            for ((rule, subject, duty), message) in is.difference(&was) {
                prop_assert!(is_first_hire(rule), "without {person} this is new: {rule} {subject} {duty:?} {message}");
            }
        }
    }

    #[test]
    fn what_one_decides_alone_needs_a_deputy(numbers in numbers()) {
        let sources = sources(&organizations::organization(&numbers));
        let whole = load(&sources, &[]);
        let alone: Vec<_> = whole.decided_alone().collect();
        for (index, person) in whole.people.iter().enumerate() {
            let without = [person.id.id.to_string()];
            let org = load(&sources, &without);
            for one in alone.iter().filter(|one| whole[one.person].id.id == whole.people[index].id.id && !one.caught_by.is_empty()) {
                let owners = org.owners_of(one.duty, one.subject);
                prop_assert!(!owners.is_empty(), "{} of {} without {}", whole[one.duty].id, whole.path(one.subject), without[0]);
            }
        }
    }

    #[test]
    fn what_falls_vacant_is_told(numbers in numbers()) {
        let sources = sources(&organizations::organization(&numbers));
        let whole = load(&sources, &[]);
        for person in whole.people.iter().map(|person| person.id.id.to_string()) {
            let without = [person];
            let org = load(&sources, &without);
            let told = departure(&whole, &org).expect("somebody left");
            for (duty, subject, _) in whole.all_decisions() {
                let [was, is] = [&whole, &org].map(|org| !org.owners_of(duty, subject).is_empty());
                let path = whole.path(subject);
                let is_told = told.vacant.iter().any(|orphan| orphan.duty == whole[duty].id && orphan.subject == path);
                let falls = was && !is && org.decision(duty, subject).answer != Decided::NotApplicable;
                prop_assert_eq!(falls, is_told, "{} of {} without {}", whole[duty].id, path, without[0]);
            }
        }
    }

    #[test]
    fn no_name_is_left_in_a_redacted_output(one in numbers(), other in numbers()) {
        let [one, other] = [one, other].map(|numbers| sources(&reworded(&organizations::organization(&numbers), &RARE)));
        let (of_one, of_other) = (load(&one, &[]), load(&other, &[]));
        let names = Pseudonyms::of(&[&of_one, &of_other]);
        let [hidden, other_hidden] = [&one, &other].map(|sources| names.sources(sources));
        let mut diff = changes((&of_one, &hidden), (&of_other, &other_hidden));
        diff.redact(&names);
        let mut reviewed = reviewed(&of_other, &other_hidden, Some((&of_one, &hidden)));
        reviewed.redact(&names);
        let outputs = printed(&of_one, &one, Some(&names)).into_iter().chain(printed_diff(&diff)).chain(printed_review(&reviewed));
        for output in outputs {
            prop_assert!(!output.to_lowercase().contains("qz"), "{output}");
        }
    }

    #[test]
    fn other_names_change_names_only(numbers in numbers()) {
        let text = organizations::organization(&numbers);
        let (before, after) = (sources(&text), sources(&reworded(&text, &RENAMED)));
        let (of_before, of_after) = (load(&before, &[]), load(&after, &[]));
        let expected = printed(&of_before, &before, None).into_iter().map(|output| reworded(&output, &RENAMED));
        for (expected, output) in expected.zip(printed(&of_after, &after, None)) {
            prop_assert_eq!(expected, output);
        }
    }

    #[test]
    fn both_formats_of_a_review_tell_every_finding_once(numbers in numbers(), earlier in numbers()) {
        let [after, before] = [numbers, earlier].map(|numbers| sources(&organizations::organization(&numbers)));
        let (of_after, of_before) = (load(&after, &[]), load(&before, &[]));
        let report = audited(&of_after, &after);
        let changed = changes((&of_before, &before), (&of_after, &after)).findings;
        let [markdown, page] = printed_review(&reviewed(&of_after, &after, Some((&of_before, &before))));
        let (_, from_findings) = markdown.split_once("\n## Findings\n").expect("findings have a section");
        let (findings, _) = from_findings.split_once("\n## ").expect("other sections follow");
        let counting = report.counting().count();
        // Behind each message stands its place.
        prop_assert_eq!(findings.matches(" (`team.yaml:").count(), counting, "{}", findings);
        prop_assert_eq!(page.matches("<li class=\"finding\"").count(), counting);
        for (label, expected) in [("New", changed.introduced.len()), ("Closed", changed.fixed.len())] {
            prop_assert_eq!(markdown.matches(&format!("- **{label} gap:** ")).count(), expected, "{}", markdown);
            let on_page = ["error", "warning", "info"].map(|severity| page.matches(&format!("<b>{label} {severity}</b>")).count());
            prop_assert_eq!(on_page.iter().sum::<usize>(), expected, "{}", markdown);
        }
    }

    #[test]
    fn a_large_organization_is_reviewed_the_same_way(numbers in numbers()) {
        let text = organizations::organization(&numbers);
        let bystanders: String = (0..600).map(|number| format!("  bystander-{number}:\n")).collect();
        let small = sources(&text);
        let large = Sources::new(vec![Source::new("team.yaml", &text), Source::new("z.yaml", format!("people:\n{bystanders}"))]);
        let shown = |sources: &Sources| {
            let [markdown, page] = printed_review(&reviewed(&load(sources, &[]), sources, None));
            // How much was read differs, and nothing else may.
            let kept = |text: &str| text.lines().filter(|line| !line.contains(" people, as of")).map(str::to_owned).collect::<Vec<_>>();
            (kept(&markdown), kept(&page.replace('>', ">\n")))
        };
        prop_assert_eq!(shown(&small), shown(&large));
    }
}
