//! Signs whatever a fuzzer makes up.

use identity::client::SigningAlgorithm;
use identity::signing_key::SEAL_PURPOSE;
use jsonwebtoken::crypto;

use super::Keys;
use super::key::{encoding_key, jws_algorithm};

impl Keys {
    pub(crate) fn signature(&self, algorithm: SigningAlgorithm, signed: &[u8]) -> String {
        let stored = self.stored().into_iter().find(|key| key.algorithm == algorithm).expect("there is one of each");
        let private = self.ring.open(SEAL_PURPOSE, &stored.sealed_private_key).expect("it opens");
        let key = encoding_key(algorithm, &private).expect("it is a key");
        crypto::sign(signed, &key, jws_algorithm(algorithm)).expect("the key signs")
    }
}
