//! The server's nonces (RFC 9449, section 8): the number of a period of time under the key that all servers share, so that
//! none has to be kept, and each server knows those of the others.

use identity::clock::Time;
use identity::secret::{Plain, Purpose};

use crate::Provider;

/// In seconds. A nonce is good for this period and the next.
const PERIOD: i64 = 300;

pub(super) fn current(provider: &Provider, now: Time) -> String {
    of_period(provider, now.timestamp().div_euclid(PERIOD))
}

pub(super) fn is_good(nonce: &str, provider: &Provider, now: Time) -> bool {
    let current = now.timestamp().div_euclid(PERIOD);
    // The one ahead may be that of a server whose clock is a little fast.
    (current - 1..=current + 1).any(|period| of_period(provider, period) == nonce)
}

fn of_period(provider: &Provider, period: i64) -> String {
    let hash = provider.hash_key.hash(Purpose::DpopNonce, "", &Plain::new(period.to_string()));
    format!("{period}.{}", hash.as_str())
}
