//! What is told of an account. The names of the properties are those of the wire.

use chrono::SecondsFormat;
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::WebhookEvent;
use crate::account::{Account, LookupStatus};
use crate::clock::Time;
use crate::date_of_birth::DateOfBirth;
use crate::mobile::Mobile;
use crate::name::NamePart;
use crate::preferred_name::PreferredName;
use crate::trn::Trn;

/// The body of a notification.
#[derive(Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Payload {
    notification_id: Uuid,
    time_utc: String,
    message_type: &'static str,
    message: Value,
}

impl Payload {
    pub fn created(id: Uuid, at: Time, account: &Account) -> Payload {
        Payload::of(id, at, WebhookEvent::UserCreated.as_str(), json!({ "user": user(account) }))
    }

    /// Nothing when all stays as it was of what services are told.
    pub fn updated(id: Uuid, at: Time, (before, after): (&Account, &Account)) -> Option<Payload> {
        let changes = changes(before, after);
        if changes.is_empty() {
            return None;
        }
        let message = json!({ "user": user(after), "changes": changes });
        Some(Payload::of(id, at, WebhookEvent::UserUpdated.as_str(), message))
    }

    /// To try a webhook with.
    pub fn ping(id: Uuid, at: Time) -> Payload {
        Payload::of(id, at, "Ping", json!({}))
    }

    fn of(id: Uuid, at: Time, message_type: &'static str, message: Value) -> Payload {
        let time_utc = at.to_rfc3339_opts(SecondsFormat::Micros, true);
        Payload { notification_id: id, time_utc, message_type, message }
    }

    pub fn to_body(&self) -> String {
        serde_json::to_string(self).expect("a payload is plain data")
    }
}

fn user(account: &Account) -> Map<String, Value> {
    let id = ("userId".to_owned(), json!(account.id));
    [id].into_iter().chain(properties(account)).collect()
}

/// Of what services are told, that which is another now, as it is now.
pub fn changes(before: &Account, after: &Account) -> Map<String, Value> {
    let pairs = properties(before).into_iter().zip(properties(after));
    pairs.filter(|(before, after)| before != after).map(|(_, after)| after).collect()
}

