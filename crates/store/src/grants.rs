//! Grants: what an authorization_code stands for.

use diesel::dsl::AsSelect;
use diesel::prelude::*;
use identity::account::{Account, AccountId};
use identity::claims_request::ClaimsRequest;
use identity::client::ClientId;
use identity::clock::Time;
use identity::grant::{Grant, GrantId};
use identity::scope::Scopes;
use identity::secret::Hashed;

use crate::accounts::AccountRow;
use crate::connection::{AnyConnection, MultiBackend};
use crate::error::StoreError;
use crate::kept::kept;
use crate::place::{Place, from_json, to_json};
use crate::schema::{accounts, grants};
use crate::time::{Moment, stored, told};

pub struct Grants<'c>(pub(crate) &'c mut AnyConnection);

impl Grants<'_> {
    pub fn create(&mut self, grant: &Grant) -> Result<(), StoreError> {
        let row = GrantRow::from(grant);
        kept!(diesel::insert_into(grants::table).values(&row)).execute(self.0)?;
        Ok(())
    }

    pub fn by_id(&mut self, id: GrantId) -> Result<Option<Grant>, StoreError> {
        let row =
            kept!(grants::table.find(id.to_string()).select(GrantRow::as_select())).get_result(self.0).optional()?;
        row.map(Grant::try_from).transpose()
    }

    /// A grant with its account, which nobody finds once it is deleted; also one that is redeemed, expired or revoked.
    pub fn with_account(&mut self, id: GrantId) -> Result<Option<(Grant, Option<Account>)>, StoreError> {
        let row = kept!(with_account().filter(grants::id.eq(id.to_string()))).get_result(self.0).optional()?;
        row.map(both).transpose()
    }

    /// The same of an authorization_code that does not name its grant, as those of versions before migration 0027: it is looked for
    /// among the grants that were made since.
    pub fn by_code(&mut self, code: &Hashed, since: Time) -> Result<Option<(Grant, Option<Account>)>, StoreError> {
        let theirs =
            with_account().filter(grants::created_at.ge(stored(since))).filter(grants::code_hash.eq(code.as_str()));
        kept!(theirs).get_result(self.0).optional()?.map(both).transpose()
    }

    /// Redeems the authorization_code: true for the first who asks, and for nobody after (RFC 6749, section 4.1.2), nor
    /// once the grant is revoked. Whether the code has expired is for the caller to say.
    pub fn redeem(&mut self, id: GrantId, at: Time) -> Result<bool, StoreError> {
        let fresh = grants::table
            .find(id.to_string())
            .filter(grants::redeemed_at.is_null())
            .filter(grants::revoked_at.is_null());
        let written = kept!(diesel::update(fresh).set(grants::redeemed_at.eq(stored(at)))).execute(self.0)?;
        Ok(written == 1)
    }

    /// Binds what the grant brings to the key of this thumbprint.
    pub fn bind(&mut self, id: GrantId, dpop_jkt: &str) -> Result<(), StoreError> {
        kept!(diesel::update(grants::table.find(id.to_string())).set(grants::dpop_jkt.eq(dpop_jkt))).execute(self.0)?;
        Ok(())
    }

    /// Revokes a grant. One that is revoked already keeps the time at which it was.
    pub fn revoke(&mut self, id: GrantId, at: Time) -> Result<(), StoreError> {
        let live = grants::table.find(id.to_string()).filter(grants::revoked_at.is_null());
        kept!(diesel::update(live).set(grants::revoked_at.eq(stored(at)))).execute(self.0)?;
        Ok(())
    }

    /// Revokes every grant of an account that rests on the proof of this moment.
    pub fn revoke_begun_at(&mut self, account: AccountId, began: Time, at: Time) -> Result<(), StoreError> {
        let live = grants::table
            .filter(grants::account_id.eq(account.to_string()))
            .filter(grants::authenticated_at.eq(stored(began)))
            .filter(grants::revoked_at.is_null());
        kept!(diesel::update(live).set(grants::revoked_at.eq(stored(at)))).execute(self.0)?;
        Ok(())
    }

    /// Revokes every grant of an account.
    pub fn revoke_all_of(&mut self, account: AccountId, at: Time) -> Result<(), StoreError> {
        let live =
            grants::table.filter(grants::account_id.eq(account.to_string())).filter(grants::revoked_at.is_null());
        kept!(diesel::update(live).set(grants::revoked_at.eq(stored(at)))).execute(self.0)?;
        Ok(())
    }
}

