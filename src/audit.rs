//! Runs the rules over an organization, and settles which findings count.
//!
//! A rule returns bare [`Gap`]s; its name, severity and passages are added here. Precedence is settled first, over all rules; what
//! the user leaves out by name, setting or filter is removed afterwards, so that leaving out one rule never wakes another; and what
//! the file accepts is marked, so that it does not count.

use crate::accept::{self, Acceptances};
use crate::catalogue::{self, Passage, Stance};
use crate::finding::{self, Acceptance, Finding, Severity};
use crate::gap::{self, Gap};
use crate::org::{Org, ProductIx, Subject};
use crate::report::{Extent, ProductModel, Report};
use crate::rules::{RULES, Rule};
use crate::sections::Filter;
use crate::settings::Settings;
use crate::source::Sources;

/// What the user leaves out.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these rules; all if empty.
    pub only: Vec<&'static str>,
    /// Not these rules.
    pub skip: Vec<&'static str>,
    /// Not what has to do with other products and teams.
    pub filter: Filter,
    /// Not what the file accepts: accepted findings count like all others.
    pub no_accepted: bool,
}

/// Audits an organization.
pub fn audit<'s>(org: &Org<'_>, settings: &Settings, selection: &Selection, sources: &'s Sources) -> Report<'s> {
    report(gap::of_all_rules(org, &settings.numbers), org, settings, selection, sources)
}

/// Audits an organization for one rule alone: how a rule's own examples are checked. No other rule fires, but for the rules about
/// the team file itself, which speak of what the others find.
pub fn audit_with<'s>(rule: &'static Rule, org: &Org<'_>, settings: &Settings, sources: &'s Sources) -> Report<'s> {
    report(gap::of_one_rule(rule, org, &settings.numbers), org, settings, &Selection::default(), sources)
}

fn report<'s>(
    gaps: Vec<(&'static Rule, Gap)>,
    org: &Org<'_>,
    settings: &Settings,
    selection: &Selection,
    sources: &'s Sources,
) -> Report<'s> {
    let accepted = if selection.no_accepted { Acceptances::default() } else { Acceptances::of(org) };
    let selected = gaps.into_iter().filter_map(|(rule, gap)| {
        let severity = severity(rule, &gap, org, settings, selection)?;
        let acceptance = accepted.covering(rule, gap.subject, gap.duty).map(|accepted| accept::acceptance(accepted, org));
        Some(finding(rule, severity, gap, acceptance, org))
    });
    let mut findings: Vec<Finding> = selected.collect();
    findings.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.at.file, finding.at.start, finding.rule.name);
        key(a).cmp(&key(b)).then_with(|| (&a.duty, &a.subject, &a.message).cmp(&(&b.duty, &b.subject, &b.message)))
    });
    finding::number(&mut findings);
    let shown = |(position, _): &(ProductIx, &_)| selection.filter.concerns(Subject::Product(*position), org);
    let models = org.audited_products().filter(shown).map(|(position, product)| ProductModel {
        product: product.id.id.to_string(),
        model: org.model(position).word(),
        overlays: org.overlays(position).into_iter().map(crate::org::model::Overlay::word).collect(),
    });
    let read = Extent { files: org.files, products: org.products.len(), teams: org.teams.len(), people: org.people.len() };
    Report {
        sources,
        as_of: org.as_of,
        read,
        rules: RULES.iter().copied().filter(|rule| is_asked(rule, settings, selection)).collect(),
        models: models.collect(),
        findings,
        remarks: remarks(org),
        base: None,
        departure: None,
    }
}

/// Whether the user wants to see what a rule finds.
fn is_asked(rule: &Rule, settings: &Settings, selection: &Selection) -> bool {
    let is_off = settings.severities.get(rule.name).is_some_and(Option::is_none);
    let is_named = selection.only.is_empty() || selection.only.contains(&rule.name);
    !is_off && is_named && !selection.skip.contains(&rule.name)
}

/// How much a gap matters; nothing if the user left it out.
fn severity(rule: &Rule, gap: &Gap, org: &Org<'_>, settings: &Settings, selection: &Selection) -> Option<Severity> {
    let by_settings = settings.severities.get(rule.name).copied().flatten();
    let is_shown = is_asked(rule, settings, selection) && selection.filter.concerns(gap.subject, org);
    is_shown.then(|| by_settings.or(gap.severity).unwrap_or(rule.severity))
}

fn finding(rule: &'static Rule, severity: Severity, gap: Gap, accepted: Option<Acceptance>, org: &Org<'_>) -> Finding {
    let lead: Vec<&'static Passage> = match gap.passage {
        Some(passage) => vec![passage],
        None => rule.passages.iter().filter_map(|id| catalogue::passage(id)).collect(),
    };
    let dissent = rule.quoted_dissent().iter().filter_map(|id| catalogue::passage(id));
    let supports = lead.into_iter().map(|passage| (passage, Stance::Supports));
    Finding {
        rule,
        severity,
        of: gap.subject,
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
        accepted,
        ordinal: 0,
    }
}

/// What the summary says beside the findings.
fn remarks(org: &Org<'_>) -> Vec<String> {
    if org.audited_products().next().is_none() && org.audited_teams().next().is_none() {
        return vec!["Nothing was looked at: retired products, and ideas without a team, are left out".to_owned()];
    }
    unreached(org).into_iter().collect()
}

/// That records have no effect, if there are any.
fn unreached(org: &Org<'_>) -> Option<String> {
    const NAMED: usize = 5;
    let unreached = org.unreached_records();
    if unreached.is_empty() {
        return None;
    }
    let named: Vec<String> = unreached
        .iter()
        .take(NAMED)
        .map(|record| format!("{} of {}", org.covered(org[*record].covers), org.path(org[*record].scope.into())))
        .collect();
    let more = unreached.len().saturating_sub(NAMED);
    let and = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (what, verb) = if unreached.len() == 1 { ("record", "has") } else { ("records", "have") };
    let count = unreached.len();
    Some(format!("{count} {what} {verb} no effect, because narrower ones answer everywhere: {}{and}", named.join(", ")))
}
