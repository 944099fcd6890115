//! Likeness: when two people are possibly the same, so that the account of one is offered to the other.
//!
//! Their dates of birth are equal, their family names are equal, or equal once the barrels of one change places, and
//! their given names are equal or nicknames of each other. Case, accents, apostrophes, hyphens and spaces make no
//! difference, and middle names do not count. It is enough to offer an account and never enough to give it: a code
//! still proves whose it is.
//!
//! A look-up by index goes by [`Keys`]. People who are alike always share the family key, and the given key of one is
//! among the [`given_keys`] of the other; [`alike`] decides about the few that an index finds.

mod family;
mod nicknames;
#[cfg(test)]
mod tests;

use crate::date_of_birth::DateOfBirth;
use crate::name::PersonName;

/// Goes up whenever the same name gets other [`Keys`] than before: then those that are stored have to be made again.
pub const KEYS_VERSION: i32 = 1;

/// What a database keeps of a name, to find it by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Keys {
    pub family: String,
    pub given: String,
}

impl Keys {
    pub fn of(name: &PersonName) -> Keys {
        Keys { family: family::key(&name.last), given: name.first.folded() }
    }
}

/// The given keys of everybody whose given name is like this one: its own first, and those of its nicknames.
pub fn given_keys(name: &PersonName) -> Vec<String> {
    let own = name.first.folded();
    let others = nicknames::of(&own).into_iter().map(str::to_owned);
    std::iter::once(own.clone()).chain(others).collect()
}

/// Whether two names are possibly one person's.
pub fn alike(one: &PersonName, other: &PersonName) -> bool {
    let (given, other_given) = (one.first.folded(), other.first.folded());
    let given_alike = given == other_given || nicknames::of(&given).contains(other_given.as_str());
    given_alike && family::alike(&one.last, &other.last)
}

/// Whether two people, of whom no more is known, are possibly the same.
pub fn possibly_same(one: (&PersonName, DateOfBirth), other: (&PersonName, DateOfBirth)) -> bool {
    one.1 == other.1 && alike(one.0, other.0)
}
