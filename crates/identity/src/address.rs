//! Where a one-time code goes: an email address or a mobile number.

use crate::email::Email;
use crate::mobile::Mobile;
use crate::outbox::Channel;
use crate::secret::{HashKey, Hashed, Plain, Purpose};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    Email(Email),
    Mobile(Mobile),
}

impl Address {
    /// The form by which addresses are compared and counted. No email address begins with a plus and has no "@".
    pub fn key(&self) -> &str {
        match self {
            Address::Email(email) => email.canonical(),
            Address::Mobile(mobile) => mobile.e164(),
        }
    }

    /// Where a message is sent: the email address as it was typed, the number as E.164.
    pub fn destination(&self) -> &str {
        match self {
            Address::Email(email) => email.as_str(),
            Address::Mobile(mobile) => mobile.e164(),
        }
    }

    pub fn channel(&self) -> Channel {
        match self {
            Address::Email(_) => Channel::Email,
            Address::Mobile(_) => Channel::Sms,
        }
    }

    /// As messages have it: what [`Address::destination`] is on that channel.
    pub fn of_message(channel: Channel, to: &str) -> Option<Address> {
        match channel {
            Channel::Email => Email::parse(to).ok().map(Address::Email),
            Channel::Sms => Mobile::parse(to).ok().map(Address::Mobile),
            Channel::HelpDesk | Channel::Webhook | Channel::Register => None,
        }
    }

    /// By which it is known that messages to it came back.
    pub fn undeliverable_hash(&self, key: &HashKey) -> Hashed {
        key.hash(Purpose::UndeliverableAddress, self.channel().as_str(), &Plain::new(self.key()))
    }

    /// As it may be shown to somebody who has yet to prove that it is theirs.
    pub fn redacted(&self) -> String {
        match self {
            Address::Email(email) => email.redacted(),
            Address::Mobile(mobile) => mobile.redacted(),
        }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Address::Email(email) => email.fmt(f),
            Address::Mobile(mobile) => mobile.fmt(f),
        }
    }
}

impl From<Email> for Address {
    fn from(email: Email) -> Address {
        Address::Email(email)
    }
}

impl From<Mobile> for Address {
    fn from(mobile: Mobile) -> Address {
        Address::Mobile(mobile)
    }
}
