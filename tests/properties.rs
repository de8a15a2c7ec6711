//! What has to hold of every organization: tested over generated ones, the examples, and real ones where they are at hand.

#![allow(clippy::panic, reason = "a test fails by panicking")]

#[path = "common/organizations.rs"]
mod organizations;

use organizations::Choices;
use proptest::prelude::*;
use roleaudit::Days;
use roleaudit::advise::advise;
use roleaudit::audit::{Selection, audit};
use roleaudit::diff::{Audited, diff};
use roleaudit::finding::{Finding, Severity};
use roleaudit::matrix::matrix;
use roleaudit::org::decide::Decider;
use roleaudit::org::{Org, ProductIx, TeamIx};
use roleaudit::render;
use roleaudit::report::{FailOn, Report};
use roleaudit::rules::RULES;
use roleaudit::sections::Filter;
use roleaudit::settings::Settings;
use roleaudit::source::{Source, Sources};
use roleaudit::who::{Query, duty};
use serde_json::Value as Json;
use serde_yaml::{Mapping, Value};
use std::fs;
use std::path::Path;

/// What identifies a finding, and its message.
#[derive(Debug, PartialEq)]
struct Found {
    rule: &'static str,
    subject: String,
    duty: Option<String>,
    message: String,
}

fn found(text: &str) -> Vec<Found> {
    found_in(&one_file(text))
}

fn found_in(sources: &Sources) -> Vec<Found> {
    // What is said about an entry of `accepted` repeats the finding that it speaks of, and has to.
    let is_acceptance = |rule: &str| rule.starts_with("acceptance-");
    let findings = audited(sources).findings.into_iter().filter(|finding| !is_acceptance(finding.rule.name));
    findings
        .map(|finding| Found { rule: finding.rule.name, subject: finding.subject, duty: finding.duty, message: finding.message })
        .collect()
}

fn one_file(text: &str) -> Sources {
    Sources::new(vec![Source::new("team.yaml", text)])
}

fn load(sources: &Sources) -> Org<'_> {
    let days = Days { as_of: None, today: jiff::civil::date(2026, 11, 21) };
    let texts = || sources.iter().map(|(_, source)| source.text.as_str()).collect::<String>();
    roleaudit::load(sources, days).unwrap_or_else(|invalid| panic!("{:#?}\n{}", invalid.errors, texts())).org
}

fn audited(sources: &Sources) -> Report<'_> {
    selected(sources, &Selection::default())
}

fn selected<'s>(sources: &'s Sources, selection: &Selection) -> Report<'s> {
    audit(&load(sources), &Settings::default(), selection, sources)
}

/// Rules that may both speak of one duty of one subject, because each names another mistake that asks for another remedy. Any other
/// two would tell one mistake twice.
const TOGETHER: &[(&str, &str)] = &[
    // Several people decide, and one of them should not decide at all.
    ("duty-contested", "people-manager-decides-product"),
    ("duty-contested", "project-manager-holds-product"),
    ("duty-contested", "solution-dictated"),
    ("duty-contested", "stakeholder-decides"),
    ("final-call-missing", "project-manager-holds-product"),
    ("final-call-missing", "stakeholder-decides"),
    ("roadmap-without-owner", "project-manager-holds-product"),
    ("roadmap-without-owner", "stakeholder-decides"),
    ("backlog-ordered-by-other", "ordering-delegated"),
    // Who decides, and who is asked before.
    ("duty-contested", "shared-decision-one-sided"),
    ("project-manager-holds-product", "shared-decision-one-sided"),
    ("roadmap-without-owner", "shared-decision-one-sided"),
    ("stakeholder-decides", "shared-decision-one-sided"),
    // Who decides, and whose yes it needs.
    ("backlog-ordered-by-other", "owner-needs-approval"),
    ("owner-needs-approval", "scaling-dilutes-owner"),
    ("duty-contested", "approval-stack"),
    ("final-call-missing", "approval-stack"),
    ("roadmap-without-owner", "approval-stack"),
    ("stakeholder-decides", "approval-stack"),
    ("project-manager-holds-product", "approval-stack"),
    ("duty-contested", "owner-needs-approval"),
    ("roadmap-without-owner", "owner-needs-approval"),
    ("project-manager-holds-product", "owner-needs-approval"),
    ("stakeholder-decides", "owner-needs-approval"),
    // Two people decide a duty, and each of them for a reason of another kind should not.
    ("people-manager-decides-product", "project-manager-holds-product"),
    ("project-manager-holds-product", "scaling-dilutes-owner"),
    ("people-manager-decides-product", "scaling-dilutes-owner"),
    ("duty-contested", "scaling-dilutes-owner"),
    // Several coordinate, none of them from the seat that governance asks for.
    ("duty-contested", "multi-team-work-uncoordinated"),
    ("people-manager-decides-product", "approval-stack"),
    // One backlog's record says nobody, and another record of the product names several.
    ("duty-contested", "product-goal-missing"),
    ("duty-contested", "duty-unowned"),
];

