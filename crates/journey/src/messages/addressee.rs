//! Whom a letter is written to.

use identity::account::Account;
use identity::client::Client;
use identity::name::PersonName;
use identity::preferred_name::PreferredName;
use serde::Serialize;

/// How a person is greeted, and which service the letter is about.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Addressee {
    pub(super) name: Option<String>,
    pub(super) client_name: Option<String>,
}

impl Addressee {
    pub fn of(account: &Account) -> Addressee {
        Addressee::named(account.preferred_name.as_ref(), &account.official_name)
    }

    /// By the preferred name, else by the official one. A name that a mail program would make a link of is not repeated:
    /// anybody may type one, and the letter says that it is from us.
    pub fn named(preferred: Option<&PreferredName>, official: &PersonName) -> Addressee {
        let names = [preferred.map(ToString::to_string), Some(official.short())];
        let name = names.into_iter().flatten().find(|name| !reads_as_address(name));
        Addressee { name, client_name: None }
    }

    /// The service that the person came from.
    #[must_use]
    pub fn at(self, client: &Client) -> Addressee {
        Addressee { client_name: Some(client.name.clone()), ..self }
    }
}

/// Is there an "@" or "/" in it, or a full stop between letters, as in "example.com" but not in "J.R. Hartley"?
pub(super) fn reads_as_address(name: &str) -> bool {
    let stops = ['.', '\u{3002}', '\u{FF0E}', '\u{FF61}'];
    let is_domain = |word: &str| {
        let mut labels = word.split(stops);
        labels.next().is_some_and(|first| !first.is_empty()) && labels.any(|label| label.chars().count() > 1)
    };
    name.contains(['@', '/', '\\', '\u{FF20}', '\u{FF0F}']) || name.split_whitespace().any(is_domain)
}

#[cfg(test)]
mod tests {
    use identity::name::NamePart;

    use super::*;

    fn greeted(preferred: Option<&str>, first: &str, last: &str) -> Option<String> {
        let preferred = preferred.map(|name| PreferredName::parse(name).unwrap());
        let part = |text| NamePart::parse(text).unwrap();
        Addressee::named(preferred.as_ref(), &PersonName { first: part(first), middle: None, last: part(last) }).name
    }

    #[test]
    fn people_are_greeted_by_the_preferred_name_else_by_the_official_one() {
        assert_eq!(greeted(Some("Mo"), "Morgan", "Newcombe").as_deref(), Some("Mo"));
        assert_eq!(greeted(None, "Morgan", "Newcombe").as_deref(), Some("Morgan Newcombe"));
        assert_eq!(greeted(Some("Mr J.R. Hartley Jr."), "J", "Hartley").as_deref(), Some("Mr J.R. Hartley Jr."));
    }

    #[test]
    fn a_name_that_reads_as_an_address_is_not_repeated() {
        for name in ["Win at evil.example", "https://evil", "www.evil.example", "a@evil.example", "evil。example"] {
            assert_eq!(greeted(Some(name), "Morgan", "Newcombe").as_deref(), Some("Morgan Newcombe"), "{name}");
            assert_eq!(greeted(Some(name), name, "Newcombe"), None, "{name}");
        }
    }
}
