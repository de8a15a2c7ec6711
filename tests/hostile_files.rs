//! Files that want to exhaust the program: bombs of aliases, nesting without end, enormous texts, very many keys, and every kind of broken
//! bytes. The program itself reads them, in a process with little memory and little time.

#![allow(clippy::panic, reason = "a test fails by panicking")]
#![cfg(unix)]

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How many there are of what there are very many of. `ROLEAUDIT_HOSTILE=100` makes a hundred times as many, for a release build.
fn many(of: usize) -> usize {
    of * std::env::var("ROLEAUDIT_HOSTILE").ok().and_then(|times| times.parse().ok()).unwrap_or(1)
}

/// Far longer than anything here takes, be it a build without optimizations on a slow machine.
const LONGEST: Duration = Duration::from_secs(120);

/// The memory that a run may map: what the program itself and its threads map, and a multiple of the input.
fn most_kilobytes(input: usize) -> usize {
    (400 << 10) + 80 * input / 1024
}

/// More than anybody reads, and nothing against what the files hold.
const MOST_SAID: usize = 300_000;

/// How a run ended.
struct Ended {
    status: ExitStatus,
    stdout: String,
    stderr: String,
}

/// Reads what a pipe gives, on a thread of its own.
fn reading(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).expect("a pipe can be read");
        String::from_utf8(bytes).expect("all that is printed is text")
    })
}

/// Kills a process that is not done in time. Dropping the sender says that it is done.
fn watch(id: u32) -> mpsc::Sender<()> {
    let (done, waiting) = mpsc::channel();
    thread::spawn(move || {
        if waiting.recv_timeout(LONGEST) == Err(mpsc::RecvTimeoutError::Timeout) {
            let _ = Command::new("kill").args(["-KILL", &id.to_string()]).status();
        }
    });
    done
}

fn ended(mut child: Child) -> Ended {
    let done = watch(child.id());
    let stdout = reading(child.stdout.take().expect("the output is piped"));
    let stderr = reading(child.stderr.take().expect("standard error is piped"));
    let status = child.wait().expect("the command ends");
    drop(done);
    Ended { status, stdout: stdout.join().expect("it is read"), stderr: stderr.join().expect("it is read") }
}

/// Runs `roleaudit check` on a file of these bytes, with as much memory as becomes its size.
fn check(bytes: &[u8]) -> Ended {
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("team.yaml"), bytes).expect("files can be written");
    run(folder.path(), bytes.len(), &["check", "team.yaml", "--format", "json", "--as-of", "2026-11-21"])
}

fn run(folder: &Path, input: usize, args: &[&str]) -> Ended {
    let limited = format!("ulimit -v {}; exec \"$0\" \"$@\"", most_kilobytes(input));
    let child = Command::new("sh")
        .args(["-c", &limited, env!("CARGO_BIN_EXE_roleaudit")])
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    ended(child)
}

/// What is said of a file that is refused: exit code 2, a place for each error, and not very much in all.
fn refusal(what: &str, bytes: &[u8]) -> String {
    let Ended { status, stdout, stderr } = check(bytes);
    assert_eq!(status.code(), Some(2), "{what}: {status}, {}", beginning(&stderr));
    assert_eq!(stdout, "", "{what}");
    assert!(stderr.contains("error: ") && stderr.contains("--> team.yaml:"), "{what}: {}", beginning(&stderr));
    assert!(stderr.len() < MOST_SAID, "{what}: {} bytes are said", stderr.len());
    stderr
}

/// A file that is audited, whatever is found.
fn audited(what: &str, bytes: &[u8]) -> serde_json::Value {
    let Ended { status, stdout, stderr } = check(bytes);
    assert!(matches!(status.code(), Some(0 | 1)), "{what}: {status}, {}", beginning(&stderr));
    assert!(stderr.len() < MOST_SAID, "{what}: {} bytes are said", stderr.len());
    serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{what}: {error}"))
}

fn beginning(text: &str) -> String {
    text.chars().take(2_000).collect()
}

/// Files, each with a name and what is said first of it.
type Refused = Vec<(&'static str, String, &'static str)>;

