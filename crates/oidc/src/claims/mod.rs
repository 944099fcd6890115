//! Claims: what a client learns about a person. One function turns an account and scopes into claims; the ID token and
//! userinfo both use it, each with the scopes that it answers for, and add what the client asked for by name. By name too
//! it gets only what the scopes of its file would open to it. docs/claims.md has every claim.

mod email;
mod nino;
mod phone;
mod profile;
mod record;
mod verified;

use identity::account::Account;
use identity::claims_request::AskedClaims;
use identity::client::Client;
use identity::clock::Time;
use identity::scope::{Scope, Scopes};
use serde::Serialize;
use serde_json::{Map, Value};

pub(crate) use verified::{CLAIMS as IN_VERIFIED_CLAIMS, EVIDENCE, RECORD_TYPE, TRUST_FRAMEWORK};

/// Claims as they go out. `sub` and those about the token itself are not among them.
pub(crate) type Claims = Map<String, Value>;

/// Everything that scopes can bring.
#[derive(Debug, Default, PartialEq, Serialize)]
struct ByScope {
    #[serde(flatten)]
    profile: Option<profile::Profile>,
    #[serde(flatten)]
    email: Option<email::Email>,
    #[serde(flatten)]
    phone: Option<phone::Phone>,
    #[serde(flatten)]
    record: Option<record::Record>,
    #[serde(flatten)]
    nino: Option<nino::NiNumber>,
}

/// The claims of the account that the scopes open to this client, as the account is now.
fn of(account: &Account, client: &Client, scopes: &Scopes) -> ByScope {
    ByScope {
        profile: scopes.contains(Scope::Profile).then(|| profile::Profile::of(account)),
        email: scopes.contains(Scope::Email).then(|| email::Email::of(account)),
        phone: scopes.contains(Scope::Phone).then(|| phone::Phone::of(account)).flatten(),
        record: scopes.want_record().then(|| record::Record::of(account, client)),
        nino: scopes.want_record().then(|| nino::NiNumber::of(account, client)).flatten(),
    }
}

/// Those of the scopes whose claims stand in the ID token. The standard ones do not, where there is an access token to
/// fetch them with (OpenID Connect Core, section 5.4); the teaching record's do, because services read them there. The
/// National Insurance number does not, since ID tokens come back through browsers.
fn of_id_token(account: &Account, client: &Client, scopes: &Scopes) -> ByScope {
    let in_id_token = [Scope::Trn, Scope::DqtRead].into_iter().filter(|scope| scopes.contains(*scope));
    ByScope { nino: None, ..of(account, client, &in_id_token.collect()) }
}

pub(crate) fn in_userinfo(of_whom: (&Account, &Client), scopes: &Scopes, asked: &AskedClaims, now: Time) -> Claims {
    let (account, client) = of_whom;
    with_asked(of(account, client, scopes), of_whom, asked, now)
}

pub(crate) fn in_id_token(of_whom: (&Account, &Client), scopes: &Scopes, asked: &AskedClaims, now: Time) -> Claims {
    let (account, client) = of_whom;
    with_asked(of_id_token(account, client, scopes), of_whom, asked, now)
}

/// What there is not, or not in one of the values that were asked for, is left out, and it is no error (section 5.5.1).
fn with_asked(by_scope: ByScope, (account, client): (&Account, &Client), asked: &AskedClaims, now: Time) -> Claims {
    let mut claims = to_map(&by_scope);
    let held = to_map(&of(account, client, &client.scopes));
    for (name, asked) in &asked.by_name {
        if let Some(claim) = held.get(name).filter(|claim| asked.allows(claim)) {
            claims.insert(name.clone(), claim.clone());
        }
    }
    if let Some(verified) = verified::of(account, client, &asked.verified, now) {
        claims.insert(verified::NAME.into(), verified);
    }
    claims
}

fn to_map(claims: &impl Serialize) -> Claims {
    match serde_json::to_value(claims) {
        Ok(Value::Object(claims)) => claims,
        _ => unreachable!("claims are plain JSON with names"),
    }
}

