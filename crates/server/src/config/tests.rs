use std::fs;

use tempfile::TempDir;

use super::*;

const SOUND: &str = include_str!("../../../../config/test.toml");
const KEY: &str = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

const NEVER: &str = "people would wait for codes that never come";

/// A production configuration that nothing is wrong with.
fn production() -> String {
    format!(
        "server = {{ issuer = \"https://identity.example\" }}\n\
         secrets = {{ hash_key = \"{KEY}\", sealing_keys = [\"a:{KEY}\"] }}\n\
         messages = {{ email = \"smtp\", sms = \"none\" }}\n\
         smtp = {{ host = \"mail.identity.example\", from = \"no-reply@identity.example\" }}\n"
    )
}

fn load(texts: &[&str], environment: &[(&str, &str)]) -> Result<Config, Vec<String>> {
    let folder = TempDir::new().unwrap();
    let file = |(index, text): (usize, &&str)| {
        let path = folder.path().join(format!("{index}.toml"));
        fs::write(&path, text).unwrap();
        path
    };
    let files: Vec<_> = texts.iter().enumerate().map(file).collect();
    let environment = environment.iter().map(|(name, value)| (name.to_string(), value.to_string()));
    let root = format!("{}/", folder.path().display());
    Config::load(&files, environment)
        .map_err(|faults| faults.iter().map(|fault| fault.to_string().replace(&root, "")).collect())
}

fn faults(texts: &[&str], environment: &[(&str, &str)]) -> Vec<String> {
    load(texts, environment).expect_err("something should be wrong")
}

#[test]
fn the_defaults_lack_only_what_each_provider_must_have_of_its_own() {
    let place = "config/default.toml (embedded)";
    assert_eq!(
        faults(&[], &[]),
        [
            format!("{place}: messages.email: should be notify or smtp in production: {NEVER}"),
            format!("{place}: messages.sms: should be notify or none in production: {NEVER}"),
            format!("{place}: server.issuer: should be https in production"),
            format!("{place}: secrets.hash_key: is missing: make one with `openssl rand -base64 32`"),
            format!("{place}: secrets.sealing_keys: is missing: it needs one key at least"),
        ]
    );
}

#[test]
fn the_sample_configurations_are_sound() {
    for (text, profile) in [
        (include_str!("../../../../config/development.toml"), Profile::Development),
        (include_str!("../../../../config/test.toml"), Profile::Test),
    ] {
        let config = load(&[text], &[]).unwrap();
        assert_eq!(config.server.profile, profile);
        assert_eq!(config.server.issuer.to_string(), "http://localhost:8000");
        assert!(!config.development.prefill_one_time_codes);
    }
}

#[test]
fn a_later_file_wins_and_the_environment_wins_over_all() {
    let texts = [SOUND, "[server]\nmax_body_bytes = 1\n[log]\nlevel = \"info\"", "[server]\nmax_body_bytes = 2"];
    let config = load(&texts, &[("GAI__LOG__LEVEL", "error"), ("PATH", "/bin")]).unwrap();
    assert_eq!(config.server.max_body_bytes, 2);
    assert_eq!(config.log.level, LogLevel::Error);
    assert_eq!(config.server.profile, Profile::Test);
}

