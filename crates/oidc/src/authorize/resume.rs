//! Taking up the outcome of a journey: the person comes back, is signed in with this browser, and is sent on to the client
//! with a code. What is written is written at once, so a server that dies here leaves either all of it or nothing.

use actix_web::http::StatusCode;
use actix_web::http::header::USER_AGENT;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::Duration;
use identity::account::{Account, AccountId};
use identity::browser_session::{BrowserSession, SessionId};
use identity::client::Client;
use identity::clock::Time;
use identity::cookie_names;
use identity::device::Device;
use identity::grant::Grant;
use identity::interaction::{AuthenticationMethod, Interaction, InteractionId, Outcome};
use identity::secret::{Hashed, Plain, Purpose};
use store::{Db, StoreError};

use super::admission;
use super::claims;
use super::decision::{self, lacks_required_record};
use super::grant::new_grant;
use super::interact;
use super::redirect_uri;
use super::reply::Reply;
use super::request::AuthorizationRequest;
use super::to_account;
use crate::error::{ErrorCode, OAuthError};
use crate::params::Params;
use crate::response::{refused_page, request_error_page, see_other, unavailable_page};
use crate::{Provider, cookies, routes};

/// An outcome that nobody came to fetch for so long is no proof that the person is still there.
const OUTCOME_LIFETIME: Duration = Duration::hours(1);

/// `GET /oauth2/authorize/{interaction}`: only the browser that started may come back.
pub(crate) async fn resume(http: HttpRequest, id: Path<String>, provider: Data<Provider>) -> HttpResponse {
    let refuse = |reason| request_error_page(&provider, None, StatusCode::BAD_REQUEST, reason);
    let Ok(id) = id.parse::<InteractionId>() else { return refuse("the interaction has no id of ours") };
    let Some(browser) = cookies::read(&http, cookie_names::browser(provider.issuer.is_https())) else {
        return refuse("the browser has no cookie of ours");
    };
    let found = match find(&provider, id).await {
        Ok(Some(found)) => found,
        Ok(None) => return refuse("there is no such interaction"),
        Err(error) => return unavailable_page(&provider, &error),
    };
    let browser = provider.hash_key.hash(Purpose::BrowserBinding, "", &browser);
    if !browser.matches(&found.interaction.browser) {
        return refuse("the interaction was started by another browser");
    }
    go_on(&http, &provider, found).await
}

struct Found {
    interaction: Interaction,
    /// The person that the outcome names.
    account: Option<Account>,
}

async fn find(provider: &Provider, id: InteractionId) -> Result<Option<Found>, StoreError> {
    let read = provider.store.glance(move |db| {
        let Some(interaction) = db.interactions().by_id(&id)? else { return Ok(None) };
        let account = match &interaction.outcome {
            Some(Outcome::SignedIn { account, .. }) => db.accounts().by_id(*account)?,
            Some(_) | None => None,
        };
        Ok::<_, StoreError>(Some(Found { interaction, account }))
    });
    read.await
}

async fn go_on(http: &HttpRequest, provider: &Provider, found: Found) -> HttpResponse {
    let Found { interaction, account } = found;
    let Some(client) = provider.clients.find(&interaction.client_id) else {
        return request_error_page(provider, None, StatusCode::BAD_REQUEST, "the client is gone");
    };
    let refuse = |reason| request_error_page(provider, Some(&client), StatusCode::BAD_REQUEST, reason);
    let Some(outcome) = interaction.outcome else {
        return see_other(&format!("{}{}", routes::SIGN_IN, interaction.id));
    };
    let now = provider.clock.now();
    let account_page = interaction.ask.errand.account_page();
    if interaction.resumed_at.is_some() || is_stale(&outcome, now) {
        return see_other(account_page.as_deref().unwrap_or(client.service_url.as_str()));
    }
    if let Some(page) = account_page {
        if account.is_none() && matches!(outcome, Outcome::SignedIn { .. }) {
            return refuse("the account is gone");
        }
        return to_account::lead(http, provider, (interaction.id, outcome), &page, now).await;
    }
    let Ok(request) = serde_json::from_str::<AuthorizationRequest>(&interaction.authorization) else {
        return refuse("the authorization request cannot be read back");
    };
    if !redirect_uri::is_registered(&request.reply_to.redirect_uri, &client) {
        let sent = Params::of([("redirect_uri".to_owned(), request.reply_to.redirect_uri.clone())]);
        let reason = "redirect_uri is no longer registered";
        return refused_page(provider, Some(&client), (StatusCode::BAD_REQUEST, reason), &sent);
    }
    let (reply, signed_in) = match (outcome, account) {
        (Outcome::WithoutTrn { .. }, _) => (without_trn(), None),
        (Outcome::Blocked, _) => (kept_out(), None),
        (Outcome::AskedSupport { .. }, _) => (asked_support(), None),
        (Outcome::Changed { .. }, _) => return refuse("no service asked for this change"),
        (Outcome::SignedIn { .. }, None) => return refuse("the account is gone"),
        (Outcome::SignedIn { .. }, Some(account)) if admission::is_refused(provider, &client, &account, now).await => {
            (kept_out(), None)
        }
        (Outcome::SignedIn { at, methods, .. }, Some(account)) => {
            let session = interaction.ask.session.as_ref();
            // Who proved an address on the way has a time of their own.
            if session.is_some_and(|session| session.account == account.id && session.authenticated_at == at)
                && !is_still_signed_in(http, provider, account.id, now).await
            {
                // Signed out meanwhile: what the journey found out is kept, but nobody is signed in by it.
                return interact::begin(http, provider, &client, (request, None)).await;
            }
            let (token, session) = new_session(http, provider, (account.id, at), methods);
            let (reply, grant) = reply(provider, &request, (&client, &account), &session, now);
            (reply, Some((token, NewlySignedIn { session, replaces: replaced(http, provider), grant })))
        }
    };
    let (token, signed_in) = signed_in.unzip();
    match keep(provider, interaction.id, signed_in, now).await {
        Ok(true) => with_session(provider, token, request.reply_to.send(provider, reply)),
        Ok(false) => see_other(client.service_url.as_str()),
        Err(error) => unavailable_page(provider, &error),
    }
}

