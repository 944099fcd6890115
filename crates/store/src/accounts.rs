//! Accounts. A deleted one is found by nobody, and gives up its address, its TRN and its mobile number.

use chrono::NaiveDate;
use diesel::prelude::*;
use identity::account::{Account, AccountId, DetailChanges, LookupStatus, MatchLevel, RecordLink, RecordSeen};
use identity::client::ClientId;
use identity::clock::Time;
use identity::date_of_birth::DateOfBirth;
use identity::email::Email;
use identity::likeness::Keys;
use identity::mobile::Mobile;
use identity::name::{NamePart, PersonName};
use identity::nino::Nino;
use identity::preferred_name::PreferredName;
use identity::trn::Trn;

use crate::account_changes::{Assignment, DetailRow, Emptied, MatchedRow, SeenRow, Settlement};
use crate::connection::AnyConnection;
use crate::db::guarded;
use crate::error::StoreError;
use crate::facts::Facts;
use crate::kept::kept;
use crate::likeness::KeyRow;
use crate::place::{Place, from_word};
use crate::schema::accounts;
use crate::time::{Moment, stored, told};

pub struct Accounts<'c>(pub(crate) &'c mut AnyConnection, pub(crate) &'c mut Facts);

impl Accounts<'_> {
    pub fn by_id(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let row = kept!(live().filter(accounts::id.eq(id.to_string()))).get_result(self.0).optional()?;
        row.map(Account::try_from).transpose()
    }

    /// The account of this address, whatever the case of its letters.
    pub fn by_email(&mut self, email: &Email) -> Result<Option<Account>, StoreError> {
        let row =
            kept!(live().filter(accounts::email_canonical.eq(email.canonical()))).get_result(self.0).optional()?;
        row.map(Account::try_from).transpose()
    }

    /// The account of this mobile number.
    pub fn by_mobile(&mut self, mobile: &Mobile) -> Result<Option<Account>, StoreError> {
        let row = kept!(live().filter(accounts::mobile_e164.eq(mobile.e164()))).get_result(self.0).optional()?;
        row.map(Account::try_from).transpose()
    }

    /// The account that is linked to the teaching record of this TRN.
    pub fn by_trn(&mut self, trn: &Trn) -> Result<Option<Account>, StoreError> {
        let row = kept!(live().filter(accounts::trn.eq(trn.as_str()))).get_result(self.0).optional()?;
        row.map(Account::try_from).transpose()
    }

    /// Goes before whatever changes an account in what others may be told.
    fn touch(&mut self, id: AccountId) -> Result<(), StoreError> {
        if self.1.want(id) {
            self.hold(id)?;
            let before = self.by_id(id)?;
            self.1.was(id, before);
        }
        Ok(())
    }

    /// Waits for whoever is changing it, so that what is read next is what the change begins with. On SQLite one alone writes.
    fn hold(&mut self, id: AccountId) -> Result<(), StoreError> {
        if let AnyConnection::Postgres(postgres) = self.0 {
            let row = accounts::table.find(id.to_string()).select(accounts::id).for_no_key_update();
            row.first::<String>(postgres).optional()?;
        }
        Ok(())
    }

    /// Fails with `Unique(AccountEmail)`, `Unique(AccountMobile)` or `Unique(AccountTrn)` when another account has the
    /// address, the number or the TRN, and the transaction with it.
    pub fn create(&mut self, account: &Account) -> Result<(), StoreError> {
        if self.1.want(account.id) {
            self.1.was(account.id, None);
        }
        let (row, keys) = (AccountRow::from(account), KeyRow::from(Keys::of(&account.official_name)));
        kept!(diesel::insert_into(accounts::table).values((&row, &keys))).execute(self.0)?;
        Ok(())
    }

    /// Writes down what a search for the record of an existing account came to, and the NINO that was stated on the way
    /// (none stated: the one that is kept stays). Fails with `Unique(AccountTrn)` when another account has the TRN; the
    /// transaction can go on from there.
    #[expect(clippy::too_many_arguments, reason = "five beside `self`")]
    pub fn settle_record(
        &mut self,
        id: AccountId,
        status: LookupStatus,
        link: Option<&RecordLink>,
        nino: Option<&Nino>,
        at: Time,
    ) -> Result<(), StoreError> {
        self.touch(id)?;
        let account = accounts::table.filter(accounts::id.eq(id.to_string()).and(accounts::deleted_at.is_null()));
        let matched = MatchedRow::of(link);
        let change = Settlement {
            lookup_status: status.as_str(),
            trn: Some(link.map(|link| link.trn.as_str())),
            match_level: Some(link.map(|link| link.level.as_str())),
            match_policy: Some(link.map(|link| link.policy.as_str())),
            nino: nino.map(Nino::as_str),
            updated_at: stored(at),
        };
        guarded(self.0, |connection| diesel::update(account).set((&change, &matched)).execute(connection))?;
        Ok(())
    }

    /// Links the record that support found, and takes over the name that it has. False, and nothing is written, when
    /// there is no such account or it has a TRN by now. Fails with `Unique(AccountTrn)` like [`Accounts::settle_record`].
    pub fn assign_record(
        &mut self,
        id: AccountId,
        link: &RecordLink,
        name: &PersonName,
        at: Time,
    ) -> Result<bool, StoreError> {
        self.touch(id)?;
        let account = without_trn(id);
        let change = Assignment {
            first_name: name.first.as_str(),
            middle_name: Some(name.middle.as_ref().map(NamePart::as_str)),
            last_name: name.last.as_str(),
            lookup_status: LookupStatus::Found.as_str(),
            trn: link.trn.as_str(),
            match_level: link.level.as_str(),
            match_policy: &link.policy,
            updated_at: stored(at),
        };
        let (matched, keys) = (MatchedRow::of(Some(link)), KeyRow::from(Keys::of(name)));
        let written =
            guarded(self.0, |connection| diesel::update(account).set((&change, &matched, &keys)).execute(connection))?;
        Ok(written == 1)
    }

    /// Notes that support found no record. False, and nothing is written, when there is no such account or it has a TRN
    /// by now.
    pub fn deny_record(&mut self, id: AccountId, at: Time) -> Result<bool, StoreError> {
        self.touch(id)?;
        let written = kept!(
            diesel::update(without_trn(id))
                .set((accounts::lookup_status.eq(LookupStatus::Failed.as_str()), accounts::updated_at.eq(stored(at))))
        )
        .execute(self.0)?;
        Ok(written == 1)
    }

    /// Writes down that the record, still linked under this TRN, was found well enough for a stricter service. A level
    /// never falls: false, and nothing is written, when the link is another by now, or as good already.
    pub fn raise_level(&mut self, id: AccountId, link: &RecordLink, at: Time) -> Result<bool, StoreError> {
        let lower: Vec<&str> = [MatchLevel::Low, MatchLevel::Medium]
            .into_iter()
            .filter_map(|level| (level < link.level).then_some(level.as_str()))
            .collect();
        let linked = accounts::table
            .filter(accounts::id.eq(id.to_string()).and(accounts::deleted_at.is_null()))
            .filter(accounts::trn.eq(link.trn.as_str()))
            .filter(accounts::match_level.eq_any(lower));
        let change = (
            accounts::match_level.eq(link.level.as_str()),
            accounts::match_policy.eq(link.policy.as_str()),
            MatchedRow::of(Some(link)),
            accounts::updated_at.eq(stored(at)),
        );
        Ok(diesel::update(linked).set(change).execute(self.0)? == 1)
    }

    /// Notes what was seen in the linked record, and nothing when the record is no longer linked.
    pub fn see_record(&mut self, id: AccountId, seen: Option<&RecordSeen>) -> Result<(), StoreError> {
        kept!(diesel::update(accounts::table.find(id.to_string())).set(SeenRow::of(seen))).execute(self.0)?;
        Ok(())
    }

    /// Writes what a person changed of their own details, and nothing when that is nothing. Fails with
    /// `Unique(AccountEmail)` or `Unique(AccountMobile)` like [`Accounts::settle_record`].
    pub fn change_details(&mut self, id: AccountId, details: &DetailChanges, at: Time) -> Result<(), StoreError> {
        if *details == DetailChanges::default() {
            return Ok(());
        }
        self.touch(id)?;
        let change = DetailRow {
            email: details.email.as_ref().map(Email::as_str),
            email_canonical: details.email.as_ref().map(Email::canonical),
            mobile_e164: details.mobile.as_ref().map(Mobile::e164),
            first_name: details.name.as_ref().map(|name| name.first.as_str()),
            middle_name: details.name.as_ref().map(|name| name.middle.as_ref().map(NamePart::as_str)),
            last_name: details.name.as_ref().map(|name| name.last.as_str()),
            preferred_name: details.preferred_name.as_ref().map(PreferredName::as_str),
            date_of_birth: details.date_of_birth.map(DateOfBirth::date),
            nino: details.nino.as_ref().map(Nino::as_str),
            updated_at: stored(at),
        };
        let account = accounts::table.filter(accounts::id.eq(id.to_string()).and(accounts::deleted_at.is_null()));
        let keys = details.name.as_ref().map(|name| KeyRow::from(Keys::of(name)));
        guarded(self.0, |connection| diesel::update(account).set((&change, &keys)).execute(connection))?;
        Ok(())
    }

    /// Empties an account for good: it is found by nobody, and its address, TRN and number are free. False when it was
    /// deleted before, or there is none.
    pub fn delete(&mut self, id: AccountId, at: Time) -> Result<bool, StoreError> {
        self.touch(id)?;
        let empty = Emptied { deleted_at: Some(stored(at)), updated_at: stored(at), ..Emptied::default() };
        let account = accounts::table.find(id.to_string()).filter(accounts::deleted_at.is_null());
        Ok(diesel::update(account).set(&empty).execute(self.0)? == 1)
    }

    /// Takes this number off the account. False, and nothing is written, when it has another one by now, or none.
    pub fn drop_mobile(&mut self, id: AccountId, mobile: &Mobile, at: Time) -> Result<bool, StoreError> {
        self.touch(id)?;
        let account = accounts::table
            .filter(accounts::id.eq(id.to_string()).and(accounts::deleted_at.is_null()))
            .filter(accounts::mobile_e164.eq(mobile.e164()));
        let nothing: Option<&str> = None;
        let change = (accounts::mobile_e164.eq(nothing), accounts::updated_at.eq(stored(at)));
        Ok(diesel::update(account).set(change).execute(self.0)? == 1)
    }

    /// Notes when somebody signed in, and what was seen in the linked record on that occasion.
    pub fn record_sign_in(&mut self, id: AccountId, seen: Option<&RecordSeen>, at: Time) -> Result<(), StoreError> {
        let account = accounts::table.find(id.to_string());
        let signed_in = accounts::last_signed_in_at.eq(stored(at));
        match seen {
            Some(seen) => kept!(diesel::update(account).set((signed_in, SeenRow::of(Some(seen))))).execute(self.0)?,
            None => kept!(diesel::update(account).set(signed_in)).execute(self.0)?,
        };
        Ok(())
    }
}

