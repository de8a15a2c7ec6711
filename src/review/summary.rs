//! The state of an organization in one sentence, and the questions to settle.

use super::findings::Concern;
use crate::catalogue;
use crate::finding::{Finding, Severity};
use crate::org::rights::Standing;
use crate::org::{Actor, Few, Org, PersonIx, ProductIx, Subject, TeamIx, capitalized, each_once, some_joined};
use crate::redact::{LEFT_OUT, Pseudonyms, Redact};
use crate::report::{Report, counted};
use crate::rules::ownership::duty_unowned;
use crate::rules::strategy::product_management_missing;
use crate::rules::{RULES, Rule};
use crate::sections::{Filter, Named, Reach, alike};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// What a director reads first.
#[derive(Debug)]
pub struct Summary {
    /// The state of things in one sentence.
    pub headline: String,
    /// What has to be settled, the gravest first.
    pub questions: Vec<Question>,
}

/// Something that people have to settle.
#[derive(Debug)]
pub struct Question {
    /// How grave the gravest gap behind it is: an error or a warning.
    pub severity: Severity,
    /// The rule that asks it.
    pub rule: &'static Rule,
    /// The question.
    pub text: String,
    /// What it is about: a sentence for each gap, or for each duty that nobody decides.
    pub facts: Vec<Fact>,
    /// The findings behind it: positions in the audit.
    pub findings: Vec<usize>,
    /// Whom it concerns.
    pub people: Vec<Named>,
    /// The same, and what else it concerns.
    pub concern: Concern,
}

/// A fact behind a question.
#[derive(Debug)]
pub struct Fact {
    /// The duty that is to be decided, if that is the question.
    pub duty: Option<String>,
    /// What is to be done under that duty, or what is wrong.
    pub text: String,
    /// Where that is so, if the text does not say it.
    pub places: Vec<String>,
}

impl Redact for Summary {
    fn redact(&mut self, names: &Pseudonyms) {
        self.headline = names.sentence(&self.headline);
        for Question { text, facts, people, .. } in &mut self.questions {
            *text = names.text(text);
            for fact in facts {
                // What the company's own duties mean, only its files say.
                let is_own = fact.duty.as_ref().is_some_and(|duty| catalogue::duty(duty).is_none());
                fact.text = if is_own { LEFT_OUT.to_owned() } else { names.sentence(&fact.text) };
                fact.duty = fact.duty.take().map(|duty| names.duty(duty));
                names.texts(&mut fact.places);
            }
            people.iter_mut().for_each(|person| person.redact(names));
        }
    }
}

/// The rules that say of a duty that nobody decides it.
const UNOWNED: [&Rule; 2] = [&duty_unowned::RULE, &product_management_missing::RULE];

/// The summary of an audit.
pub fn summary(org: &Org<'_>, audit: &Report<'_>, concerns: &[Concern], filter: &Filter) -> Summary {
    let questions = questions(org, audit, concerns, filter);
    Summary { headline: headline(org, audit, &questions, filter), questions }
}

