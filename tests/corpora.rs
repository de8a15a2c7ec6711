//! The corpora of others: all cases of the YAML test suite and all inputs of JSONTestSuite, through the parser and the program.
//!
//! Where the suite takes a text that is refused here, a limit of team files says so, and the lists below name it with its message. What
//! is taken has to be read as the suite reads it. `tests/corpora/` says where the files come from.

#![allow(clippy::panic, reason = "a test fails by panicking")]

use roleaudit::Days;
use roleaudit::audit::{Selection, audit};
use roleaudit::import::chart::Asked;
use roleaudit::import::settled::Settled;
use roleaudit::import::sources::{self, File};
use roleaudit::import::{assemble, read};
use roleaudit::problem::{Place, Problem};
use roleaudit::render::{self, Level, Style};
use roleaudit::settings::{self, Settings};
use roleaudit::source::{FileId, Source, Sources};
use roleaudit::yaml::{self, Kind, Node, Parsed};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const DOCUMENTS: &str = "a second YAML document begins here";
const TAG: &str = "the tag means nothing in a team file";
const LIST_OR_MAP_AS_KEY: &str = "a key is a word, not a list or a map";
const NO_KEY: &str = "this entry has no key";

/// What the YAML test suite takes and a team file does not: the message, and the cases in which it is given.
const LIMITS: [(&str, &[&str]); 4] = [
    (
        DOCUMENTS,
        &[
            "35KP", "5TYM", "6WLZ", "6XDY", "6ZKB", "7Z25", "9DXL", "9KAX", "9WXW", "JHB9", "KSS4", "L383", "M7A3", "NKF9",
            "PUW8", "RZT7", "U9NS", "UT92", "W4TN",
        ],
    ),
    (
        TAG,
        &[
            "2XXW", "52DL", "565N", "5TYM", "6CK3", "6WLZ", "7FWL", "8MK2", "9WXW", "C4HZ", "CC74", "CUP7", "J7PZ", "M5C3",
            "P76L", "S4JQ", "UGM3", "UKK6-02", "Z67P", "Z9M4",
        ],
    ),
    (
        LIST_OR_MAP_AS_KEY,
        &[
            "4FJ6", "6BFJ", "6PBE", "9MMW", "KK5P", "LX3P", "M2N8-00", "M2N8-01", "M5DY", "Q9WF", "RZP5", "SBG9", "V9D5", "X38W",
            "XW4D",
        ],
    ),
    (NO_KEY, &["2JQS", "6M2F", "CFD4", "DFF7", "FH7J", "FRK4", "M2N8-00", "NHX8", "NKF9", "PW8X", "S3PD", "SM9W-01", "UKK6-00"]),
];

const STRANGE: &str = "the character cannot stand in a file";

/// What JSON takes and a team file does not.
const JSON_LIMITS: [(&str, &[&str]); 2] = [
    ("the key `a` stands here a second time", &["y_object_duplicated_key", "y_object_duplicated_key_and_value"]),
    (STRANGE, &["y_string_nonCharacterInUTF-8_U+FFFF", "y_string_unescaped_char_delete", "y_string_with_del_character"]),
];

/// One input of a corpus.
struct Case {
    /// Its id, or its file's name without the ending.
    name: String,
    path: PathBuf,
    bytes: Vec<u8>,
}

fn corpus(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora").join(folder)
}

/// The inputs of a folder with an ending, in the order of their names.
fn cases(folder: &str, ending: &str) -> Vec<Case> {
    let entries = fs::read_dir(corpus(folder)).unwrap_or_else(|error| panic!("tests/corpora/{folder}: {error}"));
    let paths = entries.map(|entry| entry.expect("an entry can be read").path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|found| found == ending)).collect();
    paths.sort();
    let case = |path: PathBuf| Case {
        name: path.file_stem().expect("a file has a name").to_string_lossy().into_owned(),
        bytes: fs::read(&path).expect("the file can be read"),
        path,
    };
    paths.into_iter().map(case).collect()
}

