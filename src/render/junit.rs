//! JUnit: a suite for each group of rules, a passing test for each rule without a gap, and a test for each finding.
//!
//! A test fails if its finding fails the run; one below the threshold passes, and says what was found in its output. An accepted
//! finding is a skipped test with the reason. A test is named by what the finding is about, so that it can be followed from run to run.

use super::json::{self, Location};
use super::{escape, place, reason, told};
use crate::finding::Finding;
use crate::report::{FailOn, Report};
use crate::rules::Rule;
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite, XmlString};
use std::io::{self, Write};

/// Writes the rules that were asked, and what they found, with failures from the threshold on.
pub fn junit(report: &Report<'_>, fail_on: FailOn, out: &mut dyn Write) -> io::Result<()> {
    let mut document = quick_junit::Report::new(env!("CARGO_PKG_NAME"));
    for rules in report.rules.chunk_by(|one, next| one.group == next.group) {
        let group = rules.first().map_or("", |rule| rule.group.word());
        let mut suite = TestSuite::new(group);
        suite.add_test_cases(rules.iter().flat_map(|rule| cases(report, rule, fail_on)));
        document.add_test_suite(suite);
    }
    document.serialize(out).map_err(io::Error::other)
}

/// The tests of a rule; at least one.
fn cases(report: &Report<'_>, rule: &Rule, fail_on: FailOn) -> Vec<TestCase> {
    let found = report.findings.iter().filter(|finding| finding.rule.name == rule.name);
    let mut cases: Vec<TestCase> = found.map(|finding| case(report, finding, fail_on)).collect();
    if cases.is_empty() {
        cases.push(TestCase::new("no gaps", TestCaseStatus::success()));
    }
    cases.iter_mut().for_each(|case| _ = case.set_classname(rule.name));
    cases
}

fn case(report: &Report<'_>, finding: &Finding, fail_on: FailOn) -> TestCase {
    let severity = finding.severity.word();
    let told = xml(&format!("{}: {severity}: {}", place(report.sources, finding.at), told(finding)));
    let message = match &finding.accepted {
        Some(acceptance) => one_line(&reason(acceptance)),
        None => one_line(&finding.message),
    };
    let mut status = match &finding.accepted {
        Some(_) => TestCaseStatus::skipped(),
        None if fail_on.includes(finding.severity) => TestCaseStatus::non_success(NonSuccessKind::Failure),
        None => TestCaseStatus::success(),
    };
    let mut case = TestCase::new(one_line(&name(finding)), TestCaseStatus::success());
    match status {
        TestCaseStatus::Success { .. } => _ = case.set_system_out(told),
        _ => _ = status.set_message(message).set_type(severity).set_description(told),
    }
    case.status = status;
    let Location { file, line, .. } = json::location(report.sources, finding.at);
    case.extra.extend([("file".into(), one_line(file)), ("line".into(), line.to_string().into())]);
    case
}

/// What a finding is about: `products.checkout: scope.changes`.
fn name(finding: &Finding) -> String {
    let duty = finding.duty.iter().map(|duty| format!(": {duty}"));
    let number = (finding.ordinal > 0).then(|| format!(" ({})", finding.ordinal + 1));
    [finding.subject.clone()].into_iter().chain(duty).chain(number).collect()
}

fn one_line(text: &str) -> XmlString {
    xml(&escape::one_line(text))
}

/// Text as XML can hold it: of what XML lacks, these two are left where everything that a terminal obeys is gone.
fn xml(text: &str) -> XmlString {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}").into()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::finding::Severity;

    fn shown(report: &Report<'_>, fail_on: FailOn) -> String {
        let mut out = Vec::new();
        junit(report, fail_on, &mut out).expect("memory can be written");
        String::from_utf8(out).expect("it is text")
    }

    #[test]
    fn what_fails_the_run_fails_and_the_rest_is_told() {
        let sources = sample::one_file("team.yaml", sample::TEAM);
        let mut findings = sample::findings(&sources);
        findings.drain(3..);
        findings[1].accepted = Some(sample::acceptance("The board decides in May", "Kim"));
        findings[2].ordinal = 1;
        let report = sample::report(&sources, findings);
        assert_eq!(
            shown(&report, FailOn::Severity(Severity::Error)),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="roleaudit" tests="4" skipped="1" failures="1" errors="0">
    <testsuite name="ownership" tests="3" skipped="1" errors="0" failures="1">
        <testcase name="products.checkout: scope.changes" classname="duty-unowned" file="team.yaml" line="4">
            <failure message="nobody decides scope.changes for Checkout" type="error">team.yaml:4:3: error: nobody decides scope.changes for Checkout. Name one person under `responsibilities: scope.changes`.</failure>
        </testcase>
        <testcase name="products.checkout: strategy.product" classname="duty-unowned" file="team.yaml" line="4">
            <skipped message="The board decides in May (by Kim, until 2027-02-28)" type="error">team.yaml:4:3: error: nobody decides strategy.product for Checkout. Name one person under `responsibilities: strategy.product`.</skipped>
        </testcase>
        <testcase name="products.checkout: market.discovery (2)" classname="duty-unowned" file="team.yaml" line="4">
            <system-out>team.yaml:4:3: info: nobody decides market.discovery for Checkout. Name one person under `responsibilities: market.discovery`.</system-out>
        </testcase>
    </testsuite>
    <testsuite name="backlog" tests="1" skipped="0" errors="0" failures="0">
        <testcase name="no gaps" classname="backlog-shared-owner"/>
    </testsuite>
</testsuites>
"#
        );
        let failures = |fail_on| shown(&report, fail_on).matches("<failure ").count();
        assert_eq!([failures(FailOn::Severity(Severity::Info)), failures(FailOn::Never)], [2, 0]);
    }

    #[test]
    fn names_stay_text() {
        let sources = sample::one_file(sample::HOSTILE, sample::TEAM);
        let hostile = format!("{}]]>\u{fffe}\u{ffff}\n<script>\"'&amp;", sample::HOSTILE);
        let mut finding = sample::findings(&sources).remove(0);
        (finding.message, finding.subject) = (hostile.clone(), hostile.clone());
        let taken = Finding { accepted: Some(sample::acceptance(&hostile, &hostile)), ..finding.clone() };
        let shown = shown(&sample::report(&sources, vec![finding, taken]), FailOn::Severity(Severity::Error));
        sample::assert_harmless(&shown);
        let document = quick_junit::Report::deserialize_from_str(&shown).expect("it is XML");
        let case = &document.test_suites[0].test_cases[0];
        let read = case.name.as_str();
        assert!(read.contains("]]>\u{fffd}\u{fffd} <script>\"'&amp;") && !read.contains(['\u{fffe}', '\u{ffff}']), "{read}");
        assert_eq!((document.tests, document.failures, document.skipped), (3, 1, 1));
    }
}
