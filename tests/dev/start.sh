#!/usr/bin/env bash
# start.sh - a program that cannot start says why, and a test takes no stack of
# the shell that it was started in for its own.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/lib/tap.sh
BUILD=${OUTDIAL_BUILD:-$PWD/build}
TMP=$(mktemp -d "${TMPDIR:-/tmp}/outdial-start.XXXXXX")
trap 'rm -rf "$TMP"' EXIT

# fails TEXT COMMAND...: it ends with 1, and the text is in its only line.
fails() {
  local text=$1 out code=0
  shift
  out=$(timeout 10 "$@" 2>&1 </dev/null) || code=$?
  echo "exit $code: $out"
  [ "$code" = 1 ] && [[ $out == *"$text"* ]] && [ "$(wc -l <<<"$out")" = 1 ]
}

echo 'web_threads = many' >"$TMP/wrong.conf"
for program in outdial-web outdial-dialler; do
  ok "$program names the setting that is wrong" \
    fails "web_threads" "$BUILD/$program" --config "$TMP/wrong.conf"
done
for words in "busy=99:add up to 189; they must add up to 100" \
  "ring_min_ms=30000:The shortest time must not be above" \
  "answer_by_hour=1,2:24 whole numbers" "sped=1:There is no setting" \
  "speed=fast:speed" "socket=/nowhere/sim.sock:/nowhere/sim.sock"; do
  ok "outdial-sim says why it cannot start with ${words%%:*}" \
    fails "${words#*:}" "$BUILD/outdial-sim" "socket=$TMP/sim.sock" \
    "log=$TMP/sim.log" "${words%%:*}"
done

printf 'mariadb_password = secret\n' >"$TMP/open.conf"
chmod 644 "$TMP/open.conf"
ok "a password that everybody can read is not used" \
  fails "chmod o= $TMP/open.conf" "$BUILD/outdial-web" --config "$TMP/open.conf"

# The names of dev.env, as a shell has them that sourced it.
sourced() {
  (
    ROOT=$PWD RUN=$TMP SOCKETS=$TMP URL=http://127.0.0.1 EMAIL=x
    for part in common services config tests; do
      . "tools/dev/$part.sh"
    done
    # shellcheck disable=SC2317  # dev_env calls it
    secret() { echo word; }
    set -a
    eval "$(dev_env)"
    OUTDIAL_CONFIG=$TMP/outdial.conf
    "$@"
    env | grep -E '^(OUTDIAL_|MARIADB_|REDIS_|TEST_)' |
      grep -v '^OUTDIAL_BUILD='
  )
}

ok "a stack's names are in the environment" sourced true
none "./dev test forgets them" sourced tests_forget_stack
ok "a test that was given no world does not look for one" \
  fails "TEST_WORLD is not set" env -u TEST_WORLD MARIADB_SOCKET="$TMP/sock" \
  "$BUILD/tests/store/test_db"
tap_done
