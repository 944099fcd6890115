//! `grant_type=refresh_token` (RFC 6749, section 6; OpenID Connect Core, section 12). A refresh token is good for its client
//! and for one use, which brings the next. One that comes again after that is in two hands: everything that came of the
//! grant ends (RFC 9700, section 4.14.2). Only where the answer may have been lost is a used one taken once more.

use actix_web::web::Data;
use identity::account::Account;
use identity::client::Client;
use identity::clock::Time;
use identity::grant::{Grant, GrantId};
use identity::refresh_token::{GRACE, RefreshToken};
use identity::scope::Scopes;
use identity::secret::{Plain, Purpose};
use store::{Db, StoreError};

use super::issue::{Issue, is_offline, new_refresh_token};
use super::{Asker, TokenResponse, invalid_grant, required, resource};
use crate::Provider;
use crate::access_token::Terms;
use crate::client_request::Failure;
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;

pub(super) const GRANT_TYPE: &str = "refresh_token";

/// A refresh token, what it was issued from, and for whom.
struct Found {
    token: RefreshToken,
    grant: Grant,
    account: Option<Account>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Turned {
    /// The next one is kept.
    Over,
    /// It was used before, and its answer was not lost: the grant is revoked.
    Replayed,
}

pub(super) async fn refresh(
    params: &Params,
    Asker { client, jkt }: Asker<'_>,
    provider: &Data<Provider>,
    now: Time,
) -> Result<TokenResponse, Failure> {
    let token = required(params, "refresh_token", "refresh_token is missing")?;
    let found = find(provider, token).await?.ok_or_else(|| invalid_grant("the refresh token is not known"))?;
    let Found { token, grant, account } = found;
    check(&token, &grant, client, now - provider.settings.refresh_token_lifetime)?;
    if client.is_public() && grant.dpop_jkt.is_some() && grant.dpop_jkt != jkt {
        return Err(invalid_grant("the refresh token is bound to a key that the DPoP proof does not prove"));
    }
    let scopes = scopes(params, &grant)?;
    let resources = resource::asked(params, &grant.resources)?;
    let account = account.ok_or_else(|| invalid_grant("the account is gone"))?;
    let next = next(&token, &grant, client, provider, now).await?;
    // No nonce: it belongs to the authorization request (OpenID Connect Core, section 12.2).
    let grant = Grant { nonce: None, ..grant };
    let terms = Terms { scopes: &scopes, jkt, resources };
    Ok(Issue { grant: &grant, account: &account, client, terms }.tokens(next.as_ref(), provider, now))
}

/// The token that comes next. There is none for a client of FAPI, which always proves a key: its token stays as it is and
/// lives on (FAPI 2.0 Security Profile, section 5.3.2.1).
async fn next(
    token: &RefreshToken,
    grant: &Grant,
    client: &Client,
    provider: &Provider,
    now: Time,
) -> Result<Option<Plain>, Failure> {
    if client.is_fapi {
        let id = token.id;
        provider.store.transact(move |db| db.refresh_tokens().prolong(id, now)).await?;
        return Ok(None);
    }
    let (next, row) = new_refresh_token(provider, grant, Some(token.id), now);
    match turn(provider, token.clone(), row, now).await? {
        Turned::Over => Ok(Some(next)),
        Turned::Replayed => {
            tracing::warn!(grant = %grant.id, "a used refresh token was sent again; all that its grant had brought is revoked");
            Err(invalid_grant("the refresh token was used before"))
        }
    }
}

async fn find(provider: &Provider, token: &str) -> Result<Option<Found>, StoreError> {
    let token = provider.hash_key.hash(Purpose::RefreshToken, "", &Plain::new(token));
    let read = provider.store.glance(move |db| {
        let Some(token) = db.refresh_tokens().by_token(&token)? else { return Ok(None) };
        let found = db.grants().with_account(token.grant)?;
        Ok::<_, StoreError>(found.map(|(grant, account)| Found { token, grant, account }))
    });
    read.await
}

/// Another client's token is not known to this one, and stays as it is.
fn check(token: &RefreshToken, grant: &Grant, client: &Client, expired: Time) -> Result<(), Failure> {
    if grant.client_id != client.id {
        return Err(invalid_grant("the refresh token is not known"));
    }
    if grant.revoked_at.is_some() {
        return Err(invalid_grant("the refresh token was revoked"));
    }
    if token.created_at <= expired {
        return Err(invalid_grant("the refresh token has expired"));
    }
    if !is_offline(grant, client) {
        return Err(invalid_grant("the client may not have refresh tokens any more"));
    }
    Ok(())
}

/// RFC 6749, section 6: those of the grant, or fewer for this access token.
fn scopes(params: &Params, grant: &Grant) -> Result<Scopes, Failure> {
    let Some(asked) = params.get("scope") else { return Ok(grant.scopes.clone()) };
    let invalid = || OAuthError::new(ErrorCode::InvalidScope, "scope holds one that was not granted");
    let scopes = Scopes::parse(asked).map_err(|_| invalid())?;
    if scopes.is_subset(&grant.scopes) { Ok(scopes) } else { Err(invalid().into()) }
}

/// Uses up one refresh token and keeps the next, or ends the grant. Of many who send one token at once each is within the
/// grace of the first, and so none of them ends it.
async fn turn(provider: &Provider, token: RefreshToken, next: RefreshToken, now: Time) -> Result<Turned, StoreError> {
    let turned = provider.store.transact(move |db| {
        if db.refresh_tokens().use_once(token.id, now)? || is_lost(db, &token, now)? {
            db.refresh_tokens().create(&next)?;
            return Ok(Turned::Over);
        }
        end(db, token.grant, now)?;
        Ok::<_, StoreError>(Turned::Replayed)
    });
    turned.await
}

/// May the answer that brought the next one have been lost? What came of it is unused, and it is a moment ago.
fn is_lost(db: &mut Db<'_>, token: &RefreshToken, now: Time) -> Result<bool, StoreError> {
    // As it is now: another request may have used it since it was read.
    let used_at = db.refresh_tokens().by_token(&token.token)?.and_then(|token| token.used_at);
    Ok(used_at.is_some_and(|at| now - at <= GRACE) && !db.refresh_tokens().is_followed(token.id)?)
}

fn end(db: &mut Db<'_>, grant: GrantId, now: Time) -> Result<(), StoreError> {
    db.grants().revoke(grant, now)
}
