//! Keeps the core awake. Who sends to one that sleeps has to wake it, which in a virtual machine takes longer than many an answer
//! does, and would be counted as the server's.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::time::Duration;

use tokio::time::Instant;

thread_local! {
    /// How often any work was gone on with.
    static WORKED: Cell<u64> = const { Cell::new(0) };
    static IDLE: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

/// The same work. While it waits there is nothing to do.
pub(crate) async fn work<T>(work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    poll_fn(|context| {
        WORKED.set(WORKED.get().wrapping_add(1));
        work.as_mut().poll(context)
    })
    .await
}

/// Looks for something to do all the time, instead of sleeping until there is.
pub(crate) async fn stay(until: Instant) {
    let mut turn = Instant::now();
    while turn < until {
        let worked = WORKED.get();
        tokio::task::yield_now().await;
        let next = Instant::now();
        if WORKED.get() == worked {
            IDLE.set(IDLE.get() + (next - turn));
        }
        turn = next;
    }
}

/// How long there was nothing to do, so far.
pub(crate) fn idle() -> Duration {
    IDLE.get()
}
