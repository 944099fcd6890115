//! How long something takes, by the clock and of the processor: it is done for about a second, after a warm-up, and the
//! median of several rounds counts.

use std::error::Error;
use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};
use serde::Serialize;

/// So many rounds of so long; the first one warms up, and counts for nothing.
const ROUNDS: usize = 5;
const ROUND: Duration = Duration::from_millis(200);

/// What goes wrong while something is done ends the program: a figure without it would be wrong.
pub(crate) type Done<T = ()> = Result<T, Box<dyn Error>>;

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub(crate) struct Cost {
    pub(crate) name: &'static str,
    pub(crate) wall_us: f64,
    /// Of this program alone: what a database server or the kernel's own threads do meanwhile is not in it.
    pub(crate) cpu_us: f64,
}

/// Measures one operation.
pub(crate) fn one(name: &'static str, work: impl FnMut() -> Done) -> Done<Cost> {
    each_of(name, 1, work)
}

/// Measures an operation of which `work` does so many at a time.
pub(crate) fn each_of(name: &'static str, operations: u32, mut work: impl FnMut() -> Done) -> Done<Cost> {
    round(&mut work)?;
    let rounds = (0..ROUNDS).map(|_| round(&mut work)).collect::<Done<Vec<(f64, f64)>>>()?;
    let median = |of: fn(&(f64, f64)) -> f64| median(rounds.iter().map(of).collect()) / f64::from(operations);
    Ok(Cost { name, wall_us: median(|(wall, _)| *wall), cpu_us: median(|(_, cpu)| *cpu) })
}

/// The cost of doing it once, by the clock and of the processor.
fn round(work: &mut impl FnMut() -> Done) -> Done<(f64, f64)> {
    let (begun, cpu_before) = (Instant::now(), cpu_time());
    let mut times = 0_u32;
    // Looking at the clock costs some 30 ns, and is not what is measured: it is done the more seldom, the more often it
    // was in vain.
    let mut until_look = 1_u32;
    while begun.elapsed() < ROUND {
        for _ in 0..until_look {
            work()?;
        }
        times += until_look;
        until_look = (times / 64).max(1);
    }
    Ok((micros(begun.elapsed(), times), micros(cpu_time() - cpu_before, times)))
}

/// What all threads of this program have taken of the processors so far.
pub(crate) fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

pub(crate) fn micros(time: Duration, times: u32) -> f64 {
    time.as_secs_f64() * 1e6 / f64::from(times.max(1))
}

/// The middle one of an odd number.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_one_in_the_middle_whatever_the_order() {
        assert_eq!(median(vec![9.0, 1.0, 5.0]), 5.0);
    }

    #[test]
    fn a_wait_costs_time_and_no_processor() {
        let wait = || {
            std::thread::sleep(Duration::from_millis(2));
            Ok(())
        };
        let cost = each_of("wait", 2, wait).unwrap();
        assert!(cost.wall_us >= 1_000.0, "{cost:?}");
        assert!(cost.cpu_us < cost.wall_us / 2.0, "{cost:?}");
    }

    #[test]
    fn what_goes_wrong_is_no_cost() {
        assert!(one("failure", || Err("it failed".into())).is_err());
    }
}
