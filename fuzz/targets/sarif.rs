//! SARIF is read again by another parser, holds what code scanning asks for, and names nobody where names are hidden.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::{names, read, shown};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Some(marked) = names::marked(bytes) else { return Corpus::Reject };
    shown::of_file_redacted(marked.as_bytes(), |shown, org| {
        let document = shown.sarif();
        // What it says of the rules themselves has names of its own.
        let results = document.split_once("\"results\": [").map_or("", |(_, results)| results);
        assert_eq!(names::told(results, org), None, "{results}\n{marked}");
    });
    shown::of_file(bytes, |shown, _| assert_eq!(read::json::sarif(&shown.sarif()), shown.report.findings.len()))
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
