//! `check`, and what production refuses.

use std::fs;

use crate::world::{ROOT, World};

const KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

#[test]
fn a_sound_configuration_passes_and_nothing_is_made() {
    let world = World::new();
    let done = world.runs(&["check"], &[]);
    assert!(done.success, "{done:?}");
    assert_eq!(done.out, "The configuration is in order, with 1 client(s) and 0 webhook(s).\n");
    assert_eq!(world.files(), ["clients"]);
}

#[test]
fn all_faults_of_configuration_and_clients_are_told_at_once() {
    let world = World::new();
    world.writes("clients/b.toml", "client_id = \"b\"\nname = 7\n");
    let done = world.runs(&["check"], &[("GAI__SERVER__LISTEN", "here")]);
    assert!(!done.success && done.out.is_empty());
    for said in ["server.listen: ", "b.toml: redirect_uris: is missing", "b.toml: scopes: is missing"] {
        assert!(done.err.contains(said), "{said}: {}", done.err);
    }
}

#[test]
fn a_later_file_wins() {
    let world = World::new();
    let later =
        world.writes("later.toml", "[clients]\ndirectories = [\"nowhere\"]\n[server]\nlisten = \"127.0.0.1:1\"\n");
    let done = world.runs(&["--config", later.to_str().unwrap(), "check"], &[]);
    // The variable that every test sets wins over both.
    assert!(done.success, "{done:?}");
    let wrong = world.writes("wrong.toml", "[server]\nlisten = \"x\"\n");
    let done = world.runs(&["--config", later.to_str().unwrap(), "--config", wrong.to_str().unwrap(), "check"], &[]);
    assert!(!done.success && done.err.contains("wrong.toml: server.listen: "), "{done:?}");
}

#[test]
fn production_refuses_everything_that_is_unsafe_there() {
    let world = World::new();
    let unsafe_there = [("GAI__SERVER__PROFILE", "production"), ("GAI__DEVELOPMENT__PREFILL_ONE_TIME_CODES", "true")];
    for command in ["serve", "check"] {
        let done = world.runs(&[command], &unsafe_there);
        assert!(!done.success);
        for said in [
            "server.issuer: should be https in production",
            "development.outbox: is never on in production",
            "development.prefill_one_time_codes: is never on in production",
            "secrets.hash_key: is a sample that everybody knows",
            "secrets.sealing_keys: is a sample that everybody knows",
        ] {
            assert!(done.err.contains(said), "{command} {said}: {}", done.err);
        }
    }
    let done = world.runs(&["check"], &unsafe_there);
    assert!(done.err.contains("demo-no-trn.toml: plain_secret: is never taken in production"), "{}", done.err);
}

#[test]
fn the_sample_clients_that_stand_for_real_services_are_fit_for_production() {
    let world = World::new();
    fs::remove_file(world.path("clients/demo-no-trn.toml")).unwrap();
    ["npq", "aytq", "apply-for-qts"].iter().for_each(|id| world.registers(id));
    let settings = [
        ("GAI__SERVER__PROFILE", "production"),
        ("GAI__SERVER__ISSUER", "https://identity.example"),
        ("GAI__DEVELOPMENT__OUTBOX", "false"),
        ("GAI__SECRETS__HASH_KEY", KEY),
        ("GAI__SECRETS__SEALING_KEYS", &format!("own:{KEY}")),
        ("GAI__MESSAGES__EMAIL", "smtp"),
        ("GAI__MESSAGES__SMS", "none"),
        ("GAI__SMTP__HOST", "mail.identity.example"),
        ("GAI__SMTP__FROM", "no-reply@identity.example"),
    ];
    let done = world.runs(&["check"], &settings);
    assert!(done.success && done.out.contains("3 client(s)"), "{done:?}");
    assert!(fs::read_dir(format!("{ROOT}/config/clients")).unwrap().count() == 7);
}
