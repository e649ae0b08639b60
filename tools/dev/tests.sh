# shellcheck shell=bash
# tests.sh - ./dev test: runs suites, counts what they say in TAP.
#
# A suite NAME is what there is of
#   tests/NAME/*.sh                shell scripts that print TAP
#   tests/NAME/test_* (built)      C programs that print TAP
#   tests/NAME/*.tap.mjs           the same in JavaScript
#   tests/NAME/*.test.mjs          node:test files that need no stack
#   tests/e2e/NAME*.test.mjs       node:test files against a stack of their own
# and "NAME/PART" runs only those with PART in their name.  The suite "store" is
# more than tests/store: all directories of ROOMS_STORE.  A suite without any
# test has failed.

SUITES_EVERYDAY="lint unit field store view carrier dialler dev web browser"
SUITES_MORE="asterisk clang asan chaos fresh"
# rooms whose C programs want a MariaDB, each tested in a directory of its name
ROOMS_STORE="store app workspace contacts campaign listing ledger report hook"
# suites whose C programs get a private MariaDB and Redis
SUITES_WORLD=" store web dialler "
# suites whose tests wait more than they work
SUITES_WAITING=" web dialler dev "
PROGRAMS_TEST="shellcheck:shellcheck pmccabe:pmccabe chromium:chromium
  clang:clang python3:python3 openssl:openssl mmdebstrap:mmdebstrap unshare:util-linux pgrep:procps
  sipp:sip-tester ip:iproute2"
LIBRARIES_TEST="libclang-rt-dev python3-openpyxl"
# Seconds that one program may take
TEST_TIMEOUT=${TEST_TIMEOUT:-900}

tests_main() {
  local suite
  [ $# -gt 0 ] || set -- $SUITES_EVERYDAY
  [ "$1" != all ] || set -- $SUITES_EVERYDAY $SUITES_MORE
  for suite in "$@"; do
    [[ " $SUITES_EVERYDAY $SUITES_MORE " == *" ${suite%%/*} "* ]] ||
      die "There is no suite “${suite%%/*}”; there are: $SUITES_EVERYDAY $SUITES_MORE (or all)."
  done
  tests_prepare
  for suite in "$@"; do
    step "Suite $suite"
    suite_run "${suite%%/*}" "$(cut -s -d/ -f2- <<<"$suite")"
  done
  wait
  for suite in "$@"; do
    suite_ran "${suite%%/*}"
  done
  tests_sum
}

# A shell that has sourced dev.env (set -a) names a stack, which no test must
# take for its own world.
STACK_NAMES="OUTDIAL_URL OUTDIAL_EMAIL OUTDIAL_PASSWORD OUTDIAL_API_KEY
  OUTDIAL_CONFIG OUTDIAL_RUN OUTDIAL_PORT OUTDIAL_NO_DEMO MARIADB_SOCKET
  MARIADB_PID REDIS_SOCKET REDIS_PID TEST_WORLD TEST_DATABASE"

tests_forget_stack() {
  unset $STACK_NAMES
}

tests_prepare() {
  tests_forget_stack
  RESULTS=$BUILD/test
  LOG=$BUILD/test/build.log
  rm -rf "$RESULTS"
  mkdir -p "$RESULTS/count"
  : >"$LOG"
  services_sweep
  trap 'exit 130' INT TERM
  trap 'tests_cleanup' EXIT
  packages_up "$PROGRAMS_BUILD $PROGRAMS_RUN $PROGRAMS_TEST" \
    "$LIBRARIES $LIBRARIES_TEST" "$PROGRAMS_UNPACKED"
  node_up
  front_modules all >"$RESULTS/npm.log" 2>&1 ||
    die_with_log "$RESULTS/npm.log" "npm ci failed in web/."
  BUILD_TARGETS=check-programs build_up --enable-werror
}

# node:test and playwright-core want Node 20; where the system's is older its
# binary comes from npm, by a lock file.
node_up() {
  local major
  major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
  [ "$major" -lt 20 ] || return 0
  if [ ! -x "$BUILD/node/node_modules/.bin/node" ]; then
    step "Fetching Node 20 for the tests"
    mkdir -p "$BUILD/node"
    cp "$ROOT"/tools/node/package*.json "$BUILD/node/"
    npm ci --prefix "$BUILD/node" --ignore-scripts --no-audit --no-fund \
      >"$RESULTS/node.log" 2>&1 ||
      die_with_log "$RESULTS/node.log" "Node 20 could not be fetched."
    mkdir -p "$BUILD/node/node_modules/.bin"
    ln -sfn "$(find "$BUILD/node/node_modules" -path '*/bin/node' -type f)" \
      "$BUILD/node/node_modules/.bin/node"
  fi
  PATH=$BUILD/node/node_modules/.bin:$PATH
}

# The C test programs, relative to the build tree.
tests_programs() {
  make -s -C "$1" list-tests 2>>"$LOG" | tr ' ' '\n' | grep . || true
}

# suite_run SUITE PART
suite_run() {
  # the long ones begin when the others are done
  [[ " $SUITES_MORE " != *" $1 "* ]] || wait
  case $1 in
    clang | asan | fresh) "suite_$1" "$2" ;;
    *)
      suite_local "$1" "$2" "$BUILD"
      suite_e2e "$1" "$2"
      ;;
  esac
}

