use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use identity::client::{ClientId, SigningAlgorithm, TrnRequirement};
use identity::client_authentication::{ClientAuthentication, PublicKeys};
use tempfile::TempDir;

use super::*;

const HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$MDEyMzQ1Njc4OWFiY2RlZg$MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";

fn sound(id: &str) -> String {
    format!(
        "client_id = \"{id}\"\nname = \"A service\"\nservice_url = \"https://a.example/\"\n\
         client_secrets = [\"{HASH}\"]\nredirect_uris = [\"https://a.example/cb\"]\n\
         scopes = [\"openid\", \"trn\"]\ntrn = \"optional\"\n"
    )
}

struct World {
    folder: TempDir,
    settings: ClientSettings,
}

impl World {
    fn new() -> World {
        let folder = TempDir::new().unwrap();
        let directories: Vec<PathBuf> = ["one", "two"].map(|name| folder.path().join(name)).to_vec();
        directories.iter().for_each(|directory| fs::create_dir(directory).unwrap());
        World { folder, settings: ClientSettings { directories, reload: true } }
    }

    fn with(self, path: &str, text: &str) -> World {
        self.writes(path, text);
        self
    }

    fn writes(&self, path: &str, text: &str) {
        fs::write(self.folder.path().join(path), text).unwrap();
    }

    fn faults(&self, profile: Profile) -> Vec<String> {
        let root = format!("{}/", self.folder.path().display());
        let faults = load(&self.settings, profile).expect_err("something should be wrong");
        faults.iter().map(|fault| fault.to_string().replace(&root, "")).collect()
    }
}

fn sample_directory() -> ClientSettings {
    let directory = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../config/clients"));
    ClientSettings { directories: vec![directory], reload: true }
}

#[test]
fn the_sample_clients_are_sound_and_the_demo_service_knows_its_own() {
    let clients = load(&sample_directory(), Profile::Development).unwrap();
    let ids: Vec<&str> = clients.iter().map(|client| client.id.as_str()).collect();
    assert_eq!(
        ids,
        ["apply-for-qts", "aytq", "demo-no-trn", "demo-strict", "demo-trn-optional", "demo-trn-required", "npq"]
    );
    let verified = identity::client_secret::VerifiedSecrets::new(&identity::random::Random::seeded(1));
    for sample in crate::demo_client::sample_clients::SAMPLE_CLIENTS {
        let client = clients.iter().find(|client| client.id.as_str() == sample.id).expect("each is registered");
        assert!(verified.verify(&client.secrets, &identity::secret::Plain::new(sample.secret)), "{}", sample.id);
        assert!(client.redirect_uris.contains(&"http://localhost:8001/callback".to_owned()));
        let asked = identity::scope::Scopes::parse(&format!("openid {}", sample.scopes.join(" "))).unwrap();
        assert!(asked.is_subset(&client.scopes), "{}", sample.id);
    }
}

#[test]
fn production_refuses_the_demo_clients_for_their_plain_secrets() {
    let faults = load(&sample_directory(), Profile::Production).unwrap_err();
    let keys: Vec<&str> = faults.iter().map(|fault| fault.key.as_str()).collect();
    assert_eq!(keys, ["plain_secret"; 4]);
}

#[test]
fn the_hash_of_a_sample_secret_is_found_in_production() {
    let sample = identity::secret::Plain::new("demo-no-trn-secret");
    let hash = identity::client_secret::ClientSecretHash::of(&sample, &identity::random::Random::seeded(9));
    let world =
        World::new().with("one/a.toml", &sound("a").replace(HASH, hash.as_str())).with("one/b.toml", &sound("b"));
    let clients = load(&world.settings, Profile::Production).unwrap();
    let faults: Vec<String> = sample_secrets(&clients, Profile::Production).iter().map(ToString::to_string).collect();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("a.toml: client_secrets[0]: is the hash of a sample secret"), "{faults:?}");
    assert!(sample_secrets(&clients, Profile::Test).is_empty());
}

