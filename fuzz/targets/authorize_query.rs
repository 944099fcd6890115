//! Runs `oidc::fuzzing::authorize_query` on whatever libFuzzer thinks of.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    oidc::fuzzing::authorize_query(bytes);
});
