//! The cookies of one browser at one server: what a server sets is sent from then on, what it takes back is not.

/// By name; a handful of them, so a list is quick enough.
#[derive(Clone, Debug, Default)]
pub(crate) struct Jar(Vec<(Vec<u8>, Vec<u8>)>);

impl Jar {
    /// From the value of a header Cookie.
    pub(crate) fn of(header: &str) -> Jar {
        let pairs = header.split(';').filter_map(|pair| pair.trim().split_once('='));
        Jar(pairs.map(|(name, value)| (name.into(), value.into())).collect())
    }

    /// Takes one header Set-Cookie. All cookies are for the whole server: none of those that we load has two of a name.
    pub(crate) fn take(&mut self, set_cookie: &[u8]) {
        let mut parts = set_cookie.split(|byte| *byte == b';');
        let Some(pair) = parts.next() else { return };
        let Some(equals) = pair.iter().position(|byte| *byte == b'=') else { return };
        let (name, value) = (pair[..equals].trim_ascii(), pair[equals + 1..].trim_ascii());
        let is_over = |attribute: &[u8]| {
            let attribute = attribute.trim_ascii();
            attribute.eq_ignore_ascii_case(b"max-age=0") || attribute.to_ascii_lowercase().starts_with(PAST)
        };
        let place = self.0.iter().position(|(own, _)| own == name);
        match (place, parts.any(is_over)) {
            (Some(place), true) => drop(self.0.remove(place)),
            (None, true) => {}
            (Some(place), false) => value.clone_into(&mut self.0[place].1),
            (None, false) => self.0.push((name.into(), value.into())),
        }
    }

    /// Writes the header Cookie, where there is anything to write.
    pub(crate) fn write(&self, request: &mut Vec<u8>) {
        for (place, (name, value)) in self.0.iter().enumerate() {
            request.extend_from_slice(if place == 0 { b"Cookie: " } else { b"; " });
            request.extend_from_slice(name);
            request.push(b'=');
            request.extend_from_slice(value);
        }
        if !self.0.is_empty() {
            request.extend_from_slice(b"\r\n");
        }
    }

    /// The value of a header Cookie.
    pub(crate) fn header(&self) -> String {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let pairs: Vec<String> = self.0.iter().map(|(name, value)| format!("{}={}", text(name), text(value))).collect();
        pairs.join("; ")
    }
}

/// What servers write that take a cookie back by its date.
const PAST: &[u8] = b"expires=thu, 01 jan 1970";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_sets_is_sent_until_it_is_taken_back() {
        let mut jar = Jar::of("a=1; b=2=3");
        assert_eq!(jar.header(), "a=1; b=2=3");
        jar.take(b"a=4; Path=/; HttpOnly");
        jar.take(b"c=; SameSite=Lax");
        jar.take(b"b=; Max-Age=0");
        jar.take(b"d=; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        assert_eq!(jar.header(), "a=4; c=");
        let mut request = Vec::new();
        jar.write(&mut request);
        assert_eq!(request, b"Cookie: a=4; c=\r\n");
        jar.take(b"a=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/");
        assert_eq!(jar.header(), "c=");
    }

    #[test]
    fn a_browser_without_cookies_sends_no_header() {
        let mut request = Vec::new();
        Jar::default().write(&mut request);
        assert!(request.is_empty());
    }
}
