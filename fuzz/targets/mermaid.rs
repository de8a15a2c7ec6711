//! Every drawing of a review is one that Mermaid draws.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::{read, shown};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    shown::of_file(bytes, |shown, org| {
        let report = shown.markdown().into_iter().find(|output| output.of == "report");
        let drawn = report.map_or(0, |report| read::mermaid::flowcharts(&report.text));
        assert_eq!(drawn > 0, org.audited_products().count() + org.teams.len() > 0);
    })
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
