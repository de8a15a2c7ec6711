//! Files become tables, whatever their format, as far as they are safe to read.
//!
//! What a file is shows in its bytes; its name settles only what they leave open. Nothing is run: formulas are the values that
//! they had, or their own text where they had none; links are their text. However large a file claims to be, reading takes memory for what it holds, within limits.

mod delimited;
mod document;
mod html;
mod markdown;
mod ods;
mod package;
#[cfg(test)]
mod sample;
mod sheet;
mod text;
mod xlsx;

use super::{Grid, letters};
use document::Document;
use memchr::memmem;
use package::Package;
use sheet::Room;

/// Why a file gives no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do instead.
    pub help: String,
}

impl Unreadable {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Unreadable { message: message.into(), help: help.into() }
    }

    /// A file of another kind than those that are read.
    fn other(what: &str) -> Self {
        Unreadable::new(format!("this is {what}, not a table"), KINDS)
    }
}

/// What can be read.
const KINDS: &str = "Save the table as CSV, TSV, Markdown, HTML, XLSX or ODS, and name that file.";

/// Reads the tables of a file, of which the path is for its ending only.
///
/// # Errors
/// What the file is instead, where it is not a table, cannot be read, or goes beyond the limits.
pub fn read(path: &str, bytes: &[u8]) -> Result<Vec<Grid>, Unreadable> {
    let room = &mut Room::default();
    let mut grids = if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        packed(bytes, room)?
    } else if let Some(what) = foreign(bytes) {
        return Err(Unreadable::other(what));
    } else if bytes.starts_with(COMPOUND) {
        return Err(compound(bytes));
    } else {
        let Some(text) = text::decode(bytes) else { return Err(Unreadable::other("a binary file")) };
        written(path, &text, room)?
    };
    share_legends(&mut grids);
    if grids.iter().any(is_table) { Ok(grids) } else { Err(Unreadable::new("there is no table in this file", KINDS)) }
}

/// Gives every table the legend that stands nearest above it elsewhere in the file, or below it if there is none above.
fn share_legends(grids: &mut [Grid]) {
    let legends: Vec<Vec<String>> = if grids.len() > 1 { grids.iter().map(legend_of).collect() } else { Vec::new() };
    let has_legend = |at: &usize| legends.get(*at).is_some_and(|legend| legend.len() > 1);
    let (mut above, mut below) = (None, (0..grids.len()).find(has_legend));
    for (at, grid) in grids.iter_mut().enumerate() {
        if below == Some(at) {
            below = (at + 1..legends.len()).find(has_legend);
        }
        grid.document.extend(above.or(below).and_then(|other: usize| legends.get(other)).into_iter().flatten().cloned());
        above = Some(at).filter(has_legend).or(above);
    }
}

/// How many lines a table has at most that is a legend and nothing else.
const LEGEND: usize = 12;

/// What a table and the texts beside it explain of letters: `R | Responsible` in its lines, `R = Responsible` in texts.
fn legend_of(grid: &Grid) -> Vec<String> {
    let mut found: Vec<String> = grid.around.iter().filter(|text| !letters::explanation(text).is_empty()).cloned().collect();
    for line in grid.lines.iter().take(LEGEND).filter(|_| grid.lines.len() <= LEGEND) {
        let mut filled = line.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty());
        if let (Some(letter), Some(word)) = (filled.next(), filled.next())
            && letter.chars().count() == 1
        {
            let text = format!("{letter} = {word}");
            found.extend(Some(text).filter(|text| !letters::explanation(text).is_empty()));
        } else {
            found.extend(line.cells.iter().map(|cell| &cell.text).filter(|text| !letters::explanation(text).is_empty()).cloned());
        }
    }
    found
}

/// Whether some line has two cells with text: what decides and what is decided cannot stand in one.
fn is_table(grid: &Grid) -> bool {
    grid.lines.iter().any(|line| line.cells.iter().filter(|cell| !cell.text.is_empty()).count() > 1)
}

/// The tables of a text.
fn written(path: &str, text: &str, room: &mut Room) -> Result<Vec<Grid>, Unreadable> {
    let start = text.trim_start();
    if start.is_empty() {
        return Err(Unreadable::new("this file is empty", "Name a file that holds a table of who decides what."));
    }
    if html::begins(start, "<?xml") && text.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        return Err(Unreadable::new("this is a workbook in the XML of 2003", "Save it as XLSX or CSV, and name that file."));
    }
    match kind(path, start) {
        Kind::Html => {
            let mut document = Document::default();
            html::read(text, 1, &mut document, room)?;
            Ok(document.into_grids())
        }
        Kind::Markdown => markdown::read(text, room),
        Kind::Delimited => delimited::read(text, room).map(|grid| vec![grid]),
    }
}

