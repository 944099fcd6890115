//! How often the rule for possible duplicates finds the account that somebody has, and how often it offers one that is
//! somebody else's: invented people make an account, and another with a slip.

mod accounts;
mod chance;
mod names;
mod people;
mod report;
mod slips;

use identity::name::NameError;

use crate::accounts::{Accounts, Number};
use crate::chance::Chance;
use crate::people::{Person, SignUp};
use crate::report::Tally;
use crate::slips::{SLIPS, slips};

/// So many people, and the same ones in every run with this seed.
pub const PEOPLE: usize = 200_000;
pub const SEED: u64 = 1;

/// One in so many people is a twin.
const TWINS: usize = 30;

/// The figures as Markdown.
pub fn figures(count: usize, seed: u64) -> Result<String, NameError> {
    let mut chance = Chance::seeded(seed);
    let mut accounts = Accounts::default();
    let people = people(count, &mut chance);
    let mut owners: Vec<(Person, SignUp, Number)> = Vec::with_capacity(people.len());
    for person in people {
        let typed = person.signs_up(&mut chance);
        let number = accounts.make(&typed)?;
        owners.push((person, typed, number));
    }
    let mut kinds: Vec<Tally> = SLIPS.iter().map(|(name, _)| Tally::named(name)).collect();
    for (person, first, own) in &owners {
        let (kind, again) = slipped(person, first, &mut chance);
        kinds[kind].count(&accounts.offered(&again)?, Some(*own));
    }
    let mut strangers = Tally::named("has no account yet");
    for _ in 0..count {
        let person = newcomer(&owners, &mut chance);
        strangers.count(&accounts.offered(&person.signs_up(&mut chance))?, None);
    }
    Ok(report::markdown(&kinds, &strangers))
}

fn people(count: usize, chance: &mut Chance) -> Vec<Person> {
    let mut people: Vec<Person> = Vec::with_capacity(count);
    while people.len() < count {
        let person = Person::draw(chance);
        if chance.once_in(TWINS / 2) {
            people.push(person.twin(chance));
        }
        people.push(person);
    }
    people
}

/// Somebody without an account. A twin may be one of those who have one.
fn newcomer(owners: &[(Person, SignUp, Number)], chance: &mut Chance) -> Person {
    if chance.once_in(TWINS) { chance.one_of(owners).0.twin(chance) } else { Person::draw(chance) }
}

/// A slip of any kind that is possible with this name, each as likely as the other.
fn slipped(person: &Person, first: &SignUp, chance: &mut Chance) -> (usize, SignUp) {
    loop {
        let kind = chance.below(SLIPS.len());
        if let Some(again) = slips(kind, person, first, chance) {
            return (kind, again);
        }
    }
}
