//! Work on two cores, where there is enough of it.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
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

/// Does the same with each of several things that differ in size: two threads, if that is worth it, take one after the other. The
/// results are in the order of the things.
pub(crate) fn in_turn<'t, T: Sync, R: Send>(worth_it: bool, all: &'t [T], work: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let take = || {
        let taken = std::iter::from_fn(|| {
            let at = next.fetch_add(1, Ordering::Relaxed);
            Some((at, all.get(at)?))
        });
        taken.map(|(at, one)| (at, work(one))).collect::<Vec<_>>()
    };
    let (mut done, others) = both(worth_it, take, take);
    done.extend(others);
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
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
