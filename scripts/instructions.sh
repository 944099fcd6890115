#!/bin/sh
# Counts the instructions of what the provider does most, and compares them with docs/instructions.toml:
#
#     scripts/instructions.sh check          fails when one of them takes more than it did
#     scripts/instructions.sh check renew    writes what it counts into the file
set -eu
cd "$(dirname "$0")/.."

exec cargo run --quiet --profile instructions -p instructions -- "$@"
