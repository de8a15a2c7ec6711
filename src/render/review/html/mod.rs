//! The document as one HTML page: no network, light and dark, for the screen, the printer and the keyboard.
//!
//! The script only filters; without it everything is shown. What may be hidden carries the numbers of the products, teams and people
//! that it has to do with, which are the values of the filters' options.

mod findings;
mod people;
mod rights;
mod svg;

use super::words;
use crate::finding::Severity;
use crate::org::{Subject, capitalized};
use crate::parallel;
use crate::render::escape;
use crate::report::counted;
use crate::review::chart::Chart;
use crate::review::findings::Concern;
use crate::review::{Part, Review};
use crate::sections::Place;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use rustc_hash::FxHashSet;
use std::io::{self, Write};

include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// Browsers and search engines cut longer titles.
const LONGEST_TITLE: usize = 70;

/// Writes the page.
pub fn html(review: &Review<'_>, out: &mut dyn Write) -> io::Result<()> {
    let page = Page::of(review);
    let parts = parallel::each(review.is_large, &review.parts, |part| page.section(part).into_string());
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

/// The numbers of the products, teams and people that a block has to do with; what it does not say does not limit it.
#[derive(Default)]
struct Marks {
    products: Option<String>,
    teams: Option<String>,
    people: Option<String>,
}

impl Marks {
    /// Of what a block is about: a product alone, or a team; the organization has to do with no product in particular.
    fn of(subject: Subject) -> Self {
        let (products, teams) = match subject {
            Subject::Product(product) => (product.0.to_string(), None),
            Subject::Team(team) => (String::new(), Some(team.0.to_string())),
            _ => (String::new(), Some(String::new())),
        };
        Marks { products: Some(products), teams, people: None }
    }

    /// Of a finding, or of what findings ask.
    fn concern(concern: &Concern) -> Self {
        Marks {
            products: Some(numbers(concern.reach.products.iter().map(|at| at.0))),
            teams: Some(numbers(concern.reach.teams.iter().map(|at| at.0))),
            people: Some(numbers(concern.people.iter().map(|at| at.0))),
        }
    }
}

/// A table that scrolls by itself where it is wider than the page.
fn table(label: &Markup, heads: &[&str], rows: &Markup) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(label) {
            table {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { (rows) }
            }
        }
    }
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
                        label class=(severity.word()) {
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
            Part::People(cards) => people::cards(cards),
            Part::Models(models) => self.models(models),
            Part::Hiring(advice) => self.hiring(advice),
            Part::Absence(alone) => people::absence(alone),
            Part::Accepted => self.accepted(),
            Part::Chart(chart) => self.chart(chart),
            Part::Actions(actions) => self.actions(actions),
            Part::Sources(sources) => findings::sources(sources),
        }
    }

    /// What a place is called in headings.
    fn name(&self, place: &Place) -> Markup {
        html! {
            (text(&capitalized(&place.name)))
            @if self.shared.contains(place.name.as_str()) { " (" (text(place.id())) ")" }
        }
    }

    /// A block about one place; with its name, if there are others.
    fn chapter(&self, of: &Place, is_named: bool, content: &Markup) -> Markup {
        let Marks { products, teams, .. } = Marks::of(of.of);
        html! {
            div.filterable.chapter data-products=[products] data-teams=[teams] {
                @if is_named { h3 { (self.name(of)) } }
                (content)
            }
        }
    }

    /// A row about one place, which begins with its name.
    fn row(&self, of: &Place, cells: &Markup) -> Markup {
        let Marks { products, teams, .. } = Marks::of(of.of);
        html! {
            tr.filterable data-products=[products] data-teams=[teams] { th scope="row" { (self.name(of)) } (cells) }
        }
    }

    fn chart(&self, chart: &Chart) -> Markup {
        html! {
            @if chart.drawings.is_empty() { p { "No product or team is there to draw." } }
            @for drawing in &chart.drawings {
                @let product = drawing.product.map(|product| product.0.to_string()).unwrap_or_default();
                div.filterable.chapter data-products=(product) data-teams=(numbers(drawing.teams.iter().map(|team| team.team.0))) {
                    div.scroll tabindex="0" role="group" aria-label={ "Drawing of " (text(&drawing.title())) } {
                        (svg::svg(drawing, &format!("drawing-{}", drawing.position)))
                    }
                }
            }
        }
    }
}
