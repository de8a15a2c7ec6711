//! Pages about what the tool knows, whatever is audited: its rules, duties and signals.

use super::json::{Quote, quote};
use super::{BOLD, PLAIN, Style, citation, color_of, escape};
use crate::Days;
use crate::audit::audit_with;
use crate::catalogue::{DUTIES, Duty, Level, Passage, SIGNALS, Signal, Stance, passage};
use crate::finding::Severity;
use crate::rules::{Group, RULES, Rule};
use crate::settings::Settings;
use crate::source::{Source, Sources};
use comfy_table::Cell;
use jiff::civil::{Date, date};
use serde::Serialize;

/// What begins an expectation in an example: the test reads it, users do not.
const EXPECTED: &str = "#~";
/// The day for which the examples are audited, so that a page is the same on every day.
const TODAY: Date = date(2026, 1, 1);
/// The columns that the list needs for its summaries to be more than a word wide.
const NARROWEST_TABLE: usize = 72;

/// Every rule, one row each; a paragraph each where the terminal is too narrow for a table.
pub fn list(style: &Style) -> String {
    let cells = |rule: &&Rule| [rule.name, rule.group.word(), rule.severity.word(), rule.summary].map(Cell::new);
    let shown = match style.width {
        Some(width) if width < NARROWEST_TABLE => RULES.iter().map(|rule| paragraph(rule, style)).collect(),
        _ => style.table(["rule", "group", "severity", "summary"], RULES.iter().map(cells)),
    };
    format!("{shown}\n`roleaudit explain RULE` tells more\n")
}

fn paragraph(rule: &Rule, style: &Style) -> String {
    let text = format!("{} ({}, {})", rule.summary, rule.group.word(), rule.severity.word());
    style.paragraph(&format!("{}: ", rule.name), color_of(rule.severity), &text, PLAIN)
}

/// Every rule, as a table of a Markdown page.
pub fn markdown() -> String {
    let mut table = String::from("| Rule | Group | Severity | Summary |\n| --- | --- | --- | --- |\n");
    for rule in RULES {
        let (name, summary) = (escape::code(rule.name), escape::markdown(rule.summary));
        table += &format!("| {name} | {} | {} | {summary} |\n", rule.group.word(), rule.severity.word());
    }
    table
}

/// All rules, duties and signals: fields may be added within a version, none renamed or removed.
#[derive(Serialize)]
struct Reference {
    version: u32,
    rules: Vec<RuleEntry>,
    duties: Vec<DutyEntry>,
    signals: Vec<SignalEntry>,
}

#[derive(Serialize)]
struct RuleEntry {
    name: &'static str,
    group: Group,
    severity: Severity,
    otherwise: &'static str,
    summary: &'static str,
    why: &'static str,
    fix: &'static str,
    fires: String,
    clean: String,
    passages: Vec<Quote>,
}

#[derive(Serialize)]
struct DutyEntry {
    name: &'static str,
    meaning: &'static str,
    role: &'static str,
    level: &'static str,
    core: bool,
    right: bool,
    passages: Vec<Quote>,
}

#[derive(Serialize)]
struct SignalEntry {
    name: &'static str,
    meaning: &'static str,
    passages: Vec<Quote>,
}

/// All that the pages say, as one JSON document with a final line break.
///
/// # Errors
/// None that is known; serializing to text has one in its type.
pub fn json() -> serde_json::Result<String> {
    let reference = Reference {
        version: 1,
        rules: RULES.iter().copied().map(rule_entry).collect(),
        duties: DUTIES.iter().map(duty_entry).collect(),
        signals: SIGNALS.iter().map(signal_entry).collect(),
    };
    Ok(serde_json::to_string_pretty(&reference)? + "\n")
}

fn rule_entry(rule: &Rule) -> RuleEntry {
    let Rule { name, group, severity, otherwise, summary, why, fix, .. } = *rule;
    let quotes = [(rule.passages, Stance::Supports), (rule.quoted_dissent(), Stance::Dissents)].into_iter();
    let passages = quotes.flat_map(|(ids, stance)| known(ids).map(move |passage| quote(passage, stance))).collect();
    let (fires, clean) = (example(rule.fires), example(rule.clean));
    RuleEntry { name, group, severity, otherwise, summary, why, fix, fires, clean, passages }
}

fn duty_entry(duty: &Duty) -> DutyEntry {
    let Duty { id: name, meaning, role, core, right, .. } = *duty;
    let level = match duty.level {
        Level::Backlog => "backlog",
        Level::Team => "team",
        Level::Product => "product",
        Level::Organization => "organization",
    };
    DutyEntry { name, meaning, role, level, core, right, passages: vec![quote(duty.passage, Stance::Supports)] }
}

