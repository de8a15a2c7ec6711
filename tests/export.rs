//! `roleaudit export` as a user meets it, and its promise: every letter is a right that really holds there, and every such right has
//! its letter.

#![allow(clippy::panic, reason = "a test fails by panicking")]

#[path = "common/organizations.rs"]
mod organizations;

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use roleaudit::catalogue::DutyIx;
use roleaudit::org::rights::Right;
use roleaudit::org::{Actor, Answer, Decision, Org, Subject};
use roleaudit::sections::Filter;
use roleaudit::source::{Source, Sources};
use roleaudit::{Days, export, render};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

fn command(args: &[&str]) -> snapbox::cmd::Command {
    let project = env!("CARGO_MANIFEST_DIR");
    snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_roleaudit")).current_dir(project).env("NO_COLOR", "1").arg("export").args(args)
}

/// What goes to standard output and to standard error.
fn run(args: &[&str]) -> [String; 2] {
    let assert = command(args).assert().success();
    let output = assert.get_output();
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8(bytes.clone()).expect("outputs are text"))
}

/// The same of a text that is given as a file.
fn run_text(text: &str, args: &[&str]) -> [String; 2] {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("team.yaml");
    fs::write(&file, text).expect("files can be written");
    run(&[&[file.to_str().expect("the path is text")], args].concat())
}

/// The header and the rows of a CSV document.
fn table(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(csv.as_bytes());
    reader.records().map(|record| record.expect("a line can be read").iter().map(str::to_owned).collect()).collect()
}

/// The table of a Markdown document, as its readers see it.
fn table_of_markdown(markdown: &str) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut is_in_cell = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => rows.push(Vec::new()),
            Event::Start(Tag::TableCell) => {
                is_in_cell = true;
                rows.last_mut().expect("a cell is in a row").push(String::new());
            }
            Event::End(TagEnd::TableCell) => is_in_cell = false,
            Event::Text(text) | Event::Code(text) if is_in_cell => {
                let cell = rows.last_mut().and_then(|row| row.last_mut()).expect("text is in a cell");
                cell.push_str(&text.replace('\u{200b}', ""));
            }
            _ => {}
        }
    }
    rows
}

/// The rows of a duty: product, team, and the letters by the head of their column.
fn letters(table: &[Vec<String>], duty: &str) -> Vec<(String, String, BTreeMap<String, String>)> {
    let heads = &table[0];
    let of_duty = table[1..].iter().filter(|row| row[2] == duty);
    let row = |row: &Vec<String>| {
        let cells = heads.iter().zip(row).skip(4).filter(|(_, cell)| !cell.is_empty());
        (row[0].clone(), row[1].clone(), cells.map(|(head, cell)| (head.clone(), cell.clone())).collect())
    };
    of_duty.map(row).collect()
}

/// One row of letters as it is compared: product, team, then `head=letters`.
fn shown(table: &[Vec<String>], duty: &str) -> Vec<String> {
    let row = |(product, team, cells): (String, String, BTreeMap<String, String>)| {
        let cells: Vec<String> = cells.into_iter().map(|(head, letters)| format!("{head}={letters}")).collect();
        format!("{product}|{team}|{}", cells.join(" "))
    };
    letters(table, duty).into_iter().map(row).collect()
}

const SHOP: &str = "\
organization:
  responsibilities:
    backlog.*: product-owner
    delivery.*: {decides: product-owner, informed: [kim]}
people: {ann: Ann, bob: Bob, cai: Cai, kim: {name: Kim, position: leader}, board: {name: Board, kind: group}, lee: Lee}
products:
  shop:
    name: Shop
    product-owner: ann
    metrics: [{name: sales, owner: ann}, {name: returns, owner: bob}]
    responsibilities:
      scope.changes: {decides: [ann, kim], does: [kim, developers], input: board}
      strategy.*: {decides: nobody, input: nobody}
      roadmap.*: {decides: kim, until: 2026-01-31, does: bob}
      release.decision: {decides: kim, approves: board, deputy: bob, escalates-to: lee, communicates: product-owner, note: as agreed}
      market.competition: {not-applicable: it sells to itself}
      market.research: {input: kim}
      delivery.review: kim
      priorities.conflict: {approves: board}
  bank:
    product-manager: nobody
    responsibilities: {scope.changes: product-manager, release.decision: developers}
  old: {name: Old, stage: retired, responsibilities: {scope.changes: cai}}
