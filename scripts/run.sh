#!/bin/sh
# Builds and starts the service with a demo service beside it, each on a port of localhost, with SQLite under var/ and
# the sample teaching records. With the argument "simulated", stand-ins for all services that ours calls are started too, and
# ours calls them. All end together: by Ctrl-C, by a SIGTERM, or because one of them has ended.
set -eu
cd "$(dirname "$0")/.."

scripts/deps.sh run
cargo build --bin get-an-identity
program=${CARGO_TARGET_DIR:-target}/debug/get-an-identity
mkdir -p var

simulated=
if [ "${1:-}" = simulated ]; then
    simulated="--config config/simulated.toml"
fi

gai() {
    # shellcheck disable=SC2086 # two words, or none
    "$program" --config config/development.toml $simulated "$@"
}

# The same records and domains need no second import.
records=data/sample-records.csv
domains=data/sample-domains.csv
imported=$(cat var/sample-data.imported 2> /dev/null || true)
if [ ! -e var/get-an-identity.sqlite ] || [ "$imported" != "$(cat $records $domains | cksum)" ]; then
    gai migrate
    gai records import $records
    gai domains import $domains
    cat $records $domains | cksum > var/sample-data.imported
fi

services=
end() {
    status=$?
    trap - EXIT INT TERM HUP
    # shellcheck disable=SC2086 # a list of process ids
    kill $services 2> /dev/null || true
    wait
    exit "$status"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

: > var/ready
started=0
# begins COMMAND...: a service of ours, which says in one line that it is ready. Even if this script is killed, it ends
# (setpriv is part of Debian's util-linux).
begins() {
    setpriv --pdeathsig TERM "$program" "$@" >> var/ready &
    services="$services $!"
    started=$((started + 1))
}

if [ -n "$simulated" ]; then
    begins simulate records --listen 127.0.0.1:8011 --extract $records
    begins simulate notify --listen 127.0.0.1:8012 --callback http://127.0.0.1:8000/api/notify/receipts \
        --callback-token simulated-receipts-have-this
    begins simulate zendesk --listen 127.0.0.1:8013
    begins simulate one-login --listen 127.0.0.1:8014
fi
# shellcheck disable=SC2086 # two words, or none
begins --config config/development.toml $simulated serve
begins demo-client

# Waiting for a sleep in the background lets a signal through at once, as a sleep in the foreground would not.
all_run() {
    for service in $services; do
        kill -0 "$service" 2> /dev/null || return 1
    done
}
until [ "$(wc -l < var/ready)" -ge "$started" ] || ! all_run; do
    sleep 0.1 & wait $!
done
all_run && gai try
while all_run; do
    sleep 1 & wait $!
done
echo "One of the services has ended, and so do the others." >&2
exit 1
