//! Signed authorization responses (JARM).

use std::collections::BTreeMap;

use serde_json::Value;
use url::{Url, form_urlencoded};

use crate::world::*;

impl World {
    /// What the one parameter of a signed answer says to the client.
    async fn opened(&self, params: BTreeMap<String, String>, client: &str) -> Value {
        assert_eq!(params.keys().collect::<Vec<_>>(), ["response"], "nothing stands beside it");
        let claims = self.verify_answer(&params["response"], client).await;
        assert_eq!(claims["exp"].as_i64().unwrap() - self.now(), 600);
        claims
    }
}

#[actix_web::test]
async fn each_mode_carries_the_whole_answer_signed_for_the_client() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    for (mode, client) in [
        ("jwt", A),
        ("query.jwt", A),
        ("fragment.jwt", A),
        ("form_post.jwt", A),
        ("jwt", FAPI),
        ("form_post.jwt", FAPI),
    ] {
        let request = asks("openid").of(client).with("response_mode", mode);
        let request = if client == FAPI { world.pushes(&request, FAPI).await } else { request };
        let answer = world.browser().brings_and_signs_in(&request, zoe).await;
        let params = match mode {
            "form_post.jwt" => {
                assert_eq!(answer.page(), "form_post");
                serde_json::from_value::<Params>(answer.json()["params"].clone()).unwrap().into_iter().collect()
            }
            "fragment.jwt" => {
                let url = Url::parse(answer.location().unwrap()).unwrap();
                assert_eq!(url.query(), None);
                form_urlencoded::parse(url.fragment().unwrap().as_bytes()).into_owned().collect()
            }
            _ => answer.params(),
        };
        let algorithm = if client == FAPI { "ES256" } else { "RS256" };
        assert_eq!(format!("{:?}", header(&params["response"]).alg), algorithm);
        let claims = world.opened(params, client).await;
        assert_eq!((claims["state"].as_str(), claims["code"].as_str().is_some()), (Some("a-state"), true), "{mode}");
    }
}

#[actix_web::test]
async fn an_error_is_signed_too() {
    let world = World::new().await;
    let request = asks("openid").with("response_mode", "jwt").with("prompt", "none");
    let claims = world.opened(world.browser().brings(&request).await.params(), A).await;
    assert_eq!((claims["error"].as_str(), claims["state"].as_str()), (Some("login_required"), Some("a-state")));
}

#[actix_web::test]
async fn a_signed_answer_is_no_id_token() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let request = asks("openid").with("response_mode", "jwt");
    let signed = world.browser().brings_and_signs_in(&request, zoe).await.params().remove("response").unwrap();
    let answer = world.browser().brings(&asks("openid").with("id_token_hint", &signed)).await;
    assert_eq!(answer.error(), "invalid_request");
}
