//! How views differ, as text, as Markdown for a workshop, and as JSON.

use super::json::{Location, Quote, Tool, location, quote};
use super::{BOLD, DIM, INDENT, PLAIN, Style, citation, counted, escape};
use crate::catalogue::{Passage, Stance};
use crate::compare::{Asked, CompareReport, Entry, Kind, Named, Said, Says, View, Weight, Whose};
use crate::org::joined;
use anstyle::{AnsiColor, Effects};
use serde::Serialize;
use std::io::{self, Write};

/// Writes the counts, then one block for each question to settle.
pub fn text(report: &CompareReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let paragraph = |text: &str| style.paragraph("", PLAIN, &escape::one_line(text), PLAIN);
    let mut page = style.paragraph("", PLAIN, &escape::one_line(&headline(report)), BOLD);
    page += &questions(report).map(|questions| paragraph(&questions)).unwrap_or_default();
    page += &days(report).map(|days| paragraph(&days)).unwrap_or_default();
    let mut quoted = Quoted::default();
    for (n, entry) in report.to_settle().enumerate() {
        page += &format!("\n{}", block(report, n + 1, entry, quoted.passage(n + 1, entry).ok(), style));
    }
    let hint = guests(report).map_or_else(String::new, |guests| format!("\n{}", paragraph(&guests)));
    out.write_all((page + &hint).as_bytes())
}

fn block(report: &CompareReport<'_>, n: usize, entry: &Entry, passage: Option<&Passage>, style: &Style) -> String {
    const MARGIN: &str = "    ";
    let lead = format!("{n}. {}: ", entry.kind.word());
    let title = format!("{} of {}", escape::one_line(&entry.words()), escape::one_line(&entry.title));
    let mut block = style.hanging(&lead, color_of(entry.kind), &title, BOLD, INDENT);
    block += &style.hanging(MARGIN, PLAIN, &escape::one_line(&about(entry)), DIM, INDENT);
    for (view, said) in report.views.iter().zip(&entry.answers) {
        let place = place(view, said).map_or_else(String::new, |place| format!(" ({place})"));
        let line = format!("{}: {}{place}", view.title(), answer(said));
        block += &style.hanging(MARGIN, PLAIN, &escape::one_line(&line), PLAIN, INDENT + 2);
    }
    if let Some(passage) = passage {
        block += &style.hanging("    why: ", BOLD, &cited(passage), PLAIN, INDENT + 5);
    }
    block + &style.hanging("    ask: ", BOLD, &escape::one_line(&to_settle(report, entry)), PLAIN, INDENT + 5)
}

fn color_of(kind: Kind) -> anstyle::Style {
    let color = match kind {
        Kind::SeveralClaim | Kind::EachOther => AnsiColor::BrightRed,
        Kind::DifferentDeciders => AnsiColor::Yellow,
        Kind::NobodyClaims | Kind::Agreed | Kind::OneViewOnly | Kind::Unspoken => AnsiColor::BrightBlue,
    };
    color.on_default().effects(Effects::BOLD)
}

/// The passages that were quoted, and the question that each was quoted for.
#[derive(Default)]
struct Quoted {
    passages: Vec<(&'static str, usize)>,
}

impl Quoted {
    /// The passage behind a question, to be quoted; or the earlier question that it was quoted for, if it has been.
    fn passage(&mut self, n: usize, entry: &Entry) -> Result<&'static Passage, Option<usize>> {
        let passage = entry.passage().ok_or(None)?;
        match self.passages.iter().find(|(id, _)| *id == passage.id) {
            Some((_, before)) => Err(Some(*before)),
            None => {
                self.passages.push((passage.id, n));
                Ok(passage)
            }
        }
    }
}