enum Kind {
    Html,
    Markdown,
    Delimited,
}

/// What kind of text a file holds.
fn kind(path: &str, start: &str) -> Kind {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    let begins = |tags: &[&str]| tags.iter().any(|tag| html::begins(start, tag));
    match ending.as_str() {
        _ if begins(&["<!doctype html", "<html"]) => Kind::Html,
        "html" | "htm" | "xhtml" => Kind::Html,
        "md" | "markdown" | "mdown" | "mdx" | "qmd" | "rmd" => Kind::Markdown,
        _ if start.lines().any(is_ruler) => Kind::Markdown,
        _ if begins(&["<table", "<meta"]) => Kind::Html,
        _ => Kind::Delimited,
    }
}

/// Whether a line is what stands below the head of a table in Markdown: `|---|:-:|`.
fn is_ruler(line: &str) -> bool {
    let line = line.trim();
    line.contains('|') && line.contains("--") && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}

/// The tables of a zip archive, by the parts that workbooks have.
fn packed(bytes: &[u8], room: &mut Room) -> Result<Vec<Grid>, Unreadable> {
    let mut package = Package::open(bytes)?;
    if package.has("xl/workbook.bin") {
        return Err(Unreadable::new("this is a binary workbook (XLSB)", "Save it as XLSX or CSV, and name that file."));
    }
    let others = [
        ("word/document.xml", "a Word document"),
        ("ppt/presentation.xml", "a presentation"),
        ("visio/document.xml", "a drawing"),
        ("Index/Document.iwa", "a document of Apple's iWork"),
    ];
    if let Some((_, what)) = others.iter().find(|(part, _)| package.has(part)) {
        return Err(Unreadable::other(what));
    }
    match package.start_of("mimetype", 100).as_deref().map(str::trim) {
        Some(kind) if kind.starts_with("application/vnd.oasis.opendocument.spreadsheet") => ods::read(&mut package, room),
        Some(kind) if kind.starts_with("application/vnd.oasis.opendocument.") => {
            Err(Unreadable::other("an OpenDocument file without sheets"))
        }
        Some("application/epub+zip") => Err(Unreadable::other("a book")),
        _ if package.has("[Content_Types].xml") => xlsx::read(&mut package, room),
        _ => Err(Unreadable::other("a zip archive")),
    }
}

/// How files of other kinds begin.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"RIFF", "a picture or a recording"),
    (b"{\\rtf", "a document in rich text"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh91AY", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"PAR1", "a data file in Parquet"),
];

/// What a file of another kind is, by how it begins.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    FOREIGN.iter().find(|(start, _)| bytes.starts_with(start)).map(|&(_, what)| what)
}

/// How the older files of office programs begin, and newer ones that are encrypted.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// What a file of an office program is, by the names in its list of streams.
fn compound(bytes: &[u8]) -> Unreadable {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(bytes, &name).is_some()
    };
    if has("EncryptedPackage") {
        package::protected()
    } else if has("Workbook") || has("Book") {
        // Its readers lay out whole sheets in memory, so two cells far apart would ask for all between them.
        Unreadable::new("this is a workbook in the format of before 2007 (XLS)", "Save it as XLSX or CSV, and name that file.")
    } else {
        Unreadable::other("a document of an office program")
    }
}

#[cfg(test)]
mod tests {
    use super::sample::{Zip, rows};
    use super::*;
    use crate::import::Unit;

    fn refused(path: &str, bytes: &[u8]) -> String {
        read(path, bytes).expect_err("it is no table").message
    }

    fn text_of(path: &str, bytes: &[u8]) -> String {
        read(path, bytes).expect("it is a table").iter().map(rows).collect()
    }

