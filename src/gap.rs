//! The sink handed to rules: they put bare facts into it, and ask it what the rules that they yield to have found.

use crate::advise::situation::Situation;
use crate::catalogue::{DutyIx, Passage};
use crate::finding::{Label, Severity};
use crate::org::{Accepted, Org, ProductIx, Record, Subject};
use crate::parallel;
use crate::rules::{Group, RULES, Rule};
use crate::settings::Numbers;
use crate::source::Span;
use rustc_hash::FxHashSet;
use std::cmp::Reverse;
use std::sync::OnceLock;

/// What a rule found: the bare fact.
#[derive(Debug)]
pub struct Gap {
    pub(crate) subject: Subject,
    pub(crate) duty: Option<DutyIx>,
    pub(crate) severity: Option<Severity>,
    pub(crate) at: Span,
    pub(crate) message: String,
    pub(crate) also: &'static str,
    pub(crate) of_vacant_seat: bool,
    pub(crate) labels: Vec<Label>,
    pub(crate) note: Option<String>,
    pub(crate) fix: Option<String>,
    pub(crate) passage: Option<&'static Passage>,
}

impl Gap {
    /// A gap of a subject: where it stands, and what is wrong, in one sentence without a full stop.
    pub fn new(subject: Subject, at: Span, message: impl Into<String>) -> Self {
        let (duty, severity, of_vacant_seat, labels, note, fix, passage) = Default::default();
        Gap { subject, duty, severity, at, message: message.into(), also: "also", of_vacant_seat, labels, note, fix, passage }
    }

