//! Workbooks in Office Open XML: what each visible sheet shows, read as a stream.

use super::Unreadable;
use super::package::{Node, Package, Xml, attribute, attributes, count, damaged};
use super::sheet::{Area, MAX_COLUMNS, MAX_ROWS, Room, Sheet};
use crate::import::Grid;
use jiff::Span;
use jiff::civil::date;
use rustc_hash::FxHashMap;

/// Reads every visible sheet that holds something.
pub(super) fn read(package: &mut Package<'_>, room: &mut Room) -> Result<Vec<Grid>, Unreadable> {
    let root = package.part("_rels/.rels", relations)?;
    let main =
        root.values().find(|one| one.is("officeDocument")).map_or("xl/workbook.xml", |one| one.target.trim_start_matches('/'));
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", main));
    let related = package.part(&within(folder, &format!("_rels/{name}.rels")), relations)?;
    let workbook = package.part(main, workbook)?;
    let path_of = |kind: &str| related.values().find(|one| one.is(kind)).map(|one| within(folder, &one.target));
    let texts = match path_of("sharedStrings") {
        Some(path) => package.part(&path, |xml| texts(xml, room))?,
        None => Vec::new(),
    };
    let shown = match path_of("styles") {
        Some(path) => package.part(&path, shown)?,
        None => Vec::new(),
    };
    let book = Book { texts, shown, is_1904: workbook.is_1904 };
    let mut grids = Vec::new();
    for Tab { name, relation, is_hidden } in workbook.tabs {
        let Some(part) = related.get(&relation).filter(|one| !is_hidden && one.is("worksheet")) else { continue };
        // Opening a sheet takes time, even if nothing is in it.
        room.cells(1000)?;
        let sheet = package.part(&within(folder, &part.target), |xml| sheet(xml, &book, room))?;
        grids.push(sheet.into_grid(format!("sheet {name}")));
    }
    grids.retain(|grid| !grid.lines.is_empty());
    Ok(grids)
}

/// A part that another one names.
struct Relation {
    kind: String,
    target: String,
}

impl Relation {
    fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// The name of a part as another part in a folder writes it.
fn within(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None if folder.is_empty() => target.to_owned(),
        None => format!("{folder}/{target}"),
    }
}

fn relations(xml: &mut Xml<'_>) -> Result<FxHashMap<String, Relation>, Unreadable> {
    let mut found = FxHashMap::default();
    while let Some(node) = xml.next()? {
        if let Node::Start(start) = node
            && start.local_name().as_ref() == b"Relationship"
            && let (Some(id), Some(kind), Some(target)) =
                (attribute(&start, "Id"), attribute(&start, "Type"), attribute(&start, "Target"))
        {
            found.insert(id, Relation { kind, target });
        }
    }
    Ok(found)
}

#[derive(Default)]
struct Workbook {
    tabs: Vec<Tab>,
    /// Whether days count from 1904 on.
    is_1904: bool,
}

struct Tab {
    name: String,
    relation: String,
    is_hidden: bool,
}

fn workbook(xml: &mut Xml<'_>) -> Result<Workbook, Unreadable> {
    let mut workbook = Workbook::default();
    while let Some(node) = xml.next()? {
        let Node::Start(start) = node else { continue };
        match start.local_name().as_ref() {
            b"sheet" => {
                let is_hidden = attribute(&start, "state").is_some_and(|state| state != "visible");
                let (name, relation) =
                    (attribute(&start, "name").unwrap_or_default(), attribute(&start, "id").unwrap_or_default());
                workbook.tabs.push(Tab { name, relation, is_hidden });
            }
            b"workbookPr" => {
                workbook.is_1904 |= attribute(&start, "date1904").is_some_and(|value| value == "1" || value == "true");
            }
            _ => {}
        }
    }
    Ok(workbook)
}

