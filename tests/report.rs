//! `roleaudit report` and `check --format html`, through the program: what a reader of the document finds in it.

#[path = "common/page.rs"]
mod page;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use page::{Element, Page};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use roleaudit::render::one_line;
use serde_json::Value;
use sha2::{Digest, Sha256};
use snapbox::cmd::OutputAssert;
use snapbox::{assert_data_eq, file};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;
use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn roleaudit(folder: &Path, args: &[&str]) -> OutputAssert {
    let command = snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_roleaudit"));
    command.current_dir(folder).env("NO_COLOR", "1").args(args).args(["--as-of", "2026-11-21"]).assert()
}

fn stdout(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).expect("standard output is text")
}

fn stderr(assert: &OutputAssert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).expect("standard error is text")
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("folders can be made");
        fs::write(path, text).expect("files can be written");
    }
    folder
}

/// The document as Markdown.
fn report(folder: &Path, args: &[&str]) -> String {
    stdout(&roleaudit(folder, &[&["report"], args].concat()).code(0))
}

/// The document as a page.
fn html(folder: &Path, args: &[&str]) -> String {
    report(folder, &[args, &["--format", "html"]].concat())
}

fn page(folder: &Path, args: &[&str]) -> Page {
    Page::read(&html(folder, args))
}

/// The document of one file.
fn report_of(text: &str, args: &[&str]) -> String {
    report(folder(&[("team.yaml", text)]).path(), &[&["team.yaml"], args].concat())
}

fn page_of(text: &str, args: &[&str]) -> Page {
    page(folder(&[("team.yaml", text)]).path(), &[&["team.yaml"], args].concat())
}

/// What stands under a heading of the second level.
fn section<'r>(report: &'r str, heading: &str) -> &'r str {
    let (_, rest) = report.split_once(&format!("\n## {heading}\n")).unwrap_or_else(|| unreachable!("no {heading} in\n{report}"));
    rest.split_once("\n## ").map_or(rest, |(section, _)| section)
}

/// The headings of the second level.
fn headings(report: &str) -> Vec<&str> {
    report.lines().filter_map(|line| line.strip_prefix("## ")).collect()
}

/// The examples, and the two versions of the reorganization.
fn examples() -> Vec<String> {
    let of_folder = |folder: &str| {
        let entries = fs::read_dir(Path::new(ROOT).join(folder)).expect("there are examples");
        let names = entries.map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned());
        let names: Vec<_> = names.filter(|name| name.ends_with(".yaml")).map(|name| format!("{folder}/{name}")).collect();
        names
    };
    let mut files = [of_folder("examples"), of_folder("examples/reorg")].concat();
    files.sort();
    files
}