teams:
  red: {name: Red, product: shop}
  blue: {name: Blue, product: shop}
  squad: {name: Squad, product: shop, backlog: squad, product-owner: cai}
  help: {name: Help, responsibilities: {delivery.questions: bob}}
duties:
  legal.file: {meaning: Files the statement, level: organization, required: true}
";

fn shop(args: &[&str]) -> [String; 2] {
    run_text(SHOP, &[&["--as-of", "2026-11-21"], args].concat())
}

#[test]
fn letters_are_the_rights_that_hold_there() {
    let table = table(&shop(&[])[0]);
    let heads: Vec<&str> = table[0].iter().map(String::as_str).collect();
    assert_eq!(heads[..4], ["Product", "Team", "Duty (RACI)", "Meaning"]);
    let of_teams = ["Developers of Red", "Developers of Blue", "Developers of Squad"];
    assert_eq!(heads[4..], [&["Ann", "Bob", "Cai", "Kim", "Board"][..], &of_teams, &["Developers"]].concat());
    // Two decide, and one of them does it with all developers.
    let developers = "Developers of Blue=R Developers of Red=R Developers of Squad=R";
    assert_eq!(shown(&table, "scope.changes")[0], format!("Shop||Ann=A Board=C {developers} Kim=A/R"));
    // The owners of metrics decide by fact, and a record without a decider shows what it says.
    assert_eq!(shown(&table, "results.metrics"), ["Shop||Ann=A Bob=A"]);
    assert_eq!(shown(&table, "market.research"), ["Shop||Kim=C"]);
    // Whoever develops decides, also where no team is there yet.
    assert_eq!(shown(&table, "release.decision"), ["Shop||Kim=A", "bank||Developers=A"]);
    assert_eq!(table[1][3], "Describes where the product should be years from now and keeps that description up to date.");
}

#[test]
fn teams_have_rows_of_their_own_only_where_they_differ() {
    let table = table(&shop(&[])[0]);
    // Red and Blue work from one backlog, Squad from its own.
    assert_eq!(shown(&table, "backlog.order"), ["Shop|Red|Ann=A", "Shop|Blue|Ann=A", "Shop|Squad|Cai=A"]);
    let sprint = ["Shop|Red|Ann=A Kim=I", "Shop|Blue|Ann=A Kim=I", "Shop|Squad|Cai=A Kim=I", "|Help|Kim=I"];
    assert_eq!(shown(&table, "delivery.sprint"), sprint);
    assert_eq!(shown(&table, "delivery.questions").last().map(String::as_str), Some("|Help|Bob=A"));
    let same = SHOP.replace("backlog: squad, product-owner: cai", "scrum: true");
    let [csv, _] = run_text(&same, &["--as-of", "2026-11-21"]);
    assert_eq!(shown(&self::table(&csv), "backlog.order"), ["Shop||Ann=A"]);
}

#[test]
fn teams_that_name_the_same_people_in_another_order_do_not_differ() {
    let file = "\
people: {ann: Ann, bob: Bob}
products: {app: {name: App}}
teams:
  red: {product: app, responsibilities: {delivery.how: {decides: ann, input: [ann, bob]}, delivery.sprint: [ann, bob]}}
  blue: {product: app, responsibilities: {delivery.how: {decides: ann, input: [bob, ann]}, delivery.sprint: [bob, ann]}}
";
    let table = table(&run_text(file, &[])[0]);
    assert_eq!(shown(&table, "delivery.how"), ["App||Ann=A/C Bob=C"]);
    assert_eq!(shown(&table, "delivery.sprint"), ["App||Ann=A Bob=A"]);
}

