//! What is good for one use is used by two hundred at the same moment, at two servers, on either database.

use futures_util::future::join_all;
use jsonwebtoken::Algorithm;

use crate::world::*;

const TIMES: usize = 200;

/// Two servers on one database, of which every other request goes to the other.
struct Servers([World; 2]);

impl Servers {
    async fn on(database: Database) -> Servers {
        let one = World::on(database, ISSUER).await;
        let other = one.another_server().await;
        Servers([one, other])
    }

    /// The answers to as many requests, none of which waits for another.
    async fn at_once(&self, ask: impl AsyncFn(&World) -> Answer) -> Vec<Answer> {
        join_all((0..TIMES).map(|time| ask(&self.0[time % 2]))).await
    }

    async fn code(&self, scope: &str) -> String {
        let zoe = self.0[0].has(Person::Zoe).await;
        self.0[0].browser().brings_and_signs_in(&asks(scope), zoe).await.code()
    }
}

/// The one that succeeded; each of the others is refused with this error.
#[track_caller]
fn the_one(answers: Vec<Answer>, refused: (u16, &str)) -> Answer {
    let (mut good, bad): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 200);
    for answer in bad {
        assert_eq!(answer.oauth_error(), (refused.0, refused.1.into()));
    }
    assert_eq!(good.len(), 1);
    good.remove(0)
}

async fn a_code_is_redeemed_once_and_what_it_brought_ends(database: Database) {
    let servers = Servers::on(database).await;
    let code = servers.code("openid").await;
    let answers = servers.at_once(async |world| world.token(&redeem(&code)).await).await;
    let tokens = the_one(answers, (400, "invalid_grant")).json();
    let token = tokens["access_token"].as_str().unwrap();
    for world in &servers.0 {
        assert_eq!(world.userinfo(token).await.status, 401, "it was used again");
    }
}

/// Each may be the one whose answer is lost, and so each is answered. None of them ends the grant.
async fn a_refresh_token_is_within_its_grace_for_all_who_send_it_at_once(database: Database) {
    let servers = Servers::on(database).await;
    let code = servers.code("openid offline_access").await;
    let tokens = servers.0[0].token(&redeem(&code)).await.json();
    let token = tokens["refresh_token"].as_str().unwrap();
    let answers = servers.at_once(async |world| world.token(&refreshes(token)).await).await;
    let mut next = Vec::new();
    for answer in answers {
        assert_eq!(answer.status, 200, "{answer:?}");
        next.push(answer.json()["refresh_token"].as_str().unwrap().to_owned());
    }
    next.sort_unstable();
    next.dedup();
    assert_eq!(next.len(), TIMES);
    assert_eq!(servers.0[0].token(&refreshes(&next[0])).await.status, 200);
    // Now one of the answers has arrived: whoever sends the first token again has stolen it.
    assert_eq!(servers.0[1].token(&refreshes(token)).await.oauth_error(), (400, "invalid_grant".into()));
    assert_eq!(servers.0[0].token(&refreshes(&next[1])).await.oauth_error(), (400, "invalid_grant".into()));
}

async fn a_pushed_request_begins_one_journey(database: Database) {
    let servers = Servers::on(database).await;
    let reference = servers.0[0].pushes(&asks("openid").of(KEYED), KEYED).await;
    let answers = servers.at_once(async |world| world.browser().brings(&reference).await).await;
    let (begun, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 303);
    assert_eq!(begun.len(), 1);
    refused.iter().for_each(Answer::is_an_error_page_without_redirect);
}

async fn an_assertion_authenticates_once(database: Database) {
    let servers = Servers::on(database).await;
    let assertion = signer(Algorithm::ES256).signs(&servers.0[0].assertion(KEYED));
    let request = about("no token").by_assertion(&assertion);
    let answers = servers.at_once(async |world| world.asks_at("/oauth2/revoke", &request).await).await;
    the_one(answers, (401, "invalid_client"));
}

async fn a_proof_of_a_key_is_good_once(database: Database) {
    let servers = Servers::on(database).await;
    let code = servers.code("openid").await;
    let prover = Prover::new(&servers.0[0]);
    assert_eq!(prover.asks(&redeem(&code)).await.oauth_error().1, "use_dpop_nonce");
    let proof = prover.proves(&prover.claims("POST", "/oauth2/token"));
    let asks = async |world: &World| {
        world.send(world.asking("/oauth2/token", &redeem(&code)).insert_header(("DPoP", proof.as_str()))).await
    };
    let tokens = the_one(servers.at_once(asks).await, (400, "invalid_dpop_proof")).json();
    let token = tokens["access_token"].as_str().unwrap();
    assert_eq!(prover.userinfo(token).await.status, 200, "none of the others came as far as the code");
}

/// Makes two tests of each.
macro_rules! on_both_databases {
    ($($case:ident)*) => {
        mod sqlite {
            $(#[actix_web::test]
            async fn $case() {
                super::$case(super::Database::sqlite()).await;
            })*
        }
        mod postgres {
            $(#[actix_web::test]
            async fn $case() {
                super::$case(super::Database::postgres()).await;
            })*
        }
    };
}

on_both_databases! {
    a_code_is_redeemed_once_and_what_it_brought_ends
    a_refresh_token_is_within_its_grace_for_all_who_send_it_at_once
    a_pushed_request_begins_one_journey
    an_assertion_authenticates_once
    a_proof_of_a_key_is_good_once
}
