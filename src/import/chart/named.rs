//! Charts whose columns are rights, over the names of those who hold them.

use super::cells::{only_text, text};
use super::heads;
use super::reader::{Reader, Table};
use super::table::Sections;
use super::{Held, Layout, Role, Row, Why};
use crate::import::letters::{self, Ground, Key, Meaning, Model, Reading, Sense, Sign, folded, words};
use crate::org::rights::Rights;
use std::collections::BTreeMap;

impl<'g> Reader<'g> {
    pub(super) fn read_named(&mut self, table: &Table) {
        let Some(head) = self.grid.lines.get(table.head) else { return };
        let signs: Vec<(usize, Sign)> = head
            .cells
            .iter()
            .enumerate()
            .filter_map(|(column, cell)| heads::right(&cell.text).map(|sign| (column, sign)))
            .collect();
        let columns: Vec<usize> = signs.iter().map(|(column, _)| *column).collect();
        let labels = self.labels(table, &columns);
        let signs: Vec<(usize, Sign)> = signs.into_iter().filter(|(column, _)| *column != labels.task).collect();
        let reading = self.named_reading(table, &signs);
        let mut chart = self.chart(table, Layout::Named);
        let decides = signs.iter().any(|(_, sign)| *sign == Sign::Word(Sense::Decides));
        let meaning = |sign: Sign| match (sign, &reading) {
            (Sign::Word(sense), _) => Some(sense.meaning(decides)),
            (sign, Reading::Settled(key)) => key.reads(sign),
            (_, Reading::Ambiguous { .. }) => None,
        };
        let mut roles: BTreeMap<String, usize> = BTreeMap::new();
        let mut sections = Sections::default();
        for at in table.head + 1..table.end {
            let Some(line) = self.grid.lines.get(at) else { continue };
            if self.repeats(at, table.head) {
                self.skip(at, Why::Headings);
                continue;
            }
            if self.legends.get(at).is_some_and(|(found, _)| found.len() > 1) {
                self.skip(at, Why::Legend);
                continue;
            }
            if let Some(heading) = only_text(line) {
                if let Some(earlier) = sections.open(at, heading) {
                    self.skip(earlier, Why::Alone);
                }
                continue;
            }
            sections.fill(line, &labels);
            let task = text(line, labels.task);
            let continues = line.cells.get(labels.task).is_some_and(|cell| cell.covered);
            if task.is_empty() && (!continues || chart.rows.is_empty()) {
                self.skip(at, Why::NoTask);
                continue;
            }
            sections.used().into_iter().for_each(|heading| self.skip(heading, Why::Section));
            if !task.is_empty() {
                chart.rows.push(Row { task: task.to_string(), section: sections.name(), number: line.number, ..Row::default() });
            }
            for (column, sign) in &signs {
                for (name, remark) in names(text(line, *column)) {
                    let role = *roles.entry(name.clone()).or_insert_with(|| {
                        chart.roles.push(Role { name, group: String::new(), line: line.number, column: column + 1 });
                        chart.roles.len() - 1
                    });
                    let rights = match meaning(*sign) {
                        Some(Meaning::Holds(right)) => Rights::from(right),
                        _ => Rights::default(),
                    };
                    let letters = if let Sign::Letter(letter) = sign { letter.to_string() } else { String::new() };
                    if let Some(row) = chart.rows.last_mut() {
                        row.cells.push(Held { role, letters, rights, remark, line: line.number });
                    }
                }
            }
        }
        if let Some(heading) = sections.pending {
            self.skip(heading, Why::Alone);
        }
        chart.reading = reading;
        chart.extras = self.extras(table, &labels, &columns, None);
        self.contents.charts.push(chart);
    }

    /// What headings mean that name rights: words say it themselves, letters follow a model.
    pub(super) fn named_reading(&self, table: &Table, signs: &[(usize, Sign)]) -> Reading {
        let mut evidence = self.evidence(table);
        for (_, sign) in signs {
            if let Sign::Letter(letter) = sign {
                evidence.used.push((*letter, 1));
            }
        }
        if !evidence.used.is_empty() {
            return letters::settle(&evidence, self.asked.model);
        }
        let decides = signs.iter().any(|(_, sign)| *sign == Sign::Word(Sense::Decides));
        let mut found: Vec<(char, Meaning)> = Vec::new();
        for (column, sign) in signs {
            let initial = self.text(table.head, *column).chars().find(|it| it.is_alphabetic()).map(letters::latin);
            if let (Sign::Word(sense), Some(initial)) = (sign, initial) {
                found.push((initial, sense.meaning(decides)));
            }
        }
        let agrees =
            |model: &Model| found.len() > 1 && found.iter().all(|(letter, meaning)| model.says(*letter) == Some(*meaning));
        let model = Model::ALL.into_iter().find(agrees);
        Reading::Settled(Key { model, ground: Ground::Words, letters: found })
    }
}

