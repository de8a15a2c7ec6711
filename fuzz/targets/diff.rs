//! What is introduced one way is fixed the other way, and an organization does not differ from itself.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use roleaudit::audit::{Selection, audit};
use roleaudit::diff::{Audited, Diff, diff};
use roleaudit::finding::Finding;
use roleaudit::org::Org;
use roleaudit::settings::Settings;
use roleaudit::source::Sources;
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::shown::{PLAIN, Shown};
use roleaudit_fuzz::{DAYS, read, sources, two_files};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Some([before, after]) = two_files(bytes).map(|files| files.map(sources)) else { return Corpus::Reject };
    let (Ok(earlier), Ok(later)) = (roleaudit::load(&before, DAYS), roleaudit::load(&after, DAYS)) else { return Corpus::Reject };
    let (one, other) = ((&earlier.org, &before), (&later.org, &after));
    let (forth, back) = (changes(one, other), changes(other, one));
    assert_eq!(identities(&forth.findings.introduced), identities(&back.findings.fixed));
    assert_eq!(identities(&forth.findings.fixed), identities(&back.findings.introduced));
    assert_eq!(forth.seats.len(), back.seats.len());
    assert!(changes(one, one).is_empty());
    let shown = Shown::of(one.0, other.0, [one.1, other.1]);
    for output in shown.text(&PLAIN).iter().chain(&shown.json()) {
        read::text::assert_harmless(&output.text);
    }
    Corpus::Keep
});

fn changes<'s>(before: (&Org<'_>, &'s Sources), after: (&Org<'_>, &'s Sources)) -> Diff<'s> {
    let audited =
        |name: &str, (org, sources)| (name.to_owned(), org, audit(org, &Settings::default(), &Selection::default(), sources));
    let [(name, org, report), (later, org_later, report_later)] = [audited("before", before), audited("after", after)];
    diff(Audited { name, org, report }, Audited { name: later, org: org_later, report: report_later })
}

fn identities(findings: &[Finding]) -> Vec<(&str, &str, Option<&str>)> {
    let mut identities: Vec<_> = findings.iter().map(Finding::identity).collect();
    identities.sort_unstable();
    identities
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
