//! All that can be told of how we know whose record it is, before anything is picked from it. The names are those of the
//! OpenID Identity Assurance Schema 1.0, section 5; `identifiers` is ours.

use chrono::SecondsFormat;
use identity::account::{Account, MatchLevel, Matched, RecordLink};
use identity::client::Client;
use identity::clock::Time;
use identity::scope::Scope;
use serde_json::{Map, Value, json};

use super::super::profile::Profile;
use super::super::to_map;

/// Ours: three identifiers of six agree with one teaching record, and with no other. docs/claims.md is its document.
pub(crate) const TRUST_FRAMEWORK: &str = "uk_dfe_teaching_record";
pub(crate) const EVIDENCE: &str = "electronic_record";
pub(crate) const RECORD_TYPE: &str = "teaching_record";
/// What the person stated was compared with what the record holds.
const CHECK_METHOD: &str = "data";

pub(crate) const CLAIMS: [&str; 6] = ["name", "given_name", "middle_name", "family_name", "birthdate", "trn"];

pub(super) fn verification(link: &RecordLink) -> Value {
    let record =
        json!({ "type": RECORD_TYPE, "source": { "name": "Teaching Regulation Agency", "country_code": "GBR" } });
    let mut evidence = Map::from_iter([("type".to_owned(), EVIDENCE.into()), ("record".to_owned(), record)]);
    // Support may know what the person never stated.
    if let Some(matched) = link.matched.as_ref().filter(|matched| !matched.on.is_empty()) {
        evidence.insert("check_details".into(), json!([check(matched)]));
    }
    let mut verification = Map::new();
    verification.insert("trust_framework".into(), TRUST_FRAMEWORK.into());
    verification.insert("assurance_level".into(), level(link.level).into());
    verification.insert("assurance_process".into(), json!({ "policy": link.policy }));
    verification.insert("evidence".into(), json!([evidence]));
    if let Some(matched) = &link.matched {
        verification.insert("time".into(), iso(matched.at).into());
    }
    Value::Object(verification)
}

fn check(matched: &Matched) -> Value {
    json!({ "check_method": CHECK_METHOD, "time": iso(matched.at), "identifiers": matched.on })
}

/// The words of `trn_match_level`, in the case that levels of assurance are written in.
fn level(level: MatchLevel) -> &'static str {
    match level {
        MatchLevel::Low => "low",
        MatchLevel::Medium => "medium",
    }
}

fn iso(time: Time) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The TRN, and with the scope `profile` what the record says: as long as nobody has looked into it, that is not known.
pub(super) fn claims(account: &Account, link: &RecordLink, client: &Client) -> Map<String, Value> {
    let mut claims = Map::new();
    if let Some(seen) = account.record_seen.filter(|_| client.scopes.contains(Scope::Profile)) {
        claims = to_map(&Profile::of(account));
        claims.insert("birthdate".into(), seen.date_of_birth.date().to_string().into());
    }
    claims.insert("trn".into(), link.trn.as_str().into());
    claims.retain(|name, _| CLAIMS.contains(&name.as_str()));
    claims
}
