//! Chance as an argument: the only way anything here draws a number.

use std::sync::{Arc, Mutex};

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::clock::Time;
use crate::secret::Plain;

/// Draws unpredictable bytes. The server makes one from the operating system; tests make one from a seed.
#[derive(Clone)]
pub struct Random(Arc<Fill>);

type Fill = dyn Fn(&mut [u8]) + Send + Sync;

impl Random {
    pub fn new(fill: impl Fn(&mut [u8]) + Send + Sync + 'static) -> Random {
        Random(Arc::new(fill))
    }

    /// Draws from the operating system, through aws-lc.
    pub fn system() -> Random {
        Random::new(|bytes| {
            aws_lc_rs::rand::fill(bytes).expect("the operating system always has randomness once it is up");
        })
    }

    /// The same numbers for the same seed. For tests only: anybody can compute them.
    pub fn seeded(seed: u64) -> Random {
        let counter = Mutex::new(0u64);
        Random::new(move |bytes| {
            let mut counter = counter.lock().expect("drawing never panics");
            for chunk in bytes.chunks_mut(32) {
                *counter += 1;
                let block = digest::digest(&digest::SHA256, &[seed.to_be_bytes(), counter.to_be_bytes()].concat());
                chunk.copy_from_slice(&block.as_ref()[..chunk.len()]);
            }
        })
    }

    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        (self.0)(&mut bytes);
        bytes
    }

    /// A version 4 UUID (RFC 9562, section 5.4).
    pub fn uuid(&self) -> Uuid {
        uuid::Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// A version 7 UUID (RFC 9562, section 5.7): of those made later each is greater, so that an index of them grows at its end.
    pub fn uuid_at(&self, time: Time) -> Uuid {
        let milliseconds = u64::try_from(time.timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &self.bytes()).into_uuid()
    }

    /// 256 bits as 43 characters of base64url: authorization codes, cookies, handles.
    pub fn token(&self) -> Plain {
        Plain::new(URL_SAFE_NO_PAD.encode(self.bytes::<32>()))
    }

    /// So many decimal digits (at most nine), each value equally likely, leading zeros included.
    pub fn digits(&self, count: u32) -> Plain {
        let values = 10u32.pow(count);
        let fair = u32::MAX - u32::MAX % values;
        loop {
            let drawn = u32::from_be_bytes(self.bytes());
            // Numbers past the last whole multiple would make the small values likelier: draw again.
            if drawn < fair {
                return Plain::new(format!("{:0width$}", drawn % values, width = count as usize));
            }
        }
    }
}

impl std::fmt::Debug for Random {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Random")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn six_digits_are_six_digits_and_every_leading_digit_occurs() {
        let random = Random::seeded(1);
        let codes: Vec<Plain> = (0..2_000).map(|_| random.digits(6)).collect();
        assert!(codes.iter().all(|code| code.expose().len() == 6));
        let leading: HashSet<u8> = codes.iter().map(|code| code.expose().as_bytes()[0]).collect();
        assert_eq!(leading.len(), 10);
    }

    #[test]
    fn a_number_past_the_last_whole_multiple_is_drawn_again() {
        let draws = Mutex::new(vec![5u32, u32::MAX]);
        let random = Random::new(move |bytes| {
            let drawn = draws.lock().unwrap().pop().expect("two draws are enough");
            bytes.copy_from_slice(&drawn.to_be_bytes());
        });
        assert_eq!(random.digits(6).expose(), "000005");
    }

    #[test]
    fn of_two_uuids_the_later_is_the_greater_and_those_of_one_moment_differ() {
        let random = Random::seeded(7);
        let noon = Time::from_timestamp(1_790_000_000, 0).unwrap();
        let [first, beside, later] =
            [0, 0, 1].map(|after| random.uuid_at(noon + chrono::Duration::milliseconds(after)));
        assert!(first != beside && first < later && beside < later);
        assert_eq!((first.get_version_num(), first.get_timestamp().unwrap().to_unix()), (7, (1_790_000_000, 0)));
    }

    #[test]
    fn two_tokens_of_one_source_differ_and_one_seed_repeats_itself() {
        let random = Random::seeded(7);
        assert_ne!(random.token().expose(), random.token().expose());
        assert_eq!(Random::seeded(7).token().expose(), Random::seeded(7).token().expose());
        assert_eq!(random.token().expose().len(), 43);
    }
}