suite_ran() {
  local found=("$RESULTS/count/$1".*)
  [ -e "${found[0]}" ] || test_failed "$1" "any" "The suite has no such test."
}

# The directories of a suite.
suite_rooms() {
  if [ "$1" = store ]; then
    echo "$ROOMS_STORE"
  else
    echo "$1"
  fi
}

# The files of a suite, its programs from the tree BUILD.
suite_files() {
  local room
  for room in $(suite_rooms "$1"); do
    printf '%s\n' "$ROOT/tests/$room/"*.sh \
      "$ROOT/tests/$room/"*.{tap,test}.mjs
    tests_programs "$2" | sed -n "s|^tests/$room/|$2/&|p"
  done
}

# suite_local SUITE PART BUILD [UNDER [KIND]]: starts the tests that need no
# stack; the last of them may still run when it returns.  UNDER is the name of
# the suite that they count for, KIND "programs" leaves out the scripts.
suite_local() {
  local suite=$1 part=$2 build=$3 under=${4:-$1} kind=${5:-all}
  local files file name world=''
  local -x OUTDIAL_BUILD=$build TEST_DATABASE
  AT_A_TIME=$(nproc)
  [[ $SUITES_WAITING != *" $suite "* ]] || AT_A_TIME=$((2 * AT_A_TIME))
  [[ $SUITES_WORLD != *" $suite "* ]] || world=$ROOT/tests/lib/world.sh
  mapfile -t files < <(suite_files "$suite" "$build")
  for file in "${files[@]}"; do
    name=$(basename "$file")
    [ -f "$file" ] && [[ $name == *"$part"* ]] || continue
    [[ $kind == all || $name == test_* ]] || continue
    TEST_DATABASE=test_${name//[^a-z0-9_]/_}
    # under another suite two of one name must not write one log
    [ "$under" = "$suite" ] || name=$suite-$name
    case $file in
      *.sh) test_start "$under" "$name" bash "$file" ;;
      *.test.mjs) test_start "$under" "$name" "$file" ;;
      *.mjs) test_start "$under" "$name" node "$file" ;;
      *) test_start "$under" "$name" $world "$file" ;;
    esac
  done
}

