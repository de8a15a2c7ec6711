//! What an import tells beside the team file: what was read, what was left out and why, and what is left to settle.

use super::{BOLD, PLAIN, Style, escape};
use crate::import::Unit;
use crate::import::chart::{Layout, Puzzle, Skipped, Unread, Why};
use crate::import::draft::{Contradiction, Draft, How, Import, Read, Task};
use crate::import::letters::{Ground, Model};
use crate::import::mapping::Seating;
use crate::org::{joined, some_joined};
use crate::report::counted;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// How many of a kind are told in one line; a sheet may have thousands.
const MOST: usize = 12;

/// How many lines are shown of what is to be settled or looked at one by one.
const LINES: usize = 200;

/// Writes the summary.
pub fn imported(import: &Import, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let out = &mut escape::Log::new(out);
    let summary = &import.summary;
    for read in &summary.charts {
        section(&title(read), facts(read), style, out)?;
    }
    if !summary.others.is_empty() {
        let title = format!("Tables without a role chart, left out: {}", counted(summary.others.len(), "table"));
        section(&title, summary.others.clone(), style, out)?;
    }
    // Where there is one table, its name need not be told with every line.
    let table = match summary.charts.as_slice() {
        [only] => only.table.as_str(),
        _ => "",
    };
    let (open, read): (Vec<&Task>, Vec<&Task>) = summary.tasks.iter().partition(|task| is_open(task));
    if !read.is_empty() {
        let all: usize = summary.charts.iter().map(|read| read.tasks).sum();
        let some = read.iter().map(|task| &task.place).collect::<BTreeSet<_>>().len();
        let rest = if some < all { "; the others became duties of your own" } else { "" };
        let title = format!("Duties by the words of tasks: {some} of {all}{rest}");
        section(&title, read.into_iter().map(|task| duty(task, table)).collect(), style, out)?;
    }
    if !open.is_empty() {
        let title = "To settle with `--map FILE`, in lines `task: duty`; until then they are duties of your own";
        section(title, open.into_iter().map(|task| question(task, table)).collect(), style, out)?;
    }
    let who = who(&import.draft, table);
    if !who.is_empty() {
        section("Who is who; where this is wrong, change the team file", who, style, out)?;
    }
    if !summary.contradictions.is_empty() {
        let count = counted(summary.contradictions.len(), "contradiction");
        let title = format!("{count} between the charts; the team file has what either says");
        section(&title, summary.contradictions.iter().map(contradiction).collect(), style, out)?;
    }
    Ok(())
}

/// A title with lines below it, of which the first are shown.
fn section(title: &str, lines: Vec<String>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(style.paragraph("", PLAIN, &escape::one_line(title), BOLD).as_bytes())?;
    for line in lines.iter().take(LINES) {
        out.write_all(style.paragraph("  ", PLAIN, &escape::one_line(line), PLAIN).as_bytes())?;
    }
    match lines.len().saturating_sub(LINES) {
        0 => writeln!(out),
        more => writeln!(out, "  and {more} more\n"),
    }
}

fn title(read: &Read) -> String {
    let model = read.model.map(Model::name);
    let letters = match (read.ground, model) {
        (Ground::Given, Some(model)) => format!("{model} as `--model` says"),
        (Ground::Legend, Some(model)) => format!("{model} by its legend"),
        (Ground::Named, Some(model)) => format!("{model} by its name"),
        (Ground::Letters, Some(model)) => format!("{model} by its letters"),
        (Ground::Words, Some(model)) => format!("{model} in words"),
        (Ground::Words, None) => "rights in words".to_owned(),
        (_, None) => "letters of its own with a legend".to_owned(),
    };
    let layout = match read.layout {
        Layout::Matrix => "roles are columns",
        Layout::Transposed => "tasks are columns",
        Layout::Named => "names stand in the cells",
        Layout::List => "one line per task and role",
        Layout::Exported => "as `roleaudit export` writes it",
    };
    let (tasks, roles) = (counted(read.tasks, "task"), counted(read.roles, "role"));
    format!("{}: {tasks} and {roles}; {letters}; {layout}", read.name)
}

/// A place as it is told where it is known in which chart or file it is.
fn within<'p>(place: &'p str, table: &str) -> &'p str {
    place.strip_prefix(table).and_then(|rest| rest.strip_prefix(", ")).unwrap_or(place)
}

/// What a chart shows, and what of it was left out.
fn facts(read: &Read) -> Vec<String> {
    let mut facts = Vec::new();
    let told = |tasks: &[(String, String)], what: &str| {
        let places = tasks.iter().map(|(text, place)| format!("“{}” ({})", shortened(text), within(place, &read.table)));
        let told = || format!("{} {what}: {}", counted(tasks.len(), "task"), some_joined(&places.collect::<Vec<_>>(), MOST));
        (!tasks.is_empty()).then(told)
    };
    facts.extend(told(&read.undecided, "that nobody decides"));
    facts.extend(told(&read.contested, "that several decide"));
    if read.by_group > 0 {
        facts.push(format!("{} decided by a group", counted(read.by_group, "task")));
    }
    if let Some(count @ 1..) = read.without_doer {
        facts.push(format!("{} that nobody is recorded to carry out", counted(count, "task")));
    }
    facts.extend(read.titled.iter().map(|name| format!("the letters are {name}'s, by the title; `--actor NAME` says otherwise")));
    if !read.extras.is_empty() {
        facts.push(format!("columns that say nothing about rights, left out: {}", some_joined(&read.extras, MOST)));
    }
    facts.extend(read.unread.iter().take(MOST).map(|unread| not_read(unread, read)));
    if let Some(more @ 1..) = read.unread.len().checked_sub(MOST) {
        facts.push(format!("and {} more that were not read", counted(more, "cell")));
    }
    facts.extend(no_tasks(&read.skipped, read.unit));
    facts
}

