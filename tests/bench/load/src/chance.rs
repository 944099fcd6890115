//! What nobody can guess: the state, the nonce and the code verifier of a request.

use std::fmt::Write;

/// So many random bytes, in twice as many hexadecimal digits.
pub(crate) fn hex<const BYTES: usize>() -> String {
    let mut bytes = [0; BYTES];
    aws_lc_rs::rand::fill(&mut bytes).expect("the operating system always has randomness once it is up");
    bytes.iter().fold(String::with_capacity(2 * BYTES), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a text takes whatever is written");
        text
    })
}
