//! The chart of an organization: its products with their teams, and who holds the seats.
