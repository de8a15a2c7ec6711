//! What is to settle, what was found, what is accepted, what to do, and who says so.

use super::{Marks, Page, rich, table, text};
use crate::catalogue::{Passage, Stance};
use crate::finding::{Finding, Severity};
use crate::org::capitalized;
use crate::render::citation;
use crate::render::review::words;
use crate::report::counted;
use crate::review::actions::Actions;
use crate::review::findings::{Block, Chapter, Concern};
use crate::review::sources::Quoted;
use crate::review::summary::{Fact, Question, Summary};
use maud::{Markup, html};

impl Page<'_> {
    pub(super) fn summary(&self, summary: &Summary) -> Markup {
        let of_severity = |severity| summary.questions.iter().filter(move |question| question.severity == severity);
        html! {
            @if summary.questions.is_empty() { p { "No question is open." } }
            @for (severity, heading) in [(Severity::Error, "Settle first"), (Severity::Warning, "Settle next")] {
                @if let Some(before) = summary.questions.iter().position(|question| question.severity == severity) {
                    div data-holds {
                        h3 { (heading) }
                        ol.questions start=(before + 1) { @for question in of_severity(severity) { (ask(question)) } }
                    }
                }
            }
        }
    }

    pub(super) fn findings(&self, chapters: &[Chapter]) -> Markup {
        let has_several = chapters.len() > 1;
        html! {
            @if chapters.is_empty() { p { "No gaps were found." } }
            @if has_several { (self.counts(chapters)) }
            @for (n, chapter) in chapters.iter().enumerate() {
                div.chapter id={ "findings-" (n) } data-holds {
                    @if has_several { h3 { (self.name(&chapter.of)) } }
                    @for group in &chapter.groups {
                        div data-holds {
                            @if let Some(team) = &group.team {
                                @if has_several { h4 { (self.name(team)) } } @else { h3 { (self.name(team)) } }
                            }
                            @for block in &group.blocks { (self.block(block)) }
                        }
                    }
                }
            }
        }
    }

    /// How many findings each chapter has, with links to them.
    fn counts(&self, chapters: &[Chapter]) -> Markup {
        let rows = html! {
            @for (n, chapter) in chapters.iter().enumerate() {
                @let Marks { products, teams, .. } = Marks::of(chapter.of.of);
                tr.filterable data-products=[products] data-teams=[teams] {
                    th scope="row" { a href={ "#findings-" (n) } { (self.name(&chapter.of)) } }
                    @for severity in Severity::ALL {
                        @let count = chapter.count(&self.review.audit, severity);
                        td class={ "number" @if count > 0 { " " (severity.word()) } } { (count) }
                    }
                }
            }
        };
        table(&html! { "Findings by product" }, &["Where", "Errors", "Warnings", "Infos"], &rows)
    }

    /// The findings of one rule and severity at one place.
    fn block(&self, block: &Block) -> Markup {
        let review = self.review;
        let found = block.findings.iter().filter_map(|at| Some((review.audit.findings.get(*at)?, review.concerns.get(*at)?)));
        let (findings, concerns): (Vec<&Finding>, Vec<&Concern>) = found.unzip();
        let Some(first) = findings.first() else { return html! {} };
        let shared = words::shared_fix(&findings);
        html! {
            div class={ "gap " (first.severity.word()) } data-holds {
                p.kind {
                    span.badge { (capitalized(first.severity.word())) } " " code { (first.rule.name) }
                    @if findings.len() > 1 { " " (counted(findings.len(), "finding")) ": " (first.rule.question) }
                }
                ul.list { @for (finding, concern) in findings.iter().zip(&concerns) { (self.finding(finding, concern, shared.is_none())) } }
                @if let Some(fix) = shared { p.fix { b { "Fix" } " " (rich(fix)) } }
                @for (stance, label) in [(Stance::Supports, "Why"), (Stance::Dissents, "But")] {
                    @let cited = words::cited(&findings, stance);
                    @if cited.is_empty() && stance == Stance::Supports { p.why { b { (label) } " " (rich(first.rule.why)) } }
                    @for passage in cited { (quote(passage, label)) }
                }
            }
        }
    }

    fn finding(&self, finding: &Finding, concern: &Concern, has_fix: bool) -> Markup {
        let sources = self.review.audit.sources;
        let (path, line) = (&sources.get(finding.at.file).path, sources.position(finding.at.start_point()).line);
        let Marks { products, teams, people } = Marks::concern(concern);
        html! {
            li.finding data-severity=(finding.severity.word()) data-products=[products] data-teams=[teams] data-people=[people] {
                p.message { (rich(&capitalized(&finding.message))) " " span.place { (text(path)) ":" (line) } }
                @if let Some(note) = &finding.note { p.note { b { "Note" } " " (text(note)) } }
                @if has_fix { p.fix { b { "Fix" } " " (rich(&finding.fix)) } }
            }
        }
    }

    pub(super) fn accepted(&self) -> Markup {
        let all = self.review.audit.findings.iter().zip(&self.review.concerns);
        let accepted: Vec<_> =
            all.filter_map(|(finding, of)| Some((finding, Marks::concern(of), finding.accepted.as_ref()?))).collect();
        if accepted.is_empty() {
            return html! { p { "No risk is recorded as accepted." } };
        }
        let rows = html! {
            @for (finding, Marks { products, teams, people }, acceptance) in accepted {
                tr.filterable data-products=[products] data-teams=[teams] data-people=[people] {
                    td { code { (finding.rule.name) } }
                    th scope="row" { (rich(&capitalized(&finding.message))) }
                    td { (text(&acceptance.because)) }
                    td { @match &acceptance.by { Some((_, name)) => (text(name)), None => "–" } }
                    td { @match acceptance.until { Some(until) => (until), None => "–" } }
                }
            }
        };
        table(&html! { "Accepted risks" }, &["Rule", "What", "Because", "By", "Until"], &rows)
    }

    pub(super) fn actions(&self, all: &[Actions]) -> Markup {
        let tasks = |n: usize, Actions { actions, .. }: &Actions| {
            html! {
                ul.tasks {
                    @for (m, action) in actions.iter().enumerate() {
                        li {
                            input type="checkbox" id={ "task-" (n) "-" (m) };
                            " " label for={ "task-" (n) "-" (m) } {
                                @if let Some(about) = &action.about { (text(&capitalized(about))) ": " }
                                (rich(&action.fix))
                                @if !action.people.is_empty() { " " span.people { (text(&words::names(&action.people))) } }
                            }
                        }
                    }
                }
            }
        };
        html! {
            @if all.is_empty() { p { "Nothing has to be done." } }
            @for (n, actions) in all.iter().enumerate() { (self.chapter(&actions.of, all.len() > 1, &tasks(n, actions))) }
        }
    }
}

fn ask(question: &Question) -> Markup {
    let Marks { products, teams, people } = Marks::concern(&question.concern);
    let severity = question.severity.word();
    let (facts, rest) = words::facts(question);
    html! {
        li class={ "filterable " (severity) } data-severity=(severity) data-products=[products] data-teams=[teams] data-people=[people] {
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
        div class={ "quote " (label.to_lowercase()) } { b { (label) } " " q { (passage.quote) } " " cite { (citation(passage)) } }
    }
}

pub(super) fn sources(sources: &[Quoted]) -> Markup {
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