#[test]
fn a_backlog_without_a_team_does_not_speak_for_the_teams() {
    let file = "\
people: {ann: Ann, cai: Cai}
products: {shop: {name: Shop, responsibilities: {backlog.refine: ann, scope.changes: ann}}, bank: {name: Bank}}
teams:
  squad: {name: Squad, product: shop, backlog: squad, product-owner: cai}
  guest: {name: Guest, product: bank, backlog: shop}
  lodger: {name: Lodger, backlog: shop}
";
    let of_squad = self::table(&run_text(file, &["--team", "squad"])[0]);
    assert_eq!(shown(&of_squad, "backlog.refine"), ["Shop|Squad|"]);
    let table = table(&run_text(file, &[])[0]);
    // What Ann decides of the product's own backlog does not reach the squad's, which has an owner.
    assert_eq!(shown(&table, "backlog.refine"), ["Shop||Ann=A", "Shop|Squad|", "Bank||Ann=A"]);
    assert_eq!(shown(&table, "backlog.order"), ["Shop|Squad|Cai=A"]);
    assert_eq!(shown(&table, "scope.changes"), ["Shop||Ann=A"]);
}

#[test]
fn what_nobody_decides_has_a_row_without_an_a_if_it_is_recorded() {
    let table = table(&shop(&[])[0]);
    assert_eq!(shown(&table, "strategy.vision"), ["Shop||"]);
    // The right has ended; the rest of its record holds.
    assert_eq!(shown(&table, "roadmap.shape"), ["Shop||Bob=R"]);
    // The seat is vacant.
    assert_eq!(shown(&table, "scope.changes")[1], "bank||");
    // Approval alone has no letter.
    assert_eq!(shown(&table, "priorities.conflict"), ["Shop||"]);
    for absent in ["market.competition", "results.measure", "legal.file"] {
        assert!(shown(&table, absent).is_empty(), "{absent}");
    }
    assert!(table.iter().all(|row| row[0] != "Old"));
}

#[test]
fn a_duty_of_the_organization_has_neither_product_nor_team() {
    let file = "\
organization: {responsibilities: {legal.file: {decides: ann, does: bob}}}
people: {ann: Ann, bob: Bob}
products: {app: {}}
duties: {legal.file: {meaning: Files the statement, level: organization}}
";
    let expected = "Product,Team,Duty (RACI),Meaning,Ann,Bob\n,,legal.file,Files the statement,A,R\n";
    assert_eq!(run_text(file, &[])[0], expected);
}

#[test]
fn a_team_of_several_products_stands_with_each_of_them() {
    let file = "\
people: {ann: Ann, bob: Bob}
products: {app: {name: App}, bank: {name: Bank}}
teams:
  both: {name: Both, product: [app, bank], backlog: app, responsibilities: {delivery.how: ann, backlog.order: ann}}
  one: {name: One, product: bank, responsibilities: {delivery.how: bob}}
";
    let table = table(&run_text(file, &[])[0]);
    assert_eq!(shown(&table, "delivery.how"), ["App||Ann=A", "Bank|Both|Ann=A", "Bank|One|Bob=A"]);
    assert_eq!(shown(&table, "backlog.order"), ["App||Ann=A", "Bank|Both|Ann=A"]);
}

