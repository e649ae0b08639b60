#!/usr/bin/env bash
# The lints at work: each is shown a copy of the sources with one file spoilt,
# and must name it.  A lint that finds nothing there would find nothing here.
# shellcheck disable=SC2016  # what looks like a variable is text
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/lib/tap.sh

copy=$(mktemp -d "${TMPDIR:-/tmp}/outdial-lint.XXXXXX")
trap 'rm -rf "$copy"' EXIT
git ls-files -co --exclude-standard -z | xargs -0 cp --parents -t "$copy" \
  2>/dev/null
git -C "$copy" init -q

# said LINT: what it prints about the copy.
said() {
  bash "$copy/tests/lint/$1.sh" 2>&1
}

# names FILE: the lint whose words are read names the file among its failures.
names() {
  awk -v file="$1" '
    /^not ok/ { failed = 1 } /^ok/ { failed = 0 }
    failed && /^#/ && index($0, file) { found = 1 } END { exit !found }'
}

# found LINT FILE
found() {
  said "$1" | names "$2"
}

LINT=""            # for which files are spoilt now
declare -A TEXT=() # that was added to each

# spoil LINT FILE TEXT: adds TEXT (with escapes of printf) to the file's end.
# Files that are spoilt for one lint, one after another, are shown to it at once.
spoil() {
  [ "$1" = "$LINT" ] && [ -z "${TEXT[$2]+x}" ] || show_spoilt
  LINT=$1
  TEXT[$2]=$3
  mkdir -p "$copy/$(dirname "$2")" "$copy/.git/was/$(dirname "$2")"
  [ ! -f "$copy/$2" ] || cp "$copy/$2" "$copy/.git/was/$2"
  printf '%b' "$3" >>"$copy/$2"
}

