//! Runs the rules over an organization, and settles which findings count.
//!
//! A rule returns bare [`Gap`]s; its name, severity and passages are added here. Precedence is settled first, over all rules; what
//! the user leaves out by name, setting or filter is removed afterwards, so that leaving out one rule never wakes another.

use crate::catalogue::{self, DutyIx, Passage, Stance};
use crate::finding::{Finding, Label, Severity};
use crate::org::{Actor, Org, ProductIx, Record, RecordIx, Subject, TeamIx};
use crate::report::{Extent, ProductModel, Report};
use crate::rules::{RULES, Rule};
use crate::settings::{Numbers, Settings};
use crate::source::{Sources, Span};
use rustc_hash::FxHashSet;

/// What a rule found: the bare fact.
#[derive(Debug)]
pub struct Gap {
    subject: Subject,
    duty: Option<DutyIx>,
    severity: Option<Severity>,
    at: Span,
    message: String,
    also: &'static str,
    of_vacant_seat: bool,
    labels: Vec<Label>,
    note: Option<String>,
    fix: Option<String>,
    passage: Option<&'static Passage>,
}

impl Gap {
    /// A gap of a subject: where it stands, and what is wrong, in one sentence without a full stop.
    pub fn new(subject: Subject, at: Span, message: impl Into<String>) -> Self {
        let (duty, severity, of_vacant_seat, labels, note, fix, passage) = Default::default();
        Gap { subject, duty, severity, at, message: message.into(), also: "also", of_vacant_seat, labels, note, fix, passage }
    }

    /// The one duty that it is about.
    #[must_use]
    pub fn duty(mut self, duty: DutyIx) -> Self {
        self.duty = Some(duty);
        self
    }

    /// More words at the end of the message.
    #[must_use]
    pub fn adding(mut self, words: &str) -> Self {
        self.message.push_str(words);
        self
    }

    /// What leads to the duties of further gaps of this kind at the same place.
    #[must_use]
    pub fn also(mut self, words: &'static str) -> Self {
        self.also = words;
        self
    }

    /// Says that the place is a vacant seat, and that filling it closes the gap.
    #[must_use]
    pub fn of_vacant_seat(mut self) -> Self {
        self.of_vacant_seat = true;
        self
    }

    /// A severity other than the rule's first one.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// Another place involved. A place that is shown already is left out.
    #[must_use]
    pub fn label(mut self, at: Span, text: impl Into<String>) -> Self {
        if at != self.at && self.labels.iter().all(|label| label.at != at) {
            self.labels.push(Label { at, text: text.into() });
        }
        self
    }

    /// What the record says of itself.
    #[must_use]
    pub fn note_of(mut self, record: &Record<'_>) -> Self {
        self.note = record.note.as_ref().map(|note| note.text.to_string());
        self
    }

    /// What to write instead, where the rule's own advice is not close enough.
    #[must_use]
    pub fn fix(mut self, fix: impl Into<String>) -> Self {
        self.fix = Some(fix.into());
        self
    }

    /// More sentences at the end of what to write instead.
    #[must_use]
    pub fn fixing(mut self, words: &str) -> Self {
        self.fix.get_or_insert_default().push_str(words);
        self
    }

    /// A passage that speaks for this gap better than the rule's own.
    #[must_use]
    pub fn passage(mut self, passage: Option<&'static Passage>) -> Self {
        self.passage = passage;
        self
    }
}

