//! The people of these tests.

use chrono::NaiveDate;
use identity::account::{Account, AccountId, LookupStatus, MatchLevel, Matched, RecordLink, RecordSeen};
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::matching::Identifier;
use identity::mobile::Mobile;
use identity::name::{NamePart, PersonName};
use identity::nino::Nino;
use identity::trn::Trn;

use super::World;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Person {
    /// Has a teaching record, found by three identifiers.
    Zoe,
    /// Looked for, and not found.
    Amir,
    /// No service that wants a TRN ever sent her here.
    Bea,
}

impl World {
    /// Makes the person's account.
    pub(crate) async fn has(&self, person: Person) -> AccountId {
        let account = self.account(person);
        let id = account.id;
        self.provider.store.transact(move |db| db.accounts().create(&account)).await.unwrap();
        id
    }

    fn account(&self, person: Person) -> Account {
        let (first, last, lookup_status) = match person {
            Person::Zoe => ("Zoë", "O'Neil", Some(LookupStatus::Found)),
            Person::Amir => ("Amir", "Khan", Some(LookupStatus::None)),
            Person::Bea => ("Bea", "Long-Smith", None),
        };
        let now = self.provider.clock.now();
        let on = vec![Identifier::Email, Identifier::Name, Identifier::DateOfBirth];
        let record = RecordLink {
            trn: Trn::parse("1234567").unwrap(),
            level: MatchLevel::Low,
            policy: "default/1".into(),
            matched: Some(Matched { on, at: now }),
        };
        let born = NaiveDate::from_ymd_opt(1990, 2, 28).map(DateOfBirth::new);
        let seen = born.map(|date_of_birth| RecordSeen { date_of_birth, prohibited: false, at: now });
        Account {
            id: AccountId::new(&self.provider.random),
            email: Email::parse(&format!("{person:?}@Example.com")).unwrap(),
            mobile: (person == Person::Zoe).then(|| Mobile::parse("07700 900123").unwrap()),
            official_name: PersonName {
                first: NamePart::parse(first).unwrap(),
                middle: None,
                last: NamePart::parse(last).unwrap(),
            },
            preferred_name: None,
            date_of_birth: born,
            nino: (person == Person::Zoe).then(|| Nino::parse("AB123456C").unwrap()),
            lookup_status,
            record: (person == Person::Zoe).then_some(record),
            record_seen: seen.filter(|_| person == Person::Zoe),
            registered_with: None,
            created_at: now,
            updated_at: now,
            last_signed_in_at: None,
        }
    }
}
