//! The catalogue of `roles/`: complete, well-formed, and true to the words of the documents.
//!
//! The documents are not part of the project. Where they are at hand, in the folder that `ROLEAUDIT_DOCUMENTS` names or in
//! `../shared/documents`, every quote is looked up in them; the hashes in `roles/documents.yaml` guard the quotes everywhere.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use common::{documents_folder, read, read_yaml, text};
use roleaudit::catalogue::{self, ADVICE, CLAIMS, DOCUMENTS, DUTIES, Level, MODELS, ModelKind, PASSAGES, SIGNALS};
use roleaudit::org::model::{Model, Overlay};
use roleaudit::rules;
use serde_yaml::Mapping;
use sha2::{Digest, Sha256};

/// The duties of format 1, in the order in which they are shown everywhere.
const DUTY_IDS: [&str; 42] = [
    "strategy.vision",
    "strategy.product",
    "strategy.opportunities",
    "strategy.outcomes",
    "strategy.business-case",
    "strategy.tradeoffs",
    "strategy.lifecycle",
    "market.discovery",
    "market.research",
    "market.competition",
    "market.customer-voice",
    "requirements.needs",
    "roadmap.shape",
    "roadmap.priorities",
    "roadmap.initiatives",
    "alignment.stakeholders",
    "value.maximize",
    "goal.define",
    "goal.communicate",
    "backlog.manage",
    "backlog.order",
    "backlog.refine",
    "backlog.translate",
    "backlog.understanding",
    "backlog.intake",
    "backlog.acceptance",
    "delivery.questions",
    "delivery.tradeoffs",
    "delivery.how",
    "delivery.sprint",
    "delivery.team-voice",
    "delivery.review",
    "program.coordination",
    "scope.changes",
    "priorities.conflict",
    "release.decision",
    "results.metrics",
    "results.measure",
    "results.learn",
    "people.manage",
    "org.products",
    "org.role-design",
];

/// The seven decision rights of document 004, each with the line of its list.
const RIGHTS: [(&str, &str); 7] = [
    ("strategy.product", "D4-239"),
    ("roadmap.priorities", "D4-240"),
    ("backlog.order", "D4-241"),
    ("delivery.questions", "D4-242"),
    ("scope.changes", "D4-243"),
    ("results.measure", "D4-244"),
    ("priorities.conflict", "D4-245"),
];

/// The core duties beside the seven rights.
const OTHER_CORE_DUTIES: [&str; 17] = [
    "strategy.vision",
    "strategy.opportunities",
    "strategy.outcomes",
    "strategy.business-case",
    "market.discovery",
    "market.research",
    "roadmap.shape",
    "value.maximize",
    "goal.communicate",
    "backlog.manage",
    "backlog.refine",
    "backlog.understanding",
    "backlog.intake",
    "delivery.tradeoffs",
    "release.decision",
    "results.metrics",
    "results.learn",
];

/// The signals of format 1.
const SIGNAL_NAMES: [&str; 36] = [
    "backlog-changes-quickly",
    "backlog-unclear",
    "customer-needs-unclear",
    "daily-decisions-needed",
    "daily-work-unlinked-to-goal",
    "decisions-scattered",
    "decisions-slow",
    "delivery-replaces-strategy",
    "developers-wait",
    "discovery-needs-regular-attention",
    "driven-by-requests",
    "engineering-lacks-context",
    "goals-link-unclear",
    "interviews-postponed",
    "items-not-ready",
    "leadership-decides",
    "manager-busy-with-tickets",
    "manager-overwhelmed",
    "metrics-unowned",
    "next-item-unclear",
    "no-empowered-owner",
    "no-shared-view-of-problems",
    "order-not-respected",
    "priorities-inconsistent",
    "refinement-fills-week",
    "research-inconsistent",
    "results-unclear",
    "roadmap-and-backlog-manageable",
    "roadmap-reactive",
    "roadmap-unclear",
    "sprint-priorities-change",
    "stakeholders-compete",
    "stakeholders-uninformed",
    "strong-delivery-leadership",
    "success-undefined",
    "teams-compete-for-person",
];