fn headline(org: &Org<'_>, audit: &Report<'_>, questions: &[Question], filter: &Filter) -> String {
    let [errors, warnings, _] = Severity::ALL.map(|severity| audit.count(severity));
    let unowned = unowned_rights(org, filter);
    // That a right is unowned is said by itself; of other duties it is said if there is nothing else to say.
    let is_told = |at: &&usize| {
        let duty = audit.findings[**at].duty.as_ref();
        duty.is_some_and(|duty| unowned.iter().any(|(_, rights)| rights.contains(duty)))
    };
    // Beside errors, warnings are not worth the headline.
    let is_grave = |at: &&usize| errors == 0 || audit.findings[**at].severity == Severity::Error;
    let untold = || questions.iter().flat_map(|question| &question.findings).filter(|at| is_grave(at) && !is_told(at));
    // Of the first question that is not about unowned duties, one of the seven rights if it is about any.
    let is_right = |finding: &Finding| finding.duty.as_deref().and_then(catalogue::duty).is_some_and(|duty| duty.right);
    let first = untold().find(|at| !is_unowned(&audit.findings[**at])).or_else(|| untold().next());
    let same_rule = |at: &&usize| first.is_some_and(|first| audit.findings[*first].rule.name == audit.findings[**at].rule.name);
    let gravest = untold().filter(same_rule).find(|at| is_right(&audit.findings[**at])).or(first);
    let gravest = gravest.map(|at| audit.findings[*at].message.as_str());
    match (errors, warnings) {
        (0, 0) if shown(org, filter).next().is_none() && org.audited_teams().next().is_none() => {
            "Nothing was looked at: retired products, and ideas without a team, are left out.".to_owned()
        }
        (0, 0) => match audit.accepted().count() {
            0 => "Nothing has to be settled: no gap that matters was found.".to_owned(),
            accepted => format!("Nothing has to be settled beside {}.", counted(accepted, "accepted risk")),
        },
        (0, _) => {
            let lead = if warnings == 1 { ":" } else { "; the first of them:" };
            let first = gravest.map(|text| format!("{lead} {text}")).unwrap_or_default();
            format!("Nothing here is an error; {} left to settle{first}.", are(warnings))
        }
        _ => {
            let unowned = without_decider(org, &unowned, shown(org, filter).count());
            let clauses: Vec<String> = unowned.into_iter().chain(gravest.map(str::to_owned)).collect();
            capitalized(&format!("{}.", clauses.join(", and ")))
        }
    }
}

fn are(warnings: usize) -> String {
    match warnings {
        1 => "1 warning is".to_owned(),
        more => format!("{more} warnings are"),
    }
}

/// The products that are shown and for which nobody decides one of the seven rights, with the ids of those rights.
fn unowned_rights(org: &Org<'_>, filter: &Filter) -> Vec<(ProductIx, Vec<String>)> {
    let unowned = |product: ProductIx| {
        let rights = org.decisions_of(product).filter(|(duty, ..)| org[*duty].is_right());
        let open = rights.filter(|(duty, subject, decision)| {
            Standing::of(decision, *subject, org.owners_of(*duty, *subject).len()).is_unowned()
        });
        each_once(open.map(|(duty, ..)| org[duty].id.to_string()), String::clone)
    };
    let unowned = shown(org, filter).map(|product| (product, unowned(product)));
    unowned.filter(|(_, rights): &(_, Vec<String>)| !rights.is_empty()).collect()
}

/// The products that are shown.
fn shown(org: &Org<'_>, filter: &Filter) -> impl Iterator<Item = ProductIx> {
    let audited = org.audited_products().map(|(product, _)| product);
    audited.filter(|product| filter.concerns(Subject::Product(*product), org))
}

/// The same in words; none if there is no such product.
fn without_decider(org: &Org<'_>, unowned: &[(ProductIx, Vec<String>)], shown: usize) -> Option<String> {
    const KEY: &str = "of the 7 key decisions";
    match unowned {
        [] => None,
        [(only, rights)] => Some(format!("nobody is named for {} {KEY} on “{}”", rights.len(), org[*only].name())),
        several if several.len() == shown => Some(format!("each of the {shown} products lacks a name for at least one {KEY}")),
        several => Some(format!("for {} of {shown} products nobody is named for at least one {KEY}", several.len())),
    }
}

/// Whether a finding says of one duty that nobody decides it.
fn is_unowned(finding: &Finding) -> bool {
    finding.duty.is_some() && UNOWNED.iter().any(|rule| rule.name == finding.rule.name)
}