/// The texts that cells refer to by number.
fn texts(xml: &mut Xml<'_>, room: &mut Room) -> Result<Vec<String>, Unreadable> {
    let mut texts = Vec::new();
    let mut text = String::new();
    let mut inside = Inside::default();
    while let Some(node) = xml.next()? {
        inside.pass(&node, &mut text);
        if let Node::End(end) = &node
            && end.local_name().as_ref() == b"si"
        {
            room.cells(1)?;
            room.text(text.len())?;
            // A carriage return is written as its number between underscores.
            texts.push(std::mem::take(&mut text).replace("_x000D_", " "));
        }
    }
    Ok(texts)
}

/// Where a stream stands in a text that is made of pieces: only what is in `t` is shown, and not what tells how to pronounce it.
#[derive(Default)]
struct Inside {
    piece: bool,
    pronunciation: bool,
}

impl Inside {
    fn pass(&mut self, node: &Node<'_>, text: &mut String) {
        match node {
            Node::Start(start) => self.set(start.local_name().as_ref(), true),
            Node::End(end) => self.set(end.local_name().as_ref(), false),
            Node::Text(piece) if self.piece && !self.pronunciation => text.push_str(piece),
            Node::Text(_) | Node::Nothing => {}
        }
    }

    fn set(&mut self, name: &[u8], to: bool) {
        match name {
            b"t" => self.piece = to,
            b"rPh" => self.pronunciation = to,
            _ => {}
        }
    }
}

/// What a number is shown as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Number,
    Percent,
    Date,
}

