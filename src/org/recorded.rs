//! What is recorded at all, and to what end: unknown is not wrong, so an absent duty is a gap only where others are recorded.

use super::{AreaIx, Covers, Org, ProductIx, Record, RecordIx, Scope, Subject, TeamIx};
use crate::catalogue::Level;

impl<'a> Org<'a> {
    /// The records that speak for a product: its own, those of its teams, and the organization's.
    pub fn records_of(&self, product: ProductIx) -> impl Iterator<Item = &Record<'a>> {
        let product = &self[product];
        let teams = product.teams.iter().flat_map(|team| &self[*team].rights);
        let records = product.rights.iter().chain(teams).chain(&self.rights);
        records.map(|(_, record)| &self[*record])
    }

    /// Whether at least one core duty is recorded for a product. One that is not applicable does not count; one whose seat is
    /// vacant does.
    pub fn records_core(&self, product: ProductIx) -> bool {
        self[product].records_core
    }

    /// Finds whether a product records a core duty; many rules ask for it, so the product keeps it.
    pub(super) fn has_core_record(&self, product: ProductIx) -> bool {
        self.records_of(product).any(|record| self.is_core_record(record))
    }

    /// Whether at least one core duty is recorded for a team without a product.
    pub fn team_records_core(&self, team: TeamIx) -> bool {
        self[team].rights.iter().chain(&self.rights).any(|(_, record)| self.is_core_record(&self[*record]))
    }

    /// Whether a product records any duty of an area. One that is not applicable does not count here either.
    pub fn records_area(&self, product: ProductIx, area: AreaIx) -> bool {
        let is_of_area = |record: &Record<'_>| match record.covers {
            Covers::Duty(duty) => self[duty].area == area,
            Covers::Area(covered) => covered == area,
        };
        self.records_of(product).any(|record| is_of_area(record) && record.not_applicable.is_none())
    }

    /// The records that no lookup needs, because narrower ones answer everywhere or nothing is there to be decided.
    pub fn unreached_records(&self) -> Vec<RecordIx> {
        let in_audit = |record: &Record<'_>| match record.scope {
            Scope::Organization => true,
            Scope::Product(product) => self[product].audited,
            Scope::Team(team) => self[team].audited,
        };
        let records = self.records.iter().enumerate().filter(|(_, record)| in_audit(record));
        let positions = records.map(|(index, record)| (RecordIx(index as u32), record));
        positions.filter(|(position, record)| !self.is_reached(*position, record)).map(|(position, _)| position).collect()
    }

    /// Whether any lookup needs a record. Nearly always the first one does.
    fn is_reached(&self, position: RecordIx, record: &Record<'_>) -> bool {
        let covered = self.duties().filter(|(duty, facts)| record.covers(*duty, facts.area)).map(|(duty, _)| duty);
        covered.into_iter().any(|duty| {
            let is_needed = |subject: Subject| {
                let decision = self.decision(duty, subject);
                decision.records.contains(&position) || decision.answered_by.contains(&position)
            };
            match record.scope {
                Scope::Organization => self.subjects(self[duty].level).any(is_needed),
                Scope::Product(product) => self.lookups(duty, product).into_iter().any(is_needed),
                Scope::Team(team) if self[duty].level == Level::Team => is_needed(Subject::Team(team)),
                Scope::Team(team) => self[team].backlog.is_some_and(|backlog| is_needed(Subject::Backlog(backlog))),
            }
        })
    }

    fn is_core_record(&self, record: &Record<'_>) -> bool {
        let is_core = match record.covers {
            Covers::Duty(duty) => self[duty].is_core(),
            Covers::Area(area) => self.duties.iter().any(|duty| duty.area == area && duty.is_core()),
        };
        is_core && record.not_applicable.is_none()
    }
}
