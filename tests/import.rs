//! `roleaudit import` as a user meets it: charts of every layout become team files that audit at once, and what cannot be read stops.

#![allow(clippy::panic, reason = "a test fails by panicking")]

#[path = "common/organizations.rs"]
mod organizations;

use proptest::prelude::*;
use roleaudit::export::{Export, export};
use roleaudit::import::assemble;
use roleaudit::import::chart::Asked;
use roleaudit::import::letters::Model;
use roleaudit::import::read::read;
use roleaudit::import::settled::Settled;
use roleaudit::import::sources::{self, File};
use roleaudit::org::rights::Right;
use roleaudit::sections::Filter;
use roleaudit::source::{Source, Sources};
use roleaudit::{Days, render};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with the files of a test.
struct Folder(TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = Folder(tempfile::tempdir().expect("a folder can be made"));
        files.iter().for_each(|(name, text)| folder.write(name, text.as_bytes()));
        folder
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).expect("a file can be written");
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, args: &[&str]) -> snapbox::cmd::Command {
        snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_roleaudit")).current_dir(self.0.path()).env("NO_COLOR", "1").args(args)
    }

    /// What a run of `import` gives: its exit code, the team file and what is said beside it.
    fn import(&self, args: &[&str]) -> (i32, String, String) {
        let output = self.command(&[&["import"], args].concat()).output().expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it is text");
        (output.status.code().expect("an exit code"), text(output.stdout), text(output.stderr))
    }

    /// The team file of charts that can be read.
    fn imported(&self, args: &[&str]) -> Value {
        let (code, stdout, stderr) = self.import(args);
        assert_eq!(code, 0, "{stderr}");
        serde_yaml::from_str(&stdout).unwrap_or_else(|error| panic!("{error}\n{stdout}"))
    }

    /// The findings of the imported file, as `rule duty`, of the rules that a chart speaks to.
    fn findings(&self, args: &[&str]) -> Vec<String> {
        let (code, team, stderr) = self.import(args);
        assert_eq!(code, 0, "{stderr}");
        self.write("imported.yaml", team.as_bytes());
        let output = self.command(&["check", "imported.yaml", "--format", "json"]).output().expect("the program runs");
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
            panic!("{error}\n{team}\n{}", String::from_utf8_lossy(&output.stderr));
        });
        let told = |finding: &Value| format!("{} {}", finding["rule"].as_str()?, finding["duty"].as_str()?).into();
        let findings = report["findings"].as_array().expect("findings").iter();
        let of_chart = findings.filter(|finding| {
            let rules = ["duty-unowned", "duty-contested", "duty-decided-by-group", "duty-without-doer"];
            let is_own = finding["duty"].as_str().is_some_and(|duty| duty.starts_with("own"));
            is_own && rules.iter().any(|rule| finding["rule"] == *rule)
        });
        of_chart.filter_map(told).collect()
    }
}

/// Who decides, does, gives input, approves and is told, by the names of the people, for the meaning of each duty.
fn rights(team: &Value) -> BTreeMap<String, String> {
    let name = |id: &str| match &team["people"][id] {
        Value::String(name) => name.clone(),
        Value::Object(person) => person["name"].as_str().expect("a name").to_owned(),
        _ => id.to_owned(),
    };
    let names = |value: &Value| -> Vec<String> {
        let ids = value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
        ids.iter().filter_map(Value::as_str).map(name).collect()
    };
    let mut rights = BTreeMap::new();
    for (_, product) in team["products"].as_object().expect("products") {
        for (duty, record) in product["responsibilities"].as_object().into_iter().flatten() {
            let held = ["decides", "does", "input", "approves", "informed"].map(|right| (right, names(&record[right])));
            let held: Vec<String> = held
                .into_iter()
                .filter(|(_, names)| !names.is_empty())
                .map(|(right, names)| format!("{right} {}", names.join(" ")))
                .collect();
            let meaning = team["duties"][duty]["meaning"].as_str().unwrap_or(duty);
            rights.insert(meaning.to_owned(), held.join(", "));
        }
    }
    rights
}

const CHART: &str = "\
Task,Product Owner,Dev Team,Legal
Product backlog ordering,A/R,C,I
Terms of use,I,,\"A, R\"
Bug triage,,R,
Audit trail,A,R,C
";

#[test]
fn a_chart_becomes_a_team_file_that_people_can_read() {
    let folder = Folder::with(&[("raci.csv", CHART)]);
    let (code, team, said) = folder.import(&["raci.csv"]);
    assert_eq!(code, 0, "{said}");
    let expected = "\
# From raci.csv: 4 tasks.
# The place of each right stands in its `note`. `roleaudit check` audits this file.
roleaudit: 1

people:
  the-product-owner: Product Owner
  dev-team:
    name: Dev Team
    kind: group
  legal:
    name: Legal
    kind: group

products:
  raci:
    name: raci
    product-owner: the-product-owner
    responsibilities:
      backlog.order:   # “Product backlog ordering”
        decides: the-product-owner
        does: [the-product-owner]
        input: [dev-team]
        informed: [legal]
        note: raci.csv, row 2
      own.terms-of-use:
        decides: legal
        does: [legal]
        informed: [the-product-owner]
        note: raci.csv, row 3
      own.bug-triage:
        decides: nobody
        does: [dev-team]
        note: raci.csv, row 4
      own.audit-trail:
        decides: the-product-owner
        does: [dev-team]
        input: [legal]
        note: raci.csv, row 5

teams:
  raci-team:   # no chart names this team
    name: raci team
    product: raci
    developers: [dev-team]

duties:
  own.terms-of-use:
    meaning: Terms of use
    required: true
  own.bug-triage:
    meaning: Bug triage
    required: true
  own.audit-trail:
    meaning: Audit trail
    required: true
";
    assert_eq!(team, expected);
    let summary = "\
raci.csv: 4 tasks and 3 roles; RACI by its letters; roles are columns
  1 task that nobody decides: “Bug triage” (row 4)
  1 task decided by a group
  read as headings of columns: row 1

Duties by the words of tasks: 1 of 4; the others became duties of your own
  “Product backlog ordering” (row 2): backlog.order, exact wording

Who is who; where this is wrong, change the team file
  in seats: Product Owner (product-owner) and Dev Team (developers)
  groups, by a word of the name: Dev Team (“team”) and Legal (“legal”)
  teams that no chart names, declared for their seats and duties: raci team

";
    assert_eq!(said, summary);
    assert_eq!(folder.findings(&["raci.csv"]), ["duty-decided-by-group own.terms-of-use", "duty-unowned own.bug-triage"]);
}

