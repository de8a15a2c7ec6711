//! Work on two cores, where there is enough of it.

use std::panic::resume_unwind;
use std::thread;

/// From how many people, products and teams on a second thread takes less time than it costs to start.
pub(crate) const LARGE: usize = 500;

/// Does two things, the first one in a thread of its own if that is worth it.
pub(crate) fn both<A: Send, B>(worth_it: bool, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    if !worth_it {
        return (one(), other());
    }
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|panic| resume_unwind(panic)), other)
    })
}

/// Does the same with each of several things, each in a thread of its own.
pub fn each<'t, T: Sync, R: Send>(all: &'t [T], work: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    let Some((last, others)) = all.split_last() else { return Vec::new() };
    thread::scope(|scope| {
        let threads: Vec<_> = others.iter().map(|one| scope.spawn(|| work(one))).collect();
        let of_last = work(last);
        let joined = threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        joined.chain([of_last]).collect()
    })
}