/// Text without what formats add to it.
fn plain(text: &str) -> String {
    text.replace(['`', '\u{200b}'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A message, whether it stands at the beginning of a line or not.
fn sentence(text: &str) -> String {
    plain(&one_line(text)).to_lowercase()
}

/// A finding as readers of both formats see it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    severity: String,
    rule: String,
    message: String,
    fix: String,
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// What `check` says as JSON.
fn checked(folder: &Path, args: &[&str]) -> Value {
    let said = roleaudit(folder, &[&["check"], args, &["--format", "json", "--fail-on", "never"]].concat()).code(0);
    serde_json::from_str(&stdout(&said)).expect("the output is JSON")
}

/// The findings of `check` that count.
fn counting(checked: &Value) -> Vec<Seen> {
    let counting = list(&checked["findings"]).iter().filter(|finding| finding["accepted"].is_null());
    let mut seen: Vec<Seen> = counting
        .map(|finding| Seen {
            severity: word(&finding["severity"]).to_owned(),
            rule: word(&finding["rule"]).to_owned(),
            message: sentence(word(&finding["message"])),
            fix: plain(&one_line(word(&finding["fix"]))),
        })
        .collect();
    seen.sort();
    seen
}

/// The findings of a page. A message is followed by its place.
fn seen_in_page(page: &Page) -> Vec<Seen> {
    let seen = page.of_class("finding").map(|finding| {
        let block = page.around(finding).find(|around| around.is("gap")).expect("a finding stands with its rule");
        let inside = |class: &str, of: &Element| {
            let parts = page.of_class(class).filter(|part| page.around(part).any(|around| std::ptr::eq(around, of)));
            parts.map(|part| plain(&part.text)).collect::<Vec<_>>()
        };
        let part = |class: &str| inside(class, finding).pop().unwrap_or_default();
        // What all findings of a block are told to do stands below them, once.
        let fix = inside("fix", finding).pop().or_else(|| inside("fix", block).pop()).unwrap_or_default();
        let rules = page.named("code").filter(|code| page.around(code).any(|around| std::ptr::eq(around, block)));
        Seen {
            severity: finding.attribute("data-severity").unwrap_or_default().to_owned(),
            rule: rules.map(|code| code.text.clone()).next().unwrap_or_default(),
            message: sentence(part("message").strip_suffix(&part("place")).unwrap_or_default()),
            fix: fix.strip_prefix("Fix ").unwrap_or_default().to_owned(),
        }
    });
    let mut seen: Vec<Seen> = seen.collect();
    seen.sort();
    seen
}

/// The findings of the Markdown document: an item that names severity and rule, and says the message itself or has items that do. Each
/// says what to do, or one line below them says it for all.
fn seen_in_markdown(report: &str) -> Vec<Seen> {
    let mut seen = Vec::new();
    let (mut severity, mut rule, mut untold) = (String::new(), String::new(), Vec::new());
    for line in section(report, "Findings").lines() {
        let text = text_of(line.trim_start());
        let without_place = |text: &str| text.rsplit_once(" (").map(|(message, _)| sentence(message));
        if line.starts_with("- **") {
            let (lead, rest) = text.split_once([':', ',']).expect("a rule is followed by what it found");
            let (of, name) = lead.split_once(' ').expect("the severity stands before the rule");
            (severity, rule, untold) = (of.to_lowercase(), name.to_owned(), Vec::new());
            untold.extend(without_place(rest.trim_start()));
        } else if let Some(fix) = text.strip_prefix("Fix: ") {
            let told = |message| Seen { severity: severity.clone(), rule: rule.clone(), message, fix: fix.to_owned() };
            seen.extend(untold.drain(..).map(told));
        } else if line.starts_with("  - ") && !["Why: ", "But: ", "Note: "].iter().any(|label| text.starts_with(label)) {
            untold.extend(without_place(&text));
        }
    }
    seen.sort();
    seen
}

const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_TASKLISTS).union(Options::ENABLE_GFM);

/// The text of some Markdown.
fn text_of(markdown: &str) -> String {
    let parts = Parser::new_ext(markdown, OPTIONS).map(|event| match event {
        Event::Text(text) | Event::Code(text) => text.into_string(),
        Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell | TagEnd::Paragraph | TagEnd::Item) => " ".to_owned(),
        _ => String::new(),
    });
    plain(&parts.collect::<String>())
}

// The whole document

/// The golden files are written anew with `SNAPSHOTS=overwrite cargo test`; read what changed before keeping it.
#[test]
fn the_contested_example_reads_well() {
    assert_data_eq!(report(Path::new(ROOT), &["examples/contested.yaml"]), file!["golden/report/contested.md"].raw());
}

#[test]
fn the_reorganization_reads_well() {
    let args = ["examples/reorg/after.yaml", "--before", "examples/reorg/before.yaml"];
    assert_data_eq!(report(Path::new(ROOT), &args), file!["golden/report/reorganization.md"].raw());
}

#[test]
fn both_formats_hold_every_finding_of_every_example() {
    let root = Path::new(ROOT);
    let mut accepted = 0;
    for example in examples() {
        let checked = checked(root, &[&example]);
        let (markdown, page) = (report(root, &[&example]), page(root, &[&example]));
        let counting = counting(&checked);
        assert_eq!(seen_in_page(&page), counting, "{example}");
        assert_eq!(seen_in_markdown(&markdown), counting, "{example}");
        let by_page = page.text_of("accepted").expect("the section is there");
        let by_markdown = text_of(section(&markdown, "Accepted risks"));
        for finding in list(&checked["findings"]).iter().filter(|finding| !finding["accepted"].is_null()) {
            accepted += 1;
            let entry = &finding["accepted"];
            let by = entry["by"].get("name").map_or_else(|| word(&entry["by"]), word);
            let facts = [
                word(&finding["rule"]),
                &one_line(word(&finding["message"])),
                word(&entry["because"]),
                by,
                word(&entry["until"]),
            ];
            for fact in facts.map(|fact| plain(fact).to_lowercase()) {
                assert!(plain(by_page).to_lowercase().contains(&fact), "{example}: {fact} is not in\n{by_page}");
                assert!(by_markdown.to_lowercase().contains(&fact), "{example}: {fact} is not in\n{by_markdown}");
            }
        }
    }
    assert!(accepted > 0, "an example has an accepted finding");
}

#[test]
fn the_page_of_check_holds_the_same_findings_as_its_json() {
    let root = Path::new(ROOT);
    let told = |args: &[&str]| {
        let shown = roleaudit(root, &[&["check"], args, &["--format", "html", "--fail-on", "never"]].concat()).code(0);
        (counting(&checked(root, args)), Page::read(&stdout(&shown)))
    };
    let all = told(&["examples/contested.yaml"]).0;
    for args in [
        &["examples/contested.yaml"][..],
        &["examples/contested.yaml", "--rule", "duty-contested"],
        &["examples/contested.yaml", "--skip", "duty-contested", "--skip", "final-call-missing"],
        &["examples/contested.yaml", "--product", "returns"],
        &["examples/contested.yaml", "--team", "maps"],
        &["examples/accepted.yaml"],
        &["examples/accepted.yaml", "--no-accepted"],
        &["examples/reorg/after.yaml", "--against", "examples/reorg/before.yaml"],
        &["examples/contested.yaml", "--without", "ida"],
    ] {
        let (counting, page) = told(args);
        assert!(!counting.is_empty() && (args.len() == 1 || counting != all), "{args:?} select something else");
        assert_eq!(seen_in_page(&page), counting, "{args:?}");
        let sections: Vec<_> = page.named("section").filter_map(|section| section.attribute("id")).collect();
        assert_eq!(sections, ["summary", "findings", "accepted", "sources"], "{args:?}");
    }
    let found = roleaudit(root, &["check", "examples/contested.yaml", "--format", "html"]);
    found.code(1);
}

// What is read first

/// The sentence below the title.
fn headline(report: &str) -> &str {
    let line = report.lines().nth(2).expect("a headline follows the title");
    line.strip_prefix("**").and_then(|line| line.strip_suffix("**")).expect("the headline stands out")
}

/// One product in which all is decided, and nothing is left to settle.
const SETTLED: &str = "    name: App
    product-manager: kim
    product-owner: ann
    goal: Every second visitor comes back
    definition: Sells seats
    customers: [visitors]
    metrics: [{name: returns, kind: outcome, owner: kim, target: 50 %}]
    responsibilities:
      {strategy.*: kim, market.*: kim, requirements.*: kim, results.*: kim, alignment.*: kim, people.*: kim, org.*: kim,
       program.*: kim, value.*: ann, goal.*: ann, backlog.*: ann, delivery.*: ann, delivery.how: developers,
       roadmap.*: {decides: kim, input: [ann], communicates: kim}, priorities.conflict: {decides: kim, deputy: ann},
       scope.changes: {decides: kim, input: [ann], communicates: kim},
       release.decision: {decides: ann, input: [kim], communicates: ann}}
";

/// An organization of products.
fn organization(products: &[(&str, &str)]) -> String {
    let products: String = products.iter().map(|(id, product)| format!("  {id}:\n{product}")).collect();
    format!("roleaudit: 1\npeople: {{ann: Ann, ben: Ben, kim: Kim}}\nproducts:\n{products}")
}

#[test]
fn the_headline_says_how_things_stand() {
    let settled = organization(&[("app", SETTLED)]);
    let no_goal = SETTLED.replace("    goal: Every second visitor comes back\n", "");
    let nothing_known = no_goal.replace("    customers: [visitors]\n", "");
    let no_measure = SETTLED.replace("results.*: kim", "results.metrics: kim, results.learn: kim");
    let contested = SETTLED.replace("market.*: kim", "market.*: kim, market.discovery: [ann, kim]");
    let no_vision = SETTLED.replace("strategy.*: kim", "strategy.*: kim, strategy.vision: nobody");
    let named = |product: &str, name: &str| product.replace("name: App", &format!("name: {name}"));
    let accepted = format!(
        "{}accepted: [{{rule: product-goal-missing, at: products.app, because: We look for it, by: ann, until: 2027-01-31}}]\n",
        organization(&[("app", &no_goal)])
    );
    for (text, expected) in [
        (settled, "Nothing has to be settled: no gap that matters was found."),
        (
            organization(&[("app", &no_goal)]),
            "Nothing here is an error; 1 warning is left to settle: no Product Goal is recorded for App.",
        ),
        (
            organization(&[("app", &nothing_known)]),
            "Nothing here is an error; 2 warnings are left to settle; the first of them: no Product Goal is recorded for App.",
        ),
        (organization(&[("app", &no_measure)]), "Nobody is named for 1 of the 7 key decisions on “App”."),
        (
            organization(&[("app", &no_vision)]),
            "Nothing here is an error; 1 warning is left to settle: nobody decides strategy.vision for App.",
        ),
        (organization(&[("app", &contested)]), "Ann and Kim both decide market.discovery for App."),
        (
            organization(&[("app", &no_measure), ("bills", &named(&no_measure, "Bills"))]),
            "Each of the 2 products lacks a name for at least one of the 7 key decisions.",
        ),
        (
            organization(&[("app", &no_measure), ("bills", &named(&no_measure, "Bills")), ("cart", &named(SETTLED, "Cart"))]),
            "For 2 of 3 products nobody is named for at least one of the 7 key decisions.",
        ),
        (
            organization(&[("app", &no_measure), ("bills", &named(&contested, "Bills"))]),
            "Nobody is named for 1 of the 7 key decisions on “App”, and Ann and Kim both decide market.discovery for Bills.",
        ),
        (accepted, "Nothing has to be settled beside 1 accepted risk."),
        (
            "roleaudit: 1\nteams: {core: {name: Core}}\n".to_owned(),
            "Nothing here is an error; 2 warnings are left to settle; the first of them: no product that Core serves is recorded.",
        ),
    ] {
        let report = report_of(&text, &[]);
        assert_eq!(headline(&report), expected, "{text}");
        let page = page_of(&text, &[]);
        assert_eq!(page.of_class("headline").map(|headline| headline.text.as_str()).collect::<Vec<_>>(), [expected]);
        let is_open = !expected.starts_with("Nothing has to be settled");
        assert_eq!(section(&report, "What to settle").contains("No question is open."), !is_open, "{text}");
    }
}

/// A question of the document.
#[derive(Debug, Default)]
struct Asked {
    under: String,
    question: String,
    involved: Option<String>,
    facts: Vec<String>,
}

fn questions(report: &str) -> Vec<Asked> {
    let mut asked: Vec<Asked> = Vec::new();
    let mut under = "";
    for line in section(report, "What to settle").lines() {
        if let Some(heading) = line.strip_prefix("### ") {
            under = heading;
        } else if let Some((_, question)) = line.strip_prefix("#### ").and_then(|line| line.split_once(". ")) {
            asked.push(Asked { under: under.to_owned(), question: question.to_owned(), ..Asked::default() });
        } else if let Some(last) = asked.last_mut() {
            last.facts.extend(line.strip_prefix("- ").map(str::to_owned));
            let involved = line.strip_prefix("Involves ").and_then(|people| people.strip_suffix('.'));
            last.involved = last.involved.take().or(involved.map(str::to_owned));
        }
    }
    asked
}

#[test]
fn what_has_to_be_settled_is_asked_of_the_people_it_concerns() {
    let gaps = SETTLED
        .replace("product-owner: ann", "product-owner: [ann, ben]")
        .replace("goal: Every second visitor comes back", "stage: live")
        .replace("results.*: kim", "results.metrics: kim, results.learn: kim")
        .replace("market.*: kim", "market.*: kim, market.discovery: [ann, kim], market.research: [ann, kim]")
        .replace("decision: {decides: ann, input: [kim], communicates: ann}", "decision: nobody")
        .replace("scope.changes: {decides: kim, input: [ann], communicates: kim},", "");
    let text = organization(&[("app", &gaps)]);
    let questions = questions(&report_of(&text, &[]));
    let asked: Vec<_> = questions
        .iter()
        .map(|asked| {
            (asked.under.as_str(), asked.question.as_str(), asked.involved.as_deref().unwrap_or_default(), asked.facts.join("; "))
        })
        .collect();
    let expected = [
        (
            "Settle first",
            "Who decides this?",
            "Kim, Ann and Ben",
            "Accepts or rejects changes that alter the scope substantially (`scope.changes`)",
        ),
        (
            "Settle first",
            "Which one of them decides, after hearing the others?",
            "Ann and Kim",
            "Ann and Kim both decide market.discovery for App; also market.research",
        ),
        (
            "Settle first",
            "Who alone answers for the backlog, and who gives advice?",
            "Ann and Ben",
            "The backlog of App has two owners: Ann and Ben",
        ),
        (
            "Settle next",
            "Who decides this?",
            "Kim, Ann and Ben",
            "Says what goes out to customers, and when (`release.decision`)",
        ),
        (
            "Settle next",
            "What is the one goal of the product, and who keeps it in view?",
            "Kim, Ann and Ben",
            "No Product Goal is recorded for App",
        ),
    ];
    for (under, question, involved, fact) in expected {
        assert!(asked.contains(&(under, question, involved, fact.to_owned())), "{question} is not in {asked:#?}");
    }
    assert!(asked.iter().map(|(under, ..)| *under == "Settle next").is_sorted(), "errors are settled first: {asked:#?}");
    let distinct: BTreeSet<_> = asked.iter().map(|(under, question, ..)| (under, question)).collect();
    assert_eq!(distinct.len(), asked.len(), "a rule asks once: {asked:#?}");
    let checked = checked(folder(&[("team.yaml", &text)]).path(), &["team.yaml"]);
    let mut to_settle: Vec<_> = counting(&checked);
    to_settle.retain(|finding| finding.severity != "info");
    assert!(asked.len() <= to_settle.len() && asked.len() >= 5, "{to_settle:#?}");

    let page = page_of(&text, &[]);
    let on_page: Vec<_> = page.of_class("ask").map(|ask| ask.text.as_str()).collect();
    assert_eq!(on_page, asked.iter().map(|(_, question, ..)| *question).collect::<Vec<_>>());
}

#[test]
fn what_is_accepted_or_only_worth_knowing_asks_nothing() {
    let text = organization(&[("app", &SETTLED.replace("    goal: Every second visitor comes back\n", ""))]);
    let ask = "What is the one goal of the product";
    assert!(report_of(&text, &["--section", "summary"]).contains(ask));
    let accepted = format!(
        "{text}accepted: [{{rule: product-goal-missing, at: products.app, because: Ann looks for it, by: kim, until: 2027-01-31}}]\n"
    );
    let report = report_of(&accepted, &[]);
    assert!(!report.contains(ask) && !section(&report, "Findings").contains("product-goal-missing"), "{report}");
    assert!(
        section(&report, "Findings").contains("**Info** `roles-disconnected`"),
        "an info is found, and asks nothing: {report}"
    );
    let row = "| `product-goal-missing` | no Product Goal is recorded for App | Ann looks for it | Kim | 2027-01-31 |";
    assert!(section(&report, "Accepted risks").contains(row), "{report}");
    assert!(!section(&report, "Checklist").contains("- [ ]"), "{report}");
}

#[test]
fn several_products_are_named_where_duties_are_asked_about() {
    let open = SETTLED.replace("scope.changes: {decides: kim, input: [ann], communicates: kim},", "");
    let text = organization(&[("app", &open), ("bills", &open.replace("name: App", "name: Bills")), ("cart", SETTLED)]);
    let asked = questions(&report_of(&text, &[]));
    let fact = "Accepts or rejects changes that alter the scope substantially (`scope.changes`, for App (app) and Bills)";
    assert_eq!(
        asked.first().map(|asked| (asked.question.as_str(), asked.facts.concat())),
        Some(("Who decides this?", fact.to_owned()))
    );
}

// People

/// The lines of a person's card.
fn card<'r>(report: &'r str, name: &str) -> Vec<&'r str> {
    let mut lines = section(report, "People").lines().skip_while(|line| !line.starts_with(&format!("- **{name}**")));
    lines.next().into_iter().chain(lines.take_while(|line| line.starts_with("  "))).collect()
}

