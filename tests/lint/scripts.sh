#!/usr/bin/env bash
# Shell scripts: shellcheck, and runnable where they should be.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/lib/tap.sh

scripts() {
  git ls-files -co --exclude-standard -- dev .ci/run bin 'tools/*.sh' \
    'tests/*.sh' 'tests/bench/*' autogen.sh | while read -r file; do
    [ -f "$file" ] && head -n 2 "$file" |
      grep -q -E '^#!.*(bash|sh)$|shell=bash' && echo "$file"
  done
}

# SC1090 SC1091: files named by a variable.  SC1111: quotation marks in
# sentences.  SC2015: "a && b || die".  SC2034: variables of another file.
# SC2086: lists that are split on purpose.
check() {
  scripts | xargs shellcheck -S style \
    -e SC1090,SC1091,SC1111,SC2015,SC2034,SC2086,SC2154,SC2174
}

# Debian 12's bash can turn for ever in it, with "No record of process".
waits() {
  scripts | xargs grep -n -E '^[[:space:]]*wait -f '
}

javascript() {
  git ls-files -co --exclude-standard -- '*.mjs' 'static/*.js' |
    while read -r file; do
      node --check "$file" 2>&1
    done
}

ok "shellcheck is there" command -v shellcheck
none "shellcheck finds nothing" check
none "no script waits with wait -f" waits
none "JavaScript files parse" javascript
tap_done
