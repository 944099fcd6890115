#!/bin/sh
# The Rust tests, with a PostgreSQL server of their own. cargo-nextest runs them where it is installed; it is quicker,
# and cargo's own runner finds the same.
set -eu
cd "$(dirname "$0")/.."

if command -v cargo-nextest > /dev/null; then
    exec scripts/with-postgres.sh cargo nextest run --workspace --no-fail-fast
else
    exec scripts/with-postgres.sh cargo test --workspace --no-fail-fast
fi
