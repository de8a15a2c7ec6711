//! Risks taken knowingly: what an entry of `accepted` covers, and that what it covers is shown and does not count.

#![allow(clippy::panic, reason = "a test fails by panicking")]

use roleaudit::Days;
use roleaudit::audit::{Selection, audit};
use roleaudit::render::{self, Style};
use roleaudit::report::Report;
use roleaudit::settings::Settings;
use roleaudit::source::{Source, Sources};
use serde_yaml::Value;
use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Output};

/// One gap, an error: the backlog has two owners.
const SHARED: &str = "\
roleaudit: 1
people: {ann: Ann, ben: Ben, kim: Kim Seo}
products: {app: {name: App, product-owner: [ann, ben]}}
";

/// The rules whose findings are compared; all others run too, and may have something to say of such small organizations.
const COMPARED: [&str; 5] = ["backlog-shared-owner", "duty-contested", "duty-unowned", "acceptance-expired", "acceptance-unused"];

fn with_report<T>(text: &str, then: impl FnOnce(&Report<'_>) -> T) -> T {
    let sources = Sources::new(vec![Source::new("team.yaml", text)]);
    let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
    let linked = roleaudit::load(&sources, days).unwrap_or_else(|invalid| panic!("{text}\n{:#?}", invalid.errors));
    let selection = Selection { only: COMPARED.to_vec(), ..Selection::default() };
    then(&audit(&linked.org, &Settings::default(), &selection, &sources))
}

/// Rule, subject and duty of each finding, and why it was accepted if it was.
fn judged(text: &str) -> Vec<String> {
    with_report(text, |report| {
        let told = report.findings.iter().map(|finding| {
            let duty = finding.duty.as_deref().map_or(String::new(), |duty| format!(" {duty}"));
            let because = finding.accepted.as_ref().map_or(String::new(), |accepted| format!(" ({})", accepted.because));
            format!("{} {}{duty}{because}", finding.rule.name, finding.subject)
        });
        told.collect()
    })
}

fn text_of(report: &Report<'_>, width: Option<usize>) -> String {
    let mut shown = Vec::new();
    render::text(report, &Style { color: false, width }, &mut shown).expect("memory can be written");
    String::from_utf8(shown).expect("it is text")
}

/// Runs `roleaudit check` on a file, for the rules that are compared.
fn check(text: &str, args: &[&str]) -> Output {
    let rules = COMPARED.iter().flat_map(|rule| ["--rule", rule]);
    check_all(text, &rules.chain(args.iter().copied()).collect::<Vec<_>>())
}

fn check_all(text: &str, args: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("team.yaml"), text).expect("a file can be written");
    let mut command = Command::new(env!("CARGO_BIN_EXE_roleaudit"));
    command.args(["check", "team.yaml", "--as-of", "2026-11-21"]).args(args).current_dir(folder.path());
    command.output().expect("it runs")
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("it is text")
}

fn json(text: &str, args: &[&str]) -> Value {
    read(&check(text, &[&["--format", "json"], args].concat()))
}

fn read(output: &Output) -> Value {
    serde_yaml::from_str(stdout(output)).expect("JSON is YAML")
}

#[test]
fn an_accepted_finding_is_shown_and_does_not_count() {
    let accepted = format!(
        "{SHARED}accepted: [{{rule: backlog-shared-owner, at: backlogs.app, because: Ben takes over in May, by: kim, until: 2027-05-31}}]\n"
    );
    assert_eq!(check(SHARED, &[]).status.code(), Some(1));
    let output = check(&accepted, &[]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        stdout(&output),
        "accepted[backlog-shared-owner]: the backlog of App has two owners: Ann and Ben\n     \
         --> team.yaml:3:50\n\
         because: Ben takes over in May (by Kim Seo, until 2027-05-31)\n\n\
         No gaps found by 5 of 64 rules beside 1 accepted in 1 file: 1 product, 0 teams, 3 people, as of 2026-11-21\n"
    );
    let found = json(&accepted, &["--fail-on", "info"]);
    assert_eq!((&found["summary"]["error"], &found["summary"]["accepted"]), (&0.into(), &1.into()));
    let told = &found["findings"][0]["accepted"];
    assert_eq!(told["by"], "kim");
    assert_eq!(told["because"], "Ben takes over in May");
    assert_eq!(told["until"], "2027-05-31");
    assert_eq!(check(&accepted, &["--fail-on", "info"]).status.code(), Some(0));
}

