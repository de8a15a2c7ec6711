//! No name that is hidden is in any output; that of code scanning, which is slow, is in a target of its own.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::{names, shown};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Some(marked) = names::marked(bytes) else { return Corpus::Reject };
    shown::of_file_redacted(marked.as_bytes(), |shown, org| {
        for output in shown.all() {
            assert_eq!(names::told(&output.text, org), None, "{}:\n{}\n{marked}", output.of, output.text);
        }
    })
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
