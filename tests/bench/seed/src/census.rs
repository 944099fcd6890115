//! What is true of a record only in view of all others: that nobody else has its address, and that nobody is like its
//! person. Kept as hashes, so that millions of people fit into memory.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::likeness::{Keys, given_keys};
use identity::record::TeachingRecord;

/// Addresses at schools are handed on, and the generator gives them domains of this kind.
const SCHOOLS: &str = ".example";

#[derive(Default)]
pub(crate) struct Census {
    addresses: Tally,
    people: Tally,
    /// How many records can be matched.
    pub(crate) current: usize,
}

impl Census {
    pub(crate) fn of(extract: impl Iterator<Item = TeachingRecord>) -> Census {
        let mut census = Census::default();
        for record in extract {
            census.current += usize::from(record.is_current());
            record.emails.iter().for_each(|email| census.addresses.count(&email.canonical()));
            census.people.count(&(record.date_of_birth, Keys::of(&record.name)));
        }
        census
    }

    /// The address on the record that is the person's alone.
    pub(crate) fn own_address(&self, record: &TeachingRecord) -> Option<Email> {
        let is_own = |email: &&Email| !email.domain().ends_with(SCHOOLS) && self.addresses.of(&email.canonical()) == 1;
        record.emails.iter().find(is_own).cloned()
    }

    /// Whose record it is can register with their address, their name and their date of birth, and is asked nothing
    /// more: no other record can be theirs, and no account either.
    pub(crate) fn is_found_at_once(&self, record: &TeachingRecord) -> bool {
        record.is_current() && self.own_address(record).is_some() && self.is_like_nobody(record)
    }

    fn is_like_nobody(&self, record: &TeachingRecord) -> bool {
        let (born, family): (DateOfBirth, String) = (record.date_of_birth, Keys::of(&record.name).family);
        let keys = given_keys(&record.name).into_iter().map(|given| Keys { family: family.clone(), given });
        keys.map(|keys| self.people.of(&(born, keys))).sum::<u32>() == 1
    }
}

/// How often each thing was counted.
#[derive(Default)]
struct Tally(HashMap<u64, u32>);

impl Tally {
    fn count(&mut self, thing: &impl Hash) {
        *self.0.entry(hash(thing)).or_default() += 1;
    }

    fn of(&self, thing: &impl Hash) -> u32 {
        self.0.get(&hash(thing)).copied().unwrap_or_default()
    }
}

/// The same in every run. Two things of one hash are taken for one thing, and then somebody is left out of a list.
fn hash(thing: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    thing.hash(&mut hasher);
    hasher.finish()
}