/// Rules of which only one may speak of a subject, whatever the duty (section 4 of the rules).
const NEVER: &[(&str, &str)] = &[
    ("backlog-without-owner", "backlog-ordered-by-other"),
    ("backlog-without-owner", "ordering-delegated"),
    ("backlog-without-owner", "backlog-shared-owner"),
    ("combined-role-overstretched", "owner-too-many-teams"),
    ("activity-metrics-only", "product-without-outcome-metric"),
    ("first-hire", "hire-product-manager"),
    ("first-hire", "hire-product-owner"),
    ("hire-product-manager", "hire-product-owner"),
];

/// Duties on which a rule of their own reports several deciders.
const CONTESTED_ELSEWHERE: [&str; 3] = ["priorities.conflict", "roadmap.shape", "backlog.order"];

fn is_pair(list: &[(&str, &str)], a: &Found, b: &Found) -> bool {
    list.iter().any(|(one, other)| (*one == a.rule && *other == b.rule) || (*one == b.rule && *other == a.rule))
}

/// The pairs of findings that tell one mistake twice.
fn repetitions(text: &str) -> Vec<String> {
    let found = found(text);
    let mut repeated = Vec::new();
    for (n, a) in found.iter().enumerate() {
        let duty = a.duty.as_deref().unwrap_or_default();
        if a.rule == "duty-contested" && CONTESTED_ELSEWHERE.contains(&duty) {
            repeated.push(format!("duty-contested speaks of {duty}"));
        }
        for b in found[n + 1..].iter().filter(|b| b.rule != a.rule && b.subject == a.subject) {
            let of_one_duty = a.duty.is_some() && a.duty == b.duty && !is_pair(TOGETHER, a, b);
            if of_one_duty || is_pair(NEVER, a, b) {
                repeated.push(format!("{} and {} on {} {duty}: {} | {}", a.rule, b.rule, a.subject, a.message, b.message));
            }
        }
    }
    repeated
}

/// Numbers for the generator of organizations.
fn numbers() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 0..900)
}

proptest! {
    #![proptest_config(organizations::cases(300))]

    #[test]
    fn no_two_rules_report_the_same_mistake(numbers in numbers()) {
        let text = organizations::organization(&numbers);
        let repeated = repetitions(&text);
        prop_assert!(repeated.is_empty(), "{}\n{text}", repeated.join("\n"));
    }
}

proptest! {
    #![proptest_config(organizations::cases(60))]

    // A large organization is audited by two threads.
    #[test]
    fn many_bystanders_change_nothing(numbers in numbers()) {
        let text = organizations::organization(&numbers);
        let bystanders: String = (0..600).map(|number| format!("  bystander-{number}:\n")).collect();
        let large = [Source::new("team.yaml", &text), Source::new("others.yaml", format!("people:\n{bystanders}"))];
        prop_assert_eq!(found(&text), found_in(&Sources::new(large.into())));
    }
}