fn signal_entry(signal: &Signal) -> SignalEntry {
    let Signal { name, meaning, passage, .. } = *signal;
    SignalEntry { name, meaning, passages: vec![quote(passage, Stance::Supports)] }
}

/// All there is to say about a rule, with its two examples and what it finds in the first.
pub fn rule(rule: &'static Rule, style: &Style) -> String {
    let page = Page { style };
    let mut shown = page.heading(rule.name, color_of(rule.severity), rule.summary) + "\n";
    shown += &page.detail("group", rule.group.word());
    shown += &page.detail("severity", &severities(rule));
    shown += &page.detail("why", rule.why);
    shown += &page.detail("fix", rule.fix);
    if !rule.yields_to.is_empty() {
        let names: Vec<&str> = rule.yields_to.iter().map(|other| other.name).collect();
        shown += &page.detail("silent", &format!("where {} reports the same", names.join(" or ")));
    }
    let fires = example(rule.fires);
    shown += &page.section("Fires on", &indented(&fires));
    shown.push('\n');
    for (line, severity, message) in findings(rule, &fires) {
        let lead = format!("  line {line}: {}: ", severity.word());
        shown += &style.paragraph(&lead, color_of(severity), &escape::one_line(&message), PLAIN);
    }
    shown += &page.section("Does not fire on", &indented(&example(rule.clean)));
    shown += &page.passages("Passages for it", known(rule.passages));
    shown += &page.passages("Passages against it", known(rule.quoted_dissent()));
    shown
}

/// All there is to say about a duty, and how to record who decides it.
pub fn duty(duty: &Duty, style: &Style) -> String {
    let page = Page { style };
    let (looked_up, places) = match duty.level {
        Level::Backlog => (
            "once per backlog: in the `responsibilities` of its teams first, then of its products, then of the organization",
            "a team, a product or the organization",
        ),
        Level::Team => (
            "once per team: in its own `responsibilities` first, then of its products, then of the organization",
            "a team, a product or the organization",
        ),
        Level::Product => (
            "once per product: in its own `responsibilities` first, then of the organization",
            "a product or the organization, not a team",
        ),
        Level::Organization => ("once, in the `responsibilities` of the organization", "the organization"),
    };
    let core = if duty.core { "yes, every product needs somebody who decides it" } else { "no, not every product needs it" };

    let mut shown = page.heading(duty.id, BOLD, duty.meaning) + "\n";
    shown += &page.detail("looked up", looked_up);
    shown += &page.detail("role", &role(duty.role));
    shown += &page.detail("core", core);
    if duty.right {
        shown += &page.detail("right", "one of the seven decision rights that every team should know");
    }
    // Developers are many and decide as one; everything else is one person's.
    let (decider, seat) = if duty.role == "developers" { ("developers", "developers") } else { ("ann", "product-owner") };
    let how = format!("Write it under {places}, with one person's id or the word of a seat, such as `{seat}`");
    shown += &page.section(&how, &indented(&format!("responsibilities:\n  {}: {decider}\n", duty.id)));
    shown + &page.passages("Named in", std::iter::once(duty.passage))
}

/// All there is to say about a signal, and where to record it.
pub fn signal(signal: &Signal, style: &Style) -> String {
    let page = Page { style };
    let mut shown = page.heading(signal.name, BOLD, signal.meaning);
    shown += &page.section(
        "Write it where people observed it: on the organization, a product, a team or a person",
        &indented(&format!("signals: [{}]\n", signal.name)),
    );
    shown + &page.passages("Named in", std::iter::once(signal.passage))
}

struct Page<'a> {
    style: &'a Style,
}

impl Page<'_> {
    /// What the page is about.
    fn heading(&self, name: &str, of_name: anstyle::Style, text: &str) -> String {
        self.style.paragraph(&format!("{name}: "), of_name, text, BOLD)
    }

    fn detail(&self, label: &str, text: &str) -> String {
        self.style.paragraph(&format!("{label:>9}: "), BOLD, text, PLAIN)
    }

    /// A title between blank lines, and what stands under it.
    fn section(&self, title: &str, text: &str) -> String {
        format!("\n{}\n{text}", self.style.paragraph("", PLAIN, &format!("{title}:"), BOLD))
    }

    /// The passages under a title; nothing if there are none.
    fn passages(&self, title: &str, passages: impl Iterator<Item = &'static Passage>) -> String {
        let quoted = |passage: &Passage| {
            let quote = format!("\"{}\" — {}", passage.quote, citation(passage));
            self.style.paragraph(&format!("  {}: ", passage.id), BOLD, &quote, PLAIN)
        };
        let quotes: String = passages.map(quoted).collect();
        if quotes.is_empty() { quotes } else { self.section(title, &quotes) }
    }
}

