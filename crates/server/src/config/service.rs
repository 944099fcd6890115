//! `[service]`: what people are told about us.

use identity::email::Email;
use serde::Deserialize;
use url::Url;

use super::read::section;

section! {
    pub Service {
        /// Where people who cannot go on find help.
        support_email: Email,
        /// What the account pages are called, in the header and in letters.
        account_name: AccountName,
        /// Empty: no banner.
        phase: String,
        phase_text: String,
        accessibility_url: PageUrl,
        cookies_url: PageUrl,
        privacy_url: PageUrl,
    }
}

/// A name that can be printed, and is one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct AccountName(String);

impl AccountName {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AccountName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let fits = (1..=100).contains(&text.chars().count()) && text.trim() == text && !text.contains(char::is_control);
        if fits { Ok(AccountName(text)) } else { Err("should be 1 to 100 characters, without spaces around them") }
    }
}

/// The address of a page that the footer links to, or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PageUrl(Option<Url>);

impl PageUrl {
    pub fn url(&self) -> Option<&Url> {
        self.0.as_ref()
    }
}

impl TryFrom<String> for PageUrl {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.is_empty() {
            return Ok(PageUrl(None));
        }
        match Url::parse(&text) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(PageUrl(Some(url))),
            _ => Err("should be an http or https URL, or empty"),
        }
    }
}
