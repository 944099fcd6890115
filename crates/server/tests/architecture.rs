//! Who may import whom: reads every manifest, and fails on an edge that docs/architecture.md does not allow.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use config::{File, FileFormat, Source};

/// Each crate and the crates of ours that it may name. A new crate has to be entered here.
const ALLOWED: [(&str, &[&str]); 8] = [
    ("identity", &[]),
    ("govuk", &[]),
    ("listener", &[]),
    ("store", &["identity"]),
    ("partners", &["identity"]),
    ("oidc", &["identity", "store"]),
    ("journey", &["govuk", "identity", "store"]),
    ("server", &["govuk", "identity", "journey", "listener", "oidc", "partners", "store"]),
];

/// What only some crates may name, so that it can be replaced there and is understood there.
const KEPT: [(&str, &[&str]); 9] = [
    ("diesel", &["store"]),
    ("diesel_migrations", &["store"]),
    ("tera", &["govuk", "journey"]),
    ("jsonwebtoken", &["oidc", "partners"]),
    ("config", &["server"]),
    ("argon2", &["identity"]),
    ("reqwest", &["partners"]),
    ("metrics-exporter-prometheus", &["server"]),
    ("webauthn-rs", &["journey"]),
];

/// Nobody speaks HTTP but through a library that speaks all of it.
const NOBODY: [&str; 1] = ["hyper"];

type Manifests = BTreeMap<String, BTreeSet<String>>;

/// The names in one table of every crate's manifest, by the crate's folder.
fn manifests(table: &str) -> Manifests {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folders = fs::read_dir(crates).unwrap().map(|entry| entry.unwrap().path());
    let read = |folder: std::path::PathBuf| {
        let text = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let manifest = File::from_str(&text, FileFormat::Toml).collect().unwrap();
        let names = manifest.get(table).cloned().and_then(|value| value.into_table().ok()).unwrap_or_default();
        (folder.file_name().unwrap().to_str().unwrap().to_owned(), names.into_keys().collect())
    };
    folders.filter(|folder| folder.join("Cargo.toml").exists()).map(read).collect()
}

fn allowed(name: &str) -> &'static [&'static str] {
    ALLOWED.iter().find(|(own, _)| *own == name).map(|(_, others)| *others).unwrap_or_else(|| panic!("{name} is new"))
}

#[test]
fn no_crate_imports_another_that_it_must_not_know() {
    let manifests = manifests("dependencies");
    assert_eq!(manifests.len(), ALLOWED.len(), "{:?}", manifests.keys());
    for (name, dependencies) in &manifests {
        let ours = dependencies.iter().filter(|dependency| manifests.contains_key(*dependency));
        for dependency in ours {
            assert!(allowed(name).contains(&dependency.as_str()), "{name} must not import {dependency}");
        }
    }
}

#[test]
fn not_even_the_tests_of_the_authorization_server_and_of_the_journey_know_each_other() {
    let manifests = manifests("dev-dependencies");
    for (one, other) in [("oidc", "journey"), ("journey", "oidc"), ("identity", "store"), ("govuk", "identity")] {
        assert!(!manifests[one].contains(other), "{one} must not import {other}");
    }
}

#[test]
fn each_library_with_a_home_is_named_there_only() {
    for (name, dependencies) in manifests("dependencies") {
        for (library, homes) in KEPT {
            let named = dependencies.contains(library);
            assert!(!named || homes.contains(&name.as_str()), "{name} must not name {library}");
        }
        for library in NOBODY {
            assert!(!dependencies.contains(library), "{name} must not name {library}");
        }
    }
}

#[test]
fn every_library_with_a_home_is_at_home() {
    let manifests = manifests("dependencies");
    for (library, homes) in KEPT {
        assert!(homes.iter().any(|home| manifests[*home].contains(library)), "nobody needs {library} any more");
    }
}

/// Every file of Rust under the folder.
fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() && !entry.ends_with("target") {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            found.push(fs::read_to_string(entry).unwrap());
        }
    }
}

#[test]
fn each_test_that_the_table_of_best_practice_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = fs::read_to_string(root.join("docs/security.md")).unwrap();
    let (_, table) = text.split_once("## The Security Best Current Practice of OAuth").unwrap();
    let mut code = Vec::new();
    sources(&root.join("crates"), &mut code);
    let named: Vec<&str> = table.lines().filter_map(|line| line.strip_suffix("` |")?.rsplit('`').next()).collect();
    assert!(named.len() > 20, "{named:?}");
    for name in named {
        let test = format!("test]\nfn {name}()");
        let endpoint_test = format!("test]\nasync fn {name}()");
        let case = format!("async fn {name}(");
        let is_there = |text: &String| [&test, &endpoint_test, &case].iter().any(|form| text.contains(form.as_str()));
        assert!(code.iter().any(is_there), "docs/security.md names {name}, which is no test");
    }
}
