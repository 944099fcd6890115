//! The clients that the demo service may sign in as. The files under config/clients/ register the same ids and
//! secrets; a test holds the two together.

use identity::secret::Plain;

use crate::config::Profile;

/// A client that anybody may use, its secret included: for a machine of one's own and nowhere else.
#[derive(Debug)]
pub struct SampleClient {
    pub id: &'static str,
    /// What the start page calls it.
    pub name: &'static str,
    /// What the person gets to see with it.
    pub about: &'static str,
    pub secret: &'static str,
    /// The scopes that it asks for, besides openid.
    pub scopes: &'static [&'static str],
}

pub const SAMPLE_CLIENTS: [SampleClient; 4] = [
    SampleClient {
        id: "demo-trn-optional",
        name: "A service that can do without a TRN",
        about: "You are asked until your teaching record is found, and may go on when it is not.",
        secret: "demo-trn-optional-secret",
        scopes: &["profile", "email", "trn"],
    },
    SampleClient {
        id: "demo-trn-required",
        name: "A service that needs a TRN",
        about: "You are asked until your teaching record is found, and cannot sign in when it is not.",
        secret: "demo-trn-required-secret",
        scopes: &["profile", "email", "trn"],
    },
    SampleClient {
        id: "demo-strict",
        name: "A service that has to be certain",
        about: "You are asked for a number too, and people with an open prohibition are kept out.",
        secret: "demo-strict-secret",
        scopes: &["profile", "email", "trn"],
    },
    SampleClient {
        id: "demo-no-trn",
        name: "A service that does not ask for a TRN",
        about: "You are asked only who you are.",
        secret: "demo-no-trn-secret",
        scopes: &["profile", "email"],
    },
];

/// The secrets that nobody may use where it matters.
pub fn secrets_known_to_all(profile: Profile) -> Vec<Plain> {
    let refused = SAMPLE_CLIENTS.iter().filter(|_| profile == Profile::Production);
    refused.map(|client| Plain::new(client.secret)).collect()
}

/// The sample client of that id.
pub fn find(id: &str) -> Option<&'static SampleClient> {
    SAMPLE_CLIENTS.iter().find(|client| client.id == id)
}
