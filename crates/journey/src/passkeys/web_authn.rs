//! The one place that knows WebAuthn (Web Authentication Level 3): it makes the challenges that browsers answer, and
//! checks the answers (sections 7.1 and 7.2). The library draws its challenges from the operating system by itself.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use identity::account::AccountId;
use identity::passkey::Passkey;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, Passkey as Key, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, WebauthnBuilder, WebauthnError,
};
use webauthn_rs::{DEFAULT_AUTHENTICATOR_TIMEOUT, Webauthn};

/// The relying party that keys are made for, which is us. Keys are bound to the name of the issuer's host: who moves to
/// another loses them.
#[derive(Clone, Debug)]
pub struct WebAuthn(Webauthn);

/// What a browser is given, and what we keep to check its answer by.
pub(crate) struct Challenge {
    pub options: Value,
    pub state: String,
}

/// For whom a key is made. It shows both names when its owner has several.
pub(crate) struct Owner {
    pub account: AccountId,
    pub name: String,
    pub display_name: String,
}

/// A new key: its name for itself, and what we keep of it.
pub(crate) struct NewKey {
    pub credential_id: String,
    pub credential: String,
}

/// Why an answer does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is none, or not one to this challenge, or not made by this key.
    Wrong,
    /// The key's counter has not gone up: there may be two of it (section 6.1.1).
    Copied,
}

impl WebAuthn {
    /// None where there can be no keys: they are bound to a name, and the issuer's host is an address.
    pub fn of(issuer: &Url, name: &str) -> Option<WebAuthn> {
        let host = issuer.domain()?;
        let party = WebauthnBuilder::new(host, issuer).ok()?;
        party.rp_name(name).timeout(DEFAULT_AUTHENTICATOR_TIMEOUT).build().ok().map(WebAuthn)
    }

    /// A challenge for whoever has a key of ours. It names nobody, so that it does not tell who has one.
    pub(crate) fn challenge(&self) -> Challenge {
        let (request, state) =
            self.0.start_discoverable_authentication().expect("a challenge that names no key can always be made");
        // Without the library's `mediation`: the person has pressed a button, and is asked rather than offered keys in
        // a field.
        Challenge { options: json!({ "publicKey": request.public_key }), state: json!(state).to_string() }
    }

    /// Checks that this key gave the answer to the challenge, and gives what is to be kept of it from now on.
    pub(crate) fn check(&self, answer: &KeyAnswer, state: &str, passkey: &Passkey) -> Result<String, Fault> {
        let state: DiscoverableAuthentication = read(state)?;
        let mut key: Key = read(&passkey.credential)?;
        let (owner, _) = self.0.identify_discoverable_authentication(&answer.0).map_err(fault)?;
        if owner != uuid(passkey.account) {
            return Err(Fault::Wrong);
        }
        let used = self.0.finish_discoverable_authentication_v2(&answer.0, state, &key).map_err(fault)?;
        key.update_credential(&used);
        Ok(json!(key).to_string())
    }

    /// A challenge to make a key, on a device that has none of these.
    pub(crate) fn registration(&self, owner: &Owner, others: &[Passkey]) -> Challenge {
        let others: Vec<CredentialID> =
            others.iter().filter_map(|other| Some(read::<Key>(&other.credential).ok()?.cred_id().clone())).collect();
        let Owner { account, name, display_name } = owner;
        let begun = self.0.start_passkey_registration(uuid(*account), name, display_name, Some(others));
        let (request, state) = begun.expect("an account has a name");
        let mut options = json!(request);
        // Whoever signs in names no account, so the device has to remember whose the key is (section 5.4.6).
        options["publicKey"]["authenticatorSelection"]["residentKey"] = json!("required");
        options["publicKey"]["authenticatorSelection"]["requireResidentKey"] = json!(true);
        Challenge { options, state: json!(state).to_string() }
    }

    /// Checks what a device made of a challenge of [`WebAuthn::registration`].
    pub(crate) fn register(&self, answer: &str, state: &str) -> Result<NewKey, Fault> {
        let answer: RegisterPublicKeyCredential = read(answer)?;
        let state: PasskeyRegistration = read(state)?;
        let key = self.0.finish_passkey_registration(&answer, &state).map_err(fault)?;
        Ok(NewKey { credential_id: base64url(key.cred_id()), credential: json!(key).to_string() })
    }
}

/// What a browser says that a key answered.
pub(crate) struct KeyAnswer(PublicKeyCredential);

impl KeyAnswer {
    pub(crate) fn read(text: &str) -> Result<KeyAnswer, Fault> {
        read(text).map(KeyAnswer)
    }

    /// The key's name for itself.
    pub(crate) fn credential_id(&self) -> String {
        base64url(self.0.get_credential_id())
    }
}

fn uuid(account: AccountId) -> Uuid {
    account.to_string().parse().expect("an id is written as a UUID")
}

fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn read<T: DeserializeOwned>(json: &str) -> Result<T, Fault> {
    serde_json::from_str(json).map_err(|_| Fault::Wrong)
}

/// The errors of the library repeat nothing of what was sent.
fn fault(error: WebauthnError) -> Fault {
    tracing::info!(%error, "the answer of a passkey does not count");
    match error {
        WebauthnError::CredentialPossibleCompromise => Fault::Copied,
        _ => Fault::Wrong,
    }
}