fn accepted_yaml() -> Vec<Case> {
    cases("yaml-test-suite/accept", "yaml")
}

fn refused_yaml() -> Vec<Case> {
    cases("yaml-test-suite/refuse", "yaml")
}

fn json() -> Vec<Case> {
    cases("json-test-suite", "json")
}

fn all() -> impl Iterator<Item = Case> {
    accepted_yaml().into_iter().chain(refused_yaml()).chain(json())
}

/// Reads bytes as the program does, and passes on what comes of them; what is no text has no tree.
fn with<T>(bytes: &[u8], then: impl FnOnce(&Sources, FileId, Parsed<'_>) -> T) -> T {
    let sources = Sources::new(vec![Source::decode("case.yaml", bytes.to_vec())]);
    let (file, source) = sources.iter().next().expect("there is one file");
    let parsed = match source.fault_at(file) {
        Some(fault) => Parsed { root: None, errors: vec![fault], warnings: Vec::new() },
        None => yaml::parse(file, &source.text),
    };
    then(&sources, file, parsed)
}

/// The kinds of messages among problems, without what they quote of tags and characters.
fn kinds(problems: &[Problem]) -> BTreeSet<String> {
    let kind = |problem: &Problem| match problem.message.split_once('`') {
        Some(("the tag ", _)) => TAG.to_owned(),
        Some(("the character ", _)) => STRANGE.to_owned(),
        _ => problem.message.clone(),
    };
    problems.iter().map(kind).collect()
}

/// The messages that lists of limits name for a case.
fn limits_of(limits: &[(&str, &[&str])], name: &str) -> BTreeSet<String> {
    limits.iter().filter(|(_, cases)| cases.contains(&name)).map(|(message, _)| (*message).to_owned()).collect()
}

fn how_many(limits: &[(&str, &[&str])]) -> usize {
    limits.iter().flat_map(|(_, cases)| *cases).collect::<BTreeSet<_>>().len()
}

// What is read

/// A value, as the suite says that it is and as it is read here.
#[derive(Clone, Debug, PartialEq)]
enum Tree {
    Blank,
    Text { text: String, plain: bool },
    List(Vec<Tree>),
    Map(Vec<(Tree, Tree)>),
}

impl Tree {
    fn of(node: &Node<'_>) -> Tree {
        match &node.kind {
            Kind::Blank | Kind::Broken => Tree::Blank,
            Kind::Scalar { text, plain } => Tree::Text { text: text.to_string(), plain: *plain },
            Kind::List(items) => Tree::List(items.iter().map(Tree::of).collect()),
            Kind::Map { entries, .. } => {
                let key = |key: &str, plain| Tree::Text { text: key.to_owned(), plain };
                // How a key is written is not kept; the suite's keys are made alike below.
                Tree::Map(entries.iter().map(|entry| (key(&entry.key, true), Tree::of(&entry.value))).collect())
            }
        }
    }
}

/// The suite's events of one document, from the first value on.
struct Events<'e> {
    lines: std::str::Lines<'e>,
    anchors: HashMap<&'e str, Tree>,
}

impl<'e> Events<'e> {
    /// The value of a stream of at most one document; nothing if it has none.
    fn read(events: &'e str) -> Tree {
        let mut events = Events { lines: events.lines(), anchors: HashMap::new() };
        events.value().unwrap_or(Tree::Blank)
    }

    /// The next value; nothing where a collection or the stream ends.
    fn value(&mut self) -> Option<Tree> {
        let line = self.lines.next()?;
        let (event, rest) = line.split_at(line.len().min(4));
        let (anchor, tag, rest) = properties(rest.trim_start_matches(' '));
        let tree = match event {
            "+STR" | "+DOC" | "-DOC" => return self.value(),
            "=ALI" => return self.anchors.get(rest.trim_start_matches('*')).cloned(),
            "=VAL" => scalar(tag, rest),
            "+SEQ" => Tree::List(std::iter::from_fn(|| self.value()).collect()),
            "+MAP" => Tree::Map(std::iter::from_fn(|| Some((as_key(self.value()?), self.value()?))).collect()),
            _ => return None,
        };
        self.anchors.extend(anchor.map(|anchor| (anchor, tree.clone())));
        Some(tree)
    }
}

