//! What brings a person to us: a service that asks who they are, or something that they want to do with their account.

use serde::{Deserialize, Serialize};
use url::Url;
use url::form_urlencoded::Serializer;

use crate::client::ClientId;
use crate::event::Detail;

/// Where the account pages are, under the issuer.
pub const ACCOUNT: &str = "/account";

/// What an interaction is for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Errand {
    /// A service asks who the person is. What was stored before there were other errands is this one.
    #[default]
    SignIn,
    /// They want to see their account, and have to prove who they are first.
    Account { link: Option<ServiceLink> },
    /// They want to add a passkey, and have to prove again who they are first.
    Passkeys { link: Option<ServiceLink> },
    /// They are signed in, and change one of their details.
    Change { detail: Detail, link: Option<ServiceLink> },
}

/// A service's link to the account pages, once it has been checked: who sent the person, where "Back" leads, and where
/// they go once they have signed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceLink {
    pub client_id: ClientId,
    pub redirect_uri: Url,
    pub sign_out_uri: Url,
}

impl ServiceLink {
    /// The address of an account page, with the link carried along.
    pub fn carried_to(link: Option<&ServiceLink>, path: &str) -> String {
        let Some(link) = link else { return path.to_owned() };
        let query = Serializer::new(String::new())
            .append_pair("client_id", link.client_id.as_str())
            .append_pair("redirect_uri", link.redirect_uri.as_str())
            .append_pair("sign_out_uri", link.sign_out_uri.as_str())
            .finish();
        let joint = if path.contains('?') { '&' } else { '?' };
        format!("{path}{joint}{query}")
    }
}

impl Errand {
    /// The service's link by which the person came to the account pages.
    pub fn link(&self) -> Option<&ServiceLink> {
        match self {
            Errand::SignIn => None,
            Errand::Account { link } | Errand::Passkeys { link } | Errand::Change { link, .. } => link.as_ref(),
        }
    }

    /// The account page that the errand leads back to; nothing when a service waits for an answer.
    pub fn account_page(&self) -> Option<String> {
        match self {
            Errand::SignIn => None,
            Errand::Account { .. } | Errand::Change { .. } => Some(ServiceLink::carried_to(self.link(), ACCOUNT)),
            Errand::Passkeys { .. } => Some(ServiceLink::carried_to(self.link(), &format!("{ACCOUNT}/passkeys"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_carried_along_and_read_back_as_it_was() {
        let link = ServiceLink {
            client_id: ClientId::parse("npq").unwrap(),
            redirect_uri: Url::parse("https://npq.example/back?a=1&b=2#there").unwrap(),
            sign_out_uri: Url::parse("https://npq.example/out").unwrap(),
        };
        let errand = Errand::Account { link: Some(link.clone()) };
        let page = Url::parse("https://gai.example").unwrap().join(&errand.account_page().unwrap()).unwrap();
        assert_eq!(page.path(), ACCOUNT);
        let read: Vec<String> = page.query_pairs().map(|(_, value)| value.into_owned()).collect();
        assert_eq!(read, ["npq", link.redirect_uri.as_str(), link.sign_out_uri.as_str()]);
        let more = ServiceLink::carried_to(Some(&link), "/account?done=1");
        assert!(more.starts_with("/account?done=1&client_id=npq&"), "{more}");
        assert_eq!(Errand::SignIn.account_page(), None);
    }
}
