//! Pushed authorization requests (RFC 9126): the client sends its parameters here first, as itself, and the browser brings
//! nothing but a reference to them. The reference is good for that client, for a minute and for one use.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use chrono::Duration;
use identity::client::Client;
use identity::pushed_request::PushedRequest;
use identity::secret::{Plain, Purpose};
use serde::Serialize;
use store::StoreError;

use super::request::AuthorizationRequest;
use super::request_object::{self, Closed};
use super::{Asked, Came, Refusal, redirect_uri, validate};
use crate::client_request::{self, Failure};
use crate::error::OAuthError;
use crate::params::Params;
use crate::response::private_json;
use crate::{Provider, dpop};

/// Section 2.2 leaves the form to us; this one is the RFC's own example.
const PREFIX: &str = "urn:ietf:params:oauth:request_uri:";
/// A browser is sent on at once.
const LIFETIME: Duration = Duration::seconds(60);

/// Section 2.2.
#[derive(Serialize)]
struct Pushed {
    request_uri: String,
    /// In seconds.
    expires_in: i64,
}

pub(crate) async fn post(http: HttpRequest, payload: Payload, provider: Data<Provider>) -> HttpResponse {
    let response = match push(&http, payload, &provider).await {
        Ok(pushed) => private_json(StatusCode::CREATED, &pushed),
        Err(failure) => failure.into_response(),
    };
    dpop::with_nonce(&http, &provider, response)
}

async fn push(http: &HttpRequest, payload: Payload, provider: &Data<Provider>) -> Result<Pushed, Failure> {
    let (params, client) = client_request::read(http, payload, provider).await?;
    if params.contains("request_uri") {
        return Err(OAuthError::invalid_request("request_uri cannot be pushed").into());
    }
    let (params, signed) = request_object::open(&params, &client, provider).await?;
    let mut request = validate(&params, client.clone(), provider, Came { pushed: true, signed })?;
    // RFC 9449, section 10.1: the proof says the same as dpop_jkt would.
    if let Some(jkt) = dpop::proved(http, None, provider, provider.clock.now()).await? {
        if request.dpop_jkt.as_ref().is_some_and(|stated| *stated != jkt) {
            return Err(OAuthError::invalid_request("dpop_jkt is not the key that the DPoP proof proves").into());
        }
        request.dpop_jkt = Some(jkt);
    }
    let reference = provider.random.token();
    let row = PushedRequest {
        reference: provider.hash_key.hash(Purpose::PushedRequest, "", &reference),
        client_id: client.id.clone(),
        authorization: serde_json::to_string(&request).expect("a request is plain JSON"),
        expires_at: provider.clock.now() + LIFETIME,
        used_at: None,
    };
    provider.store.stroke(move |db| db.pushed_requests().create(&row)).await?;
    let request_uri = format!("{PREFIX}{}", reference.expose());
    Ok(Pushed { request_uri, expires_in: LIFETIME.num_seconds() })
}

/// What the browser brings, when it is a reference of ours.
pub(super) fn reference(params: &Params) -> Option<Plain> {
    params.get("request_uri")?.strip_prefix(PREFIX).map(Plain::new)
}

/// The request that the reference stands for. Whatever else the browser brings is not looked at (section 4).
pub(super) async fn take(
    reference: &Plain,
    client: &Client,
    provider: &Provider,
) -> Result<Result<AuthorizationRequest, &'static str>, StoreError> {
    let reference = provider.hash_key.hash(Purpose::PushedRequest, "", reference);
    let (id, now) = (client.id.clone(), provider.clock.now());
    let taken = provider.store.transact(move |db| {
        let Some(pushed) = db.pushed_requests().by_reference(&reference)? else { return Ok(None) };
        let is_good = pushed.client_id == id && now < pushed.expires_at;
        let is_first = is_good && db.pushed_requests().use_once(&reference, now)?;
        Ok::<_, StoreError>(Some((pushed, is_first)))
    });
    let Some((pushed, is_first)) = taken.await? else { return Ok(Err("request_uri is not known")) };
    if pushed.client_id != client.id {
        return Ok(Err("request_uri is another client's"));
    }
    if pushed.used_at.is_some() || (!is_first && now < pushed.expires_at) {
        return Ok(Err("request_uri was used before"));
    }
    if !is_first {
        return Ok(Err("request_uri has expired"));
    }
    match serde_json::from_str::<AuthorizationRequest>(&pushed.authorization) {
        Ok(request) if redirect_uri::is_registered(&request.reply_to.redirect_uri, client) => Ok(Ok(request)),
        Ok(_) => Ok(Err("redirect_uri is no longer registered")),
        Err(_) => Ok(Err("the pushed request cannot be read back")),
    }
}

/// Does the client have to push, and did it not? A rule of its file (section 5).
pub(super) fn check(asked: &Asked<'_>, _: &mut AuthorizationRequest) -> Result<(), OAuthError> {
    if asked.client.par_required && !asked.came.pushed {
        return Err(OAuthError::invalid_request("this client has to push its authorization requests (RFC 9126)"));
    }
    Ok(())
}

/// There is no browser here to show a page to or to send back: the client itself is told (section 2.3).
impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        match refusal {
            Refusal::OnOurPage { reason, .. } => OAuthError::invalid_request(reason).into(),
            Refusal::ToTheClient { error, .. } => error.into(),
            Refusal::Unavailable(error) => Failure::Unavailable(error),
        }
    }
}

impl From<Closed> for Failure {
    fn from(closed: Closed) -> Failure {
        match closed {
            Closed::Wrong(error) => error.into(),
            Closed::Unavailable(error) => Failure::Unavailable(error),
        }
    }
}
