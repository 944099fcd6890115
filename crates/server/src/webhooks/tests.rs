use std::fs;

use identity::webhook::{WebhookEvent, WebhookName, Webhooks};
use tempfile::TempDir;

use super::*;
use crate::clients::Follow;

const SOUND: &str = "endpoint = \"https://a.example/hook\"\n\
                     secrets = [\"whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=\"]\n\
                     events = [\"UserCreated\", \"UserUpdated\"]\n";

struct World {
    folder: TempDir,
    settings: WebhookSettings,
}

impl World {
    fn with(name: &str, text: &str) -> World {
        let folder = TempDir::new().unwrap();
        let settings = WebhookSettings { directories: vec![folder.path().to_owned()], reload: true };
        let world = World { folder, settings };
        world.writes(name, text);
        world
    }

    fn writes(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).unwrap();
    }

    fn faults(&self, profile: Profile) -> Vec<String> {
        let root = format!("{}/", self.folder.path().display());
        let faults = load(&self.settings, profile).expect_err("something should be wrong");
        faults.iter().map(|fault| fault.to_string().replace(&root, "")).collect()
    }
}

#[test]
fn a_webhook_is_what_its_file_says_and_is_called_after_it() {
    let world = World::with("npq.toml", SOUND);
    let [webhook] = &load(&world.settings, Profile::Production).unwrap()[..] else { panic!("it is one") };
    assert_eq!((webhook.name.as_str(), webhook.endpoint.as_str()), ("npq", "https://a.example/hook"));
    assert_eq!(webhook.events, [WebhookEvent::UserCreated, WebhookEvent::UserUpdated]);
    assert!(webhook.enabled && webhook.secrets.len() == 1);
    world.writes("npq.toml", &format!("enabled = false\n{SOUND}"));
    assert!(!load(&world.settings, Profile::Production).unwrap()[0].enabled);
}

#[test]
fn all_that_is_wrong_is_said_at_once_and_no_secret_with_it() {
    let wrong = "endpoint = \"http://a:b@a.example/\"\nsecrets = [\"not long enough\"]\nevents = []\nretries = 9\n";
    let faults = World::with("Npq.toml", wrong).faults(Profile::Production);
    assert_eq!(
        faults,
        [
            "Npq.toml: retries: there is no such setting",
            "Npq.toml: the file's name will not do: a webhook's name has 1 to 100 of the characters a-z, 0-9, hyphen, \
             underscore and full stop",
            "Npq.toml: endpoint: should have no user name or password",
            "Npq.toml: secrets[0]: a secret has at least 32 characters, and no spaces or line ends",
            "Npq.toml: events: should have one at least",
        ]
    );
    let unknown = SOUND.replace("UserUpdated", "UserDeleted");
    assert!(World::with("npq.toml", &unknown).faults(Profile::Test)[0].contains("events"));
    let none = SOUND.replace("[\"whsec_QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=\"]", "[]");
    assert_eq!(
        World::with("npq.toml", &none).faults(Profile::Test),
        ["npq.toml: secrets: should have one, or two while it changes"]
    );
}

#[test]
fn plain_http_is_for_trying_things_out() {
    let world = World::with("npq.toml", &SOUND.replace("https", "http"));
    assert_eq!(world.faults(Profile::Production), ["npq.toml: endpoint: should be https in production"]);
    assert!(load(&world.settings, Profile::Development).is_ok());
}

#[test]
fn a_change_is_taken_over_and_a_bad_one_changes_nothing() {
    let world = World::with("one.toml", SOUND);
    let webhooks = Webhooks::new(load(&world.settings, Profile::Test).unwrap());
    let mut reload = Reload::over(webhooks.clone(), &world.settings, Profile::Test);
    let has = |name: &str| webhooks.find(&WebhookName::parse(name).unwrap()).is_some();
    world.writes("two.toml", SOUND);
    reload.look_again(false);
    assert!(has("one") && has("two"));
    world.writes("three.toml", "endpoint = 1");
    reload.look_again(false);
    assert!(has("two") && !has("three"));
    fs::remove_file(world.folder.path().join("three.toml")).unwrap();
    fs::remove_file(world.folder.path().join("two.toml")).unwrap();
    reload.look_again(false);
    assert!(has("one") && !has("two"));
}

#[test]
fn the_list_shows_who_is_told_of_what_and_no_secret() {
    let world = World::with("npq.toml", SOUND);
    let webhooks = load(&world.settings, Profile::Test).unwrap();
    let list = List(&webhooks).to_string();
    assert!(list.contains("npq") && list.contains("a.example") && list.contains("UserCreated UserUpdated"));
    assert!(!list.contains("whsec_") && !list.contains("/hook"));
    assert_eq!(List(&[]).to_string(), "There are no webhooks.");
}