/// Writes a page for a workshop: who took part, the counts, one section per question with room for the decision, and what is agreed.
pub fn markdown(report: &CompareReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut page = format!("# Who decides what, in {}\n\n", counted(report.views.len(), "view"));
    page += "| View | File | As of |\n| --- | --- | --- |\n";
    for view in &report.views {
        page += &format!("| {} | {} | {} |\n", escape::markdown(&view.title()), escape::code(&view.file), view.as_of);
    }
    page += &format!("\n**{}**", escape::markdown(&headline(report)));
    page += &questions(report).map(|questions| format!(" {questions}")).unwrap_or_default();
    page.push('\n');
    page += &guests(report).map(|guests| format!("\n{}\n", escape::markdown(&guests))).unwrap_or_default();
    if report.to_settle().next().is_some() {
        page += "\n## To settle\n";
    }
    let mut quoted = Quoted::default();
    for (n, entry) in report.to_settle().enumerate() {
        page += &section(report, n + 1, entry, quoted.passage(n + 1, entry));
    }
    page += &list("What all agree on", report, Kind::Agreed);
    page += &list("What one view alone speaks of", report, Kind::OneViewOnly);
    out.write_all(page.as_bytes())
}

fn section(report: &CompareReport<'_>, n: usize, entry: &Entry, passage: Result<&Passage, Option<usize>>) -> String {
    let mut section = format!("\n### {n}. {}\n\n{}\n\n", escape::markdown(&question(entry)), kind_in_words(entry));
    if let [_, _, ..] = entry.duties.as_slice() {
        for duty in &entry.duties {
            section += &format!("- {}: {}\n", escape::code(&duty.id), escape::markdown(&duty.meaning));
        }
        section.push('\n');
    }
    section += "| View | Answer | Where |\n| --- | --- | --- |\n";
    for (view, said) in report.views.iter().zip(&entry.answers) {
        let place = place(view, said).map_or_else(String::new, |place| escape::code(&place));
        section += &format!("| {} | {} | {place} |\n", escape::markdown(&view.title()), escape::markdown(&answer(said)));
    }
    match passage {
        Ok(passage) => section += &format!("\n**Why it matters:** {}\n", escape::markdown(&cited(passage))),
        Err(Some(before)) => section += &format!("\n**Why it matters:** as quoted under question {before}\n"),
        Err(None) => {}
    }
    section += &format!("\n**To ask:** {}\n", escape::markdown(&to_settle(report, entry)));
    section + "\n**Decided:** ____________________ **From:** ____________\n"
}

/// What the heading of a question does not say: the words of the team file, in what way the views differ, and how much it weighs.
fn kind_in_words(entry: &Entry) -> String {
    let right = entry.duties.iter().find(|duty| duty.weight == Weight::Right);
    let weight = match right {
        Some(_) if entry.duties.len() == 1 => "; one of the seven rights that every team should know".to_owned(),
        Some(right) => format!("; {} is one of the seven rights that every team should know", escape::code(&right.id)),
        None => String::new(),
    };
    format!("{}: {}{weight}.", escape::markdown(&joined(&words(entry))), label(entry.kind))
}

/// The words of the team file that an entry is about, each as code.
fn words(entry: &Entry) -> Vec<String> {
    let ids = entry.duties.iter().map(|duty| &duty.id).filter(|_| entry.area.is_none());
    entry.area.iter().chain(ids).map(|words| format!("`{words}`")).collect()
}

/// Entries of a kind in short: a line per subject and answer.
fn list(title: &str, report: &CompareReport<'_>, kind: Kind) -> String {
    let mut lines: Vec<(&str, String, Vec<String>)> = Vec::new();
    for entry in report.of_kind(kind) {
        let speaking = report.views.iter().zip(&entry.answers).find(|(_, said)| said.answer.speaks());
        let answer = speaking.map_or_else(String::new, |(view, said)| match kind {
            Kind::OneViewOnly => format!("{} ({})", answer(said), view.title()),
            _ => answer(said),
        });
        let words = words(entry);
        match lines.iter_mut().find(|(subject, known, _)| *subject == entry.title && *known == answer) {
            Some((_, _, known)) => known.extend(words),
            None => lines.push((&entry.title, answer, words)),
        }
    }
    let mut list = if lines.is_empty() { String::new() } else { format!("\n## {title}\n\n") };
    for (subject, answer, words) in lines {
        list +=
            &format!("- {}: {}: {}\n", escape::markdown(subject), escape::markdown(&answer), escape::markdown(&joined(&words)));
    }
    list
}

