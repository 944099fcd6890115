#!/bin/sh
# Attacks on the binary that the Rust tests were built with. It has the budgets of a real service.
set -eu
cd "$(dirname "$0")/.."

cargo build --quiet --workspace --bins
exec node --test --test-reporter=spec --test-timeout=60000 tests/attack/