/// The names in a cell with what stands in parentheses behind each.
fn names(text: &str) -> Vec<(String, String)> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut depth = 0_usize;
    for it in text.chars() {
        match it {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match parts.last_mut() {
            Some(last) if depth > 0 || !",;\n•、；".contains(it) => last.push(it),
            _ => parts.push(String::new()),
        }
    }
    let mut found = Vec::new();
    for part in parts.iter().flat_map(|part| apart(part)) {
        let (name, remark) = letters::split_remark(&part);
        let name = name.trim_matches(|it: char| it.is_whitespace() || it == '*').to_string();
        if !letters::is_blank(&name) {
            found.push((name, remark));
        }
    }
    found
}

/// Names that `and` or `+` joins, unless it stands within one: `Security and Compliance Forum`, `Research and Development`.
fn apart(text: &str) -> Vec<String> {
    const GROUPS: [&str; 13] = [
        "forum",
        "board",
        "committee",
        "council",
        "team",
        "office",
        "group",
        "department",
        "dept",
        "authority",
        "function",
        "unit",
        "leads",
    ];
    const PAIRS: [&str; 8] = [
        "research and development",
        "sales and marketing",
        "health and safety",
        "legal and compliance",
        "risk and compliance",
        "security and compliance",
        "finance and accounting",
        "food and drug",
    ];
    for joint in [" + ", " and ", " und ", " et "] {
        let Some((left, right)) = text.split_once(joint).filter(|(left, _)| !left.contains('(')) else { continue };
        let is_group = |name: &str| words(&folded(name)).last().is_some_and(|word| GROUPS.contains(&word));
        let (name, _) = letters::split_remark(right);
        if is_group(&name) && !is_group(left) || PAIRS.iter().any(|pair| folded(text).contains(pair)) {
            continue;
        }
        let mut found = vec![left.to_string()];
        found.extend(apart(right));
        return found;
    }
    vec![text.to_string()]
}

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::super::*;

    #[test]
    fn headings_that_name_rights_stand_over_names() {
        let chart = only(HEALTH);
        assert_eq!((chart.layout, model(&chart)), (Layout::Named, Some(Model::Rapid)));
        assert_eq!(
            shown(&chart)[..2],
            [
                "Phase gate go/no-go: PM input, CISO approves, CMIO approves, Workstreams does, AR input, SD input, Steering Committee decides",
                "Wave go/no-go: PM input, Clinical lead approves (clinical waves), SD lead approves, EP does, Data does, AO input, \
                 PM decides (with vetoes per §20.5)",
            ]
        );
        assert_eq!(shown(&only(PODS))[1], "Assign to project: Pod co-leaders decides (jointly)");
        let chart = only(LONG);
        assert_eq!(shown(&chart)[0], "batch certification: EU Qualified Person decides");
        assert_eq!(chart.extras, ["ai_authority"]);
    }

    #[test]
    fn letters_over_names_follow_a_model() {
        let chart =
            only("Task|R|A|C|I\nShip it|Ann and Bob|Cem|Dev Team; QA Team|-\nStop it|Eva|Security and Compliance Forum||Fay");
        assert_eq!(
            shown(&chart),
            [
                "Ship it: Ann does, Bob does, Cem decides, Dev Team input, QA Team input",
                "Stop it: Eva does, Security and Compliance Forum decides, Fay informed",
            ]
        );
        let chart = only("Decision|Driver|Approver|Contributors|Informed\nPricing|Ann|Bob|Cem, Dan|Eva");
        assert_eq!(model(&chart), Some(Model::Daci));
        assert_eq!(shown(&chart), ["Pricing: Ann does, Bob decides, Cem input, Dan input, Eva informed"]);
        let chart = only("Task|R (Responsible)|A (Accountable)|C|I\nShip it|Ann|Bob|Cem|Dan");
        assert_eq!(shown(&chart), ["Ship it: Ann does, Bob decides, Cem input, Dan informed"]);
    }
}
