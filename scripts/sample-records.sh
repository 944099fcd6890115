#!/bin/sh
# Invents an extract of teaching records: scripts/sample-records.sh PEOPLE SEED.
set -eu
cd "$(dirname "$0")/.."

scripts/deps.sh run
cargo build --quiet --bin get-an-identity
mkdir -p var
"${CARGO_TARGET_DIR:-target}/debug/get-an-identity" sample-records --people "$1" --seed "$2" --out var/sample-records.csv