#[test]
fn every_layout_and_format_says_the_same() {
    let markdown = "# RACI\n\n| Task | Product Owner | Dev Team | Legal |\n|---|---|---|---|\n| Product backlog ordering | **A/R** | C | I |\n\
                    | Terms of use | i | - | A, R |\n| Bug triage | — | `R` | N/A |\n| Audit trail | A | R | C |\n";
    let named = "Task\tResponsible\tAccountable\tConsulted\tInformed\n\
                 Product backlog ordering\tProduct Owner\tProduct Owner\tDev Team\tLegal\n\
                 Terms of use\tLegal\tLegal\t\tProduct Owner\nBug triage\tDev Team\t-\t\t\nAudit trail\tDev Team\tProduct Owner\tLegal\t\n";
    let list = "Task;Role;RACI\nProduct backlog ordering;Product Owner;A/R\nProduct backlog ordering;Dev Team;C\n\
                Product backlog ordering;Legal;I\nTerms of use;Product Owner;I\nTerms of use;Legal;AR\nBug triage;Dev Team;R\n\
                Audit trail;Product Owner;A\nAudit trail;Dev Team;R\nAudit trail;Legal;C\n";
    let html = "<p>Roles</p>\n\n<table><tr><th>Task<th>Product Owner<th>Dev Team<th>Legal</tr>\
                <tr><td>Product backlog ordering<td>A<br>R<td>C<td>I<tr><td>Terms of use<td>I<td><td>R/A\
                <tr><td>Bug triage<td><td>R<td><tr><td>Audit trail<td>А<td>R<td>С</table>\n";
    let files = [("raci.csv", CHART), ("raci.md", markdown), ("raci.tsv", named), ("list.csv", list), ("html.md", html)];
    let folder = Folder::with(&files);
    let expected = rights(&folder.imported(&["raci.csv"]));
    assert_eq!(expected["Terms of use"], "decides Legal, does Legal, informed Product Owner");
    for (file, _) in files {
        assert_eq!(rights(&folder.imported(&[file])), expected, "{file}");
    }
}

#[test]
fn letters_that_may_mean_several_things_stop_the_import() {
    let chart = "Decision,Ann,Ben\nPricing,R,A\nRefunds,A,R\n";
    let folder = Folder::with(&[("chart.csv", chart), ("legend.csv", &format!("R = Recommends,A = Agrees\n{chart}"))]);
    let (code, team, said) = folder.import(&["chart.csv", "-o", "team.yaml"]);
    assert_eq!((code, team.as_str()), (2, ""));
    assert!(!folder.path("team.yaml").exists(), "nothing is written");
    assert!(said.starts_with("error: chart.csv: the table from row 2 on may follow RACI or RAPID: "), "{said}");
    assert!(said.contains("who has `A` decides in RACI, must approve in RAPID"), "{said}");
    assert!(said.contains("help: Write `--model raci` or `--model rapid`, or a legend beside the table."), "{said}");
    let with = |args: &[&str]| rights(&folder.imported(args))["Pricing"].clone();
    assert_eq!(with(&["chart.csv", "--model", "raci"]), "decides Ben, does Ann");
    assert_eq!(with(&["chart.csv", "--model", "rapid"]), "decides nobody, input Ann, approves Ben");
    assert_eq!(with(&["legend.csv"]), "decides nobody, input Ann, approves Ben");
}

#[test]
fn a_model_that_is_given_settles_what_tables_leave_open_and_nothing_else() {
    let tables = "R = responsible, A = accountable, C = consulted, I = informed\n\n| Task | Ann | Ben |\n|---|---|---|\n| Plan | A | R |\n\
                  | Test | R | A |\n\n# Choices\n\n| Decision | Ann | Ben |\n|---|---|---|\n| Price | D | A |\n| Name | A | D |\n";
    let folder = Folder::with(&[("tables.md", tables), ("raci.csv", CHART)]);
    let (code, _, said) = folder.import(&["tables.md"]);
    assert_eq!(code, 2);
    assert!(said.starts_with("error: tables.md: table 2 from line 12 on may follow DACI or RAPID: "), "{said}");
    for (model, price) in [("daci", "decides Ben, does Ann"), ("rapid", "decides Ann, approves Ben")] {
        let rights = rights(&folder.imported(&["tables.md", "--model", model]));
        assert_eq!((rights["Plan"].as_str(), rights["Price"].as_str()), ("decides Ann, does Ben", price), "{model}");
    }
    let (code, _, said) = folder.import(&["raci.csv", "--model", "daci"]);
    assert_eq!(code, 0);
    assert!(said.starts_with("warning: `--model` says DACI, and every table says itself what its letters mean\n"), "{said}");
    assert!(said.contains("RACI by its letters"), "{said}");
}

