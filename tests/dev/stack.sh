#!/usr/bin/env bash
# stack.sh - ./dev itself: two stacks side by side, twice up, killed programs,
# killed keepers, and that down leaves nothing; wrong uses get one sentence.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/lib/tap.sh
ROOT=$PWD
OUTDIAL_RUN=$(mktemp -d "${TMPDIR:-/tmp}/outdial-stack.XXXXXX")
for part in common services config stack tests; do
  # shellcheck source=/dev/null
  . "tools/dev/$part.sh"
done
FIRST=$OUTDIAL_RUN
# longer than the address of a Unix socket may be
SECOND=$FIRST/second/$(printf 'x%.0s' {1..90})
export OUTDIAL_NO_DEMO=yes

clean() {
  trap - EXIT INT TERM
  OUTDIAL_RUN=$SECOND ./dev down >/dev/null 2>&1
  OUTDIAL_RUN=$FIRST/first ./dev down >/dev/null 2>&1
  [ -z "${TAKER:-}" ] || kill "$TAKER"
  rm -rf "$FIRST"
}
trap 'exit 130' INT TERM
trap clean EXIT

free_port() {
  for ((PORT = 20000 + RANDOM % 10000; ; PORT++)); do
    port_taken || break
  done
  echo "$PORT"
}

# refused "SENTENCE" COMMAND...: exit code 1, and the sentence is said.
refused() {
  local want=$1 out
  shift
  out=$("$@" 2>&1) && return 1
  echo "$out"
  grep -q -F "$want" <<<"$out"
}

