//! The authorization endpoint (OpenID Connect Core, section 3.1.2; RFC 6749, section 4.1.1).
//!
//! A request goes through the steps below, from top to bottom; each is one rule in one file. Then the browser session
//! decides ([`decision`]): a code at once, a journey first, or an error.

mod admission;
mod claims;
mod client;
mod decision;
mod dpop_jkt;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzing;
mod grant;
mod id_token_hint;
mod interact;
mod login_hint;
mod max_age;
mod nonce;
mod pkce;
mod prompt;
mod pushed;
mod read;
mod redirect_uri;
mod repeated;
mod reply;
mod request;
mod request_object;
mod resource;
mod response_mode;
mod response_type;
mod resume;
mod scope;
mod session_id;
mod state;
mod text;
mod to_account;

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, PRAGMA, REFERRER_POLICY};
use actix_web::middleware::DefaultHeaders;
use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use identity::client::Client;

use crate::error::OAuthError;
use crate::params::Params;
use crate::response::{come_again, refused_page, request_error_page, unavailable_page};
use crate::{Provider, body, routes};
use decision::Decision;
use reply::{Reply, ReplyTo};
use request::AuthorizationRequest;

pub(crate) use pkce::matches as verifier_matches;
pub(crate) use prompt::PROMPTS;
pub(crate) use pushed::post as push;
pub(crate) use reply::with_query;
pub(crate) use response_mode::RESPONSE_MODES;
pub(crate) use response_type::RESPONSE_TYPES;
pub(crate) use resume::resume;

/// One rule. It looks at what was sent, and fills in its own part of the request or says what is wrong.
type Step = fn(&Asked<'_>, &mut AuthorizationRequest) -> Result<(), OAuthError>;

/// In this order; the first that fails is the answer. The first two say where and how answers go.
const STEPS: &[Step] = &[
    state::check,
    response_mode::check,
    repeated::check,
    request_object::check,
    pushed::check,
    response_type::check,
    scope::check,
    pkce::check,
    dpop_jkt::check,
    resource::check,
    nonce::check,
    prompt::check,
    max_age::check,
    login_hint::check,
    id_token_hint::check,
    claims::check,
    session_id::check,
];

/// What a step may look at.
struct Asked<'a> {
    params: &'a Params,
    client: &'a Client,
    provider: &'a Provider,
    came: Came,
}

/// How the parameters came here.
#[derive(Clone, Copy, Debug)]
struct Came {
    /// From the client itself, not through a browser.
    pushed: bool,
    /// In a request object.
    signed: bool,
}

/// Why there is no code, and who is told.
enum Refusal {
    /// We cannot be sure who asks, or whether the address to answer to is theirs: never a redirect.
    OnOurPage {
        client: Option<Arc<Client>>,
        reason: &'static str,
    },
    ToTheClient {
        to: ReplyTo,
        error: OAuthError,
    },
    /// Our own fault, or that of a client whose keys cannot be had.
    Unavailable(Box<dyn std::error::Error>),
}

/// For every answer: nobody keeps it, and its address, which may hold a code, goes to no other site.
pub(crate) fn headers() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((CACHE_CONTROL, "no-store"))
        .add((PRAGMA, "no-cache"))
        .add((REFERRER_POLICY, "no-referrer"))
}

/// OpenID Connect Core, section 3.1.2.1: GET with the parameters in the query.
pub(crate) async fn get(http: HttpRequest, provider: Data<Provider>) -> HttpResponse {
    let params = Params::parse(http.query_string().as_bytes());
    match read::read(&params, &provider).await {
        Ok((client, request)) => answer(&http, &provider, &client, request).await,
        Err(Refusal::OnOurPage { client, reason }) => {
            refused_page(&provider, client.as_deref(), (StatusCode::BAD_REQUEST, reason), &params)
        }
        Err(Refusal::ToTheClient { to, error }) => to.send(&provider, Reply::Error(error)),
        Err(Refusal::Unavailable(error)) => unavailable_page(&provider, &*error),
    }
}

/// The same: POST with the parameters in the body. Whether somebody is signed in, only a GET can tell.
pub(crate) async fn post(http: HttpRequest, payload: Payload, provider: Data<Provider>) -> HttpResponse {
    match body::form(&http, payload).await {
        Ok(params) => come_again(&provider, routes::AUTHORIZE, &params),
        Err(bad) => request_error_page(&provider, None, bad.status, bad.error.description),
    }
}

fn validate(
    params: &Params,
    client: Arc<Client>,
    provider: &Provider,
    came: Came,
) -> Result<AuthorizationRequest, Refusal> {
    let redirect_uri = redirect_uri::check(params, &client)
        .map_err(|reason| Refusal::OnOurPage { client: Some(client.clone()), reason })?;
    let mut request = AuthorizationRequest::new(&client, redirect_uri);
    let asked = Asked { params, client: &client, provider, came };
    for step in STEPS {
        step(&asked, &mut request).map_err(|error| Refusal::ToTheClient { to: request.reply_to.clone(), error })?;
    }
    Ok(request)
}

async fn answer(
    http: &HttpRequest,
    provider: &Provider,
    client: &Client,
    request: AuthorizationRequest,
) -> HttpResponse {
    let now = provider.clock.now();
    let mut signed_in = match decision::signed_in(http, provider, now).await {
        Ok(signed_in) => signed_in,
        Err(error) => return unavailable_page(provider, &error),
    };
    if let Some(signed_in) = &mut signed_in {
        signed_in.refused = admission::is_refused(provider, client, &signed_in.account, now).await;
    }
    let decision = match decision::decide((&request, client), signed_in.as_ref(), provider, now) {
        Decision::Issue(signed_in) => match grant::issue(provider, &request, signed_in, now).await {
            Ok(Some(code)) => return request.reply_to.send(provider, Reply::Code(code)),
            Ok(None) => decision::decide((&request, client), None, provider, now),
            Err(error) => return unavailable_page(provider, &error),
        },
        decision => decision,
    };
    match decision {
        Decision::Issue(_) => unreachable!("nobody is signed in"),
        Decision::Interact(signed_in) => interact::begin(http, provider, client, (request, signed_in)).await,
        Decision::Refuse(error) => request.reply_to.send(provider, Reply::Error(error)),
    }
}
