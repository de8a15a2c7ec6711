//! The matrix of duties and people as text, Markdown, CSV and JSON.

use super::json::{Actor, Tool, actor};
use super::{BOLD, PLAIN, Style, broken, color_of, escape};
use crate::finding::Severity;
use crate::matrix::{Column, Line, Matrix, Row, Rows, Section};
use crate::org::rights::{Right, Rights, Standing};
use crate::sections::{PlaceKind, some_of};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// The columns of a text that is read on no terminal.
const USUAL_WIDTH: usize = 100;

/// The longest line of a person's name above a column.
const WIDEST_NAME: usize = 10;

/// The longest line of a duty's name.
const WIDEST_DUTY: usize = 30;

/// What a column takes beside what it holds: a blank on either side, and one between two columns.
const BESIDE: usize = 3;

/// How many people a Markdown table has.
const PEOPLE_OF_MARKDOWN: usize = 8;

/// Said where there is nothing to show.
const NO_DUTY: &str = "No product or team is there to show; retired ones, and ideas without a team, are left out.";

/// A column of a table: whose it is, and what stands above it.
pub(super) struct Head {
    pub(super) column: Column,
    pub(super) label: String,
}

/// One table of a section: some of its columns, and the lines in which they have something.
struct Part<'l> {
    heads: &'l [Head],
    lines: Vec<&'l Line<'l>>,
}

/// Writes one table per product, or several that are narrow enough, and the legend.
pub fn text(matrix: &Matrix, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let out = &mut escape::Log::new(out);
    let available = style.width.unwrap_or(USUAL_WIDTH);
    for section in &matrix.sections {
        let lines = section.lines(&matrix.duties);
        let widest_duty = available.saturating_sub(1 + WIDEST_NAME + 3 * BESIDE).clamp(BESIDE, WIDEST_DUTY);
        let labels: FxHashMap<*const Line<'_>, String> =
            lines.iter().map(|line| (std::ptr::from_ref(line), broken(&escape::one_line(&label(line)), widest_duty))).collect();
        let heads: Vec<Head> = heads(matrix, &lines)
            .into_iter()
            .map(|head| Head { label: broken(&escape::one_line(&head.label), WIDEST_NAME), ..head })
            .collect();
        let of_duties = labels.values().map(|label| widest_line(label)).max().unwrap_or_default().max("duty".len());
        let room = available.saturating_sub(1 + of_duties + 2 * BESIDE);
        let widths: Vec<usize> = widths(&heads, &lines).into_iter().map(|width| width + BESIDE).collect();
        let parts = parts(&heads, &lines, &fitting(&widths, room));
        for (n, part) in parts.iter().enumerate() {
            let title = title(section, n, parts.len());
            write!(out, "{}", style.paragraph("", PLAIN, &escape::one_line(&title), BOLD))?;
            let header = ["", "duty"].map(str::to_owned).into_iter().chain(part.heads.iter().map(|head| head.label.clone()));
            let rows = part.lines.iter().map(|line| {
                let label = labels.get(&std::ptr::from_ref(*line)).cloned().unwrap_or_default();
                let cells = part.heads.iter().map(|head| letters(line, head.column));
                [mark(line.standing).to_owned(), label].into_iter().chain(cells).collect()
            });
            for line in Style::grid(header.collect(), rows).lines() {
                writeln!(out, "{}", marked(line.trim_end(), style))?;
            }
            writeln!(out)?;
        }
    }
    let rest = if matrix.sections.is_empty() { NO_DUTY.to_owned() } else { legend() };
    write!(out, "{}", style.paragraph("", PLAIN, &rest, PLAIN))
}

/// A line of a table with its mark coloured.
fn marked(line: &str, style: &Style) -> String {
    let of = |mark: &str, severity| Some((line.strip_prefix(' ')?.strip_prefix(mark)?, style.painted(mark, color_of(severity))));
    let found = of(mark(Standing::Nobody), Severity::Error).or_else(|| of(mark(Standing::Unrecorded), Severity::Warning));
    found.map_or_else(|| line.to_owned(), |(rest, mark)| format!(" {mark}{rest}"))
}