#[test]
fn with_no_accepted_it_counts() {
    let accepted =
        format!("{SHARED}accepted: [{{rule: backlog-shared-owner, at: backlogs.app, because: Ben takes over in May}}]\n");
    assert_eq!(check(&accepted, &["--no-accepted"]).status.code(), Some(1));
    let found = json(&accepted, &["--no-accepted"]);
    assert_eq!((&found["summary"]["error"], &found["summary"]["accepted"]), (&1.into(), &0.into()));
    assert_eq!(found["findings"][0]["accepted"], Value::Null);
    assert!(stdout(&check(&accepted, &["--no-accepted"])).starts_with("error[backlog-shared-owner]"));
}

#[test]
fn filters_leave_out_accepted_findings_like_all_others() {
    let accepted =
        format!("{SHARED}accepted: [{{rule: backlog-shared-owner, at: backlogs.app, because: Ben takes over in May}}]\n");
    let unused = ["--rule", "acceptance-unused", "--format", "json"];
    for args in [&[][..], &["--rule", "backlog-shared-owner", "--skip", "backlog-shared-owner"]] {
        let found = read(&check_all(&accepted, &[&unused, args].concat()));
        assert_eq!(found["summary"]["accepted"], 0, "{args:?}");
        assert_eq!(found["findings"].as_sequence().map(Vec::len), Some(0), "{args:?}: the entry is used all the same");
    }
}

#[test]
fn the_first_entry_that_holds_covers_the_finding() {
    let accepted = |entries: &[&str]| {
        let entries: String = entries.iter().map(|entry| format!("  - {{at: backlogs.app, {entry}}}\n")).collect();
        judged(&format!("{SHARED}accepted:\n{entries}"))
    };
    let shared = "rule: backlog-shared-owner";
    let covered = |by: &str| format!("backlog-shared-owner backlogs.app ({by})");
    // The last day still counts.
    assert_eq!(accepted(&[&format!("{shared}, because: first, until: 2026-11-21")]), [covered("first")]);
    assert_eq!(
        accepted(&[&format!("{shared}, because: first, until: 2026-11-20")]),
        ["backlog-shared-owner backlogs.app", "acceptance-expired backlogs.app"]
    );
    assert_eq!(accepted(&[&format!("{shared}, because: first"), &format!("{shared}, because: second")]), [covered("first")]);
    assert_eq!(
        accepted(&[&format!("{shared}, because: first, until: 2026-11-20"), &format!("{shared}, because: second")]),
        [covered("second"), "acceptance-expired backlogs.app".to_owned()]
    );
    // The finding has no duty, so an entry that names one does not cover it.
    assert_eq!(
        accepted(&[&format!("{shared}, because: first, duty: backlog.order")]),
        ["backlog-shared-owner backlogs.app", "acceptance-unused backlogs.app backlog.order"]
    );
}

#[test]
fn a_duty_narrows_an_entry() {
    let file = |entries: &str| {
        format!(
            "{SHARED}teams: {{core: {{product: app, product-owner: ann, responsibilities: {{delivery.sprint: [ann, ben], delivery.questions: [ann, ben]}}}}}}
accepted:\n{entries}"
        )
    };
    let contested = |entries: &str| {
        let mut found = judged(&file(entries));
        found.retain(|finding| finding.starts_with("duty-contested"));
        found.sort();
        found
    };
    let both = ["duty-contested teams.core delivery.questions", "duty-contested teams.core delivery.sprint"];
    assert_eq!(contested("  - {rule: duty-unowned, at: teams.core, because: x}\n"), both);
    assert_eq!(
        contested("  - {rule: duty-contested, at: teams.core, duty: delivery.sprint, because: one}\n"),
        [both[0].to_owned(), format!("{} (one)", both[1])]
    );
    // The entry that stands first wins, not the narrower one.
    let all = "  - {rule: duty-contested, at: teams.core, because: all}\n";
    let one = "  - {rule: duty-contested, at: teams.core, duty: delivery.sprint, because: one}\n";
    assert_eq!(contested(&format!("{all}{one}")), both.map(|finding| format!("{finding} (all)")));
    assert_eq!(contested(&format!("{one}{all}")), [format!("{} (all)", both[0]), format!("{} (one)", both[1])]);
}

