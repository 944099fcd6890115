//! `grant_type=authorization_code` (RFC 6749, section 4.1.3; OpenID Connect Core, section 3.1.3.2). A code is good for one
//! client, one redirect_uri, one verifier and one time; whoever sends it a second time ends everything that the first
//! time brought (RFC 6749, section 4.1.2), because one of the two is not who the code was for.

use actix_web::web::Data;
use identity::account::Account;
use identity::client::Client;
use identity::clock::Time;
use identity::grant::{Grant, GrantId};
use identity::refresh_token::RefreshToken;
use identity::secret::Plain;
use store::StoreError;

use super::issue::{Issue, is_offline, new_refresh_token};
use super::{Asker, TokenResponse, invalid_grant, required, resource};
use crate::access_token::Terms;
use crate::authorize::verifier_matches;
use crate::client_request::Failure;
use crate::params::Params;
use crate::{Provider, authorization_code};

pub(super) const GRANT_TYPE: &str = "authorization_code";

/// Why a grant is not redeemed.
#[derive(Debug, PartialEq)]
enum Unfit {
    Used,
    Wrong(&'static str),
}

pub(super) async fn redeem(
    params: &Params,
    Asker { client, jkt }: Asker<'_>,
    provider: &Data<Provider>,
    now: Time,
) -> Result<TokenResponse, Failure> {
    let code = required(params, "code", "code is missing")?;
    let redirect_uri = required(params, "redirect_uri", "redirect_uri is missing")?;
    let (grant, account) = find(provider, code, now).await?.ok_or_else(|| invalid_grant("the code is not known"))?;
    match check(&grant, client, (redirect_uri, params.get("code_verifier")), now) {
        Ok(()) => {}
        Err(Unfit::Wrong(why)) => return Err(invalid_grant(why)),
        Err(Unfit::Used) => return Err(used_again(provider, grant.id, now).await?),
    }
    if grant.dpop_jkt.is_some() && grant.dpop_jkt != jkt {
        return Err(invalid_grant("the code is bound to a key that the DPoP proof does not prove"));
    }
    let resources = resource::asked(params, &grant.resources)?;
    let account = account.ok_or_else(|| invalid_grant("the account is gone"))?;
    let refresh_token = is_offline(&grant, client).then(|| new_refresh_token(provider, &grant, None, now));
    let (refresh_token, row) = refresh_token.unzip();
    // RFC 9449, section 5: what a client without a secret gets to refresh with works with its key only.
    let bound_to = jkt.clone().filter(|_| client.is_public());
    if !redeem_once(provider, grant.id, (row, bound_to), now).await? {
        return Err(used_again(provider, grant.id, now).await?);
    }
    let terms = Terms { scopes: &grant.scopes, jkt, resources };
    let issue = Issue { grant: &grant, account: &account, client, terms };
    Ok(issue.tokens(refresh_token.as_ref(), provider, now))
}

async fn find(provider: &Provider, code: &str, now: Time) -> Result<Option<(Grant, Option<Account>)>, StoreError> {
    let code = Plain::new(code);
    let (named, hash) = (authorization_code::grant_of(&code), authorization_code::hash(&code, provider));
    let (since, kept) = (now - provider.settings.authorization_code_lifetime, hash.clone());
    let found = provider.store.glance(move |db| match named {
        Some(id) => db.grants().with_account(id),
        None => db.grants().by_code(&kept, since),
    });
    Ok(found.await?.filter(|(grant, _)| grant.code.matches(&hash)))
}

fn check(
    grant: &Grant,
    client: &Client,
    (redirect_uri, verifier): (&str, Option<&str>),
    now: Time,
) -> Result<(), Unfit> {
    if grant.client_id != client.id {
        return Err(Unfit::Wrong("the code is not known"));
    }
    if grant.redeemed_at.is_some() || grant.revoked_at.is_some() {
        return Err(Unfit::Used);
    }
    if now >= grant.code_expires_at {
        return Err(Unfit::Wrong("the code has expired"));
    }
    if redirect_uri != grant.redirect_uri {
        return Err(Unfit::Wrong("redirect_uri is not the one of the authorization request"));
    }
    match (&grant.code_challenge, verifier) {
        (Some(challenge), Some(verifier)) if verifier_matches(verifier, challenge) => Ok(()),
        (Some(_), _) => Err(Unfit::Wrong("code_verifier does not belong to code_challenge")),
        // RFC 9700, section 2.1.1: else a code from a request that was stripped of its challenge would pass.
        (None, Some(_)) => Err(Unfit::Wrong("there was no code_challenge for this code_verifier")),
        (None, None) => Ok(()),
    }
}

/// True for one request only, whatever else happens at the same time.
async fn redeem_once(
    provider: &Provider,
    grant: GrantId,
    (refresh_token, bound_to): (Option<RefreshToken>, Option<String>),
    now: Time,
) -> Result<bool, StoreError> {
    if refresh_token.is_none() && bound_to.is_none() {
        return provider.store.stroke(move |db| db.grants().redeem(grant, now)).await;
    }
    let redeemed = provider.store.transact(move |db| {
        if !db.grants().redeem(grant, now)? {
            return Ok(false);
        }
        if let Some(jkt) = bound_to {
            db.grants().bind(grant, &jkt)?;
        }
        if let Some(token) = refresh_token {
            db.refresh_tokens().create(&token)?;
        }
        Ok::<_, StoreError>(true)
    });
    redeemed.await
}

/// Whoever got tokens for it may not be who should have.
async fn used_again(provider: &Provider, grant: GrantId, now: Time) -> Result<Failure, StoreError> {
    provider.store.stroke(move |db| db.grants().revoke(grant, now)).await?;
    tracing::warn!(%grant, "a used code was sent again; what it had brought is revoked");
    Ok(invalid_grant("the code was used before"))
}