fn widest_line(text: &str) -> usize {
    text.lines().map(UnicodeWidthStr::width).max().unwrap_or_default()
}

/// The width of each column, without what stands beside it.
fn widths(heads: &[Head], lines: &[Line<'_>]) -> Vec<usize> {
    let mut widest: FxHashMap<Column, usize> = FxHashMap::default();
    for (column, rights) in lines.iter().flat_map(|line| &line.held) {
        let widest = widest.entry(*column).or_default();
        *widest = rights.iter().count().max(*widest);
    }
    heads.iter().map(|head| widest_line(&head.label).max(widest.get(&head.column).copied().unwrap_or_default())).collect()
}

/// How many columns each table has so that they fit into the room; at least one.
fn fitting(widths: &[usize], room: usize) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut count, mut used) = (0, 0);
    for width in widths {
        if count > 0 && used + width > room {
            counts.push(count);
            (count, used) = (0, 0);
        }
        (count, used) = (count + 1, used + width);
    }
    counts.push(count);
    counts
}

/// The tables of a section, each with so many columns. What nobody has anything in stands in the first one.
fn parts<'l>(heads: &'l [Head], lines: &'l [Line<'l>], counts: &[usize]) -> Vec<Part<'l>> {
    let part_of: FxHashMap<Column, usize> = {
        let numbers = counts.iter().enumerate().flat_map(|(n, count)| std::iter::repeat_n(n, *count));
        heads.iter().map(|head| head.column).zip(numbers).collect()
    };
    let mut rest = heads;
    let mut parts: Vec<Part<'l>> = Vec::with_capacity(counts.len());
    for count in counts {
        let (heads, others) = rest.split_at((*count).min(rest.len()));
        rest = others;
        parts.push(Part { heads, lines: Vec::new() });
    }
    for line in lines {
        let of_columns = line.held.iter().filter_map(|(column, _)| part_of.get(column).copied());
        let mut of_line: Vec<usize> = of_columns.collect();
        if of_line.is_empty() {
            of_line.push(0);
        }
        of_line.sort_unstable();
        of_line.dedup();
        for n in of_line {
            parts[n].lines.push(line);
        }
    }
    parts
}

/// The columns of a section, those who decide most first.
pub(super) fn heads(matrix: &Matrix, lines: &[Line<'_>]) -> Vec<Head> {
    let mut counts: FxHashMap<Column, (usize, usize)> = FxHashMap::default();
    for (line, (column, rights)) in lines.iter().flat_map(|line| line.held.iter().map(move |held| (line, held))) {
        let (decided, held) = counts.entry(*column).or_default();
        *decided += if rights.has(Right::Decides) { line.duties } else { 0 };
        *held += line.duties;
    }
    let mut columns: Vec<(Column, (usize, usize))> = counts.into_iter().collect();
    columns.sort_unstable_by_key(|(column, count)| (std::cmp::Reverse(*count), *column));
    let label = |column: Column| match column {
        Column::Actor(actor) => matrix.actors.get(actor as usize).map_or_else(String::new, |actor| actor.label.clone()),
        Column::Developers => "developers".to_owned(),
    };
    columns.into_iter().map(|(column, _)| Head { column, label: label(column) }).collect()
}

/// A duty, and the places that a line speaks of.
fn label(line: &Line<'_>) -> String {
    if line.places.is_empty() { line.duty.to_owned() } else { format!("{} ({})", line.duty, some_of(&line.places)) }
}

fn title(section: &Section, n: usize, of: usize) -> String {
    if of > 1 { format!("{} ({} of {of})", section.of.name, n + 1) } else { section.of.name.clone() }
}

fn letters(line: &Line<'_>, column: Column) -> String {
    let rights = line.held.iter().find(|(held, _)| *held == column).map(|(_, rights)| *rights);
    rights.unwrap_or_default().iter().map(Right::letter).collect()
}

/// What stands before a duty that nobody decides.
fn mark(standing: Standing) -> &'static str {
    match standing {
        Standing::Decided | Standing::Contested => "",
        Standing::Nobody | Standing::Ended | Standing::Vacant => "!",
        Standing::Unrecorded => "?",
        Standing::NotApplicable => "–",
    }
}