# suite_e2e SUITE PART: one stack for the files of a suite, one after another and
# with the machine to themselves: they judge what a person would wait for.
suite_e2e() {
  local files=() file
  for file in "$ROOT/tests/e2e/$1"*.test.mjs; do
    [ -f "$file" ] && [[ $file == *"$2"* ]] && files+=("$file")
  done
  [ ${#files[@]} -gt 0 ] || return 0
  wait
  e2e_stack_up "$1" || return 0
  for file in "${files[@]}"; do
    stack_private test_run "$1" "$(basename "$file")" "$file" &
    wait $!
  done
  e2e_stack_down "$1"
}

e2e_stack_up() {
  # calls last seconds instead of minutes
  OUTDIAL_SIM=${OUTDIAL_SIM:-speed=10} \
    stack_private_up >"$RESULTS/$1-stack.log" 2>&1 && return
  test_failed "$1" stack "./dev up failed: $RESULTS/$1-stack.log" \
    "$(tail -n 30 "$RESULTS/$1-stack.log")"
  return 1
}

# A stack whose tests failed is stopped, but stays to be looked at.
e2e_stack_down() {
  stack_private_down >>"$RESULTS/$1-stack.log" 2>&1 ||
    test_failed "$1" down "./dev down failed: $RESULTS/$1-stack.log"
  if cat "$RESULTS/count/$1".* | awk '$2 { bad = 1 } END { exit !bad }'; then
    say "      its stack remains in $PRIVATE"
  else
    rm -rf "$PRIVATE"
  fi
}

# With AddressSanitizer and UndefinedBehaviorSanitizer: the C programs as the
# other compiler builds them, and in asan also the scripts, which start the
# programs that ours builds.
suite_clang() {
  suite_sanitized clang "$1" programs CC=clang CXX=clang++
}

suite_asan() {
  suite_sanitized asan "$1" all
}

# suite_sanitized NAME PART KIND CONFIGURE-OPTION...
suite_sanitized() {
  local name=$1 part=$2 kind=$3 tree=$BUILD-$1 room
  # A small quarantine: tests that bound the memory of a program hold here, too.
  local -x ASAN_OPTIONS=detect_leaks=1:abort_on_error=0:quarantine_size_mb=8
  ASAN_OPTIONS+=:detect_stack_use_after_return=1
  local -x UBSAN_OPTIONS=print_stacktrace=1
  shift 3
  mkdir -p "$tree"
  if ! (
    BUILD=$tree
    build_configure --enable-werror --enable-asan "$@"
    build_make check-programs
  ) >"$RESULTS/$name-build.log" 2>&1; then
    test_failed "$name" build "$(tail -n 30 "$RESULTS/$name-build.log")"
    return
  fi
  printf '1 0 0\n' >"$RESULTS/count/$name.build"
  for room in unit field store view web carrier dialler; do
    suite_local "$room" "$part" "$tree" "$name" "$kind"
  done
}

suite_fresh() {
  # most of it is spent on Debian's packages
  TEST_TIMEOUT=1800 test_run fresh fresh bash "$ROOT/tests/fresh/fresh.sh" &
  wait $!
}

# At most one program a core at a time, of those that wait two.
test_start() {
  while [ "$(jobs -rp | wc -l)" -ge "$AT_A_TIME" ]; do
    wait -n || true
  done
  test_run "$@" &
}

# test_run SUITE NAME COMMAND...: prints one line, and what failed under it.  To
# be run in the background: its end by a signal is that of the test, which
# timeout has put into a process group of its own.
test_run() {
  local suite=$1 name=$2 log status=0 started=$SECONDS bad counts
  shift 2
  log=$RESULTS/$suite-$name.log
  counts=$RESULTS/count/$suite.$name
  [[ $1 != *.test.mjs ]] || set -- node --test --test-reporter=tap "$1"
  timeout -k 10 "$TEST_TIMEOUT" "$@" >"$log" 2>&1 </dev/null &
  # shellcheck disable=SC2064  # this process
  trap "kill $!; wait $!; exit 130" TERM
  wait $! || status=$?
  [ "$status" != 124 ] || echo "# it ran into the limit of $TEST_TIMEOUT s" >>"$log"
  echo "exit status $status" >>"$log"
  bad=$(LC_ALL=C awk -v result="$counts" -f "$ROOT/tools/dev/tap.awk" "$log")
  read -r passed failed skipped <"$counts"
  if [ -n "$bad" ]; then
    printf 'FAIL  %s/%s: %s passed, %s failed, %s skipped (%ss) %s\n%s\n' \
      "$suite" "$name" "$passed" "$failed" "$skipped" \
      $((SECONDS - started)) "$log" "$bad"
  else
    printf 'ok    %s/%s: %s passed, %s skipped (%ss)\n' "$suite" "$name" \
      "$passed" "$skipped" $((SECONDS - started))
  fi
}

# test_failed SUITE NAME TEXT...: one failure that is not a program's.
test_failed() {
  printf '0 1 0\n' >"$RESULTS/count/$1.$2"
  printf 'FAIL  %s/%s: %s\n' "$1" "$2" "${*:3}"
}

tests_sum() {
  local passed=0 failed=0 skipped=0 p f s
  while read -r p f s; do
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
  done < <(cat "$RESULTS/count/"*)
  say "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" = 0 ] && [ "$passed" -gt 0 ] || exit 1
}

tests_cleanup() {
  trap - EXIT INT TERM
  # shellcheck disable=SC2046
  kill $(jobs -p) 2>/dev/null || true
  wait
  stack_private_down >/dev/null 2>&1
}
