//! Text holds nothing that a terminal obeys, fits its width, and has the same words with and without colours.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use roleaudit::render::Style;
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::{read, shown};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    shown::of_file(bytes, |shown, _| {
        for width in [None, Some(80)] {
            let [plain, colored] = [false, true].map(|color| shown.text(&Style { color, width }));
            for (plain, colored) in plain.iter().zip(&colored) {
                read::text::assert_harmless(&plain.text);
                width.iter().for_each(|width| read::text::assert_fits(&plain.text, *width));
                assert_eq!(read::text::without_colors(&colored.text), plain.text, "{}", plain.of);
            }
        }
    })
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