#[test]
fn the_page_says_of_each_duty_without_a_decider_why() {
    let folder = folder(&[(
        "team.yaml",
        "people: {ann: Ann, bob: Bob}
products: {x: {product-manager: ann, responsibilities: {strategy.vision: nobody, strategy.product: {decides: bob, until: 2026-01-01}, \
         scope.changes: {not-applicable: the price is fixed}, roadmap.shape: ann}}}
",
    )]);
    let page = html(folder.path(), &["team.yaml"]);
    let flag = |duty: &str| {
        let (_, behind) = page
            .split_once(&format!("<th scope=\"row\"><code>{duty}</code>"))
            .unwrap_or_else(|| unreachable!("no {duty} in {page}"));
        let (head, _) = behind.split_once("</th>").expect("the heading of a line ends");
        head.split_once("class=\"flag\">").map(|(_, words)| words.trim_end_matches("</span>").to_owned())
    };
    assert_eq!(flag("strategy.vision").as_deref(), Some("nobody decides"));
    assert_eq!(flag("strategy.product").as_deref(), Some("nobody decides"));
    assert_eq!(flag("scope.changes").as_deref(), Some("not applicable"));
    assert_eq!(flag("results.*").as_deref(), Some("nobody is recorded"));
    assert_eq!(flag("roadmap.shape"), None);
}

