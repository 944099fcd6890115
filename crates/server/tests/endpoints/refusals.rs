//! Requests that are refused on a page of ours, for each reason that there is, and what `clients explain` says of them.

use std::time::Duration;

use actix_web::test::TestRequest;
use identity::account::AccountId;
use identity::client::{Client, ClientId, MobileRequirement, TrnRequirement};
use identity::errand::Errand;
use identity::interaction::{Ask, AuthenticationMethod, Interaction, InteractionId, Outcome};
use identity::matching::MatchPolicy;
use identity::pushed_request::PushedRequest;
use identity::random::Random;
use identity::refused_request::RefusedRequest;
use identity::secret::{Plain, Purpose};
use server::explain::Explanation;
use store::StoreError;

use crate::account::MORGAN;
use crate::person::End;
use crate::services::request_of;
use crate::world::{Seen, World, authorization_request, authorization_request_for};

const CLIENT: &str = "demo-no-trn";

/// What the page of this answer is explained by.
async fn explained(world: &World, seen: &Seen) -> String {
    assert!([400, 413].contains(&seen.status.as_u16()) && seen.location().is_none(), "{}", seen.text);
    let digits = |text: &&str| text.len() == 11 && text.chars().all(|c| c.is_ascii_digit() || c == '-');
    let mut words = seen.text.split(|c: char| !c.is_ascii_digit() && c != '-');
    let reference = words.find(digits).unwrap_or_else(|| panic!("{} has no reference", seen.text)).to_owned();
    let request = kept(world, &reference).await.expect("it is kept");
    let clients: Vec<Client> = world.clients().all().iter().map(|client| client.as_ref().clone()).collect();
    Explanation::of(request, &clients, world.key_ring()).unwrap().to_string()
}

/// The page does not wait until the request is kept.
async fn kept(world: &World, reference: &str) -> Option<RefusedRequest> {
    for _ in 0..200 {
        let reference = reference.to_owned();
        let read = world.parts.store.read(move |db| db.refused_requests().by_reference(&reference));
        if let Some(kept) = read.await.map_err(|error: StoreError| error).unwrap() {
            return Some(kept);
        }
        actix_web::rt::time::sleep(Duration::from_millis(10)).await;
    }
    None
}

#[track_caller]
fn says(text: &str, reason: &str) {
    assert!(text.contains(&format!("Wrong       {reason}\n")), "{reason}: {text}");
    assert!(!text.contains("No advice is known"), "{reason}: {text}");
}

