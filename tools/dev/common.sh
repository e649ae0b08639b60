# shellcheck shell=bash
# common.sh - paths, messages, progress, locks, process ownership.

RUN=$(realpath -m -- "${OUTDIAL_RUN:-$ROOT/run}")
BUILD=$(realpath -m -- "${OUTDIAL_BUILD:-$ROOT/build}")
UNPACKED=$ROOT/build/unpacked
LOG=$RUN/build.log
# all that npm keeps stays in the checkout
export npm_config_cache=$ROOT/build/npm npm_config_update_notifier=false
export PATH=$PATH:/usr/sbin:/sbin:$UNPACKED/usr/sbin:$UNPACKED/usr/bin

say() {
  printf '%s\n' "$*"
}

# One line a step, with the seconds since the start.
step() {
  printf '%4ds  %s\n' "$SECONDS" "$*"
}

die() {
  printf 'dev: %s\n' "$@" >&2
  exit 1
}

# Ends with the last lines of a log under the sentence.
die_with_log() {
  local log=$1
  shift
  {
    printf 'dev: %s\n' "$*"
    is_disk_full && printf 'dev: The disk is full.\n'
    printf 'dev: The last lines of %s:\n' "$log"
    tail -n 25 "$log" 2>/dev/null | sed 's/^/    /'
  } >&2
  exit 1
}

# Kilobytes free for us where the file or directory lies.
free_kb() {
  df -Pk -- "$1" | awk 'NR == 2 { print $4 }'
}

# disk_check DIR MB
disk_check() {
  local free=$(($(free_kb "$1") / 1024))
  [ "$free" -ge "$2" ] ||
    die "The disk is nearly full: $1 has $free MB left, and ./dev needs $2 MB there."
}

is_disk_full() {
  [ "$(free_kb "$ROOT")" -lt 10240 ] || [ "$(free_kb "$RUN")" -lt 10240 ]
}

# Reads lines "PERCENT TEXT" and shows them: in place on a terminal, at every
# quarter elsewhere.
progress() {
  local percent text shown=0
  while read -r percent text; do
    percent=${percent%%.*}
    [[ $percent =~ ^[0-9]+$ ]] || continue
    if [ -t 1 ]; then
      printf '\r\033[K       %3d %%  %.60s' "$percent" "$text"
    elif [ "$percent" -ge $((shown + 25)) ]; then
      shown=$((percent / 25 * 25))
      printf '       %3d %%\n' "$shown"
    fi
  done
  [ ! -t 1 ] || printf '\r\033[K'
}

# lock_stack / lock_build: one ./dev at a time for a stack, and for the build
# tree that stacks share.  Freed by unlock_build or by the end of ./dev; what
# lives longer (a keeper) must be started with 8>&- 9>&-.
lock_stack() {
  exec 9>>"$RUN/lock"
  lock_wait 9 "$RUN"
}

lock_build() {
  exec 8>>"$BUILD/lock"
  lock_wait 8 "$BUILD"
}

unlock_build() {
  exec 8>&-
}

lock_wait() {
  flock -n "$1" && return
  step "Waiting for another ./dev that works on $2"
  flock "$1"
}

# Random letters and digits, 20 of them: about 119 bits.
random_word() {
  local word
  word=$(head -c 90 /dev/urandom | base64 -w 0 | tr -d '+/=')
  printf '%s\n' "${word:0:${1:-20}}"
}

# The start time of a process in clock ticks since boot: with the process id it
# names one process for good.
started_at() {
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  stat=${stat##*) }
  # shellcheck disable=SC2086
  set -- $stat
  printf '%s\n' "${20}"
}

# is_process PID STARTED: this very process is alive (a zombie is not).
is_process() {
  [ -n "${1:-}" ] && [ "$(started_at "$1")" = "${2:-}" ] &&
    [ "$(awk '/^State:/ { print $2 }' "/proc/$1/status" 2>/dev/null)" != Z ]
}

# wait_until SECONDS COMMAND...: polls; false when the time is over.
wait_until() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.05
  done
}