// Order

/// Rules of which one finding stands for several places, and speaks of the first of them.
const OF_THE_FIRST: &[&str] = &[
    "company-goals-missing",
    "discovery-lapsed",
    "duty-contested",
    "duty-decided-by-group",
    "duty-unowned",
    "opening-mismatch",
    "owner-needs-approval",
    "owner-without-decisions",
    "people-manager-decides-product",
    "project-manager-holds-product",
    "scaling-dilutes-owner",
    "shared-decision-one-sided",
    "solution-dictated",
];

/// A document in which no place is left and no order: lists are sorted, and so are the words of sentences, which name people and things in
/// the order of the files.
fn unplaced(value: Json) -> Json {
    match value {
        Json::Object(entries) => {
            let is_of_first = entries.get("rule").and_then(Json::as_str).is_some_and(|rule| OF_THE_FIRST.contains(&rule));
            let is_place = |key: &str| match key {
                "location" | "related" | "files" | "fix" | "on" => true,
                "message" | "passages" => is_of_first,
                _ => false,
            };
            let kept = entries.into_iter().filter(|(key, _)| !is_place(key));
            Json::Object(kept.map(|(key, value)| (key, unplaced(value))).collect())
        }
        Json::Array(items) => {
            let mut items: Vec<Json> = items.into_iter().map(unplaced).collect();
            items.sort_by_cached_key(Json::to_string);
            Json::Array(items)
        }
        Json::String(text) => {
            let mut words: Vec<&str> = text.split([' ', ',', ';', '(', ')']).filter(|word| !word.is_empty()).collect();
            words.sort_unstable();
            Json::String(words.join(" "))
        }
        value => value,
    }
}

/// What the commands say of an organization, without places.
fn said(sources: &Sources) -> Vec<Json> {
    let org = load(sources);
    let numbers = &Settings::default().numbers;
    let filter = Filter::default();
    let json = |print: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
        let mut bytes = Vec::new();
        print(&mut bytes).expect("memory can be written");
        unplaced(serde_json::from_slice(&bytes).expect("the output is JSON"))
    };
    let rights = duty::duties(&org, &Query::Rights, &filter, sources);
    vec![
        json(&|out| render::json(&audited(sources), out)),
        json(&|out| render::advice::json(&advise(&org, numbers, sources), out)),
        // A team of several products is shown with the first of them.
        all_duties(&json(&|out| render::matrix::json(&matrix(&org, &filter), out))),
        all_duties(&json(&|out| render::who::json(&render::who::Answer::Duties(&rights), out))),
    ]
}

fn all_duties(document: &Json) -> Json {
    let products = document["products"].as_array().into_iter().flatten();
    unplaced(products.flat_map(|product| product["duties"].as_array().into_iter().flatten()).cloned().collect())
}

proptest! {
    #![proptest_config(organizations::cases(60))]

    #[test]
    fn another_order_in_other_files_changes_nothing_but_places(one in numbers(), other in numbers()) {
        let text = organizations::organization(&one);
        let sources = one_file(&text);
        let rearranged = Sources::new(organizations::rearranged(&text, &other));
        let shown = || rearranged.iter().map(|(_, source)| format!("--- {}\n{}", source.path, source.text)).collect::<String>();
        for (before, after) in said(&sources).into_iter().zip(said(&rearranged)) {
            prop_assert!(before == after, "{}\n{text}\n{}", difference(&before, &after), shown());
        }
    }
}

