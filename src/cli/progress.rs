//! One line on a terminal that says what a long run is doing. Short runs show nothing, and neither does standard error elsewhere.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long a run takes before it says so.
const LONG: Duration = Duration::from_secs(1);

/// The line of this process: a terminal has room for one.
static LINE: Mutex<Line> = Mutex::new(Line { since: None, doing: String::new(), is_shown: false });

struct Line {
    /// When the run began, once it has said what it does.
    since: Option<Instant>,
    /// What it does; nothing while something else is printed.
    doing: String,
    is_shown: bool,
}

/// Says what the run does from now on.
pub(crate) fn doing(what: impl Into<String>) {
    if !io::stderr().is_terminal() || std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb") {
        return;
    }
    let mut line = line();
    line.doing = what.into();
    if line.is_shown {
        line.show();
    }
    if line.since.is_none() {
        line.since = Some(Instant::now());
        // Where there is no thread to be had, the run goes on in silence.
        let _ = thread::Builder::new().spawn(tick);
    }
}

/// Takes the line off the terminal, because something else is printed now.
pub(crate) fn clear() {
    let mut line = line();
    line.doing.clear();
    if std::mem::take(&mut line.is_shown) {
        let _ = write!(io::stderr().lock(), "\r\u{1b}[K");
    }
}

/// Shows the line again and again, for as long as the process runs.
fn tick() {
    loop {
        thread::sleep(LONG);
        line().show();
    }
}

fn line() -> MutexGuard<'static, Line> {
    LINE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Line {
    fn show(&mut self) {
        if let (Some(since), false) = (self.since, self.doing.is_empty()) {
            self.is_shown = true;
            // Where standard error is closed there is nobody to tell.
            let _ = write!(io::stderr().lock(), "\r{} … {} s\u{1b}[K", self.doing, since.elapsed().as_secs());
        }
    }
}
