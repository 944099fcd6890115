//! Links from services. A service that sends a person to the account pages says who it is, where "Back" leads, and where
//! they go once they have signed out: all three or none, and only to where it has registered addresses. What is carried
//! along from page to page is checked on each.

use std::sync::Arc;

use identity::client::{Client, ClientId, Clients};
use identity::errand::ServiceLink;
use url::{Url, form_urlencoded};

/// Why a link is refused; for the log.
#[derive(Debug, thiserror::Error)]
pub(super) enum BadLink {
    #[error("a parameter of the link is missing, or there twice")]
    Incomplete,
    #[error("no client has this client_id")]
    UnknownClient,
    #[error("an address has an origin that the client did not register")]
    Elsewhere,
}

const NAMES: [&str; 3] = ["client_id", "redirect_uri", "sign_out_uri"];

pub(super) fn read(query: &str, clients: &Clients) -> Result<Option<(ServiceLink, Arc<Client>)>, BadLink> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let all = |name| pairs.iter().filter(|pair| pair.0 == name).map(|pair| pair.1.as_str()).collect::<Vec<_>>();
    let [ids, redirect_uris, sign_out_uris] = NAMES.map(all);
    let (id, redirect_uri, sign_out_uri) = match (&ids[..], &redirect_uris[..], &sign_out_uris[..]) {
        ([], [], []) => return Ok(None),
        ([id], [redirect_uri], [sign_out_uri]) => (id, redirect_uri, sign_out_uri),
        _ => return Err(BadLink::Incomplete),
    };
    let client_id = ClientId::parse(id).map_err(|_| BadLink::UnknownClient)?;
    let client = clients.find(&client_id).ok_or(BadLink::UnknownClient)?;
    let redirect_uri = address(redirect_uri, &client, false).ok_or(BadLink::Elsewhere)?;
    let sign_out_uri = address(sign_out_uri, &client, true).ok_or(BadLink::Elsewhere)?;
    Ok(Some((ServiceLink { client_id, redirect_uri, sign_out_uri }, client)))
}

/// An address at an origin (scheme, host and port) of one that the client registered; an address after sign-out may be
/// at one of those for that, too.
fn address(text: &str, client: &Client, after_sign_out: bool) -> Option<Url> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    let after = client.post_logout_redirect_uris.iter().filter(|_| after_sign_out);
    let registered = client.redirect_uris.iter().chain(after).filter_map(|registered| Url::parse(registered).ok());
    registered.map(|registered| registered.origin()).any(|origin| origin == url.origin()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: [&str; 3] = ["npq", "https://npq.example/back?a=b", "https://out.npq.example/bye"];

    fn clients() -> Clients {
        let account = Url::parse("https://gai.example/account").unwrap();
        let ourselves = Client::ourselves("Ourselves".into(), account);
        let client = Client {
            id: ClientId::parse("npq").unwrap(),
            service_url: Url::parse("https://start.example").unwrap(),
            redirect_uris: vec!["https://npq.example/callback".into(), "http://localhost:8001/callback".into()],
            post_logout_redirect_uris: vec!["https://out.npq.example/".into()],
            ..ourselves.clone()
        };
        Clients::new(vec![client]).with_ourselves(ourselves)
    }

    fn of(values: [&str; 3]) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(NAMES.into_iter().zip(values)).finish()
    }

    fn read_with(change: impl FnOnce(&mut [&str; 3])) -> Result<Option<(ServiceLink, Arc<Client>)>, BadLink> {
        let mut values = GOOD;
        change(&mut values);
        read(&of(values), &clients())
    }

    #[test]
    fn a_link_needs_all_three_and_each_of_them_once() {
        assert!(matches!(read_with(|_| {}), Ok(Some(_))));
        assert!(matches!(read("", &clients()), Ok(None)));
        assert!(matches!(read("done=1", &clients()), Ok(None)));
        let whole = of(GOOD);
        let parts: Vec<&str> = whole.split('&').collect();
        for query in [parts[0], parts[1], &parts[1..].join("&"), &parts[..2].join("&"), &format!("{whole}&{whole}")] {
            assert!(matches!(read(query, &clients()), Err(BadLink::Incomplete)), "{query}");
        }
    }

    #[test]
    fn a_client_that_we_do_not_know_and_ourselves_have_no_links() {
        for id in ["nobody", "", "N P Q"] {
            assert!(matches!(read_with(|link| link[0] = id), Err(BadLink::UnknownClient)), "{id}");
        }
        assert!(matches!(read_with(|link| link[0] = Client::OURSELVES), Err(BadLink::Elsewhere)));
    }

    #[test]
    fn an_address_is_at_an_origin_that_is_registered() {
        for fits in ["https://npq.example", "https://npq.example:443/other#there", "http://localhost:8001/"] {
            assert!(matches!(read_with(|link| link[1] = fits), Ok(Some(_))), "{fits}");
        }
        for other in [
            "http://npq.example/back",
            "https://npq.example:8443/back",
            "https://npq.example.evil.example/",
            "https://npq.example@evil.example/",
            "https://jane:secret@npq.example/",
            "https://start.example/",
            "http://localhost/",
            "//npq.example/",
            "/back",
            "javascript:alert(1)",
            "data:text/html,x",
            "",
        ] {
            assert!(matches!(read_with(|link| link[1] = other), Err(BadLink::Elsewhere)), "{other}");
            assert!(matches!(read_with(|link| link[2] = other), Err(BadLink::Elsewhere)), "{other}");
        }
        let out = "https://out.npq.example/";
        assert!(matches!(read_with(|link| link[1] = out), Err(BadLink::Elsewhere)), "that is for after sign-out alone");
    }
}
