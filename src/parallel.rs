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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_the_things() {
        let things: Vec<usize> = (0..1000).collect();
        let doubled: Vec<usize> = things.iter().map(|thing| thing * 2).collect();
        for worth_it in [false, true] {
            let done = in_turn(worth_it, &things, |thing| {
                // The first things take longer than all others, so that the threads do not finish in turn.
                let work = if *thing < 2 { 200_000 } else { 1 };
                (0..work).fold(0, |sum: usize, step| sum.wrapping_add(std::hint::black_box(step)));
                thing * 2
            });
            assert_eq!(done, doubled);
            assert_eq!(in_turn(worth_it, &[] as &[usize], |thing| *thing), Vec::<usize>::new());
        }
    }

    #[test]
    #[should_panic(expected = "the third")]
    fn what_fails_in_one_thread_fails() {
        in_turn(true, &[1, 2, 3], |thing| assert!(*thing < 3, "the third"));
    }
}
