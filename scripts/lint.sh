#!/bin/sh
# What a reader should not have to look for: formatting, clippy's findings, scripts that do not parse.
set -eu
cd "$(dirname "$0")/.."

cargo fmt --all --check
cargo fmt --manifest-path fuzz/Cargo.toml --check
cargo clippy --workspace --all-targets --quiet -- -D warnings
for script in scripts/*.sh; do
    sh -n "$script"
done

# What dependencies may bring along. CI has no need to build the tool: the lock file says what there is.
if command -v cargo-deny > /dev/null; then
    cargo deny --log-level error check bans licenses sources
fi