/// The anchor and the tag of a value, and what stands behind them.
fn properties(mut rest: &str) -> (Option<&str>, Option<&str>, &str) {
    let (mut anchor, mut tag) = (None, None);
    while rest.starts_with(['&', '<', '[', '{']) {
        let (property, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        anchor = property.strip_prefix('&').or(anchor);
        tag = property.strip_prefix('<').or(tag);
        rest = behind;
    }
    (anchor, tag, rest)
}

fn scalar(tag: Option<&str>, written: &str) -> Tree {
    let (style, escaped) = written.split_at(1);
    let mut text = String::new();
    let mut letters = escaped.chars();
    while let Some(letter) = letters.next() {
        text.push(match letter {
            '\\' => match letters.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some('b') => '\u{8}',
                other => other.unwrap_or(letter),
            },
            letter => letter,
        });
    }
    match (style, text.as_str()) {
        (":", "" | "~") if tag != Some("tag:yaml.org,2002:str>") => Tree::Blank,
        _ => Tree::Text { text, plain: style == ":" },
    }
}

fn as_key(tree: Tree) -> Tree {
    match tree {
        Tree::Text { text, .. } => Tree::Text { text, plain: true },
        other => other,
    }
}

#[test]
fn yaml_is_refused_where_the_suite_refuses_it() {
    let refused = refused_yaml();
    assert_eq!(refused.len(), 94);
    for Case { name, bytes, .. } in refused {
        let text = String::from_utf8(bytes.clone()).expect("the suite is text");
        assert!(yaml::scan(&text).is_err(), "{name} is read:\n{text}");
        with(&bytes, |_, _, parsed| assert!(!parsed.errors.is_empty(), "{name} is taken:\n{text}"));
    }
}

