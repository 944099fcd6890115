//! What Notify says when it does not take a message: a list of errors, each with a kind and a text. The kinds do not change,
//! the texts may; so a text is looked at only where the kind does not tell an address from a template.

use identity::carrier::{NotCarried, Refusal};
use identity::outbox::Channel;
use serde::Deserialize;

use super::address_field;
use crate::http::Answer;

#[derive(Deserialize)]
struct Refused {
    errors: Vec<Fault>,
}

#[derive(Deserialize)]
struct Fault {
    error: String,
    message: String,
}

/// Reads an answer whose status is not one of success.
pub(super) fn read(channel: Channel, answer: &Answer) -> NotCarried {
    let refused: Refused = match answer.json() {
        Ok(refused) => refused,
        Err(error) => return NotCarried::later(error),
    };
    let Some(fault) = refused.errors.first() else { return NotCarried::later("the answer gives no reason") };
    match answer.status {
        400 => NotCarried::Refused(of_request(channel, fault)),
        401 | 403 => {
            // About our clock, our key or our service, and so for whoever runs this; about no person.
            let (status, reason) = (answer.status, fault.message.as_str());
            tracing::error!(status, reason, "Notify does not let us in");
            NotCarried::later("Notify does not let us in")
        }
        status => NotCarried::later(format!("the answer was {status}")),
    }
}

fn of_request(channel: Channel, fault: &Fault) -> Refusal {
    match fault.error.as_str() {
        "ValidationError" if fault.message.starts_with(address_field(channel)) => Refusal::Address,
        // A key for a team, a service on trial, or numbers abroad that the service does not pay for.
        "BadRequestError" if ["recipient", "international"].iter().any(|word| fault.message.contains(word)) => {
            tracing::error!(
                "Notify does not send to this address with the key and the settings that our service has there"
            );
            Refusal::Address
        }
        kind => {
            tracing::error!(kind, "Notify cannot use what we send: look at the template and its personalisation");
            Refusal::Content
        }
    }
}
