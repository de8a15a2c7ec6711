//! The team file that an import gives, as YAML for people: one line per fact, lists in brackets, and remarks where words were read
//! as a duty.

use super::escape;
use crate::catalogue::Level;
use crate::document::hints;
use crate::import::draft::{Actor, Draft, Import, Record, Seats};
use crate::org::rights::Right;
use crate::report::counted;
use std::io::{self, Write};

/// The rights that charts have letters for, in the order in which they are written.
const RIGHTS: [Right; 5] = [Right::Decides, Right::Does, Right::Input, Right::Approves, Right::Informed];

/// The columns after which a list goes on in the next line.
const WIDTH: usize = 120;

/// Writes the team file.
pub fn team_file(import: &Import, out: &mut dyn Write) -> io::Result<()> {
    let draft = &import.draft;
    let ids: Vec<String> = draft.actors.iter().map(|actor| scalar(&actor.id)).collect();
    for read in &import.summary.charts {
        let tasks = counted(read.tasks, "task");
        writeln!(out, "# From {}: {tasks}.", escape::one_line(&read.name))?;
    }
    writeln!(out, "# The place of each right stands in its `note`. `roleaudit check` audits this file.")?;
    writeln!(out, "roleaudit: 1")?;
    if !draft.records.is_empty() {
        writeln!(out, "\norganization:")?;
        responsibilities("  ", &draft.records, &[], &ids, out)?;
    }
    people(draft, out)?;
    products(draft, &ids, out)?;
    teams(draft, &ids, out)?;
    let listed: Vec<_> = draft.products.iter().filter(|product| product.lists_backlog).collect();
    if !listed.is_empty() {
        writeln!(out, "\nbacklogs:")?;
        listed.iter().try_for_each(|product| writeln!(out, "  {}:", scalar(&product.id)))?;
    }
    duties(draft, out)
}

fn people(draft: &Draft, out: &mut dyn Write) -> io::Result<()> {
    let people: Vec<&Actor> = draft.actors.iter().filter(|actor| !actor.is_team).collect();
    if !people.is_empty() {
        writeln!(out, "\npeople:")?;
    }
    for actor in people {
        match actor.is_group {
            true => writeln!(out, "  {}:\n    name: {}\n    kind: group", scalar(&actor.id), scalar(&actor.name))?,
            false if actor.id == actor.name => writeln!(out, "  {}:", scalar(&actor.id))?,
            false => writeln!(out, "  {}: {}", scalar(&actor.id), scalar(&actor.name))?,
        }
    }
    Ok(())
}

fn products(draft: &Draft, ids: &[String], out: &mut dyn Write) -> io::Result<()> {
    if !draft.products.is_empty() {
        writeln!(out, "\nproducts:")?;
    }
    for product in &draft.products {
        writeln!(out, "  {}:\n    name: {}", scalar(&product.id), words(&product.name))?;
        seats(&product.seats, ids, out)?;
        let without: &[String] = if draft.products.len() > 1 { &product.without } else { &[] };
        responsibilities("    ", &product.records, without, ids, out)?;
    }
    Ok(())
}

fn teams(draft: &Draft, ids: &[String], out: &mut dyn Write) -> io::Result<()> {
    if !draft.teams.is_empty() {
        writeln!(out, "\nteams:")?;
    }
    for team in &draft.teams {
        writeln!(out, "  {}:\n    name: {}", scalar(&team.id), words(&team.name))?;
        let products: Vec<String> = team.products.iter().map(|product| scalar(&draft.products[*product].id)).collect();
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
        seats(&team.seats, ids, out)?;
        responsibilities("    ", &team.records, &[], ids, out)?;
    }
    Ok(())
}

fn seats(seats: &Seats, ids: &[String], out: &mut dyn Write) -> io::Result<()> {
    for (seat, holders) in seats {
        let holders: Vec<&str> = holders.iter().map(|holder| ids[*holder].as_str()).collect();
        match holders.as_slice() {
            // The developers of a team are a list, also where they are one.
            [only] if *seat != "developers" => writeln!(out, "    {seat}: {only}")?,
            several => list(&format!("    {seat}"), several, out)?,
        }
    }
    Ok(())
}

fn responsibilities(indent: &str, records: &[Record], without: &[String], ids: &[String], out: &mut dyn Write) -> io::Result<()> {
    if !records.is_empty() || !without.is_empty() {
        writeln!(out, "{indent}responsibilities:")?;
    }
    for record in records {
        let remark = record.task.as_ref().map(|task| format!("   # “{}”", escape::one_line(task))).unwrap_or_default();
        writeln!(out, "{indent}  {}:{remark}", scalar(&record.duty))?;
        rights(&format!("{indent}    "), record, ids, out)?;
    }
    for duty in without {
        writeln!(out, "{indent}  {}: {{not-applicable: no chart has a row of it for this product}}", scalar(duty))?;
    }
    Ok(())
}

fn rights(indent: &str, record: &Record, ids: &[String], out: &mut dyn Write) -> io::Result<()> {
    for right in RIGHTS {
        let holders = record.held.iter().filter(|(_, rights)| rights.has(right));
        let holders: Vec<&str> = holders.map(|(actor, _)| ids[*actor].as_str()).collect();
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

fn duties(draft: &Draft, out: &mut dyn Write) -> io::Result<()> {
    if !draft.duties.is_empty() {
        writeln!(out, "\nduties:")?;
    }
    for duty in &draft.duties {
        writeln!(out, "  {}:\n    meaning: {}", scalar(&duty.id), words(&duty.meaning))?;
        match duty.level {
            Level::Team => writeln!(out, "    level: team")?,
            Level::Organization => writeln!(out, "    level: organization\n    required: true")?,
            Level::Product | Level::Backlog => writeln!(out, "    required: true")?,
        }
    }
    Ok(())
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