fn assert_refused(files: Refused) {
    for (what, text, message) in files {
        let said = refusal(what, text.as_bytes());
        let first = said.lines().find(|line| line.starts_with("error: ")).unwrap_or_default();
        assert!(first.contains(message), "{what}: {first}");
    }
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

const GOOD: &str = "people: {ann: Ann}\nproducts: {app: {product-manager: ann}}\n";

// Aliases

#[test]
fn bombs_of_aliases_go_off_harmlessly() {
    const TOO_MANY: &str = "the aliases of this file stand for more than 250000 values";
    let levels = |first: &str, level: fn(usize) -> String| format!("{GOOD}{first}{}", lines(40, |n| level(n + 1)));
    let tenfold = |n: usize| vec![format!("*a{}", n - 1); 10].join(", ");
    let long = lines(many(1_000), |_| "x, ".to_owned());
    let laughs = levels("x-0: &a0 [ha]\n", |n| {
        let items = vec![format!("*a{}", n - 1); 10].join(", ");
        format!("x-{n}: &a{n} [{items}]\n")
    });
    let merged = levels("x-0: &a0 {k: v}\n", |n| format!("x-{n}: &a{n} {{<<: [*a{0}, *a{0}, *a{0}], k{n}: *a{0}}}\n", n - 1));
    let maps = levels("x-0: &a0 {k: v}\n", |n| {
        let entries: String = (0..10).map(|key| format!("k{key}: *a{}, ", n - 1)).collect();
        format!("x-{n}: &a{n} {{{entries}}}\n")
    });
    let growing =
        format!("{GOOD}x-0: &a0 {{k: v}}\n{}", lines(many(2_000), |n| format!("x-{0}: &a{0} {{<<: *a{n}, k{n}: v}}\n", n + 1)));
    let inside = format!("{GOOD}x-a: &a [{}]\n", "*a, ".repeat(many(1_000)));
    let keys = format!("{GOOD}x-a: &a [{}]\nx-b:\n{}", tenfold(1).replace("*a0", "x"), "  ? *a\n  : b\n".repeat(many(1_000)));
    assert_refused(vec![
        ("a billion laughs", laughs, TOO_MANY),
        ("one long list, very often", format!("{GOOD}x-a: &a [{long}]\nx-b: [{}]\n", "*a, ".repeat(many(1_000))), TOO_MANY),
        ("maps of maps", maps, TOO_MANY),
        ("merges of merges", merged, TOO_MANY),
        ("merges that grow", growing, TOO_MANY),
        ("aliases inside their own value", inside, "this alias stands inside the very value that it repeats"),
        ("lists as keys by alias", keys, "a key is a word, not a list or a map"),
        (
            "aliases of nothing",
            format!("{GOOD}x-a:\n{}", lines(many(1_000), |n| format!("- *a{n}\n"))),
            "`*a0` repeats something",
        ),
    ]);
    let long = "x".repeat(many(10_000));
    for (what, text) in [
        ("one long text, very often", format!("{GOOD}x-a: &a {long}\nx-b:\n{}", "- *a\n".repeat(many(1_000)))),
        ("one word, very often", format!("{GOOD}x-a: &a x\nx-b:\n{}", "- *a\n".repeat(2_000 * many(1).min(100)))),
        ("very many anchors", format!("{GOOD}x-a:\n{}", lines(many(10_000), |n| format!("- &a{n} x\n")))),
        ("one anchor, very often", format!("{GOOD}x-a:\n{}", "- &a x\n".repeat(many(10_000)))),
        ("anchors inside each other", format!("{GOOD}x-a: {}x{}\n", lines(60, |n| format!("&a{n} [")), "]".repeat(60))),
        ("one merge, very often", format!("{GOOD}x-a: &a {{k: v}}\nx-b:\n  <<: [{}]\n", "*a, ".repeat(many(1_000)))),
    ] {
        assert_eq!(audited(what, text.as_bytes())["summary"]["products"], 1, "{what}");
    }
}

// Nesting

#[test]
fn nesting_without_end_is_refused_before_the_stack_ends() {
    let deep = 100_000.max(many(1));
    let indented = |line: &str| lines(3_000, |level| format!("{}{line}\n", " ".repeat(level)));
    for (what, text) in [
        ("brackets", "[".repeat(deep)),
        ("closed brackets", "[".repeat(deep) + &"]".repeat(deep)),
        ("braces", "{a: ".repeat(deep)),
        ("brackets in braces", "{a: [".repeat(deep)),
        ("braces in a key of one's own", format!("{GOOD}x-a: {}", "{a: ".repeat(deep))),
        ("dashes", "- ".repeat(deep)),
        ("dashes and braces", "- ".repeat(30) + &"{a: [".repeat(deep)),
        ("keys on lines of their own", indented("a:")),
        ("list items on lines of their own", indented("-")),
        ("signs of long keys", "? ".repeat(deep)),
        ("brackets as keys", "{[".repeat(deep)),
        ("anchors before brackets", lines(deep, |n| format!("&a{n} ["))),
        ("tags before brackets", "!t [".repeat(deep)),
    ] {
        let said = refusal(what, text.as_bytes());
        assert!(said.contains("lists and maps nest too deep here"), "{what}: {}", beginning(&said));
    }
}

#[test]
fn chains_without_end_are_followed() {
    let count = many(2_000);
    let people = lines(count, |n| format!("  p{n}: {{reports-to: p{}}}\n", (n + 1) % count));
    let squads = lines(count, |n| format!("  t{n}: {{product: app, backlog: t{n}}}\n"));
    let views = lines(count - 1, |n| format!("  t{n}: {{view-of: t{}}}\n", n + 1));
    let squads = format!("products: {{app: {{}}}}\npeople: {{ann: Ann}}\nteams:\n{squads}");
    for (what, text) in [
        ("managers in a circle", format!("people:\n{people}products: {{app: {{product-manager: p0}}}}\n")),
        ("views of views", format!("{squads}backlogs:\n{views}")),
        (
            "views of views of a backlog that is owned",
            format!("{}backlogs:\n{views}", squads.replacen("t1}", "t1, product-owner: ann}", 1)),
        ),
        ("views of one", format!("{squads}backlogs:\n{}", lines(count - 1, |n| format!("  t{}: {{view-of: t0}}\n", n + 1)))),
    ] {
        assert_eq!(audited(what, text.as_bytes())["summary"]["products"], 1, "{what}");
    }
    let circles = lines(count, |n| format!("  t{n}: {{view-of: t{n}}}\n"));
    assert_refused(vec![("views of themselves", format!("{squads}backlogs:\n{circles}"), "this is a view of itself")]);
}

// Size

#[test]
fn enormous_texts_are_read_and_never_printed_whole() {
    let size = many(500_000);
    let long = "x".repeat(size);
    let words = "word ".repeat(size / 5);
    let folded = lines(size / 10, |_| "    a line\n".to_owned());
    for (what, text) in [
        ("a plain text", format!("{GOOD}organization: {{name: {long}}}\n")),
        ("a plain text of words", format!("{GOOD}organization: {{name: {words}}}\n")),
        ("a plain text of lines", format!("{GOOD}organization:\n  name:\n{folded}")),
        ("a text in double quotes", format!("{GOOD}organization: {{name: \"{long}\"}}\n")),
        ("a text of lines in double quotes", format!("{GOOD}organization:\n  name: \"\n{folded}    \"\n")),
        ("a text in single quotes", format!("{GOOD}organization: {{name: '{long}'}}\n")),
        ("a text of escapes", format!("{GOOD}organization: {{name: \"{}\"}}\n", "\\u00e4".repeat(size / 6))),
        ("a text of quotes", format!("{GOOD}organization: {{name: '{}'}}\n", "''".repeat(size / 2))),
        ("a block of lines", format!("{GOOD}organization:\n  name: |\n{folded}")),
        ("a folded block of lines", format!("{GOOD}organization:\n  name: >-\n{folded}")),
        ("a comment", format!("{GOOD}# {long}\n")),
        ("comments", format!("{GOOD}{}", "# x\n".repeat(size / 4))),
        ("empty lines", format!("{GOOD}{}", "\n".repeat(size))),
        ("blanks", format!("{GOOD}{}\n", " ".repeat(size))),
        ("a key of one's own", format!("{GOOD}? x-{long}\n: x\n")),
        ("an id", format!("people:\n  ? {long}\n  : Ann\nproducts: {{app: {{product-manager: {long}}}}}\n")),
    ] {
        assert_eq!(audited(what, text.as_bytes())["summary"]["products"], 1, "{what}");
    }
    assert_refused(vec![
        ("a word", long.clone(), "the keys of a team file should stand here"),
        ("a key that is not known", format!("{GOOD}? {long}\n: x\n"), "a team file has no key"),
        ("a key on one line", format!("{long}: x\n"), ""),
        ("an id that is not declared", format!("products: {{app: {{product-owner: {long}}}}}\n"), "is not declared"),
        (
            "an id of signs",
            format!("people:\n  ? {}\n  : x\nproducts: {{app: }}\n", "§".repeat(size / 2)),
            "an id cannot hold `§`",
        ),
        ("an error at the end of a line", format!("{{a: \"{long}\", b: ]"), "is closed by"),
        ("a text that is never closed", format!("a: \"{words}"), "a quoted text is not closed"),
        ("a block that is never closed", format!("a: [{words}"), "is never closed"),
        ("a long anchor", format!("{GOOD}a: &{long} b\n"), "a team file has no key `a`"),
        ("a long alias", format!("a: *{long}\n"), ""),
        ("a long tag", format!("a: !{long} b\n"), ""),
        ("a long directive", format!("%{long}\n"), ""),
        ("a long day", format!("as-of: {long}\nproducts: {{app: {{}}}}\n"), "a day should stand here"),
        (
            "a long number",
            format!("products: {{app: {{}}}}\nteams: {{a: {{developers: {}}}}}\n", "9".repeat(size)),
            "a whole number",
        ),
    ]);
}

// Very many

#[test]
fn very_many_entries_are_read_in_linear_time() {
    let count = many(3_000);
    let people = lines(count, |n| format!("  p{n}: P {n}\n"));
    for (what, text) in [
        ("keys of one's own", format!("{GOOD}{}", lines(count, |n| format!("x-{n}: y\n")))),
        ("people", format!("products: {{app: {{}}}}\npeople:\n{people}")),
        ("people of one name", format!("products: {{app: {{}}}}\npeople:\n{}", lines(count, |n| format!("  p{n}: Ann\n")))),
        ("segments", format!("products: {{app: {{segments: [{}]}}}}\n", "x, ".repeat(count))),
        ("teams of one product", format!("{GOOD}teams:\n{}", lines(count, |n| format!("  t{n}: {{product: app}}\n")))),
        (
            "squads with an owner each",
            format!(
                "{GOOD}teams:\n{}",
                lines(count, |n| format!("  t{n}: {{product: app, backlog: t{n}, product-owner: ann}}\n"))
            ),
        ),
        ("meetings", format!("{GOOD}rhythm:\n{}", "- {who: [ann, customers], every: week}\n".repeat(count))),
        (
            "a list of nothing but people",
            format!("products: {{app: {{developers-x: 1}}}}\npeople:\n{people}").replace("developers-x: 1", ""),
        ),
        (
            "the same person in one seat",
            format!("people: {{ann: Ann}}\nproducts: {{app: {{product-owner: [{}]}}}}\n", "ann, ".repeat(1_000)),
        ),
    ] {
        assert_eq!(audited(what, text.as_bytes())["summary"]["products"], 1, "{what}");
    }
}

#[test]
fn a_report_of_very_many_disputes_is_written_in_linear_time() {
    let count = many(100);
    let two = "product-owner: ann, product-manager: bob, responsibilities: {backlog.order: bob}";
    let text = format!("people: {{ann: Ann, bob: Bob}}\nproducts:\n{}", lines(count, |n| format!("  p{n}: {{{two}}}\n")));
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("team.yaml"), &text).expect("files can be written");
    for format in ["markdown", "html"] {
        let args = ["report", "team.yaml", "--format", format, "--as-of", "2026-11-21"];
        // A report says hundreds of times as much as its file.
        let Ended { status, stdout, stderr } = run(folder.path(), 20 * text.len(), &args);
        assert_eq!(status.code(), Some(0), "{format}: {}", beginning(&stderr));
        let rows = stdout.matches("; see question").count();
        assert!(rows >= count, "{format}: the rights of {rows} of {count} products lead to their questions");
    }
}

