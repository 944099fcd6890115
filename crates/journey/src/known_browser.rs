//! Browsers that have proved an address before. Each has budgets of its own for that address, so that nobody who spends
//! those of strangers keeps its owner out.
//!
//! The cookie is a random token and, for each of the last addresses or numbers, a keyed hash of token and address. It shows to us
//! alone which addresses they are, and only once one of them is typed; whether there is an account plays no part.

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};
use identity::address::Address;
use identity::random::Random;
use identity::secret::{HashKey, Hashed, Plain, Purpose};

use crate::Journeys;
use crate::load::Visit;

/// So many addresses a browser is known for; the one proved longest ago is dropped for the next.
const ADDRESSES: usize = 5;
/// Characters of a token and of a hash: 256 bits in base64url.
const LENGTH: usize = 43;
const LIFETIME: Duration = Duration::days(365);

#[derive(Clone, Debug)]
pub(crate) struct KnownBrowser {
    token: Plain,
    /// The one proved last comes first.
    proved: Vec<Hashed>,
}

impl KnownBrowser {
    /// Reads the cookie. One that is not as we write it is as good as none.
    pub(crate) fn read(request: &HttpRequest, secure: bool) -> Option<KnownBrowser> {
        let cookie = request.cookie(known_browser_cookie_name(secure))?;
        let parts: Vec<&str> = cookie.value().split('.').collect();
        let ours = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let sound = |part: &&str| part.len() == LENGTH && part.bytes().all(ours);
        let (token, proved) = parts.split_first()?;
        if proved.len() > ADDRESSES || !parts.iter().all(sound) {
            return None;
        }
        Some(KnownBrowser {
            token: Plain::new(*token),
            proved: proved.iter().map(|hash| Hashed::from_stored(*hash)).collect(),
        })
    }

    /// What the budgets of this browser for this address are counted under, if it has proved it.
    pub(crate) fn of(&self, address: &Address, key: &HashKey) -> Option<Hashed> {
        let hash = self.hash(address, key);
        self.proved.iter().any(|proved| proved.matches(&hash)).then_some(hash)
    }

    /// This browser, or a new one, once it has proved the address.
    pub(crate) fn proving(before: Option<&Self>, address: &Address, key: &HashKey, random: &Random) -> KnownBrowser {
        let mut known = before.cloned().unwrap_or_else(|| KnownBrowser { token: random.token(), proved: Vec::new() });
        let hash = known.hash(address, key);
        known.proved.retain(|proved| !proved.matches(&hash));
        known.proved.insert(0, hash);
        known.proved.truncate(ADDRESSES);
        known
    }

    fn hash(&self, address: &Address, key: &HashKey) -> Hashed {
        key.hash(Purpose::KnownBrowser, address.key(), &self.token)
    }

    pub(crate) fn cookie(&self, secure: bool) -> Cookie<'static> {
        let parts: Vec<&str> =
            std::iter::once(self.token.expose()).chain(self.proved.iter().map(Hashed::as_str)).collect();
        Cookie::build(known_browser_cookie_name(secure), parts.join("."))
            .path("/")
            .max_age(LIFETIME)
            .secure(secure)
            .http_only(true)
            .same_site(SameSite::Lax)
            .finish()
    }
}

impl Journeys {
    /// The cookie for a browser that has just proved an address.
    pub(crate) fn known_browser(&self, visit: &Visit, address: &Address) -> Cookie<'static> {
        let known = KnownBrowser::proving(visit.asker.known.as_ref(), address, &self.hash_key, &self.random);
        known.cookie(self.settings.secure_cookies)
    }
}

/// The cookie of browsers that have proved an address.
pub fn known_browser_cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-gai_known_browser" } else { "gai_known_browser" }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;
    use identity::email::Email;

    use super::*;

    fn key() -> HashKey {
        HashKey::new(&[1; 32])
    }

    fn address(text: &str) -> Address {
        Email::parse(text).unwrap().into()
    }

    fn read(value: &str) -> Option<KnownBrowser> {
        let request = TestRequest::get().cookie(Cookie::new("gai_known_browser", value.to_owned())).to_http_request();
        KnownBrowser::read(&request, false)
    }

    #[test]
    fn a_browser_is_known_for_the_last_five_addresses_that_it_proved() {
        let (random, mut known) = (Random::seeded(1), None);
        for number in 1..=6 {
            let email = address(&format!("jane{number}@example.com"));
            known = Some(KnownBrowser::proving(known.as_ref(), &email, &key(), &random));
        }
        let again = read(known.unwrap().cookie(false).value()).unwrap();
        assert!(again.of(&address("jane1@example.com"), &key()).is_none());
        for number in 2..=6 {
            assert!(again.of(&address(&format!("JANE{number}@example.com")), &key()).is_some(), "{number}");
        }
        let again = KnownBrowser::proving(Some(&again), &address("jane2@example.com"), &key(), &random);
        assert_eq!(again.proved.len(), 5, "an address proved again is not a further one");
    }

    #[test]
    fn a_browser_is_not_known_for_what_another_proved_or_under_another_key() {
        let random = Random::seeded(1);
        let jane = address("jane@example.com");
        let [one, other] = [(); 2].map(|()| KnownBrowser::proving(None, &jane, &key(), &random));
        assert_ne!(one.of(&jane, &key()), other.of(&jane, &key()), "each has budgets of its own");
        let mixed = KnownBrowser { token: one.token.clone(), proved: other.proved };
        assert_eq!(mixed.of(&jane, &key()), None);
        assert_eq!(one.of(&jane, &HashKey::new(&[2; 32])), None);
    }

    #[test]
    fn a_cookie_that_cannot_be_read_counts_as_absent() {
        let part = "a".repeat(LENGTH);
        assert!(read(&part).is_some_and(|known| known.proved.is_empty()));
        let six = [part.as_str(); ADDRESSES + 2].join(".");
        for value in ["", ".", "a", &format!("{part}."), &format!("{part}.b"), &"!".repeat(LENGTH), &six] {
            assert!(read(value).is_none(), "{value:?}");
        }
    }

    #[test]
    fn over_https_the_cookie_is_bound_to_the_host() {
        let known = KnownBrowser { token: Plain::new("t"), proved: vec![Hashed::from_stored("h")] };
        let text = known.cookie(true).to_string();
        assert_eq!(text, "__Host-gai_known_browser=t.h; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=31536000");
    }
}