#[test]
fn a_card_says_how_much_somebody_carries() {
    let text = "roleaudit: 1
people:
  ann: {name: Ann, title: Product Owner, max-teams: 1, reports-to: kim}
  kim: {name: Kim, position: leader, time: {strategy: 40, discovery: 30, backlog: 40}}
  zoe: {name: Zoe}
  dee: {name: Dee, position: developer}
  cam: {name: Cam, time: {strategy: 5, delivery: 60}}
  pia: {name: Pia}
products:
  app: {name: App, product-manager: kim, product-owner: ann, responsibilities: {strategy.*: kim, release.decision: {decides: ann, input: [dee]}}}
  box: {name: Box, product-manager: cam, product-owner: cam, responsibilities: {strategy.*: cam}}
  cup: {name: Cup, product-owner: pia, responsibilities: {strategy.*: pia}}
teams: {a1: {product: app}, a2: {product: app}, b1: {product: box}, b2: {product: box}, c1: {product: cup}}
";
    let report = report_of(text, &[]);
    for (name, about, load) in [
        ("Ann", " (Product Owner, reports to Kim)", "**2 teams of at most 1**; 1 product"),
        (
            "Kim",
            " (leader)",
            "2 teams; 1 product; **week: strategy 40 %, discovery 30 %, backlog 40 %; that is 110 % of a week**",
        ),
        (
            "Cam",
            "",
            "**2 teams of at most 1**; 1 product of at most 1; **week: strategy 5 %, delivery 60 %; strategy and discovery are meant to have 20 %**",
        ),
        ("Pia", "", "1 team of at most 3; 1 product"),
    ] {
        let card = card(&report, name);
        assert_eq!(card.first(), Some(&format!("- **{name}**{about}").as_str()));
        assert!(card.contains(&format!("  - Load: {load}").as_str()), "{card:#?}");
    }
    assert_eq!(
        card(&report, "Dee"),
        ["- **Dee** (developer)", "  - Is asked: release.decision (App)", "  - 1 finding to settle"]
    );
    let seats = ["  - Seat: product manager of Box", "  - Seat: product owner of Box"];
    assert!(seats.iter().all(|seat| card(&report, "Cam").contains(seat)), "{report}");
    assert!(!section(&report, "People").contains("Zoe"), "who has no seat, no right and no gap has no card: {report}");

    let page = page_of(text, &[]);
    let cards: Vec<_> = page.of_class("card").filter_map(|card| card.text.split_whitespace().next()).collect();
    assert_eq!(cards.len(), 5, "{cards:?}");
    let beyond: Vec<_> = page.of_class("beyond").map(|measure| measure.text.as_str()).collect();
    assert_eq!(beyond.iter().filter(|measure| **measure == "2 teams of at most 1").count(), 2, "{beyond:?}");
    assert_eq!(beyond.len(), 4, "{beyond:?}");
}

#[test]
fn a_card_counts_what_is_to_be_settled_with_its_person() {
    let root = Path::new(ROOT);
    let page = page(root, &["examples/contested.yaml"]);
    let mut of_people: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in page.of_class("finding").filter(|finding| finding.attribute("data-severity") != Some("info")) {
        for person in finding.numbers("data-people") {
            *of_people.entry(person).or_default() += 1;
        }
    }
    assert!(of_people.len() > 2, "{of_people:?}");
    for card in page.of_class("card") {
        let count = of_people.get(card.attribute("data-people").unwrap_or_default()).copied().unwrap_or_default();
        let words = format!("{count} finding{} to settle", if count == 1 { "" } else { "s" });
        assert!(count == 0 || card.text.ends_with(&words), "{words}: {}", card.text);
    }
}

// What is shown

const TWO: &str = "roleaudit: 1
people: {ann: Ann, kim: Kim, lou: Lou}
products:
  app: {name: Apples, product-manager: kim, product-owner: ann, responsibilities: {strategy.*: kim}}
  box: {name: Boxes, product-owner: lou, responsibilities: {strategy.*: lou}}
teams:
  core: {name: Corers, product: app}
  edge: {name: Edgers, product: box}
";

#[test]
fn sections_are_chosen_by_name() {
    let folder = folder(&[("team.yaml", TWO)]);
    let report = |sections: &[&str]| {
        let args: Vec<&str> = sections.iter().flat_map(|section| ["--section", section]).collect();
        super_report(folder.path(), &args)
    };
    fn super_report(folder: &Path, args: &[&str]) -> (String, Page) {
        let args = [&["team.yaml"], args].concat();
        (self::report(folder, &args), page(folder, &args))
    }
    let shown = |(markdown, page): &(String, Page)| {
        let ids: Vec<_> = page.named("section").map(|section| section.attribute("id").unwrap_or_default().to_owned()).collect();
        let linked: Vec<_> =
            markdown.lines().filter_map(|line| line.strip_prefix("- [")?.split_once("](#")).map(|(name, _)| name).collect();
        assert_eq!(headings(markdown).len(), ids.len());
        assert!(if ids.len() > 1 { linked == headings(markdown) } else { linked.is_empty() }, "{linked:?}");
        ids
    };
    let all = [
        "summary", "rights", "findings", "matrix", "people", "models", "hiring", "absence", "accepted", "chart", "actions",
        "sources",
    ];
    assert_eq!(shown(&report(&[])), all);
    assert_eq!(shown(&report(&["matrix"])), ["matrix"]);
    assert_eq!(shown(&report(&["sources", "summary", "matrix", "summary"])), ["summary", "matrix", "sources"]);
    assert_eq!(shown(&report(&all)), all);
    let refused = roleaudit(folder.path(), &["report", "team.yaml", "--section", "changes"]).code(2).stdout_eq("");
    assert!(stderr(&refused).contains("name it with `--before`"), "{}", stderr(&refused));
    let refused = roleaudit(folder.path(), &["report", "team.yaml", "--section", "maps"]).code(2).stdout_eq("");
    let said = stderr(&refused);
    assert!(all.iter().all(|name| said.contains(name)) && said.contains("changes"), "{said}");
}

#[test]
fn the_title_is_what_the_user_says() {
    let title = "A | B <b>bold</b> *it* [x](http://x.test) & co";
    let markdown = report_of(TWO, &["--title", title]);
    let mut heading = String::new();
    for event in Parser::new_ext(markdown.lines().next().unwrap_or_default(), OPTIONS) {
        match event {
            Event::Text(text) => heading.push_str(&text),
            Event::Start(Tag::Heading { .. }) | Event::End(TagEnd::Heading(_)) => {}
            other => unreachable!("{other:?}"),
        }
    }
    assert_eq!(heading.replace('\u{200b}', ""), title);
    let page = page_of(TWO, &["--title", title]);
    assert_eq!(page.named("h1").map(|heading| heading.text.as_str()).collect::<Vec<_>>(), [title]);
    assert_eq!(page.named("title").map(|heading| heading.text.as_str()).next(), Some(title));
    assert_eq!(page.named("b").filter(|b| b.text == "bold").count(), 0);
    assert!(report_of(TWO, &[]).starts_with("# Who decides what\n"));
    assert!(
        report_of(&format!("{TWO}organization: {{name: Fruit & Co}}\n"), &[]).starts_with("# Fruit &amp; Co: who decides what\n")
    );
}