#[test]
fn a_chart_of_far_columns_is_read_in_linear_time() {
    let far = format!("{}x\n", ",".repeat(16_000));
    let tasks = "Order the backlog,A,R\nAnswer questions,A,R\nPlan the sprint,C,A\n";
    let text = format!("Task,PO,Dev{far}{tasks}{}", far.repeat(100));
    let folder = tempfile::tempdir().expect("a folder for the test");
    fs::write(folder.path().join("chart.csv"), &text).expect("files can be written");
    let Ended { status, stdout, stderr } = run(folder.path(), text.len(), &["import", "chart.csv"]);
    assert_eq!(status.code(), Some(0), "{status}: {}", beginning(&stderr));
    assert!(stdout.contains("backlog.order"), "{}", beginning(&stdout));
}

#[test]
fn of_very_many_errors_the_first_are_told_and_the_others_counted() {
    let count = many(3_000);
    let people = lines(count, |n| format!("  p{n}: P {n}\n"));
    let with = |line: fn(usize) -> String| format!("{GOOD}{}", lines(count, line));
    let long_ids = lines(500, |n| format!("  {}{n}:\n", "p".repeat(250)));
    let alike = lines(100, |n| format!("{}q{n}, ", "p".repeat(250)));
    let seat = |ids: String| format!("people:\n{people}products: {{app: {{product-owner: [{ids}]}}}}\n");
    let files: Refused = vec![
        ("unknown keys", with(|n| format!("k{n}: x\n")), "a team file has no key `k0`"),
        ("keys that are nearly right", with(|n| format!("peopl{n}: x\n")), "a team file has no key `peopl0`"),
        (
            "unknown keys of a product",
            format!("products:\n  app:\n{}", lines(count, |n| format!("    k{n}: x\n"))),
            "a product has no key",
        ),
        (
            "keys without a colon",
            format!("products: {{app: {{{}}}}}\n", lines(count, |n| format!("k{n}, "))),
            "a product has no key",
        ),
        ("equal keys", "products: {app: }\n".repeat(count), "a second time"),
        ("equal ids", format!("products: {{app: }}\npeople:\n{}", "  ann: Ann\n".repeat(count)), "a second time"),
        (
            "ids that differ in case",
            format!("products: {{app: }}\npeople: {{ann: }}\nteams:\n{}", ids_in_cases(count)),
            "differ in case only",
        ),
        (
            "ids that are not declared",
            format!("people: {{ann: }}\nproducts:\n{}", lines(count, |n| format!("  a{n}: {{product-owner: q{n}}}\n"))),
            "is not declared",
        ),
        (
            "long ids that are nearly declared",
            format!("people:\n{long_ids}products: {{app: {{product-owner: [{alike}]}}}}\n"),
            "is not declared",
        ),
        (
            "duties that are not there",
            format!("{GOOD}organization:\n  responsibilities:\n{}", lines(count, |n| format!("    a.b{n}: ann\n"))),
            "there is no duty `a.b0`",
        ),
        (
            "signals that are not there",
            format!("products: {{app: {{signals: [{}]}}}}\n", "x, ".repeat(count)),
            "there is no signal `x`",
        ),
        ("items where keys should stand", "- a\n".repeat(count), "not a list"),
        ("documents", format!("{GOOD}{}", "---\na: 1\n".repeat(count)), "a second YAML document begins here"),
        ("tags", format!("{GOOD}x-a:\n{}", "- !x y\n".repeat(count)), "the tag `!x` means nothing"),
        ("lists as keys", format!("{GOOD}x-a:\n{}", "  ? [a]\n  : b\n".repeat(count)), "a key is a word"),
        ("entries without a key", format!("{GOOD}x-a:\n{}", "  : b\n".repeat(count)), "this entry has no key"),
        ("a crowd in one seat", seat(lines(1_001, |n| format!("p{n}, "))), "this list names more than 1000"),
        ("a crowd of products", crowd_of_products(), "this list names more than 1000"),
        ("duties for all products", table_of_duties(), "duties of your own, for 2000 products, teams and openings"),
        (
            "areas",
            format!(
                "{GOOD}duties:\n{}organization:\n  responsibilities:\n{}",
                lines(count.min(9_000), |n| format!("  a{n}.x: y\n")),
                lines(count, |n| format!("    b{n}.*: ann\n"))
            ),
            "there is no duty `b0.*`",
        ),
    ];
    assert_refused(files);
}

