//! Reading an authorization request, however it came: pushed before, in a signed object, or as it is.

use std::sync::Arc;

use identity::client::Client;

use super::request::AuthorizationRequest;
use super::request_object::{self, Closed};
use super::{Came, Refusal, client, pushed, redirect_uri, response_mode, text, validate};
use crate::Provider;
use crate::error::OAuthError;
use crate::params::Params;

pub(super) async fn read(params: &Params, provider: &Provider) -> Result<(Arc<Client>, AuthorizationRequest), Refusal> {
    let client = client::find(params, provider).map_err(|reason| Refusal::OnOurPage { client: None, reason })?;
    if let Some(reference) = pushed::reference(params) {
        let taken = pushed::take(&reference, &client, provider).await;
        return match taken.map_err(|error| Refusal::Unavailable(Box::new(error)))? {
            Ok(request) => Ok((client, request)),
            Err(reason) => Err(Refusal::OnOurPage { client: Some(client), reason }),
        };
    }
    match request_object::open(params, &client, provider).await {
        Ok((params, signed)) => {
            let request = validate(&params, client.clone(), provider, Came { pushed: false, signed })?;
            Ok((client, request))
        }
        Err(Closed::Wrong(error)) => Err(beside(params, client, error)),
        Err(Closed::Unavailable(error)) => Err(Refusal::Unavailable(error)),
    }
}

/// Who cannot be told by what stands in the object is told by what stands beside it, where that is theirs.
fn beside(params: &Params, client: Arc<Client>, error: OAuthError) -> Refusal {
    match redirect_uri::check(params, &client) {
        Ok(redirect_uri) => {
            let mut to = AuthorizationRequest::new(&client, redirect_uri).reply_to;
            to.state = text::fit(params, "state").map(str::to_owned);
            match response_mode::choose(params, &client, &mut to) {
                Ok(()) => Refusal::ToTheClient { to, error },
                Err(worse) => Refusal::ToTheClient { to, error: worse },
            }
        }
        Err(_) => Refusal::OnOurPage { client: Some(client), reason: error.description },
    }
}