#[test]
fn a_product_or_team_shows_what_concerns_it_alone() {
    let root = folder(&[("team.yaml", TWO)]);
    for (args, shown, hidden) in [
        (["--product", "app"], ["Apples", "Kim"], ["Boxes", "Edgers", "Lou"]),
        (["--team", "edge"], ["Boxes", "Lou"], ["Apples", "Corers", "Kim"]),
    ] {
        let args = [&["team.yaml"][..], &args].concat();
        let markdown = report(root.path(), &args);
        let page = page(root.path(), &args);
        let body = &page.named("body").next().expect("a page has a body").text;
        for name in shown {
            assert!(markdown.contains(name) && body.contains(name), "{args:?}: {name} is not in\n{markdown}");
        }
        for name in hidden {
            assert!(!markdown.contains(name), "{args:?}: {name} is in\n{markdown}");
            assert!(!body.contains(name), "{args:?}: {name} is in\n{body}");
        }
        let counting = counting(&checked(root.path(), &args));
        assert_eq!(seen_in_page(&page), counting, "{args:?}");
        assert_eq!(seen_in_markdown(&markdown), counting, "{args:?}");
    }
    let of_one = report(root.path(), &["team.yaml", "--product", "box"]);
    assert!(headline(&of_one).contains("of the 7 key decisions on “Boxes”"), "{of_one}");
    assert_eq!(section(&of_one, "Products, teams and seats").matches("```mermaid").count(), 1, "{of_one}");
}

#[test]
fn what_falls_vacant_without_somebody_is_said_first() {
    let markdown = report_of(TWO, &["--without", "lou"]);
    let (before, _) = markdown.split_once("\n## ").expect("there are sections");
    assert!(
        text_of(before).contains("Without Lou, 10 duties fall vacant: backlog.manage, backlog.order of the backlog of Boxes"),
        "{before}"
    );
    assert!(!section(&markdown, "People").contains("Lou"), "{markdown}");
    assert!(section(&markdown, "Findings").contains("Boxes"), "{markdown}");
    let page = page_of(TWO, &["--without", "lou"]);
    let remarks: Vec<_> = page.of_class("remark").map(|remark| plain(&remark.text)).collect();
    assert!(!remarks.is_empty() && remarks.iter().all(|remark| text_of(before).contains(remark)), "{remarks:?}\n{before}");
}

// What changes

/// A reorganization: Apples lose their owner, and Boxes their strategy.
fn reorganized() -> String {
    TWO.replace("product-manager: kim, product-owner: ann", "product-manager: kim")
        .replace("strategy.*: lou", "strategy.*: nobody, market.*: lou")
        .replace("lou: Lou}", "lou: Lou, max: Max}")
        .replace("name: Edgers, product: box", "name: Edgers, product: box, project-manager: max")
}

/// What stands under a heading of the third level.
fn part<'r>(section: &'r str, heading: &str) -> &'r str {
    let (_, rest) =
        section.split_once(&format!("\n### {heading}\n")).unwrap_or_else(|| unreachable!("no {heading} in\n{section}"));
    rest.split_once("\n### ").map_or(rest, |(part, _)| part)
}

#[test]
fn what_moves_comes_and_goes_is_told_under_its_product() {
    let folder = folder(&[("old.yaml", TWO), ("new.yaml", &reorganized())]);
    let args = ["new.yaml", "--before", "old.yaml"];
    let markdown = report(folder.path(), &args);
    let changes = section(&markdown, "What changes");
    let of = |product: &str| part(changes, &format!("{product}: changes"));
    for (product, line) in [
        ("Apples", "| holds the seat | product owner of Apples | Ann | nobody |"),
        ("Apples", "| decides | priorities.conflict of Apples | nobody | Kim |"),
        ("Apples", "- **Nobody takes over:** backlog.order of the backlog of Apples, which Ann decided"),
        ("Apples", "- **Closed gap:** error: no one is recorded as deciding roadmap.shape for Apples"),
        ("Boxes", "| decides | strategy.\\* of Boxes | Lou | nobody |"),
        ("Boxes", "| holds the seat | project manager of Edgers | nobody | Max |"),
        ("Boxes", "- **New gap:** error: nobody decides strategy.product for Boxes, which has a product owner"),
    ] {
        let other = if product == "Apples" { "Boxes" } else { "Apples" };
        assert!(of(product).lines().any(|own| own == line), "{line} is not in\n{}", of(product));
        assert!(!of(other).contains(line), "{line} is in\n{}", of(other));
    }
    assert!(changes.contains("\n- Max is new\n"), "{changes}");
    let page = page(folder.path(), &args);
    let on_page = plain(page.text_of("changes").expect("the section is there"));
    let said: Vec<_> = changes
        .lines()
        .filter_map(|line| line.split_once("gap:** ")?.1.split_once(": "))
        .map(|(_, message)| sentence(message))
        .collect();
    assert!(said.len() > 5, "{changes}");
    for message in said {
        assert!(on_page.to_lowercase().contains(&message), "{message} is not in {on_page}");
    }
    // Errors are no failure: nobody asked for a verdict.
    roleaudit(folder.path(), &["report", "new.yaml", "--before", "old.yaml"]).code(0);
}

/// How many findings come and go, as the first line says and as they are listed.
fn balance(changes: &str) -> ([usize; 2], [usize; 2]) {
    let counts =
        changes.split_once("Findings: ").map(|(_, rest)| rest.split([' ', ',']).filter_map(|word| word.parse().ok()).take(2));
    let said: Vec<usize> = counts.into_iter().flatten().collect();
    let listed = ["**New gap:**", "**Closed gap:**"].map(|label| changes.matches(label).count());
    ([said[0], said[1]], listed)
}

#[test]
fn as_many_changes_are_counted_as_are_shown() {
    let folder = folder(&[("old.yaml", TWO), ("new.yaml", &reorganized())]);
    let changes = |more: &[&str]| {
        let markdown = report(folder.path(), &[&["new.yaml", "--before", "old.yaml", "--section", "changes"], more].concat());
        let (said, listed) = balance(&markdown);
        assert_eq!(said, listed, "{more:?}: {markdown}");
        assert!(listed.iter().all(|count| *count > 0), "{markdown}");
        markdown
    };
    changes(&[]);
    let of_one = changes(&["--product", "app"]);
    assert!(!of_one.contains("Boxes") && !of_one.contains("Max"), "{of_one}");
    let of_other = changes(&["--team", "edge"]);
    assert!(!of_other.contains("Apples") && of_other.contains("Max is new"), "{of_other}");
}

#[test]
fn nothing_changes_from_an_organization_to_itself() {
    let folder = folder(&[("team.yaml", TWO)]);
    let args = ["team.yaml", "--before", "team.yaml"];
    let markdown = report(folder.path(), &args);
    let changes = section(&markdown, "What changes");
    assert!(
        changes.contains("Findings: 0 introduced, 0 fixed, ") && changes.contains("No right and no finding changes."),
        "{changes}"
    );
    let page = page(folder.path(), &args);
    assert!(page.text_of("changes").is_some_and(|changes| changes.contains("No right and no finding changes.")));
    assert!(!headings(&report(folder.path(), &["team.yaml"])).contains(&"What changes"));
}

