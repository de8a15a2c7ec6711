//! How a product's success is measured, and by whom.

use super::{Actor, Org, ProductIx};
use crate::document::{self, MetricKind};

/// A measure of a product.
#[derive(Clone, Copy, Debug)]
pub struct Metric<'o, 'a> {
    /// What the file says.
    pub facts: &'o document::Metric<'a>,
    /// What it measures: as written, else as its name tells; none where the name tells nothing.
    pub kind: Option<MetricKind>,
    /// Who answers for it.
    pub owner: Option<Actor>,
}

impl<'o> Metric<'o, '_> {
    /// What is measured.
    pub fn name(&self) -> &'o str {
        self.facts.name.as_ref().map_or("", |name| &name.value.text)
    }

    /// The name as a part of a sentence: it may be any text.
    pub fn quoted(&self) -> String {
        format!("\"{}\"", self.name())
    }
}

/// What the names of measures tell, in the order in which they are looked for.
const NAMES: [(&str, MetricKind); 21] = [
    ("adoption", MetricKind::Outcome),
    ("retention", MetricKind::Outcome),
    ("engagement", MetricKind::Outcome),
    ("revenue", MetricKind::Outcome),
    ("conversion", MetricKind::Outcome),
    ("satisfaction", MetricKind::Outcome),
    ("task completion", MetricKind::Outcome),
    ("goal progress", MetricKind::Outcome),
    ("product market fit", MetricKind::Outcome),
    ("ticket", MetricKind::Activity),
    ("velocity", MetricKind::Activity),
    ("backlog size", MetricKind::Activity),
    ("throughput", MetricKind::Activity),
    ("utilisation", MetricKind::Activity),
    ("utilization", MetricKind::Activity),
    ("productivity", MetricKind::Activity),
    ("sprint efficiency", MetricKind::Activity),
    ("on time delivery", MetricKind::Delivery),
    ("on time", MetricKind::Delivery),
    ("milestone", MetricKind::Delivery),
    ("budget", MetricKind::Delivery),
];

fn kind_of_name(name: &str) -> Option<MetricKind> {
    let name = name.to_lowercase().replace(['-', '_'], " ");
    NAMES.iter().find(|(part, _)| name.contains(part)).map(|(_, kind)| *kind)
}

impl<'a> Org<'a> {
    /// The measures of a product, in the order of the file.
    pub fn metrics(&self, product: ProductIx) -> impl Iterator<Item = Metric<'_, 'a>> {
        let product = &self[product];
        let facts = product.facts.metrics.iter().flat_map(|list| &list.value.items);
        facts.zip(&product.metric_owners).map(|(facts, owner)| {
            let written = facts.kind.as_ref().map(|kind| kind.value);
            let metric = Metric { facts, kind: written, owner: *owner };
            Metric { kind: written.or_else(|| kind_of_name(metric.name())), ..metric }
        })
    }

    /// Whether a product has a measure of a kind.
    pub fn has_metric(&self, product: ProductIx, kind: MetricKind) -> bool {
        self.metrics(product).any(|metric| metric.kind == Some(kind))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_kind_of_a_measure() {
        let kinds = ["Monthly revenue", "Product-market fit", "Tickets closed", "On-time delivery", "basket completion"];
        let expected =
            [Some(MetricKind::Outcome), Some(MetricKind::Outcome), Some(MetricKind::Activity), Some(MetricKind::Delivery), None];
        assert_eq!(kinds.map(kind_of_name), expected);
    }
}