pids() {
  (cd "$1" && grep -H . ./*.pid)
}

same_after() {
  local before
  before=$(pids "$RUN")
  "$@" || return
  [ "$before" = "$(pids "$RUN")" ]
}

# Of all programs the simulated carrier is another process, and no other is.
only_sim_after() {
  local before changed
  before=$(pids "$RUN")
  "$@" || return
  changed=$(diff <(echo "$before") <(pids "$RUN") | grep '^>')
  echo "$changed"
  [[ $changed == "> ./outdial-sim.pid:"* ]] && [ "$(wc -l <<<"$changed")" = 1 ]
}

# runs_with NAME WORD: the running program has this word among its arguments.
runs_with() {
  tr '\0' '\n' <"/proc/$(cat "$RUN/$1.pid")/cmdline" | grep -x -F "$2"
}

new_workers_after() {
  local before
  before=$(cat "$RUN/outdial-web.pid")
  "$@" || return
  [ "$before" != "$(cat "$RUN/outdial-web.pid")" ]
}

answers() {
  [ "$(curl -s -o /dev/null -w '%{http_code}' "$1/login")" = 200 ]
}

# The program's own process is killed; another has its place within 2 s.
comes_back() {
  local name=$1 old start now
  old=$(cat "$RUN/$name.pid")
  start=$(date +%s%N)
  kill -KILL "$old" || return
  until now=$(cat "$RUN/$name.pid") && [ "$now" != "$old" ] &&
    service_is_up "$name"; do
    [ $(($(date +%s%N) - start)) -lt 2000000000 ] || return 1
    sleep 0.02
  done
}

keeps_rows() {
  mariadb_sql "CREATE TABLE outdial.kept (id INT PRIMARY KEY);
    INSERT INTO outdial.kept VALUES (1)" || return
  kill -KILL "$(cat "$RUN/mariadb.pid")"
  wait_until 30 mariadb_sql "SELECT 1" || return
  [ "$(mariadb_sql "SELECT id FROM outdial.kept")" = 1 ]
}

# Processes of a stack, known by the directory in their arguments; grep, with
# its first letter in brackets, does not find itself.
processes() {
  grep -l -a -s "[/]${1#/}" /proc/[0-9]*/cmdline |
    xargs -r tail -v -n 1 2>/dev/null | tr '\0' ' '
}

# small_disk COMMAND...: with a run directory on a file system of 50 MB that
# ends with the command.
small_disk() {
  mkdir -p "$FIRST/small"
  # shellcheck disable=SC2016
  unshare --mount sh -c \
    'mount -t tmpfs -o size=50m none "$0" && OUTDIAL_RUN="$0" "$@"' \
    "$FIRST/small" "$@"
}

wrong_uses() {
  local taken
  taken=$(free_port)
  node -e "require('net').createServer().listen($taken, '127.0.0.1')" &
  TAKER=$!
  PORT=$taken wait_until 5 port_taken
  ok "a taken port is named, with who has it" \
    refused "Port $taken is taken by another program (process $TAKER, node)" \
    env OUTDIAL_RUN="$FIRST/taken" OUTDIAL_PORT="$taken" ./dev up
  ok "and nothing was started" test ! -e "$FIRST/taken/keep"
  ok "a port that is none" refused "must be a number from 1 to 65535" \
    env OUTDIAL_RUN="$FIRST/taken" OUTDIAL_PORT=http ./dev up
  mkdir "$FIRST/foreign" && touch "$FIRST/foreign/letter"
  ok "a directory with other files is left alone" \
    refused "holds other files" env OUTDIAL_RUN="$FIRST/foreign" ./dev reset
  ok "and its file is there" test -e "$FIRST/foreign/letter"
  ok "an unknown command" refused "There is no command" ./dev upp
  ok "an unknown suite" refused "There is no suite" ./dev test unti
  ok "tests end with the ./dev that runs them" interrupted
  ok "a full disk" refused "The disk is nearly full" small_disk ./dev up
  ok "no stack, nothing to stop" env OUTDIAL_RUN="$FIRST/none" ./dev down
  if [ "$(id -u)" = 0 ]; then
    ok "not root" refused "run ./dev as root" setpriv --reuid=65534 \
      --regid=65534 --clear-groups bash -c "exec 2>&1; cd / && $ROOT/dev up"
  fi
}

# Another ./dev up begins a stack in an empty directory while this one looks at
# what is there.
# shellcheck disable=SC2317  # stack_prepare calls it
begun_by_another() (
  RUN=$FIRST/two
  mkdir "$RUN"
  ls() {
    : >"$RUN/outdial-stack"
    mkdir "$RUN/log"
    command ls "$@"
  }
  stack_prepare
)

run_both() {
  [ "$(pgrep -c -x -f "$1")" = 2 ]
}

# Two tests that would run for hours: nobody would find them.
interrupted() {
  local hours=86399.$$
  (
    RESULTS=$FIRST/results AT_A_TIME=2
    mkdir -p "$RESULTS/count"
    trap 'exit 130' TERM
    trap tests_cleanup EXIT
    test_start unit one sleep "$hours"
    test_start unit two sleep "$hours"
    wait
  ) &
  wait_until 5 run_both "sleep $hours"
  kill $!
  wait $!
  [ $? = 130 ] && ! pgrep -x -f "sleep $hours"
}

first_stack() {
  RUN=$FIRST/first SOCKETS=$FIRST/first
  FIRST_PORT=$(free_port)
  export OUTDIAL_RUN=$RUN OUTDIAL_PORT=$FIRST_PORT
  ok "a stack that another begins is not taken for other files" begun_by_another
  ./dev up >"$FIRST/other.log" 2>&1 &
  ok "./dev up" ./dev up
  wait $!
  ok "at the same time in another shell" test $? = 0
  ok "the sign-in page answers" answers "http://127.0.0.1:$FIRST_PORT"
  ok "up again leaves all processes as they are" same_after ./dev up
  sed -i 's/^# whose content is .*/# whose content is another/' \
    "$RUN/outdial.conf"
  ok "up after a change of the templates starts the workers anew" \
    new_workers_after ./dev up
  ok "up with another OUTDIAL_SIM starts the carrier anew, and nothing else" \
    only_sim_after env OUTDIAL_SIM="speed=7 busy=30 answer=30" ./dev up
  ok "with these settings" runs_with outdial-sim speed=7
  ok "settings that cannot be are refused with the reason" \
    refused "add up to 189; they must add up to 100" \
    env OUTDIAL_SIM=busy=99 ./dev up
  ok "and the next up mends it" ./dev up
  ok "without those settings" test -z "$(runs_with outdial-sim speed=7)"
  ok "status says that all run" ./dev status
  ok "dev.env is for our eyes only" \
    test "$(stat -c %a "$RUN/dev.env")" = 600
  for name in $SERVICES; do
    ok "$name comes back when it is killed" comes_back "$name"
  done
  ok "MariaDB keeps what was committed" keeps_rows
  ok "the page answers again" wait_until 10 \
    answers "http://127.0.0.1:$FIRST_PORT"
}

second_stack() {
  local port
  port=$(free_port)
  ok "a second stack, with a long path" \
    env OUTDIAL_RUN="$SECOND" OUTDIAL_PORT="$port" ./dev up
  ok "answers" answers "http://127.0.0.1:$port"
  ok "and the first one too" answers "http://127.0.0.1:$FIRST_PORT"
  ok "the second goes down" env OUTDIAL_RUN="$SECOND" ./dev down
  none "and leaves no process" processes "$SECOND"
  ok "the first one still answers" answers "http://127.0.0.1:$FIRST_PORT"
}

killed_keepers() {
  local name
  for name in $SERVICES; do
    service_read "$name" && kill -KILL "$KEEPER"
  done
  ok "up mends a stack whose keepers were killed" ./dev up
  ok "it answers" answers "http://127.0.0.1:$FIRST_PORT"
  for name in $SERVICES; do
    service_read "$name" && kill -KILL "$KEEPER"
  done
  ok "down stops what killed keepers left" ./dev down
  none "no process is left" processes "$RUN"
  ok "a reset stack starts empty" ./dev reset
  ok "and answers" answers "http://127.0.0.1:$FIRST_PORT"
  ok "the old row is gone" refused "doesn't exist" mariadb_sql \
    "SELECT id FROM outdial.kept"
  ok "down" ./dev down
  none "no process is left at the end" processes "$FIRST"
}

wrong_uses
first_stack
second_stack
killed_keepers
tap_done
