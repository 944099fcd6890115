//! The way to the clients' servers: what each is sent, and how it answers.

use std::collections::VecDeque;
use std::sync::Mutex;

use async_trait::async_trait;
use identity::logout_notice::{BackChannel, NoAnswer};
use serde_json::Value;
use url::Url;

use super::{World, header};

/// Where this client hears of sign-outs.
pub(crate) fn backchannel_logout_uri(client: &str) -> Url {
    Url::parse(&format!("https://{client}.example/back-channel-logout")).unwrap()
}

#[derive(Default)]
pub(crate) struct Servers {
    /// The statuses of the next answers, None for no answer at all. After them everybody answers 200.
    pub(crate) answers: Mutex<VecDeque<Option<u16>>>,
    sent: Mutex<Vec<(Url, String)>>,
}

#[async_trait]
impl BackChannel for Servers {
    async fn post(&self, to: &Url, logout_token: &str) -> Result<u16, NoAnswer> {
        self.sent.lock().unwrap().push((to.clone(), logout_token.to_owned()));
        let answer = self.answers.lock().unwrap().pop_front().unwrap_or(Some(200));
        answer.ok_or_else(|| NoAnswer::new("nobody is there"))
    }
}

impl Servers {
    pub(crate) fn answering(answers: &[Option<u16>]) -> Servers {
        Servers { answers: Mutex::new(answers.iter().copied().collect()), ..Servers::default() }
    }

    /// What this client was sent.
    pub(crate) fn tokens_of(&self, client: &str) -> Vec<String> {
        let (sent, address) = (self.sent.lock().unwrap(), backchannel_logout_uri(client));
        sent.iter().filter(|(to, _)| *to == address).map(|(_, token)| token.clone()).collect()
    }
}

impl World {
    /// Tells the clients that are due; how many were told.
    pub(crate) async fn tells(&self, servers: &Servers) -> usize {
        oidc::tell_clients(&self.provider, servers).await.unwrap().told
    }

    /// The claims of a logout token, once everything is checked that its client has to check (OpenID Connect Back-Channel
    /// Logout 1.0, section 2.6).
    pub(crate) async fn verify_logout(&self, token: &str, audience: &str) -> Value {
        assert_eq!(header(token).typ.as_deref(), Some("logout+jwt"));
        let claims = self.verify(token, audience).await;
        assert!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap() <= 120);
        let events = claims["events"].as_object().unwrap();
        assert_eq!(events["http://schemas.openid.net/event/backchannel-logout"], serde_json::json!({}));
        for name in ["jti", "sub", "sid"] {
            assert!(claims[name].as_str().is_some_and(|claim| !claim.is_empty()), "{name}: {claims}");
        }
        assert_eq!((events.len(), claims.get("nonce")), (1, None));
        claims
    }
}