/// One question for each rule that found an error or a warning; for all duties that nobody decides one of each severity, because what is
/// an error is settled first.
fn questions(org: &Org<'_>, audit: &Report<'_>, concerns: &[Concern], filter: &Filter) -> Vec<Question> {
    let asking = (0..audit.findings.len()).filter(|at| audit.findings[*at].is_to_settle());
    let topic = |at: &usize| match &audit.findings[*at] {
        unowned if is_unowned(unowned) => (duty_unowned::RULE.name, Some(unowned.severity)),
        finding => (finding.rule.name, None),
    };
    let groups = alike(asking, topic);
    let question = |mut findings: Vec<usize>| {
        findings.sort_by_key(|at| Reverse(audit.findings[*at].severity));
        let first = &audit.findings[*findings.first()?];
        let facts = if is_unowned(first) {
            unowned(org, audit, &findings, shown(org, filter).count() > 1)
        } else {
            told(audit, &findings)
        };
        let text = match facts.as_slice() {
            [_, _, ..] if is_unowned(first) => "Nobody is named for these: who decides each of them?",
            _ => first.rule.question,
        };
        let concern = together(findings.iter().filter_map(|at| concerns.get(*at)));
        let people = org.all_named(concern.people.iter().map(|person| Actor::Person(*person)));
        Some(Question { severity: first.severity, rule: first.rule, text: text.to_owned(), facts, findings, people, concern })
    };
    let mut questions: Vec<Question> = groups.into_iter().filter_map(question).collect();
    let order = |rule: &Rule| RULES.iter().position(|other| other.name == rule.name);
    questions.sort_by_key(|question| (Reverse(question.severity), order(question.rule)));
    questions
}

/// The messages of findings; where they differ in their duties only, the first one names the others' duties too.
fn told(audit: &Report<'_>, findings: &[usize]) -> Vec<Fact> {
    let findings = findings.iter().map(|at| &audit.findings[*at]);
    let fact = |same: Vec<&Finding>| {
        let (first, others) = same.split_first()?;
        let duties: Vec<&str> = others.iter().filter_map(|finding| finding.duty.as_deref()).collect();
        let also = if duties.is_empty() { String::new() } else { format!("; {} {}", first.also, duties.join(", ")) };
        Some(Fact { duty: None, text: format!("{}{also}", first.message), places: Vec::new() })
    };
    alike(findings, |finding| finding.sentence()).into_iter().filter_map(fact).collect()
}

/// The duties that nobody decides: what each means, and where that is so.
fn unowned(org: &Org<'_>, audit: &Report<'_>, findings: &[usize], has_several: bool) -> Vec<Fact> {
    let meanings: FxHashMap<&str, &str> = org.duties.iter().map(|duty| (duty.id.as_ref(), duty.meaning.as_ref())).collect();
    let findings = findings.iter().map(|at| &audit.findings[*at]);
    let fact = |same: Vec<&Finding>| {
        let first = same.first()?;
        let duty = first.duty.clone()?;
        let text = meanings.get(duty.as_str()).copied().filter(|meaning| !meaning.is_empty()).unwrap_or(&first.message);
        let text = text.trim_end_matches('.').to_owned();
        // With a single product, where it is need not be said.
        let places = same.iter().filter(|_| has_several).map(|finding| org.title(finding.of).into_owned()).collect();
        Some(Fact { duty: Some(duty), text, places })
    };
    alike(findings, |finding| finding.duty.as_deref()).into_iter().filter_map(fact).collect()
}

/// Whom several findings concern.
fn together<'c>(concerns: impl Iterator<Item = &'c Concern> + Clone) -> Concern {
    let products: Few<ProductIx> = each_once(concerns.clone().flat_map(|concern| &concern.reach.products).copied(), |it| *it);
    let teams: Few<TeamIx> = each_once(concerns.clone().flat_map(|concern| &concern.reach.teams).copied(), |it| *it);
    let people: Vec<PersonIx> = each_once(concerns.flat_map(|concern| &concern.people).copied(), |it| *it);
    Concern { reach: Reach { products, teams }, people }
}

impl Fact {
    /// The places in words: some of many.
    pub fn in_words(&self) -> Option<String> {
        const NAMED: usize = 3;
        (!self.places.is_empty()).then(|| some_joined(&self.places, NAMED))
    }
}
