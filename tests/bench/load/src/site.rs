//! A target, made ready: where to connect, and the parts of requests that are always the same.

use std::net::SocketAddr;

use crate::asked::Authorize;
use crate::connection::Connection;
use crate::refusal::Refusal;
use crate::target::{Client, Target, encoded};

pub(crate) struct Site {
    pub target: Target,
    address: SocketAddr,
    host: String,
    basic: String,
}

/// An endpoint as requests name it, and what the target calls it.
pub(crate) type Endpoint<'a> = (&'a Option<String>, &'static str);

impl Site {
    pub(crate) fn new(target: Target) -> Result<Site, Refusal> {
        let (address, host) = target.host()?;
        let basic = target.client.as_ref().map(Client::basic).unwrap_or_default();
        Ok(Site { target, address, host, basic })
    }

    pub(crate) fn connect(&self) -> Connection {
        Connection::new(self.address)
    }

    pub(crate) fn client(&self) -> Result<&Client, Refusal> {
        self.target.client.as_ref().ok_or(Refusal::Missing("client"))
    }

    pub(crate) fn asks_for_trn(&self) -> bool {
        let scope = self.target.client.as_ref().map_or("", |client| &client.scope);
        scope.split(' ').any(|scope| scope == "trn")
    }

    /// A whole GET.
    pub(crate) fn get(&self, (path, name): Endpoint<'_>, headers: &str) -> Result<Vec<u8>, Refusal> {
        let path = path.as_deref().ok_or(Refusal::Missing(name))?;
        Ok(format!("GET {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.host).into_bytes())
    }

    /// The first lines of a POST by the client, to which [`crate::request::post`] adds the rest.
    pub(crate) fn post_by_client(&self, (path, name): Endpoint<'_>) -> Result<String, Refusal> {
        let path = path.as_deref().ok_or(Refusal::Missing(name))?;
        self.client()?;
        Ok(self.post(path, &self.basic))
    }

    /// The same by anybody.
    pub(crate) fn post(&self, path: &str, headers: &str) -> String {
        format!("POST {path} HTTP/1.1\r\nHost: {}\r\n{headers}", self.host)
    }

    /// The first lines of the request of a page, as a browser writes them for somebody who came from the page before.
    pub(crate) fn page(&self, method: &str, path: &str) -> String {
        format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\nSec-Fetch-Site: same-origin\r\n",
            self.host
        )
    }

    /// The path of an address here; None for one elsewhere.
    pub(crate) fn path<'a>(&self, address: &'a str) -> Option<&'a str> {
        let path = address.strip_prefix(self.target.issuer.as_str()).unwrap_or(address);
        path.starts_with('/').then_some(path)
    }

    /// A request of authorize but for what is new each time.
    pub(crate) fn authorize(&self, scope: &str) -> Result<Authorize, Refusal> {
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
