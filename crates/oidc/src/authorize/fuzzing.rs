//! The query of an authorization request.

use actix_web::http::header::LOCATION;
use identity::client::Client;
use url::Url;

use super::reply::{Reply, ReplyTo};
use super::request::AuthorizationRequest;
use super::{Refusal, read, request_object};
use crate::Provider;
use crate::fuzzing::World;
use crate::params::Params;

/// Nobody is sent to an address that their client has not registered, whether the request is good or not, and `state` comes
/// back as it was sent. A good one keeps to its client's file, and is read back from where it is kept as it was.
pub fn authorize_query(bytes: &[u8]) -> bool {
    let world = World::get();
    let params = Params::parse(bytes);
    assert_eq!(Params::parse(params.encode().as_bytes()), params);
    match world.runs(read::read(&params, &world.provider)) {
        Ok((client, request)) => {
            keeps_to(&request, &client);
            leads_back(&request.reply_to, &client, &params, world);
            let kept = serde_json::to_string(&request).expect("a request is plain JSON");
            let read: AuthorizationRequest = serde_json::from_str(&kept).expect("it was kept");
            assert_eq!(serde_json::to_string(&read).expect("it is as plain as before"), kept);
            true
        }
        Err(Refusal::ToTheClient { to, .. }) => {
            let client = super::client::find(&params, &world.provider);
            leads_back(&to, &client.expect("it is told"), &params, world);
            false
        }
        Err(Refusal::OnOurPage { .. }) => false,
        Err(Refusal::Unavailable(error)) => panic!("nothing here fails: {error}"),
    }
}

fn keeps_to(request: &AuthorizationRequest, client: &Client) {
    assert!(request.client_id == client.id && request.scopes.is_subset(&client.scopes));
    assert!(!client.par_required && !client.request_object_required);
    assert!(request.code_challenge.is_some() || !client.pkce_required);
    assert!(request.resources.iter().all(|resource| client.resources.contains(resource)));
    for text in [&request.nonce, &request.session_id, &request.reply_to.state].into_iter().flatten() {
        assert!(text.len() <= 4096 && !text.contains(char::is_control), "{text:?}");
    }
}

fn leads_back(to: &ReplyTo, client: &Client, params: &Params, world: &World) {
    assert!(client.redirect_uris.contains(&to.redirect_uri), "{}", to.redirect_uri);
    assert!(to.state.is_none() || to.state.as_deref() == params.get("state"));
    if to.signed.is_some() {
        return;
    }
    let error = crate::error::OAuthError::invalid_request("any");
    let answer = to.send(&world.provider, Reply::Error(error));
    let Some(location) = answer.headers().get(LOCATION) else {
        let form = answer.headers().get("form-action").expect("a form or a redirect");
        assert_eq!(form, to.redirect_uri.as_str());
        return;
    };
    let location = location.to_str().expect("an address is ASCII");
    let more = location.strip_prefix(&to.redirect_uri).expect("the address comes first");
    assert!(more.starts_with(['?', '&', '#']), "{location}");
    let url = Url::parse(location).expect("it is an address");
    let answer = url.fragment().or(url.query()).expect("there is an answer");
    assert_eq!(Params::parse(answer.as_bytes()).get("state"), to.state.as_deref(), "{location}");
}

/// Does it open as the client's own request?
pub(crate) async fn is_opened(jwt: &str, client: &Client, provider: &Provider) -> bool {
    let params = Params::of([("request".to_owned(), jwt.to_owned())]);
    request_object::open(&params, client, provider).await.is_ok_and(|(_, signed)| signed)
}
