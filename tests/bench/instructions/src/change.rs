//! When a count has changed so much that somebody has to look.

/// In hundredths. Runs differ by less than one, and compilers of one version do not; a change worth knowing is larger.
const MOST_GROWTH: u64 = 10;
/// Less than the growth: what was gained and not noted would hide a loss. From just within this bound, a fifth more than
/// before is more than a tenth above what is noted.
const MOST_SHRINKAGE: u64 = 5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    AsKnown,
    Grown,
    Shrunk,
}

impl Change {
    pub(crate) fn between(known: u64, counted: u64) -> Change {
        if counted * 100 > known * (100 + MOST_GROWTH) {
            Change::Grown
        } else if counted * 100 < known * (100 - MOST_SHRINKAGE) {
            Change::Shrunk
        } else {
            Change::AsKnown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_runs_of_one_program_differ_by_is_no_change() {
        for counted in [980_000, 1_000_000, 1_020_000] {
            assert_eq!(Change::between(1_000_000, counted), Change::AsKnown);
        }
    }

    #[test]
    fn a_fifth_more_is_always_found_even_where_something_was_gained_before_and_nobody_noted_it() {
        for now in [950_000, 1_000_000, 1_100_000] {
            assert_eq!(Change::between(1_000_000, now), Change::AsKnown);
            assert_eq!(Change::between(1_000_000, now * 6 / 5), Change::Grown);
        }
    }

    #[test]
    fn a_gain_has_to_be_noted() {
        assert_eq!(Change::between(1_000_000, 949_000), Change::Shrunk);
        assert_eq!(Change::between(1_000_000, 500_000), Change::Shrunk);
    }
}
