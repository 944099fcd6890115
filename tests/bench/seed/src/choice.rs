//! So many of so many that come one after the other.

use identity::random::Random;

/// Chooses exactly as many as are wanted, each as likely as the others (Knuth's algorithm S).
pub(crate) struct Choice {
    wanted: usize,
    left: usize,
}

impl Choice {
    pub(crate) fn of(wanted: usize, all: usize) -> Choice {
        Choice { wanted: wanted.min(all), left: all }
    }

    /// How many it chooses in all.
    pub(crate) fn wanted(&self) -> usize {
        self.wanted
    }

    /// Is the next one chosen?
    pub(crate) fn takes_next(&mut self, random: &Random) -> bool {
        let chosen = below(self.left, random) < self.wanted;
        self.left = self.left.saturating_sub(1);
        self.wanted -= usize::from(chosen);
        chosen
    }
}

/// From 0 to one less than the bound, which is small beside 2^64: nobody sees the unevenness.
pub(crate) fn below(bound: usize, random: &Random) -> usize {
    let drawn = u128::from(u64::from_be_bytes(random.bytes())) * bound as u128;
    (drawn >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(wanted: usize, all: usize, seed: u64) -> Vec<usize> {
        let (mut choice, random) = (Choice::of(wanted, all), Random::seeded(seed));
        (0..all).filter(|_| choice.takes_next(&random)).collect()
    }

    #[test]
    fn as_many_are_chosen_as_are_wanted_and_none_is_likelier() {
        let mut times = [0; 10];
        for seed in 0..3_000 {
            let chosen = chosen(3, 10, seed);
            assert_eq!(chosen.len(), 3);
            chosen.into_iter().for_each(|place| times[place] += 1);
        }
        assert!(times.iter().all(|times| (800..1_000).contains(times)), "{times:?}");
    }

    #[test]
    fn who_wants_more_than_there_are_gets_all() {
        assert_eq!(chosen(9, 4, 1), [0, 1, 2, 3]);
        assert!(chosen(0, 4, 1).is_empty());
    }
}
