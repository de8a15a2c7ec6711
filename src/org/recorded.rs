//! What is recorded at all: unknown is not wrong, so an absent duty is a gap only where others are recorded.

use super::{AreaIx, Covers, Org, ProductIx, Record, RecordIx, TeamIx};

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

    fn is_core_record(&self, record: &Record<'_>) -> bool {
        let is_core = match record.covers {
            Covers::Duty(duty) => self[duty].is_core(),
            Covers::Area(area) => self.duties.iter().any(|duty| duty.area == area && duty.is_core()),
        };
        is_core && record.not_applicable.is_none()
    }
}
