//! Work on all cores, where there is enough of it.

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use std::sync::LazyLock;

/// From how many people, products and teams on other threads take less time than it costs to start them.
pub(crate) const LARGE: usize = 500;

/// From how many bytes of text on reading on other threads takes less time than it costs to start them.
pub(crate) const LONG: usize = 1 << 16;

/// From how many files on reading them on other threads takes less time than it costs to start them.
pub(crate) const MANY: usize = 50;

/// Whether the system lets this process have threads; where it does not, one thing is done after the other.
static THREADS: LazyLock<bool> = LazyLock::new(|| ThreadPoolBuilder::new().build_global().is_ok());

/// Does two things, at the same time if that is worth it.
pub(crate) fn both<A: Send, B: Send>(worth_it: bool, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    if worth_it && *THREADS { rayon::join(one, other) } else { (one(), other()) }
}

/// Does the same with each of several things, at the same time if that is worth it. The results are in the order of the things. Whoever
/// is free takes the next thing, because some take longer than others.
pub fn each<'t, T: Sync, R: Send>(worth_it: bool, all: &'t [T], work: impl Fn(&'t T) -> R + Send + Sync) -> Vec<R> {
    if worth_it && *THREADS { all.par_iter().with_max_len(1).map(work).collect() } else { all.iter().map(work).collect() }
}
