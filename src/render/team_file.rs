//! The team file that an import gives, as YAML for people: one line per fact, lists in brackets, and remarks where words were read
//! as a duty or leave something to settle.

use super::escape;
use crate::catalogue::Level;
use crate::document::hints;
use crate::import::draft::{Actor, Draft, How, Import, Record, Seats};
use crate::import::mapping::Seating;
use crate::org::joined;
use crate::org::rights::Right;
use crate::report::counted;
use rustc_hash::FxHashMap;
use std::io::{self, Write};

/// The rights that charts have letters for, in the order in which they are written.
const RIGHTS: [Right; 5] = [Right::Decides, Right::Does, Right::Input, Right::Approves, Right::Informed];

/// The columns after which a list goes on in the next line.
const WIDTH: usize = 120;

/// Writes the team file.
pub fn team_file(import: &Import, out: &mut dyn Write) -> io::Result<()> {
    for read in &import.summary.charts {
        let tasks = counted(read.tasks, "task");
        writeln!(out, "# From {}: {tasks}.", escape::one_line(&read.name))?;
    }
    writeln!(out, "# The place of each right stands in its `note`. `roleaudit check` audits this file.")?;
    writeln!(out, "roleaudit: 1")?;
    let page = Page::of(import);
    page.organization(out)?;
    page.people(out)?;
    page.products(out)?;
    page.teams(out)?;
    page.backlogs(out)?;
    page.duties(out)
}

/// What is written, and what of it stands in several places.
struct Page<'i> {
    draft: &'i Draft,
    /// The ids of the actors as YAML.
    ids: Vec<String>,
    /// How it is known which task a duty is, by the id of the duty.
    known: FxHashMap<&'i str, &'i How>,
}

impl<'i> Page<'i> {
    fn of(import: &'i Import) -> Self {
        let mut known = FxHashMap::default();
        for task in &import.summary.tasks {
            known.entry(task.duty.as_str()).or_insert(&task.how);
        }
        let draft = &import.draft;
        Page { draft, ids: draft.actors.iter().map(|actor| scalar(&actor.id)).collect(), known }
    }

    fn organization(&self, out: &mut dyn Write) -> io::Result<()> {
        if !self.draft.records.is_empty() {
            writeln!(out, "\norganization:")?;
        }
        self.responsibilities("  ", &self.draft.records, &[], out)
    }

    fn people(&self, out: &mut dyn Write) -> io::Result<()> {
        let people: Vec<&Actor> = self.draft.actors.iter().filter(|actor| !actor.is_team).collect();
        if !people.is_empty() {
            writeln!(out, "\npeople:")?;
        }
        for actor in people {
            let (id, name, remark) = (scalar(&actor.id), scalar(&actor.name), doubt(actor));
            match actor.is_group {
                true => writeln!(out, "  {id}:{remark}\n    name: {name}\n    kind: group")?,
                false if id == name => writeln!(out, "  {id}:{remark}")?,
                false => writeln!(out, "  {id}: {name}{remark}")?,
            }
        }
        Ok(())
    }

    fn products(&self, out: &mut dyn Write) -> io::Result<()> {
        let products = &self.draft.products;
        if !products.is_empty() {
            writeln!(out, "\nproducts:")?;
        }
        for product in products {
            writeln!(out, "  {}:\n    name: {}", scalar(&product.id), words(&product.name))?;
            self.seats(&product.seats, out)?;
            let without: &[String] = if products.len() > 1 { &product.without } else { &[] };
            self.responsibilities("    ", &product.records, without, out)?;
        }
        Ok(())
    }

    fn teams(&self, out: &mut dyn Write) -> io::Result<()> {
        if !self.draft.teams.is_empty() {
            writeln!(out, "\nteams:")?;
        }
        for team in &self.draft.teams {
            let remark = if team.is_made_up { remark("no chart names this team") } else { String::new() };
            writeln!(out, "  {}:{remark}\n    name: {}", scalar(&team.id), words(&team.name))?;
            let products: Vec<String> = team.products.iter().map(|product| scalar(&self.draft.products[*product].id)).collect();
            match products.as_slice() {
                [] => {}
                [only] => writeln!(out, "    product: {only}")?,
                [first, ..] => {
                    writeln!(out, "    product: [{}]", products.join(", "))?;
                    // Whoever works on several products has to say from which backlog.
                    if !team.has_backlog {
                        writeln!(out, "    backlog: {first}")?;
                    }
                }
            }
            if team.has_backlog {
                writeln!(out, "    backlog: {}", scalar(&team.id))?;
            }
            self.seats(&team.seats, out)?;
            self.responsibilities("    ", &team.records, &[], out)?;
        }
        Ok(())
    }

