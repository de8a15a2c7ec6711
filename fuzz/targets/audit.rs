//! An audit names places in the text, says the same each time, and counts nothing that is accepted.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use roleaudit::accept;
use roleaudit::audit::{Selection, audit};
use roleaudit::report::Report;
use roleaudit::settings::Settings;
use roleaudit::source::{Source, Sources};
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::{DAYS, assert_within, sources};
use std::collections::BTreeSet;

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let sources = sources(bytes);
    let Ok(linked) = roleaudit::load(&sources, DAYS) else { return Corpus::Reject };
    let audited = || audit(&linked.org, &Settings::default(), &Selection::default(), &sources);
    let report = audited();
    assert_eq!(format!("{:?}", report.findings), format!("{:?}", audited().findings));
    for finding in &report.findings {
        assert_within(&sources, finding.at, &finding.message);
        finding.labels.iter().for_each(|label| assert_within(&sources, label.at, &label.text));
        assert!(!finding.message.is_empty() && !finding.fix.is_empty(), "{finding:?}");
    }
    assert_can_be_accepted(&report);
    Corpus::Keep
});

/// Accepts all that counts, in the words that the program offers, and asserts that nothing of it counts any more.
fn assert_can_be_accepted(report: &Report<'_>) {
    let all = || report.findings.iter();
    let entries: BTreeSet<String> = report.counting().filter_map(|finding| accept::entry(&[finding], all())).collect();
    if entries.is_empty() {
        return;
    }
    let accepted: String = entries.iter().map(|entry| format!("  {}\n", entry.replace('…', "we know"))).collect();
    let texts = report.sources.iter().map(|(_, source)| source.clone());
    let accepted = Source::new("z.yaml", format!("accepted:\n{accepted}"));
    let sources = Sources::new(texts.chain([accepted]).collect());
    let linked = roleaudit::load(&sources, DAYS).unwrap_or_else(|invalid| panic!("{:#?}\n{entries:#?}", invalid.errors));
    let after = audit(&linked.org, &Settings::default(), &Selection::default(), &sources);
    let counting: Vec<_> = after.counting().filter(|finding| !finding.rule.name.starts_with("acceptance-")).collect();
    assert!(counting.is_empty(), "{counting:#?}\n{entries:#?}");
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
