//! How views differ, as text, as Markdown for a workshop, and as JSON.

use super::json::{Location, Quote, Tool, location, quote};
use super::{BOLD, DIM, INDENT, PLAIN, Style, citation, counted, escape};
use crate::catalogue::{Passage, Stance};
use crate::compare::{Asked, CompareReport, Entry, Kind, Named, Said, Says, View, Weight, Whose};
use crate::org::{capitalized, joined};
use anstyle::{AnsiColor, Effects};
use serde::Serialize;
use std::io::{self, Write};

/// Writes the counts, then one block for each question to settle.
pub fn text(report: &CompareReport<'_>, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let out = &mut escape::Log::new(out);
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
    let meaning = match entry.duties.as_slice() {
        [own] if own.passage.is_none() => format!(" {}", escape::markdown(&own.meaning)),
        _ => String::new(),
    };
    format!("{}: {}{weight}.{meaning}", escape::markdown(&joined(&words(entry))), label(entry.kind))
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
    let result = match compared {
        0 => "have no decision in common".to_owned(),
        1 => format!("agree on {agreed} of 1 decision"),
        _ => format!("agree on {agreed} of {compared} decisions"),
    };
    let alone = match report.count(Kind::OneViewOnly) {
        0 => String::new(),
        alone => format!("; {alone} more {} in one view only", if alone == 1 { "is" } else { "are" }),
    };
    format!("{} {result}{alone}.", joined(&whose))
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
    super::json::write(&document, out)
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

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::org::seats::SeatKind;
    use crate::source::Sources;
    use smallvec::smallvec;

    fn view<'v>(label: &str, file: &str, whose: Whose, sources: &'v Sources) -> View<'v> {
        let as_of = jiff::civil::date(2026, 11, 21);
        View { label: label.into(), whose, shares_label: false, file: file.into(), as_of, sources }
    }

    fn decides(names: &[&str]) -> Says {
        let named = |name: &&str| Named { id: name.to_lowercase(), name: (*name).to_owned(), is_team: *name == "Core" };
        Says::Decides { deciders: names.iter().map(named).collect(), by_fact: None }
    }

    fn duty(id: &str, weight: Weight, passage: Option<&'static Passage>) -> Asked {
        Asked { id: id.into(), meaning: format!("Settles {id}."), weight, passage }
    }

    fn entry(kind: Kind, title: &str, duties: Vec<Asked>, answers: [Said; 2]) -> Entry {
        let [_, subject] = title.rsplit_once(' ').map_or(["", title], |(before, last)| [before, last]);
        let subject = format!("products.{}", subject.to_lowercase());
        Entry { kind, subject, title: title.into(), area: None, duties, answers: answers.into() }
    }

    /// Ann's and Bob's views, in which one of each kind is found.
    fn report<'v>(ann: &'v Sources, bob: &'v Sources) -> CompareReport<'v> {
        let at = |sources: &Sources, words: &str| Some(sample::span(sources, words));
        let said = |answer: Says, at| Said { answer, at, note: None };
        let here = |answer: Says| said(answer, at(ann, "stage"));
        let there = |answer: Says| said(answer, at(bob, "core"));
        let mut order = entry(
            Kind::SeveralClaim,
            "the backlog of Checkout",
            vec![duty("backlog.order", Weight::Right, Some(&sample::SOLE))],
            [here(decides(&["Ann"])), there(decides(&["Bob"]))],
        );
        order.answers[1].note = Some("whoever asks first".into());
        let mut scope = entry(
            Kind::EachOther,
            "Checkout",
            vec![duty("scope.changes", Weight::Right, Some(&sample::SCOPE)), duty("scope.small", Weight::Other, None)],
            [here(decides(&["Bob"])), said(Says::Unknown, None)],
        );
        scope.area = Some("scope.*".into());
        let own = |id: &str| vec![duty(id, Weight::Other, None)];
        let entries = vec![
            order,
            scope,
            entry(
                Kind::DifferentDeciders,
                "Checkout",
                vec![duty("scope.more", Weight::Core, Some(&sample::SCOPE))],
                [here(decides(&["Core", "Kim"])), there(Says::NotApplicable("too small".into()))],
            ),
            entry(
                Kind::NobodyClaims,
                "Checkout",
                own("legal.sign"),
                [here(Says::Vacant(smallvec![SeatKind::ProductOwner])), there(Says::Silent)],
            ),
            entry(Kind::Agreed, "Checkout", own("legal.file"), [here(decides(&["Kim"])), there(decides(&["Kim"]))]),
            entry(Kind::Agreed, "Checkout", own("legal.keep"), [here(decides(&["Kim"])), there(decides(&["Kim"]))]),
            entry(Kind::OneViewOnly, "Checkout", own("legal.burn"), [here(Says::Silent), there(decides(&["Bob"]))]),
        ];
        let views = vec![
            view("Ann", "ann.yaml", Whose::Viewer("ann".into()), ann),
            view("Bob", "bob.yaml", Whose::Viewer("bob".into()), bob),
        ];
        CompareReport { views, entries }
    }

    fn shown(report: &CompareReport<'_>, render: impl Fn(&CompareReport<'_>, &mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        render(report, &mut out).expect("memory can be written");
        String::from_utf8(out).expect("it is text")
    }

    fn with_report<T>(then: impl FnOnce(&mut CompareReport<'_>) -> T) -> T {
        let (ann, bob) = (sample::one_file("ann.yaml", sample::TEAM), sample::one_file("bob.yaml", sample::TEAM));
        then(&mut report(&ann, &bob))
    }

    fn as_text(report: &CompareReport<'_>, style: &Style) -> String {
        shown(report, |report, out| text(report, style, out))
    }

    const TERMINAL: Style = Style { color: false, width: Some(80) };

    #[test]
    fn each_question_is_a_block() {
        let expected = "\
Ann and Bob agree on 2 of 7 decisions; 1 more is in one view only.
The other 5 make 4 questions: 1 claimed by several, 2 left to each other, 1 with
different deciders, 1 claimed by nobody.

1. several-claim: backlog.order of the backlog of Checkout
    Settles backlog.order.
    Ann's view: Ann decides (ann.yaml:6)
    Bob's view: Bob decides — \"whoever asks first\" (bob.yaml:8)
    why: \"As a Product Owner you are the sole person responsible for managing
         and ordering the product backlog.\" — 280 Group, Product Owner vs.
         Product Manager Exploration
    ask: Ann and Bob both have it in their own view. Who has the final say, and
         who is asked before?

2. each-other: scope.* of Checkout
    2 duties: scope.changes, scope.small
    Ann's view: Bob decides (ann.yaml:6)
    Bob's view: does not have it
    why: \"Who approves major scope changes\" — South, Product Owner vs. Product
         Manager, \"When You May Need Both Roles\"
    ask: Others count on Bob, whose own view does not say so. Does Bob take it,
         or who does?

3. different-deciders: scope.more of Checkout
    Settles scope.more.
    Ann's view: the team Core and Kim decide (ann.yaml:6)
    Bob's view: not applicable: \"too small\" (bob.yaml:8)
    ask: Is it needed here at all? If so, who has the final say: the team Core
         or Kim?

4. nobody-claims: legal.sign of Checkout
    Settles legal.sign.
    Ann's view: nobody decides, the seat of product owner is vacant (ann.yaml:6)
    Bob's view: says nothing (bob.yaml:8)
    ask: Who takes it? If it does not exist here, write `not-applicable` and the
         reason.
";
        with_report(|report| snapbox::assert_data_eq!(as_text(report, &TERMINAL), snapbox::IntoData::raw(expected)));
    }

    #[test]
    fn a_workshop_has_a_section_per_question() {
        let expected = "\
# Who decides what, in 2 views

| View | File | As of |
| --- | --- | --- |
| Ann's view | `ann.yaml` | 2026-11-21 |
| Bob's view | `bob.yaml` | 2026-11-21 |

**Ann and Bob agree on 2 of 7 decisions; 1 more is in one view only.** The other 5 make 4 questions: 1 claimed by several, 2 left \
to each other, 1 with different deciders, 1 claimed by nobody.

## To settle

### 1. The backlog of Checkout: who settles backlog.order?

`backlog.order`: claimed by several; one of the seven rights that every team should know.

| View | Answer | Where |
| --- | --- | --- |
| Ann's view | Ann decides | `ann.yaml:6` |
| Bob's view | Bob decides — \"whoever asks first\" | `bob.yaml:8` |

**Why it matters:** \"As a Product Owner you are the sole person responsible for managing and ordering the product backlog.\" — \
280 Group, Product Owner vs. Product Manager Exploration

**To ask:** Ann and Bob both have it in their own view. Who has the final say, and who is asked before?

**Decided:** ____________________ **From:** ____________

### 2. Checkout: who decides `scope.*`?

`scope.*`: left to each other; `scope.changes` is one of the seven rights that every team should know.

- `scope.changes`: Settles scope.changes.
- `scope.small`: Settles scope.small.

| View | Answer | Where |
| --- | --- | --- |
| Ann's view | Bob decides | `ann.yaml:6` |
| Bob's view | does not have it |  |

**Why it matters:** \"Who approves major scope changes\" — South, Product Owner vs. Product Manager, \"When You May Need Both Roles\"

**To ask:** Others count on Bob, whose own view does not say so. Does Bob take it, or who does?

**Decided:** ____________________ **From:** ____________

### 3. Checkout: who settles scope.more?

`scope.more`: with different deciders.

| View | Answer | Where |
| --- | --- | --- |
| Ann's view | the team Core and Kim decide | `ann.yaml:6` |
| Bob's view | not applicable: \"too small\" | `bob.yaml:8` |

**Why it matters:** as quoted under question 2

**To ask:** Is it needed here at all? If so, who has the final say: the team Core or Kim?

**Decided:** ____________________ **From:** ____________

### 4. Checkout: who decides `legal.sign`?

`legal.sign`: claimed by nobody. Settles legal.sign.

| View | Answer | Where |
| --- | --- | --- |
| Ann's view | nobody decides, the seat of product owner is vacant | `ann.yaml:6` |
| Bob's view | says nothing | `bob.yaml:8` |

**To ask:** Who takes it? If it does not exist here, write `not-applicable` and the reason.

**Decided:** ____________________ **From:** ____________

## What all agree on

- Checkout: Kim decides: `legal.file` and `legal.keep`

## What one view alone speaks of

- Checkout: Bob decides (Bob's view): `legal.burn`
";
        with_report(|report| snapbox::assert_data_eq!(shown(report, markdown), snapbox::IntoData::raw(expected)));
    }

    #[test]
    fn the_document_is_that_of_version_1() {
        with_report(|report| {
            report.entries.truncate(1);
            let text = shown(report, json);
            let found: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
            let location = |file: &str, line: usize, column: usize, end: usize| serde_json::json!({"file": file, "line": line, "column": column, "end_line": line, "end_column": end});
            let expected = serde_json::json!({
                "version": 1,
                "tool": {"name": "roleaudit", "version": env!("CARGO_PKG_VERSION")},
                "views": [
                    {"label": "Ann", "person": "ann", "file": "ann.yaml", "as_of": "2026-11-21"},
                    {"label": "Bob", "person": "bob", "file": "bob.yaml", "as_of": "2026-11-21"}
                ],
                "counts": {
                    "compared": 1, "agreed": 0, "several_claim": 1, "each_other": 0, "different_deciders": 0, "nobody_claims": 0,
                    "one_view_only": 0, "questions": 1
                },
                "entries": [{
                    "kind": "several-claim",
                    "subject": "products.checkout",
                    "title": "the backlog of Checkout",
                    "area": null,
                    "duties": ["backlog.order"],
                    "right": true,
                    "core": true,
                    "answers": [
                        {
                            "view": "Ann", "status": "decides", "deciders": [{"id": "ann", "name": "Ann"}], "by": "record", "seats": [],
                            "reason": null, "note": null, "location": location("ann.yaml", 6, 5, 10)
                        },
                        {
                            "view": "Bob", "status": "decides", "deciders": [{"id": "bob", "name": "Bob"}], "by": "record",
                            "seats": [], "reason": null, "note": "whoever asks first", "location": location("bob.yaml", 8, 3, 7)
                        }
                    ],
                    "question": "Ann and Bob both have it in their own view. Who has the final say, and who is asked before?",
                    "passages": [{
                        "id": "D1-025", "document": "001", "title": "Product Owner vs. Product Manager Exploration",
                        "publisher": "280 Group", "section": "", "quote": sample::SOLE.quote, "stance": "supports"
                    }]
                }]
            });
            assert_eq!(found, expected);
            assert!(text.ends_with("}\n"));
        });
    }

    #[test]
    fn whatever_a_view_says_has_a_word() {
        with_report(|report| {
            let found: serde_json::Value = serde_json::from_str(&shown(report, json)).expect("it is JSON");
            let of = |entry: usize, view: usize| found["entries"][entry]["answers"][view].clone();
            assert_eq!((&of(1, 1)["status"], &of(1, 1)["location"]), (&"unknown".into(), &serde_json::Value::Null));
            assert_eq!((&of(2, 1)["status"], &of(2, 1)["reason"]), (&"not-applicable".into(), &"too small".into()));
            assert_eq!((&of(3, 0)["status"], &of(3, 0)["seats"]), (&"vacant".into(), &serde_json::json!(["product-owner"])));
            assert_eq!(of(3, 1)["status"], "silent");
            assert_eq!(found["entries"][1]["area"], "scope.*");
        });
    }

    #[test]
    fn agreement_leaves_nothing_to_settle() {
        with_report(|report| {
            report.entries.retain(|entry| entry.kind == Kind::Agreed);
            assert_eq!(as_text(report, &TERMINAL), "Ann and Bob agree on 2 of 2 decisions.\n");
            let page = shown(report, markdown);
            assert!(!page.contains("## To settle") && page.contains("## What all agree on"), "{page}");
        });
    }

    #[test]
    fn views_of_different_things_have_nothing_in_common() {
        with_report(|report| {
            report.entries.retain(|entry| entry.kind == Kind::OneViewOnly);
            assert_eq!(as_text(report, &TERMINAL), "Ann and Bob have no decision in common; 1 more is in one view only.\n");
        });
    }

    #[test]
    fn a_view_of_nobody_in_particular_says_what_it_cannot_show() {
        with_report(|report| {
            report.views[1].whose = Whose::File;
            report.views[1].label = "draft.yaml".into();
            let shown = as_text(report, &TERMINAL);
            let hint = "\nNobody is known whose view draft.yaml is, so no claim is seen in it: call each\n\
                        file by the id of its person, or add `--by ID` for each view.\n";
            assert!(shown.contains("    draft.yaml: does not have it\n") && shown.ends_with(hint), "{shown}");
        });
    }

    #[test]
    fn views_of_different_days_say_so() {
        with_report(|report| {
            report.views[1].as_of = jiff::civil::date(2026, 1, 2);
            let shown = as_text(report, &TERMINAL);
            assert!(shown.contains("\nAnn's view is as of 2026-11-21 and Bob's view is as of 2026-01-02.\n"), "{shown}");
        });
    }

    #[test]
    fn names_harm_no_format() {
        with_report(|report| {
            let hostile = || sample::HOSTILE.to_owned();
            for view in &mut report.views {
                (view.label, view.file, view.shares_label) = (hostile(), hostile(), true);
            }
            for entry in &mut report.entries {
                (entry.title, entry.subject) = (hostile(), hostile());
                entry.area = entry.area.take().map(|_| hostile());
                for duty in entry.duties.iter_mut().filter(|duty| duty.passage.is_none()) {
                    (duty.id, duty.meaning) = (hostile(), hostile());
                }
                for said in &mut entry.answers {
                    said.note = Some(hostile());
                    match &mut said.answer {
                        Says::Decides { deciders, .. } => deciders.iter_mut().for_each(|named| named.name = hostile()),
                        Says::NotApplicable(reason) => *reason = hostile(),
                        _ => {}
                    }
                }
            }
            for style in [TERMINAL, Style { color: true, width: Some(80) }, Style { color: true, width: None }] {
                sample::assert_harmless(&as_text(report, &style));
            }
            let page = shown(report, markdown);
            sample::assert_harmless(&page);
            assert!(!page.contains("<b>") && !page.contains("@ann") && !page.contains("#1"), "{page}");
            let text = shown(report, json);
            sample::assert_harmless(&text);
            let found: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
            assert_eq!(found["entries"][0]["title"], sample::HOSTILE);
            assert_eq!(found["entries"][0]["answers"][1]["deciders"][0]["name"], sample::HOSTILE);
        });
    }

    #[test]
    fn lines_are_no_wider_than_the_terminal() {
        with_report(|report| {
            report.views[0].label = "Ann ".repeat(60);
            report.entries[0].title = "Checkout ".repeat(40);
            for width in [40, 80, 120] {
                let shown = as_text(report, &Style { color: false, width: Some(width) });
                let widest = shown.lines().max_by_key(|line| unicode_width::UnicodeWidthStr::width(*line)).unwrap_or_default();
                assert!(unicode_width::UnicodeWidthStr::width(widest) <= width, "{widest}");
            }
        });
    }
}