fn git(folder: &Path, args: &[&str]) {
    let author = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").current_dir(folder).args(author).args(args).output().expect("these tests need git");
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_earlier_version_is_a_file_files_a_folder_or_a_commit() {
    let (people, rest) = TWO.split_once("products:").expect("there are products");
    let products = format!("roleaudit: 1\nproducts:{rest}");
    let folder =
        folder(&[("team.yaml", TWO), ("was/all.yaml", TWO), ("parts/people.yaml", people), ("parts/products.yaml", &products)]);
    git(folder.path(), &["init", "-q", "-b", "main"]);
    git(folder.path(), &["add", "team.yaml"]);
    git(folder.path(), &["commit", "-q", "-m", "team"]);
    fs::write(folder.path().join("team.yaml"), reorganized()).expect("files can be written");
    let changes = |before: &[&str]| {
        let before: Vec<&str> = before.iter().flat_map(|path| ["--before", path]).collect();
        let markdown = report(folder.path(), &[&["team.yaml", "--section", "changes"], &before[..]].concat());
        markdown.split_once("Findings: ").map(|(_, rest)| rest.to_owned()).expect("changes are counted")
    };
    let of_file = changes(&["was/all.yaml"]);
    assert!(of_file.contains("| holds the seat | product owner of Apples | Ann | nobody |"), "{of_file}");
    for before in
        [&["was"][..], &["parts"], &["parts/people.yaml", "parts/products.yaml"], &["git:HEAD"], &["git:HEAD:team.yaml"]]
    {
        assert_eq!(changes(before), of_file, "{before:?}");
    }
}

#[test]
fn what_cannot_be_read_or_written_is_refused_and_nothing_is_written() {
    let folder = folder(&[("old.yaml", TWO), ("new.yaml", &reorganized()), ("broken.yaml", "roleaudit: 1\nteams: [\n")]);
    for (args, why) in [
        (&["new.yaml", "--before", "none.yaml", "-o", "out.md"][..], "there is no such file or folder"),
        (&["new.yaml", "--before", "broken.yaml", "-o", "out.md"], "broken.yaml:"),
        (&["broken.yaml", "-o", "out.md"], "broken.yaml:"),
        (&["none.yaml", "--before", "old.yaml", "-o", "out.md"], "there is no such file or folder"),
        (&["new.yaml", "--before", "git:none", "-o", "out.md"], "git"),
        (&["-", "--before", "-", "-o", "out.md"], "standard input can be read once"),
        (&["new.yaml", "--before", "-", "--before", "-", "-o", "out.md"], "standard input can be read once"),
        (&["new.yaml", "--product", "none", "-o", "out.md"], "none"),
        (&["new.yaml", "--without", "none", "-o", "out.md"], "none"),
        (&["new.yaml", "-o", "new.yaml"], "would overwrite a file that is read here"),
        (&["new.yaml", "--before", "old.yaml", "-o", "old.yaml"], "would overwrite a file that is read here"),
        (&["new.yaml", "--before", ".", "--format", "html", "-o", "old.yaml"], "would overwrite a file that is read here"),
    ] {
        let refused = roleaudit(folder.path(), &[&["report"], args].concat()).code(2).stdout_eq("");
        assert!(stderr(&refused).contains(why), "{args:?}: {}", stderr(&refused));
        assert!(!folder.path().join("out.md").exists(), "{args:?}");
    }
    let kept = ["old.yaml", "new.yaml"].map(|name| fs::read_to_string(folder.path().join(name)).expect("it is there"));
    assert_eq!(kept, [TWO.to_owned(), reorganized()]);
}

#[test]
fn one_run_writes_both_formats() {
    let folder = folder(&[("team.yaml", TWO)]);
    let args = ["report", "team.yaml", "--format", "markdown", "-o", "out.md", "--format", "html", "-o", "out.html"];
    roleaudit(folder.path(), &args).code(0).stdout_eq("");
    let written = ["out.md", "out.html"].map(|name| fs::read_to_string(folder.path().join(name)).expect("it is written"));
    assert_eq!(written, [report(folder.path(), &["team.yaml"]), html(folder.path(), &["team.yaml"])]);
}

#[test]
fn hidden_names_are_in_neither_format() {
    let was = r#"roleaudit: 1
organization: {name: Fruit, goals: [Zqonillon asked for it]}
people:
  zqon-amelie: {name: Amélie Zqonarton, title: Archduchess of Zqon}
  zqon-bruno: {name: Bruno Zqonill, reports-to: zqon-amelie, time: {strategy: 100, delivery: 40}}
duties: {legal.sign: {meaning: Zqonickly signs it, required: true}}
products:
  app:
    name: Apples
    product-manager: zqon-amelie
    product-owner: [zqon-bruno, zqon-amelie]
    responsibilities:
      strategy.*: {decides: [zqon-amelie, zqon-bruno], note: Zqonibble about it}
      release.decision: {decides: zqon-bruno, approves: zqon-amelie}
      market.research: {not-applicable: Zqoniet reasons}
      legal.sign: nobody
teams: {core: {product: app}}
accepted: [{rule: product-goal-missing, at: products.app, because: Zqonarrels would follow, by: zqon-bruno, until: 2027-01-31}]
"#;
    let is = was.replace("release.decision: {decides: zqon-bruno, approves: zqon-amelie}", "release.decision: zqon-amelie");
    let folder = folder(&[("was.yaml", was), ("is.yaml", &is)]);
    let args = ["is.yaml", "--before", "was.yaml", "--redact", "--title", "For Zora"];
    for shown in [report(folder.path(), &args), html(folder.path(), &args)] {
        let found = ["zqon", "amelie", "amélie", "archduchess"].into_iter().find(|word| shown.to_lowercase().contains(word));
        assert_eq!(found, None, "{shown}");
        assert!(shown.contains("For Zora") && shown.contains("person-1") && shown.contains("person-2"), "{shown}");
    }
    let markdown = report(folder.path(), &args);
    assert!(section(&markdown, "What to settle").contains("`legal.sign`"), "{markdown}");
    // Amélie decides now what Bruno decided.
    let [amelie, bruno] = ["product manager: ", "owner: person-1 and "].map(|lead| {
        let (_, rest) = section(&markdown, "Whom to hire").split_once(lead).expect("seats are named");
        rest.split([' ', ';', '\n']).next().unwrap_or_default()
    });
    let moved = format!("| decides | release.decision of Apples | {bruno} | {amelie} |");
    assert!(amelie != bruno && section(&markdown, "What changes").contains(&moved), "{moved}: {markdown}");
    let open = report(folder.path(), &args[..3]);
    assert!(open.contains("Zqonibble") && open.contains("Zqonarrels") && open.contains("Archduchess"), "{open}");
}

// The page

/// Whole pages of many kinds, each with its name.
static PAGES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let root = Path::new(ROOT);
    let mut pages: Vec<_> = examples().into_iter().map(|example| (example.clone(), html(root, &[&example]))).collect();
    let changes = ["examples/reorg/after.yaml", "--before", "examples/reorg/before.yaml"];
    pages.push((changes.join(" "), html(root, &changes)));
    pages.push(("check".to_owned(), stdout(&roleaudit(root, &["check", "examples/contested.yaml", "--format", "html"]).code(1))));
    for section in ["rights", "absence", "findings", "people", "chart", "actions"] {
        let args = ["examples/stretched.yaml", "--section", section];
        pages.push((args.join(" "), html(root, &args)));
    }
    let folder = folder(&[
        ("app.yaml", TWO),
        ("more.yaml", "roleaudit: 1\nproducts: {app-2: {name: Apples}}\nteams: {core-2: {name: Corers}}\n"),
    ]);
    pages.push(("namesakes".to_owned(), html(folder.path(), &["."])));
    pages
});

