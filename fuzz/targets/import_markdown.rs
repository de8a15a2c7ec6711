//! Tables in Markdown become team files, or are refused in words.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use roleaudit_fuzz::charts;
use roleaudit_fuzz::mutate::mutate;

fuzz_target!(|bytes: &[u8]| -> Corpus { charts::import("roles.md", bytes) });

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
