//! The team file that an import gives, as YAML for people: one line per fact, lists in brackets, and remarks where words were read
//! as a duty.

use super::escape;
use crate::catalogue::Level;
use crate::document::hints;
use crate::import::draft::{Draft, Import, Record, Seats};
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
    for read in &import.summary.charts {
        let tasks = counted(read.tasks, "task");
        writeln!(out, "# From {}: {tasks}.", escape::one_line(&read.name))?;
    }
    writeln!(out, "# The place of each right stands in its `note`. `roleaudit check` audits this file.")?;
    writeln!(out, "roleaudit: 1")?;
    if !draft.records.is_empty() {
        writeln!(out, "\norganization:")?;
        records(draft, &draft.records, &[], out)?;
    }
    people(draft, out)?;
    products(draft, out)?;
    teams(draft, out)?;
    let listed: Vec<_> = draft.products.iter().filter(|product| product.lists_backlog).collect();
    if !listed.is_empty() {
        writeln!(out, "\nbacklogs:")?;
        listed.iter().try_for_each(|product| writeln!(out, "  {}:", scalar(&product.id)))?;
    }
    duties(draft, out)
}

fn people(draft: &Draft, out: &mut dyn Write) -> io::Result<()> {
    if !draft.actors.is_empty() {
        writeln!(out, "\npeople:")?;
    }
    for actor in &draft.actors {
        match actor.is_group {
            true => writeln!(out, "  {}:\n    name: {}\n    kind: group", scalar(&actor.id), scalar(&actor.name))?,
            false if actor.id == actor.name => writeln!(out, "  {}:", scalar(&actor.id))?,
            false => writeln!(out, "  {}: {}", scalar(&actor.id), scalar(&actor.name))?,
        }
    }
    Ok(())
}

fn products(draft: &Draft, out: &mut dyn Write) -> io::Result<()> {
    if !draft.products.is_empty() {
        writeln!(out, "\nproducts:")?;
    }
    for product in &draft.products {
        writeln!(out, "  {}:\n    name: {}", scalar(&product.id), scalar(&product.name))?;
        seats(draft, &product.seats, out)?;
        let without: &[String] = if draft.products.len() > 1 { &product.without } else { &[] };
        records(draft, &product.records, without, out)?;
    }
    Ok(())
}

fn teams(draft: &Draft, out: &mut dyn Write) -> io::Result<()> {
    if !draft.teams.is_empty() {
        writeln!(out, "\nteams:")?;
    }
    for team in &draft.teams {
        writeln!(out, "  {}:\n    name: {}", scalar(&team.id), scalar(&team.name))?;
        if let Some(product) = team.product.map(|product| &draft.products[product]) {
            writeln!(out, "    product: {}", scalar(&product.id))?;
        }
        if team.has_backlog {
            writeln!(out, "    backlog: {}", scalar(&team.id))?;
        }
        seats(draft, &team.seats, out)?;
        records(draft, &team.records, &[], out)?;
    }
    Ok(())
}

fn seats(draft: &Draft, seats: &Seats, out: &mut dyn Write) -> io::Result<()> {
    for (seat, holders) in seats {
        let ids = ids(draft, holders.iter());
        // The developers of a team are a list, also where they are one.
        match ids.as_slice() {
            [only] if *seat != "developers" => writeln!(out, "    {seat}: {only}")?,
            ids => list(&format!("    {seat}"), ids, out)?,
        }
    }
    Ok(())
}

fn records(draft: &Draft, records: &[Record], without: &[String], out: &mut dyn Write) -> io::Result<()> {
    // The organization's map stands where those of products and teams do.
    if !records.is_empty() || !without.is_empty() {
        let indent = if std::ptr::eq(records, draft.records.as_slice()) { "  " } else { "    " };
        writeln!(out, "{indent}responsibilities:")?;
        for one in records {
            record(draft, one, indent, out)?;
        }
        for duty in without {
            writeln!(out, "{indent}  {}: {{not-applicable: no chart has a row of it for this product}}", scalar(duty))?;
        }
    }
    Ok(())
}

fn record(draft: &Draft, record: &Record, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let remark = record.task.as_ref().map(|task| format!("   # “{}”", escape::one_line(task))).unwrap_or_default();
    writeln!(out, "{indent}  {}:{remark}", scalar(&record.duty))?;
    for right in RIGHTS {
        let holders = record.held.iter().filter(|(_, rights)| rights.has(right)).map(|(actor, _)| actor);
        let ids = ids(draft, holders);
        let key = format!("{indent}    {}", right.word());
        match (right, ids.as_slice()) {
            (Right::Decides, []) => writeln!(out, "{key}: nobody")?,
            (_, []) => {}
            (Right::Decides, [only]) => writeln!(out, "{key}: {only}")?,
            (_, ids) => list(&key, ids, out)?,
        }
    }
    writeln!(out, "{indent}    note: {}", scalar(&record.note))
}

fn duties(draft: &Draft, out: &mut dyn Write) -> io::Result<()> {
    if !draft.duties.is_empty() {
        writeln!(out, "\nduties:")?;
    }
    for duty in &draft.duties {
        writeln!(out, "  {}:\n    meaning: {}", scalar(&duty.id), scalar(&meaning(&duty.meaning)))?;
        match duty.level {
            Level::Team => writeln!(out, "    level: team")?,
            Level::Organization => writeln!(out, "    level: organization\n    required: true")?,
            Level::Product | Level::Backlog => writeln!(out, "    required: true")?,
        }
    }
    Ok(())
}

/// The ids of some actors, each once.
fn ids<'d>(draft: &'d Draft, actors: impl Iterator<Item = &'d usize>) -> Vec<String> {
    actors.map(|actor| scalar(&draft.actors[*actor].id)).collect()
}

/// A list in brackets, broken where it grows too wide.
fn list(key: &str, ids: &[String], out: &mut dyn Write) -> io::Result<()> {
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

/// The words of a task, or what it is called where they would only keep the place of some.
fn meaning(task: &str) -> String {
    if hints::is_placeholder(task) { format!("“{task}”") } else { task.to_owned() }
}
