//! Client authentication at the token endpoint (RFC 6749, section 2.3.1).

use actix_web::test::TestRequest;
use futures_util::future::{join, join_all};

use crate::world::*;

async fn code(world: &World) -> String {
    let zoe = world.has(Person::Zoe).await;
    world.browser().brings_and_signs_in(&asks("openid"), zoe).await.code()
}

#[actix_web::test]
async fn a_wrong_secret_an_unknown_client_and_no_secret_get_one_and_the_same_answer() {
    let world = World::new().await;
    let code = code(&world).await;
    let wrong = [
        redeem(&code).by_basic(A, "wrong"),
        redeem(&code).by_basic(A, ""),
        redeem(&code).by_basic(A, &secret(B)),
        redeem(&code).by_basic("unknown", "wrong"),
        redeem(&code).by_basic("No client\0", "wrong"),
        redeem(&code).by_basic(&"a".repeat(10_000), "😀"),
        redeem(&code).by_post(A, "wrong"),
        redeem(&code).by_post(A, ""),
        redeem(&code).by_post("unknown", "wrong"),
        redeem(&code).anonymous(),
        redeem(&code).anonymous().with("client_id", A),
        redeem(&code).with_authorization("Basic !"),
        redeem(&code).with_authorization("Bearer abc"),
    ];
    let mut bodies = Vec::new();
    for request in wrong {
        let answer = world.token(&request).await;
        assert_eq!(answer.oauth_error(), (401, "invalid_client".into()));
        assert!(answer.header("www-authenticate").starts_with("Basic realm="), "{answer:?}");
        assert_eq!(answer.header("cache-control"), "no-store");
        bodies.push(answer.body);
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1);
    assert_eq!(world.token(&redeem(&code)).await.status, 200, "nobody else's failure costs the client its code");
}

#[actix_web::test]
async fn a_secret_that_everybody_knows_is_refused_though_its_hash_is_registered() {
    let world = World::new().await;
    let code = code(&world).await;
    let answer = world.token(&redeem(&code).by_basic(SAMPLE, &secret(SAMPLE))).await;
    assert_eq!(answer.oauth_error(), (401, "invalid_client".into()));
    assert_eq!(world.token(&redeem(&code)).await.status, 200);
}

#[actix_web::test]
async fn a_client_authenticates_in_one_way_only_and_as_itself() {
    let world = World::new().await;
    let code = code(&world).await;
    let twice = redeem(&code).with("client_id", A).with("client_secret", &secret(A));
    assert_eq!(world.token(&twice).await.oauth_error(), (400, "invalid_request".into()));
    let as_two = redeem(&code).with("client_id", B);
    assert_eq!(world.token(&as_two).await.oauth_error(), (400, "invalid_request".into()));
    assert_eq!(world.token(&redeem(&code).with("client_id", A)).await.status, 200);
}

#[actix_web::test]
async fn an_old_and_a_new_secret_both_do_until_the_old_one_is_taken_away() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let browser = world.browser();
    let code = browser.brings_and_signs_in(&asks("openid"), zoe).await.code();
    let provider = &world.provider;
    let new = identity::secret::Plain::new("the new secret");
    let hash = identity::client_secret::ClientSecretHash::of(&new, &provider.random);
    let mut client = (*provider.clients.all()[0]).clone();
    client.secrets.push(hash.clone());
    provider.clients.replace(vec![client.clone()]);
    assert_eq!(world.token(&redeem(&code).by_basic(A, new.expose())).await.status, 200);
    let code = browser.brings(&asks("openid")).await.code();
    assert_eq!(world.token(&redeem(&code)).await.status, 200);
    client.secrets = vec![hash];
    provider.clients.replace(vec![client]);
    let code = browser.brings(&asks("openid")).await.code();
    assert_eq!(world.token(&redeem(&code)).await.oauth_error(), (401, "invalid_client".into()));
}

#[actix_web::test]
async fn a_token_request_is_a_post_of_a_form() {
    let world = World::new().await;
    assert_eq!(world.get("/oauth2/token").await.status, 405);
    for content_type in ["application/json", "multipart/form-data; boundary=x", "text/plain"] {
        let request = TestRequest::post().uri("/oauth2/token").insert_header(("Content-Type", content_type));
        let answer = world.send(request.set_payload("grant_type=authorization_code")).await;
        assert_eq!(answer.oauth_error(), (400, "invalid_request".into()));
    }
}

#[actix_web::test]
async fn whoever_sends_wrong_secrets_for_one_client_keeps_no_other_waiting() {
    let world = World::new().await;
    let wrong = redeem("no-code").by_basic(A, "wrong");
    let guessing = join_all((0..80).map(|_| world.token(&wrong)));
    let other = async { world.token(&redeem("no-code").of(B)).await };
    let (guesses, other) = join(guessing, other).await;
    assert_eq!(other.oauth_error(), (400, "invalid_grant".into()), "its secret was right");
    let refused = guesses.iter().filter(|answer| answer.oauth_error() == (401, "invalid_client".into())).count();
    let sent_away: Vec<_> = guesses.iter().filter(|answer| answer.status == 503).collect();
    assert_eq!(refused + sent_away.len(), 80);
    assert!(refused >= 16 && !sent_away.is_empty(), "{refused} were refused");
    assert!(sent_away.iter().all(|answer| answer.header("retry-after") == "5"));
    let itself = world.token(&redeem("no-code")).await;
    assert_eq!(itself.oauth_error(), (400, "invalid_grant".into()), "and it can come itself afterwards");
}

#[actix_web::test]
async fn many_who_come_with_the_right_secret_at_once_are_all_let_in() {
    let world = World::new().await;
    let right = redeem("no-code");
    for answer in join_all((0..64).map(|_| world.token(&right))).await {
        assert_eq!(answer.oauth_error(), (400, "invalid_grant".into()));
    }
}
