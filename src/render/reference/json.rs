//! All that the pages say, as one JSON document: fields may be added within a version, none renamed or removed.

use super::super::json::{Quote, quote};
use super::backing::Backing;
use super::example;
use crate::catalogue::{ADVICE, Advice, DUTIES, Duty, Level, MODELS, Model, ModelKind, SIGNALS, Signal, Stance};
use crate::finding::Severity;
use crate::rules::{Group, RULES, Rule};
use serde::Serialize;

#[derive(Serialize)]
struct Reference {
    version: u32,
    rules: Vec<RuleEntry>,
    duties: Vec<DutyEntry>,
    signals: Vec<SignalEntry>,
    models: Vec<ModelEntry>,
    advice: Vec<AdviceEntry>,
}

#[derive(Serialize)]
struct RuleEntry {
    name: &'static str,
    group: Group,
    severity: Severity,
    otherwise: &'static str,
    summary: &'static str,
    why: &'static str,
    question: &'static str,
    fix: &'static str,
    fires: String,
    clean: String,
    yields_to: Vec<&'static str>,
    #[serde(flatten)]
    evidence: Evidence,
}

#[derive(Serialize)]
struct DutyEntry {
    name: &'static str,
    meaning: &'static str,
    role: &'static str,
    level: &'static str,
    core: bool,
    right: bool,
    #[serde(flatten)]
    evidence: Evidence,
}

#[derive(Serialize)]
struct SignalEntry {
    name: &'static str,
    meaning: &'static str,
    derived: Option<&'static str>,
    #[serde(flatten)]
    evidence: Evidence,
}

#[derive(Serialize)]
struct ModelEntry {
    name: &'static str,
    kind: ModelKind,
    meaning: &'static str,
    changes: &'static str,
    #[serde(flatten)]
    evidence: Evidence,
}

#[derive(Serialize)]
struct AdviceEntry {
    name: &'static str,
    situation: &'static str,
    advice: &'static str,
    #[serde(flatten)]
    evidence: Evidence,
}

/// What every entry has: the passages that are quoted, and the ids of all claims for it and against it, quoted or not.
#[derive(Serialize)]
struct Evidence {
    passages: Vec<Quote>,
    claims: Vec<&'static str>,
    against: Vec<&'static str>,
}

/// Everything, with a final line break.
///
/// # Errors
/// None that is known; serializing to text has one in its type.
pub fn json() -> serde_json::Result<String> {
    let reference = Reference {
        version: 1,
        rules: RULES.iter().copied().map(rule_entry).collect(),
        duties: DUTIES.iter().map(duty_entry).collect(),
        signals: SIGNALS.iter().map(signal_entry).collect(),
        models: MODELS.iter().map(model_entry).collect(),
        advice: ADVICE.iter().map(advice_entry).collect(),
    };
    Ok(serde_json::to_string_pretty(&reference)? + "\n")
}

fn rule_entry(rule: &Rule) -> RuleEntry {
    let Rule { name, group, severity, otherwise, summary, why, question, fix, .. } = *rule;
    let (fires, clean) = (example(rule.fires), example(rule.clean));
    let yields_to = rule.yields_to.iter().map(|other| other.name).collect();
    RuleEntry { name, group, severity, otherwise, summary, why, question, fix, fires, clean, yields_to, evidence: evidence(rule) }
}

fn duty_entry(duty: &Duty) -> DutyEntry {
    let Duty { id: name, meaning, role, core, right, .. } = *duty;
    let level = match duty.level {
        Level::Backlog => "backlog",
        Level::Team => "team",
        Level::Product => "product",
        Level::Organization => "organization",
    };
    DutyEntry { name, meaning, role, level, core, right, evidence: evidence(duty) }
}

fn signal_entry(signal: &Signal) -> SignalEntry {
    let Signal { name, meaning, derived, .. } = *signal;
    SignalEntry { name, meaning, derived, evidence: evidence(signal) }
}

fn model_entry(model: &Model) -> ModelEntry {
    let Model { name, kind, meaning, changes, .. } = *model;
    ModelEntry { name, kind, meaning, changes, evidence: evidence(model) }
}

