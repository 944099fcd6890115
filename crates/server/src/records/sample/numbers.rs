//! TRNs and National Insurance numbers, unique by construction. The named personas have a range of each to themselves.

use super::permutation::Permutation;
use super::rng::Rng;

/// The first TRN that the generator may give; those below belong to the personas.
pub(super) const FIRST_TRN: u64 = 1_001_000;
const LAST_TRN: u64 = 9_999_999;
/// How many records an extract can hold besides the personas.
pub(super) const MOST_RECORDS: u64 = LAST_TRN - FIRST_TRN + 1;

/// The prefix of the personas' NINOs; the generator never uses it.
pub(super) const PERSONA_PREFIX: &str = "YZ";
/// Letters that HMRC uses in a prefix; the second may not be O either.
const PREFIX_LETTERS: &str = "ABCEGHJKLMNOPRSTWXYZ";
/// Prefixes that HMRC keeps out of use.
const UNUSED_PREFIXES: [&str; 7] = ["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"];
const SUFFIXES: [char; 4] = ['A', 'B', 'C', 'D'];
const NUMBERS_PER_PREFIX: u64 = 1_000_000;

/// Gives every TRN at most once.
pub(super) struct Trns {
    order: Permutation,
    given: u64,
}

impl Trns {
    pub(super) fn new(rng: &mut Rng) -> Self {
        Self { order: Permutation::new(MOST_RECORDS, rng), given: 0 }
    }

    /// Panics past `MOST_RECORDS`: `write` refuses a plan that could get there.
    pub(super) fn next(&mut self) -> u64 {
        let trn = FIRST_TRN + self.order.at(self.given);
        self.given += 1;
        trn
    }
}

/// Gives every NINO at most once, also when the suffix letter is left out of the comparison.
pub(super) struct Ninos {
    prefixes: Vec<String>,
    order: Permutation,
    given: u64,
}

impl Ninos {
    pub(super) fn new(rng: &mut Rng) -> Self {
        let prefixes = prefixes();
        let order = Permutation::new(prefixes.len() as u64 * NUMBERS_PER_PREFIX, rng);
        Self { prefixes, order, given: 0 }
    }

    pub(super) fn next(&mut self, rng: &mut Rng) -> String {
        let number = self.order.at(self.given);
        self.given += 1;
        let place = usize::try_from(number / NUMBERS_PER_PREFIX).expect("there are some 400 prefixes");
        format!("{}{:06}{}", self.prefixes[place], number % NUMBERS_PER_PREFIX, rng.one_of(&SUFFIXES))
    }
}

fn prefixes() -> Vec<String> {
    let pairs = PREFIX_LETTERS.chars().flat_map(|first| {
        PREFIX_LETTERS.chars().filter(|second| *second != 'O').map(move |second| format!("{first}{second}"))
    });
    pairs.filter(|pair| pair != PERSONA_PREFIX && !UNUSED_PREFIXES.contains(&pair.as_str())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefixes_are_those_in_use_without_the_personas_own() {
        let prefixes = prefixes();
        assert_eq!(prefixes.len(), 20 * 19 - UNUSED_PREFIXES.len() - 1);
        assert!(!prefixes.iter().any(|prefix| prefix == PERSONA_PREFIX || prefix.ends_with('O')));
    }
}
