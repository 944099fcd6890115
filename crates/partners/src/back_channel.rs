//! The way to the clients' servers: one POST of one form, whose answer's status is all that we look at. The addresses are
//! those of the operator's own files, so they may lead anywhere; but nowhere else by a redirect.

use std::time::Duration;

use async_trait::async_trait;
use identity::logout_notice::{BackChannel, NoAnswer};
use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use url::{Url, form_urlencoded};

/// A client that takes longer is told again later.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Clone, Debug)]
pub struct HttpBackChannel(Client);

impl HttpBackChannel {
    /// # Errors
    /// When the machine has no certificates to trust, or the like.
    pub fn new() -> Result<HttpBackChannel, NoAnswer> {
        HttpBackChannel::with_patience(PATIENCE)
    }

    /// # Errors
    /// As above.
    pub fn with_patience(patience: Duration) -> Result<HttpBackChannel, NoAnswer> {
        let builder = Client::builder().redirect(Policy::none()).timeout(patience);
        Ok(HttpBackChannel(builder.build().map_err(unanswered)?))
    }
}

#[async_trait]
impl BackChannel for HttpBackChannel {
    async fn post(&self, to: &Url, logout_token: &str) -> Result<u16, NoAnswer> {
        let form = form_urlencoded::Serializer::new(String::new()).append_pair("logout_token", logout_token).finish();
        let request = self.0.post(to.clone()).header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form);
        // The body is not read: whatever it says, the status has said it.
        Ok(request.send().await.map_err(unanswered)?.status().as_u16())
    }
}

fn unanswered(error: reqwest::Error) -> NoAnswer {
    NoAnswer::new(error.without_url())
}
