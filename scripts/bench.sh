#!/bin/sh
# Measures our server and others beside it on this machine (tests/bench/README.md has the options), or with "scale" what a
# sign-in costs where there are more accounts. The databases are in TMPDIR, which has to be on a disk.
set -eu
cd "$(dirname "$0")/.."
what=${1:-main}

scripts/deps.sh bench
scripts/yardsticks.sh

# Only what does the work is a measure.
node --test --test-reporter=dot --test-timeout=120000 tests/bench/yardsticks/

cargo build --release --quiet --bin get-an-identity
cargo build --release --quiet -p load -p answer -p seed -p floor

export TMPDIR="${TMPDIR:-/var/tmp}" DURABLE=1
scripts/with-postgres.sh node "tests/bench/run/$what.mjs"
if [ "$what" = main ] && [ -n "${ONLY:-}" ]; then
    exec node tests/bench/report/main.mjs partial
fi
exec node tests/bench/report/main.mjs