#[actix_web::test]
async fn each_wrong_authorization_request_is_explained_without_what_may_be_secret() {
    let world = World::new(&[]).await;
    let with = |name: &str, value: &str| {
        let (path, query) = authorization_request(CLIENT, &[("login_hint", "asha@example.com"), ("nonce", "n0nce")])
            .split_once('?')
            .map(|(path, query)| (path.to_owned(), query.to_owned()))
            .unwrap();
        let pairs = url::form_urlencoded::parse(query.as_bytes()).into_owned();
        let pairs = pairs.filter(|(own, _)| own != name).chain([(name.to_owned(), value.to_owned())]);
        format!("{path}?{}", url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
    };
    for (name, value, reason, said) in [
        ("client_id", "", "client_id is missing, empty or repeated", "client_id                  (empty)"),
        ("client_id", "A Service", "client_id is not one that we could have given", "A Service"),
        ("client_id", "demo-no-trm", "client_id names no client", "registered  demo-no-trn"),
        ("redirect_uri", "", "redirect_uri is missing, empty or repeated", "redirect_uri               (empty)"),
        (
            "redirect_uri",
            "http://localhost:8001/callback/",
            "redirect_uri is not registered",
            "^ there is a slash too many at the end",
        ),
    ] {
        let text = explained(&world, &world.visits(&with(name, value)).await).await;
        says(&text, reason);
        assert!(text.contains(said), "{said}: {text}");
        for secret in ["asha", "n0nce", "a state"] {
            assert!(!text.contains(secret), "{text}");
        }
        assert!(text.contains("login_hint                 (16 characters, not kept)"), "{text}");
    }
}

#[actix_web::test]
async fn each_wrong_reference_to_a_pushed_request_is_explained() {
    let world = World::new(&[]).await;
    let pushes = async || {
        let (_, query) =
            authorization_request(CLIENT, &[]).split_once('?').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        let request =
            TestRequest::post().uri("/oauth2/par").insert_header(("content-type", "application/x-www-form-urlencoded"));
        let body = format!("{query}&client_secret={CLIENT}-secret");
        let answer = world.asks(request.insert_header(("content-length", body.len())).set_payload(body)).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        let answer: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
        answer["request_uri"].as_str().unwrap().to_owned()
    };
    let brings = async |client: &str, request_uri: &str| {
        world.visits(&format!("/oauth2/authorize?client_id={client}&request_uri={request_uri}")).await
    };
    let unknown = brings(CLIENT, "urn:ietf:params:oauth:request_uri:unknown").await;
    says(&explained(&world, &unknown).await, "request_uri is not known");
    let reference = pushes().await;
    let another = brings("npq", &reference).await;
    says(&explained(&world, &another).await, "request_uri is another client's");
    assert_eq!(brings(CLIENT, &reference).await.status, 303);
    let again = brings(CLIENT, &reference).await;
    says(&explained(&world, &again).await, "request_uri was used before");
    let late = pushes().await;
    world.clock.advance(chrono::Duration::seconds(60));
    let late = brings(CLIENT, &late).await;
    says(&explained(&world, &late).await, "request_uri has expired");
    let provider = &world.parts.provider;
    let unreadable = PushedRequest {
        reference: provider.hash_key.hash(Purpose::PushedRequest, "", &Plain::new("unreadable")),
        client_id: ClientId::parse(CLIENT).unwrap(),
        authorization: "{}".into(),
        expires_at: provider.clock.now() + chrono::Duration::seconds(60),
        used_at: None,
    };
    world.parts.store.transact(move |db| db.pushed_requests().create(&unreadable)).await.unwrap();
    let unreadable = brings(CLIENT, "urn:ietf:params:oauth:request_uri:unreadable").await;
    says(&explained(&world, &unreadable).await, "the pushed request cannot be read back");
}

#[actix_web::test]
async fn each_wrong_form_is_explained() {
    let world = World::new(&[]).await;
    let posts = |kind: &'static str, body: String| {
        let request = TestRequest::post().uri("/oauth2/authorize").insert_header(("content-type", kind));
        world.asks(request.insert_header(("content-length", body.len())).set_payload(body))
    };
    let form = "application/x-www-form-urlencoded";
    let wrong = explained(&world, &posts("text/plain", "client_id=a".into()).await).await;
    says(&wrong, "the body has to be application/x-www-form-urlencoded");
    let large = explained(&world, &posts(form, "x".repeat(65 * 1024)).await).await;
    says(&large, "the body is too large");
    let long = format!("client_id={CLIENT}&state={}", "x".repeat(40 * 1024));
    let long = explained(&world, &posts(form, long).await).await;
    says(&long, "the parameters do not fit into an address");
    assert!(long.contains("state                      (40960 characters, not kept)"), "{long}");
}

#[actix_web::test]
async fn each_wrong_request_to_sign_out_is_explained() {
    let world = World::new(&[]).await;
    let address = "/oauth2/end-session?client_id=demo-no-trn&state=1&state=2";
    let text = explained(&world, &world.visits(address).await).await;
    says(&text, "a parameter was sent more than once");
    assert!(text.contains("state                      (sent 2 times)"), "{text}");

    let End::Service(params) = MORGAN.walks(&world, world.visits(&request_of(CLIENT)).await).await else { panic!() };
    let code = &params.iter().find(|(name, _)| name == "code").unwrap().1;
    let hint = world.id_token(CLIENT, code).await;
    let address = format!("/oauth2/end-session?client_id=npq&id_token_hint={hint}&post_logout_redirect_uri=http://x/");
    let text = explained(&world, &world.visits(&address).await).await;
    says(&text, "id_token_hint was issued to another client than client_id");
    assert!(!text.contains(&hint[..20]) && text.contains("post_logout_redirect_uri   http://x/"), "{text}");
}