impl Shown {
    /// What a format says, by its code: letters of days and hours outside of quotes and brackets.
    fn by_code(code: &str) -> Shown {
        let mut letters = String::new();
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            match c {
                '"' => drop(chars.by_ref().find(|&end| end == '"')),
                '[' => {
                    // `[h]` counts hours; other brackets hold colours, languages and conditions.
                    let inner: String = chars.by_ref().take_while(|&end| end != ']').collect();
                    letters.extend(inner.chars().filter(|_| matches!(inner.as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss")));
                }
                '\\' | '_' | '*' => drop(chars.next()),
                ';' => break,
                other => letters.push(other.to_ascii_lowercase()),
            }
        }
        match letters.replace("general", "") {
            letters if letters.contains(['y', 'm', 'd', 'h', 's']) => Shown::Date,
            letters if letters.contains('%') => Shown::Percent,
            _ => Shown::Number,
        }
    }

    /// What a format says that has a number of its own.
    fn by_number(number: usize) -> Shown {
        match number {
            9 | 10 => Shown::Percent,
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Shown::Date,
            _ => Shown::Number,
        }
    }
}

/// What numbers are shown as, by the style of their cell.
fn shown(xml: &mut Xml<'_>) -> Result<Vec<Shown>, Unreadable> {
    let (mut by_number, mut styles, mut in_cells) = (FxHashMap::default(), Vec::new(), false);
    while let Some(node) = xml.next()? {
        match node {
            Node::Start(start) => match start.local_name().as_ref() {
                b"numFmt" => {
                    if let (Some(number), Some(code)) = (count(&start, "numFmtId"), attribute(&start, "formatCode")) {
                        by_number.insert(number, Shown::by_code(&code));
                    }
                }
                b"cellXfs" => in_cells = true,
                b"xf" if in_cells => {
                    let number = count(&start, "numFmtId").unwrap_or_default();
                    styles.push(by_number.get(&number).copied().unwrap_or(Shown::by_number(number)));
                }
                _ => {}
            },
            Node::End(end) if end.local_name().as_ref() == b"cellXfs" => in_cells = false,
            _ => {}
        }
    }
    Ok(styles)
}

/// What the cells of all sheets refer to.
struct Book {
    texts: Vec<String>,
    shown: Vec<Shown>,
    is_1904: bool,
}

/// A cell while it is read.
#[derive(Default)]
struct Open {
    row: usize,
    column: usize,
    kind: String,
    style: usize,
    text: String,
    /// What it is computed from, and what is shown where nothing has computed it yet.
    formula: String,
}

fn sheet(xml: &mut Xml<'_>, book: &Book, room: &mut Room) -> Result<Sheet, Unreadable> {
    let mut sheet = Sheet::default();
    let (mut row, mut column) = (0, 0);
    let mut open: Option<Open> = None;
    let (mut in_value, mut in_formula, mut inside) = (false, false, Inside::default());
    let mut merged = Vec::new();
    while let Some(node) = xml.next()? {
        if let Some(cell) = &mut open {
            inside.pass(&node, &mut cell.text);
        }
        match node {
            Node::Start(start) => match start.local_name().as_ref() {
                b"row" => {
                    row = count(&start, "r").and_then(|number| number.checked_sub(1)).unwrap_or(row);
                    column = 0;
                }
                b"c" => {
                    let [place, kind, style] = attributes(&start, ["r", "t", "s"]);
                    if let Some(place) = place {
                        (row, column) = place_of(&place).ok_or_else(damaged)?;
                    }
                    let style = style.and_then(|style| style.trim().parse().ok()).unwrap_or_default();
                    open = Some(Open { row, column, kind: kind.unwrap_or_default().into_owned(), style, ..Open::default() });
                }
                b"v" => in_value = true,
                b"f" => in_formula = true,
                b"mergeCell" => merged.extend(attribute(&start, "ref").and_then(|area| area_of(&area))),
                _ => {}
            },
            Node::End(end) => match end.local_name().as_ref() {
                b"row" => row += 1,
                b"v" => in_value = false,
                b"f" => in_formula = false,
                b"c" => {
                    if let Some(cell) = open.take() {
                        if cell.row >= MAX_ROWS || cell.column >= MAX_COLUMNS {
                            return Err(damaged());
                        }
                        put(&cell, book, &mut sheet, room)?;
                    }
                    column += 1;
                }
                _ => {}
            },
            Node::Text(text) => match &mut open {
                Some(cell) if in_value => cell.text.push_str(&text),
                Some(cell) if in_formula => cell.formula.push_str(&text),
                _ => {}
            },
            Node::Nothing => {}
        }
    }
    for area in merged {
        sheet.merge(area, room)?;
    }
    Ok(sheet)
}

/// Puts what a cell shows into the sheet.
fn put(cell: &Open, book: &Book, sheet: &mut Sheet, room: &mut Room) -> Result<(), Unreadable> {
    let (row, column) = (cell.row, cell.column);
    let value = cell.text.trim();
    match cell.kind.as_str() {
        _ if value.is_empty() && !cell.formula.is_empty() => sheet.put(row, column, &format!("={}", cell.formula), room),
        "s" => {
            let text = value.parse::<usize>().ok().and_then(|number| book.texts.get(number));
            text.map_or(Ok(()), |text| sheet.put(row, column, text, room))
        }
        "b" => sheet.put(row, column, if matches!(value, "1" | "true") { "TRUE" } else { "FALSE" }, room),
        "" | "n" => {
            let shown = book.shown.get(cell.style).copied().unwrap_or(Shown::Number);
            let text =
                value.parse().ok().filter(|number: &f64| number.is_finite()).map(|number| number_as(number, shown, book.is_1904));
            sheet.put(row, column, text.as_deref().unwrap_or(value), room)
        }
        _ => sheet.put(row, column, &cell.text, room),
    }
}

/// A number as a reader of the sheet sees it.
fn number_as(number: f64, shown: Shown, is_1904: bool) -> String {
    // Spreadsheets show fifteen digits of what they compute.
    let round = |number: f64| format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    match shown {
        Shown::Number => round(number).to_string(),
        Shown::Percent => format!("{}%", round(number * 100.0)),
        Shown::Date => day(number, is_1904).unwrap_or_else(|| round(number).to_string()),
    }
}

/// The day and time that a number of days stands for.
fn day(number: f64, is_1904: bool) -> Option<String> {
    let minutes = (number * 1440.0).round();
    if !(0.0..1e10).contains(&minutes) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, reason = "the range is checked")]
    let minutes = minutes as i64;
    let (days, minute) = (minutes / 1440, minutes % 1440);
    // The system that counts from 1900 on has a 29th of February too many in that year.
    let first = if is_1904 { date(1904, 1, 1) } else { date(1899, 12, if days < 60 { 31 } else { 30 }) };
    let day = first.checked_add(Span::new().try_days(days).ok()?).ok()?;
    let time = format!("{:02}:{:02}", minute / 60, minute % 60);
    Some(match (days, minute) {
        (0, _) if !is_1904 => time,
        (_, 0) => day.to_string(),
        _ => format!("{day} {time}"),
    })
}

