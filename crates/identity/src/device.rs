//! What kind of browser a person is signed in with, in the few words by which they know it: "Chrome on Android".

use serde::{Deserialize, Serialize};

use crate::name::NameError;
use crate::text::{text_word, tidy};

/// Only words of ours: nothing of the header that it was read from is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Device(String);
text_word!(Device, NameError);

/// What a browser writes of itself, and what people call it. The first that fits counts: most name others beside
/// themselves.
const BROWSERS: [(&str, &str); 11] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("Ddg/", "DuckDuckGo"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Trident/", "Internet Explorer"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
    ("X11", "Linux"),
];

impl Device {
    pub fn parse(text: &str) -> Result<Device, NameError> {
        Ok(Device(tidy(text)?))
    }

    /// Reads the header `User-Agent` (RFC 9110, section 10.1.5). Nothing comes of one that we do not know.
    pub fn of_user_agent(header: &str) -> Option<Device> {
        let named = |names: &[(&str, &'static str)]| {
            names.iter().find(|(written, _)| header.contains(written)).map(|(_, name)| *name)
        };
        match (named(&BROWSERS), named(&SYSTEMS)) {
            (Some(browser), Some(system)) => Some(Device(format!("{browser} on {system}"))),
            (Some(browser), None) => Some(Device(browser.into())),
            (None, Some(system)) => Some(Device(format!("A browser on {system}"))),
            (None, None) => None,
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_what_people_call_it() {
        let mozilla = "Mozilla/5.0 ";
        for (rest, name) in [
            (
                "(X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36",
                "Chrome on Linux",
            ),
            ("(Linux; Android 10; K) AppleWebKit/537.36 Chrome/142.0 Mobile Safari/537.36", "Chrome on Android"),
            ("(Windows NT 10.0; Win64; x64) Chrome/142.0 Safari/537.36 Edg/142.0", "Edge on Windows"),
            ("(Linux; Android 14) SamsungBrowser/25.0 Chrome/121.0 Safari/537.36", "Samsung Internet on Android"),
            ("(iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Mobile/15E148 Safari/604.1", "Safari on iPhone"),
            ("(iPhone; CPU iPhone OS 18_1 like Mac OS X) CriOS/142.0 Mobile/15E148 Safari/604.1", "Chrome on iPhone"),
            ("(Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Mac"),
            ("(X11; CrOS x86_64 14541.0.0) Chrome/142.0 Safari/537.36", "Chrome on Chromebook"),
            ("(Windows NT 10.0) Something/1", "A browser on Windows"),
        ] {
            assert_eq!(Device::of_user_agent(&format!("{mozilla}{rest}")).unwrap().as_str(), name);
        }
    }

    #[test]
    fn nothing_that_the_browser_wrote_is_kept() {
        assert_eq!(Device::of_user_agent("jane@example.com"), None);
        assert_eq!(Device::of_user_agent("Firefox/1 jane@example.com").unwrap().as_str(), "Firefox");
    }
}
