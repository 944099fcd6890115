//! Memory: what a look at it costs where the core's own caches are too small. A virtual machine shares the cache behind them with
//! its neighbours, and every server that is larger than a bare answer is as slow as they make it.

use std::hint::black_box;

use crate::measure::{Cost, Done, each_of};

/// What the processor fetches at once.
const LINE: usize = 64;
const LINES: usize = 4 * 1024 * 1024 / LINE;
const WORDS: usize = LINE / size_of::<usize>();
const LOOKS: u32 = 1_000;

pub(crate) fn costs() -> Done<Vec<Cost>> {
    let places = round_trip();
    let mut place = 0;
    let looked = each_of("memory_4m", LOOKS, || {
        for _ in 0..LOOKS {
            place = places[place];
        }
        black_box(place);
        Ok(())
    })?;
    Ok(vec![looked])
}

/// In each line of memory the place of another one, which nobody can guess before it is read; one way leads through all of them.
fn round_trip() -> Vec<usize> {
    let mut places = vec![0; LINES * WORDS];
    for line in 0..LINES {
        // A linear congruential generator of full period.
        places[line * WORDS] = (line * 1_664_525 + 1_013_904_223) % LINES * WORDS;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_leads_through_every_line_before_it_comes_back() {
        let places = round_trip();
        let mut place = places[0];
        let mut steps = 1;
        while place != 0 {
            place = places[place];
            steps += 1;
        }
        assert_eq!(steps, LINES);
    }
}
