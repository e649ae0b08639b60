#!/usr/bin/env bash
# Templates: escaped by default, no script or style inside, nothing that the
# Content-Security-Policy would refuse.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/lib/tap.sh

no_pragma() {
  grep -L -m 1 '^{{%AUTOESCAPE context="HTML"}}' templates/*.tpl
}

found() {
  grep -nE "$1" templates/*.tpl
}

wrong_syntax() {
  local file
  for file in templates/*.tpl; do
    ctemplate-make_tpl_varnames_h -n -q "$file" >/dev/null 2>&1 ||
      echo "$file"
  done
}

buttons_without_type() {
  grep -nE '<button' templates/*.tpl | grep -v 'type="'
}

ok "ctemplate's checker is there" command -v ctemplate-make_tpl_varnames_h
none "every template begins with the escaping pragma" no_pragma
none "every template has the right syntax" wrong_syntax
none "no style or event attribute" found '<[^>]* (style|on[a-z]+)='
none "no script in a page" found '<script[^>]*>[^<]|<style'
none "no htmx that needs eval" found 'hx-on|js:|javascript:|hx-trigger="[^"]*\['
none "no value in htmx's JSON attributes" found 'hx-vals="[^"]*\{\{'
none "every button has a type" buttons_without_type
tap_done
