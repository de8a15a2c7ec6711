//! JUnit is XML that counts what it holds.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::{read, shown};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    shown::of_file(bytes, |shown, _| {
        let failing = shown.report.counting().filter(|finding| finding.severity == roleaudit::finding::Severity::Error);
        assert_eq!(read::xml::junit(&shown.junit()), failing.count());
    })
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
