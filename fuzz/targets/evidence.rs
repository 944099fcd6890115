//! Runs `identity::fuzzing::evidence` on whatever libFuzzer thinks of.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    identity::fuzzing::evidence(bytes);
});