    #[test]
    fn what_is_no_table_is_told_in_one_sentence() {
        let word = Zip::new().part("[Content_Types].xml", "<Types/>").part("word/document.xml", "<w/>").bytes();
        let plain_zip = Zip::new().part("roles.csv", "a,b").bytes();
        let text = Zip::new().part("mimetype", "application/vnd.oasis.opendocument.text").bytes();
        let binary = Zip::new().part("xl/workbook.bin", "").bytes();
        let old = |name: &str| [COMPOUND, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()].concat();
        for (path, bytes, message) in [
            ("a.md", word.as_slice(), "this is a Word document, not a table"),
            ("a.csv", &plain_zip, "this is a zip archive, not a table"),
            ("a.ods", &text, "this is an OpenDocument file without sheets, not a table"),
            ("a.xlsx", &binary, "this is a binary workbook (XLSB)"),
            ("a.xlsx", b"PK\x03\x04 and no more", "this workbook is damaged"),
            ("a.md", b"\x89PNG\r\n\x1a\n", "this is a picture, not a table"),
            ("a.csv", b"%PDF-1.7", "this is a PDF document, not a table"),
            ("a.csv", b"a,b\0c", "this is a binary file, not a table"),
            ("a.xlsx", &old("EncryptedPackage"), "this workbook is protected by a password"),
            ("a.xls", &old("Workbook"), "this is a workbook in the format of before 2007 (XLS)"),
            ("a.doc", &old("WordDocument"), "this is a document of an office program, not a table"),
            ("a.csv", b"", "this file is empty"),
            ("a.csv", b"\xef\xbb\xbf \r\n", "this file is empty"),
            ("a.md", b"# Roles\n\nNo table.\n", "there is no table in this file"),
            ("a.csv", b"one\ncolumn\n", "there is no table in this file"),
            ("a.csv", b",,,\n,,,\n", "there is no table in this file"),
            ("a.html", b"<p>No table.</p>", "there is no table in this file"),
            (
                "a.xml",
                b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>",
                "this is a workbook in the XML of 2003",
            ),
        ] {
            assert_eq!(refused(path, bytes), message, "{path}");
        }
    }

    #[test]
    fn the_content_decides_before_the_name() {
        let expected = "1: Task | PO\n3: Plan | A\n";
        for path in ["a.md", "a.csv", "a.txt", "-", "a"] {
            assert_eq!(text_of(path, b"| Task | PO |\n|---|---|\n| Plan | A |\n"), expected, "{path}");
        }
        for path in ["a.xls", "a.csv", "a.html"] {
            assert_eq!(text_of(path, b"<html><table><tr><td>Task<td>PO</table>"), "1: Task | PO\n", "{path}");
        }
        // What is told of a table counts rows of a sheet and lines of a document.
        let unit = |path, bytes: &[u8]| read(path, bytes).expect("it is a table").first().map(|grid| grid.unit);
        assert_eq!(unit("a.xlsx", &workbook(SHEET).bytes()), Some(Unit::Row));
        assert_eq!(unit("a.html", b"<table><tr><td>x<td>y</table>"), Some(Unit::Line));
        assert_eq!(unit("a.md", b"a | b\n-|-\nc | d\n"), Some(Unit::Line));
        assert_eq!(unit("a.csv", b"a,b\nc,d\n"), Some(Unit::Row));
        // A document may begin with a table in HTML and go on in Markdown.
        let both = b"<table><tr><td>x<td>y</table>\n\n> 1 | 2\n> -|-\n> 3 | 4\n";
        assert_eq!(text_of("a.md", both), "1: x | y\n3: 1 | 2\n5: 3 | 4\n");
        for path in ["a.xlsx", "a.txt", "a.csv", "-"] {
            assert_eq!(text_of(path, b"Task;PO\nPlan;A\n"), "1: Task | PO\n2: Plan | A\n", "{path}");
        }
    }

    const SHEET: &str = r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><r><t>Bus</t></r><r><t xml:space="preserve">iness &amp; co</t></r><rPh><t>x</t></rPh></is></c><c r="C1" s="1"/></row>
<row r="2"><c r="B2" t="str"><f>"P"&amp;"O"</f><v>PO</v></c><c r="C2"><v>0.30000000000000004</v></c></row>
<row r="4"><c r="A4" s="1"><v>46348</v></c><c r="B4" s="2"><v>0.5</v></c><c r="C4" t="b"><v>1</v></c><c r="D4" t="e"><v>#SPILL!</v></c></row>
<row><c t="s"><v>1</v></c><c t="s"><v>9</v></c><c><v>text</v></c></row>
<row r="1048576"><c r="B1048576" t="s"><v>0</v></c></row>
</sheetData><mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells></worksheet>"#;

    fn workbook(sheet: &str) -> Zip {
        workbook_with("", sheet)
    }

