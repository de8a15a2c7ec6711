//! How long the program takes, and how much memory, beside the raw event scan of the same bytes by the same YAML parser.
//!
//! `cargo bench` runs whole processes, in turns: an empty one and a check of one team; then, for organizations of 1,000, 10,000 and
//! 100,000 teams, in one file and in files of ten teams, a scan on one core and a check. Printed are medians, of ratios within a turn
//! where there is one, so that whatever slows the machine slows both sides. Nothing is asserted.
//!
//! The scan and the empty process are this program itself: `--scan PATH…` and `--nothing`. `--write TEAMS PER_FILE FOLDER` writes
//! such an organization, to measure it in another way.

mod generate;

use roleaudit::yaml;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// How many teams are in an organization, and how many of them in one file.
const SIZES: [(usize, usize); 6] =
    [(1_000, usize::MAX), (1_000, 10), (10_000, usize::MAX), (10_000, 10), (100_000, usize::MAX), (100_000, 10)];
/// How long one size is measured.
const TIME: Duration = Duration::from_secs(30);
/// A median needs some turns, also where one takes long.
const FEWEST_TURNS: usize = 15;
/// The start of a process takes a few milliseconds, so there can be more of them.
const STARTS: usize = 500;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["--nothing"] => Ok(()),
        ["--scan", paths @ ..] => paths.iter().try_for_each(|path| scan(Path::new(path))),
        ["--write", teams, per_file, folder] => {
            let number = |text: &str| text.parse().map_err(io::Error::other);
            write(Path::new(folder), number(teams)?, number(per_file)?)
        }
        // Run as a test, without the flag that `cargo bench` gives, it only shows that it runs.
        given if given.contains(&"--bench") => measure(&SIZES, TIME, STARTS),
        _ => measure(&[(20, 10)], Duration::ZERO, 1),
    }
}

/// The events of the parser alone, of a file or of all files of a folder, one after the other.
fn scan(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return fs::read_dir(path)?.try_for_each(|entry| scan(&entry?.path()));
    }
    yaml::scan(&fs::read_to_string(path)?).map(|_| ()).map_err(io::Error::other)
}

fn write(folder: &Path, teams: usize, per_file: usize) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let files = generate::organization(teams, per_file);
    files.iter().enumerate().try_for_each(|(n, text)| fs::write(folder.join(format!("{n:05}.yaml")), text))
}

fn measure(sizes: &[(usize, usize)], time: Duration, starts: usize) -> io::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut out = io::stdout().lock();
    let one = organization(folder.path(), 1, usize::MAX)?.join("00000.yaml");
    let turns = turns([&mut this(&["--nothing"]), &mut check(&one)], Duration::ZERO, starts)?;
    let of = |side: usize| median(turns.iter().map(|turn| turn[side].milliseconds));
    let beyond = median(turns.iter().map(|[nothing, check]| check.milliseconds - nothing.milliseconds));
    writeln!(out, "an empty process {:.2} ms, check of one team {:.2} ms: {beyond:.2} ms more ({starts} turns)\n", of(0), of(1))?;

    writeln!(
        out,
        "| teams | files | MB | scan ms | check ms | check / scan | check's CPU ms | MB of memory | memory / input | turns |"
    )?;
    writeln!(out, "|{}", "--:|".repeat(10))?;
    for (teams, per_file) in sizes {
        let path = organization(folder.path(), *teams, *per_file)?;
        writeln!(out, "{}", row(&path, *teams, time)?)?;
        out.flush()?;
        fs::remove_dir_all(&path)?;
    }
    Ok(())
}

fn organization(folder: &Path, teams: usize, per_file: usize) -> io::Result<PathBuf> {
    let path = folder.join(format!("{teams}-{per_file}"));
    write(&path, teams, per_file)?;
    Ok(path)
}

/// One row of the table: what an organization takes.
fn row(path: &Path, teams: usize, time: Duration) -> io::Result<String> {
    let lengths = fs::read_dir(path)?.map(|entry| Ok(entry?.metadata()?.len())).collect::<io::Result<Vec<u64>>>()?;
    let (files, megabytes) = (lengths.len(), lengths.iter().sum::<u64>() as f64 / 1e6);
    let turns = turns([this(&["--scan"]).arg(path), &mut check(path)], time, FEWEST_TURNS)?;
    let [scan, check] = [0, 1].map(|side| median(turns.iter().map(|turn| turn[side].milliseconds)));
    let ratio = median(turns.iter().map(|[scan, check]| check.milliseconds / scan.milliseconds));
    let cpu = median(turns.iter().map(|[_, check]| check.cpu));
    let memory = median(turns.iter().map(|[_, check]| check.megabytes));
    let by_input = memory / megabytes;
    let turns = turns.len();
    let times = format!("{scan:.0} | {check:.0} | {ratio:.2} | {cpu:.0}");
    Ok(format!("| {teams} | {files} | {megabytes:.1} | {times} | {memory:.0} | {by_input:.1} | {turns} |"))
}

/// This program, doing something else.
fn this(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("a running program has a path"));
    command.args(arguments);
    command
}

fn check(path: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roleaudit"));
    command.args(["check", "--fail-on", "never", "--as-of", "2026-11-21"]).arg(path);
    command
}

/// What one process took.
struct Taken {
    milliseconds: f64,
    /// Milliseconds of all cores together.
    cpu: f64,
    /// The most memory that it held.
    megabytes: f64,
}

/// Lets two processes take turns: for some time, and at least so often.
fn turns(sides: [&mut Command; 2], time: Duration, fewest: usize) -> io::Result<Vec<[Taken; 2]>> {
    let [one, other] = sides;
    let mut turns = Vec::new();
    let start = Instant::now();
    while turns.len() < fewest || start.elapsed() < time {
        turns.push([run(one)?, run(other)?]);
    }
    Ok(turns)
}

fn run(command: &mut Command) -> io::Result<Taken> {
    let start = Instant::now();
    let ended = command.stdout(Stdio::null()).stdin(Stdio::null()).spawn()?.wait4()?;
    let milliseconds = start.elapsed().as_secs_f64() * 1e3;
    if !ended.status.success() {
        return Err(io::Error::other(format!("{command:?} failed")));
    }
    let used = ended.rusage;
    Ok(Taken { milliseconds, cpu: (used.utime + used.stime).as_secs_f64() * 1e3, megabytes: used.maxrss as f64 / 1e6 })
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
