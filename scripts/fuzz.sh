#!/bin/sh
# Fuzzes each target for so many seconds, every target when none is named (docs/fuzzing.md):
#
#     scripts/fuzz.sh SECONDS [TARGET...]
set -eu
cd "$(dirname "$0")/../fuzz"
seconds=$1
shift

if ! command -v cargo-fuzz > /dev/null; then
    echo "Installing cargo-fuzz"
    cargo install --quiet --locked cargo-fuzz
fi
if [ $# -eq 0 ]; then
    # shellcheck disable=SC2046 # names without spaces
    set -- $(cd targets && ls -- *.rs | sed 's/\.rs$//')
fi
for target; do
    echo "Fuzzing $target for $seconds seconds"
    mkdir -p "corpus/$target"
    log=corpus/$target.log
    # Without a sanitizer: there is no unsafe code of ours, and so no need for a nightly toolchain.
    if ! cargo fuzz run --sanitizer none "$target" "corpus/$target" "seeds/$target" -- \
        -max_total_time="$seconds" -print_final_stats=1 > "$log" 2>&1; then
        cat "$log"
        exit 1
    fi
    grep -E 'DONE|average_exec_per_sec' "$log"
done
