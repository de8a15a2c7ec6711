//! A drawing of the chart as a Mermaid flowchart, for Markdown that GitHub and others draw.

use super::super::escape::one_line;
use crate::review::chart::{Drawing, Line};
use std::fmt::Write;

/// From how many teams on they stand in a grid: a column of more is higher than a screen.
const MANY: usize = 7;

/// The teams in a row of the grid.
const COLUMNS: usize = 3;

/// The most characters that a line is written with: GitHub draws nothing of a flowchart of more than 50,000.
const LONGEST: usize = 90;

/// Colours with a ground of their own, which can be read on light and on dark pages.
const CLASSES: &str = "    classDef product fill:#dbeafe,stroke:#1d4ed8,color:#0f172a
    classDef team fill:#f8fafc,stroke:#64748b,color:#0f172a
    classDef planned fill:#f8fafc,stroke:#64748b,color:#0f172a,stroke-dasharray:2 3
    classDef vacant fill:#fff1f2,stroke:#b91c1c,color:#7f1d1d,stroke-dasharray:5 4
";

/// The flowchart of a drawing, without the fence around it.
pub(super) fn mermaid(drawing: &Drawing) -> String {
    let mut out = "flowchart LR\n".to_owned();
    if drawing.product.is_some() {
        node(&mut out, "    ", "p", &drawing.name, &drawing.lines(), "product");
    }
    let count = drawing.teams.len();
    let is_grid = count >= MANY || drawing.product.is_none();
    let indent = if is_grid { "        " } else { "    " };
    if is_grid {
        let title = match drawing.part {
            Some(part) => format!("teams {} to {} of {}", part.first, part.last, part.all),
            None if drawing.product.is_none() => drawing.title(),
            None => format!("{count} teams"),
        };
        put(&mut out, format_args!("    subgraph teams[\"{title}\"]\n        direction LR\n"));
    }
    for (n, team) in drawing.teams.iter().enumerate() {
        let class = if team.is_planned { "planned" } else { "team" };
        node(&mut out, indent, &format!("t{n}"), &team.title(), &team.lines(), class);
    }
    if is_grid {
        rows(&mut out, count);
        out.push_str("    end\n    style teams fill:none,stroke:#64748b\n");
    }
    if drawing.product.is_some() && count > 0 {
        let teams: Vec<String> = (0..count).map(|n| format!("t{n}")).collect();
        let ends = if is_grid { "teams".to_owned() } else { teams.join(" & ") };
        put(&mut out, format_args!("    p --- {ends}\n"));
    }
    out + CLASSES
}

/// Invisible links, which put the teams into rows.
fn rows(out: &mut String, count: usize) {
    for first in (0..count).step_by(COLUMNS) {
        let mut row: Vec<usize> = (first..count.min(first + COLUMNS)).collect();
        // A row that is not full would stand anywhere; the next team of the row above holds it in its columns.
        if row.len() < COLUMNS && first > 0 {
            row.push(first - COLUMNS + row.len());
        }
        if row.len() > 1 {
            let row: Vec<String> = row.iter().map(|n| format!("t{n}")).collect();
            put(out, format_args!("        {}\n", row.join(" ~~~ ")));
        }
    }
}

fn node(out: &mut String, indent: &str, id: &str, title: &str, lines: &[Line], class: &str) {
    let class = if lines.iter().any(|line| line.is_vacant) { "vacant" } else { class };
    put(out, format_args!("{indent}{id}[\"{}", text(title, LONGEST)));
    for line in lines {
        let says: Vec<String> = line.says.iter().map(|says| text(says, LONGEST / line.says.len())).collect();
        put(out, format_args!("<br/>{}: {}", line.about, says.join(", ")));
    }
    put(out, format_args!("\"]:::{class}\n"));
}

/// Writing to a string cannot fail.
fn put(out: &mut String, written: std::fmt::Arguments<'_>) {
    out.write_fmt(written).unwrap_or_default();
}

