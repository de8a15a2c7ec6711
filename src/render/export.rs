//! A RACI matrix as CSV and Markdown.

use super::{BOLD, PLAIN, Style, escape};
use crate::export::{Export, HEADS, LETTERS, Lost, Row};
use crate::org::rights::Rights;
use std::io::{self, Write};

/// Said where there is nothing to show.
const NO_ROW: &str = "The matrix has no row: nobody is recorded as deciding, doing, giving input to or being told of any duty.";

/// What leads the list of what is lost.
const LOST: &str = "What RACI cannot say, and this matrix leaves out:";

/// How much of it is told on a terminal.
const TOLD: usize = 20;

/// What the letters mean.
const LEGEND: &str =
    "R = responsible (does the work), A = accountable (decides), C = consulted (gives input), I = informed (is told).";

/// Writes one line per row, with a column per actor.
pub fn csv(export: &Export, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    for head in heads(export) {
        table.write_field(&*escape::cell(head))?;
    }
    table.write_record(None::<&[u8]>)?;
    for row in &export.rows {
        for text in [&row.product, &row.team, &row.duty, &row.meaning] {
            table.write_field(&*escape::cell(text))?;
        }
        each_cell(export, row, |cell| table.write_field(cell))?;
        table.write_record(None::<&[u8]>)?;
    }
    table.flush()
}

/// Writes the matrix, what its letters mean, and what it leaves out.
pub fn markdown(export: &Export, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# RACI of {}\n", escape::markdown(&export.of))?;
    if export.rows.is_empty() {
        writeln!(out, "{NO_ROW}")?;
    } else {
        write!(out, "|")?;
        for head in heads(export) {
            write!(out, " {} |", escape::markdown(head))?;
        }
        writeln!(out, "\n|{}", " --- |".repeat(heads(export).count()))?;
        for row in &export.rows {
            write!(out, "|")?;
            let cells = [escape::markdown(&row.product), escape::markdown(&row.team), escape::code(&row.duty)];
            for cell in cells.into_iter().chain([escape::markdown(&row.meaning)]) {
                write_cell(&cell, out)?;
            }
            each_cell(export, row, |cell| write_cell(cell, out))?;
            writeln!(out)?;
        }
        writeln!(out, "\n{LEGEND}")?;
    }
    if !export.lost.is_empty() {
        writeln!(out, "\n## What RACI cannot say\n\nThe team file says this too, and the matrix leaves it out:\n")?;
    }
    for lost in &export.lost {
        writeln!(out, "- **{}:** {}", lost.kind, escape::markdown(&said(lost)))?;
    }
    Ok(())
}

/// What stands above all columns.
fn heads(export: &Export) -> impl Iterator<Item = &str> {
    HEADS.into_iter().chain(export.actors.iter().map(String::as_str))
}

/// A cell is as wide as what it holds: linters count the blanks.
fn write_cell(cell: &str, out: &mut dyn Write) -> io::Result<()> {
    if cell.is_empty() { write!(out, " |") } else { write!(out, " {cell} |") }
}

/// Writes what is lost for a terminal; of much, the beginning.
pub fn lost(export: &Export, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let out = &mut escape::Log::new(out);
    if export.rows.is_empty() {
        write!(out, "{}", style.paragraph("", PLAIN, NO_ROW, PLAIN))?;
    }
    if export.lost.is_empty() {
        return Ok(());
    }
    write!(out, "{}", style.paragraph("", PLAIN, LOST, BOLD))?;
    // One more line takes no more room than the line that leaves it out.
    let told = if export.lost.len() == TOLD + 1 { TOLD + 1 } else { TOLD };
    for lost in export.lost.iter().take(told) {
        write!(out, "{}", style.message("  ", PLAIN, &escape::one_line(&format!("{}: {}", lost.kind, said(lost))), PLAIN))?;
    }
    match export.lost.len().saturating_sub(told) {
        0 => Ok(()),
        more => {
            write!(out, "{}", style.message("  ", PLAIN, &format!("and {more} more: write `--format markdown` for all"), PLAIN))
        }
    }
}

fn said(lost: &Lost) -> String {
    let quoted = lost.quoted.iter().map(|quoted| format!(" (\"{quoted}\")"));
    [lost.what.clone()].into_iter().chain(quoted).collect()
}

/// Passes the letters of every actor on, blank for those who have none.
fn each_cell<E>(export: &Export, row: &Row, mut write: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
    let mut cells = row.cells.iter().peekable();
    for column in 0..export.actors.len() {
        let held = cells.next_if(|(actor, _)| *actor as usize == column);
        write(&held.map(|(_, rights)| letters(*rights)).unwrap_or_default())?;
    }
    Ok(())
}

