//! The whole reference as one Markdown page: `docs/rules.md`.

use super::super::{citation, escape, name_of};
use super::backing::{Backing, by_section};
use super::page::{areas, kind};
use super::{example, findings, lookup, role, severities};
use crate::advise::Advises;
use crate::catalogue::{ADVICE, Advice, Claim, DOCUMENTS, Duty, MODELS, Model, Passage, SIGNALS, Signal};
use crate::rules::{RULES, Rule};

const INTRODUCTION: &str = "\
# Rules, duties, signals, models and advice

This is all that `roleaudit` knows. `roleaudit explain NAME` shows one entry of it, `roleaudit rules --format json` the whole for
programs, and `roleaudit rules --format markdown` this page.

## How to read it

A rule is named for the problem that it finds. Its severity stands first, and behind it when another one holds. Under `Ask` stands what
people have to settle where it fires, as a question for a meeting. Each rule shows a team file on which it fires, with what it finds in
which line, and one on which it is silent; both are run as its tests.

Quotes are verbatim and belong to their authors and publishers; `roles/passages/README.md` says more. Few are shown: where more of a
document backs an entry, its sections are named with the numbers of the claims. `D4-243` is claim 243 of document 004. Where the documents
disagree with a rule, they are quoted too.

| Id | Document |
| --- | --- |
";

/// The groups of rules and the areas of duties have headings of their own, which begin with these words: a group and an area may have
/// the same name, and each needs a place to link to.
const GROUP: &str = "Group";
const AREA: &str = "Area";
const ROW: &str = "Row";

/// Every rule, duty, signal, model and row of advice, with a table of contents.
pub fn markdown() -> String {
    let mut page = String::from(INTRODUCTION);
    for document in &DOCUMENTS {
        page += &format!("| {} | {} |\n", document.id, escape::markdown(&name_of(document)));
    }
    page += &contents();
    page += "\n## Rules\n";
    for rules in groups() {
        page += &format!("\n### {GROUP} {}\n", rules.first().map_or("", |rule| rule.group.word()));
        page.extend(rules.iter().map(|of| rule(of)));
    }
    page += "\n## Duties\n\nSomebody has to decide each of them; the documents say which role usually does.\n";
    for duties in areas() {
        page += &format!("\n### {AREA} {}\n", duties.first().map_or("", Duty::area));
        page.extend(duties.iter().map(duty));
    }
    page += "\n## Signals\n\nSymptoms that people observe and record under `signals`, or that follow from another key of the team file.\n";
    page.extend(SIGNALS.iter().map(signal));
    page += "\n## Models\n\nHow the product roles can be divided. Each product follows one model, and overlays come on top.\n";
    page.extend(MODELS.iter().map(model));
    page += "\n## Advice\n\nWhich role to hire. Rows A, B and G are added to any advice; of the rows 1 to 19 the first that applies holds.\n";
    page += &quotes("Where one role is advised, a document disagrees that wants both everywhere:", &Advises::Owner.dissent());
    page.extend(ADVICE.iter().map(advice));
    page
}

/// The rules, group by group.
fn groups() -> impl Iterator<Item = &'static [&'static Rule]> {
    RULES.chunk_by(|one, next| one.group == next.group)
}

/// A list of links to every entry.
fn contents() -> String {
    let mut contents = String::from("\n## Contents\n\n- [Rules](#rules)\n");
    for rules in groups() {
        let group = rules.first().map_or("", |rule| rule.group.word());
        contents += &line_of(&link(&format!("{GROUP} {group}"), group), rules.iter().map(|rule| rule.name));
    }
    contents += "- [Duties](#duties)\n";
    for duties in areas() {
        let area = duties.first().map_or("", Duty::area);
        contents += &line_of(&link(&format!("{AREA} {area}"), area), duties.iter().map(|duty| duty.id));
    }
    let links = |names: &mut dyn Iterator<Item = &'static str>| names.map(linked).collect::<Vec<_>>().join(", ");
    contents += &format!("- [Signals](#signals): {}\n", links(&mut SIGNALS.iter().map(|signal| signal.name)));
    contents += &format!("- [Models](#models): {}\n", links(&mut MODELS.iter().map(|model| model.name)));
    let rows = ADVICE.iter().map(|row| link(&format!("{ROW} {}", row.name), row.name)).collect::<Vec<_>>();
    contents + &format!("- [Advice](#advice): {}\n", rows.join(", "))
}

