//! Issuing a code (RFC 6749, section 4.1.2): the grant is kept with a keyed hash of it, and the code itself leaves once.

use identity::browser_session::BrowserSession;
use identity::clock::Time;
use identity::event::{Event, EventKind};
use identity::grant::{Grant, GrantId};
use identity::secret::Plain;
use store::StoreError;

use super::decision::SignedIn;
use super::request::AuthorizationRequest;
use crate::{Provider, authorization_code};

/// A code for the person that the browser session names. It is a sign-in with one service more, so the trail shows it.
/// Nothing when the session has ended since it was looked at: then nobody would tell this service of the sign-out.
pub(super) async fn issue(
    provider: &Provider,
    request: &AuthorizationRequest,
    signed_in: &SignedIn,
    now: Time,
) -> Result<Option<Plain>, StoreError> {
    let (code, grant) = new_grant(provider, request, &signed_in.session, now);
    let event = Event {
        id: provider.random.uuid_at(now),
        at: now,
        kind: EventKind::SignedIn,
        account: signed_in.account.id,
        client: Some(request.client_id.clone()),
    };
    let kept = provider.store.transact(move |db| {
        let is_live = db.browser_sessions().hold(grant.session, now)?;
        if is_live {
            db.grants().create(&grant)?;
            db.events().record(&event)?;
        }
        Ok::<_, StoreError>(is_live)
    });
    Ok(kept.await?.then_some(code))
}

/// A code, and the grant that it will stand for once the grant is stored.
pub(super) fn new_grant(
    provider: &Provider,
    request: &AuthorizationRequest,
    session: &BrowserSession,
    now: Time,
) -> (Plain, Grant) {
    let id = GrantId::at(now, &provider.random);
    let (code, hash) = authorization_code::new(id, provider);
    let grant = Grant {
        id,
        code: hash,
        client_id: request.client_id.clone(),
        account: session.account,
        session: session.id,
        redirect_uri: request.reply_to.redirect_uri.clone(),
        scopes: request.scopes.clone(),
        nonce: request.nonce.clone(),
        claims: request.claims.clone(),
        code_challenge: request.code_challenge.clone(),
        dpop_jkt: request.dpop_jkt.clone(),
        resources: request.resources.clone(),
        authenticated_at: session.authenticated_at,
        methods: session.methods.clone(),
        created_at: now,
        code_expires_at: now + provider.settings.authorization_code_lifetime,
        redeemed_at: None,
        revoked_at: None,
    };
    (code, grant)
}