fn advice_entry(row: &Advice) -> AdviceEntry {
    let Advice { name, situation, advice, .. } = *row;
    AdviceEntry { name, situation, advice, evidence: evidence(row) }
}

fn evidence(of: impl Into<Backing>) -> Evidence {
    let backing = of.into();
    let supports = backing.quoted.iter().map(|passage| quote(passage, Stance::Supports));
    let dissents = backing.quoted_against.iter().map(|passage| quote(passage, Stance::Dissents));
    Evidence { passages: supports.chain(dissents).collect(), claims: backing.ids(), against: backing.ids_against() }
}

#[cfg(test)]
mod tests {
    use super::super::EXPECTED;
    use super::*;

    #[test]
    fn the_json_has_every_entry_of_the_catalogue() {
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
        assert_eq!(names("models"), MODELS.iter().map(|model| model.name).collect::<Vec<_>>());
        assert_eq!(names("advice"), ADVICE.iter().map(|row| row.name).collect::<Vec<_>>());
        assert!(text.ends_with("}\n") && !text.contains(EXPECTED));
        for (rule, entry) in RULES.iter().zip(found["rules"].as_array().expect("a list")) {
            assert_eq!(entry["question"], rule.question, "{}", rule.name);
            let passages = entry["passages"].as_array().expect("a list");
            assert_eq!(passages.len(), rule.passages.len() + rule.quoted_dissent().len(), "{}", rule.name);
            let dissents = passages.iter().filter(|passage| passage["stance"] == "dissents");
            assert_eq!(dissents.count(), rule.quoted_dissent().len(), "{}", rule.name);
            let (claims, against) = (entry["claims"].as_array().expect("a list"), entry["against"].as_array().expect("a list"));
            assert_eq!(claims.len(), rule.passages.len() + rule.also.len(), "{}", rule.name);
            assert_eq!(against.len(), rule.dissent.len(), "{}", rule.name);
        }
    }

    #[test]
    fn a_row_that_advises_one_role_names_the_dissent() {
        let text = json().expect("it can be written");
        let found: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        let rows = found["advice"].as_array().expect("a list").iter();
        let opposed = rows.filter(|row| row["against"] == serde_json::json!(["D2-003", "D2-044"]));
        let names: Vec<&str> = opposed.filter_map(|row| row["name"].as_str()).collect();
        assert_eq!(names, ["3", "4", "6", "7", "8", "9", "13", "14", "17", "18", "19"]);
    }

    #[test]
    fn an_entry_of_the_json_says_all_of_it() {
        let text = json().expect("it can be written");
        let found: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        let entry = |list: &str, name: &str| {
            let entries = found[list].as_array().expect("a list");
            entries.iter().find(|entry| entry["name"] == name).cloned().expect("an entry of the name")
        };
        let passage = |id: &str, section: &str, quote: &str| {
            serde_json::json!({
                "id": id, "document": "004", "title": "Product Owner vs. Product Manager", "publisher": "South",
                "section": section, "quote": quote, "stance": "supports"
            })
        };
        assert_eq!(
            entry("duties", "market.competition"),
            serde_json::json!({
                "name": "market.competition",
                "meaning": "Keeps an eye on the products that customers could choose instead.",
                "role": "product-manager",
                "level": "product",
                "core": false,
                "right": false,
                "passages": [passage(
                    "D4-022",
                    "What Is a Product Manager? / Typical Product Manager responsibilities include:",
                    "Researching market needs and competing products"
                )],
                "claims": ["D0-015", "D2-020", "D3-011", "D4-022", "D4-073"],
                "against": []
            })
        );
        assert_eq!(
            entry("signals", "complex-dependencies"),
            serde_json::json!({
                "name": "complex-dependencies",
                "meaning": "The work of several teams hangs together in complicated ways.",
                "derived": "`complex-dependencies: true` on the product",
                "passages": [passage(
                    "D4-224",
                    "When You May Need Both Roles / You may need both roles when:",
                    "The roadmap includes complex dependencies"
                )],
                "claims": ["D4-224"],
                "against": []
            })
        );
    }
}