    fn seats(&self, seats: &Seats, out: &mut dyn Write) -> io::Result<()> {
        for (seat, holders) in seats {
            let holders: Vec<&str> = holders.iter().map(|holder| self.ids[*holder].as_str()).collect();
            match holders.as_slice() {
                // The developers of a team are a list, also where they are one.
                [only] if *seat != "developers" => writeln!(out, "    {seat}: {only}")?,
                several => list(&format!("    {seat}"), several, out)?,
            }
        }
        Ok(())
    }

    fn responsibilities(&self, indent: &str, records: &[Record], without: &[String], out: &mut dyn Write) -> io::Result<()> {
        if !records.is_empty() || !without.is_empty() {
            writeln!(out, "{indent}responsibilities:")?;
        }
        for record in records {
            let is_likely = matches!(self.known.get(record.duty.as_str()), Some(How::Likely(_)));
            let likely = if is_likely { ", likely" } else { "" };
            let task = record.task.iter().map(|task| remark(&format!("“{task}”{likely}")));
            writeln!(out, "{indent}  {}:{}", scalar(&record.duty), task.collect::<String>())?;
            self.rights(&format!("{indent}    "), record, out)?;
        }
        for duty in without {
            writeln!(out, "{indent}  {}: {{not-applicable: no chart has a row of it for this product}}", scalar(duty))?;
        }
        Ok(())
    }

    fn rights(&self, indent: &str, record: &Record, out: &mut dyn Write) -> io::Result<()> {
        for right in RIGHTS {
            let holders = record.held.iter().filter(|(_, rights)| rights.has(right));
            let holders: Vec<&str> = holders.map(|(actor, _)| self.ids[*actor].as_str()).collect();
            let key = format!("{indent}{}", right.word());
            match (right, holders.as_slice()) {
                (Right::Decides, []) => writeln!(out, "{key}: nobody")?,
                (_, []) => {}
                (Right::Decides, [only]) => writeln!(out, "{key}: {only}")?,
                (_, several) => list(&key, several, out)?,
            }
        }
        writeln!(out, "{indent}note: {}", scalar(&record.note))
    }

    fn backlogs(&self, out: &mut dyn Write) -> io::Result<()> {
        let listed: Vec<_> = self.draft.products.iter().filter(|product| product.lists_backlog).collect();
        if !listed.is_empty() {
            writeln!(out, "\nbacklogs:")?;
        }
        listed.iter().try_for_each(|product| writeln!(out, "  {}:", scalar(&product.id)))
    }

    fn duties(&self, out: &mut dyn Write) -> io::Result<()> {
        if !self.draft.duties.is_empty() {
            writeln!(out, "\nduties:")?;
        }
        for duty in &self.draft.duties {
            let question = match self.known.get(duty.id.as_str()) {
                Some(How::Open(duties)) => remark(&format!("{}?", duties.join(" or "))),
                Some(How::Taken(duty)) => remark(&format!("{duty}? Another task is that already")),
                Some(How::Unasked(duty)) => remark(&format!("{duty}, once somebody decides it?")),
                _ => String::new(),
            };
            writeln!(out, "  {}:{question}\n    meaning: {}", scalar(&duty.id), words(&duty.meaning))?;
            match duty.level {
                Level::Team => writeln!(out, "    level: team")?,
                Level::Organization => writeln!(out, "    level: organization\n    required: true")?,
                Level::Product | Level::Backlog => writeln!(out, "    required: true")?,
            }
        }
        Ok(())
    }
}

/// What a name leaves open.
fn doubt(actor: &Actor) -> String {
    match &actor.seat {
        _ if !actor.parts.is_empty() => remark(&format!("{}: one or several?", joined(&actor.parts))),
        Seating::Unclear(seats) => remark(&format!("{}?", seats.join(" or "))),
        Seating::None | Seating::One(_) => String::new(),
    }
}

/// A remark behind a line.
fn remark(text: &str) -> String {
    format!("   # {}", escape::one_line(text))
}

/// A list in brackets, broken where it grows too wide.
fn list(key: &str, ids: &[&str], out: &mut dyn Write) -> io::Result<()> {
    let mut line = format!("{key}: [");
    let indent = " ".repeat(line.len());
    for (at, id) in ids.iter().enumerate() {
        let end = if at + 1 == ids.len() { "]" } else { "," };
        if at > 0 {
            if line.len() + id.len() + 2 > WIDTH {
                writeln!(out, "{line}")?;
                line.clone_from(&indent);
            } else {
                line.push(' ');
            }
        }
        line += id;
        line += end;
    }
    writeln!(out, "{line}")
}

/// A text or id as a word of YAML in one line; `true` is quoted, for readers who would take it for something else than a name.
fn scalar(text: &str) -> String {
    let text = escape::one_line(text);
    serde_yaml::to_string(text.as_ref()).map_or_else(|_| format!("{text:?}"), |yaml| yaml.trim_end().to_owned())
}

/// A text that says something as it stands; in quotation marks, where it would only keep the place of one.
fn words(text: &str) -> String {
    if hints::is_placeholder(text) { scalar(&format!("“{text}”")) } else { scalar(text) }
}