#[test]
fn namesakes_and_fixed_heads_are_told_apart() {
    let file = "\
people: {a1: Ann, a2: Ann, t: Team, devs: Developers}
products:
  p1: {name: App, responsibilities: {scope.changes: {decides: a1, input: [a2, t, devs, developers]}}}
  p2: {name: App, responsibilities: {scope.changes: a2}}
teams: {red: {name: Red, product: p1}}
";
    let table = table(&run_text(file, &[])[0]);
    assert_eq!(table[0][4..], ["Ann (a1)", "Ann (a2)", "Team (t)", "Developers", "Developers of Red"]);
    let products: Vec<&str> = table[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(products, ["App (p1)", "App (p2)"]);
}

#[test]
fn a_team_that_acts_as_one_is_its_developers() {
    let [csv, _] = run(&["examples/split.yaml"]);
    assert_eq!(table(&csv)[0][4..], ["Pam", "Quin", "Developers of Vans"]);
    assert_eq!(shown(&table(&csv), "delivery.how"), ["Deliveries||Developers of Vans=A"]);
}

#[test]
fn what_has_no_letter_is_told() {
    let [_, told] = shop(&[]);
    let expected = "\
What RACI cannot say, and this matrix leaves out:
  approves: Board for release.decision of Shop
  approves: Board for priorities.conflict of Shop
  deputy: Bob for release.decision of Shop
  escalates-to: Lee for release.decision of Shop
  communicates: the product owner for release.decision of Shop
  decides: nobody for strategy.* of Shop
  input: nobody for strategy.* of Shop
  not contested: results.metrics of Shop, though several have an A
  until: 2026-01-31 for roadmap.* of Shop by Kim, which is over
  not-applicable: market.competition of Shop (\"it sells to itself\")
  seat: Ann is product owner of Shop
  seat: nobody is product manager of bank
  seat: Cai is product owner of Squad
  group: Board
  no letter: 1 person (Lee)
  left out: 1 product that is retired or only an idea (Old)
  products: metrics (1)
  teams: backlog (1), product (3)
  people: position (1)
  note: 1 right (release.decision of Shop)
  and 2 more: write `--format markdown` for all
";
    assert_eq!(told, expected);
    let [document, told] = shop(&["--format", "markdown"]);
    assert_eq!(told, "");
    assert!(document.ends_with("\n- **level:** 1 duty (legal.file)\n- **required:** 1 duty (legal.file)\n"), "{document}");
    for line in expected.lines().skip(1).take(20) {
        let (kind, what) = line.trim().split_once(": ").expect("a line names its kind");
        let what = what.replace('*', "\\*");
        assert!(document.contains(&format!("\n- **{kind}:** {what}\n")), "{line}\n{document}");
    }
}

#[test]
fn everything_that_a_file_can_say_is_shown_or_told() {
    let file = "\
as-of: 2026-11-21
organization: {name: Northwind, stage: growing, scrum: true, goals: confidential, signals: [decisions-slow], responsibilities: {backlog.*: ann}}
people:
  ann: {name: Ann, title: Boss, reports-to: bob, position: leader, time: {backlog: 40}, protected-time: 20, max-teams: 1, scope: All,
    scope-reviewed: 2026-09-01, since: 2025-02-01, last-customer-contact: 2026-11-02, signals: [interviews-postponed]}
  bob: {kind: group}
products:
  app:
    definition: A thing
    customers: [all]
    segments: [some]
    stage: live
    goal: Better
    project-manager: [{person: ann, until: 2027-01-31}, {person: bob, until: unknown}]
    product-manager: {person: ann, until: 2026-01-31}
    roadmap: {updated: 2026-10-15}
    metrics: [{name: sales}]
    regulated: true
    new-market: true
    complex-dependencies: true
    governance-required: true
    releases-every: week
    needs-skills: [rust]
    coordination: {framework: Nexus}
    signals: [roadmap-reactive]
    responsibilities: {delivery.how: ann, backlog.order: ann, backlog.*: ann, scope.changes: {decides: ann, until: unknown}}
  bank: {}
teams:
  red: {product: app, backlog: app, developers: 3, scrum: true, aligned-to: product, skills: [rust], takes-work-from: [bob],
    answers-within: 4 hours, signals: [developers-wait], responsibilities: {delivery.how: ann}}
  bank-team: {product: bank}
backlogs: {app: {can-reorder: [ann], serves: [all], refined: 2026-11-14, items: 80}}
rhythm: [{who: [ann, customers], every: month}]
openings: {lead: {title: Lead, product: app}}
accepted: [{rule: duty-unowned, at: products.app, because: A lead comes in February}]
";
    let [document, _] = run_text(file, &["--format", "markdown"]);
    let lost: Vec<&str> = document.lines().filter(|line| line.starts_with("- ")).collect();
    let expected = [
        "- **until:** an unknown day for scope.changes of app",
        "- **without effect:** delivery.how of app",
        "- **seat:** nobody is product manager of app; Ann was until 2026-01-31",
        "- **seat:** Ann (until 2027-01-31) and bob (interim) are project manager of app",
        "- **group:** bob",
        "- **no letter:** 1 person (bob)",
        "- **as-of:** 2026-11-21",
        "- **organization:** stage, scrum, goals, signals",
        "- **products:** complex-dependencies (1), coordination (1), customers (1), definition (1), goal (1), governance-required (1), \
         metrics (1), needs-skills (1), new-market (1), regulated (1), releases-every (1), roadmap (1), segments (1), signals (1), stage (1)",
        "- **teams:** aligned-to (1), answers-within (1), backlog (1), developers (1), product (2), scrum (1), signals (1), skills (1), \
         takes-work-from (1)",
        "- **people:** last-customer-contact (1), max-teams (1), position (1), protected-time (1), reports-to (1), scope (1), \
         scope-reviewed (1), signals (1), since (1), time (1), title (1)",
        "- **backlogs:** can-reorder (1), items (1), refined (1), serves (1)",
        "- **rhythm:** 1 meeting",
        "- **openings:** 1 role to be filled (lead)",
        "- **accepted:** 1 risk (duty-unowned of app)",
    ];
    assert_eq!(lost, expected);
    assert!(document.starts_with("# RACI of Northwind\n"), "{document}");
    // What another product is about is not told with this one.
    let [document, _] = run_text(file, &["--format", "markdown", "--product", "bank"]);
    assert!(document.starts_with("# RACI of bank\n"), "{document}");
    let lost: Vec<&str> = document.lines().filter(|line| line.starts_with("- ")).collect();
    let kinds =
        ["as-of:** 2026-11-21", "organization:** stage, scrum, goals, signals", "teams:** product (1)", "rhythm:** 1 meeting"];
    assert_eq!(lost, kinds.map(|kind| format!("- **{kind}")));
}

#[test]
fn markdown_has_the_cells_of_the_csv() {
    for example in ["split", "squads", "stretched", "trio", "contested", "release-train"] {
        let file = format!("examples/{example}.yaml");
        let [csv, _] = run(&[&file]);
        let [markdown, _] = run(&[&file, "--format", "markdown"]);
        assert!(table(&csv).len() > 10, "{example}");
        assert_eq!(table_of_markdown(&markdown), table(&csv), "{example}");
    }
}

#[test]
fn hostile_names_stay_in_their_cells() {
    let names = ["a | b || c", "two\\nlines\\r\\n| row |", "=cmd('calc')|x", "`code` <b>*x*</b> @ann", "a,\\\"b\\\"; c"];
    let people: String = names.iter().enumerate().map(|(n, name)| format!("  p{n}: {{name: \"{name}\"}}\n")).collect();
    let file = format!(
        "people:\n{people}products: {{app: {{name: \"{}\", responsibilities: {{scope.changes: [p0, p1, p2, p3, p4]}}}}}}",
        names[1]
    );
    let expected = ["a | b || c", "two lines  | row |", "'=cmd('calc')|x", "`code` <b>*x*</b> @ann", "a,\"b\"; c"];
    let csv = table(&run_text(&file, &[])[0]);
    assert_eq!(csv[0][4..], expected);
    assert_eq!(csv[1][..3], [expected[1], "", "scope.changes"]);
    let markdown = table_of_markdown(&run_text(&file, &["--format", "markdown"])[0]);
    let of_markdown = |text: &str| text.trim_start_matches('\'').replace('`', "");
    assert_eq!(markdown[0][4..], expected.map(of_markdown));
    assert_eq!(markdown[1][4..], csv[1][4..]);
}

#[test]
fn a_filter_limits_what_is_shown() {
    let rows = |args: &[&str]| table(&shop(args)[0]);
    let places = |args: &[&str]| -> BTreeSet<(String, String)> {
        rows(args)[1..].iter().map(|row| (row[0].clone(), row[1].clone())).collect()
    };
    let named = |places: &[(&str, &str)]| -> BTreeSet<(String, String)> {
        places.iter().map(|(product, team)| ((*product).to_owned(), (*team).to_owned())).collect()
    };
    assert_eq!(places(&["--product", "bank"]), named(&[("bank", "")]));
    // That teams differ is seen though one of them is shown, and so is what goes for all of them.
    assert_eq!(places(&["--team", "blue"]), named(&[("Shop", ""), ("Shop", "Blue")]));
    assert_eq!(places(&["--team", "help"]), named(&[("", "Help")]));
    assert_eq!(shown(&rows(&["--team", "blue"]), "delivery.review"), ["Shop||Kim=A"]);
    assert!(!rows(&["--team", "blue"])[0].contains(&"Cai".to_owned()));
    let [document, _] = shop(&["--product", "bank", "--format", "markdown"]);
    assert!(document.starts_with("# RACI of bank\n") && !document.contains("Shop") && !document.contains("Squad"), "{document}");
    let refused = command(&["examples/squads.yaml", "--team", "serch"]).assert().code(2).stdout_eq("");
    refused.stderr_eq("error: there is no team `serch`; did you mean `search`?\n\n");
}

#[test]
fn somebody_who_left_has_no_column() {
    let [csv, told] = shop(&["--without", "kim"]);
    assert!(!csv.contains("Kim"), "{csv}");
    assert_eq!(shown(&table(&csv), "release.decision")[0], "Shop||Bob=A", "the deputy decides");
    assert!(told.starts_with("Without Kim"), "{told}");
    // That nobody was named is not so.
    let [_, told] = shop(&["--without", "lee"]);
    assert!(!told.contains("nobody for release.decision") && !told.contains("escalates-to"), "{told}");
}

#[test]
fn names_are_hidden_in_every_format() {
    let file = SHOP.replace("it sells to itself", "Kim says so").replace("Files the statement", "Files what Ann wrote");
    let file = file.replace("responsibilities:\n    backlog.*", "responsibilities:\n    legal.file: ann\n    backlog.*");
    let file = file.replace("legal.file", "legal.kim-file").replace("organization:\n", "organization:\n  name: Ann & Sons\n");
    for args in [&["--redact"][..], &["--redact", "--format", "markdown"]] {
        let shown = run_text(&file, args).concat();
        for name in ["Ann", "Bob", "Cai", "Kim", "kim", "Board", "Lee", "wrote"] {
            assert!(!shown.contains(name), "{name} in {shown}");
        }
        assert!(shown.contains("person-1"), "{shown}");
        assert!(shown.contains("Developers of Red") && shown.contains("release.decision of Shop"), "{shown}");
    }
    let hidden = table(&run_text(&file, &["--redact"])[0]);
    let plain = table(&run_text(&file, &[])[0]);
    assert_eq!(hidden[0][4..9], ["person-1", "person-2", "person-3", "person-4", "person-5"]);
    // The letters are where they were.
    assert_eq!(
        hidden.iter().map(|row| &row[4..]).skip(1).collect::<Vec<_>>(),
        plain.iter().map(|row| &row[4..]).skip(1).collect::<Vec<_>>()
    );
}

#[test]
fn an_organization_without_records_has_the_header_alone() {
    let [csv, told] = run_text("products: {app: {}}\n", &[]);
    assert_eq!(csv, "Product,Team,Duty (RACI),Meaning\n");
    assert!(told.starts_with("The matrix has no row: "), "{told}");
}

#[test]
fn what_cannot_be_read_is_not_exported() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let output = folder.path().join("raci.csv");
    let output = output.to_str().expect("the path is text");
    command(&["examples/no-such.yaml", "-o", output]).assert().code(2).stdout_eq("");
    assert!(!Path::new(output).exists());
    command(&["examples/split.yaml", "--format", "xlsx"]).assert().code(2).stdout_eq("");
}

#[test]
fn outputs_go_where_they_are_wanted() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let file = folder.path().join("raci.md");
    let file = file.to_str().expect("the path is text");
    let [csv, told] = run(&["examples/split.yaml", "--format", "markdown", "-o", file, "--format", "csv"]);
    // Whoever has the document has the list in it.
    assert_eq!(told, "");
    assert_eq!(table_of_markdown(&fs::read_to_string(file).expect("it was written")), table(&csv));
}

