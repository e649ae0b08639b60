# shellcheck shell=bash
# stack.sh - up, down, reset, status, logs: a whole stack under $RUN.

stack_prepare() {
  local files
  port_choose
  sockets_choose
  # in one look, and the mark comes first: another ./dev may be making it
  files=$(ls -A "$RUN" 2>/dev/null || true)
  [ -z "$files" ] || grep -q -x outdial-stack <<<"$files" ||
    die "$RUN holds other files; OUTDIAL_RUN must name a directory of its own."
  mkdir -p "$RUN" 2>/dev/null && [ -w "$RUN" ] ||
    die "$RUN cannot be written by $(id -un); run ./dev as root or set OUTDIAL_RUN."
  disk_check "$RUN" 300
  chmod 700 "$RUN"
  : >>"$RUN/outdial-stack"
  mkdir -p "$RUN/log"
}

stack_up() {
  stack_check
  stack_prepare
  lock_stack
  trap 'stack_interrupted' INT TERM
  port_check
  printf '%s ./dev up\n' "$(date -u +%FT%TZ)" >"$LOG"
  packages_up "$PROGRAMS_BUILD $PROGRAMS_RUN" "$LIBRARIES" \
    "$PROGRAMS_UNPACKED"
  build_up
  servers_up
  programs_up
  demo_up
  nginx_up
  stack_answers
  stack_tell
}

# Before anything is written: could this work at all?
stack_check() {
  grep -q -s -E '^ID(_LIKE)?=.*debian' /etc/os-release ||
    die "This is not Debian; ./dev up supports Debian 12 and its descendants."
  if [ "$(id -u)" != 0 ] && [ "$(stat -c %u "$ROOT")" = 0 ]; then
    die "This checkout belongs to root: run ./dev as root."
  fi
}

stack_interrupted() {
  trap - INT TERM
  say ""
  die "Interrupted. ./dev up continues from here, ./dev down stops what is running."
}

servers_up() {
  step "Starting MariaDB and Redis"
  sockets_up
  mariadb_up
  redis_up
  mariadb_sql "$(mariadb_accounts outdial)" >>"$LOG" 2>&1 ||
    die_with_log "$LOG" "The accounts of the database could not be made."
}

programs_up() {
  printf '%s\n' "$PORT" >"$RUN/port"
  put_file "$RUN/outdial.conf" outdial_config
  if [ -n "$CHANGED" ]; then
    service_down outdial-dialler
    service_down outdial-web
  fi
  put_file "$RUN/dev.env" dev_env
  step "Bringing the schema up to date"
  put_file "$RUN/migrate.conf" migrate_config "$RUN/outdial.conf"
  outdial_migrate migrate >>"$LOG" 2>&1 ||
    die_with_log "$LOG" "outdial migrate failed."
  mariadb_grant outdial "$RUN/migrate.conf" >>"$LOG" 2>&1 ||
    die_with_log "$LOG" "The grants of the programs' account could not be made."
  step "Starting Outdial"
  # shellcheck disable=SC2086
  program_up outdial-sim socket="$SOCKETS/sim.sock" log="$RUN/sim.log" \
    ${OUTDIAL_SIM:-}
  service_ready outdial-sim 10 sim_listens
  program_up outdial-web --config "$RUN/outdial.conf"
  program_up outdial-dialler --config "$RUN/outdial.conf"
}

# One that cannot start leaves the file of its socket, but nobody behind it.
sim_listens() {
  grep -q " $SOCKETS/sim.sock\$" /proc/net/unix
}

outdial() {
  "$BUILD/outdial" --config "$RUN/outdial.conf" "$@"
}

# What changes the schema or the past has an account of its own.
outdial_migrate() {
  "$BUILD/outdial" --config "$RUN/migrate.conf" "$@"
}

# The demo workspace is made once for a stack, and told when the carrier's
# socket has moved.
demo_up() {
  [ "$(cat "$RUN/demo.done" 2>/dev/null)" != "$SOCKETS" ] || return 0
  [ -z "${OUTDIAL_NO_DEMO:-}" ] || return 0
  step "Making the demo workspace"
  secret password | "$BUILD/outdial-demo" --config "$RUN/migrate.conf" \
    --email "$EMAIL" --carrier-socket "$SOCKETS/sim.sock" >>"$LOG" 2>&1 ||
    die_with_log "$LOG" "The demo workspace could not be made."
  api_key_up
  printf '%s\n' "$SOCKETS" >"$RUN/demo.done"
}

