//! Lines and texts that explain letters.

use super::cells::is_placeholder;
use super::heads;
use super::reader::{Reader, Table};
use super::table::is_no;
use crate::import::letters::{self, Entry, Evidence, Sense};

/// How many texts in headings and above them may name the model of their table.
const NEAR: usize = 400;

/// What a line explains of letters, and the columns in which it does.
pub(super) type Explained = (Vec<(char, Sense)>, Vec<usize>);

impl<'g> Reader<'g> {
    /// What is known of the letters of a table, beside those in use.
    pub(super) fn evidence(&self, table: &Table) -> Evidence<'g> {
        let inside: Vec<(char, Sense)> = self
            .legends
            .get(table.start..table.end)
            .unwrap_or_default()
            .iter()
            .flat_map(|(found, _)| found.iter().copied())
            .collect();
        // What stands in the table explains it better than what stands around it, and that better than what stands farther off.
        let around = || self.grid.around.iter().flat_map(|text| letters::explanation(text)).collect();
        let far = || self.grid.document.iter().flat_map(|text| letters::explanation(text)).collect();
        let mut legend = agreed(inside);
        if legend.len() < 2 {
            legend = agreed(around());
        }
        if legend.len() < 2 {
            legend = agreed(far());
        }
        let lines = self.grid.lines.get(table.start..=table.head).unwrap_or_default().iter().rev();
        // A title may also stand between the headings and the first task.
        let titles = (table.head + 1..table.end)
            .take_while(|at| self.letters_at(*at).is_empty())
            .take(3)
            .filter_map(|at| self.section_of(at));
        let cells = lines.flat_map(|line| line.cells.iter().map(|cell| cell.text.as_str()));
        let mut near: Vec<&str> = cells.filter(|text| !text.is_empty()).take(NEAR).collect();
        near.extend(titles);
        near.extend([self.grid.heading.as_str(), self.grid.name.as_str()]);
        near.extend(self.grid.around.iter().chain(&self.grid.document).map(String::as_str));
        near.retain(|text| !text.is_empty());
        Evidence { used: Vec::new(), legend, near }
    }

    /// Whether the letters in some columns are those of a chart, rather than grades, sizes, or rights to files.
    pub(super) fn is_chart(&self, table: &Table, columns: &[usize], evidence: &Evidence<'_>) -> bool {
        let Some(only) = columns.first() else { return false };
        let lines = || (table.head + 1..table.end).filter(|at| !self.letters_at(*at).is_empty());
        let tasks = (table.head + 1..table.end).filter(|at| !self.is_title(*at) && !self.is_legend(*at)).count();
        // One letter in a table of texts makes no chart of it.
        let is_dense = lines().count() * 4 >= tasks || lines().count() >= 8;
        if !is_dense {
            return false;
        }
        // Among words, `N` may mark who has no part.
        if evidence.used.iter().all(|(letter, _)| *letter == 'N') {
            let cells = lines().flat_map(|at| columns.iter().map(move |column| (at, *column)));
            let mut words: Vec<&str> = Vec::new();
            for (at, column) in
                cells.filter(|(at, column)| *self.entry(*at, *column) != Entry::Blank && !is_no(self.text(*at, *column)))
            {
                let word = self.text(at, column);
                if !words.contains(&word) {
                    words.push(word);
                }
                if words.len() > 2 {
                    return true;
                }
            }
            // A column of statuses or kinds may have two of these words.
            let speaks_of_roles = |column: usize| heads::is_role(self.heading(table.head, column));
            let is_of_roles = words.len() > 1
                && ((0..self.width(table.head)).any(speaks_of_roles)
                    || heads::is_responsibility(self.heading(table.head, *only)));
            return columns.len() > 1 || is_of_roles || self.asked.model.is_some() || letters::names_model(evidence);
        }
        letters::are_of_a_chart(evidence, self.asked.model) && (letters::is_named(evidence) || self.has_few_texts(table, columns))
    }

    /// Whether few cells among letters hold something else, such as `CRUD` or `RW`.
    fn has_few_texts(&self, table: &Table, columns: &[usize]) -> bool {
        let is_code = |text: &str| text.contains(['U', 'W']) && text.bytes().all(|byte| b"CRUDWXEA".contains(&byte));
        let (mut texts, mut signs) = (0, 0);
        for at in (table.head + 1..table.end).filter(|at| !self.letters_at(*at).is_empty()) {
            for column in 1..self.width(at) {
                let text = self.text(at, column);
                match self.entry(at, column) {
                    Entry::Text if letters::hands_over(text) => {}
                    Entry::Text if columns.contains(&column) && !is_placeholder(text) || is_code(text) => texts += 1,
                    Entry::Signs { .. } if columns.contains(&column) => signs += 1,
                    _ => {}
                }
            }
        }
        texts * 4 <= signs
    }

    /// What a line explains of letters: `R | Responsible`, or texts that do; and the columns of the letters that it explains.
    pub(super) fn explains(&self, at: usize) -> Explained {
        let (mut found, mut columns) = (Vec::new(), Vec::new());
        let filled: Vec<usize> = (0..self.width(at)).filter(|column| !self.text(at, *column).is_empty()).collect();
        let is_plain =
            |column: &usize| matches!(self.entry(at, *column), Entry::Signs { remark, joined: false, .. } if remark.is_empty());
        let has_letters = filled.iter().skip(1).any(is_plain);
        for (place, column) in filled.iter().enumerate() {
            let text = self.text(at, *column);
            let mut chars = text.chars();
            let letter = match (chars.next(), chars.next()) {
                (Some(only), None) if only.is_alphabetic() => letters::latin(only),
                _ => {
                    let explained = &self.known(at, *column).legend;
                    if explained.is_empty() {
                        continue;
                    }
                    // Among letters, `R: reviews drafts` is a letter with a remark, and `R = reviewer` a legend beside the table.
                    if !has_letters || explained.len() > 1 || text.contains('=') || letters::is_whole_word(text) {
                        found.extend(explained);
                        columns.push(*column);
                    }
                    continue;
                }
            };
            let next = filled.get(place + 1).map_or("", |next| self.text(at, *next));
            if next.chars().take(4).count() < 4 {
                continue;
            }
            let begins_alike = next.chars().next().is_some_and(|first| letters::latin(first) == letter);
            if !begins_alike && filled.len() > 3 {
                continue;
            }
            if !(begins_alike || filled.len() == 2 || place == 0 && !has_letters) {
                continue;
            }
            if let Some(pair) = letters::legend(&format!("{letter} = {next}")).first() {
                found.push(*pair);
                columns.push(*column);
            }
        }
        (found, columns)
    }
}

