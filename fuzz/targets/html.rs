//! A page is whole, loads nothing, and no element of it comes from a name.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::{read, shown};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let mut markup = None;
    let kept = shown::of_file(bytes, |shown, _| markup = Some(read::html::assert_own(&shown.html())));
    // The same file without the mark that elements begin with: names differ, and no element may. In keys that mark means more.
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('<') && !text.contains("<<") => {
            shown::of_file(text.replace('<', "(").as_bytes(), |shown, _| {
                assert_eq!(markup, Some(read::html::assert_own(&shown.html())));
            });
        }
        _ => {}
    }
    kept
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
