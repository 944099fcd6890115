#!/bin/sh
# Measures whether the page after an email address tells that we know it, on the binary that the Rust tests were built
# with: scripts/timing.sh [HOW MANY OF EACH]
set -eu
cd "$(dirname "$0")/.."

cargo build --quiet --workspace --bins
exec node tests/timing/equal-answers.mjs "$@"