/// The result in a sentence.
fn headline(report: &CompareReport<'_>) -> String {
    let (agreed, compared) = (report.count(Kind::Agreed), report.compared());
    let whose: Vec<String> = report.views.iter().map(View::name).collect();
    let decisions = if compared == 1 { "decision" } else { "decisions" };
    let alone = match report.count(Kind::OneViewOnly) {
        0 => String::new(),
        alone => format!("; {alone} more {} in one view only", if alone == 1 { "is" } else { "are" }),
    };
    format!("{} agree on {agreed} of {compared} {decisions}{alone}.", joined(&whose))
}

/// What is left to settle, in a sentence; none if nothing is.
fn questions(report: &CompareReport<'_>) -> Option<String> {
    let kinds = Kind::ALL.into_iter().filter(|kind| kind.is_to_settle()).map(|kind| (report.count(kind), label(kind)));
    let counts: Vec<String> = kinds.filter(|(count, _)| *count > 0).map(|(count, label)| format!("{count} {label}")).collect();
    let open: usize = report.compared() - report.count(Kind::Agreed);
    let make = if open == 1 { "The other one makes".to_owned() } else { format!("The other {open} make") };
    (open > 0).then(|| format!("{make} {}: {}.", counted(report.to_settle().count(), "question"), counts.join(", ")))
}

/// A kind, behind the number of decisions.
fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::SeveralClaim => "claimed by several",
        Kind::EachOther => "left to each other",
        Kind::DifferentDeciders => "with different deciders",
        Kind::NobodyClaims => "claimed by nobody",
        Kind::Agreed => "agreed",
        Kind::OneViewOnly => "in one view only",
        Kind::Unspoken => "not spoken of",
    }
}

/// The days that views speak of, where they differ.
fn days(report: &CompareReport<'_>) -> Option<String> {
    let (first, others) = report.views.split_first()?;
    let of_view = |view: &View<'_>| format!("{} is as of {}", view.title(), view.as_of);
    let days: Vec<String> = report.views.iter().map(of_view).collect();
    others.iter().any(|view| view.as_of != first.as_of).then(|| format!("{}.", joined(&days)))
}

/// What to do about views of nobody in particular: nobody can claim anything in them.
fn guests(report: &CompareReport<'_>) -> Option<String> {
    let nameless: Vec<&str> =
        report.views.iter().filter(|view| view.whose == Whose::File).map(|view| view.label.as_str()).collect();
    let (is, them) = if nameless.len() == 1 { ("is", "it") } else { ("are", "them") };
    let all = "call each file by the id of its person, or add `--by ID` for each view";
    (!nameless.is_empty())
        .then(|| format!("Nobody is known whose view {} {is}, so no claim is seen in {them}: {all}.", joined(&nameless)))
}

/// The question that an entry asks.
fn question(entry: &Entry) -> String {
    let title = match entry.title.strip_prefix("the ") {
        Some(rest) => format!("The {rest}"),
        None => entry.title.clone(),
    };
    match entry.duties.as_slice() {
        [duty] if duty.passage.is_some() => format!("{title}: who {}?", in_sentence(duty)),
        _ => format!("{title}: who decides {}?", joined(&words(entry))),
    }
}

/// The meaning of a built-in duty behind "who": all of them are sentences that begin with a verb.
fn in_sentence(duty: &Asked) -> String {
    let mut meaning = duty.meaning.trim_end_matches('.').chars();
    meaning.next().map_or_else(String::new, |first| first.to_lowercase().chain(meaning).collect())
}