/// A quote longer than this is no short quote any more: cite a part of it.
const LONGEST_QUOTE: usize = 220;

#[test]
fn duties_are_those_of_the_format_in_their_order() {
    let ids: Vec<_> = DUTIES.iter().map(|duty| duty.id).collect();
    assert_eq!(ids, DUTY_IDS, "the ids of duties and their order are a contract with users");
}

#[test]
fn signals_are_those_of_the_format_in_their_order() {
    let recorded = SIGNALS.iter().filter(|signal| signal.derived.is_none());
    let names: Vec<_> = recorded.map(|signal| signal.name).collect();
    assert_eq!(names, SIGNAL_NAMES, "the names of signals are a contract with users");
}

#[test]
fn everything_is_found_by_its_name() {
    for duty in &DUTIES {
        let found = catalogue::duty(duty.id).map(|found| found.id);
        assert_eq!(found, Some(duty.id), "duty() does not find `{}`", duty.id);
    }
    for signal in &SIGNALS {
        let found = catalogue::signal(signal.name).map(|found| found.name);
        assert_eq!(found, Some(signal.name), "signal() does not find `{}`", signal.name);
    }
    for passage in &PASSAGES {
        let found = catalogue::passage(passage.id).map(|found| found.id);
        assert_eq!(found, Some(passage.id), "passage() does not find `{}`", passage.id);
    }
    for claim in &CLAIMS {
        let found = catalogue::claim(claim.id).map(|found| found.id);
        assert_eq!(found, Some(claim.id), "claim() does not find `{}`", claim.id);
    }
    for model in &MODELS {
        let found = catalogue::model(model.name).map(|found| found.name);
        assert_eq!(found, Some(model.name), "model() does not find `{}`", model.name);
    }
    for row in &ADVICE {
        let found = catalogue::advice(row.name).map(|found| found.name);
        assert_eq!(found, Some(row.name), "advice() does not find `{}`", row.name);
    }
}

#[test]
fn level_follows_from_the_area() {
    for duty in &DUTIES {
        let expected = match duty.area() {
            "backlog" | "value" | "goal" => Level::Backlog,
            "delivery" => Level::Team,
            _ => Level::Product,
        };
        assert_eq!(duty.level, expected, "level of `{}`", duty.id);
    }
}

#[test]
fn rights_are_the_seven_of_document_004() {
    let marked: BTreeMap<_, _> = DUTIES.iter().filter(|duty| duty.right).map(|duty| (duty.id, duty.passage.id)).collect();
    assert_eq!(marked, BTreeMap::from(RIGHTS), "duties with `right: true` and the passages that name them");
}

#[test]
fn core_duties_are_the_rights_and_seventeen_others() {
    let marked: BTreeSet<_> = DUTIES.iter().filter(|duty| duty.core).map(|duty| duty.id).collect();
    let expected: BTreeSet<_> = RIGHTS.iter().map(|(id, _)| *id).chain(OTHER_CORE_DUTIES).collect();
    assert_eq!(marked, expected, "duties with `core: true`");
}

#[test]
fn meanings_are_distinct_plain_sentences() {
    let duties = DUTIES.iter().map(|duty| (duty.id, duty.meaning));
    let signals = SIGNALS.iter().map(|signal| (signal.name, signal.meaning));
    let mut seen = BTreeMap::new();
    for (name, meaning) in duties.chain(signals) {
        assert!(meaning.starts_with(char::is_uppercase), "the meaning of `{name}` does not start with a capital");
        assert_eq!(
            meaning.find('.'),
            Some(meaning.len() - 1),
            "the meaning of `{name}` is not one sentence that ends in a full stop"
        );
        assert_eq!(seen.insert(meaning, name), None, "`{name}` means the same as another entry");
    }
    for duty in &DUTIES {
        let verb = duty.meaning.split(' ').next().unwrap_or_default();
        assert!(verb.ends_with('s'), "the meaning of `{}` does not start with a verb such as \"Decides\"", duty.id);
    }
}

