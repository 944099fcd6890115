#!/bin/sh
# Kills two servers on one PostgreSQL database again and again while people register (JOURNEYS=500 KILLS=50), and lets every service
# that ours calls fail in every way while somebody signs in. Both at the same time: each of them waits a lot.
set -eu
cd "$(dirname "$0")/.."

cargo build --quiet --workspace --bins
exec scripts/with-postgres.sh node --test --test-reporter=spec --test-concurrency=2 --test-timeout=900000 tests/outage/
