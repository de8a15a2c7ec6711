//! What the documents say for an entry of the reference and against it: a few passages are quoted, all other claims are named.

use crate::advise;
use crate::catalogue::{Advice, Claim, Document, Duty, Model, Passage, Signal, claim, passage};
use crate::rules::Rule;

/// The claims for an entry and against it. Tests prove that every id in use is a claim, and that every quoted one has its passage.
pub(super) struct Backing {
    /// The passages for it.
    pub(super) quoted: Vec<&'static Passage>,
    /// The further claims for it, sorted by id; they are not quoted here.
    pub(super) named: Vec<&'static Claim>,
    /// The passages against it.
    pub(super) quoted_against: Vec<&'static Passage>,
    /// The further claims against it, sorted by id.
    pub(super) named_against: Vec<&'static Claim>,
}

/// The claims of one section of a document.
pub(super) struct Section {
    /// Its heading, as it is shown; none before the first one.
    pub(super) heading: Option<&'static str>,
    pub(super) ids: Vec<&'static str>,
}

impl Backing {
    fn of_passage(quoted: &'static Passage, named: &[&'static str]) -> Self {
        Backing { quoted: vec![quoted], named: claims(named), quoted_against: Vec::new(), named_against: Vec::new() }
    }

    /// The ids of all claims for it, quoted or not, in order.
    pub(super) fn ids(&self) -> Vec<&'static str> {
        ids(&self.quoted, &self.named)
    }

    /// The ids of all claims against it, quoted or not, in order.
    pub(super) fn ids_against(&self) -> Vec<&'static str> {
        ids(&self.quoted_against, &self.named_against)
    }
}

impl From<&Rule> for Backing {
    fn from(rule: &Rule) -> Self {
        let quoted_against = rule.quoted_dissent();
        Backing {
            quoted: passages(rule.passages),
            named: claims(rule.also),
            quoted_against: passages(quoted_against),
            named_against: claims(&rule.dissent[quoted_against.len()..]),
        }
    }
}

impl From<&Duty> for Backing {
    fn from(duty: &Duty) -> Self {
        Backing::of_passage(duty.passage, duty.claims)
    }
}

impl From<&Signal> for Backing {
    fn from(signal: &Signal) -> Self {
        Backing::of_passage(signal.passage, signal.claims)
    }
}

impl From<&Advice> for Backing {
    fn from(advice: &Advice) -> Self {
        let quoted_against = advise::row(advice.name).map(|row| row.advises.dissent()).unwrap_or_default();
        Backing { quoted_against, ..Backing::of_passage(advice.passage, advice.claims) }
    }
}

/// A model has no quotes of its own: it shows those that something else quotes.
impl From<&Model> for Backing {
    fn from(model: &Model) -> Self {
        let named: Vec<&str> = model.claims.iter().copied().filter(|id| passage(id).is_none()).collect();
        Backing { quoted: passages(model.claims), named: claims(&named), quoted_against: Vec::new(), named_against: Vec::new() }
    }
}

/// Claims by document and section, in the order of their ids.
pub(super) fn by_section(claims: &[&'static Claim]) -> Vec<(&'static Document, Vec<Section>)> {
    let mut documents: Vec<(&Document, Vec<Section>)> = Vec::new();
    for claim in claims {
        let heading = Some(claim.section.trim_end_matches(':')).filter(|heading| !heading.is_empty());
        if documents.last().is_none_or(|(document, _)| document.id != claim.document.id) {
            documents.push((claim.document, Vec::new()));
        }
        let Some((_, sections)) = documents.last_mut() else { continue };
        match sections.iter_mut().find(|section| section.heading == heading) {
            Some(section) => section.ids.push(claim.id),
            None => sections.push(Section { heading, ids: vec![claim.id] }),
        }
    }
    documents
}

fn passages(ids: &[&str]) -> Vec<&'static Passage> {
    ids.iter().filter_map(|id| passage(id)).collect()
}

fn claims(ids: &[&str]) -> Vec<&'static Claim> {
    let mut claims: Vec<&Claim> = ids.iter().filter_map(|id| claim(id)).collect();
    claims.sort_unstable_by_key(|claim| claim.id);
    claims
}

fn ids(quoted: &[&'static Passage], named: &[&'static Claim]) -> Vec<&'static str> {
    let mut ids: Vec<&str> = quoted.iter().map(|passage| passage.id).chain(named.iter().map(|claim| claim.id)).collect();
    ids.sort_unstable();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_of_a_section_stand_together_in_the_order_of_their_ids() {
        let found = by_section(&claims(&["D4-013", "D1-013", "D4-004", "D4-012", "D1-014"]));
        let shown: Vec<_> = found
            .iter()
            .flat_map(|(document, sections)| {
                sections.iter().map(|section| (document.id, section.heading, section.ids.as_slice()))
            })
            .collect();
        let quick_answer = Some("Product Owner vs. Product Manager: The Quick Answer");
        assert_eq!(
            shown,
            [
                ("001", Some("Business/Strategy Focus"), &["D1-013", "D1-014"][..]),
                ("004", None, &["D4-004"]),
                ("004", quick_answer, &["D4-012", "D4-013"]),
            ]
        );
    }

    #[test]
    fn a_model_quotes_what_is_quoted_anyway_and_names_the_rest() {
        let model = crate::catalogue::model("split").expect("it is a model");
        let backing = Backing::from(model);
        assert_eq!(backing.ids(), model.claims);
        assert!(!backing.quoted.is_empty() && !backing.named.is_empty());
    }
}
