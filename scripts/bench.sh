#!/bin/sh
# Measures our server and others beside it on this machine (tests/bench/README.md has the options), or with "scale" what a
# sign-in costs where there are more accounts. The databases are in TMPDIR, which has to be on a disk.
set -eu
cd "$(dirname "$0")/.."
what=${1:-main}

scripts/deps.sh bench
scripts/yardsticks.sh

cargo build --release --quiet --bin get-an-identity
cargo build --release --quiet -p load -p answer -p seed -p floor

export TMPDIR="${TMPDIR:-/var/tmp}" DURABLE=1
scripts/with-postgres.sh node "tests/bench/run/$what.mjs"
exec node tests/bench/report/main.mjs
