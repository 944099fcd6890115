//! Authorization requests that clients pushed, found by the keyed hash of the reference that they got for it.

use diesel::prelude::*;
use identity::client::ClientId;
use identity::clock::Time;
use identity::pushed_request::PushedRequest;
use identity::secret::Hashed;

use crate::connection::AnyConnection;
use crate::error::StoreError;
use crate::kept::kept;
use crate::place::Place;
use crate::schema::pushed_requests;
use crate::time::{Moment, stored, told};

pub struct PushedRequests<'c>(pub(crate) &'c mut AnyConnection);

impl PushedRequests<'_> {
    pub fn create(&mut self, request: &PushedRequest) -> Result<(), StoreError> {
        let row = RequestRow::from(request);
        kept!(diesel::insert_into(pushed_requests::table).values(&row)).execute(self.0)?;
        Ok(())
    }

    /// The request of this reference, used and expired ones included.
    pub fn by_reference(&mut self, reference: &Hashed) -> Result<Option<PushedRequest>, StoreError> {
        let row = kept!(pushed_requests::table.find(reference.as_str()).select(RequestRow::as_select()))
            .get_result(self.0)
            .optional()?;
        row.map(PushedRequest::try_from).transpose()
    }

    /// True for the first who uses the reference, and for nobody after.
    pub fn use_once(&mut self, reference: &Hashed, at: Time) -> Result<bool, StoreError> {
        let fresh = pushed_requests::table.find(reference.as_str()).filter(pushed_requests::used_at.is_null());
        Ok(kept!(diesel::update(fresh).set(pushed_requests::used_at.eq(stored(at)))).execute(self.0)? == 1)
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = pushed_requests, treat_none_as_default_value = false)]
struct RequestRow {
    id: String,
    client_id: String,
    authorization_request: String,
    expires_at: Moment,
    used_at: Option<Moment>,
}

impl From<&PushedRequest> for RequestRow {
    fn from(request: &PushedRequest) -> RequestRow {
        RequestRow {
            id: request.reference.as_str().into(),
            client_id: request.client_id.as_str().into(),
            authorization_request: request.authorization.clone(),
            expires_at: stored(request.expires_at),
            used_at: request.used_at.map(stored),
        }
    }
}

impl TryFrom<RequestRow> for PushedRequest {
    type Error = StoreError;

    fn try_from(row: RequestRow) -> Result<PushedRequest, StoreError> {
        let place = Place::new("pushed_requests", &row.id);
        Ok(PushedRequest {
            client_id: place.read("client_id", row.client_id, |text| ClientId::parse(&text))?,
            reference: Hashed::from_stored(row.id.clone()),
            authorization: row.authorization_request,
            expires_at: told(row.expires_at),
            used_at: row.used_at.map(told),
        })
    }
}
