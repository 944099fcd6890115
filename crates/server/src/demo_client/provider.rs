//! The provider, asked through the `openidconnect` library.

use std::str::FromStr;
use std::time::Duration;

use identity::random::Random;
use openidconnect::core::{CoreAuthenticationFlow, CoreResponseType};
use openidconnect::{
    AccessToken, AccessTokenHash, AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, IssuerUrl,
    LogoutRequest, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl,
    ProviderMetadataWithLogout, RedirectUrl, Scope, SubjectIdentifier, TokenResponse, reqwest,
};
use serde_json::Value;
use url::Url;

use super::claims::{AllUserInfo, DemoClient, IdToken};
use super::fault::Fault;
use super::jwt;
use super::sample_clients::SampleClient;
use super::sessions::{Attempt, SignedIn};

/// Its issuer, and where it sends people back to.
pub(super) struct Provider {
    http: reqwest::Client,
    issuer: IssuerUrl,
    redirect_uri: RedirectUrl,
    post_logout_redirect_uri: PostLogoutRedirectUrl,
}

impl Provider {
    pub(super) fn new(issuer: &str, base_url: &Url) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        // A redirect would let the provider choose whom we talk to.
        let no_redirects = reqwest::redirect::Policy::none();
        Ok(Self {
            http: reqwest::Client::builder().redirect(no_redirects).timeout(Duration::from_secs(10)).build()?,
            issuer: IssuerUrl::new(issuer.to_owned())?,
            redirect_uri: RedirectUrl::from_url(base_url.join("/callback")?),
            post_logout_redirect_uri: PostLogoutRedirectUrl::from_url(base_url.join("/signed-out")?),
        })
    }

    pub(super) fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// Where to send the person, and what to hold the answer against. `more` are parameters to pass on as they are.
    pub(super) async fn authorization_request(
        &self,
        client: &'static SampleClient,
        random: &Random,
        more: &[(String, String)],
    ) -> Result<(Url, Attempt), Fault> {
        let token = || random.token().expose().to_owned();
        let attempt = Attempt { client, state: token(), nonce: token(), pkce_verifier: token() };
        let library = self.library(client, self.metadata().await?);
        let flow: CoreAuthenticationFlow = AuthenticationFlow::AuthorizationCode::<CoreResponseType>;
        let (state, nonce) = (CsrfToken::new(attempt.state.clone()), Nonce::new(attempt.nonce.clone()));
        let pkce_verifier = PkceCodeVerifier::new(attempt.pkce_verifier.clone());
        let mut request = library
            .authorize_url(flow, || state, || nonce)
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&pkce_verifier))
            .add_scopes(client.scopes.iter().map(|scope| Scope::new((*scope).to_owned())));
        for (name, value) in more {
            request = request.add_extra_param(name.clone(), value.clone());
        }
        let (address, ..) = request.url();
        Ok((address, attempt))
    }

    /// Exchanges the code, verifies the ID token and asks for the userinfo.
    pub(super) async fn redeem(&self, attempt: Attempt, code: String) -> Result<SignedIn, Fault> {
        let client = attempt.client;
        let library = self.library(client, self.metadata().await?);
        let tokens = library
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| Fault::provider(&error))?
            .set_pkce_verifier(PkceCodeVerifier::new(attempt.pkce_verifier))
            .request_async(&self.http)
            .await?;
        let id_token = tokens.id_token().ok_or_else(|| Fault::IdToken("there is none".to_owned()))?;
        let subject = verify(&library, id_token, &Nonce::new(attempt.nonce), tokens.access_token())?;
        let userinfo: AllUserInfo = library
            .user_info(tokens.access_token().clone(), Some(subject))
            .map_err(|error| Fault::provider(&error))?
            .request_async(&self.http)
            .await
            .map_err(|error| Fault::provider(&error))?;
        // The claims as they were written, since the library's own form of them is tidied.
        let id_token = id_token.to_string();
        let claims = jwt::open(&id_token).map(|opened| opened.payload).unwrap_or_default();
        let userinfo = serde_json::to_value(&userinfo).unwrap_or(Value::Null);
        let access_token = tokens.access_token().secret().clone();
        Ok(SignedIn { client, claims, userinfo, id_token, access_token })
    }
    /// Where to send the person to sign out at the provider too; nothing when it has no such place.
    pub(super) async fn sign_out_address(&self, id_token: &str, state: &str) -> Result<Option<Url>, Fault> {
        let Some(endpoint) = self.metadata().await?.additional_metadata().end_session_endpoint.clone() else {
            return Ok(None);
        };
        let id_token = IdToken::from_str(id_token).map_err(|error| Fault::id_token(&error))?;
        let request = LogoutRequest::from(endpoint)
            .set_id_token_hint(&id_token)
            .set_post_logout_redirect_uri(self.post_logout_redirect_uri.clone())
            .set_state(CsrfToken::new(state.to_owned()));
        Ok(Some(request.http_get_url()))
    }

    /// Asked for anew each time, keys included: nothing here grows stale while somebody works on the provider.
    async fn metadata(&self) -> Result<ProviderMetadataWithLogout, Fault> {
        ProviderMetadataWithLogout::discover_async(self.issuer.clone(), &self.http)
            .await
            .map_err(|error| Fault::provider(&error))
    }

    fn library(&self, client: &SampleClient, metadata: ProviderMetadataWithLogout) -> DemoClient {
        let (id, secret) = (ClientId::new(client.id.to_owned()), ClientSecret::new(client.secret.to_owned()));
        DemoClient::from_provider_metadata(metadata, id, Some(secret)).set_redirect_uri(self.redirect_uri.clone())
    }
}

/// Signature, issuer, audience, times and nonce, then that the access token came with this ID token (OpenID Connect
/// Core, sections 3.1.3.7 and 3.1.3.8). Gives whom it is about.
fn verify(
    library: &DemoClient,
    id_token: &IdToken,
    nonce: &Nonce,
    access_token: &AccessToken,
) -> Result<SubjectIdentifier, Fault> {
    let verifier = library.id_token_verifier();
    let claims = id_token.claims(&verifier, nonce).map_err(|error| Fault::id_token(&error))?;
    if let Some(expected) = claims.access_token_hash() {
        let algorithm = id_token.signing_alg().map_err(|error| Fault::id_token(&error))?;
        let key = id_token.signing_key(&verifier).map_err(|error| Fault::id_token(&error))?;
        let actual = AccessTokenHash::from_token(access_token, algorithm, key);
        if actual.map_err(|error| Fault::id_token(&error))? != *expected {
            return Err(Fault::IdToken("its at_hash is of another access token".to_owned()));
        }
    }
    Ok(claims.subject().clone())
}