/// What explanations say, each letter once; where they contradict each other, they say nothing.
fn agreed(found: Vec<(char, Sense)>) -> Vec<(char, Sense)> {
    let mut legend: Vec<(char, Sense)> = Vec::new();
    for (letter, sense) in found {
        match legend.iter().find(|(known, _)| *known == letter) {
            None => legend.push((letter, sense)),
            Some((_, known)) if *known != sense => return Vec::new(),
            Some(_) => {}
        }
    }
    legend
}

#[cfg(test)]
mod tests {
    use super::super::sample::*;
    use super::super::{Asked, read};
    use crate::import::letters::{Ground, Model, Reading};

    #[test]
    fn a_legend_may_stand_beside_the_table() {
        let chart = only("Task|Ann|Bob||Legend|\nPlan|R|A||R|Responsible\nBuild|A|I||A|Approves|\nShip|I|R||I|Informed");
        assert_eq!(
            shown(&chart),
            ["Plan: Ann does, Bob decides", "Build: Ann decides, Bob informed", "Ship: Ann informed, Bob does"]
        );
        assert_eq!(chart.unread, []);
    }

    #[test]
    fn legends_in_other_languages_explain_their_own_letters() {
        let legend = "V = Verantwortlich, R = Rechenschaftspflichtig, K = Konsultiert, I = Informiert";
        let chart = only(&format!("{legend}\nAufgabe|Leiter|Team|Kunde\nPlanen|R|V|K\nBauen|R|V|I"));
        assert_eq!(
            shown(&chart),
            ["Planen: Leiter decides, Team does, Kunde input", "Bauen: Leiter decides, Team does, Kunde informed"]
        );
        let legend = "D: Durchführung|E: Entscheidung|B: Beratung|I: Information";
        let chart = only(&format!("{legend}\nAufgabe|Leiter|Team|Kunde\nPlanen|E|D|B\nBauen|E/B|D|I"));
        assert_eq!(shown(&chart)[1], "Bauen: Leiter decides+input, Team does, Kunde informed");
        let legend = "A = Ansvarig, U = Utför, K = Konsulteras, I = Informeras";
        let chart = only(&format!("{legend}\nUppgift|Chef|Team|Kund\nPlanera|A|U|I\nBygga|A|U|I"));
        assert_eq!(shown(&chart)[0], "Planera: Chef decides, Team does, Kund informed");
        let mut french = grid("Tâche|Chef|Équipe|Client\nPlan|A|R|C\nBâtir|A|R|I");
        french.around = ["R : réalisateur", "A : approbateur", "C : consulté", "I : informé"].map(String::from).to_vec();
        let chart = &read(&french, &Asked::default()).charts[0];
        assert_eq!(shown(chart)[0], "Plan: Chef decides, Équipe does, Client input");
        assert!(
            matches!(&chart.reading, Reading::Settled(key) if key.ground == Ground::Legend && key.model == Some(Model::Raci))
        );
    }

