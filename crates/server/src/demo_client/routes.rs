//! The addresses of the demo service.

use std::collections::BTreeMap;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;
use serde_json::json;

use super::Demo;
use super::fault::Fault;
use super::sample_clients;

const COOKIE: &str = "demo_service";

/// Parameters of an authorization request that are ours to set; any other is passed on, so that whoever tries the
/// provider can add `prompt`, `max_age` or `login_hint` to the address.
const OURS: [&str; 9] = [
    "client",
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
];

pub(super) fn configure(cfg: &mut web::ServiceConfig) {
    cfg.route("/", web::get().to(start))
        .route("/sign-in", web::get().to(sign_in))
        .route("/callback", web::get().to(callback))
        .route("/callback", web::post().to(posted_callback))
        .route("/signed-in", web::get().to(signed_in))
        .route("/tokens.json", web::get().to(tokens))
        .route("/sign-out", web::get().to(sign_out))
        .route("/signed-out", web::get().to(signed_out))
        .configure(govuk::assets::configure);
}

/// The answer of the authorization endpoint (RFC 6749, section 4.1.2; RFC 9207 for `iss`).
#[derive(Deserialize)]
struct Answer {
    state: Option<String>,
    code: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
    iss: Option<String>,
}

async fn start(request: HttpRequest, demo: web::Data<Demo>) -> HttpResponse {
    let known = browser(&request).is_some_and(|id| demo.sessions.with(&id, |session| session.signed_in.is_some()));
    demo.pages.start(demo.provider.issuer(), known)
}

async fn sign_in(
    request: HttpRequest,
    demo: web::Data<Demo>,
    query: web::Query<BTreeMap<String, String>>,
) -> HttpResponse {
    let Some(client) = query.get("client").and_then(|id| sample_clients::find(id)) else {
        return demo.pages.problem(&Fault::UnknownClient);
    };
    let more: Vec<(String, String)> =
        query.into_inner().into_iter().filter(|(name, _)| !OURS.contains(&name.as_str())).collect();
    match demo.provider.authorization_request(client, &demo.random, &more).await {
        Ok((address, attempt)) => {
            let id = browser(&request).unwrap_or_else(|| demo.random.token().expose().to_owned());
            demo.sessions.with(&id, |session| session.begin(attempt));
            let cookie = Cookie::build(COOKIE, id).http_only(true).same_site(SameSite::Lax).path("/").finish();
            HttpResponse::SeeOther().insert_header((LOCATION, address.as_str())).cookie(cookie).finish()
        }
        Err(fault) => demo.pages.problem(&fault),
    }
}

async fn callback(request: HttpRequest, demo: web::Data<Demo>, answer: web::Query<Answer>) -> HttpResponse {
    answered(&request, &demo, answer.into_inner()).await
}

async fn posted_callback(request: HttpRequest, demo: web::Data<Demo>, answer: web::Form<Answer>) -> HttpResponse {
    answered(&request, &demo, answer.into_inner()).await
}

/// Goes on to another page when all is well, so that reloading sends no code twice.
async fn answered(request: &HttpRequest, demo: &Demo, answer: Answer) -> HttpResponse {
    let outcome = match browser(request) {
        Some(id) => redeem(&id, demo, answer).await,
        None => Err(Fault::UnknownState),
    };
    match outcome {
        Ok(()) => see_other("/signed-in"),
        Err(fault) => demo.pages.problem(&fault),
    }
}

async fn redeem(browser: &str, demo: &Demo, answer: Answer) -> Result<(), Fault> {
    let state = answer.state.unwrap_or_default();
    let attempt = demo.sessions.with(browser, |session| session.take(&state)).ok_or(Fault::UnknownState)?;
    if answer.iss.is_some_and(|issuer| issuer != demo.provider.issuer()) {
        return Err(Fault::OtherIssuer);
    }
    if let Some(error) = answer.error {
        return Err(Fault::Refused { error, description: answer.error_description });
    }
    let signed_in = demo.provider.redeem(attempt, answer.code.ok_or(Fault::EmptyAnswer)?).await?;
    demo.sessions.with(browser, |session| session.signed_in = Some(signed_in));
    Ok(())
}

async fn signed_in(request: HttpRequest, demo: web::Data<Demo>) -> HttpResponse {
    let known = browser(&request).and_then(|id| demo.sessions.with(&id, |session| session.signed_in.clone()));
    match known {
        Some(signed_in) => demo.pages.signed_in(&signed_in),
        None => see_other("/"),
    }
}

/// For scripts: what the last sign-in of this browser brought.
async fn tokens(request: HttpRequest, demo: web::Data<Demo>) -> HttpResponse {
    let known = browser(&request).and_then(|id| demo.sessions.with(&id, |session| session.signed_in.clone()));
    match known {
        Some(it) => HttpResponse::Ok().json(json!({
            "client": it.client.id,
            "claims": it.claims,
            "userinfo": it.userinfo,
            "id_token": it.id_token,
            "access_token": it.access_token,
        })),
        None => HttpResponse::NotFound().json(json!({ "error": "nobody has signed in with this browser" })),
    }
}

/// Forgets the person here, and sends the browser to be forgotten at the provider.
async fn sign_out(request: HttpRequest, demo: web::Data<Demo>) -> HttpResponse {
    let Some(id) = browser(&request) else { return see_other("/") };
    let state = demo.random.token().expose().to_owned();
    let Some(signed_in) = demo.sessions.with(&id, |session| {
        session.sign_out_state = Some(state.clone());
        session.signed_in.take()
    }) else {
        return see_other("/");
    };
    match demo.provider.sign_out_address(&signed_in.id_token, &state).await {
        Ok(Some(address)) => see_other(address.as_str()),
        Ok(None) => see_other(&format!("/signed-out?state={state}")),
        Err(fault) => demo.pages.problem(&fault),
    }
}

async fn signed_out(
    request: HttpRequest,
    demo: web::Data<Demo>,
    query: web::Query<BTreeMap<String, String>>,
) -> HttpResponse {
    let sent = browser(&request).and_then(|id| demo.sessions.with(&id, |session| session.sign_out_state.take()));
    demo.pages.signed_out(sent.is_some() && sent.as_ref() == query.get("state"))
}

/// The token in the browser's cookie.
fn browser(request: &HttpRequest) -> Option<String> {
    request.cookie(COOKIE).map(|cookie| cookie.value().to_owned())
}

fn see_other(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, address)).finish()
}
