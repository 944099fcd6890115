//! Chance from a seed: the same numbers in every run, on every machine, whatever becomes of anybody's library.

/// SplitMix64: quick, and even enough to invent people with.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn seeded(seed: u64) -> Chance {
        Chance(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to one less than the count, which is small: nobody sees the unevenness.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.next() % count as u64) as usize
    }

    /// Once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// The nearer to the start, the oftener: the first of a hundred comes some ten times as often as the middle one.
    pub(crate) fn an_early_one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let place = self.below(all.len());
        let place = place * self.below(all.len()) / all.len();
        &all[place]
    }
}
