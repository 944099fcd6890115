//! Numbers that never repeat, without remembering any: a seeded permutation of 0..size. A Feistel network permutes the
//! next even number of bits, and a result outside the range is sent round again until it falls inside (cycle walking).

use super::rng::{Rng, mix};

const ROUNDS: usize = 4;

/// Gives each of 0..size exactly once when asked for 0, 1, 2 and so on.
pub(super) struct Permutation {
    size: u64,
    half_bits: u32,
    keys: [u64; ROUNDS],
}

impl Permutation {
    /// `size` is at least 1. The keys come from the generator, so two permutations of one seed differ.
    pub(super) fn new(size: u64, rng: &mut Rng) -> Self {
        let bits = u64::BITS - (size - 1).leading_zeros();
        Self { size, half_bits: bits.div_ceil(2).max(1), keys: std::array::from_fn(|_| rng.number()) }
    }

    /// Where `place` goes. Panics when `place` is outside the range: two places would share a number.
    pub(super) fn at(&self, place: u64) -> u64 {
        assert!(place < self.size, "place {place} is outside a permutation of {}", self.size);
        let mut number = self.scramble(place);
        while number >= self.size {
            number = self.scramble(number);
        }
        number
    }

    fn scramble(&self, number: u64) -> u64 {
        let mask = (1 << self.half_bits) - 1;
        let (mut left, mut right) = (number >> self.half_bits, number & mask);
        for key in self.keys {
            (left, right) = (right, left ^ (mix(right ^ key) & mask));
        }
        (left << self.half_bits) | right
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_of_the_range_comes_exactly_once() {
        for size in [1, 2, 3, 10, 1_000, 65_537] {
            let permutation = Permutation::new(size, &mut Rng::seeded(size));
            let mut numbers: Vec<_> = (0..size).map(|place| permutation.at(place)).collect();
            numbers.sort_unstable();
            assert!(numbers.into_iter().eq(0..size), "size {size}");
        }
    }

    #[test]
    #[should_panic(expected = "outside a permutation")]
    fn a_place_outside_the_range_is_refused() {
        Permutation::new(10, &mut Rng::seeded(1)).at(10);
    }
}
