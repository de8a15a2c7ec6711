//! Charts become team files; and the packages of spreadsheet programs are made of their parts, because mutated bytes seldom are one.

use crate::{Corpus, DAYS, read, shown};
use roleaudit::audit::{Selection, audit};
use roleaudit::import::assemble;
use roleaudit::import::chart::Asked;
use roleaudit::import::letters::Model;
use roleaudit::import::read::read as tables;
use roleaudit::import::settled::Settled;
use roleaudit::import::sources::{self, File};
use roleaudit::render::{self, Style};
use roleaudit::settings::Settings;
use roleaudit::source::{Source, Sources};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The longest table that is imported here. A few words can make a million rows, which are read in time and take all of it.
const MOST_LINES: usize = 5_000;

/// Imports a file with and without help of the user: it is refused in words, or becomes a team file that can be audited.
pub fn import(path: &str, bytes: &[u8]) -> Corpus {
    let grids = match tables(path, bytes) {
        Ok(grids) => grids,
        Err(refused) => {
            assert!(!refused.message.is_empty() && !refused.help.is_empty(), "{refused:?} says nothing");
            read::text::assert_harmless(&refused.message);
            return Corpus::Keep;
        }
    };
    let lines: usize = grids.iter().map(|grid| grid.lines.len()).sum();
    if lines > MOST_LINES {
        return Corpus::Reject;
    }
    for asked in [Asked::default(), Asked { model: Some(Model::Raci), actor: Some("Ann") }] {
        let file = File { path: path.to_owned(), grids: grids.clone() };
        match sources::charts(&[file], &asked) {
            Ok(charts) => assert_team_file(charts, &Settled::default()),
            Err(problems) => {
                let style = Style { color: false, width: Some(80) };
                let print =
                    |out: &mut dyn Write| render::problems(&problems, &Sources::default(), render::Level::Error, &style, out);
                let said = shown::written(print);
                read::text::assert_harmless(&said);
                assert!(!said.is_empty(), "nothing is said of {path}");
            }
        }
    }
    Corpus::Keep
}

/// Asserts that charts become a team file which every reader of YAML takes, and which can be audited.
pub fn assert_team_file(charts: sources::Sources, settled: &Settled) {
    let import = assemble(charts, "Shop", settled);
    let text = shown::written(|out| render::team_file(&import, out));
    let said = shown::written(|out| render::imported(&import, &Style { color: false, width: Some(80) }, out));
    read::text::assert_harmless(&text);
    read::text::assert_harmless(&said);
    let other: Result<serde_yaml::Value, _> = serde_yaml::from_str(&text);
    assert!(other.is_ok_and(|value| value.is_mapping()), "another reader refuses\n{text}");
    let sources = Sources::new(vec![Source::new("team.yaml", text)]);
    let linked =
        roleaudit::load(&sources, DAYS).unwrap_or_else(|invalid| panic!("{:#?}\n{:?}", invalid.errors, sources.iter().next()));
    audit(&linked.org, &Settings::default(), &Selection::default(), &sources);
}

/// What stands before each part of a package in an input: `@@ xl/worksheets/sheet1.xml`.
const PART: &str = "@@ ";

/// A package of the parts that an input names, and of the usual ones where it names none.
pub fn package(input: &str, usual: &[(&str, &str)]) -> Vec<u8> {
    let given = input.split(PART).filter_map(|part| part.split_once('\n'));
    let given: Vec<(&str, &str)> = given.map(|(name, text)| (name.trim(), text)).collect();
    let is_given = |name: &str| given.iter().any(|(known, _)| *known == name);
    let usual = usual.iter().copied().filter(|(name, _)| !is_given(name));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in usual.chain(given.iter().copied()) {
        // A name that stands twice, or is none, is left out.
        if archive.start_file(name, options).is_ok() {
            archive.write_all(text.as_bytes()).expect("it is in memory");
        }
    }
    archive.finish().expect("it is in memory").into_inner()
}

/// The parts of a workbook beside its sheet.
pub const WORKBOOK: [(&str, &str); 5] = [
    ("[Content_Types].xml", "<Types/>"),
    ("xl/workbook.xml", r#"<workbook xmlns:r="r"><sheets><sheet name="Roles" sheetId="1" r:id="r1"/></sheets></workbook>"#),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>"#,
    ),
    (
        "xl/sharedStrings.xml",
        "<sst><si><t>Task</t></si><si><t>Product Owner</t></si><si><t>Product Manager</t></si><si><t>Order the backlog</t></si><si><t>A</t></si><si><t>R</t></si></sst>",
    ),
    (
        "xl/styles.xml",
        r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs></styleSheet>"#,
    ),
];

/// The parts of an open document beside its content.
pub const DOCUMENT: [(&str, &str); 2] =
    [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("META-INF/manifest.xml", "<manifest/>")];