/// The row and column of a place such as `B7`, counted from 0.
fn place_of(place: &str) -> Option<(usize, usize)> {
    let split = place.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = place.split_at_checked(split)?;
    let column = letters.bytes().try_fold(0usize, |column, letter| {
        let digit = letter.is_ascii_alphabetic().then(|| usize::from(letter.to_ascii_uppercase() - b'A') + 1)?;
        Some(column * 26 + digit).filter(|&column| column <= MAX_COLUMNS)
    });
    let row: usize = digits.parse().ok().filter(|&row| row <= MAX_ROWS)?;
    Some((row.checked_sub(1)?, column?.checked_sub(1)?))
}

/// The cells of an area such as `A1:C2`.
fn area_of(area: &str) -> Option<Area> {
    let (first, last) = area.split_once(':')?;
    let ((top, left), (bottom, right)) = (place_of(first)?, place_of(last)?);
    Some(Area { row: top, column: left, rows: bottom.checked_sub(top)? + 1, columns: right.checked_sub(left)? + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_within_the_limits_of_sheets() {
        assert_eq!(place_of("A1"), Some((0, 0)));
        assert_eq!(place_of("b7"), Some((6, 1)));
        assert_eq!(place_of("XFD1048576"), Some((MAX_ROWS - 1, MAX_COLUMNS - 1)));
        for wrong in
            ["", "A", "1", "A0", "XFE1", "A1048577", "AAAAAAAAAAAAAAAAAAAAAAAAAAAA1", "A99999999999999999999999", "Ä1", "A1B"]
        {
            assert_eq!(place_of(wrong), None, "{wrong}");
        }
        assert_eq!(area_of("B2:D3"), Some(Area { row: 1, column: 1, rows: 2, columns: 3 }));
        assert_eq!((area_of("D3:B2"), area_of("B2")), (None, None));
    }

    #[test]
    fn numbers_are_shown_as_their_formats_say() {
        for (code, shown) in [
            ("General", Shown::Number),
            ("0.00", Shown::Number),
            ("0%", Shown::Percent),
            ("yyyy\\-mm\\-dd", Shown::Date),
            ("[$-409]d-mmm-yy;@", Shown::Date),
            ("[h]:mm", Shown::Date),
            ("[Red]0", Shown::Number),
            ("0 \"days\"", Shown::Number),
            ("\"unclosed", Shown::Number),
        ] {
            assert_eq!(Shown::by_code(code), shown, "{code}");
        }
        for (number, shown, text) in [
            (1.0, Shown::Number, "1"),
            (0.1 + 0.2, Shown::Number, "0.3"),
            (0.07, Shown::Percent, "7%"),
            (46_348.0, Shown::Date, "2026-11-22"),
            (46_348.5, Shown::Date, "2026-11-22 12:00"),
            (1.0, Shown::Date, "1900-01-01"),
            (61.0, Shown::Date, "1900-03-01"),
            (0.75, Shown::Date, "18:00"),
            (-1.0, Shown::Date, "-1"),
            (1e300, Shown::Date, &format!("1{}", "0".repeat(300))),
        ] {
            assert_eq!(number_as(number, shown, false), text);
        }
        assert_eq!(number_as(44_886.0, Shown::Date, true), "2026-11-22");
    }
}
