//! The accounts that there are, found as the store finds them: by date of birth and by the keys of names.

use std::collections::HashMap;

use identity::date_of_birth::DateOfBirth;
use identity::likeness::{Keys, alike, given_keys};
use identity::matching::StatedName;
use identity::name::{NameError, NamePart, PersonName, PreviousName};

use crate::people::SignUp;

/// An account, by its place in the order in which they were made.
pub(crate) type Number = usize;

#[derive(Default)]
pub(crate) struct Accounts {
    names: Vec<PersonName>,
    found: HashMap<(DateOfBirth, Keys), Vec<Number>>,
}

impl Accounts {
    pub(crate) fn make(&mut self, typed: &SignUp) -> Result<Number, NameError> {
        let name = name(typed)?;
        let number = self.names.len();
        self.found.entry((DateOfBirth::new(typed.born), Keys::of(&name))).or_default().push(number);
        self.names.push(name);
        Ok(number)
    }

    /// Those that would be offered.
    pub(crate) fn offered(&self, typed: &SignUp) -> Result<Vec<Number>, NameError> {
        let last = Some(typed.previous.as_str()).filter(|previous| !previous.is_empty()).map(NamePart::parse);
        let previous = last.transpose()?.map(|last| PreviousName { first: None, last: Some(last) });
        let stated = StatedName { current: name(typed)?, previous };
        let born = DateOfBirth::new(typed.born);
        let mut found: Vec<Number> = stated.names().iter().flat_map(|name| self.of_a_name_like(name, born)).collect();
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    fn of_a_name_like(&self, name: &PersonName, born: DateOfBirth) -> Vec<Number> {
        let family = Keys::of(name).family;
        let keys = given_keys(name).into_iter().map(|given| (born, Keys { family: family.clone(), given }));
        let found = keys.filter_map(|keys| self.found.get(&keys)).flatten().copied();
        found.filter(|number| alike(&self.names[*number], name)).collect()
    }
}

fn name(typed: &SignUp) -> Result<PersonName, NameError> {
    Ok(PersonName { first: NamePart::parse(&typed.first)?, middle: None, last: NamePart::parse(&typed.last)? })
}
