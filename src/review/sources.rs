//! The passages that a review cites, by document.

use super::Part;
use crate::catalogue::{DUTIES, Document, Passage};
use crate::report::Report;
use crate::sections::alike;

/// The passages of one document.
#[derive(Debug)]
pub struct Quoted {
    /// The document.
    pub document: &'static Document,
    /// Its passages, in the order of their ids.
    pub passages: Vec<&'static Passage>,
}

/// All passages that the findings and the parts before cite, each once.
pub fn quoted(audit: &Report<'_>, parts: &[Part<'_>]) -> Vec<Quoted> {
    let mut cited: Vec<&'static Passage> =
        audit.findings.iter().flat_map(|finding| &finding.passages).map(|(passage, _)| *passage).collect();
    for part in parts {
        match part {
            Part::Rights(_) => cited.extend(DUTIES.iter().filter(|duty| duty.right).map(|duty| duty.passage)),
            Part::Hiring(advice) => {
                for product in &advice.products {
                    cited.extend([product.advice.passage]);
                    cited.extend(product.besides.iter().map(|row| row.passage));
                    cited.extend(&product.dissent);
                }
            }
            _ => {}
        }
    }
    cited.sort_unstable_by_key(|passage| passage.id);
    cited.dedup_by_key(|passage| passage.id);
    let of_document = |passages: Vec<&'static Passage>| Some(Quoted { document: passages.first()?.document, passages });
    alike(cited, |passage| passage.document.id).into_iter().filter_map(of_document).collect()
}