/// The first place at which two documents differ.
fn difference(one: &Json, other: &Json) -> String {
    match (one, other) {
        (Json::Object(a), Json::Object(b)) if a.keys().eq(b.keys()) => {
            let differs = a.iter().find(|(key, value)| b.get(*key) != Some(value));
            differs.map_or_else(String::new, |(key, value)| format!("{key}: {}", difference(value, &b[key])))
        }
        (Json::Array(a), Json::Array(b)) => {
            let lacking =
                |of: &[Json], other: &[Json]| of.iter().filter(|item| !other.contains(item)).cloned().collect::<Vec<_>>();
            match (lacking(a, b).as_slice(), lacking(b, a).as_slice()) {
                ([one, ..], [other, ..]) => difference(one, other),
                (one, other) => format!("{one:#?} and {other:#?}"),
            }
        }
        _ => format!("{one:#} and {other:#}"),
    }
}

#[test]
fn a_symptom_is_told_of_the_same_team_in_any_order() {
    let signal = "signals: [daily-work-unlinked-to-goal, stakeholders-compete]";
    let teams = ["red", "blue"].map(|team| format!("  {team}: {{product: app, {signal}}}\n"));
    let products = ["app", "cart"].map(|product| format!("  {product}: {{goal: Sell more, {signal}}}\n"));
    let several = ["app, cart", "cart, app"]
        .map(|list| format!("teams:\n  red: {{product: [{list}], backlog: app, product-owner: ann}}\n"));
    let told = |products: &str, teams: &str| {
        let text = format!("people: {{ann: }}\nproducts:\n{products}{teams}");
        let messages = audited(&one_file(&text)).findings.into_iter().map(|finding| finding.message);
        let mut messages: Vec<String> = messages.filter(|message| message.contains("observed")).collect();
        messages.sort_unstable();
        messages
    };
    let app = "  app: {goal: Sell more, product-owner: ann}\n";
    let [one, other] =
        [[0, 1], [1, 0]].map(|order| told(app, &format!("teams:\n{}", order.map(|team| teams[team].as_str()).concat())));
    assert!(one.iter().any(|message| message.contains("observed of blue that the team cannot say")), "{one:#?}");
    assert_eq!(one, other);
    let [one, other] = [0, 1].map(|order| told(&products.concat(), &several[order]));
    assert!(one.iter().any(|message| message.contains("observed of app that several stakeholders")), "{one:#?}");
    assert_eq!(one, other);
    // One week for two products: what was observed of one of them stands closer than what was observed of all.
    let led = [
        "  app: {product-manager: ann, product-owner: ann}\n",
        "  cart: {product-manager: ann, product-owner: ann, signals: [refinement-fills-week]}\n",
    ];
    let everywhere = "organization: {signals: [refinement-fills-week]}\n";
    let [one, other] = [[0, 1], [1, 0]].map(|order| told(&order.map(|product| led[product]).concat(), everywhere));
    for told in [one, other] {
        assert!(told.iter().any(|message| message.contains("observed of cart that refinement fills the week")), "{told:#?}");
    }
}

#[test]
fn the_backlog_that_speaks_for_all_squads_is_the_same_in_any_order() {
    let teams = ["red", "blue"].map(|team| format!("  {team}: {{product: app, backlog: {team}, product-owner: ben}}\n"));
    let told = |teams: &str| {
        let text =
            format!("people: {{ann: , ben: }}\nproducts: {{app: {{responsibilities: {{backlog.order: ann}}}}}}\nteams:\n{teams}");
        let found = audited(&one_file(&text)).findings.into_iter();
        found.map(|finding| finding.message).find(|message| message.contains("named to decide"))
    };
    let [one, other] = [[0, 1], [1, 0]].map(|order| told(&order.map(|team| teams[team].as_str()).concat()));
    assert!(one.as_ref().is_some_and(|message| message.contains("blue belongs to ben")), "{one:?}");
    assert_eq!(one, other);
}

/// What identifies the findings of files, in order.
fn identities(sources: &Sources) -> Vec<String> {
    let mut found: Vec<String> = audited(sources).findings.iter().map(|finding| format!("{:?}", finding.identity())).collect();
    found.sort_unstable();
    found
}

