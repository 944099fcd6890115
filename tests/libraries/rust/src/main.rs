//! A service that lets teachers sign in: openidconnect and actix-web.

use std::collections::HashMap;
use std::env;
use std::error::Error;
use std::sync::Mutex;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::LOCATION;
use actix_web::web::{self, Data, Html, Query};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreGenderClaim, CoreIdToken, CoreTokenResponse};
use openidconnect::{
    AdditionalClaims, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IssuerUrl, LogoutRequest, Nonce, NonceVerifier, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, PostLogoutRedirectUrl, ProviderMetadataWithLogout, RedirectUrl, RefreshToken, Scope,
    TokenResponse, UserInfoClaims, reqwest,
};
use serde::{Deserialize, Serialize};

const SCOPES: [&str; 4] = ["profile", "email", "trn", "offline_access"]; // the library adds openid
const SESSION: &str = "session";
type Provider =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;
type Answer = Result<HttpResponse, Box<dyn Error>>;

/// What userinfo tells beyond the standard claims.
#[derive(Debug, Deserialize, Serialize)]
struct Record {
    trn: Option<String>,
    trn_lookup_status: String,
}
impl AdditionalClaims for Record {}

/// What we know of a browser.
enum Session {
    Begun { state: CsrfToken, nonce: Nonce, verifier: PkceCodeVerifier },
    SignedIn { shown: String, id_token: Box<CoreIdToken>, refresh_token: Option<RefreshToken> },
}

struct Service {
    http: reqwest::Client,
    /// By the cookie of the browser. Use your database instead.
    sessions: Mutex<HashMap<String, Session>>,
}

async fn home(request: HttpRequest, service: Data<Service>) -> Html {
    let cookie = request.cookie(SESSION).map(|cookie| cookie.value().to_owned()).unwrap_or_default();
    Html::new(match service.sessions.lock().unwrap().get(&cookie) {
        Some(Session::SignedIn { shown, .. }) => format!(
            r#"<pre>{}</pre>
            <form method="post" action="/refresh"><button>Refresh</button></form>
            <form method="post" action="/sign-out"><button>Sign out</button></form>"#,
            shown.replace('&', "&amp;").replace('<', "&lt;")
        ),
        _ => r#"<form action="/sign-in"><button>Sign in</button></form>"#.to_owned(),
    })
}

async fn sign_in(service: Data<Service>) -> Answer {
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let flow = CoreAuthenticationFlow::AuthorizationCode;
    let provider = service.provider().await?;
    let request = provider.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
    let scopes = SCOPES.map(|scope| Scope::new(scope.to_owned()));
    let (address, state, nonce) = request.add_scopes(scopes).set_pkce_challenge(challenge).url();
    Ok(service.keep(Session::Begun { state, nonce, verifier }, address.as_str()))
}

async fn callback(request: HttpRequest, answer: Query<HashMap<String, String>>, service: Data<Service>) -> Answer {
    let Some(Session::Begun { state, nonce, verifier }) = service.take(&request) else { return Ok(to("/")) };
    if answer.get("state") != Some(state.secret()) {
        return Err("this answers no question of ours".into());
    }
    let Some(code) = answer.get("code") else {
        let error = answer.get("error").map_or("no code came", String::as_str);
        return Ok(HttpResponse::Forbidden().body(format!("You are not signed in: {error}")));
    };
    let provider = service.provider().await?;
    let exchange = provider.exchange_code(AuthorizationCode::new(code.clone()))?;
    let tokens = exchange.set_pkce_verifier(verifier).request_async(&service.http).await?;
    Ok(service.keep(service.verify(&provider, &tokens, &nonce).await?, "/"))
}

/// New tokens without the person. Each refresh token is good for one use: keep the new one.
async fn refresh(request: HttpRequest, service: Data<Service>) -> Answer {
    let Some(Session::SignedIn { refresh_token: Some(token), .. }) = service.take(&request) else { return Ok(to("/")) };
    let provider = service.provider().await?;
    let tokens = provider.exchange_refresh_token(&token)?.request_async(&service.http).await?;
    let no_nonce = |_: Option<&Nonce>| Ok(());
    Ok(service.keep(service.verify(&provider, &tokens, no_nonce).await?, "/"))
}

