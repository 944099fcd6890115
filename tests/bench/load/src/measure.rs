//! Lets connections work for a while, each at its own task on one thread, and counts what they do within a window.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout_at};

use crate::awake;
use crate::failure::Failure;
use crate::histogram::Histogram;

/// How long the last operations may take once the window has closed.
const GRACE: Duration = Duration::from_secs(10);
/// A connection with so many failures does not go on: the run is void anyway.
const ENOUGH_FAILURES: u64 = 20;
const SAMPLES: usize = 5;

/// What one connection does over and over.
pub(crate) trait Work {
    async fn once(&mut self) -> Result<(), Failure>;

    /// How many requests it has sent so far.
    fn requests(&self) -> u64;
}

#[derive(Clone, Copy)]
pub(crate) struct Pace {
    pub connections: usize,
    pub warm_up: Duration,
    pub window: Duration,
    /// Whether there is nobody else on this core, who would wait while it is kept awake.
    pub alone: bool,
}

#[derive(Default)]
pub(crate) struct Tally {
    /// In microseconds, of those that began within the window. What began in time may end a little after it: otherwise slow
    /// operations would be counted once too few on each connection.
    pub operations: Histogram,
    /// The requests of those operations.
    pub requests: u64,
    /// From the first moment on: one in the warm-up is a failure too.
    pub failures: u64,
    pub failure_samples: Vec<String>,
    /// What part of one core this program itself took within the window.
    pub cpu_share: f64,
}

impl Tally {
    fn fail(&mut self, failure: &Failure) {
        self.failures += 1;
        let text = failure.to_string();
        if self.failure_samples.len() < SAMPLES && !self.failure_samples.contains(&text) {
            self.failure_samples.push(text);
        }
    }
}

type Shared = Rc<RefCell<Tally>>;

/// `make` makes the work of each connection. Has to be called within a set of local tasks.
pub(crate) async fn measure<W: Work + 'static>(pace: Pace, mut make: impl FnMut(usize) -> W) -> Tally {
    let tally = Shared::default();
    let opens = Instant::now() + pace.warm_up;
    let window = (opens, opens + pace.window);
    let mut tasks = JoinSet::new();
    for place in 0..pace.connections {
        tasks.spawn_local(keep_working(make(place), window, tally.clone()));
    }
    tasks.spawn_local(watch(window, pace.alone, tally.clone()));
    if pace.alone {
        tasks.spawn_local(awake::stay(window.1));
    }
    let all = async { while tasks.join_next().await.is_some() {} };
    if timeout_at(window.1 + GRACE, all).await.is_err() {
        let late = Failure::new("no answer before the end");
        (0..tasks.len()).for_each(|_| tally.borrow_mut().fail(&late));
        tasks.abort_all();
    }
    tally.take()
}

async fn keep_working(mut work: impl Work, (opens, closes): (Instant, Instant), tally: Shared) {
    let mut failures = 0;
    loop {
        let (began, requests) = (Instant::now(), work.requests());
        if began >= closes || failures >= ENOUGH_FAILURES {
            return;
        }
        let done = awake::work(work.once()).await;
        let took = began.elapsed();
        let mut tally = tally.borrow_mut();
        match done {
            Ok(()) if began >= opens => {
                tally.operations.record(took.as_micros() as u64);
                tally.requests += work.requests() - requests;
            }
            Ok(()) => {}
            Err(failure) => {
                failures += 1;
                tally.fail(&failure);
            }
        }
    }
}

/// Takes the time that was worked at both ends of the window.
async fn watch((opens, closes): (Instant, Instant), alone: bool, tally: Shared) {
    let began = Instant::now();
    let worked = || if alone { began.elapsed() - awake::idle() } else { processor_time() };
    sleep_until(opens).await;
    let before = (Instant::now(), worked());
    sleep_until(closes).await;
    let wall = before.0.elapsed();
    tally.borrow_mut().cpu_share = (worked() - before.1).as_secs_f64() / wall.as_secs_f64();
}

fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec as u64, time.tv_nsec as u32)
}

#[cfg(test)]
mod tests {
    use tokio::task::LocalSet;

    use super::*;

    struct Every(Duration, u64);

    impl Work for Every {
        async fn once(&mut self) -> Result<(), Failure> {
            self.1 += 1;
            tokio::time::sleep(self.0).await;
            if self.1 == 3 { Err(Failure::new("the third")) } else { Ok(()) }
        }

        fn requests(&self) -> u64 {
            2 * self.1
        }
    }

    fn pace() -> Pace {
        Pace { connections: 2, warm_up: Duration::from_secs(4), window: Duration::from_secs(10), alone: false }
    }

    #[tokio::test(start_paused = true)]
    async fn what_began_in_the_warm_up_does_not_count_but_its_failures_do() {
        let tally = LocalSet::new().run_until(measure(pace(), |_| Every(Duration::from_millis(990), 0))).await;
        // The fifth began before the window and ended in it; the sixth to the fifteenth began in it.
        assert_eq!((tally.operations.count(), tally.requests), (20, 40));
        assert_eq!((tally.failures, tally.failure_samples), (2, vec!["the third".to_owned()]));
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_that_hangs_is_a_failure_and_ends() {
        let tally = LocalSet::new().run_until(measure(pace(), |_| Every(Duration::from_secs(3600), 0))).await;
        assert_eq!((tally.operations.count(), tally.failures), (0, 2));
    }

    /// Waits on the core, or away from it.
    struct Waits {
        here: bool,
    }

    impl Work for Waits {
        async fn once(&mut self) -> Result<(), Failure> {
            if self.here {
                std::thread::sleep(Duration::from_millis(5));
                tokio::task::yield_now().await;
            } else {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            Ok(())
        }

        fn requests(&self) -> u64 {
            0
        }
    }

    #[tokio::test]
    async fn who_stays_awake_is_busy_only_while_there_is_something_to_do() {
        let pace = Pace { connections: 2, warm_up: Duration::ZERO, window: Duration::from_millis(200), alone: true };
        for (here, shares) in [(true, 0.8..1.1), (false, 0.0..0.5)] {
            let tally = LocalSet::new().run_until(measure(pace, |_| Waits { here })).await;
            assert!(shares.contains(&tally.cpu_share), "{here}: {}", tally.cpu_share);
        }
    }
}
