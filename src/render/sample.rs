//! An organization and its findings for the tests of all formats; rules and passages are stand-ins, so that no test of a format
//! depends on the catalogue.

use crate::catalogue::{Document, Passage, Stance};
use crate::finding::{Acceptance, Finding, Label, Severity};
use crate::org::Subject;
use crate::report::{Extent, ProductModel, Report};
use crate::rules::{Group, Rule};
use crate::source::{FileId, Source, Sources, Span};

pub(crate) const TEAM: &str = "\
roleaudit: 1
people: {ann: Ann, bob: Bob}
products:
  checkout:
    name: Checkout
    stage: live
teams:
  core:
    product: checkout
    product-owner: [ann, bob]
";

static GUIDE: Document = Document { id: "001", title: "Product Owner vs. Product Manager Exploration", publisher: "280 Group" };
static SOUTH: Document = Document { id: "004", title: "Product Owner vs. Product Manager", publisher: "South" };

pub(crate) static SOLE: Passage = Passage {
    id: "D1-025",
    document: &GUIDE,
    section: "",
    quote: "As a Product Owner you are the sole person responsible for managing and ordering the product backlog.",
};
pub(crate) static SCOPE: Passage = Passage {
    id: "D4-243",
    document: &SOUTH,
    section: "When You May Need Both Roles",
    quote: "Who approves major scope changes",
};
pub(crate) static DISSENT: Passage =
    Passage { id: "D1-045", document: &GUIDE, section: "", quote: "However, the Product Owner remains accountable." };

pub(crate) static SHARED: Rule = Rule {
    name: "backlog-shared-owner",
    group: Group::Backlog,
    severity: Severity::Error,
    otherwise: "",
    summary: "a backlog has several owners",
    why: "Developers cannot follow two orders.",
    question: "Who alone owns the backlog?",
    fix: "Keep one owner.",
    passages: &[],
    also: &[],
    dissent: &[],
    fires: "",
    clean: "",
    yields_to: &[],
    check: |_, _| {},
};
pub(crate) static UNOWNED: Rule = Rule {
    name: "duty-unowned",
    group: Group::Ownership,
    summary: "nobody decides a duty",
    why: "What nobody owns is left out.",
    question: "Who decides this?",
    ..SHARED
};

pub(crate) static CONTESTED: Rule =
    Rule { name: "duty-contested", group: Group::Ownership, question: "Which one of them decides?", ..SHARED };

/// The sources of one file.
pub(crate) fn one_file(path: &str, text: &str) -> Sources {
    Sources::new(vec![Source::new(path, text)])
}

/// The first place of `words` in the first file.
pub(crate) fn span(sources: &Sources, words: &str) -> Span {
    let (file, source) = sources.iter().next().expect("there is a file");
    let start = source.text.find(words).expect("the words are in the text");
    span_at(file, start, start + words.len())
}

pub(crate) fn span_at(file: FileId, start: usize, end: usize) -> Span {
    Span { file, start: start as u32, end: end as u32 }
}

pub(crate) fn shared(at: Span, other: Span) -> Finding {
    Finding {
        rule: &SHARED,
        severity: Severity::Error,
        of: Subject::Organization,
        subject: "backlogs.checkout".into(),
        duty: None,
        message: "the backlog of Checkout has two owners: Ann and Bob".into(),
        also: "also",
        of_vacant_seat: false,
        at,
        labels: vec![Label { at: other, text: "also holds the seat".into() }],
        note: None,
        fix: "Keep one person as `product-owner` and list the other under `input` of backlog.order.".into(),
        passages: vec![(&SOLE, Stance::Supports), (&DISSENT, Stance::Dissents)],
        accepted: None,
        ordinal: 0,
    }
}

pub(crate) fn unowned(severity: Severity, at: Span, duty: &str) -> Finding {
    Finding {
        rule: &UNOWNED,
        severity,
        of: Subject::Organization,
        subject: "products.checkout".into(),
        duty: Some(duty.into()),
        message: format!("nobody decides {duty} for Checkout"),
        also: "also",
        of_vacant_seat: false,
        at,
        labels: Vec::new(),
        note: None,
        fix: format!("Name one person under `responsibilities: {duty}`."),
        passages: vec![(&SCOPE, Stance::Supports)],
        accepted: None,
        ordinal: 0,
    }
}

/// An acceptance by a person of the id `kim`.
pub(crate) fn acceptance(because: &str, name: &str) -> Acceptance {
    let until = Some(jiff::civil::date(2027, 2, 28));
    Acceptance { by: Some(("kim".into(), name.into())), because: because.into(), until }
}

/// Two people in one seat, two rights that nobody has, and three duties that are not recorded.
pub(crate) fn findings(sources: &Sources) -> Vec<Finding> {
    let product = span(sources, "checkout");
    let mut findings: Vec<Finding> =
        ["scope.changes", "strategy.product"].map(|duty| unowned(Severity::Error, product, duty)).into();
    findings
        .extend(["market.discovery", "market.research", "release.decision"].map(|duty| unowned(Severity::Info, product, duty)));
    let seat = span(sources, "[ann, bob]");
    let [ann, bob] = [(1, 4), (6, 9)].map(|(from, to)| Span { start: seat.start + from, end: seat.start + to, ..seat });
    findings.push(shared(bob, ann));
    findings
}

pub(crate) fn report(sources: &Sources, findings: Vec<Finding>) -> Report<'_> {
    Report {
        sources,
        as_of: jiff::civil::date(2026, 11, 21),
        read: Extent { files: sources.iter().len(), products: 1, teams: 1, people: 2 },
        rules: vec![&UNOWNED, &SHARED],
        models: vec![ProductModel { product: "checkout".into(), model: "split", overlays: vec!["scaled"] }],
        findings,
        remarks: Vec::new(),
        base: None,
        departure: None,
    }
}

/// A name that wants to colour, clear, turn, mark up and mention.
pub(crate) const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;x\u{7}\u{9b}31m\u{202e}nnA\u{2066}\r\0\u{200f}`|<b>&@ann #1";

/// A text as a team file can hold it, whatever is in it.
pub(super) fn quoted(text: &str) -> String {
    let written = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_ascii() && !c.is_control() => c.to_string(),
        c => format!("\\u{:04x}", u32::from(c)),
    };
    format!("\"{}\"", text.chars().map(written).collect::<String>())
}

/// Everything that a terminal obeys must be gone, but for the colours that are our own.
pub(crate) fn assert_harmless(shown: &str) {
    let mut rest = shown;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        assert_plain(before);
        let code = after.strip_prefix('[').expect("an escape sequence is a colour");
        let end = code.find(|c: char| !c.is_ascii_digit() && c != ';').unwrap_or(code.len());
        assert_eq!(code.get(end..=end), Some("m"), "an escape sequence is no colour: {code:?}");
        rest = &code[end..];
    }
    assert_plain(rest);
}

fn assert_plain(shown: &str) {
    let found = shown.chars().find(|c| c.is_control() && *c != '\n' || "\u{61c}\u{200e}\u{200f}".contains(*c));
    let turning = shown.chars().find(|c| ('\u{202a}'..='\u{202e}').contains(c) || ('\u{2066}'..='\u{2069}').contains(c));
    assert_eq!(found.or(turning), None, "in {shown:?}");
}
