//! How signals are counted and told; several rules about hiring speak of them.

use super::hiring;
use super::prelude::*;
use crate::advise::situation::Situation;
use crate::document::Role;
use crate::org::signals::Observed;

/// How many signals there are of which kind: "2 signals of missing direction and 1 of unclear delivery".
pub fn counted(situation: &Situation) -> String {
    let counted = |count: usize| format!("{count} signal{}", if count == 1 { "" } else { "s" });
    match (situation.direction.len(), situation.delivery.len()) {
        (direction, 0) => format!("{} of missing direction", counted(direction)),
        (0, delivery) => format!("{} of unclear delivery", counted(delivery)),
        (direction, delivery) => format!("{} of missing direction and {delivery} of unclear delivery", counted(direction)),
    }
}

/// How many signals there are, as the beginning of a statement: "1 signal of missing direction is".
pub fn counted_with_verb(situation: &Situation) -> String {
    let is_one = situation.direction.len() + situation.delivery.len() == 1;
    format!("{} {}", counted(situation), if is_one { "is" } else { "are" })
}

/// The gap with the place of each signal.
pub fn labelled(gap: Gap, signals: &[Observed]) -> Gap {
    signals.iter().fold(gap, |gap, observed| gap.label(observed.at, format!("counts as {}", observed.signal.get().name)))
}

/// The names of signals for a sentence.
pub fn named(signals: &[Observed]) -> String {
    let names: Vec<&str> = signals.iter().map(|observed| observed.signal.get().name).collect();
    joined(&names)
}

/// A role for a sentence, with its article.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::ProductManager => "a product manager",
        Role::ProductOwner => "a product owner",
        Role::ProductMarketingManager => "a product marketing manager",
        Role::ProjectManager => "a project manager",
        Role::ScrumMaster => "a Scrum Master",
        Role::Developers => "developers",
    }
}

/// Whether an opening for a product, the split of its combined role or the first hire says already whom to hire.
pub fn is_told(org: &Org<'_>, situation: &Situation, gaps: &Gaps<'_>) -> bool {
    let product = situation.product;
    let is_mismatch = |position| gaps.fired(&hiring::opening_mismatch::RULE, Subject::Opening(position));
    let is_split = |person| gaps.fired(&hiring::split_combined_role::RULE, Subject::Person(person));
    org.openings_of(product).any(|(position, _)| is_mismatch(position))
        || org.combined_people(product).into_iter().any(is_split)
        || gaps.fired(&hiring::first_hire::RULE, Subject::Product(product))
}

/// Whether a role is opened for a product already.
pub fn is_opened(org: &Org<'_>, product: ProductIx, wanted: Role) -> bool {
    org.openings_of(product).any(|(_, opening)| opening.facts.role.as_ref().is_some_and(|role| role.value == wanted))
}
