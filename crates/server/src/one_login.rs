//! Puts together the way to GOV.UK One Login, as the configuration has it.

use std::sync::Arc;

use identity::clock::Clock;
use identity::random::Random;
use journey::OneLoginWay;
use partners::http::NotSetUp;
use partners::one_login::{OneLoginClient, Settings};
use url::Url;

use crate::config::OneLogin;

/// Where One Login sends people back to, under the issuer.
const CALLBACK: &str = "/one-login/callback";

/// Why there is no way there.
#[derive(Debug, thiserror::Error)]
pub enum NoWay {
    #[error("{0}")]
    Key(String),
    #[error(transparent)]
    NotSetUp(#[from] NotSetUp),
}

/// None where it is off.
///
/// # Errors
/// When the key cannot be read.
pub fn way(config: &OneLogin, issuer: &Url, clock: Clock, random: Random) -> Result<Option<OneLoginWay>, NoWay> {
    let (Some(theirs), Some(identity)) = (config.issuer.url(), config.identity.url()) else { return Ok(None) };
    if !config.enabled {
        return Ok(None);
    }
    let settings = Settings {
        issuer: theirs.clone(),
        identity_base: identity.clone(),
        client_id: config.client_id.clone(),
        key: config.key().map_err(NoWay::Key)?,
        redirect_uri: issuer.join(CALLBACK).expect("a path of ours is an address under the issuer"),
        time_budget: config.time_budget.duration().to_std().expect("a time limit is not negative"),
        authorities: Vec::new(),
    };
    let client = OneLoginClient::new(settings, clock, random)?;
    let listed = config.leads_to.iter().map(|source| source.as_str().to_owned());
    let leads_to = [theirs.origin().ascii_serialization()].into_iter().chain(listed).collect();
    Ok(Some(OneLoginWay { client: Arc::new(client), level: config.level, leads_to }))
}
