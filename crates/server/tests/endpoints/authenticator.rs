//! A device that makes passkeys and answers challenges with them, as a browser would bring it: WebAuthn Level 3, sections
//! 6.1 and 6.5, with ES256 and no attestation.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use identity::random::Random;
use serde_json::{Value, json};

pub(crate) const ORIGIN: &str = "http://localhost:8000";

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const HAS_KEY: u8 = 0x40;

pub(crate) struct Authenticator {
    key: EcdsaKeyPair,
    id: [u8; 32],
    /// Goes up with each use; zero and it stays zero, as it does on devices that copy their keys to others.
    pub counter: u32,
    /// Does it look at whose finger it is?
    pub verifies: bool,
    /// Where the browser is.
    pub origin: &'static str,
    /// For whom it takes the challenge.
    pub host: &'static str,
    owner: String,
}

impl Authenticator {
    pub(crate) fn new(random: &Random) -> Authenticator {
        Authenticator {
            key: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap(),
            id: random.bytes(),
            counter: 1,
            verifies: true,
            origin: ORIGIN,
            host: "localhost",
            owner: String::new(),
        }
    }

    /// Makes its passkey for whom the challenge names.
    pub(crate) fn makes(&mut self, options: &Value) -> String {
        let asked = &options["publicKey"];
        self.owner = asked["user"]["id"].as_str().unwrap().to_owned();
        assert_eq!(asked["authenticatorSelection"]["residentKey"], "required");
        let mut said = self.says(HAS_KEY);
        said.extend([0; 16]);
        said.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        said.extend(self.id);
        said.extend(self.public_key());
        // {"fmt": "none", "attStmt": {}, "authData": said}
        let mut attestation = vec![0xA3, 0x63];
        attestation.extend(b"fmt\x64none\x67attStmt\xA0\x68authData\x58");
        attestation.push(u8::try_from(said.len()).unwrap());
        attestation.extend(said);
        let client_data = self.client_data("webauthn.create", asked);
        self.credential(json!({ "attestationObject": base64url(&attestation), "clientDataJSON": client_data }))
    }

    /// Answers a challenge.
    pub(crate) fn answers(&mut self, options: &Value) -> String {
        if self.counter > 0 {
            self.counter += 1;
        }
        let said = self.says(0);
        let client_data = self.client_data("webauthn.get", &options["publicKey"]);
        let hash = digest(&SHA256, &URL_SAFE_NO_PAD.decode(&client_data).unwrap());
        let signature = self.key.sign(&SystemRandom::new(), &[&said, hash.as_ref()].concat()).unwrap();
        self.credential(json!({
            "authenticatorData": base64url(&said),
            "clientDataJSON": client_data,
            "signature": base64url(signature.as_ref()),
            "userHandle": self.owner,
        }))
    }

    fn says(&self, more: u8) -> Vec<u8> {
        let mut said = digest(&SHA256, self.host.as_bytes()).as_ref().to_vec();
        said.push(PRESENT | more | if self.verifies { VERIFIED } else { 0 });
        said.extend(self.counter.to_be_bytes());
        said
    }

    /// {1: 2, 3: -7, -1: 1, -2: x, -3: y} (RFC 9053, section 7.1.1).
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let mut key = vec![0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        key.extend(&point[1..33]);
        key.extend([0x22, 0x58, 0x20]);
        key.extend(&point[33..]);
        key
    }

    fn client_data(&self, kind: &str, asked: &Value) -> String {
        let data =
            json!({ "type": kind, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": false });
        base64url(data.to_string().as_bytes())
    }

    fn credential(&self, response: Value) -> String {
        let id = base64url(&self.id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response }).to_string()
    }
}

fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
