//! The simulator of GOV.UK Notify.

use clap::Args;
use identity::random::Random;
use identity::secret::Plain;
use partners::messages::notify::ApiKey;
use partners::simulators::notify::{Callback, EMAIL_TEMPLATE, Notify, SAMPLE_KEY, SMS_TEMPLATE, Settings};
use url::Url;
use uuid::Uuid;

use super::{Done, Stand, serve};
use crate::system;

#[derive(Debug, Args)]
pub(in crate::commands) struct Options {
    #[command(flatten)]
    stand: Stand,
    /// The API key that it lets in, as NAME-SERVICEID-SECRET.
    #[arg(long, default_value = SAMPLE_KEY)]
    api_key: ApiKey,
    /// The id of its email template, with the placeholders subject and body.
    #[arg(long, default_value_t = EMAIL_TEMPLATE)]
    email_template: Uuid,
    /// The id of its text message template, with the placeholder body.
    #[arg(long, default_value_t = SMS_TEMPLATE)]
    sms_template: Uuid,
    /// The id of a template with the placeholder code; repeatable.
    #[arg(long)]
    code_template: Vec<Uuid>,
    /// Where it sends receipts: .../api/notify/receipts.
    #[arg(long, requires = "callback_token")]
    callback: Option<Url>,
    /// The bearer token that it shows there.
    #[arg(long, requires = "callback")]
    callback_token: Option<String>,
}

impl Options {
    pub(in crate::commands) fn run(self) -> Done {
        let token = self.callback_token.map(Plain::new);
        let settings = Settings {
            key: self.api_key,
            email_template: self.email_template,
            sms_template: self.sms_template,
            code_templates: self.code_template,
            callback: self.callback.zip(token).map(|(url, token)| Callback { url, token }),
        };
        let (listen, switch) = (self.stand.listen, self.stand.switch());
        let start = || Notify::start(listen, switch, settings, (system::clock(), Random::system()));
        serve("GOV.UK Notify", || Ok(start()?.running))
    }
}
