//! A drawing of the chart as inline SVG: the product on the left, its teams in a grid to the right.
//!
//! The layout is our own, and its numbers are whole, so that a drawing is the same wherever it is made. Colours are the page's.

use crate::render::escape::one_line;
use crate::review::chart::{Drawing, Line, TeamBox};
use maud::{Markup, html};
use std::fmt::Write;
use unicode_width::UnicodeWidthChar;

/// How wide the box of a product is, and that of a team.
const PRODUCT: usize = 256;
const TEAM: usize = 244;

/// Between two columns, with the line that joins the boxes in its middle.
const GUTTER: usize = 30;

/// Between two rows.
const GAP: usize = 16;

/// Where the boxes of several columns begin, below the line that leads to all columns.
const BELOW_RAIL: usize = 44;

/// Where lines meet a box, and the rail begins: beside the name.
const JOINT: usize = 20;

/// How round the corners are.
const ROUND: usize = 8;

/// Left and right of the text in a box.
const PADDING: usize = 14;

/// What the rows below what a line is about are set in by.
const INDENT: usize = 12;

/// The height of a row; that above and below the rows; and what lies between a name and the rows of its lines.
const ROW: usize = 20;
const EDGE: usize = 10;
const BELOW_NAME: usize = 4;

/// The width of a blank.
const BLANK: usize = 5;

/// The most rows of a name.
const NAME_ROWS: usize = 2;

/// Around everything, for the width of the strokes.
const MARGIN: usize = 2;

/// A box with its text, not yet put anywhere.
struct Card<'c> {
    class: &'c str,
    width: usize,
    name: Rows,
    facts: Vec<(&'c Line, Rows)>,
}

/// A text as it is set.
struct Rows {
    rows: Vec<String>,
    /// All of it, if something was cut.
    full: Option<String>,
}

/// Where a card is put.
#[derive(Clone, Copy)]
struct Place {
    x: usize,
    y: usize,
    height: usize,
}