    /// A gap with several grounds, each with its place and what is wrong there: the first one tells it. None without a ground.
    pub fn of_grounds(subject: Subject, grounds: impl IntoIterator<Item = (Span, String)>) -> Option<Self> {
        let mut grounds = grounds.into_iter();
        let (at, message) = grounds.next()?;
        Some(grounds.fold(Gap::new(subject, at, message), |gap, (at, message)| gap.label(at, message)))
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

    /// Another place involved. A place that is shown already is left out, and so are those that come when many are shown.
    #[must_use]
    pub fn label(mut self, at: Span, text: impl Into<String>) -> Self {
        const MANY: usize = 100;
        if self.labels.len() < MANY && at != self.at && self.labels.iter().all(|label| label.at != at) {
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

/// What all rules find, each after those that it yields to. Rules that do not wait for each other share the cores where there is much
/// to look at; those about the team file come last, because they speak of what all others find.
pub(crate) fn of_all_rules(org: &Org<'_>, numbers: &Numbers) -> Vec<(&'static Rule, Gap)> {
    let (last, first): (Vec<_>, Vec<_>) = RULES.iter().partition(|rule| rule.group == Group::Upkeep);
    let is_shared = org.is_worth_threads();
    let strands = if is_shared { strands(&first) } else { vec![first] };
    let situations = OnceLock::new();
    let none = || Gaps::new(RULES[0], numbers, &situations);
    let of_strands = parallel::each(is_shared, &strands, |strand| none().running_all(strand, org));
    of_strands.into_iter().fold(none(), Gaps::joined).running_all(&last, org).found
}

/// The rules in groups that do not wait for each other, the largest first.
fn strands(rules: &[&'static Rule]) -> Vec<Vec<&'static Rule>> {
    let yields = |rule: &Rule, other: &'static Rule| rule.yields_to.iter().any(|to| id(to) == id(other));
    let mut strands: Vec<Vec<&'static Rule>> = Vec::new();
    for rule in rules {
        let is_tied = |strand: &Vec<&'static Rule>| strand.iter().any(|other| yields(rule, other) || yields(other, rule));
        let (tied, apart): (Vec<_>, Vec<_>) = strands.into_iter().partition(is_tied);
        strands = apart;
        strands.push(tied.into_iter().flatten().chain([*rule]).collect());
    }
    strands.sort_by_key(|strand| Reverse(strand.len()));
    strands
}

/// What one rule finds where no other fired; of the rules about the team file, which speak of what others find, where all others ran.
pub(crate) fn of_one_rule(rule: &'static Rule, org: &Org<'_>, numbers: &Numbers) -> Vec<(&'static Rule, Gap)> {
    if rule.group == Group::Upkeep {
        let mut found = of_all_rules(org, numbers);
        found.retain(|(of, _)| of.name == rule.name);
        return found;
    }
    let situations = OnceLock::new();
    let mut gaps = Gaps::new(rule, numbers, &situations);
    (rule.check)(org, &mut gaps);
    gaps.found
}

/// Where a rule stands in memory: there is one of each, and a number is compared faster than a name.
type RuleId = usize;

fn id(rule: &'static Rule) -> RuleId {
    std::ptr::from_ref(rule).addr()
}

/// Where a rule puts its gaps, and what it may ask of the rules that it yields to.
pub struct Gaps<'r> {
    numbers: &'r Numbers,
    /// The situation of every product; several rules ask for it, so it is found once.
    situations: &'r OnceLock<Vec<Situation>>,
    found: Vec<(&'static Rule, Gap)>,
    /// Which rule fired for which subject, and there for which duty.
    fired: FxHashSet<(RuleId, Subject, Option<DutyIx>)>,
    /// The duties that any rule spoke of.
    told: FxHashSet<(Subject, DutyIx)>,
    done: Vec<RuleId>,
    running: &'static Rule,
}

impl<'r> Gaps<'r> {
    fn new(running: &'static Rule, numbers: &'r Numbers, situations: &'r OnceLock<Vec<Situation>>) -> Self {
        let (found, fired, told, done) = Default::default();
        Gaps { numbers, situations, found, fired, told, done, running }
    }

    /// Adds a gap.
    pub fn add(&mut self, gap: Gap) {
        let rule = id(self.running);
        self.fired.insert((rule, gap.subject, None));
        if let Some(duty) = gap.duty {
            self.fired.insert((rule, gap.subject, Some(duty)));
            self.told.insert((gap.subject, duty));
        }
        self.found.push((self.running, gap));
    }

    /// Adds gaps, as many as there are.
    pub fn extend(&mut self, gaps: impl IntoIterator<Item = Gap>) {
        gaps.into_iter().for_each(|gap| self.add(gap));
    }

    /// What the decision table knows about a product.
    pub fn situation(&self, org: &Org<'_>, product: ProductIx) -> &Situation {
        &self.situations.get_or_init(|| Situation::all(org, self.numbers))[product.0 as usize]
    }

    /// The thresholds of this run.
    pub fn numbers(&self) -> &Numbers {
        self.numbers
    }

    /// Whether a rule that the running one yields to fired for a subject.
    pub fn fired(&self, rule: &'static Rule, subject: Subject) -> bool {
        self.found(rule, subject, None)
    }

    /// Whether a rule that the running one yields to fired for a duty of a subject.
    pub fn fired_for(&self, rule: &'static Rule, subject: Subject, duty: DutyIx) -> bool {
        self.found(rule, subject, Some(duty))
    }

    /// Whether anything is there to be accepted. The rules that ask stand last in the list, so that all others have run.
    pub fn has_found(&self, accepted: &Accepted<'_>) -> bool {
        accepted.rule.as_ref().is_ok_and(|rule| self.found(rule, accepted.subject, accepted.duty))
    }

    /// Whether any rule spoke of a duty of a subject. The rules that ask stand last in the list, so that all others have run.
    pub fn is_told(&self, subject: Subject, duty: DutyIx) -> bool {
        self.told.contains(&(subject, duty))
    }

    /// Whether a rule fired for a subject, and there for the duty if one is named.
    fn found(&self, rule: &'static Rule, subject: Subject, duty: Option<DutyIx>) -> bool {
        self.fired.contains(&(id(rule), subject, duty))
    }

    /// The gaps of both.
    fn joined(mut self, other: Self) -> Self {
        self.found.extend(other.found);
        self.fired.extend(other.fired);
        self.told.extend(other.told);
        self.done.extend(other.done);
        self
    }

    /// With what these rules find.
    fn running_all(mut self, rules: &[&'static Rule], org: &Org<'_>) -> Self {
        rules.iter().for_each(|rule| self.run(rule, org));
        self
    }

    /// Runs a rule after those that it yields to; each once.
    fn run(&mut self, rule: &'static Rule, org: &Org<'_>) {
        if self.done.contains(&id(rule)) {
            return;
        }
        self.done.push(id(rule));
        for other in rule.yields_to {
            self.run(other, org);
        }
        self.running = rule;
        (rule.check)(org, self);
    }
}
