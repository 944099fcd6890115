//! Email addresses: the syntax that GOV.UK Notify sends to, one canonical form to compare, and one way to redact.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::{MAX_CHARS, is_unseen, text_word};

/// Why an email address was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
pub enum EmailError {
    /// Nothing was typed, or nothing that can be seen.
    #[error("the email address is missing")]
    Missing,
    /// More than 200 characters, as typed or in its canonical form.
    #[error("the email address is longer than 200 characters")]
    TooLong,
    /// Not an address that a message can be sent to.
    #[error("the email address is not in the right format")]
    Malformed,
}

/// An email address. Equal, ordered and hashed by its canonical form; shown as it was typed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email {
    typed: String,
    canonical: String,
}
text_word!(Email, EmailError);

impl Email {
    /// Drops soft hyphens, zero-width and no-break characters, trims, and checks the rest. Domains in any script are
    /// accepted; addresses at an IP number, quoted local parts and comments are not.
    pub fn parse(typed: &str) -> Result<Self, EmailError> {
        let seen: String = typed.chars().filter(|c| !is_unseen(*c) && !is_no_break_space(*c)).collect();
        let seen = seen.trim();
        if seen.is_empty() {
            return Err(EmailError::Missing);
        }
        if seen.chars().count() > MAX_CHARS {
            return Err(EmailError::TooLong);
        }
        let canonical = canonical(seen).ok_or(EmailError::Malformed)?;
        if canonical.len() > MAX_CHARS {
            return Err(EmailError::TooLong);
        }
        Ok(Self { typed: seen.to_owned(), canonical })
    }

    /// The address as it was typed.
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// The form by which addresses are compared and found: lower case, and plain ASCII, a domain in another script in
    /// its `xn--` form. Dots and plus-tags are significant.
    pub fn canonical(&self) -> &str {
        &self.canonical
    }

    /// What stands before the "@", in the canonical form.
    pub fn local_part(&self) -> &str {
        self.canonical.split_once('@').map_or("", |(local, _)| local)
    }

    /// What stands after the "@", in the canonical form.
    pub fn domain(&self) -> &str {
        self.canonical.split_once('@').map_or("", |(_, domain)| domain)
    }

    /// The address as it may be shown to somebody who has yet to prove that it is theirs: see [`redact`].
    pub fn redacted(&self) -> String {
        redact(&self.typed)
    }
}

impl PartialEq for Email {
    fn eq(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }
}

impl Eq for Email {}

impl PartialOrd for Email {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Email {
    fn cmp(&self, other: &Self) -> Ordering {
        self.canonical.cmp(&other.canonical)
    }
}

impl Hash for Email {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.canonical.hash(state);
    }
}

/// Shows the first character and the end of the domain: "joe.bloggs@education.gov.uk" becomes "j****@****.gov.uk".
///
/// The kept end is the domain without its first label and without any label of more than four characters after it,
/// the last label excepted. Text without exactly one "@" shows its first character alone.
pub fn redact(address: &str) -> String {
    let Some(first) = address.chars().next() else { return String::new() };
    let mut sides = address.split('@');
    match (sides.next(), sides.next(), sides.next()) {
        (Some(_), Some(domain), None) => format!("{first}****@****{}", kept_end(domain)),
        _ => format!("{first}****"),
    }
}

fn kept_end(domain: &str) -> String {
    let mut labels: Vec<&str> = domain.split('.').skip(1).collect();
    while labels.len() > 1 && labels[0].chars().count() > 4 {
        labels.remove(0);
    }
    labels.iter().map(|label| format!(".{label}")).collect()
}

fn is_no_break_space(c: char) -> bool {
    matches!(c, '\u{00A0}' | '\u{202F}')
}

/// The canonical form, or nothing when the address is malformed.
fn canonical(address: &str) -> Option<String> {
    let (local, domain) = address.split_once('@')?;
    if !is_local_part(local) || address.contains("..") {
        return None;
    }
    let domain = ascii_domain(domain)?;
    is_domain(&domain).then(|| format!("{}@{domain}", local.to_ascii_lowercase()))
}

fn is_local_part(local: &str) -> bool {
    !local.is_empty() && local.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b))
}

/// The domain in lower-case ASCII (UTS #46). One that is ASCII already is left to [`is_domain`], because names with two
/// hyphens in a row exist and receive mail.
pub(crate) fn ascii_domain(domain: &str) -> Option<String> {
    if domain.contains(|c: char| c == '@' || c.is_whitespace() || c.is_control()) {
        None
    } else if domain.is_ascii() {
        Some(domain.to_ascii_lowercase())
    } else {
        idna::domain_to_ascii(domain).ok()
    }
}

pub(crate) fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let [_, .., last] = labels.as_slice() else { return false };
    domain.len() <= 253 && labels.iter().all(|label| is_label(label)) && is_top_level(last)
}

/// Letters and digits in groups, one hyphen or two between groups, at most 63 in all (RFC 1035, section 2.3.4).
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
        && !label.contains("---")
}

