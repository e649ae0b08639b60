# shellcheck shell=bash
# config.sh - the files of a stack that are filled in: outdial.conf, dev.env,
# nginx.conf.

# The port: given, else the one this stack had, else 8080.
port_choose() {
  PORT=${OUTDIAL_PORT:-$(cat "$RUN/port" 2>/dev/null || echo 8080)}
  [[ $PORT =~ ^[0-9]{1,5}$ ]] && [ "$PORT" -ge 1 ] && [ "$PORT" -le 65535 ] ||
    die "OUTDIAL_PORT is “$PORT”; it must be a number from 1 to 65535."
  URL=http://127.0.0.1:$PORT
}

# The address of a Unix socket has room for 107 bytes: with a longer path of
# the stack its sockets lie in a directory of their own, which down removes.
sockets_choose() {
  SOCKETS=$RUN
  [ $((${#RUN} + ${#SOCKETS_LONGEST})) -gt 107 ] || return 0
  SOCKETS=/tmp/outdial-$(printf %s "$RUN" | sha256sum | head -c 16)
}
# outdial-web binds it under a name with its process id, then renames it
SOCKETS_LONGEST=/web-login.sock.1234567

sockets_up() {
  [ "$SOCKETS" != "$RUN" ] || return 0
  mkdir -m 700 "$SOCKETS" 2>/dev/null || true
  [ -d "$SOCKETS" ] && [ ! -L "$SOCKETS" ] && [ -O "$SOCKETS" ] ||
    die "$SOCKETS exists and is not ours; choose a shorter OUTDIAL_RUN."
}

sockets_down() {
  [ "$SOCKETS" = "$RUN" ] || rm -rf "$SOCKETS"
}

# port_taken: somebody listens there already (state 0A), at any address.
port_taken() {
  PORT_INODE=$(awk -v port="$(printf ':%04X' "$PORT")" '
    $4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }
    ' /proc/net/tcp /proc/net/tcp6 2>/dev/null)
  [ -n "$PORT_INODE" ]
}

port_check() {
  local fd by=
  # ours, even when its keeper is gone
  if [ "$(cat "$RUN/port" 2>/dev/null)" = "$PORT" ] && service_read nginx &&
    is_process "$CHILD" "$CHILD_AT"; then
    return 0
  fi
  port_taken || return 0
  fd=$(find /proc/[0-9]*/fd -lname "socket:\[$PORT_INODE\]" 2>/dev/null |
    head -n 1) || true
  [ -z "$fd" ] || by=" (process $(cut -d/ -f3 <<<"$fd"), $(
    cat "/proc/$(cut -d/ -f3 <<<"$fd")/comm"))"
  die "Port $PORT is taken by another program$by." \
    "Choose another one: OUTDIAL_PORT=$((PORT < 65535 ? PORT + 1 : 8080)) ./dev up"
}

# Passwords are made once and kept in files that only we can read.
secret_file() {
  local file=$RUN/secret/$1
  if [ ! -s "$file" ]; then
    mkdir -p -m 700 "$RUN/secret"
    (umask 077 && random_word "${2:-20}" >"$file.new")
    mv "$file.new" "$file"
  fi
  echo "$file"
}
secret() { cat "$(secret_file "$1")"; }

outdial_config() {
  cat <<CNF
# Written by ./dev up; etc/outdial.conf explains every setting.
mariadb_socket = $SOCKETS/mariadb.sock
mariadb_user = outdial
mariadb_password = $(secret mariadb)
mariadb_database = outdial
redis_socket = $SOCKETS/redis.sock
redis_user = outdial
redis_password = $(secret redis)
web_socket = $SOCKETS/web.sock
web_slow_socket = $SOCKETS/web-slow.sock
web_login_socket = $SOCKETS/web-login.sock
web_processes = $(nproc)
upload_dir = $RUN/upload
templates = $ROOT/templates
# whose content is $(templates_version): a worker reads them once
migrations = $ROOT/sql
static_version = $(static_version)
public_url = $URL
secure_cookies = no
secret_key_file = $(secret_file key 43)
log_level = ${OUTDIAL_LOG_LEVEL:-info}
CNF
}

# migrate_config CONFIG: the same for the account that migrates.
migrate_config() {
  sed -e 's/^mariadb_user = .*/mariadb_user = outdial_migrate/' \
    -e "s/^mariadb_password = .*/mariadb_password = $(secret migrate)/" "$1"
}

# Names the content of the static files, so that browsers may keep them.
static_version() {
  cat "$ROOT/build/static/version" 2>/dev/null || echo dev
}

templates_version() {
  cat "$ROOT"/templates/*.tpl | sha256sum | cut -c1-16
}

# That of the demo, once it is made.
api_key() {
  cat "$RUN/secret/api_key" 2>/dev/null || true
}

dev_env() {
  cat <<ENV
OUTDIAL_URL='$URL'
OUTDIAL_EMAIL='$EMAIL'
OUTDIAL_PASSWORD='$(secret password)'
OUTDIAL_API_KEY='$(api_key)'
MARIADB_SOCKET='$SOCKETS/mariadb.sock'
REDIS_SOCKET='$SOCKETS/redis.sock'
ENV
}
EMAIL=demo@outdial.example

# put_file PATH COMMAND...: what the command prints, whole or not at all, for
# our eyes only; true in CHANGED when the content differs from before.
put_file() {
  local path=$1
  shift
  (umask 077 && "$@" >"$path.new")
  CHANGED=yes
  ! cmp -s "$path.new" "$path" || CHANGED=
  mv "$path.new" "$path"
}

# The template of nginx/ filled for this stack.
nginx_config() {
  local prefix modules brotli='#' user='#'
  prefix=$(dirname "$(dirname "$(readlink -f "$(command -v nginx)")")")
  modules=$prefix/lib/nginx/modules
  [ ! -f "$modules/ngx_http_brotli_static_module.so" ] ||
    [ ! -f "$modules/ngx_http_brotli_filter_module.so" ] || brotli=
  [ "$(id -u)" != 0 ] || user=
  sed -e "s|@USER@|$user|g" -e "s|@BROTLI@|$brotli|g" \
    -e "s|@MODULES@|$modules|g" -e "s|@NAME@|$(id -un)|g" \
    -e "s|@WORKERS@|$(nproc)|g" -e "s|@LISTEN@|127.0.0.1:$PORT|g" \
    -e "s|@STATE@|$RUN/nginx|g" -e "s|@LOGS@|$RUN/log|g" \
    -e "s|@BUILD@|$ROOT/build|g" -e "s|@SOCKETS@|$SOCKETS|g" \
    -e "s|@LOGIN_RATE@|10r/s|g" -e "s|@ACTION_RATE@|5000r/s|g" \
    -e "s|@READ_RATE@|100000r/s|g" -e "s|@REQUESTS@|10000|g" \
    -e "s|@TLS@|#|g" -e "s|@PLAIN@||g" \
    "$ROOT/nginx/outdial.conf.in"
}