    fn workbook_with(properties: &str, sheet: &str) -> Zip {
        Zip::new()
            .part("[Content_Types].xml", "<Types/>")
            .part("_rels/.rels", r#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="/xl/workbook.xml"/></Relationships>"#)
            .part(
                "xl/workbook.xml",
                &format!(r#"<workbook xmlns:r="r">{properties}<sheets><sheet name="Ro&lt;les" state="visible" sheetId="1" r:id="r1"/><sheet name="Secret" state="hidden" sheetId="2" r:id="r1"/><sheet name="Chart" sheetId="3" r:id="r4"/></sheets></workbook>"#),
            )
            .part(
                "xl/_rels/workbook.xml.rels",
                r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/><Relationship Id="r4" Type="x/chartsheet" Target="charts/c.xml"/></Relationships>"#,
            )
            .part("xl/sharedStrings.xml", r#"<sst uniqueCount="99999999999999999"><si><t>Task_x000D_
</t></si><si><r><t>Pl</t></r><r><t>an</t></r></si></sst>"#)
            .part("xl/styles.xml", r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs></styleSheet>"#)
            .part("xl/worksheets/sheet1.xml", sheet)
    }

    #[test]
    fn a_workbook_gives_what_its_visible_sheets_show() {
        let grids = read("a.xlsx", &workbook(SHEET).bytes()).expect("it is a table");
        let [grid] = grids.as_slice() else { panic!("one sheet is visible and holds cells: {grids:?}") };
        assert_eq!(grid.name, "sheet Ro<les");
        let expected = "1: Task | Business & co (2) | ^\n2: ^ | PO | 0.3\n4: 2026-11-22 | 50% | TRUE | #SPILL!\n5: Plan | | text\n1048576: | Task\n";
        assert_eq!(rows(grid), expected);
    }

    #[test]
    fn days_count_from_1904_where_the_workbook_says_so() {
        let sheet = r#"<sheetData><row r="1"><c r="A1" s="1"><v>44886</v></c><c r="B1"><v>1</v></c></row></sheetData>"#;
        for (properties, day) in [
            ("", "2022-11-21"),
            (r#"<workbookPr date1904="0"/>"#, "2022-11-21"),
            (r#"<workbookPr date1904="1"/>"#, "2026-11-22"),
            (r#"<workbookPr date1904="true"/>"#, "2026-11-22"),
        ] {
            let grids = read("a.xlsx", &workbook_with(properties, sheet).bytes()).expect("it is a table");
            assert_eq!(grids.iter().map(rows).collect::<String>(), format!("1: {day} | 1\n"), "{properties}");
        }
    }

    #[test]
    fn a_formula_that_nothing_has_computed_is_text() {
        let sheet = r#"<sheetData><row r="1"><c r="A1"><f>1+1</f><v/></c><c r="B1" t="str"><f>HYPERLINK("http://x","A")</f></c></row></sheetData>"#;
        let grids = read("a.xlsx", &workbook(sheet).bytes()).expect("it is a table");
        assert_eq!(grids.iter().map(rows).collect::<String>(), "1: =1+1 | =HYPERLINK(\"http://x\",\"A\")\n");
    }

    #[test]
    fn hostile_workbooks_are_refused() {
        let zeros = workbook(&format!("<worksheet>{}</worksheet>", " ".repeat(9 << 20))).bytes();
        assert_eq!(refused("a.xlsx", &zeros), "this file unpacks to far more than a table of who decides what needs");
        let row = |n: usize| format!(r#"<row r="{n}"><c r="XFD{n}" t="s"><v>0</v></c></row>"#);
        let wide: String = (1..2000).map(row).collect();
        assert_eq!(refused("a.xlsx", &workbook(&wide).bytes()), "the tables of this file have more than 4 million cells");
        for broken in [r#"<c r="ZZZZ1"><v>1</v></c>"#, "<c r='A0'><v>1</v></c>", "<c", "<c r='A1'><v>&#x110000;</v></c>"] {
            assert_eq!(refused("a.xlsx", &workbook(broken).bytes()), "this workbook is damaged", "{broken}");
        }
        let bytes = workbook(SHEET).bytes();
        for cut in (4..bytes.len()).step_by(211) {
            assert_eq!(refused("a.xlsx", &bytes[..cut]), "this workbook is damaged", "{cut}");
        }
        let far = r#"<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>"#;
        assert_eq!(refused("a.xlsx", &workbook(far).bytes()), "there is no table in this file");
    }

    /// Copies of some bytes with a few changed, the same ones in every run.
    fn changed(bytes: &[u8], copies: usize) -> impl Iterator<Item = Vec<u8>> {
        let mut state = 1u32;
        (0..copies).map(move |_| {
            let mut copy = bytes.to_vec();
            for _ in 0..4 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = (state >> 8) as usize % copy.len();
                let other = bytes[(state >> 4) as usize % bytes.len()];
                copy[at] = if state & 1 == 0 { other } else { state.to_be_bytes()[0] };
            }
            copy
        })
    }

    #[test]
    fn bytes_that_were_changed_never_end_the_program() {
        let page =
            "<h2>Roles</h2><table><tr><th rowspan=2>Task<th colspan='2'>Business</tr><tr><td>&amp;<td><!-- x --><br></table>";
        let document =
            "# Roles\n\n- **R** = does\n\n| Task | PO |\n|---|:-:|\n| Plan | <b>A</b> |\n\n<table>\n\n<tr><td>a<td>b</table>\n";
        let list = "\u{feff}Task;PO\r\n\"Plan\nit\";\"A\"\"\"\r\n;;\nÄ;R\n";
        let files =
            [("a.xlsx", workbook(SHEET).bytes()), ("a.html", page.into()), ("a.md", document.into()), ("a.csv", list.into())];
        let sheets = changed(SHEET.as_bytes(), 500).map(|sheet| ("a.xlsx", workbook(&String::from_utf8_lossy(&sheet)).bytes()));
        let files = files.iter().flat_map(|(path, bytes)| changed(bytes, 500).map(move |copy| (*path, copy))).chain(sheets);
        let (mut good, mut bad) = (0, 0);
        for (path, bytes) in files {
            match read(path, &bytes) {
                Ok(grids) => good += usize::from(grids.iter().any(is_table)),
                Err(unreadable) => bad += usize::from(!unreadable.message.is_empty() && !unreadable.help.is_empty()),
            }
        }
        assert_eq!(good + bad, 2500);
        assert!(good > 500 && bad > 500, "both are tried: {good}, {bad}");
    }

    #[test]
    fn an_open_document_gives_what_its_visible_sheets_show() {
        let content = r##"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"><office:automatic-styles>
<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet>
<table:table table:name="Roles" table:style-name="ta1">
<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Business<text:s/><text:span>side</text:span></text:p><text:p>today</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><office:annotation><text:p>note</text:p></office:annotation><text:p>PO</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2"/><table:table-cell table:number-columns-repeated="2"><text:p><text:a>A</text:a></text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table>
<table:table table:name="Secret" table:style-name="ta2"><table:table-row><table:table-cell table:number-columns-repeated="3"><text:p>x</text:p></table:table-cell></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"##;
        let document = |content: &str, manifest: &str| {
            Zip::new()
                .part("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
                .part("META-INF/manifest.xml", manifest)
                .part("content.xml", content)
                .bytes()
        };
        let grids = read("a.ods", &document(content, "")).expect("it is a table");
        assert_eq!(grids.iter().map(|grid| grid.name.as_str()).collect::<Vec<_>>(), ["sheet Roles"]);
        assert_eq!(rows(&grids[0]), "1: Business side today (2) | ^ | PO\n2: | | A | A\n3: | | A | A\n");
        assert_eq!(refused("a.ods", &document("noise", "<encryption-data/>")), "this workbook is protected by a password");
        let endless = content
            .replace(r#"rows-repeated="2""#, r#"rows-repeated="4000000000""#)
            .replace(r#"columns-repeated="2""#, r#"columns-repeated="999""#);
        assert_eq!(refused("a.ods", &document(&endless, "")), "the tables of this file have more than 4 million cells");
    }

    #[test]
    fn a_legend_elsewhere_in_the_file_is_known_to_every_table() {
        let text = b"| | |\n|-|-|\n| R | Responsible |\n| A | Accountable |\n\n# One\n\n|Task|PO|Dev|\n|-|-|-|\n|Plan|A|R|\n\n# Two\n\n|Task|PO|Dev|\n|-|-|-|\n|Ship|A|R|\n";
        let grids = read("a.md", text).expect("there are tables");
        let known: Vec<Vec<&str>> = grids.iter().map(|grid| grid.document.iter().map(String::as_str).collect()).collect();
        let legend = vec!["R = Responsible", "A = Accountable"];
        assert_eq!(known, [vec![], legend.clone(), legend]);
    }
}