/// What the duties of an entry mean: of one its meaning, of several which ones they are.
fn about(entry: &Entry) -> String {
    let ids: Vec<&str> = entry.duties.iter().map(|duty| duty.id.as_str()).collect();
    match entry.duties.as_slice() {
        [duty] => duty.meaning.clone(),
        _ if entry.area.is_some() => format!("{} duties: {}", ids.len(), ids.join(", ")),
        [first, ..] => format!("{}: {}", first.id, first.meaning),
        [] => String::new(),
    }
}

/// What a view says, in words, with what it notes there.
fn answer(said: &Said) -> String {
    let note = said.note.as_ref().map_or_else(String::new, |note| format!(" — \"{note}\""));
    let answer = match &said.answer {
        Says::Decides { deciders, by_fact } => {
            let verb = if deciders.len() == 1 { "decides" } else { "decide" };
            let fact = by_fact.map_or_else(String::new, |fact| format!(", {fact}"));
            format!("{} {verb}{fact}", joined(&names(deciders)))
        }
        Says::Nobody => "nobody decides".to_owned(),
        Says::Ended => "nobody decides any more".to_owned(),
        Says::Vacant(seats) => {
            let titles: Vec<&str> = seats.iter().map(|seat| seat.title()).collect();
            let (seat, is) = if seats.len() == 1 { ("seat", "is") } else { ("seats", "are") };
            format!("nobody decides, the {seat} of {} {is} vacant", joined(&titles))
        }
        Says::NotApplicable(reason) => format!("not applicable: \"{reason}\""),
        Says::Silent => "says nothing".to_owned(),
        Says::Unknown => "does not have it".to_owned(),
    };
    answer + &note
}

fn names<'n>(named: impl IntoIterator<Item = &'n Named>) -> Vec<String> {
    let name = |named: &Named| if named.is_team { format!("the team {}", named.name) } else { named.name.clone() };
    named.into_iter().map(name).collect()
}

/// What to ask in order to settle it.
fn to_settle(report: &CompareReport<'_>, entry: &Entry) -> String {
    let not_needed = entry.answers.iter().any(|said| matches!(said.answer, Says::NotApplicable(_)));
    let viewers = |by_own_view| names(report.viewers_named(entry, by_own_view));
    match entry.kind {
        Kind::SeveralClaim => {
            let each = if viewers(true).len() == 2 { "both" } else { "all" };
            format!(
                "{} {each} have it in their own view. Who has the final say, and who is asked before?",
                joined(&viewers(true))
            )
        }
        Kind::EachOther => match viewers(false).as_slice() {
            [one] => format!("Others count on {one}, whose own view does not say so. Does {one} take it, or who does?"),
            several => format!("{} are each counted on by somebody else. Which one takes it?", joined(several)),
        },
        Kind::NobodyClaims => "Who takes it? If it does not exist here, write `not-applicable` and the reason.".to_owned(),
        _ => {
            let candidates = match names(entry.named()).as_slice() {
                [] => "who decides?".to_owned(),
                [one] => format!("does {one} have the final say, or somebody else?"),
                [others @ .., last] => format!("who has the final say: {} or {last}?", others.join(", ")),
            };
            if not_needed { format!("Is it needed here at all? If so, {candidates}") } else { capitalized(&candidates) }
        }
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Where a view says something: `ann.yaml:12`.
fn place(view: &View<'_>, said: &Said) -> Option<String> {
    let at = said.at?;
    let position = view.sources.position(at.start_point());
    Some(format!("{}:{}", view.sources.get(at.file).path, position.line))
}

fn cited(passage: &Passage) -> String {
    format!("\"{}\" — {}", passage.quote, citation(passage))
}

/// The JSON document, version 1: fields may be added, none renamed or removed.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    views: Vec<Viewpoint<'a>>,
    counts: Counts,
    entries: Vec<Question<'a>>,
}

#[derive(Serialize)]
struct Viewpoint<'a> {
    label: String,
    person: Option<&'a str>,
    file: &'a str,
    as_of: String,
}

/// How many decisions are of which kind, and how many questions are left of them.
#[derive(Serialize)]
struct Counts {
    compared: usize,
    agreed: usize,
    several_claim: usize,
    each_other: usize,
    different_deciders: usize,
    nobody_claims: usize,
    one_view_only: usize,
    questions: usize,
}

