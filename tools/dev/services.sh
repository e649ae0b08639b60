# shellcheck shell=bash
# services.sh - the programs of a stack, each under its keeper.

# In the order they are started; stopped the other way round.
SERVICES="mariadb redis outdial-sim outdial-web outdial-dialler nginx"

# service_files NAME: sets KEEPER KEEPER_AT CHILD CHILD_AT; false when none.
service_read() {
  KEEPER='' KEEPER_AT='' CHILD='' CHILD_AT=''
  [ -f "$RUN/keep/$1" ] &&
    read -r KEEPER KEEPER_AT CHILD CHILD_AT <"$RUN/keep/$1"
}

service_is_up() {
  service_read "$1" && is_process "$KEEPER" "$KEEPER_AT" &&
    is_process "$CHILD" "$CHILD_AT"
}

# What runs: the command's words, and which file the program is.
service_command() {
  printf '%q ' "$@"
  stat -L -c '%d:%i:%Y' -- "$(command -v "$1")"
}

# service_up NAME COMMAND...: nothing when it runs already, as this command
# would have it.
service_up() {
  local name=$1 command
  shift
  command=$(service_command "$@")
  if service_is_up "$name"; then
    [ "$command" != "$(cat "$RUN/ran/$name" 2>/dev/null)" ] || return 0
    step "$name was rebuilt or has new settings: restarting it"
  fi
  service_down "$name"
  mkdir -p "$RUN/keep" "$RUN/log" "$RUN/ran"
  printf '%s\n' "$command" >"$RUN/ran/$name"
  setsid -f "$ROOT/tools/dev/keeper.sh" "$RUN" "$name" "$@" \
    </dev/null >>"$RUN/log/$name.log" 2>&1 8>&- 9>&-
  wait_until 5 service_is_up "$name" || service_failed "$name"
}

# service_ready NAME SECONDS COMMAND...: waits for COMMAND to succeed.
service_ready() {
  local name=$1 seconds=$2
  shift 2
  wait_until "$seconds" "$@" || service_failed "$name"
}

service_failed() {
  service_down "$1"
  die_with_log "$RUN/log/$1.log" "$1 did not start."
}

# Ends the keeper, which ends its child; an orphan of a killed keeper too.
service_down() {
  service_read "$1" || return 0
  if is_process "$KEEPER" "$KEEPER_AT"; then
    kill -TERM "$KEEPER" 2>/dev/null || true
    wait_until 30 service_is_gone "$1" || service_kill "$1"
  elif is_process "$CHILD" "$CHILD_AT"; then
    kill -TERM "$CHILD" 2>/dev/null || true
    wait_until 30 service_is_gone "$1" || service_kill "$1"
  fi
  rm -f "$RUN/keep/$1" "$RUN/$1.pid"
}

service_is_gone() {
  ! is_process "$KEEPER" "$KEEPER_AT" && ! is_process "$CHILD" "$CHILD_AT"
}

service_kill() {
  service_read "$1" || return 0
  ! is_process "$KEEPER" "$KEEPER_AT" || kill -KILL "$KEEPER"
  ! is_process "$CHILD" "$CHILD_AT" || kill -KILL -- "-$CHILD"
  wait_until 5 service_is_gone "$1"
}

