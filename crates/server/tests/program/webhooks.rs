//! `webhooks`: the list, and a ping that arrives or does not.

use std::sync::Arc;

use partners::simulators::webhook::Webhook;
use partners::simulators::{Fault, Switch};

use crate::world::{Done, World};

const SECRET: &str = "whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=";

struct Told {
    world: Arc<World>,
    hook: Webhook,
    directory: String,
}

impl Told {
    fn new() -> Told {
        let world = World::new();
        let hook = Webhook::start("127.0.0.1:0".parse().unwrap(), Switch::default()).unwrap();
        std::fs::create_dir(world.path("webhooks")).unwrap();
        let directory = world.path("webhooks").display().to_string();
        for (name, enabled) in [("npq", true), ("off", false)] {
            let file = format!(
                "endpoint = \"{}\"\nsecrets = [\"{SECRET}\"]\nenabled = {enabled}\nevents = [\"UserUpdated\"]\n",
                hook.url()
            );
            world.writes(&format!("webhooks/{name}.toml"), &file);
        }
        Told { world: Arc::new(world), hook, directory }
    }

    /// On a thread of its own, so that the webhook can answer.
    async fn runs(&self, args: &'static [&'static str]) -> Done {
        let (world, directory) = (self.world.clone(), self.directory.clone());
        let run = move || world.runs(args, &[("GAI__WEBHOOKS__DIRECTORIES", &directory)]);
        actix_web::rt::task::spawn_blocking(run).await.unwrap()
    }
}

#[actix_web::test]
async fn webhooks_are_listed_with_what_they_are_told_and_without_their_secrets() {
    let told = Told::new();
    let list = told.runs(&["webhooks", "list"]).await;
    assert!(list.success && !list.out.contains("whsec_"), "{list:?}");
    let lines: Vec<Vec<&str>> = list.out.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(lines[1], ["npq", "yes", "127.0.0.1", "UserUpdated"]);
    assert_eq!(lines[2], ["off", "no", "127.0.0.1", "UserUpdated"]);
    assert!(told.runs(&["check"]).await.out.contains("2 webhook(s)"));
}

#[actix_web::test]
async fn a_ping_goes_to_the_one_that_is_named_whatever_it_wants_to_be_told() {
    let told = Told::new();
    let ping = told.runs(&["webhooks", "ping", "npq"]).await;
    assert!(ping.success && ping.out.contains("The webhook npq took notification"), "{ping:?}");
    let [received] = &told.hook.received()[..] else { panic!("there is one") };
    assert!(received.body.contains("\"messageType\":\"Ping\",\"message\":{}"));
    assert!(received.headers.contains_key("webhook-signature"));
}

#[actix_web::test]
async fn who_does_not_take_a_ping_is_told_apart_from_who_is_not_asked() {
    let told = Told::new();
    told.hook.running.switch.turn(Fault::Failing);
    let failed = told.runs(&["webhooks", "ping", "npq"]).await;
    assert!(!failed.success && failed.err.contains("the answer was 500"), "{failed:?}");
    told.hook.running.switch.turn(Fault::None);
    let off = told.runs(&["webhooks", "ping", "off"]).await;
    assert!(!off.success && off.err.contains("is not enabled: nothing was sent"), "{off:?}");
    let nobody = told.runs(&["webhooks", "ping", "nobody"]).await;
    assert!(!nobody.success && nobody.err.contains("There is no webhook nobody."), "{nobody:?}");
    assert!(told.hook.received().is_empty());
}

#[actix_web::test]
async fn what_is_wrong_with_a_webhooks_file_is_said_by_check_and_keeps_the_server_from_starting() {
    let told = Told::new();
    told.world.writes("webhooks/npq.toml", "endpoint = \"nowhere\"\nsecrets = []\nevents = [\"UserDeleted\"]\n");
    for done in [told.runs(&["check"]).await, told.runs(&["serve"]).await] {
        assert!(!done.success && done.err.contains("npq.toml: events"), "{done:?}");
    }
}
