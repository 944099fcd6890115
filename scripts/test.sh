#!/bin/sh
# Every check and every test. Says at the end how many tests ran on which database, and how many passed and failed.
set -eu
cd "$(dirname "$0")/.."

logs=$(mktemp -d "${TMPDIR:-/tmp}/tests.XXXXXX")
trap 'rm -rf "$logs"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# logged NAME COMMAND...: shows and keeps what the command prints, and ends as it ended.
logged() {
    log=$logs/$1
    shift
    { "$@" 2>&1 && : > "$log.passed" || :; } | tee "$log"
    [ -e "$log.passed" ]
}

scripts/deps.sh test
scripts/lint.sh

status=0
logged rust scripts/test-rust.sh || status=1
logged browser scripts/test-browser.sh || status=1
logged bench scripts/test-bench.sh || status=1
logged attack scripts/test-attack.sh || status=1
logged rotation scripts/test-rotation.sh || status=1
logged outage scripts/test-outage.sh || status=1
logged libraries scripts/test-libraries.sh || status=1
logged instructions scripts/instructions.sh check || status=1
awk -f scripts/count-tests.awk "$logs/rust" "$logs/browser" "$logs/bench" "$logs/attack" "$logs/rotation" "$logs/outage" "$logs/libraries" \
    "$logs/instructions"
exit $status
