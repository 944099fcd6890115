//! Clients are told of sign-outs, over the wire: a person signs out here, and their service hears of it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Duration;
use identity::logout_notice::NoticeState;
use oidc::tell_clients;
use partners::back_channel::HttpBackChannel;
use partners::simulators::{Answer, Service};
use serde_json::Value;
use tempfile::TempDir;

use crate::account::MORGAN;
use crate::person::End;
use crate::services::request_of;
use crate::world::World;

const TOLD: &str = "told";

/// A client whose server is this one.
fn file_of(service: &Service) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let file = format!(
        "client_id = \"{TOLD}\"\nname = \"A service that is told\"\nservice_url = \"http://localhost:8001/\"\n\
         plain_secret = \"{TOLD}-secret\"\nredirect_uris = [\"http://localhost:8001/callback\"]\n\
         backchannel_logout_uri = \"{}\"\nbackchannel_logout_session_required = true\n\
         scopes = [\"openid\", \"email\", \"trn\"]\ntrn = \"not-asked\"\n",
        service.address()
    );
    std::fs::write(folder.path().join(format!("{TOLD}.toml")), file).unwrap();
    folder
}

async fn world_with(service: &Service) -> World {
    let file = file_of(service);
    let directories = format!("{}/../../config/clients,{}", env!("CARGO_MANIFEST_DIR"), file.path().display());
    World::new(&[("GAI__CLIENTS__DIRECTORIES", &directories)]).await
}

/// Signs Morgan in for both services, and out again. The claims of the ID token that the one got which is to be told.
async fn signs_in_and_out(world: &World) -> Value {
    let mut claims = Value::Null;
    for client in ["demo-no-trn", TOLD] {
        let End::Service(params) = MORGAN.walks(world, world.visits(&request_of(client)).await).await else {
            panic!("nobody keeps Morgan out");
        };
        let (_, code) = params.iter().find(|(name, _)| name == "code").unwrap();
        claims = world.redeems(client, code).await;
    }
    let page = world.submits("/oauth2/end-session", &[("confirm", "yes")]).await;
    assert!(page.text.contains("You have signed out"), "{}", page.text);
    claims
}

fn claims_of(token: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

async fn states(world: &World) -> Vec<(NoticeState, u32)> {
    let every = [NoticeState::Due, NoticeState::Heard, NoticeState::GivenUp];
    let read = world.parts.store.read(move |db| db.logout_notices().in_states(&every, 10));
    let notices = read.await.map_err(|error: store::StoreError| error).unwrap();
    notices.iter().map(|notice| (notice.state, notice.attempts)).collect()
}

#[actix_web::test]
async fn a_service_that_fails_twice_hears_of_the_sign_out_the_third_time_and_is_then_left_alone() {
    let service = Service::start(&[Answer::Status(500), Answer::Elsewhere]).await.unwrap();
    let world = world_with(&service).await;
    let channel = HttpBackChannel::new().unwrap();
    let told = signs_in_and_out(&world).await;
    for (attempt, heard) in [(1, 0), (2, 0), (3, 1), (4, 0)] {
        let round = tell_clients(&world.parts.provider, &channel).await.unwrap();
        assert_eq!((round.told, round.heard), (usize::from(attempt < 4), heard), "{attempt}");
        let again = tell_clients(&world.parts.provider, &channel).await.unwrap();
        assert_eq!(again.told, 0, "not before it is due");
        world.clock.advance(Duration::seconds(10));
    }
    assert_eq!(states(&world).await, [(NoticeState::Heard, 3)], "the service without an address is not told");
    let tokens: Vec<Value> = service.tokens().iter().map(|token| claims_of(token)).collect();
    assert_eq!(tokens.len(), 3);
    for token in &tokens {
        assert_eq!((&token["sub"], &token["sid"], &token["aud"]), (&told["sub"], &told["sid"], &TOLD.into()));
        assert_eq!(token["jti"], tokens[0]["jti"], "so that it is known for the same");
    }
    assert_eq!(tokens[2]["iat"].as_i64().unwrap() - tokens[0]["iat"].as_i64().unwrap(), 20);
}

#[actix_web::test]
async fn two_servers_that_look_at_once_tell_the_service_once() {
    let service = Service::start(&[Answer::Status(503)]).await.unwrap();
    let world = world_with(&service).await;
    let other = world.another_server().await;
    let channel = HttpBackChannel::new().unwrap();
    signs_in_and_out(&world).await;
    for (wait, told) in [(0, 1), (5, 2), (5, 2)] {
        world.clock.advance(Duration::seconds(wait));
        let (one, two) = (&world.parts.provider, &other.provider);
        let rounds = futures_util::future::join_all(
            [one, two, one, two].map(|server| async { tell_clients(server, &channel).await.unwrap().told }),
        );
        rounds.await;
        assert_eq!(service.tokens().len(), told);
    }
    assert_eq!(states(&world).await, [(NoticeState::Heard, 2)]);
}

#[actix_web::test]
async fn a_service_that_is_down_for_a_day_is_given_up() {
    let service = Service::start(&[Answer::Status(502); 100]).await.unwrap();
    let world = world_with(&service).await;
    let channel = HttpBackChannel::new().unwrap();
    signs_in_and_out(&world).await;
    for _ in 0..50 {
        tell_clients(&world.parts.provider, &channel).await.unwrap();
        world.clock.advance(Duration::hours(1));
    }
    let [(NoticeState::GivenUp, attempts)] = states(&world).await[..] else { panic!("it should be given up") };
    assert!((20..40).contains(&attempts), "{attempts}");
    assert_eq!(service.tokens().len(), attempts as usize);
}