#[test]
fn a_client_that_says_only_what_it_must_gets_the_safe_defaults() {
    let world = World::new().with("one/a.toml", &sound("a")).with("one/.a.toml.swp", "x").with("one/README.md", "x");
    let clients = load(&world.settings, Profile::Production).unwrap();
    assert_eq!(clients.len(), 1);
    assert!(clients[0].pkce_required && clients[0].post_logout_redirect_uris.is_empty());
    assert_eq!(clients[0].trn, TrnRequirement::Optional);
}

#[test]
fn a_pairwise_client_has_the_host_of_its_redirect_uris_for_its_sector() {
    let pairwise = format!("{}subject_type = \"pairwise\"\nuserinfo_signed_response_alg = \"ES256\"\n", sound("a"));
    let world = World::new().with("one/a.toml", &pairwise).with("one/b.toml", &sound("b"));
    let clients = load(&world.settings, Profile::Production).unwrap();
    let sectors: Vec<Option<&str>> = clients.iter().map(|client| client.pairwise_sector.as_deref()).collect();
    assert_eq!(sectors, [Some("a.example"), None]);
    let signed: Vec<bool> = clients.iter().map(|client| client.userinfo_signed_response_alg.is_some()).collect();
    assert_eq!(signed, [true, false]);
}

/// A line that replaces the one with the same key, and what is said about it in production.
const REFUSALS: [(&str, &str); 37] = [
    ("client_id = \"b\"", "client_id: the file should be named b.toml"),
    ("client_id = \"A B\"", "client_id: a client id has 1 to 100 of the characters"),
    ("name = \"\"", "name: should be 1 to 100 characters"),
    ("service_url = \"/here\"", "service_url: is not an absolute URL"),
    ("client_secrets = [\"hunter2\"]", "client_secrets[0]: not an argon2id hash in PHC form"),
    ("client_secrets = \"hunter2\"", "client_secrets: is a string, but should be an array"),
    ("trn = \"not-asked\"\nblock_prohibited = true", "block_prohibited: needs a client that asks for the TRN"),
    ("client_secrets = []", "client_secrets: should have one at least"),
    ("redirect_uris = []", "redirect_uris: should have one at least"),
    ("redirect_uris = [\"https://a.example/\", \"https://a.example/#x\"]", "redirect_uris[1]: should have no fragment"),
    ("redirect_uris = [\"http://a.example/\"]", "redirect_uris[0]: should be https in production"),
    ("post_logout_redirect_uris = [\"a\"]", "post_logout_redirect_uris[0]: is not an absolute URL"),
    ("backchannel_logout_uri = \"http://a.example/out\"", "backchannel_logout_uri: should be https in production"),
    ("backchannel_logout_uri = \"https://a.example/out#x\"", "backchannel_logout_uri: should have no fragment"),
    (
        "backchannel_logout_session_required = true",
        "backchannel_logout_session_required: needs a backchannel_logout_uri",
    ),
    ("scopes = [\"trn\"]", "scopes: should have openid"),
    ("scopes = [\"openid\", \"everything\"]", "scopes: unknown variant `everything`"),
    ("trn = \"maybe\"", "trn: unknown variant `maybe`"),
    ("match_policy = \"lax\"", "match_policy: unknown variant `lax`"),
    ("id_token_signed_response_alg = \"none\"", "id_token_signed_response_alg: unknown variant `none`"),
    ("userinfo_signed_response_alg = \"none\"", "userinfo_signed_response_alg: unknown variant `none`"),
    ("subject_type = \"secret\"", "subject_type: unknown variant `secret`"),
    ("sector_identifier = \"a.example\"", "sector_identifier: needs subject_type"),
    (
        "subject_type = \"pairwise\"\nsector_identifier = \"https://a\"",
        "sector_identifier: should be the name of a host",
    ),
    ("pkce = \"never\"", "pkce: unknown variant `never`"),
    ("plain_secret = \"hunter2\"", "plain_secret: is never taken in production"),
    (
        "token_endpoint_auth_method = \"none\"",
        "client_secrets: has no use with this token_endpoint_auth_method: leave it out",
    ),
    ("token_endpoint_auth_method = \"tls\"", "token_endpoint_auth_method: unknown variant `tls`"),
    ("jwks = \"{}\"", "jwks: is no JSON Web Key Set"),
    ("jwks = '{\"keys\":[]}'", "jwks: holds no key for RS256"),
    ("jwks = '{\"keys\":[{\"kty\":\"EC\",\"d\":\"hunter2\"}]}'", "jwks: holds a private key"),
    ("jwks_uri = \"http://a.example/\"", "jwks_uri: should be https in production"),
    ("require_signed_request_object = true", "require_signed_request_object: needs the client's keys"),
    ("client_credentials_scopes = [\"trn\"]", "client_credentials_scopes: trn belongs into scopes"),
    ("scopes = [\"openid\", \"user:read\"]", "scopes: user:read belongs into client_credentials_scopes"),
    ("resources = [\"api\"]", "resources[0]: is not an absolute URL"),
    ("client_credentials_scopes = [\"all\"]", "client_credentials_scopes: unknown variant `all`"),
];