#[test]
fn the_environment_can_hold_every_kind_of_value() {
    let environment = [
        ("GAI__SERVER__LISTEN", "[::1]:9000"),
        ("GAI__SERVER__MAX_BODY_BYTES", "100"),
        ("GAI__SERVER__TRUSTED_PROXIES", "10.0.0.1, ::1"),
        ("GAI__CLIENTS__DIRECTORIES", r#"["one", "two, three"]"#),
        ("GAI__DEVELOPMENT__OUTBOX", "false"),
        ("GAI__TOKENS__ACCESS_TOKEN", "5m"),
    ];
    let config = load(&[SOUND], &environment).unwrap();
    assert_eq!(config.server.listen.to_string(), "[::1]:9000");
    assert_eq!(config.server.max_body_bytes, 100);
    assert_eq!(config.server.trusted_proxies.len(), 2);
    assert_eq!(config.clients.directories, [Path::new("one"), Path::new("two, three")]);
    assert!(!config.development.outbox);
    assert_eq!(config.tokens.access_token.duration().num_minutes(), 5);
    let one = load(&[SOUND], &[("GAI__CLIENTS__DIRECTORIES", "/etc/clients")]).unwrap();
    assert_eq!(one.clients.directories, [Path::new("/etc/clients")]);
}

/// What is written, and what is said about it.
const REFUSALS: [(&str, &str); 56] = [
    ("[server]\nissuer = \"localhost:8000\"", "0.toml: server.issuer: should be an http or https URL"),
    ("[server]\nlisten = \"localhost\"", "0.toml: server.listen: invalid socket address syntax"),
    ("[server]\nprofile = \"staging\"", "0.toml: server.profile: unknown variant `staging`"),
    ("[server]\nmax_body_bytes = \"many\"", "0.toml: server.max_body_bytes: is a string, but should be an"),
    ("[server]\nport = 1", "0.toml: server.port: there is no such setting"),
    ("[server]\ntrusted_proxies = [\"proxy\"]", "0.toml: server.trusted_proxies: invalid IP address syntax"),
    ("[sever]\nport = 1", "0.toml: sever.port: there is no section `sever`"),
    ("port = 1", "0.toml: port: is not in any section"),
    ("[database]\nurl = \"mysql://u:hunter2@h/d\"", "0.toml: database.url: a database address starts with"),
    ("[database]\nconnections = 0", "0.toml: database.connections: "),
    ("[secrets]\nhash_key = \"hunter2\"", "0.toml: secrets.hash_key: should be 32 bytes in base64"),
    (
        "[secrets]\nsealing_keys = [\"a:hunter2\"]",
        "0.toml: secrets.sealing_keys: number 1: should be 32 bytes in base64",
    ),
    ("[secrets]\nsealing_keys = \"hunter2\"", "0.toml: secrets.sealing_keys: is a string, but should be an array"),
    ("[one_time_codes]\nlifetime = \"61m\"", "0.toml: one_time_codes.lifetime: should be between 1m and 1h"),
    (
        "[code_budgets]\ntry_in_all = \"hunter2\"",
        "0.toml: code_budgets.try_in_all: should be a whole number and a time",
    ),
    ("[code_budgets]\nsend_in_all = \"0 in 1h\"", "0.toml: code_budgets.send_in_all: should be between 1 and"),
    ("[keys]\nrotate_every = \"23h\"", "0.toml: keys.rotate_every: should be 1d at least, but in a test"),
    ("[keys]\njwks_max_age = \"2d\"", "0.toml: keys.jwks_max_age: should be between 1s and 1d"),
    ("[tokens]\nid_token = \"59s\"", "0.toml: tokens.id_token: should be 1m at least, but in a test"),
    ("[journeys]\nlifetime = 7200", "0.toml: journeys.lifetime: should be a whole number with its unit"),
    ("[service]\nsupport_email = \"hunter2\"", "0.toml: service.support_email: "),
    ("[service]\naccount_name = \"\"", "0.toml: service.account_name: "),
    ("[service]\nprivacy_url = \"javascript:hunter2\"", "0.toml: service.privacy_url: should be an http or https URL"),
    ("[records]\nsource = \"paper\"", "0.toml: records.source: unknown variant `paper`"),
    ("[records]\ntell_changes = true", "0.toml: records.tell_changes: needs records by API, and evidence in a bucket"),
    ("[records]\nsource = \"api\"", "config/default.toml (embedded): records.api_key: is needed for records by API"),
    (
        "[records]\napi_base = \"https://api.example/v3\"",
        "0.toml: records.api_base: should be an http or https URL without",
    ),
    ("[records]\napi_timeout = \"6s\"", "0.toml: records.api_timeout: should be between 1s and 5s"),
    ("[messages]\nemail = \"pigeon\"", "0.toml: messages.email: unknown variant `pigeon`"),
    ("[messages]\nemail = \"notify\"", "config/default.toml (embedded): notify.api_key: is needed to send by Notify"),
    (
        "[messages]\nsms = \"notify\"",
        "config/default.toml (embedded): notify.sms_template: is needed to send by Notify",
    ),
    ("[messages]\nemail = \"smtp\"", "config/default.toml (embedded): smtp.host: is needed to send by SMTP"),
    ("[messages]\ntime_limit = \"16s\"", "0.toml: messages.time_limit: should be"),
    ("[notify]\napi_key = \"hunter2\"", "0.toml: notify.api_key: should be NAME-SERVICEID-SECRET"),
    ("[notify]\nemail_template = \"hunter2\"", "0.toml: notify.email_template: should be the id of a template"),
    (
        "[notify]\nown_templates = [\"email/poem:b9b2\"]",
        "0.toml: notify.own_templates: number 1: the id should be a UUID",
    ),
    (
        "[notify]\nown_templates = [\"email/layout:00000000-0000-0000-0000-000000000001\"]",
        "0.toml: notify.own_templates: number 1: there is no such letter",
    ),
    ("[smtp]\nfrom = \"nobody\"", "0.toml: smtp.from: should be an email address"),
    ("[smtp]\nsecurity = \"hope\"", "0.toml: smtp.security: unknown variant `hope`"),
    ("[evidence]\nkeep_in = \"attic\"", "0.toml: evidence.keep_in: unknown variant `attic`"),
    ("[evidence]\nkeep_in = \"directory\"\ndirectory = \"\"", "0.toml: evidence.directory: is needed for where"),
    ("[evidence]\nkeep_in = \"bucket\"", "config/default.toml (embedded): evidence.bucket_secret: is needed for where"),
    ("[evidence]\nbucket_endpoint = \"https://s3.example/b\"", "0.toml: evidence.bucket_endpoint: should be an http"),
    ("[evidence]\nbucket_secret = [\"hunter2\"]", "0.toml: evidence.bucket_secret: is a"),
    (
        "[evidence]\nkeep_in = \"directory\"\nscanner = \"command\"",
        "config/default.toml (embedded): evidence.scan_command: is needed for this scanner",
    ),
    (
        "[evidence]\nkeep_in = \"directory\"\nscanner = \"clamd\"",
        "config/default.toml (embedded): evidence.clamd: is needed for this scanner",
    ),
    ("[one_login]\nissuer = \"oidc\"", "0.toml: one_login.issuer: is not a URL"),
    (
        "[one_login]\nissuer = \"https://oidc.example/a\"",
        "0.toml: one_login.issuer: should be an http or https URL that ends",
    ),
    ("[one_login]\nlevel = \"P1\"", "0.toml: one_login.level: unknown variant `P1`"),
    ("[one_login]\nleads_to = [\"https://a.example/b\"]", "0.toml: one_login.leads_to: should be an origin"),
    (
        "[one_login]\nenabled = true",
        "config/default.toml (embedded): one_login.client_id: is needed for GOV.UK One Login",
    ),
    ("[evidence]\nclamd = \"clamd:3310\"", "0.toml: evidence.clamd: should be ADDRESS:PORT or the path of a socket"),
    ("[evidence]\nscan_timeout = \"6m\"", "0.toml: evidence.scan_timeout: should be between 1s and 5m"),
    ("[housekeeping]\ninterval = \"0s\"", "0.toml: housekeeping.interval: should be between 1s and 1d"),
    ("[log]\nformat = \"xml\"", "0.toml: log.format: unknown variant `xml`"),
    ("[log\nformat = hunter2", "0.toml: TOML parse error at line 1"),
];

#[test]
fn each_wrong_setting_is_told_with_its_file_and_its_key() {
    for (text, said) in REFUSALS {
        let faults = faults(&[text], &[("GAI__SECRETS__SEALING_KEYS_", "")]);
        assert!(faults.iter().any(|fault| fault.starts_with(said)), "{text}: {faults:#?}");
        assert!(!faults.iter().any(|fault| fault.contains("hunter2")), "{faults:#?}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let wrong = "[server]\nlisten = 1\nport = 2\n[tokens]\nid_token = \"x\"\naccess_token = \"0s\"\n[extra]\na = 1";
    let all = faults(&[SOUND, wrong], &[("GAI__LOG__LEVEL", "loud"), ("GAI__LOG__COLOUR", "x"), ("GAI__LOG", "x")]);
    for key in
        ["server.listen", "server.port", "tokens.id_token", "tokens.access_token", "extra.a", "log.level", "log.colour"]
    {
        assert_eq!(all.iter().filter(|fault| fault.contains(&format!(": {key}: "))).count(), 1, "{key}: {all:#?}");
    }
    assert!(all.iter().any(|fault| fault.starts_with("GAI__LOG__LEVEL: log.level: ")), "{all:#?}");
    assert!(all.iter().any(|fault| fault == "GAI__LOG: should be GAI__SECTION__KEY"), "{all:#?}");
    assert_eq!(all.len(), 8, "{all:#?}");
}

#[test]
fn a_file_that_is_not_there_is_a_fault() {
    let faults = Config::load(&["/nowhere/at/all.toml"], []).unwrap_err();
    assert!(faults[0].to_string().starts_with("/nowhere/at/all.toml: cannot be read: "), "{faults:?}");
}

#[test]
fn a_test_may_live_through_months_in_a_minute() {
    let quick = "[keys]\nrotate_every = \"5s\"\njwks_max_age = \"2s\"\n[tokens]\naccess_token = \"8s\"";
    assert_eq!(load(&[SOUND, quick], &[]).unwrap().keys.rotate_every.duration().num_seconds(), 5);
    let development = [("GAI__SERVER__PROFILE", "development")];
    assert_eq!(faults(&[SOUND, quick], &development).len(), 3);
}

#[test]
fn production_takes_a_configuration_of_its_own() {
    let config = load(&[&production()], &[]).unwrap();
    assert_eq!(config.server.profile, Profile::Production);
}

#[test]
fn production_refuses_everything_unsafe_at_once() {
    let unsafe_ =
        "[server]\nissuer = \"http://identity.example\"\n[development]\noutbox = true\nprefill_one_time_codes = true";
    assert_eq!(
        faults(&[&production(), unsafe_], &[]),
        [
            "1.toml: server.issuer: should be https in production",
            "1.toml: development.outbox: is never on in production",
            "1.toml: development.prefill_one_time_codes: is never on in production",
        ]
    );
}

#[test]
fn production_refuses_files_that_nobody_scans_and_a_bucket_in_the_clear() {
    let directory = "[evidence]\nkeep_in = \"directory\"";
    let unscanned = "should be a real one in production: files that people send are looked at by staff";
    let place = "config/default.toml (embedded)";
    assert_eq!(faults(&[&production(), directory], &[]), [format!("{place}: evidence.scanner: {unscanned}")]);
    let clamd = "[evidence]\nscanner = \"clamd\"\nclamd = \"127.0.0.1:3310\"";
    assert!(load(&[&production(), directory, clamd], &[]).is_ok());
    let bucket = "[evidence]\nkeep_in = \"bucket\"\nbucket_endpoint = \"http://s3.example\"\nbucket_region = \"a\"\n\
                  bucket = \"b\"\nbucket_access_key = \"c\"\nbucket_secret = \"hunter2\"";
    let told = faults(&[&production(), bucket, clamd], &[]);
    assert_eq!(told, ["1.toml: evidence.bucket_endpoint: should be https in production"]);
    let secure = ("GAI__EVIDENCE__BUCKET_ENDPOINT", "https://s3.example");
    let shown = format!("{:?}", load(&[&production(), bucket, clamd], &[secure]).unwrap());
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn production_refuses_a_one_login_in_the_clear_and_the_key_that_everybody_knows() {
    let key = partners::simulators::one_login::SAMPLE_PRIVATE_KEY;
    let on = format!(
        "[one_login]\nenabled = true\nissuer = \"http://oidc.example/\"\nidentity = \"https://identity.example/\"\n\
         client_id = \"us\"\nprivate_key = \"\"\"\n{key}\"\"\""
    );
    let told = faults(&[&production(), &on], &[]);
    let sample = "1.toml: one_login.private_key: is a sample that everybody knows: make your own";
    assert_eq!(told, ["1.toml: one_login.issuer: should be https in production", sample]);
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../partners/src/simulators/one_login/sample-private-key.pem");
    let by_file = [("GAI__ONE_LOGIN__PRIVATE_KEY", ""), ("GAI__ONE_LOGIN__PRIVATE_KEY_FILE", file)];
    let sample =
        "GAI__ONE_LOGIN__PRIVATE_KEY_FILE: one_login.private_key_file: is a sample that everybody knows: make your own";
    assert!(faults(&[&production(), &on], &by_file).iter().any(|fault| fault == sample));
    let config = load(&[SOUND, &on], &[]).unwrap();
    assert!(config.one_login.key().is_ok());
    assert!(!format!("{config:?}").contains("PRIVATE KEY"));
    let both = ("GAI__ONE_LOGIN__PRIVATE_KEY_FILE", "a.pem");
    let said = "1.toml: one_login.private_key: cannot stand beside private_key_file: leave one out";
    assert_eq!(faults(&[SOUND, &on], &[both]), [said]);
}

#[test]
fn production_refuses_a_register_in_the_clear() {
    let clear = "[records]\nsource = \"api\"\napi_base = \"http://register.example\"\napi_key = \"hunter2\"";
    assert_eq!(faults(&[&production(), clear], &[]), ["1.toml: records.api_base: should be https in production"]);
    let secure = ("GAI__RECORDS__API_BASE", "https://register.example");
    let shown = format!("{:?}", load(&[&production(), clear], &[secure]).unwrap());
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[test]
fn production_refuses_the_secrets_of_either_sample_whatever_they_are_called() {
    for sample in [include_str!("../../../../config/development.toml"), SOUND] {
        let config = load(&[sample], &[]).unwrap();
        assert_ne!(config.server.profile, Profile::Production);
        let all = faults(&[sample], &[("GAI__SERVER__PROFILE", "production"), ("GAI__DEVELOPMENT__OUTBOX", "false")]);
        for key in ["secrets.hash_key", "secrets.sealing_keys"] {
            let said = format!("0.toml: {key}: is a sample that everybody knows: make your own");
            assert!(all.contains(&said), "{all:#?}");
        }
        let line = sample.lines().find(|line| line.starts_with("sealing_keys")).unwrap();
        let key = line.split([':', '"']).nth(2).unwrap();
        let renamed = format!("[secrets]\nsealing_keys = [\"ours:{key}\"]");
        assert_eq!(faults(&[&production(), &renamed], &[]).len(), 1);
    }
}

#[test]
fn debug_of_a_configuration_shows_no_secret() {
    let url = ("GAI__DATABASE__URL", "postgres://gai:hunter2@localhost/gai");
    let shown = format!("{:?}", load(&[&production()], &[url]).unwrap());
    assert!(!shown.contains(KEY) && !shown.contains("hunter2"), "{shown}");
}

#[test]
fn the_shared_mailboxes_are_those_of_the_embedded_list_or_of_a_file_of_ones_own() {
    let email = |text| identity::email::Email::parse(text).unwrap();
    let list = load(&[SOUND], &[]).unwrap().mailboxes.shared;
    for address in ["headteacher@a.example", "Head.Teacher@a.example", "OFFICE1@a.example", "coo@a.example"] {
        assert!(list.list().is_shared(&email(address)), "{address}");
    }
    assert!(!list.list().is_shared(&email("jane.smith@a.example")));
    assert_eq!(list.list().count(), 39);

    let folder = TempDir::new().unwrap();
    let path = folder.path().join("shared.txt");
    let named = |text: &str| {
        fs::write(&path, text).unwrap();
        load(&[SOUND], &[("GAI__MAILBOXES__SHARED", path.to_str().unwrap())])
    };
    let own = named("# ours\nteam\n").unwrap().mailboxes.shared;
    assert!(own.list().is_shared(&email("team@a.example")) && !own.list().is_shared(&email("office@a.example")));
    let fault = named("team\nteam room\n").unwrap_err();
    let place =
        "GAI__MAILBOXES__SHARED: mailboxes.shared: is a file with a fault: line 2 is not what stands before the @";
    assert_eq!(fault, [format!("{place} of an email address")]);
    fs::remove_file(&path).unwrap();
    let fault = load(&[SOUND], &[("GAI__MAILBOXES__SHARED", path.to_str().unwrap())]).unwrap_err();
    assert!(fault[0].contains("mailboxes.shared: is a file that cannot be read"), "{fault:?}");
}

#[test]
fn messages_need_what_was_chosen_for_them_and_production_wants_it_safe() {
    let id = "00000000-0000-0000-0000-000000000001";
    let notify = |more: &str| {
        format!(
            "messages = {{ email = \"notify\", sms = \"notify\" }}\n\
             [notify]\napi_key = \"key-{id}-{id}\"\nemail_template = \"{id}\"\nsms_template = \"{id}\"\n\
             own_templates = [\"email/one-time-code:{id}\", \"sms/one-time-code:{id}\"]\n{more}"
        )
    };
    let config = load(&[&production(), &notify("")], &[]).unwrap();
    assert!(!format!("{config:?}").contains(&format!("{id}-{id}")));
    let plain = notify("base_url = \"http://notify.example\"\ncallback_token = \"hunter2\"");
    let told = [
        "1.toml: notify.base_url: should be https in production",
        "1.toml: notify.callback_token: should be 20 characters or more, or empty",
    ];
    assert_eq!(faults(&[&production(), &plain], &[]), told);

    let smtp = "[smtp]\nsecurity = \"none\"\nuser = \"jane\"";
    let place = "config/default.toml (embedded)";
    let told = [
        format!("{place}: smtp.password: goes with a user: give both or neither"),
        "1.toml: smtp.security: should be tls or starttls in production".into(),
    ];
    assert_eq!(faults(&[&production(), smtp], &[]), told);
    let elsewhere = [("GAI__MESSAGES__EMAIL", "smtp"), ("GAI__SMTP__FROM", "a@b.uk"), ("GAI__SMTP__SECURITY", "none")];
    let near = [&elsewhere[..], &[("GAI__SMTP__HOST", "localhost")]].concat();
    assert!(load(&[SOUND], &near).is_ok());
    let far = [&elsewhere[..], &[("GAI__SMTP__HOST", "mail.example")]].concat();
    let told = "GAI__SMTP__SECURITY: smtp.security: should be tls or starttls for a server that is not on this machine";
    assert_eq!(faults(&[SOUND], &far), [told]);
}

#[test]
fn a_help_desk_needs_an_address_and_a_token_and_in_production_https() {
    let with = |more: &str| format!("{}\n[help_desk]\ndeliver_to = \"zendesk\"\n{more}", production());
    assert_eq!(
        faults(&[&with("")], &[]),
        ["base_url", "email", "token"]
            .map(|key| format!("config/default.toml (embedded): help_desk.{key}: is needed for Zendesk"))
    );
    let whole = "base_url = \"https://desk.example\"\nemail = \"a@desk.example\"\ntoken = \"t\"\n";
    let config = load(&[&with(&format!("{whole}custom_field = \"44=gai\"\n"))], &[]).unwrap();
    assert_eq!(config.help_desk.custom_field.pair(), Some((44, "gai".into())));
    assert!(!format!("{:?}", config.help_desk.token).contains("\"t\""));
    assert_eq!(
        faults(&[&with(&whole.replace("https", "http"))], &[]),
        ["0.toml: help_desk.base_url: should be https in production"]
    );
    let wrong = faults(&[&with(&format!("{whole}custom_field = \"gai\"\n"))], &[]);
    assert_eq!(wrong, ["0.toml: help_desk.custom_field: should be the number of a field, an equals sign and a value"]);
}
