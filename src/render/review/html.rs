//! The document as one HTML page: no network, light and dark, for the screen, the printer and the keyboard.
//!
//! The script only filters; without it everything is shown. What may be hidden carries the numbers of the products, teams and people
//! that it has to do with, which are the values of the filters' options.

use super::{svg, words};
use crate::catalogue::{Passage, Stance};
use crate::finding::{Finding, Severity};
use crate::matrix::{Column, Matrix};
use crate::org::rights::{Right, Rights, Standing};
use crate::org::{Subject, capitalized};
use crate::parallel;
use crate::render::{advice, citation, escape, matrix, who};
use crate::report::counted;
use crate::review::actions::Actions;
use crate::review::cards::Card;
use crate::review::changes::{Changed, Changes};
use crate::review::chart::Chart;
use crate::review::findings::{Block, Chapter, Concern};
use crate::review::models::ModelOf;
use crate::review::sources::Quoted;
use crate::review::summary::{Fact, Question, Summary};
use crate::review::{Part, Review};
use crate::sections::Place;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use rustc_hash::{FxHashMap, FxHashSet};
use std::io::{self, Write};

include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// Browsers and search engines cut longer titles.
const LONGEST_TITLE: usize = 70;
/// Facts below a question, before the rest is only counted.
const MOST_FACTS: usize = 5;

/// Writes the page.
pub fn html(review: &Review<'_>, out: &mut dyn Write) -> io::Result<()> {
    let page = Page::of(review);
    let parts = parallel::in_turn(review.is_large, &review.parts, |part| page.section(part).into_string());
    let frame = page.frame().into_string();
    let (before, after) = frame.split_once(PARTS).unwrap_or((&frame, ""));
    for text in [before].into_iter().chain(parts.iter().map(String::as_str)).chain([after, "\n"]) {
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}

/// Where the parts stand in the frame: the only such character, because texts are shown without any.
const PARTS: char = '\0';

struct Page<'r> {
    review: &'r Review<'r>,
    /// The names that several products or teams have, which headings then show with their ids.
    shared: FxHashSet<&'r str>,
}

/// A text from a file, on one line and harmless.
fn text(text: &str) -> Markup {
    html! { (escape::one_line(text)) }
}

/// The same with what stands between backticks as code.
fn rich(text: &str) -> Markup {
    let text = escape::one_line(text.trim());
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return html! { (text) };
    }
    html! {
        @for (n, part) in parts.iter().enumerate() {
            @if n % 2 == 1 { code { (part) } } @else { (part) }
        }
    }
}

/// What fits into a title, which is counted as it is written: in the units of UTF-16, and escaped.
fn shortened(title: &str) -> &str {
    let mut units = 0;
    let is_beyond = |c: char| {
        units += match c {
            '<' | '>' => "&lt;".len(),
            '&' => "&amp;".len(),
            '"' => "&quot;".len(),
            _ => c.len_utf16(),
        };
        units > LONGEST_TITLE
    };
    title.split(is_beyond).next().unwrap_or_default().trim_end()
}

fn numbers(numbers: impl Iterator<Item = u32>) -> String {
    let mut list = String::new();
    for number in numbers {
        if !list.is_empty() {
            list.push(' ');
        }
        list += &number.to_string();
    }
    list
}

/// The numbers of what a block is about: a product alone, or a team; the organization has to do with no product in particular.
fn scope(of: Subject) -> (String, Option<String>) {
    match of {
        Subject::Product(product) => (product.0.to_string(), None),
        Subject::Team(team) => (String::new(), Some(team.0.to_string())),
        _ => (String::new(), Some(String::new())),
    }
}

fn class_of(severity: Severity) -> &'static str {
    severity.word()
}

impl<'r> Page<'r> {
    fn of(review: &'r Review<'r>) -> Self {
        Page { review, shared: review.scopes.shared_names() }
    }

