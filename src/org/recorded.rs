//! What is recorded at all, and to what end: unknown is not wrong, so an absent duty is a gap only where others are recorded.

use super::{AreaIx, Covers, Org, ProductIx, Record, RecordIx, Scope, TeamIx};

impl<'a> Org<'a> {
    /// The records that speak for a product: its own, those of its teams, and the organization's.
    pub fn records_of(&self, product: ProductIx) -> impl Iterator<Item = &Record<'a>> {
        let product = &self[product];
        let teams = product.teams.iter().flat_map(|team| &self[*team].rights);
        let records = product.rights.iter().chain(teams).chain(&self.rights);
        records.map(|record: &RecordIx| &self[*record])
    }

    /// Whether at least one core duty is recorded for a product. One that is not applicable does not count; one whose seat is
    /// vacant does.
    pub fn records_core(&self, product: ProductIx) -> bool {
        self.records_of(product).any(|record| self.is_core_record(record))
    }

    /// Whether at least one core duty is recorded for a team without a product.
    pub fn team_records_core(&self, team: TeamIx) -> bool {
        self[team].rights.iter().chain(&self.rights).any(|record| self.is_core_record(&self[*record]))
    }

    /// Whether a product records any duty of an area.
    pub fn records_area(&self, product: ProductIx, area: AreaIx) -> bool {
        self.records_of(product).any(|record| match record.covers {
            Covers::Duty(duty) => self[duty].area == area,
            Covers::Area(covered) => covered == area,
        })
    }

    /// The records that no lookup needs, because narrower ones answer everywhere or nothing is there to be decided.
    pub fn unreached_records(&self) -> Vec<RecordIx> {
        let mut reached = vec![false; self.records.len()];
        for (duty, _) in self.duties() {
            for subject in self.all_lookups(duty) {
                let decision = self.decision(duty, subject);
                for record in decision.records.iter().chain(&decision.answered_by) {
                    reached[record.0 as usize] = true;
                }
            }
        }
        let unreached = reached.into_iter().enumerate().filter(|(_, reached)| !reached);
        let in_audit = |record: &RecordIx| match self[*record].scope {
            Scope::Organization => true,
            Scope::Product(product) => self[product].audited,
            Scope::Team(team) => self[team].audited,
        };
        unreached.map(|(index, _)| RecordIx(index as u32)).filter(in_audit).collect()
    }

    fn is_core_record(&self, record: &Record<'_>) -> bool {
        let is_core = match record.covers {
            Covers::Duty(duty) => self[duty].is_core(),
            Covers::Area(area) => self.duties.iter().any(|duty| duty.area == area && duty.is_core()),
        };
        is_core && record.not_applicable.is_none()
    }
}