/// The letters of a cell: `A/R`.
fn letters(rights: Rights) -> String {
    let mut letters = String::new();
    for (_, letter) in LETTERS.iter().filter(|(right, _)| rights.has(*right)) {
        if !letters.is_empty() {
            letters.push('/');
        }
        letters.push(*letter);
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::Days;
    use crate::export::export;
    use crate::sections::Filter;

    const SMALL: &str = "\
people: {ann: Ann Lee, bob: Bob, kim: {name: Kim, kind: group}}
products:
  app:
    name: App
    product-owner: nobody
    responsibilities:
      scope.changes: {decides: [ann, bob], does: ann, input: [kim, developers], approves: kim, until: 2027-01-31}
      release.decision: {decides: nobody, informed: bob, note: later}
      market.competition: {not-applicable: internal tool}
      delivery.how: developers
      delivery.sprint: product-owner
teams:
  red: {name: Red, product: app, responsibilities: {delivery.review: bob}}
  blue: {name: Blue, product: app, scrum: true}
";

    fn shown(file: &str, write: impl Fn(&Export, &mut dyn Write) -> io::Result<()>) -> String {
        let sources = sample::one_file("team.yaml", file);
        let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
        let linked = crate::load(&sources, days).expect("the text is valid");
        let mut out = Vec::new();
        write(&export(&linked.org, &Filter::default()), &mut out).expect("memory can be written");
        String::from_utf8(out).expect("it is text")
    }

    fn told(file: &str, width: usize) -> String {
        shown(file, |export, out| lost(export, &Style { color: false, width: Some(width) }, out))
    }

    #[test]
    fn csv_has_a_row_per_duty_and_a_column_per_actor() {
        let expected = "\
Product,Team,Duty (RACI),Meaning,Ann Lee,Bob,Kim,Developers of Red,Developers of Blue
App,Red,delivery.how,Chooses the technical solution and the way it is built.,,,,A,
App,Blue,delivery.how,Chooses the technical solution and the way it is built.,,,,,A
App,,delivery.sprint,Decides what a sprint is about and keeps it on course.,,,,,
App,Red,delivery.review,Inspects every increment and says whether it achieves what was intended.,,A,,,
App,,scope.changes,Accepts or rejects changes that alter the scope substantially.,A/R,A,C,C,C
App,,release.decision,\"Says what goes out to customers, and when.\",,I,,,
";
        assert_eq!(shown(SMALL, csv), expected);
    }

    #[test]
    fn markdown_has_the_same_cells_and_all_that_is_lost() {
        let expected = "\
# RACI of App

| Product | Team | Duty (RACI) | Meaning | Ann Lee | Bob | Kim | Developers of Red | Developers of Blue |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| App | Red | `delivery.how` | Chooses the technical solution and the way it is built. | | | | A | |
| App | Blue | `delivery.how` | Chooses the technical solution and the way it is built. | | | | | A |
| App | | `delivery.sprint` | Decides what a sprint is about and keeps it on course. | | | | | |
| App | Red | `delivery.review` | Inspects every increment and says whether it achieves what was intended. | | A | | | |
| App | | `scope.changes` | Accepts or rejects changes that alter the scope substantially. | A/R | A | C | C | C |
| App | | `release.decision` | Says what goes out to customers, and when. | | I | | | |

R = responsible (does the work), A = accountable (decides), C = consulted (gives input), I = informed (is told).

## What RACI cannot say

The team file says this too, and the matrix leaves it out:

- **approves:** Kim for scope.changes of App
- **decides:** nobody for release.decision of App
- **until:** 2027-01-31 for scope.changes of App
- **not-applicable:** market.competition of App (\"internal tool\")
- **seat:** nobody is product owner of App
- **group:** Kim
- **teams:** product (2), scrum (1)
- **note:** 1 right (release.decision of App)
";
        assert_eq!(shown(SMALL, markdown), expected);
    }

    #[test]
    fn a_terminal_shows_the_beginning_of_what_is_lost() {
        let products = |count: usize| {
            let products: String = (0..count).map(|n| format!("  p{n}: {{product-owner: ann}}\n")).collect();
            format!("people: {{ann: Ann}}\nproducts:\n{products}")
        };
        for (count, lines, last) in [
            (20, 21, "  seat: Ann is product owner of p19"),
            (21, 22, "  seat: Ann is product owner of p20"),
            (22, 22, "  and 2 more: write `--format markdown` for all"),
        ] {
            let text = told(&products(count), 80);
            assert_eq!(text.lines().next(), Some(LOST));
            assert_eq!((text.lines().count(), text.lines().last()), (lines, Some(last)), "{text}");
        }
        assert!(told(SMALL, 40).lines().all(|line| line.chars().count() <= 40), "{}", told(SMALL, 40));
    }

    #[test]
    fn an_empty_matrix_is_said_to_be_empty() {
        let empty = "products: {app: {}}";
        assert_eq!(shown(empty, csv), "Product,Team,Duty (RACI),Meaning\n");
        assert_eq!(shown(empty, markdown), format!("# RACI of app\n\n{NO_ROW}\n"));
        assert_eq!(told(empty, 200), format!("{NO_ROW}\n"));
    }

    #[test]
    fn hostile_names_obey_nobody() {
        let hostile = sample::quoted(sample::HOSTILE);
        let file = format!(
            "people: {{ann: {hostile}, bob: \"=cmd()\"}}\n\
             products: {{app: {{name: {hostile}, product-owner: ann, responsibilities: {{strategy.*: {{decides: ann, approves: bob}}, \
             scope.changes: bob, market.*: {{not-applicable: {hostile}}}}}}}}}"
        );
        let (csv, markdown) = (shown(&file, csv), shown(&file, markdown));
        for text in [&csv, &markdown, &told(&file, 80)] {
            sample::assert_harmless(text);
        }
        assert!(csv.lines().next().is_some_and(|heads| heads.ends_with(",'=cmd()")), "{csv}");
        assert!(!markdown.contains("<b>") && !markdown.contains("@ann"), "{markdown}");
        let columns = |line: &str| line.replace("\\|", "").matches('|').count();
        assert!(markdown.lines().filter(|line| line.starts_with('|')).all(|line| columns(line) == 7), "{markdown}");
    }
}