fn line_of(title: &str, names: impl Iterator<Item = &'static str>) -> String {
    format!("  - {title}: {}\n", names.map(linked).collect::<Vec<_>>().join(", "))
}

/// A link to the entry of a name.
fn linked(name: &str) -> String {
    link(name, &escape::code(name))
}

/// A link to a heading. Its anchor is made as GitHub makes it: of letters, digits and hyphens, with hyphens for blanks.
fn link(heading: &str, text: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    let anchor: String = kept.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
    format!("[{text}](#{anchor})")
}

fn rule(rule: &'static Rule) -> String {
    entry(rule.name, &sentence(rule.summary)) + &about(rule, linked)
}

/// A rule by itself, where there is no other entry to link to.
pub(super) fn help(rule: &'static Rule) -> String {
    format!("{}\n\n{}", escape::markdown(&sentence(rule.summary)), about(rule, escape::code))
}

fn about(rule: &'static Rule, named: impl Fn(&str) -> String) -> String {
    let fires = example(rule.fires);
    let mut shown = detail("Severity", &severities(rule));
    shown += &detail("Why", rule.why);
    shown += &detail("Ask", rule.question);
    shown += &detail("Fix", rule.fix);
    if !rule.yields_to.is_empty() {
        let others: Vec<String> = rule.yields_to.iter().map(|other| named(other.name)).collect();
        shown += &format!("- **Silent** where the same is reported by {}\n", others.join(" or "));
    }
    shown += &format!("\nFires on:\n\n{}\n", fenced(&fires));
    for (line, severity, message) in findings(rule, &fires) {
        shown += &format!("- Line {line}, {}: {}\n", severity.word(), escape::markdown(&message));
    }
    shown += &format!("\nDoes not fire on:\n\n{}", fenced(&example(rule.clean)));
    let backing = Backing::from(rule);
    shown += &quotes("Passages for it:", &backing.quoted);
    shown += &places("Also backed by:", &backing.named);
    shown += &quotes("Passages against it:", &backing.quoted_against);
    shown + &places("Also against it:", &backing.named_against)
}

fn duty(duty: &'static Duty) -> String {
    let mut shown = entry(duty.id, duty.meaning);
    shown += &detail("Looked up", lookup(duty.level).0);
    shown += &detail("Role", &role(duty.role));
    if duty.core {
        shown += &detail("Core", "every product needs somebody who decides it");
    }
    if duty.right {
        shown += &detail("Right", "one of the seven decision rights that every team should know");
    }
    shown + &named_in(duty)
}

fn signal(signal: &Signal) -> String {
    let mut shown = entry(signal.name, signal.meaning);
    if let Some(source) = signal.derived {
        shown += &detail("Follows from", source);
    }
    shown + &named_in(signal)
}

fn model(model: &Model) -> String {
    let mut shown = entry(model.name, model.meaning);
    shown += &detail("Kind", kind(model.kind));
    shown += &detail("Changes", model.changes);
    shown + &named_in(model)
}

fn advice(row: &Advice) -> String {
    let mut shown = format!("\n#### {ROW} {}\n\n{}\n\n", row.name, escape::markdown(row.situation));
    shown += &detail("Advice", row.advice);
    let backing = Backing::from(row);
    if !backing.quoted_against.is_empty() {
        shown += &detail("Against it", &backing.ids_against().join(", "));
    }
    shown += &quotes("Rests on:", &backing.quoted);
    shown + &places("Also backed by:", &backing.named)
}

/// The heading of an entry, and what it is.
fn entry(name: &str, meaning: &str) -> String {
    format!("\n#### {}\n\n{}\n\n", escape::code(name), escape::markdown(meaning))
}

