//! People: a card for each, whom to hire, and what hangs on one alone.

use super::{Marks, Page, lines, text};
use crate::advise::AdviceReport;
use crate::org::Subject;
use crate::render::advice;
use crate::render::review::words;
use crate::review::cards::Card;
use crate::who::alone::AloneReport;
use maud::{Markup, html};

impl Page<'_> {
    pub(super) fn hiring(&self, advice: &AdviceReport<'_>) -> Markup {
        let mut quoted = Vec::new();
        html! {
            @if advice.products.is_empty() { p { "No product is there to advise on." } }
            @for product in &advice.products {
                @let Marks { products, .. } = Marks::of(Subject::Product(product.of));
                div.filterable.chapter data-products=[products] {
                    @if advice.products.len() > 1 {
                        h3 { (text(&product.name)) @if self.shared.contains(product.name.as_str()) { " (" (text(&product.product)) ")" } }
                    }
                    (lines(&advice::lines(product, &mut quoted)))
                }
            }
        }
    }
}

pub(super) fn cards(cards: &[Card]) -> Markup {
    html! {
        @if cards.is_empty() { p { "Nobody holds a seat or a right." } }
        div.cards {
            @for card in cards {
                article.card.filterable data-people=(card.of.0) {
                    h3 { (text(&card.who.label)) }
                    @if let Some(about) = card.in_words() { p.about { (text(&about)) } }
                    (lines(&words::card(card)))
                    @if !card.load.is_empty() || card.findings > 0 { p.load { (load(card)) } }
                }
            }
        }
    }
}

/// How much somebody carries, and how much is to settle.
fn load(card: &Card) -> Markup {
    html! {
        @for (n, measure) in card.load.iter().enumerate() {
            @if n > 0 { " · " } span.beyond[measure.is_beyond] { (measure.words) }
        }
        @if card.findings > 0 { @if !card.load.is_empty() { " · " } (words::concerned(card)) }
    }
}

pub(super) fn absence(alone: &AloneReport) -> Markup {
    html! {
        @if alone.people.is_empty() { p { "None of the seven key decisions is held by one person alone." } }
        @for person in &alone.people {
            @let (title, lines) = words::absence(person);
            div.filterable.absent data-people=(person.of.0) {
                h3 { (text(&title)) }
                (super::lines(&lines))
            }
        }
    }
}
