#!/bin/sh
# Apache as a child, with a copy of its files where the user that it becomes can read them.
set -eu
cp -r "$(dirname "$0")" "$1/apache"
mkdir "$1/apache/run"
chmod 711 "$1"
chmod -R a+rX "$1/apache"
exec /usr/sbin/apache2 -d "$1/apache" -f httpd.conf -D FOREGROUND
