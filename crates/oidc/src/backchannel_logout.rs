//! Back-channel logout (OpenID Connect Back-Channel Logout 1.0): the clients that a browser session led to are told, from
//! our server to theirs, that it has ended. With the end of the session the store puts a notice for each of them; here they
//! are told, again and again until they have heard. Refresh tokens go on: they come with `offline_access` alone, for which
//! they are to (section 2.7).

use std::sync::Arc;

use chrono::Duration;
use futures_util::future::join_all;
use identity::client::Client;
use identity::clock::Time;
use identity::logout_notice::{BackChannel, LogoutNotice, NoticeState};
use identity::secret::{Plain, Purpose};
use serde::Serialize;
use serde_json::{Value, json};
use store::{Db, StoreError};
use url::Url;

use crate::keys::TokenType;
use crate::{Provider, subject};

/// Told at the same time, so that a slow client keeps few others waiting.
const BATCH: u32 = 20;
/// Long enough for the slowest answer that is waited for. A server that dies meanwhile leaves its notices to the others then.
const LEASE: Duration = Duration::seconds(60);
/// Section 2.4 recommends two minutes at most.
const TOKEN_LIFETIME: Duration = Duration::minutes(2);

/// Section 2.4. There is never a nonce in it, so that nobody takes it for an ID token.
#[derive(Serialize)]
struct LogoutToken<'a> {
    iss: &'a str,
    sub: String,
    aud: &'a str,
    iat: i64,
    exp: i64,
    jti: String,
    events: Value,
    sid: String,
}

/// What one look at the notices came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Round {
    taken: usize,
    /// How many clients were told, and how many of them have heard.
    pub told: usize,
    pub heard: usize,
}

impl Round {
    /// May there be more that are due?
    pub fn is_full(&self) -> bool {
        self.taken >= BATCH as usize
    }
}

/// Tells the clients that are due. Several servers may do it at once: each notice is told by one of them.
///
/// # Errors
/// When the store does not answer. What has been told and not been written down is told again.
pub async fn tell_clients(provider: &Provider, channel: &dyn BackChannel) -> Result<Round, StoreError> {
    let now = provider.clock.now();
    // Looking alone, which is done all the time, does not wait for whoever writes.
    if !provider.store.read(move |db| db.logout_notices().any_due(now)).await? {
        return Ok(Round::default());
    }
    let taken = provider.store.transact(move |db| db.logout_notices().take_due(now, now + LEASE, BATCH)).await?;
    let told = join_all(taken.into_iter().map(|notice| tell(provider, channel, notice, now))).await;
    let came = told.iter().filter_map(|(_, came)| came.as_ref());
    let heard = came.clone().filter(|came| came.state == NoticeState::Heard).count();
    let round = Round { taken: told.len(), told: came.count(), heard };
    provider.store.transact(move |db| told.iter().try_for_each(|told| write(db, told))).await?;
    Ok(round)
}

/// A notice as it was taken, and what came of it; nothing for a client that does not want to be told.
type Told = (LogoutNotice, Option<LogoutNotice>);

async fn tell(provider: &Provider, channel: &dyn BackChannel, notice: LogoutNotice, now: Time) -> Told {
    let Some((client, address)) = receiver(provider, &notice) else { return (notice, None) };
    let token = logout_token(provider, &notice, &client, now);
    let client_id = client.id.as_str();
    let status = match channel.post(&address, &token).await {
        Ok(status) => Some(status),
        Err(error) => {
            let error: &(dyn std::error::Error + 'static) = &error;
            tracing::info!(client_id, error, "a client was not there to hear of a sign-out");
            None
        }
    };
    if status == Some(400) {
        tracing::warn!(client_id, "a client says that our logout token is wrong");
    }
    let came = notice.clone().answered(status, provider.clock.now(), &provider.random);
    if came.state == NoticeState::GivenUp {
        tracing::error!(client_id, status, attempts = came.attempts, "a client never heard of a sign-out");
    }
    (notice, Some(came))
}

fn receiver(provider: &Provider, notice: &LogoutNotice) -> Option<(Arc<Client>, Url)> {
    let client = provider.clients.find(&notice.client)?;
    let address = client.backchannel_logout_uri.clone()?;
    Some((client, address))
}

/// Made for each attempt, since it lives as long as one. Signed as the client's ID tokens are (section 2.6).
fn logout_token(provider: &Provider, notice: &LogoutNotice, client: &Client, now: Time) -> String {
    let token = LogoutToken {
        iss: provider.issuer.as_str(),
        sub: subject::of(notice.account, client, provider),
        aud: client.id.as_str(),
        iat: now.timestamp(),
        exp: (now + TOKEN_LIFETIME).timestamp(),
        jti: jti(provider, notice),
        events: json!({ "http://schemas.openid.net/event/backchannel-logout": {} }),
        sid: subject::session(notice.session, client, provider),
    };
    provider.keys.sign(client.id_token_signed_response_alg, TokenType::Logout, &token)
}

/// The same each time, so that a client can tell a repetition. Nobody reads from it which session it was: two clients may know
/// the same one by different names.
fn jti(provider: &Provider, notice: &LogoutNotice) -> String {
    provider.hash_key.hash(Purpose::LogoutNotice, "", &Plain::new(notice.id())).as_str().to_owned()
}

fn write(db: &mut Db<'_>, (notice, came): &Told) -> Result<(), StoreError> {
    match came {
        Some(came) => db.logout_notices().replace(notice, came).map(drop),
        None => db.logout_notices().forget(notice),
    }
}
