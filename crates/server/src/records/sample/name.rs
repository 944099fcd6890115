//! A person's names, in the shapes that names have on real records.

use super::name_lists::{NameLists, Origin, Weighted};
use super::rng::Rng;
use super::shares as share;
use super::spelling::without_accents;

/// The names of one person as the record has them.
#[derive(Clone)]
pub(super) struct PersonName {
    pub(super) given: String,
    pub(super) middle: String,
    pub(super) family: String,
    /// Given and family name, oldest first.
    pub(super) previous: Vec<(String, String)>,
}

impl NameLists {
    /// Draws somebody's names: given and family name mostly of one origin, because most people's are.
    pub(super) fn person(&self, rng: &mut Rng) -> PersonName {
        let origin = self.origins.draw(rng);
        let other = if rng.happens(share::MIXED_ORIGIN) { self.origins.draw(rng) } else { origin };
        let woman = rng.happens(share::WOMEN);
        let given_names = if woman { &origin.women } else { &origin.men };
        let given = given_name(given_names, rng);
        let mut name = PersonName {
            middle: middle_name(given_names, &given, rng),
            previous: Vec::new(),
            family: family_name(other, origin, rng),
            given,
        };
        let changed = if woman { share::WOMAN_CHANGED_NAME } else { share::MAN_CHANGED_NAME };
        if rng.happens(changed) {
            name.previous = previous_names(&name, origin, rng);
        }
        name.recorded(rng)
    }
}

impl PersonName {
    /// What record keeping does to names: lost accents, typographic apostrophes, capitals throughout.
    fn recorded(mut self, rng: &mut Rng) -> Self {
        if !self.is_plain() && rng.happens(share::ACCENTS_LOST) {
            self.respell(without_accents);
        }
        if self.family.contains('\'') && rng.happens(share::CURLY_APOSTROPHE) {
            self.respell(|name| name.replace('\'', "\u{2019}"));
        }
        if rng.happens(share::UPPER_CASE) {
            self.respell(str::to_uppercase);
        }
        self
    }

    fn is_plain(&self) -> bool {
        self.given.is_ascii() && self.middle.is_ascii() && self.family.is_ascii()
    }

    fn respell(&mut self, spelling: impl Fn(&str) -> String) {
        for name in [&mut self.given, &mut self.middle, &mut self.family] {
            *name = spelling(name);
        }
    }
}

fn given_name(names: &Weighted<&'static str>, rng: &mut Rng) -> String {
    let given = *names.draw(rng);
    if rng.happens(share::INITIAL_ONLY) {
        return given.chars().take(1).collect();
    }
    if rng.happens(share::DOUBLE_BARRELLED_GIVEN) {
        return joined(given, names.draw(rng));
    }
    given.to_owned()
}

fn middle_name(names: &Weighted<&'static str>, given: &str, rng: &mut Rng) -> String {
    let middle = *names.draw(rng);
    if middle == given || !rng.happens(share::MIDDLE_NAME) {
        return String::new();
    }
    if rng.happens(share::SECOND_MIDDLE_NAME) { format!("{middle} {}", names.draw(rng)) } else { middle.to_owned() }
}

fn family_name(origin: &Origin, other: &Origin, rng: &mut Rng) -> String {
    let family = *origin.family.draw(rng);
    if rng.happens(share::DOUBLE_BARRELLED_FAMILY) {
        return joined(family, other.family.draw(rng));
    }
    family.to_owned()
}

/// Double-barrelled, unless that would join a name to itself or to one that has two parts already.
fn joined(first: &str, second: &str) -> String {
    let one_part = |name: &str| !name.contains(['-', ' ']);
    if first != second && one_part(first) && one_part(second) { format!("{first}-{second}") } else { first.to_owned() }
}

/// The names before the present one: mostly the family name of before a marriage.
fn previous_names(now: &PersonName, origin: &Origin, rng: &mut Rng) -> Vec<(String, String)> {
    let times = if rng.happens(share::CHANGED_TWICE) { 2 } else { 1 };
    let mut previous = Vec::with_capacity(times);
    for _ in 0..times {
        let family = family_name(origin, origin, rng);
        let given_too = rng.happens(share::GIVEN_NAME_CHANGED_TOO);
        let given = if given_too { (*origin.women.draw(rng)).to_owned() } else { now.given.clone() };
        if family != now.family {
            previous.push((given, family));
        }
    }
    previous
}
