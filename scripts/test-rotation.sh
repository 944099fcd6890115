#!/bin/sh
# Rehearses the life of signing keys on two servers of the binary that the Rust tests were built with: 45 seconds.
set -eu
cd "$(dirname "$0")/.."

cargo build --quiet --workspace --bins
exec node --test --test-reporter=spec --test-timeout=120000 tests/rotation/