/// Where a rule puts its gaps, and what it may ask of the rules that it yields to.
pub struct Gaps<'r> {
    numbers: &'r Numbers,
    found: Vec<(&'static Rule, Gap)>,
    fired: FxHashSet<(&'static str, Subject, Option<DutyIx>)>,
    done: Vec<&'static str>,
    running: &'static Rule,
}

impl Gaps<'_> {
    /// Adds a gap.
    pub fn add(&mut self, gap: Gap) {
        let name = self.running.name;
        self.fired.insert((name, gap.subject, None));
        self.fired.insert((name, gap.subject, gap.duty));
        self.found.push((self.running, gap));
    }

    /// Adds gaps, as many as there are.
    pub fn extend(&mut self, gaps: impl IntoIterator<Item = Gap>) {
        gaps.into_iter().for_each(|gap| self.add(gap));
    }

    /// The thresholds of this run.
    pub fn numbers(&self) -> &Numbers {
        self.numbers
    }

    /// Whether a rule that the running one yields to fired for a subject.
    pub fn fired(&self, rule: &'static Rule, subject: Subject) -> bool {
        self.fired.contains(&(rule.name, subject, None))
    }

    /// Whether a rule that the running one yields to fired for a duty of a subject.
    pub fn fired_for(&self, rule: &'static Rule, subject: Subject, duty: DutyIx) -> bool {
        self.fired.contains(&(rule.name, subject, Some(duty)))
    }

    /// Runs a rule after those that it yields to; each once.
    fn run(&mut self, rule: &'static Rule, org: &Org<'_>) {
        if self.done.contains(&rule.name) {
            return;
        }
        self.done.push(rule.name);
        for other in rule.yields_to {
            self.run(other, org);
        }
        self.running = rule;
        (rule.check)(org, self);
    }
}

/// What the user leaves out.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these rules; all if empty.
    pub only: Vec<&'static str>,
    /// Not these rules.
    pub skip: Vec<&'static str>,
    /// Only what concerns these products; all if both lists are empty.
    pub products: Vec<ProductIx>,
    /// Only what concerns these teams.
    pub teams: Vec<TeamIx>,
}

/// Audits an organization.
pub fn audit<'s>(org: &Org<'_>, settings: &Settings, selection: &Selection, sources: &'s Sources) -> Report<'s> {
    let Some(first) = RULES.first() else { unreachable!("there are rules") };
    let fired = FxHashSet::default();
    let mut gaps = Gaps { numbers: &settings.numbers, found: Vec::new(), fired, done: Vec::new(), running: first };
    for rule in RULES {
        gaps.run(rule, org);
    }
    let findings = gaps.found.into_iter().filter_map(|(rule, gap)| selected(rule, gap, org, settings, selection));
    report(org, findings.collect(), sources)
}

/// Audits an organization with one rule alone, as if no other had fired: how a rule's own examples are checked.
pub fn audit_with<'s>(rule: &'static Rule, org: &Org<'_>, settings: &Settings, sources: &'s Sources) -> Report<'s> {
    let fired = FxHashSet::default();
    let mut gaps = Gaps { numbers: &settings.numbers, found: Vec::new(), fired, done: Vec::new(), running: rule };
    (rule.check)(org, &mut gaps);
    let all = Selection::default();
    let findings = gaps.found.into_iter().filter_map(|(rule, gap)| selected(rule, gap, org, settings, &all));
    report(org, findings.collect(), sources)
}

fn report<'s>(org: &Org<'_>, mut findings: Vec<Finding>, sources: &'s Sources) -> Report<'s> {
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.at.file, finding.at.start, finding.rule.name);
        key(a).cmp(&key(b)).then_with(|| (&a.duty, &a.subject, &a.message).cmp(&(&b.duty, &b.subject, &b.message)))
    });
    let models = org.audited_products().map(|(position, product)| ProductModel {
        product: product.id.id.to_string(),
        model: org.model(position).word(),
        overlays: org.overlays(position).into_iter().map(crate::org::model::Overlay::word).collect(),
    });
    let read = Extent { files: org.files, products: org.products.len(), teams: org.teams.len(), people: org.people.len() };
    Report { sources, as_of: org.as_of, read, models: models.collect(), findings, remarks: remarks(org) }
}

/// The finding of a gap, unless the user left it out.
fn selected(rule: &'static Rule, gap: Gap, org: &Org<'_>, settings: &Settings, selection: &Selection) -> Option<Finding> {
    let severity = match settings.severities.get(rule.name) {
        Some(severity) => (*severity)?,
        None => gap.severity.unwrap_or(rule.severity),
    };
    let by_name = (selection.only.is_empty() || selection.only.contains(&rule.name)) && !selection.skip.contains(&rule.name);
    (by_name && concerns(gap.subject, org, selection)).then(|| finding(rule, severity, gap, org))
}

