#!/usr/bin/env bash
# workspaces.sh - a statement on what belongs to a workspace takes the workspace;
# which do not, and why, is said in workspaces.txt.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/lib/tap.sh

# Every statement in one line: its name and its text.
statements() {
  printf '#define STMT(name, takes, gives, ...) @@ name __VA_ARGS__\n#include "sql/all.def"\n' |
    gcc -E -P -Isrc -x c - | tr -d '\n' | sed 's/@@ /\n/g; s/" *"//g'
  echo
}

# It compares a workspace with what it is given, writes one into a new row, or
# is about one workspace itself.
takes_workspace='workspace_id ?(=|\))|= (\w+\.)?workspace_id|(FROM|UPDATE) workspace( w)? .*WHERE (w\.)?id = \?|INSERT[^(]*\([^)]*workspace_id'

free=$(statements | grep -E '^[A-Z]' | grep -vE "$takes_workspace" |
  cut -d ' ' -f 1)

named() {
  grep -v '^[[#]' tests/lint/workspaces.txt | tr ' ' '\n' | grep .
}

# Names as expressions for grep.
as_expressions() {
  sed 's/\*/[A-Z0-9_]*/g; s/.*/^&$/'
}

unnamed() {
  grep -vE -f <(named | as_expressions) <<<"$free" | while read -r name; do
    echo "$(git grep -lF "($name," -- src/sql): $name"
  done
}

idle() {
  local name
  named | while read -r name; do
    grep -qE "$(as_expressions <<<"$name")" <<<"$free" ||
      echo "tests/lint/workspaces.txt: $name"
  done
}

too_few() {
  [ "$(statements | grep -c '^[A-Z]')" -gt 400 ] || statements | head
}

none "the statements can be read" too_few
none "a statement takes the workspace, or workspaces.txt says why it need not" unnamed
none "workspaces.txt names only statements that are there and take none" idle
tap_done
