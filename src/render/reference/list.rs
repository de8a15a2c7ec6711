//! The list of rules in a terminal.

use super::super::{NARROWEST_TABLE, PLAIN, Style, color_of};
use crate::rules::{RULES, Rule};
use comfy_table::Cell;

/// Every rule, one row each; a paragraph each where the terminal is too narrow for a table.
pub fn list(style: &Style) -> String {
    let cells = |rule: &&Rule| [rule.name, rule.group.word(), rule.severity.word(), rule.summary].map(Cell::new);
    let shown = match style.width {
        Some(width) if width < NARROWEST_TABLE => RULES.iter().map(|rule| paragraph(rule, style)).collect(),
        _ => style.table(["rule", "group", "severity", "summary"], RULES.iter().map(cells)),
    };
    format!("{shown}\n`roleaudit explain RULE` tells more\n")
}

fn paragraph(rule: &Rule, style: &Style) -> String {
    let text = format!("{} ({}, {})", rule.summary, rule.group.word(), rule.severity.word());
    style.paragraph(&format!("{}: ", rule.name), color_of(rule.severity), &text, PLAIN)
}

#[cfg(test)]
mod tests {
    use super::super::{PLAIN_80, UNBROKEN};
    use super::*;
    use unicode_width::UnicodeWidthStr;

    #[test]
    fn the_list_names_every_rule_in_a_row() {
        let shown = list(&UNBROKEN);
        assert!(shown.starts_with(" rule "), "{shown}");
        for rule in RULES {
            let row = shown.lines().find(|line| line.starts_with(&format!(" {} ", rule.name))).expect("a row of the rule");
            let cells: Vec<&str> = row.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
            assert_eq!(cells, [rule.name, rule.group.word(), rule.severity.word(), rule.summary]);
        }
        assert!(shown.ends_with("\n\n`roleaudit explain RULE` tells more\n"), "{shown}");
    }

    #[test]
    fn rules_of_a_group_stand_together() {
        let mut groups: Vec<&str> = RULES.iter().map(|rule| rule.group.word()).collect();
        groups.dedup();
        let repeated: Vec<&&str> =
            groups.iter().enumerate().filter(|(n, group)| groups[..*n].contains(group)).map(|(_, g)| g).collect();
        assert!(repeated.is_empty(), "{repeated:?} stand in several places");
    }

    #[test]
    fn the_list_fits_the_terminal() {
        for width in [40, 60, NARROWEST_TABLE, 80, 120] {
            let shown = list(&Style { color: false, width: Some(width) });
            let widest = shown.lines().max_by_key(|line| line.width()).unwrap_or("");
            assert!(widest.width() <= width, "{width}: {widest}");
            for rule in RULES {
                assert!(shown.contains(rule.name), "{width}: {}", rule.name);
            }
        }
    }

    #[test]
    fn only_severities_of_the_list_are_coloured() {
        let shown = list(&Style { color: true, width: Some(80) });
        assert_eq!(shown.matches("\u{1b}[0m").count(), RULES.len(), "{shown}");
        assert_eq!(anstream::adapter::strip_str(&shown).to_string(), list(&PLAIN_80));
    }
}
