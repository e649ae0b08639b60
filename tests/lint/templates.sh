#!/usr/bin/env bash
# Templates: escaped by default, no script or style inside, nothing that the
# Content-Security-Policy would refuse.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/lib/tap.sh

no_pragma() {
  local file
  for file in templates/*.tpl; do
    [ "$(head -n 1 "$file")" = '{{%AUTOESCAPE context="HTML"}}' ] ||
      echo "$file:1: it does not begin with the pragma"
  done
}

wrong_tags() {
  local file
  for file in templates/*.tpl; do
    awk -f tests/lint/tags.awk "$file"
  done
}

# List and summary are put in as view_expand() made it, once for all their readers.
raw_values() {
  grep -nHE '\{\{[A-Z_]+:none' templates/*.tpl |
    grep -v '^templates/page_campaigns.tpl:[0-9]*:{{\(SUMMARY\|LIST\):none}}$'
}

wrong_syntax() {
  local file
  for file in templates/*.tpl; do
    ctemplate-make_tpl_varnames_h -n -q "$file" >/dev/null 2>&1 ||
      echo "$file"
  done
}

# Those that outdial-web tries before it serves.
untried() {
  local name
  for name in $(cd templates && echo *.tpl); do
    grep -q "^	\"$name\",$" src/web/pages/pages.c ||
      echo "$name: src/web/pages/pages.c does not try it"
  done
}

ok "ctemplate's checker is there" command -v ctemplate-make_tpl_varnames_h
none "every template begins with the escaping pragma" no_pragma
none "every template has the right syntax" wrong_syntax
none "no tag holds script, style or a value where none is safe" wrong_tags
none "nothing but list and summary goes in without escaping" raw_values
none "outdial-web tries every template when it loads them" untried
tap_done
