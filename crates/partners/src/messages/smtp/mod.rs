//! Any mail server that takes mail over SMTP (RFC 5321). What becomes of a mail afterwards it does not say.
//!
//! The Message-ID is made of our id, so that the same message sent twice can be told from two.

mod refusal;

use std::str::FromStr;
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use identity::carrier::{Carried, Carrier, NotCarried, Refusal};
use identity::clock::Clock;
use identity::email::Email;
use identity::message::Message as Letter;
use identity::secret::Plain;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use uuid::Uuid;

/// How the way to the server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// TLS from STARTTLS on; without it nothing is sent.
    StartTls,
    /// For a server on the same machine.
    None,
}

/// Whom mails are from, as `Name <name@example.com>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender(Mailbox);

/// Why nobody can send mail under this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("should be an email address, or a name and an email address in angle brackets")]
pub struct NoSender;

impl FromStr for Sender {
    type Err = NoSender;

    fn from_str(text: &str) -> Result<Sender, NoSender> {
        let mailbox: Mailbox = text.parse().map_err(|_| NoSender)?;
        Email::parse(mailbox.email.as_ref()).map_err(|_| NoSender)?;
        Ok(Sender(mailbox))
    }
}

#[derive(Clone, Debug)]
pub struct Settings {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub credentials: Option<(String, Plain)>,
    pub from: Sender,
    /// For one mail.
    pub time_budget: Duration,
    /// A certificate in PEM that is trusted besides those of the public authorities; empty for none.
    pub authority: Vec<u8>,
}

#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Sender,
    time_budget: Duration,
    clock: Clock,
}

/// Why mail cannot be sent at all.
#[derive(Debug, thiserror::Error)]
#[error("mail cannot be sent: {0}")]
pub struct NotSetUp(#[from] lettre::transport::smtp::Error);

impl Smtp {
    /// # Errors
    /// When TLS cannot be set up.
    ///
    /// # Panics
    /// Outside of a runtime: connections are kept for a while.
    pub fn new(settings: Settings, clock: Clock) -> Result<Smtp, NotSetUp> {
        let mut tls = TlsParameters::builder(settings.host.clone());
        if !settings.authority.is_empty() {
            tls = tls.add_root_certificate(Certificate::from_pem(&settings.authority)?);
        }
        let tls = match settings.security {
            Security::Tls => Tls::Wrapper(tls.build()?),
            Security::StartTls => Tls::Required(tls.build()?),
            Security::None => Tls::None,
        };
        let ourselves = ClientId::Domain(settings.from.0.email.domain().to_owned());
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(settings.host)
            .port(settings.port)
            .tls(tls)
            .hello_name(ourselves)
            .timeout(Some(settings.time_budget));
        if let Some((user, password)) = settings.credentials {
            builder = builder.credentials(Credentials::new(user, password.expose().to_owned()));
        }
        Ok(Smtp { transport: builder.build(), from: settings.from, time_budget: settings.time_budget, clock })
    }

    fn mail(&self, id: Uuid, letter: &Letter) -> Result<Message, NotCarried> {
        let Mailbox { email, .. } = &self.from.0;
        let mail = Message::builder()
            .from(self.from.0.clone())
            .to(Mailbox::new(None, recipient(&letter.to)?))
            .subject(letter.subject.clone())
            .date(SystemTime::from(self.clock.now()))
            .message_id(Some(format!("<{id}@{}>", email.domain())))
            .header(AutoSubmitted);
        let mail = match &letter.html {
            Some(html) => mail.multipart(MultiPart::alternative_plain_html(letter.body.clone(), html.clone())),
            None => mail.body(letter.body.clone()),
        };
        mail.map_err(|_| NotCarried::Refused(Refusal::Content))
    }
}

/// A domain in another script goes in its ASCII form: not every server knows the other.
fn recipient(to: &str) -> Result<lettre::Address, NotCarried> {
    let no_address = NotCarried::Refused(Refusal::Address);
    let Ok(email) = Email::parse(to) else { return Err(no_address) };
    let to = if email.as_str().is_ascii() { email.as_str() } else { email.canonical() };
    to.parse().map_err(|_| no_address)
}

#[async_trait]
impl Carrier<Letter> for Smtp {
    async fn carry(&self, id: Uuid, letter: &Letter) -> Result<Carried, NotCarried> {
        let (mail, transport) = (self.mail(id, letter)?, self.transport.clone());
        // In a task of its own: a conversation that is broken off in the middle would leave a kept connection in disorder.
        let sending = tokio::spawn(async move { transport.send(mail).await });
        match tokio::time::timeout(self.time_budget, sending).await {
            Ok(Ok(Ok(_))) => Ok(Carried::default()),
            Ok(Ok(Err(error))) => Err(refusal::read(&error)),
            Ok(Err(_)) => Err(NotCarried::later("sending ended in a panic")),
            Err(_) => Err(NotCarried::later("there was no answer in time")),
        }
    }
}

/// RFC 3834: written by a machine, and so not to be answered by one.
#[derive(Clone, Debug)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(AutoSubmitted)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_is_an_address_with_a_name_or_without() {
        for text in ["no-reply@identity.example", "Get an Identity <no-reply@identity.example>"] {
            assert!(text.parse::<Sender>().is_ok(), "{text}");
        }
        for text in ["", "Get an Identity", "Get an Identity <identity>", "a@b", "a@b.uk, c@d.uk"] {
            assert_eq!(text.parse::<Sender>(), Err(NoSender), "{text}");
        }
    }

    #[test]
    fn a_domain_in_another_script_goes_in_ascii_and_any_other_address_as_it_was_typed() {
        assert_eq!(recipient("Jane.O'Neill@Example.com").unwrap().to_string(), "Jane.O'Neill@Example.com");
        assert_eq!(recipient("info@例え.テスト").unwrap().to_string(), "info@xn--r8jz45g.xn--zckzah");
        assert!(recipient("jane").is_err());
    }
}