#[test]
fn what_several_tell_is_the_same_finding_in_any_order() {
    let products = ["  app: {}\n", "  cart: {}\n"];
    let team = "teams: {red: {product: [app, cart], backlog: app, responsibilities: {delivery.questions: nobody}}}\n";
    let [one, other] = [[0, 1], [1, 0]].map(|order| format!("products:\n{}{}{team}", products[order[0]], products[order[1]]));
    assert_eq!(identities(&one_file(&one)), identities(&one_file(&other)));
    assert_eq!(identities(&one_file(&one)), identities(&one_file(&one.replace("[app, cart]", "[cart, app]"))));
    // One of the developers by name, and all of them by their word: nobody contradicts anybody.
    let teams = [
        "  blue: {product: app, responsibilities: {backlog.refine: blue}}\n",
        "  red: {product: app, responsibilities: {backlog.refine: developers}}\n",
    ];
    let [one, other] =
        [[0, 1], [1, 0]].map(|order| format!("products: {{app: {{}}}}\nteams:\n{}{}", teams[order[0]], teams[order[1]]));
    assert_eq!(identities(&one_file(&one)), identities(&one_file(&other)));
    assert!(!identities(&one_file(&one)).iter().any(|identity| identity.contains("duty-contested")));
    // A record of a group, of which another rule speaks in one product only.
    let products = ["  app: {product-manager: dee, product-owner: ann}\n", "  cart: {}\n"];
    let whole = "organization: {responsibilities: {roadmap.priorities: board}}\npeople: {ann: , dee: , board: {kind: group}}\nproducts:\n";
    let [one, other] = [[0, 1], [1, 0]].map(|order| format!("{whole}{}{}", products[order[0]], products[order[1]]));
    assert_eq!(identities(&one_file(&one)), identities(&one_file(&other)));
    assert!(identities(&one_file(&one)).iter().any(|identity| identity.contains("duty-decided-by-group")));
    // Two teams that each name several for their one backlog.
    let teams = [
        "  blue: {product: app, responsibilities: {backlog.refine: [ann, bob]}}\n",
        "  red: {product: app, responsibilities: {backlog.refine: [bob, ann]}}\n",
    ];
    let [one, other] = [[0, 1], [1, 0]].map(|order| {
        format!("people: {{ann: , bob: }}\nproducts: {{app: {{}}}}\nteams:\n{}{}", teams[order[0]], teams[order[1]])
    });
    assert_eq!(identities(&one_file(&one)), identities(&one_file(&other)));
}

// Deciders

/// Rules that tell that several decide.
const CONTESTED: [&str; 4] = ["duty-contested", "final-call-missing", "roadmap-without-owner", "backlog-ordered-by-other"];

/// A contested duty of which somebody is told.
#[derive(Debug)]
struct Contest {
    duty: String,
    /// What the finding is about.
    subject: String,
    /// Where the duty is looked up and several decide: the subject itself, or what a record that stands there answers for.
    looked_up: Vec<String>,
}

fn contested(sources: &Sources) -> Vec<Contest> {
    let org = load(sources);
    let contest = |duty: String, subject: String| {
        let by_record = |decider: &Decider| org.path(org[decider.record].scope.into()) == subject;
        let of_several =
            org.all_decisions().filter(|(known, _, decision)| org[*known].id == duty && decision.deciders().len() > 1);
        let of_subject =
            of_several.filter(|(_, at, decision)| org.path(*at) == subject || decision.deciders().iter().any(by_record));
        let looked_up: Vec<String> = of_subject.map(|(_, at, _)| org.path(at)).collect();
        (!looked_up.is_empty()).then_some(Contest { duty, subject, looked_up })
    };
    let told = audited(sources).findings.into_iter().filter(|finding| CONTESTED.contains(&finding.rule.name));
    told.filter_map(|finding| contest(finding.duty?, finding.subject)).collect()
}