#[test]
fn models_are_those_that_the_audit_derives() {
    let named = |kind| MODELS.iter().filter(move |model| model.kind == kind).map(|model| model.name).collect::<Vec<_>>();
    assert_eq!(named(ModelKind::Model), Model::ALL.map(Model::word), "the models of roles/models.yaml and src/org/model.rs");
    assert_eq!(named(ModelKind::Overlay), Overlay::ALL.map(Overlay::word), "the overlays of both");
}

#[test]
fn rows_of_advice_are_those_of_the_decision_table() {
    let mut rows: Vec<String> = ["A", "B", "G"].map(str::to_owned).into();
    rows.extend((1..=19).map(|row| row.to_string()));
    rows.push("Z".to_owned());
    assert_eq!(ADVICE.iter().map(|row| row.name).collect::<Vec<_>>(), rows);
}

#[test]
fn models_and_advice_are_told_in_sentences_that_name_what_there_is() {
    let models = MODELS.iter().flat_map(|model| [(model.name, model.meaning), (model.name, model.changes)]);
    let rows = ADVICE.iter().flat_map(|row| [(row.name, row.situation), (row.name, row.advice)]);
    // What the team file calls who carries a decision out.
    const KEYS: [&str; 1] = ["does"];
    for (name, text) in models.chain(rows) {
        // A sentence may begin with the name of a rule.
        assert!(text.starts_with(|c: char| c.is_uppercase() || c == '`'), "`{name}`: `{text}` does not start as a sentence");
        assert!(text.ends_with('.'), "`{name}`: `{text}` does not end as a sentence");
        let named: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
        let is_known = |word: &str| {
            rules::rule(word).is_some()
                || catalogue::duty(word).is_some()
                || catalogue::signal(word).is_some()
                || KEYS.contains(&word)
        };
        let unknown: Vec<&&str> = named.iter().filter(|word| !is_known(word)).collect();
        assert!(unknown.is_empty(), "`{name}` names {unknown:?}, which is no rule, duty or signal");
    }
}

#[test]
fn documents_and_passages_are_sorted_and_unique() {
    assert!(DOCUMENTS.is_sorted_by(|one, next| one.id < next.id), "two documents have one id, or they are out of order");
    assert!(PASSAGES.is_sorted_by(|one, next| one.id < next.id), "two passages have one id, or they are out of order");
}

#[test]
fn entries_are_sorted_in_their_files() {
    let passages = DOCUMENTS.iter().map(|document| format!("passages/{}.yaml", document.id));
    for file in passages.chain(["documents.yaml".to_owned(), "signals.yaml".to_owned()]) {
        let entries = read_yaml(&roles().join(&file));
        let keys: Vec<_> = entries.keys().map(|key| text(key, &file)).collect();
        for pair in keys.windows(2) {
            assert!(pair[0] < pair[1], "{file}: `{}` belongs before `{}`", pair[1], pair[0]);
        }
    }
}

#[test]
fn unquoted_claims_stand_in_the_order_of_their_ids() {
    let file = "claims.yaml";
    let entries = read_yaml(&roles().join(file));
    let ids = |list: &serde_yaml::Value| -> Vec<String> {
        list.as_sequence().into_iter().flatten().map(|id| text(id, file).to_owned()).collect()
    };
    for (document, sections) in entries["unquoted"].as_mapping().expect("documents by id") {
        let sections = sections.as_mapping().expect("sections by heading");
        let sections: Vec<Vec<String>> = sections.values().map(ids).collect();
        let place = text(document, file);
        assert!(sections.iter().all(|ids| ids.is_sorted()), "{file}: document {place} has ids that are out of order");
        assert!(sections.is_sorted_by_key(|ids| ids.first()), "{file}: document {place} has sections that are out of order");
    }
    assert!(ids(&entries["not-auditable"]).is_sorted_by(|one, next| one < next), "{file}: `not-auditable` is out of order");
}

