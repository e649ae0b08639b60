#!/usr/bin/env bash
# fresh.sh - an empty Debian 12 with nothing but root and git: does ./dev up
# bring Outdial up on it, leave nothing else behind, and go down again?
#
# The root is made by mmdebstrap in a temporary directory.  Everything in it
# runs in a mount and process namespace of its own, which ends with this
# script, however it ends; the network is the machine's, for apt and npm.
set -euo pipefail

ROOT=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
for part in common services config; do
  # shellcheck source=/dev/null
  . "$ROOT/tools/dev/$part.sh"
done
. "$ROOT/tests/lib/debian.sh"

make_root() {
  debian_mirrors | awk '{ print "deb", $1, $2, $3 }' |
    debian_root bookworm "$FRESH/root" git
  # how this machine reaches the npm registry: names, certificates, settings
  cp -L /etc/resolv.conf "$FRESH/root/etc/resolv.conf"
  cp -L /etc/ssl/certs/ca-certificates.crt "$FRESH/root/etc/npm-ca.crt"
}

copy_checkout() {
  mkdir "$FRESH/root/outdial"
  git -C "$ROOT" ls-files -z | tar -C "$ROOT" --null -T - -c |
    tar -x -C "$FRESH/root/outdial"
}

free_port() {
  for ((PORT = 30000 + RANDOM % 10000; ; PORT++)); do
    port_taken || break
  done
}

# What the namespace's first process does: /proc, then inside.sh in the root.
enter() {
  local names
  mapfile -t names < <(env | sed -n 's/^\([a-z_]*_proxy\|npm_config_registry\)=.*/&/p')
  # shellcheck disable=SC2016
  setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --propagation private \
    sh -c 'mount -t proc proc "$0/proc" && shift 0 && exec chroot "$0" "$@"' \
    "$FRESH/root" env -i HOME=/root LANG=C.UTF-8 \
    PATH=/usr/sbin:/usr/bin:/sbin:/bin npm_config_cafile=/etc/npm-ca.crt \
    "${names[@]}" OUTDIAL_PORT="$PORT" \
    bash /outdial/tests/fresh/inside.sh
}

cleanup() {
  rm -rf --one-file-system "$FRESH"
}

# Roots of runs that were killed: nothing is mounted there any more.
sweep() {
  local dir pid started
  for dir in "${TMPDIR:-/tmp}"/outdial-fresh.*; do
    read -r pid started 2>/dev/null <"$dir/owner" || continue
    is_process "$pid" "$started" || rm -rf --one-file-system "$dir"
  done
}

sweep
FRESH=$(mktemp -d "${TMPDIR:-/tmp}/outdial-fresh.XXXXXX")
chmod 755 "$FRESH"
echo "$$ $(started_at $$)" >"$FRESH/owner"
trap 'exit 130' INT TERM
trap cleanup EXIT
if ! make_root >&2; then
  echo "Bail out! mmdebstrap could not make a Debian 12 root"
  exit 1
fi
echo "# an empty Debian 12 after $SECONDS s"
copy_checkout
free_port
enter
