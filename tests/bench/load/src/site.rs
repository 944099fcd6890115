//! A target, made ready: where to connect, and the parts of requests that are always the same.

use std::net::SocketAddr;

use crate::connection::Connection;
use crate::refusal::Refusal;
use crate::target::{Client, Target, encoded};

pub struct Site {
    pub target: Target,
    pub address: SocketAddr,
    host: String,
    basic: String,
}

/// An endpoint as requests name it, and what the target calls it.
pub type Endpoint<'a> = (&'a Option<String>, &'static str);

impl Site {
    pub fn new(target: Target) -> Result<Site, Refusal> {
        let (address, host) = target.host()?;
        let basic = target.client.as_ref().map(Client::basic).unwrap_or_default();
        Ok(Site { target, address, host, basic })
    }

    pub fn connect(&self) -> Connection {
        Connection::new(self.address)
    }

    pub fn client(&self) -> Result<&Client, Refusal> {
        self.target.client.as_ref().ok_or(Refusal::Missing("client"))
    }

    /// A whole GET.
    pub fn get(&self, (path, name): Endpoint<'_>, headers: &str) -> Result<Vec<u8>, Refusal> {
        let path = path.as_deref().ok_or(Refusal::Missing(name))?;
        Ok(format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.host).into_bytes())
    }

    /// The first lines of a POST by the client, to which [`post`] adds the rest.
    pub fn post_by_client(&self, (path, name): Endpoint<'_>) -> Result<String, Refusal> {
        let path = path.as_deref().ok_or(Refusal::Missing(name))?;
        self.client()?;
        Ok(self.post(path, &self.basic))
    }

    /// The same by anybody.
    pub fn post(&self, path: &str, headers: &str) -> String {
        format!("POST {path} HTTP/1.1\r\nHost: {}\r\n{headers}", self.host)
    }

    /// The first lines of the request of a page, as a browser writes them for somebody who came from the page before.
    pub fn page(&self, method: &str, path: &str) -> String {
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\nSec-Fetch-Site: same-origin\r\n",
            self.host
        )
    }

    /// The path of an address here; None for one elsewhere.
    pub fn path<'a>(&self, address: &'a str) -> Option<&'a str> {
        let path = address.strip_prefix(self.target.issuer.as_str()).unwrap_or(address);
        path.starts_with('/').then_some(path)
    }

    /// What comes before the state in the address of authorize.
    pub fn authorize(&self, scope: &str) -> Result<Authorize, Refusal> {
        let path = self.target.authorize.as_deref().ok_or(Refusal::Missing("authorize"))?;
        let Client { id, redirect_uri, .. } = self.client()?;
        let [client, back, scope] = [id, redirect_uri, scope].map(encoded);
        Ok(Authorize {
            before: format!(
                "GET {path}?response_type=code&client_id={client}&redirect_uri={back}&scope={scope}&state="
            ),
            after: format!("{} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\n", self.target.extra_authorize, self.host),
        })
    }
}

/// The request of authorize on both sides of what is new each time.
#[derive(Clone)]
pub struct Authorize {
    pub before: String,
    pub after: String,
}

/// The header that carries an access token.
pub fn bearer(access_token: &str) -> String {
    format!("Authorization: Bearer {access_token}\r\n")
}

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ";

/// Writes a whole request with a form.
pub fn post(request: &mut Vec<u8>, head: &str, form: &[&str]) {
    request.clear();
    request.extend_from_slice(head.as_bytes());
    add_form(request, form);
}

/// Puts a form behind the first lines of its request.
pub fn add_form(request: &mut Vec<u8>, form: &[&str]) {
    let length: usize = form.iter().map(|part| part.len()).sum();
    request.extend_from_slice(FORM.as_bytes());
    request.extend_from_slice(length.to_string().as_bytes());
    request.extend_from_slice(b"\r\n\r\n");
    for part in form {
        request.extend_from_slice(part.as_bytes());
    }
}