fn not_read(unread: &Unread, read: &Read) -> String {
    let why = match (unread.why, read.model) {
        (Puzzle::UnknownLetter, Some(model)) => format!("{} has no such letter", model.name()),
        (Puzzle::UnknownLetter, None) => "the legend has no such letter".to_owned(),
        (Puzzle::NoLetters, _) => "these are no letters of the chart".to_owned(),
        (Puzzle::NoHeading, _) => "nothing stands over it".to_owned(),
    };
    format!("not read: “{}” in {} {}, column {}: {why}", unread.text, read.unit.name(), unread.line, unread.column)
}

/// The lines that are no tasks: where each kind stands, and what those say that may have been meant as one.
fn no_tasks(skipped: &[Skipped], unit: Unit) -> Vec<String> {
    const KINDS: [(Why, &str); 8] = [
        (Why::Headings, "read as headings of columns"),
        (Why::Section, "read as headings over tasks"),
        (Why::Legend, "read as a legend"),
        (Why::Total, "left out as totals"),
        (Why::Alone, "left out as one cell alone"),
        (Why::NoTask, "left out as letters without a task"),
        (Why::NoHeadings, "left out as letters without headings"),
        (Why::Text, "left out as text beside the chart"),
    ];
    let mut told = Vec::new();
    for (why, kind) in KINDS {
        let lines: Vec<&Skipped> = skipped.iter().filter(|line| line.why == why).collect();
        let is_plain = matches!(why, Why::Headings | Why::Section | Why::Legend | Why::Total);
        let shown: Vec<String> = match lines.as_slice() {
            [] => continue,
            _ if is_plain => lines.iter().map(|line| line.number.to_string()).collect(),
            _ => lines.iter().map(|line| format!("{} “{}”", line.number, shortened(&line.text))).collect(),
        };
        let units = if lines.len() == 1 { unit.name().to_owned() } else { format!("{}s", unit.name()) };
        told.push(format!("{kind}: {units} {}", some_joined(&shown, MOST)));
    }
    told
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Whether the user may want to say what a task is.
fn is_open(task: &Task) -> bool {
    matches!(task.how, How::Open(_) | How::Taken(_) | How::Unasked(_))
}

fn duty(task: &Task, table: &str) -> String {
    let how = match &task.how {
        How::Told => "as `--map` says".to_owned(),
        How::Likely(words) => format!("likely, by “{}”", words.join(" ")),
        _ => "exact wording".to_owned(),
    };
    format!("“{}” ({}): {}, {how}", task.text, within(&task.place, table), task.duty)
}

fn question(task: &Task, table: &str) -> String {
    let place = within(&task.place, table);
    match &task.how {
        How::Open(duties) => format!("“{}” ({place}): {}?", task.text, duties.join(" or ")),
        How::Taken(duty) => format!("“{}” ({place}): {duty}? Another task of the chart is that already", task.text),
        How::Unasked(duty) => {
            format!("“{}” ({place}): {duty}? Nobody decides it, which `check` reports of duties of your own only", task.text)
        }
        _ => String::new(),
    }
}

/// What is known of those whom charts name: their seats, who is a group, and which names say several things.
fn who(draft: &Draft, table: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let actors = &draft.actors;
    let seated = actors.iter().filter_map(|actor| match actor.seat {
        Seating::One(seat) => Some(format!("{} ({seat})", actor.name)),
        Seating::None | Seating::Unclear(_) => None,
    });
    let groups = actors.iter().filter(|actor| actor.is_group).map(|actor| match &actor.because {
        Some(word) => format!("{} (“{word}”)", actor.name),
        None => actor.name.clone(),
    });
    for (label, names) in [("in seats", seated.collect::<Vec<_>>()), ("groups, by a word of the name", groups.collect())] {
        if !names.is_empty() {
            lines.push(format!("{label}: {}", some_joined(&names, MOST)));
        }
    }
    let made_up: Vec<String> = draft.teams.iter().filter(|team| team.is_made_up).map(|team| team.name.clone()).collect();
    if !made_up.is_empty() {
        lines.push(format!("teams that no chart names, declared for their seats and duties: {}", some_joined(&made_up, MOST)));
    }
    for actor in actors {
        let place = format!("{} ({})", actor.name, within(&actor.place, table));
        if let Seating::Unclear(seats) = &actor.seat {
            lines.push(format!("{place} may be {}: put in no seat", seats.join(" or ")));
        }
        if !actor.parts.is_empty() {
            let kind = if actor.is_group { "group" } else { "person" };
            lines.push(format!("{place} names {}: declared as one {kind}, in no seat", joined(&actor.parts)));
        }
        if let [_, _, ..] = actor.spellings.as_slice() {
            lines.push(format!("read as one: {}", joined(&actor.spellings)));
        }
        for (name, again) in &actor.repeated {
            let spelling = if *name == actor.name { String::new() } else { format!(" as {name}") };
            lines.push(format!("{place} stands again in {}{spelling}: read as one", within(again, table)));
        }
    }
    lines
}

fn contradiction(contradiction: &Contradiction) -> String {
    let Contradiction { about, one, other } = contradiction;
    format!("{about}: {} ({}); {} ({})", one.1, one.0, other.1, other.0)
}