async fn sign_out(request: HttpRequest, service: Data<Service>) -> Answer {
    let Some(Session::SignedIn { id_token, .. }) = service.take(&request) else { return Ok(to("/")) };
    let endpoint = service.metadata().await?.additional_metadata().end_session_endpoint.clone();
    let there = LogoutRequest::from(endpoint.ok_or("the provider has no sign-out")?)
        .set_id_token_hint(&id_token)
        .set_post_logout_redirect_uri(PostLogoutRedirectUrl::new(env::var("BASE_URL")? + "/")?);
    Ok(to(there.http_get_url().as_str()))
}

impl Service {
    /// Asked anew each time, so that the provider's keys are never old ones. Cache-Control says how long they may be kept.
    async fn metadata(&self) -> Result<ProviderMetadataWithLogout, Box<dyn Error>> {
        let issuer = IssuerUrl::new(env::var("ISSUER")?)?;
        Ok(ProviderMetadataWithLogout::discover_async(issuer, &self.http).await?)
    }

    async fn provider(&self) -> Result<Provider, Box<dyn Error>> {
        let (id, secret) = (ClientId::new(env::var("CLIENT_ID")?), ClientSecret::new(env::var("CLIENT_SECRET")?));
        let client = CoreClient::from_provider_metadata(self.metadata().await?, id, Some(secret));
        Ok(client.set_redirect_uri(RedirectUrl::new(env::var("BASE_URL")? + "/callback")?))
    }

    /// Checks the ID token and asks for userinfo: name, email and TRN are there.
    async fn verify(
        &self,
        provider: &Provider,
        tokens: &CoreTokenResponse,
        nonce: impl NonceVerifier,
    ) -> Result<Session, Box<dyn Error>> {
        let id_token = tokens.id_token().ok_or("there is no ID token")?;
        let claims = id_token.claims(&provider.id_token_verifier(), nonce)?;
        let subject = Some(claims.subject().clone());
        let userinfo = provider.user_info(tokens.access_token().clone(), subject)?;
        let userinfo: UserInfoClaims<Record, CoreGenderClaim> = userinfo.request_async(&self.http).await?;
        let shown = serde_json::json!({ "claims": claims, "userinfo": userinfo });
        let refresh_token = tokens.refresh_token().cloned();
        Ok(Session::SignedIn { shown: format!("{shown:#}"), id_token: Box::new(id_token.clone()), refresh_token })
    }

    /// Keeps a session under a new cookie, and sends the browser on with it.
    fn keep(&self, session: Session, address: &str) -> HttpResponse {
        let id = CsrfToken::new_random().into_secret();
        self.sessions.lock().unwrap().insert(id.clone(), session);
        let secure = env::var("BASE_URL").is_ok_and(|url| url.starts_with("https:"));
        let cookie = Cookie::build(SESSION, id).path("/").http_only(true).same_site(SameSite::Lax).secure(secure);
        HttpResponse::SeeOther().cookie(cookie.finish()).insert_header((LOCATION, address)).finish()
    }

    fn take(&self, request: &HttpRequest) -> Option<Session> {
        self.sessions.lock().unwrap().remove(request.cookie(SESSION)?.value())
    }
}

fn to(address: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((LOCATION, address)).finish()
}

#[actix_web::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let http = reqwest::ClientBuilder::new().redirect(reqwest::redirect::Policy::none()).build()?;
    let service = Data::new(Service { http, sessions: Mutex::default() });
    let app = move || {
        App::new()
            .app_data(service.clone())
            .route("/", web::get().to(home))
            .route("/sign-in", web::get().to(sign_in))
            .route("/callback", web::get().to(callback))
            .route("/refresh", web::post().to(refresh))
            .route("/sign-out", web::post().to(sign_out))
    };
    Ok(HttpServer::new(app).workers(1).bind(("localhost", env::var("PORT")?.parse()?))?.run().await?)
}
