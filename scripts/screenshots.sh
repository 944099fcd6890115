#!/bin/sh
# Takes pictures of the pages into a directory.
set -eu
cd "$(dirname "$0")/.."

cargo build --quiet --workspace --bins
exec node tests/browser/screenshots.js "$1"