/// The same organization in which somebody decides one more duty than before: one that others decide too. Returns the duty or area, and
/// where the record stands.
fn with_second_decider(text: &str, choices: &mut Choices<'_>) -> Option<(String, String)> {
    let mut file: Mapping = serde_yaml::from_str(text).expect("the organization is YAML");
    file.get_mut("people")?.as_mapping_mut()?.insert("zed".into(), Mapping::new().into());
    let second = choices.of(&["zed", "ann", "dee", "product-manager", "board"]);
    let mut records: Vec<(String, &mut Value)> = Vec::new();
    for (kind, section) in &mut file {
        let kind = kind.as_str().unwrap_or_default().to_owned();
        let scopes: Vec<(String, &mut Value)> = match (kind.as_str(), section) {
            ("organization", section) => vec![(kind.clone(), section)],
            ("products" | "teams", Value::Mapping(entries)) => {
                entries.iter_mut().map(|(id, scope)| (format!("{kind}.{}", id.as_str().unwrap_or_default()), scope)).collect()
            }
            _ => Vec::new(),
        };
        for (scope, value) in scopes {
            let rights = value.get_mut("responsibilities").and_then(Value::as_mapping_mut).into_iter().flatten();
            records.extend(rights.map(|(_, right)| (scope.clone(), right)));
        }
    }
    let deciders = |right: &mut Value| match right {
        Value::Mapping(right) => right.get_mut("decides").map(std::mem::take),
        right => Some(std::mem::take(right)),
    };
    let at = choices.below(records.len().max(1));
    let (scope, right) = records.into_iter().nth(at)?;
    let mut all = match deciders(right)? {
        Value::Sequence(all) => all,
        Value::String(word) if word == "nobody" => return None,
        one => vec![one],
    };
    if all.contains(&second.into()) {
        return None;
    }
    all.push(second.into());
    match right {
        Value::Mapping(right) => _ = right.insert("decides".into(), Value::Sequence(all)),
        right => *right = Value::Sequence(all),
    }
    Some((serde_yaml::to_string(&file).expect("a map can be written"), scope))
}

proptest! {
    #![proptest_config(organizations::cases(100))]

    #[test]
    fn a_second_decider_removes_no_contested_finding(numbers in numbers(), choices in prop::collection::vec(any::<u16>(), 2)) {
        let text = organizations::organization(&numbers);
        if let Some((changed, scope)) = with_second_decider(&text, &mut Choices::new(&choices)) {
            let before = contested(&one_file(&text));
            let after = contested(&one_file(&changed));
            // A record that names several is told where it stands, and several records where they are looked up.
            let is_same = |before: &Contest, after: &Contest| {
                before.duty == after.duty
                    && (before.subject == after.subject || scope == after.subject || before.looked_up.contains(&after.subject))
            };
            let removed = before.iter().find(|before| !after.iter().any(|after| is_same(before, after)));
            prop_assert!(removed.is_none(), "{removed:?} after {scope}\n{text}\n---\n{changed}");
        }
    }
}

// Acceptance

/// The organization with entries that accept findings.
fn accepting(text: &str, findings: &[&Finding]) -> String {
    let entry = |finding: &&Finding| {
        let duty = finding.duty.as_ref().map(|duty| format!(", duty: {duty}")).unwrap_or_default();
        format!("- {{rule: {}, at: {}{duty}, because: It is known}}\n", finding.rule.name, finding.subject)
    };
    let mut file: Mapping = serde_yaml::from_str(text).expect("the organization is YAML");
    let entries: Vec<Value> = serde_yaml::from_str(&findings.iter().map(entry).collect::<String>()).expect("entries are YAML");
    let all = file.entry("accepted".into()).or_insert(Value::Sequence(Vec::new()));
    all.as_sequence_mut().expect("the entries are a list").extend(entries);
    serde_yaml::to_string(&file).expect("a map can be written")
}

fn is_upkeep(finding: &&Finding) -> bool {
    finding.rule.name.starts_with("acceptance-")
}

