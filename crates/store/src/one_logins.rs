//! Which GOV.UK One Login leads to which account, and the browsers that are on the way there.

use diesel::prelude::*;
use identity::account::AccountId;
use identity::clock::Time;
use identity::interaction::InteractionId;
use identity::one_login::{OneLoginLink, OneLoginState, Subject};
use identity::secret::Hashed;
use uuid::Uuid;

use crate::connection::AnyConnection;
use crate::db::guarded;
use crate::error::StoreError;
use crate::kept::kept;
use crate::place::Place;
use crate::schema::{account_one_logins, one_login_states};
use crate::time::{Moment, stored, told};

pub struct OneLogins<'c>(pub(crate) &'c mut AnyConnection);

impl OneLogins<'_> {
    pub fn link(&mut self, link: &OneLoginLink) -> Result<(), StoreError> {
        let row = LinkRow::from(link);
        guarded(self.0, |connection| {
            kept!(diesel::insert_into(account_one_logins::table).values(&row)).execute(connection)
        })?;
        Ok(())
    }

    pub fn by_subject(&mut self, subject: &Subject) -> Result<Option<OneLoginLink>, StoreError> {
        let row = account_one_logins::table
            .filter(account_one_logins::subject.eq(subject.as_str()))
            .select(LinkRow::as_select());
        row.first(self.0).optional()?.map(OneLoginLink::try_from).transpose()
    }

    /// All of an account, oldest first.
    pub fn of_account(&mut self, account: AccountId) -> Result<Vec<OneLoginLink>, StoreError> {
        let rows = kept!(
            account_one_logins::table
                .filter(account_one_logins::account_id.eq(account.to_string()))
                .order((account_one_logins::linked_at, account_one_logins::subject))
                .select(LinkRow::as_select())
        )
        .load(self.0)?;
        rows.into_iter().map(OneLoginLink::try_from).collect()
    }

    pub fn mark_used(&mut self, subject: &Subject, at: Time) -> Result<(), StoreError> {
        let link = account_one_logins::table.filter(account_one_logins::subject.eq(subject.as_str()));
        kept!(diesel::update(link).set(account_one_logins::last_used_at.eq(stored(at)))).execute(self.0)?;
        Ok(())
    }

    /// False when it does not lead to this account.
    pub fn unlink(&mut self, account: AccountId, id: Uuid) -> Result<bool, StoreError> {
        let own = account_one_logins::table
            .find(id.to_string())
            .filter(account_one_logins::account_id.eq(account.to_string()));
        Ok(kept!(diesel::delete(own)).execute(self.0)? == 1)
    }

    /// Those that were linked at this moment or later. Says how many there were.
    pub fn unlink_linked_since(&mut self, account: AccountId, since: Time) -> Result<usize, StoreError> {
        let own = account_one_logins::table
            .filter(account_one_logins::account_id.eq(account.to_string()))
            .filter(account_one_logins::linked_at.ge(stored(since)));
        Ok(kept!(diesel::delete(own)).execute(self.0)?)
    }

    /// Says how many there were.
    pub fn unlink_all_of(&mut self, account: AccountId) -> Result<usize, StoreError> {
        let own = account_one_logins::table.filter(account_one_logins::account_id.eq(account.to_string()));
        Ok(kept!(diesel::delete(own)).execute(self.0)?)
    }

    /// A browser is sent there.
    pub fn begin(&mut self, state: &OneLoginState) -> Result<(), StoreError> {
        let row = (
            one_login_states::id.eq(state.state.as_str()),
            one_login_states::interaction_id.eq(state.interaction.to_string()),
            one_login_states::sealed.eq(&state.sealed),
            one_login_states::expires_at.eq(stored(state.expires_at)),
        );
        guarded(self.0, |connection| {
            kept!(diesel::insert_into(one_login_states::table).values(row)).execute(connection)
        })?;
        Ok(())
    }

    /// The journey that sent a browser with this state, whatever has become of that.
    pub fn interaction_of(&mut self, state: &Hashed) -> Result<Option<InteractionId>, StoreError> {
        let id: Option<String> =
            kept!(one_login_states::table.find(state.as_str()).select(one_login_states::interaction_id))
                .get_result(self.0)
                .optional()?;
        let read = |id: String| Place::new("one_login_states", state.as_str()).read("interaction_id", &*id, str::parse);
        id.map(read).transpose()
    }

    /// What was to be remembered, in sealed JSON, unless it has expired or was taken before: of many who take it at the same
    /// moment one gets it.
    pub fn take(&mut self, state: &Hashed, now: Time) -> Result<Option<String>, StoreError> {
        let waiting = || {
            one_login_states::table
                .find(state.as_str())
                .filter(one_login_states::sealed.ne(""))
                .filter(one_login_states::expires_at.gt(stored(now)))
        };
        let sealed: Option<String> = kept!(waiting().select(one_login_states::sealed)).get_result(self.0).optional()?;
        let taken = kept!(diesel::update(waiting()).set(one_login_states::sealed.eq(""))).execute(self.0)? == 1;
        Ok(sealed.filter(|_| taken))
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = account_one_logins, treat_none_as_default_value = false)]
struct LinkRow {
    id: String,
    subject: String,
    account_id: String,
    linked_at: Moment,
    last_used_at: Moment,
}

impl From<&OneLoginLink> for LinkRow {
    fn from(link: &OneLoginLink) -> LinkRow {
        LinkRow {
            id: link.id.to_string(),
            subject: link.subject.as_str().into(),
            account_id: link.account.to_string(),
            linked_at: stored(link.linked_at),
            last_used_at: stored(link.last_used_at),
        }
    }
}

impl TryFrom<LinkRow> for OneLoginLink {
    type Error = StoreError;

    fn try_from(row: LinkRow) -> Result<OneLoginLink, StoreError> {
        let place = Place::new("account_one_logins", &row.id);
        Ok(OneLoginLink {
            id: place.read("id", row.id.as_str(), str::parse)?,
            subject: place.read("subject", row.subject.as_str(), Subject::parse)?,
            account: place.read("account_id", row.account_id.as_str(), str::parse)?,
            linked_at: told(row.linked_at),
            last_used_at: told(row.last_used_at),
        })
    }
}