/// An interaction of this browser that has ended so.
async fn has_interaction(world: &World, authorization: &str, outcome: Outcome) -> InteractionId {
    let provider = &world.parts.provider;
    let ask = Ask {
        wants_record: false,
        mobile: MobileRequirement::Optional,
        landing_page: false,
        trn: TrnRequirement::NotAsked,
        match_policy: MatchPolicy::Default,
        blocks_prohibited: false,
        raises_tickets: false,
        session: None,
        login_hint: None,
        takes_evidence: false,
        errand: Errand::SignIn,
    };
    let interaction = Interaction {
        id: InteractionId::new(&provider.random),
        client_id: ClientId::parse(CLIENT).unwrap(),
        browser: provider.hash_key.hash(Purpose::BrowserBinding, "", &Plain::new(world.cookie("gai_browser"))),
        ask,
        authorization: authorization.into(),
        state: String::new(),
        version: 0,
        created_at: provider.clock.now(),
        outcome: None,
        resumed_at: None,
    };
    let id = interaction.id;
    let made = provider.store.transact(move |db| {
        db.interactions().create(&interaction)?;
        db.interactions().finish(&id, 0, "{}", &outcome)
    });
    assert!(made.await.map_err(|error: StoreError| error).unwrap());
    id
}

/// The authorization request of a journey that was just begun, as it is kept.
async fn kept_request(world: &World) -> String {
    let begun = world.visits(&authorization_request(CLIENT, &[])).await;
    let id: InteractionId = begun.location().unwrap().strip_prefix("/sign-in/").unwrap().parse().unwrap();
    let read = world.parts.store.read(move |db| db.interactions().by_id(&id));
    read.await.map_err(|error: StoreError| error).unwrap().unwrap().authorization
}

#[actix_web::test]
async fn each_return_that_cannot_go_on_is_explained() {
    let world = World::new(&[]).await;
    let nobody = AccountId::new(&Random::seeded(9));
    let signed_in = Outcome::SignedIn {
        account: nobody,
        at: world.parts.provider.clock.now(),
        methods: vec![AuthenticationMethod::Otp],
    };
    let returns = async |id: &str| explained(&world, &world.visits(&format!("/oauth2/authorize/{id}")).await).await;
    says(&returns("nonsense").await, "the interaction has no id of ours");
    let unknown = InteractionId::new(&Random::seeded(9)).to_string();
    says(&returns(&unknown).await, "the browser has no cookie of ours");
    let request = kept_request(&world).await;
    says(&returns(&unknown).await, "there is no such interaction");

    let gone = has_interaction(&world, &request, signed_in.clone()).await.to_string();
    let text = returns(&gone).await;
    says(&text, "the account is gone");
    assert!(text.contains("Client      demo-no-trn ("), "{text}");
    let changed = Outcome::Changed { account: nobody, details: vec![], asked: None };
    let changed = has_interaction(&world, &request, changed).await.to_string();
    says(&returns(&changed).await, "no service asked for this change");
    let unreadable = has_interaction(&world, "{}", signed_in.clone()).await.to_string();
    says(&returns(&unreadable).await, "the authorization request cannot be read back");

    let clients = world.clients();
    let before: Vec<Client> = clients.all().iter().map(|client| client.as_ref().clone()).collect();
    let moved =
        |client: &Client| Client { redirect_uris: vec!["http://localhost:8001/moved".into()], ..client.clone() };
    clients.replace(before.iter().map(moved).collect());
    let text = returns(&gone).await;
    says(&text, "redirect_uri is no longer registered");
    assert!(text.contains("sent        http://localhost:8001/callback\n"), "{text}");
    assert!(text.contains("registered  http://localhost:8001/moved\n"), "{text}");
    clients.replace(vec![]);
    says(&returns(&gone).await, "the client is gone");

    let cookies = world.takes_another_browser();
    world.has_cookie("gai_browser", &"a".repeat(43));
    says(&returns(&gone).await, "the interaction was started by another browser");
    world.goes_back_to(cookies);
}

#[actix_web::test]
async fn a_flood_of_bad_requests_is_kept_in_part_and_every_page_is_shown() {
    let world = World::new(&[]).await;
    let address = authorization_request_for("nobody", "openid", &[]);
    for _ in 0..60 {
        assert_eq!(world.visits(&address).await.status, 400);
    }
    world.clock.advance(chrono::Duration::days(15));
    let now = world.parts.provider.clock.now();
    let deletes = async || {
        let deleted = world.parts.store.transact(move |db| db.housekeeping().delete_refused_requests(now, 100));
        deleted.await.map_err(|error: StoreError| error).unwrap()
    };
    let mut kept = 0;
    // The pages did not wait until they were kept.
    for _ in 0..200 {
        kept += deletes().await;
        if kept >= 30 {
            break;
        }
        actix_web::rt::time::sleep(Duration::from_millis(10)).await;
    }
    actix_web::rt::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(kept + deletes().await, 30);
}
