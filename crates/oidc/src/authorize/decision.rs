//! Is the request satisfied by who is signed in with this browser (OpenID Connect Core, section 3.1.2.3)? If not, what is
//! missing decides: a journey can get it, and where no page may be shown, the client is told.

use actix_web::HttpRequest;
use identity::account::Account;
use identity::browser_session::BrowserSession;
use identity::client::{Client, TrnRequirement};
use identity::clock::Time;
use identity::cookie_names;
use identity::secret::Purpose;
use store::StoreError;

use super::prompt::Prompt;
use super::request::AuthorizationRequest;
use crate::error::{ErrorCode, OAuthError};
use crate::{Provider, cookies};

/// A live browser session and its person.
pub(super) struct SignedIn {
    pub(super) session: BrowserSession,
    pub(super) account: Account,
    /// Does the client that asks keep them out?
    pub(super) refused: bool,
}

pub(super) enum Decision<'a> {
    Issue(&'a SignedIn),
    /// With the session that was live, when nothing but the record is missing.
    Interact(Option<&'a SignedIn>),
    Refuse(OAuthError),
}

/// What the browser session does not give.
enum Missing {
    /// A person who proved who they are, recently enough, and is the one expected.
    Login,
    /// The search for their teaching record, which this client wants, or one that is strict enough for it.
    Record,
    /// Somebody whom this client keeps out. Only the journey can tell them.
    Admission,
}

impl Missing {
    /// Does the person have to prove who they are?
    fn is_login(&self) -> bool {
        matches!(self, Missing::Login)
    }
}

/// Who is signed in with the browser that sends this.
pub(super) async fn signed_in(
    http: &HttpRequest,
    provider: &Provider,
    now: Time,
) -> Result<Option<SignedIn>, StoreError> {
    let Some(token) = cookies::read(http, cookie_names::session(provider.issuer.is_https())) else {
        return Ok(None);
    };
    let token = provider.hash_key.hash(Purpose::BrowserSession, "", &token);
    let found = provider.store.glance(move |db| db.browser_sessions().with_account(&token, now)).await?;
    Ok(found.map(|(session, account)| SignedIn { session, account, refused: false }))
}

pub(super) fn decide<'a>(
    (request, client): (&AuthorizationRequest, &Client),
    signed_in: Option<&'a SignedIn>,
    provider: &Provider,
    now: Time,
) -> Decision<'a> {
    let missing = match signed_in {
        None => Missing::Login,
        Some(signed_in) => match missing((request, client), signed_in, provider, now) {
            None => return Decision::Issue(signed_in),
            Some(missing) => missing,
        },
    };
    if !request.prompts.contains(&Prompt::None) {
        return Decision::Interact(signed_in.filter(|_| !missing.is_login()));
    }
    let (error, description) = match missing {
        Missing::Login => (ErrorCode::LoginRequired, "the person has to sign in"),
        Missing::Record => (ErrorCode::InteractionRequired, "the person has to be asked about their teaching record"),
        Missing::Admission => (ErrorCode::AccessDenied, "the client keeps this person out"),
    };
    Decision::Refuse(OAuthError::new(error, description))
}

fn missing(
    (request, client): (&AuthorizationRequest, &Client),
    signed_in: &SignedIn,
    provider: &Provider,
    now: Time,
) -> Option<Missing> {
    let SignedIn { session, account, refused } = signed_in;
    let again = [Prompt::Login, Prompt::SelectAccount].iter().any(|prompt| request.prompts.contains(prompt));
    // At the very second counts as too old: it is the stricter reading, and 0 then needs no rule of its own.
    let age = now - session.authenticated_at;
    let too_old = request.max_age.is_some_and(|max_age| age >= chrono::Duration::seconds(max_age.into()));
    let someone_else = !request.may_be(account.id, client, provider);
    if again || too_old || someone_else || !request.takes(&session.methods) {
        return Some(Missing::Login);
    }
    if *refused {
        return Some(Missing::Admission);
    }
    let never_searched = request.wants_record(client) && account.lookup_status.is_none();
    let too_weak = request.wants_record(client)
        && account.record.as_ref().is_some_and(|link| !link.is_enough_for(client.match_policy));
    (never_searched || too_weak || lacks_required_record(account, client)).then_some(Missing::Record)
}

/// Does the client refuse people without a TRN, and is this one?
pub(super) fn lacks_required_record(account: &Account, client: &Client) -> bool {
    client.trn == TrnRequirement::Required && account.record_for(client.match_policy).is_none()
}
