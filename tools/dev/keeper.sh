#!/usr/bin/env bash
# keeper.sh RUN NAME COMMAND... - keeps one program running, as a service
# manager would: starts it again within 2 s when it dies, rewrites RUN/NAME.pid
# each time, and ends it when told to end itself (SIGTERM).
#
# RUN/keep/NAME holds "keeper started child started", by which ./dev down knows
# its own processes (see is_process in common.sh).
# Without job control, whose "wait -f" may turn for ever in bash 5.2: a child
# that dies while the keeper is stopped was seen to leave it in that loop.
set -u

run=$1 name=$2
shift 2
stopping=
child=
quick=

say() {
  printf '%s keeper: %s %s\n' "$(date -u +%FT%T.%3NZ)" "$name" "$*"
}

started_at() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null)
  stat=${stat##*) }
  # shellcheck disable=SC2086
  set -- $stat
  printf '%s\n' "${20:-0}"
}

# Replaced by renaming: a reader never sees half a file.
put() {
  printf '%s\n' "$2" >"$1.new" && mv -f "$1.new" "$1"
}

on_term() {
  stopping=1
  [ -z "$child" ] || kill -TERM "$child" 2>/dev/null
}
trap on_term TERM
trap '' HUP INT

mine=$(started_at $$)
while [ -z "$stopping" ]; do
  since=$SECONDS
  # leads a process group of its own, under this very pid
  setsid "$@" </dev/null &
  child=$!
  put "$run/keep/$name" "$$ $mine $child $(started_at "$child")"
  put "$run/$name.pid" "$child"
  [ -z "$stopping" ] || kill -TERM "$child" 2>/dev/null
  # a signal to this script ends the wait, not the child: wait again
  while :; do
    wait "$child"
    code=$?
    kill -0 "$child" 2>/dev/null || break
  done
  # what a killed parent left behind would hold its sockets
  kill -KILL -- "-$child" 2>/dev/null
  [ -z "$stopping" ] || break
  say "ended (status $code); starting it again"
  # one that dies at once, again and again, is started once a second
  if [ $((SECONDS - since)) -gt 2 ]; then
    quick=
  elif [ -n "$quick" ]; then
    sleep 1 &
    wait $!
  else
    quick=1
  fi
done
rm -f "$run/$name.pid" "$run/keep/$name"