/// The drawing, with ids that begin with `id`.
pub(super) fn svg(drawing: &Drawing, id: &str) -> Markup {
    let of_product = drawing.lines();
    let of_teams: Vec<Vec<Line>> = drawing.teams.iter().map(TeamBox::lines).collect();
    let product = drawing.product.map(|_| Card::of("product", &drawing.name, PRODUCT, &of_product));
    let class = |is_planned| if is_planned { "team planned" } else { "team" };
    let lined = drawing.teams.iter().zip(&of_teams);
    let teams: Vec<Card<'_>> = lined.map(|(team, lines)| Card::of(class(team.is_planned), &team.title(), TEAM, lines)).collect();
    let columns = columns(teams.len(), product.is_some());
    let places = grid(&teams, columns, product.is_some());
    let first = product.as_ref().map(|card| (card, Place { x: 0, y: 0, height: card.height() }));
    let cards: Vec<(&Card<'_>, Place)> = first.into_iter().chain(teams.iter().zip(places.iter().copied())).collect();
    let width = cards.iter().map(|(card, place)| place.x + card.width).max().unwrap_or(0) + 2 * MARGIN;
    let height = cards.iter().map(|(_, place)| place.y + place.height).max().unwrap_or(0) + 2 * MARGIN;
    let (title, told) = (drawing.title(), drawing.told());
    let across = columns + usize::from(product.is_some());
    html! {
        svg class={"chart across-" (across)} role="img" aria-labelledby={(id) "-title " (id) "-desc"}
            viewBox={"-" (MARGIN) " -" (MARGIN) " " (width) " " (height)} width=(width) height=(height) {
            title id={(id) "-title"} { (one_line(&title)) }
            desc id={(id) "-desc"} { (one_line(&told)) }
            @if product.is_some() && !places.is_empty() {
                path class="lines" d=(lines(&places, columns)) {}
            }
            @for (card, place) in &cards { (card.drawn(*place)) }
        }
    }
}

/// Few teams stand below each other, which also fits a narrow page.
fn columns(teams: usize, has_product: bool) -> usize {
    match teams {
        0..=3 if has_product => teams.min(1),
        0..=2 => teams,
        4..=6 if has_product => 2,
        _ => 3,
    }
}

/// Row by row; the boxes of a row are of one height.
fn grid(teams: &[Card<'_>], columns: usize, has_product: bool) -> Vec<Place> {
    let left = if has_product { PRODUCT + GUTTER } else { 0 };
    let mut y = if has_product && columns > 1 { BELOW_RAIL } else { 0 };
    let mut places = Vec::with_capacity(teams.len());
    for row in teams.chunks(columns.max(1)) {
        let height = row.iter().map(Card::height).max().unwrap_or(0);
        places.extend((0..row.len()).map(|column| Place { x: left + column * (TEAM + GUTTER), y, height }));
        y += height + GAP;
    }
    places
}

/// From the product along a rail to all columns, down each of them and into every box.
fn lines(places: &[Place], columns: usize) -> String {
    let mut path = String::new();
    let mut put = |written: std::fmt::Arguments<'_>| path.write_fmt(written).unwrap_or_default();
    let left = |place: &Place| place.x - GUTTER / 2;
    let rail = places.iter().map(left).max().unwrap_or(PRODUCT);
    put(format_args!("M{PRODUCT} {JOINT}H{}", if columns > 1 { rail - ROUND } else { rail }));
    for column in 0..columns {
        let boxes: Vec<&Place> = places.iter().skip(column).step_by(columns).collect();
        let Some((last, others)) = boxes.split_last() else { continue };
        let x = left(last);
        for place in others {
            put(format_args!("M{x} {}H{}", place.y + JOINT, place.x));
        }
        let end = last.y + JOINT;
        if end == JOINT {
            // The only box stands beside the product.
            put(format_args!("H{}", last.x));
        } else {
            let turn = if columns > 1 && x == rail { JOINT + ROUND } else { JOINT };
            if turn > JOINT {
                put(format_args!("M{} {JOINT}Q{x} {JOINT} {x} {turn}", x - ROUND));
            } else {
                put(format_args!("M{x} {turn}"));
            }
            put(format_args!("V{}Q{x} {end} {} {end}H{}", end - ROUND, x + ROUND, last.x));
        }
    }
    path
}

impl<'c> Card<'c> {
    fn of(class: &'c str, name: &str, width: usize, lines: &'c [Line]) -> Self {
        let room = width - 2 * PADDING;
        let facts = lines.iter().map(|line| (line, Rows::of_line(line, room))).collect();
        Card { class, width, name: Rows::of_name(name, room), facts }
    }

    fn height(&self) -> usize {
        let rows: usize = self.facts.iter().map(|(_, text)| text.rows.len()).sum();
        let below = if rows == 0 { 0 } else { BELOW_NAME };
        2 * EDGE + self.name.rows.len() * ROW + below + rows * ROW
    }

    fn drawn(&self, Place { x, y, height }: Place) -> Markup {
        let top = y + EDGE;
        let below = top + self.name.rows.len() * ROW + BELOW_NAME;
        let tops = self.facts.iter().scan(below, |top, (_, text)| {
            let at = *top;
            *top += text.rows.len() * ROW;
            Some(at)
        });
        html! {
            g class=(self.class) {
                rect class="box" x=(x) y=(y) width=(self.width) height=(height) rx=(ROUND) {}
                g {
                    @if let Some(full) = &self.name.full { title { (full) } }
                    @for (n, row) in self.name.rows.iter().enumerate() {
                        text class="name" x=(x + PADDING) y=(baseline(top, n)) { (row) }
                    }
                }
                @for ((line, text), top) in self.facts.iter().zip(tops) {
                    (fact(line, text, Place { x, y: top, height: text.rows.len() * ROW }, self.width))
                }
            }
        }
    }
}

/// A line of a box: a seat that nobody holds stands in a frame.
fn fact(line: &Line, text: &Rows, Place { x, y, height }: Place, width: usize) -> Markup {
    html! {
        g class=[line.is_vacant.then_some("vacant")] {
            @if let Some(full) = &text.full { title { (full) } }
            @if line.is_vacant {
                rect class="seat" x=(x + PADDING / 2) y=(y) width=(width - PADDING) height=(height - 1) rx=(ROUND - 2) {}
            }
            @for (n, row) in text.rows.iter().enumerate() {
                @if n == 0 {
                    text x=(x + PADDING) y=(baseline(y, n)) {
                        tspan class="about" { (line.about) }
                        @if !row.is_empty() { " " tspan { (row) } }
                    }
                } @else {
                    text x=(x + PADDING + INDENT) y=(baseline(y, n)) { (row) }
                }
            }
        }
    }
}

fn baseline(top: usize, row: usize) -> usize {
    top + row * ROW + 14
}

impl Rows {
    /// A name, which is set larger, broken at blanks.
    fn of_name(name: &str, width: usize) -> Self {
        let name = one_line(name);
        let width = width * 6 / 7;
        let mut rows: Vec<String> = Vec::new();
        for word in name.split(' ').filter(|word| !word.is_empty()) {
            let is_full = rows.len() == NAME_ROWS;
            match rows.last_mut() {
                Some(row) if is_full || length(row) + BLANK + length(word) <= width => row.extend([" ", word]),
                _ => rows.push(word.to_owned()),
            }
        }
        Rows::cut(rows, width, || name.into_owned())
    }

    /// What a line says beside what it is about, if there is room, else below it. The first row stands beside, and may be empty.
    fn of_line(line: &Line, width: usize) -> Self {
        let text = line.text();
        let text = one_line(&text);
        if length(line.about) + BLANK + length(&text) <= width {
            return Rows { rows: vec![text.into_owned()], full: None };
        }
        let below = line.says.iter().map(|says| one_line(says).into_owned());
        let rows = [String::new()].into_iter().chain(below).collect();
        Rows::cut(rows, width - INDENT, || format!("{}: {text}", line.about))
    }

    fn cut(mut rows: Vec<String>, width: usize, full: impl FnOnce() -> String) -> Self {
        let mut is_cut = false;
        for row in rows.iter_mut().filter(|row| length(row) > width) {
            *row = cut(row, width);
            is_cut = true;
        }
        Rows { rows, full: is_cut.then(full) }
    }
}

/// How wide a text is at most as browsers set it, in the size of the lines: their fonts differ, and are not there to ask.
fn length(text: &str) -> usize {
    text.chars().map(tenths).sum::<usize>().div_ceil(10)
}

fn tenths(c: char) -> usize {
    match c {
        ' ' | 'i' | 'l' | 'j' | 't' | 'f' | 'r' | '.' | ',' | '\'' | '(' | ')' | '-' => 50,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' | '—' => 135,
        _ if c.is_uppercase() => 95,
        _ => c.width().unwrap_or(0) * 80,
    }
}

/// The text as far as it fits.
fn cut(text: &str, width: usize) -> String {
    let room = (width * 10).saturating_sub(tenths('…'));
    let mut used = 0;
    let fits = |c: &char| {
        used += tenths(*c);
        used <= room
    };
    let kept: String = text.chars().take_while(fits).collect();
    kept.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample::{HOSTILE, assert_harmless, quoted};
    use crate::review::chart::tests::{drawings, many_teams};
    use quick_xml::Reader;
    use quick_xml::events::{BytesStart, Event};

    #[derive(Clone, Copy, Debug, PartialEq)]
    struct Area {
        x: i64,
        y: i64,
        width: i64,
        height: i64,
    }

    impl Area {
        fn holds(self, other: Area) -> bool {
            self.x <= other.x
                && self.y <= other.y
                && other.x + other.width <= self.x + self.width
                && other.y + other.height <= self.y + self.height
        }

        fn overlaps(self, other: Area) -> bool {
            self.x < other.x + other.width
                && other.x < self.x + self.width
                && self.y < other.y + other.height
                && other.y < self.y + self.height
        }
    }

    /// A drawing as a parser that is not ours reads it.
    #[derive(Default)]
    struct Seen {
        view: Vec<i64>,
        boxes: Vec<Area>,
        frames: Vec<Area>,
        texts: Vec<(Area, String)>,
        /// What is shown where the mouse rests, after the title and the description.
        titles: Vec<String>,
        lines: String,
        elements: Vec<String>,
    }

    fn seen(svg: &str) -> Seen {
        let mut seen = Seen::default();
        let mut reader = Reader::from_str(svg);
        let mut open: Vec<String> = Vec::new();
        loop {
            match reader.read_event().expect("it is well-formed") {
                Event::Start(start) => {
                    let name = String::from_utf8(start.name().as_ref().to_vec()).expect("it is UTF-8");
                    begin(&mut seen, &name, &start);
                    seen.elements.push(name.clone());
                    open.push(name);
                }
                Event::Text(text) => add(&mut seen, &open, &text.decode().expect("it is UTF-8")),
                Event::GeneralRef(name) => {
                    let name = name.decode().expect("it is UTF-8");
                    let c = quick_xml::escape::resolve_predefined_entity(&name).expect("only these are written");
                    add(&mut seen, &open, c);
                }
                Event::End(_) => drop(open.pop()),
                Event::Eof => return seen,
                other => panic!("unexpected {other:?}"),
            }
        }
    }

    fn begin(seen: &mut Seen, name: &str, start: &BytesStart<'_>) {
        let value = |key: &str| {
            let found = start.try_get_attribute(key).expect("attributes are well-formed");
            found.map(|found| String::from_utf8(found.value.to_vec()).expect("it is UTF-8"))
        };
        let number = |key: &str| value(key).map_or(0, |number| number.parse::<i64>().expect("numbers are whole"));
        let area = Area { x: number("x"), y: number("y"), width: number("width"), height: number("height") };
        match (name, value("class").unwrap_or_default().as_str()) {
            ("svg", _) => {
                let view = value("viewBox").expect("there is a view");
                seen.view = view.split(' ').map(|number| number.parse().expect("numbers are whole")).collect();
                assert_eq!(seen.view[2..], [area.width, area.height]);
            }
            ("rect", "box") => seen.boxes.push(area),
            ("rect", _) => seen.frames.push(area),
            ("text", _) => seen.texts.push((area, String::new())),
            ("title" | "desc", _) => seen.titles.push(String::new()),
            ("path", _) => seen.lines = value("d").unwrap_or_default(),
            _ => {}
        }
    }

    fn add(seen: &mut Seen, open: &[String], text: &str) {
        let shown = if open.iter().any(|name| name == "title" || name == "desc") {
            seen.titles.last_mut()
        } else {
            seen.texts.last_mut().map(|(_, shown)| shown)
        };
        shown.expect("text stands in a text").push_str(text);
    }

    fn shown(drawing: &Drawing) -> Seen {
        seen(&svg(drawing, "c").into_string())
    }

    /// The straight lines of a path, as areas without an inside.
    fn strokes(path: &str) -> Vec<Area> {
        let mut strokes = Vec::new();
        let (mut x, mut y) = (0, 0);
        let mut rest = path;
        while let Some(command) = rest.chars().next() {
            let end = rest[1..].find(|c: char| c.is_ascii_alphabetic()).map_or(rest.len(), |end| end + 1);
            let numbers: Vec<i64> = rest[1..end].split(' ').map(|number| number.parse().expect("numbers are whole")).collect();
            let (to_x, to_y) = match (command, numbers.as_slice()) {
                ('H', [to]) => (*to, y),
                ('V', [to]) => (x, *to),
                ('M', [to_x, to_y]) | ('Q', [_, _, to_x, to_y]) => (*to_x, *to_y),
                other => panic!("unexpected {other:?}"),
            };
            if command != 'M' {
                strokes.push(Area { x: x.min(to_x), y: y.min(to_y), width: (x - to_x).abs(), height: (y - to_y).abs() });
            }
            (x, y) = (to_x, to_y);
            rest = &rest[end..];
        }
        strokes
    }

    fn assert_laid_out(seen: &Seen, what: &str) {
        let [x, y, width, height] = seen.view[..] else { panic!("a view has four numbers") };
        let view = Area { x, y, width, height };
        for (n, one) in seen.boxes.iter().enumerate() {
            assert!(
                view.holds(Area { x: one.x - 1, y: one.y - 1, width: one.width + 2, height: one.height + 2 }),
                "{what}: {one:?}"
            );
            assert_eq!(seen.boxes[n + 1..].iter().find(|other| one.overlaps(**other)), None, "{what}: {one:?}");
        }
        for (at, text) in &seen.texts {
            // Letters rise above the line that they stand on, and hang below it.
            let area = Area { x: at.x, y: at.y - 12, width: length(text) as i64, height: 16 };
            assert!(seen.boxes.iter().any(|one| one.holds(area)), "{what}: {text:?} at {area:?}");
        }
        for frame in &seen.frames {
            assert!(seen.boxes.iter().any(|one| one.holds(*frame)), "{what}: {frame:?}");
        }
        for (n, (one, text)) in seen.texts.iter().enumerate() {
            let is_on = |(other, _): &&(Area, String)| (one.y - other.y).abs() < 16 && (one.x - other.x).abs() < 200;
            assert_eq!(seen.texts[n + 1..].iter().find(is_on), None, "{what}: {text:?}");
        }
        for stroke in strokes(&seen.lines) {
            assert!(view.holds(stroke), "{what}: {stroke:?}");
            assert_eq!(seen.boxes.iter().find(|one| one.overlaps(stroke)), None, "{what}: {stroke:?}");
        }
    }

    /// One drawing of so many teams, also of more than the chart puts into one.
    fn drawing_of(count: usize) -> Drawing {
        let parts = drawings(&many_teams(count));
        let teams: Vec<TeamBox> = parts.iter().flat_map(|part| part.teams.clone()).collect();
        let first = parts.into_iter().next().expect("there is a product");
        Drawing { teams, part: None, ..first }
    }

    #[test]
    fn nothing_overlaps_and_nothing_is_outside() {
        for count in [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 40, 200] {
            let drawing = drawing_of(count);
            let seen = shown(&drawing);
            assert_eq!(seen.boxes.len(), count + 1);
            assert!(seen.view[2] <= 1082, "{count} teams are {} wide", seen.view[2]);
            assert_laid_out(&seen, &format!("{count} teams"));
            let without_product = Drawing { product: None, ..drawing };
            let seen = self::shown(&without_product);
            assert_eq!((seen.boxes.len(), seen.lines.as_str()), (count, ""));
            assert_laid_out(&seen, &format!("{count} teams without a product"));
        }
    }

    #[test]
    fn every_team_is_reached_by_a_line() {
        for count in [1, 2, 3, 4, 6, 7, 40] {
            let seen = shown(&drawing_of(count));
            let strokes = strokes(&seen.lines);
            for team in &seen.boxes[1..] {
                let ends_there =
                    |stroke: &&Area| stroke.x + stroke.width == team.x && (team.y..team.y + team.height).contains(&stroke.y);
                assert!(strokes.iter().any(|stroke| ends_there(&stroke)), "{count} teams: {team:?}");
            }
        }
    }

    #[test]
    fn forty_teams_stand_in_three_columns() {
        let seen = shown(&drawing_of(40));
        let mut lefts: Vec<i64> = seen.boxes[1..].iter().map(|team| team.x).collect();
        lefts.sort_unstable();
        lefts.dedup();
        let mut tops: Vec<i64> = seen.boxes[1..].iter().map(|team| team.y).collect();
        tops.dedup();
        assert_eq!((lefts.len(), tops.len()), (3, 14));
        assert_eq!(seen.frames.len(), 8);
    }

    #[test]
    fn a_drawing_says_who_holds_the_seats() {
        let text = "roleaudit: 1\npeople: {dana: Dana, lee: Lee Marchetti, katharina: Katharina Schmidt}\nproducts: {app: {name: \
                    App, product-manager: dana, product-owner: nobody}}\nteams: {core: {name: Core, product: app, scrum-master: \
                    [lee, katharina], developers: 4}}\n";
        let [drawing] = drawings(text).try_into().expect("there is one product");
        let seen = shown(&drawing);
        let texts: Vec<&str> = seen.texts.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "App",
                "Product manager Dana",
                "Product owner nobody",
                "Core",
                "Scrum Master",
                "Lee Marchetti",
                "Katharina Schmidt",
                "Developers 4"
            ]
        );
        assert_eq!(seen.titles, ["App", "Product manager: Dana. Product owner: nobody. 1 team: Core. 1 seat is vacant."]);
        assert_eq!((seen.boxes.len(), seen.frames.len()), (2, 1));
    }

    #[test]
    fn the_image_is_named_by_its_title_and_description() {
        let markup = svg(&drawing_of(1), "chart-3").into_string();
        let start = "<svg class=\"chart across-2\" role=\"img\" aria-labelledby=\"chart-3-title chart-3-desc\" viewBox=\"-2 -2 \
                     534 88\" width=\"534\" height=\"88\"><title id=\"chart-3-title\">Checkout</title><desc id=\"chart-3-desc\">";
        assert_eq!(markup.get(..start.len()), Some(start));
        assert!(!markup.contains("style") && !markup.contains("foreignObject"), "{markup}");
    }

    #[test]
    fn names_come_back_as_they_were_written() {
        let long = "Wolfeschlegelstein ".repeat(16);
        let names = [
            "</text><script>alert(1)</script>",
            "\"q\" & 'r' &lt; <!--",
            "]]> {} \\",
            long.trim(),
            "決済",
            "WWWWWWWWWWWWWWWWWWWWWWWWW",
        ];
        let teams = names.iter().enumerate().map(|(n, name)| format!("  t{n}: {{name: {}, product: app}}\n", quoted(name)));
        let text = format!("roleaudit: 1\nproducts: {{app: }}\nteams:\n{}", teams.collect::<String>());
        let [drawing] = drawings(&text).try_into().expect("there is one product");
        let seen = shown(&drawing);
        assert_laid_out(&seen, "hostile names");
        let all: Vec<&str> =
            seen.texts.iter().map(|(_, text)| text.as_str()).chain(seen.titles.iter().map(String::as_str)).collect();
        let whole = all.join(" ");
        for name in names {
            assert!(whole.contains(name), "{name:?} is not in {all:#?}");
        }
        let known = ["svg", "title", "desc", "path", "g", "rect", "text", "tspan"];
        assert_eq!(seen.elements.iter().find(|name| !known.contains(&name.as_str())), None);
    }

    #[test]
    fn what_a_terminal_obeys_is_gone() {
        let name = quoted(HOSTILE);
        let text = format!(
            "roleaudit: 1\npeople: {{a: {name}}}\nproducts: {{app: {{name: {name}, product-owner: a}}}}\nteams: {{t: {{name: \
             {name}, product: app}}}}\n"
        );
        for drawing in drawings(&text) {
            assert_harmless(&svg(&drawing, "c").into_string());
            assert_laid_out(&shown(&drawing), "hostile names");
        }
    }

    #[test]
    fn every_class_has_a_rule() {
        let text = many_teams(7).replace("developers: 1,", "developers: 0,");
        let markup: String = drawings(&text).iter().map(|drawing| svg(drawing, "c").into_string()).collect();
        let classes =
            markup.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next()).flat_map(|classes| classes.split(' '));
        for class in classes.filter(|class| *class != "team") {
            assert!(include_str!("chart.css").contains(&format!(".{class}")), "{class} has no rule");
        }
    }
}
