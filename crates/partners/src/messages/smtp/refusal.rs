//! What a server's "no" means. A reply has a code (RFC 5321, section 4.2.3), and mostly a finer one at the beginning of its
//! text (RFC 3463). The text itself repeats addresses, and is kept nowhere.

use std::error::Error as _;

use identity::carrier::{NotCarried, Refusal};
use lettre::transport::smtp::Error;

/// The detail of a code as 5.1.1.
type Finer = (u16, u16);

pub(super) fn read(error: &Error) -> NotCarried {
    let Some(code) = error.status() else { return NotCarried::later(kind(error)) };
    let code: u16 = code.into();
    if !error.is_permanent() {
        return NotCarried::later(format!("the server answered {code}"));
    }
    let finer = error.source().and_then(|text| finer(&text.to_string()));
    match meaning(code, finer) {
        Some(refusal) => NotCarried::Refused(refusal),
        None => {
            tracing::error!(
                code,
                finer = finer.map(|(subject, detail)| format!("5.{subject}.{detail}")),
                "the mail server does not take mail from us: look at its user, its password and the sender's address"
            );
            NotCarried::later(format!("the server answered {code}"))
        }
    }
}

/// Whether it is the address or the mail; None: it is us, and nobody's address is to blame for that.
fn meaning(code: u16, finer: Option<Finer>) -> Option<Refusal> {
    match (code, finer) {
        // The sender's address, not the recipient's.
        (_, Some((1, 7 | 8))) => None,
        (_, Some((1, _))) => Some(Refusal::Address),
        // A mailbox that is closed. One that is full may have room later.
        (_, Some((2, 1))) => Some(Refusal::Address),
        (_, Some((2, 2))) => None,
        (_, Some((3, 4)) | Some((6, _))) => Some(Refusal::Content),
        (_, Some(_)) => None,
        (550 | 551 | 553, None) => Some(Refusal::Address),
        (552 | 554, None) => Some(Refusal::Content),
        _ => None,
    }
}

/// Reads `5.1.1` at the beginning of a text.
fn finer(text: &str) -> Option<Finer> {
    let mut parts = text.split_whitespace().next()?.split('.');
    let (class, subject, detail) = (parts.next()?, parts.next()?, parts.next()?);
    if class != "5" || parts.next().is_some() {
        return None;
    }
    Some((subject.parse().ok()?, detail.parse().ok()?))
}

/// What failed, without the words of the server.
fn kind(error: &Error) -> &'static str {
    if error.is_tls() {
        "TLS failed"
    } else if error.is_timeout() {
        "there was no answer in time"
    } else if error.is_response() {
        "the answer cannot be read"
    } else if error.is_client() {
        "the server lacks what is needed: TLS, or a way to sign in"
    } else {
        "the connection failed"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_about_the_recipient_is_held_against_the_address() {
        let cases = [
            (550, "5.1.1 <jane@example.com> no such user", Some(Refusal::Address)),
            (550, "5.1.10 null MX", Some(Refusal::Address)),
            (550, "no such user", Some(Refusal::Address)),
            (551, "user not local", Some(Refusal::Address)),
            (553, "mailbox name not allowed", Some(Refusal::Address)),
            (550, "5.2.1 mailbox disabled", Some(Refusal::Address)),
            (552, "5.2.2 mailbox full", None),
            (552, "5.3.4 message too big", Some(Refusal::Content)),
            (552, "too much mail data", Some(Refusal::Content)),
            (554, "5.6.0 cannot be read", Some(Refusal::Content)),
            (550, "5.7.1 relaying denied", None),
            (553, "5.1.8 sender address rejected", None),
            (530, "5.7.0 authentication required", None),
            (535, "5.7.8 authentication failed", None),
            (503, "bad sequence", None),
        ];
        for (code, text, expected) in cases {
            assert_eq!(meaning(code, finer(text)), expected, "{code} {text}");
        }
    }
}