/// Who has which letter in a duty where it is looked up.
type Letters = BTreeSet<(char, String)>;

/// Where a row of an export is looked up: all places of its product, or those of its team.
fn subjects(org: &Org<'_>, duty: DutyIx, product: &str, team: &str, has_teams: bool) -> Vec<Subject> {
    let of_team = |subject: &Subject| match subject {
        Subject::Team(of) => org[*of].name() == team,
        Subject::Backlog(backlog) => org[*backlog].teams.iter().any(|of| org[*of].name() == team),
        _ => false,
    };
    let Some(product) = org.product(product) else { return vec![Subject::Organization] };
    let lookups = org.lookups(duty, product).into_iter();
    let has_team = |subject: &Subject| match subject {
        Subject::Backlog(backlog) => org[*backlog].teams.iter().any(|team| org[*team].products.contains(&product)),
        _ => true,
    };
    match team {
        "" if has_teams => lookups.filter(|subject| !has_team(subject)).collect(),
        "" => lookups.collect(),
        _ => lookups.filter(of_team).collect(),
    }
}

/// What a CSV document says of every lookup; a lookup that two rows speak of has to be told the same by both.
fn told(org: &Org<'_>, csv: &str) -> BTreeMap<(Subject, DutyIx), Letters> {
    let rows = &table(csv);
    let mut told = BTreeMap::new();
    for row in &rows[1..] {
        let [product, team, id] = [0, 1, 2].map(|column| row[column].as_str());
        let (duty, facts) = org.duties().find(|(_, duty)| duty.id == id).expect("a duty is one of the organization");
        assert_eq!(row[3], facts.meaning, "{id}");
        let cells = rows[0].iter().zip(row).skip(4);
        let letters: Letters =
            cells.flat_map(|(head, cell)| cell.split('/').flat_map(str::chars).map(|letter| (letter, head.clone()))).collect();
        let has_teams = rows.iter().any(|other| other[0] == product && other[2] == id && !other[1].is_empty());
        let subjects = subjects(org, duty, product, team, has_teams);
        assert!(!subjects.is_empty(), "{row:?} is looked up nowhere");
        for subject in subjects {
            let known = told.entry((subject, duty)).or_insert_with(|| letters.clone());
            assert_eq!(*known, letters, "{row:?}");
        }
    }
    told
}

