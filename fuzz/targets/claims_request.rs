//! Runs `identity::fuzzing::claims_request` on whatever libFuzzer thinks of.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    identity::fuzzing::claims_request(bytes);
});
