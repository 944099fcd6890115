//! Why somebody is back without having proved who they are, and what they can do.

use identity::one_login::NotProved;
use url::form_urlencoded;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// They did not want to, or One Login could not prove who they are.
    Declined,
    /// What came back cannot be believed.
    Refused,
    Unavailable,
    /// Nobody we know, and the address was not confirmed there.
    Unconfirmed,
    TooSoon,
}

impl Trouble {
    pub(crate) const ALL: [Trouble; 5] =
        [Trouble::Declined, Trouble::Refused, Trouble::Unavailable, Trouble::Unconfirmed, Trouble::TooSoon];

    /// In the address of the page, and in metrics.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Trouble::Declined => "declined",
            Trouble::Refused => "refused",
            Trouble::Unavailable => "unavailable",
            Trouble::Unconfirmed => "unconfirmed",
            Trouble::TooSoon => "too-soon",
        }
    }

    /// What the page says. It ends with what to do.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Trouble::Declined => {
                "You did not sign in with GOV.UK One Login. You can try again, or enter your email address to get a code."
            }
            Trouble::Refused => {
                "We could not use what GOV.UK One Login told us. Enter your email address to get a code instead."
            }
            Trouble::Unavailable => {
                "We cannot reach GOV.UK One Login at the moment. Enter your email address to get a code instead."
            }
            Trouble::Unconfirmed => {
                "GOV.UK One Login has not confirmed your email address. Enter your email address to get a code instead."
            }
            Trouble::TooSoon => {
                "There were too many tries. Enter your email address to get a code, or try again in a few minutes."
            }
        }
    }

    /// What the address of the page says. Whoever makes one up reads nothing but these words.
    pub(crate) fn told(query: &str) -> Option<Trouble> {
        let (_, told) = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "one-login")?;
        Trouble::ALL.into_iter().find(|trouble| trouble.as_str() == told)
    }
}

impl From<&NotProved> for Trouble {
    fn from(why: &NotProved) -> Trouble {
        match why {
            NotProved::Unavailable(_) => Trouble::Unavailable,
            NotProved::CodeRefused | NotProved::Distrusted(_) => Trouble::Refused,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trouble_says_what_to_do_and_is_told_by_the_address() {
        for trouble in Trouble::ALL {
            assert!(trouble.words().contains("nter your email address"), "{trouble:?}");
            assert_eq!(Trouble::told(&format!("a=b&one-login={}", trouble.as_str())), Some(trouble));
        }
        assert_eq!(Trouble::told("one-login=<script>"), None);
        assert_eq!(Trouble::told(""), None);
    }
}