fn finding(rule: &'static Rule, severity: Severity, gap: Gap, org: &Org<'_>) -> Finding {
    let lead: Vec<&'static Passage> = match gap.passage {
        Some(passage) => vec![passage],
        None => rule.passages.iter().filter_map(|id| catalogue::passage(id)).collect(),
    };
    let dissent = rule.dissent.iter().filter_map(|id| catalogue::passage(id));
    let supports = lead.into_iter().map(|passage| (passage, Stance::Supports));
    Finding {
        rule,
        severity,
        subject: org.path(gap.subject),
        duty: gap.duty.map(|duty| org[duty].id.to_string()),
        message: gap.message,
        also: gap.also,
        of_vacant_seat: gap.of_vacant_seat,
        at: gap.at,
        labels: gap.labels,
        note: gap.note,
        fix: gap.fix.unwrap_or_else(|| rule.fix.to_owned()),
        passages: supports.chain(dissent.map(|passage| (passage, Stance::Dissents))).collect(),
    }
}

/// Whether a subject has to do with the products and teams that the user asked for. The organization has to do with all of them.
fn concerns(subject: Subject, org: &Org<'_>, selection: &Selection) -> bool {
    let Selection { products, teams, .. } = selection;
    if products.is_empty() && teams.is_empty() {
        return true;
    }
    let has_product = |position: &ProductIx| products.contains(position);
    let has_team = |position: &TeamIx| teams.contains(position) || org[*position].products.iter().any(has_product);
    match subject {
        Subject::Organization => true,
        Subject::Product(product) => has_product(&product) || org[product].teams.iter().any(|team| teams.contains(team)),
        Subject::Team(team) => has_team(&team),
        Subject::Backlog(backlog) => org[backlog].products.iter().any(has_product) || org[backlog].teams.iter().any(has_team),
        Subject::Opening(opening) => org[opening].products.iter().any(has_product) || org[opening].teams.iter().any(has_team),
        Subject::Person(person) => {
            let actor = Actor::Person(person);
            let holds = |seats: &[(_, crate::org::seats::Seat)]| {
                seats.iter().flat_map(|(_, seat)| &seat.holders).any(|holder| holder.actor == actor)
            };
            let of_products = products
                .iter()
                .any(|product| holds(&org[*product].seats) || org[*product].teams.iter().any(|team| holds(&org[*team].seats)));
            of_products || teams.iter().any(|team| holds(&org[*team].seats))
        }
    }
}

/// What the summary says beside the findings.
fn remarks(org: &Org<'_>) -> Vec<String> {
    const NAMED: usize = 5;
    let unreached = unreached_records(org);
    if unreached.is_empty() {
        return Vec::new();
    }
    let named: Vec<String> = unreached.iter().take(NAMED).map(|record| record_path(&org[*record], org)).collect();
    let more = unreached.len().saturating_sub(NAMED);
    let and = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (what, verb) = if unreached.len() == 1 { ("record", "reaches") } else { ("records", "reach") };
    let count = unreached.len();
    vec![format!("{count} {what} {verb} nothing, because narrower ones answer everywhere: {}{and}", named.join(", "))]
}

/// The records that no lookup needs: a wider one that every narrower one hides.
fn unreached_records(org: &Org<'_>) -> Vec<RecordIx> {
    let mut reached = vec![false; org.records.len()];
    for (duty, _) in org.duties() {
        for subject in org.all_lookups(duty) {
            let decision = org.decision(duty, subject);
            for record in decision.records.iter().chain(&decision.answered_by) {
                reached[record.0 as usize] = true;
            }
        }
    }
    let unreached = reached.iter().enumerate().filter(|(_, reached)| !**reached);
    let in_audit = |record: &RecordIx| match org[*record].scope {
        crate::org::Scope::Organization => true,
        crate::org::Scope::Product(product) => org[product].audited,
        crate::org::Scope::Team(team) => org[team].audited,
    };
    unreached.map(|(index, _)| RecordIx(index as u32)).filter(in_audit).collect()
}

fn record_path(record: &Record<'_>, org: &Org<'_>) -> String {
    format!("{} of {}", org.covered(record.covers), org.path(record.scope.into()))
}
