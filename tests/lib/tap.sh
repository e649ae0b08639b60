# shellcheck shell=bash
# tap.sh - for tests that are shell scripts: TAP on standard output.
#
#   none "no file is longer" long_files     passes when the command says nothing
#   ok "the page answers" curl -sf …        passes when the command succeeds
#   tap_done                                last line
#
# What a failed command said is shown as comments.

tap_count=0

ok() {
  local what=$1 out
  shift
  if out=$("$@" 2>&1); then
    tap_line ok "$what"
  else
    tap_line "not ok" "$what" "$out"
  fi
}

none() {
  local what=$1 out
  shift
  out=$("$@" 2>&1) || true
  if [ -z "$out" ]; then
    tap_line ok "$what"
  else
    tap_line "not ok" "$what" "$out"
  fi
}

# tap_line ok|"not ok" WHAT [TEXT]
tap_line() {
  tap_count=$((tap_count + 1))
  echo "$1 $tap_count - $2"
  [ -z "${3:-}" ] || tail -n 60 <<<"$3" | sed 's/^/# /'
}

tap_done() {
  echo "1..$tap_count"
}
