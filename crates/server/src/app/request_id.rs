//! A name for each request: the log has it on every line, and an error page gives it to the person as the reference.

use std::fmt;

use actix_web::dev::ServiceRequest;

use super::Site;

/// Plain enough to be read out, searched for and written into a log as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RequestId(String);

pub(super) const HEADER: &str = "x-request-id";

impl RequestId {
    /// The id that a proxy of ours gave the request, or a new one. Nobody else may choose it: it stands in our log.
    pub(super) fn of(request: &ServiceRequest, site: &Site) -> RequestId {
        let trusted = request.peer_addr().is_some_and(|peer| site.trusted_proxies.contains(&peer.ip()));
        let sent = request.headers().get(HEADER).filter(|_| trusted).and_then(|value| value.to_str().ok());
        match sent.filter(|text| is_plain(text)) {
            Some(text) => RequestId(text.to_owned()),
            None => RequestId::drawn(u64::from_be_bytes(site.random.bytes())),
        }
    }

    /// Twelve digits. That the lowest are a little likelier is nothing to a name.
    fn drawn(number: u64) -> RequestId {
        let four = |place| number / 10_000u64.pow(place) % 10_000;
        RequestId(format!("{:04}-{:04}-{:04}", four(2), four(1), four(0)))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_plain(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
