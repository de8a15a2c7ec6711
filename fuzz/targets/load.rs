//! Bytes are a team file, or are refused with a place and a help; read twice, they say the same.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::{DAYS, printed, sources};

fuzz_target!(|bytes: &[u8]| {
    let said = [(), ()].map(|()| {
        let sources = sources(bytes);
        match roleaudit::load(&sources, DAYS) {
            Ok(linked) => (Vec::new(), printed(&linked.warnings, &sources)),
            Err(invalid) => (vec![printed(&invalid.errors, &sources)], printed(&invalid.warnings, &sources)),
        }
    });
    assert_eq!(said[0], said[1]);
    assert!(said[0].0.iter().all(|errors| !errors.is_empty()), "refused without a word");
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