fn is_top_level(label: &str) -> bool {
    label.starts_with("xn--") || (label.len() >= 2 && label.bytes().all(|b| b.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_notify_sends_to_are_accepted() {
        for typed in [
            "email@domain.COM",
            "firstname.o'lastname@domain.com",
            "email@double--hyphen.com",
            "japanese-info@例え.テスト",
            "a@b.uk",
            "123@123.museum",
            "!#$%&'*+/=?^_`{|}~-@example.co.uk",
            "plus+tag@sub.sub.example.xn--j6w193g",
        ] {
            assert_eq!(Email::parse(typed).map(|email| email.as_str().to_owned()), Ok(typed.to_owned()));
        }
    }

    #[test]
    fn addresses_that_notify_refuses_are_malformed() {
        for typed in [
            "joe",
            "joe@",
            "@example.com",
            "joe@localhost",
            "email@123.123.123.123",
            "email@[123.123.123.123]",
            "\"quoted\"@domain.com",
            "two-dots..in-local@domain.com",
            "joe@two..dots.com",
            "joe@.example.com",
            "joe@example.com.",
            "joe@under_score.com",
            "joe@xn---something.com",
            "joe@-example.com",
            "joe@example-.com",
            "joe@example.c",
            "joe@example.c0m",
            "joe@one@two.com",
            "joe bloggs@example.com",
            "joe@exam ple.com",
            "Joe <joe@example.com>",
            "josé@example.com",
            "joe;@example.com",
            "joe@exam\0ple.com",
            "joe\n@example.com",
            "joe@例え.テスト\u{FF20}example.com",
            "😀@example.com",
        ] {
            assert_eq!(Email::parse(typed), Err(EmailError::Malformed), "{typed}");
        }
    }

    #[test]
    fn a_domain_label_has_at_most_63_characters() {
        let address = |length: usize| format!("joe@{}.com", "a".repeat(length));
        assert!(Email::parse(&address(63)).is_ok());
        assert_eq!(Email::parse(&address(64)), Err(EmailError::Malformed));
    }

    #[test]
    fn an_address_has_at_most_200_characters() {
        let address = |length: usize| format!("{}@example.com", "a".repeat(length - "@example.com".len()));
        assert!(Email::parse(&address(200)).is_ok());
        assert_eq!(Email::parse(&address(201)), Err(EmailError::TooLong));
        assert_eq!(Email::parse(&address(10_000)), Err(EmailError::TooLong));
    }

    #[test]
    fn an_address_that_is_too_long_once_its_domain_is_ascii_is_refused() {
        let address = |labels: usize| format!("joe@{}com", "é.".repeat(labels));
        assert_eq!(Email::parse(&address(24)).map(|email| email.canonical().len()), Ok(199));
        assert_eq!(Email::parse(&address(25)), Err(EmailError::TooLong));
    }

    #[test]
    fn what_cannot_be_seen_is_dropped() {
        for typed in [
            "  joe@example.com\t\r\n",
            "joe@exam\u{AD}ple\u{AD}.com",
            "\u{FEFF}jo\u{200B}e\u{2060}@example.com",
            "joe\u{A0}@example.com\u{202F}",
            "\u{202A}joe@example.com\u{202C}",
        ] {
            assert_eq!(Email::parse(typed).map(String::from), Ok("joe@example.com".to_owned()), "{typed:?}");
        }
        assert_eq!(Email::parse(" \u{AD}\u{200B} "), Err(EmailError::Missing));
        assert_eq!(Email::parse(""), Err(EmailError::Missing));
    }

    #[test]
    fn addresses_are_compared_without_case_and_shown_as_typed() {
        let (typed, lower) = (Email::parse("Joe.B@Example.COM").unwrap(), Email::parse("joe.b@example.com").unwrap());
        assert_eq!(typed, lower);
        assert_eq!(typed.to_string(), "Joe.B@Example.COM");
        assert_eq!(typed.canonical(), "joe.b@example.com");
    }

    #[test]
    fn a_domain_is_the_same_however_its_script_is_encoded() {
        let spellings = ["joe@bücher.example", "joe@BU\u{308}CHER.example", "joe@xn--bcher-kva.example"];
        for spelling in spellings {
            assert_eq!(Email::parse(spelling).unwrap().canonical(), "joe@xn--bcher-kva.example");
        }
    }

    #[test]
    fn dots_and_plus_tags_tell_addresses_apart() {
        let plain = Email::parse("joebloggs@example.com").unwrap();
        assert_ne!(plain, Email::parse("joe.bloggs@example.com").unwrap());
        assert_ne!(plain, Email::parse("joebloggs+school@example.com").unwrap());
    }

    #[test]
    fn a_redacted_address_keeps_its_first_character_and_the_end_of_its_domain() {
        for (address, redacted) in [
            ("", ""),
            ("joe", "j****"),
            ("joe@gmail.com", "j****@****.com"),
            ("joe.bloggs@gmail.com", "j****@****.com"),
            ("joe.bloggs@hotmail.co.uk", "j****@****.co.uk"),
            ("joe.bloggs@education.gov.uk", "j****@****.gov.uk"),
            ("joe.bloggs@digital.education.gov.uk", "j****@****.gov.uk"),
            ("joe.bloggs@example.digital", "j****@****.digital"),
            ("joe@foo", "j****@****"),
            ("joe@one@two.com", "j****"),
        ] {
            assert_eq!(redact(address), redacted, "{address}");
        }
        assert_eq!(Email::parse("Joe@gmail.com").unwrap().redacted(), "J****@****.com");
    }
}
