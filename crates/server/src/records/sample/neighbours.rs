//! People who have something in common with somebody earlier in the file. Only a few of the latest are remembered, so
//! that memory does not grow.

use chrono::NaiveDate;

use super::name::PersonName;
use super::record::Record;
use super::rng::Rng;
use super::shares as share;

const REMEMBERED: usize = 200;

/// What is remembered of an earlier person.
#[derive(Clone)]
pub(super) struct Neighbour {
    pub(super) name: PersonName,
    pub(super) born: NaiveDate,
    /// Empty when they have none.
    pub(super) email: String,
}

/// What a person shares with an earlier one.
pub(super) enum Tie {
    /// Name and date of birth, and nothing else.
    Namesake(Neighbour),
    /// Family name and email address.
    Spouse(Neighbour),
}

/// The latest people, in no order.
#[derive(Default)]
pub(super) struct Neighbours(Vec<Neighbour>);

impl Neighbours {
    pub(super) fn tie(&self, rng: &mut Rng) -> Option<Tie> {
        let chance = rng.below(share::Share::WHOLE);
        let namesake = share::NAMESAKE.per_100_000();
        if self.0.is_empty() || chance >= namesake + share::SPOUSE.per_100_000() {
            return None;
        }
        let place = rng.below(self.0.len() as u64);
        let other = self.0[usize::try_from(place).expect("a place in a list fits usize")].clone();
        if chance < namesake {
            return Some(Tie::Namesake(other));
        }
        (!other.email.is_empty()).then_some(Tie::Spouse(other))
    }

    /// Takes the place of somebody else once the memory is full.
    pub(super) fn remember(&mut self, person: &Record, rng: &mut Rng) {
        let email = person.emails.first().cloned().unwrap_or_default();
        let neighbour = Neighbour { name: person.name.clone(), born: person.born, email };
        if self.0.len() < REMEMBERED {
            self.0.push(neighbour);
        } else {
            let place = rng.below(REMEMBERED as u64);
            self.0[usize::try_from(place).expect("a place in a list fits usize")] = neighbour;
        }
    }
}
