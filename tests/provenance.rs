//! Provenance: whatever the tool says rests on claims of the documents, and no claim that a team file can contradict is forgotten.
//!
//! The ledger of claims and the specification are not part of the project. Where they are at hand, beside the documents (see
//! `tests/common`), the catalogue and the rules are compared with them too.

mod common;

use common::{documents_folder, read, read_yaml, text};
use roleaudit::catalogue::{ADVICE, CLAIMS, DUTIES, MODELS, PASSAGES, SIGNALS, claim, passage};
use roleaudit::rules::{Group, RULES, Rule, rule};
use serde_yaml::{Mapping, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What the documents hold: all claims, and those that a team file can contradict.
const CLAIMS_FOUND: usize = 522;
const AUDITABLE: usize = 489;

/// The most that a rule quotes for itself and against itself, so that the documents are not reprinted.
const MOST_LEADING: usize = 3;
const MOST_DISSENTS: usize = 2;

/// Something that cites claims.
struct Citing {
    /// What it is, in words.
    name: String,
    /// The ids that it quotes, for and against.
    quoted: Vec<&'static str>,
    /// All ids that back it.
    backing: Vec<&'static str>,
    /// All ids that speak against it.
    against: &'static [&'static str],
}

fn citing() -> Vec<Citing> {
    let rules = RULES.iter().map(|rule| Citing {
        name: format!("the rule {}", rule.name),
        quoted: [rule.passages, rule.quoted_dissent()].concat(),
        backing: [rule.passages, rule.also].concat(),
        against: rule.dissent,
    });
    let with_passage = |name: String, quoted: &'static str, claims: &[&'static str]| Citing {
        name,
        quoted: vec![quoted],
        backing: [&[quoted], claims].concat(),
        against: &[],
    };
    let duties = DUTIES.iter().map(|duty| with_passage(format!("the duty {}", duty.id), duty.passage.id, duty.claims));
    let signals =
        SIGNALS.iter().map(|signal| with_passage(format!("the signal {}", signal.name), signal.passage.id, signal.claims));
    let advice = ADVICE.iter().map(|row| with_passage(format!("the advice {}", row.name), row.passage.id, row.claims));
    let models = MODELS.iter().map(|model| Citing {
        name: format!("the model {}", model.name),
        quoted: Vec::new(),
        backing: model.claims.to_vec(),
        against: &[],
    });
    rules.chain(duties).chain(signals).chain(advice).chain(models).collect()
}

#[test]
fn every_auditable_claim_backs_something() {
    let auditable = CLAIMS.iter().filter(|claim| claim.auditable);
    assert_eq!((CLAIMS.len(), auditable.clone().count()), (CLAIMS_FOUND, AUDITABLE), "claims, and auditable ones among them");
    let backing: BTreeSet<&str> = citing().iter().flat_map(|citing| citing.backing.iter().copied()).collect();
    let missing = auditable.filter(|claim| !backing.contains(claim.id));
    let missing: Vec<String> = missing.map(|claim| format!("{} of \"{}\"", claim.id, claim.section)).collect();
    assert!(missing.is_empty(), "no rule, duty, signal, model or row of advice rests on {}", missing.join(", "));
}