/// One id in very many spellings.
fn ids_in_cases(count: usize) -> String {
    let letter = |n: usize, bit: u32| if n >> bit & 1 == 1 { 'A' } else { 'a' };
    lines(count, |n| format!("  {}:\n", (0..22).map(|bit| letter(n, bit)).collect::<String>()))
}

fn crowd_of_products() -> String {
    let products = lines(1_001, |n| format!("  p{n}: {{stage: live}}\n"));
    format!("products:\n{products}teams: {{a: {{backlog: a, product: [{}]}}}}\n", lines(1_001, |n| format!("p{n}, ")))
}

/// Two short lists whose table would have four million cells.
fn table_of_duties() -> String {
    let duties = lines(2_000, |n| format!("  law.d{n}: x\n"));
    format!("duties:\n{duties}products:\n{}", lines(2_000, |n| format!("  p{n}: {{stage: live}}\n")))
}

// Bytes

#[test]
fn bytes_that_are_no_text_are_refused_with_their_place() {
    let utf16 = |to_bytes: fn(u16) -> [u8; 2]| GOOD.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>();
    let utf32 = |to_bytes: fn(u32) -> [u8; 4]| GOOD.chars().flat_map(|c| to_bytes(c.into())).collect::<Vec<u8>>();
    let with = |bytes: &[u8]| [b"people: {ann: \"A", bytes, b"\"}\nproducts: {app: {}}\n"].concat();
    let before = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
    const NO_TEXT: &str = "this is not UTF-8 text";
    const NUL: &str = "a NUL byte stands here";
    let cases: Vec<(&str, Vec<u8>, &str, &str)> = vec![
        ("an overlong slash", with(b"\xc0\xaf"), NO_TEXT, "1:17"),
        ("an overlong NUL", with(b"\xc0\x80"), NO_TEXT, "1:17"),
        ("an overlong sign of three bytes", with(b"\xe0\x80\xaf"), NO_TEXT, "1:17"),
        ("an overlong sign of four bytes", with(b"\xf0\x80\x80\xaf"), NO_TEXT, "1:17"),
        ("five bytes", with(b"\xf8\x88\x80\x80\x80"), NO_TEXT, "1:17"),
        ("six bytes", with(b"\xfc\x84\x80\x80\x80\x80"), NO_TEXT, "1:17"),
        ("a high surrogate", with(b"\xed\xa0\x80"), NO_TEXT, "1:17"),
        ("a low surrogate", with(b"\xed\xb0\x80"), NO_TEXT, "1:17"),
        ("a pair of surrogates", with(b"\xed\xa0\xbd\xed\xb8\x80"), NO_TEXT, "1:17"),
        ("beyond Unicode", with(b"\xf4\x90\x80\x80"), NO_TEXT, "1:17"),
        ("a lone continuation", with(b"\x80"), NO_TEXT, "1:17"),
        ("continuations", with(&[0xbf; 1_000]), NO_TEXT, "1:17"),
        ("a sign cut short", with(b"\xe2\x82"), NO_TEXT, "1:17"),
        ("a sign cut short by the end", [GOOD.as_bytes(), b"# \xf0\x9f\x98"].concat(), NO_TEXT, "3:3"),
        ("0xfe", with(b"\xfe"), NO_TEXT, "1:17"),
        ("0xff", with(b"\xff"), NO_TEXT, "1:17"),
        ("Latin 1", with(b"\xe4\xf6\xfc"), NO_TEXT, "1:17"),
        ("a sign that is whole, and one that is not", with(b"\xc3\xa4\xc3"), NO_TEXT, "1:18"),
        ("UTF-16, little end first, with a mark", before(b"\xff\xfe", utf16(u16::to_le_bytes)), "this file is UTF-16", "1:1"),
        ("UTF-16, big end first, with a mark", before(b"\xfe\xff", utf16(u16::to_be_bytes)), "this file is UTF-16", "1:1"),
        ("UTF-16, little end first", utf16(u16::to_le_bytes), NUL, "1:2"),
        ("UTF-16, big end first", utf16(u16::to_be_bytes), NUL, "1:1"),
        ("UTF-32, little end first, with a mark", before(b"\xff\xfe\0\0", utf32(u32::to_le_bytes)), "this file is UTF-32", "1:1"),
        ("UTF-32, big end first, with a mark", before(b"\0\0\xfe\xff", utf32(u32::to_be_bytes)), "this file is UTF-32", "1:1"),
        ("UTF-32, little end first", utf32(u32::to_le_bytes), NUL, "1:2"),
        ("UTF-32, big end first", utf32(u32::to_be_bytes), NUL, "1:1"),
        ("a NUL byte", with(b"\0"), NUL, "1:17"),
        ("NUL bytes alone", vec![0; 10_000], NUL, "1:1"),
        ("a byte-order mark, twice", "\u{feff}\u{feff}a: [".into(), "this `[` is never closed", "1:"),
        (
            "a byte-order mark inside",
            format!("{GOOD}\u{feff}teams: {{}}\n").into(),
            "a byte-order mark stands inside the file",
            "3:1",
        ),
        ("a delete sign", with(b"\x7f"), "the character `U+007F` cannot stand in a file", "1:17"),
        ("an escape", with(b"\x1b[31m"), "the character `U+001B` cannot stand in a file", "1:17"),
        ("no character", with("\u{ffff}".as_bytes()), "the character `U+FFFF` cannot stand in a file", "1:17"),
        ("half an escape", with(b"\\ud800"), "stands for no character", "1:15"),
        ("an escape beyond Unicode", with(b"\\U00110000"), "stands for no character", "1:15"),
        ("an escape of nothing", with(b"\\u12"), "is no such sign", "1:15"),
        ("nothing but a mark", "\u{feff}".into(), "this file is empty", "1:1"),
        ("random bytes", (0..50_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect(), NO_TEXT, "1:"),
    ];
    let mut wrong = Vec::new();
    for (what, bytes, message, place) in cases {
        let said = refusal(what, &bytes);
        if !said.contains(message) || !said.contains(&format!("--> team.yaml:{place}")) {
            wrong.push(format!("{what}, instead of {message} at {place}:\n{}", beginning(&said)));
        }
        let count = said.lines().filter(|line| line.starts_with("error: ")).count();
        if count != 1 {
            wrong.push(format!("{what}: {count} errors\n{}", beginning(&said)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn bytes_that_are_no_text_are_refused_as_settings_and_maps_too() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("files can be written");
    write("team.yaml", GOOD.as_bytes());
    write("chart.csv", b"Task,PO,PM\nOrder the backlog,A,R\n");
    for (bytes, message) in [
        (&b"\xff\xfef\0"[..], "this file is UTF-16, not UTF-8"),
        (b"a: \xff\n", "this is not UTF-8 text"),
        (b"a: \0\n", "a NUL byte stands here"),
        (b"a: [\n", "this `[` is never closed"),
    ] {
        write("odd.yaml", bytes);
        for args in [&["check", "team.yaml", "--config", "odd.yaml"][..], &["import", "chart.csv", "--map", "odd.yaml"]] {
            let Ended { status, stdout, stderr } = run(folder.path(), bytes.len(), args);
            assert_eq!((status.code(), stdout.as_str()), (Some(2), ""), "{args:?}: {stderr}");
            assert!(stderr.contains(message) && stderr.contains("--> odd.yaml:1:"), "{args:?}: {stderr}");
        }
    }
}