#[test]
fn the_page_loads_nothing_and_runs_its_own_script_alone() {
    for (name, html) in PAGES.iter() {
        let page = Page::read(html);
        let policy = page.named("meta").find(|meta| meta.attribute("http-equiv") == Some("Content-Security-Policy"));
        let policy = policy.and_then(|meta| meta.attribute("content")).expect("the page has a policy");
        for (directive, element) in [("style-src", "style"), ("script-src", "script")] {
            let texts: Vec<_> = page.named(element).map(|element| element.text.as_str()).collect();
            let [only] = texts[..] else { unreachable!("{name} has {} elements {element}", texts.len()) };
            let hash = BASE64_STANDARD.encode(Sha256::digest(only));
            assert!(
                policy.contains(&format!("{directive} 'sha256-{hash}'")),
                "{name}: {element} {hash} is not allowed by {policy}"
            );
        }
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{name}: {policy}");
        for element in &page.elements {
            for (attribute, value) in &element.attributes {
                let is_used = ["style", "src", "srcset", "action", "formaction", "data", "background", "ping"]
                    .contains(&attribute.as_str());
                assert!(!is_used && !attribute.starts_with("on"), "{name}: {attribute}=\"{value}\"");
                let links = ["href", "xlink:href"].contains(&attribute.as_str());
                assert!(!links || value.starts_with('#'), "{name}: {attribute}=\"{value}\"");
            }
            assert!(
                !["link", "img", "iframe", "object", "embed", "base", "image"].contains(&element.name.as_str()),
                "{name}: {}",
                element.name
            );
        }
        let [style] = page.named("style").map(|style| style.text.as_str()).collect::<Vec<_>>()[..] else { unreachable!() };
        assert!(!style.contains("url(") && !style.contains("@import"), "{name}");
        assert!(
            !page.elements[0].text.contains("http:") && !html.replace("http://www.w3.org/", "").contains("http://"),
            "{name}"
        );
    }
}

#[test]
fn every_link_and_label_of_the_page_has_its_element() {
    for (name, html) in PAGES.iter() {
        let page = Page::read(html);
        let ids: Vec<&str> = page.elements.iter().filter_map(|element| element.attribute("id")).collect();
        let distinct: BTreeSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len(), "{name}: {ids:?}");
        for element in &page.elements {
            let targets = ["href", "for", "aria-labelledby", "aria-describedby", "aria-controls", "headers"];
            let named = targets.iter().filter_map(|attribute| element.attribute(attribute)).flat_map(|ids| ids.split(' '));
            for target in named {
                assert!(ids.contains(&target.trim_start_matches('#')), "{name}: nothing has the id {target}");
            }
        }
        let sections: Vec<_> = page.named("section").filter_map(|section| section.attribute("id")).collect();
        let nav =
            page.elements.iter().position(|element| element.attribute("id") == Some("contents")).expect("there are contents");
        let in_nav = |link: &&Element| page.around(link).any(|around| std::ptr::eq(around, &page.elements[nav]));
        let linked: Vec<_> =
            page.named("a").filter(in_nav).filter_map(|link| link.attribute("href")?.strip_prefix('#')).collect();
        assert_eq!(linked, sections, "{name}");
    }
}

#[test]
fn whatever_the_filters_hide_can_be_chosen() {
    let mut numbers = 0;
    for (name, html) in PAGES.iter() {
        let page = Page::read(html);
        let mut chosen: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for option in page.named("option").filter(|option| option.attribute("value") != Some("")) {
            let select = page.around(option).find(|around| around.name == "select").expect("options stand in a list");
            let list = chosen.entry(select.attribute("name").unwrap_or_default()).or_default();
            list.push(option.attribute("value").unwrap_or_default());
        }
        for (attribute, select) in [("data-products", "product"), ("data-teams", "team"), ("data-people", "person")] {
            let values = chosen.get(select).cloned().unwrap_or_default();
            assert_eq!(values.iter().collect::<BTreeSet<_>>().len(), values.len(), "{name}: {values:?}");
            for element in page.elements.iter().filter(|element| element.is("finding") || element.is("filterable")) {
                for number in element.numbers(attribute) {
                    numbers += 1;
                    assert!(values.contains(&number), "{name}: {select} {number} cannot be chosen: {}", element.text);
                }
            }
        }
        let boxes: Vec<_> = page.named("input").filter(|input| input.attribute("name") == Some("severity")).collect();
        let values: Vec<_> = boxes.iter().filter_map(|input| input.attribute("value")).collect();
        assert_eq!(values, ["error", "warning", "info"], "{name}");
        assert!(boxes.iter().all(|input| input.attribute("checked").is_some()), "{name}");
        let form = page.named("form").next().expect("there are filters");
        assert!(
            form.attribute("id") == Some("filters") && form.attribute("hidden").is_some(),
            "{name}: without a script they are not shown"
        );
    }
    assert!(numbers > 1000, "{numbers}");
}

#[test]
fn the_page_counts_its_findings() {
    for (name, html) in PAGES.iter() {
        let page = Page::read(html);
        let count = page.of_class("finding").count();
        let said = page.text_of("shown").expect("the filters say how many are shown");
        let has_findings = page.named("section").any(|section| section.attribute("id") == Some("findings"));
        let words = format!("{count} of {count} finding{}", if count == 1 { "" } else { "s" });
        assert!(!has_findings || said == words, "{name}: {said}");
    }
}

#[test]
fn a_run_says_the_same_as_the_one_before_whatever_the_order_of_files() {
    let (people, rest) = TWO.split_once("products:\n").expect("there are products");
    let (products, teams) = rest.split_once("teams:\n").expect("there are teams");
    let teams = format!("roleaudit: 1\nteams:\n{teams}");
    let products = format!("roleaudit: 1\nproducts:\n{products}");
    let folder = folder(&[("people.yaml", people), ("products.yaml", &products), ("teams.yaml", &teams)]);
    for format in ["markdown", "html"] {
        let shown = |files: &[&str]| report(folder.path(), &[files, &["--format", format]].concat());
        let first = shown(&["people.yaml", "products.yaml", "teams.yaml"]);
        assert!(first.contains("Boxes"), "{first}");
        assert_eq!(shown(&["people.yaml", "products.yaml", "teams.yaml"]), first);
        assert_eq!(shown(&["teams.yaml", "products.yaml", "people.yaml"]), first);
        assert_eq!(shown(&["."]), first);
    }
}

// The Markdown

/// The anchor that GitHub makes of a heading's text.
fn slug(text: &str) -> String {
    let kept = text.to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The links of a document, and the anchors of its headings: a text that occurs again gets a number.
fn links_and_anchors(markdown: &str) -> (Vec<String>, Vec<String>) {
    let (mut links, mut anchors) = (Vec::new(), Vec::new());
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(markdown, OPTIONS) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => anchors.push(slug(&heading.take().unwrap_or_default())),
            Event::Start(Tag::Link { dest_url, .. }) => links.push(dest_url.into_string()),
            Event::Text(text) | Event::Code(text) => heading.iter_mut().for_each(|heading| heading.push_str(&text)),
            _ => {}
        }
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for anchor in &mut anchors {
        let count = counts.entry(anchor.clone()).or_default();
        *count += 1;
        if *count > 1 {
            *anchor = format!("{anchor}-{}", *count - 1);
        }
    }
    (links, anchors)
}

