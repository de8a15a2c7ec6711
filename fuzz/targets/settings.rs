//! Bytes are settings, or are refused with a place and a help; a rule that they switch off says nothing.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use roleaudit::audit::{Selection, audit};
use roleaudit::settings;
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::{DAYS, printed, sources};

const TEAM: &str = include_str!("../../examples/contested.yaml");

fuzz_target!(|bytes: &[u8]| {
    let files = sources(bytes);
    let (file, source) = files.iter().next().expect("there is one file");
    match settings::load(file, source) {
        Ok(settings) => {
            let team = sources(TEAM.as_bytes());
            let linked = roleaudit::load(&team, DAYS).expect("the example is valid");
            let report = audit(&linked.org, &settings, &Selection::default(), &team);
            for finding in &report.findings {
                let given = settings.severities.get(finding.rule.name).copied();
                assert!(given.is_none_or(|given| given == Some(finding.severity)), "{finding:?}");
            }
        }
        Err(errors) => assert!(!printed(&errors, &files).is_empty()),
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