/// What stands behind a duty that nobody decides.
fn remark(standing: Standing) -> &'static str {
    match standing {
        Standing::Decided | Standing::Contested => "",
        Standing::Nobody | Standing::Ended | Standing::Vacant => " **nobody decides**",
        Standing::Unrecorded => " **nobody is recorded**",
        Standing::NotApplicable => " (not applicable)",
    }
}

fn legend() -> String {
    let marks = [Standing::Nobody, Standing::Unrecorded, Standing::NotApplicable].map(mark);
    let [nobody, unrecorded, not_applicable] = marks;
    format!(
        "{}. Before a duty: {nobody} nobody decides, {unrecorded} nobody is recorded as deciding, {not_applicable} not applicable.",
        letters_in_words()
    )
}

/// What the letters of the tables mean.
pub(super) fn letters_in_words() -> String {
    Right::ALL.map(|right| format!("{} {}", right.letter(), right.phrase())).join(", ")
}

/// Writes one section per product, with tables of some people each, and the legend.
pub fn markdown(matrix: &Matrix, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# Who decides what, as of {}", matrix.as_of)?;
    if matrix.sections.is_empty() {
        return writeln!(out, "\n{NO_DUTY}");
    }
    writeln!(out, "\n{}.", letters_in_words())?;
    for section in &matrix.sections {
        writeln!(out, "\n## {}", escape::markdown(&section.of.name))?;
        write!(out, "{}", markdown_tables(matrix, section))?;
    }
    Ok(())
}

/// The tables of a section, of some people each; every one begins with an empty line.
pub(super) fn markdown_tables(matrix: &Matrix, section: &Section) -> String {
    let lines = section.lines(&matrix.duties);
    let heads = heads(matrix, &lines);
    let counts = fitting(&vec![1; heads.len()], PEOPLE_OF_MARKDOWN);
    let mut tables = String::new();
    for part in parts(&heads, &lines, &counts) {
        // Writing to text cannot fail.
        tables.push_str("\n| duty |");
        for head in part.heads {
            let _ = write!(tables, " {} |", escape::markdown(&head.label));
        }
        let _ = writeln!(tables, "\n| --- |{}", " --- |".repeat(part.heads.len()));
        for line in part.lines {
            let _ = write!(tables, "| {}", escape::code(&line.duty));
            if !line.places.is_empty() {
                let _ = write!(tables, " ({})", escape::markdown(&some_of(&line.places)));
            }
            let _ = write!(tables, "{} |", remark(line.standing));
            for head in part.heads {
                // A cell is as wide as what it holds: linters count the blanks.
                tables.push(' ');
                let held = line.held.iter().find(|(held, _)| *held == head.column);
                if let Some((_, rights)) = held {
                    tables.extend(rights.iter().map(Right::letter));
                    tables.push(' ');
                }
                tables.push('|');
            }
            tables.push('\n');
        }
    }
    tables
}

/// Writes one line per right that somebody holds, and one per duty that nobody decides.
pub fn csv(matrix: &Matrix, out: &mut dyn Write) -> io::Result<()> {
    let actors: Vec<[Cow<'_, str>; 2]> =
        matrix.actors.iter().map(|actor| [escape::cell(&actor.id), escape::cell(&actor.name)]).collect();
    let duties: Vec<Cow<'_, str>> = matrix.duties.iter().map(|duty| escape::cell(duty)).collect();
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["subject", "subject_name", "duty", "person", "name", "rights"])?;
    let mut words = String::new();
    for Rows { place, rows, .. } in matrix.sections.iter().flat_map(|section| &section.places) {
        let (subject, subject_name) = (escape::cell(&place.subject), escape::cell(&place.name));
        for Row { duty, standing, held } in rows {
            let duty = duties.get(usize::from(duty.0)).map_or("", AsRef::as_ref);
            let nobody = match standing {
                Standing::NotApplicable => Some("not-applicable"),
                standing => standing.is_unowned().then_some("unowned"),
            };
            if let Some(nobody) = nobody {
                table.write_record([&subject, &subject_name, duty, "", "", nobody])?;
            }
            for (actor, rights) in held {
                let Some([id, name]) = actors.get(*actor as usize) else { continue };
                write_words(*rights, &mut words);
                table.write_record([&subject, &subject_name, duty, id, name, &words])?;
            }
        }
    }
    table.flush()
}