/// The severities of a rule in words. What holds otherwise repeats the usual one where it tells when that holds.
fn severities(rule: &Rule) -> String {
    let usual = rule.severity.word();
    match rule.otherwise {
        "" => usual.to_owned(),
        otherwise if otherwise.starts_with(usual) => otherwise.to_owned(),
        otherwise => format!("{usual}; {otherwise}"),
    }
}

/// What the documents say about who has a duty.
fn role(role: &str) -> String {
    match role {
        "shared" => "the documents give it to product manager and product owner together; one of them still decides".to_owned(),
        "organization" => {
            "the documents give it to the organization: somebody sees to it before a product role can work".to_owned()
        }
        "developers" => "the documents give most of it to the developers".to_owned(),
        role => format!("the documents give most of it to the {}; anyone may hold it", role.replace('-', " ")),
    }
}

/// An example as a user would write it.
fn example(text: &str) -> String {
    let as_written = |line: &str| line.split_once(EXPECTED).map_or(line, |(before, _)| before).trim_end().to_owned() + "\n";
    text.trim_start_matches('\n').lines().map(as_written).collect()
}

/// Lines that are there to be copied: indented, and never broken.
fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}

/// What a rule finds in a team file: line, severity and message. A test proves that our own examples can be read.
fn findings(rule: &'static Rule, text: &str) -> Vec<(usize, Severity, String)> {
    let sources = Sources::new(vec![Source::new("team.yaml", text)]);
    let Ok(linked) = crate::load(&sources, Days { as_of: None, today: TODAY }) else { return Vec::new() };
    let report = audit_with(rule, &linked.org, &Settings::default(), &sources);
    let found = report.findings.into_iter();
    found.map(|finding| (sources.position(finding.at).line, finding.severity, finding.message)).collect()
}