#[test]
fn duties_of_a_file_stand_in_the_order_of_the_table() {
    for role in DUTIES.iter().map(|duty| duty.role).collect::<BTreeSet<_>>() {
        let file = format!("{role}.yaml");
        let entries = read_yaml(&roles().join(&file));
        let written: Vec<_> = entries.keys().map(|key| text(key, &file)).collect();
        let table: Vec<_> = DUTIES.iter().filter(|duty| duty.role == role).map(|duty| duty.id).collect();
        assert_eq!(written, table, "{file}");
    }
}

#[test]
fn quotes_are_short_and_on_one_line() {
    for passage in &PASSAGES {
        let length = passage.quote.chars().count();
        assert!(length <= LONGEST_QUOTE, "{} has {length} characters, more than {LONGEST_QUOTE}: quote a part", passage.id);
        for text in [passage.section, passage.quote] {
            assert_eq!(text, collapse(text), "{} has blanks that are not collapsed", passage.id);
        }
    }
}

#[test]
fn a_quote_is_kept_once() {
    let mut seen = BTreeMap::new();
    for passage in &PASSAGES {
        if let Some(other) = seen.insert((passage.document.id, passage.quote), passage.id) {
            assert_eq!(passage.id, other, "two passages have the same words");
        }
    }
}

#[test]
fn no_quote_changed_since_it_was_checked() {
    let documents = read_yaml(&roles().join("documents.yaml"));
    for document in &DOCUMENTS {
        let lines: String = PASSAGES
            .iter()
            .filter(|passage| passage.document.id == document.id)
            .map(|passage| format!("{}\t{}\n", passage.id, passage.quote))
            .collect();
        let hash = sha256(lines.as_bytes());
        assert_eq!(
            field(&documents, document.id, "quotes-sha256"),
            hash,
            "the quotes of document {} are not those that were checked: look up each one that is new or changed in the document, \
             then write `quotes-sha256: {hash}` in roles/documents.yaml",
            document.id
        );
    }
}

#[test]
fn quotes_are_verbatim() {
    let Some(folder) = documents_folder() else { return };
    let documents = read_yaml(&roles().join("documents.yaml"));
    for document in &DOCUMENTS {
        let bytes = fs::read(document_file(&folder, document.id)).expect("a document can be read");
        assert_eq!(
            field(&documents, document.id, "sha256"),
            sha256(&bytes),
            "document {} is not the text that the quotes were checked against",
            document.id
        );
        let words = collapse(&String::from_utf8(bytes).expect("a document is UTF-8"));
        for passage in PASSAGES.iter().filter(|passage| passage.document.id == document.id) {
            assert!(words.contains(passage.quote), "{}: document {} does not say so", passage.id, document.id);
            for heading in passage.section.split(" / ") {
                let heading = heading.trim_start_matches("table row: ");
                assert!(words.contains(heading), "{}: document {} has no heading “{heading}”", passage.id, document.id);
            }
        }
    }
}

#[test]
fn readme_attributes_every_document() {
    let readme = read(&roles().join("passages/README.md"));
    for document in &DOCUMENTS {
        for part in [format!("`{}.yaml`", document.id).as_str(), document.title, document.publisher] {
            assert!(readme.contains(part), "roles/passages/README.md does not name {part}");
        }
    }
}

fn roles() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("roles")
}

/// The one file whose name begins with the document's id.
fn document_file(folder: &Path, id: &str) -> PathBuf {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the folder of the documents can be read")
        .map(|entry| entry.expect("its entries can be read").path())
        .filter(|path| path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with(id)))
        .collect();
    assert_eq!(files.len(), 1, "{} has not exactly one file for document {id}", folder.display());
    files.remove(0)
}

fn field<'a>(entries: &'a Mapping, entry: &str, key: &str) -> &'a str {
    text(&entries[entry][key], entry)
}

fn collapse(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
