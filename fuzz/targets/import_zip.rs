//! Archives that are damaged become team files, or are refused in words.

#![no_main]

use libfuzzer_sys::fuzz_target;
use roleaudit_fuzz::charts;

const PARTS: &str = include_str!("../seeds/import_xlsx/chart");

// Each four bytes put another one at a place of a whole archive, counted from its end where the directory is; the rest of them cuts.
fuzz_target!(|bytes: &[u8]| {
    let mut archive = charts::package(PARTS, &charts::WORKBOOK);
    let (changes, cut) = bytes.as_chunks::<4>();
    for [from_end, high, low, byte] in changes {
        let place = usize::from(u16::from_be_bytes([*high, *low])) % archive.len();
        let place = if from_end % 2 == 1 { archive.len() - 1 - place } else { place };
        archive[place] = *byte;
    }
    let cut: usize = cut.iter().map(|byte| usize::from(*byte)).sum();
    archive.truncate(archive.len().saturating_sub(cut).max(4));
    charts::import("roles.xlsx", &archive);
});
