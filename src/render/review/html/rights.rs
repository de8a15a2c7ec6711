//! Who holds which right: the seven rights, duties and people, models, and what changes.

use super::{Page, rich, table, text};
use crate::catalogue::Model;
use crate::matrix::{self, Column, Matrix};
use crate::org::capitalized;
use crate::org::rights::{Right, Rights, Standing};
use crate::render;
use crate::render::review::words;
use crate::review::changes::{Changed, Changes};
use crate::review::models::ModelOf;
use crate::sections::some_of;
use crate::who::duty::Section;
use maud::{Markup, html};
use rustc_hash::FxHashMap;

/// From how many people on the names stand upright above narrow columns.
const MANY_PEOPLE: usize = 6;

/// How many people a table may have on paper that stands upright.
const MOST_UPRIGHT: usize = 20;

impl Page<'_> {
    pub(super) fn changes(&self, changes: &Changes) -> Markup {
        html! {
            p { "Compared with " code { (text(&changes.before)) } ". Findings: " (words::balance(changes)) "." }
            @if !changes.things.is_empty() {
                ul.things {
                    @for thing in &changes.things { li { (text(&words::thing(thing))) } }
                }
            }
            @if changes.chapters.is_empty() { p { "No right and no finding changes." } }
            @for changed in &changes.chapters { (self.chapter(&changed.of, true, &self::changed(changed))) }
        }
    }

    pub(super) fn rights(&self, sections: &[Section]) -> Markup {
        let disputes = self.review.disputes();
        let rows = |section: &Section| words::rights(section, disputes.get(&section.of.of));
        let tables: Vec<_> = sections.iter().map(|section| (&section.of, rows(section))).collect();
        let settled = html! {
            @for (of, rows) in &tables {
                @let (settled, all, open) = words::settled(rows);
                @let open = if open.is_empty() { "–".to_owned() } else { open.join("; ") };
                (self.row(of, &html! { td { (settled) " of " (all) } td { (open) } }))
            }
        };
        let has_several = tables.len() > 1;
        html! {
            p { (words::ABOUT_RIGHTS) }
            @if has_several { (table(&html! { "Decisions that are settled" }, &["Product", "Settled", "Open"], &settled)) }
            @for (of, rows) in &tables {
                @let label = html! { "The seven key decisions: " (text(&of.name)) };
                (self.chapter(of, has_several, &table(&label, &words::HEADS_OF_RIGHTS, &self::rights(rows))))
            }
        }
    }

    pub(super) fn matrix(&self, matrix: &Matrix) -> Markup {
        html! {
            p.legend { @for right in Right::ALL { span { b { (right.letter()) } " " (right.phrase()) } " " } }
            @for section in &matrix.sections {
                (self.chapter(&section.of, matrix.sections.len() > 1, &duties_and_people(matrix, section)))
            }
        }
    }

    pub(super) fn models(&self, models: &[ModelOf]) -> Markup {
        let codes = |models: &[&Model]| {
            html! { @for (n, model) in models.iter().enumerate() { @if n > 0 { ", " } code { (model.name) } } }
        };
        let rows = html! {
            @for ModelOf { of, models } in models {
                @let (model, overlays) = models.split_at(models.len().min(1));
                (self.row(of, &html! { td { (codes(model)) } td { (codes(overlays)) } }))
            }
        };
        html! {
            p { (words::ABOUT_MODELS) }
            @if !models.is_empty() { (table(&html! { "Models of the products" }, &["Product", "Model", "On top of it"], &rows)) }
            dl.models {
                @for model in words::used(models) { dt { (model.name) } dd { (rich(model.meaning)) p.changes { "For the audit: " (rich(model.changes)) } } }
            }
        }
    }
}

fn changed(changed: &Changed) -> Markup {
    let moves = words::moves(changed);
    let rows = html! {
        @for [right, what, before, after] in &moves {
            tr { td { (right) } th scope="row" { (text(what)) } td { (text(before)) } td { (text(after)) } }
        }
    };
    let label = html! { "What moves: " (text(&changed.of.name)) };
    html! {
        @if !changed.vacated.is_empty() {
            ul.moves { @for vacated in &changed.vacated { li.bad { b { "Nobody takes over" } " " (text(&words::vacated(vacated))) } } }
        }
        @if !moves.is_empty() { (table(&label, &words::HEADS_OF_MOVES, &rows)) }
        @if !changed.introduced.is_empty() || !changed.fixed.is_empty() {
            ul.moves {
                @for finding in &changed.introduced {
                    li.bad { b { "New " (finding.severity.word()) } " " (rich(&capitalized(&finding.message))) }
                }
                @for finding in &changed.fixed {
                    li.good { b { "Closed " (finding.severity.word()) } " " (rich(&capitalized(&finding.message))) }
                }
            }
        }
    }
}

fn rights(rows: &[words::RightRow]) -> Markup {
    html! {
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

fn duties_and_people(matrix: &Matrix, section: &matrix::Section) -> Markup {
    let lines = section.lines(&matrix.duties);
    let heads = render::matrix::heads(matrix, &lines);
    let held = |line: &matrix::Line<'_>| -> FxHashMap<Column, Rights> { line.held.iter().copied().collect() };
    let letters = |rights: Rights| rights.iter().map(Right::letter).collect::<String>();
    html! {
        div.scroll.wide[heads.len() > MOST_UPRIGHT] tabindex="0" role="group" aria-label={ "Duties and people: " (text(&section.of.name)) } {
            table.matrix.many[heads.len() > MANY_PEOPLE] {
                thead { tr { th scope="col" { "Duty" } @for head in &heads { th.who scope="col" { span { (text(&head.label)) } } } } }
                tbody {
                    @for line in &lines {
                        @let held = held(line);
                        tr.open[line.standing.is_unowned()] {
                            th scope="row" {
                                code { (text(&line.duty)) }
                                @if !line.places.is_empty() { " (" (text(&some_of(&line.places))) ")" }
                                (standing(line.standing))
                            }
                            @for head in &heads {
                                @match held.get(&head.column) {
                                    Some(rights) => td.decides[rights.has(Right::Decides)] { (letters(*rights)) },
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

/// What stands behind a duty that nobody decides.
fn standing(standing: Standing) -> Markup {
    let words = match standing {
        Standing::Decided | Standing::Contested => return html! {},
        Standing::Nobody | Standing::Ended | Standing::Vacant => "nobody decides",
        Standing::Unrecorded => "nobody is recorded",
        Standing::NotApplicable => "not applicable",
    };
    html! { " " span.flag { (words) } }
}