/// The public key of RFC 7517, appendix A.1.
const KEYS: &str = r#"{"keys":[{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"sig","kid":"1"}]}"#;

/// A file of a client without a secret, with these lines.
fn without_secret(lines: &str) -> World {
    let kept = sound("a").lines().filter(|line| !line.starts_with("client_secrets")).collect::<Vec<_>>().join("\n");
    World::new().with("one/a.toml", &format!("{kept}\n{lines}\n"))
}

#[test]
fn a_client_has_a_secret_or_keys_or_is_public() {
    let keys = format!("jwks = '''{KEYS}'''");
    let load = |lines: &str| load(&without_secret(lines).settings, Profile::Production).unwrap().remove(0);
    let signs = load(&format!("token_endpoint_auth_method = \"private_key_jwt\"\n{keys}"));
    assert!(signs.authentication == ClientAuthentication::PrivateKeyJwt && !signs.is_public());
    assert_eq!(signs.public_keys, PublicKeys::Inline(KEYS.into()));
    let publishes = "token_endpoint_auth_method = \"private_key_jwt\"\njwks_uri = \"https://a.example/jwks\"";
    assert_eq!(load(publishes).public_keys, PublicKeys::At("https://a.example/jwks".parse().unwrap()));
    assert!(load("token_endpoint_auth_method = \"none\"").is_public());
    let fapi =
        load(&format!("token_endpoint_auth_method = \"private_key_jwt\"\nsecurity_profile = \"fapi-2.0\"\n{keys}"));
    assert!(fapi.is_fapi && fapi.par_required && fapi.dpop_required && fapi.pkce_required);
    assert_eq!(fapi.id_token_signed_response_alg, SigningAlgorithm::ES256);
}

#[test]
fn what_does_not_go_together_is_told() {
    for (lines, said) in [
        ("token_endpoint_auth_method = \"private_key_jwt\"", "token_endpoint_auth_method: private_key_jwt needs"),
        ("token_endpoint_auth_method = \"none\"\npkce = \"optional\"", "pkce: is required of a client that"),
        (
            "token_endpoint_auth_method = \"none\"\nclient_credentials_scopes = []",
            "client_credentials_scopes: needs a client that proves",
        ),
        (
            "token_endpoint_auth_method = \"private_key_jwt\"\njwks = \"{}\"\njwks_uri = \"https://a.example/\"",
            "jwks_uri: cannot stand beside jwks",
        ),
        (
            "token_endpoint_auth_method = \"none\"\nsecurity_profile = \"fapi-2.0\"",
            "token_endpoint_auth_method: should be private_key_jwt with the security_profile fapi-2.0",
        ),
    ] {
        let faults = without_secret(lines).faults(Profile::Production);
        assert_eq!(faults.len(), 1, "{lines}: {faults:#?}");
        assert!(faults[0].starts_with(&format!("one/a.toml: {said}")), "{lines}: {faults:#?}");
    }
    let lines = format!(
        "token_endpoint_auth_method = \"private_key_jwt\"\njwks = '''{KEYS}'''\nsecurity_profile = \"fapi-2.0\"\n\
         pkce = \"optional\"\nid_token_signed_response_alg = \"RS256\"\ndpop_bound_access_tokens = false\n\
         require_pushed_authorization_requests = false\n"
    );
    assert_eq!(without_secret(&lines).faults(Profile::Production).len(), 4);
}

