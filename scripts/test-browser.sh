#!/bin/sh
# The browser tests, against the binary that the Rust tests were built with.
set -eu
cd "$(dirname "$0")/.."

cargo build --quiet --workspace --bins
exec node_modules/.bin/playwright test --config tests/browser/playwright.config.js "$@"