/// A finding without what an acceptance changes: whether it is accepted, and where everything stands.
fn told(finding: &Finding) -> String {
    format!("{:?} {} {} {:?}", finding.identity(), finding.message, finding.severity.word(), finding.fix)
}

proptest! {
    #![proptest_config(organizations::cases(60))]

    #[test]
    fn what_is_accepted_is_shown_and_never_counts(numbers in numbers(), at in any::<usize>(), all in prop::bool::weighted(0.2)) {
        let text = organizations::organization(&numbers);
        let sources = one_file(&text);
        let report = audited(&sources);
        let open: Vec<&Finding> = report.counting().filter(|finding| !is_upkeep(finding)).collect();
        prop_assume!(!open.is_empty());
        let chosen = if all { open.clone() } else { vec![open[at % open.len()]] };
        let changed = accepting(&text, &chosen);
        let accepted_sources = one_file(&changed);
        let after = audited(&accepted_sources);
        // An entry that names no duty is for all of them.
        let covers = |chosen: &Finding, finding: &Finding| {
            let is_of_subject = chosen.rule.name == finding.rule.name && chosen.subject == finding.subject;
            is_of_subject && (chosen.duty.is_none() || chosen.duty == finding.duty)
        };
        let is_chosen = |finding: &Finding| chosen.iter().any(|chosen| covers(chosen, finding));
        let tell = |findings: Vec<&Finding>| findings.into_iter().filter(|finding| !is_upkeep(finding)).map(told).collect::<Vec<_>>();
        // Everything is shown as before, and only what was chosen counts no more.
        let sorted = |mut told: Vec<String>| { told.sort_unstable(); told };
        prop_assert_eq!(sorted(tell(report.findings.iter().collect())), sorted(tell(after.findings.iter().collect())), "{}", changed);
        let left = open.iter().copied().filter(|finding| !is_chosen(finding)).collect();
        prop_assert_eq!(sorted(tell(left)), sorted(tell(after.counting().collect())), "{}", changed);
        // No format, no exit code and no comparison counts it.
        let graver = after.counting().map(|finding| finding.severity).max();
        for severity in Severity::ALL {
            prop_assert_eq!(after.fails(FailOn::Severity(severity)), graver.is_some_and(|graver| graver >= severity));
        }
        let (before_org, after_org) = (load(&sources), load(&accepted_sources));
        let audited = |name: &str, org, report| Audited { name: name.to_owned(), org, report };
        let mut against = after.clone();
        let compared = diff(audited("before", &before_org, report.clone()), audited("after", &after_org, after.clone()));
        prop_assert!(!compared.findings.introduced.iter().chain(&compared.findings.unchanged).any(is_chosen));
        against.leave_new("nothing", None, Vec::new());
        prop_assert!(!against.counting().any(is_chosen));
        // Reading the formats again takes longer than all the rest.
        if at.is_multiple_of(8) {
            let json = |print: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
                let mut bytes = Vec::new();
                print(&mut bytes).expect("memory can be written");
                serde_json::from_slice::<Json>(&bytes).expect("the output is JSON")
            };
            let accepted = after.accepted().count();
            prop_assert_eq!(&json(&|out| render::json(&after, out))["summary"]["accepted"], accepted);
            let results = json(&|out| render::sarif(&after, out));
            let results = results["runs"][0]["results"].as_array().expect("SARIF has results");
            prop_assert_eq!(results.len(), after.findings.len());
            let is_suppressed = |result: &&Json| result["suppressions"].as_array().is_some_and(|list| !list.is_empty());
            prop_assert_eq!(results.iter().filter(is_suppressed).count(), accepted);
            let of_gitlab = json(&|out| render::gitlab(&after, out));
            prop_assert_eq!(of_gitlab.as_array().map(Vec::len), Some(after.findings.len() - accepted));
        }
    }
}

// Filters