#[test]
fn what_is_cited_is_a_claim_and_backs_only_what_it_can() {
    let mut wrong = Vec::new();
    for Citing { name, backing, against, .. } in citing() {
        for (cited, side) in [(backing.as_slice(), "for"), (against, "against")] {
            let unique: BTreeSet<&&str> = cited.iter().collect();
            if unique.len() < cited.len() {
                wrong.push(format!("{name} cites a claim twice: {cited:?}"));
            }
            let unknown = cited.iter().filter(|id| claim(id).is_none());
            wrong.extend(
                unknown
                    .map(|id| format!("{name} cites {id} {side} it, which is in neither roles/passages nor roles/claims.yaml")),
            );
        }
        let not_auditable = backing.iter().filter(|id| claim(id).is_some_and(|claim| !claim.auditable));
        wrong.extend(not_auditable.map(|id| format!("{name} rests on {id}, which roles/claims.yaml calls not auditable")));
        let both = backing.iter().filter(|id| against.contains(id));
        wrong.extend(both.map(|id| format!("{name} cites {id} for it and against it")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_quoted_has_its_words_and_all_words_are_quoted() {
    let mut quoted = BTreeSet::new();
    let mut missing = Vec::new();
    for citing in citing() {
        missing.extend(citing.quoted.iter().filter(|id| passage(id).is_none()).map(|id| format!("{id} for {}", citing.name)));
        quoted.extend(citing.quoted);
    }
    assert!(missing.is_empty(), "no file of roles/passages holds {}", missing.join(", "));
    let unused: Vec<&str> = PASSAGES.iter().map(|passage| passage.id).filter(|id| !quoted.contains(id)).collect();
    assert!(unused.is_empty(), "nothing quotes {unused:?}: move them to roles/claims.yaml");
}

#[test]
fn a_rule_rests_on_a_passage_and_quotes_few() {
    for rule in RULES {
        let name = rule.name;
        assert!(rule.passages.len() <= MOST_LEADING, "{name} quotes more than {MOST_LEADING} passages: move some to `also`");
        assert!(rule.quoted_dissent().len() <= MOST_DISSENTS, "{name} quotes more than {MOST_DISSENTS} dissents");
        assert!(!rule.passages.is_empty() || rule.group == Group::Upkeep, "{name} rests on no passage");
    }
}

// With the ledger and the specification at hand

/// A file that stands beside the folder of the documents, in the specification.
fn specification(name: &str) -> Option<std::path::PathBuf> {
    documents_folder().map(|folder| folder.join("../spec").join(name)).filter(|file| file.exists())
}

/// The claims of the ledger by id.
fn ledger() -> Option<BTreeMap<String, Mapping>> {
    let file = read_yaml(&specification("claims.yaml")?);
    let claims = file["claims"].as_sequence().expect("claims.yaml has a list of claims");
    let entry = |claim: &Value| (text(&claim["id"], "claims.yaml").to_owned(), claim.as_mapping().cloned().unwrap_or_default());
    Some(claims.iter().map(entry).collect())
}

/// Whether a team file can contradict a claim of the ledger.
fn is_auditable(claim: &Mapping) -> bool {
    claim["auditable"] != "no"
}

/// The texts in a list of the ledger.
fn texts<'c>(claim: &'c Mapping, key: &str) -> impl Iterator<Item = &'c str> {
    claim[key].as_sequence().into_iter().flatten().filter_map(Value::as_str)
}

#[test]
fn claims_are_those_of_the_ledger() {
    let Some(ledger) = ledger() else { return };
    let ours: Vec<&str> = CLAIMS.iter().map(|claim| claim.id).collect();
    assert_eq!(ours, ledger.keys().collect::<Vec<_>>());
    for claim in &CLAIMS {
        let theirs = &ledger[claim.id];
        let found = (theirs["doc"].as_str(), theirs["section"].as_str(), is_auditable(theirs));
        assert_eq!((Some(claim.document.id), Some(claim.section), claim.auditable), found, "{}", claim.id);
    }
    for passage in &PASSAGES {
        assert_eq!(Some(passage.quote), ledger[passage.id]["quote"].as_str(), "the quote of {}", passage.id);
    }
}

#[test]
fn rules_cite_what_the_ledger_names_for_them() {
    let Some(ledger) = ledger() else { return };
    let cites = |rule: &Rule, id: &str| [rule.passages, rule.also, rule.dissent].iter().any(|ids| ids.contains(&id));
    let mut missing = Vec::new();
    for (id, claim) in ledger.iter().filter(|(_, claim)| is_auditable(claim)) {
        for name in texts(claim, "rules") {
            if !rule(name).is_some_and(|rule| cites(rule, id)) {
                missing.push(format!("{name} does not cite {id}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn duties_and_signals_cite_what_the_ledger_says_of_them() {
    let Some(ledger) = ledger() else { return };
    let speaking = |of: &dyn Fn(&Mapping) -> bool, passage: &'static str| -> Vec<String> {
        let auditable = ledger.iter().filter(|(id, claim)| is_auditable(claim) && of(claim) && *id != passage);
        auditable.map(|(id, _)| id.clone()).collect()
    };
    for duty in &DUTIES {
        let is_of_it = |claim: &Mapping| claim["duty"] == duty.id || texts(claim, "also").any(|id| id == duty.id);
        assert_eq!(duty.claims, speaking(&is_of_it, duty.passage.id), "claims of {}", duty.id);
    }
    for signal in &SIGNALS {
        let is_of_it = |claim: &Mapping| claim.get("signal").is_some_and(|name| *name == signal.name);
        assert_eq!(signal.claims, speaking(&is_of_it, signal.passage.id), "claims of {}", signal.name);
    }
}

#[test]
fn rules_quote_and_disagree_as_the_specification_says() {
    let Some(file) = specification("rules.md") else { return };
    let page = read(&file);
    let sections: Vec<(&str, &str)> = page.split("\n#### ").skip(1).filter_map(|section| section.split_once(':')).collect();
    let specified: BTreeSet<&str> = sections.iter().map(|(name, _)| *name).collect();
    let ours: BTreeSet<&str> = RULES.iter().filter(|rule| rule.group != Group::Upkeep).map(|rule| rule.name).collect();
    assert_eq!(ours, specified, "the rules that there are, and those of rules.md");
    for (name, section) in sections {
        let line = |label: &str| section.lines().find_map(|line| line.strip_prefix(&format!("- **{label}.** "))).unwrap_or("");
        let (mut leading, mut dissent) = (quoted_ids(line("Lead passages")), quoted_ids(line("Dissent")));
        // details.md settles two claims that rules.md names on both sides.
        match name {
            "ordering-delegated" => leading.retain(|id| *id != "D1-051"),
            "multi-team-work-uncoordinated" => dissent.retain(|id| *id != "D0-025"),
            _ => {}
        }
        leading.truncate(MOST_LEADING);
        let found = rule(name).map(|rule| (rule.passages.to_vec(), rule.dissent.to_vec()));
        assert_eq!(found, Some((leading, dissent)), "what {name} quotes for it, and all that disagrees with it");
    }
}

/// The ids in a line of quotes: `D4-243 “…”; D4-244 “…”`.
fn quoted_ids(line: &str) -> Vec<&str> {
    let is_id = |word: &&str| word.starts_with('D') && claim(word).is_some();
    line.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(is_id).collect()
}

#[test]
fn advice_rests_on_the_claims_of_the_decision_table() {
    let Some(file) = specification("rules.md") else { return };
    let page = read(&file);
    for row in &ADVICE {
        let line = page.lines().find(|line| line.starts_with(&format!("| {} |", row.name)));
        let last = line.and_then(|line| line.trim_end_matches(" |").rsplit_once("| ")).map_or("", |(_, last)| last);
        let ours: Vec<&str> = std::iter::once(row.passage.id).chain(row.claims.iter().copied()).collect();
        assert_eq!(ours, quoted_ids(last), "row {}", row.name);
    }
}
