//! A token request as a client makes it.

use actix_web::test::TestRequest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};
use url::form_urlencoded::byte_serialize;

use super::{Answer, AuthorizationRequest, ISSUER, Params, VERIFIER, World, bare, encoded, pairs, secret, set, signer};

#[derive(Clone)]
pub(crate) struct TokenRequest {
    params: Params,
    authorization: Option<String>,
}

/// What `A` sends to redeem a code: everything right, authenticated by HTTP Basic.
pub(crate) fn redeem(code: &str) -> TokenRequest {
    let params = pairs(&[
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", super::A_CALLBACK),
        ("code_verifier", VERIFIER),
    ]);
    TokenRequest { params, authorization: None }.by_basic(super::A, &secret(super::A))
}

impl TokenRequest {
    pub(super) fn new(params: Params) -> TokenRequest {
        TokenRequest { params, authorization: None }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        set(&mut self.params, name, value);
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.params.retain(|(known, _)| known != name);
        self
    }

    pub(crate) fn with_another(mut self, name: &str, value: &str) -> Self {
        self.params.push((name.into(), value.into()));
        self
    }

    /// RFC 6749, section 2.3.1: both halves form-encoded.
    pub(crate) fn by_basic(mut self, client: &str, secret: &str) -> Self {
        let [client, secret] = [client, secret].map(|text| byte_serialize(text.as_bytes()).collect::<String>());
        self.authorization = Some(format!("Basic {}", STANDARD.encode(format!("{client}:{secret}"))));
        self
    }

    pub(crate) fn by_post(mut self, client: &str, secret: &str) -> Self {
        self.authorization = None;
        self.with("client_id", client).with("client_secret", secret)
    }

    pub(crate) fn with_authorization(mut self, header: &str) -> Self {
        self.authorization = Some(header.into());
        self
    }

    /// RFC 7523, section 2.2.
    pub(crate) fn by_assertion(self, jwt: &str) -> Self {
        let jwt_bearer = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
        self.anonymous().with("client_assertion_type", jwt_bearer).with("client_assertion", jwt)
    }

    pub(crate) fn anonymous(mut self) -> Self {
        self.authorization = None;
        self
    }

    /// From another client, which has the code and the verifier.
    pub(crate) fn of(self, client: &str) -> Self {
        self.by_basic(client, &secret(client)).with("redirect_uri", &super::callback(client))
    }
}

/// What `A` sends to get new tokens.
pub(crate) fn refreshes(token: &str) -> TokenRequest {
    let params = pairs(&[("grant_type", "refresh_token"), ("refresh_token", token)]);
    TokenRequest { params, authorization: None }.by_basic(super::A, &secret(super::A))
}

/// What `A` sends about a token, to have it revoked or to know what it is worth.
pub(crate) fn about(token: &str) -> TokenRequest {
    TokenRequest { params: pairs(&[("token", token)]), authorization: None }.by_basic(super::A, &secret(super::A))
}

impl World {
    /// What a client says of itself, to be signed.
    pub(crate) fn assertion(&self, client: &str) -> Value {
        let jti = self.provider.random.uuid().to_string();
        json!({ "iss": client, "sub": client, "aud": ISSUER, "exp": self.now() + 60, "iat": self.now(), "jti": jti })
    }

    /// Pushes the request as one of the clients that sign, and gives what the browser is to bring.
    pub(crate) async fn pushes(&self, request: &AuthorizationRequest, client: &str) -> AuthorizationRequest {
        let assertion = signer(Algorithm::ES256).signs(&self.assertion(client));
        let answer = self.asks_at("/oauth2/par", &request.pushed().by_assertion(&assertion)).await;
        assert_eq!(answer.status, 201, "{answer:?}");
        bare(client).with("request_uri", answer.json()["request_uri"].as_str().unwrap())
    }

    pub(crate) async fn token(&self, request: &TokenRequest) -> Answer {
        self.asks_at("/oauth2/token", request).await
    }

    pub(crate) async fn asks_at(&self, path: &str, request: &TokenRequest) -> Answer {
        self.send(self.asking(path, request)).await
    }

    pub(crate) fn asking(&self, path: &str, request: &TokenRequest) -> TestRequest {
        let mut http = TestRequest::post()
            .uri(path)
            .insert_header(("Content-Type", "application/x-www-form-urlencoded"))
            .set_payload(encoded(&request.params));
        if let Some(authorization) = &request.authorization {
            http = http.insert_header(("Authorization", authorization.as_str()));
        }
        http
    }
}
