//! The email domains of schools and training providers, taken from the websites that they give.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::email::{ascii_domain, is_domain};

/// The website names no domain that is the institution's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Error)]
#[error("this is not the address of an institution's own website")]
pub struct NoDomain;

/// A domain in lower-case ASCII, as the canonical form of an email address has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct InstitutionDomain(String);

impl InstitutionDomain {
    /// Takes the domain out of an address as people write it, with or without a scheme: without "www.", port, path and
    /// query. An email address names none, and neither does a page at somebody else's.
    pub fn of_website(text: &str) -> Result<InstitutionDomain, NoDomain> {
        let (rest, has_scheme) = without_schemes(text.trim());
        let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
        let host = match authority.rsplit_once('@') {
            Some((_, host)) if has_scheme => host,
            Some(_) => return Err(NoDomain),
            None => authority,
        };
        let host = host.split(':').next().unwrap_or_default().trim_end_matches('.');
        let domain = ascii_domain(host).ok_or(NoDomain)?;
        let domain = domain.strip_prefix("www.").unwrap_or(&domain);
        if is_domain(domain) && !is_open_to_all(domain) { Ok(InstitutionDomain(domain.into())) } else { Err(NoDomain) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Without "http://", however often it was pasted and with however many slashes; and whether it was there at all.
fn without_schemes(text: &str) -> (&str, bool) {
    let mut rest = text;
    while let Some((scheme, after)) = rest.split_once(':') {
        if scheme.is_empty() || !scheme.bytes().all(|b| b.is_ascii_alphabetic()) || !after.starts_with('/') {
            break;
        }
        rest = after.trim_start_matches('/');
    }
    (rest, rest.len() < text.len())
}

/// Whether anybody can have an address or a page there: such a domain, or one under it.
fn is_open_to_all(domain: &str) -> bool {
    OPEN_TO_ALL.iter().any(|open| domain.strip_suffix(open).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// What schools give as their website that is not theirs: providers of email, and of pages.
const OPEN_TO_ALL: [&str; 52] = [
    "aol.com",
    "aol.co.uk",
    "btconnect.com",
    "btinternet.com",
    "btopenworld.com",
    "gmail.com",
    "gmx.co.uk",
    "gmx.com",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "icloud.com",
    "live.co.uk",
    "live.com",
    "mac.com",
    "mail.com",
    "me.com",
    "msn.com",
    "ntlworld.com",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "sky.com",
    "talktalk.net",
    "tiscali.co.uk",
    "virginmedia.com",
    "yahoo.co.uk",
    "yahoo.com",
    "ymail.com",
    // Pages.
    "azurewebsites.net",
    "blogspot.co.uk",
    "blogspot.com",
    "facebook.com",
    "github.io",
    "godaddysites.com",
    "google.co.uk",
    "google.com",
    "instagram.com",
    "linkedin.com",
    "primarysite.net",
    "schooljotter2.com",
    "sharepoint.com",
    "squarespace.com",
    "twitter.com",
    "webnode.com",
    "webs.com",
    "weebly.com",
    "wix.com",
    "wixsite.com",
    "wordpress.com",
    "x.com",
    "youtube.com",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::email::Email;

    fn domain(website: &str) -> Option<String> {
        InstitutionDomain::of_website(website).ok().map(|domain| domain.as_str().to_owned())
    }

    #[test]
    fn the_domain_is_taken_out_of_the_website() {
        for (website, expected) in [
            ("st-brendans.example", "st-brendans.example"),
            ("www.st-brendans.example", "st-brendans.example"),
            ("http://www.st-brendans.example", "st-brendans.example"),
            ("HTTPS://WWW.St-Brendans.Example/Home?x=1#top", "st-brendans.example"),
            (" https://st-brendans.leeds.sch.uk:8443/index.html ", "st-brendans.leeds.sch.uk"),
            ("http://st-brendans.example?page=http://elsewhere.example", "st-brendans.example"),
            ("http://http://www.st-brendans.example/", "st-brendans.example"),
            ("http:///www.st-brendans.example", "st-brendans.example"),
            ("https:/st-brendans.example", "st-brendans.example"),
            ("http://someone:secret@st-brendans.example/", "st-brendans.example"),
            ("st-brendans.example/@news", "st-brendans.example"),
            ("st-brendans.example:80", "st-brendans.example"),
            ("st-brendans.example.", "st-brendans.example"),
            ("www2.st-brendans.example", "www2.st-brendans.example"),
            ("http://www.ysgol-gwynllyw-gâr.example/", "xn--ysgol-gwynllyw-gr-4pb.example"),
            ("double--hyphen.example", "double--hyphen.example"),
            ("notgmail.com", "notgmail.com"),
        ] {
            assert_eq!(domain(website).unwrap_or_default(), expected, "{website}");
        }
    }

    #[test]
    fn what_names_no_domain_is_refused() {
        for website in [
            "",
            " ",
            "n/a",
            "N/A",
            "none",
            "http://",
            "https://www.",
            "www.",
            "localhost",
            "http://10.0.0.1/",
            "http://[::1]/",
            "office@st-brendans.example",
            "mailto:office@st-brendans.example",
            "under_score.example",
            "st brendans.example",
            "st-brendans,example",
            "two..dots.example",
            "https//www.st-brendans.example",
            "http:\\\\st-brendans.example",
            "-.example",
            "\u{0}.example",
        ] {
            assert_eq!(domain(website), None, "{website}");
        }
        assert_eq!(domain(&"a.".repeat(10_000)), None);
    }

    #[test]
    fn a_page_at_somebody_elses_makes_no_domain() {
        for website in [
            "https://sites.google.com/view/st-brendans",
            "www.facebook.com/stbrendans",
            "http://st-brendans.wordpress.com",
            "stbrendans.weebly.com",
            "https://someone.wixsite.com/st-brendans",
            "http://www.btconnect.com/~stbrendans",
            "gmail.com",
            "GMAIL.COM",
        ] {
            assert_eq!(domain(website), None, "{website}");
        }
        for open in OPEN_TO_ALL {
            assert!(is_open_to_all(open) && is_domain(open), "{open}");
        }
    }

    #[test]
    fn a_domain_is_written_as_an_email_address_has_it() {
        for (website, address) in [("http://www.Gâr.example", "j.li@GÂR.example"), ("WWW.X.Example", "j.li@x.example")]
        {
            assert_eq!(domain(website).as_deref(), Some(Email::parse(address).unwrap().domain()));
        }
    }
}