fn write_words(rights: Rights, words: &mut String) {
    words.clear();
    for right in rights.iter() {
        if !words.is_empty() {
            words.push_str("; ");
        }
        words.push_str(right.word());
    }
}

/// The JSON document, version 1: fields may be added, none renamed or removed.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    as_of: String,
    products: Vec<Product<'a>>,
    /// The duties of teams without a product, and of the organization.
    others: Vec<Other<'a>>,
}

#[derive(Serialize)]
struct Product<'a> {
    product: &'a str,
    name: &'a str,
    duties: Vec<Duty<'a>>,
}

#[derive(Serialize)]
struct Other<'a> {
    subject: &'a str,
    name: &'a str,
    duties: Vec<Duty<'a>>,
}

#[derive(Serialize)]
struct Duty<'a> {
    duty: &'a str,
    subject: &'a str,
    subject_name: &'a str,
    standing: Standing,
    deciders: Vec<Actor<'a>>,
    /// Everybody who holds another right, with all of them.
    others: Vec<Holder<'a>>,
}

#[derive(Serialize)]
struct Holder<'a> {
    #[serde(flatten)]
    actor: Actor<'a>,
    rights: Vec<&'static str>,
}

/// Writes the JSON document, with a final line break.
pub fn json(matrix: &Matrix, out: &mut dyn Write) -> io::Result<()> {
    let (products, others): (Vec<&Section>, Vec<&Section>) =
        matrix.sections.iter().partition(|section| section.of.kind == PlaceKind::Product);
    let document = Document {
        version: 1,
        tool: Tool::this(),
        as_of: matrix.as_of.to_string(),
        products: products
            .into_iter()
            .map(|of| Product { product: of.of.id(), name: &of.of.name, duties: duties(matrix, of) })
            .collect(),
        others: others
            .into_iter()
            .map(|of| Other { subject: &of.of.subject, name: &of.of.name, duties: duties(matrix, of) })
            .collect(),
    };
    super::json::write(&document, out)
}