/// What the lookups of an organization say themselves; nothing of duties that are not recorded, or do not exist there.
fn held(org: &Org<'_>) -> BTreeMap<(Subject, DutyIx), Letters> {
    let nameless = |decision: &Decision| matches!(decision.answer, Answer::Decided(_)) && decision.deciders().is_empty();
    let head = |actor: Actor| match actor {
        Actor::Team(_) => format!("Developers of {}", org.name(actor)),
        Actor::Person(_) => org.name(actor).to_owned(),
    };
    let mut held = BTreeMap::new();
    for (duty, subject, decision) in org.all_decisions().filter(|(.., decision)| decision.answer != Answer::NotApplicable) {
        let mut letters = Letters::new();
        for (right, letter) in [(Right::Decides, 'A'), (Right::Does, 'R'), (Right::Input, 'C'), (Right::Informed, 'I')] {
            letters.extend(org.holding(right, duty, subject).into_iter().map(|actor| (letter, head(actor))));
        }
        if nameless(decision) {
            letters.insert(('A', "Developers".to_owned()));
        }
        let others = Right::ALL.into_iter().any(|right| !org.holding(right, duty, subject).is_empty());
        if decision.answer != Answer::Absent || others {
            held.insert((subject, duty), letters);
        }
    }
    held
}