/// The entries that the text output offers to paste.
fn offers(text: &str, width: Option<usize>) -> Vec<String> {
    let shown = with_report(text, |report| text_of(report, width));
    let behind = shown.split("\naccept: ").skip(1);
    behind.map(|rest| rest.split_once("\n\n").expect("a blank line ends the block").0.to_owned()).collect()
}

const OWN_DUTY: &str = "\
products: {app: {responsibilities: {\"1.5\": nobody}}}
duties: {\"1.5\": {meaning: Signs the yearly statement, required: true}}
";

#[test]
fn what_is_offered_can_be_pasted() {
    // Ids of several scripts, composed and not, and ids that YAML might read as something else.
    let ids = ["app", "決済", "оплата", "paiements_é", "paiements_e\u{301}", "1.10", "null", "-x", ".a", "yes", "2026-11-21"];
    let shared = |id: &str| format!("people: {{ann: , ben: }}\nproducts:\n  \"{id}\": {{product-owner: [ann, ben]}}\n");
    for file in ids.map(shared).into_iter().chain([OWN_DUTY.to_owned()]) {
        for width in [None, Some(40), Some(80)] {
            let [entry] = &*offers(&file, width) else { panic!("{file}: not one entry is offered") };
            let pasted = |because: &str| format!("{file}accepted:\n{}\n", entry.replace('…', because));
            assert_eq!(check(&pasted("…"), &[]).status.code(), Some(2), "{entry} lacks its reason");
            let found = judged(&pasted("Ben takes over in May"));
            assert!(found.len() == 1 && found[0].ends_with(" (Ben takes over in May)"), "{entry}: {found:?}");
            let values: Vec<BTreeMap<String, String>> = serde_yaml::from_str(entry).expect("a list of texts");
            assert_eq!(values[0]["because"], "…");
        }
    }
}

#[test]
fn an_offer_names_the_duty_of_a_single_finding() {
    assert_eq!(offers(OWN_DUTY, None), ["- {rule: duty-unowned, at: products.app, duty: \"1.5\", because: …}"]);
}

#[test]
fn hostile_reasons_stay_text() {
    const HOSTILE: &str = r#""\e[2J`|<b>&@ann #1 \u202Ex\n\n## y\n[a](b)""#;
    let file = format!(
        "people: {{ann: , ben: , kim: {HOSTILE}}}\nproducts: {{app: {{product-owner: [ann, ben]}}}}\n\
         accepted: [{{rule: backlog-shared-owner, at: backlogs.app, by: kim, because: {HOSTILE}}}]\n"
    );
    for format in ["text", "markdown", "json"] {
        let output = check(&file, &["--format", format]);
        assert_eq!(output.status.code(), Some(0));
        let shown = stdout(&output);
        assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{format}: {shown}");
        assert!(format == "json" || !shown.contains("\n## y"), "{format}: {shown}");
    }
    let output = check(&file, &["--format", "markdown"]);
    let shown = stdout(&output);
    assert!(!shown.contains("<b>") && !shown.contains("@ann") && !shown.contains("#1") && !shown.contains("[a]"), "{shown}");
    let told = json(&file, &[])["findings"][0]["accepted"]["because"].clone();
    assert!(told.as_str().is_some_and(|because| because.starts_with("\u{1b}[2J`|<b>&@ann #1 \u{202e}x\n\n## y")), "{told:?}");
}
