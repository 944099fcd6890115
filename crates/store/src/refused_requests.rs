//! Refused requests, sealed, found by the reference that their pages show.

use diesel::prelude::*;
use identity::client::ClientId;
use identity::refused_request::RefusedRequest;

use crate::connection::AnyConnection;
use crate::db::guarded;
use crate::error::StoreError;
use crate::kept::kept;
use crate::place::Place;
use crate::schema::refused_requests;
use crate::time::{Moment, stored, told};

pub struct RefusedRequests<'c>(pub(crate) &'c mut AnyConnection);

impl RefusedRequests<'_> {
    pub fn keep(&mut self, request: &RefusedRequest) -> Result<(), StoreError> {
        let row = RequestRow {
            reference: request.reference.clone(),
            refused_at: stored(request.at),
            client_id: request.client.as_ref().map(|client| client.as_str().to_owned()),
            sealed: request.sealed.clone(),
        };
        guarded(self.0, |connection| {
            kept!(diesel::insert_into(refused_requests::table).values(&row)).execute(connection)
        })?;
        Ok(())
    }

    pub fn by_reference(&mut self, reference: &str) -> Result<Option<RefusedRequest>, StoreError> {
        let row = kept!(refused_requests::table.find(reference).select(RequestRow::as_select()))
            .get_result(self.0)
            .optional()?;
        row.map(RefusedRequest::try_from).transpose()
    }
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = refused_requests, treat_none_as_default_value = false)]
struct RequestRow {
    reference: String,
    refused_at: Moment,
    client_id: Option<String>,
    sealed: String,
}

impl TryFrom<RequestRow> for RefusedRequest {
    type Error = StoreError;

    fn try_from(row: RequestRow) -> Result<RefusedRequest, StoreError> {
        let place = Place::new("refused_requests", &row.reference);
        Ok(RefusedRequest {
            at: told(row.refused_at),
            client: place.maybe("client_id", row.client_id, |text| ClientId::parse(&text))?,
            sealed: row.sealed,
            reference: row.reference,
        })
    }
}
