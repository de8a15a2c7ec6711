//! Lines and texts that explain letters.

use crate::import::Line;
use crate::import::letters::{self, Entry, Sense, entry};

/// What a line explains of letters, and the columns in which it does.
pub(super) type Explained = (Vec<(char, Sense)>, Vec<usize>);

/// What a line explains of letters: `R | Responsible`, or texts that do; and the columns of the letters that it explains.
pub(super) fn explains(line: &Line) -> Explained {
    let (mut found, mut columns) = (Vec::new(), Vec::new());
    let filled: Vec<(usize, &str)> = line
        .cells
        .iter()
        .enumerate()
        .map(|(column, cell)| (column, cell.text.trim()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    let is_plain = |text: &str| matches!(entry(text), Entry::Signs { remark, joined: false, .. } if remark.is_empty());
    let has_letters = filled.iter().skip(1).any(|(_, text)| is_plain(text));
    for (at, (column, text)) in filled.iter().enumerate() {
        let mut chars = text.chars();
        let letter = match (chars.next(), chars.next()) {
            (Some(only), None) if only.is_alphabetic() => letters::latin(only),
            _ => {
                let explained = legend_in(text);
                // Among letters, `R: reviews drafts` is a letter with a remark, and `R = reviewer` a legend beside the table.
                let is_legend = !has_letters || explained.len() > 1 || text.contains('=') || letters::is_whole_word(text);
                if !explained.is_empty() && is_legend {
                    found.extend(explained);
                    columns.push(*column);
                }
                continue;
            }
        };
        let Some((_, next)) = filled.get(at + 1).filter(|(_, next)| next.chars().count() > 3) else { continue };
        let explained = letters::legend(&format!("{letter} = {next}"));
        let begins_alike = next.chars().next().is_some_and(|first| letters::latin(first) == letter);
        if let Some(pair) = explained.first().filter(|_| begins_alike || filled.len() == 2) {
            found.push(*pair);
            columns.push(*column);
        }
    }
    (found, columns)
}

/// What a text explains of letters, if it is written as a legend is: it explains several, or begins with the letter.
pub(super) fn legend_in(text: &str) -> Vec<(char, Sense)> {
    let text = text.trim().trim_start_matches(['-', '*', '•', ' ']);
    if text.len() < 4 {
        return Vec::new();
    }
    let found = letters::legend(text);
    let mut chars = text.trim_start_matches('(').chars();
    let first = chars.next().filter(|it| it.is_uppercase());
    let is_parted = chars.as_str().trim_start_matches(['*', ')', ' ']).starts_with(['=', ':', '-', '–', '—', '→'])
        || text.starts_with('(') && chars.as_str().starts_with(')');
    if found.len() > 1 || first.is_some() && is_parted { found } else { Vec::new() }
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
}
