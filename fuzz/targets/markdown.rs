//! No name becomes markup in Markdown, and every table is one.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::{read, shown};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    shown::of_file(bytes, |shown, _| {
        shown.markdown().iter().for_each(|output| read::markdown::assert_own(&output.text));
    })
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