# Ends what runs in temporary stacks and worlds whose owner was killed before
# it could do so.
services_sweep() {
  local dir pid started name
  for dir in "${TMPDIR:-/tmp}"/outdial-{world,stack}.*; do
    read -r pid started 2>/dev/null <"$dir/owner" || continue
    ! is_process "$pid" "$started" || continue
    for name in "$dir"/keep/*; do
      [ ! -f "$name" ] || RUN=$dir service_down "$(basename "$name")"
    done
  done
}

# ---- MariaDB ----------------------------------------------------------

mariadb_up() {
  [ -d "$RUN/mariadb/data" ] || mariadb_install
  mariadb_config >"$RUN/mariadb/my.cnf"
  service_up mariadb mariadbd --defaults-file="$RUN/mariadb/my.cnf"
  # after a crash it recovers first
  service_ready mariadb 120 mariadb_sql "SELECT 1"
}

# A new data directory is made aside: a half-made one is never used.  With a
# tmpdir of its own: a server that starts removes the temporary tables of
# others in /tmp.
mariadb_install() {
  local new=$RUN/mariadb/data.new
  step "Making an empty database"
  rm -rf "$new"
  mkdir -p "$RUN/mariadb/tmp" "$new"
  mariadb-install-db --no-defaults --datadir="$new" --user="$(id -un)" \
    --auth-root-authentication-method=normal --skip-test-db \
    --tmpdir="$RUN/mariadb/tmp" --skip-name-resolve --force \
    --innodb-log-file-size=64M >>"$LOG" 2>&1 8>&- 9>&- ||
    die_with_log "$LOG" "The database could not be made."
  mv "$new" "$RUN/mariadb/data"
}

mariadb_config() {
  cat <<CNF
[mariadbd]
user=$(id -un)
datadir=$RUN/mariadb/data
tmpdir=$RUN/mariadb/tmp
socket=$SOCKETS/mariadb.sock
skip-networking
skip-name-resolve
performance_schema=OFF
character-set-server=utf8mb4
max_connections=300
innodb_buffer_pool_size=${OUTDIAL_BUFFER_POOL:-256M}
innodb_log_file_size=64M
innodb_flush_log_at_trx_commit=1
innodb_flush_method=O_DIRECT
innodb_io_capacity=2000
innodb_autoinc_lock_mode=2
CNF
}

# On standard input: the arguments of a process are there for all to see.
mariadb_sql() {
  mariadb --no-defaults -S "$SOCKETS/mariadb.sock" -u root -NB <<<"$1"
}

# The account that migrates, and that of the running programs; what the latter
# may is granted when there are tables (mariadb_grant).
mariadb_accounts() {
  cat <<SQL
CREATE DATABASE IF NOT EXISTS $1;
CREATE USER IF NOT EXISTS outdial_migrate@localhost, outdial@localhost;
ALTER USER outdial_migrate@localhost IDENTIFIED BY '$(secret migrate)',
  outdial@localhost IDENTIFIED BY '$(secret mariadb)';
GRANT ALL ON $1.* TO outdial_migrate@localhost;
SQL
}

# mariadb_grant DATABASE CONFIG: by an account that sees the tables.  What an
# older ./dev granted is too much.
mariadb_grant() {
  local grants
  grants=$("$BUILD/outdial" --config "$2" grants outdial) &&
    mariadb_sql "$grants" || return
  mariadb_sql "REVOKE ALL ON $1.* FROM outdial@localhost" 2>/dev/null || true
}

# ---- Redis ------------------------------------------------------------

redis_up() {
  mkdir -p "$RUN/redis"
  put_file "$RUN/redis/users.conf" redis_users
  [ -z "$CHANGED" ] || service_down redis
  redis_config >"$RUN/redis/redis.conf"
  service_up redis "$(redis_program)" "$RUN/redis/redis.conf"
  service_ready redis 20 redis_answers
}

redis_answers() {
  [ "$(redis-cli -s "$SOCKETS/redis.sock" ping)" = PONG ]
}

# Outdial's own user may what etc/redis-users.conf says; whoever can reach the
# socket, which are we alone, is the administrator of this Redis.
redis_users() {
  local digest
  digest=$(printf %s "$(secret redis)" | sha256sum | cut -c1-64)
  sed -e '/^user default /d' -e "s/#0\{64\}/#$digest/" \
    "$ROOT/etc/redis-users.conf"
}

# Nothing is saved: what Redis holds can be made again.  Only what has a time
# limit may be evicted, so that a full cache does not drop jobs.
redis_config() {
  cat <<CNF
port 0
unixsocket "$SOCKETS/redis.sock"
unixsocketperm 700
dir "$RUN/redis"
daemonize no
logfile ""
save ""
appendonly no
maxmemory 256mb
maxmemory-policy volatile-lru
include "$RUN/redis/users.conf"
CNF
}

# ---- Nginx ------------------------------------------------------------

nginx_up() {
  local was
  mkdir -p "$RUN/nginx/temp"
  was=$(cat "$RUN/nginx/nginx.conf" 2>/dev/null || true)
  nginx_config >"$RUN/nginx/nginx.conf"
  nginx -t -p "$RUN/nginx" -c "$RUN/nginx/nginx.conf" \
    -e "$RUN/log/nginx-error.log" >>"$LOG" 2>&1 ||
    die_with_log "$LOG" "The configuration of Nginx is wrong."
  [ "$was" = "$(cat "$RUN/nginx/nginx.conf")" ] || service_down nginx
  service_up nginx "$(command -v nginx)" -p "$RUN/nginx" \
    -c "$RUN/nginx/nginx.conf" -e "$RUN/log/nginx-error.log" -g 'daemon off;'
  service_ready nginx 10 curl -s -o /dev/null "$URL/favicon.ico"
}

# ---- Outdial's own programs --------------------------------------------

# program_up NAME [OPTION...]
program_up() {
  local name=$1
  shift
  [ -x "$BUILD/$name" ] || die "$BUILD/$name was not built."
  service_up "$name" "$BUILD/$name" "$@"
}
