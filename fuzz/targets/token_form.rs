//! Runs `oidc::fuzzing::token_form` on whatever libFuzzer thinks of.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    oidc::fuzzing::token_form(bytes);
});
