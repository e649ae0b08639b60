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

# found LINT FILE: the lint names the file among its failures.
found() {
  bash "$copy/tests/lint/$1.sh" 2>&1 | awk -v file="$2" '
    /^not ok/ { failed = 1 } /^ok/ { failed = 0 }
    failed && /^#/ && index($0, file) { found = 1 } END { exit !found }'
}

# spoil LINT FILE TEXT: adds TEXT (with escapes of printf) to the file's end.
spoil() {
  local lint=$1 file=$2 text=$3 was=$copy/.git/was
  mkdir -p "$copy/$(dirname "$file")"
  cp "$copy/$file" "$was" 2>/dev/null || rm -f "$was"
  printf '%b' "$text" >>"$copy/$file"
  git -C "$copy" add -A
  ok "$lint: ${text:0:50}" found "$lint" "$file"
  rm -f "${copy:?}/$file"
  [ ! -f "$was" ] || mv "$was" "$copy/$file"
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
spoil layers src/campaign/outcome.c '#include <mysql.h>\n'
spoil layers src/web/new.c '#include <hiredis/hiredis.h>\n'
spoil layers src/web/server/serve.c '#include <fcgi_stdio.h>\n'
spoil layers src/view/view.c '#include <ctemplate/template.h>\n'
spoil layers src/store/db.h '#include <uv.h>\n'
spoil layers src/web/new.c '#include <sodium.h>\n'
spoil layers src/web/new.c '#include <unicode/ustring.h>\n'

spoil source src/web/new.c 'x = "SELECT id"\n'
spoil source src/web/new.c 'x = "  DELETE FROM campaign"\n'
spoil source src/store/new.c 'x = "a; UPDATE campaign SET b"\n'
spoil source tools/demo/new.c 'x = "SELECT id"\n'
spoil source src/base/arena.c '\tstrcpy(a, b);\n'
spoil source tests/unit/test_new.c '\treturn atoi(s);\n'
spoil source src/base/clock.c '\tt = localtime(&x);\n'
spoil source src/ctl/new.c '\tsystem("rm");\n'
spoil source src/store/new.c '\tf(m, MYSQL_OPT_RECONNECT, &on);\n'
spoil source tests/unit/test_new.c '\tusleep(10);\n'
spoil source tests/unit/test_new.c '\tmkdtemp("/tmp/outdial-x-XX''XX''XX");\n'
spoil source tests/e2e/new.test.mjs 'await sleep(10);\n'
spoil source src/base/arena.c '/* TO''DO: later */\n'
spoil source src/base/arena.c 'int x; \n'
spoil source src/base/arena.c 'int x;'
spoil source src/base/new.h '/*\n * new\n */\n#ifndef NEW_H\n'
spoil source src/workspace/z.c 'x = rows_int(r, 1);\n'
spoil source src/base/new.c 'struct arena {\n\tint x;\n};\n'
spoil source src/base/arena.c '/* see nothing.m''d */\n'
spoil source src/base/arena.c '/* as doc/product.md 6''.99 says */\n'

spoil templates templates/new.tpl '<p>{{X}}</p>\n'
spoil templates templates/new.tpl "$PRAGMA"'{{#A}}<p>\n'
spoil templates templates/new.tpl "$PRAGMA"'<p\n  style="x">\n'
spoil templates templates/new.tpl "$PRAGMA"'<p\n  onclick="x">\n'
spoil templates templates/new.tpl "$PRAGMA<p hx-vals='{\"a\": \"{{X}}\"}'>\n"
spoil templates templates/new.tpl "$PRAGMA"'<p hx-on:click="x()">\n'
spoil templates templates/new.tpl "$PRAGMA"'<p hx-trigger="every 2s [x]">\n'
spoil templates templates/new.tpl "$PRAGMA"'<a href="javascript:x">\n'
spoil templates templates/new.tpl "$PRAGMA"'<button\n  name="x">\n'
spoil templates templates/new.tpl "$PRAGMA"'<script>{{X}}</script>\n'
spoil templates templates/new.tpl "$PRAGMA"'<style>p {}</style>\n'
spoil templates templates/new.tpl "$PRAGMA"'<p {{>ATTRIBUTES}}>\n'
spoil templates templates/new.tpl "$PRAGMA"'<p title={{X}}>\n'

spoil templates templates/new.tpl "$PRAGMA"'<p>{{X:none}}</p>\n'

spoil sizes src/base/new.c "$LINES"
spoil sizes src/base/new.c "int\nf(int x)\n{\n$LONG\treturn x;\n}\n"
spoil sizes src/base/new.c "int\nf(int x)\n{\n$BRANCHES\treturn x;\n}\n"

SEVEN='int a, int b, int c, int d, int e, int f, int g'
spoil sizes src/base/new.c "int\nf($SEVEN)\n{\n\treturn a;\n}\n"

spoil settings etc/outdial.conf '#no_such_setting = 4\n'
spoil settings etc/outdial.conf '#web_threads = 9\n'
spoil sentences templates/new.tpl "$PRAGMA"'<p>Kept at {{>AT}} .</p>\n'
spoil sentences templates/new.tpl "$PRAGMA"'<p title="Two  words">\n'
spoil sentences src/web/new.c 'x = "It is done.  Look at it.";\n'
spoil sentences src/web/new.c 'x = "It is "\n    "done..";\n'
spoil sentences src/ctl/new.c 'x = "There is no \\"name\\".";\n'
spoil sentences static/new.js "x = 'It needs ' +\n  'another look';\n"
spoil sentences nginx/outdial.conf.in '403 "Somebody did this meanwhile.";\n'
spoil sentences etc/outdial.conf '# Every day all day.\n'
spoil sentences tools/dev/new.sh 'die "It is on its way."\n'
spoil scripts tools/dev/new.sh '#!/bin/bash\ncd $x\n[ $y == 1 ]\nread z\n'
spoil scripts tests/e2e/new.mjs 'let x = ;\n'

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