proptest! {
    #![proptest_config(organizations::cases(60))]

    #[test]
    fn filters_only_remove(numbers in numbers(), only in 0..4usize, skip in 0..4usize, seed in any::<u16>(), kinds in 0..16u8) {
        let text = organizations::organization(&numbers);
        let sources = one_file(&text);
        let org = load(&sources);
        let whole = audited(&sources);
        // Names of rules that fire here, and of others.
        let rule = |n: usize| match whole.findings.get((usize::from(seed) + n * 7) % (whole.findings.len() + 2)) {
            Some(finding) => finding.rule.name,
            None => RULES[(usize::from(seed) + n) % RULES.len()].name,
        };
        let product = org.product(["app", "bills", "cart"][usize::from(seed) % 3]);
        let team = org.team(["red", "green", "blue", "grey"][usize::from(seed) % 4]);
        let is_of = |kind: u8| kinds & (1 << kind) != 0;
        let filter = Filter {
            products: product.filter(|_| is_of(0)).into_iter().collect(),
            teams: team.filter(|_| is_of(1)).into_iter().collect(),
        };
        let only: Vec<_> = (0..only).filter(|_| is_of(2)).map(rule).collect();
        let skip: Vec<_> = (4..4 + skip).filter(|_| is_of(3)).map(rule).collect();
        let shown = |selection: Selection| selected(&sources, &selection).findings.iter().map(|finding| format!("{finding:?}")).collect::<Vec<_>>();
        let all = shown(Selection::default());
        let one_by_one = [
            Selection { only: only.clone(), ..Selection::default() },
            Selection { skip: skip.clone(), ..Selection::default() },
            Selection { filter: filter.clone(), ..Selection::default() },
        ].map(shown);
        for kept in &one_by_one {
            prop_assert!(kept.iter().all(|finding| all.contains(finding)), "{text}");
        }
        // Filters of several kinds leave what each of them leaves, in the order of all.
        let in_each: Vec<&String> = all.iter().filter(|finding| one_by_one.iter().all(|kept| kept.contains(finding))).collect();
        let together = shown(Selection { only, skip, filter: filter.clone(), no_accepted: false });
        prop_assert_eq!(together.iter().collect::<Vec<_>>(), in_each, "{}", text);
        // Of one kind they add up.
        let of = |products: &[ProductIx], teams: &[TeamIx]| shown(Selection { filter: Filter { products: products.to_vec(), teams: teams.to_vec() }, ..Selection::default() });
        if let (Some(product), Some(team)) = (product, team) {
            let (of_product, of_team) = (of(&[product], &[]), of(&[], &[team]));
            let in_one: Vec<&String> = all.iter().filter(|finding| of_product.contains(finding) || of_team.contains(finding)).collect();
            let of_both = of(&[product], &[team]);
            prop_assert_eq!(of_both.iter().collect::<Vec<_>>(), in_one, "{}", text);
        }
        let rows = |filter: &Filter| {
            let mut bytes = Vec::new();
            render::matrix::json(&matrix(&org, filter), &mut bytes).expect("memory can be written");
            all_duties(&serde_json::from_slice(&bytes).expect("the output is JSON"))
        };
        let (of_all, filtered) = (rows(&Filter::default()), rows(&filter));
        let lacks = |row: &&Json| !of_all.as_array().is_some_and(|rows| rows.contains(row));
        let new = filtered.as_array().and_then(|rows| rows.iter().find(lacks));
        prop_assert!(new.is_none(), "{new:#?}\n{text}");
    }
}

#[test]
fn no_two_rules_report_the_same_mistake_on_an_example_or_a_real_organization() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in [project.join("examples"), project.join("../shared/realdata/org")] {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
            if path.extension().is_some_and(|extension| extension == "yaml") {
                let text = fs::read_to_string(&path).expect("an organization can be read");
                let repeated = repetitions(&text);
                assert!(repeated.is_empty(), "{}: {}", path.display(), repeated.join("\n"));
            }
        }
    }
}
