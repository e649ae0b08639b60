# shellcheck shell=bash
# bench.sh - ./dev bench: runs tests/bench/NAME.mjs against a stack of its own.
#
# A bench prints one line of JSON a figure on standard output, and notes for
# people on standard error:
#   {"name":…,"ours":…,"peer":…,"peer_name":…,"ratio":…,"unit":…}
# The ratio is ours / peer; of what something costs (time, CPU), less is better.
# In its environment: all of dev.env, OUTDIAL_RUN (the stack's directory),
# OUTDIAL_CONFIG, OUTDIAL_BUILD (the programs).

PROGRAMS_BENCH="wrk:wrk gunicorn:gunicorn chromium:chromium"
LIBRARIES_BENCH="php8.2-cli php8.2-mysql php8.2-opcache libapparmor1
  python3-django python3-mysqldb"
PROGRAMS_BENCH_UNPACKED="php-fpm8.2:php8.2-fpm"
# Nothing runs in the stack but what a bench starts.  Calls last some 10 ms;
# no congestion: after it a carrier is spared for a while.
BENCH_SIM="speed=1000 congestion=0 answer=51"
BENCH_BUILD="all tests/bench/raw_dial tests/bench/pacing/pacing"
BENCH_ALONE=pacing # needs no stack

bench_main() {
  local json='' name names=() code=0
  while [ $# -gt 0 ]; do
    case $1 in
      --json) json=yes ;;
      --svg)
        [ $# -gt 1 ] || die "--svg needs a file."
        OUTDIAL_BENCH_SVG=$(realpath -m "$2")
        export OUTDIAL_BENCH_SVG
        shift
        ;;
      *) names+=("$1") ;;
    esac
    shift
  done
  [ ${#names[@]} -gt 0 ] || mapfile -t names < <(find "$ROOT/tests/bench" \
    -maxdepth 1 -type f -name '*.mjs' -printf '%f\n' |
    sed 's/\.mjs$//' | sort)
  for name in "${names[@]}"; do
    [ -f "$ROOT/tests/bench/$name.mjs" ] || die "There is no bench “$name”."
  done
  if [ "${names[*]}" = "$BENCH_ALONE" ]; then
    bench_prepare_alone >&2
  else
    bench_prepare >&2
  fi
  [ -n "$json" ] || printf '%-40s %12s %12s %7s  %s\n' \
    figure ours peer ratio "unit (peer)"
  for name in "${names[@]}"; do
    bench_run "$name" | if [ -n "$json" ]; then cat; else bench_table; fi ||
      code=1
  done
  exit "$code"
}

bench_prepare() {
  RESULTS=$BUILD/bench
  LOG=$BUILD/bench/build.log
  mkdir -p "$BUILD/bench"
  : >"$LOG"
  services_sweep
  trap 'exit 130' INT TERM
  trap 'trap - EXIT; stack_private_down >/dev/null 2>&1; [ -z "$PRIVATE" ] || rm -rf "$PRIVATE"' EXIT
  packages_up "$PROGRAMS_BENCH" "$LIBRARIES_BENCH" "$PROGRAMS_BENCH_UNPACKED"
  export OUTDIAL_NO_DEMO=1 OUTDIAL_SIM=$BENCH_SIM BUILD_TARGETS=$BENCH_BUILD
  export OUTDIAL_BUFFER_POOL=${OUTDIAL_BUFFER_POOL:-512M}
  node_up
  front_modules all >"$BUILD/bench/npm.log" 2>&1 ||
    die_with_log "$BUILD/bench/npm.log" "npm ci failed in web/."
  stack_private_up
}

bench_prepare_alone() {
  LOG=$BUILD/bench/build.log
  mkdir -p "$BUILD/bench"
  : >"$LOG"
  node_up
  BUILD_TARGETS=tests/bench/pacing/pacing build_up
}

bench_run() {
  step "Bench $1" >&2
  if [ "$1" = "$BENCH_ALONE" ]; then
    OUTDIAL_BUILD=$BUILD node "$ROOT/tests/bench/$1.mjs" && return
  else
    stack_private node "$ROOT/tests/bench/$1.mjs" && return
  fi
  say "dev: The bench $1 failed." >&2
  return 1
}

# One line of JSON a figure becomes one line of the table.
bench_table() {
  # shellcheck disable=SC2016
  node -e '
    const rows = require("fs").readFileSync(0, "utf8").split("\n");
    const number = (n) => n === null || n === undefined ? "-" :
      Number(n).toLocaleString("en", { maximumSignificantDigits: 4 });
    for (const row of rows.filter(Boolean)) {
      const f = JSON.parse(row);
      console.log(f.name.padEnd(40), number(f.ours).padStart(12),
        number(f.peer).padStart(12), number(f.ratio).padStart(7),
        ` ${f.unit} (${f.peer_name ?? "-"})`);
    }'
}
