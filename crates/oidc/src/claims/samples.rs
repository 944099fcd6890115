//! A person and a client for the tests of claims.

use chrono::NaiveDate;
use identity::account::{Account, AccountId, LookupStatus, MatchLevel, RecordLink};
use identity::client::{Client, ClientId, TrnRequirement};
use identity::clock::Time;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::mobile::Mobile;
use identity::name::{NamePart, PersonName};
use identity::preferred_name::PreferredName;
use identity::random::Random;
use identity::scope::{Scope, Scopes};
use identity::trn::Trn;
use url::Url;

pub(super) fn account() -> Account {
    let time = Time::from_timestamp(1_700_000_000, 0).unwrap();
    let name = |text| NamePart::parse(text).unwrap();
    Account {
        id: AccountId::new(&Random::seeded(1)),
        email: Email::parse("Zoe@Example.com").unwrap(),
        mobile: Some(Mobile::parse("07700 900123").unwrap()),
        official_name: PersonName { first: name("Zoë"), middle: Some(name("Anne")), last: name("O'Neil") },
        preferred_name: Some(PreferredName::parse("Zo").unwrap()),
        date_of_birth: Some(DateOfBirth::new(NaiveDate::from_ymd_opt(1990, 2, 28).unwrap())),
        nino: None,
        lookup_status: Some(LookupStatus::Found),
        record: Some(RecordLink {
            trn: Trn::parse("1234567").unwrap(),
            level: MatchLevel::Low,
            policy: "default/1".into(),
            matched: None,
        }),
        record_seen: None,
        registered_with: None,
        created_at: time,
        updated_at: time,
        last_signed_in_at: None,
    }
}

pub(super) fn client() -> Client {
    let (id, address) = (ClientId::parse("a-service").unwrap(), Url::parse("https://service.example/").unwrap());
    let scopes = Scope::ALL.into_iter().collect::<Scopes>();
    Client { scopes, trn: TrnRequirement::Optional, ..Client::new(id, "A service".into(), address) }
}