#[test]
fn each_wrong_key_is_told_with_its_file() {
    for (line, said) in REFUSALS {
        let key = line.split(' ').next().unwrap();
        let kept = sound("a").lines().filter(|kept| !kept.starts_with(key)).collect::<Vec<_>>().join("\n");
        let faults = World::new().with("one/a.toml", &format!("{kept}\n{line}\n")).faults(Profile::Production);
        assert_eq!(faults.len(), 1, "{line}: {faults:#?}");
        assert!(faults[0].starts_with(&format!("one/a.toml: {said}")), "{line}: {faults:#?}");
        assert!(!faults[0].contains("hunter2"), "{faults:#?}");
    }
}

#[test]
fn a_file_with_a_setting_that_there_is_not_is_no_client() {
    let mut faults = Vec::new();
    let text = format!("{}nobody_knows = 1\n", sound("a"));
    assert_eq!(file::parse("a.toml".as_ref(), &text, Profile::Test, &mut faults), None);
    assert_eq!(faults.len(), 1);
}

#[test]
fn all_faults_in_all_files_are_told_at_once() {
    let wrong = sound("b").replace("name =", "nme =").replace("/cb", "/#cb").replace("\"optional\"", "1");
    let world = World::new()
        .with("one/a.toml", &sound("a"))
        .with("two/a.toml", &sound("a"))
        .with("two/b.toml", &wrong)
        .with("two/c.toml", "client_id = hunter2");
    let faults = world.faults(Profile::Test);
    for said in [
        "two/a.toml: client_id: ",
        "two/b.toml: nme: there is no such setting",
        "two/b.toml: name: is missing",
        "two/b.toml: trn: ",
        "two/c.toml: TOML parse error at line 1",
    ] {
        assert!(faults.iter().any(|fault| fault.starts_with(said)), "{said}: {faults:#?}");
    }
    assert!(!faults.iter().any(|fault| fault.contains("hunter2")), "{faults:#?}");
}

#[test]
fn directories_without_a_client_or_that_are_not_there_are_faults() {
    assert_eq!(World::new().faults(Profile::Test), ["clients.directories: there is no client's file in any of them"]);
    let mut world = World::new().with("one/a.toml", &sound("a"));
    world.settings.directories.push(world.folder.path().join("three"));
    assert!(world.faults(Profile::Test)[0].starts_with("three: cannot be read: "));
}

#[test]
fn a_good_edit_replaces_the_clients_and_a_bad_one_keeps_them() {
    let world = World::new().with("one/a.toml", &sound("a"));
    let mut reload = Reload::start(&world.settings, Profile::Test).unwrap();
    let clients = reload.clients();
    let name = || clients.find(&ClientId::parse("a").unwrap()).unwrap().name.clone();
    assert_eq!(reload.look(false), Seen::Unchanged);
    assert_eq!(reload.look(true), Seen::Replaced(1));

    world.writes("one/a.toml", &sound("a").replace("A service", "Better service"));
    assert_eq!(reload.look(false), Seen::Replaced(1));
    assert_eq!(name(), "Better service");

    world.writes("one/a.toml", &sound("a").replace("trn =", "trm ="));
    let Seen::Refused(faults) = reload.look(false) else { panic!("the edit is bad") };
    assert_eq!(faults.len(), 2);
    assert_eq!(name(), "Better service");
    assert_eq!(reload.look(false), Seen::Unchanged, "the same fault is told once");

    world.writes("one/a.toml", &sound("a"));
    world.writes("two/b.toml", &sound("b"));
    assert_eq!(reload.look(false), Seen::Replaced(2));
    assert_eq!(name(), "A service");
}

#[test]
fn each_key_of_a_file_is_on_the_page_about_files_and_no_other() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let page = fs::read_to_string(format!("{root}/docs/clients.md")).unwrap();
    let told = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).map(|(key, _)| key.to_owned());
    let code = include_str!("file.rs");
    let (_, fields) = code.split_once("ClientFile {").unwrap();
    let (fields, _) = fields.split_once("\n    }").unwrap();
    let keys = fields.lines().filter_map(|line| line.trim().split_once(": ")).map(|(key, _)| key.to_owned());
    let (told, keys): (BTreeSet<String>, BTreeSet<String>) = (told.collect(), keys.collect());
    assert_eq!(told, keys);
}
