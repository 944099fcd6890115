//! The end of a journey that no service asked for: the person is signed in with this browser, and led to their account.

use actix_web::{HttpRequest, HttpResponse};
use identity::clock::Time;
use identity::interaction::{InteractionId, Outcome};

use super::resume::{NewlySignedIn, keep, new_session, replaced, with_session};
use crate::Provider;
use crate::response::{see_other, unavailable_page};

/// Whoever was not signed in is asked to prove who they are by the account page itself.
pub(super) async fn lead(
    http: &HttpRequest,
    provider: &Provider,
    (id, outcome): (InteractionId, Outcome),
    page: &str,
    now: Time,
) -> HttpResponse {
    let Outcome::SignedIn { account, at, methods } = outcome else { return see_other(page) };
    let (token, session) = new_session(http, provider, (account, at), methods);
    let signed_in = NewlySignedIn { session, replaces: replaced(http, provider), grant: None };
    match keep(provider, id, Some(signed_in), now).await {
        Ok(true) => with_session(provider, Some(token), see_other(page)),
        Ok(false) => see_other(page),
        Err(error) => unavailable_page(provider, &error),
    }
}
