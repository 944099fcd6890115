//! Refresh tokens, found by their keyed hash.

use diesel::prelude::*;
use identity::clock::Time;
use identity::refresh_token::{RefreshToken, RefreshTokenId};
use identity::secret::Hashed;

use crate::connection::AnyConnection;
use crate::error::StoreError;
use crate::kept::kept;
use crate::place::Place;
use crate::schema::refresh_tokens;
use crate::time::{Moment, stored, told};

pub struct RefreshTokens<'c>(pub(crate) &'c mut AnyConnection);

impl RefreshTokens<'_> {
    pub fn create(&mut self, token: &RefreshToken) -> Result<(), StoreError> {
        let row = TokenRow::from(token);
        kept!(diesel::insert_into(refresh_tokens::table).values(&row)).execute(self.0)?;
        Ok(())
    }

    /// The token of this hash, used and expired ones included.
    pub fn by_token(&mut self, token: &Hashed) -> Result<Option<RefreshToken>, StoreError> {
        let row = kept!(
            refresh_tokens::table.filter(refresh_tokens::token_hash.eq(token.as_str())).select(TokenRow::as_select())
        )
        .get_result(self.0);
        row.optional()?.map(RefreshToken::try_from).transpose()
    }

    /// True for the first who uses the token, and for nobody after.
    pub fn use_once(&mut self, id: RefreshTokenId, at: Time) -> Result<bool, StoreError> {
        let fresh = refresh_tokens::table.find(id.to_string()).filter(refresh_tokens::used_at.is_null());
        Ok(kept!(diesel::update(fresh).set(refresh_tokens::used_at.eq(stored(at)))).execute(self.0)? == 1)
    }

    /// Lets a token that is good for more than one use live on from now.
    pub fn prolong(&mut self, id: RefreshTokenId, from: Time) -> Result<(), StoreError> {
        let token = refresh_tokens::table.find(id.to_string());
        kept!(diesel::update(token).set(refresh_tokens::created_at.eq(stored(from)))).execute(self.0)?;
        Ok(())
    }

    /// Has anybody used what was given for this token?
    pub fn is_followed(&mut self, id: RefreshTokenId) -> Result<bool, StoreError> {
        let used = refresh_tokens::table
            .filter(refresh_tokens::parent_id.eq(id.to_string()))
            .filter(refresh_tokens::used_at.is_not_null());
        Ok(kept!(used.select(refresh_tokens::id)).get_result::<String>(self.0).optional()?.is_some())
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = refresh_tokens, treat_none_as_default_value = false)]
struct TokenRow {
    id: String,
    token_hash: String,
    grant_id: String,
    parent_id: Option<String>,
    created_at: Moment,
    used_at: Option<Moment>,
}

impl From<&RefreshToken> for TokenRow {
    fn from(token: &RefreshToken) -> TokenRow {
        TokenRow {
            id: token.id.to_string(),
            token_hash: token.token.as_str().into(),
            grant_id: token.grant.to_string(),
            parent_id: token.parent.map(|parent| parent.to_string()),
            created_at: stored(token.created_at),
            used_at: token.used_at.map(stored),
        }
    }
}

impl TryFrom<TokenRow> for RefreshToken {
    type Error = StoreError;

    fn try_from(row: TokenRow) -> Result<RefreshToken, StoreError> {
        let place = Place::new("refresh_tokens", &row.id);
        Ok(RefreshToken {
            id: place.read("id", row.id.as_str(), str::parse)?,
            token: Hashed::from_stored(row.token_hash),
            grant: place.read("grant_id", row.grant_id, |text| text.parse())?,
            parent: place.maybe("parent_id", row.parent_id, |text| text.parse())?,
            created_at: told(row.created_at),
            used_at: row.used_at.map(told),
        })
    }
}