fn is_stale(outcome: &Outcome, now: Time) -> bool {
    matches!(outcome, Outcome::SignedIn { at, .. } if now - *at > OUTCOME_LIFETIME)
}

/// A session of the person, which lives from the moment of their proof, and the token that the browser keeps of it.
pub(super) fn new_session(
    http: &HttpRequest,
    provider: &Provider,
    (account, at): (AccountId, Time),
    methods: Vec<AuthenticationMethod>,
) -> (Plain, BrowserSession) {
    let token = provider.random.token();
    let session = BrowserSession {
        id: SessionId::new(&provider.random),
        token: provider.hash_key.hash(Purpose::BrowserSession, "", &token),
        account,
        authenticated_at: at,
        methods,
        expires_at: at + provider.settings.browser_session_lifetime,
        ended_at: None,
        device: http.headers().get(USER_AGENT).and_then(|value| Device::of_user_agent(value.to_str().ok()?)),
    };
    (token, session)
}

/// A code, unless it is not the person that the client expects, not the proof that it asks for, or somebody without the
/// TRN that the client requires. Each is signed in with us all the same.
fn reply(
    provider: &Provider,
    request: &AuthorizationRequest,
    (client, account): (&Client, &Account),
    session: &BrowserSession,
    now: Time,
) -> (Reply, Option<Grant>) {
    if !request.may_be(account.id, client, provider) {
        let description = "another person signed in than the one of id_token_hint, or of sub in claims";
        return (Reply::Error(OAuthError::new(ErrorCode::LoginRequired, description)), None);
    }
    if !request.takes(&session.methods) {
        return (Reply::Error(claims::unmet()), None);
    }
    if lacks_required_record(account, client) {
        return (without_trn(), None);
    }
    let (code, grant) = new_grant(provider, request, session, now);
    (Reply::Code(code), Some(grant))
}

/// Is the session that the journey took for granted still there?
async fn is_still_signed_in(http: &HttpRequest, provider: &Provider, account: AccountId, now: Time) -> bool {
    match decision::signed_in(http, provider, now).await {
        Ok(signed_in) => signed_in.is_some_and(|signed_in| signed_in.account.id == account),
        Err(_) => false,
    }
}

fn kept_out() -> Reply {
    Reply::Error(OAuthError::new(ErrorCode::AccessDenied, "the client keeps this person out"))
}

fn asked_support() -> Reply {
    let description = "the person has to prove to support that an account is theirs";
    Reply::Error(OAuthError::new(ErrorCode::AccessDenied, description))
}

fn without_trn() -> Reply {
    let description = "no TRN was found for this person, and the client requires one";
    Reply::Error(OAuthError::new(ErrorCode::AccessDenied, description))
}

/// What a return writes when it brings a person.
pub(super) struct NewlySignedIn {
    pub(super) session: BrowserSession,
    /// The session that this browser had until now. The same person's goes on under its id, so that no service that they
    /// are signed in to is told that they have signed out; another person's ends.
    pub(super) replaces: Option<Hashed>,
    pub(super) grant: Option<Grant>,
}

/// False, and nothing written, when the outcome has been taken up already.
pub(super) async fn keep(
    provider: &Provider,
    interaction: InteractionId,
    signed_in: Option<NewlySignedIn>,
    now: Time,
) -> Result<bool, StoreError> {
    let kept = provider.store.transact(move |db| {
        if !db.interactions().mark_resumed(&interaction, now)? {
            return Ok(false);
        }
        if let Some(signed_in) = signed_in {
            signed_in.keep(db, now)?;
        }
        Ok::<_, StoreError>(true)
    });
    kept.await
}

impl NewlySignedIn {
    fn keep(self, db: &mut Db<'_>, now: Time) -> Result<(), StoreError> {
        let replaced = self.replaces.map(|token| db.browser_sessions().by_token(&token, now)).transpose()?;
        let session = match replaced.flatten() {
            Some(theirs) if theirs.account == self.session.account => {
                db.browser_sessions().renew(theirs.id, &self.session)?;
                theirs.id
            }
            somebodys => {
                somebodys.map_or(Ok(()), |other| db.browser_sessions().end(other.id, now))?;
                db.browser_sessions().create(&self.session)?;
                self.session.id
            }
        };
        self.grant.map_or(Ok(()), |grant| db.grants().create(&Grant { session, ..grant }))
    }
}

pub(super) fn replaced(http: &HttpRequest, provider: &Provider) -> Option<Hashed> {
    let token = cookies::read(http, cookie_names::session(provider.issuer.is_https()))?;
    Some(provider.hash_key.hash(Purpose::BrowserSession, "", &token))
}

pub(super) fn with_session(provider: &Provider, token: Option<Plain>, mut response: HttpResponse) -> HttpResponse {
    let secure = provider.issuer.is_https();
    if let Some(token) = token {
        let cookie = cookies::set(cookie_names::session(secure), &token, secure);
        response.add_cookie(&cookie).expect("a cookie of ours is a valid header");
    }
    response
}