/// Whole documents of many kinds, each with its name.
static DOCUMENTS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let root = Path::new(ROOT);
    let mut documents: Vec<_> = examples().into_iter().map(|example| (example.clone(), report(root, &[&example]))).collect();
    let more: [&[&str]; 5] = [
        &["examples/reorg/after.yaml", "--before", "examples/reorg/before.yaml"],
        &["examples/contested.yaml", "--title", "Findings"],
        &["examples/contested.yaml", "--title", "what  to *settle*?"],
        &["examples/contested.yaml", "--title", "Über `uns` & co"],
        &["examples/contested.yaml", "--redact", "--without", "ida"],
    ];
    documents.extend(more.into_iter().map(|args| (args.join(" "), report(root, args))));
    let namesake = TWO.replace("Apples", "Findings").replace("Boxes", "A | B").replace("Corers", "People");
    documents.push(("sections as names".to_owned(), report_of(&namesake, &[])));
    documents
});

#[test]
fn every_link_of_the_document_has_its_heading() {
    for (name, markdown) in DOCUMENTS.iter() {
        let (links, anchors) = links_and_anchors(markdown);
        assert_eq!(links.len(), headings(markdown).len(), "{name}: each section is linked");
        for link in &links {
            assert!(anchors.iter().any(|anchor| link.strip_prefix('#') == Some(anchor)), "{name}: {link} is none of {anchors:?}");
        }
        let distinct: BTreeSet<_> = links.iter().collect();
        assert_eq!(distinct.len(), links.len(), "{name}: {links:?}");
    }
    let (links, anchors) = links_and_anchors(&report(Path::new(ROOT), &["examples/contested.yaml", "--title", "Findings"]));
    assert_eq!(anchors.first().map(String::as_str), Some("findings"), "the title has the anchor");
    assert!(links.contains(&"#findings-1".to_owned()), "{links:?}");
}

#[test]
fn the_document_is_well_formed() {
    for (name, markdown) in DOCUMENTS.iter() {
        let mut in_drawing = false;
        let mut cells = None;
        for line in markdown.lines() {
            in_drawing ^= line.starts_with("```");
            let count = (line.starts_with('|') && !in_drawing).then(|| line.replace("\\|", "").matches('|').count());
            assert!(count.is_none() || cells.is_none() || cells == count, "{name}: {line}");
            cells = count;
            assert!(!line.ends_with(' '), "{name}: `{line}`");
        }
        assert!(!in_drawing && markdown.ends_with('\n') && !markdown.ends_with("\n\n") && !markdown.contains("\n\n\n"), "{name}");
        let levels = Parser::new_ext(markdown, OPTIONS).filter_map(|event| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(level as usize),
            _ => None,
        });
        let levels: Vec<usize> = levels.collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{name}");
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{name}: no level is left out: {levels:?}");
        let tasks = Parser::new_ext(markdown, OPTIONS).filter(|event| matches!(event, Event::TaskListMarker(false))).count();
        let items = section(markdown, "Checklist").lines().filter(|line| line.starts_with("- ")).count();
        assert_eq!(tasks, items, "{name}: what is to be done can be ticked off");
    }
}

#[test]
fn the_page_names_the_same_sources_as_the_document() {
    let cited = |text: &str| -> BTreeSet<String> {
        let ids = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        ids.filter(|id| id.len() == 6 && id.starts_with('D') && id.as_bytes()[2] == b'-').map(str::to_owned).collect()
    };
    let root = Path::new(ROOT);
    let document = report(root, &["examples/contested.yaml"]);
    let of_document = cited(section(&document, "Sources"));
    assert!(of_document.len() > 5, "{of_document:?}");
    assert_eq!(cited(&html(root, &["examples/contested.yaml"])), of_document);
}

#[test]
fn a_product_and_a_team_of_one_name_have_headings_of_their_own() {
    let text = "roleaudit: 1\npeople: {ann: Ann, ben: Ben}\norganization: {goals: [Grow]}\n\
                rhythm: [{who: [product-owner, developers], every: day}]\n\
                products: {app: {name: Shop, product-owner: [ann, ben]}, web: {name: Web, product-owner: ann}}\n\
                teams: {core: {name: Shop, product: app, backlog: core, product-owner: [ann, ben]}}\n";
    let document = report_of(text, &[]);
    let headings: Vec<&str> = document.lines().filter(|line| line.starts_with("###")).collect();
    for expected in ["### Shop (app): findings", "#### Shop (core): findings", "### Web: findings"] {
        assert!(headings.contains(&expected), "{expected}: {headings:?}");
    }
    // The only product needs no heading of its own, and its teams move up.
    let alone = report_of(&text.replace(", web: {name: Web, product-owner: ann}", ""), &[]);
    assert!(alone.contains("\n### Shop (core): findings\n") && !alone.contains("Shop (app): findings"), "{alone}");
    let of_page: Vec<String> =
        page_of(text, &[]).elements.iter().filter(|element| element.name == "h3").map(|element| element.text.clone()).collect();
    assert!(of_page.iter().any(|heading| heading == "Shop (app)"), "{of_page:?}");
}

#[test]
fn a_product_needs_its_id_in_headings_also_where_a_person_tells_the_team_apart() {
    let text = "roleaudit: 1\npeople: {ann: Shop, ben: Ben}\n\
                products: {app: {name: Shop, product-owner: [ann, ben]}, web: {name: Web, product-owner: ben}}\n\
                teams: {core: {name: Shop, product: app, backlog: core, product-owner: [ann, ben]}}\n";
    let document = report_of(text, &[]);
    for expected in ["### Shop (app): findings\n", "#### Shop (core): findings\n", "Shop (ann)"] {
        assert!(document.contains(expected), "{expected}: {document}");
    }
}

#[test]
fn only_a_long_page_is_laid_out_as_it_is_scrolled() {
    let of_teams = |count: usize| {
        let teams: String = (0..count).map(|n| format!("  t{n}: {{product: app}}\n")).collect();
        page_of(&format!("{}teams:\n{teams}", organization(&[("app", SETTLED)])), &[])
    };
    let is_large = |page: &Page| page.elements.iter().any(|element| element.name == "body" && element.is("large"));
    assert!(!is_large(&of_teams(49)) && is_large(&of_teams(50)));
}

#[test]
fn a_title_is_cut_as_it_is_counted_with_its_marks() {
    let text = organization(&[("app", SETTLED)]);
    for title in ["<".repeat(40), ">".repeat(40), "&".repeat(40), "\"".repeat(40), "x".repeat(200)] {
        let folder = folder(&[("team.yaml", &text)]);
        let page = html(folder.path(), &["team.yaml", "--title", &title]);
        let (_, shown) = page.split_once("<title>").expect("a page has a title");
        let shown = shown.split("</title>").next().unwrap_or_default();
        assert!(shown.len() > 40 && shown.len() <= 70, "{shown}");
    }
}

#[test]
fn letters_that_drawings_take_for_marks_stay_letters() {
    let document = report_of(&organization(&[("app", &SETTLED.replace("name: App", "name: A¶Bﬂ"))]), &["--section", "chart"]);
    assert!(document.contains("[\"A¶#8203;Bﬂ#8203;"), "{document}");
}

#[test]
fn a_name_within_the_name_of_a_product_is_hidden_in_headings_too() {
    let text = "roleaudit: 1\npeople: {ann: Ann, kim: Kim Larsen}\n\
                products: {app: {name: Shop of Kim, product-owner: [ann, kim]}, web: {name: Web of Larsen, product-owner: [ann, kim]}}\n";
    let document = report_of(text, &["--redact"]);
    assert!(document.contains("\n### Shop of person-1: findings\n"), "{document}");
    assert!(!document.contains("Kim") && !document.contains("Larsen"), "{document}");
}
