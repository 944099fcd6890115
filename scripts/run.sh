#!/bin/sh
# Builds and starts the service with a demo service beside it, each on a port of localhost, with SQLite under var/ and
# the sample teaching records. Both end together: by Ctrl-C, by a SIGTERM, or because one of them has ended.
set -eu
cd "$(dirname "$0")/.."

scripts/deps.sh run
cargo build --bin get-an-identity
program=${CARGO_TARGET_DIR:-target}/debug/get-an-identity
mkdir -p var

gai() {
    "$program" --config config/development.toml "$@"
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

server=
demo=
end() {
    status=$?
    trap - EXIT INT TERM HUP
    # shellcheck disable=SC2086 # a list of process ids
    kill $server $demo 2> /dev/null || true
    wait
    exit "$status"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# Even if this script is killed, they end (setpriv is part of Debian's util-linux).
: > var/ready
setpriv --pdeathsig TERM "$program" --config config/development.toml serve >> var/ready &
server=$!
setpriv --pdeathsig TERM "$program" demo-client >> var/ready &
demo=$!

# Waiting for a sleep in the background lets a signal through at once, as a sleep in the foreground would not.
both_run() {
    kill -0 "$server" 2> /dev/null && kill -0 "$demo" 2> /dev/null
}
until [ "$(wc -l < var/ready)" -ge 2 ] || ! both_run; do
    sleep 0.1 & wait $!
done
both_run && gai try
while both_run; do
    sleep 1 & wait $!
done
echo "One of the two services has ended, and so does the other." >&2
exit 1
