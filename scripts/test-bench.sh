#!/bin/sh
# How `make bench` looks at servers, and what it makes of what it saw; and the ports that servers are given in all tests. The
# yardsticks are tested where they are installed: before they are measured.
set -eu
cd "$(dirname "$0")/.."

exec node --test --test-reporter=spec --test-timeout=60000 tests/support/ tests/bench/run/ tests/bench/report/
