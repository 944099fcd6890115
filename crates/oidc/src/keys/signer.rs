//! A private key that is ready to sign. It is read and checked once: that takes as long as some signatures do.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding,
    RsaKeyPair,
};
use identity::client::SigningAlgorithm;

pub(super) enum Signer {
    Rsa(RsaKeyPair, &'static dyn RsaEncoding),
    Ecdsa(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Signer {
    /// From PKCS #8. Nothing when that is no key for the algorithm.
    pub(super) fn from_pkcs8(algorithm: SigningAlgorithm, pkcs8: &[u8]) -> Option<Signer> {
        let rsa = || RsaKeyPair::from_pkcs8(pkcs8).ok();
        match algorithm {
            SigningAlgorithm::RS256 => Some(Signer::Rsa(rsa()?, &RSA_PKCS1_SHA256)),
            SigningAlgorithm::PS256 => Some(Signer::Rsa(rsa()?, &RSA_PSS_SHA256)),
            SigningAlgorithm::ES256 => {
                EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8).ok().map(Signer::Ecdsa)
            }
            SigningAlgorithm::EdDSA => Ed25519KeyPair::from_pkcs8(pkcs8).ok().map(Signer::Ed25519),
        }
    }

    /// The signature as a JWS has it (RFC 7518, sections 3.3 to 3.5; RFC 8037, section 3.1).
    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        const ALWAYS: &str = "a key that was read signs any text, and the operating system always has randomness";
        match self {
            Signer::Rsa(pair, encoding) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(*encoding, &SystemRandom::new(), message, &mut signature).expect(ALWAYS);
                signature
            }
            Signer::Ecdsa(pair) => pair.sign(&SystemRandom::new(), message).expect(ALWAYS).as_ref().to_vec(),
            Signer::Ed25519(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }
}
