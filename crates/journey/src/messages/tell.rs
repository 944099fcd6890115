//! How values are told to a person: a date in words, a name in full, and only in part what should not lie in a mailbox.

use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::name::PersonName;
use identity::nino::Nino;
use identity::secret::Plain;
use serde::{Serialize, Serializer};

pub(super) fn name<S: Serializer>(name: &Option<PersonName>, serializer: S) -> Result<S::Ok, S::Error> {
    name.as_ref().map(PersonName::full).serialize(serializer)
}

pub(super) fn date<S: Serializer>(date: &Option<DateOfBirth>, serializer: S) -> Result<S::Ok, S::Error> {
    date.map(|date| date.date().format("%-d %B %Y").to_string()).serialize(serializer)
}

/// The last two characters.
pub(super) fn end<S: Serializer>(nino: &Option<Nino>, serializer: S) -> Result<S::Ok, S::Error> {
    nino.as_ref().map(|nino| &nino.as_str()[nino.as_str().len() - 2..]).serialize(serializer)
}

pub(super) fn redacted<S: Serializer>(email: &Option<Email>, serializer: S) -> Result<S::Ok, S::Error> {
    email.as_ref().map(Email::redacted).serialize(serializer)
}

pub(super) fn exposed<S: Serializer>(code: &Plain, serializer: S) -> Result<S::Ok, S::Error> {
    code.expose().serialize(serializer)
}