#[derive(Serialize)]
struct Question<'a> {
    kind: Kind,
    subject: &'a str,
    title: &'a str,
    area: Option<&'a str>,
    duties: Vec<&'a str>,
    right: bool,
    core: bool,
    answers: Vec<Answer<'a>>,
    question: Option<String>,
    passages: Vec<Quote>,
}

#[derive(Serialize)]
struct Answer<'a> {
    view: String,
    status: &'static str,
    deciders: Vec<Decider<'a>>,
    by: Option<&'static str>,
    seats: Vec<&'static str>,
    reason: Option<&'a str>,
    note: Option<&'a str>,
    location: Option<Location<'a>>,
}

#[derive(Serialize)]
struct Decider<'a> {
    id: &'a str,
    name: &'a str,
}

/// Writes the JSON document, with a final line break.
pub fn json(report: &CompareReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let [agreed, several_claim, each_other, different_deciders, nobody_claims, one_view_only] =
        [Kind::Agreed, Kind::SeveralClaim, Kind::EachOther, Kind::DifferentDeciders, Kind::NobodyClaims, Kind::OneViewOnly]
            .map(|kind| report.count(kind));
    let (compared, questions) = (report.compared(), report.to_settle().count());
    let document = Document {
        version: 1,
        tool: Tool::this(),
        views: report.views.iter().map(viewpoint).collect(),
        counts: Counts {
            compared,
            agreed,
            several_claim,
            each_other,
            different_deciders,
            nobody_claims,
            one_view_only,
            questions,
        },
        entries: report.entries.iter().map(|entry| asked(report, entry)).collect(),
    };
    let text = serde_json::to_string_pretty(&document)?;
    out.write_all(escape::json(&text).as_bytes())?;
    out.write_all(b"\n")
}

fn viewpoint<'a>(view: &'a View<'_>) -> Viewpoint<'a> {
    Viewpoint { label: view.name(), person: view.viewer(), file: &view.file, as_of: view.as_of.to_string() }
}

fn asked<'a>(report: &'a CompareReport<'_>, entry: &'a Entry) -> Question<'a> {
    Question {
        kind: entry.kind,
        subject: &entry.subject,
        title: &entry.title,
        area: entry.area.as_deref(),
        duties: entry.duties.iter().map(|duty| duty.id.as_str()).collect(),
        right: entry.weight() == Weight::Right,
        core: entry.duties.iter().any(|duty| duty.weight != Weight::Other),
        answers: report.views.iter().zip(&entry.answers).map(|(view, said)| given(view, said)).collect(),
        question: entry.kind.is_to_settle().then(|| to_settle(report, entry)),
        passages: entry.passage().map(|passage| quote(passage, Stance::Supports)).into_iter().collect(),
    }
}

fn given<'a>(view: &'a View<'_>, said: &'a Said) -> Answer<'a> {
    let (status, seats, reason, by) = match &said.answer {
        Says::Decides { by_fact, .. } => ("decides", &[][..], None, Some(if by_fact.is_some() { "fact" } else { "record" })),
        Says::Nobody => ("nobody", &[][..], None, None),
        Says::Ended => ("ended", &[][..], None, None),
        Says::Vacant(seats) => ("vacant", seats.as_slice(), None, None),
        Says::NotApplicable(reason) => ("not-applicable", &[][..], Some(reason.as_str()), None),
        Says::Silent => ("silent", &[][..], None, None),
        Says::Unknown => ("unknown", &[][..], None, None),
    };
    let deciders = said.answer.deciders().iter().map(|decider| Decider { id: &decider.id, name: &decider.name });
    Answer {
        view: view.name(),
        status,
        deciders: deciders.collect(),
        by,
        seats: seats.iter().map(|seat| seat.word()).collect(),
        reason,
        note: said.note.as_deref(),
        location: said.at.map(|at| location(view.sources, at)),
    }
}
