#!/bin/sh
# Draws where the time of the server goes, into docs/images: a flame graph for each run that ONLY names. What is above a bar was
# called by it; the width is time on the core.
set -eu
cd "$(dirname "$0")/.."

scripts/deps.sh profile
cargo install --quiet --locked --version 0.12.8 --root target/tools inferno
cargo build --release --quiet --bin get-an-identity
cargo build --release --quiet -p load -p answer -p seed -p floor

export TMPDIR="${TMPDIR:-/var/tmp}" DURABLE=1
export ONLY="${ONLY:-^ours-sqlite ES256 (code_exchange|sign_in_returning)$}" ROUNDS=1 SECONDS="${SECONDS:-20}"
PROFILE=$(mktemp -d "$TMPDIR/profile.XXXXXX")
export PROFILE
trap 'rm -rf "$PROFILE"' EXIT
scripts/with-postgres.sh node tests/bench/run/main.mjs

for seen in "$PROFILE"/*.data; do
    # ours-sqlite-ES256-code_exchange
    run=$(basename "$seen" .data | sed 's/^ours-//')
    title=$(printf '%s' "$run" | sed 's/-/, /g; s/_/ /g')
    picture=docs/images/flame-$(printf '%s' "$run" | tr '_[:upper:]' '-[:lower:]').svg
    perf script --no-inline --input "$seen" > "$PROFILE/stacks"
    target/tools/bin/inferno-collapse-perf "$PROFILE/stacks" > "$PROFILE/folded"
    target/tools/bin/inferno-flamegraph --title "Where the time goes: $title" --minwidth 0.5 --hash "$PROFILE/folded" > "$picture"
    echo "$picture"
done
