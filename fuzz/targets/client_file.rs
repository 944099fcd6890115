//! Runs `server::fuzzing::client_file` on whatever libFuzzer thinks of.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    server::fuzzing::client_file(bytes);
});
