//! PKCE (RFC 7636; RFC 9700, section 2.1.1).

use crate::world::*;

#[actix_web::test]
async fn a_wrong_or_missing_verifier_is_refused_and_the_right_one_still_does() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let code = world.browser().brings_and_signs_in(&asks("openid"), zoe).await.code();
    let wrong = VERIFIER.to_lowercase();
    for request in [
        redeem(&code).with("code_verifier", &wrong),
        redeem(&code).with("code_verifier", &VERIFIER[..42]),
        redeem(&code).with("code_verifier", ""),
        redeem(&code).without("code_verifier"),
    ] {
        assert_eq!(world.token(&request).await.oauth_error(), (400, "invalid_grant".into()));
    }
    assert_eq!(world.token(&redeem(&code)).await.status, 200);
}

#[actix_web::test]
async fn the_challenge_itself_is_no_verifier() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let request = asks("openid");
    let challenge = request.encoded().split("code_challenge=").nth(1).unwrap()[..43].to_owned();
    let code = world.browser().brings_and_signs_in(&request, zoe).await.code();
    let answer = world.token(&redeem(&code).with("code_verifier", &challenge)).await;
    assert_eq!(answer.oauth_error(), (400, "invalid_grant".into()));
}

#[actix_web::test]
async fn only_a_complete_s256_challenge_is_taken() {
    let world = World::new().await;
    let request = asks("openid");
    for wrong in [
        request.clone().with("code_challenge_method", "plain"),
        request.clone().with("code_challenge_method", "s256"),
        request.clone().without("code_challenge_method"),
        request.clone().without("code_challenge"),
        request.clone().without("code_challenge").without("code_challenge_method"),
        request.clone().with("code_challenge", "short"),
        request.clone().with("code_challenge", VERIFIER),
    ] {
        assert_eq!(world.browser().brings(&wrong).await.error(), "invalid_request", "{wrong:?}");
    }
}

#[actix_web::test]
async fn a_client_whose_file_says_so_may_leave_pkce_out() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let request = asks("openid").of(B).without("code_challenge").without("code_challenge_method");
    let code = world.browser().brings_and_signs_in(&request, zoe).await.code();
    assert_eq!(world.token(&redeem(&code).of(B).without("code_verifier")).await.status, 200);
}

#[actix_web::test]
async fn a_verifier_without_a_challenge_shows_that_the_request_was_stripped_of_it() {
    let world = World::new().await;
    let zoe = world.has(Person::Zoe).await;
    let request = asks("openid").of(B).without("code_challenge").without("code_challenge_method");
    let code = world.browser().brings_and_signs_in(&request, zoe).await.code();
    assert_eq!(world.token(&redeem(&code).of(B)).await.oauth_error(), (400, "invalid_grant".into()));
}
