//! Token revocation (RFC 7009).

use serde_json::json;

use crate::world::*;

const PATH: &str = "/oauth2/revoke";

async fn tokens(world: &World) -> serde_json::Value {
    let zoe = world.has(Person::Zoe).await;
    let code = world.browser().brings_and_signs_in(&asks("openid email"), zoe).await.code();
    world.token(&redeem(&code)).await.json()
}

fn text<'a>(tokens: &'a serde_json::Value, name: &str) -> &'a str {
    tokens[name].as_str().unwrap()
}

#[actix_web::test]
async fn a_token_that_is_given_back_works_no_more_at_any_server() {
    let world = World::new().await;
    let other = world.another_server().await;
    let tokens = tokens(&world).await;
    let token = text(&tokens, "access_token");
    assert_eq!(other.userinfo(token).await.status, 200);
    let answer = world.asks_at(PATH, &about(token)).await;
    assert_eq!((answer.status.as_u16(), answer.body.as_str(), answer.header("cache-control")), (200, "", "no-store"));
    for server in [&world, &other] {
        assert_eq!(server.userinfo(token).await.oauth_error(), (401, "invalid_token".into()));
        assert_eq!(server.asks_at("/oauth2/introspect", &about(token)).await.json(), json!({ "active": false }));
    }
    assert_eq!(world.asks_at(PATH, &about(token)).await.status, 200, "it is given back already");
}

#[actix_web::test]
async fn a_hint_of_any_kind_makes_no_difference() {
    let world = World::new().await;
    let tokens = tokens(&world).await;
    let token = text(&tokens, "access_token");
    let request = about(token).with("token_type_hint", "refresh_token");
    assert_eq!(world.asks_at(PATH, &request).await.status, 200);
    assert_eq!(world.userinfo(token).await.status, 401);
}

#[actix_web::test]
async fn the_token_of_another_client_is_refused_and_goes_on_working() {
    let world = World::new().await;
    let tokens = tokens(&world).await;
    let token = text(&tokens, "access_token");
    let request = about(token).by_basic(B, &secret(B));
    assert_eq!(world.asks_at(PATH, &request).await.oauth_error(), (400, "unauthorized_client".into()));
    assert_eq!(world.userinfo(token).await.status, 200);
}

#[actix_web::test]
async fn what_is_no_token_is_given_back_already() {
    let world = World::new().await;
    let tokens = tokens(&world).await;
    let token = text(&tokens, "access_token");
    for nothing in [text(&tokens, "id_token"), "nonsense", "a.b.c", &token[1..]] {
        assert_eq!(world.asks_at(PATH, &about(nothing)).await.status, 200, "{nothing}");
    }
    assert_eq!(world.userinfo(token).await.status, 200);
}

#[actix_web::test]
async fn a_client_proves_who_it_is_and_says_which_token_once() {
    let world = World::new().await;
    for (request, error) in [
        (about("x").anonymous(), (401, "invalid_client")),
        (about("x").by_basic(A, "wrong"), (401, "invalid_client")),
        (about("x").without("token"), (400, "invalid_request")),
        (about("").without("nothing"), (400, "invalid_request")),
        (about("x").with_another("token", "y"), (400, "invalid_request")),
    ] {
        let (status, code) = error;
        assert_eq!(world.asks_at(PATH, &request).await.oauth_error(), (status, code.into()));
    }
}
