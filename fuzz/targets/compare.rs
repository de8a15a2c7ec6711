//! Each question of two views is of one kind, whichever view comes first.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use roleaudit::compare::{CompareReport, Given, compare};
use roleaudit::org::Org;
use roleaudit::render;
use roleaudit::source::Sources;
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::shown::{PLAIN, written};
use roleaudit_fuzz::{DAYS, read, sources, two_files};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Some([one, other]) = two_files(bytes).map(|files| files.map(sources)) else { return Corpus::Reject };
    let (Ok(first), Ok(second)) = (roleaudit::load(&one, DAYS), roleaudit::load(&other, DAYS)) else { return Corpus::Reject };
    let views = [view(&first.org, &one, "one.yaml"), view(&second.org, &other, "other.yaml")];
    let report = compare(&views);
    let turned = compare(&[views[1], views[0]]);
    assert_eq!(kinds(&report), kinds(&turned));
    read::text::assert_harmless(&written(|out| render::compare::text(&report, &PLAIN, out)));
    read::markdown::assert_own(&written(|out| render::compare::markdown(&report, out)));
    read::json::read(&written(|out| render::compare::json(&report, out)));
    Corpus::Keep
});

/// A view, of the first person whom it names.
fn view<'v>(org: &'v Org<'v>, sources: &'v Sources, path: &'v str) -> Given<'v> {
    let by = org.people.first().map(|person| person.id.id.as_ref());
    Given { org, sources, path, name: path, stem: "", by }
}

/// The kinds of all questions.
fn kinds(report: &CompareReport<'_>) -> Vec<usize> {
    use roleaudit::compare::Kind::{Agreed, DifferentDeciders, EachOther, NobodyClaims, OneViewOnly, SeveralClaim};
    [Agreed, DifferentDeciders, EachOther, NobodyClaims, OneViewOnly, SeveralClaim].map(|kind| report.count(kind)).to_vec()
}

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
