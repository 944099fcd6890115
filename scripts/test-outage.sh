#!/bin/sh
# Kills two servers on one PostgreSQL database again and again while people register: JOURNEYS=500 KILLS=50.
set -eu
cd "$(dirname "$0")/.."

cargo build --quiet --workspace --bins
exec scripts/with-postgres.sh node --test --test-reporter=spec --test-timeout=900000 tests/outage/
