#!/usr/bin/env bash
# pbx.sh COMMAND... - runs a test where a real Asterisk can be started, which
# tests/asterisk/pbx.mjs does.  In its environment:
#   PBX_ROOT   a Debian with Asterisk, whose /srv is the directory PBX_RUN
#   PBX_RUN    the directory of this test
# The Debian is made by mmdebstrap, in half a minute: of sid, or if that fails of
# bullseye, and kept in build/asterisk, or where OUTDIAL_ASTERISK says.
#
# The command runs in namespaces of its own for processes, mounts and network
# (with a loopback device only), which end with this script, however it ends.
set -euo pipefail

ROOT=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
for part in common services config; do
  # shellcheck source=/dev/null
  . "$ROOT/tools/dev/$part.sh"
done
. "$ROOT/tests/lib/debian.sh"

bail_out() {
  echo "Bail out! $*"
  exit 1
}

# What root may be forbidden in a container.
NAMESPACES=(setpriv --pdeathsig KILL unshare --mount --net --pid --fork
  --kill-child --mount-proc --propagation private)

check_namespaces() {
  local said
  said=$("${NAMESPACES[@]}" ip link set lo up 2>&1) ||
    bail_out "It needs root and namespaces of mounts, processes and network, and" \
      "cannot have them here: $said"
}

# make_root SUITE
make_root() {
  local site
  site=$(debian_mirrors | awk '{ print $1; exit }')
  rm -rf --one-file-system "$PBX_ROOT"
  echo "deb $site $1 main" | debian_root "$1" "$PBX_ROOT" asterisk >&2
}

# One at a time makes it; it is there when its last file is.
find_root() {
  mkdir -p "$PBX_ROOT"
  exec 7<"$PBX_ROOT/.."
  flock 7
  if [ ! -e "$PBX_ROOT/asterisk-is-here" ]; then
    make_root sid || make_root bullseye ||
      bail_out "mmdebstrap could make no Debian with Asterisk, of sid nor of bullseye."
    : >"$PBX_ROOT/asterisk-is-here"
  fi
  exec 7<&-
}

# The cases know what these versions do.
check_version() {
  local version
  version=$(chroot "$PBX_ROOT" asterisk -V)
  [[ $version =~ ^Asterisk\ (16|2[0-9])\. ]] ||
    bail_out "The cases know Asterisk 16, and 20 to 29; this is $version."
  echo "# $version after $SECONDS s"
}

cleanup() {
  local code=$?
  trap - EXIT INT TERM
  # all in the namespaces dies with their first process, and that with this
  [ -z "$TEST" ] || kill -KILL "$TEST" 2>/dev/null || true
  [ -z "$TEST" ] || wait "$TEST" 2>/dev/null || true
  if [ "$code" = 0 ]; then
    rm -rf --one-file-system "$PBX"
  else
    echo "# the logs of this test are kept in $PBX"
  fi
  exit "$code"
}

# Directories of tests that were killed: nothing is mounted there any more.
sweep() {
  local dir pid started
  for dir in "${TMPDIR:-/tmp}"/outdial-asterisk.*; do
    read -r pid started 2>/dev/null <"$dir/owner" || continue
    is_process "$pid" "$started" || rm -rf --one-file-system "$dir"
  done
}

TEST=
sweep
PBX=$(mktemp -d "${TMPDIR:-/tmp}/outdial-asterisk.XXXXXX")
chmod 755 "$PBX"
echo "$$ $(started_at $$)" >"$PBX/owner"
trap 'exit 130' INT TERM
trap cleanup EXIT
check_namespaces
export PBX_RUN=$PBX/srv PBX_ROOT=${OUTDIAL_ASTERISK:-${OUTDIAL_BUILD:-$ROOT/build}/asterisk}
mkdir "$PBX_RUN"
find_root
check_version
# shellcheck disable=SC2016
"${NAMESPACES[@]}" bash -c '
    set -e
    ip link set lo up
    mount --bind "$PBX_RUN" "$PBX_ROOT/srv"
    mount -t proc proc "$PBX_ROOT/proc"
    "$@"' pbx "$@" &
TEST=$!
wait "$TEST" || exit $?
TEST=
