//! Chance that is the same on every machine and in every release: SplitMix64, the 64-bit mixer of Steele, Lea and
//! Flood ("Fast splittable pseudorandom number generators", 2014). A crate's generator may change its stream with its
//! version, and then the committed sample would change with it. Good enough for invented people; never for secrets.

use super::shares::Share;

/// The step between two states: 2^64 divided by the golden ratio, made odd.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of numbers that the seed alone decides.
pub(super) struct Rng(u64);

impl Rng {
    pub(super) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A number from 0 to `bound` - 1. Scales instead of taking the remainder: no loop, and a bias below 2^-40 for
    /// the bounds used here. A bound of 0 gives 0.
    pub(super) fn below(&mut self, bound: u64) -> u64 {
        let scaled = u128::from(self.number()) * u128::from(bound);
        u64::try_from(scaled >> 64).expect("a product of two 64-bit numbers shifted by 64 fits 64 bits")
    }

    /// True for that share of the calls.
    pub(super) fn happens(&mut self, share: Share) -> bool {
        self.below(Share::WHOLE) < share.per_100_000()
    }

    /// One of the items, each as likely as the others.
    pub(super) fn one_of<T: Copy>(&mut self, items: &[T]) -> T {
        let place = self.below(items.len() as u64);
        items[usize::try_from(place).expect("a place in a slice fits usize")]
    }
}

/// Scatters the bits of a number; neighbours come out unlike each other.
pub(super) fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_the_published_one() {
        let mut rng = Rng::seeded(1_234_567);
        let first = [rng.number(), rng.number(), rng.number()];
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn a_number_stays_below_its_bound_and_reaches_every_value() {
        let mut rng = Rng::seeded(7);
        let mut seen = [0_u32; 6];
        for _ in 0..6_000 {
            seen[usize::try_from(rng.below(6)).unwrap()] += 1;
        }
        assert!(seen.iter().all(|count| (850..1_150).contains(count)), "{seen:?}");
    }
}
