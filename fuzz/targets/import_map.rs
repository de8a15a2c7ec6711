//! A map of tasks is refused with a place and a help, or the team file of a chart keeps to it.

#![no_main]

use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use roleaudit::import::chart::Asked;
use roleaudit::import::read::read;
use roleaudit::import::settled::Settled;
use roleaudit::import::sources::{File, charts};
use roleaudit_fuzz::charts::assert_team_file;
use roleaudit_fuzz::mutate::mutate;
use roleaudit_fuzz::{printed, sources};

const CHART: &[u8] = include_bytes!("../../examples/charts/checkout.md");

fuzz_target!(|bytes: &[u8]| {
    let files = sources(bytes);
    let (file, source) = files.iter().next().expect("there is one file");
    match Settled::read(file, source) {
        Ok(settled) => {
            let grids = read("roles.md", CHART).expect("the example is a chart");
            let charts = charts(&[File { path: "roles.md".to_owned(), grids }], &Asked::default()).expect("it has letters");
            let tasks = charts.tables.iter().flat_map(|table| &table.charts).flat_map(|chart| &chart.rows);
            printed(&settled.unused(tasks.map(|row| row.task.as_str())), &files);
            assert_team_file(charts, &settled);
        }
        Err(problems) => assert!(!printed(&problems, &files).is_empty()),
    }
});

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| { mutate(data, size, max_size, seed) });
