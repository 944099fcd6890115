//! `redirect_uri` (OpenID Connect Core, section 3.1.2.1; RFC 9700, section 4.1.3): always sent, and equal, character by
//! character, to one that the client registered. There is no default. If it is not, the browser is sent nowhere.

use identity::client::Client;

use crate::params::Params;

pub(super) fn check(params: &Params, client: &Client) -> Result<String, &'static str> {
    let sent = params.get("redirect_uri").ok_or("redirect_uri is missing, empty or repeated")?;
    if is_registered(sent, client) { Ok(sent.into()) } else { Err("redirect_uri is not registered") }
}

pub(super) fn is_registered(redirect_uri: &str, client: &Client) -> bool {
    client.redirect_uris.iter().any(|registered| registered == redirect_uri)
}
