//! Sealing and hashing, by the program's own words for them (`identity`), with its own parameters.

use std::hint::black_box;

use identity::client_secret::ClientSecretHash;
use identity::key_ring::{KeyRing, SealingKey};
use identity::random::Random;
use identity::secret::{HashKey, Plain, Purpose};

use crate::measure::{Cost, Done, one};

const PURPOSE: &str = "floor";

pub(crate) fn costs() -> Done<Vec<Cost>> {
    let random = Random::system();
    let ring = KeyRing::new(vec![SealingKey { id: "floor".into(), key: random.bytes() }])?;
    let text: [u8; 300] = random.bytes();
    let sealed = ring.seal(PURPOSE, &text, &random);
    let key = HashKey::new(&random.bytes());
    let (hundred, secret) = (Plain::new("x".repeat(100)), random.token());
    Ok(vec![
        one("seal_300", || {
            black_box(ring.seal(PURPOSE, &text, &random));
            Ok(())
        })?,
        one("open_300", || {
            black_box(ring.open(PURPOSE, &sealed)?);
            Ok(())
        })?,
        one("hmac_100", || {
            black_box(key.hash(Purpose::AuthorizationCode, "", &hundred));
            Ok(())
        })?,
        one("argon2id", || {
            black_box(ClientSecretHash::of(&secret, &random));
            Ok(())
        })?,
    ])
}
