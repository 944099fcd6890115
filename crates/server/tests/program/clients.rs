//! `clients`: hashing a secret, and the list.

use crate::world::World;

#[test]
fn a_secret_on_standard_input_is_hashed_without_its_line_end_and_never_shown() {
    let world = World::new();
    let done = world.runs_with_input(&["clients", "hash-secret"], "hunter2\n");
    assert!(done.success && done.out.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{done:?}");
    assert!(!done.out.contains("hunter2") && done.out.lines().count() == 1);
    let empty = world.runs_with_input(&["clients", "hash-secret"], "\n");
    assert!(!empty.success && empty.out.is_empty(), "{empty:?}");
}

#[test]
fn a_hash_can_be_used_in_a_file() {
    let world = World::new();
    let hash = world.runs_with_input(&["clients", "hash-secret"], "hunter2").out;
    let text = std::fs::read_to_string(world.path("clients/demo-no-trn.toml")).unwrap();
    let line = format!("client_secrets = [\"{}\"]", hash.trim());
    world.writes("clients/demo-no-trn.toml", &text.replace("plain_secret = \"demo-no-trn-secret\"", &line));
    assert!(world.runs(&["check"], &[]).success);
}

#[test]
fn every_client_is_listed_without_its_secret() {
    let world = World::new();
    world.registers("aytq");
    let done = world.runs(&["clients", "list"], &[]);
    let lines: Vec<&str> = done.out.lines().collect();
    assert_eq!(lines.len(), 2, "{done:?}");
    for part in ["aytq", "required", "strict", "pkce", "openid", "Access your teaching qualifications"] {
        assert!(lines[0].contains(part), "{part}: {}", lines[0]);
    }
    assert!(lines[1].starts_with("demo-no-trn ") && lines[1].contains("not-asked"), "{}", lines[1]);
    assert!(!done.out.contains("secret") && !done.out.contains('$'));
}

#[test]
fn a_refused_request_is_explained_by_the_reference_of_its_page() {
    let world = World::new();
    let server = world.serves(&[]);
    let page = server.get("/oauth2/authorize?client_id=demo-no-trm&state=hunter2");
    let digits = |word: &&str| word.len() == 11 && word.split('-').all(|half| half.len() == 5);
    let mut words = page.split(|c: char| !c.is_ascii_digit() && c != '-');
    let reference = words.find(digits).unwrap_or_else(|| panic!("{page}"));
    // The page does not wait until the request is kept.
    server.waits_until("it is kept", |_| world.runs(&["clients", "explain", reference], &[]).success);
    let done = world.runs(&["clients", "explain", reference], &[]);
    for words in [reference, "client_id names no client", "registered  demo-no-trn", "(7 characters, not kept)"] {
        assert!(done.out.contains(words), "{words}: {done:?}");
    }
    assert!(!done.out.contains("hunter2"));
    let unknown = world.runs(&["clients", "explain", "00000-00000"], &[]);
    assert!(!unknown.success && unknown.err.contains("No request is kept under this reference."), "{unknown:?}");
}