#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn live() -> _ {
    let columns: diesel::dsl::AsSelect<AccountRow, crate::connection::MultiBackend> = AccountRow::as_select();
    accounts::table.filter(accounts::deleted_at.is_null()).select(columns)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn without_trn(id: AccountId) -> _ {
    let id: String = id.to_string();
    accounts::table.find(id).filter(accounts::deleted_at.is_null()).filter(accounts::trn.is_null())
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = accounts, treat_none_as_default_value = false)]
pub(crate) struct AccountRow {
    id: String,
    email: String,
    email_canonical: String,
    first_name: String,
    middle_name: Option<String>,
    last_name: String,
    preferred_name: Option<String>,
    date_of_birth: Option<NaiveDate>,
    nino: Option<String>,
    mobile_e164: Option<String>,
    lookup_status: Option<String>,
    trn: Option<String>,
    match_level: Option<String>,
    match_policy: Option<String>,
    registered_with: Option<String>,
    created_at: Moment,
    updated_at: Moment,
    last_signed_in_at: Option<Moment>,
    #[diesel(embed)]
    seen: SeenRow,
    #[diesel(embed)]
    matched: MatchedRow,
}

impl From<&Account> for AccountRow {
    fn from(account: &Account) -> AccountRow {
        let link = account.record.as_ref();
        AccountRow {
            id: account.id.to_string(),
            email: account.email.as_str().into(),
            email_canonical: account.email.canonical().into(),
            first_name: account.official_name.first.as_str().into(),
            middle_name: account.official_name.middle.as_ref().map(|name| name.as_str().into()),
            last_name: account.official_name.last.as_str().into(),
            preferred_name: account.preferred_name.as_ref().map(|name| name.as_str().into()),
            date_of_birth: account.date_of_birth.map(DateOfBirth::date),
            nino: account.nino.as_ref().map(|nino| nino.as_str().into()),
            mobile_e164: account.mobile.as_ref().map(|mobile| mobile.e164().into()),
            lookup_status: account.lookup_status.map(|status| status.as_str().into()),
            trn: link.map(|link| link.trn.as_str().into()),
            match_level: link.map(|link| link.level.as_str().into()),
            match_policy: link.map(|link| link.policy.clone()),
            registered_with: account.registered_with.as_ref().map(|client| client.as_str().into()),
            created_at: stored(account.created_at),
            updated_at: stored(account.updated_at),
            last_signed_in_at: account.last_signed_in_at.map(stored),
            seen: SeenRow::of(account.record_seen.as_ref()),
            matched: MatchedRow::of(link),
        }
    }
}

