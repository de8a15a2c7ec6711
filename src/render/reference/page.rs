//! What `roleaudit explain` shows: a page about one rule, duty, signal or model, or about the duties of an area.

use super::super::{BOLD, PLAIN, Style, citation, color_of, escape, name_of};
use super::backing::{Backing, by_section};
use super::{example, findings, lookup, role, severities};
use crate::catalogue::{Claim, DUTIES, Duty, MODELS, Model, ModelKind, Passage, SIGNALS, Signal};
use crate::document::hints::listed;
use crate::rules::{RULES, Rule};

/// What a page is about.
#[derive(Clone, Copy, Debug)]
pub enum Topic {
    /// A rule.
    Rule(&'static Rule),
    /// A built-in duty.
    Duty(&'static Duty),
    /// All duties of an area; there is at least one.
    Area(&'static [Duty]),
    /// A symptom, recorded or derived.
    Signal(&'static Signal),
    /// A model or an overlay.
    Model(&'static Model),
}

/// All that can be explained, by its name. An area has two: `backlog`, and `backlog.*` as it is written in a team file.
pub fn topics() -> Vec<(String, Topic)> {
    let rules = RULES.iter().map(|rule| (rule.name.to_owned(), Topic::Rule(rule)));
    let duties = DUTIES.iter().map(|duty| (duty.id.to_owned(), Topic::Duty(duty)));
    let signals = SIGNALS.iter().map(|signal| (signal.name.to_owned(), Topic::Signal(signal)));
    let models = MODELS.iter().map(|model| (model.name.to_owned(), Topic::Model(model)));
    let areas = areas().flat_map(|duties| {
        let area = duties.first().map_or("", Duty::area);
        [area.to_owned(), format!("{area}.*")].map(|name| (name, Topic::Area(duties)))
    });
    rules.chain(duties).chain(signals).chain(models).chain(areas).collect()
}

/// The duties by area.
pub(super) fn areas() -> impl Iterator<Item = &'static [Duty]> {
    DUTIES.chunk_by(|one, next| one.area() == next.area())
}

impl Topic {
    /// All there is to say about it.
    pub fn page(self, style: &Style) -> String {
        match self {
            Topic::Rule(of) => rule(of, style),
            Topic::Duty(of) => duty(of, style),
            Topic::Area(of) => area(of, style),
            Topic::Signal(of) => signal(of, style),
            Topic::Model(of) => model(of, style),
        }
    }
}

/// All there is to say about a rule, with its two examples and what it finds in the first.
fn rule(rule: &'static Rule, style: &Style) -> String {
    let page = Page { style };
    let mut shown = page.heading(rule.name, color_of(rule.severity), rule.summary) + "\n";
    shown += &page.detail("group", rule.group.word());
    shown += &page.detail("severity", &severities(rule));
    shown += &page.detail("why", rule.why);
    shown += &page.detail("ask", rule.question);
    shown += &page.detail("fix", rule.fix);
    if !rule.yields_to.is_empty() {
        let others = listed(rule.yields_to.iter().map(|other| other.name));
        shown += &page.detail("silent", &format!("where {others} reports the same"));
    }
    let fires = example(rule.fires);
    shown += &page.section("Fires on", &indented(&fires));
    shown.push('\n');
    for (line, severity, message) in findings(rule, &fires) {
        let lead = format!("  line {line}: {}: ", severity.word());
        shown += &style.paragraph(&lead, color_of(severity), &escape::one_line(&message), PLAIN);
    }
    shown += &page.section("Does not fire on", &indented(&example(rule.clean)));
    let backing = Backing::from(rule);
    shown += &page.passages("Passages for it", &backing.quoted);
    shown += &page.claims("Also backed by", &backing.named);
    shown += &page.passages("Passages against it", &backing.quoted_against);
    shown + &page.claims("Also against it", &backing.named_against)
}

/// All there is to say about a duty, and how to record who decides it.
fn duty(duty: &Duty, style: &Style) -> String {
    let page = Page { style };
    let (looked_up, places) = lookup(duty.level);
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
    shown + &page.named_in(&Backing::from(duty))
}

/// The duties of an area, and how to record who decides them all.
fn area(duties: &[Duty], style: &Style) -> String {
    let Some(first) = duties.first() else { return String::new() };
    let page = Page { style };
    let (area, (looked_up, places)) = (first.area(), lookup(first.level));
    let mut shown = page.heading(&format!("{area}.*"), BOLD, &format!("every duty of the area {area}")) + "\n";
    shown += &page.detail("looked up", looked_up);
    let how = format!("Write it under {places}; a duty that stands beside it keeps what it says itself");
    shown += &page.section(&how, &indented(&format!("responsibilities:\n  {area}.*: ann\n")));
    let entries = duties.iter().map(|duty| style.paragraph(&format!("  {}: ", duty.id), BOLD, duty.meaning, PLAIN));
    shown + &page.section("Its duties", &entries.collect::<String>())
}

/// All there is to say about a signal, and where to record it.
fn signal(signal: &Signal, style: &Style) -> String {
    let page = Page { style };
    let mut shown = page.heading(signal.name, BOLD, signal.meaning);
    shown += &match signal.derived {
        None => page.section(
            "Write it where people observed it: on the organization, a product, a team or a person",
            &indented(&format!("signals: [{}]\n", signal.name)),
        ),
        Some(source) => {
            let text = format!("Nobody writes it under `signals`: it follows from {source}.");
            format!("\n{}", style.paragraph("", PLAIN, &text, PLAIN))
        }
    };
    shown + &page.named_in(&Backing::from(signal))
}

/// All there is to say about a model or an overlay.
fn model(model: &Model, style: &Style) -> String {
    let page = Page { style };
    let mut shown = page.heading(model.name, BOLD, model.meaning) + "\n";
    shown += &page.detail("kind", kind(model.kind));
    shown += &page.detail("changes", model.changes);
    shown + &page.named_in(&Backing::from(model))
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
    fn passages(&self, title: &str, passages: &[&Passage]) -> String {
        let quoted = |passage: &&Passage| {
            let quote = format!("\"{}\" — {}", passage.quote, citation(passage));
            self.style.paragraph(&format!("  {}: ", passage.id), BOLD, &quote, PLAIN)
        };
        self.listed(title, passages.iter().map(quoted).collect())
    }

    /// The places of claims that are not quoted, under a title, a paragraph for each document; nothing if there are none.
    fn claims(&self, title: &str, claims: &[&'static Claim]) -> String {
        let places = by_section(claims).into_iter().map(|(document, sections)| {
            let sections = sections.iter().map(|section| {
                let heading = section.heading.map_or("before its first heading".to_owned(), |heading| format!("\"{heading}\""));
                format!("{heading} ({})", section.ids.join(", "))
            });
            let text = format!("{}: {}", name_of(document), sections.collect::<Vec<_>>().join("; "));
            self.style.paragraph("  - ", PLAIN, &text, PLAIN)
        });
        self.listed(title, places.collect())
    }

    fn listed(&self, title: &str, entries: String) -> String {
        if entries.is_empty() { entries } else { self.section(title, &entries) }
    }

    /// What documents say about something that nobody speaks against.
    fn named_in(&self, backing: &Backing) -> String {
        let title = if backing.quoted.is_empty() { "Named in" } else { "Also named in" };
        self.passages("Named in", &backing.quoted) + &self.claims(title, &backing.named)
    }
}

/// What kind of model something is.
pub(super) fn kind(kind: ModelKind) -> &'static str {
    match kind {
        ModelKind::Model => "a model: every product follows one, which is derived from its seats and rights",
        ModelKind::Overlay => "an overlay: it comes on top of the model that a product follows",
    }
}

/// Lines that are there to be copied: indented, and never broken.
fn indented(text: &str) -> String {
    text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{EXPECTED, PLAIN_80, TODAY, UNBROKEN};
    use super::*;
    use crate::Days;
    use crate::catalogue::passage;
    use crate::source::{Source, Sources};
    use unicode_width::UnicodeWidthStr;

    /// The lines of a page as one, so that words are found wherever it is broken.
    fn joined(page: &str) -> String {
        page.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Every page, as it is shown in a style.
    fn pages(style: &Style) -> Vec<String> {
        topics().into_iter().map(|(_, topic)| topic.page(style)).collect()
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
            for said in [of.name, of.group.word(), of.severity.word(), of.otherwise, of.summary, of.why, of.question, of.fix] {
                assert!(shown.contains(said), "`{said}` is missing in {shown}");
            }
            for id in of.passages.iter().chain(of.quoted_dissent()) {
                let quoted = passage(id).expect("every id has a passage");
                let quote = format!("{id}: \"{}\" — {}", quoted.quote, citation(quoted));
                assert!(shown.contains(&joined(&quote)), "`{quote}` is missing in {shown}");
            }
            for id in of.also.iter().chain(of.dissent) {
                assert!(shown.contains(id), "{id} is missing in {shown}");
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
      ask: Who alone answers for the backlog, and who gives advice?
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
    fn a_duty_page_says_where_to_look_and_what_to_write() {
        let of = crate::catalogue::duty("backlog.order").expect("it is a duty");
        let shown = duty(of, &PLAIN_80);
        assert!(
            shown.starts_with(
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

Also named in:

  - Rebel Scrum, How Product Manager and Product Owner roles are structured:
    "The Strong Product Owner Model" (D0-009); "Splitting up Responsibilities"
    (D0-018); "Product Manager Who Manages People" (D0-024); "Scaling" (D0-028)
"#
            ),
            "{shown}"
        );
    }

    #[test]
    fn every_topic_has_a_name_of_its_own() {
        let topics = topics();
        let names: std::collections::BTreeSet<&str> = topics.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.len(), topics.len());
        let wanted = ["duty-unowned", "backlog.order", "backlog", "backlog.*", "several-squads", "split", "scaled"];
        assert!(wanted.iter().all(|name| names.contains(name)), "{names:?}");
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

Also named in:

  - South, Product Owner vs. Product Manager: before its first heading (D4-002);
    "When to Hire a Product Owner / You may need a Product Owner when" (D4-205);
    "When to Hire a Product Owner" (D4-214); "1. Is the Main Challenge Direction
    or Delivery? / You may need a Product Owner when teams struggle to answer"
    (D4-306)
"#
        );
    }

    #[test]
    fn a_derived_signal_page_says_what_it_follows_from() {
        let of = crate::catalogue::signal("complex-dependencies").expect("it is a signal");
        assert_eq!(
            signal(of, &PLAIN_80),
            r#"complex-dependencies: The work of several teams hangs together in complicated
                      ways.

Nobody writes it under `signals`: it follows from `complex-dependencies: true`
on the product.

Named in:

  D4-224: "The roadmap includes complex dependencies" — South, Product Owner vs.
          Product Manager, "When You May Need Both Roles / You may need both
          roles when"
"#
        );
    }

    #[test]
    fn an_area_page_lists_its_duties() {
        let of = areas().find(|duties| duties[0].area() == "goal").expect("it is an area");
        assert_eq!(
            area(of, &PLAIN_80),
            r#"goal.*: every duty of the area goal

looked up: once per backlog: in the `responsibilities` of its teams first, then
           of its products, then of the organization

Write it under a team, a product or the organization; a duty that stands beside
it keeps what it says itself:

    responsibilities:
      goal.*: ann

Its duties:

  goal.define: Words the intended outcome as a Product Goal that helps the team
               to choose.
  goal.communicate: Makes sure that everyone knows and understands the Product
                    Goal and the goals of the sprints.
"#
        );
    }

    #[test]
    fn a_model_page_says_how_it_is_recognised_and_what_it_changes() {
        let of = crate::catalogue::model("product-marketing").expect("it is an overlay");
        assert_eq!(
            model(of, &PLAIN_80),
            r#"product-marketing: Someone holds the seat of the product marketing manager.

     kind: an overlay: it comes on top of the model that a product follows
  changes: `market.research` and `market.competition` may sit with this person;
           `duty-contested` fires where two people claim one of them. How a
           release is positioned is input to the release, not a decision about
           it.

Named in:

  - 280 Group, Product Owner vs. Product Manager Exploration: "4 Replies to
    “Product Owner vs. Product Manager Exploration”" (D1-043)
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
