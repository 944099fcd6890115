#!/bin/sh
# Relying services made with the client libraries of others, against the binary that the Rust tests were built with.
set -eu
cd "$(dirname "$0")/.."

cargo build --quiet --workspace --bins
exec node --test --test-reporter=spec --test-timeout=60000 tests/libraries/*.test.mjs
