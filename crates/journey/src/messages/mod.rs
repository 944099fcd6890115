//! Messages to people. A letter is a type with what it tells, and a template of its own under templates/email; each goes
//! out as plain text and as HTML, both made from that one template.
//!
//! A template's first line is its subject, and the rest is in a markup that reads well as it is: see [`markup`]. To add a
//! message, write the two; the tests find what was forgotten.
//!
//! A text message is a letter whose template stands under templates/sms: a few words, all of which go out.

mod account;
mod addressee;
mod change;
mod code;
mod markup;
mod one_login;
mod passkey;
mod record;
#[cfg(test)]
mod samples;
mod tell;
#[cfg(test)]
mod tests;
mod values;

use govuk::{Frame, RenderError, Templates};
use identity::clock::Time;
use identity::email::Email;
use identity::key_ring::KeyRing;
use identity::message::Message;
use identity::mobile::Mobile;
use identity::outbox::{Channel, OutboxMessage, SEAL_PURPOSE};
use identity::random::Random;
use identity::secret::Plain;
use serde::Serialize;
use serde_json::{Value, json};

pub use account::{
    AccountClaimed, AccountDeleted, DeletionAsked, DetailsChanged, EmailChanged, MobileDropped, SignedInByMobile,
};
pub use addressee::Addressee;
pub use change::{ChangeMade, ChangeRefused, ChangeRequested};
pub use code::OneTimeCode;
pub use one_login::{OneLoginAdded, OneLoginRemoved};
pub use passkey::{PasskeyAdded, PasskeyRemoved};
pub use record::{DetailsDiffer, RecordEnded, RecordFound, RecordNotFound, RecordReplaced, TicketRaised, TrnTold};

use crate::Journeys;

/// Something to tell a person. Its fields are what its template may use, beside `support_email` and `account_url`.
pub trait Letter: Serialize {
    /// The name of its template, without the ending.
    const NAME: &'static str;

    /// Where the template's `link` leads.
    fn link(&self) -> Option<&str> {
        None
    }

    /// The code inside, for the development outbox and for tests.
    fn one_time_code(&self) -> Option<&Plain> {
        None
    }
}

/// A letter that is short enough for a text message, with a second template for it under templates/sms.
pub trait Text: Letter {}

impl Journeys {
    /// A letter as a row of the outbox, to be put there with the fact that caused it.
    ///
    /// # Errors
    /// A template that asks for what the letter does not have.
    pub fn outgoing(&self, letter: &impl Letter, to: &Email) -> Result<OutboxMessage, RenderError> {
        self.post().outgoing(letter, to, self.clock.now())
    }

    /// The same as a text message.
    ///
    /// # Errors
    /// A template that asks for what the letter does not have.
    pub fn outgoing_text(&self, letter: &impl Text, to: &Mobile) -> Result<OutboxMessage, RenderError> {
        let message = write_text(letter, to, &self.templates)?;
        Ok(self.post().sealed(Channel::Sms, &message, self.clock.now()))
    }

    fn post(&self) -> Post<'_> {
        let Journeys { templates, key_ring, random, settings, .. } = self;
        Post {
            templates,
            key_ring,
            random,
            support_email: &settings.support_email,
            account_url: settings.account_url.as_str(),
        }
    }
}

/// What a letter needs on its way to the outbox.
pub struct Post<'a> {
    pub templates: &'a Templates,
    pub key_ring: &'a KeyRing,
    pub random: &'a Random,
    pub support_email: &'a str,
    pub account_url: &'a str,
}

impl Post<'_> {
    /// A letter as a row of the outbox, written at this moment.
    ///
    /// # Errors
    /// A template that asks for what the letter does not have.
    pub fn outgoing(&self, letter: &impl Letter, to: &Email, at: Time) -> Result<OutboxMessage, RenderError> {
        let message = write(letter, to, self.templates, (self.support_email, self.account_url))?;
        Ok(self.sealed(Channel::Email, &message, at))
    }

    fn sealed(&self, channel: Channel, message: &Message, at: Time) -> OutboxMessage {
        let message = serde_json::to_vec(message).expect("a message is plain data");
        let sealed = self.key_ring.seal(SEAL_PURPOSE, &message, self.random);
        OutboxMessage::new(self.random.uuid(), channel, sealed, at)
    }
}

/// Is there a letter of this name, as an email or as a text message?
pub fn exists(folder: &str, name: &str) -> bool {
    !["ending", "layout"].contains(&name) && crate::templates().any(|(path, _)| path == format!("{folder}/{name}.txt"))
}

/// A letter as it goes out.
///
/// # Errors
/// A template that asks for what the letter does not have.
pub fn write<L: Letter>(
    letter: &L,
    to: &Email,
    templates: &Templates,
    (support_email, account_url): (&str, &str),
) -> Result<Message, RenderError> {
    let draw = |name: &str, view: &Value| templates.render(&format!("email/{name}"), view, &Frame::default());
    let mut view = values::marked(letter);
    // Ours, and therefore not marked as values: they become links.
    view["support_email"] = json!(support_email);
    view["link"] = json!(letter.link());
    view["account_url"] = json!(account_url);
    let letter_text = draw(&format!("{}.txt", L::NAME), &view)?;
    let (subject, body) = letter_text.split_once('\n').unwrap_or((&letter_text, ""));
    let subject = subject.strip_prefix("Subject: ").expect("a template begins with its subject, and a test draws each");
    let subject = markup::one_line(subject);
    let (body, ending) = (markup::parse(body), markup::parse(&draw("ending.txt", &view)?));
    let html = draw("layout.html", &json!({ "subject": subject, "body": body, "ending": ending }))?;
    Ok(Message {
        to: to.as_str().into(),
        template: L::NAME.into(),
        subject,
        body: format!("{}\n\n{}\n", markup::text(&body), markup::text(&ending)),
        html: Some(html),
        one_time_code: letter.one_time_code().map(|code| code.expose().into()),
    })
}

/// A letter as a text message: one line, without a subject and without HTML.
///
/// # Errors
/// A template that asks for what the letter does not have.
pub fn write_text<T: Text>(letter: &T, to: &Mobile, templates: &Templates) -> Result<Message, RenderError> {
    let text = templates.render(&format!("sms/{}.txt", T::NAME), &values::marked(letter), &Frame::default())?;
    let lines = markup::parse(&text);
    Ok(Message {
        to: to.e164().into(),
        template: T::NAME.into(),
        subject: String::new(),
        body: markup::text(&lines),
        html: None,
        one_time_code: letter.one_time_code().map(|code| code.expose().into()),
    })
}