# Runs the lint and heals the files.
show_spoilt() {
  local file
  [ ${#TEXT[@]} -gt 0 ] || return 0
  git -C "$copy" add -A
  said "$LINT" >"$copy/.git/said"
  for file in "${!TEXT[@]}"; do
    ok "$LINT: ${TEXT[$file]:0:50}" names "$file" <"$copy/.git/said"
    rm -f "${copy:?}/$file"
    [ ! -f "$copy/.git/was/$file" ] || mv "$copy/.git/was/$file" "$copy/$file"
  done
  TEXT=()
}

PRAGMA='{{%AUTOESCAPE context="HTML"}}\n'
LINES=$(printf '\\n%.0s' {1..501})
LONG=$(printf '\\tx++;\\n%.0s' {1..60})
BRANCHES=$(printf '\\tif (x)\\n\\t\\tx++;\\n%.0s' {1..16})

spoil layers src/base/arena.c '#include "store/db.h"\n'
spoil layers src/view/view.c '#include "campaign/campaign.h"\n'
spoil layers src/campaign/outcome.c '#include "web/server/route.h"\n'
spoil layers src/web/server/new.c '#include "web/pages/auth.h"\n'
spoil layers src/ctl/new.c '#include "tools/demo/demo.h"\n'
spoil layers tools/demo/data.c '#include "web/server/route.h"\n'
spoil layers src/campaign/clone.c '#include <mysql.h>\n'
spoil layers src/web/new.c '#include <hiredis/hiredis.h>\n'
spoil layers src/web/server/serve.c '#include <fcgi_stdio.h>\n'
spoil layers src/view/new.c '#include <ctemplate/template.h>\n'
spoil layers src/store/db.h '#include <uv.h>\n'
spoil layers src/web/new2.c '#include <sodium.h>\n'
spoil layers src/web/new3.c '#include <unicode/ustring.h>\n'

spoil source src/web/new.c 'x = "SELECT id"\n'
spoil source src/web/new2.c 'x = "  DELETE FROM campaign"\n'
spoil source src/store/new.c 'x = "a; UPDATE campaign SET b"\n'
spoil source tools/demo/new.c 'x = "SELECT id"\n'
spoil source src/base/arena.c '\tstrcpy(a, b);\n'
spoil source tests/unit/test_new.c '\treturn atoi(s);\n'
spoil source src/base/clock.c '\tt = localtime(&x);\n'
spoil source src/ctl/new.c '\tsystem("rm");\n'
spoil source src/store/new2.c '\tf(m, MYSQL_OPT_RECONNECT, &on);\n'
spoil source tests/unit/test_new2.c '\tusleep(10);\n'
spoil source tests/unit/test_new3.c '\tmkdtemp("/tmp/outdial-x-XX''XX''XX");\n'
spoil source tests/e2e/new.test.mjs 'await sleep(10);\n'
spoil source src/base/buf.c '/* TO''DO: later */\n'
spoil source src/base/log.c 'int x; \n'
spoil source src/base/text.c 'int x;'
spoil source src/base/new.h '/*\n * new\n */\n#ifndef NEW_H\n'
spoil source src/workspace/z.c 'x = rows_int(r, 1);\n'
spoil source src/base/new.c 'struct arena {\n\tint x;\n};\n'
spoil source src/base/csv.c '/* see nothing.m''d */\n'
spoil source src/base/field.c '/* as doc/product.md 6''.99 says */\n'

spoil templates templates/new1.tpl '<p>{{X}}</p>\n'
spoil templates templates/new2.tpl "$PRAGMA"'{{#A}}<p>\n'
spoil templates templates/new3.tpl "$PRAGMA"'<p\n  style="x">\n'
spoil templates templates/new4.tpl "$PRAGMA"'<p\n  onclick="x">\n'
spoil templates templates/new5.tpl "$PRAGMA<p hx-vals='{\"a\": \"{{X}}\"}'>\n"
spoil templates templates/new6.tpl "$PRAGMA"'<p hx-on:click="x()">\n'
spoil templates templates/new7.tpl "$PRAGMA"'<p hx-trigger="every 2s [x]">\n'
spoil templates templates/new8.tpl "$PRAGMA"'<a href="javascript:x">\n'
spoil templates templates/new9.tpl "$PRAGMA"'<button\n  name="x">\n'
spoil templates templates/new10.tpl "$PRAGMA"'<script>{{X}}</script>\n'
spoil templates templates/new11.tpl "$PRAGMA"'<style>p {}</style>\n'
spoil templates templates/new12.tpl "$PRAGMA"'<p {{>ATTRIBUTES}}>\n'
spoil templates templates/new13.tpl "$PRAGMA"'<p title={{X}}>\n'

spoil templates templates/new14.tpl "$PRAGMA"'<p>{{X:none}}</p>\n'

spoil sizes src/base/new1.c "$LINES"
spoil sizes src/base/new2.c "int\nf(int x)\n{\n$LONG\treturn x;\n}\n"
spoil sizes src/base/new3.c "int\nf(int x)\n{\n$BRANCHES\treturn x;\n}\n"

SEVEN='int a, int b, int c, int d, int e, int f, int g'
spoil sizes src/base/new4.c "int\nf($SEVEN)\n{\n\treturn a;\n}\n"

spoil workspaces src/sql/holiday.def 'STMT(NEW, "i", "", "DELETE FROM holiday WHERE day = ?")\n'
spoil workspaces tests/lint/workspaces.txt 'NO_SUCH_STATEMENT\n'
spoil settings etc/outdial.conf '#no_such_setting = 4\n'
spoil settings etc/outdial.conf '#web_threads = 9\n'
spoil sentences templates/new.tpl "$PRAGMA"'<p>Kept at {{>AT}} .</p>\n'
spoil sentences templates/new2.tpl "$PRAGMA"'<p title="Two  words">\n'
spoil sentences src/web/new.c 'x = "It is done.  Look at it.";\n'
spoil sentences src/web/new2.c 'x = "It is "\n    "done..";\n'
spoil sentences src/ctl/new.c 'x = "There is no \\"name\\".";\n'
spoil sentences static/new.js "x = 'It needs ' +\n  'another look';\n"
spoil sentences nginx/outdial.conf.in '403 "Somebody did this meanwhile.";\n'
spoil sentences etc/outdial.conf '# Every day all day.\n'
spoil sentences tools/dev/new.sh 'die "It is on its way."\n'
spoil scripts tools/dev/new.sh '#!/bin/bash\ncd $x\n[ $y == 1 ]\nread z\n'
spoil scripts tests/e2e/new.mjs 'let x = ;\n'

show_spoilt

# spoil_objects ROOM SYMBOL CODE: CODE, compiled, stands in the room's archive.
spoil_objects() {
  local room=$1 symbol=$2 dir=$copy/.git/objects.build
  mkdir -p "$dir"
  cp "${OUTDIAL_BUILD:-build}"/lib*.a "$dir"
  gcc -x c -c -o "$dir/new.o" - <<<"$3"
  ar r "$dir/lib$room.a" "$dir/new.o"
  OUTDIAL_BUILD=$dir \
    ok "objects: $3" found objects "$symbol"
}

spoil_objects base route_dispatch 'void route_dispatch(void);
void base_new(void) { route_dispatch(); }'
spoil_objects ledger arena_new 'void arena_new(void) {}'

# spoil_circle: two files call each other, and a third one calls them.
spoil_circle() {
  local -x OUTDIAL_BUILD=$copy/.git/objects.build
  local dir=$OUTDIAL_BUILD/src/base file
  mkdir -p "$dir"
  echo 'void b(void); void a(void) { b(); }' >"$copy/src/base/new_a.c"
  echo 'void a(void); void b(void) { a(); }' >"$copy/src/base/new_b.c"
  echo 'void a(void); void c(void) { a(); }' >"$copy/src/base/new_c.c"
  for file in a b c; do
    gcc -c -o "$dir/libbase_a-new_$file.o" "$copy/src/base/new_$file.c"
  done
  ok "objects: a circle" found objects "base/new_a asks base/new_b for b()"
  ok "objects: its way back" found objects "base/new_b asks base/new_a for a()"
  ok "objects: not who calls it" not_found objects "base/new_c asks"
  ok "objects: a source without its object" \
    found objects "no object of src/workspace/"
  rm "$copy"/src/base/new_?.c
}

not_found() {
  ! found "$@"
}

spoil_circle
tap_done