/// Exports an organization, and compares its cells with the lookups, in both directions.
fn check(text: &str) {
    let sources = Sources::new(vec![Source::new("team.yaml", text)]);
    let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
    let linked = roleaudit::load(&sources, days).unwrap_or_else(|invalid| panic!("{:#?}\n{text}", invalid.errors));
    let mut csv = Vec::new();
    render::export::csv(&export::export(&linked.org, &Filter::default()), &mut csv).expect("memory can be written");
    let csv = String::from_utf8(csv).expect("it is text");
    let (told, held) = (told(&linked.org, &csv), held(&linked.org));
    for (place, letters) in &held {
        assert_eq!(told.get(place), Some(letters), "{place:?}\n{csv}\n{text}");
    }
    // What has no row is blank where the product's own backlog has one and no team.
    let others = told.iter().filter(|(place, _)| !held.contains_key(place));
    for (place, letters) in others {
        assert!(letters.is_empty() && matches!(place, (Subject::Backlog(_), _)), "{place:?}\n{csv}\n{text}");
    }
}

proptest! {
    #![proptest_config(organizations::cases(60))]

    #[test]
    fn letters_and_lookups_agree(numbers in prop::collection::vec(any::<u16>(), 0..900)) {
        check(&organizations::organization(&numbers));
    }
}
