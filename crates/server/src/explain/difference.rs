//! How two texts differ, in words and with a caret under the first character that is another.

use std::fmt;

use url::Url;

/// What kind of difference it is, and after how many printed characters it begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) kind: &'static str,
    pub(super) column: usize,
}

impl Difference {
    pub(super) fn of(sent: &str, registered: &str) -> Difference {
        let same = sent.chars().zip(registered.chars()).take_while(|(one, other)| one == other).map(|(one, _)| one);
        let column = shown(&same.collect::<String>()).chars().count();
        Difference { kind: kind(sent, registered), column }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:column$}^ {}", "", self.kind, column = self.column)
    }
}

fn kind(sent: &str, registered: &str) -> &'static str {
    if sent.strip_suffix('/') == Some(registered) {
        return "there is a slash too many at the end";
    }
    if registered.strip_suffix('/') == Some(sent) {
        return "the slash at the end is missing";
    }
    if sent.trim() == registered {
        return "there are spaces around it";
    }
    if sent.to_lowercase() == registered.to_lowercase() {
        return "capitals and small letters differ";
    }
    match (Url::parse(sent), Url::parse(registered)) {
        (Ok(sent), Ok(registered)) => kind_of_address(&sent, &registered),
        (Err(_), Ok(_)) => "what was sent is no whole address",
        _ => "they differ from here on",
    }
}

/// The first part that differs.
fn kind_of_address(sent: &Url, registered: &Url) -> &'static str {
    let path = |url: &Url| url.path().trim_end_matches('/').to_owned();
    if sent.host_str() != registered.host_str() {
        "the hosts differ"
    } else if sent.scheme() != registered.scheme() {
        "one is http and the other https"
    } else if sent.port_or_known_default() != registered.port_or_known_default() {
        "the ports differ"
    } else if path(sent) != path(registered) {
        "the paths differ"
    } else if sent.fragment().is_some() {
        "a fragment was added"
    } else if sent.query() != registered.query() {
        match (sent.query(), registered.query()) {
            (Some(_), None) => "a query was added",
            (None, Some(_)) => "the query is missing",
            _ => "the queries differ",
        }
    } else {
        "they lead to the same place, but are not written the same"
    }
}

/// The one that is most like the text.
pub(super) fn nearest<'a>(text: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    among.min_by_key(|other| distance(text, other))
}

/// The same, if it is so like it that it may have been meant.
pub(super) fn closest<'a>(text: &str, among: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = (text.chars().count() / 3).max(1);
    nearest(text, among).filter(|other| distance(text, other) <= most)
}

/// How many characters have to be put in, taken out or changed to make one text of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (above, from) in one.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], above + 1);
        for (place, to) in other.iter().enumerate() {
            let changed = diagonal + usize::from(from != *to);
            diagonal = row[place + 1];
            row[place + 1] = changed.min(row[place] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}

/// As a terminal may show it: nothing that would move its cursor, and no letter that looks like another.
pub(super) fn shown(text: &str) -> String {
    let escaped =
        |c: char| if c.is_ascii() && !c.is_control() { c.to_string() } else { c.escape_unicode().to_string() };
    text.chars().map(escaped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGISTERED: &str = "https://a.example/sign-in/cb";

    #[test]
    fn each_kind_of_difference_has_its_name_and_a_caret_where_it_begins() {
        for (sent, kind, column) in [
            ("https://a.example/sign-in/cb/", "there is a slash too many at the end", 28),
            ("http://a.example/sign-in/cb", "one is http and the other https", 4),
            ("https://a.example:8443/sign-in/cb", "the ports differ", 17),
            ("https://a.example/Sign-in/cb", "capitals and small letters differ", 18),
            ("https://a.example/sign-in/cb?next=1", "a query was added", 28),
            ("https://a.example/sign-in/cb/?next=1", "a query was added", 28),
            ("https://a.example/sign-in/cb#x", "a fragment was added", 28),
            ("https://b.example/sign-in/cb", "the hosts differ", 8),
            ("http://b.example/sign-in/cb", "the hosts differ", 4),
            ("https://a.example/sign-in/callback", "the paths differ", 27),
            ("https://a.example:443/sign-in/cb", "they lead to the same place, but are not written the same", 17),
            ("/sign-in/cb", "what was sent is no whole address", 0),
            (" https://a.example/sign-in/cb", "there are spaces around it", 0),
        ] {
            assert_eq!(Difference::of(sent, REGISTERED), Difference { kind, column }, "{sent}");
        }
        let missing = Difference::of("https://a.example", "https://a.example/");
        assert_eq!(missing.kind, "the slash at the end is missing");
        assert_eq!(Difference::of(REGISTERED, "https://a.example/sign-in/cb?x").kind, "the query is missing");
        let other = Difference::of("https://a.example/sign-in/cb?y", "https://a.example/sign-in/cb?x");
        assert_eq!((other.kind, other.column), ("the queries differ", 29));
        assert_eq!(Difference::of("npg", "npq").to_string(), "  ^ they differ from here on");
    }

    #[test]
    fn the_nearest_needs_the_fewest_changes_and_the_closest_not_many() {
        assert_eq!((distance("kitten", "sitting"), distance("", "abc"), distance("abc", "abc")), (3, 3, 0));
        let ids = ["apply-for-qts", "aytq", "npq"];
        assert_eq!(nearest("aply-for-qts", ids.into_iter()), Some("apply-for-qts"));
        assert_eq!(closest("nqp", ids.into_iter()), None);
        assert_eq!(closest("npg", ids.into_iter()), Some("npq"));
        assert_eq!(closest("something else", ids.into_iter()), None);
    }

    #[test]
    fn what_would_move_a_cursor_or_looks_like_another_letter_is_shown_by_its_number() {
        assert_eq!(shown("a\u{1b}[2Jb\nс"), "a\\u{1b}[2Jb\\u{a}\\u{441}");
        assert_eq!(Difference::of("\u{441}x", "\u{441}y").column, 7, "the caret stands under what is shown");
    }
}
