#!/usr/bin/env bash
# etc/outdial.conf shows every setting with its default, in the order of the
# field table (src/app/config.c), and the statements of a file agree.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/lib/tap.sh

table() {
  sed -n '/^static const struct field fields/,/^};/p' src/app/config.c |
    tr '\n' ' ' | grep -oE 'FIELD\(config, [a-z_]+\)[^}]*' |
    sed -E 's/FIELD\(config, ([a-z_]+)\).*\.def = "([^"]*)".*/\1 = \2/; s/ $//'
}

sample() {
  sed -n 's/^#\{0,1\}\([a-z_]* =.*\)/\1/p' etc/outdial.conf | sed 's/ $//'
}

compare() {
  diff <(table) <(sample) | sed 's|^|etc/outdial.conf: |'
}

none "etc/outdial.conf and the field table agree" compare
ok "the table was found" test "$(table | wc -l)" -ge 10
tap_done
