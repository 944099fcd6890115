//! Invented people: what they are called, and when they were born. One in thirty has a twin, with an account too.

use std::sync::LazyLock;

use chrono::{Days, NaiveDate};

use crate::chance::Chance;
use crate::names::{BACKS, COMMON, FRONTS, MEN, RARE, WOMEN};

/// One given name and its short forms.
type Given = Vec<&'static str>;

static GIVEN: LazyLock<[Vec<Given>; 2]> =
    LazyLock::new(|| [WOMEN, MEN].map(|names| names.lines().map(|line| line.split(' ').collect()).collect()));
static FAMILY: LazyLock<[Vec<&'static str>; 2]> =
    LazyLock::new(|| [COMMON.split(' ').collect(), RARE.split('|').collect()]);

#[derive(Clone)]
pub(crate) struct Person {
    pub given: &'static Given,
    pub middle: &'static str,
    pub family: String,
    pub born: NaiveDate,
}

/// What somebody types into the boxes that count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SignUp {
    pub first: String,
    pub last: String,
    /// The family name that they had before; empty for those who say that there was none.
    pub previous: String,
    pub born: NaiveDate,
}

impl Person {
    pub(crate) fn draw(chance: &mut Chance) -> Person {
        let family = family_name(chance);
        // From 1955 to 2002.
        let first = NaiveDate::from_ymd_opt(1955, 1, 1).unwrap_or_default();
        let born = first + Days::new(chance.below(48 * 365) as u64);
        Person::of_family(family, born, chance)
    }

    pub(crate) fn twin(&self, chance: &mut Chance) -> Person {
        loop {
            let twin = Person::of_family(self.family.clone(), self.born, chance);
            if twin.given != self.given {
                return twin;
            }
        }
    }

    fn of_family(family: String, born: NaiveDate, chance: &mut Chance) -> Person {
        let names = &GIVEN[chance.below(2)];
        let (given, middle) = (chance.an_early_one_of(names), chance.an_early_one_of(names)[0]);
        Person { given, middle, family, born }
    }

    /// One in eight gives the name that they are called by, and the others the one on their papers.
    pub(crate) fn signs_up(&self, chance: &mut Chance) -> SignUp {
        let called = if chance.once_in(8) { chance.one_of(self.given) } else { &self.given[0] };
        SignUp { first: (*called).to_owned(), last: self.family.clone(), previous: String::new(), born: self.born }
    }
}

pub(crate) fn family_name(chance: &mut Chance) -> String {
    match chance.below(12) {
        0 => format!("{}-{}", one_barrel(chance), one_barrel(chance)),
        _ => one_barrel(chance),
    }
}

pub(crate) fn one_barrel(chance: &mut Chance) -> String {
    match chance.below(10) {
        0..4 => (*chance.an_early_one_of(&FAMILY[0])).to_owned(),
        4 => (*chance.one_of(&FAMILY[1])).to_owned(),
        _ => format!("{}{}", chance.one_of(&FRONTS), chance.one_of(&BACKS)),
    }
}
