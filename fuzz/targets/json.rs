//! JSON and the report for GitLab are read again by another parser, and hold what they have to.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target};
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::{read, shown};

fuzz_target!(|bytes: &[u8]| -> Corpus {
    shown::of_file(bytes, |shown, org| {
        for output in shown.json() {
            let document = read::json::read(&output.text);
            assert_eq!(read::json::count(read::json::at(&document, "version")), 1, "{}", output.of);
            let name = org.people.first().map(|person| person.name());
            let is_named = name.is_none_or(|name| name.is_empty() || read::json::holds(&document, name));
            assert!(output.of != "who PERSON" || is_named, "{name:?} is not in\n{}", output.text);
        }
        assert_eq!(read::json::gitlab(&shown.gitlab()), shown.report.counting().count());
    })
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