/// The passages of ids; tests prove that every id in use has one.
fn known(ids: &'static [&'static str]) -> impl Iterator<Item = &'static Passage> {
    ids.iter().filter_map(|id| passage(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    const PLAIN_80: Style = Style { color: false, width: Some(80) };
    const UNBROKEN: Style = Style { color: false, width: None };

    /// The lines of a page as one, so that words are found wherever it is broken.
    fn joined(page: &str) -> String {
        page.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Every page, as it is shown in a style.
    fn pages(style: &Style) -> Vec<String> {
        let rules = RULES.iter().map(|of| rule(of, style));
        let duties = DUTIES.iter().map(|of| duty(of, style));
        rules.chain(duties).chain(SIGNALS.iter().map(|of| signal(of, style))).collect()
    }

    #[test]
    fn the_list_names_every_rule_in_a_row() {
        let shown = list(&UNBROKEN);
        assert!(shown.starts_with(" rule "), "{shown}");
        for rule in RULES {
            let row = shown.lines().find(|line| line.starts_with(&format!(" {} ", rule.name))).expect("a row of the rule");
            let cells: Vec<&str> = row.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
            assert_eq!(cells, [rule.name, rule.group.word(), rule.severity.word(), rule.summary]);
        }
        assert!(shown.ends_with("\n\n`roleaudit explain RULE` tells more\n"), "{shown}");
    }

    #[test]
    fn rules_of_a_group_stand_together() {
        let mut groups: Vec<&str> = RULES.iter().map(|rule| rule.group.word()).collect();
        groups.dedup();
        let repeated: Vec<&&str> =
            groups.iter().enumerate().filter(|(n, group)| groups[..*n].contains(group)).map(|(_, g)| g).collect();
        assert!(repeated.is_empty(), "{repeated:?} stand in several places");
    }

    #[test]
    fn the_list_fits_the_terminal() {
        for width in [40, 60, NARROWEST_TABLE, 80, 120] {
            let shown = list(&Style { color: false, width: Some(width) });
            let widest = shown.lines().max_by_key(|line| line.width()).unwrap_or("");
            assert!(widest.width() <= width, "{width}: {widest}");
            for rule in RULES {
                assert!(shown.contains(rule.name), "{width}: {}", rule.name);
            }
        }
    }

    #[test]
    fn only_severities_of_the_list_are_coloured() {
        let shown = list(&Style { color: true, width: Some(80) });
        assert_eq!(shown.matches("\u{1b}[0m").count(), RULES.len(), "{shown}");
        assert_eq!(anstream::adapter::strip_str(&shown).to_string(), list(&PLAIN_80));
    }

    #[test]
    fn the_markdown_table_has_four_cells_in_each_row() {
        let shown = markdown();
        assert_eq!(shown.lines().count(), RULES.len() + 2);
        for line in shown.lines() {
            assert_eq!(line.replace("\\|", "").matches('|').count(), 5, "{line}");
        }
        assert!(shown.contains("\n| `backlog-without-owner` | backlog | error | nobody owns a backlog |\n"), "{shown}");
    }

    #[test]
    fn the_json_has_every_rule_duty_and_signal() {
        let text = json().expect("it can be written");
        let found: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        let names = |list: &str| -> Vec<String> {
            let entries = found[list].as_array().expect("a list");
            entries.iter().map(|entry| entry["name"].as_str().expect("a name").to_owned()).collect()
        };
        assert_eq!(found["version"], 1);
        assert_eq!(names("rules"), RULES.iter().map(|rule| rule.name).collect::<Vec<_>>());
        assert_eq!(names("duties"), DUTIES.iter().map(|duty| duty.id).collect::<Vec<_>>());
        assert_eq!(names("signals"), SIGNALS.iter().map(|signal| signal.name).collect::<Vec<_>>());
        assert!(text.ends_with("}\n") && !text.contains(EXPECTED));
        for (rule, entry) in RULES.iter().zip(found["rules"].as_array().expect("a list")) {
            let passages = entry["passages"].as_array().expect("a list");
            assert_eq!(passages.len(), rule.passages.len() + rule.quoted_dissent().len(), "{}", rule.name);
            let dissents = passages.iter().filter(|passage| passage["stance"] == "dissents");
            assert_eq!(dissents.count(), rule.quoted_dissent().len(), "{}", rule.name);
        }
    }

    #[test]
    fn an_entry_of_the_json_says_all_of_it() {
        let text = json().expect("it can be written");
        let found: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        let duties = found["duties"].as_array().expect("a list");
        let order = duties.iter().find(|duty| duty["name"] == "backlog.order").expect("it is a duty");
        let expected = serde_json::json!({
            "name": "backlog.order",
            "meaning": "Decides what comes first, next and last in the Product Backlog.",
            "role": "product-owner",
            "level": "backlog",
            "core": true,
            "right": true,
            "passages": [{
                "id": "D4-241", "document": "004", "title": "Product Owner vs. Product Manager", "publisher": "South",
                "section": "When You May Need Both Roles / Teams should know:", "quote": "Who orders each backlog",
                "stance": "supports"
            }]
        });
        assert_eq!(*order, expected);
    }

    #[test]
    fn a_rule_page_shows_both_examples_and_what_is_found() {
        for of in RULES {
            let shown = rule(of, &UNBROKEN);
            assert!(!shown.contains(EXPECTED), "{shown}");
            for example in [of.fires, of.clean].map(example) {
                assert!(shown.contains(&indented(&example)), "{shown}");
            }
            let (wanted, found) = (of.fires.matches(EXPECTED).count(), findings(of, &example(of.fires)));
            assert_eq!(found.len(), wanted, "{}: {found:?}", of.name);
            for (line, severity, message) in found {
                assert!(shown.contains(&format!("\n  line {line}: {}: {message}\n", severity.word())), "{shown}");
            }
            assert!(findings(of, &example(of.clean)).is_empty(), "{}", of.name);
        }
    }

    #[test]
    fn a_rule_page_says_all_that_the_rule_says() {
        for of in RULES {
            let shown = joined(&rule(of, &PLAIN_80));
            for said in [of.name, of.group.word(), of.severity.word(), of.otherwise, of.summary, of.why, of.fix] {
                assert!(shown.contains(said), "`{said}` is missing in {shown}");
            }
            for id in of.passages.iter().chain(of.quoted_dissent()) {
                let quoted = passage(id).expect("every id has a passage");
                let quote = format!("{id}: \"{}\" — {}", quoted.quote, citation(quoted));
                assert!(shown.contains(&joined(&quote)), "`{quote}` is missing in {shown}");
            }
            assert_eq!(shown.contains("Passages against it:"), !of.dissent.is_empty(), "{shown}");
            for other in of.yields_to {
                assert!(shown.contains(other.name), "`{}` is missing in {shown}", other.name);
            }
        }
    }

    #[test]
    fn a_rule_page_reads_from_top_to_bottom() {
        let of = crate::rules::rule("backlog-shared-owner").expect("it is a rule");
        assert!(
            rule(of, &PLAIN_80).starts_with(
                r#"backlog-shared-owner: a backlog has several owners, or a group as owner

    group: backlog
 severity: error
      why: Developers cannot follow two orders; they end up choosing between
           them.
      fix: Keep one person as `product-owner`, and list the others under `input`
           of backlog.order.

Fires on:

    people: {ann: Ann, bob: Bob, board: {name: Steering board, kind: group}}
    products:
      app: {name: App}
      site: {name: Site, product-owner: board}
    teams:
      core: {product: app, product-owner: [ann, bob]}

  line 4: error: the backlog of Site is owned by Steering board, which is a
                 group
  line 6: error: the backlog of App has two owners: Ann and Bob

Does not fire on:
"#
            ),
            "{}",
            rule(of, &PLAIN_80)
        );
    }

    #[test]
    fn a_severity_is_not_said_twice() {
        let usual = RULES.first().expect("there are rules");
        let said = |otherwise| severities(&Rule { severity: Severity::Error, otherwise, ..**usual });
        assert_eq!(said(""), "error");
        assert_eq!(said("info for a draft"), "error; info for a draft");
        assert_eq!(said("error for a right; info otherwise"), "error for a right; info otherwise");
    }

    #[test]
    fn an_example_that_cannot_be_read_has_no_findings() {
        assert!(findings(RULES.first().expect("there are rules"), "people: [").is_empty());
    }

    #[test]
    fn a_duty_page_says_where_to_look_and_what_to_write() {
        let of = crate::catalogue::duty("backlog.order").expect("it is a duty");
        assert_eq!(
            duty(of, &PLAIN_80),
            r#"backlog.order: Decides what comes first, next and last in the Product Backlog.

looked up: once per backlog: in the `responsibilities` of its teams first, then
           of its products, then of the organization
     role: the documents give most of it to the product owner; anyone may hold
           it
     core: yes, every product needs somebody who decides it
    right: one of the seven decision rights that every team should know

Write it under a team, a product or the organization, with one person's id or
the word of a seat, such as `product-owner`:

    responsibilities:
      backlog.order: ann

Named in:

  D4-241: "Who orders each backlog" — South, Product Owner vs. Product Manager,
          "When You May Need Both Roles / Teams should know"
"#
        );
    }

    #[test]
    fn what_a_duty_page_tells_to_write_can_be_read() {
        for of in &DUTIES {
            let sample = "responsibilities:\n      ";
            let page = duty(of, &UNBROKEN);
            let (_, written) = page.split_once(sample).expect("a sample");
            let right = written.lines().next().expect("a line");
            let text = format!(
                "people: {{ann: Ann}}\nproducts:\n  app:\n    responsibilities:\n      {right}\nteams: {{core: {{product: app}}}}\n"
            );
            let sources = Sources::new(vec![Source::new("team.yaml", text)]);
            let errors = crate::load(&sources, Days { as_of: None, today: TODAY }).err().map(|invalid| invalid.errors);
            assert!(errors.is_none(), "{}: {errors:#?}", of.id);
        }
    }

    #[test]
    fn a_signal_page_says_where_to_write_it() {
        let of = crate::catalogue::signal("developers-wait").expect("it is a signal");
        assert_eq!(
            signal(of, &PLAIN_80),
            r#"developers-wait: Developers lose time waiting for somebody to answer them.

Write it where people observed it: on the organization, a product, a team or a
person:

    signals: [developers-wait]

Named in:

  D4-170: "Developers wait too long for answers" — South, Product Owner vs.
          Product Manager, "Can One Person Be Both a Product Manager and Product
          Owner? / Warning signs include"
"#
        );
    }

    #[test]
    fn only_what_is_there_to_be_copied_is_wider_than_the_terminal() {
        let examples: String =
            RULES.iter().flat_map(|rule| [rule.fires, rule.clean]).map(|text| indented(&example(text))).collect();
        for page in pages(&PLAIN_80) {
            let wide = page.lines().find(|line| line.width() > 80 && examples.lines().all(|copied| copied != *line));
            assert_eq!(wide, None);
        }
    }

    #[test]
    fn colour_changes_nothing_but_the_colour() {
        let coloured = pages(&Style { color: true, width: Some(80) });
        for (coloured, plain) in coloured.iter().zip(pages(&PLAIN_80)) {
            assert!(coloured.contains('\u{1b}'));
            assert_eq!(anstream::adapter::strip_str(coloured).to_string(), plain);
        }
    }
}
