//! What was wrong with a request that was refused on a page of ours, for the developer of the client that sent it: what was
//! sent, what is registered, and how the two differ.

mod advice;
mod difference;
#[cfg(test)]
mod tests;

use std::fmt;

use identity::client::Client;
use identity::key_ring::{KeyRing, SealError};
use identity::refused_request::{Refusal, RefusedRequest, SEAL_PURPOSE, Sent, Told};

use difference::{Difference, closest, shown};

/// A parameter and where a client's file has what it may be.
struct Compared<'a> {
    setting: &'static str,
    sent: &'a str,
    registered: &'a [String],
}

/// Prints it all.
#[derive(Debug)]
pub struct Explanation {
    request: RefusedRequest,
    refusal: Refusal,
    /// Whom it came from, or who has an id like the one that was sent.
    client: Option<Client>,
    alike: Option<String>,
}

/// Why there is nothing to print.
#[derive(Debug, thiserror::Error)]
pub enum Unexplained {
    #[error("what was kept of the request cannot be opened: {0}")]
    Sealed(#[from] SealError),
    #[error("what was kept of the request cannot be read")]
    Malformed(#[from] serde_json::Error),
}

impl Explanation {
    /// # Errors
    /// When the key ring has lost the key that the request was sealed with.
    pub fn of(request: RefusedRequest, clients: &[Client], ring: &KeyRing) -> Result<Explanation, Unexplained> {
        let refusal: Refusal = serde_json::from_slice(&ring.open(SEAL_PURPOSE, &request.sealed)?)?;
        let named = request.client.as_ref().map(|id| id.as_str()).or(refusal.whole("client_id"));
        let client = clients.iter().find(|client| named == Some(client.id.as_str())).cloned();
        let ids = clients.iter().map(|client| client.id.as_str());
        let alike = named.filter(|_| client.is_none()).and_then(|named| closest(named, ids)).map(str::to_owned);
        Ok(Explanation { request, refusal, client, alike })
    }

    fn differences(&self) -> Vec<Compared<'_>> {
        let Some(client) = &self.client else { return Vec::new() };
        let compared = [
            ("redirect_uris", "redirect_uri", &client.redirect_uris),
            ("post_logout_redirect_uris", "post_logout_redirect_uri", &client.post_logout_redirect_uris),
        ];
        let compared = compared.into_iter().filter_map(|(setting, name, registered)| {
            let sent = self.refusal.whole(name).filter(|sent| !sent.is_empty())?;
            (!registered.iter().any(|one| one == sent)).then_some(Compared { setting, sent, registered })
        });
        compared.collect()
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Explanation { request, refusal, client, alike } = self;
        writeln!(f, "Reference   {}", request.reference)?;
        writeln!(f, "When        {} UTC", request.at.format("%Y-%m-%d %H:%M:%S"))?;
        match client {
            Some(client) => writeln!(f, "Client      {} ({})", client.id, client.name)?,
            None => writeln!(f, "Client      not known")?,
        }
        writeln!(f, "Wrong       {}", shown(&refusal.reason))?;
        writeln!(f, "\n{}", advice::about(&refusal.reason))?;
        if let Some(alike) = alike {
            let sent = refusal.whole("client_id").unwrap_or_default();
            writeln!(f, "\nsent        {}\nregistered  {alike}", shown(sent))?;
            writeln!(f, "            {}", Difference::of(sent, alike))?;
        }
        for Compared { setting, sent, registered } in self.differences() {
            compare(f, setting, sent, registered)?;
        }
        writeln!(f, "\nAll that was sent:")?;
        if refusal.sent.is_empty() {
            writeln!(f, "  nothing that is kept")?;
        }
        refusal.sent.iter().try_for_each(|Sent { name, value }| writeln!(f, "  {:<26} {}", shown(name), told(value)))
    }
}

/// The address that was sent, over the registered one that it is most like, and a caret under where they part.
fn compare(f: &mut fmt::Formatter<'_>, setting: &str, sent: &str, registered: &[String]) -> fmt::Result {
    let Some(closest) = difference::nearest(sent, registered.iter().map(String::as_str)) else {
        return writeln!(f, "\nThe client's file has no address in `{setting}`.");
    };
    writeln!(f, "\nNone of `{setting}` is what was sent. The most like it:")?;
    writeln!(f, "sent        {}\nregistered  {}", shown(sent), shown(closest))?;
    writeln!(f, "            {}", Difference::of(sent, closest))?;
    for other in registered.iter().filter(|other| *other != closest) {
        writeln!(f, "also        {}", shown(other))?;
    }
    Ok(())
}

fn told(value: &Told) -> String {
    match value {
        Told::Whole(value) if value.is_empty() => "(empty)".into(),
        Told::Whole(value) => shown(value),
        Told::Start(value, length) => format!("{}... ({length} characters)", shown(value)),
        Told::Length(1) => "(1 character, not kept)".to_owned(),
        Told::Length(length) => format!("({length} characters, not kept)"),
        Told::Repeated(times) => format!("(sent {times} times)"),
    }
}