fn detail(label: &str, text: &str) -> String {
    format!("- **{label}:** {}\n", escape::markdown(text))
}

fn fenced(text: &str) -> String {
    format!("```yaml\n{text}```\n")
}

/// What documents say about something that nobody speaks against.
fn named_in(of: impl Into<Backing>) -> String {
    let backing = of.into();
    let title = if backing.quoted.is_empty() { "Named in:" } else { "Also named in:" };
    quotes("Named in:", &backing.quoted) + &places(title, &backing.named)
}

/// Quotes under a title; nothing if there are none.
fn quotes(title: &str, passages: &[&Passage]) -> String {
    let quoted = |passage: &&Passage| {
        format!("> \"{}\" — {}, {}\n", escape::markdown(passage.quote), passage.id, escape::markdown(&citation(passage)))
    };
    listed(title, &passages.iter().map(quoted).collect::<Vec<_>>().join("\n"))
}

/// The places of claims that are not quoted, under a title; nothing if there are none.
fn places(title: &str, claims: &[&'static Claim]) -> String {
    let lines = by_section(claims).into_iter().map(|(document, sections)| {
        let sections = sections.iter().map(|section| {
            let heading = section.heading.map_or("before its first heading".to_owned(), |heading| format!("\"{heading}\""));
            format!("{} ({})", escape::markdown(&heading), section.ids.join(", "))
        });
        format!("- {}: {}\n", escape::markdown(&name_of(document)), sections.collect::<Vec<_>>().join("; "))
    });
    listed(title, &lines.collect::<String>())
}

fn listed(title: &str, entries: &str) -> String {
    if entries.is_empty() { String::new() } else { format!("\n{title}\n\n{entries}") }
}

/// Part of a sentence as a whole one.
pub(in super::super) fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::EXPECTED;
    use super::*;
    use crate::catalogue::DUTIES;
    use std::collections::BTreeSet;

    #[test]
    fn every_link_has_its_heading_and_every_heading_a_link() {
        let page = markdown();
        let headings = page.lines().filter_map(|line| line.strip_prefix("#").filter(|rest| rest.starts_with(['#', ' '])));
        let headings = headings.map(|line| link(&line.trim_start_matches('#').trim().replace('`', ""), ""));
        let mut anchors = BTreeSet::new();
        for anchor in headings {
            assert!(anchors.insert(anchor.clone()), "two headings have the anchor {anchor}");
        }
        for target in page.split("](").skip(1) {
            let anchor = target.split_once(')').expect("a link ends").0;
            assert!(anchors.contains(&format!("[]({anchor})")), "no heading has the anchor {anchor}");
        }
        let named = |name: &str| page.contains(&format!("\n#### `{name}`\n")) && page.contains(&format!("[`{name}`]("));
        let names = RULES.iter().map(|rule| rule.name).chain(DUTIES.iter().map(|duty| duty.id));
        let missing: Vec<&str> = names.filter(|name| !named(name)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn examples_are_fenced_and_without_expectations() {
        let page = markdown();
        assert!(!page.contains(EXPECTED));
        assert_eq!(page.matches("\n```yaml\n").count(), 2 * RULES.len());
        assert_eq!(page.matches("\n```\n").count(), 2 * RULES.len());
        for rule in RULES {
            assert!(!rule.fires.contains("```") && !rule.clean.contains("```"), "{}: an example ends its fence", rule.name);
        }
    }

    #[test]
    fn a_signal_reads_from_top_to_bottom() {
        let shown = signal(crate::catalogue::signal("complex-dependencies").expect("it is a signal"));
        assert_eq!(
            shown,
            r#"
#### `complex-dependencies`

The work of several teams hangs together in complicated ways.

- **Follows from:** `complex-dependencies: true` on the product

Named in:

> "The roadmap includes complex dependencies" — D4-224, South, Product Owner vs. Product Manager, "When You May Need Both Roles / You may need both roles when"
"#
        );
    }
}