# A key of the demo workspace; it can be read only while it is made.
api_key_up() {
  [ ! -s "$RUN/secret/api_key" ] || return 0
  outdial key add Demo --as "$EMAIL" --json \
    --scopes read,trigger,exclude,result,control,edit,settings 2>>"$LOG" |
    sed -n 's/.*"key":"\([^"]*\)".*/\1/p' >"$RUN/secret/api_key.new"
  [ -s "$RUN/secret/api_key.new" ] ||
    die_with_log "$LOG" "The API key of the demo workspace could not be made."
  chmod 600 "$RUN/secret/api_key.new"
  mv "$RUN/secret/api_key.new" "$RUN/secret/api_key"
  put_file "$RUN/dev.env" dev_env
}

stack_answers() {
  wait_until 20 stack_signs_in ||
    die_with_log "$RUN/log/outdial-web.log" "$URL/login does not answer."
}

stack_signs_in() {
  [ "$(curl -s -o /dev/null -w '%{http_code}' "$URL/login")" = 200 ]
}

stack_tell() {
  cat <<TELL

Outdial is running.

  Address   $URL/dashboard/campaigns
  E-mail    $EMAIL
  Password  $(secret password)

  ./dev down stops it, ./dev logs shows what it does, ./dev test tests it.
TELL
}

stack_down() {
  local name names
  port_choose
  sockets_choose
  if [ ! -e "$RUN/outdial-stack" ]; then
    say "Nothing runs here: $RUN is not a stack."
    return
  fi
  lock_stack
  for name in $(tr ' ' '\n' <<<"$SERVICES" | tac); do
    [ ! -f "$RUN/keep/$name" ] || step "Stopping $name"
    service_down "$name"
  done
  sockets_down
}

stack_reset() {
  stack_down
  if [ -e "$RUN/outdial-stack" ]; then
    step "Deleting the data in $RUN"
    # the lock stays: it is held, and others may wait for it
    find "$RUN" -mindepth 1 -maxdepth 1 ! -name lock ! -name outdial-stack \
      -exec rm -rf {} +
  fi
  stack_up
}

# A stack of its own for tests and benches, in the directory PRIVATE; it lives
# no longer than this ./dev.
stack_private_up() {
  local port
  PRIVATE=$(mktemp -d "${TMPDIR:-/tmp}/outdial-stack.XXXXXX")
  echo "$$ $(started_at $$)" >"$PRIVATE/owner"
  : >"$PRIVATE/outdial-stack"
  for ((PORT = 20000 + RANDOM % 10000; ; PORT++)); do
    port_taken || break
  done
  port=$PORT
  OUTDIAL_RUN=$PRIVATE OUTDIAL_PORT=$port "$ROOT/dev" up && return
  OUTDIAL_RUN=$PRIVATE "$ROOT/dev" down
  return 1
}
PRIVATE=

# stack_private COMMAND...: runs it with dev.env and the paths of that stack.
stack_private() {
  (
    set -a
    # shellcheck source=/dev/null
    . "$PRIVATE/dev.env"
    OUTDIAL_RUN=$PRIVATE
    OUTDIAL_BUILD=$BUILD
    OUTDIAL_CONFIG=$PRIVATE/outdial.conf
    set +a
    "$@"
  )
}

stack_private_down() {
  [ ! -e "$PRIVATE/keep" ] || OUTDIAL_RUN=$PRIVATE "$ROOT/dev" down
}

stack_status() {
  local name code=0
  port_choose
  for name in $SERVICES; do
    if service_is_up "$name"; then
      printf '%-16s running, process %s\n' "$name" "$CHILD"
    else
      printf '%-16s not running\n' "$name"
      code=1
    fi
  done
  exit "$code"
}

stack_logs() {
  local name files=()
  for name in "$@"; do
    [ -f "$RUN/log/$name.log" ] || die "There is no log of “$name” in $RUN/log."
    files+=("$RUN/log/$name.log")
  done
  [ $# -gt 0 ] || files=("$RUN"/log/*.log)
  [ -e "${files[0]}" ] || die "There are no logs in $RUN/log yet."
  exec tail -n 20 -F "${files[@]}"
}
