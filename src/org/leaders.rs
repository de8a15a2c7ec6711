//! Which decisions lie with leaders and stakeholders instead of the product people.

use super::{Actor, Answer, Decider, Decision, Org, ProductIx, Subject};
use crate::document::{OrganizationStage, Position};
use crate::org::seats::SeatKind;

impl Org<'_> {
    /// Whether an actor is a founder, leader or stakeholder without the seat of a product manager or owner anywhere. A founder of a
    /// startup, or of a product whose seat of the product manager nobody holds, is none (D4-345).
    pub fn is_outside_product(&self, actor: Actor, product: ProductIx) -> bool {
        let Actor::Person(person) = actor else { return false };
        let person = &self[person];
        let is_outside = match person.position() {
            Some(Position::Founder) => !self.is_led_by_founders(product),
            Some(Position::Leader | Position::Stakeholder) => true,
            Some(Position::Developer) | None => false,
        };
        is_outside && !person.holds(SeatKind::ProductManager) && !person.holds(SeatKind::ProductOwner)
    }

    /// Whether the documents expect a founder to decide for a product.
    fn is_led_by_founders(&self, product: ProductIx) -> bool {
        self.is_startup() || self.seated(product, SeatKind::ProductManager).is_empty()
    }

    /// Whether the organization is in its first stage.
    pub fn is_startup(&self) -> bool {
        self.facts.stage.as_ref().is_some_and(|stage| stage.value == OrganizationStage::Startup)
    }

    /// Whether all who decide something for a product are outside of it.
    pub fn is_decided_outside(&self, decision: &Decision, product: ProductIx) -> bool {
        let is_outside = |decider: &Decider| self.is_outside_product(decider.actor, product);
        matches!(&decision.answer, Answer::Decided(deciders) if !deciders.is_empty() && deciders.iter().all(is_outside))
    }

    /// How many of a product's decided duties of strategy and roadmap lie outside of it, and how many are decided at all. More than
    /// half of them stand for the signal `leadership-decides` (D4-186).
    pub fn decided_outside(&self, product: ProductIx) -> (usize, usize) {
        let is_direction = |area: &str| matches!(area, "strategy" | "roadmap");
        let decisions = self.decisions_on(Subject::Product(product));
        let of_direction = decisions.filter(|(duty, _)| self[*duty].built_in.is_some_and(|duty| is_direction(duty.area())));
        let decided = of_direction.filter(|(_, decision)| !decision.deciders().is_empty());
        decided.fold((0, 0), |(outside, all), (_, decision)| {
            (outside + usize::from(self.is_decided_outside(decision, product)), all + 1)
        })
    }
}
