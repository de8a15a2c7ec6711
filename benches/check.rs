//! How long an audit takes, beside the raw event scan of the same bytes by the same YAML parser.
//!
//! `cargo bench` measures organizations of 1, 1,000 and 10,000 teams, each in one file. Scan, load and check take turns in one
//! process, so that whatever slows the machine slows all three. Printed are the medians of the times, and of the ratios within a
//! turn; nothing is asserted.
//!
//! `cargo bench -- --write TEAMS` writes such an organization to standard output instead, to measure the program itself with.

mod generate;

use jiff::civil::date;
use roleaudit::audit::{Selection, audit};
use roleaudit::render::{Style, text};
use roleaudit::settings::Settings;
use roleaudit::source::{Source, Sources};
use roleaudit::{Days, yaml};
use std::hint::black_box;
use std::io::{self, Write};
use std::time::{Duration, Instant};

const SIZES: [usize; 3] = [1, 1_000, 10_000];
/// How long one size is measured.
const TIME: Duration = Duration::from_secs(5);
/// A median needs some turns, also where one takes long.
const FEWEST_TURNS: usize = 11;
/// More of them tell nothing new.
const MOST_TURNS: usize = 2_000;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut out = io::stdout().lock();
    if let Some(at) = arguments.iter().position(|argument| argument == "--write") {
        let teams = arguments.get(at + 1).and_then(|teams| teams.parse().ok()).unwrap_or(1);
        return out.write_all(generate::organization(teams).as_bytes());
    }
    // Run as a test, without the flag that `cargo bench` gives, it only shows that it runs.
    let is_bench = arguments.iter().any(|argument| argument == "--bench");
    let (sizes, time) = if is_bench { (&SIZES[..], TIME) } else { (&SIZES[..1], Duration::ZERO) };
    writeln!(
        out,
        "{:>6} {:>9} {:>9} {:>6} {:>10} {:>10} {:>10} {:>10} {:>10}",
        "teams", "KB", "findings", "turns", "scan ms", "load ms", "check ms", "load/scan", "check/scan"
    )?;
    for teams in sizes {
        let row = measured(*teams, time);
        writeln!(out, "{row}")?;
    }
    Ok(())
}

/// Measures one size; returns its row of the table.
fn measured(teams: usize, time: Duration) -> String {
    let sources = Sources::new(vec![Source::new("organization.yaml", generate::organization(teams))]);
    let bytes: usize = sources.iter().map(|(_, source)| source.text.len()).sum();
    let findings = check(&sources);

    let [mut scans, mut loads, mut checks] = [const { Vec::new() }; 3];
    let start = Instant::now();
    while scans.len() < FEWEST_TURNS || (start.elapsed() < time && scans.len() < MOST_TURNS) {
        scans.push(timed(|| scan(&sources)));
        loads.push(timed(|| load(&sources)));
        checks.push(timed(|| check(&sources)));
    }
    let turns = scans.len();
    let to_scan = |times: &[f64]| median(times.iter().zip(&scans).map(|(time, scan)| time / scan).collect());
    let (of_load, of_check) = (to_scan(&loads), to_scan(&checks));
    let [scan, load, check] = [scans, loads, checks].map(median);
    let kilobytes = bytes as f64 / 1_000.0;
    let times = format!("{scan:>10.3} {load:>10.3} {check:>10.3} {of_load:>10.2} {of_check:>10.2}");
    format!("{teams:>6} {kilobytes:>9.1} {findings:>9} {turns:>6} {times}")
}

/// The events of the parser alone.
fn scan(sources: &Sources) -> usize {
    sources.iter().map(|(_, source)| yaml::scan(&source.text).expect("the text is valid")).sum()
}

/// Text to organization; returns the number of its teams.
fn load(sources: &Sources) -> usize {
    let linked = roleaudit::load(sources, days()).expect("the text is valid");
    linked.org.teams.len()
}

/// All of it, from the text to the report as it is printed; returns the number of findings.
fn check(sources: &Sources) -> usize {
    let linked = roleaudit::load(sources, days()).expect("the text is valid");
    let report = audit(&linked.org, &Settings::default(), &Selection::default(), sources);
    let mut shown = Vec::new();
    text(&report, &Style { color: false, width: Some(100) }, &mut shown).expect("memory can be written");
    black_box(shown);
    report.findings.len()
}

fn days() -> Days {
    Days { as_of: None, today: date(2026, 11, 21) }
}

/// Milliseconds of one turn, with the freeing of what it built.
fn timed(work: impl FnOnce() -> usize) -> f64 {
    let start = Instant::now();
    black_box(work());
    start.elapsed().as_secs_f64() * 1_000.0
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
