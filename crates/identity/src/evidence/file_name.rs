//! What a file was called where it came from: for people to recognise it by, and for nothing else.

use serde::{Deserialize, Serialize};

use crate::text::is_unseen;

/// The longest name that is shown, in characters.
const LONGEST: usize = 100;

/// The name of a file without the folders before it, without control characters, and never empty.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct FileName(String);

impl FileName {
    /// Some browsers send the whole path.
    pub(super) fn of(sent: &str) -> FileName {
        let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
        let seen: String = last.chars().filter(|c| !c.is_control() && !is_unseen(*c)).collect();
        let name = seen.trim();
        FileName(if name.is_empty() { "file".into() } else { name.into() })
    }

    /// The first 100 characters. The kind of the file is kept beside it, so the end of a long name may go.
    pub(super) fn cut(self) -> FileName {
        FileName(self.0.chars().take(LONGEST).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A stored name is held to the same rule as a sent one.
impl From<String> for FileName {
    fn from(text: String) -> FileName {
        FileName::of(&text).cut()
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> String {
        name.0
    }
}

impl std::fmt::Display for FileName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_path_no_control_characters_and_no_hidden_ones() {
        for (sent, name) in [
            ("deed poll.pdf", "deed poll.pdf"),
            ("C:\\Users\\jane\\deed.pdf", "deed.pdf"),
            ("../../etc/passwd", "passwd"),
            ("/", "file"),
            ("", "file"),
            (" \u{0}deed\r\n.pdf\u{7f} ", "deed.pdf"),
            ("gnp\u{202E}deed.pdf", "gnpdeed.pdf"),
        ] {
            assert_eq!(FileName::of(sent).as_str(), name, "{sent:?}");
        }
    }

    #[test]
    fn a_name_is_cut_to_100_characters_whatever_their_bytes() {
        let long = FileName::from("é".repeat(150));
        assert_eq!(long.as_str(), "é".repeat(100));
        assert_eq!(FileName::from(String::from(long.clone())), long);
    }
}