#[diesel::dsl::auto_type(no_type_alias)]
fn with_account() -> _ {
    let columns: (AsSelect<GrantRow, MultiBackend>, AsSelect<Option<AccountRow>, MultiBackend>) =
        (GrantRow::as_select(), Option::<AccountRow>::as_select());
    let theirs = accounts::id.eq(grants::account_id).and(accounts::deleted_at.is_null());
    grants::table.left_join(accounts::table.on(theirs)).select(columns)
}

fn both((grant, account): (GrantRow, Option<AccountRow>)) -> Result<(Grant, Option<Account>), StoreError> {
    Ok((grant.try_into()?, account.map(Account::try_from).transpose()?))
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = grants, treat_none_as_default_value = false)]
struct GrantRow {
    id: String,
    code_hash: String,
    client_id: String,
    account_id: String,
    session_id: String,
    redirect_uri: String,
    scopes: String,
    nonce: Option<String>,
    code_challenge: Option<String>,
    authenticated_at: Moment,
    methods: String,
    created_at: Moment,
    code_expires_at: Moment,
    redeemed_at: Option<Moment>,
    revoked_at: Option<Moment>,
    dpop_jkt: Option<String>,
    resources: Option<String>,
    claims: Option<String>,
}

impl From<&Grant> for GrantRow {
    fn from(grant: &Grant) -> GrantRow {
        GrantRow {
            id: grant.id.to_string(),
            code_hash: grant.code.as_str().into(),
            client_id: grant.client_id.as_str().into(),
            account_id: grant.account.to_string(),
            session_id: grant.session.to_string(),
            redirect_uri: grant.redirect_uri.clone(),
            scopes: grant.scopes.to_string(),
            nonce: grant.nonce.clone(),
            code_challenge: grant.code_challenge.clone(),
            authenticated_at: stored(grant.authenticated_at),
            methods: to_json(&grant.methods),
            created_at: stored(grant.created_at),
            code_expires_at: stored(grant.code_expires_at),
            redeemed_at: grant.redeemed_at.map(stored),
            revoked_at: grant.revoked_at.map(stored),
            dpop_jkt: grant.dpop_jkt.clone(),
            resources: (!grant.resources.is_empty()).then(|| to_json(&grant.resources)),
            claims: (grant.claims != ClaimsRequest::default()).then(|| to_json(&grant.claims)),
        }
    }
}

impl TryFrom<GrantRow> for Grant {
    type Error = StoreError;

    fn try_from(row: GrantRow) -> Result<Grant, StoreError> {
        let place = Place::new("grants", &row.id);
        Ok(Grant {
            id: place.read("id", row.id.as_str(), str::parse)?,
            code: Hashed::from_stored(row.code_hash),
            client_id: place.read("client_id", row.client_id, |text| ClientId::parse(&text))?,
            account: place.read("account_id", row.account_id.as_str(), str::parse)?,
            session: place.read("session_id", row.session_id.as_str(), str::parse)?,
            redirect_uri: row.redirect_uri,
            scopes: place.read("scopes", row.scopes, |text| Scopes::parse(&text))?,
            nonce: row.nonce,
            code_challenge: row.code_challenge,
            authenticated_at: told(row.authenticated_at),
            methods: place.read("methods", row.methods, from_json)?,
            created_at: told(row.created_at),
            code_expires_at: told(row.code_expires_at),
            redeemed_at: row.redeemed_at.map(told),
            revoked_at: row.revoked_at.map(told),
            dpop_jkt: row.dpop_jkt,
            resources: place.maybe("resources", row.resources, from_json)?.unwrap_or_default(),
            claims: place.maybe("claims", row.claims, from_json)?.unwrap_or_default(),
        })
    }
}
