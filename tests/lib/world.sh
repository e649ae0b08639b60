#!/usr/bin/env bash
# world.sh COMMAND... - runs a test with a private MariaDB and Redis, which a
# keeper starts again when the test kills them.  In its environment:
#   MARIADB_SOCKET REDIS_SOCKET   where they listen; user root, no password
#   MARIADB_PID REDIS_PID         files with their process ids
#   TEST_WORLD                    its directory, which is no stack's
#   TEST_DATABASE                 a database name of its own (made, empty)
#   OUTDIAL_CONFIG                a configuration for all of that, with the
#                                 account of the running programs
#   MIGRATE_CONFIG                the same with the account that migrates; then
#                                 "outdial grants outdial" is for root to run
# The directory is removed at the end, and kept when the test fails.
set -euo pipefail

ROOT=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
OUTDIAL_RUN=$(mktemp -d "${TMPDIR:-/tmp}/outdial-world.XXXXXX")
OUTDIAL_BUFFER_POOL=64M
for part in common packages services config; do
  # shellcheck source=/dev/null
  . "$ROOT/tools/dev/$part.sh"
done

world_config() {
  cat <<CNF
mariadb_socket = $MARIADB_SOCKET
mariadb_user = outdial
mariadb_password = $(secret mariadb)
mariadb_database = $TEST_DATABASE
redis_socket = $REDIS_SOCKET
redis_user = outdial
redis_password = $(secret redis)
web_socket = $SOCKETS/web.sock
web_slow_socket = $SOCKETS/web-slow.sock
web_login_socket = $SOCKETS/web-login.sock
upload_dir = $RUN/upload
secret_key_file = $(secret_file key 43)
templates = $ROOT/templates
migrations = $ROOT/sql
static_version = test
public_url = http://127.0.0.1
secure_cookies = no
CNF
}

world_down() {
  local code=$?
  trap - EXIT INT TERM
  [ -z "$TEST" ] || kill "$TEST" 2>/dev/null || true
  service_down redis
  service_down mariadb
  sockets_down
  if [ "$code" = 0 ]; then
    rm -rf "$RUN"
  else
    echo "# the world of this test is kept in $RUN"
  fi
  exit "$code"
}

TEST=
chmod 700 "$RUN"
mkdir -p "$RUN/log"
echo "$$ $(started_at $$)" >"$RUN/owner"
trap 'exit 130' INT TERM
trap world_down EXIT
{
  sockets_choose
  sockets_up
  mariadb_up
  redis_up
} >&2
export MARIADB_SOCKET=$SOCKETS/mariadb.sock REDIS_SOCKET=$SOCKETS/redis.sock
export MARIADB_PID=$RUN/mariadb.pid REDIS_PID=$RUN/redis.pid
export TEST_DATABASE=${TEST_DATABASE:-test} TEST_WORLD=$RUN
export OUTDIAL_CONFIG=$RUN/outdial.conf OUTDIAL_RUN
export MIGRATE_CONFIG=$RUN/migrate.conf
mariadb_sql "$(mariadb_accounts "$TEST_DATABASE")"
put_file "$OUTDIAL_CONFIG" world_config
put_file "$MIGRATE_CONFIG" migrate_config "$OUTDIAL_CONFIG"
"$@" &
TEST=$!
wait "$TEST" || exit $?