/// Every claim that a client may ever see.
pub(crate) fn supported() -> Vec<&'static str> {
    let of_tokens = ["sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid", "at_hash"];
    let of_people = [&profile::CLAIMS[..], &email::CLAIMS, &phone::CLAIMS, &record::CLAIMS, &nino::CLAIMS];
    [&of_tokens[..], &of_people.concat(), &[verified::NAME]].concat()
}

#[cfg(test)]
mod tests {
    use identity::account::{LookupStatus, MatchLevel};
    use identity::matching::MatchPolicy;
    use serde_json::{Value, json};

    use super::*;
    use crate::claims::samples::{account, client};

    fn claims(account: &Account, client: &Client, scopes: &str) -> Value {
        serde_json::to_value(of(account, client, &Scopes::parse(scopes).unwrap())).unwrap()
    }

    #[test]
    fn every_scope_brings_its_claims_in_the_types_of_the_specs() {
        let expected = json!({
            "name": "Zoë Anne O'Neil", "given_name": "Zoë", "middle_name": "Anne", "family_name": "O'Neil",
            "preferred_name": "Zo", "birthdate": "1990-02-28", "updated_at": 1_700_000_000,
            "email": "Zoe@Example.com", "email_verified": true,
            "phone_number": "+447700900123", "phone_number_verified": true,
            "trn": "1234567", "trn_lookup_status": "Found", "trn_match_level": "Low", "trn_match_policy": "default/1",
        });
        assert_eq!(claims(&account(), &client(), "openid profile email phone trn"), expected);
    }

    #[test]
    fn no_scope_brings_a_claim_that_discovery_does_not_name() {
        let all = claims(&account(), &client(), "openid profile email phone trn dqt:read");
        let mut names: Vec<&str> = all.as_object().unwrap().keys().map(String::as_str).collect();
        let mut supported = [&profile::CLAIMS[..], &email::CLAIMS, &phone::CLAIMS, &record::CLAIMS].concat();
        names.sort();
        supported.sort();
        assert_eq!(names, supported);
    }

    #[test]
    fn the_tables_of_the_documentation_have_every_claim_and_no_other() {
        let page = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/claims.md"));
        let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
        let mut told: Vec<&str> = rows.map(|(name, _)| name).collect();
        let mut supported = supported();
        told.sort();
        supported.sort();
        assert_eq!(told, supported);
    }

    #[test]
    fn a_scope_that_was_not_asked_for_brings_nothing() {
        assert_eq!(claims(&account(), &client(), "openid"), json!({}));
        let email = json!({ "email": "Zoe@Example.com", "email_verified": true });
        assert_eq!(claims(&account(), &client(), "openid email"), email);
    }

    #[test]
    fn somebody_without_a_mobile_number_has_no_claim_about_one() {
        let without = Account { mobile: None, ..account() };
        assert_eq!(claims(&without, &client(), "openid phone"), json!({}));
    }

    #[test]
    fn standard_claims_stay_out_of_the_id_token_and_the_record_stands_in_it() {
        let scopes = Scopes::parse("openid profile email phone dqt:read").unwrap();
        let claims = serde_json::to_value(of_id_token(&account(), &client(), &scopes)).unwrap();
        let names: Vec<&String> = claims.as_object().unwrap().keys().collect();
        assert_eq!(names, ["trn", "trn_lookup_status", "trn_match_level", "trn_match_policy"]);
    }

    #[test]
    fn without_a_record_only_the_status_is_told() {
        let pending = Account { lookup_status: Some(LookupStatus::Pending), record: None, ..account() };
        assert_eq!(claims(&pending, &client(), "trn"), json!({ "trn_lookup_status": "Pending" }));
        let never_asked = Account { lookup_status: None, record: None, ..account() };
        assert_eq!(claims(&never_asked, &client(), "trn"), json!({ "trn_lookup_status": "None" }));
    }

    #[test]
    fn a_strict_client_gets_a_trn_only_of_a_medium_match() {
        let strict = Client { match_policy: MatchPolicy::Strict, ..client() };
        assert_eq!(claims(&account(), &strict, "trn"), json!({ "trn_lookup_status": "Found" }));
        let mut medium = account();
        medium.record.as_mut().unwrap().level = MatchLevel::Medium;
        assert_eq!(claims(&medium, &strict, "trn")["trn"], "1234567");
    }
}

#[cfg(test)]
mod samples;