/// A text that is shown as it is, on one line. Labels are read as Mermaid, then as Markdown, then as HTML; all of these see numbers
/// for whatever is not plainly a word.
fn text(text: &str, longest: usize) -> String {
    let shown = one_line(text.trim());
    let mut written = String::with_capacity(shown.len() + 16);
    let mut length = 0;
    let mut rest = shown.chars().peekable();
    let mut before = None;
    while let Some(c) = rest.next() {
        let piece = written_as(before, c, rest.peek().copied());
        length += piece.encode_utf16().count();
        if length > longest {
            written.push('…');
            break;
        }
        written.push_str(&piece);
        before = Some(c);
    }
    written
}

fn written_as(before: Option<char>, c: char, next: Option<char>) -> String {
    /// A blank of no width, where a number alone would be read again: in icons such as `fa:fa-car`, formulas, Mermaid's own marks.
    const NOTHING: &str = "#8203;";
    let of_word = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
    match c {
        ' ' | ',' | '\'' | '(' => c.to_string(),
        '-' if of_word(before) && of_word(next) => c.to_string(),
        ')' if before.is_some_and(char::is_alphabetic) => c.to_string(),
        '.' if before.is_some_and(char::is_alphabetic) && next.is_none_or(|next| next == ' ') => c.to_string(),
        ':' | '$' if next.is_some_and(|next| next != ' ') => format!("#{};{NOTHING}", u32::from(c)),
        'ﬂ' | '¶' => format!("{c}{NOTHING}"),
        _ if c.is_ascii() && !c.is_ascii_alphanumeric() => format!("#{};", u32::from(c)),
        _ => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::{HOSTILE, assert_harmless, quoted};
    use crate::review::chart::tests::{drawings, many_teams};

    /// What a label shows: numbers read as the characters that they stand for.
    fn read(label: &str) -> String {
        let mut parts = label.split('#');
        let mut shown = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (number, rest) = part.split_once(';').expect("a number ends");
            let c = char::from_u32(number.parse().expect("only numbers are written")).expect("it is a character");
            shown.extend((c != '\u{200b}').then_some(c));
            shown.push_str(rest);
        }
        shown
    }

    /// The labels of the boxes of a flowchart, of which each has a line of its own.
    fn labels(flowchart: &str) -> Vec<&str> {
        let labels = flowchart.lines().filter_map(|line| line.split_once("[\"")?.1.rsplit_once("\"]:::"));
        labels.map(|(label, _)| label).collect()
    }

    #[test]
    fn a_product_is_joined_with_its_teams() {
        let text = "roleaudit: 1\norganization: {scrum: true}\npeople: {dana: Dana Ruiz, omar: {name: Omar}, lee: }\nproducts: \
                    {checkout: {name: Checkout, product-manager: dana}}\nteams:\n  pay: {name: Payments, product: checkout, \
                    backlog: pay, product-owner: [omar, lee], developers: 6}\n  ship: {name: Ship-it, product: checkout, backlog: \
                    ship, product-owner: nobody}\n  next: {product: checkout, backlog: pay, developers: 0}\n";
        let [drawing] = drawings(text).try_into().expect("there is one product");
        let expected = r#"flowchart LR
    p["Checkout<br/>Product manager: Dana Ruiz"]:::product
    t0["Payments<br/>Product owner: Omar, lee<br/>Backlog: its own, shared by 2 teams<br/>Developers: 6"]:::team
    t1["next (planned)<br/>Backlog: that of Payments, shared by 2 teams"]:::planned
    t2["Ship-it<br/>Product owner: nobody<br/>Backlog: its own"]:::vacant
    p --- t0 & t1 & t2
"#;
        assert_eq!(mermaid(&drawing), expected.to_owned() + CLASSES);
    }

    #[test]
    fn teams_without_a_product_stand_in_a_frame() {
        let [_, drawing] = drawings("roleaudit: 1\nproducts: {app: }\nteams: {one: , two: , three: , four: }\n")
            .try_into()
            .expect("the teams have a drawing of their own");
        let expected = r#"flowchart LR
    subgraph teams["Teams without a product"]
        direction LR
        t0["one"]:::team
        t1["two"]:::team
        t2["three"]:::team
        t3["four"]:::team
        t0 ~~~ t1 ~~~ t2
        t3 ~~~ t1
    end
    style teams fill:none,stroke:#64748b
"#;
        assert_eq!(mermaid(&drawing), expected.to_owned() + CLASSES);
    }

    #[test]
    fn many_teams_stand_in_rows_of_three() {
        let [drawing] = drawings(&many_teams(40)).try_into().expect("they fit into one drawing");
        let flowchart = mermaid(&drawing);
        assert_eq!(labels(&flowchart).len(), 41);
        assert!(
            flowchart.contains("    subgraph teams[\"40 teams\"]\n") && flowchart.contains("    p --- teams\n"),
            "{flowchart}"
        );
        assert_eq!(flowchart.lines().filter(|line| line.contains(" ~~~ ")).count(), 14);
        let parts: Vec<String> = drawings(&many_teams(100)).iter().map(mermaid).collect();
        let titles = parts.iter().filter_map(|part| part.lines().find(|line| line.contains("subgraph")));
        assert_eq!(
            titles.map(str::trim).collect::<Vec<_>>(),
            ["teams 1 to 34 of 100", "teams 35 to 68 of 100", "teams 69 to 100 of 100"]
                .map(|title| format!("subgraph teams[\"{title}\"]"))
        );
    }

    #[test]
    fn names_are_shown_and_not_obeyed() {
        let names = [
            "end",
            "%%{init: {}}%%",
            "`code`",
            "*a* _b_ ~c~",
            "1. one",
            "2) two",
            "- dash",
            "# head",
            "a\"b[c](d){e}|f",
            "&lt; #quot; ;",
            "<script>alert(1)</script>",
            "fa:fa-car",
            "$$x^2$$",
            "https://x.y www.x.y a@b.c",
            "a<br/>b",
            "ﬂ°°60¶ß",
            "Straße (ann)",
            "---",
        ];
        let teams = names.iter().enumerate().map(|(n, name)| format!("  t{n}: {{name: {}, product: app}}\n", quoted(name)));
        let [drawing] = drawings(&format!("roleaudit: 1\nproducts: {{app: }}\nteams:\n{}", teams.collect::<String>()))
            .try_into()
            .expect("one product");
        let flowchart = mermaid(&drawing);
        let labels = labels(&flowchart);
        assert_eq!(labels.iter().skip(1).map(|label| read(label)).collect::<Vec<_>>(), names);
        let of_markup = |c: char| "\"`*_~[]{}<>|&$@%\\\n".contains(c);
        assert_eq!(labels.iter().skip(1).find(|label| label.contains(of_markup)), None);
    }

    #[test]
    fn what_a_terminal_obeys_is_gone() {
        let name = quoted(HOSTILE);
        let text = format!(
            "roleaudit: 1\npeople: {{a: {name}}}\nproducts: {{app: {{name: {name}, product-owner: a}}}}\nteams: {{t: {{name: \
             {name}, product: app}}}}\n"
        );
        drawings(&text).iter().for_each(|drawing| assert_harmless(&mermaid(drawing)));
    }

    #[test]
    fn a_drawing_stays_below_what_github_draws() {
        let names: Vec<String> = (0..6).map(|n| format!("{}{n}", "#:\u{301}é".repeat(60))).collect();
        let people = names.iter().enumerate().map(|(n, name)| format!("  p{n}: {{name: {}}}\n", quoted(name)));
        let seats = ["product-manager", "product-owner", "product-marketing-manager", "project-manager", "scrum-master"];
        let seats = seats.map(|seat| format!("{seat}: [p0, p1, p2, p3, p4, p5]")).join(", ");
        let teams = (0..48).map(|n| {
            format!("  t{n}: {{name: {}, product: app, backlog: t0, developers: 3, {seats}}}\n", quoted(&"\"".repeat(300)))
        });
        let text = format!(
            "roleaudit: 1\npeople:\n{}products: {{app: }}\nteams:\n{}",
            people.collect::<String>(),
            teams.collect::<String>()
        );
        let [drawing] = drawings(&text).try_into().expect("they fit into one drawing");
        let length = mermaid(&drawing).encode_utf16().count();
        assert!((30_000..50_000).contains(&length), "{length}");
    }
}
