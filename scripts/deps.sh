#!/bin/sh
# Installs what is missing for a purpose, and asks nothing of anybody when nothing is:
#
#     scripts/deps.sh run     to build and run: a C compiler, OpenSSL, the front-end files
#     scripts/deps.sh test    for the tests too: PostgreSQL, Chromium, Valgrind, the client libraries of relying services
#     scripts/deps.sh bench   for the benchmark: PostgreSQL, the servers beside ours, what their parts are compiled with
#     scripts/deps.sh profile to look at ours alone: PostgreSQL, perf
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-test}

for tool in cargo node npm; do
    if ! command -v "$tool" > /dev/null; then
        echo "$0: $tool is not installed, and has to be before anything else" >&2
        exit 1
    fi
done

missing=
# need PACKAGE CHECK...: the Debian package is missing when the check fails.
need() {
    package=$1
    shift
    "$@" > /dev/null 2>&1 || missing="$missing $package"
}
has_postgresql() { ls /usr/lib/postgresql/*/bin/initdb; }
has_node_headers() { test -e "$(node --print 'require("path").resolve(process.execPath, "../../include/node/node.h")')"; }
has_fonts() { ls /usr/share/fonts/truetype/liberation*/*.ttf; }

need build-essential cc --version
need pkg-config pkg-config --version
need libssl-dev pkg-config --exists openssl
if [ "$purpose" = test ]; then
    need postgresql has_postgresql
    need chromium-headless-shell test -x /usr/bin/chromium-headless-shell
    need fonts-liberation has_fonts
    need valgrind valgrind --version
    # Client libraries, as Debian has them.
    for package in python3-authlib python3-flask python3-requests ruby-omniauth-openid-connect \
        ruby-omniauth-rails-csrf-protection ruby-railties ruby-webrick apache2-bin libapache2-mod-auth-openidc; do
        need "$package" dpkg --status "$package"
    done
fi

if [ "$purpose" = profile ]; then
    need postgresql has_postgresql
    need linux-perf perf --version
fi

if [ "$purpose" = bench ]; then
    need postgresql has_postgresql
    need glewlwyd command -v glewlwyd
    need sqlite3 command -v sqlite3
    need python3 python3 --version
    need libnode-dev has_node_headers
fi

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}
if [ -n "$missing" ]; then
    echo "Installing Debian's packages:$missing"
    as_root apt-get -qq update
    # shellcheck disable=SC2086 # a list of words
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install $missing > /dev/null
fi

# npm takes a second to find that there is nothing to do; a note of what was installed takes none.
locked=$(cksum < package-lock.json)
installed=$(cat node_modules/.installed 2> /dev/null || true)
# To measure takes what running takes.
case $purpose in bench | profile) purpose=run ;; esac
if [ "$installed" != "test $locked" ] && [ "$installed" != "$purpose $locked" ]; then
    echo "Installing the npm packages"
    if [ "$purpose" = test ]; then omit=; else omit=--omit=dev; fi
    # No package's own script runs, and so none downloads a browser.
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error $omit
    echo "$purpose $locked" > node_modules/.installed
fi
