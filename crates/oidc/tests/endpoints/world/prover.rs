//! A client that proves a key of its own with each request (RFC 9449).

use actix_web::test::TestRequest;
use jsonwebtoken::{Algorithm, Header};
use serde_json::{Value, json};

use super::{Answer, ISSUER, Signer, TokenRequest, World, s256};

const TOKEN: &str = "/oauth2/token";
const USERINFO: &str = "/oauth2/userinfo";

/// A client that proves a key of its own.
pub(crate) struct Prover<'w> {
    world: &'w World,
    pub(crate) key: Signer,
}

impl<'w> Prover<'w> {
    pub(crate) fn new(world: &'w World) -> Prover<'w> {
        Prover { world, key: Signer::ec("unused") }
    }

    pub(crate) fn claims(&self, method: &str, path: &str) -> Value {
        let jti = self.world.provider.random.uuid().to_string();
        json!({
            "jti": jti, "htm": method, "htu": format!("{ISSUER}{path}"), "iat": self.world.now(),
            "nonce": self.world.dpop_nonce.borrow().clone(),
        })
    }

    pub(crate) fn header(&self) -> Header {
        let mut header = Header::new(Algorithm::ES256);
        header.typ = Some("dpop+jwt".into());
        header.jwk = Some(self.key.public());
        header
    }

    pub(crate) fn proves(&self, claims: &Value) -> String {
        self.key.signs_with(&self.header(), claims)
    }

    /// The token request with this proof.
    pub(crate) async fn asks_with(&self, request: &TokenRequest, proof: &str) -> Answer {
        self.world.keeps_nonce(self.world.asking(TOKEN, request).insert_header(("DPoP", proof))).await
    }

    pub(crate) async fn asks(&self, request: &TokenRequest) -> Answer {
        self.asks_with(request, &self.proves(&self.claims("POST", TOKEN))).await
    }

    pub(crate) async fn userinfo_with(&self, token: &str, proof: &str) -> Answer {
        let request = TestRequest::get().uri(USERINFO).insert_header(("Authorization", format!("DPoP {token}")));
        self.world.keeps_nonce(request.insert_header(("DPoP", proof))).await
    }

    pub(crate) fn for_userinfo(&self, token: &str) -> Value {
        let mut claims = self.claims("GET", USERINFO);
        claims["ath"] = json!(s256(token));
        claims
    }

    pub(crate) async fn userinfo(&self, token: &str) -> Answer {
        self.userinfo_with(token, &self.proves(&self.for_userinfo(token))).await
    }
}
