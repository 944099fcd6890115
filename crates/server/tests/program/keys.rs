//! `keys` and `secrets`: on a database without a server, and beside one that runs.

use serde_json::Value;

use crate::world::{Server, World};

const OTHER_KEYS: &str =
    "new:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=, test:ENr40q636jpT3tfW1oSmBypRnpNHt1LRpZi2ko5v0zY=";
const NEW_KEY: &str = "new:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

impl World {
    /// The ids of the keys of an algorithm that are in a state.
    fn kids(&self, algorithm: &str, state: &str) -> Vec<String> {
        let done = self.runs(&["keys", "list", "--all"], &[]);
        assert!(done.success, "{done:?}");
        let words = done.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        let wanted = words.filter(|words| words[1..3] == [algorithm, state]);
        wanted.map(|words| words[0].to_owned()).collect()
    }
}

/// The ids of the keys that a server publishes.
fn published(server: &Server) -> Vec<String> {
    let answer = server.get("/oauth2/jwks");
    let keys: Value = serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    keys["keys"].as_array().unwrap().iter().map(|key| key["kid"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_running_server_publishes_a_successor_that_is_made_beside_it_and_drops_a_key_that_is_revoked() {
    let world = World::new();
    let server = world.serves(&[("GAI__KEYS__READ_EVERY", "1s")]);
    let first = world.kids("ES256", "active").remove(0);
    let done = world.runs(&["keys", "rotate", "--algorithm", "es256"], &[]);
    let second = world.kids("ES256", "pending").remove(0);
    assert!(done.success && done.out.starts_with(&format!("ES256: {second} is made now.")), "{done:?}");
    assert!(world.kids("RS256", "pending").is_empty());
    server.waits_until("the successor is published", |server| published(server).contains(&second));

    let asked = world.runs(&["keys", "revoke", &first], &[]);
    assert!(!asked.success && asked.err.contains("give --yes"), "{asked:?}");
    assert_eq!(world.kids("ES256", "active"), [first.as_str()]);
    let done = world.runs(&["keys", "revoke", &first, "--yes"], &[]);
    assert!(done.success && done.out.contains(&format!("{second} signs from now on.")), "{done:?}");
    assert_eq!(world.kids("ES256", "gone"), [first.as_str()]);
    server.waits_until("the revoked key is not published", |server| !published(server).contains(&first));
    let nothing = world.runs(&["keys", "revoke", "nothing", "--yes"], &[]);
    assert!(!nothing.success && nothing.err.contains("There is no key nothing."), "{nothing:?}");
}

#[test]
fn an_old_sealing_key_can_leave_the_ring_after_rekey() {
    let world = World::new();
    drop(world.serves(&[]));
    let both = [("GAI__SECRETS__SEALING_KEYS", OTHER_KEYS)];
    let alone = [("GAI__SECRETS__SEALING_KEYS", NEW_KEY)];
    let status = world.runs(&["secrets", "rekey", "--status"], &both);
    assert!(status.out.contains("signing_keys     test                 4\n"), "{status:?}");
    let done = world.runs(&["secrets", "rekey"], &alone);
    assert!(!done.success && done.err.contains("no key of the ring opens them"), "{done:?}");
    let done = world.runs(&["secrets", "rekey"], &both);
    assert!(done.success && done.out.starts_with("signing_keys: 4 sealed with the first key.\n"), "{done:?}");
    let status = world.runs(&["secrets", "rekey", "--status"], &both);
    assert!(status.out.contains("signing_keys     new                  4\n"), "{status:?}");
    assert!(status.out.contains("signing_keys     test                 0\n"), "{status:?}");
    world.serves(&alone);
}
