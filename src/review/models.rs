//! The model that each product follows, and what comes on top of it.

use crate::catalogue::{self, Model};
use crate::org::model::Overlay;
use crate::org::{Org, Subject};
use crate::sections::{Filter, Place};

/// The model of one product.
#[derive(Debug)]
pub struct ModelOf {
    /// The product.
    pub of: Place,
    /// The model, then its overlays.
    pub models: Vec<&'static Model>,
}

/// The models of the products that are shown.
pub fn models(org: &Org<'_>, filter: &Filter) -> Vec<ModelOf> {
    let shown = org.audited_products().map(|(product, _)| product);
    let shown = shown.filter(|product| filter.concerns(Subject::Product(*product), org));
    let of_product = |product| {
        let overlays = org.overlays(product).into_iter().map(Overlay::word);
        let words = [org.model(product).word()].into_iter().chain(overlays);
        ModelOf { of: Place::of(org, Subject::Product(product)), models: words.filter_map(catalogue::model).collect() }
    };
    shown.map(of_product).collect()
}
