//! Charts whose roles are rows and whose tasks are columns: they are read as others, and turned.

use super::heads;
use super::{Chart, Held, Layout, Role, Row};
use crate::import::letters::{self, folded, words};

/// Whether the rows of a chart are roles: the heading over them says so, or their words do.
pub(super) fn has_roles_as_rows(corner: &str, chart: &Chart) -> bool {
    let share = |names: &mut dyn Iterator<Item = &str>| {
        let (mut all, mut roles) = (0_usize, 0_usize);
        for name in names {
            all += 1;
            roles += usize::from(reads_as_role(name));
        }
        (roles, all)
    };
    let (rows, all_rows) = share(&mut chart.rows.iter().map(|row| row.task.as_str()));
    let (columns, all_columns) = share(&mut chart.roles.iter().map(|role| role.name.as_str()));
    match heads::names_roles(corner) {
        // `Role` may stand over tasks as the heading of the headings.
        Some(true) if !heads::names_tasks(corner) => rows * 4 > all_rows || columns * 2 <= all_columns,
        Some(false) if !heads::names_both(corner) => false,
        _ => rows * 2 > all_rows && columns * 4 <= all_columns,
    }
}

/// Rows become roles, and roles rows.
pub(super) fn transpose(chart: &mut Chart) {
    let tasks = std::mem::take(&mut chart.roles);
    let roles = std::mem::take(&mut chart.rows);
    chart.layout = Layout::Transposed;
    chart.rows =
        tasks.into_iter().map(|task| Row { task: task.name, section: task.group, number: task.line, ..Row::default() }).collect();
    for (at, role) in roles.into_iter().enumerate() {
        for held in role.cells {
            if let Some(row) = chart.rows.get_mut(held.role) {
                row.cells.push(Held { role: at, ..held });
            }
        }
        chart.roles.push(Role { name: role.task, group: role.section, line: role.number, column: 1 });
    }
}

/// Whether a name ends as those of roles do, or is written as their short forms are.
pub(super) fn reads_as_role(name: &str) -> bool {
    const LAST: [&str; 46] = [
        "owner",
        "manager",
        "team",
        "lead",
        "leader",
        "engineer",
        "developer",
        "developers",
        "officer",
        "director",
        "sponsor",
        "board",
        "committee",
        "stakeholder",
        "stakeholders",
        "analyst",
        "architect",
        "master",
        "tester",
        "designer",
        "executive",
        "specialist",
        "coordinator",
        "administrator",
        "admin",
        "department",
        "office",
        "customer",
        "vendor",
        "supplier",
        "council",
        "expert",
        "head",
        "staff",
        "leiter",
        "leiterin",
        "chef",
        "responsable",
        "equipo",
        "management",
        "legal",
        "finance",
        "marketing",
        "sales",
        "users",
        "user",
    ];
    let (name, _) = letters::split_remark(name);
    let is_short = (2..=4).contains(&name.len()) && name.chars().all(|it| it.is_ascii_uppercase());
    is_short || words(&folded(&name)).last().is_some_and(|word| LAST.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::super::*;

    #[test]
    fn roles_may_be_rows() {
        let chart = only("Role|Plan|Build|Ship\nProduct Owner|A|C|A\nDevelopers|R|A/R|R");
        assert_eq!(chart.layout, Layout::Transposed);
        assert_eq!(
            shown(&chart),
            [
                "Plan: Product Owner decides, Developers does",
                "Build: Product Owner input, Developers decides+does",
                "Ship: Product Owner decides, Developers does",
            ]
        );
        let chart = only("Role|Plan budget|Ship release\nAnn|A|R\nBob|R|A\nCem|I|C");
        assert_eq!(
            shown(&chart),
            ["Plan budget: Ann decides, Bob does, Cem informed", "Ship release: Ann does, Bob decides, Cem input"]
        );
        let chart = only("|Write specification|Test the release\nProduct Owner|A|C\nQA Lead|R|A\nBusiness Analyst|R|I");
        assert_eq!((chart.layout, chart.rows.len()), (Layout::Transposed, 2));
    }

    #[test]
    fn where_rows_and_columns_meet_both_may_be_named() {
        let chart = only("Role / Task|Collect requirements|Write code\nProduct Manager|A|A\nDeveloper|C|R\nQA Engineer|I|C");
        assert_eq!((chart.layout, chart.rows.len(), chart.roles.len()), (Layout::Transposed, 2, 3));
        let chart = only("Teams \\ Deliverables|Sales Team|Legal\nCollect requirements|A|C\nWrite code|R|A\nTest it|C|R");
        assert_eq!((chart.layout, chart.rows.len(), chart.roles.len()), (Layout::Matrix, 3, 2));
        let chart = only("Role|Product Manager|Developer\nCollect requirements|A|C\nWrite code|A|R\nTest it|A|I");
        assert_eq!((chart.layout, chart.rows.len()), (Layout::Matrix, 3));
    }
}
