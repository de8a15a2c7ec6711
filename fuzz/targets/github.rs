//! Every line is a command that the runner takes, and says one finding.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::{read, shown};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    shown::of_file(bytes, |shown, _| {
        assert_eq!(read::workflow::commands(&shown.github()), shown.report.counting().count());
        // What other formats print goes into the same log.
        shown.text(&shown::PLAIN).iter().for_each(|output| read::workflow::assert_none(&output.text));
    })
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
