//! Runs `oidc::fuzzing::cookies` on whatever libFuzzer thinks of.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    oidc::fuzzing::cookies(bytes);
});
