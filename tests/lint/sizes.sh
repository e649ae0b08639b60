#!/usr/bin/env bash
# No file over 500 lines, no function over 60 or with more than 15 branches, and
# no new function with more than six parameters.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/lib/tap.sh

long_files() {
  git ls-files -co --exclude-standard -- src tests tools dev templates nginx \
    static web sql bin .ci ':!*package-lock.json' |
    while read -r file; do
      [ -f "$file" ] && [ "$(wc -l <"$file")" -gt 500 ] && echo "$file"
    done
}

# pmccabe: branches (modified), branches, statements, first line, lines, where
functions() {
  git ls-files -co --exclude-standard -- 'src/*.c' 'tools/*.c' \
    'tests/*.c' 'tests/*.h' |
    xargs -r pmccabe
}

long_functions() {
  functions | awk '$5 > 60 { print $6, $7, $5 " lines" }'
}

tangled_functions() {
  functions | awk '$1 > 15 { print $6, $7, $1 " branches" }'
}

# Functions with more than six parameters: no more than there were.  Lower the
# number when one goes.
MANY_PARAMETERS=22

many_parameters() {
  local found
  found=$(git ls-files -co --exclude-standard -- 'src/*.c' 'tools/*.c' |
    xargs -r awk -v MOST=6 -f tests/lint/params.awk)
  [ "$(wc -l <<<"$found")" -le "$MANY_PARAMETERS" ] || echo "$found"
}

ok "pmccabe is there" command -v pmccabe
none "no file has more than 500 lines" long_files
none "no function has more than 60 lines" long_functions
none "no function has more than 15 branches" tangled_functions
none "no more functions than before have over six parameters" many_parameters
tap_done