#[test]
fn the_name_of_a_file_says_what_its_letters_mean_where_nothing_in_it_does() {
    let chart = "Task,Ann,Ben\nPlan,A,R\nTest,R,A\n";
    let other = "Decision,Ann,Ben\nPrice,D,A\nName,A,D\n";
    let folder = Folder::with(&[("team-raci-2026.csv", chart), ("raci.csv", other)]);
    let (code, _, said) = folder.import(&["team-raci-2026.csv"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.starts_with("team-raci-2026.csv: 2 tasks and 2 roles; RACI by its name"), "{said}");
    assert_eq!(folder.import(&["raci.csv"]).0, 2, "RACI has no D");
}

#[test]
fn letters_of_no_model_are_named() {
    let folder = Folder::with(&[("chart.csv", "Task,Ann,Ben,Cai\nPlan,A,C,Q\nTest,R,I,\n")]);
    let (code, _, said) = folder.import(&["chart.csv"]);
    assert_eq!(code, 2);
    assert!(said.contains("no model of role charts has `Q` beside `A`, `C`, `I` and `R`"), "{said}");
    let (code, _, said) = folder.import(&["chart.csv", "--model", "raci"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("not read: “Q” in row 2, column 4: RACI has no such letter"), "{said}");
}

#[test]
fn a_file_settles_which_duty_a_task_is() {
    let chart = "Task,PO,Dev,Sales\nGrooming and prioritization of the backlog,A,R,C\nPrice list,C,I,A/R\nTerms,A,R,I\n";
    let map = "GROOMING and prioritization of the backlog: [backlog.order, backlog.refine]\nPrice list: pricing.list\n\
               Term: scope.changes\n";
    let folder = Folder::with(&[("chart.csv", chart), ("map.yaml", map)]);
    let (_, _, said) = folder.import(&["chart.csv"]);
    assert!(said.contains("“Grooming and prioritization of the backlog” (row 2): backlog.order or backlog.refine?"), "{said}");
    let (code, team, said) = folder.import(&["chart.csv", "--map", "map.yaml"]);
    assert_eq!(code, 0, "{said}");
    let team: Value = serde_yaml::from_str(&team).expect("it is YAML");
    let duties: Vec<&String> = team["products"]["chart"]["responsibilities"].as_object().expect("a map").keys().collect();
    assert_eq!(duties, ["backlog.order", "backlog.refine", "pricing.list", "own.terms"]);
    assert_eq!(team["duties"]["pricing.list"]["meaning"], "Price list");
    assert!(said.contains("warning: no chart has this task"), "{said}");
    assert!(said.contains("map.yaml:3:1") && said.contains("Did you mean `Terms`?"), "{said}");

    folder.write("map.yaml", b"Terms: scope.change\nterms!: own.terms\n");
    let (code, team, said) = folder.import(&["chart.csv", "--map", "map.yaml"]);
    assert_eq!((code, team.as_str()), (2, ""));
    assert!(said.contains("there is no duty `scope.change`") && said.contains("Did you mean `scope.changes`?"), "{said}");
    assert!(said.contains("this task stands here a second time") && said.contains("map.yaml:2:1"), "{said}");
}

#[test]
fn a_map_of_another_chart_is_told_soon_and_in_short() {
    let tasks: String = (0..300).map(|n| format!("Approve the purchase of item number {n} in the list,A,C\n")).collect();
    let map: String = (0..100).map(|n| format!("Approve the purchase of thing number {n} in a list: own.x{n}\n")).collect();
    let folder = Folder::with(&[("chart.csv", &format!("Task,Ann,Ben\n{tasks}")), ("map.yaml", &map)]);
    let (code, _, said) = folder.import(&["chart.csv", "--map", "map.yaml"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(said.matches("warning: ").count(), 13);
    assert!(said.contains("warning: no chart has the tasks of 88 more lines either, from this one on"), "{said}");
}

#[test]
fn a_chart_of_one_role_needs_its_name() {
    let chart = "Task,Letter\nPlan,A/R\nTest,C\nShip,I\n";
    let folder = Folder::with(&[("mine.csv", chart), ("titled.csv", &format!("TPM RACI\n{chart}"))]);
    let (code, _, said) = folder.import(&["mine.csv"]);
    assert_eq!(code, 2);
    assert!(said.contains("the table from row 2 on has letters in one column and does not say whose they are"), "{said}");
    assert!(said.contains("`--actor NAME`"), "{said}");
    let named = folder.imported(&["mine.csv", "--actor", "Dana Ruiz"]);
    assert_eq!(named["people"]["dana-ruiz"], "Dana Ruiz");
    assert_eq!(rights(&named)["Plan"], "decides Dana Ruiz, does Dana Ruiz");
    assert_eq!(folder.imported(&["titled.csv"])["people"]["tpm"], "TPM");
    assert!(folder.import(&["titled.csv"]).2.contains("the letters are TPM's, by the title"));
    assert_eq!(folder.imported(&["titled.csv", "--actor", "Dana Ruiz"])["people"]["dana-ruiz"], "Dana Ruiz");
}

#[test]
fn heads_are_put_in_the_seats_that_they_name_and_nowhere_else() {
    let chart = "Task,Product Owner,PM,SA/PO,Scrum Master,Steering Committee,Kim Seo\nPlan,A,R,C,I,C,I\n";
    let folder = Folder::with(&[("chart.csv", chart)]);
    let team = folder.imported(&["chart.csv", "--product", "Night Trains"]);
    let product = &team["products"]["night-trains"];
    assert_eq!(product["name"], "Night Trains");
    assert_eq!(product["product-owner"], "the-product-owner");
    assert!(product.get("product-manager").is_none() && product.get("project-manager").is_none(), "{product}");
    assert_eq!(team["teams"]["night-trains-team"]["scrum-master"], "the-scrum-master");
    assert_eq!(team["people"]["steering-committee"]["kind"], "group");
    assert_eq!(team["people"]["sa-po"], "SA/PO");
    let (_, _, said) = folder.import(&["chart.csv"]);
    assert!(said.contains("PM (row 1, column 3) may be product-manager or project-manager: put in no seat"), "{said}");
    assert!(said.contains("SA/PO (row 1, column 4) names SA and PO: declared as one person, in no seat"), "{said}");
    assert!(said.contains("Steering Committee (“committee”)"), "{said}");
}

#[test]
fn what_is_left_open_is_remarked_in_the_team_file_too() {
    let chart = "Task,PM,SA/PO,DPO/Security Team,Ann,Änn\nPrioritize,A,R,C,I,I\nVision statement for 2027,A,R,C,I,I\n\
                 Backlog ordering,A,R,C,I,I\nOrder the backlog,R,A,C,I,I\n";
    let (code, team, said) = Folder::with(&[("chart.csv", chart)]).import(&["chart.csv"]);
    assert_eq!(code, 0, "{said}");
    let remarks: Vec<&str> = team.lines().skip(2).filter(|line| line.contains('#')).map(str::trim).collect();
    assert_eq!(
        remarks,
        [
            "pm: PM   # product-manager or project-manager?",
            "sa-po: SA/PO   # SA and PO: one or several?",
            "dpo-security-team:   # DPO and Security Team: one or several?",
            "strategy.vision:   # “Vision statement for 2027”, likely",
            "backlog.order:   # “Backlog ordering”",
            "own.prioritize:   # roadmap.priorities or backlog.order or priorities.conflict?",
            "own.order-the-backlog:   # backlog.order? Another task is that already",
        ]
    );
    assert!(said.contains("Ann (row 1, column 5) stands again in row 1, column 6 as Änn: read as one"), "{said}");
}

#[test]
fn the_gaps_of_a_chart_come_out_of_check() {
    let chart = "Task,Ann,Ben,Legal\nNo decider,R,C,I\nTwo deciders,A,A/R,I\nBy a group,R,,A\nNo doer,A,C,I\nFine,A,R,I\n";
    let folder = Folder::with(&[("chart.csv", chart)]);
    assert_eq!(
        folder.findings(&["chart.csv"]),
        [
            "duty-unowned own.no-decider",
            "duty-contested own.two-deciders",
            "duty-decided-by-group own.by-a-group",
            "duty-without-doer own.no-doer",
        ]
    );
    let check = |args: &[&str]| {
        let output = folder.command(&[&["check", "imported.yaml"], args].concat()).output().expect("the program runs");
        (output.status.code(), String::from_utf8(output.stdout).expect("text"))
    };
    let (code, text) = check(&[]);
    assert_eq!(code, Some(1), "two deciders are an error");
    assert!(text.contains("note: chart.csv, row 3"), "{text}");

    let accepted =
        "accepted:\n  - {rule: duty-contested, at: products.chart, duty: own.two-deciders, because: Ann and Ben sign together}\n";
    let team = fs::read_to_string(folder.path("imported.yaml")).expect("it was written");
    folder.write("imported.yaml", format!("{team}\n{accepted}").as_bytes());
    let (code, text) = check(&[]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("Ann and Ben sign together"), "{text}");
}

#[test]
fn a_built_in_duty_that_nobody_decides_comes_out_of_check_too() {
    let chart = "Task,Ann,Ben\nSprint planning,R,C\nRelease decision,R,C\nSprint review,A,R\nOther,R,A\n";
    let folder = Folder::with(&[("chart.csv", chart), ("map.yaml", "Sprint planning: delivery.sprint\n")]);
    assert_eq!(folder.findings(&["chart.csv"]), ["duty-unowned own.sprint-planning"]);
    let team = folder.imported(&["chart.csv"]);
    let duties: Vec<&String> = team["products"]["chart"]["responsibilities"].as_object().expect("a map").keys().collect();
    assert_eq!(duties, ["own.sprint-planning", "release.decision", "delivery.review", "own.other"]);
    let (_, text, said) = folder.import(&["chart.csv"]);
    assert!(
        said.contains("“Sprint planning” (row 2): delivery.sprint? Nobody decides it, which `check` reports of duties"),
        "{said}"
    );
    assert!(text.contains("own.sprint-planning:   # delivery.sprint, once somebody decides it?"), "{text}");
    let settled = folder.imported(&["chart.csv", "--map", "map.yaml"]);
    assert_eq!(settled["products"]["chart"]["responsibilities"]["delivery.sprint"]["decides"], "nobody");
}

#[test]
fn two_who_decide_a_built_in_duty_come_out_of_check_too() {
    for (task, told) in [
        ("Backlog ordering", "; its order is decided by Ann and Ben"),
        ("Product vision", "error[duty-contested]: Ann and Ben both decide strategy.vision"),
        ("Product roadmap", "error[roadmap-without-owner]: Ann and Ben are both recorded as owning the roadmap"),
        ("Resolve priority conflicts", "error[final-call-missing]: Ann and Ben are both recorded as having the final call"),
    ] {
        let folder = Folder::with(&[("chart.csv", &format!("Task,Ann,Ben,Cai\n{task},A,A,C\nOther,R,A,I\n"))]);
        let (code, team, said) = folder.import(&["chart.csv", "-o", "team.yaml"]);
        assert_eq!((code, team.as_str()), (0, ""), "{said}");
        let output = folder.command(&["check", "team.yaml"]).output().expect("the program runs");
        let text = String::from_utf8(output.stdout).expect("text");
        assert!(text.contains(told), "{task}: {text}");
    }
}

#[test]
fn a_cell_may_say_that_there_is_nobody() {
    for nobody in ["nobody", "No one", "TBD", "tbc", "T.B.D.", "to be decided", "unassigned", "(none)", "vacant", "niemand", "—"]
    {
        let named = format!("Task,Responsible,Accountable,Consulted\nPlan,Ann,{nobody},Ben\nTest,Ben,Ann,\n");
        let list = format!("Task,Role,RACI\nPlan,Ann,R\nPlan,{nobody},A\nPlan,Ben,C\nTest,Ben,R\nTest,Ann,A\n");
        let folder = Folder::with(&[("named.csv", &named), ("list.csv", &list)]);
        for file in ["named.csv", "list.csv"] {
            let (code, team, said) = folder.import(&[file]);
            assert_eq!(code, 0, "{nobody}: {said}");
            let team: Value = serde_yaml::from_str(&team).expect("it is YAML");
            assert_eq!(rights(&team)["Plan"], "decides nobody, does Ann, input Ben", "{nobody}, {file}");
            assert_eq!(team["people"], serde_json::json!({"ann": "Ann", "ben": "Ben"}), "{nobody}, {file}");
            assert!(said.contains("2 tasks and 2 roles"), "{nobody}, {file}: {said}");
        }
    }
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let folder = Folder::with(&[("chart.csv", CHART)]);
    let (code, once, said) = folder.import(&["chart.csv"]);
    let (_, twice, told) = folder.import(&["chart.csv", "./chart.csv", "chart.csv"]);
    assert_eq!((code, once, said), (0, twice, told));
}

#[test]
fn a_seat_is_one_holder_whatever_it_is_called_and_another_role_is_none() {
    let files = [
        ("one.csv", "Task,PO,Dev\nPlan,A,R\nShip,A,C\n"),
        ("two.csv", "Task,Product Owner,Dev\nSell,A,R\nBuy,A,C\n"),
        ("three.csv", "Task,Product Owner Assistant,Dev\nFile,A,R\nScan,A,C\n"),
    ];
    let folder = Folder::with(&files);
    let team = folder.imported(&files.map(|(name, _)| name));
    let decides = |product: &str, duty: &str| team["products"][product]["responsibilities"][duty]["decides"].clone();
    assert_eq!(decides("one", "own.plan"), decides("one", "own.sell"), "{team:#}");
    assert_ne!(decides("one", "own.plan"), decides("one", "own.file"), "{team:#}");
}

#[test]
fn files_of_one_name_are_told_apart_by_their_folders() {
    let folder = Folder::with(&[]);
    for name in ["a", "b"] {
        fs::create_dir(folder.path(name)).expect("a folder can be made");
        folder.write(&format!("{name}/roles.csv"), CHART.as_bytes());
    }
    let (code, team, said) = folder.import(&["a/roles.csv", "b/roles.csv"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.starts_with("a/roles.csv: 4 tasks") && said.contains("\nb/roles.csv: 4 tasks"), "{said}");
    let team: Value = serde_yaml::from_str(&team).expect("it is YAML");
    let product = &team["products"]["roles"];
    assert_eq!(product["responsibilities"]["own.bug-triage"]["note"], "a/roles.csv, row 4; b/roles.csv, row 4");
    assert_eq!(product["product-owner"], "the-product-owner", "whoever both name is in the seat once");
}

#[test]
fn what_a_whole_organization_decides_is_imported_for_all_of_it() {
    let folder = Folder::with(&[(
        "team.yaml",
        "organization: {responsibilities: {own.car: {decides: ann, does: bob}}}
people: {ann: Ann Lee, bob: Bob Ray}
products: {x: {product-owner: ann}}
duties: {own.car: {meaning: Car pool, level: organization}}
",
    )]);
    let chart = folder.command(&["export", "team.yaml", "--format", "csv"]).output().expect("the program runs").stdout;
    folder.write("chart.csv", &chart);
    let team = folder.imported(&["chart.csv"]);
    let car = &team["organization"]["responsibilities"]["own.car"];
    assert_eq!((&car["decides"], &car["does"]), (&"ann-lee".into(), &serde_json::json!(["bob-ray"])), "{team}");
    assert_eq!(team["duties"]["own.car"]["level"], "organization");
}

#[test]
fn a_chart_of_one_line_is_read_where_its_letters_are_said() {
    let folder = Folder::with(&[("small.csv", "Task,Ann,Bob\nRelease,A,R\n")]);
    let (code, _, said) = folder.import(&["small.csv"]);
    assert!(code == 2 && said.contains("`--model raci`"), "{said}");
    let (code, _, said) = folder.import(&["small.csv", "--model", "raci"]);
    assert_eq!(code, 0, "{said}");
}

#[test]
fn many_tasks_without_a_doer_do_not_drown_the_rest() {
    let tasks: String = (1..=35).map(|n| format!("Task {n},A,C\n")).collect();
    let folder = Folder::with(&[("chart.csv", &format!("Task,Ann,Ben\n{tasks}Both,A,A\nDone,A,R\n"))]);
    let findings = folder.findings(&["chart.csv"]);
    assert_eq!(findings.iter().filter(|finding| finding.starts_with("duty-without-doer")).count(), 36);
    let output = folder.command(&["check", "imported.yaml"]).output().expect("the program runs");
    let text = String::from_utf8(output.stdout).expect("text");
    let blocks = text.lines().filter(|line| line.starts_with("info[duty-without-doer]")).count();
    assert!(blocks <= 3, "{text}");
    assert!(text.lines().count() < 110, "{} lines\n{text}", text.lines().count());
    let (contested, first) = (text.find("error[duty-contested]"), text.find("info[duty-without-doer]"));
    assert!(contested.is_some() && contested < first, "{text}");
}

#[test]
fn what_sources_say_differently_is_shown_with_both_places() {
    let one = "Task,Ann,Ben,Cai\nPricing,A,R,I\nRefunds,A,R,C\nOnly here,A,R,\n";
    let two = "| Task | Ann | Ben | Dee |\n|---|---|---|---|\n| pricing | C | A/R | C |\n| Refunds | A | | C |\n";
    let folder = Folder::with(&[("one.csv", one), ("two.md", two)]);
    let (code, team, said) = folder.import(&["one.csv", "two.md", "--model", "raci"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("Pricing: Ann decides (one.csv, row 2); Ben decides (two.md, line 3)"), "{said}");
    assert!(said.contains("Pricing: Ann has no other part (one.csv, row 2); Ann gives input (two.md, line 3)"), "{said}");
    assert!(said.contains("Refunds: Ben does it (one.csv, row 3); Ben has no part (two.md, line 4)"), "{said}");
    assert!(said.contains("3 contradictions between the charts; the team file has what either says"), "{said}");
    let team: Value = serde_yaml::from_str(&team).expect("it is YAML");
    let pricing = &team["products"]["one"]["responsibilities"]["own.pricing"];
    assert_eq!(pricing["decides"], serde_json::json!(["ann", "ben"]));
    assert_eq!(pricing["note"], "one.csv, row 2; two.md, line 3");
    assert_eq!(folder.findings(&["one.csv", "two.md", "--model", "raci"]), ["duty-contested own.pricing"]);
}

#[test]
fn all_that_sources_say_differently_is_shown() {
    let chart = |letters: &str| {
        let tasks: String = (1..=30).map(|n| format!("Task {n},{letters},I\n")).collect();
        format!("Task,Ann,Ben,Cai\n{tasks}")
    };
    let folder = Folder::with(&[("one.csv", &chart("A,C")), ("two.csv", &chart("C,A"))]);
    let (code, _, said) = folder.import(&["one.csv", "two.csv"]);
    assert_eq!(code, 0, "{said}");
    for n in 1..=30 {
        let row = n + 1;
        let expected = format!("Task {n}: Ann decides (one.csv, row {row}); Ben decides (two.csv, row {row})");
        assert!(said.contains(&expected), "{expected}: {said}");
    }
}

#[test]
fn what_is_no_chart_is_told_in_one_sentence_and_nothing_is_written() {
    let folder = Folder::with(&[
        ("picture.png", ""),
        ("empty.csv", ""),
        ("prose.md", "# Roles\n\nAnn decides.\n"),
        ("table.csv", "Month,Revenue\nMay,100\nJune,200\n"),
        ("broken.csv", CHART),
    ]);
    folder.write("picture.png", b"\x89PNG\r\n\x1a\n....");
    for (file, message) in [
        ("picture.png", "this is a picture, not a table"),
        ("empty.csv", "this file is empty"),
        ("prose.md", "there is no table in this file"),
        ("table.csv", "there is no table here that says who holds which part in which task"),
        ("missing.csv", "there is no such file or folder"),
        (".", "this is a folder"),
    ] {
        let (code, team, said) = folder.import(&[file, "broken.csv", "-o", "team.yaml"]);
        assert_eq!((code, team.as_str()), (2, ""), "{file}");
        assert!(said.starts_with(&format!("error: {file}: {message}\n")), "{file}: {said}");
        assert!(said.ends_with("nothing was imported\n") && said.matches("error").count() == 1, "{said}");
        assert!(!folder.path("team.yaml").exists(), "{file}");
    }
    let (code, _, said) = folder.import(&["broken.csv", "-o", "broken.csv"]);
    assert_eq!(code, 2);
    assert!(said.contains("would overwrite a file that is read here"), "{said}");
    assert_eq!(fs::read_to_string(folder.path("broken.csv")).expect("it is there"), CHART);
}

#[test]
fn more_tasks_than_a_team_file_has_room_for_are_refused() {
    let tasks: String = (0..10_000).map(|n| format!("Task {n},A,R\n")).collect();
    let folder = Folder::with(&[("chart.csv", &format!("Task,Ann,Ben\n{tasks}"))]);
    let (code, _, said) = folder.import(&["chart.csv", "--model", "raci"]);
    assert_eq!(code, 2);
    assert!(said.starts_with("error: there are 10000 tasks here, and a team file has room for "), "{said}");
}

#[test]
fn a_crowd_that_a_list_has_no_room_for_is_refused() {
    let head: String = (0..1_001).map(|n| format!(",Person {n}")).collect();
    let folder = Folder::with(&[("chart.csv", &format!("Task{head}\nPlan{}\nShip,A\n", ",A".repeat(1_001)))]);
    let (code, _, said) = folder.import(&["chart.csv", "--model", "raci"]);
    assert_eq!(code, 2);
    let message = "error: 1001 have a part in one task here, and a list of a team file names at most 1000\n";
    assert!(said.starts_with(message) && said.ends_with("nothing was imported\n"), "{said}");
}

#[test]
fn standard_input_is_read_and_files_are_written() {
    let folder = Folder::with(&[]);
    let output = folder.command(&["import", "-", "-o", "team.yaml"]).stdin(CHART).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(said.ends_with("wrote team.yaml; run `roleaudit check team.yaml`\n"), "{said}");
    let team = fs::read_to_string(folder.path("team.yaml")).expect("it was written");
    assert!(team.contains("  product:\n    name: Product\n") && team.contains("note: standard input, row 2"), "{team}");
}

#[test]
fn the_examples_are_imported_and_audited() {
    let charts = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/charts");
    let path = |name: &str| charts.join(name).to_str().expect("a path").to_owned();
    let folder = Folder::with(&[]);
    let [chart, older, rapid] = ["checkout.md", "checkout-2025.csv", "billing-rapid.csv"].map(path);
    assert_eq!(
        folder.findings(&[&chart, &older]),
        ["duty-decided-by-group own-delivery.definition-of-done", "duty-unowned own-delivery.price-changes"]
    );
    assert_eq!(folder.findings(&[&rapid]), ["duty-decided-by-group own.dunning-steps", "duty-unowned own.tax-rules-per-country"]);
    let settled = folder.imported(&[&chart, "--map", &path("map.yaml")]);
    assert_eq!(settled["duties"]["pricing.changes"]["meaning"], "Price changes");
}

#[test]
fn the_only_team_of_a_product_is_the_same_after_a_round_trip() {
    let team = "people: {ann: Ann}\nproducts: {shop: {name: Shop, product-owner: ann}}\n\
                teams: {core: {name: Core, product: shop, responsibilities: {delivery.sprint: ann, delivery.how: developers}}}\n";
    let folder = Folder::with(&[("team.yaml", team)]);
    let export = folder.command(&["export", "team.yaml", "-o", "raci.csv"]).output().expect("the program runs");
    assert_eq!(export.status.code(), Some(0));
    let again = folder.imported(&["raci.csv"]);
    assert_eq!(again["teams"], serde_json::json!({"core": {"name": "Core", "product": "shop"}}));
    assert_eq!(again["products"]["shop"]["responsibilities"]["delivery.how"]["decides"], "core");
}

#[test]
fn the_pages_show_what_an_import_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (page, shown) in [("README.md", 1), ("docs/import.md", 1)] {
        let text = fs::read_to_string(root.join(page)).expect("the page can be read");
        let blocks: Vec<&str> = text.split("<!-- said: roleaudit ").skip(1).collect();
        assert_eq!(blocks.len(), shown, "{page}");
        for block in blocks {
            let (arguments, rest) = block.split_once(" -->\n```text\n").expect("a block follows");
            let expected = rest.split("```").next().expect("the block ends");
            let command =
                snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_roleaudit")).current_dir(root).args(arguments.split(' '));
            let said = String::from_utf8(command.output().expect("the program runs").stderr).expect("text");
            assert_eq!(said, expected, "{page}: {arguments}");
        }
    }
}

/// Texts that a name, task or remark may hold: what YAML, terminals and this tool obey elsewhere.
const TEXTS: [&str; 40] = [
    "Plan",
    "Task",
    "Role",
    "Product Owner",
    "PO",
    "PM",
    "Developers",
    "Ann",
    "ann",
    "ANN",
    "Nobody",
    "TBD",
    "?",
    "open",
    "n/a",
    "customers",
    "developers",
    "Total",
    "A/B",
    "true",
    "No",
    "1.10",
    "~",
    "- x",
    "a: b",
    "x #1",
    "# c",
    "{a: b}",
    "[a, b]",
    "'it''s'",
    "\"q\"",
    "*ref",
    "&anchor",
    "!tag",
    "%x",
    "@home",
    "\u{202e}abc",
    "a\u{0}b\u{1b}[31m",
    "Ä ö 産品 🎉",
    "Product backlog ordering",
];
const DAYS: Days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };

const SIGNS: [&str; 12] = ["A", "R", "C", "I", "A/R", "R (jointly)", "A, R", "", "-", "RA", "a", "S"];

fn chart() -> impl Strategy<Value = Vec<Vec<String>>> {
    let text = || prop_oneof![9 => prop::sample::select(&TEXTS[..]).prop_map(str::to_owned), 1 => "\\PC{0,12}"];
    let sign = prop_oneof![15 => prop::sample::select(&SIGNS[..]).prop_map(str::to_owned), 1 => text()];
    (1..6_usize).prop_flat_map(move |roles| {
        let line = (text(), prop::collection::vec(sign.clone(), roles));
        let lines = prop::collection::vec(line, 1..8);
        (prop::collection::vec(text(), roles), lines).prop_map(|(heads, lines)| {
            let head = std::iter::once("Task".to_owned()).chain(heads).collect();
            let lines = lines.into_iter().map(|(task, signs)| std::iter::once(task).chain(signs).collect());
            std::iter::once(head).chain(lines).collect()
        })
    })
}

/// The ids under a right of a record, in one order.
fn ids(value: &Value) -> Vec<&str> {
    let one = value.as_str().filter(|id| *id != "nobody");
    let mut ids: Vec<&str> = value.as_array().into_iter().flatten().filter_map(Value::as_str).chain(one).collect();
    ids.sort_unstable();
    ids
}

/// What an export says in one line: product, team, duty and meaning, and the letters of each head that has some.
type Lettered = (Vec<String>, BTreeMap<String, String>);

fn letters(csv: &[u8]) -> BTreeSet<Lettered> {
    let mut reader = csv::Reader::from_reader(csv);
    let heads: Vec<String> = reader.headers().expect("there is a header").iter().map(str::to_owned).collect();
    let rows = reader.into_records().map(|record| {
        let cells: Vec<String> = record.expect("a line can be read").iter().map(str::to_owned).collect();
        let lettered = heads.iter().zip(&cells).skip(4).filter(|(_, letters)| !letters.is_empty());
        let lettered = lettered.map(|(head, letters)| (head.clone(), letters.clone())).collect();
        (cells.into_iter().take(4).collect(), lettered)
    });
    rows.collect()
}

/// The lines without their teams: a team of which nothing is recorded is in no line, and beside it others differ no more.
fn of_products(lines: &BTreeSet<Lettered>) -> BTreeSet<Lettered> {
    let without_team = |(place, letters): &Lettered| match place.as_slice() {
        [product, _, rest @ ..] => ([std::slice::from_ref(product), rest].concat(), letters.clone()),
        _ => unreachable!("a line has four cells before the letters"),
    };
    lines.iter().map(without_team).collect()
}

proptest! {
    #![proptest_config(organizations::cases(100))]

    /// Whatever a chart holds, the team file audits, and says of every duty what the charts say.
    #[test]
    fn every_chart_that_is_imported_audits(charts in prop::collection::vec(chart(), 1..3)) {
        let csv = |lines: &Vec<Vec<String>>| {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            lines.iter().for_each(|line| writer.write_record(line).expect("memory can be written"));
            writer.into_inner().expect("memory can be written")
        };
        let files = charts.iter().enumerate().filter_map(|(n, lines)| {
            let path = format!("chart{n}.csv");
            read(&path, &csv(lines)).ok().map(|grids| File { path, grids })
        });
        let files: Vec<File> = files.collect();
        prop_assume!(!files.is_empty());
        let Ok(charts) = sources::charts(&files, &Asked { model: Some(Model::Raci), actor: Some("Ann") }) else { return Ok(()) };
        let tasks: usize = charts.tables.iter().flat_map(|table| &table.charts).map(|chart| chart.rows.len()).sum();
        let import = assemble(charts, "Shop", &Settled::default());
        let mut out = Vec::new();
        render::team_file(&import, &mut out).expect("memory can be written");
        let text = String::from_utf8(out).expect("it is text");

        let sources = Sources::new(vec![Source::new("team.yaml", text.as_str())]);
        if let Err(invalid) = roleaudit::load(&sources, DAYS) {
            return Err(TestCaseError::fail(format!("{:#?}\n{text}", invalid.errors)));
        }
        let mut said = Vec::new();
        render::imported(&import, &render::Style { color: false, width: Some(80) }, &mut said).expect("memory can be written");
        let said = String::from_utf8(said).expect("it is text");
        let is_obeyed = |c: char| c != '\n' && c.is_control() || c == '\u{202e}';
        prop_assert!(!text.chars().chain(said.chars()).any(is_obeyed), "{text:?}\n{said:?}");

        let team: Value = serde_yaml::from_str(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        let records: Vec<_> = import.draft.products.iter().flat_map(|product| product.records.iter().map(move |record| (product, record))).collect();
        prop_assert!(records.len() <= tasks && tasks > 0);
        let notes: String = records.iter().map(|(_, record)| format!("{}; ", record.note)).collect();
        prop_assert_eq!(notes.matches(", row ").count(), tasks, "every task has its place: {}", notes);
        for (product, record) in records {
            let written = &team["products"][&product.id]["responsibilities"][&record.duty];
            for right in Right::ALL {
                let holders = record.held.iter().filter(|(_, rights)| rights.has(right));
                let mut wanted: Vec<&str> = holders.map(|(actor, _)| import.draft.actors[*actor].id.as_str()).collect();
                wanted.sort_unstable();
                prop_assert_eq!(ids(&written[right.word()]), wanted, "{} of {}\n{}", right.word(), &record.duty, text);
            }
        }
    }

    /// Importing an export gives the same rights: exported again, it has the same letters.
    #[test]
    fn an_export_that_is_imported_exports_the_same(numbers in prop::collection::vec(any::<u16>(), 0..900)) {
        let exported = |text: &str, render: fn(&Export, &mut dyn Write) -> io::Result<()>| {
            let sources = Sources::new(vec![Source::new("team.yaml", text)]);
            let linked = roleaudit::load(&sources, DAYS).unwrap_or_else(|invalid| panic!("{:#?}\n{text}", invalid.errors));
            let mut out = Vec::new();
            render(&export(&linked.org, &Filter::default()), &mut out).expect("memory can be written");
            out
        };
        let original = organizations::organization(&numbers);
        let csv = exported(&original, render::export::csv);
        prop_assume!(csv.iter().filter(|byte| **byte == b'\n').count() > 1);
        for (path, bytes) in [("raci.csv", csv.clone()), ("raci.md", exported(&original, render::export::markdown))] {
            let grids = read(path, &bytes).expect("it is a table");
            let charts = sources::charts(&[File { path: path.to_owned(), grids }], &Asked::default()).expect("it is a chart");
            let mut team = Vec::new();
            render::team_file(&assemble(charts, "Shop", &Settled::default()), &mut team).expect("memory can be written");
            let team = String::from_utf8(team).expect("it is text");
            let [before, after] = [&csv, &exported(&team, render::export::csv)].map(|csv| letters(csv));
            let (of_before, mut of_after) = (of_products(&before), of_products(&after));
            // That nobody holds anything in a duty of a team with two products is told of both, though its backlog is that of one.
            of_after.retain(|line| !line.1.is_empty() || of_before.contains(line));
            prop_assert_eq!(of_before, of_after, "{}\n{}\n{}", original, path, team);
            let is_of_team = |(place, _): &&Lettered| !place[1].is_empty();
            prop_assert!(after.iter().filter(is_of_team).all(|line| before.contains(line)), "{}\n{}\n{}", original, path, team);
        }
    }
}