impl TryFrom<AccountRow> for Account {
    type Error = StoreError;

    fn try_from(row: AccountRow) -> Result<Account, StoreError> {
        let place = Place::new("accounts", &row.id);
        let record = match (row.trn, row.match_level, row.match_policy) {
            (Some(trn), Some(level), Some(policy)) => Some(RecordLink {
                trn: place.read("trn", trn, |text| Trn::parse(&text))?,
                level: place.read("match_level", level, from_word::<MatchLevel>)?,
                policy,
                matched: row.matched.read(&place)?,
            }),
            (None, None, None) => None,
            _ => return Err(place.impossible("half a link to a teaching record")),
        };
        Ok(Account {
            id: place.read("id", row.id.as_str(), str::parse)?,
            email: place.read("email", row.email, |text| Email::parse(&text))?,
            mobile: place.maybe("mobile_e164", row.mobile_e164, |text| Mobile::from_e164(&text))?,
            official_name: PersonName {
                first: place.read("first_name", row.first_name, NamePart::try_from)?,
                middle: place.maybe("middle_name", row.middle_name, NamePart::try_from)?,
                last: place.read("last_name", row.last_name, NamePart::try_from)?,
            },
            preferred_name: place.maybe("preferred_name", row.preferred_name, |text| PreferredName::parse(&text))?,
            date_of_birth: row.date_of_birth.map(DateOfBirth::new),
            nino: place.maybe("nino", row.nino, |text| Nino::parse(&text))?,
            lookup_status: place.maybe("lookup_status", row.lookup_status, from_word)?,
            record,
            registered_with: place.maybe("registered_with", row.registered_with, |text| ClientId::parse(&text))?,
            created_at: told(row.created_at),
            updated_at: told(row.updated_at),
            last_signed_in_at: row.last_signed_in_at.map(told),
            record_seen: row.seen.read(&place)?,
        })
    }
}
