#!/bin/sh
# Installs the npm packages of the yardstick oidc-provider, and compiles its SQLite from the sources that the package brings.
set -eu
cd "$(dirname "$0")/../tests/bench/yardsticks/oidc-provider"

locked="$(node --version) $(cksum < package-lock.json)"
if [ "$(cat node_modules/.installed 2> /dev/null || true)" != "$locked" ]; then
    echo "Installing oidc-provider, and compiling its SQLite: two minutes"
    # No package's own script runs, and so none downloads what somebody else has compiled.
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
    # The headers of the Node that is installed, for which it would download others.
    npm_config_nodedir=$(node --print 'require("path").resolve(process.execPath, "../..")') \
        npm rebuild better-sqlite3 --build-from-source --loglevel=error > /dev/null
    echo "$locked" > node_modules/.installed
fi
