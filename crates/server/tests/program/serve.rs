//! `serve`: starting, reloading, stopping, refusing.

use std::thread::sleep;
use std::time::Duration;

use crate::world::{Server, World};

const AUTHORIZE: &str = "/oauth2/authorize?response_type=code&scope=openid&code_challenge_method=S256\
                         &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM\
                         &redirect_uri=http%3A%2F%2Flocalhost%3A8001%2Fcallback&client_id=";

/// Does the server know the client?
fn knows(server: &Server, client: &str) -> bool {
    server.get(&format!("{AUTHORIZE}{client}")).starts_with("HTTP/1.1 303")
}

#[test]
fn on_port_0_it_says_where_it_listens_answers_and_ends_well_on_sigterm_and_sigint() {
    let world = World::new();
    for signal in ["-TERM", "-INT"] {
        let mut server = world.serves(&[]);
        let said =
            format!("Get an Identity is ready at http://localhost:8000, listening on 127.0.0.1:{}\n", server.port);
        assert_eq!(server.line, said);
        assert!(server.get("/health/ready").starts_with("HTTP/1.1 200 OK"));
        server.is_sent(signal);
        assert!(server.ends().success(), "{}", server.log());
    }
}

#[test]
fn the_ready_line_is_json_where_the_log_is() {
    let world = World::new();
    let server = world.serves(&[("GAI__LOG__FORMAT", "json")]);
    let line: serde_json::Value = serde_json::from_str(&server.line).unwrap();
    assert_eq!((&line["status"], &line["issuer"]), (&"ready".into(), &"http://localhost:8000".into()));
    assert_eq!(line["listen"], format!("127.0.0.1:{}", server.port));
    server.get("/sign-in/2ee6d119-88fa-4555-9cc9-c3941dfa09c1/email?to=asha@example.com");
    let log = server.log();
    let answered = log.lines().find(|line| line.contains("answered")).unwrap();
    let answered: serde_json::Value = serde_json::from_str(answered).unwrap();
    assert_eq!(answered["fields"]["route"], "/sign-in/{id}/{page}");
    assert!(!log.contains("asha") && !log.contains("2ee6d119"), "{log}");
}

#[test]
fn a_request_under_way_is_answered_before_the_server_ends() {
    let world = World::new();
    let mut server = world.serves(&[]);
    let head = "POST /oauth2/token HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
                content-type: application/x-www-form-urlencoded\r\ncontent-length: 12\r\n\r\n";
    let mut slow = server.sends(&format!("{head}grant_"));
    sleep(Duration::from_millis(300));
    server.is_sent("-TERM");
    server.waits_until("it is stopping", |server| server.log().contains("stopping"));
    slow.sends("type=x");
    let answer = slow.answer();
    assert!(answer.starts_with("HTTP/1.1 4") && answer.contains("\"error\""), "{answer}");
    assert!(server.ends().success());
}

#[test]
fn clients_are_read_again_on_sighup_and_a_bad_edit_keeps_the_old_ones() {
    let world = World::new();
    let server = world.serves(&[("GAI__CLIENTS__RELOAD", "false")]);
    world.registers("demo-trn-optional");
    sleep(Duration::from_millis(1_500));
    assert!(knows(&server, "demo-no-trn") && !knows(&server, "demo-trn-optional"));
    server.is_sent("-HUP");
    server.waits_until("the new client is known", |server| knows(server, "demo-trn-optional"));

    world.writes("clients/demo-no-trn.toml", "client_id = \"demo-no-trn\"\nnmae = \"x\"\n");
    server.is_sent("-HUP");
    server.waits_until("the fault is told", |server| server.log().contains("the clients stay as they were"));
    assert!(server.log().contains("demo-no-trn.toml: nmae: there is no such setting"), "{}", server.log());
    assert!(knows(&server, "demo-no-trn") && knows(&server, "demo-trn-optional"));
}

#[test]
fn clients_are_read_again_when_a_file_changes() {
    let world = World::new();
    let server = world.serves(&[]);
    assert!(!knows(&server, "demo-trn-optional"));
    world.registers("demo-trn-optional");
    server.waits_until("the new client is known", |server| knows(server, "demo-trn-optional"));
}

#[test]
fn a_second_start_keeps_the_keys_and_a_port_in_use_is_told() {
    let world = World::new();
    let first = world.serves(&[]);
    let listen = format!("127.0.0.1:{}", first.port);
    let second = world.runs(&["serve"], &[("GAI__SERVER__LISTEN", &listen)]);
    assert!(!second.success && second.err.contains(&format!("cannot listen on {listen}")), "{second:?}");
    let keys = |server: &Server| server.get("/oauth2/jwks").split("\r\n\r\n").nth(1).unwrap().to_owned();
    let before = keys(&first);
    drop(first);
    assert_eq!(keys(&world.serves(&[])), before);
}

#[test]
fn a_wrong_configuration_is_refused_with_every_fault_at_once() {
    let world = World::new();
    world.writes("clients/demo-no-trn.toml", "client_id = \"demo-no-trn\"\n");
    let wrong = [("GAI__SERVER__ISSUER", "nonsense"), ("GAI__LOG__COLOUR", "red")];
    let done = world.runs(&["serve"], &wrong);
    assert!(!done.success);
    assert!(done.err.contains("GAI__SERVER__ISSUER: server.issuer: is not a URL"), "{}", done.err);
    assert!(done.err.contains("GAI__LOG__COLOUR: log.colour: there is no such setting"), "{}", done.err);
    let done = world.runs(&["serve"], &[]);
    assert!(!done.success && done.err.contains("demo-no-trn.toml: redirect_uris: is missing"), "{}", done.err);
    assert_eq!(world.files(), ["clients"], "nothing was started");
}

#[test]
fn in_production_it_does_not_pretend_to_send_messages() {
    let world = World::new();
    let key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    let settings = [
        ("GAI__SERVER__PROFILE", "production"),
        ("GAI__SERVER__ISSUER", "https://identity.example"),
        ("GAI__DEVELOPMENT__OUTBOX", "false"),
        ("GAI__SECRETS__HASH_KEY", key),
        ("GAI__SECRETS__SEALING_KEYS", &format!("own:{key}")),
    ];
    let done = world.runs(&["serve"], &settings);
    assert!(!done.success && done.err.contains("messages.email: should be notify or smtp in production"), "{done:?}");
    assert_eq!(world.files(), ["clients"], "nothing was started");
}
