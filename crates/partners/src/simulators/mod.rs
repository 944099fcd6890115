//! Stand-ins for the services that we call: real servers on real sockets, on the same wire. For tests and for trying
//! things out; nothing of them runs in production.

mod bucket;
mod clamd;
mod faults;
mod http;
pub mod notify;
pub mod one_login;
pub mod records;
pub mod server;
mod service;
mod smtp;
pub mod webhook;
pub mod zendesk;

pub use bucket::Bucket;
pub use clamd::{Clamd, Manner};
pub use faults::{Fault, NoSuchFault, Switch};
pub use service::{Answer, Service};
pub use smtp::{Mail, MailManner, MailServer};

/// The text that every scanner takes for a virus and that is none (EICAR). In two halves, so that no scanner takes this
/// program for one.
pub fn eicar() -> String {
    let (first, second) = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-", "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*");
    [first, second].concat()
}
