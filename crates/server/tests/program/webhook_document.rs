//! docs/webhooks.md: its example is signed as it says, and its program takes what we send and nothing else.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::sync::Arc;

use identity::webhook::WebhookSecret;
use partners::simulators::Switch;
use partners::simulators::webhook::Webhook;

use crate::world::{ROOT, World};

/// Takes one request as the program of the document does; says what it says.
const DRIVER: &str = "import { read } from './verify.mjs'\n\
                      const [headers, body, secret] = process.argv.slice(2)\n\
                      try { console.log(read(JSON.parse(headers), body, secret).messageType) }\n\
                      catch (error) { console.log(error.message) }\n";

fn document() -> String {
    fs::read_to_string(format!("{ROOT}/docs/webhooks.md")).unwrap()
}

/// What stands in the block of this kind.
fn block(document: &str, kind: &str) -> String {
    let (_, rest) = document.split_once(&format!("```{kind}\n")).unwrap();
    rest.split_once("\n```").unwrap().0.to_owned()
}

#[test]
fn the_example_is_signed_with_the_secret_that_stands_beside_it() {
    let document = document();
    let (_, rest) = document.split_once("with the secret `").unwrap();
    let secret = WebhookSecret::parse(rest.split_once('`').unwrap().0).unwrap();
    let request = block(&document, "http");
    let (head, body) = request.split_once("\n\n").unwrap();
    let headers: BTreeMap<&str, &str> = head.lines().filter_map(|line| line.split_once(": ")).collect();
    let (id, timestamp) = (headers["webhook-id"], headers["webhook-timestamp"].parse().unwrap());
    assert_eq!(headers["webhook-signature"], secret.standard_signature(id, timestamp, body.as_bytes()));
    assert_eq!(headers["X-Hub-Signature-256"], secret.hub_signature(body.as_bytes()));
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!((&body["notificationId"], headers["X-TeacherIdentity-NotificationId"]), (&id.into(), id));
}

#[actix_web::test]
async fn the_program_takes_what_we_send_and_nothing_that_was_changed() {
    let secret = "whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";
    let (world, hook) =
        (Arc::new(World::new()), Webhook::start("127.0.0.1:0".parse().unwrap(), Switch::default()).unwrap());
    fs::create_dir(world.path("webhooks")).unwrap();
    // While a secret changes.
    let other = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3";
    let file =
        format!("endpoint = \"{}\"\nsecrets = [\"{other}\", \"{secret}\"]\nevents = [\"UserCreated\"]\n", hook.url());
    world.writes("webhooks/npq.toml", &file);
    let sent = world.clone();
    let ping = actix_web::rt::task::spawn_blocking(move || {
        let directory = sent.path("webhooks").display().to_string();
        sent.runs(&["webhooks", "ping", "npq"], &[("GAI__WEBHOOKS__DIRECTORIES", &directory)])
    });
    let ping = ping.await.unwrap();
    assert!(ping.success, "{ping:?}");

    world.writes("verify.mjs", &block(&document(), "js"));
    let driver = world.writes("driver.mjs", DRIVER);
    let received = hook.received().remove(0);
    let says = |headers: &BTreeMap<String, String>, body: &str| {
        let headers = serde_json::to_string(headers).unwrap();
        let done = Command::new("node").arg(&driver).args([&headers, body, secret]).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap().trim().to_owned()
    };
    assert_eq!(says(&received.headers, &received.body), "Ping");
    assert_eq!(says(&received.headers, &received.body.replace("Ping", "Pong")), "it is not from us");
    let old = BTreeMap::from([("webhook-timestamp".to_owned(), "1790000000".to_owned())]);
    let old = received.headers.clone().into_iter().chain(old).collect();
    assert_eq!(says(&old, &received.body), "it is not from now");
}