    #[test]
    fn remarks_beside_letters_are_no_legend() {
        let chart = only(
            "Task|Owner|Team|Users|\nPlan|A|R: approves drafts|C|R - Responsible\nBuild|A (for now)|R - reviews|I|A - Accountable",
        );
        assert_eq!(
            shown(&chart),
            [
                "Plan: Owner decides, Team does (approves drafts), Users input",
                "Build: Owner decides (for now), Team does (reviews), Users informed",
            ]
        );
        assert_eq!(chart.unread, []);
    }

    #[test]
    fn a_legend_may_stand_on_each_page_unless_it_contradicts_itself() {
        let pages = |first: &str, second: &str| only(&format!("{first}\nTask|Owner|Team\nPlan|A|R\n{second}\nShip|A|R"));
        let raci = "R = Responsible, A = Approves";
        assert_eq!(shown(&pages(raci, raci)), ["Plan: Owner decides, Team does", "Ship: Owner decides, Team does"]);
        let chart = pages("R = Recommends, A = Agrees", raci);
        assert!(matches!(chart.reading, Reading::Ambiguous { .. }), "{:#?}", chart.reading);
    }

    #[test]
    fn few_letters_make_a_chart_of_headings_but_not_of_texts() {
        let risks = "RACI\nRisk|Likely|Owner\nLate|low|A\nDown|high|\nLost|high|\nFire|low|\nFlood|low|\nStrike|low|";
        assert!(read(&grid(risks), &Asked::default()).charts.is_empty());
        let chart = only("RACI\nTask|Ann|Bob\nStart\nThink\nTalk\nBuild\nShip\nWatch\nLook at it|A|R");
        assert_eq!(shown(&chart), ["Look at it [Watch]: Ann decides, Bob does"]);
    }

    #[test]
    fn two_states_in_a_column_are_no_rights() {
        let text = "Customer|State\nAcme|Informed\nBeta|Consulted\nGamma|Informed";
        assert!(read(&grid(text), &Asked::default()).charts.is_empty());
    }

    #[test]
    fn who_has_no_part_may_be_marked_among_words() {
        let text =
            "Task|Ann|Bob\nPlan|Responsible|Accountable\nBuild|Accountable|N\nShip|Responsible|Informed\nRun|N|Accountable";
        let expected =
            ["Plan: Ann does, Bob decides", "Build: Ann decides, Bob ", "Ship: Ann does, Bob informed", "Run: Ann , Bob decides"];
        assert_eq!(shown(&only(text)), expected);
        let given = read(&grid(text), &Asked { model: Some(Model::Raci), actor: None });
        assert_eq!(shown(&given.charts[0]), expected);
        let states = "Customer|State\nAcme|Informed\nBeta|Consulted\nGamma|N";
        assert!(read(&grid(states), &Asked::default()).charts.is_empty(), "it says nothing of roles");
    }
}
