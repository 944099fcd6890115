//! What the certification profiles check, row by row, for answers by query and by form_post alike. What every test of
//! theirs checks besides is in [`Suite`].

mod basic;
mod config;
mod fapi;
mod identity_assurance;
mod logout;

use std::collections::BTreeMap;

use chrono::Duration;
use identity::account::AccountId;
use serde_json::Value;

use crate::world::*;

pub(crate) type Response = BTreeMap<String, String>;

/// As long as the suite's.
const STATE: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_\
                     abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

/// One test of the suite: a provider of its own, and answers in one of the modes.
pub(crate) struct Suite {
    world: World,
    mode: &'static str,
    zoe: AccountId,
}

/// What the client has in the end.
pub(crate) struct Got {
    pub tokens: Value,
    pub id_token: Value,
    pub userinfo: Value,
}

impl Suite {
    /// The test in each mode.
    pub(crate) async fn in_each_mode(test: impl AsyncFn(&Suite)) {
        for mode in ["query", "form_post"] {
            let world = World::new().await;
            let zoe = world.has(Person::Zoe).await;
            let suite = Suite { world, mode, zoe };
            suite.discovery_and_keys_are_sound().await;
            test(&suite).await;
        }
    }

    async fn discovery_and_keys_are_sound(&self) {
        let document = self.world.get("/.well-known/openid-configuration").await.json();
        assert_eq!(document["issuer"], ISSUER);
        let keys = self.world.get("/oauth2/jwks").await.json()["keys"].as_array().unwrap().clone();
        let mut ids: Vec<&str> = keys.iter().map(|key| key["kid"].as_str().unwrap()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), keys.len());
        let private = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
        assert!(keys.iter().all(|key| private.iter().all(|part| key.get(part).is_none())));
    }

    pub(crate) fn asks(&self, scope: &str) -> AuthorizationRequest {
        asks(scope).with("response_mode", self.mode).with("state", STATE)
    }

    /// What comes back to the client, in the mode that it asked for, and with what every response has.
    pub(crate) fn response(&self, answer: &Answer) -> Response {
        self.response_of(A, answer)
    }

    pub(crate) fn response_of(&self, client: &str, answer: &Answer) -> Response {
        let response = self.params_of(client, answer);
        assert_eq!((response["state"].as_str(), response["iss"].as_str()), (STATE, ISSUER), "{}", self.mode);
        response
    }

    /// The parameters alone.
    pub(crate) fn params_of(&self, client: &str, answer: &Answer) -> Response {
        if self.mode == "query" {
            assert!(answer.location().unwrap().starts_with(&callback(client)), "{answer:?}");
            return answer.params();
        }
        assert_eq!((answer.status.as_u16(), answer.page().as_str()), (200, "form_post"));
        let body = answer.json();
        assert_eq!(body["redirect_uri"], callback(client));
        serde_json::from_value::<Params>(body["params"].clone()).unwrap().into_iter().collect()
    }

    pub(crate) async fn signs_in(&self, browser: &Browser<'_>, request: &AuthorizationRequest) -> Response {
        self.response(&browser.brings_and_signs_in(request, self.zoe).await)
    }

    /// The exchange of the code, and all that is to be true of it each time.
    pub(crate) async fn redeems(&self, request: &TokenRequest) -> Got {
        let answer = self.world.token(request).await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"), "{answer:?}");
        let tokens = answer.json();
        let id_token = self.world.verify(tokens["id_token"].as_str().unwrap(), A).await;
        assert_eq!((&id_token["iss"], &id_token["sub"]), (&ISSUER.into(), &self.zoe.to_string().into()));
        let userinfo = self.world.userinfo(tokens["access_token"].as_str().unwrap()).await;
        assert_eq!(userinfo.status, 200);
        let userinfo = userinfo.json();
        assert_eq!(userinfo["sub"], id_token["sub"]);
        Got { tokens, id_token, userinfo }
    }

    pub(crate) async fn redeems_code_of(&self, response: &Response) -> Got {
        self.redeems(&redeem(&response["code"])).await
    }

    pub(crate) fn passes(&self, seconds: i64) {
        self.world.passes(Duration::seconds(seconds));
    }
}