/// A National Insurance number is never told, nor how sure we are of the record.
fn properties(account: &Account) -> [(String, Value); 9] {
    let name = &account.official_name;
    let born = |born: DateOfBirth| born.date().format("%Y-%m-%d").to_string();
    [
        ("emailAddress", json!(account.email.as_str())),
        ("firstName", json!(name.first.as_str())),
        ("middleName", json!(name.middle.as_ref().map(NamePart::as_str))),
        ("lastName", json!(name.last.as_str())),
        ("preferredName", json!(account.preferred_name.as_ref().map(PreferredName::as_str))),
        ("dateOfBirth", json!(account.date_of_birth.map(born))),
        ("trn", json!(account.trn().map(Trn::as_str))),
        ("mobileNumber", json!(account.mobile.as_ref().map(Mobile::e164))),
        ("trnLookupStatus", json!(account.lookup_status.map(LookupStatus::as_str))),
    ]
    .map(|(name, value)| (name.into(), value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{AccountId, MatchLevel, RecordLink};
    use crate::email::Email;
    use crate::name::PersonName;
    use crate::nino::Nino;
    use crate::random::Random;

    fn noon() -> Time {
        Time::from_timestamp(1_790_000_000, 123_456_000).unwrap()
    }

    fn jane() -> Account {
        let part = |text| NamePart::parse(text).unwrap();
        Account {
            id: AccountId::new(&Random::seeded(1)),
            email: Email::parse("jane@example.com").unwrap(),
            mobile: Some(Mobile::from_e164("+447700900123").unwrap()),
            official_name: PersonName { first: part("Jane"), middle: Some(part("Ann")), last: part("Smith") },
            preferred_name: None,
            date_of_birth: Some(DateOfBirth::new("1980-02-03".parse().unwrap())),
            nino: Some(Nino::parse("AB123456C").unwrap()),
            lookup_status: Some(LookupStatus::Pending),
            record: None,
            record_seen: None,
            registered_with: None,
            created_at: noon(),
            updated_at: noon(),
            last_signed_in_at: None,
        }
    }

    fn told(payload: &Payload) -> Value {
        serde_json::from_str(&payload.to_body()).unwrap()
    }

    #[test]
    fn a_new_account_is_told_whole_and_what_it_lacks_as_null() {
        let id = Random::seeded(2).uuid();
        let expected = json!({
            "notificationId": id.to_string(),
            "timeUtc": "2026-09-21T14:13:20.123456Z",
            "messageType": "UserCreated",
            "message": { "user": {
                "userId": jane().id.to_string(),
                "emailAddress": "jane@example.com",
                "firstName": "Jane",
                "middleName": "Ann",
                "lastName": "Smith",
                "preferredName": null,
                "dateOfBirth": "1980-02-03",
                "trn": null,
                "mobileNumber": "+447700900123",
                "trnLookupStatus": "Pending",
            } },
        });
        assert_eq!(told(&Payload::created(id, noon(), &jane())), expected);
    }

    #[test]
    fn exactly_what_changed_is_told_beside_the_whole() {
        let trn = Trn::parse("1234567").unwrap();
        let link = RecordLink { trn, level: MatchLevel::Low, policy: "default/1".into(), matched: None };
        let linked = Account { record: Some(link), lookup_status: Some(LookupStatus::Found), ..jane() };
        let payload = told(&Payload::updated(Random::seeded(2).uuid(), noon(), (&jane(), &linked)).unwrap());
        assert_eq!(payload["messageType"], "UserUpdated");
        assert_eq!(payload["message"]["changes"], json!({ "trn": "1234567", "trnLookupStatus": "Found" }));
        assert_eq!(payload["message"]["user"]["trn"], "1234567");
    }

    #[test]
    fn what_was_taken_away_is_told_as_null() {
        let without = Account { mobile: None, ..jane() };
        assert_eq!(Value::from(changes(&jane(), &without)), json!({ "mobileNumber": null }));
    }

    #[test]
    fn each_property_is_told_when_it_alone_changes() {
        let part = |text| NamePart::parse(text).unwrap();
        let named = |first, middle, last| {
            let official_name = PersonName { first: part(first), middle: Some(part(middle)), last: part(last) };
            Account { official_name, ..jane() }
        };
        let each = [
            ("emailAddress", Account { email: Email::parse("j@example.com").unwrap(), ..jane() }),
            ("firstName", named("Joan", "Ann", "Smith")),
            ("middleName", named("Jane", "Amy", "Smith")),
            ("lastName", named("Jane", "Ann", "Jones")),
            ("preferredName", Account { preferred_name: Some(PreferredName::parse("Jan").unwrap()), ..jane() }),
            ("dateOfBirth", Account { date_of_birth: None, ..jane() }),
            ("mobileNumber", Account { mobile: Some(Mobile::from_e164("+447700900124").unwrap()), ..jane() }),
            ("trnLookupStatus", Account { lookup_status: Some(LookupStatus::Failed), ..jane() }),
        ];
        for (name, after) in each {
            assert_eq!(changes(&jane(), &after).keys().collect::<Vec<_>>(), [name]);
        }
    }

    #[test]
    fn what_services_are_never_told_is_no_change() {
        let after = Account { nino: None, last_signed_in_at: Some(noon()), ..jane() };
        assert!(Payload::updated(Random::seeded(2).uuid(), noon(), (&jane(), &after)).is_none());
        assert!(!Payload::created(Random::seeded(2).uuid(), noon(), &jane()).to_body().contains("AB123456C"));
    }

    #[test]
    fn a_ping_says_nothing() {
        let payload = told(&Payload::ping(Random::seeded(2).uuid(), noon()));
        assert_eq!((payload["messageType"].as_str(), &payload["message"]), (Some("Ping"), &json!({})));
    }
}
