//! Signing out (OpenID Connect RP-Initiated Logout 1.0). A client that shows an ID token of the person who is signed in
//! gets them signed out at once, and back if it registered the address. In every other case the person is asked first,
//! and stays on a page of ours.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use identity::browser_session::BrowserSession;
use identity::client::{Client, ClientId};
use identity::clock::Time;
use identity::cookie_names;
use identity::event::{Event, EventKind};
use identity::secret::Purpose;
use store::StoreError;

use crate::authorize::with_query;
use crate::id_token::IdTokenHint;
use crate::params::Params;
use crate::response::{come_again, refused_page, request_error_page, see_other, unavailable_page};
use crate::{Provider, body, cookies, routes};

/// What our own page sends along when the person says yes. A POST of another site's making comes without our cookie, so it
/// finds nobody to sign out.
const CONFIRMED: (&str, &str) = ("confirm", "yes");

/// The parameters that the question carries through (section 2).
const CARRIED: [&str; 4] = ["id_token_hint", "client_id", "post_logout_redirect_uri", "state"];

/// What a request to sign out comes to, once it is read.
struct Request {
    hint: Option<IdTokenHint>,
    client: Option<Arc<Client>>,
    /// Where the browser goes afterwards, with `state`; only with a hint, and only where the client registered it.
    back_to: Option<String>,
    carried: Vec<(String, String)>,
}

pub(crate) async fn get(http: HttpRequest, provider: Data<Provider>) -> HttpResponse {
    let params = Params::parse(http.query_string().as_bytes());
    match Request::read(&params, &provider) {
        Ok(request) => answer(&http, &provider, request, false).await,
        Err(reason) => refused_page(&provider, None, (StatusCode::BAD_REQUEST, reason), &params),
    }
}

pub(crate) async fn post(http: HttpRequest, payload: Payload, provider: Data<Provider>) -> HttpResponse {
    let params = match body::form(&http, payload).await {
        Ok(params) => params,
        Err(bad) => return request_error_page(&provider, None, bad.status, bad.error.description),
    };
    if params.get(CONFIRMED.0) != Some(CONFIRMED.1) {
        return come_again(&provider, routes::END_SESSION, &params);
    }
    match Request::read(&params, &provider) {
        Ok(request) => answer(&http, &provider, request, true).await,
        Err(reason) => refused_page(&provider, None, (StatusCode::BAD_REQUEST, reason), &params),
    }
}

impl Request {
    fn read(params: &Params, provider: &Provider) -> Result<Request, &'static str> {
        if params.any_repeated() {
            return Err("a parameter was sent more than once");
        }
        let named = params.get("client_id").and_then(|id| ClientId::parse(id).ok());
        let hint = params.get("id_token_hint").and_then(|hint| IdTokenHint::verify(hint, provider));
        if let (Some(hint), Some(named)) = (&hint, &named)
            && hint.aud != *named
        {
            return Err("id_token_hint was issued to another client than client_id");
        }
        let client_id = hint.as_ref().map(|hint| &hint.aud).or(named.as_ref());
        let client = client_id.and_then(|id| provider.clients.find(id));
        let carried =
            CARRIED.iter().filter_map(|name| Some((name.to_string(), params.get(name)?.to_owned()))).collect();
        let back_to = hint.as_ref().and(client.as_deref()).and_then(|client| back_to(params, client));
        Ok(Request { hint, client, back_to, carried })
    }

    /// Does the hint speak of the session's person? Then their client asks on their behalf, and no question is needed.
    fn is_of(&self, session: &BrowserSession, provider: &Provider) -> bool {
        self.hint.as_ref().is_some_and(|hint| hint.is_of(session.account, provider))
    }
}

/// Section 3: the address has to be registered, character by character; `state` goes with it.
fn back_to(params: &Params, client: &Client) -> Option<String> {
    let sent = params.get("post_logout_redirect_uri")?;
    let registered = client.post_logout_redirect_uris.iter().any(|registered| registered == sent);
    let state = params.get("state").map(|state| ("state".to_owned(), state.to_owned()));
    registered.then(|| match state {
        Some(state) => with_query(sent, &[state]),
        None => sent.to_owned(),
    })
}

async fn answer(http: &HttpRequest, provider: &Provider, request: Request, confirmed: bool) -> HttpResponse {
    let now = provider.clock.now();
    let session = match live_session(http, provider, now).await {
        Ok(session) => session,
        Err(error) => return unavailable_page(provider, &error),
    };
    // Whoever sends no session of ours loses no cookie: it may be another site that POSTs, whose POST leaves cookies out.
    let Some(session) = session else { return signed_out(provider, &request) };
    if !confirmed && !request.is_of(&session, provider) {
        let confirmed = (CONFIRMED.0.to_owned(), CONFIRMED.1.to_owned());
        let hidden: Vec<_> = request.carried.into_iter().chain([confirmed]).collect();
        return provider.pages.confirm_sign_out(request.client.as_deref(), &hidden);
    }
    match end(provider, &session, request.client.as_deref(), now).await {
        Ok(()) => without_cookie(provider, signed_out(provider, &request)),
        Err(error) => unavailable_page(provider, &error),
    }
}

async fn live_session(
    http: &HttpRequest,
    provider: &Provider,
    now: Time,
) -> Result<Option<BrowserSession>, StoreError> {
    let Some(token) = cookies::read(http, cookie_names::session(provider.issuer.is_https())) else {
        return Ok(None);
    };
    let token = provider.hash_key.hash(Purpose::BrowserSession, "", &token);
    provider.store.glance(move |db| db.browser_sessions().by_token(&token, now)).await
}

async fn end(
    provider: &Provider,
    session: &BrowserSession,
    client: Option<&Client>,
    now: Time,
) -> Result<(), StoreError> {
    let event = Event {
        id: provider.random.uuid_at(now),
        at: now,
        kind: EventKind::SignedOut,
        account: session.account,
        client: client.map(|client| client.id.clone()),
    };
    let session = session.id;
    let ended = provider.store.transact(move |db| {
        db.browser_sessions().end(session, now)?;
        db.events().record(&event)?;
        Ok::<_, StoreError>(())
    });
    ended.await
}

fn signed_out(provider: &Provider, request: &Request) -> HttpResponse {
    match &request.back_to {
        Some(address) => see_other(address),
        None => provider.pages.signed_out(request.client.as_deref()),
    }
}

fn without_cookie(provider: &Provider, mut response: HttpResponse) -> HttpResponse {
    let secure = provider.issuer.is_https();
    let cookie = cookies::clear(cookie_names::session(secure), secure);
    response.add_cookie(&cookie).expect("a cookie of ours is a valid header");
    response
}
