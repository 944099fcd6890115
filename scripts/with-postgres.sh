#!/bin/sh
# Runs a command with a PostgreSQL server of its own, and removes the server when the command ends, however it ends:
#
#     scripts/with-postgres.sh cargo nextest run -p store
#
# The command finds the server in TEST_POSTGRES_URL: a superuser on the database "postgres", on a free port of
# 127.0.0.1. The server is Debian's (package postgresql); it lives in a temporary directory, runs as an unprivileged
# user, and keeps nothing safe: it is for tests. With DURABLE=1 it keeps what it commits as any server does, for benchmarks.
# No other server on the machine is touched.
set -eu

if [ $# -eq 0 ]; then
    echo "usage: $0 COMMAND [ARGUMENT...]" >&2
    exit 2
fi

programs=$(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -type d -name bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$programs" ] || [ ! -x "$programs/initdb" ]; then
    echo "$0: PostgreSQL is not installed (Debian: apt-get install postgresql)" >&2
    exit 1
fi

# The server refuses to run as root; the package brings a user for it.
as_owner() {
    if [ "$(id -u)" -eq 0 ]; then
        (cd / && exec runuser -u postgres -- "$@")
    else
        (cd / && exec "$@")
    fi
}

# That user may have no way into a temporary directory of ours.
parent=${TMPDIR:-/tmp}
as_owner test -x "$parent" || parent=/tmp
home=$(mktemp -d "$parent/with-postgres.XXXXXX")
command=

clean_up() {
    status=$?
    trap - EXIT INT TERM HUP
    if [ -n "$command" ]; then
        kill "$command" 2>/dev/null && wait "$command" || true
    fi
    if [ -f "$home/data/postmaster.pid" ]; then
        as_owner "$programs/pg_ctl" stop -D "$home/data" -m immediate -s || true
    fi
    rm -rf "$home"
    exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
(umask 077 && printf '%s\n' "$password" > "$home/password")
if [ "$(id -u)" -eq 0 ]; then
    chown -R postgres "$home"
fi

as_owner "$programs/initdb" -D "$home/data" -U postgres --pwfile="$home/password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync > "$home/initdb.log" 2>&1 || { cat "$home/initdb.log" >&2; exit 1; }

if [ "${DURABLE:-}" = 1 ]; then
    safety=
else
    safety='-c fsync=off -c synchronous_commit=off -c full_page_writes=off'
fi

# A port that is free now may be taken a moment later: then another is drawn.
start() {
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        port=$(shuf -i 20000-32000 -n 1)
        as_owner "$programs/pg_ctl" start -D "$home/data" -l "$home/data/server.log" -s -w -t 60 -o "-h 127.0.0.1 -p $port \
            -c unix_socket_directories= -c max_connections=300 $safety" \
            2>> "$home/start.log" && return 0
    done
    cat "$home/start.log" "$home/data/server.log" >&2
    return 1
}
start

export TEST_POSTGRES_URL="postgres://postgres:$password@127.0.0.1:$port/postgres"
# In the background, so that a signal to this script alone is heard at once. A shell takes two things from what it runs
# there, which are given back: standard input, and that Ctrl-C ends it.
exec 3<&0
env --default-signal=INT,QUIT "$@" <&3 3<&- &
command=$!
status=0
wait "$command" || status=$?
command=
exit "$status"