    /// The page without its parts.
    fn frame(&self) -> Markup {
        let review = self.review;
        let title = escape::one_line(&review.title);
        let title = shortened(title.trim());
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    title { @if title.is_empty() { "roleaudit" } @else { (title) } }
                    style { (PreEscaped(STYLE)) }
                }
                body.large[self.is_large()] {
                    a.skip href="#main" { "Skip to the content" }
                    header.top {
                        h1 { (text(&review.title)) }
                        @if let Some(Part::Summary(summary)) = review.parts.first() {
                            p.headline { (text(&summary.headline)) }
                        }
                        p.extent { (text(&words::extent(review))) "." }
                        p.extent { (words::ABOUT) }
                        @for remark in &review.audit.remarks { p.remark { (rich(remark)) } }
                    }
                    div.layout {
                        div.side {
                            nav #contents aria-label="Contents" {
                                ul {
                                    @for part in &review.parts {
                                        li { a href={ "#" (part.topic().word()) } { (part.topic().heading()) } }
                                    }
                                }
                            }
                            (self.filters())
                        }
                        main #main {
                            (PARTS)
                        }
                    }
                    footer { "Written by roleaudit, as of " (review.audit.as_of) ". The quotes belong to their authors." }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        }
    }

    /// Whether the page is so long that a browser had better lay out what is seen alone. Links into such a page land less exactly.
    fn is_large(&self) -> bool {
        const MANY: usize = 50;
        let scopes = &self.review.scopes;
        scopes.products.len() + scopes.teams.len() > MANY
    }

    fn filters(&self) -> Markup {
        let scopes = &self.review.scopes;
        let all = self.review.audit.counting().count();
        html! {
            form #filters hidden aria-label="Filters" {
                fieldset {
                    legend { "Severity" }
                    @for severity in Severity::ALL {
                        label class=(class_of(severity)) {
                            input type="checkbox" name="severity" value=(severity.word()) checked;
                            " " (capitalized(severity.word()))
                        }
                    }
                }
                (select("product", scopes.products.iter().map(|(at, name)| (at.0, name.as_str(), None))))
                (select("team", scopes.teams.iter().map(|(at, name, of)| (at.0, name.as_str(), Some(numbers(of.iter().map(|of| of.0)))))))
                (select("person", scopes.people.iter().map(|(at, name)| (at.0, name.as_str(), None))))
                p { button type="reset" { "Show all" } " " output #shown { (all) " of " (counted(all, "finding")) } }
            }
        }
    }

    /// A part with its heading.
    fn section(&self, part: &Part<'_>) -> Markup {
        let topic = part.topic();
        html! {
            section id=(topic.word()) data-holds aria-labelledby={ (topic.word()) "-heading" } {
                h2 id={ (topic.word()) "-heading" } { (topic.heading()) }
                (self.part(part))
            }
        }
    }

    fn part(&self, part: &Part<'_>) -> Markup {
        match part {
            Part::Summary(summary) => self.summary(summary),
            Part::Changes(changes) => self.changes(changes),
            Part::Rights(rights) => self.rights(&rights.sections),
            Part::Findings(chapters) => self.findings(chapters),
            Part::Matrix(matrix) => self.matrix(matrix),
            Part::People(cards) => people(cards),
            Part::Models(models) => self.models(models),
            Part::Hiring(advice) => self.hiring(advice),
            Part::Absence(alone) => absence(alone),
            Part::Accepted => self.accepted(),
            Part::Chart(chart) => self.chart(chart),
            Part::Actions(actions) => self.actions(actions),
            Part::Sources(sources) => self::sources(sources),
        }
    }

    /// What a place is called in headings.
    fn name(&self, place: &Place) -> Markup {
        html! {
            (text(&place.name))
            @if self.shared.contains(place.name.as_str()) { " (" (text(place.id())) ")" }
        }
    }

    fn summary(&self, summary: &Summary) -> Markup {
        html! {
            @if summary.questions.is_empty() { p { "No question is open." } }
            @for (severity, heading) in [(Severity::Error, "Settle first"), (Severity::Warning, "Settle next")] {
                @if let Some(before) = summary.questions.iter().position(|question| question.severity == severity) {
                    div data-holds {
                        h3 { (heading) }
                        ol.questions start=(before + 1) {
                            @for question in summary.questions.iter().filter(|question| question.severity == severity) { (question_item(question)) }
                        }
                    }
                }
            }
        }
    }

    fn changes(&self, changes: &Changes) -> Markup {
        html! {
            p { "Compared with " code { (text(&changes.before)) } ". Findings: " (words::balance(changes)) "." }
            @if !changes.things.is_empty() {
                ul.things {
                    @for thing in &changes.things {
                        li { b { (capitalized(thing.presence.word())) " " (thing.kind.word()) } ": " (text(&thing.name)) }
                    }
                }
            }
            @if changes.chapters.is_empty() { p { "No right and no finding changes." } }
            @for chapter in &changes.chapters { (self.changed(chapter)) }
        }
    }

    fn changed(&self, changed: &Changed) -> Markup {
        let (products, teams) = scope(changed.of.of);
        let rows: Vec<[String; 4]> = words::moves(changed);
        html! {
            div.filterable.chapter data-products=(products) data-teams=[teams] {
                h3 { (self.name(&changed.of)) }
                @if !rows.is_empty() {
                    div.scroll tabindex="0" role="group" aria-label={ "Rights that move: " (text(&changed.of.name)) } {
                        table {
                            thead { tr { th scope="col" { "Right" } th scope="col" { "Of what" } th scope="col" { "Before" } th scope="col" { "After" } } }
                            tbody {
                                @for [right, what, before, after] in &rows {
                                    tr { td { (right) } th scope="row" { (text(what)) } td { (text(before)) } td { (text(after)) } }
                                }
                            }
                        }
                    }
                }
                @if !changed.vacated.is_empty() || !changed.introduced.is_empty() || !changed.fixed.is_empty() {
                    ul.moves {
                        @for vacated in &changed.vacated { li.bad { b { "Nobody takes over" } " " (text(&words::vacated(vacated))) } }
                        @for finding in &changed.introduced { li.bad { b { "New " (finding.severity.word()) } " " (text(&capitalized(&finding.message))) } }
                        @for finding in &changed.fixed { li.good { b { "Closed " (finding.severity.word()) } " " (text(&capitalized(&finding.message))) } }
                    }
                }
            }
        }
    }

    fn rights(&self, sections: &[crate::who::duty::Section]) -> Markup {
        let tables: Vec<_> =
            sections.iter().map(|section| (section, words::rights(section, &self.review.disputed(section.of.of)))).collect();
        html! {
            p { (words::ABOUT_RIGHTS) }
            @if tables.len() > 1 {
                div.scroll tabindex="0" role="group" aria-label="Rights that are settled" {
                    table {
                        thead { tr { th scope="col" { "Product" } th scope="col" { "Settled" } th scope="col" { "Open" } } }
                        tbody {
                            @for (section, rows) in &tables {
                                @let (settled, of, open) = words::settled(rows);
                                @let (products, teams) = scope(section.of.of);
                                tr.filterable data-products=(products) data-teams=[teams] {
                                    th scope="row" { (self.name(&section.of)) }
                                    td { (settled) " of " (of) }
                                    td { @if open.is_empty() { "–" } @else { (open.join("; ")) } }
                                }
                            }
                        }
                    }
                }
            }
            @for (section, rows) in &tables {
                @let (products, teams) = scope(section.of.of);
                div.filterable.chapter data-products=(products) data-teams=[teams] {
                    @if tables.len() > 1 { h3 { (self.name(&section.of)) } }
                    div.scroll tabindex="0" role="group" aria-label={ "The seven rights: " (text(&section.of.name)) } {
                        table.rights {
                            thead {
                                tr { th scope="col" { "Right" } th scope="col" { "Who decides" } th scope="col" { "Is asked before" } th scope="col" { "Tells the team" } }
                            }
                            tbody {
                                @for row in rows {
                                    tr.open[row.is_open] {
                                        th scope="row" { (row.asks) @if let Some(places) = &row.places { " (" (text(places)) ")" } }
                                        td { (text(&row.decides)) }
                                        td { (text(&row.input)) }
                                        td { (text(&row.tells)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn findings(&self, chapters: &[Chapter]) -> Markup {
        let audit = &self.review.audit;
        html! {
            @if chapters.is_empty() { p { "No gaps were found." } }
            @if chapters.len() > 1 {
                div.scroll tabindex="0" role="group" aria-label="Findings by product" {
                    table {
                        thead { tr { th scope="col" { "Where" } @for severity in Severity::ALL { th scope="col" { (capitalized(severity.word())) "s" } } } }
                        tbody {
                            @for (n, chapter) in chapters.iter().enumerate() {
                                @let (products, teams) = scope(chapter.of.of);
                                tr.filterable data-products=(products) data-teams=[teams] {
                                    th scope="row" { a href={ "#findings-" (n) } { (self.name(&chapter.of)) } }
                                    @for severity in Severity::ALL {
                                        @let count = chapter.count(audit, severity);
                                        td class={ "number" @if count > 0 { " " (class_of(severity)) } } { (count) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            @for (n, chapter) in chapters.iter().enumerate() {
                div.chapter id={ "findings-" (n) } data-holds {
                    @if chapters.len() > 1 { h3 { (self.name(&chapter.of)) } }
                    @for group in &chapter.groups {
                        div data-holds {
                            @if let Some(team) = &group.team {
                                @if chapters.len() > 1 { h4 { (self.name(team)) } } @else { h3 { (self.name(team)) } }
                            }
                            @for block in &group.blocks { (self.block(block)) }
                        }
                    }
                }
            }
        }
    }

    /// The findings of one rule and severity at one place.
    fn block(&self, block: &Block) -> Markup {
        let found =
            block.findings.iter().filter_map(|at| Some((self.review.audit.findings.get(*at)?, self.review.concerns.get(*at)?)));
        let found: Vec<(&Finding, &Concern)> = found.collect();
        let findings: Vec<&Finding> = found.iter().map(|(finding, _)| *finding).collect();
        let Some(first) = findings.first() else { return html! {} };
        html! {
            div class={ "gap " (class_of(first.severity)) } data-holds {
                p.kind {
                    span.badge { (capitalized(first.severity.word())) } " " code { (first.rule.name) }
                    @if found.len() > 1 { " " (counted(found.len(), "finding")) ": " (first.rule.question) }
                }
                ul.list {
                    @for (finding, concern) in &found { (self.finding(finding, concern)) }
                }
                @for (stance, label) in [(Stance::Supports, "Why"), (Stance::Dissents, "But")] {
                    @let cited = words::cited(&findings, stance);
                    @if cited.is_empty() && stance == Stance::Supports { p.why { b { (label) } " " (rich(first.rule.why)) } }
                    @for passage in cited { (quote(passage, label)) }
                }
            }
        }
    }

    fn finding(&self, finding: &Finding, concern: &Concern) -> Markup {
        let sources = self.review.audit.sources;
        let line = sources.position(finding.at.start_point()).line;
        let products = numbers(concern.reach.products.iter().map(|at| at.0));
        let teams = numbers(concern.reach.teams.iter().map(|at| at.0));
        let people = numbers(concern.people.iter().map(|at| at.0));
        html! {
            li.finding data-severity=(finding.severity.word()) data-products=(products) data-teams=(teams) data-people=(people) {
                p.message { (rich(&capitalized(&finding.message))) " " span.place { (text(&sources.get(finding.at.file).path)) ":" (line) } }
                @if let Some(note) = &finding.note { p.note { b { "Note" } " " (text(note)) } }
                p.fix { b { "Fix" } " " (rich(&finding.fix)) }
            }
        }
    }

    fn matrix(&self, matrix: &Matrix) -> Markup {
        html! {
            p.legend { @for right in Right::ALL { span { b { (right.letter()) } " " (right.phrase()) } " " } }
            @for section in &matrix.sections {
                @let (products, teams) = scope(section.of.of);
                div.filterable.chapter data-products=(products) data-teams=[teams] {
                    @if matrix.sections.len() > 1 { h3 { (self.name(&section.of)) } }
                    (matrix_table(matrix, section))
                }
            }
        }
    }

    fn models(&self, models: &[ModelOf]) -> Markup {
        let mut used: Vec<&'static crate::catalogue::Model> = Vec::new();
        for model in models.iter().flat_map(|of| &of.models) {
            if !used.iter().any(|known| known.name == model.name) {
                used.push(model);
            }
        }
        html! {
            p { (words::ABOUT_MODELS) }
            @if !models.is_empty() {
                div.scroll tabindex="0" role="group" aria-label="Models of the products" {
                    table {
                        thead { tr { th scope="col" { "Product" } th scope="col" { "Model" } th scope="col" { "On top of it" } } }
                        tbody {
                            @for ModelOf { of, models } in models {
                                @let (products, teams) = scope(of.of);
                                tr.filterable data-products=(products) data-teams=[teams] {
                                    th scope="row" { (self.name(of)) }
                                    td { @for model in models.iter().take(1) { code { (model.name) } } }
                                    td { @for (n, model) in models.iter().skip(1).enumerate() { @if n > 0 { ", " } code { (model.name) } } }
                                }
                            }
                        }
                    }
                }
            }
            dl.models {
                @for model in used { dt { (model.name) } dd { (rich(model.meaning)) " " (rich(model.changes)) } }
            }
        }
    }

    fn hiring(&self, advice: &crate::advise::AdviceReport<'_>) -> Markup {
        let mut quoted = Vec::new();
        html! {
            @if advice.products.is_empty() { p { "No product is there to advise on." } }
            @for product in &advice.products {
                div.filterable.chapter data-products=(product.of.0) {
                    @if advice.products.len() > 1 {
                        h3 { (text(&product.name)) @if self.shared.contains(product.name.as_str()) { " (" (text(&product.product)) ")" } }
                    }
                    (lines(&advice::lines(product, &mut quoted)))
                }
            }
        }
    }

    fn accepted(&self) -> Markup {
        let audit = &self.review.audit;
        let accepted = audit
            .findings
            .iter()
            .zip(&self.review.concerns)
            .filter_map(|(finding, concern)| Some((finding, concern, finding.accepted.as_ref()?)));
        let accepted: Vec<_> = accepted.collect();
        if accepted.is_empty() {
            return html! { p { "No risk is recorded as accepted." } };
        }
        html! {
            div.scroll tabindex="0" role="group" aria-label="Accepted risks" {
                table {
                    thead { tr { th scope="col" { "Rule" } th scope="col" { "What" } th scope="col" { "Because" } th scope="col" { "By" } th scope="col" { "Until" } } }
                    tbody {
                        @for (finding, concern, acceptance) in accepted {
                            tr.filterable data-products=(numbers(concern.reach.products.iter().map(|at| at.0))) data-teams=(numbers(concern.reach.teams.iter().map(|at| at.0))) data-people=(numbers(concern.people.iter().map(|at| at.0))) {
                                td { code { (finding.rule.name) } }
                                th scope="row" { (rich(&capitalized(&finding.message))) }
                                td { (text(&acceptance.because)) }
                                td { (dash(acceptance.by.as_ref().map_or("", |(_, name)| name))) }
                                td { @match acceptance.until { Some(until) => (until), None => "–" } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn chart(&self, chart: &Chart) -> Markup {
        html! {
            @for drawing in &chart.drawings {
                div.filterable.chapter data-products=[drawing.product.map(|product| product.0)] {
                    div.scroll tabindex="0" role="group" aria-label={ "Drawing of " (text(&drawing.title())) } {
                        (svg::svg(drawing, &format!("drawing-{}", drawing.position)))
                    }
                }
            }
        }
    }

    fn actions(&self, all: &[Actions]) -> Markup {
        html! {
            @if all.is_empty() { p { "Nothing has to be done." } }
            @for (n, Actions { of, actions }) in all.iter().enumerate() {
                @let (products, teams) = scope(of.of);
                div.filterable.chapter data-products=(products) data-teams=[teams] {
                    @if all.len() > 1 { h3 { (self.name(of)) } }
                    ul.tasks {
                        @for (m, action) in actions.iter().enumerate() {
                            li {
                                input type="checkbox" id={ "task-" (n) "-" (m) };
                                " " label for={ "task-" (n) "-" (m) } {
                                    (rich(&action.fix))
                                    @if !action.people.is_empty() { " " span.people { (text(&words::names(&action.people))) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn select<'n>(what: &str, options: impl Iterator<Item = (u32, &'n str, Option<String>)>) -> Markup {
    html! {
        label { span { (capitalized(what)) }
            select name=(what) {
                option value="" { "All" }
                @for (value, name, products) in options { option value=(value) data-products=[products] { (text(name)) } }
            }
        }
    }
}

fn dash(words: &str) -> Markup {
    if words.is_empty() {
        html! { "–" }
    } else {
        text(words)
    }
}

fn question_item(question: &Question) -> Markup {
    let concern = &question.concern;
    let (facts, rest) = question.facts.split_at(words::most_facts(question, MOST_FACTS));
    html! {
        li class={ "filterable " (class_of(question.severity)) } data-severity=(question.severity.word()) data-products=(numbers(concern.reach.products.iter().map(|at| at.0)))
            data-teams=(numbers(concern.reach.teams.iter().map(|at| at.0))) data-people=(numbers(concern.people.iter().map(|at| at.0)))
        {
            p.ask { (text(&question.text)) }
            @if let [only] = facts { p.fact { (fact(only)) } } @else {
                ul {
                    @for one in facts { li { (fact(one)) } }
                    @if !rest.is_empty() { li { "… and " (rest.len()) " more, each among the findings" } }
                }
            }
            @if let Some(people) = words::involved(question) { p.people { "Involves " (text(&people)) } }
        }
    }
}

/// What is to be done under a duty, or what is wrong.
fn fact(fact: &Fact) -> Markup {
    html! {
        (rich(&capitalized(&fact.text)))
        @if let Some(duty) = &fact.duty {
            " (" code { (text(duty)) } @if let Some(places) = fact.in_words() { ", for " (text(&places)) } ")"
        }
    }
}

fn quote(passage: &Passage, label: &str) -> Markup {
    html! {
        div class={ "quote " (label.to_lowercase()) } {
            b { (label) } " "
            q { (passage.quote) } " "
            cite { (citation(passage)) }
        }
    }
}

fn matrix_table(matrix: &Matrix, section: &crate::matrix::Section) -> Markup {
    let lines = section.lines(&matrix.duties);
    let heads = matrix::heads(matrix, &lines);
    let rights = |line: &crate::matrix::Line<'_>| -> FxHashMap<Column, Rights> { line.held.iter().copied().collect() };
    html! {
        div.scroll.wide[heads.len() > MOST_UPRIGHT] tabindex="0" role="group" aria-label={ "Duties and people: " (text(&section.of.name)) } {
            table.matrix.many[heads.len() > MANY_PEOPLE] {
                thead { tr { th scope="col" { "Duty" } @for head in &heads { th.who scope="col" { span { (text(&head.label)) } } } } }
                tbody {
                    @for line in &lines {
                        @let held = rights(line);
                        tr.open[line.standing.is_unowned()] {
                            th scope="row" {
                                code { (text(&line.duty)) }
                                @if !line.places.is_empty() { " (" (text(&crate::sections::some_of(&line.places))) ")" }
                                (standing(line.standing))
                            }
                            @for head in &heads {
                                @match held.get(&head.column) {
                                    Some(rights) => td.decides[rights.has(Right::Decides)] { (rights.iter().map(Right::letter).collect::<String>()) },
                                    None => td {},
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// From how many people on the names stand upright above narrow columns.
const MANY_PEOPLE: usize = 6;

/// How many people a table may have on paper that stands upright.
const MOST_UPRIGHT: usize = 20;

fn standing(standing: Standing) -> Markup {
    let words = match standing {
        Standing::Decided | Standing::Contested => return html! {},
        Standing::Nobody | Standing::Ended | Standing::Vacant => "nobody decides",
        Standing::Unrecorded => "nobody is recorded",
        Standing::NotApplicable => "not applicable",
    };
    html! { " " span.flag { (words) } }
}

/// What is said under labels; a label that repeats is said once.
fn lines<L: AsRef<str>>(lines: &[(L, String)]) -> Markup {
    html! {
        dl.lines {
            @for same in lines.chunk_by(|(one, _), (other, _)| one.as_ref() == other.as_ref()) {
                @for (label, _) in same.iter().take(1) { dt { (capitalized(label.as_ref())) } }
                @for (_, words) in same { dd { (rich(words)) } }
            }
        }
    }
}

fn people(cards: &[Card]) -> Markup {
    html! {
        @if cards.is_empty() { p { "Nobody holds a seat or a right." } }
        div.cards {
            @for card in cards {
                article.card.filterable data-people=(card.of.0) {
                    h3 { (text(&card.who.label)) }
                    @if let Some(about) = card.in_words() { p.about { (text(&about)) } }
                    (lines(&words::card(card)))
                    @if !card.load.is_empty() || card.findings > 0 {
                        p.load {
                            @for (n, measure) in card.load.iter().enumerate() {
                                @if n > 0 { " · " } span.beyond[measure.is_beyond] { (measure.words) }
                            }
                            @if card.findings > 0 { @if !card.load.is_empty() { " · " } (words::concerned(card)) }
                        }
                    }
                }
            }
        }
    }
}

fn absence(alone: &crate::who::alone::AloneReport) -> Markup {
    html! {
        @if alone.people.is_empty() { p { "None of the seven rights is held by one person alone." } }
        @for person in &alone.people {
            @let who::Block { title, lines, .. } = who::of_person(person);
            div.filterable.absent data-people=(person.of.0) {
                h3 { (text(&title)) }
                (self::lines(&lines))
            }
        }
    }
}

fn sources(sources: &[Quoted]) -> Markup {
    html! {
        @if sources.is_empty() { p { "Nothing is cited." } }
        @for Quoted { document, passages } in sources {
            h3 { (words::document(document)) }
            ul.sources {
                @for passage in passages {
                    @let section = passage.section.trim_end_matches(':');
                    li { code { (passage.id) } " " q { (passage.quote) } @if !section.is_empty() { " (" (section) ")" } }
                }
            }
        }
    }
}