fn duties<'a>(matrix: &'a Matrix, section: &'a Section) -> Vec<Duty<'a>> {
    let rows = section.places.iter().flat_map(|of| of.rows.iter().map(|row| (&of.place, row)));
    let duties = rows.map(|(place, row)| {
        let held = || row.held.iter().filter_map(|(at, rights)| Some((matrix.actors.get(*at as usize)?, *rights)));
        let deciders = held().filter(|(_, rights)| rights.has(Right::Decides));
        let others = held().map(|(of, rights)| Holder {
            actor: actor(of),
            rights: rights.iter().filter(|right| *right != Right::Decides).map(Right::word).collect(),
        });
        Duty {
            duty: matrix.duties.get(usize::from(row.duty.0)).map_or("", String::as_str),
            subject: &place.subject,
            subject_name: &place.name,
            standing: row.standing,
            deciders: deciders.map(|(of, _)| actor(of)).collect(),
            others: others.filter(|holder| !holder.rights.is_empty()).collect(),
        }
    });
    duties.collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::Days;
    use crate::matrix::matrix;
    use crate::sections::Filter;
    use crate::source::Sources;

    const SMALL: &str = "\
people: {ann: Ann Lee, bob: Bob, kim: Kim}
products:
  app:
    name: App
    responsibilities:
      strategy.*: {decides: ann, approves: [kim]}
      scope.changes: {decides: nobody, input: [bob, developers]}
      priorities.conflict: [ann, bob]
      market.competition: {not-applicable: internal}
teams:
  red: {name: Red, product: app, responsibilities: {delivery.*: bob, delivery.how: developers}}
  blue: {name: Blue, product: app, responsibilities: {delivery.*: bob, delivery.how: developers, delivery.sprint: {decides: bob, informed: ann}}}
";

    fn with_matrix<T>(text: &str, then: impl FnOnce(&Matrix) -> T) -> T {
        let sources = Sources::new(vec![crate::source::Source::new("team.yaml", text)]);
        let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
        let linked = crate::load(&sources, days).expect("the text is valid");
        then(&matrix(&linked.org, &Filter::default()))
    }

    fn shown(text: &str, write: impl Fn(&Matrix, &mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        with_matrix(text, |matrix| write(matrix, &mut out)).expect("memory can be written");
        String::from_utf8(out).expect("it is text")
    }

    fn text_at(width: Option<usize>, file: &str) -> String {
        shown(file, |matrix, out| text(matrix, &Style { color: false, width }, out))
    }

    /// The lines of a text that speak of duties with something to tell.
    fn telling(text: &str) -> Vec<&str> {
        text.lines().filter(|line| !line.starts_with(" ? ") && !line.contains('─')).collect()
    }

    #[test]
    fn a_duty_is_a_row_and_what_nobody_decides_is_marked() {
        let text = text_at(Some(80), SMALL);
        let expected = [
            "App",
            "     duty                     Ann Lee   Bob   developers   Kim",
            "     strategy.*               D                            A",
            "     market.research",
            " –   market.competition",
            "     delivery.questions,                D",
            "     delivery.tradeoffs",
            "     delivery.how                             D",
            "     delivery.sprint (Red)              D",
            "     delivery.sprint (Blue)   T         D",
            "     delivery.team-voice,               D",
            "     delivery.review",
            " !   scope.changes                      I     I",
            "     priorities.conflict      D         D",
            "",
            "D decides, A must approve, P is deputy, L is last resort, I gives input, X does",
            "it, C tells the team, T is told. Before a duty: ! nobody decides, ? nobody is",
            "recorded as deciding, – not applicable.",
        ];
        assert_eq!(telling(&text), expected, "{text}");
        assert!(text.contains("\n ?   roadmap.*\n"), "{text}");
    }

    #[test]
    fn markdown_has_the_same_cells() {
        let markdown = shown(SMALL, markdown);
        for line in [
            "# Who decides what, as of 2026-11-21",
            "## App",
            "| duty | Ann Lee | Bob | developers | Kim |",
            "| --- | --- | --- | --- | --- |",
            "| `strategy.*` | D | | | A |",
            "| `market.competition` (not applicable) | | | | |",
            "| `delivery.sprint` (Blue) | T | D | | |",
            "| `scope.changes` **nobody decides** | | I | I | |",
            "| `market.discovery, market.research` **nobody is recorded** | | | | |",
        ] {
            assert!(markdown.lines().any(|shown| shown == line), "{line}\n{markdown}");
        }
    }

    #[test]
    fn csv_has_a_line_per_duty_and_person() {
        let csv = shown(SMALL, csv);
        assert!(csv.starts_with("subject,subject_name,duty,person,name,rights\n"), "{csv}");
        let of = |duty: &str| csv.lines().filter(|line| line.contains(&format!(",{duty},"))).collect::<Vec<_>>();
        assert_eq!(
            of("strategy.product"),
            ["products.app,App,strategy.product,ann,Ann Lee,decides", "products.app,App,strategy.product,kim,Kim,approves",]
        );
        assert_eq!(
            of("scope.changes"),
            [
                "products.app,App,scope.changes,,,unowned",
                "products.app,App,scope.changes,bob,Bob,input",
                "products.app,App,scope.changes,red,Red,input",
                "products.app,App,scope.changes,blue,Blue,input",
            ]
        );
        assert_eq!(of("market.competition"), ["products.app,App,market.competition,,,not-applicable"]);
        assert_eq!(
            of("delivery.how"),
            ["teams.red,Red,delivery.how,red,Red,decides", "teams.blue,Blue,delivery.how,blue,Blue,decides"]
        );
    }

    #[test]
    fn one_who_holds_several_rights_has_one_line() {
        let csv = shown(
            "people: {ann: }\nproducts: {app: {responsibilities: {scope.changes: {decides: ann, communicates: ann, escalates-to: ann, deputy: ann}}}}",
            csv,
        );
        assert!(csv.contains("scope.changes,ann,ann,decides; escalates-to; communicates\n"), "{csv}");
    }

    /// A product of so many squads with owners of their own.
    fn squads(count: usize) -> String {
        let names: String = (0..count).map(|n| format!("  p{n}: Maximiliane Oberstleutnantfeldwebel the {n}th\n")).collect();
        let teams: String = (0..count)
            .map(|n| format!("  t{n}: {{name: Squad number {n}, product: app, backlog: t{n}, product-owner: p{n}}}\n"))
            .collect();
        format!(
            "organization: {{responsibilities: {{backlog.*: product-owner, delivery.*: {{decides: product-owner, input: [p0]}}}}}}\n\
             people:\n{names}products: {{app: {{name: App}}}}\nteams:\n{teams}"
        )
    }

    #[test]
    fn a_wide_table_is_split_and_says_all_the_same() {
        let file = squads(60);
        for width in [None, Some(40), Some(60), Some(80), Some(120)] {
            let text = text_at(width, &file);
            let widest =
                text.lines().filter(|line| width.is_some() || !line.contains("decides")).map(UnicodeWidthStr::width).max();
            assert!(widest <= Some(width.unwrap_or(USUAL_WIDTH)), "{width:?}: {widest:?}");
            for n in 0..60 {
                let name = format!("{n}th");
                assert!(text.split_whitespace().any(|word| word == name), "{width:?} has no {name}");
            }
            let decided = text.lines().filter(|line| line.trim_end().ends_with(" D")).count();
            assert!(decided >= 60, "{decided}");
        }
    }

    #[test]
    fn a_split_table_has_only_rows_in_which_its_people_have_something() {
        let text = text_at(Some(80), &squads(60));
        let tables: Vec<&str> = text.split("App (").skip(2).collect();
        assert!(tables.len() > 10, "{}", tables.len());
        for table in tables {
            assert!(!table.lines().any(|line| line.starts_with(" ? ")), "{table}");
        }
    }

    #[test]
    fn people_of_one_name_are_told_apart() {
        let text = text_at(
            Some(80),
            "people: {a1: Ann, a2: Ann}\nproducts: {app: {responsibilities: {scope.changes: {decides: a1, input: a2}}}}",
        );
        assert!(text.lines().any(|line| line.trim_end().ends_with("duty                     Ann (a1)   Ann (a2)")), "{text}");
    }

    #[test]
    fn hostile_names_obey_nobody() {
        let hostile = sample::quoted(sample::HOSTILE);
        let file = format!(
            "people: {{ann: {hostile}, bob: \"=cmd()\"}}\nproducts: {{app: {{name: {hostile}, responsibilities: {{strategy.*: ann, scope.changes: bob}}}}}}"
        );
        sample::assert_harmless(&text_at(Some(80), &file));
        let markdown = shown(&file, markdown);
        sample::assert_harmless(&markdown);
        assert!(!markdown.contains("<b>") && !markdown.contains("@ann"), "{markdown}");
        let columns = |line: &str| line.replace("\\|", "").matches('|').count();
        assert!(markdown.lines().filter(|line| line.starts_with('|')).all(|line| columns(line) == 4), "{markdown}");
        let csv = shown(&file, csv);
        sample::assert_harmless(&csv);
        assert!(csv.contains(",scope.changes,bob,'=cmd(),decides"), "{csv}");
        let json = shown(&file, json);
        sample::assert_harmless(&json);
        let found: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!(found["products"][0]["name"], sample::HOSTILE);
    }

    #[test]
    fn marks_are_coloured_and_nothing_else_changes() {
        let plain = text_at(Some(80), SMALL);
        let colored = shown(SMALL, |matrix, out| text(matrix, &Style { color: true, width: Some(80) }, out));
        assert_ne!(plain, colored);
        assert_eq!(anstream::adapter::strip_str(&colored).to_string(), plain);
    }

    #[test]
    fn nothing_to_show_is_said() {
        assert_eq!(text_at(None, "products: {app: {stage: retired}}"), format!("{NO_DUTY}\n"));
    }
}