#[test]
fn yaml_is_read_as_the_suite_reads_it_but_for_limits_of_team_files() {
    let accepted = accepted_yaml();
    assert_eq!((accepted.len(), how_many(&LIMITS)), (308, 62));
    let mut wrong = Vec::new();
    for Case { name, path, bytes } in accepted {
        let text = String::from_utf8(bytes.clone()).expect("the suite is text");
        assert!(yaml::scan(&text).is_ok(), "{name} is refused:\n{text}");
        let events = fs::read_to_string(path.with_extension("event")).expect("every case that is taken has events");
        with(&bytes, |_, _, parsed| {
            let said = kinds(&parsed.errors);
            if said != limits_of(&LIMITS, &name) {
                wrong.push(format!("{name} is refused because of {said:?}:\n{text}"));
            } else if said.is_empty() {
                let (read, meant) = (parsed.root.as_ref().map(Tree::of), Some(Events::read(&events)));
                if read != meant {
                    wrong.push(format!("{name} is read as {read:?}\n  instead of {meant:?}:\n{text}"));
                }
            }
        });
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn json_is_read_as_json_but_for_limits_of_team_files() {
    fn says_the_same(node: &Node<'_>, value: &serde_json::Value) -> bool {
        use serde_json::Value;
        match (&node.kind, value) {
            (Kind::Scalar { text, plain: false }, Value::String(meant)) => text == meant,
            // Numbers, `true` and `null` stay the words that are written.
            (Kind::Scalar { text, plain: true }, Value::Number(_) | Value::Bool(_) | Value::Null) => {
                serde_json::from_str::<Value>(text).is_ok_and(|written| written == *value)
            }
            (Kind::List(items), Value::Array(meant)) => {
                items.len() == meant.len() && items.iter().zip(meant).all(|(item, meant)| says_the_same(item, meant))
            }
            (Kind::Map { entries, .. }, Value::Object(meant)) => {
                let is_meant = |(entry, (key, value)): (&yaml::Entry<'_>, (&String, &Value))| {
                    entry.key == *key && says_the_same(&entry.value, value)
                };
                entries.len() == meant.len() && entries.iter().zip(meant).all(is_meant)
            }
            _ => false,
        }
    }

    let inputs = json();
    let named = |kind: char| inputs.iter().filter(move |case| case.name.starts_with(kind));
    assert_eq!(['y', 'n', 'i'].map(|kind| named(kind).count()), [95, 188, 35]);
    assert_eq!(how_many(&JSON_LIMITS), 5);
    for Case { name, bytes, .. } in named('y') {
        with(bytes, |_, _, parsed| {
            let said = kinds(&parsed.errors);
            assert_eq!(said, limits_of(&JSON_LIMITS, name), "{name}");
            let value = serde_json::from_slice(bytes).expect("JSON takes it");
            let root = parsed.root.filter(|_| said.is_empty());
            assert!(root.is_none_or(|root| says_the_same(&root, &value)), "{name} is read as something else than {value}");
        });
    }
    // YAML takes words without quotes, commas at the end, remarks and much else that JSON refuses.
    let taken = |case: &&Case| with(&case.bytes, |_, _, parsed| parsed.errors.is_empty());
    assert_eq!(['n', 'i'].map(|kind| named(kind).filter(taken).count()), [90, 11]);
}

#[test]
fn what_json_holds_under_a_key_of_ones_own_is_audited() {
    let mut audited = 0;
    for Case { name, bytes, .. } in json().into_iter().filter(|case| case.name.starts_with('y')) {
        if !limits_of(&JSON_LIMITS, &name).is_empty() {
            continue;
        }
        let input = String::from_utf8(bytes).expect("JSON is text");
        let text = format!(r#"{{"roleaudit": 1, "products": {{"app": {{}}}}, "x-own": {input}}}"#);
        let sources = Sources::new(vec![Source::new("team.json", text)]);
        let linked = roleaudit::load(&sources, days()).unwrap_or_else(|invalid| panic!("{name}: {:#?}", invalid.errors));
        let report = audit(&linked.org, &Settings::default(), &Selection::default(), &sources);
        assert_eq!(report.read.products, 1, "{name}");
        audited += 1;
    }
    assert_eq!(audited, 90);
}

// What is said

fn days() -> Days {
    Days { as_of: None, today: jiff::civil::date(2026, 11, 21) }
}

/// Every problem has a place in the text and is told without anything that a terminal obeys.
fn assert_told(name: &str, problems: &[Problem], sources: &Sources) {
    assert!(!problems.is_empty(), "{name} is refused without a word");
    let mut out = Vec::new();
    let style = Style { color: false, width: Some(80) };
    render::problems(problems, sources, Level::Error, &style, &mut out).expect("memory can be written");
    let told = String::from_utf8(out).expect("what is told is text");
    let obeyed = told.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(obeyed, None, "{name}: {told}");
    for problem in problems {
        let Place::Text(at) = problem.at else { panic!("{name}: {problem:?} has no place") };
        let position = sources.position(at);
        assert!(told.contains(&format!("--> case.yaml:{}:{}\n", position.line, position.column)), "{name}: {told}");
        let len = sources.get(at.file).text.len();
        assert!(at.start <= at.end && at.end as usize <= len, "{name}: {at:?} lies outside of {len} bytes");
    }
}

#[test]
fn whatever_a_file_of_any_kind_holds_its_faults_have_places() {
    for Case { name, bytes, .. } in all() {
        with(&bytes, |sources, file, _| {
            let source = sources.get(file);
            let Err(invalid) = roleaudit::load(sources, days()) else { panic!("{name} is no team file") };
            assert_told(&name, &invalid.errors, sources);
            if let Err(errors) = settings::load(file, source) {
                assert_told(&name, &errors, sources);
            }
            if let Err(errors) = Settled::read(file, source) {
                assert_told(&name, &errors, sources);
            }
        });
    }
}

#[test]
fn whatever_a_chart_holds_its_import_ends() {
    let (mut imported, mut refused) = (0, 0);
    for Case { name, bytes, .. } in all() {
        for kind in ["csv", "md", "html", "xlsx"] {
            let path = format!("case.{kind}");
            let Ok(grids) = read::read(&path, &bytes) else {
                refused += 1;
                continue;
            };
            let asked = Asked { model: None, actor: None };
            let Ok(charts) = sources::charts(&[File { path, grids }], &asked) else {
                refused += 1;
                continue;
            };
            let mut team_file = Vec::new();
            let import = assemble(charts, &name, &Settled::default());
            render::team_file(&import, &mut team_file).expect("memory can be written");
            let sources = Sources::new(vec![Source::decode("team.yaml", team_file)]);
            assert!(roleaudit::load(&sources, days()).is_ok(), "{name} as {kind}");
            imported += 1;
        }
    }
    assert_eq!(imported + refused, 4 * (402 + 318));
}

// Through the program

fn run(command: &mut Command) -> Output {
    command.env_remove("GITHUB_STEP_SUMMARY").output().expect("the command runs")
}

fn check() -> Command {
    let mut check = Command::new(env!("CARGO_BIN_EXE_roleaudit"));
    check.args(["check", "--format", "json"]);
    check
}

/// What a run says that refuses its input: exit code 2, no output, and each error with its place.
fn refusal(what: &str, output: &Output) -> String {
    let said = String::from_utf8(output.stderr.clone()).unwrap_or_else(|_| panic!("{what}: standard error is no text"));
    assert_eq!(output.status.code(), Some(2), "{what}: {said}");
    assert!(output.stdout.is_empty(), "{what}: nothing is audited, and something is printed");
    assert!(said.contains("error: ") && !said.contains("panicked") && !said.contains("RUST_BACKTRACE"), "{what}: {said}");
    said
}

/// Whether a place in a file is told, with line and column.
fn has_place(said: &str, path: &Path) -> bool {
    let shown = path.to_string_lossy();
    said.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")?.strip_prefix(&*shown)).any(|place| {
        let numbers: Vec<_> = place.split(':').skip(1).map(str::parse::<usize>).collect();
        matches!(numbers.as_slice(), [Ok(1..), Ok(1..)])
    })
}

#[test]
fn every_file_ends_with_exit_code_2_and_a_place() {
    // A few at a time, so that nothing is left out of what is told.
    const FEW: usize = 8;
    let cases: Vec<Case> = all().collect();
    assert_eq!(cases.len(), 402 + 318);
    let mut alone = 0;
    for few in cases.chunks(FEW) {
        let names: Vec<&str> = few.iter().map(|case| case.name.as_str()).collect();
        let said = refusal(&names.join(" "), &run(check().args(few.iter().map(|case| &case.path))));
        for Case { name, path, .. } in few.iter().filter(|case| !has_place(&said, &case.path)) {
            // An empty map is no mistake beside other files.
            let said = refusal(name, &run(check().arg(path)));
            assert!(has_place(&said, path), "{name}: {said}");
            alone += 1;
        }
    }
    assert!(alone < 20, "{alone} files are passed over");
}

#[test]
fn all_files_together_end_with_exit_code_2_and_places() {
    let mut folders = BTreeMap::new();
    for case in all() {
        let folder = case.path.parent().expect("a file stands in a folder").to_owned();
        folders.entry(folder).or_insert_with(Vec::new).push(case.path);
    }
    assert_eq!(folders.len(), 3);
    for (folder, paths) in folders {
        let names = paths.iter().map(|path| path.file_name().expect("a file has a name"));
        let said = refusal(&folder.to_string_lossy(), &run(check().current_dir(&folder).args(names)));
        let told = said.lines().filter(|line| line.starts_with("error: ")).count();
        let places = said.split("\n\n").filter(|block| block.contains("error: ") && block.contains("--> ")).count();
        assert!(told == places && (94..=100).contains(&told), "{told} errors with {places} places: {said}");
    }
}
