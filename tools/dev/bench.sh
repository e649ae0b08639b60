# shellcheck shell=bash
# bench.sh - ./dev bench: runs tests/bench/NAME against a stack of its own.
#
# A bench is an executable that prints one line of JSON a figure:
#   {"name":…,"ours":…,"peer":…,"peer_name":…,"ratio":…,"unit":…}
# and notes for people on standard error.

bench_main() {
  local json='' name names=() code=0
  for name in "$@"; do
    case $name in
      --json) json=yes ;;
      *) names+=("$name") ;;
    esac
  done
  if [ ${#names[@]} -eq 0 ]; then
    mapfile -t names < <(find "$ROOT/tests/bench" -maxdepth 1 -type f \
      -perm -u+x -printf '%f\n' | sort)
  fi
  for name in "${names[@]}"; do
    [ -x "$ROOT/tests/bench/$name" ] || die "There is no bench “$name”."
  done
  [ -n "$json" ] || printf '%-44s %12s %12s %8s  %s\n' \
    figure ours peer ratio "unit, peer"
  for name in "${names[@]}"; do
    bench_run "$name" | if [ -n "$json" ]; then cat; else bench_table; fi ||
      code=1
  done
  return "$code"
}
